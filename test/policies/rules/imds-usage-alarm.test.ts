import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-usage-alarm";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const instance = (more: Record<string, unknown> = {}, id?: string): Written =>
  resource("Instance", "web", { metadataOptions: HARDENED, ...more }, id === undefined ? {} : { outputs: { id } });
const alarm = (more: Record<string, unknown> = {}, edges?: Record<string, readonly string[]>): Written =>
  resource(
    ALARM,
    "alarm",
    { namespace: "AWS/EC2", metricName: "MetadataNoToken", threshold: 0, ...more },
    edges ? { edges } : {},
  );
const on = (InstanceId: unknown) => ({ dimensions: { InstanceId } });
const onWeb = (more: Record<string, unknown> = {}) => alarm({ ...on(unknown), ...more }, { dimensions: ["web"] });
/** One metric, a formula that no data is returned of, and one that decides over the latter. */
const math = (metric: string, id: string, expression: unknown) =>
  alarm(
    {
      metricName: undefined,
      metricQueries: [
        { id: metric, metric: { namespace: "AWS/EC2", metricName: "MetadataNoToken", ...on(unknown) } },
        { id: "cpu", metric: { namespace: "AWS/EC2", metricName: "CPUUtilization", ...on(unknown) } },
        { id: "e", expression },
        { id: "decides", expression: `MAX(${id})`, returnData: true },
      ],
    },
    { metricQueries: ["web"] },
  );
const select = (expression: unknown) => alarm({ metricName: undefined, metricQueries: [{ id: "q", expression }] });
const VISIBLE = { metadataOptions: HARDENED };

test.each<[string, Written[], string[]]>([
  ["no alarm", [instance()], ["violation web"]],
  ["no alarm, endpoint off", [instance({ metadataOptions: { httpEndpoint: "disabled" } })], []],
  ["no alarm, endpoint unknown", [instance({ metadataOptions: { httpEndpoint: unknown } })], ["unverified web"]],
  ["an alarm on the machine", [instance(), onWeb()], []],
  ["the other metric", [instance(), onWeb({ metricName: "MetadataNoTokenRejected" })], []],
  ["a known id", [instance({}, "i-1"), alarm(on("i-1"))], []],
  ["another known id", [instance({}, "i-1"), alarm(on("i-2"))], ["violation web"]],
  ["another metric", [instance(), onWeb({ metricName: "CPUUtilization" })], ["violation web"]],
  ["another namespace", [instance(), onWeb({ namespace: "Custom" })], ["violation web"]],
  ["an unknown metric", [instance(), onWeb({ metricName: unknown })], ["unverified web"]],
  ["unknown dimensions", [instance(), alarm({ dimensions: unknown }, { dimensions: ["web"] })], ["unverified web"]],
  ["an id that waits for nothing that is shown", [instance(), alarm(on(unknown))], ["unverified web"]],
  ["an id from outside", [instance(), alarm(on(unknown), { dimensions: [] })], ["violation web"]],
  ["one of two machines", [instance(), resource("Instance", "db", VISIBLE), onWeb()], ["violation db"]],
  [
    "only plain dependencies are left",
    [
      instance(),
      resource(
        ALARM,
        "alarm",
        { namespace: "AWS/EC2", metricName: "MetadataNoToken", ...on(unknown) },
        { dependsOn: ["web"] },
      ),
    ],
    [],
  ],
  ["no dimension, detailed monitoring", [instance({ monitoring: true }), alarm()], []],
  ["no dimension, basic monitoring", [instance(), alarm()], ["violation web"]],
  ["no dimension, unknown monitoring", [instance({ monitoring: unknown }), alarm()], ["unverified web"]],
  [
    "all machines by a query",
    [instance(), select('SELECT SUM(MetadataNoToken) FROM SCHEMA("AWS/EC2", InstanceId)')],
    [],
  ],
  ["all metrics of the namespace", [instance(), select('SELECT MAX(MetadataNoTokenRejected) FROM "AWS/EC2"')], []],
  [
    "a query of another metric",
    [instance(), select('SELECT SUM(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)')],
    ["violation web"],
  ],
  [
    "a query over a part",
    [instance(), select(`SELECT SUM(MetadataNoToken) FROM "AWS/EC2" WHERE InstanceType = 't3'`)],
    ["violation web"],
  ],
  ["an unknown query", [instance(), select(unknown)], ["unverified web"]],
  ["math that leaves the metric out", [instance(), math("a", "cpu", "a + 1")], ["violation web"]],
  ["math over math", [instance(), math("a", "e", "FILL(a, 0)")], []],
  ["math over all metrics", [instance(), math("a", "e", "SUM(METRICS())")], []],
  ["unknown math", [instance(), math("a", "e", unknown)], []],
  [
    "a parameter may hold the id",
    [instance(), resource("aws:ssm/parameter:Parameter", "p", {}), alarm(on(unknown), { dimensions: ["p"] })],
    ["unverified web"],
  ],
  [
    "another stack holds the id of another machine",
    [instance(), resource("pulumi:pulumi:StackReference", "s", {}), alarm(on(unknown), { dimensions: ["s"] })],
    ["violation web"],
  ],
  [
    "metric math",
    [
      instance(),
      resource("Instance", "db", VISIBLE),
      alarm(
        {
          metricName: undefined,
          metricQueries: [
            { id: "e", expression: "a + b", returnData: true },
            { id: "a", metric: { namespace: "AWS/EC2", metricName: "MetadataNoToken", ...on(unknown) } },
            { id: "b", metric: { namespace: "AWS/EC2", metricName: "MetadataNoToken", ...on(unknown) } },
          ],
        },
        { metricQueries: ["web", "db"] },
      ),
    ],
    [],
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

describe("groups and services", () => {
  const lt = (options: unknown = HARDENED, more: Record<string, unknown> = {}) =>
    resource("LaunchTemplate", "lt", { name: "lt-1", metadataOptions: options, ...more });
  const asg = resource("Group", "asg", { name: "g-1", launchTemplate: { name: "lt-1", version: "$Latest" } });
  const nodes = resource("NodeGroup", "ng", { launchTemplate: { name: "lt-1", version: "$Latest" } });
  const onGroup = (name: unknown, edges?: Record<string, readonly string[]>) =>
    alarm({ dimensions: { AutoScalingGroupName: name } }, edges);

  test.each<[string, Written[], string[]]>([
    ["a group without one", [lt(), asg], ["violation asg"]],
    ["a group by its name", [lt(), asg, onGroup("g-1")], []],
    ["another group", [lt(), asg, onGroup("g-2")], ["violation asg"]],
    ["a group that is not known yet", [lt(), asg, onGroup(unknown, { dimensions: ["asg"] })], []],
    ["a template launches nothing by itself", [lt()], []],
    ["a template with the endpoint off", [lt({ httpEndpoint: "disabled" }), asg], []],
    ["no dimension, detail by the template", [lt(HARDENED, { monitoring: { enabled: true } }), asg, alarm()], []],
    [
      "launch configurations have detail",
      [
        resource("LaunchConfiguration", "lc", { name: "lc-1", metadataOptions: HARDENED }),
        resource("Group", "asg", { launchConfiguration: "lc-1" }),
        alarm(),
      ],
      [],
    ],
    ["the group of a node group", [lt(), nodes, onGroup(unknown, { dimensions: ["ng"] })], []],
    [
      "a spot fleet, by a query",
      [
        resource("SpotFleetRequest", "f", { launchSpecifications: [{ ami: "ami-1" }] }),
        select('SELECT SUM(MetadataNoToken) FROM SCHEMA("AWS/EC2", InstanceId)'),
      ],
      [],
    ],
    ["SageMaker has no metrics there", [resource("NotebookInstance", "n", { roleArn: "r" })], []],
    ["a machine of one build", [resource("InfrastructureConfiguration", "i", { name: "i" })], []],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("CloudFormation", () => {
  const web = resource(
    "aws-native:ec2:Instance",
    "web",
    { metadataOptions: HARDENED },
    { outputs: { instanceId: "i-1" } },
  );
  const native = (more: Record<string, unknown>) =>
    resource("aws-native:cloudwatch:Alarm", "alarm", { namespace: "AWS/EC2", metricName: "MetadataNoToken", ...more });
  const dimensions = (value: string) => [{ name: "InstanceId", value }];

  test.each<[string, Written[], string[]]>([
    ["a list of dimensions", [web, native({ dimensions: dimensions("i-1") })], []],
    ["another machine", [web, native({ dimensions: dimensions("i-2") })], ["violation web"]],
    [
      "metrics",
      [
        web,
        native({
          metricName: undefined,
          namespace: undefined,
          metrics: [
            {
              id: "m",
              metricStat: {
                metric: { namespace: "AWS/EC2", metricName: "MetadataNoToken", dimensions: dimensions("i-1") },
              },
            },
          ],
        }),
      ],
      [],
    ],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("actions", () => {
  const topic = ["arn:aws:sns:eu-west-1:123456789012:alarms"];

  test.each<[string, Record<string, unknown>, string[]]>([
    ["one", { alarmActions: topic }, []],
    ["one that is not known yet", { alarmActions: [unknown] }, []],
    ["none", {}, ["violation web"]],
    ["an empty list", { alarmActions: [] }, ["violation web"]],
    ["turned off", { alarmActions: topic, actionsEnabled: false }, ["violation web"]],
    ["perhaps turned off", { alarmActions: topic, actionsEnabled: unknown }, ["unverified web"]],
  ])("where they are asked for: %s", (_, more, expected) => {
    expect(verdicts(POLICY, [instance(), onWeb(more)], { requireAction: true })).toEqual(expected);
    expect(verdicts(POLICY, [instance(), onWeb(more)])).toEqual([]);
  });
});

test("another region is another set of metrics", () => {
  const web = instance({ region: "eu-west-1" });
  const all = select('SELECT SUM(MetadataNoToken) FROM SCHEMA("AWS/EC2", InstanceId)');
  expect(verdicts(POLICY, [web, { ...all, inputs: { ...all.inputs, region: "us-east-1" } }])).toEqual([
    "violation web",
  ]);
});

test("the message names the metric that can count, and the dimension of the machine", () => {
  expect(messages(POLICY, [instance()])[0]).toContain('metricName: "MetadataNoTokenRejected"');
  expect(messages(POLICY, [instance({ metadataOptions: { httpTokens: "optional" } })])[0]).toContain(
    '"MetadataNoToken"',
  );
  const template = resource("LaunchTemplate", "lt", { name: "lt-1", metadataOptions: HARDENED });
  const group = resource("Group", "asg", { launchTemplate: { name: "lt-1", version: "$Latest" } });
  expect(messages(POLICY, [template, group])[0]).toContain("AutoScalingGroupName");
  expect(messages(POLICY, [instance(), alarm()])[0]).toContain("detailed monitoring");
});
