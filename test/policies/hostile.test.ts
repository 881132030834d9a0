import fc from "fast-check";
import { judgePolicy, judgeStack } from "../../policies/judge";
import { ATTRIBUTES } from "../../policies/machine/launch";
import { Model } from "../../policies/machine/model";
import { NETWORK_TYPES } from "../../policies/machine/network";
import { READERS } from "../../policies/machine/readers";
import type { Properties, StackResource } from "../../policies/machine/resource";
import { remediate } from "../../policies/remediate";
import { RULES } from "../../policies/rules";
import { readSettings } from "../../policies/settings";
import { TODAY, unknown } from "./harness";

/** Stacks to try; a long run sets HOSTILE_STACKS. Each has up to eight resources, about four on average. */
const STACKS = Number(process.env["HOSTILE_STACKS"] ?? 500);

const TYPES = [
  ...READERS.keys(),
  ...NETWORK_TYPES,
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ssm/association:Association",
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
  "acme:index:Component",
  "aws:s3/bucket:Bucket",
  "pulumi:providers:aws",
  "",
];
const NAMES = ["a", "b", "c", "__proto__", "constructor", "toString", "", "\u0000\u001b[31m", "x".repeat(5000)];
const WORDS = [
  "required",
  "optional",
  "enabled",
  "disabled",
  "$Latest",
  "$Default",
  "1",
  "-1",
  "1.0",
  "64",
  "65",
  "1e400",
  "NaN",
  "true",
  "0.0.0.0/0",
  "::/0",
];

/** Properties that some reader looks at, and names that every object has. */
const KEYS = [
  ...ATTRIBUTES,
  ...["metadataOptions", "launchTemplate", "launchTemplateData", "launchConfiguration", "mixedInstancesPolicy"],
  ...["overrides", "launchTemplateSpecification", "launchTemplateConfigs", "launchSpecifications", "settings", "id"],
  ...["name", "version", "tags", "tagSpecifications", "tagsAll", "userData", "userDataBase64", "computeResources"],
  ...["configuration", "securityConfiguration", "iamInstanceProfile", "ami", "region", "networkInterfaces", "key"],
  ...[
    "solutionStackName",
    "autoScalingGroupProvider",
    "managedInstancesProvider",
    "value",
    "namespace",
    "resourceType",
  ],
  ...["ingress", "cidrBlocks", "cidrIpv6", "protocol", "fromPort", "securityGroupId", "securityGroups", "subnetId"],
  ...["associatePublicIpAddress", "mapPublicIpOnLaunch", "sourceDestCheck", "instance", "attachments"],
  ...["metricName", "dimensions", "InstanceId", "metricQueries", "expression", "targets", "values", "parameters"],
  ...["__proto__", "constructor", "hasOwnProperty", "length", "0", ""],
];

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(unknown),
  fc.constantFrom(...WORDS, ...NAMES),
  fc.constantFrom(null, true, false, 0, 1, 2, 64, 65, 1.5, -0, 1e308),
  fc.string(),
  fc.string({ unit: "binary" }).map((text) => Buffer.from(text).toString("base64")),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 6, noNullPrototype: false }),
    tie("value").map((inner) => JSON.stringify(inner)),
  ),
}));

const properties = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 }) as fc.Arbitrary<Properties>;
const urns = fc.array(fc.constantFrom(...NAMES), { maxLength: 4 });

const resources: fc.Arbitrary<StackResource[]> = fc.array(
  fc.record({
    urn: fc.constantFrom(...NAMES),
    type: fc.constantFrom(...TYPES),
    name: fc.constantFrom(...NAMES),
    inputs: fc.option(properties, { nil: undefined }),
    outputs: properties,
    parent: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
    provider: fc.option(
      fc.record({ urn: fc.constantFrom(...NAMES), name: fc.constantFrom(...NAMES), props: properties }),
      {
        nil: undefined,
      },
    ),
    dependencies: urns,
    propertyDependencies: fc.dictionary(fc.constantFrom(...KEYS), urns, { maxKeys: 4 }),
    created: fc.constantFrom(undefined, true, false),
  }),
  { maxLength: 8 },
);

const settings = readSettings({
  "imds-require-v2": {
    acceptAccountDefault: true,
    acceptAmiDefault: true,
    acceptAmis: ["a*"],
    account: { httpTokens: "required", regions: ["a"] },
  },
  "imds-hop-limit": { containerHosts: ["c*"], acceptAccountDefault: true },
});

/** Every policy in both passes, and every remediation; the messages of all findings. */
function judgeAll(stack: readonly StackResource[]): string[] {
  const early = stack.flatMap((resource) =>
    RULES.flatMap((rule) => {
      const policy = settings.get(rule.name);
      if (!policy) return [];
      if (rule.remediates && resource.inputs) remediate(rule, resource, resource.inputs, policy, TODAY);
      return judgePolicy(rule, Model.ofResource(resource), policy, TODAY).findings;
    }),
  );
  return [...early, ...judgeStack(stack, settings, TODAY).findings].map(({ message }) => message);
}

/** The judge catches what a rule throws: such a finding is a failure all the same. */
function failures(stack: readonly StackResource[]): string[] {
  return judgeAll(stack).filter((message) => message.includes("failed on this resource"));
}

test("hostile resources: nothing throws, no rule fails", () => {
  let tried = 0;
  fc.assert(
    fc.property(resources, (stack) => {
      tried += stack.length;
      expect(failures(stack)).toEqual([]);
    }),
    { numRuns: STACKS },
  );
  expect(tried).toBeGreaterThan(3 * STACKS);
}, 3_600_000);

test("deep nesting and huge strings end", () => {
  let deep: unknown = "required";
  for (let i = 0; i < 10_000; i++) deep = { metadataOptions: deep, launchTemplate: [deep] };
  const huge = "A".repeat(5_000_000);
  const stack = [...READERS.keys()].map((type, i) => ({
    urn: `urn:${String(i)}`,
    type,
    name: `n${String(i)}`,
    inputs: {
      metadataOptions: deep,
      launchTemplateData: deep,
      userData: huge,
      userDataBase64: huge,
      configuration: huge,
    },
    outputs: {},
    parent: undefined,
    provider: undefined,
    dependencies: [],
    propertyDependencies: {},
    created: undefined,
  }));
  expect(failures(stack)).toEqual([]);
}, 60_000);
