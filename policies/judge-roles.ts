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
  const verdicts = new Map(model.machineRoles.map((role) => [role, verdictsOn(rule, role, model, options)]));
  const ofRoles = [...verdicts].flatMap(([role, all]) =>
    all.flatMap((verdict) => {
      const [first] = role.at;
      const places = verdict.kind === "unverified" ? role.at : [first];
      return places.map((resource) => ({ resource, verdict: role.certain ? verdict : ifMeant(verdict) }));
    }),
  );
  return [...ofRoles, ...undecided(model, verdicts)];
}

function verdictsOn(rule: Rule, role: MachineRole, model: Model, options: RuleOptions): readonly Verdict[] {
  try {
    return rule.checkRole?.(role, model, options) ?? [];
  } catch (error) {
    return [failed(rule, role.at[0], error instanceof Error ? error.name : typeof error)];
  }
}

/** Machines that carry one of several roles, of which some break the rule and some do not. */
function undecided(model: Model, verdicts: ReadonlyMap<MachineRole, readonly Verdict[]>): readonly RoleOutcome[] {
  const breaks = (role: MachineRole): boolean => verdicts.get(role)?.some(({ kind }) => kind === "violation") === true;
  return model.machines.flatMap((machine) => {
    const roles = model.rolesOf(machine);
    if (roles.length < 2 || roles.every(breaks) || !roles.some(breaks)) return [];
    const source = machine.launch.profile?.source ?? { urn: machine.resource.urn, path: machine.launch.path };
    return [
      { resource: machine.resource, verdict: { kind: "unverified", source, inherited: false, waitsFor: SEVERAL } },
    ];
  });
}

const SEVERAL = "several roles, one of which is meant";

/** Of one of several roles, nobody knows whether a machine carries it. */
function ifMeant(verdict: Verdict): Verdict {
  if (verdict.kind !== "violation") return verdict;
  const { source } = verdict;
  return { kind: "unverified", source, inherited: false, waitsFor: SEVERAL };
}

/** A place as it is told at a resource: that of another one begins with the other's name. */
export function pathFrom(model: Model, resource: StackResource, { urn, path }: Source): string {
  const owner = model.graph.get(urn);
  if (!owner || urn === resource.urn) return path;
  return path === "" ? label(owner) : `${label(owner)}.${path}`;
}
