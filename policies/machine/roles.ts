/** From the machines to the roles that they carry: instance profiles, node roles, and what leads out of the program. */
import type { MachineRole, Role, Unseen } from "../iam/role";
import { admitsService } from "../iam/trust";
import { roleInProfile } from "./attachments";
import { Cursor } from "./cursor";
import type { Reference } from "./launch";
import { MAX_CANDIDATES, outside, type Graph, type Link } from "./links";
import type { Machine } from "./model";
import { isRead, label, shownOf, type StackResource } from "./resource";
import { outsideKey, RolePolicies } from "./role-policies";

/** What a machine or a profile leads to. */
interface Carried {
  /** Tells one role from another. */
  readonly key: string;
  readonly role: Role;
  readonly certain: boolean;
}

/** A role while its machines are being collected. */
interface Draft {
  readonly role: Role;
  readonly at: Map<string, StackResource>;
  readonly machines: Machine[];
  readonly services: Set<string>;
  certain: boolean;
}

/** The roles of a stack, and the machines that carry them. */
export class Roles {
  readonly machineRoles: readonly MachineRole[];
  private readonly policies: RolePolicies;
  private readonly made: ReadonlyMap<string, MachineRole>;
  private readonly byMachine = new Map<Machine, readonly Carried[]>();
  private readonly byProfile = new Map<string, readonly Carried[]>();
  private readonly drafts = new Map<string, Draft>();

  constructor(
    private readonly graph: Graph,
    machines: readonly Machine[],
  ) {
    this.policies = new RolePolicies(graph);
    for (const machine of machines) this.collect(machine);
    for (const profile of graph.ofTarget("instance profile")) if (!isRead(profile)) this.collectProfile(profile);
    this.made = new Map([...this.drafts].flatMap(([key, draft]) => finished(draft).map((role) => [key, role])));
    this.machineRoles = [...this.made.values()].sort((a, b) => (a.at[0].urn < b.at[0].urn ? -1 : 1));
  }

  /** Roles whose machines are not known yet: those that EC2 may take. */
  static presumed(graph: Graph): readonly MachineRole[] {
    const policies = new RolePolicies(graph);
    const roles = graph.ofTarget("role").map((resource) => ({ resource, role: policies.of(resource) }));
    return roles
      .filter(({ role }) => admitsService(role, ["ec2"]))
      .map(({ resource, role }) => ({ ...role, at: [resource], certain: true, machines: [], services: ["ec2"] }));
  }

  /** Any role of the program. */
  of(resource: StackResource): Role {
    return this.policies.of(resource);
  }

  /** The roles that a machine carries: several where its profile is one of several. */
  ofMachine(machine: Machine): readonly MachineRole[] {
    return this.carried(machine).flatMap(({ key }) => this.made.get(key) ?? []);
  }

  /** The roles that an instance profile of the program holds. */
  ofProfile(profile: StackResource): readonly MachineRole[] {
    return this.carriedBy(profile).flatMap(({ key }) => this.made.get(key) ?? []);
  }

  /** The instance profiles of the program that a machine may take its role from. */
  profilesOf({ profile, resource }: Machine): readonly StackResource[] {
    if (!profile || profile === "hidden" || profile.target !== "instance profile") return [];
    return this.graph.follow(this.graph.get(profile.source.urn) ?? resource, profile).candidates;
  }

  private collect(machine: Machine): void {
    for (const carried of this.carried(machine)) {
      const draft = this.draft(carried);
      const place = placeOf(machine, this.graph);
      if (!isOwn(carried.role)) draft.at.set(place.urn, place);
      if (!carried.certain || machine.ambiguous) continue;
      draft.services.add(machine.launch.service?.principal ?? "ec2");
      if (!isStoodIn(machine)) draft.machines.push(machine);
    }
  }

  private collectProfile(profile: StackResource): void {
    for (const carried of this.carriedBy(profile)) {
      const draft = this.draft(carried);
      if (carried.certain) draft.services.add("ec2");
      if (!isOwn(carried.role) && draft.at.size === 0) draft.at.set(profile.urn, profile);
    }
  }

  private draft({ key, role, certain }: Carried): Draft {
    const known = this.drafts.get(key);
    const draft = known ?? { role, at: new Map(), machines: [], services: new Set(), certain };
    if (certain) draft.certain = true;
    if (role.resource && isOwn(role)) draft.at.set(role.resource.urn, role.resource);
    this.drafts.set(key, draft);
    return draft;
  }

  private carried(machine: Machine): readonly Carried[] {
    const known = this.byMachine.get(machine) ?? this.follow(machine);
    this.byMachine.set(machine, known);
    return known;
  }

  private follow(machine: Machine): readonly Carried[] {
    const { launch, origin, resource, profile } = machine;
    if (profile === "hidden") {
      const waitsFor = origin.kind === "hidden" ? origin.waitsFor : undefined;
      return [hidden({ source: launch.template?.source ?? { urn: resource.urn, path: launch.path }, waitsFor })];
    }
    if (!profile) {
      const { source } = machine.option("httpTokens");
      return launch.madeBy === undefined ? [] : [hidden({ source, waitsFor: launch.madeBy })];
    }
    const from = this.graph.get(profile.source.urn) ?? resource;
    if (profile.target === "role") return this.roles(from, profile);
    const link = this.graph.follow(from, profile);
    if (link.candidates.length === 0) return [hidden({ source: profile.source, waitsFor: outside(from, profile) })];
    if (link.candidates.length > MAX_CANDIDATES) return [tooMany(link, profile)];
    return link.candidates.flatMap((each) => doubted(this.carriedBy(each), link));
  }

  /** What an instance profile holds. */
  private carriedBy(profile: StackResource): readonly Carried[] {
    const known = this.byProfile.get(profile.urn) ?? this.read(profile);
    this.byProfile.set(profile.urn, known);
    return known;
  }

  private read(profile: StackResource): readonly Carried[] {
    const shown = shownOf(profile);
    if (shown) return roleInProfile(Cursor.of(profile.urn, shown)).flatMap((to) => this.roles(profile, to));
    const waitsFor = `instance profile ${label(profile)}, which this run does not evaluate`;
    return [hidden({ source: { urn: profile.urn, path: "" }, waitsFor })];
  }

  private roles(from: StackResource, to: Reference): readonly Carried[] {
    const link = this.graph.follow(from, to);
    if (link.candidates.length === 0) {
      return [{ key: outsideKey(from, to), role: this.policies.outside(from, to), certain: true }];
    }
    if (link.candidates.length > MAX_CANDIDATES) return [tooMany(link, to)];
    const found = link.candidates.map((each) => ({ key: each.urn, role: this.policies.of(each), certain: true }));
    return doubted(found, link);
  }
}

/** Of several candidates for one reference, none is certain. */
function doubted(found: readonly Carried[], { candidates, all }: Link): readonly Carried[] {
  return candidates.length > 1 && !all ? found.map((each) => ({ ...each, certain: false })) : found;
}

function tooMany({ candidates }: Link, { source, target }: Reference): Carried {
  return hidden({ source, waitsFor: `one of ${String(candidates.length)} ${target}s` });
}

/** A role behind something that the program does not show. */
function hidden(unseen: Unseen): Carried {
  const role: Role = {
    resource: undefined,
    label: "a role that is not known",
    identity: { name: undefined, path: undefined, account: undefined, partition: undefined, tags: undefined },
    trust: undefined,
    policies: [],
    boundary: undefined,
    unseen: [unseen],
  };
  return { key: `hidden ${unseen.source.urn} ${unseen.source.path} ${unseen.waitsFor ?? ""}`, role, certain: true };
}

/** Whether the program makes the role, so that findings are about it. */
function isOwn({ resource }: Role): boolean {
  return resource !== undefined && !isRead(resource);
}

/** Where a machine names its profile: in itself, or in a template of the program that is not only read. */
function placeOf({ profile, resource }: Machine, graph: Graph): StackResource {
  const owner = profile && profile !== "hidden" ? graph.get(profile.source.urn) : undefined;
  return owner && !isRead(owner) ? owner : resource;
}

/** A template whose machines take the profile from it is named by them. */
function isStoodIn(machine: Machine): boolean {
  return machine.users.some((user) => !user.ambiguous && user.profile === machine.launch.profile);
}

function finished({ role, at, machines, services, certain }: Draft): MachineRole[] {
  const [first, ...others] = [...at.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return first ? [{ ...role, at: [first, ...others], certain, machines, services: [...services].sort() }] : [];
}
