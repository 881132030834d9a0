/** From a name on the command line to the roles that it stands for. */
import { matchesGlob } from "../policies/glob";
import type { MachineRole, Role } from "../policies/iam/role";
import type { Model } from "../policies/machine/model";
import { isRead, label, type StackResource } from "../policies/machine/resource";
import { shortType } from "./render/names";

export interface Target {
  readonly matched: readonly StackResource[];
  readonly roles: readonly (Role | MachineRole)[];
}

interface Candidate {
  readonly resource: StackResource;
  readonly roles: readonly (Role | MachineRole)[];
}

const MOST_LISTED = 20;

/**
 * What a name or glob stands for: machines, templates, groups, instance profiles and roles. Several are one where they
 * lead to the same roles, as where a machine, its profile and its role have one name. A text says why there is none.
 */
export function findTarget(model: Model, asked: string): Target | string {
  const candidates = candidatesOf(model);
  const matched = candidates.filter(
    ({ resource: { name, urn } }) => matchesGlob(asked, name) || matchesGlob(asked, urn),
  );
  const [first] = matched;
  if (!first) return notFound(asked, candidates);
  if (!matched.every((each) => haveOneMeaning(first, each))) return ambiguous(asked, first, matched);
  return { matched: matched.map(({ resource }) => resource), roles: first.roles };
}

function candidatesOf(model: Model): readonly Candidate[] {
  const carried = new Map(model.machineRoles.flatMap((role) => (role.resource ? [[role.resource.urn, role]] : [])));
  const machines = model.subjects
    .map(({ resource }) => ({ resource, machines: model.machinesOf(resource) }))
    .filter((each) => each.machines.length > 0)
    .map((each) => ({ resource: each.resource, roles: [...new Set(each.machines.flatMap((m) => model.rolesOf(m)))] }));
  const profiles = model.graph
    .ofTarget("instance profile")
    .map((resource) => ({ resource, roles: model.rolesOfProfile(resource) }));
  const roles = model.graph
    .ofTarget("role")
    .map((resource) => ({ resource, roles: [carried.get(resource.urn) ?? model.roleOf(resource)] }));
  return [...machines, ...profiles, ...roles];
}

function haveOneMeaning(a: Candidate, b: Candidate): boolean {
  return a.roles.length === b.roles.length && a.roles.every((role) => b.roles.includes(role));
}

function notFound(asked: string, candidates: readonly Candidate[]): string {
  const names = [
    ...new Set(candidates.filter(({ resource }) => !isRead(resource)).map(({ resource }) => label(resource))),
  ].sort();
  const listed = names.slice(0, MOST_LISTED).join(", ") + more(names.length);
  const known = names.length === 0 ? "The program has none" : `There is: ${listed}`;
  return `no machine, instance profile or role of the program is named ${asked}. ${known}. Give a name, a glob ("web*") or a URN.`;
}

function ambiguous(asked: string, { resource: example }: Candidate, matched: readonly Candidate[]): string {
  const lines = matched.slice(0, MOST_LISTED).map(({ resource, roles }) => {
    const to = roles.length === 0 ? "no role" : roles.map((role) => role.label).join(" or ");
    return `  ${label(resource)} (${shortType(resource.type)}): ${to}`;
  });
  return [
    `${asked} stands for ${String(matched.length)} resources with different roles:`,
    ...lines,
    ...(matched.length > MOST_LISTED ? [`  … ${String(matched.length - MOST_LISTED)} more`] : []),
    `Give one of the names; where two have one name, a glob on the URN such as "*:Instance::${label(example)}".`,
  ].join("\n");
}

function more(count: number): string {
  return count > MOST_LISTED ? ` and ${String(count - MOST_LISTED)} more` : "";
}
