/** Following a reference from one resource to another, the way Pulumi lets one see it. */
import { pushTo } from "../collections";
import { isKnown } from "./fact";
import type { Reference, Target } from "./launch";
import { isRead, isUnknown, type StackResource } from "./resource";
import { IDENTITIES, isTarget, isTargetOf } from "./targets";

/** Where a reference leads. */
export interface Link {
  /** Resources of the stack that are meant; none where it leads out of the stack. */
  readonly candidates: readonly StackResource[];
  /** All candidates are meant, not one of them. */
  readonly all: boolean;
  /** Whether everything the property depends on is a candidate, so that its other values come from it too. */
  readonly closed: boolean;
}

/** What the dependencies of a property lead to. */
type Targets = Pick<Link, "closed"> & { readonly list: readonly StackResource[] };

/** A list as short as this is searched as fast as a set. */
const FEW = 8;

/** More candidates than these under one reference are not told apart: each would be judged on its own. */
export const MAX_CANDIDATES = 64;

/** The resources of a stack and how they hang together. */
export class Graph {
  private readonly byUrn: ReadonlyMap<string, StackResource>;
  private readonly names = new Map<Target, ReadonlyMap<string, readonly StackResource[]>>();
  private readonly byType = new Map<string, StackResource[]>();
  /** What components made, by target and URN. */
  private readonly made = new Map<string, readonly StackResource[]>();
  private children: Map<string, StackResource[]> | undefined;
  private readonly followed = new WeakMap<readonly string[], Map<Target, Targets>>();
  private readonly members = new WeakMap<readonly StackResource[], ReadonlySet<StackResource>>();

  constructor(readonly resources: readonly StackResource[]) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) pushTo(this.byType, resource.type, resource);
  }

  get(urn: string): StackResource | undefined {
    return this.byUrn.get(urn);
  }

  hasChildren(urn: string): boolean {
    return this.childrenOf(urn).length > 0;
  }

  ofType(type: string): readonly StackResource[] {
    return this.byType.get(type) ?? [];
  }

  /** Resources that a target may be. */
  ofTarget(target: Target): readonly StackResource[] {
    return IDENTITIES[target].types.flatMap((type) => this.ofType(type));
  }

  /** Follows a reference: recorded dependencies first, then known values, then plain dependencies. */
  follow(from: StackResource, reference: Reference): Link {
    const recorded = from.propertyDependencies[reference.property];
    if (recorded && recorded.length > 0) {
      const { list, closed } = this.targets(recorded, reference.target);
      const candidates = this.fitting(list, reference);
      if (candidates.length > 0) {
        return { candidates, all: reference.oneOfMany && !certain(candidates, reference), closed };
      }
    }
    const named = this.named(reference).filter((to) => certainly(to, reference) && sameScope(from, to, reference));
    if (named.length > 0) return { candidates: named, all: false, closed: false };
    // An edge that is there and empty leads to something the engine does not show: set outside the stack.
    const wiped = recorded === undefined && isOpen(reference);
    const candidates = wiped ? this.targets(from.dependencies, reference.target).list : [];
    return { candidates, all: reference.oneOfMany, closed: true };
  }

  /** Whether what a reference means is certainly made outside of the stack, where it leads to nothing in it. */
  leadsOut(from: StackResource, reference: Reference): boolean {
    if (!isOpen(reference)) return true;
    const recorded = from.propertyDependencies[reference.property];
    return recorded?.every((urn) => this.byUrn.get(urn)?.type === STACK_REFERENCE) === true;
  }

  /** Whether something in a property comes from another stack. */
  takesFromOtherStack(from: StackResource, property: string): boolean {
    return from.propertyDependencies[property]?.some((urn) => this.byUrn.get(urn)?.type === STACK_REFERENCE) === true;
  }

  /**
   * Whether an unknown reference that leads to nothing may still mean something of the stack: no edges are recorded, or
   * they lead to what hands on a value of another resource, such as a parameter.
   */
  mayLeadAnywhere(from: StackResource, property: string): boolean {
    const recorded = from.propertyDependencies[property];
    return (
      recorded?.some((urn) => {
        const to = this.byUrn.get(urn);
        return to !== undefined && !isTarget(to.type) && to.type !== STACK_REFERENCE && !isComponent(to);
      }) ?? true
    );
  }

  /** What a property depends on, for a message: every resource of the stack that it waits for. */
  dependenciesOf(resource: StackResource, property: string): readonly StackResource[] {
    return (resource.propertyDependencies[property] ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
  }

  /**
   * Everything that a property is made of: what it depends on, what components that it depends on have made, and what
   * resources that only hand something on are made of in turn.
   */
  madeOf(resource: StackResource, property: string, through: (resource: StackResource) => boolean): StackResource[] {
    const found = new Map<string, StackResource>();
    const pending = [...(resource.propertyDependencies[property] ?? resource.dependencies)];
    for (let urn = pending.pop(); urn !== undefined; urn = pending.pop()) {
      const each = this.byUrn.get(urn);
      if (!each || found.has(urn)) continue;
      found.set(urn, each);
      if (through(each)) pending.push(...each.dependencies, ...Object.values(each.propertyDependencies).flat());
      if (isComponent(each)) pending.push(...this.childrenOf(urn).map((child) => child.urn));
    }
    return [...found.values()];
  }

  /** What dependencies lead to; of a long list, which stands behind each reference in it, worked out once. */
  private targets(urns: readonly string[], target: Target): Targets {
    const known = this.followed.get(urns)?.get(target);
    if (known) return known;
    const each = urns.map((urn) => this.expand(urn, target));
    const closed = each.every((made, i) => made.length > 0 || !this.byUrn.has(urns[i] ?? ""));
    const [first = []] = each;
    const targets = { list: each.length < 2 ? first : [...new Set(each.flat())], closed };
    if (urns.length > 1)
      this.followed.set(urns, (this.followed.get(urns) ?? new Map<Target, Targets>()).set(target, targets));
    return targets;
  }

  /** Of what a property depends on, that which the reference can mean. */
  private fitting(found: readonly StackResource[], reference: Reference): readonly StackResource[] {
    if (!PARTS.some((part) => isKnown(reference[part]))) return found;
    const named = this.among(found, reference);
    if (named.length > 0) return named;
    // Of several references in one property, a known one may be another's neighbour: only its own name will do.
    const mayBeAnother = reference.oneOfMany && !isOpen(reference);
    return mayBeAnother ? [] : found.filter((to) => !contradicts(to, reference));
  }

  /** Those of a list that the reference names. */
  private among(list: readonly StackResource[], reference: Reference): readonly StackResource[] {
    if (list.length <= FEW) return list.filter((to) => certainly(to, reference));
    const members = this.members.get(list) ?? new Set(list);
    this.members.set(list, members);
    return this.named(reference).filter((to) => members.has(to) && certainly(to, reference));
  }

  /** The resource itself if it is of the wanted type; of a component, its descendants of that type. */
  private expand(urn: string, target: Target): readonly StackResource[] {
    const resource = this.byUrn.get(urn);
    if (!resource) return [];
    const wanted = (each: StackResource): boolean => isTargetOf(each.type, target);
    if (wanted(resource)) return [resource];
    if (!isComponent(resource)) return [];
    const key = `${target} ${urn}`;
    const known = this.made.get(key) ?? this.descendants(resource).filter(wanted);
    this.made.set(key, known);
    return known;
  }

  private descendants(of: StackResource): readonly StackResource[] {
    const found = new Set<StackResource>();
    const pending = [...this.childrenOf(of.urn)];
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(...this.childrenOf(next.urn));
    }
    return [...found];
  }

  private childrenOf(urn: string): readonly StackResource[] {
    if (!this.children) {
      this.children = new Map();
      for (const resource of this.resources) if (resource.parent) pushTo(this.children, resource.parent, resource);
    }
    return this.children.get(urn) ?? [];
  }

  /** Resources of which a known part of the reference is a name, an id or an ARN. */
  private named(reference: Reference): readonly StackResource[] {
    const index = this.indexOf(reference.target);
    const keys = PARTS.flatMap((part) => {
      const wanted = reference[part];
      return isKnown(wanted) && typeof wanted.value === "string" ? [nameKey(part, wanted.value)] : [];
    });
    return [...new Set(keys.flatMap((key) => index.get(key) ?? []))];
  }

  private indexOf(target: Target): ReadonlyMap<string, readonly StackResource[]> {
    const known = this.names.get(target);
    if (known) return known;
    const index = new Map<string, StackResource[]>();
    for (const resource of this.ofTarget(target)) {
      const keys = PARTS.flatMap((part) => identityOf(resource, target, part).map((value) => nameKey(part, value)));
      for (const key of new Set(keys)) pushTo(index, key, resource);
    }
    this.names.set(target, index);
    return index;
  }
}

/** The engine does not say what is a component; the cloud's own resources are none. */
function isComponent(resource: StackResource): boolean {
  return !/^(aws|aws-native|pulumi|random|tls):/.test(resource.type);
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

const PARTS = ["id", "name", "arn"] as const;
type Part = (typeof PARTS)[number];

function nameKey(part: Part, value: string): string {
  return `${part} ${value}`;
}

/** The known values of a part of a resource's identity, from its outputs or inputs. */
function identityOf(resource: StackResource, target: Target, part: Part): readonly string[] {
  const keys = part === "arn" ? ["arn", "autoScalingGroupArn", "policyArn"] : IDENTITIES[target][part];
  const values = keys.flatMap((key) => [resource.outputs[key], resource.inputs?.[key]]);
  return values.filter((value): value is string => typeof value === "string" && value !== "" && !isUnknown(value));
}

/** Whether a known part of the reference names exactly this resource. Two absent names never do. */
function certainly(resource: StackResource, reference: Reference): boolean {
  const { arn } = reference;
  // Where both ARNs are known, the name that is taken from one of them tells nothing more.
  const parts =
    isKnown(arn) && identityOf(resource, reference.target, "arn").length > 0 ? (["arn", "id"] as const) : PARTS;
  return parts.some((part) => {
    const wanted = reference[part];
    return isKnown(wanted) && identityOf(resource, reference.target, part).some((value) => value === wanted.value);
  });
}

/** The physical name of a resource, where it is known. */
export function physicalName(resource: StackResource, target: Target): string | undefined {
  return identityOf(resource, target, "name")[0];
}

/** The last part of the ARN of a machine or a launch template, where its id is known: `instance/i-…`. */
export function arnPart(resource: StackResource): string | undefined {
  const target = isTargetOf(resource.type, "launch template") ? "launch template" : "instance";
  const [id] = isTargetOf(resource.type, target) ? identityOf(resource, target, "id") : [];
  return id === undefined ? undefined : `${target.replace(" ", "-")}/${id}`;
}

/** The ARN of a resource, where it is known. */
export function arnOf(resource: StackResource, target: Target): string | undefined {
  return identityOf(resource, target, "arn")[0];
}

/** What a reference waits for that leads to nothing in the stack; undefined where its dependencies tell. */
export function outside(resource: StackResource, reference: Reference): string | undefined {
  // Its name stays out of the message: a program may have made it from a secret.
  const isNamed = PARTS.some((part) => isKnown(reference[part]));
  const recorded = resource.propertyDependencies[reference.property];
  const [a, target] = [/^[aei]/.test(reference.target) ? "an" : "a", reference.target];
  if (isNamed || recorded?.length === 0 || isRead(resource)) return `${a} ${target} that is set outside this stack`;
  return recorded === undefined ? `${a} ${target} that is not known yet` : undefined;
}

/** Whether a known part of the reference names another resource. */
function contradicts(resource: StackResource, reference: Reference): boolean {
  return PARTS.some((part) => {
    const wanted = reference[part];
    const known = isKnown(wanted) ? identityOf(resource, reference.target, part) : [];
    return known.length > 0 && isKnown(wanted) && !known.some((value) => value === wanted.value);
  });
}

function certain(candidates: readonly StackResource[], reference: Reference): boolean {
  return candidates.length === 1 && candidates.every((to) => certainly(to, reference));
}

/** Whether the reference waits for a value, so that only dependencies can tell. */
function isOpen(reference: Reference): boolean {
  return PARTS.some((part) => reference[part].state === "unknown");
}

/** Whether two resources are made by one provider in one region. */
function sameScope(a: StackResource, b: StackResource, reference: Reference): boolean {
  if (providerOf(a) !== providerOf(b) || !sameOwner(a, b, reference)) return false;
  return IDENTITIES[reference.target].global === true || compareRegions(a, b) !== "different";
}

function sameOwner(a: StackResource, b: StackResource, reference: Reference): boolean {
  const keys = IDENTITIES[reference.target].within ?? [];
  const [ofA, ofB] = [a, b].map((each) => keys.map((key) => each.inputs?.[key]).find((value) => value !== undefined));
  return ofA === undefined || ofB === undefined || ofA === ofB || isUnknown(ofA) || isUnknown(ofB);
}

/** The identity of a provider; the default ones of any version are one. */
export function providerOf(resource: StackResource): string {
  const { provider } = resource;
  return provider === undefined || /^default(_|$)/.test(provider.name) ? "default" : provider.urn;
}

/** A resource's own region (`@pulumi/aws` 7) comes first, then its provider's; "unknown" where it waits for a value. */
export function regionOf(resource: StackResource): string | undefined {
  const own = resource.inputs?.["region"] ?? resource.outputs["region"];
  const region = typeof own === "string" && own !== "" ? own : resource.provider?.props["region"];
  if (isUnknown(region)) return "unknown";
  return typeof region === "string" && region !== "" ? region : undefined;
}

/** Whether two resources are in one region; "maybe" where one of them is not known. */
export function compareRegions(a: StackResource, b: StackResource): "same" | "different" | "maybe" {
  const [regionA, regionB] = [regionOf(a), regionOf(b)];
  if (regionA === "unknown" || regionB === "unknown") return "maybe";
  if (regionA === regionB) return "same";
  return regionA === undefined || regionB === undefined ? "maybe" : "different";
}
