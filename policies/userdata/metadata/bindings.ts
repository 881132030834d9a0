/** What a statement of a script gives a name to: values, parameters and functions. */
import type { Language, Statement } from "./statements";

/** Words of languages that are no names. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  "await async let const var my our local final static public private new return if else elif for in of as with try def end do then not and or None null nil true false True False self this function func def string int char std".split(
    " ",
  ),
);

/** Places of names in statements that give them a value or change it. */
const BOUND: readonly RegExp[] = [
  // A method of a value, an element of it, or a function that changes its first argument.
  /^(?:await\s{1,9}|\[void\]\s{0,9}|\(?)[$@%&]?\{?([A-Za-z_]\w*)\}?\s{0,9}(?:\.|->|\[|::)/g,
  /^curl_setopt(?:_array)?\s{0,9}\(\s{0,9}\$(\w+)/g,
  /\bas\s{1,9}\$?([A-Za-z_]\w*)/g,
  /\|\s{0,9}([a-z_]\w*)\s{0,9}\|/g,
  /\b(?:for|foreach)\s{0,9}\(?\s{0,9}[$(]?(?:my\s|const\s|let\s|var\s)?\$?([A-Za-z_]\w*)\s{1,9}(?:in|of)\b/g,
];
const ASSIGNED = /^([^=(]{1,160}(?:\[[^\]]{0,80}\])?)(?:\|\||\?\?|[-+.:&|]|\/\/)?=(?![=>~])/;
const SET = /\bset\s{1,9}(?:\/[ap]\s{1,9})?"?([A-Za-z_]\w{0,60})=/gi;

/** The names that a statement gives a value, or changes. */
export function targetsOf({ bare, text }: Statement, language: Language): readonly string[] {
  const start = bare.slice(0, 400);
  const left = ASSIGNED.exec(start)?.[1] ?? "";
  const assigned = /[!<>]$/.test(left) ? [] : (left.match(/[A-Za-z_]\w*/g) ?? []).slice(0, 8);
  const bound = BOUND.flatMap((place) => [...start.matchAll(place)].map((match) => match[1] ?? ""));
  const set = language === "batch" ? [...text.matchAll(SET)].map((match) => match[1] ?? "") : [];
  const found = [...assigned.filter((name) => !KEYWORDS.has(name)), ...bound, ...set];
  return [...new Set(found.map((name) => normalName(name, language)))];
}

/** Windows does not tell small and capital letters apart. */
export function normalName(name: string, language: Language): string {
  return language === "powershell" || language === "batch" ? name.toLowerCase() : name;
}

const DEFINES =
  /^(?:export\s{1,9})?(?:default\s{1,9})?(?:public\s{1,9}|private\s{1,9}|static\s{1,9})*(?:async\s{1,9})?(?:def|function|func|sub|fn|filter)\s{1,9}(?:\([^)]{0,80}\)\s{0,9})?(?:self\.|global:|script:)?([A-Za-z_][\w-]*)/i;
const ARROW =
  /^(?:export\s{1,9})?(?:const|let|var)\s{1,9}([A-Za-z_]\w*)\s{0,9}=\s{0,9}(?:async\b)?\s{0,9}(?:\(|function|[a-z_]\w*\s{0,9}=>)/i;
const METHOD = /^(?:async\s{1,9})?([A-Za-z_]\w*)\s{0,9}\([^()]{0,200}\)\s{0,9}$/;

/** The name of the function that a statement begins. */
export function definitionOf({ bare }: Statement, language: Language): string | undefined {
  const start = bare.slice(0, 400);
  if (language === "batch") return /^:([A-Za-z_]\w*)/.exec(start)?.[1]?.toLowerCase();
  const name =
    DEFINES.exec(start)?.[1] ??
    (language === "javascript" ? (ARROW.exec(start)?.[1] ?? METHOD.exec(start)?.[1]) : undefined);
  if (name === undefined || /^(?:if|for|while|switch|catch)$/.test(name)) return undefined;
  return language === "powershell" ? name.toLowerCase() : name;
}

/** Names that stand for arguments: between the brackets, or in a `param` block. */
export function parametersOf(opener: Statement, statements: readonly Statement[]): readonly string[] {
  const at = opener.number;
  const block = statements
    .slice(at + 1, at + 3)
    .filter(({ bare }) => /^\[?(?:CmdletBinding|param)\b|@_|\bshift\b/i.test(bare));
  const own = opener.bare.slice(0, 400).replace(/^[^(]{0,200}?(?==|\()/, "");
  const names = [own, ...block.map(({ bare }) => bare)].flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []);
  return [...names, "args"].flatMap((name) => [name, name.toLowerCase()]);
}

export function isWithin(statement: Statement, opener: Statement, statements: readonly Statement[]): boolean {
  for (let at = statement.parent, count = 0; at !== undefined && count < 50; count++) {
    const each: Statement | undefined = statements[at];
    if (each === opener) return true;
    at = each?.parent;
  }
  return false;
}
