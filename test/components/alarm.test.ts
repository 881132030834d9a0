import type { RunResult } from "../../cli/host";
import type { ImdsUsageAlarmArgs } from "../../components/guard-args";
import { planAlarms } from "../../components/plan/alarm";
import { inputsOf, run, strictFindings } from "./harness";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

let made: RunResult;
beforeAll(async () => {
  made = await run("guards");
}, 120_000);

test("every machine is watched by an alarm that acts or is seen, and nothing else is found", () => {
  expect([made.outcome, made.errors]).toEqual([{ kind: "completed" }, []]);
  expect(strictFindings(made.resources, ["imds-usage-alarm"])).toEqual([]);
});

test.each(["machines", "groups", "everything"])("without the alarms %s its machines are not", (component) => {
  const others = made.resources.filter(({ name, type }) => type !== ALARM || !name.startsWith(component));
  const found = strictFindings(others, ["imds-usage-alarm"]);
  expect(new Set(found.map(({ policy }) => policy))).toEqual(new Set(["imds-usage-alarm"]));
});

test("an alarm on a machine", () => {
  expect(inputsOf(made, ALARM, "machines-MetadataNoToken-instance-0")).toMatchObject({
    namespace: "AWS/EC2",
    metricName: "MetadataNoToken",
    dimensions: { InstanceId: expect.stringMatching(/^i-/) as string },
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    alarmActions: [expect.stringContaining(":sns:")],
  });
});

test("an alarm on a group, changed by a transform", () => {
  expect(inputsOf(made, ALARM, "groups-MetadataNoTokenRejected-group-0")).toMatchObject({
    dimensions: { AutoScalingGroupName: expect.any(String) as string },
    threshold: 10,
    period: 60,
    okActions: [expect.stringContaining(":sns:")],
  });
});

test("an alarm on every machine of the account in the region", () => {
  const alarm = inputsOf(made, ALARM, "everything-MetadataNoToken");
  expect(alarm).toMatchObject({
    metricQueries: [
      {
        id: "calls",
        expression: 'SELECT SUM(MetadataNoToken) FROM SCHEMA("AWS/EC2", InstanceId)',
        period: 300,
        returnData: true,
      },
    ],
  });
  expect(alarm).not.toHaveProperty("metricName");
});

test("alarms belong to their component", () => {
  const component = made.resources.find(({ type }) => type === "ec2-hardening:index:ImdsUsageAlarm");
  const alarms = made.resources.filter(({ type, name }) => type === ALARM && name.startsWith("machines"));
  expect(alarms).toHaveLength(4);
  expect(new Set(alarms.map(({ parent }) => parent))).toEqual(new Set([component?.urn]));
});

const wrong = (args: object): string[] =>
  planAlarms(args as ImdsUsageAlarmArgs).problems.map(({ property }) => property);

test.each<[object, string[]]>([
  [{}, []],
  [{ instanceIds: ["i-1"], autoScalingGroupNames: [] }, []],
  [{ instanceIds: [], autoScalingGroupNames: ["web"] }, []],
  [{ instanceIds: [] }, ["instanceIds"]],
  [{ autoScalingGroupNames: [] }, ["autoScalingGroupNames"]],
  [{ instanceIds: [], autoScalingGroupNames: [] }, ["instanceIds", "autoScalingGroupNames"]],
  [{ metrics: [] }, ["metrics"]],
  [{ metrics: ["MetadataNoToken", "CPUUtilization"] }, ["metrics[1]"]],
  [{ threshold: -1, period: 90 }, ["threshold", "period"]],
  [{ threshold: Number.NaN, period: 0 }, ["threshold", "period"]],
  [{ period: 86_460 }, ["period"]],
  [{ alarmActions: Array.from({ length: 6 }, () => "arn:aws:sns:eu-central-1:111122223333:a") }, ["alarmActions"]],
])("%j is wrong at %j", (args, properties) => {
  expect(wrong(args)).toEqual(properties);
});

test("a metric that is named twice has one alarm", () => {
  const { alarms } = planAlarms({ metrics: ["MetadataNoToken", "MetadataNoToken"] });
  expect(alarms.map(({ suffix }) => suffix)).toEqual(["MetadataNoToken"]);
});
