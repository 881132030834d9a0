/** Runs a rule over the roles that machines carry. */
import type { MachineRole } from "./iam/role";
import type { Source } from "./machine/fact";
import type { Model } from "./machine/model";
import { label, type StackResource } from "./machine/resource";
import { failed, type Rule, type RuleOptions, type Verdict } from "./rules/rule";

interface RoleOutcome {
  readonly resource: StackResource;
  readonly verdict: Verdict;
}

/** The verdicts on every role: a violation once, what is open at everything that names the role. */
export function roleOutcomes(rule: Rule, model: Model, options: RuleOptions): readonly RoleOutcome[] {
  if (!rule.checkRole) return [];
  return model.machineRoles.flatMap((role) =>
    verdictsOn(rule, role, model, options).flatMap((verdict) => {
      const [first] = role.at;
      const all = verdict.kind === "unverified" ? role.at : [first];
      return all.map((resource) => ({ resource, verdict }));
    }),
  );
}

function verdictsOn(rule: Rule, role: MachineRole, model: Model, options: RuleOptions): readonly Verdict[] {
  try {
    const verdicts = rule.checkRole?.(role, model, options) ?? [];
    return role.certain ? verdicts : verdicts.map(ifMeant);
  } catch (error) {
    return [failed(rule, role.at[0], error instanceof Error ? error.name : typeof error)];
  }
}

/** Of one of several roles, nobody knows whether a machine carries it. */
function ifMeant(verdict: Verdict): Verdict {
  if (verdict.kind !== "violation") return verdict;
  const { source } = verdict;
  return { kind: "unverified", source, inherited: false, waitsFor: "several roles, one of which is meant" };
}

/** A place as it is told at a resource: that of another one begins with the other's name. */
export function pathFrom(model: Model, resource: StackResource, { urn, path }: Source): string {
  const owner = model.graph.get(urn);
  if (!owner || urn === resource.urn) return path;
  return path === "" ? label(owner) : `${label(owner)}.${path}`;
}
