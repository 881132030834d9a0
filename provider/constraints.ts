import { isRecord, isUnknown, type Properties } from "../policies/machine/resource";
import type { CheckFailure, CheckRequest } from "./provider";
import type { Shape } from "./schema";
import { isBase64, isSet, own } from "./values";

type Test = (value: unknown, name: string) => string | undefined;

function oneOf(...allowed: readonly string[]): Test {
  const listed = allowed.map((value) => JSON.stringify(value)).join(" ");
  return (value, name) =>
    typeof value !== "string" || allowed.includes(value)
      ? undefined
      : `expected ${name} to be one of [${listed}], got another value`;
}

function range(low: number, high: number): string {
  return `(${String(low)} - ${String(high)})`;
}

function inRange(low: number, high: number): Test {
  return (value, name) =>
    typeof value !== "number" || (value >= low && value <= high)
      ? undefined
      : `expected ${name} to be in the range ${range(low, high)}, got ${String(value)}`;
}

function lengthIn(low: number, high: number): Test {
  return (value, name) => {
    if (typeof value !== "string") return undefined;
    const length = Buffer.byteLength(value, "utf8");
    return length >= low && length <= high
      ? undefined
      : `expected length of ${name} to be in the range ${range(low, high)}, got ${String(length)} bytes`;
  };
}

const hopLimitOrNone: Test = (value, name) => (value === -1 ? undefined : inRange(1, 64)(value, name));

const base64: Test = (value, name) =>
  typeof value !== "string" || isBase64(value.replaceAll(/[\r\n]/g, "")) ? undefined : `expected ${name} to be base64`;

const jsonDocument: Test = (value, name) => {
  if (typeof value !== "string") return undefined;
  try {
    JSON.parse(value);
    return undefined;
  } catch {
    return `${JSON.stringify(name)} contains an invalid JSON policy`;
  }
};

const ENABLED = oneOf("enabled", "disabled");
const MAYBE_ENABLED = oneOf("enabled", "disabled", "no-preference");
const METADATA_OPTIONS: Readonly<Record<string, Test>> = {
  "metadataOptions.httpEndpoint": ENABLED,
  "metadataOptions.httpProtocolIpv6": ENABLED,
  "metadataOptions.httpPutResponseHopLimit": inRange(1, 64),
  "metadataOptions.httpTokens": oneOf("optional", "required"),
  "metadataOptions.instanceMetadataTags": ENABLED,
};
const INSTANCE: Readonly<Record<string, Test>> = {
  ...METADATA_OPTIONS,
  instanceInitiatedShutdownBehavior: oneOf("stop", "terminate"),
  tenancy: oneOf("dedicated", "default", "host"),
  userData: lengthIn(0, 16384),
  userDataBase64: base64,
};

/** Values that the provider refuses, by type and property path. An unknown value is never refused. */
const VALUES = new Map<string, Readonly<Record<string, Test>>>([
  ["aws:ec2/instance:Instance", INSTANCE],
  ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", { ...INSTANCE, spotType: oneOf("one-time", "persistent") }],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    { ...METADATA_OPTIONS, instanceInitiatedShutdownBehavior: oneOf("stop", "terminate") },
  ],
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    { ...METADATA_OPTIONS, userData: lengthIn(1, 16384), userDataBase64: base64 },
  ],
  [
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    {
      httpEndpoint: MAYBE_ENABLED,
      httpPutResponseHopLimit: hopLimitOrNone,
      httpTokens: oneOf("optional", "required", "no-preference"),
      instanceMetadataTags: MAYBE_ENABLED,
    },
  ],
  ["aws:ec2/ami:Ami", { imdsSupport: oneOf("v2.0") }],
  [
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    {
      "instanceMetadataOptions.httpPutResponseHopLimit": inRange(1, 64),
      "instanceMetadataOptions.httpTokens": oneOf("optional", "required"),
    },
  ],
  [
    "aws:sagemaker/notebookInstance:NotebookInstance",
    { "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion": oneOf("1", "2") },
  ],
  [
    "aws:autoscaling/group:Group",
    { metricsGranularity: oneOf("1Minute"), healthCheckType: oneOf("EC2", "ELB", "EBS", "VPC_LATTICE") },
  ],
  [
    "aws:iam/role:Role",
    { maxSessionDuration: inRange(3600, 43200), assumeRolePolicy: jsonDocument, "inlinePolicies.policy": jsonDocument },
  ],
  ["aws:iam/policy:Policy", { policy: jsonDocument }],
  ["aws:iam/rolePolicy:RolePolicy", { policy: jsonDocument }],
]);

interface Choice {
  readonly rule: "conflicts" | "exactlyOne" | "atLeastOne";
  /** Paths of the properties among which the program chooses. */
  readonly among: readonly string[];
  /** The block that has to be there for the rule to hold. */
  readonly within?: string;
}

const INSTANCE_CHOICES: readonly Choice[] = [
  { rule: "conflicts", among: ["userData", "userDataBase64"] },
  { rule: "exactlyOne", among: ["launchTemplate.id", "launchTemplate.name"], within: "launchTemplate" },
  { rule: "atLeastOne", among: ["ami", "launchTemplate"] },
  { rule: "atLeastOne", among: ["instanceType", "launchTemplate"] },
];
const NAME_CHOICE: Choice = { rule: "conflicts", among: ["name", "namePrefix"] };

const CHOICES = new Map<string, readonly Choice[]>([
  ["aws:ec2/instance:Instance", INSTANCE_CHOICES],
  ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", INSTANCE_CHOICES],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    [
      NAME_CHOICE,
      { rule: "conflicts", among: ["defaultVersion", "updateDefaultVersion"] },
      { rule: "conflicts", among: ["instanceType", "instanceRequirements"] },
    ],
  ],
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    [NAME_CHOICE, { rule: "conflicts", among: ["userData", "userDataBase64"] }],
  ],
  [
    "aws:autoscaling/group:Group",
    [
      NAME_CHOICE,
      { rule: "conflicts", among: ["launchTemplate.id", "launchTemplate.name"] },
      { rule: "exactlyOne", among: ["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"] },
    ],
  ],
  ["aws:iam/role:Role", [NAME_CHOICE]],
  ["aws:iam/instanceProfile:InstanceProfile", [NAME_CHOICE]],
  ["aws:iam/policy:Policy", [NAME_CHOICE]],
]);

/** Everything the provider refuses in inputs that have their types, in the words of Terraform. */
export function violations(request: CheckRequest, inputs: Properties, shape: Shape | undefined): CheckFailure[] {
  const missing = [...(shape ?? [])].filter(([key, field]) => field.flag === "required" && !isSet(own(inputs, key)));
  const reasons = [
    ...missing.map(([key]) =>
      located(request, key, `The argument "${snake(key)}" is required, but no definition was found`),
    ),
    ...(CHOICES.get(request.type) ?? []).flatMap((choice) => broken(request, inputs, choice)),
    ...Object.entries(VALUES.get(request.type) ?? {}).flatMap(([path, test]) => refused(request, inputs, path, test)),
  ];
  return reasons.map((reason) => ({ property: "", reason }));
}

function refused(request: CheckRequest, inputs: Properties, path: string, test: Test): string[] {
  return valuesAt(inputs, path)
    .map((value) => (isUnknown(value) ? undefined : test(value, terraformPath(path))))
    .filter((reason) => reason !== undefined)
    .map((reason) => located(request, path, reason));
}

// An unknown counterpart leaves the question to the time when it is known.
function broken(request: CheckRequest, inputs: Properties, choice: Choice): string[] {
  const { rule, among, within } = choice;
  const block = within === undefined ? inputs : valueAt(inputs, within);
  if (!isRecord(block)) return [];
  const given = among.filter((path) => isSet(valueAt(inputs, path)));
  const known = given.filter((path) => !isUnknown(valueAt(inputs, path)));
  const names = among.map(terraformPath).join(",");
  if (rule === "conflicts") {
    const pairs = known.flatMap((path) =>
      known.filter((other) => other !== path).map((other) => [path, other] as const),
    );
    return pairs.map(([path, other]) =>
      located(request, path, `"${terraformPath(path)}": conflicts with ${terraformPath(other)}`),
    );
  }
  if (given.length === 0) {
    return among.map((path) =>
      located(request, path, `"${terraformPath(path)}": one of \`${names}\` must be specified`),
    );
  }
  if (rule === "atLeastOne" || known.length < 2) return [];
  const specified = known.map(terraformPath).join(",");
  const reason = `only one of \`${names}\` can be specified, but \`${specified}\` were specified.`;
  return known.map((path) => located(request, path, `"${terraformPath(path)}": ${reason}`));
}

function valueAt(inputs: Properties, path: string): unknown {
  return valuesAt(inputs, path)[0];
}

/** Every value at a path that may lead through lists of blocks. */
function valuesAt(inputs: Properties, path: string): readonly unknown[] {
  const step = (values: readonly unknown[], key: string): unknown[] =>
    values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value])).map((value) => own(value, key));
  return path.split(".").reduce(step, [inputs]);
}

function located(request: CheckRequest, path: string, reason: string): string {
  return `${reason}. Examine values at '${request.name}.${path}'.`;
}

function terraformPath(path: string): string {
  return path.split(".").map(snake).join(".0.");
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
