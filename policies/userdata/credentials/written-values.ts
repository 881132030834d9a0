/** The value behind a name: quoted or bare, escaped, on the next line; and the literal that an expression falls back to. */
import { fromBase64 } from "../encodings";
import type { Promise_ } from "./names";
import { isLiteral, looksRandom, type Writing } from "./values";

const WINDOW = 400;
const VALUE_LIMIT = 4096;

/** Languages in which a bare word is an expression. */
export type Grammar = "code" | "configuration";

/** How a value follows its name: as far as a delimiter, in a tag, or as one more word. */
export type Form = "assigned" | "joined" | "word" | "element" | "quoted only";

interface Value {
  readonly text: string;
  readonly writing: Writing;
  /** What stands behind it on its line; of a bare one, the line from its start. */
  readonly rest: string;
  /** The line as a file of an environment has it, to which nothing is a delimiter. */
  readonly line?: string;
  /** A bare word of a program: a name, not a value. */
  readonly expression?: boolean;
}

/** The value that starts at an offset. */
export function readValue(text: string, at: number, form: Form, grammar: Grammar): Value | undefined {
  const prefix = /^(?:[bBrRuUfF]{1,2}|@|N|L|\$)?(?="|')/.exec(text.slice(at, at + 3))?.[0] ?? "";
  const start = at + prefix.length;
  const quote = text[start];
  if (quote === '"' || quote === "'") return quoted(text, start, quote);
  if (form === "quoted only" || (form === "word" && grammar === "code")) return undefined;
  if (text.startsWith('\\"', start) || text.startsWith("\\'", start)) return escapedQuoted(text, start);
  if (/^[|>][+-]?\s*\n/.test(text.slice(start, start + 5))) return blockScalar(text, start);
  return unquoted(text, start, form, grammar);
}

function unquoted(text: string, start: number, form: Form, grammar: Grammar): Value | undefined {
  const line = lineFrom(text, start, form, grammar);
  if (form === "word") return wordOf(line);
  const value = bare(line, form, grammar);
  return grammar === "configuration" && form === "assigned" && isOfEnvironment(text, start, line)
    ? { text: line, writing: "bare", rest: line, ...value, line: line.trim() }
    : value;
}

/** `NAME=value` without a space or a quote. */
function isOfEnvironment(text: string, start: number, line: string): boolean {
  const before = text.slice(Math.max(0, start - 80), start);
  return /^[^\s"'`]{8,200}\s*$/.test(line) && /(?:^|\n)[A-Z][A-Z\d_]*=$/.test(before);
}

/** To the end of the line, of the tag or of the statement; the line may end by an escape. */
function lineFrom(text: string, start: number, form: Form, grammar: Grammar): string {
  const end = form === "element" ? /[<\n]|\\n/ : grammar === "code" ? /[\n;]|\\n/ : /\n|\\n/;
  return text.slice(start, start + VALUE_LIMIT).split(end, 1)[0] ?? "";
}

function wordOf(line: string): Value | undefined {
  const word = /^[A-Z]+=/.test(line) ? undefined : /^[^\s;"'),]+/.exec(line)?.[0];
  return word === undefined ? undefined : { text: word, writing: "bare", rest: line };
}

function bare(line: string, form: Form, grammar: Grammar): Value | undefined {
  const text = bareValue(line, form);
  if (text === "") return undefined;
  if (form === "element") return { text, writing: "quoted", rest: line };
  return { text, writing: "bare", rest: line, ...(grammar === "code" && { expression: true }) };
}

function quoted(text: string, start: number, quote: string): Value | undefined {
  const triple = text.startsWith(quote.repeat(3), start) ? 3 : 1;
  const from = start + triple;
  const end = text.indexOf(quote.repeat(triple), from);
  if (end < 0 || end - from > VALUE_LIMIT) return undefined;
  let value = text.slice(from, end);
  if (value.endsWith("\\") && quote === '"') {
    const more = text.indexOf(quote, end + 1);
    if (more > 0 && more - from < VALUE_LIMIT) value = text.slice(from, more);
  }
  return { text: value, writing: "quoted", rest: text.slice(end + triple, end + triple + 200).split("\n", 1)[0] ?? "" };
}

/** The first line of a block in YAML. */
function blockScalar(text: string, start: number): Value | undefined {
  const first = /\n\s*([^\n]+)/.exec(text.slice(start, start + WINDOW))?.[1]?.trim();
  return first === undefined ? undefined : { text: first, writing: "quoted", rest: "" };
}

/** JSON within a string. */
function escapedQuoted(text: string, start: number): Value | undefined {
  const mark = text.slice(start, start + 2);
  const end = text.indexOf(mark, start + 2);
  return end < 0 || end - start > VALUE_LIMIT
    ? undefined
    : { text: text.slice(start + 2, end), writing: "quoted", rest: "" };
}

/** To where a list, a comment or another setting begins. */
function bareValue(whole: string, form: Form): string {
  const line = whole.split(/ (?:\|\||&&) /, 1)[0] ?? "";
  if (/^[;,&]/.test(line)) return "";
  if (form === "element") return line.trim();
  const value = line.replace(/\s+[#;].*$/, "").trim();
  const listed = /^[^\s,"']+(?=,\s{0,9}["'])/.exec(value)?.[0];
  if (listed !== undefined) return listed;
  const pairs = /^[^;,&\s"'{}]+(?=(?:[;,&]\s{0,5}|\s+)\[?[\w.$-]{1,60}\]?[=:])/.exec(value)?.[0];
  if (pairs !== undefined) return pairs;
  const inner = /^[{<[(]/.test(value) ? undefined : /^[^\s"'<>}\])]+(?=["'<>}\])])/.exec(value)?.[0];
  return (inner ?? value).replace(/[\s}\]),;]+$/, "");
}

/** The literal that a value is or falls back to. */
export function literalIn(value: Value, promise: Promise_): string | undefined {
  return ownLiteral(value, promise) ?? otherLiteral(value, promise);
}

function ownLiteral({ text, writing, line, expression }: Value, promise: Promise_): string | undefined {
  if (expression !== true && isLiteral(text, promise, writing) && !isProse(text, writing)) return text;
  if (line === undefined || !looksRandom(line)) return undefined;
  return isLiteral(line, promise, isBalanced(line) ? writing : "quoted") ? line : undefined;
}

/** Whether brackets come in pairs, as in expressions. */
function isBalanced(text: string): boolean {
  const count = (bracket: string): number => text.split(bracket).length;
  return ["()", "[]", "{}"].every(([open = "", close = ""]) => count(open) === count(close));
}

/** What it decodes, or falls back to. */
function otherLiteral({ text, writing, rest }: Value, promise: Promise_): string | undefined {
  const encoded = DECODED.exec(writing === "bare" ? rest : text)?.[1];
  const decoded = encoded === undefined ? undefined : fromBase64(encoded)?.toString("utf8");
  if (decoded !== undefined && isLiteral(decoded, promise, "quoted")) return decoded;
  const whole = writing === "bare" ? firstOf(rest) : text;
  const fallback = FALLBACKS.map((pattern) => pattern.exec(whole)?.[2]).find((each) => each !== undefined);
  return fallback !== undefined && isLiteral(fallback, promise, "quoted") ? fallback : undefined;
}

/** An expression to where the next element of its list begins. */
function firstOf(expressions: string): string {
  if (!expressions.includes(",")) return expressions;
  let [depth, quote] = [0, ""];
  for (let at = 0; at < expressions.length; at++) {
    const character = expressions.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth <= 0) return expressions.slice(0, at);
  }
  return expressions;
}

/** A literal that the program decodes. */
const DECODED = /(?:FromBase64String|b64decode|decode64|atob|decode_base64)\(\s{0,5}b?["']([A-Za-z\d+/=]{4,400})["']/;

/** Sentences follow a name and a colon in messages, too. */
function isProse(text: string, writing: Writing): boolean {
  return (
    writing === "bare" && /^[A-Za-z']+(?:[,.]?\s+[A-Za-z']+)+[.,]?$|^(?:[A-Za-z']+[,.]?\s+){2,}[A-Za-z']+/.test(text)
  );
}

/** Defaults: `${X:literal}`, `get("X", "literal")`, `x || "literal"`, `| default "literal"`. */
const FALLBACKS = [
  /^(\$\{(?!(?:env|file|secretsmanager|secretsManager|secret|vault|ssm|sys|sm|aws|config|kms|directory|ENV|FILE|sec|awssm):)[\w.]{1,80}(?::?[-=]|:(?![+?])))([^}$]{1,200})\}$/,
  /(?:get|getenv|fetch|getProperty|getOrDefault|env)\(\s{0,5}["'][\w.]{1,80}["']\s{0,5},\s{0,5}(["'])([^"'\n]{1,200})\1/i,
  /(?:\|\||\?\?|\bor\b|\?:|\belse\b)\s{0,5}(["'])([^"'\n]{1,200})\1/,
  /\|\s{0,5}default(?:\s{1,5}|\()\s{0,5}(["'])([^"'\n]{1,200})\1/,
];
