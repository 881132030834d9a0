/** Rulesets of nftables: files that `nft -f` loads, and the arguments of single commands. */
import { familiesIn } from "./address";
import { isEverybody, takesPort80 } from "./iptables";
import {
  addRule,
  chainOf,
  FAMILIES,
  ORDINARY,
  type Chain,
  type Chains,
  type Family,
  type Rule,
  type Whose,
} from "./packet";

/** A word, or the items of a set that stands in a rule. */
type Token = string | readonly string[];

const FAMILY_NAMES: ReadonlySet<string> = new Set(["ip", "ip6", "inet", "arp", "bridge", "netdev"]);
const REACHES: Readonly<Record<string, readonly Family[]>> = { ip: ["v4"], ip6: ["v6"], inet: FAMILIES };
/** Statements whose braces hold further statements. */
const BLOCKS: ReadonlySet<string> = new Set(["table", "chain", "set", "map", "flowtable", "counter", "quota", "limit"]);

/** Reads rulesets one after the other into chains. */
export class Nft {
  private readonly sets = new Map<string, string[]>();
  private readonly defined = new Map<string, readonly string[]>();

  constructor(private readonly chains: Chains) {}

  /** A ruleset as a file or the words of a command hold it. */
  add(text: string): void {
    const tokens = tokensOf(text);
    let scope: readonly string[] = [];
    const outer: (readonly string[])[] = [];
    let statement: Token[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] ?? "";
      if (token === "{" && opensBlock(statement, scope)) {
        outer.push(scope);
        scope = [...scope, ...headOf(statement)];
        this.declare(scope);
        statement = [];
      } else if (token === "{") {
        const end = closing(tokens, at);
        statement.push(tokens.slice(at + 1, end).filter((each) => each !== ";" && each !== ","));
        at = end;
      } else if (token === ";" || token === "}") {
        this.statement(scope, statement);
        statement = [];
        if (token === "}") scope = outer.pop() ?? [];
      } else statement.push(token);
    }
    this.statement(scope, statement);
  }

  /** A table, chain or set by itself. */
  private declare(scope: readonly string[]): void {
    const chain = chainIn(scope);
    if (chain !== undefined) this.chain(chain, scope);
  }

  private chain(name: string, scope: readonly string[]): Chain {
    return chainOf(this.chains, name, reachedBy(scope));
  }

  private statement(scope: readonly string[], tokens: readonly Token[]): void {
    const [first, second, value] = tokens;
    if (first === undefined) return;
    const chain = chainIn(scope);
    if (first === "define" && typeof second === "string") {
      this.defined.set(`$${second}`, this.items(scope, tokens[3] ?? value ?? ""));
    } else if (chain !== undefined) this.inChain(chain, scope, tokens);
    else if (first === "elements") this.addTo(keyOf(scope, scope.at(-1) ?? ""), this.items(scope, tokens.at(-1) ?? ""));
    else if (scope.length === 0) this.command(tokens);
  }

  private addTo(set: string, items: readonly string[]): void {
    const known = this.sets.get(set);
    if (known) known.push(...items.slice(0, MAX_ITEMS));
    else this.sets.set(set, items.slice(0, MAX_ITEMS));
  }

  /** `add rule inet filter output …`, `add element …`, `flush table …` */
  private command([verb, object, ...rest]: readonly Token[]): void {
    if (typeof verb !== "string" || typeof object !== "string") return;
    const hasFamily = typeof rest[0] === "string" && FAMILY_NAMES.has(rest[0]);
    const [family, names] = hasFamily ? [String(rest[0]), rest.slice(1)] : ["ip", rest];
    const [table = "", name = "", ...more] = names;
    if (/^(?:flush|delete|destroy|reset)$/.test(verb)) this.remove(object, family, String(table), String(name));
    else if (!/^(?:add|insert|create|replace)$/.test(verb)) return;
    else if (object === "rule") {
      const scope = ["table", family, String(table), "chain", String(name)];
      this.rule(chainIn(scope) ?? "", scope, more, verb === "insert");
    } else if (object === "element")
      this.addTo(`${family} ${String(table)} ${String(name)}`, this.items([], more.at(-1) ?? ""));
  }

  private remove(object: string, family: string, table: string, chain: string): void {
    for (const [name, { rules }] of this.chains) {
      const isMeant =
        object === "ruleset" ||
        (object === "table" && name.startsWith(`nft ${family} ${table} `)) ||
        (object === "chain" && name === `nft ${family} ${table} ${chain}`);
      if (isMeant && name.startsWith("nft ")) rules.length = 0;
    }
  }

  private inChain(chain: string, scope: readonly string[], tokens: readonly Token[]): void {
    if (tokens[0] === "type") {
      const hook = tokens[tokens.indexOf("hook") + 1];
      if (hook === "output" && (tokens[1] === "filter" || tokens[1] === "route"))
        this.chain(chain, scope).isBase = true;
    } else if (tokens[0] === "policy") this.chain(chain, scope).policy = tokens[1] === "drop" ? "drop" : "accept";
    else this.rule(chain, scope, tokens, false);
  }

  private rule(chain: string, scope: readonly string[], tokens: readonly Token[], first: boolean): void {
    const made = this.ruleOf(scope, tokens);
    if (made) addRule(this.chain(chain, scope), made, first);
  }

  private ruleOf(scope: readonly string[], tokens: readonly Token[]): Rule | undefined {
    let families = reachedBy(scope);
    let whose: Whose = "everybody";
    for (const [index, token] of tokens.entries()) {
      if (typeof token !== "string") continue;
      const not = tokens[index + 1] === "!=";
      const operand = tokens[index + (not || tokens[index + 1] === "==" ? 2 : 1)] ?? "";
      const items = (): readonly string[] => this.items(scope, operand);
      if (token === "daddr") families = addressed(families, tokens[index - 1], items(), not);
      else if (/^sk[ug]id$/.test(token) || token === "cgroupv2")
        whose = comparedTo(tokens[index + 1], tokens[index + 2]) ?? whoseOf(items(), not);
      else if (misses(token, tokens[index - 1], items, not)) return undefined;
    }
    const then = thenOf(scope, tokens);
    return then && families.length > 0 ? { families, whose, then } : undefined;
  }

  /** The values that an operand stands for: a literal, a variable, a set with a name or without one. */
  private items(scope: readonly string[], operand: Token): readonly string[] {
    const words = typeof operand === "string" ? [operand] : operand;
    return words.slice(0, MAX_ITEMS).flatMap((word) => {
      if (word.startsWith("@")) return this.sets.get(keyOf(scope, word.slice(1))) ?? [];
      return this.defined.get(word) ?? [word];
    });
  }
}

const MAX_ITEMS = 1000;

/** The families that a table is about. */
function reachedBy([, family = ""]: readonly string[]): readonly Family[] {
  return Object.hasOwn(REACHES, family) ? (REACHES[family] ?? []) : [];
}

function addressed(
  families: readonly Family[],
  protocol: Token | undefined,
  items: readonly string[],
  not: boolean,
): readonly Family[] {
  const covered = items.flatMap(familiesIn);
  const own = protocol === "ip6" ? "v6" : "v4";
  return families.filter((family) => family === own && covered.includes(family) !== not);
}

/** `skuid >= 1000` */
function comparedTo(operator: Token | undefined, operand: Token | undefined): Whose | undefined {
  const [, compares, orEqual] = typeof operator === "string" ? (/^([<>])(=)?$/.exec(operator) ?? []) : [];
  if (compares === undefined) return undefined;
  const bound = Number(operand) + (orEqual === undefined ? (compares === ">" ? 1 : -1) : 0);
  const [first, last] = ORDINARY;
  return (compares === ">" ? bound <= first : bound >= last) ? "everybody" : "named";
}

function whoseOf(items: readonly string[], not: boolean): Whose {
  if (not) return "others";
  return items.some(isEverybody) ? "everybody" : "named";
}

/** Whether a match leaves out new connections to the metadata service. */
function misses(token: string, before: Token | undefined, items: () => readonly string[], not: boolean): boolean {
  if (token === "limit") return true;
  const holds = (test: (item: string) => boolean): boolean => items().some(test) === not;
  if (token === "l4proto" || token === "protocol") return holds((item) => item === "tcp" || item === "6");
  if (token === "dport") return before === "udp" || holds(takesPort80);
  if (token === "state") return holds((item) => item === "new");
  if (token === "oif" || token === "oifname") return holds((item) => !/^(?:lo|docker|br|veth|cni)/.test(item));
  return false;
}

function thenOf(scope: readonly string[], tokens: readonly Token[]): Rule["then"] | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token === "accept" || token === "drop" || token === "return") return token;
    if (token === "reject" || token === "queue") return "drop";
    const to = tokens[index + 1];
    if ((token === "jump" || token === "goto") && typeof to === "string")
      return { chain: `nft ${scope[1] ?? ""} ${scope[2] ?? ""} ${to}`, returns: token === "jump" };
  }
  return undefined;
}

/** The name of the chain that a scope is: `table inet filter chain output`. */
function chainIn([, family = "", table = "", kind, name = ""]: readonly string[]): string | undefined {
  return kind === "chain" ? `nft ${family} ${table} ${name}` : undefined;
}

function keyOf([, family = "", table = ""]: readonly string[], set: string): string {
  return `${family} ${table} ${set}`;
}

/** Whether what stands before a brace is a statement that holds others. */
function opensBlock(statement: readonly Token[], scope: readonly string[]): boolean {
  const [first = "", second = ""] = statement;
  if (scope.includes("chain")) return false;
  const object = /^(?:add|create)$/.test(String(first)) ? second : first;
  return typeof object === "string" && BLOCKS.has(object);
}

/** What a statement opens: `table inet filter`, `chain output`; of `add chain inet filter output` both. */
function headOf(statement: readonly Token[]): readonly string[] {
  const words = statement.filter((each): each is string => typeof each === "string");
  const [object = "", ...names] = /^(?:add|create)$/.test(words[0] ?? "") ? words.slice(1) : words;
  const full = names.length > (object === "table" ? 0 : 1);
  if (!full) return [object, ...names];
  const withFamily = FAMILY_NAMES.has(names[0] ?? "") ? names : ["ip", ...names];
  return object === "table"
    ? [object, ...withFamily]
    : ["table", ...withFamily.slice(0, 2), object, ...withFamily.slice(2)];
}

function closing(tokens: readonly string[], from: number): number {
  const end = tokens.indexOf("}", from);
  return end < 0 ? tokens.length : end;
}

/** Words, braces and separators; comments are left out, and a line goes on behind a backslash. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const [token] of text.matchAll(/"[^"\n]*"|#[^\n]*|\\\n|\n|[{};,]|[^\s{};,"#]+/g)) {
    if (token.startsWith("#") || token === "\\\n") continue;
    tokens.push(token === "\n" ? ";" : token.replaceAll('"', ""));
  }
  return tokens;
}
