import { isRecord, type Properties } from "../../policies/machine/resource";

/** C0 and C1 controls but tab and line feed, and characters that reorder text: none may reach a terminal. */

const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

/** What pipelines take for commands: `::error::` of GitHub at the start of a line, `##[…]` and `##vso[…]` anywhere. */
const COMMAND_LINE = /^([ \t]*):(?=:[a-z])/gim;
const COMMAND = /#(?=#(?:\[|vso\[))/gi;

/** Makes text from a program safe to print: control characters, and what makes a command of it, are shown as escapes. */
export function printable(text: string): string {
  return escaped(text.replace(/\r\n/g, "\n").replace(COMMAND_LINE, "$1\\u003a").replace(COMMAND, "\\u0023"));
}

function escaped(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A JSON document that is safe to print: in JSON the same escapes stand for the characters themselves. */
export function jsonText(document: unknown): string {
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

/** Down to where a long document is taken apart: a resource or a machine of a project is written at once. */
const PART_DEPTH = 4;
const PART_CHARACTERS = 1 << 16;

/** What `jsonText` says, in parts: a long document need not be held as text. */
export function* jsonParts(document: unknown): Generator<string> {
  let part = "";
  for (const text of jsonPieces(document, "", 0)) {
    part += escaped(text);
    if (part.length < PART_CHARACTERS) continue;
    yield part;
    part = "";
  }
  yield `${part}\n`;
}

function* jsonPieces(value: unknown, indent: string, depth: number): Generator<string> {
  const isList = Array.isArray(value);
  const items = isList ? [...value.entries()] : isRecord(value) ? entriesOf(value) : [];
  if (depth === PART_DEPTH || items.length === 0) {
    yield indentedJson(value, depth);
    return;
  }
  const inner = `${indent}  `;
  let start = isList ? "[" : "{";
  for (const [key, item] of items) {
    yield `${start}\n${inner}${isList ? "" : `${JSON.stringify(key)}: `}`;
    yield* jsonPieces(item, inner, depth + 1);
    start = ",";
  }
  yield `\n${indent}${isList ? "]" : "}"}`;
}

/** What a document says of a record: what is undefined is left out there, and null in a list. */
function entriesOf(record: Properties): readonly (readonly [string, unknown])[] {
  return Object.entries(record).filter(([, item]) => item !== undefined);
}

/** A value as it stands so deep in a document: within so many lists, which JSON.stringify indents, without these. */
function indentedJson(value: unknown, depth: number): string {
  let [document, before, behind] = [value, 0, 0];
  for (let level = 0; level < depth; level++) {
    document = [document];
    before += "[\n".length + 2 * (level + 1);
    behind += "\n]".length + 2 * level;
  }
  const text = JSON.stringify(document, null, 2);
  return text.slice(before, text.length - behind);
}

/** What `printable` makes of text that belongs on one line, such as a name. */
export function printableLine(text: string): string {
  return printable(text).replace(/\n/g, "\\n");
}

/** A text of so many characters at most: what is cut off is told by an ellipsis. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
