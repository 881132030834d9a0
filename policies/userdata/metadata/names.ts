/** Which statements of a script give a name its value, so that the values in a request can be put together. */
import { KEYWORDS, definitionOf, isWithin, normalName, parametersOf, targetsOf } from "./bindings";
import type { Language, Statement } from "./statements";

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
  /** Statements of a function, by the statement that begins it. */
  private readonly bodies = new Map<number, number[]>();

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
    this.fillBodies();
  }

  private fillBodies(): void {
    const around: (number | undefined)[] = [];
    const openers = new Set(this.defined.values());
    for (const { number, parent } of this.statements) {
      const of = parent === undefined ? undefined : openers.has(parent) ? parent : around[parent];
      around.push(of);
      const body = of === undefined ? undefined : (this.bodies.get(of) ?? []);
      if (of !== undefined && body && body.length < SAME) this.bodies.set(of, [...body, number]);
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

  /** Other statements that name what a statement gives a value. */
  users(statement: Statement): readonly Statement[] {
    return targetsOf(statement, this.language)
      .flatMap((name) => this.used.get(name) ?? [])
      .filter((index) => index !== statement.number)
      .flatMap((index) => this.statements[index] ?? []);
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
    return [
      ...direct,
      ...direct.flatMap((name) => (this.given.get(name) ?? []).slice(0, 5).flatMap((at) => this.identifiers[at] ?? [])),
    ];
  }

  private closure(statement: Statement, enters: (statement: Statement) => boolean): string {
    const seen = new Set<number>();
    let level = [statement.number];
    for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
      const next: number[] = [];
      for (const index of level) {
        if (seen.has(index) || seen.size >= FOLLOWED) continue;
        seen.add(index);
        for (const at of this.sources(index)) {
          const each = this.statements[at];
          if (each && !seen.has(at) && enters(each)) next.push(at);
        }
      }
      level = next.slice(0, FOLLOWED);
    }
    return [...seen].map((index) => this.statements[index]?.text ?? "").join("\n");
  }

  /** Statements that give the names of another one their values, and those of functions that it calls. */
  private sources(index: number): readonly number[] {
    const bare = this.statements[index]?.bare ?? "";
    return (this.identifiers[index] ?? []).flatMap((name) => {
      const own = this.defined.get(name);
      const calls = own !== undefined && own !== index && new RegExp(`(?<![.\\w>:])${name}\\b`, "i").test(bare);
      return [...(this.given.get(name) ?? []), ...(calls ? (this.bodies.get(own) ?? []) : [])];
    });
  }

  private identifiersIn({ bare, text }: Statement): readonly string[] {
    const pattern = this.language === "powershell" ? /[A-Za-z_]\w*(?:-[A-Za-z]\w*)*/g : /[A-Za-z_]\w*/g;
    const plain = bare.match(pattern) ?? [];
    // Names within strings that the language fills in.
    const filled = [
      ...text.matchAll(
        /[$#]?\{\s?\(?([A-Za-z_]\w{0,80})|[$@](?:\w{1,20}:)?\(?\$?([A-Za-z_]\w{0,80})|[%!]([A-Za-z_]\w{0,80})[%!]/g,
      ),
    ];
    const all = [...plain, ...filled.map((match) => match[1] ?? match[2] ?? match[3] ?? "")];
    return [...new Set(all.map((name) => normalName(name, this.language)))]
      .filter((name) => name !== "" && !KEYWORDS.has(name))
      .slice(0, 60);
  }
}

function add(map: Map<string, number[]>, name: string, index: number): void {
  const known = map.get(name);
  if (!known) map.set(name, [index]);
  else if (known.length < SAME) known.push(index);
}
