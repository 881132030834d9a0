import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import { aws } from "./aws";
import type { ImdsUsageAlarmArgs } from "./guard-args";
import { planAlarms, type Measure } from "./plan/alarm";
import { inputOf, refuse, transformed } from "./shell";

/**
 * Alarms on calls of the metadata service without a token: software that still needs version 1, or somebody who tries a
 * forged request. The metrics are free, and machines send them without detailed monitoring.
 */
export class ImdsUsageAlarm extends pulumi.ComponentResource {
  /** ARNs of the alarms. */
  readonly alarmArns: pulumi.Output<string[]>;
  /** The resources behind it. */
  readonly nodes: { readonly alarms: readonly Aws.cloudwatch.MetricAlarm[] };

  constructor(name: string, args: ImdsUsageAlarmArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:ImdsUsageAlarm", name, {}, opts);
    const { problems, alarms: planned, threshold, period } = planAlarms(args);
    refuse(`ImdsUsageAlarm ${name}`, problems);
    const alarms = planned.map(
      ({ suffix, description, measure }) =>
        new (aws().cloudwatch.MetricAlarm)(
          `${name}-${suffix}`,
          ...transformed<Aws.cloudwatch.MetricAlarmArgs>(
            args.transform?.alarm,
            {
              alarmDescription: description,
              comparisonOperator: "GreaterThanThreshold",
              threshold,
              evaluationPeriods: 1,
              ...measured(measure, period),
              // A machine without such a call sends 0, one that is stopped nothing.
              treatMissingData: "notBreaching",
              alarmActions: [...(args.alarmActions ?? [])],
              tags: { ...args.tags },
            },
            { parent: this },
          ),
        ),
    );
    this.alarmArns = pulumi.all(alarms.map(({ arn }) => arn));
    this.nodes = { alarms };
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}

function measured(measure: Measure, period: number): Partial<Aws.cloudwatch.MetricAlarmArgs> {
  if ("expression" in measure) {
    return { metricQueries: [{ id: "calls", expression: measure.expression, period, returnData: true }] };
  }
  const dimensions = Object.entries(measure.dimensions).map(([name, value]) => [name, inputOf(value)] as const);
  return {
    namespace: "AWS/EC2",
    metricName: measure.metric,
    dimensions: Object.fromEntries(dimensions),
    statistic: "Sum",
    period,
  };
}
