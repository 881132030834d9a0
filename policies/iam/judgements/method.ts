/** How a method of privilege escalation is written down, and short forms to write it with. */

/**
 * - `self`: rewrites permissions or logins of IAM, its own among them
 * - `pass-role`: hands a role to a service and acts through it
 * - `lateral`: acts through something that exists and runs under another role
 * - `imds`: weakens the metadata service of machines
 * - `tagging`: sets the tags by which another grant is narrowed
 * - `assume-role`: takes another role directly
 */
export type Tier = "self" | "pass-role" | "lateral" | "imds" | "tagging" | "assume-role";

/** One action that a method calls. */
export interface Need {
  readonly action: string;
  /**
   * Resource types of which a call takes one, and by the widest of which the method is judged; none: the action is only
   * company. Where a call takes several at once and each limits it, the action stands once for each.
   */
  readonly target: readonly string[];
  /**
   * What must be granted besides, on anything: one type of each group. Without it the catalogue's required types say so;
   * it stands only where they do not say what a call is checked against.
   */
  readonly requires: readonly (readonly string[])[] | undefined;
}

/** A way from the permissions of a role to stronger ones. */
export interface Method {
  readonly name: string;
  readonly tier: Tier;
  /** All of them are called; where several have a target, the narrowest decides. */
  readonly needs: readonly Need[];
  /** Service principals that take the role passed, without the partition's suffix: what then runs, runs as that role. */
  readonly services: readonly string[];
  /** What an attacker does with it. */
  readonly gain: string;
  /** What to write instead. */
  readonly fix: string;
  /** Names of the methods it is made of, where it is a shorthand and needs nothing by itself. */
  readonly consistsOf: readonly string[];
}

/** What a table says of one method; its key is the name. */
export interface Row {
  readonly needs?: readonly Need[];
  readonly gain: string;
  readonly fix?: string;
  readonly consistsOf?: readonly string[];
}

/** What holds for every row of a table. */
interface Common {
  readonly tier: Tier;
  readonly fix: string;
  readonly services?: readonly string[];
  readonly needs?: readonly Need[];
}

/** The methods of a table. */
export function methods(common: Common, rows: Readonly<Record<string, Row>>): readonly Method[] {
  return Object.entries(rows).map(([name, row]) => ({
    name,
    tier: common.tier,
    needs: [...(common.needs ?? []), ...(row.needs ?? [])],
    services: common.services ?? [],
    gain: row.gain,
    fix: row.fix ?? common.fix,
    consistsOf: row.consistsOf ?? [],
  }));
}

/** An action that is called on one of these resource types, by whose breadth the method is judged. */
export function on(action: string, ...target: readonly string[]): Need {
  return { action, target, requires: undefined };
}

/** An action that must be granted too, on whatever. */
export function also(action: string): Need {
  return { action, target: [], requires: undefined };
}

/** Overrides what the catalogue requires: one type of each group, besides the target. */
export function requiring(need: Need, ...groups: readonly (string | readonly string[])[]): Need {
  return { ...need, requires: groups.map((group) => (typeof group === "string" ? [group] : group)) };
}
