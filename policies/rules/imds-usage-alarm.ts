import { watchesOf, type Watch } from "../machine/alarms";
import { boolean } from "../machine/cursor";
import { is } from "../machine/fact";
import { isTargetOf } from "../machine/targets";
import type { Machine, Model } from "../machine/model";
import { defineRule, effectiveEndpoint, OPEN, PASS, unverified, type Verdict } from "./rule";

interface Options {
  readonly requireAction: boolean;
}

const WHY = "nobody notices who still reads metadata without a token, or tries to";
/** Stands where a property would: the machine itself has none for this. */
const PLACE = "an alarm on MetadataNoToken";

/**
 * | endpoint | an alarm on MetadataNoToken or MetadataNoTokenRejected                | verdict    |
 * |----------|-------------------------------------------------------------------------|------------|
 * | off      |                                                                         | pass       |
 * | else     | on the machine, on its group, or on all machines at once                | pass       |
 * | else     | on the sum of all machines, of which it is no part: no detailed metrics | violation  |
 * | else     | none, or, where that is asked for, one without an action                | violation  |
 * | else     | one whose metric, machines or actions are not known                     | unverified |
 * | unknown  | none                                                                    | unverified |
 */
function check(machine: Machine, model: Model, options: Options): Verdict {
  if (machine.launch.service?.isHidden === true) return PASS;
  const endpoint = effectiveEndpoint(machine, model);
  if (endpoint === "off") return PASS;
  if (!model.complete || endpoint === "pending") return OPEN;
  const watches = watchesOf(model, machine).map((watch) => ({ watch, state: watched(machine, watch, options) }));
  if (watches.some(({ state }) => state === true)) return PASS;
  const open = watches.find(({ state }) => state === "unknown");
  if (open) return { ...placeOf(machine), kind: "unverified", waitsFor: `what the alarm ${open.watch.alarm} watches` };
  if (endpoint === "unknown") return unverified(machine, "httpEndpoint", machine.option("httpEndpoint"));
  return unwatched(machine, watches[0]?.watch);
}

function placeOf({ resource }: Machine): { source: { urn: string; path: string }; inherited: false } {
  return { source: { urn: resource.urn, path: PLACE }, inherited: false };
}

function watched(machine: Machine, watch: Watch, { requireAction }: Options): boolean | "unknown" {
  const acts = requireAction ? watch.acts : true;
  const detail = watch.needsDetail ? hasDetail(machine) : true;
  if (acts === false || detail === false) return false;
  return watch.isCertain && acts === true && detail === true ? true : "unknown";
}

function hasDetail({ detailedMonitoring: fact }: Machine): boolean | "unknown" {
  if (fact.state === "known") return boolean(fact.value) === true;
  return fact.state === "absent" ? false : "unknown";
}

function unwatched(machine: Machine, watch: Watch | undefined): Verdict {
  const because =
    watch === undefined
      ? "no alarm watches MetadataNoToken or MetadataNoTokenRejected here"
      : watch.needsDetail && hasDetail(machine) === false
        ? `the alarm ${watch.alarm} has no dimension, and only machines with detailed monitoring are in that sum`
        : `the alarm ${watch.alarm} has no action, or none that is enabled`;
  return { ...placeOf(machine), kind: "violation", reason: `${because}: ${WHY}`, fix: remedy(machine) };
}

function remedy(machine: Machine): string {
  // With tokens required no call without one succeeds: what is left to count are the attempts.
  const metric = is(machine.option("httpTokens"), "required") ? "MetadataNoTokenRejected" : "MetadataNoToken";
  const { type } = machine.resource;
  const alarm = "Add an aws.cloudwatch.MetricAlarm with";
  const one = `${alarm} namespace: "AWS/EC2", metricName: "${metric}" and dimensions:`;
  if (isTargetOf(type, "instance")) return `${one} { InstanceId: instance.id }.`;
  if (isTargetOf(type, "auto scaling group")) return `${one} { AutoScalingGroupName: group.name }.`;
  return `${alarm} metricQueries: [{ expression: 'SELECT SUM(${metric}) FROM SCHEMA("AWS/EC2", InstanceId)' }].`;
}

export const imdsUsageAlarm = defineRule<Options>({
  name: "imds-usage-alarm",
  displayName: "Watch calls of IMDS without a token",
  description: "An alarm watches the metadata calls that machines make without a token, or try to.",
  level: "disabled",
  severity: "low",
  rationale:
    "MetadataNoToken counts successful calls of version 1: what has to be found before tokens can be required. MetadataNoTokenRejected counts those that were refused: software that still breaks, or an attacker who tries a forged request. Both are free, and without an alarm nobody looks at them.",
  remediationSteps:
    "Add a CloudWatch alarm on MetadataNoToken (tokens optional) or MetadataNoTokenRejected (tokens required) of the machine, of its group, or of all machines by a Metrics Insights query.",
  tags: ["imds", "detection"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  options: {
    requireAction: {
      type: "boolean",
      default: false,
      description:
        "Report an alarm without an action that is enabled; leave it off where EventBridge or a composite alarm sees its state.",
    },
  },
  example: { requireAction: true },
  roles: ["machine"],
  remediates: false,
  check,
});
