/** What reports tell of each machine: its options and where they come from, its role, and whether it can be reached. */
import { accountDefault } from "../policies/machine/defaults";
import { exposureOf, type Answer } from "../policies/machine/exposure";
import { isKnown, type Fact, type Source } from "../policies/machine/fact";
import { ATTRIBUTES, type Attribute } from "../policies/machine/launch";
import type { Machine, Model, Subject } from "../policies/machine/model";
import { label, type StackResource } from "../policies/machine/resource";
import type { ResourceRef } from "./report";

/** A machine, or a template or account default by itself. */
export interface MachineView {
  readonly resource: ResourceRef;
  /** Path of this launch within the resource; empty where it is the whole resource. */
  readonly path: string;
  readonly role: "machine" | "template" | "account default";
  /** The metadata options, in the order of EC2's API. */
  readonly options: readonly OptionView[];
  /** What it takes its open options from. */
  readonly template: TemplateView | undefined;
  /** The roles it carries: several where the program does not tell which is meant. */
  readonly roles: readonly RoleView[];
  /** `hidden`: a profile that the program does not show. */
  readonly profile: "none" | "set" | "hidden";
  /** Absent for templates and account defaults, which are not on a network. */
  readonly exposure: { readonly reachable: AnswerView; readonly forwards: AnswerView } | undefined;
  /** Templates: how many machines of the program launch from it. */
  readonly users: number;
}

/** One metadata option. */
export interface OptionView {
  readonly attribute: Attribute;
  /** `inherited`: another resource sets it that this run does not show. */
  readonly state: Fact["state"];
  /** Only a number, a boolean, or a value that EC2 knows; undefined otherwise. */
  readonly value: string | number | boolean | undefined;
  /** Where it is set, or would be. */
  readonly from: PlaceView;
  /** Who sets it, where that is not the program. */
  readonly setBy: string | undefined;
  /** What else there is to know: why it does not reach EC2, or what it waits for. */
  readonly note: string | undefined;
  /** What an account default of the program sets, where nothing else does. */
  readonly fallback: { readonly value: OptionView["value"]; readonly from: PlaceView } | undefined;
}

/** A property of a resource. */
export interface PlaceView {
  readonly resource: ResourceRef;
  readonly path: string;
}

export interface TemplateView {
  /** What kind of template: `launch template`, `launch configuration`. */
  readonly kind: string;
  /** Undefined where the program does not show it. */
  readonly resource: ResourceRef | undefined;
}

export interface RoleView {
  readonly label: string;
  /** Undefined where the role is set outside the program. */
  readonly resource: ResourceRef | undefined;
}

/** An answer, and the words that show it. */
export interface AnswerView {
  readonly state: Answer["state"];
  readonly by: string;
}

/** Values of EC2's API that a report may show. */
export const SHOWN_VALUES: Readonly<Record<Attribute, readonly string[]>> = {
  httpTokens: ["required", "optional", "no-preference"],
  httpEndpoint: ["enabled", "disabled", "no-preference"],
  httpPutResponseHopLimit: [],
  httpProtocolIpv6: ["enabled", "disabled"],
  instanceMetadataTags: ["enabled", "disabled", "no-preference"],
};

/** Every machine, template and account default that is judged, in the judge's order. */
export function machineViews(model: Model): readonly MachineView[] {
  return model.subjects.flatMap((subject) => viewsOf(subject, model));
}

function viewsOf({ resource, reading }: Subject, model: Model): readonly MachineView[] {
  const { role } = reading;
  return role === "context" ? [] : model.machinesOf(resource).map((machine) => viewOf(machine, role, model));
}

function viewOf(machine: Machine, role: MachineView["role"], model: Model): MachineView {
  const { launch, profile, resource, users } = machine;
  return {
    resource: refOf(resource),
    path: launch.path,
    role,
    options: ATTRIBUTES.map((attribute) => optionOf(machine, attribute, model)),
    template: launch.template && {
      kind: launch.template.target,
      resource: machine.named && refOf(machine.named.resource),
    },
    roles: model
      .rolesOf(machine)
      .map((each) => ({ label: each.label, resource: each.resource && refOf(each.resource) })),
    profile: profile === undefined ? "none" : profile === "hidden" ? "hidden" : "set",
    exposure: role === "machine" ? exposed(machine, model) : undefined,
    users: users.length,
  };
}

function exposed(machine: Machine, model: Model): MachineView["exposure"] {
  const { reachable, forwards } = exposureOf(machine, model);
  return { reachable: answered(reachable), forwards: answered(forwards) };
}

function answered(answer: Answer): AnswerView {
  const by = answer.state === "yes" ? answer.by : answer.state === "unknown" ? (answer.waitsFor ?? "") : "";
  return { state: answer.state, by };
}

function optionOf(machine: Machine, attribute: Attribute, model: Model): OptionView {
  const fact = machine.option(attribute);
  const { resource, role } = machine;
  return {
    attribute,
    state: fact.state,
    value: valueOf(fact, attribute),
    from: placeOf(fact.source, resource, model),
    setBy: isKnown(fact) ? fact.setBy : undefined,
    note: noteOn(fact, machine, attribute),
    fallback: fact.state === "absent" && role === "machine" ? fallbackOf(machine, attribute, model) : undefined,
  };
}

function fallbackOf(machine: Machine, attribute: Attribute, model: Model): OptionView["fallback"] {
  const fact = accountDefault(model, machine, attribute);
  if (!isKnown(fact)) return undefined;
  return { value: valueOf(fact, attribute), from: placeOf(fact.source, machine.resource, model) };
}

function valueOf(fact: Fact, attribute: Attribute): OptionView["value"] {
  if (!isKnown(fact)) return undefined;
  const { value } = fact;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return SHOWN_VALUES[attribute].find((each) => each === value);
}

function noteOn(fact: Fact, { launch }: Machine, attribute: Attribute): string | undefined {
  if (!launch.expresses.has(attribute)) return "this type of resource cannot set it";
  if (isKnown(fact)) return fact.dropped ?? (fact.mayBeDropped && "may not reach EC2");
  return fact.state === "unknown" ? fact.waitsFor : undefined;
}

function placeOf({ urn, path }: Source, resource: StackResource, model: Model): PlaceView {
  return { resource: refOf(model.graph.get(urn) ?? resource), path };
}

function refOf(resource: StackResource): ResourceRef {
  return { name: label(resource), type: resource.type, urn: resource.urn };
}
