/** What a role may do: the union of its policies, less what is denied for certain, within its boundary. */
import type { Bits } from "./bits";
import {
  breadthForAction,
  breadthOf,
  isPartial,
  namedWhole,
  narrower,
  widest,
  type Breadth,
  type Resources,
} from "./breadth";
import { catalogue, type ActionInfo, type ResourceType } from "./catalogue";
import { clausesOf, type Bound, type Clause } from "./clauses";
import { inBoth, type Limits } from "./conditions";
import { covers, intersection, intersects } from "./pattern";
import type { PolicySource, Role } from "./role";
import { isReadable } from "./statements";

/** A resource pattern on which an action is granted, and by which statement. */
export interface Grant extends Resources {
  readonly clause: Clause;
  readonly limits: Limits;
}

/** How far an action reaches, and what grants it that far. */
export interface Reach {
  readonly breadth: Breadth;
  /** Grants of that breadth, widest first; of lesser ones where none is left. */
  readonly grants: readonly Grant[];
}

const NO_GRANTS: readonly Grant[] = [];
const NOTHING: Reach = { breadth: "none", grants: NO_GRANTS };

export class Permissions {
  readonly allows: readonly Clause[];
  /** Actions that some statement allows, whatever another denies. */
  private readonly allowed: Bits;
  private readonly denies: readonly Clause[];
  private readonly boundary: readonly Clause[] | undefined;
  private readonly known = new Map<number, readonly Grant[]>();
  private whole: readonly (readonly [Clause, Bits])[] | undefined;
  /** Grants by the clauses that are about an action: most actions of a document share them. */
  private readonly numbers = new Map<Clause, number>();
  private readonly byClauses = new Map<string, readonly Grant[]>();

  constructor(role: Role, bound: Bound) {
    const of = (policies: readonly PolicySource[], effect: "Allow" | "Deny"): readonly Clause[] =>
      policies.flatMap((policy) => clausesOf(policy, role.identity, effect, bound));
    const { boundary } = role;
    // Whatever an unknown boundary leaves: everything at most, nothing at least.
    const limits = boundary && (isReadable(boundary) || bound === "lower") ? [boundary] : [];
    this.allows = of(role.policies, "Allow");
    this.allowed = catalogue().union(this.allows.map(({ actions }) => actions));
    this.denies = [...of(role.policies, "Deny"), ...of(limits, "Deny")];
    this.boundary = limits.length > 0 ? of(limits, "Allow") : undefined;
  }

  /** Whether some statement allows the action, whatever another denies: a quick no. */
  mentions({ id }: ActionInfo): boolean {
    return this.allowed.has(id);
  }

  /** Every resource pattern on which the action is granted. */
  grants(action: ActionInfo): readonly Grant[] {
    if (!this.mentions(action)) return NO_GRANTS;
    const known = this.known.get(action.id) ?? this.evaluate(action);
    this.known.set(action.id, known);
    return known;
  }

  /**
   * How far the action reaches. The types decide where some are given, else those that it requires, else any. Of each
   * group of `needs` one type must be granted too: by default of each that the catalogue says is required.
   */
  reach(action: ActionInfo, types: readonly string[] = [], needs?: readonly (readonly string[])[]): Reach {
    const grants = this.grants(action);
    if (grants.length === 0) return NOTHING;
    const all = [...action.required, ...action.optional];
    const named = (names: readonly string[]): ResourceType[] => all.filter(({ name }) => names.includes(name));
    const groups = needs?.map(named) ?? action.required.map((type) => [type]);
    const each = groups.map((group) => best(grants, (grant) => widest(group.map((type) => breadthOf(grant, type)))));
    if (each.some(({ breadth }) => breadth === "none")) return NOTHING;
    const deciding = named(types);
    if (deciding.length > 0) return best(grants, (grant) => widest(deciding.map((type) => breadthOf(grant, type))));
    if (each.length > 0) return each.reduce((a, b) => (narrower(a.breadth, b.breadth) === a.breadth ? a : b));
    return best(grants, (grant) => breadthForAction([grant], { ...action, required: [] }));
  }

  /** How far one grant of an action reaches, conditions aside. */
  breadth(grant: Grant, action: ActionInfo): Breadth {
    return breadthForAction([grant], action);
  }

  /** Actions that are granted on everything, with the clauses that do so. */
  get everywhere(): readonly (readonly [Clause, Bits])[] {
    this.whole ??= this.grantedWhole();
    return this.whole;
  }

  private grantedWhole(): readonly (readonly [Clause, Bits])[] {
    const denied = catalogue().union(this.denies.map(everything));
    const within = this.boundary && catalogue().union(this.boundary.map(everything));
    return this.allows.map((clause) => {
      const left = everything(clause).minus(denied);
      return [clause, within ? left.and(within) : left] as const;
    });
  }

  private evaluate(action: ActionInfo): readonly Grant[] {
    const about = (clauses: readonly Clause[]): Clause[] => clauses.filter(({ actions }) => actions.has(action.id));
    const [allows, denies] = [about(this.allows), about(this.denies)];
    const boundary = this.boundary && about(this.boundary);
    const key = [...allows, ...denies, ...(boundary ?? [])].map((clause) => this.numberOf(clause)).join();
    const known = this.byClauses.get(key) ?? granted(allows, denies, boundary);
    this.byClauses.set(key, known);
    return known;
  }

  private numberOf(clause: Clause): number {
    const known = this.numbers.get(clause) ?? this.numbers.size;
    this.numbers.set(clause, known);
    return known;
  }
}

function granted(
  allows: readonly Clause[],
  denies: readonly Clause[],
  boundary: readonly Clause[] | undefined,
): readonly Grant[] {
  const written = allows.flatMap(grantsOf);
  const bounded = boundary ? within(written, boundary.flatMap(grantsOf)) : written;
  return denies.reduce<readonly Grant[]>((left, deny) => less(left, deny), bounded);
}

function grantsOf(clause: Clause): Grant[] {
  return clause.resources.map((resources) => ({ ...resources, clause, limits: clause.limits }));
}

/** Grants of the widest kind; a condition that narrows leaves some of it at most. */
function best(grants: readonly Grant[], breadth: (grant: Grant) => Breadth): Reach {
  const graded = grants.map((grant) => {
    const full = breadth(grant);
    return [grant, grant.limits.narrowed ? narrower(full, "some") : full] as const;
  });
  const most = widest(graded.map(([, each]) => each));
  if (most === "none") return NOTHING;
  return { breadth: most, grants: graded.filter(([, each]) => each === most).map(([grant]) => grant) };
}

/** More than these patterns of one action are no policy that anyone wrote: what takes from them is left out of account. */
const MOST_GRANTS = 500;

function within(grants: readonly Grant[], boundary: readonly Grant[]): readonly Grant[] {
  const both: Grant[] = [];
  for (const grant of grants) {
    for (const limit of boundary) {
      const left = overlap(grant, limit);
      if (left) both.push(left);
      if (both.length > MOST_GRANTS) return grants;
    }
  }
  return both;
}

function overlap(grant: Grant, limit: Grant): Grant | undefined {
  const pattern = intersection(grant.pattern, limit.pattern);
  if (pattern === undefined) return undefined;
  const [a, b] = [grant.limits, limit.limits];
  const passedTo = a.passedTo && b.passedTo ? inBoth(a.passedTo, b.passedTo) : (a.passedTo ?? b.passedTo);
  const narrowed = a.narrowed || b.narrowed;
  return {
    clause: grant.clause,
    pattern,
    account: grant.account,
    except: [...grant.except, ...limit.except],
    limits: {
      dead: false,
      narrowed,
      byTag: narrowed && isAllOf("byTag", a, b),
      tags: [...a.tags, ...b.tags],
      bySet: narrowed && isAllOf("bySet", a, b),
      sets: [...a.sets, ...b.sets],
      contextual: a.contextual || b.contextual,
      passedTo,
    },
  };
}

/** Whether limits that narrow do so in one way only. */
function isAllOf(way: "byTag" | "bySet", ...all: readonly Limits[]): boolean {
  return all.every((limits) => limits[way] || !limits.narrowed);
}

/** What a Deny leaves of grants. */
function less(grants: readonly Grant[], deny: Clause): readonly Grant[] {
  return deny.resources.reduce<readonly Grant[]>((before, taken) => {
    const left = before.length > MOST_GRANTS ? before : before.flatMap((grant) => without(grant, taken));
    return left.length > MOST_GRANTS ? before : left;
  }, grants);
}

function without(grant: Grant, { pattern, except }: Resources): Grant[] {
  if (!intersects(pattern, grant.pattern)) return [grant];
  // Deny with NotResource leaves what it excepts.
  const spared = except.flatMap((each) => {
    const left = intersection(grant.pattern, each);
    return left === undefined ? [] : [{ ...grant, pattern: left }];
  });
  if (covers(pattern, grant.pattern)) return spared;
  return [{ ...grant, except: [...grant.except, pattern] }, ...spared];
}

/** Actions that a clause is about on everything; none where a condition narrows it. */
function everything({ actions, resources, limits, statement: { effect } }: Clause): Bits {
  if (limits.narrowed) return catalogue().union([]);
  const [first] = resources;
  if (resources.length === 1 && first?.pattern === "*" && first.except.length === 0) return actions;
  // A grant in one region is enough to be one of everything, but a Deny in one is not.
  const counted = effect === "Deny" ? resources.filter((each) => !isPartial(each.pattern, each.account)) : resources;
  return catalogue().union(counted.map((each) => wholly(each, actions, effect)));
}

/** Of some actions, those of which everything is named; what an Allow excepts in some regions is left in the others. */
function wholly({ pattern, except, account }: Resources, actions: Bits, effect: "Allow" | "Deny"): Bits {
  const named = on(pattern, actions);
  const excepted = effect === "Allow" ? except.filter((each) => !isPartial(each, account)) : except;
  return excepted.reduce((left, each) => left.minus(on(each, actions)), named);
}

function on(pattern: string, actions: Bits): Bits {
  return pattern === "*" ? actions : actions.and(namedWhole(pattern));
}
