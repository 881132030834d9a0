/** Which statements of a script give a name its value, so that the values in a request can be put together. */
import type { Language, Statement } from "./statements";

const KEYWORDS: ReadonlySet<string> = new Set(
  "await async let const var my our local final static public private new return if else elif for in of as with try def end do then not and or None null nil true false True False self this function func def string int char std".split(
    " ",
  ),
);

/** Statements that are followed for one request, and how far. */
const FOLLOWED = 120;
const DEPTH = 4;
/** Statements of one name. */
const SAME = 30;

export class Names {
  private readonly given = new Map<string, number[]>();
  private readonly used = new Map<string, number[]>();
  private readonly defined = new Map<string, number>();
  private readonly identifiers: (readonly string[])[] = [];

  constructor(
    private readonly statements: readonly Statement[],
    private readonly language: Language,
    private readonly reads: (statement: Statement) => boolean,
  ) {
    for (const [index, statement] of statements.entries()) {
      const ids = this.identifiersIn(statement);
      this.identifiers.push(ids);
      for (const name of targetsOf(statement, this.language)) add(this.given, name, index);
      for (const name of ids) add(this.used, name, index);
      const own = definitionOf(statement, this.language);
      if (own !== undefined && !this.defined.has(own)) this.defined.set(own, index);
    }
  }

  /** The text of a statement and of what gives its names their values, but for answers of other requests. */
  values(statement: Statement): string {
    return this.closure(statement, (each) => !this.reads(each));
  }

  /** The same with everything that its names have to do with. */
  everything(statement: Statement): string {
    return this.closure(statement, () => true);
  }

  /** Calls of the function that a statement stands in, where its parameters reach the statement. */
  callers(statement: Statement): readonly Statement[] {
    const opener = this.functionAround(statement);
    if (opener === undefined) return [];
    const name = definitionOf(opener, this.language);
    const inBlock = new Set(parametersOf(opener, this.statements));
    if (name === undefined || !this.reachable(statement).some((each) => inBlock.has(each))) return [];
    return (this.used.get(name) ?? [])
      .map((index) => this.statements[index])
      .filter((each) => each !== undefined && each !== opener && !isWithin(each, opener, this.statements))
      .slice(0, SAME) as Statement[];
  }

  private functionAround(statement: Statement): Statement | undefined {
    for (let at = statement.parent, count = 0; at !== undefined && count < 20; count++) {
      const each: Statement | undefined = this.statements[at];
      if (each && definitionOf(each, this.language) !== undefined) return each;
      at = each?.parent;
    }
    return undefined;
  }

  /** Names in a statement and in what gives them their values. */
  private reachable(statement: Statement): readonly string[] {
    const index = statement.number;
    const direct = this.identifiers[index] ?? [];
    return [...direct, ...direct.flatMap((name) => (this.given.get(name) ?? []).slice(0, 5).flatMap((at) => this.identifiers[at] ?? []))];
  }

  private closure(statement: Statement, enters: (statement: Statement) => boolean): string {
    const seen = new Set<number>();
    let level = [statement.number];
    for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
      const next: number[] = [];
      for (const index of level) {
        if (seen.has(index) || seen.size >= FOLLOWED) continue;
        seen.add(index);
        for (const name of this.identifiers[index] ?? [])
          for (const at of this.given.get(name) ?? []) {
            const each = this.statements[at];
            if (each && !seen.has(at) && enters(each)) next.push(at);
          }
      }
      level = next.slice(0, FOLLOWED);
    }
    return [...seen].map((index) => this.statements[index]?.text ?? "").join("\n");
  }

  private identifiersIn({ bare, text }: Statement): readonly string[] {
    const pattern = this.language === "powershell" ? /[A-Za-z_]\w*(?:-[A-Za-z]\w*)*/g : /[A-Za-z_]\w*/g;
    const plain = bare.match(pattern) ?? [];
    // Names within strings that the language fills in.
    const filled = [...text.matchAll(/[$#]?\{\s?\(?([A-Za-z_]\w{0,80})|[$@](?:\w{1,20}:)?\(?\$?([A-Za-z_]\w{0,80})|[%!]([A-Za-z_]\w{0,80})[%!]/g)];
    const all = [...plain, ...filled.map((match) => match[1] ?? match[2] ?? match[3] ?? "")];
    return [...new Set(all.map((name) => this.normal(name)))].filter((name) => name !== "" && !KEYWORDS.has(name)).slice(0, 60);
  }

  private normal(name: string): string {
    return this.language === "powershell" || this.language === "batch" ? name.toLowerCase() : name;
  }
}

function add(map: Map<string, number[]>, name: string, index: number): void {
  const known = map.get(name);
  if (!known) map.set(name, [index]);
  else if (known.length < SAME) known.push(index);
}

/** The names that a statement gives a value, or changes. */
function targetsOf({ bare, text }: Statement, language: Language): readonly string[] {
  const start = bare.slice(0, 400);
  const found: string[] = [];
  const left = /^([^=(]{1,160}(?:\[[^\]]{0,80}\])?)(?:\|\||\?\?|[-+.:&|]|\/\/)?=(?![=>~])/.exec(start)?.[1];
  if (left !== undefined && !/[!<>]$/.test(left)) {
    const names = (left.match(/[A-Za-z_]\w*/g) ?? []).filter((name) => !KEYWORDS.has(name));
    found.push(...names.slice(0, 8));
  }
  // A method of a value, or a function that changes its first argument.
  const method = /^(?:await\s{1,9}|\[void\]\s{0,9}|\(?)[$@%&]?\{?([A-Za-z_]\w*)\}?\s{0,9}(?:\.|->|\[|::)/.exec(start)?.[1];
  if (method !== undefined) found.push(method);
  const changed = /^curl_setopt(?:_array)?\s{0,9}\(\s{0,9}\$(\w+)/.exec(start)?.[1];
  if (changed !== undefined) found.push(changed);
  for (const match of start.matchAll(/\bas\s{1,9}\$?([A-Za-z_]\w*)|\|\s{0,9}([a-z_]\w*)\s{0,9}\||\b(?:for|foreach)\s{0,9}\(?\s{0,9}[$(]?(?:my\s|const\s|let\s|var\s)?\$?([A-Za-z_]\w*)\s{1,9}(?:in|of)\b/g))
    found.push(match[1] ?? match[2] ?? match[3] ?? "");
  if (language === "batch")
    for (const match of text.matchAll(/\bset\s{1,9}(?:\/[ap]\s{1,9})?"?([A-Za-z_]\w{0,60})=/gi)) found.push(match[1] ?? "");
  const normal = language === "powershell" || language === "batch" ? found.map((name) => name.toLowerCase()) : found;
  return [...new Set(normal)];
}

const DEFINES =
  /^(?:export\s{1,9})?(?:default\s{1,9})?(?:public\s{1,9}|private\s{1,9}|static\s{1,9})*(?:async\s{1,9})?(?:def|function|func|sub|fn|filter)\s{1,9}(?:\([^)]{0,80}\)\s{0,9})?(?:self\.|global:|script:)?([A-Za-z_][\w-]*)/i;
const ARROW = /^(?:export\s{1,9})?(?:const|let|var)\s{1,9}([A-Za-z_]\w*)\s{0,9}=\s{0,9}(?:async\b)?\s{0,9}(?:\(|function|[a-z_]\w*\s{0,9}=>)/i;
const METHOD = /^(?:async\s{1,9})?([A-Za-z_]\w*)\s{0,9}\([^()]{0,200}\)\s{0,9}$/;

/** The name of the function that a statement begins. */
function definitionOf({ bare }: Statement, language: Language): string | undefined {
  const start = bare.slice(0, 400);
  if (language === "batch") return /^:([A-Za-z_]\w*)/.exec(start)?.[1]?.toLowerCase();
  const name = DEFINES.exec(start)?.[1] ?? (language === "javascript" ? (ARROW.exec(start)?.[1] ?? METHOD.exec(start)?.[1]) : undefined);
  if (name === undefined || /^(?:if|for|while|switch|catch)$/.test(name)) return undefined;
  return language === "powershell" ? name.toLowerCase() : name;
}

/** Names that stand for arguments: between the brackets, or in a `param` block. */
function parametersOf(opener: Statement, statements: readonly Statement[]): readonly string[] {
  const at = opener.number;
  const block = statements.slice(at + 1, at + 3).filter(({ bare }) => /^\[?(?:CmdletBinding|param)\b|@_|\bshift\b/i.test(bare));
  const own = opener.bare.slice(0, 400).replace(/^[^(]{0,200}?(?==|\()/, "");
  const names = [own, ...block.map(({ bare }) => bare)].flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []);
  return [...names, "args"].flatMap((name) => [name, name.toLowerCase()]);
}

function isWithin(statement: Statement, opener: Statement, statements: readonly Statement[]): boolean {
  for (let at = statement.parent, count = 0; at !== undefined && count < 50; count++) {
    const each: Statement | undefined = statements[at];
    if (each === opener) return true;
    at = each?.parent;
  }
  return false;
}
