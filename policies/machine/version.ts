/** Which version of a launch template a launcher starts, and whether that is the one the program describes. */
import { boolean, integer } from "./cursor";
import { is, isKnown, type Fact } from "./fact";
import type { Link } from "./links";
import type { Reading, Reference } from "./launch";
import { isUnknown, type StackResource } from "./resource";

/** What a reference to a launch template launches. */
export interface LaunchedVersion {
  /** Whether the machines start from what the program describes; undefined where that cannot be told. */
  readonly described: boolean | undefined;
  /** Why changes to the template do not reach the machines. */
  readonly stale: "default" | "pinned" | undefined;
  /** The version for a message: "$Default", "version 2", "a version that is not known yet". */
  readonly seen: string;
}

/** Judges the version of a reference that leads to a template of the stack. */
export function launchedVersion(
  reference: Reference,
  link: Link,
  template: StackResource,
  reading: Reading,
): LaunchedVersion {
  const { version } = reference;
  if (version.state === "absent" || is(version, "$Default")) return launchedDefault(template, reading);
  if (is(version, "$Latest")) return { described: true, stale: undefined, seen: "$Latest" };
  if (!isKnown(version)) {
    // The template's own output, where the property depends on nothing else and that output is not known either.
    const outputs = [outputNumber(template, "latestVersion"), outputNumber(template, "defaultVersion")];
    const isOwn = link.closed && outputs.includes(undefined);
    return { described: isOwn ? true : undefined, stale: undefined, seen: "a version that is not known yet" };
  }
  return launchedNumber(version, template);
}

function launchedDefault(template: StackResource, reading: Reading): LaunchedVersion {
  const seen = "$Default";
  const updates = reading.updatesDefaultVersion;
  if (isNew(template) || (updates && isKnown(updates) && boolean(updates.value) === true)) {
    return { described: true, stale: undefined, seen };
  }
  if (updates?.state === "unknown") return { described: undefined, stale: undefined, seen };
  const [latest, current] = [outputNumber(template, "latestVersion"), outputNumber(template, "defaultVersion")];
  const same = latest !== undefined && latest === current;
  // A template with a single version may have been created by this very run, and one that is only read has no
  // updateDefaultVersion to set: for both, the default is wrong only once it lags behind.
  const lags = !same || (latest > 1 && template.inputs !== undefined);
  return { described: same, stale: lags ? "default" : undefined, seen };
}

function launchedNumber(version: Fact, template: StackResource): LaunchedVersion {
  const number = isKnown(version) ? integer(version.value) : undefined;
  if (number === undefined || number < 1) return { described: undefined, stale: undefined, seen: "no valid version" };
  const seen = `version ${String(number)}`;
  const latest = outputNumber(template, "latestVersion") ?? (isNew(template) ? 1 : undefined);
  if (latest === undefined || number > latest) return { described: undefined, stale: undefined, seen };
  return { described: number === latest, stale: number < latest ? "pinned" : undefined, seen };
}

/** Whether this run creates the template: nothing that AWS gives it is known yet. */
function isNew(template: StackResource): boolean {
  if (template.created !== undefined) return template.created;
  const given = ["id", "launchTemplateId", "arn"].map((key) => template.outputs[key]);
  return !given.some((value) => typeof value === "string" && value !== "" && !isUnknown(value));
}

function outputNumber(template: StackResource, key: "latestVersion" | "defaultVersion"): number | undefined {
  return integer(template.outputs[key] ?? template.outputs[`${key}Number`]);
}
