/** Runs a rule over the roles that machines carry. */
import type { MachineRole } from "./iam/role";
import type { Source } from "./machine/fact";
import type { Machine, Model } from "./machine/model";
import { label, type StackResource } from "./machine/resource";
import { failed, type Rule, type RuleOptions, type Verdict } from "./rules/rule";

interface RoleOutcome {
  readonly resource: StackResource;
  readonly verdict: Verdict;
}

/**
 * The verdicts on every role: a violation once, what is open at everything that names the role. Where one of several
 * roles is meant, a violation counts if all of them break the rule; else it is open at the machine.
 */
export function roleOutcomes(rule: Rule, model: Model, options: RuleOptions): readonly RoleOutcome[] {
  if (!rule.checkRole) return [];
  const verdicts = new Map(model.machineRoles.map((role) => [role, verdictsOn(rule, role, model, options)]));
  const breaks = (role: MachineRole): boolean => verdicts.get(role)?.some(isViolation) === true;
  const choices = model.machines.flatMap((machine) => {
    const roles = model.rolesOf(machine);
    return roles.length > 1 ? [{ machine, roles }] : [];
  });
  const agreed = new Set(choices.flatMap(({ roles }) => (roles.every(breaks) ? roles : [])));
  const ofRoles = [...verdicts].flatMap(([role, all]) =>
    all
      .filter((verdict) => role.certain || agreed.has(role) || !isViolation(verdict))
      .flatMap((verdict) => placed(role, verdict)),
  );
  const split = choices.filter(({ roles }) => roles.some(breaks) && !roles.every(breaks));
  return [...ofRoles, ...split.map(({ machine }) => ({ resource: machine.resource, verdict: undecided(machine) }))];
}

function isViolation({ kind }: Verdict): boolean {
  return kind === "violation";
}

function placed({ at }: MachineRole, verdict: Verdict): readonly RoleOutcome[] {
  const places = isViolation(verdict) ? at.slice(0, 1) : at;
  return places.map((resource) => ({ resource, verdict }));
}

function verdictsOn(rule: Rule, role: MachineRole, model: Model, options: RuleOptions): readonly Verdict[] {
  try {
    return rule.checkRole?.(role, model, options) ?? [];
  } catch (error) {
    return [failed(rule, role.at[0], error instanceof Error ? error.name : typeof error)];
  }
}

/** Some of the roles that the machine may carry break the rule, and some do not. */
function undecided({ launch, resource }: Machine): Verdict {
  const source = launch.profile?.source ?? { urn: resource.urn, path: launch.path };
  return { kind: "unverified", source, inherited: false, waitsFor: "several roles, one of which is meant" };
}

/** A place as it is told at a resource: that of another one begins with the other's name. */
export function pathFrom(model: Model, resource: StackResource, { urn, path }: Source): string {
  const owner = model.graph.get(urn);
  if (!owner || urn === resource.urn) return path;
  return path === "" ? label(owner) : `${label(owner)}.${path}`;
}
