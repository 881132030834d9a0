/**
 * What a condition is worth against whoever has the role's credentials. Most conditions do not stop such a caller; some
 * name what is acted on; some can never hold for a role on a machine.
 */
import type { Condition, Statement } from "./document";
import { namesThing } from "./naming-keys";
import { parseArn } from "../machine/arn";
import { intersection, isAnything, isWild, matches, substituted, type Variables } from "./pattern";
import type { RoleIdentity } from "./role";

/** What the conditions of a statement leave of it. */
export interface Limits {
  /** They never hold for this role. */
  readonly dead: boolean;
  /** They name the thing acted on, what is done to it, or what is handed over. */
  readonly narrowed: boolean;
  /** They name it by tags alone, which whoever may set tags can change. */
  readonly byTag: boolean;
  /** Tags that it must carry; their values are patterns. */
  readonly tags: readonly TagLimit[];
  /** They name the tags that a call sets, and nothing else. */
  readonly bySet: boolean;
  /** Tags that a call may set, by condition: one of each list. Keys and values are patterns. */
  readonly sets: readonly (readonly TagLimit[])[];
  /** They name a place in the network: credentials that were carried away do not work elsewhere. */
  readonly contextual: boolean;
  /** Services to which a role may be passed, as patterns; undefined where nothing limits them. */
  readonly passedTo: readonly string[] | undefined;
}

export interface TagLimit {
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

export const NO_LIMITS: Limits = {
  dead: false,
  narrowed: false,
  byTag: false,
  tags: [],
  bySet: false,
  sets: [],
  contextual: false,
  passedTo: undefined,
};

/** An operator without its set operator and `IfExists`. */
interface Operator {
  readonly base: string;
  readonly ifExists: boolean;
  readonly forAll: boolean;
  readonly forAny: boolean;
  readonly negated: boolean;
}

function operatorOf({ operator }: Condition): Operator {
  const base = operator.replace(/^for(?:all|any)values?:/, "").replace(/ifexists$/, "");
  return {
    base,
    ifExists: operator.endsWith("ifexists"),
    forAll: operator.startsWith("forallvalues:"),
    forAny: operator.startsWith("foranyvalue:"),
    negated: /not/.test(base),
  };
}

/** What a condition does to a statement. */
type Effect = "none" | "dead" | "narrows" | "tag" | "sets" | "context" | "passed-to";

/** Conditions of a statement, for the principal that carries the role. `today` is YYYY-MM-DD. */
export function limitsOf(statement: Statement, role: RoleIdentity, today: string): Limits {
  if (statement.conditions.length === 0) return NO_LIMITS;
  const judge = new Judge(role, today, statement.hasVariables);
  const effects = statement.conditions.map((each) => [judge.effect(each), each] as const);
  const has = (effect: Effect): boolean => effects.some(([each]) => each === effect);
  const passed = effects.flatMap(([effect, each]) => (effect === "passed-to" ? [valuesOf(each)] : []));
  return {
    dead: has("dead"),
    narrowed: has("narrows") || has("tag") || has("sets"),
    byTag: has("tag") && !has("narrows") && !has("sets"),
    tags: effects.flatMap(([effect, condition]) => (effect === "tag" ? [tagLimit(condition)] : [])),
    bySet: has("sets") && !has("narrows") && !has("tag"),
    sets: effects.flatMap(([effect, condition]) => (effect === "sets" ? [setLimits(condition)] : [])),
    contextual: has("context"),
    passedTo: passed.length === 0 ? undefined : passed.reduce(inBoth),
  };
}

/** Of two lists of patterns, what both let through. */
export function inBoth(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.flatMap((one) => others.flatMap((other) => intersection(one, other) ?? []));
}

/** Services by their principals, which are written in lower case; some operators do not ask for it. */
function valuesOf({ operator, key, values }: Condition): readonly string[] {
  if (key === PASSED_FOR) return values.map((value) => `${parseArn(value)?.service ?? ""}*`);
  return operator.includes("ignorecase") ? values.map((value) => value.toLowerCase()) : values;
}

/** `Null: false` asks for any value. */
function tagLimit({ operator, key, values }: Condition): TagLimit {
  return { key: key.slice(key.indexOf("/") + 1), values: operator.includes("null") ? ["*"] : values };
}

/** A call sets the keys of one condition, or one key to a value of the other. */
function setLimits(condition: Condition): readonly TagLimit[] {
  if (condition.key !== TAG_KEYS) return [tagLimit(condition)];
  return condition.values.map((value) => ({ key: value.toLowerCase(), values: ["*"] }));
}

const REQUEST_TAG = /^aws:requesttag\//;

const TAG = /^(?:aws|ec2|ssm|iam|[\w-]+):(?:resourcetag|existingobjecttag)(?:\/|$)/;
/** The service in between, which calls for the role. */
const BETWEEN = /^(?:kms:viaservice|aws:calledvia(?:first|last)?|aws:viaawsservice)$/;
const CONTEXT = /^(?:aws:(?:source(?:vpc|vpce|ip|vpcarn)|vpcsourceip|ec2instancesource\w*)|ec2:sourceinstancearn)$/;
const TAG_KEYS = "aws:tagkeys";
/** The resource that a role is passed for. */
const PASSED_FOR = "iam:associatedresourcearn";

/** Keys that a call with a role's credentials never has (IAM User Guide, "AWS global condition context keys"). */
const NEVER_THERE =
  /^(?:aws:(?:username|multifactorauthage|sourcearn|sourceaccount|sourceorgid|sourceorgpaths|federatedprovider)|(?:saml|cognito-identity\.amazonaws\.com|accounts\.google\.com|www\.amazon\.com|graph\.facebook\.com):)/;

const ADMINISTRATOR = ["aws", "aws-cn", "aws-us-gov"].map((each) => `arn:${each}:iam::aws:policy/AdministratorAccess`);

/** Every request has one (IAM User Guide, "AWS global condition context keys"). */
const REGION = "aws:requestedregion";

/** Whether a condition holds for every request: it leaves out nothing, or takes in whatever region there is. */
export function alwaysHolds(condition: Condition): boolean {
  const { key, values, open } = condition;
  const { base, negated, forAny } = operatorOf(condition);
  if (open || forAny) return false;
  if (negated) return values.every((value) => key === REGION && value === "");
  return key === REGION && /like/.test(base) && values.some(isAnything);
}

class Judge {
  private readonly variables: Variables;

  constructor(
    private readonly role: RoleIdentity,
    private readonly today: string,
    private readonly hasVariables: boolean,
  ) {
    this.variables = variablesOf(role);
  }

  effect(written: Condition): Effect {
    const operator = operatorOf(written);
    const values = this.hasVariables
      ? written.values.flatMap((v) => substituted(v, this.variables) ?? [])
      : written.values;
    const condition = { ...written, values };
    const mayHold = operator.negated || operator.ifExists || operator.forAll;
    if (values.length === 0 && !written.open) return mayHold ? "none" : "dead";
    if (operator.base === "null") return this.ofNull(condition);
    if (this.neverHolds(condition, operator)) return "dead";
    if (operator.negated || operator.ifExists) return "none";
    if (condition.key === TAG_KEYS) return operator.forAll ? setting(condition) : "none";
    if (operator.forAll) return "none";
    return narrowing(condition, operator);
  }

  /** `Null: false` says that a key is there, `Null: true` that it is not. */
  private ofNull({ key, values }: Condition): Effect {
    const isAbsent = values.some((value) => value.toLowerCase() === "true");
    if (isAbsent) return key === "aws:tokenissuetime" ? "dead" : "none";
    if (NEVER_THERE.test(key)) return "dead";
    return naming(key, values, "null");
  }

  private neverHolds({ key, values, open }: Condition, operator: Operator): boolean {
    if (open || operator.forAll) return false;
    const mayBe = (one: (value: string) => boolean): boolean => values.some(one);
    const isLike = /like|^arn/.test(operator.base);
    const is = (text: string) => (value: string) => (isLike ? matches(value, text) : value === text);
    if (operator.negated) return false;
    if (key === REGION) return values.every((value) => value === "");
    if (key === "aws:multifactorauthpresent" || key === "aws:principalisawsservice") {
      return !operator.ifExists && !mayBe((value) => value.toLowerCase() === "false");
    }
    if (key === "aws:principaltype") return !mayBe(is("AssumedRole"));
    if (key === "aws:currenttime" || key === "aws:epochtime") return isOver(operator, values, this.today);
    if (key === "aws:principalarn") return !mayBe((value) => this.mayBeOwn(value));
    if (key.startsWith("aws:principaltag/"))
      return this.lacksTag(key.slice("aws:principaltag/".length), operator, is, mayBe);
    return NEVER_THERE.test(key) && !operator.ifExists;
  }

  private lacksTag(
    name: string,
    operator: Operator,
    is: (text: string) => (value: string) => boolean,
    mayBe: (one: (value: string) => boolean) => boolean,
  ): boolean {
    if (!this.role.tags) return false;
    const value = tagValue(this.role.tags, name);
    return value === undefined ? !operator.ifExists : !mayBe(is(value));
  }

  private mayBeOwn(pattern: string): boolean {
    const { name, path } = this.role;
    if (name === undefined) return true;
    const [, resource = pattern] = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.*)$/.exec(pattern) ?? [];
    return (
      matches(resource, `role${path ?? "/"}${name}`) ||
      matches(resource, `assumed-role/${name}/i-0`) ||
      path === undefined
    );
  }
}

/** A policy or boundary that the caller hands over. */
const HANDED_OVER: ReadonlySet<string> = new Set(["iam:policyarn", "iam:permissionsboundary"]);

/** The key of a condition that limits what is acted on, and how far its values reach. */
function narrowing({ key, values, open }: Condition, { base }: Operator): Effect {
  const isLike = /like|^arn/.test(base) && !open;
  const some = (reaches: (value: string) => boolean): boolean => values.some(reaches);
  if (isLike && some(isAnything)) return "none";
  if (key === "iam:passedtoservice") return open ? "narrows" : "passed-to";
  if (HANDED_OVER.has(key)) return some(coversAdministrator) ? "none" : "narrows";
  if (isLike && some((value) => isWhole(key, value))) return key === PASSED_FOR ? "passed-to" : "none";
  if (CONTEXT.test(key)) return some((value) => EVERY_ADDRESS.test(value)) ? "none" : "context";
  return naming(key, values, base);
}

/** What may be set is known where all of it is. */
function setting({ open }: Condition): Effect {
  return open ? "narrows" : "sets";
}

/** What a key does whose values do not reach everything. */
function naming(key: string, values: readonly string[], base: string): Effect {
  if (base === "bool" && !values.some((value) => value.toLowerCase() === "true")) return "none";
  if (TAG.test(key)) return "tag";
  if (REQUEST_TAG.test(key)) return "sets";
  return isNaming(key) ? "narrows" : "none";
}

const EVERY_ADDRESS = /^(?:0\.0\.0\.0|::)\/0$/;

const ANY_ALIAS = /^alias\/\*+$/;
const ANY_SERVICE = /^[*.]+amazonaws\.com(?:\.cn)?$/;
/** Everything, or everything of one type, be it in one account and region. */
const ANY_RESOURCE = /^(?:[\w-]+[/:])?\*+$/;

/** Whether a pattern reaches everything that a key may hold. Of S3 a name stands where other ARNs have a type. */
function isWhole(key: string, value: string): boolean {
  if (BETWEEN.test(key)) return ANY_SERVICE.test(value);
  if (key === "kms:resourcealiases" || key === "kms:requestalias") return ANY_ALIAS.test(value);
  const { service, resource = "" } = parseArn(value) ?? {};
  return service === "s3" ? /^[*/]+$/.test(resource) : ANY_RESOURCE.test(resource);
}

function isNaming(key: string): boolean {
  return BETWEEN.test(key) || namesThing(key);
}

function coversAdministrator(value: string): boolean {
  return ADMINISTRATOR.some((arn) => value === arn || (isWild(value) && matches(value, arn)));
}

/** Whether a time limit has passed; dates are compared as text, which is right for ISO 8601. */
function isOver({ base }: Operator, values: readonly string[], today: string): boolean {
  const hasEnd = /^(?:date|numeric)(?:lessthan|equals)/.test(base);
  return hasEnd && values.every((value) => (dayOf(value) ?? today) < today);
}

/** The day of a time in ISO 8601, or in seconds since 1970. */
function dayOf(time: string): string | undefined {
  if (/^\d{4}-/.test(time)) return time.slice(0, 10);
  return /^\d{1,11}$/.test(time) ? new Date(Number(time) * 1000).toISOString().slice(0, 10) : undefined;
}

function tagValue(tags: ReadonlyMap<string, string>, name: string): string | undefined {
  for (const [key, value] of tags) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/** Stands for the ARN of whatever machine carries the role. */
export const OWN_INSTANCE = "arn:aws:ec2:any:any:instance/i-own";

/** What policy variables stand for where the caller is a machine's role. */
export function variablesOf(role: RoleIdentity): Variables {
  return (name) => {
    if (name === "ec2:sourceinstancearn") return { text: OWN_INSTANCE };
    if (NEVER_THERE.test(name)) return "nothing";
    if (!name.startsWith("aws:principaltag/") || !role.tags) return "one value";
    const text = tagValue(role.tags, name.slice("aws:principaltag/".length));
    return text === undefined ? "nothing" : { text };
  };
}
