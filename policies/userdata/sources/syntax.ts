/** What a statement of a script looks like: what it assigns, names, defines and compares. */
import { COMPARES, DIFFERS, OPENS } from "./marks";
import type { Statement, Token } from "./tokens";

/** The words and marks of a statement; strings stand as two quotes. */
export function codeOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, text }) => (kind === "word" || kind === "mark" ? text : '""'))
    .join(" ")
    .replaceAll(" . ", ".");
}

/** The same with the beginnings of strings. */
export function shownOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text.slice(0, 100)).join(" ");
}

/** Marks before a name, and the object that it is a part of by itself, are no part of it. */
export function nameOf(word: string): string {
  return word
    .replace(/^[$@%&]{1,2}\{?/, "")
    .replace(/\}$/, "")
    .replace(/^(?:self|this)(?:\.|->)/, "");
}

/** `name.method` is about `name`. */
export function baseOf(word: string): string {
  return nameOf(word).split(/\.|->|::/, 1)[0] ?? "";
}

/** The method that is called, or the function. */
export function lastName(word: string): string {
  return word.slice(Math.max(word.lastIndexOf("."), word.lastIndexOf(">")) + 1);
}

export interface Assigned {
  readonly names: readonly string[];
  /** The token behind the mark. */
  readonly end: number;
  /** What was there before stays. */
  readonly adds: boolean;
}

const NOTHING_ASSIGNED: Assigned = { names: [], end: 0, adds: false };
const DECLARES = /^(?:my|our|local|var|let|const|auto|final|static|\[\w+\])$/;

/** `a, b = …`, `my $a = …` and `a += …`. */
export function assignedBy({ tokens }: Statement): Assigned {
  const end = tokens.slice(0, 12).findIndex(({ kind, text }) => kind === "mark" && text === "=");
  const before = tokens.slice(0, Math.max(end, 0));
  const isLeft = ({ kind, text }: Token): boolean =>
    kind === "word" || (kind === "mark" && /^[,()[\]{}:|<*+.-]$/.test(text));
  if (end <= 0 || !before.every(isLeft)) return NOTHING_ASSIGNED;
  const names = before.filter(({ kind, text }) => kind === "word" && !DECLARES.test(text));
  const adds = /^[+.]$/.test(before.at(-1)?.text ?? "") || before.at(-1)?.text.endsWith("+") === true;
  return { names: names.map(({ text }) => nameOf(text).replace(/\+$/, "")), end: end + 1, adds };
}

/** `for x in …`, `with … as x`, `(x) =>`, `function (x)`, `|x|`. */
export function parametersOf({ tokens }: Statement): readonly string[] {
  return tokens.flatMap(({ kind, text }, at) => (kind === "word" && isParameter(tokens, at) ? nameOf(text) : []));
}

/** What stands around a parameter: two words before it, itself as `_`, two words behind it. */
const PARAMETER = /(?:^| )as _|_ =>|_ \) =>|(?:for|foreach|\() _ in |\| _ \||function \( _/;

function isParameter(tokens: readonly Token[], at: number): boolean {
  const around = [-2, -1, 0, 1, 2].map((offset) =>
    offset === 0 ? "_" : (tokens[at + offset]?.text ?? "").slice(0, 20),
  );
  return PARAMETER.test(around.join(" "));
}

/** Files that a statement opens, by the names that it gives them. */
export function openedBy({ tokens }: Statement): readonly string[] {
  if (!OPENS.test(codeOf(tokens))) return [];
  const opens = (at: number): boolean => tokens[at]?.text === "(" && /open$/.test(tokens[at - 1]?.text ?? "");
  return tokens.flatMap(({ kind, text }, at) => {
    const before = tokens[at - 1]?.text ?? "";
    const handle = /^[$@]/.test(text) && (opens(at - 1) || (before === "my" && opens(at - 2)));
    const named = before === "as" || (before === "|" && tokens[at + 1]?.text === "|") || handle;
    return kind === "word" && named ? nameOf(text) : [];
  });
}

export interface Defined {
  readonly name: string;
  readonly parameters: readonly string[];
}

/** A function that a statement defines, with the names of its parameters. */
export function definedBy({ tokens }: Statement): Defined | undefined {
  const at = tokens.slice(0, 5).findIndex(({ text }) => /^(?:def|function|sub|func)$/i.test(text));
  const arrow = at < 0 && /^(?:const|let|var)$/.test(tokens[0]?.text ?? "") && tokens.some(({ text }) => text === "=>");
  const name = arrow ? tokens[1]?.text : at < 0 ? undefined : tokens[at + 1]?.text;
  return name !== undefined && /^[\w-]{2,60}$/.test(name) ? { name, parameters: parametersBehind(tokens) } : undefined;
}

/** Names behind the first parenthesis: each stands behind it or behind a comma. */
function parametersBehind(tokens: readonly Token[]): readonly string[] {
  const start = tokens.findIndex(({ text }) => text === "(");
  const inside = start < 0 ? [] : tokens.slice(start + 1, start + 40);
  const names = inside.filter(({ kind, text }, at) => {
    const before = tokens[start + at]?.text ?? "";
    return kind === "word" && !/^(?:self$|this$|\[)/.test(text) && /^(?:[(,\]]|\[\w+\])$/.test(before);
  });
  return names.map(({ text }) => nameOf(text));
}

/** Parameters that the body itself takes: `param($a, $b)`, `my ($a, $b) = @_`, `my $a = shift`. */
export function unpackedBy(statement: Statement): readonly string[] {
  const [first] = statement.tokens;
  if (/^param$/i.test(first?.text ?? "")) return parametersBehind(statement.tokens);
  const takes = statement.tokens.some(({ text }) => text === "@_" || text === "shift");
  return takes ? assignedBy(statement).names : [];
}

/** Calls whose result is the text that they are given. */
const KEEPS = /^(?:str|String|URI|URL|Path|Uri|new|\w*\.?(?:join|joinpath|format|parse))$/;

/** An assignment of nothing but strings and variables. */
export function isPlain({ tokens }: Statement): boolean {
  return tokens.every(({ kind, text }, at) => {
    const next = tokens[at + 1];
    const calls = kind === "word" && next?.kind === "mark" && next.text === "(";
    return calls ? KEEPS.test(lastName(text)) : kind !== "mark" || /^[=+.,():]$/.test(text);
  });
}

/** The sides of a comparison, and whether what stands behind it follows where they differ. */
export interface Comparison {
  readonly sides: readonly [readonly Token[], readonly Token[]];
  readonly negative: boolean;
}

export function comparisonIn({ tokens }: Statement): Comparison | undefined {
  const at = tokens.findIndex(({ kind, text }) => kind !== "string" && COMPARES.test(text));
  const called = tokens.some(({ text }) => /compare_digest|timingSafeEqual|hash_equals|Equals$/.test(text));
  if (at < 0 && !called) return undefined;
  const turned = tokens.some(({ text }) => /^(?:!|not|-not|unless)$/.test(text));
  const negative = (at >= 0 && DIFFERS.test(tokens[at]?.text ?? "")) !== turned;
  return { sides: at < 0 ? [tokens, []] : [tokens.slice(0, at), tokens.slice(at + 1)], negative };
}
