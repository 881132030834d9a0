/** AWS managed policies: judged by content, and reported with what to attach in their place. */
import { groupedBy } from "../../collections";
import { deprecation } from "../managed";
import { statementsOf } from "../statements";
import { policyKey, type PolicySource, type Role } from "../role";
import type { Issue } from "./issue";
import { managedAdvice } from "./managed-advice";

/** Whether AWS prescribes the policy for a machine, so that it never breaks a mandatory rule. */
export function isPrescribed({ managed }: PolicySource): boolean {
  return managed !== undefined && managedAdvice(managed).prescribed;
}

/**
 * The issues with those of AWS managed policies put into their terms: the graver ones name the replacement, all others
 * of a policy are one.
 */
export function ofManaged(issues: readonly Issue[], role: Role): readonly Issue[] {
  const own = issues.filter(({ clauses: [{ policy }] }) => policy.managed === undefined);
  const grave = issues.filter(({ concern, clauses: [{ policy }] }) => {
    return policy.managed !== undefined && concern !== "scope" && !isPrescribed(policy);
  });
  const broad = role.policies.flatMap((policy) => {
    const found = issues.filter(({ clauses: [cause] }) => cause.policy === policy);
    return policy.managed === undefined ? [] : (broadIssue(policy, policy.managed, found) ?? []);
  });
  return [...own, ...asOne(grave).map(withReplacement), ...broad];
}

/** What one attached policy does in one way is one fault. */
function asOne(issues: readonly Issue[]): readonly Issue[] {
  const groups = groupedBy(issues, ({ concern, clauses: [{ policy }] }) => `${concern} ${policyKey(policy)}`);
  return groups.map((group) => ({ ...group[0], actions: group.flatMap(({ actions }) => actions) }));
}

function withReplacement(issue: Issue): Issue {
  const { instead = INLINE } = managedAdvice(issue.clauses[0].policy.managed ?? "");
  return { ...issue, fix: `detach it; in its place: ${instead}` };
}

/** One issue for what is merely broad, and for a policy that AWS gives up. */
function broadIssue(policy: PolicySource, name: string, found: readonly Issue[]): Issue | undefined {
  const { instead = INLINE, prescribed } = managedAdvice(name);
  const broad = found.filter(({ concern }) => concern === "scope" || prescribed);
  const fix = `in its place: ${instead}`;
  if (deprecation(name)) return givenUp(policy, broad, fix);
  const [first] = broad;
  if (!first || (prescribed && instead === INLINE)) return undefined;
  const readsEverything = !prescribed && broad.some((issue) => issue.readsEverything);
  return { ...first, concern: "scope", code: "managed-broad", fix, ...(readsEverything && { readsEverything }) };
}

const INLINE = "an inline policy with the actions and resources the machine uses";

function givenUp(policy: PolicySource, [first]: readonly Issue[], fix: string): Issue | undefined {
  const [statement] = statementsOf(policy).statements;
  const shared = { concern: "scope", code: "managed-deprecated", fix } as const;
  if (first) return { ...first, ...shared };
  if (!statement) return undefined;
  const gain = "uses what AWS advises against";
  return { ...shared, clauses: [{ policy, statement }], actions: ["what it does"], target: "everything", gain };
}
