/** Machines as they will be launched: their own parameters over those of the template and version they start from. */
import type { MachineRole, Role as IamRole } from "../iam/role";
import { isAlarm } from "./alarms";
import { attachmentOf } from "./attachments";
import { unbuiltLaunchers } from "./unbuilt";
import { Cursor } from "./cursor";
import type { Fact, Source, Unknown } from "./fact";
import type { Attribute, Launch, Reading, Reference, Role, Tags, UserData } from "./launch";
import { Graph, MAX_CANDIDATES, outside, type Link } from "./links";
import { isNetworkPart } from "./network";
import { mergeTags, NO_TAGS, type Reader } from "./parts";
import { READERS } from "./readers";
import { isPatchTask } from "./patch-tasks";
import { isRead, label, shownOf, type StackResource } from "./resource";
import { Roles } from "./roles";
import { concernsSecrets, secretsOf, type SecretValue } from "./secrets";
import { isTarget } from "./targets";
import { launchedVersion, type LaunchedVersion } from "./version";

/** Where a machine takes what its own parameters leave open. */
export type Origin =
  /** Nowhere: account, image and EC2 itself decide. */
  | { readonly kind: "nothing" }
  /** From another resource, which only the whole stack can show. */
  | { readonly kind: "pending" }
  /** From something that the program does not show. */
  | { readonly kind: "hidden"; readonly waitsFor: string | undefined }
  /** From this template. */
  | { readonly kind: "template"; readonly template: Machine };

/** A resource and what the model reads from it. */
export interface Subject {
  readonly resource: StackResource;
  readonly reading: Reading;
  /** Read with `.get()`: context to follow, never to judge. */
  readonly isRead: boolean;
  /** The name of the error, where a reader failed: then nothing else is known of the resource. */
  readonly fault?: string;
}

/** One machine as it will be launched; or a template or an account default, judged on its own. */
export class Machine {
  /** Templates: the machines of the stack that launch from it. */
  readonly users: Machine[] = [];

  constructor(
    readonly subject: Subject,
    readonly launch: Launch,
    readonly origin: Origin,
    /** Other machines that this launch may mean instead: one reference with several candidates. */
    readonly ambiguous: boolean,
    /** The launch template version, where a template of the stack is named. */
    readonly version: LaunchedVersion | undefined,
    /** The template that is named, whichever version is launched. */
    readonly named: Machine | undefined,
  ) {}

  get resource(): StackResource {
    return this.subject.resource;
  }

  get role(): Role {
    return this.subject.reading.role;
  }

  /** What EC2 gets for an option: launch parameters first, then the template's. */
  option(attribute: Attribute): Fact {
    const own = this.launch.options[attribute];
    if (own.state !== "absent" || !this.launch.expresses.has(attribute)) return own;
    const source = this.launch.template?.source ?? own.source;
    switch (this.origin.kind) {
      case "nothing":
        return this.launch.madeBy === undefined ? own : { state: "unknown", source, waitsFor: this.launch.madeBy };
      case "pending":
        return { state: "inherited", source };
      case "hidden":
        return unknown(source, this.origin.waitsFor);
      case "template":
        return this.origin.template.launch.options[attribute];
    }
  }

  /** Whether an option is taken from a template that the program describes. */
  takes(attribute: Attribute): boolean {
    return this.origin.kind === "template" && this.launch.options[attribute].state === "absent";
  }

  /** A part of the launch: the machine's own, or else its template's. Hidden where only the template has it. */
  part<K extends "userData" | "profile" | "image">(key: K): Launch[K] | "hidden" {
    const own = this.launch[key];
    if (own !== undefined || this.launch.template?.target === "security configuration") return own;
    if (this.origin.kind === "template") return this.origin.template.launch[key];
    return this.origin.kind === "nothing" ? undefined : "hidden";
  }

  get userData(): UserData | "hidden" | undefined {
    return this.part("userData");
  }

  get profile(): Reference | "hidden" | undefined {
    return this.part("profile");
  }

  get keyName(): Fact {
    return this.setting("keyName");
  }

  get detailedMonitoring(): Fact {
    return this.setting("detailedMonitoring");
  }

  /** A setting besides the metadata options: the machine's own, or else its template's. */
  private setting(key: "keyName" | "detailedMonitoring"): Fact {
    const own = this.launch[key];
    if (own.state !== "absent") return own;
    if (this.origin.kind === "template") return this.origin.template.launch[key];
    if (this.origin.kind === "nothing") return own;
    return this.origin.kind === "pending"
      ? { state: "inherited", source: own.source }
      : unknown(own.source, this.origin.waitsFor);
  }

  /** Tags of the launched machines: the template's, overlaid with their own. */
  get tags(): Tags {
    const inherited = this.named && this.origin.kind === "template" ? [this.named.launch.tags()] : [];
    return mergeTags([...inherited, this.launch.tags()]);
  }
}

/** All machines of a stack, or of a single resource whose stack is not known yet. */
export class Model {
  readonly graph: Graph;
  /** Resources to judge, in the order of their URNs, so that it does not depend on the engine's. */
  readonly subjects: readonly Subject[];
  /** Account defaults of the stack, read ones included. */
  readonly accountDefaults: readonly Subject[];
  /** Machines by resource, in the order of their launches. */
  private readonly byResource = new Map<string, readonly Machine[]>();
  private readonly readings = new Map<string, Subject>();
  private readonly takenOver = new Map<string, string>();
  private readonly addedTags = new Map<string, Tags>();

  private knownRoles: Roles | undefined;
  private knownMachineRoles: readonly MachineRole[] | undefined;
  private knownSecrets: readonly SecretValue[] | undefined;

  private constructor(
    resources: readonly StackResource[],
    /** Whether the whole stack is there, so that what is not found is outside of it. */
    readonly complete: boolean,
    /** Secrets that are known from elsewhere: the stack's configuration, what a run has shown before. */
    private readonly given: () => readonly SecretValue[],
  ) {
    this.graph = new Graph(resources);
    for (const resource of resources) this.read(resource);
    const all = [...this.readings.values()];
    this.subjects = all.filter((subject) => !subject.isRead).sort(byUrn);
    this.accountDefaults = all.filter(({ reading }) => reading.role === "account default");
    for (const subject of all) this.relate(subject);
    for (const component of this.unbuilt) this.relateUnbuilt(component);
    for (const subject of all) this.machinesOf(subject.resource);
  }

  static ofStack(resources: readonly StackResource[], given: () => readonly SecretValue[] = none): Model {
    return new Model(resources, true, given);
  }

  static ofResource(resource: StackResource, given: () => readonly SecretValue[] = none): Model {
    return new Model([resource], false, given);
  }

  /** What a run has shown of roles so far: those that EC2 may take count as machines' roles. */
  static ofShownRoles(resources: readonly StackResource[]): Model {
    const model = new Model(resources, false, none);
    model.knownMachineRoles = Roles.presumed(model.graph);
    return model;
  }

  /** Secrets whose value is known, of the program's resources and of its configuration; read when asked for. */
  get secrets(): readonly SecretValue[] {
    this.knownSecrets ??= [...this.given(), ...this.graph.resources.flatMap((resource) => secretsOf(resource))];
    return this.knownSecrets;
  }

  /** Components that launch machines which this model does not show, as their plugin did not run. */
  get unbuilt(): readonly StackResource[] {
    return this.complete ? unbuiltLaunchers(this.graph) : [];
  }

  /** The roles that machines carry, in the order of where they are judged; none of a single resource. */
  get machineRoles(): readonly MachineRole[] {
    return this.knownMachineRoles ?? (this.complete ? this.roles.machineRoles : []);
  }

  /** Any role of the program, with what it may do. */
  roleOf(resource: StackResource): IamRole {
    return this.roles.of(resource);
  }

  /** The roles that a machine carries: several where its profile is one of several. */
  rolesOf(machine: Machine): readonly MachineRole[] {
    return this.complete ? this.roles.ofMachine(machine) : [];
  }

  /** The roles that an instance profile holds. */
  rolesOfProfile(profile: StackResource): readonly MachineRole[] {
    return this.complete ? this.roles.ofProfile(profile) : [];
  }

  /** The instance profiles that a machine may take its role from. */
  profilesOf(machine: Machine): readonly StackResource[] {
    return this.complete ? this.roles.profilesOf(machine) : [];
  }

  /** Everything that is launched, and templates by themselves. */
  get machines(): readonly Machine[] {
    return this.subjects.flatMap(({ resource }) => this.machinesOf(resource));
  }

  private get roles(): Roles {
    this.knownRoles ??= new Roles(this.graph, this.machines);
    return this.knownRoles;
  }

  /** Whether resources of a type are judged, or say something about those that are. */
  static reads(type: string): boolean {
    return READERS.has(type);
  }

  /** Whether the model looks at a type at all: it reads it, or follows references to it. */
  static knows(type: string): boolean {
    return READERS.has(type) || Model.follows(type) || concernsSecrets(type);
  }

  /** Whether what machines refer to leads to resources of a type: what the program sets on them is needed too. */
  static follows(type: string): boolean {
    const isEvidence = isNetworkPart(type) || isAlarm(type) || isPatchTask(type);
    return isTarget(type) || attachmentOf(type) !== undefined || isEvidence;
  }

  /** What the model reads from a resource; undefined for other types and for what was not evaluated. */
  readingOf(resource: StackResource): Reading | undefined {
    return this.readings.get(resource.urn)?.reading;
  }

  /** What takes over the machines of a group or template, in words: an ECS capacity provider, a component's node group. */
  takenOverBy(resource: StackResource): string | undefined {
    return this.takenOver.get(resource.urn);
  }

  /** The machines that a resource launches; a template is one by itself. */
  machinesOf(resource: StackResource): readonly Machine[] {
    const known = this.byResource.get(resource.urn);
    if (known) return known;
    const subject = this.readings.get(resource.urn);
    const made = subject ? this.launches(subject) : [];
    this.byResource.set(resource.urn, made);
    for (const machine of made) machine.named?.users.push(machine);
    return made;
  }

  private read(resource: StackResource): void {
    const reader = READERS.get(resource.type);
    if (!reader) return;
    const properties = shownOf(resource);
    if (!properties) return;
    const cursor = Cursor.of(resource.urn, properties);
    this.readings.set(resource.urn, { resource, isRead: isRead(resource), ...tryRead(reader, cursor, resource) });
  }

  /** What a resource does to groups of machines: take them over, or tag them. */
  private relate({ resource, reading: { takesOver, addsTags } }: Subject): void {
    const groups = (to: Reference): readonly StackResource[] => this.graph.follow(resource, to).candidates;
    if (takesOver)
      for (const group of groups(takesOver)) this.takenOver.set(group.urn, `the capacity provider ${label(resource)}`);
    if (!addsTags) return;
    for (const { urn } of groups(addsTags.to)) {
      this.addedTags.set(urn, mergeTags([this.addedTags.get(urn) ?? NO_TAGS, addsTags.tags]));
    }
  }

  /** A node group of which nothing but its arguments is seen runs containers on what launches from its template. */
  private relateUnbuilt(component: StackResource): void {
    for (const urn of component.propertyDependencies["launchTemplate"] ?? []) {
      this.takenOver.set(urn, `the node group ${label(component)}`);
    }
  }

  private launches(subject: Subject): Machine[] {
    const taken = new Set<string>();
    const added = this.addedTags.get(subject.resource.urn);
    return subject.reading.launches.flatMap((read) => {
      const launch = added ? { ...read, tags: () => mergeTags([read.tags(), added]) } : read;
      const key = sharedKey(launch);
      if (key !== undefined && taken.has(key)) return [];
      const machines = this.launched(subject, launch);
      if (key !== undefined && machines.length > 1) taken.add(key);
      return machines;
    });
  }

  private launched(subject: Subject, launch: Launch): Machine[] {
    const machine = (origin: Origin, ambiguous = false, version?: LaunchedVersion, named?: Machine): Machine =>
      new Machine(subject, launch, origin, ambiguous, version, named);
    if (!launch.template) return [machine({ kind: "nothing" })];
    if (!this.complete) return [machine({ kind: "pending" })];
    const reference = launch.template;
    const link = this.graph.follow(subject.resource, reference);
    const { candidates } = link;
    if (candidates.length === 0) return [machine({ kind: "hidden", waitsFor: outside(subject.resource, reference) })];
    const ambiguous = candidates.length > 1 && !link.all;
    if (ambiguous && candidates.length > MAX_CANDIDATES) {
      return [machine({ kind: "hidden", waitsFor: `one of ${String(candidates.length)} ${reference.target}s` })];
    }
    return candidates.map((candidate) => {
      const [origin, version, named] = this.originIn(reference, link, candidate);
      return machine(origin, ambiguous, version, named);
    });
  }

  private originIn(
    reference: Reference,
    link: Link,
    candidate: StackResource,
  ): [Origin, LaunchedVersion | undefined, Machine | undefined] {
    const [template] = this.machinesOf(candidate);
    const reading = this.readingOf(candidate);
    const what = `${reference.target} ${label(candidate)}`;
    if (!template || !reading) {
      return [{ kind: "hidden", waitsFor: `${what}, which this run does not evaluate` }, undefined, undefined];
    }
    if (reference.target !== "launch template") return [{ kind: "template", template }, undefined, template];
    const version = launchedVersion(reference, link, candidate, reading);
    const origin: Origin =
      version.described === true
        ? { kind: "template", template }
        : { kind: "hidden", waitsFor: `${version.seen} of ${what}, which may differ from what the program describes` };
    return [origin, version, template];
  }
}

function none(): readonly SecretValue[] {
  return [];
}

/** A fault of one reader must not take the rest of the stack with it. */
function tryRead(
  reader: Reader,
  properties: Cursor,
  { urn, outputs }: StackResource,
): Pick<Subject, "reading" | "fault"> {
  try {
    return { reading: reader(properties, Cursor.of(urn, outputs)) };
  } catch (error) {
    return { reading: { role: "machine", launches: [] }, fault: error instanceof Error ? error.name : typeof error };
  }
}

/** Launches of a list that mean all of the same templates have one key: the first of them stands for the others. */
function sharedKey({ template, saysNothing }: Launch): string | undefined {
  if (!template?.oneOfMany || !saysNothing) return undefined;
  const { id, name, arn, version, property } = template;
  if ([id, name, arn].some((part) => part.state === "known")) return undefined;
  return `${property} ${version.state === "known" ? JSON.stringify(version.value) : version.state}`;
}

function unknown(source: Source, waitsFor: string | undefined): Unknown {
  return { state: "unknown", source, ...(waitsFor !== undefined && { waitsFor }) };
}

function byUrn(a: Subject, b: Subject): number {
  return a.resource.urn < b.resource.urn ? -1 : 1;
}
