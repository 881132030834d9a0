/** Refuses grants that the policies of this package would find: the same judgement, asked before there is a role. */
import { issuesOf } from "../../policies/iam/judgements";
import type { Issue } from "../../policies/iam/judgements/issue";
import type { PolicySource, Role } from "../../policies/iam/role";
import { UNKNOWN } from "../../policies/machine/resource";
import { statementsOf } from "./granted";
import type { Grant } from "./grants";
import type { Problem } from "./problems";
import { EC2_TRUST, policyDocument } from "./statements";
import { isJoined, isLater, type Value } from "./value";

const URN = "urn:pulumi:plan::plan::aws:iam/role:Role::role";
const NO_PROGRAM = { roles: [], carriers: [], isStrong: () => false };

/**
 * What is broad in grants, at `grants[0]`, `grants[1]`, …: in all of them together, and in each policy by itself, since what
 * makes an administrator hides what else is broad.
 */
export function broadGrants(grants: readonly Grant[], property = "grants"): readonly Problem[] {
  const sources = grants.flatMap((grant, index) =>
    sourcesOf(grant, `${property}[${String(index)}]`).map((source) => ({ grant, source })),
  );
  const acknowledged = new Set(
    sources.filter(({ grant }) => grant.acknowledgeBroad !== undefined).map(({ source }) => source.source.path),
  );
  const together = problemsOf(sources.map(({ source }) => source));
  const named = new Set(together.map(({ property }) => property));
  const alone = sources
    .filter(({ source }) => !named.has(source.source.path))
    .map(({ source }) => problemsOf([source]));
  return [...together, ...alone.flat()].filter(({ property }) => !acknowledged.has(property));
}

function problemsOf(policies: readonly PolicySource[]): readonly Problem[] {
  return issuesOf(roleWith(policies), "lower", NO_PROGRAM).map(problem);
}

function problem({ clauses: [{ policy }], target, gain, actions, fix }: Issue): Problem {
  const what =
    target === "" ? gain : `${actions.slice(0, 3).join(", ")} on ${target}: whoever has its credentials ${gain}`;
  const reason = `${what}. Instead: ${fix}. If the machine needs it, give acknowledgeBroad with the reason.`;
  return { property: policy.source.path, reason };
}

function sourcesOf(grant: Grant, path: string): readonly PolicySource[] {
  const shared = { label: path, unseen: undefined, policy: undefined };
  const statements = statementsOf(grant);
  const inline = { ...shared, source: { urn: URN, path }, managed: undefined };
  const attached = (grant.managedPolicies ?? []).flatMap((arn, index): PolicySource[] => {
    const managed = awsManaged(arn);
    const source = { urn: URN, path: `${path}.managedPolicies[${String(index)}]` };
    return managed === undefined ? [] : [{ ...shared, source, document: undefined, managed }];
  });
  return [...(statements.length > 0 ? [{ ...inline, document: opaque(policyDocument(statements)) }] : []), ...attached];
}

/** What stands after `policy/` in the ARN of a policy that AWS manages. */
function awsManaged(arn: Value<string>): string | undefined {
  return typeof arn === "string" ? /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] : undefined;
}

function roleWith(policies: readonly PolicySource[]): Role {
  const trust = {
    label: "trust policy",
    source: { urn: URN, path: "assumeRolePolicy" },
    document: EC2_TRUST,
    unseen: undefined,
    managed: undefined,
    policy: undefined,
  };
  const identity = { name: undefined, path: "/", account: undefined, partition: undefined, tags: undefined };
  return { resource: undefined, label: "role", identity, trust, policies, boundary: undefined, unseen: [] };
}

/** The document with what is known later as the rules know it. */
function opaque(value: unknown): unknown {
  if (isLater(value) || isJoined(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(opaque);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opaque(inner)]));
}
