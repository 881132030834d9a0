/** Privilege escalation: each method of the table against what the role may do and what its program holds. */
import { groupedBy } from "../../collections";
import { parseArn } from "../../machine/arn";
import { perObject } from "../../memo";
import { catalogue, type ActionInfo } from "../catalogue";
import { OWN_INSTANCE } from "../conditions";
import { covers, intersects, matches } from "../pattern";
import type { Grant, Permissions, Reach } from "../permissions";
import type { Identity, Role } from "../role";
import { accountOf, admitsService, canonical, isAccount, principalsOf, trustOf } from "../trust";
import { causeKey, type Code, type Issue } from "./issue";
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
  /** Whether it reaches something stronger, and not just something. */
  readonly isCertain: boolean;
  readonly grant: Grant;
  readonly met: readonly Met[];
  readonly target: string;
}

const EVERYTHING = "everything";
const A_PART = "what its names, prefixes or tags pick out";

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
        target: EVERYTHING,
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
    if (whole) return [{ method, isCertain: true, grant: whole, met, target: EVERYTHING }];
    const free = grants.filter(({ limits }) => !limits.narrowed);
    const own = free.find((grant) => this.namesOwn(grant, need.target));
    if (own)
      return [
        {
          method,
          isCertain: true,
          grant: own,
          met,
          target: need.target.includes("policy") ? "a policy of its own role" : "its own role",
        },
      ];
    const taken = need.target.includes("role") ? free.find((grant) => this.mayTakeOver(grant, action)) : undefined;
    if (taken) return [{ method, isCertain: true, grant: taken, met, target: "roles that it may assume" }];
    return [{ method, isCertain: false, grant: any, met, target: "named resources" }];
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
    if (every) return [{ method, isCertain: true, grant: every, met, target: "every role" }];
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
      if (every) return [{ method, isCertain: true, grant: every, met, target: "every role" }];
      return reach.grants.flatMap((grant) =>
        this.towards(method, met, grant, (role) => trustsRole(role, this.role, grant)),
      );
    });
  }

  /** Roles of the program that a narrower grant names: stronger ones, harmless ones, or none that is shown. */
  private towards(method: Method, met: readonly Met[], grant: Grant, admits: (role: Role) => boolean): readonly Hit[] {
    const named = this.program.roles.filter((role) => namesRole(grant, role));
    const stronger = named.find((role) => !isSameRole(role, this.role) && this.program.isStrong(role) && admits(role));
    if (stronger) return [{ method, isCertain: true, grant, met, target: `the stronger ${stronger.label}` }];
    const isShown = named.length > 0 && !/[*?]/.test(grant.pattern);
    return isShown ? [] : [{ method, isCertain: false, grant, met, target: "roles that the program does not show" }];
  }

  /** Something that runs already under another role. */
  private throughOthers(method: Method, met: readonly Met[]): readonly Hit[] {
    const deciding = met.filter(({ need }) => need.target.length > 0);
    const narrow = deciding.filter(({ reach, action }) => !this.isEverything(reach, action));
    const [wide] = deciding;
    if (!wide) return [];
    if (narrow.length === 0) return [{ method, isCertain: true, grant: firstOf(wide.reach), met, target: EVERYTHING }];
    const [first = wide] = narrow;
    const stronger = this.program.carriers.find(
      (carrier) =>
        this.isStronger(carrier) && narrow.every(({ reach }) => reach.grants.some((grant) => hits(grant, carrier))),
    );
    const grant = firstOf(first.reach);
    if (stronger)
      return [
        {
          method,
          isCertain: true,
          grant,
          met,
          target: `${stronger.label}, which carries the stronger ${stronger.role.label}`,
        },
      ];
    return [{ method, isCertain: false, grant, met, target: A_PART }];
  }

  private isEverything(reach: Reach, action: ActionInfo): boolean {
    if (reach.breadth === "all") return true;
    return reach.grants.some(({ limits }) => limits.byTag) && canTag(this.permissions, action);
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
    if (all) return [{ method, isCertain: true, grant: all, met, target: EVERYTHING }];
    const own = harmful.find((each) => this.reachesOwn(each));
    if (own) return [{ method, isCertain: true, grant: own, met, target: "the machine itself" }];
    return [{ method, isCertain: false, grant, met, target: A_PART }];
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

/** Actions by which a role that is rewritten becomes the caller's. */
const TAKING = ["iam:updateassumerolepolicy", "iam:createrole", "sts:assumerole"];

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

/** Whether the statement allows only what makes the metadata service stricter. */
function onlyHardens({ clause: { statement } }: Grant): boolean {
  return statement.conditions.some(
    ({ operator, key, values }) =>
      IS_ONE_OF.test(operator) && STRICT[key] !== undefined && values.every((value) => value === STRICT[key]),
  );
}

/** Whether a condition names the metadata option that is changed. */
function setsAttribute({ clause: { statement } }: Grant): boolean {
  return statement.conditions.some(({ operator, key }) => IS_ONE_OF.test(operator) && STRICT[key] !== undefined);
}

const IS_ONE_OF = /^(?:forallvalues:|foranyvalue:)?string(?:equals|like)/;

/** The strict value of each option, by the key of a condition on it. */
const STRICT: Readonly<Record<string, string | undefined>> = {
  "ec2:attribute/httptokens": "required",
  "ec2:metadatahttptokens": "required",
  "ec2:attribute/httpendpoint": "disabled",
  "ec2:metadatahttpendpoint": "disabled",
};

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
  const keyOf = ({ method, isCertain, grant }: Hit): string =>
    `${method.tier} ${String(isCertain)} ${causeKey(grant.clause)}`;
  return groupedBy(hits, keyOf).map(issueOf);
}

function issueOf(group: readonly [Hit, ...Hit[]]): Issue {
  const [{ method, isCertain, grant, met, target }] = group;
  const companions = met.flatMap(({ reach }) => reach.grants.slice(0, 1).map(({ clause }) => clause));
  const code = CODES[method.tier];
  return {
    concern: isCertain ? "escalation" : "scope",
    code: code === "privesc-self" && !isCertain ? "iam-write-named" : code,
    clauses: [grant.clause, ...new Set(companions.filter((clause) => clause !== grant.clause))],
    actions: group.map(({ method: { needs } }) => needs.map(({ action }) => action).join(" + ")),
    target,
    gain: method.gain,
    fix: method.fix,
  };
}

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
