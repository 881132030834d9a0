/** Whether a machine can be reached from the internet, or forwards what others send through it. */
import { pushTo } from "../collections";
import { perObject } from "../memo";
import { Cursor } from "./cursor";
import type { Fact, Source } from "./fact";
import type { Network, Reference } from "./launch";
import type { Graph, Link } from "./links";
import type { Machine, Model } from "./model";
import { NETWORK_TYPES, networkPart, says, type NetworkPart, type Opening } from "./network";
import { label, shownOf, type StackResource } from "./resource";

/** An answer with what shows it: words for a message, or none where the machine itself says so. */
export type Answer =
  | { readonly state: "yes"; readonly by: string }
  | { readonly state: "no" }
  | { readonly state: "unknown"; readonly source: Source; readonly waitsFor: string | undefined };

const NO: Answer = { state: "no" };

/** Where a machine stands in the network. */
export interface Exposure {
  /** It has a public IPv4 address, or an IPv6 address. */
  readonly address: Answer;
  /** It has such an address, and a security group that is open to the world. */
  readonly reachable: Answer;
  /** It takes packets that are not for itself. */
  readonly forwards: Answer;
}

const NOWHERE: Exposure = { address: NO, reachable: NO, forwards: NO };

/** The exposure of a machine in a stack that is known. */
export function exposureOf(machine: Machine, model: Model): Exposure {
  return exposuresOf(model).of(machine);
}

/** The first that says yes, else one that may. */
function either(answers: readonly Answer[]): Answer {
  return (
    answers.find(({ state }) => state === "yes") ?? answers.find(({ state }) => state === "unknown") ?? { state: "no" }
  );
}

function both(a: Answer, b: Answer): Answer {
  if (a.state === "no" || b.state === "no") return NO;
  if (a.state === "unknown") return a;
  if (b.state === "unknown") return b;
  return { state: "yes", by: [a.by, b.by].filter((words) => words !== "").join(", ") };
}

/** Of several resources of which one is meant: what they agree on. */
function agreed(answers: readonly Answer[], open: Answer): Answer {
  const [first = NO] = answers;
  return answers.every(({ state }) => state === first.state) ? first : open;
}

/** What of a machine's network its resource says, and its template where the resource leaves it open. */
interface Placed extends Network {
  /** What of it a template says that the program does not show; undefined where there is none. */
  readonly hidden: Answer | undefined;
}

type Families = readonly (4 | 6)[];

/** Something that a fixed address or an interface is given to. */
type Given<T> = ReadonlyMap<string, readonly { readonly what: T; readonly certain: boolean }[]>;

function certainOf<T>(given: readonly { readonly what: T; readonly certain: boolean }[] = []): readonly T[] {
  return given.filter(({ certain }) => certain).map(({ what }) => what);
}

class Exposures {
  readonly of = perObject((machine: Machine) => this.workedOut(machine));
  private readonly parts = new Map<string, NetworkPart>();
  private readonly letsIn = new Map<Families, Map<string, Answer>>();
  private readonly rules: Given<Opening>;
  private readonly fixed: Given<StackResource>;
  private readonly joined: Given<StackResource>;
  private readonly put: Given<Reference>;

  constructor(private readonly graph: Graph) {
    const resources = NETWORK_TYPES.flatMap((type) => graph.ofType(type));
    for (const resource of resources) {
      const shown = shownOf(resource);
      if (shown) this.parts.set(resource.urn, networkPart(resource.type, Cursor.of(resource.urn, shown)));
    }
    const all = resources.map((resource) => [resource, this.parts.get(resource.urn) ?? {}] as const);
    this.rules = this.given(all, ({ group, openings = [] }) => (group ? openings.map((what) => [group, what]) : []));
    this.fixed = this.given(all, ({ fixes = [] }, address) => fixes.map((to) => [to, address]));
    this.put = this.given(all, ({ puts }) => puts?.on.map((to) => [to, puts.group] as const) ?? []);
    this.joined = this.given(all, (part, owner) => this.joins(part, owner));
  }

  private workedOut(machine: Machine): Exposure {
    const placed = placedAt(machine);
    if (!placed) return NOWHERE;
    const interfaces = this.interfacesOf(machine, placed);
    const networks = [placed, ...interfaces.flatMap(({ urn }) => this.parts.get(urn)?.network?.() ?? [])];
    const [v4, v6] = [this.ipv4(machine, placed, interfaces), this.ipv6(placed, networks)];
    const groups = networks.flatMap(({ securityGroups }) => securityGroups);
    const added = [machine.resource, ...interfaces].flatMap(({ urn }) => certainOf(this.put.get(urn)));
    const open = (families: Families): Answer =>
      either([this.open(groups, placed, families), ...added.map((group) => this.openGroup(group, families))]);
    return {
      address: either([v4, v6]),
      // An IPv4 address may have one of IPv6 next to it, but not the other way round.
      reachable: either([both(v4, open(BOTH)), both(v6, open(IPV6))]),
      forwards: either(networks.map(({ sourceDestCheck }) => isOff(sourceDestCheck))),
    };
  }

  private given<T>(
    all: readonly (readonly [StackResource, NetworkPart])[],
    pairs: (part: NetworkPart, owner: StackResource) => readonly (readonly [Reference, T])[],
  ): Given<T> {
    const found = new Map<string, { what: T; certain: boolean }[]>();
    for (const [owner, part] of all) {
      for (const [to, what] of pairs(part, owner)) {
        const { candidates, all: every } = this.graph.follow(owner, to);
        const certain = candidates.length === 1 || every;
        for (const { urn } of candidates) pushTo(found, urn, { what, certain });
      }
    }
    return found;
  }

  private joins({ joins = [] }: NetworkPart, owner: StackResource): readonly (readonly [Reference, StackResource])[] {
    return joins.flatMap(({ machine, interface: joined }) => {
      const interfaces = joined === "itself" ? [owner] : this.graph.follow(owner, joined).candidates;
      return interfaces.map((each) => [machine, each] as const);
    });
  }

  /** Interfaces that are made apart and put on the machine, or named by it. */
  private interfacesOf({ resource }: Machine, { interfaces }: Placed): readonly StackResource[] {
    const named = interfaces.flatMap((reference) => this.follow(reference)?.candidates ?? []);
    return [...new Set([...named, ...certainOf(this.joined.get(resource.urn))])];
  }

  private ipv4({ resource }: Machine, placed: Placed, interfaces: readonly StackResource[]): Answer {
    const fixed = [resource, ...interfaces].flatMap(({ urn }) => this.fixed.get(urn) ?? []);
    const { publicAddress } = placed;
    const byAddress = fixed.map(({ what, certain }): Answer => {
      const by = `Elastic IP ${label(what)}`;
      return certain ? { state: "yes", by } : { state: "unknown", source: publicAddress.source, waitsFor: by };
    });
    return either([...byAddress, this.assigned(placed, "publicAddress", placed.subnets)]);
  }

  private ipv6(placed: Placed, [, ...interfaces]: readonly Network[]): Answer {
    const own = interfaces.map(({ ipv6 }) => answer(ipv6, "IPv6"));
    return either([...own, this.assigned(placed, "ipv6", placed.subnets)]);
  }

  /** An address that the machine asks for, or else that its subnets give. */
  private assigned(placed: Placed, kind: "publicAddress" | "ipv6", subnets: readonly Reference[]): Answer {
    const own = placed[kind];
    if (own.state !== "absent") return answer(own, kind === "ipv6" ? "IPv6" : "");
    const bySubnet = subnets.map((reference) => this.bySubnet(reference, kind));
    return either([...bySubnet, ...(placed.hidden ? [placed.hidden] : [])]);
  }

  /** A subnet that is not in the stack gives no address that anybody knows of. */
  private bySubnet(reference: Reference, kind: "publicAddress" | "ipv6"): Answer {
    const link = this.follow(reference);
    const answers = (link?.candidates ?? []).map((subnet): Answer => {
      const gives = this.parts.get(subnet.urn)?.gives;
      const given = gives && says(gives[kind]);
      if (given === undefined) return waiting(reference, `what addresses ${label(subnet)} gives`);
      return given ? { state: "yes", by: `${kind === "ipv6" ? "IPv6 of " : ""}subnet ${label(subnet)}` } : NO;
    });
    return joinedAnswer(answers, link, reference);
  }

  /** Whether one of the groups lets the world in. A group that is named and not in the stack counts as open. */
  private open(groups: readonly Reference[], { hidden, publicAddress }: Placed, families: Families): Answer {
    if (groups.length === 0) return hidden ?? this.openByDefault(publicAddress.source, families);
    const answers = groups.map((reference) => this.openGroup(reference, families));
    return either(this.isShort(groups) ? [...answers, OUTSIDE_GROUP] : answers);
  }

  /** Whether groups wait for more values than groups of the stack give, and one of the others is another stack. */
  private isShort(groups: readonly Reference[]): boolean {
    const waiting = groups.filter(({ id }) => id.state === "unknown");
    const [first] = waiting;
    const from = first && this.graph.get(first.source.urn);
    if (!from || !this.graph.takesFromOtherStack(from, first.property)) return false;
    const found = new Set(waiting.flatMap((reference) => this.follow(reference)?.candidates ?? []));
    return found.size > 0 && found.size < waiting.length;
  }

  private openGroup(reference: Reference, families: Families): Answer {
    const link = this.follow(reference);
    if (!link || link.candidates.length === 0) {
      const from = this.graph.get(reference.source.urn);
      const isOutside = from !== undefined && this.graph.leadsOut(from, reference);
      return isOutside ? OUTSIDE_GROUP : { state: "unknown", source: reference.source, waitsFor: undefined };
    }
    const answers = link.candidates.map((group) => {
      const answered = this.lets(group, families);
      return answered.state === "unknown" ? waiting(reference, `what ${label(group)} lets in`) : answered;
    });
    return joinedAnswer(answers, link, reference);
  }

  /** A machine without a group has the default one of its network, which is closed unless the program opens it. */
  private openByDefault(source: Source, families: Families): Answer {
    const defaults = this.graph.ofTarget("security group").filter(({ urn }) => this.parts.get(urn)?.isDefault === true);
    const answers = defaults.map((group) => this.lets(group, families));
    const open: Answer = { state: "unknown", source, waitsFor: "what the default security group lets in" };
    const all = agreed(answers, open);
    return all.state === "unknown" ? open : all;
  }

  /** Whether a group lets the world in, by its own rules and by those that are resources of their own. */
  private lets(group: StackResource, families: Families): Answer {
    const known = this.letsIn.get(families) ?? new Map<string, Answer>();
    this.letsIn.set(families, known);
    const answered = known.get(group.urn) ?? this.read(group, families);
    known.set(group.urn, answered);
    return answered;
  }

  private read(group: StackResource, families: Families): Answer {
    const part = this.parts.get(group.urn);
    const source = { urn: group.urn, path: "" };
    if (!part) return { state: "unknown", source, waitsFor: undefined };
    const own = (part.openings ?? []).map((what) => ({ what, certain: true }));
    const all = [...own, ...(this.rules.get(group.urn) ?? [])].filter(({ what }) => families.includes(what.family));
    return either(
      all.map(({ what, certain }): Answer => {
        if (what.state === "open" && certain) return { state: "yes", by: what.shown };
        return { state: "unknown", source: what.source, waitsFor: undefined };
      }),
    );
  }

  private follow(reference: Reference): Link | undefined {
    const from = this.graph.get(reference.source.urn);
    return from && this.graph.follow(from, reference);
  }
}

const exposuresOf = perObject((model: Model) => new Exposures(model.graph));

const BOTH: Families = [4, 6];
const IPV6: Families = [6];
const OUTSIDE_GROUP: Answer = { state: "yes", by: "a security group that is set outside this stack" };

function waiting({ source }: Reference, waitsFor: string): Answer {
  return { state: "unknown", source, waitsFor };
}

function answer(fact: Fact, by: string): Answer {
  const said = says(fact);
  if (said !== undefined) return said ? { state: "yes", by } : NO;
  return { state: "unknown", source: fact.source, waitsFor: fact.state === "unknown" ? fact.waitsFor : undefined };
}

/** The check of a machine's addresses is on unless it is turned off. */
function isOff(fact: Fact): Answer {
  if (fact.state === "absent") return NO;
  const checks = answer(fact, "");
  if (checks.state === "unknown") return checks;
  return checks.state === "yes" ? NO : { state: "yes", by: "" };
}

/** Of resources that a reference leads to: all of them, or one that is not known. */
function joinedAnswer(answers: readonly Answer[], link: Link | undefined, reference: Reference): Answer {
  if (link?.all === true) return either(answers);
  return agreed(answers, waiting(reference, "one of several, which differ"));
}

function placedAt({ launch, origin }: Machine): Placed | undefined {
  const own = launch.network?.();
  const template = origin.kind === "template" ? origin.template.launch.network?.() : undefined;
  const first = own ?? template;
  if (!first) return undefined;
  const second = template ?? first;
  const fact = (key: "publicAddress" | "ipv6"): Fact => (first[key].state === "absent" ? second[key] : first[key]);
  const list = (key: "securityGroups" | "subnets" | "interfaces"): readonly Reference[] =>
    first[key].length > 0 ? first[key] : second[key];
  return {
    publicAddress: fact("publicAddress"),
    ipv6: fact("ipv6"),
    sourceDestCheck: first.sourceDestCheck,
    securityGroups: list("securityGroups"),
    subnets: list("subnets"),
    interfaces: list("interfaces"),
    hidden:
      origin.kind === "hidden" && launch.template
        ? { state: "unknown", source: launch.template.source, waitsFor: origin.waitsFor }
        : undefined,
  };
}
