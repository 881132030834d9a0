/** Policy documents: read leniently as IAM does, with a reason where IAM would refuse them. */
import { isRecord, isUnknown, type Properties } from "../machine/resource";
import { memoized, perObject } from "../memo";

/** A list of an element such as Action: its patterns, whether it is the negated form, whether some are not known yet. */
export interface Names {
  /** NotAction, NotResource, NotPrincipal. */
  readonly negated: boolean;
  readonly patterns: readonly string[];
  /** Some of the list is not known yet. */
  readonly open: boolean;
}

/** One line of a Condition element: all of them must hold. */
export interface Condition {
  /** In lower case, with its set operator and `ifexists`: `forallvalues:stringlike`. */
  readonly operator: string;
  /** In lower case: `aws:resourcetag/app`. */
  readonly key: string;
  readonly values: readonly string[];
  readonly open: boolean;
}

/** Who a statement of a trust policy is about. */
export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` where the element is a mere star. */
  readonly kind: string;
  readonly value: string;
}

export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: Names;
  readonly resources: Names;
  readonly principals: readonly Principal[];
  /** NotPrincipal. */
  readonly exceptPrincipals: boolean;
  readonly conditions: readonly Condition[];
  /** Effect, principals or conditions that are not known yet. */
  readonly open: boolean;
  readonly sid: string | undefined;
  /** Place in the document, from 0. */
  readonly index: number;
  /** Policy variables are filled in: the document has version 2012-10-17. */
  readonly hasVariables: boolean;
}

/** What a document says, and what is wrong with it. */
export interface Document {
  readonly statements: readonly Statement[];
  /** Why IAM would refuse it, without quoting it. */
  readonly problem: string | undefined;
}

/** Whether a part of a statement is not known yet. */
export function isOpen({ open, actions, resources, conditions }: Statement): boolean {
  return open || actions.open || resources.open || conditions.some((condition) => condition.open);
}

/** What a document waits for that IAM would refuse, for a message; undefined where it would not. */
export function refusal({ problem }: Pick<Document, "problem">, what = "document"): string | undefined {
  return problem === undefined ? undefined : `a ${what} that IAM takes: ${problem}`;
}

/** Whether an action has the form that IAM asks for: a service without wildcards, and a name; or everything. */
export function isAction(action: string): boolean {
  return /^(?:[^*?:]+:.+|\*+(?::\*+)?)$/s.test(action);
}

type Kind = "permissions" | "trust";

const EMPTY: readonly never[] = [];
const NONE: Names = { negated: false, patterns: EMPTY, open: false };

/** The document of a value: JSON text, or an object whose leaves may be unknown. */
export function readDocument(value: unknown, kind: Kind): Document {
  if (typeof value === "string") return kind === "trust" ? readTrustText(value) : readPermissionsText(value);
  if (!isRecord(value)) return refused(NO_OBJECT);
  return kind === "trust" ? readTrustObject(value) : readPermissionsObject(value);
}

const NO_OBJECT = "it is no object with statements";
const readPermissionsObject = perObject((value: Properties) => fromValue(value, "permissions"));
const readTrustObject = perObject((value: Properties) => fromValue(value, "trust"));
const readPermissionsText = memoized((text) => fromText(text, "permissions"));
const readTrustText = memoized((text) => fromText(text, "trust"));

/** IAM takes 10,240 characters for all inline policies of a role; white space does not count. */
const LONGEST_TEXT = 1 << 20;

function fromText(text: string, kind: Kind): Document {
  if (text.length > LONGEST_TEXT) return refused(TOO_LONG);
  try {
    return fromValue(JSON.parse(text), kind);
  } catch {
    return refused("it is no valid JSON");
  }
}

function refused(problem: string): Document {
  return { statements: EMPTY, problem };
}

function fromValue(value: unknown, kind: Kind): Document {
  if (!isRecord(value)) return refused(NO_OBJECT);
  const [version, statement] = [member(value, "Version"), member(value, "Statement")];
  if (statement === undefined) return refused("it has no statement");
  const reader = new Reader(kind, version === "2012-10-17" || isUnknown(version));
  const list = Array.isArray(statement) ? (statement as readonly unknown[]) : [statement];
  const statements = list.slice(0, MOST_STATEMENTS).flatMap((each, index) => reader.statement(each, index) ?? []);
  if (list.length > MOST_STATEMENTS || isTooLong(statements)) return refused(TOO_LONG);
  if (!VERSIONS.has(version) && !isUnknown(version)) reader.refuse("its Version is none that IAM knows");
  if (hasDuplicates(statements.flatMap(({ sid }) => sid ?? []))) reader.refuse("two of its statements have one Sid");
  return { statements, problem: reader.problem };
}

const VERSIONS: ReadonlySet<unknown> = new Set([undefined, "2012-10-17", "2008-10-17"]);

const TOO_LONG = "it is longer than any policy";
/** Within 10,240 characters there is room for a third of either. */
const MOST_STATEMENTS = 500;
const MOST_RESOURCES = 1500;
/** AWS's own policies are longer than others may be: ReadOnlyAccess has 2,900 actions. */
const MOST_ACTIONS = 4000;

function isTooLong(statements: readonly Statement[]): boolean {
  const count = (element: "actions" | "resources"): number =>
    statements.reduce((sum, { [element]: { patterns } }) => sum + patterns.length, 0);
  return count("resources") > MOST_RESOURCES || count("actions") > MOST_ACTIONS;
}

function hasDuplicates(items: readonly string[]): boolean {
  return new Set(items).size < items.length;
}

/** A member by its name; IAM compares the names of elements without their case. */
function member(record: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name] ?? undefined;
  const lower = name.toLowerCase();
  const key = Object.keys(record).find((each) => each.toLowerCase() === lower);
  return key === undefined ? undefined : (record[key] ?? undefined);
}

/** Reads the statements of one document, and keeps the first reason to refuse it. */
class Reader {
  problem: string | undefined;

  constructor(
    private readonly kind: Kind,
    private readonly hasVariables: boolean,
  ) {}

  refuse(problem: string): undefined {
    this.problem ??= problem;
    return undefined;
  }

  statement(value: unknown, index: number): Statement | undefined {
    if (isUnknown(value)) return { ...ANYTHING, index, hasVariables: this.hasVariables };
    if (!isRecord(value)) {
      this.refuse(`statement ${String(index)} is no object`);
      return;
    }
    const effect = member(value, "Effect");
    if (effect !== "Allow" && effect !== "Deny" && !isUnknown(effect)) {
      this.refuse(`statement ${String(index)} has no Effect of Allow or Deny`);
      return;
    }
    const sid = member(value, "Sid");
    const principal = this.principals(value, index);
    const conditions = this.conditions(member(value, "Condition"), index);
    return {
      effect: effect === "Deny" ? "Deny" : "Allow",
      actions: this.names(value, "Action", index),
      resources: this.kind === "trust" ? NONE : this.names(value, "Resource", index),
      ...principal,
      conditions: conditions ?? EMPTY,
      open: isUnknown(effect) || principal.open || conditions === undefined,
      sid: typeof sid === "string" && !isUnknown(sid) && sid !== "" ? sid : undefined,
      index,
      hasVariables: this.hasVariables,
    };
  }

  /** An element or its negated form; a text stands for a list of one. */
  private names(statement: Readonly<Record<string, unknown>>, element: "Action" | "Resource", index: number): Names {
    const [plain, negated] = [member(statement, element), member(statement, `Not${element}`)];
    if (plain !== undefined && negated !== undefined) this.refuse(both(element, index));
    const value = plain ?? negated;
    if (value === undefined) this.refuse(`statement ${String(index)} has no ${element}`);
    const list = this.texts(value, element, index);
    if (element === "Action") this.checkActions(list.texts, index);
    else this.checkResources(list.texts, index);
    return { negated: plain === undefined && negated !== undefined, patterns: list.texts, open: list.open };
  }

  private texts(value: unknown, element: string, index: number): { texts: readonly string[]; open: boolean } {
    if (value === undefined) return { texts: EMPTY, open: false };
    const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const known = list.filter((each) => !isUnknown(each));
    const texts = known.filter((each): each is string => typeof each === "string");
    if (texts.length < known.length) this.refuse(`statement ${String(index)} has an ${element} that is no text`);
    return { texts, open: known.length < list.length };
  }

  private checkActions(actions: readonly string[], index: number): void {
    if (!actions.every(isAction)) {
      this.refuse(`statement ${String(index)} has an action that is not written as service:Action`);
    }
  }

  private checkResources(resources: readonly string[], index: number): void {
    if (resources.some((resource) => !/^(?:\*+$|arn:|\$\{)/.test(resource))) {
      this.refuse(`statement ${String(index)} has a resource that is neither an ARN nor *`);
    }
  }

  private principals(
    statement: Readonly<Record<string, unknown>>,
    index: number,
  ): Pick<Statement, "principals" | "exceptPrincipals" | "open"> {
    const [plain, negated] = [member(statement, "Principal"), member(statement, "NotPrincipal")];
    const value = plain ?? negated;
    const exceptPrincipals = plain === undefined && negated !== undefined;
    if ((value !== undefined) !== (this.kind === "trust")) {
      const has = this.kind === "trust" ? "no Principal" : "a Principal, which only a resource's policy has";
      this.refuse(`statement ${String(index)} has ${has}`);
    }
    if (value === undefined) return { principals: EMPTY, exceptPrincipals, open: false };
    if (isUnknown(value)) return { principals: EMPTY, exceptPrincipals, open: true };
    if (typeof value === "string") return { principals: [{ kind: "*", value }], exceptPrincipals, open: false };
    if (!isRecord(value)) this.refuse(`statement ${String(index)} has a Principal that is no object`);
    const lists = isRecord(value) ? Object.entries(value).map(([kind, each]) => [kind, each] as const) : [];
    const read = lists.map(([kind, each]) => [kind, this.texts(each, "Principal", index)] as const);
    return {
      principals: read.flatMap(([kind, { texts }]) => texts.map((text) => ({ kind, value: text }))),
      exceptPrincipals,
      open: read.some(([, { open }]) => open),
    };
  }

  /** Undefined where the whole element is not known yet. */
  private conditions(value: unknown, index: number): readonly Condition[] | undefined {
    if (value === undefined) return EMPTY;
    if (isUnknown(value)) return undefined;
    const operators = isRecord(value) ? Object.entries(value) : [];
    if (!isRecord(value)) this.refuse(`statement ${String(index)} has a Condition that is no object`);
    return operators.flatMap(([operator, keys]) => {
      if (!OPERATOR.test(operator)) this.refuse(`statement ${String(index)} has a condition operator that IAM lacks`);
      if (!isRecord(keys)) this.refuse(`statement ${String(index)} has a condition without a key`);
      return (isRecord(keys) ? Object.entries(keys) : []).map(([key, values]) =>
        condition(operator.toLowerCase(), key.toLowerCase(), values),
      );
    });
  }
}

const OPERATOR =
  /^(?:ForAllValues:|ForAnyValue:)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|Numeric(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Date(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like)|Null)(?:IfExists)?$/i;

/** Values may be booleans and numbers as well as texts. */
function condition(operator: string, key: string, value: unknown): Condition {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const known = list.filter((each) => !isUnknown(each));
  const values = known.flatMap((each) =>
    typeof each === "string" || typeof each === "number" || typeof each === "boolean" ? [String(each)] : [],
  );
  return { operator, key, values, open: known.length < list.length };
}

function both(element: string, index: number): string {
  return `statement ${String(index)} has both ${element} and Not${element}`;
}

/** A statement that is not known yet. */
const ANYTHING: Omit<Statement, "index" | "hasVariables"> = {
  effect: "Allow",
  actions: { negated: false, patterns: EMPTY, open: true },
  resources: { negated: false, patterns: EMPTY, open: true },
  principals: EMPTY,
  exceptPrincipals: false,
  conditions: EMPTY,
  open: true,
  sid: undefined,
};
