/** A role laid open: what its policies say, what that amounts to, and what of it is not known. Plain data. */
import type { Source } from "../machine/fact";
import { isOpen, readDocument, refusal, type Condition, type Names, type Statement } from "./document";
import { effective, type ServiceRow } from "./effective";
import { hiddenIn } from "./judgement";
import { managedDocument } from "./managed";
import { policyKey, sourcesOf, type PolicySource, type Role, type StatementRef, type Unseen } from "./role";
import { isReadable, statementsOf } from "./statements";
import { trustOf } from "./trust";

/** What Action or Resource of a statement says. */
export interface ElementRow {
  readonly patterns: readonly string[];
  /** NotAction, NotResource: everything but these. */
  readonly negated: boolean;
  /** Some of it is not known yet. */
  readonly partlyUnknown: boolean;
}

export interface StatementRow {
  /** `A0`: the policy's letter, and the place in the document, from 0. */
  readonly id: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: ElementRow;
  readonly resources: ElementRow;
  /** Operators and keys; values are left out. */
  readonly conditions: readonly Pick<Condition, "operator" | "key">[];
  /** Effect or conditions are not known yet. */
  readonly partlyUnknown: boolean;
}

export interface PolicyRow {
  /** A letter. */
  readonly id: string;
  readonly label: string;
  /** Where its document, or the reference to it, is written. */
  readonly source: Source;
  /** AWS managed policies: what the data has of them. */
  readonly managed: { readonly name: string; readonly version: string; readonly date: string } | undefined;
  readonly statements: readonly StatementRow[];
}

/** Who may take a role. */
export interface TrustRow {
  readonly source: Source;
  readonly admits: readonly { readonly kind: string; readonly value: string; readonly conditional: boolean }[];
}

/** Something that the explanation cannot rest on. */
export interface UnknownRow extends Unseen {
  /** The policy it is about; undefined where it is about the role as a whole. */
  readonly policy: string | undefined;
}

export interface RoleExplanation {
  readonly label: string;
  /** Undefined where the role is set outside the program. */
  readonly trust: TrustRow | undefined;
  readonly boundary: PolicyRow | undefined;
  readonly policies: readonly PolicyRow[];
  /** What all of it amounts to, for certain. */
  readonly services: readonly ServiceRow[];
  readonly unknown: readonly UnknownRow[];
}

/** What a role may do, and why. */
export function explainRole(role: Role): RoleExplanation {
  const letters = lettersOf(role);
  const row = (policy: PolicySource): PolicyRow => policyRow(policy, letters.get(policy) ?? "", role);
  return {
    label: role.label,
    trust: role.trust && { source: role.trust.source, admits: admittedBy(role) },
    boundary: role.boundary && row(role.boundary),
    policies: [
      ...role.policies.map(row),
      ...choicesOf(role).map((policy) => ({ ...row(policy), label: `one of several: ${policy.label}` })),
    ],
    services: effective(role, ({ policy, statement }) => `${letters.get(policy) ?? ""}${String(statement.index)}`),
    unknown: unknownOf(role),
  };
}

/** The id of a statement as the explanation of a role has it; undefined for one of another role. */
export function statementIds(role: Role): (ref: StatementRef) => string | undefined {
  // A boundary that is attached as well counts as the policy.
  const letters = new Map([...lettersOf(role)].reverse().map(([policy, id]) => [policyKey(policy), id]));
  return ({ policy, index }) => {
    const id = letters.get(policyKey(policy));
    return id === undefined ? undefined : `${id}${String(index)}`;
  };
}

function lettersOf(role: Role): ReadonlyMap<PolicySource, string> {
  const all = [...sourcesOf(role), ...choicesOf(role)];
  return new Map(all.map((policy, index) => [policy, letter(index)]));
}

/** Policies of which one may be attached: findings that hold for each of them are about their statements. */
function choicesOf(role: Role): readonly PolicySource[] {
  const choices = sourcesOf(role).flatMap(({ oneOf = [] }) => meant(oneOf));
  return [...new Set(choices)];
}

function meant(oneOf: NonNullable<PolicySource["oneOf"]>): readonly PolicySource[] {
  return oneOf.flat().flatMap((policy) => (policy.oneOf ? meant(policy.oneOf) : [policy]));
}

/** A to Z, then AA. */
function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

function policyRow(policy: PolicySource, id: string, { identity: { partition } }: Role): PolicyRow {
  const { label, source, managed: name } = policy;
  const text = name === undefined ? undefined : managedDocument(name, partition);
  return {
    id,
    label,
    source,
    managed: name === undefined || !text ? undefined : { name, version: text.version, date: text.date },
    statements: statementsOf(policy, partition).statements.map((each) => statementRow(each, id)),
  };
}

function statementRow(
  { index, effect, actions, resources, conditions, open }: Statement,
  policy: string,
): StatementRow {
  return {
    id: `${policy}${String(index)}`,
    effect,
    actions: elementRow(actions),
    resources: elementRow(resources),
    conditions: conditions.map(({ operator, key }) => ({ operator, key })),
    partlyUnknown: open || conditions.some((condition) => condition.open),
  };
}

function elementRow({ patterns, negated, open }: Names): ElementRow {
  return { patterns, negated, partlyUnknown: open };
}

function admittedBy(role: Role): TrustRow["admits"] {
  return trustOf(role).admitted.map(({ kind, value, statement }) => ({
    kind,
    value,
    conditional: statement.conditions.length > 0 || statement.open,
  }));
}

function unknownOf(role: Role): readonly UnknownRow[] {
  const { trust } = role;
  const ofPolicy = (policy: PolicySource): readonly UnknownRow[] =>
    [...hiddenIn(policy), ...openIn(policy)].map((each) => ({ ...each, policy: policy.label }));
  return [
    ...role.unseen.map((each) => ({ ...each, policy: undefined })),
    ...sourcesOf(role).flatMap(ofPolicy),
    ...(trust ? inTrust(trust).map((each) => ({ ...each, policy: trust.label })) : []),
  ];
}

/** Statements of which a part is not known yet. */
function openIn(policy: PolicySource): readonly Unseen[] {
  if (!isReadable(policy)) return [];
  return statementsOf(policy)
    .statements.filter(isOpen)
    .map(({ index }) => leaf(policy, index));
}

function leaf({ source: { urn, path } }: PolicySource, index: number): Unseen {
  return { source: { urn, path: `${path}.Statement[${String(index)}]` }, waitsFor: undefined };
}

function inTrust(trust: PolicySource): readonly Unseen[] {
  if (trust.document === undefined) return hiddenIn(trust);
  const document = readDocument(trust.document, "trust");
  const waitsFor = refusal(document);
  const refused = waitsFor === undefined ? [] : [{ source: trust.source, waitsFor }];
  return [...refused, ...document.statements.filter(isOpen).map(({ index }) => leaf(trust, index))];
}
