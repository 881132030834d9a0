/** What becomes of a packet to the metadata service, by chains of rules as iptables and nftables follow them. */

/** The metadata service by the family of its address. */
export type Family = "v4" | "v6";
export const FAMILIES: readonly Family[] = ["v4", "v6"];

/** Ids of users, both ends included. */
export type Range = readonly [from: number, to: number];

/** Ids of users whom a rule has to name: those that people and applications get (useradd(8), UID_MIN and UID_MAX). */
export const ORDINARY: Range = [1000, 60_000];

/** `1000-60000` */
export function rangeIn(text: string): Range | undefined {
  const [, from, to] = /^(\d{1,10})-(\d{1,10})$/.exec(text) ?? [];
  return from === undefined ? undefined : [Number(from), Number(to)];
}

/** Whose packets a rule is about: everybody's, those of users it names, or those of all other users. */
export type Whose = "everybody" | "named" | "others";

export interface Rule {
  /** The families in which it matches a new connection to the metadata service. */
  readonly families: readonly Family[];
  readonly whose: Whose;
  readonly then: "accept" | "drop" | "return" | { readonly chain: string; readonly returns: boolean };
}

export interface Chain {
  /** The families whose packets pass it. */
  readonly families: readonly Family[];
  readonly rules: Rule[];
  /** Whether locally made packets pass it, by itself. */
  isBase: boolean;
  policy: "accept" | "drop";
}

/** Chains by name. */
export type Chains = Map<string, Chain>;

export function chainOf(chains: Chains, name: string, families: readonly Family[]): Chain {
  const known = chains.get(name);
  if (known) return known;
  const made: Chain = { families, rules: [], isBase: false, policy: "accept" };
  if (chains.size < MAX_CHAINS) chains.set(name, made);
  return made;
}

/** No machine has more of either. */
const MAX_CHAINS = 1000;
const MAX_RULES = 10_000;

/** Adds a rule behind the others, or before them. */
export function addRule({ rules }: Chain, rule: Rule, first: boolean): void {
  if (rules.length >= MAX_RULES) return;
  if (first) rules.unshift(rule);
  else rules.push(rule);
}

/** Families in which a user whom no rule names does not reach the metadata service: one base chain is enough. */
export function closedFamilies(chains: Chains): readonly Family[] {
  return FAMILIES.filter((family) => {
    const known = new Map<string, Outcome>();
    return [...chains].some(([name, { isBase, policy, families }]) => {
      const outcome = isBase && families.includes(family) ? through(chains, name, family, known) : "accept";
      return (outcome === "return" ? policy : outcome) === "drop";
    });
  });
}

type Outcome = "accept" | "drop" | "return";

/** Each chain is followed once; one that jumps to itself, which the kernel refuses, ends there. */
function through(chains: Chains, name: string, family: Family, known: Map<string, Outcome>): Outcome {
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, "return");
  const outcome = follow(chains, name, family, known);
  known.set(name, outcome);
  return outcome;
}

function follow(chains: Chains, name: string, family: Family, known: Map<string, Outcome>): Outcome {
  for (const { families, whose, then } of chains.get(name)?.rules ?? []) {
    if (whose === "named" || !families.includes(family)) continue;
    if (typeof then === "string") return then;
    const outcome = through(chains, then.chain, family, known);
    if (outcome !== "return" || !then.returns) return outcome;
  }
  return "return";
}
