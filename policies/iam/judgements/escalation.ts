/** Privilege escalation: each method of the table against what the role may do and what its program holds. */
import { groupedBy } from "../../collections";
import { parseArn } from "../../machine/arn";
import { perObject } from "../../memo";
import { catalogue, type ActionInfo } from "../catalogue";
import { OWN_INSTANCE } from "../conditions";
import { covers, intersects, isWild, matches } from "../pattern";
import type { Grant, Permissions, Reach } from "../permissions";
import type { Identity, Role } from "../role";
import { accountOf, admitsService, canonical, isAccount, principalsOf, trustOf } from "../trust";
import { causeKey, type Code, type Issue } from "./issue";
import { onlyHardens, setsAttribute } from "./metadata-options";
import type { Method, Need, Tier } from "./method";
import { METHODS } from "./methods";
import { hasTags, isSameRole, namesEntity, namesId, namesRole, type Carrier, type Program } from "./program";
import { canTag } from "./self-tagging";

/** A need of a method that is met, and how far. */
interface Met {
  readonly need: Need;
  readonly action: ActionInfo;
  readonly reach: Reach;
}

/** A method that works. */
interface Hit {
  readonly method: Method;
  readonly met: readonly Met[];
  readonly grant: Grant;
  readonly aim: Aim;
}

/** What a method is turned on, in words, and what that means for the caller. */
interface Aim {
  readonly target: string;
  readonly reaches:
    /** All there is, or the caller itself: what the method is known for. */
    | "all"
    /** Roles that it can both change and take. */
    | "takeable"
    /** Something of the program that is stronger. */
    | "stronger"
    /** Some of it, and nothing stronger as far as the program shows. */
    | "part";
}

const EVERYTHING: Aim = { target: "everything", reaches: "all" };
const EVERY_ROLE: Aim = { target: "every role", reaches: "all" };
const TAKEABLE: Aim = { target: "roles that it may take", reaches: "takeable" };
const A_PART: Aim = { target: "what its names, prefixes or tags pick out", reaches: "part" };
const SOME_ROLES: Aim = { target: "roles of which the program shows none that is stronger", reaches: "part" };

function strongerAim({ label }: Role, by = ""): Aim {
  return { target: `${by}the stronger ${label}`, reaches: "stronger" };
}

/** Everything by which the role, or its program, lets a caller become stronger. */
export function escalations(permissions: Permissions, role: Role, program: Program): readonly Issue[] {
  const judge = new Judge(permissions, role, program);
  const hits = METHODS.flatMap((method) => judge.hits(method));
  return [...grouped(hits), ...judge.halfways(hits)];
}

class Judge {
  constructor(
    private readonly permissions: Permissions,
    private readonly role: Role,
    private readonly program: Program,
  ) {}

  hits(method: Method): readonly Hit[] {
    const all: Met[] = [];
    for (const need of method.needs) {
      const met = this.met(need);
      if (!met) return [];
      all.push(met);
    }
    switch (method.tier) {
      case "self":
        return this.rewriting(method, all);
      case "pass-role":
        return this.passing(method, all);
      case "lateral":
        return this.throughOthers(method, all);
      case "assume-role":
        return this.assuming(method, all);
      case "imds":
        return this.weakening(method, all);
      case "tagging":
        return [];
    }
  }

  /** The right to pass every role, where no method is complete. */
  halfways(hits: readonly Hit[]): readonly Issue[] {
    const action = catalogue().action("iam:PassRole");
    if (!action || hits.some(({ method }) => method.tier === "pass-role")) return [];
    const everything = this.passable(action).filter((grant) => isOfAllRoles(grant, this.permissions, action));
    const [grant] = everything;
    if (!grant) return [];
    return [
      {
        concern: "scope",
        code: "passrole-star",
        clauses: [grant.clause],
        actions: ["iam:PassRole"],
        target: EVERYTHING.target,
        gain: "needs one more permission to run something under a stronger role",
        fix: "name the roles it may pass in `Resource`",
      },
    ];
  }

  private met(need: Need): Met | undefined {
    const action = known(need);
    if (!action || !this.permissions.mentions(action)) return undefined;
    const reach = this.permissions.reach(action, need.target, need.requires);
    return reach.breadth === "none" ? undefined : { need, action, reach };
  }

  /** Rewriting what IAM grants: its own role, a policy attached to it, or all of a kind. */
  private rewriting(method: Method, met: readonly Met[]): readonly Hit[] {
    const [first] = met;
    if (!first) return [];
    const { need, action, reach } = first;
    const grants = this.permissions.grants(action).filter((grant) => this.isWritable(grant, need.target));
    const [any] = grants;
    if (!any) return [];
    const whole = reach.breadth === "all" ? reach.grants[0] : undefined;
    if (whole) return [{ method, met, grant: whole, aim: EVERYTHING }];
    const free = grants.filter(({ limits }) => !limits.narrowed);
    const own = free.find((grant) => this.namesOwn(grant, need.target));
    const itself = need.target.includes("policy") ? "a policy of its own role" : "its own role";
    if (own) return [{ method, met, grant: own, aim: { target: itself, reaches: "all" } }];
    const taken = need.target.includes("role") ? this.taking(free, action) : undefined;
    return [{ method, met, ...(taken ?? { grant: any, aim: A_PART }) }];
  }

  /** Other roles, rewritten and taken: a stronger one of the program, or any. */
  private taking(grants: readonly Grant[], action: ActionInfo): Pick<Hit, "grant" | "aim"> | undefined {
    // Who rewrites a trust policy needs no other permission to take the role.
    for (const grant of action.name === RETRUST ? grants : []) {
      const stronger = this.strongerIn(grant);
      if (stronger) return { grant, aim: strongerAim(stronger) };
    }
    const grant = grants.find((each) => this.mayTakeOver(each, action));
    return grant && { grant, aim: TAKEABLE };
  }

  /** A stronger role of the program that a grant names. */
  private strongerIn(grant: Grant, admits: (role: Role) => boolean = () => true): Role | undefined {
    return this.program.roles.find(
      (each) => namesRole(grant, each) && !isSameRole(each, this.role) && this.program.isStrong(each) && admits(each),
    );
  }

  /** IAM lets nobody write AWS's own policies and service-linked roles, nor anything of another account. */
  private isWritable({ pattern }: Grant, types: readonly string[]): boolean {
    if (pattern === "*" || types.includes("PermissionSet")) return true;
    const { account = "", resource = "" } = parseArn(pattern) ?? {};
    const { account: own } = this.role.identity;
    if (account === "aws" || resource.startsWith("role/aws-service-role/")) return false;
    return own === undefined || matches(account, own);
  }

  private namesOwn(grant: Grant, types: readonly string[]): boolean {
    if (types.includes("role")) return namesRole(grant, this.role);
    if (!types.includes("policy")) return false;
    return this.role.policies.some(({ policy }) => policy && this.namesPolicy(grant, policy.identity));
  }

  private namesPolicy({ pattern, except }: Grant, policy: Identity): boolean {
    const { account, partition } = this.role.identity;
    const entity = { ...policy, account: policy.account ?? account, partition: policy.partition ?? partition };
    return namesEntity(pattern, "policy", entity) && !except.some((each) => namesEntity(each, "policy", entity));
  }

  /** Whether it may also take the roles that it rewrites: by their trust, by making them, or by assuming them. */
  private mayTakeOver(grant: Grant, action: ActionInfo): boolean {
    return TAKING.filter((name) => name !== action.name.toLowerCase()).some((name) => {
      const other = catalogue().action(name);
      const grants = other ? this.permissions.grants(other) : [];
      return grants.some(
        (each) =>
          !each.limits.narrowed &&
          intersects(each.pattern, grant.pattern) &&
          !each.except.some((e) => covers(e, grant.pattern)),
      );
    });
  }

  /** A role passed to a service that then acts for the caller. */
  private passing(method: Method, met: readonly Met[]): readonly Hit[] {
    const passRole = met[0];
    if (!passRole) return [];
    const grants = this.passable(passRole.action).filter((grant) => isPassedTo(grant, method.services));
    const every = grants.find((grant) => isOfAllRoles(grant, this.permissions, passRole.action));
    if (every) return [{ method, met, grant: every, aim: EVERY_ROLE }];
    return grants.flatMap((grant) => this.towards(method, met, grant, (role) => admitsService(role, method.services)));
  }

  /** Tags of a role do not limit who may pass it (IAM User Guide, "Grant permissions to pass a role to an AWS service"). */
  private passable(action: ActionInfo): readonly Grant[] {
    return this.permissions
      .grants(action)
      .filter((grant) => this.isWritable(grant, []))
      .map((grant) =>
        grant.limits.byTag ? { ...grant, limits: { ...grant.limits, narrowed: false, byTag: false } } : grant,
      );
  }

  private assuming(method: Method, met: readonly Met[]): readonly Hit[] {
    return met.flatMap(({ reach }) => {
      const [every] = reach.breadth === "all" ? reach.grants : [];
      if (every) return [{ method, met, grant: every, aim: EVERY_ROLE }];
      return reach.grants.flatMap((grant) =>
        this.towards(method, met, grant, (role) => trustsRole(role, this.role, grant)),
      );
    });
  }

  /** Roles of the program that a narrower grant names: stronger ones, harmless ones, or none that is shown. */
  private towards(method: Method, met: readonly Met[], grant: Grant, admits: (role: Role) => boolean): readonly Hit[] {
    const stronger = this.strongerIn(grant, admits);
    if (stronger) return [{ method, met, grant, aim: strongerAim(stronger) }];
    const isShown = !isWild(grant.pattern) && this.program.roles.some((role) => namesRole(grant, role));
    return isShown ? [] : [{ method, met, grant, aim: SOME_ROLES }];
  }

  /** Something that runs already under another role. */
  private throughOthers(method: Method, met: readonly Met[]): readonly Hit[] {
    const deciding = met.filter(({ need }) => need.target.length > 0);
    const narrow = deciding.filter(({ reach, action }) => !this.isEverything(reach, action));
    const [wide] = deciding;
    if (!wide) return [];
    if (narrow.length === 0) return [{ method, met, grant: firstOf(wide.reach), aim: EVERYTHING }];
    const [first = wide] = narrow;
    const stronger = this.program.carriers.find(
      (carrier) =>
        this.isStronger(carrier) && narrow.every(({ reach }) => reach.grants.some((grant) => hits(grant, carrier))),
    );
    const aim = stronger ? strongerAim(stronger.role, `${stronger.label}, which carries `) : A_PART;
    return [{ method, met, grant: firstOf(first.reach), aim }];
  }

  private isEverything(reach: Reach, action: ActionInfo): boolean {
    if (reach.breadth === "all") return true;
    return reach.grants.some(({ limits: { byTag, tags } }) => byTag && canTag(this.permissions, action, tags));
  }

  private isStronger(carrier: Carrier): boolean {
    return !isSameRole(carrier.role, this.role) && this.program.isStrong(carrier.role);
  }

  /** Version 1 of the metadata service, turned on again: of every machine, or of one that carries this role. */
  private weakening(method: Method, met: readonly Met[]): readonly Hit[] {
    const [first] = met;
    if (!first) return [];
    const { action, reach } = first;
    const harmful = reach.grants.filter((grant) => !onlyHardens(grant));
    const [grant] = harmful;
    if (!grant) return [];
    const all = harmful.find((each) => this.reachesAll(each, reach, action));
    if (all) return [{ method, met, grant: all, aim: EVERYTHING }];
    const own = harmful.find((each) => this.reachesOwn(each));
    if (own) return [{ method, met, grant: own, aim: { target: "the machine itself", reaches: "all" } }];
    return [{ method, met, grant, aim: A_PART }];
  }

  /** A condition on the attribute that is changed says nothing about whose it is. */
  private reachesAll(grant: Grant, reach: Reach, action: ActionInfo): boolean {
    if (reach.breadth === "all" || this.isEverything({ ...reach, grants: [grant] }, action)) return true;
    return setsAttribute(grant) && !grant.limits.byTag && this.permissions.breadth(grant, action) === "all";
  }

  private reachesOwn(grant: Grant): boolean {
    if (grant.pattern === OWN_INSTANCE) return true;
    return this.program.carriers.some((carrier) => isSameRole(carrier.role, this.role) && hits(grant, carrier));
  }
}

const known = perObject(({ action }: Need) => catalogue().action(action));

const RETRUST = "iam:UpdateAssumeRolePolicy";

/** Actions by which a role that is rewritten becomes the caller's. */
const TAKING = [RETRUST.toLowerCase(), "iam:createrole", "sts:assumerole"];

function firstOf({ grants }: Reach): Grant {
  const [first] = grants;
  if (!first) throw new Error("a reach without a grant");
  return first;
}

function isOfAllRoles(grant: Grant, permissions: Permissions, action: ActionInfo): boolean {
  return !grant.limits.narrowed && permissions.breadth(grant, action) === "all";
}

/** Whether a condition on the service leaves one that runs what is passed. */
function isPassedTo({ limits: { passedTo } }: Grant, services: readonly string[]): boolean {
  if (!passedTo) return true;
  return services.flatMap(principalsOf).some((principal) => passedTo.some((each) => matches(each, principal)));
}

/** A narrower grant that reaches a machine by its id, or by the tags that its conditions ask for. */
function hits(grant: Grant, carrier: Carrier): boolean {
  const { narrowed, byTag, tags } = grant.limits;
  if (narrowed && !byTag) return false;
  return byTag
    ? hasTags(carrier, tags) && (grant.pattern.includes("*") || namesId(grant, carrier.ids))
    : namesId(grant, carrier.ids);
}

const CODES: Readonly<Record<Tier, Code>> = {
  self: "privesc-self",
  "pass-role": "privesc-passrole",
  lateral: "privesc-lateral",
  imds: "imds-downgrade",
  tagging: "privesc-lateral",
  "assume-role": "assumerole-star",
};

/** One issue for what one statement lets the caller do in one way. */
function grouped(hits: readonly Hit[]): readonly Issue[] {
  const keyOf = (hit: Hit): string => `${hit.method.tier} ${String(isCertain(hit))} ${causeKey(hit.grant.clause)}`;
  return groupedBy(hits, keyOf).map(issueOf);
}

/** Whether it reaches something stronger, and not just something. */
function isCertain({ aim }: Hit): boolean {
  return aim.reaches !== "part";
}

function issueOf(group: readonly [Hit, ...Hit[]]): Issue {
  // What reaches everything says it for what reaches less.
  const first = group.find(({ aim: { reaches } }) => reaches === "all") ?? group[0];
  const { method, grant, met, aim } = first;
  const companions = met.flatMap(({ reach }) => reach.grants.slice(0, 1).map(({ clause }) => clause));
  const code = CODES[method.tier];
  return {
    concern: isCertain(first) ? "escalation" : "scope",
    code: code === "privesc-self" && !isCertain(first) ? "iam-write-named" : code,
    clauses: [grant.clause, ...new Set(companions.filter((clause) => clause !== grant.clause))],
    actions: group.map(({ method: { needs } }) => needs.map(({ action }) => action).join(" + ")),
    target: aim.target,
    ...wordsOf(method, aim),
  };
}

/** What it means, and what to do: a narrower grant needs other words than those that the method is known for. */
function wordsOf({ tier, gain, fix }: Method, { reaches }: Aim): Pick<Issue, "gain" | "fix"> {
  switch (reaches) {
    case "all":
      return { gain, fix };
    case "takeable":
      return { gain: "rewrites one of them and acts as it", fix };
    case "stronger":
      return { gain: "gets its permissions", fix: "name others only, or make that role weaker" };
    case "part":
      return { gain: OF_A_PART[tier] ?? gain, fix: NOTHING_STRONGER };
  }
}

const STRONGEST = "becomes as strong as the strongest of them";

/** What some resources give, by whose permissions nothing is known. */
const OF_A_PART: Readonly<Partial<Record<Tier, string>>> = {
  self: "changes what they may do, and becomes stronger where it can use one of them",
  "pass-role": STRONGEST,
  "assume-role": STRONGEST,
  lateral: "becomes as strong as the strongest role behind them",
};

const NOTHING_STRONGER =
  "where nothing among them is stronger than the machine, exempt the role with that reason; else name fewer";

/** Whether the trust of a role admits another role: by its ARN, or by its account where that may be the caller's. */
function trustsRole(role: Role, caller: Role, { pattern }: Grant): boolean {
  const account = caller.identity.account ?? role.identity.account ?? accountOf(pattern);
  return trustOf(role).admitted.some(({ kind, value }) => {
    if (kind === "*") return true;
    if (kind !== "AWS") return false;
    const principal = canonical(value);
    if (isAccount(principal)) return account === undefined || account === principal;
    return value === "*" || namesEntity(value, "role", caller.identity);
  });
}
