/** Rules of iptables and ip6tables: as commands, as saved tables, and handed through by firewalld. */
import { familiesIn } from "./address";
import {
  addRule,
  chainOf,
  FAMILIES,
  ORDINARY,
  rangeIn,
  type Chain,
  type Chains,
  type Family,
  type Rule,
  type Whose,
} from "./packet";

/** The chain that packets of local processes leave by. */
const OUTPUT = "OUTPUT";

/** The chains of one table; in each table the chain OUTPUT is passed by itself. */
function named(family: Family, table: string, chain: string): string {
  return `${family} ${table} ${chain}`;
}

interface Parsed {
  table: string;
  chain: string | undefined;
  action: "append" | "insert" | "flush" | "policy" | "delete" | undefined;
  policy: string;
  families: readonly Family[];
  whose: Whose;
  matches: boolean;
  target: string | undefined;
  returns: boolean;
}

/** Options by all of their names, with what their value, and a `!` before them, say. */
const OPTIONS: readonly (readonly [RegExp, (parsed: Parsed, value: string, not: boolean) => void])[] = [
  [/^(?:-t|--table)$/, (parsed, value) => (parsed.table = value)],
  [
    /^(?:-A|--append)$/,
    (parsed, value) => {
      act(parsed, "append", value);
    },
  ],
  [
    /^(?:-I|--insert)$/,
    (parsed, value) => {
      act(parsed, "insert", value);
    },
  ],
  [
    /^(?:-D|--delete)$/,
    (parsed, value) => {
      act(parsed, "delete", value);
    },
  ],
  [
    /^(?:-P|--policy)$/,
    (parsed, value) => {
      act(parsed, "policy", value);
    },
  ],
  [/^(?:-d|--dst|--destination)$/, destination],
  [
    /^(?:-s|--src|--source)$/,
    (parsed, value) => {
      // Nothing that leaves the machine comes from the metadata service.
      if (familiesIn(value).length > 0 && !value.endsWith("/0")) parsed.matches = false;
    },
  ],
  [/^--[ug]id-owner$/, owner],
  [/^--(?:path|cgroup)$/, owner],
  [
    /^(?:-p|--protocol|--proto)$/,
    (parsed, value, not) => {
      needs(parsed, /^(?:tcp|all|0|6)$/.test(value), not);
    },
  ],
  [
    /^--(?:dports?|destination-ports?)$/,
    (parsed, value, not) => {
      needs(parsed, takesPort80(value), not);
    },
  ],
  [
    /^(?:-o|--out-interface)$/,
    (parsed, value, not) => {
      needs(parsed, !/^(?:lo|docker|br|veth|cni)/.test(value), not);
    },
  ],
  [
    /^--(?:ctstate|state)$/,
    (parsed, value, not) => {
      needs(parsed, /NEW/i.test(value), not);
    },
  ],
  [/^(?:-j|--jump)$/, (parsed, value) => (parsed.target = value)],
  [
    /^(?:-g|--goto)$/,
    (parsed, value) => {
      parsed.target = value;
      parsed.returns = false;
    },
  ],
];

function act(parsed: Parsed, action: Parsed["action"], chain: string): void {
  parsed.action = action;
  parsed.chain = chain;
}

function needs(parsed: Parsed, holds: boolean, not: boolean): void {
  if (holds === not) parsed.matches = false;
}

function destination(parsed: Parsed, value: string, not: boolean): void {
  const covered = value.split(",").flatMap(familiesIn);
  parsed.families = parsed.families.filter((family) => covered.includes(family) !== not);
}

function owner(parsed: Parsed, value: string, not: boolean): void {
  parsed.whose = not ? "others" : isEverybody(value) ? "everybody" : "named";
}

/** A range of ids that leaves no ordinary user out. */
export function isEverybody(users: string): boolean {
  const range = rangeIn(users);
  return range !== undefined && range[0] <= ORDINARY[0] && range[1] >= ORDINARY[1];
}

/** Whether a list of ports and ranges has the one of the metadata service. */
export function takesPort80(ports: string): boolean {
  return ports.split(",").some((each) => {
    if (/^(?:80|http)$/.test(each)) return true;
    const [, from, to] = /^(\d{0,5})[:-](\d{0,5})$/.exec(each) ?? [];
    return from !== undefined && Number(from || 0) <= 80 && Number(to || 65_535) >= 80;
  });
}

/** Adds what the arguments of one call do to the chains of a family. */
export function addIptables(chains: Chains, family: Family, words: readonly string[]): void {
  const parsed = parse(family, words);
  if (parsed.action === "flush") {
    for (const [name, chain] of chains) if (flushes(parsed, family, name)) chain.rules.length = 0;
    return;
  }
  if (parsed.action === undefined || parsed.chain === undefined) return;
  if (parsed.action === "delete") {
    remove(chains.get(named(family, parsed.table, parsed.chain)), ruleOf(parsed, family), words);
    return;
  }
  const chain = chainOf(chains, named(family, parsed.table, parsed.chain), [family]);
  chain.isBase = parsed.chain === OUTPUT && parsed.table !== "nat";
  if (parsed.action === "policy") chain.policy = parsed.policy === "DROP" ? "drop" : "accept";
  const rule = ruleOf(parsed, family);
  if (rule && parsed.action !== "policy") addRule(chain, rule, parsed.action === "insert");
}

/** The first rule of the same meaning, or the one of a number: `-D OUTPUT 1`. */
function remove(chain: Chain | undefined, rule: Rule | undefined, words: readonly string[]): void {
  if (!chain) return;
  const given = words[words.findIndex((word) => /^(?:-D|--delete)$/.test(word)) + 2] ?? "";
  const at = /^\d{1,4}$/.test(given)
    ? Number(given) - 1
    : chain.rules.findIndex((each) => rule !== undefined && isSame(each, rule));
  if (at >= 0) chain.rules.splice(at, 1);
}

function isSame(one: Rule, other: Rule): boolean {
  const [target, meant] = [one, other].map(({ then }) => (typeof then === "string" ? then : then.chain));
  return one.whose === other.whose && target === meant && String(one.families) === String(other.families);
}

function parse(family: Family, words: readonly string[]): Parsed {
  const parsed: Parsed = {
    table: "filter",
    chain: undefined,
    action: undefined,
    policy: "",
    families: [family],
    whose: "everybody",
    matches: true,
    target: undefined,
    returns: true,
  };
  for (const [index, word] of words.entries()) {
    const value = words[index + 1] ?? "";
    if (/^(?:-F|--flush)$/.test(word)) act(parsed, "flush", /^[A-Za-z]/.test(value) ? value : "");
    const [, apply] = OPTIONS.find(([names]) => names.test(word)) ?? [];
    // Old versions take the `!` behind the option.
    if (apply)
      apply(parsed, value === "!" ? (words[index + 2] ?? "") : value, words[index - 1] === "!" || value === "!");
    if (/^(?:-P|--policy)$/.test(word)) parsed.policy = words[index + 2] ?? "";
  }
  return parsed;
}

function flushes({ table, chain }: Parsed, family: Family, name: string): boolean {
  return chain === "" ? name.startsWith(`${family} ${table} `) : name === named(family, table, chain ?? "");
}

const VERDICTS: Readonly<Record<string, Rule["then"]>> = {
  ACCEPT: "accept",
  DROP: "drop",
  REJECT: "drop",
  RETURN: "return",
};

/** Targets that let the packet go on to the next rule. */
const GOES_ON = /^(?:LOG|NFLOG|ULOG|MARK|CONNMARK|TRACE|AUDIT|NOTRACK|CT|TOS|DSCP|CLASSIFY|SET)$/;

function ruleOf({ matches, families, whose, target, table, returns }: Parsed, family: Family): Rule | undefined {
  if (!matches || families.length === 0 || target === undefined || GOES_ON.test(target)) return undefined;
  const then = Object.hasOwn(VERDICTS, target) ? VERDICTS[target] : undefined;
  return { families, whose, then: then ?? { chain: named(family, table, target), returns } };
}

/**
 * Adds tables as `iptables-save` writes them and `iptables-restore` reads them.
 *
 * @param replaces - Whether what the tables held before is dropped.
 */
export function addSaved(chains: Chains, family: Family, text: string, replaces: boolean): void {
  let table = "filter";
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    const [, started] = /^\*(\w+)/.exec(trimmed) ?? [];
    if (started !== undefined) table = started;
    if (started !== undefined && replaces) addIptables(chains, family, ["-t", table, "-F"]);
    const [, chain, policy] = /^:(\S+)\s+(\S+)/.exec(trimmed) ?? [];
    if (chain !== undefined) addIptables(chains, family, ["-t", table, "-P", chain, policy ?? ""]);
    else if (trimmed.startsWith("-")) addIptables(chains, family, ["-t", table, ...wordsOf(trimmed)]);
  }
}

function wordsOf(line: string): string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

/** The family that a program works on, by its name. */
export function familyOf(program: string): Family | undefined {
  const [name, six] = /^ip(6)?tables(?:-nft|-legacy)?(?:-restore)?$/.exec(program) ?? [];
  return name === undefined ? undefined : six === undefined ? "v4" : "v6";
}

const DIRECT = /^--(?:add-rule|remove-rule|add-passthrough|passthrough)$/;

/** What firewalld hands through: `--direct --add-rule ipv4 filter OUTPUT 0 …`, `--add-passthrough ipv4 …`. */
export function addDirect(chains: Chains, words: readonly string[]): void {
  const at = words.findIndex((word) => DIRECT.test(word));
  const [family] = FAMILIES.filter((each) => words[at + 1] === (each === "v4" ? "ipv4" : "ipv6"));
  if (at < 0 || !family) return;
  const rest = words.slice(at + 2);
  const [table = "", chain = "", , ...rule] = rest;
  const verb = words[at] === "--add-rule" ? "-A" : words[at] === "--remove-rule" ? "-D" : undefined;
  addIptables(chains, family, verb === undefined ? rest : ["-t", table, verb, chain, ...rule]);
}
