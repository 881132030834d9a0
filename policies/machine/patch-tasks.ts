/** What Systems Manager does to machines on a schedule: associations and tasks of maintenance windows that patch them. */
import { boolean, Cursor, MALFORMED } from "./cursor";
import type { Tags, Target } from "./launch";
import { compareRegions, providerOf } from "./links";
import type { Machine, Model } from "./model";
import { reference } from "./parts";
import { isUnknown, label, shownOf, type StackResource } from "./resource";
import { decode } from "../userdata/decode";
import { perObject } from "../memo";
import type * as UserDataPatching from "../userdata/patching";

const ASSOCIATIONS = ["aws:ssm/association:Association", "aws-native:ssm:Association"];
const TASKS = ["aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", "aws-native:ssm:MaintenanceWindowTask"];
const TYPES: ReadonlySet<string> = new Set([...ASSOCIATIONS, ...TASKS]);

/** Whether resources of a type may patch machines. */
export function isPatchTask(type: string): boolean {
  return TYPES.has(type);
}

/** Three states: what is unknown is neither. */
type Answer = boolean | "unknown";

/** What the program's tasks do for a machine. */
export interface Patching {
  readonly state: Answer;
  /** The task that is not known to patch it, or that only looks for what is missing. */
  readonly task?: string;
}

interface Task {
  readonly resource: StackResource;
  readonly patches: Answer;
  /** Conditions that machines have to meet, all of one list. */
  readonly targets: readonly (readonly Condition[])[];
}

type Reached = Pick<Machine, "resource" | "tags">;

/** What has to hold for a machine. */
type Condition = (machine: Reached) => Answer;

/** Whether a task of Systems Manager patches a machine. */
export function patchedBySystemsManager(model: Model, machine: Machine): Patching {
  let best: Patching = { state: false };
  const tasks = tasksIn(model);
  if (tasks.length === 0) return best;
  const { resource, tags } = machine;
  for (const task of tasks) {
    const reached = inScope(task.resource, resource) ? reaches(task, { resource, tags }) : false;
    if (reached === false) continue;
    const name = label(task.resource);
    if (reached === true && task.patches === true) return { state: true };
    if (task.patches !== false) best = { state: "unknown", task: name };
    else if (best.state === false && reached === true) best = { state: false, task: name };
  }
  return best;
}

function inScope(task: StackResource, machine: StackResource): boolean {
  return providerOf(task) === providerOf(machine) && compareRegions(task, machine) !== "different";
}

function reaches({ targets }: Task, machine: Reached): Answer {
  return any(targets.map((conditions) => all(conditions.map((holds) => holds(machine)))));
}

function any(answers: readonly Answer[]): Answer {
  return answers.includes(true) ? true : answers.includes("unknown") ? "unknown" : false;
}

function all(answers: readonly Answer[]): Answer {
  return answers.includes(false) ? false : answers.includes("unknown") ? "unknown" : answers.length > 0;
}

const tasksIn = perObject((model: Model): readonly Task[] => [
  ...ASSOCIATIONS.flatMap((type) => model.graph.ofType(type)).flatMap((each) => association(model, each)),
  ...TASKS.flatMap((type) => model.graph.ofType(type)).flatMap((each) => windowTask(model, each)),
]);

function association(model: Model, resource: StackResource): readonly Task[] {
  const shown = shownOf(resource);
  if (!shown) return [];
  const properties = Cursor.of(resource.urn, shown);
  const parameters = properties.at("parameters");
  const instance = properties.at("instanceId");
  const own = instance.isAbsent ? [] : [[leadsTo(model, resource, "instance", [instance])]];
  return [
    {
      resource,
      patches: installs(properties.at("name"), (name) => parameters.at(name)),
      targets: [conditionsIn(model, resource, properties), ...own],
    },
  ];
}

function windowTask(model: Model, resource: StackResource): readonly Task[] {
  const shown = shownOf(resource);
  if (!shown) return [];
  const properties = Cursor.of(resource.urn, shown);
  const invocation = properties.block("taskInvocationParameters");
  const kinds = ["runCommandParameters", "automationParameters"];
  const blocks = [...kinds, ...kinds.map((kind) => `maintenanceWindow${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}`)];
  const block = blocks.map((kind) => invocation.block(kind)).find((each) => !each.isAbsent) ?? invocation;
  const windows = properties.items("targets").filter((target) => target.at("key").value === "WindowTargetIds");
  return [
    {
      resource,
      patches: all([
        isOpened(model, resource, properties),
        installs(properties.at("taskArn"), (name) => parameterIn(block, name)),
      ]),
      targets: [
        conditionsIn(model, resource, properties),
        ...windows.flatMap((window) => windowTargets(model, resource, window)),
      ],
    },
  ];
}

/** Whether the window of a task opens: one that is turned off runs nothing. One of another stack is taken to. */
function isOpened(model: Model, task: StackResource, properties: Cursor): Answer {
  const window = properties.at("windowId");
  const to = reference("maintenance window", window, { id: window });
  const [found] = to ? model.graph.follow(task, to).candidates : [];
  const enabled = found && Cursor.of(found.urn, shownOf(found) ?? {}).at("enabled");
  if (!enabled || enabled.isAbsent) return true;
  return enabled.isUnknown ? "unknown" : boolean(enabled.value) !== false;
}

/** A map by name, or a list of `{ name, values }`. */
function parameterIn(block: Cursor, name: string): Cursor {
  const parameters = block.at("parameters");
  if (!Array.isArray(parameters.value)) return parameters.at(name);
  const own = block.items("parameters").find((each) => each.at("name").value === name);
  return own ? own.at("values") : parameters.replace(undefined);
}

/** The targets that are registered with a window, which a task names by their ids. */
function windowTargets(model: Model, task: StackResource, window: Cursor): (readonly Condition[])[] {
  return window.items("values").flatMap((id) => {
    const to = reference("maintenance window target", id, { id, oneOfMany: true });
    const found = to ? model.graph.follow(task, to).candidates : [];
    if (found.length === 0) return id.isUnknown ? [[(): Answer => "unknown"]] : [];
    return found.map((target) => conditionsIn(model, target, Cursor.of(target.urn, shownOf(target) ?? {})));
  });
}

/** Documents of AWS that install what is missing, the first ones only where they are told to. */
const BY_OPERATION = /(?:^|\/)AWS-(?:RunPatchBaseline(?:Association|WithHooks)?|ApplyPatchBaseline)$/;
const ALWAYS =
  /(?:^|\/)AWS-(?:PatchAsgInstance|PatchInstanceWithRollback|InstallWindowsUpdates|InstallMissingWindowsUpdates)$/;
const SHELL = /(?:^|\/)AWS-RunShellScript$/;
const POWERSHELL = /(?:^|\/)AWS-RunPowerShellScript$/;

function installs(document: Cursor, parameter: (name: string) => Cursor): Answer {
  if (document.isUnknown) return "unknown";
  const name = document.text ?? "";
  if (ALWAYS.test(name)) return true;
  if (BY_OPERATION.test(name)) {
    const operation = parameter("Operation");
    const value = firstOf(operation.value);
    if (isUnknown(value)) return "unknown";
    return operation.isAbsent || value === "Install";
  }
  if (SHELL.test(name)) return runs(parameter("commands"), (text) => `#!/bin/sh\n${text}`);
  if (POWERSHELL.test(name)) return runs(parameter("commands"), (text) => `<powershell>\n${text}\n</powershell>`);
  return false;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[])[0] : value;
}

function runs(commands: Cursor, script: (text: string) => string): Answer {
  if (commands.isUnknown) return "unknown";
  const lines = Array.isArray(commands.value) ? (commands.value as readonly unknown[]) : [commands.value];
  const value = script(lines.filter((line) => typeof line === "string").join("\n"));
  const fact = { state: "known" as const, value, source: commands.source };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { patches } = require("../userdata/patching") as typeof UserDataPatching;
  return patches(decode({ fact, encoding: "plain" })) ?? "unknown";
}

/** Conditions of one list of targets: machines have to meet all of them. */
function conditionsIn(model: Model, owner: StackResource, properties: Cursor): readonly Condition[] {
  return properties
    .items("targets")
    .filter((target) => target.at("key").value !== "WindowTargetIds")
    .map((target) => conditionOf(model, owner, target));
}

function conditionOf(model: Model, owner: StackResource, target: Cursor): Condition {
  const key = target.at("key");
  if (key.isUnknown) return () => "unknown";
  const name = key.text ?? "";
  const values = target.items("values");
  if (name === "InstanceIds") {
    return values.some((value) => value.value === "*") ? () => true : leadsTo(model, owner, "instance", values);
  }
  if (name === GROUP_TAG) return leadsTo(model, owner, "auto scaling group", values);
  if (name === "tag-key") return ({ tags }) => any(values.map((value) => hasTag(tags, value, undefined)));
  if (name.startsWith("tag:")) return ({ tags }) => hasTag(tags, key.replace(name.slice(4)), values);
  // Resource groups and parameters choose by what the program does not show.
  return /^resource-groups:|^ParameterValues$|^aws:NoOp/.test(name) ? () => "unknown" : () => false;
}

/** The tag by which EC2 Auto Scaling marks the machines of a group. */
const GROUP_TAG = "tag:aws:autoscaling:groupName";

function leadsTo(model: Model, owner: StackResource, target: Target, values: readonly Cursor[]): Condition {
  const links = values.flatMap((value) => {
    const part = target === "instance" ? "id" : "name";
    const to = reference(target, value, { [part]: value, oneOfMany: true });
    return to ? [{ to, link: model.graph.follow(owner, to) }] : [];
  });
  const reached = new Set(links.flatMap(({ link }) => link.candidates.map(({ urn }) => urn)));
  const isOpen = links.some(
    ({ to, link }) =>
      link.candidates.length === 0 &&
      (to.id.state === "unknown" || to.name.state === "unknown") &&
      model.graph.mayLeadAnywhere(owner, to.property),
  );
  return ({ resource }) => (reached.has(resource.urn) ? true : isOpen ? "unknown" : false);
}

/** Whether machines carry a tag, with one of the values where some are given. */
function hasTag(tags: Tags, key: Cursor, values: readonly Cursor[] | undefined): Answer {
  if (key.isUnknown) return "unknown";
  const name = key.text ?? "";
  const fact = tags.known.get(name);
  if (fact?.state === "known") return isAmong(fact.value, values);
  if (fact?.state === "unknown" || tags.uncertain.has(name) || tags.unknown) return "unknown";
  return false;
}

function isAmong(value: unknown, values: readonly Cursor[] | undefined): Answer {
  if (!values) return true;
  if (values.some((each) => each.value !== MALFORMED && (each.value === "*" || each.value === value))) return true;
  return values.some((each) => each.isUnknown) ? "unknown" : false;
}
