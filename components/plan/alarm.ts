/** Which alarms watch metadata calls without a token, and for whom. */
import type { ImdsUsageAlarmArgs, TokenMetric } from "../guard-args";
import { found, type Problem } from "./problems";
import { keysOf } from "./keys";
import { wellFormed } from "./shape";
import type { Value } from "./value";

const METRICS: readonly TokenMetric[] = ["MetadataNoToken", "MetadataNoTokenRejected"];

/** What one alarm measures: the metric of a machine or group, or of all machines by a query. */
export type Measure =
  | { readonly metric: TokenMetric; readonly dimensions: Readonly<Record<string, Value<string>>> }
  | { readonly expression: string };

export interface PlannedAlarm {
  /** What follows the component's name in that of the alarm. */
  readonly suffix: string;
  readonly description: string;
  readonly measure: Measure;
}

export interface AlarmPlan {
  readonly problems: readonly Problem[];
  readonly alarms: readonly PlannedAlarm[];
  readonly threshold: number;
  readonly period: number;
}

export function planAlarms(given: ImdsUsageAlarmArgs): AlarmPlan {
  const { args, problems } = wellFormed("ImdsUsageAlarm", given);
  const { metrics = METRICS, threshold = 0, period = 300 } = args;
  return {
    problems: [...problems, ...problemsOf(args, metrics, threshold, period)],
    alarms: [...new Set(metrics)].flatMap((metric) => alarmsOf(metric, args)),
    threshold,
    period,
  };
}

function alarmsOf(metric: TokenMetric, { instanceIds, autoScalingGroupNames }: ImdsUsageAlarmArgs): PlannedAlarm[] {
  const of = (dimension: string, kind: string, values: readonly Value<string>[]): PlannedAlarm[] =>
    keysOf(values).map(([key, value]) => ({
      suffix: `${metric}-${kind}-${key}`,
      description: describe(metric),
      measure: { metric, dimensions: { [dimension]: value } },
    }));
  if (instanceIds === undefined && autoScalingGroupNames === undefined) {
    // Without a dimension, only machines with detailed monitoring would be in the sum.
    const expression = `SELECT SUM(${metric}) FROM SCHEMA("AWS/EC2", InstanceId)`;
    return [{ suffix: metric, description: describe(metric), measure: { expression } }];
  }
  return [
    ...of("InstanceId", "instance", instanceIds ?? []),
    ...of("AutoScalingGroupName", "group", autoScalingGroupNames ?? []),
  ];
}

function describe(metric: TokenMetric): string {
  return metric === "MetadataNoToken"
    ? "Something read instance metadata without a token"
    : "Something tried to read instance metadata without a token, and was refused";
}

function problemsOf(
  { instanceIds, autoScalingGroupNames, alarmActions = [] }: ImdsUsageAlarmArgs,
  metrics: readonly TokenMetric[],
  threshold: number,
  period: number,
): readonly Problem[] {
  return found(
    metrics.length === 0 && { property: "metrics", reason: 'name one, e.g. "MetadataNoToken", or leave it out.' },
    nobody("instanceIds", instanceIds, autoScalingGroupNames),
    nobody("autoScalingGroupNames", autoScalingGroupNames, instanceIds),
    !(Number.isFinite(threshold) && threshold >= 0) && { property: "threshold", reason: "write a number from 0." },
    !isPeriod(period) && { property: "period", reason: "write seconds as a multiple of 60 up to 86400, e.g. 300." },
    // CloudWatch API Reference, PutMetricAlarm.
    alarmActions.length > 5 && { property: "alarmActions", reason: "an alarm starts up to five: use a topic of SNS." },
  );
}

function isPeriod(period: number): boolean {
  return Number.isInteger(period) && period >= 60 && period <= 86_400 && period % 60 === 0;
}

function nobody(property: string, list?: readonly unknown[], others: readonly unknown[] = []): Problem | false {
  const reason = "an empty list watches nobody: leave it out to watch every machine of the account in the region.";
  return list?.length === 0 && others.length === 0 && { property, reason };
}
