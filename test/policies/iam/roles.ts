/** Roles as tests write them: by their documents. */
import { judgeRole } from "../../../policies/iam/judgement";
import { issuesOf } from "../../../policies/iam/judgements";
import type { Issue } from "../../../policies/iam/judgements/issue";
import type { Program } from "../../../policies/iam/judgements/program";
import { isUnknown } from "../../../policies/machine/resource";
import type { PolicySource, Role, RoleIdentity } from "../../../policies/iam/role";

export const ACCOUNT = "111122223333";

export const OWN: RoleIdentity = { name: "app", path: "/", account: ACCOUNT, partition: "aws", tags: undefined };

export type Element = string | readonly string[];
export type Json = Readonly<Record<string, unknown>>;

export function allow(Action: Element, Resource: Element = "*", Condition?: Json): Json {
  return { Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

export function deny(Action: Element, Resource: Element = "*", Condition?: Json): Json {
  return { ...allow(Action, Resource, Condition), Effect: "Deny" };
}

export function document(...Statement: readonly unknown[]): Json {
  return { Version: "2012-10-17", Statement };
}

/** An inline policy; its number tells it from others. */
function inline(text: unknown, number = 0): PolicySource {
  const name = `inline-${String(number)}`;
  const source = { urn: `urn:pulumi:dev::test::aws:iam/rolePolicy:RolePolicy::${name}`, path: "policy" };
  return {
    label: `inline policy ${name}`,
    source,
    document: isUnknown(text) ? undefined : text,
    unseen: isUnknown(text) ? { source, waitsFor: undefined } : undefined,
    managed: undefined,
    policy: undefined,
  };
}

export function managed(name: string): PolicySource {
  return { ...inline(undefined), label: `AWS managed policy ${name}`, managed: name };
}

interface Written {
  readonly documents?: readonly unknown[];
  readonly policies?: readonly PolicySource[];
  readonly boundary?: unknown;
  readonly trust?: unknown;
  readonly identity?: Partial<RoleIdentity>;
  readonly label?: string;
}

export function role({ documents = [], policies = [], boundary, trust, identity, label = "role app" }: Written): Role {
  return {
    resource: undefined,
    label,
    identity: { ...OWN, ...identity },
    trust: trust === undefined ? undefined : inline(trust),
    policies: [...documents.map(inline), ...policies],
    boundary: boundary === undefined ? undefined : inline(boundary, 99),
    unseen: [],
  };
}

const NO_PROGRAM: Program = { roles: [], carriers: [], isStrong: () => false };

/** A program whose roles are strong where their own policies break a mandatory rule. */
export function program(roles: readonly Role[], carriers: Program["carriers"] = []): Program {
  return {
    roles,
    carriers,
    isStrong: (each) => issuesOf(each, "lower", NO_PROGRAM).some(({ concern }) => concern !== "scope"),
  };
}

export function issues(of: Role, within: Program = NO_PROGRAM): readonly Issue[] {
  return judgeRole(of, within).issues;
}

/** What is wrong with a role: the codes, each once, sorted. */
export function codes(of: Role, within?: Program): string[] {
  return [...new Set(issues(of, within).map(({ code }) => code))].sort();
}

/** The concerns of mandatory policies that are broken. */
export function mandatory(of: Role, within?: Program): string[] {
  const broken = issues(of, within).flatMap(({ concern }) => (concern === "scope" ? [] : [concern]));
  return [...new Set(broken)].sort();
}

/** The concerns of mandatory policies that cannot be judged yet. */
export function open(of: Role): string[] {
  return [...new Set(judgeRole(of, NO_PROGRAM).open.map(({ concern }) => concern))].sort();
}
