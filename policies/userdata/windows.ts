/** Windows: scripts in tags, tasks of EC2Launch v2, and encoded commands in scripts of any kind. */
import { fromBase64, toText } from "./encodings";
import { formatOfStart } from "./kinds";
import { inside, type Kind, type Place, type Visitor } from "./parts";
import { lineAt } from "./spot";
import { isRecord, listOf, parseYaml } from "./yaml";

const KINDS: Readonly<Record<string, Kind>> = { powershell: "powershell", script: "batch" };

/** Visits the scripts between tags; the rest of the text runs nowhere and is kept as text. */
export function visitWindows(text: string, place: Place, visitor: Visitor): void {
  const rest: string[] = [];
  let start = 0;
  for (const { tag, kind, number, content, from, to } of tagsOf(text)) {
    rest.push(text.slice(start, from));
    const at = inside(place, `<${tag}>${number > 1 ? ` ${String(number)}` : ""}`, { kind });
    if (content.trim() !== "") visitor.text(content, at);
    start = to;
  }
  rest.push(text.slice(start));
  // Switches such as <persist>true</persist> are no text.
  const outside = rest.join("").replaceAll(/<\/?[a-z]{1,30}>|\b(?:true|false)\b/gi, "");
  if (outside.trim() !== "") visitor.text(rest.join(""), inside(place, "text between tags", { kind: "text" }));
}

interface Tag {
  readonly tag: string;
  readonly kind: Kind;
  readonly number: number;
  readonly content: string;
  readonly from: number;
  readonly to: number;
}

/** All tags in order; one that is not closed ends with the text. */
function tagsOf(text: string): Tag[] {
  const lower = text.toLowerCase();
  const counts = new Map<string, number>();
  const tags: Tag[] = [];
  const opening = /<(powershell|script|powershellarguments|scriptarguments)>/g;
  for (let match = opening.exec(lower); match; match = opening.exec(lower)) {
    const tag = match[1] ?? "";
    const close = lower.indexOf(`</${tag}>`, opening.lastIndex);
    const end = close < 0 ? text.length : close;
    const to = close < 0 ? text.length : close + tag.length + 3;
    const number = (counts.get(tag) ?? 0) + 1;
    counts.set(tag, number);
    tags.push({
      tag,
      kind: KINDS[tag] ?? "text",
      number,
      content: text.slice(opening.lastIndex, end),
      from: match.index,
      to,
    });
    opening.lastIndex = to;
  }
  return tags;
}

/** Tasks of EC2Launch v2 that hold a script or a file (AWS, "EC2Launch v2 task configuration"). */
export function visitEc2Launch(text: string, place: Place, visitor: Visitor): void {
  const config = parseYaml(text);
  if (config === undefined) visitor.out.fail(place, "it is not valid YAML");
  if (!isRecord(config)) return;
  visitTasks(config["tasks"], "", place, visitor);
  // The agent's own configuration has the tasks in stages.
  for (const [index, stage] of listOf(config["config"]).entries())
    if (isRecord(stage)) visitTasks(stage["tasks"], `config[${String(index)}].`, place, visitor);
}

function visitTasks(tasks: unknown, prefix: string, place: Place, visitor: Visitor): void {
  for (const [index, task] of listOf(tasks).entries()) {
    if (!isRecord(task)) continue;
    const inputs = Array.isArray(task["inputs"]) ? listOf(task["inputs"]) : [task["inputs"]];
    for (const [number, input] of inputs.entries()) {
      const step = `${prefix}tasks[${String(index)}].inputs${Array.isArray(task["inputs"]) ? `[${String(number)}]` : ""}.content`;
      if (!isRecord(input)) continue;
      visitInput(input, inside(place, step), visitor);
      visitProgram(input, inside(place, step.replace(/content$/, "path")), visitor);
    }
  }
}

function visitInput(
  { content, type, destination }: Readonly<Record<string, unknown>>,
  place: Place,
  visitor: Visitor,
): void {
  if (typeof content !== "string") return;
  const kind = type === "batch" ? "batch" : type === "powershell" ? "powershell" : undefined;
  const file = typeof destination === "string" ? { file: { path: destination } } : {};
  const told = kind ?? (destination === undefined ? "powershell" : undefined);
  visitor.text(content, { ...place, ...file, ...(told && { kind: told }) });
}

/** `executeProgram`: a program with its arguments, as a command line. */
function visitProgram(
  { path, arguments: given }: Readonly<Record<string, unknown>>,
  place: Place,
  visitor: Visitor,
): void {
  if (typeof path !== "string") return;
  const words = [path, ...listOf(given).filter((word) => typeof word === "string")];
  const line = words.map((word) => (/[\s"|&]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word)).join(" ");
  visitor.text(line, { ...place, kind: "batch" });
}

/** A literal that a script decodes itself; within the words of a shell its quotes may have a backslash before them. */
const LITERAL = [
  /(?:b64decode|decode64|base64_decode|FromBase64String|atob|decode_base64|Buffer\.from)\(\s{0,20}b?\\?["']([A-Za-z0-9+/=\s]{8,})\\?["']/gi,
  "base64",
  undefined,
] as const;

/** `-EncodedCommand` in any of its short forms, and literals that scripts decode themselves. */
const ENCODED: readonly (readonly [RegExp, string, Kind | undefined])[] = [
  [/[\s"']-e(?:c|nc?[a-z]{0,12})?\s{1,20}["']?([A-Za-z0-9+/]{16,}={0,2})/gi, "encoded command", "powershell"],
  LITERAL,
];

/** Visits what a script decodes from literals. */
export function visitScript(text: string, place: Place, visitor: Visitor): void {
  for (const each of ENCODED) visitEncoded(text, each, place, visitor);
}

/** Visits what code among the words of a shell script decodes. */
export function visitLiterals(text: string, place: Place, visitor: Visitor): void {
  if (/b64decode|decode64|base64_decode|FromBase64|atob|decode_base64|Buffer/i.test(text))
    visitEncoded(text, LITERAL, place, visitor);
}

function visitEncoded(
  text: string,
  [mark, step, kind]: (typeof ENCODED)[number],
  place: Place,
  visitor: Visitor,
): void {
  for (const match of text.matchAll(mark)) {
    const bytes = fromBase64(match[1] ?? "");
    const inner = bytes && toText(bytes);
    if (!bytes || inner === undefined) continue;
    const told = kind ?? kindOfScript(inner);
    const at = inside(place, `${step} in line ${String(lineAt(text, match.index))}`, { kind: told });
    if (!visitor.out.took(bytes.length, at)) return;
    visitor.bytes(bytes, at);
  }
}

/** A script says its language in its first line; whatever else is decoded is a text. */
function kindOfScript(text: string): Kind {
  const format = text.startsWith("#!") ? formatOfStart(text) : undefined;
  return LANGUAGES.find((kind) => kind === format) ?? "text";
}

const LANGUAGES: readonly Kind[] = ["shell", "python", "perl", "ruby", "javascript", "powershell"];
