/** An estate as Pulumi has it: what `pulumi stack export` and `pulumi preview --json` print, and a program that makes it. */
import type { Estate, Machine, Role } from "./estate";

type Properties = Readonly<Record<string, unknown>>;

interface Resource {
  readonly type: (typeof TYPES)[keyof typeof TYPES];
  readonly name: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** The property that refers to another resource, with its URN. */
  readonly link?: readonly [property: string, urn: string];
}

const STACK = urnOf("pulumi:pulumi:Stack", "bench-dev");
const PROVIDER = urnOf("pulumi:providers:aws", "default_7_48_0");
const PROVIDER_ID = "5b1f1c0e-2d51-4f1f-8f0e-0c9a3f0b6d10";

const TYPES = {
  instance: "aws:ec2/instance:Instance",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  group: "aws:autoscaling/group:Group",
  role: "aws:iam/role:Role",
  policy: "aws:iam/rolePolicy:RolePolicy",
  profile: "aws:iam/instanceProfile:InstanceProfile",
} as const;

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::bench::${type}::${name}`;
}

function ofRole({ name, profile, policy }: Role): Resource[] {
  const link = ["role", urnOf(TYPES.role, name)] as const;
  const role = { name, assumeRolePolicy: TRUST };
  const inline = { name, role: name, policy: JSON.stringify(policy) };
  const carrier = { name: profile, role: name };
  return [
    { type: TYPES.role, name, inputs: role, outputs: { ...role, arn: `arn:aws:iam::111122223333:role/${name}` } },
    { type: TYPES.policy, name, inputs: inline, outputs: inline, link },
    { type: TYPES.profile, name: profile, inputs: carrier, outputs: carrier, link },
  ];
}

function metadataOf({ metadata }: Exclude<Machine, { kind: "group" }>): Properties {
  if (metadata === undefined) return {};
  const { tokens, hopLimit } = metadata;
  return { metadataOptions: { httpEndpoint: "enabled", httpTokens: tokens, httpPutResponseHopLimit: hopLimit } };
}

function inputsOf(machine: Machine): Properties {
  const { name } = machine;
  if (machine.kind === "group") {
    const subnets = ["subnet-0a11", "subnet-0a12"];
    const launchTemplate = { id: "lt-0c2f1e3d4b5a69788", version: "$Latest" };
    return { name, minSize: 1, maxSize: 3, vpcZoneIdentifiers: subnets, launchTemplate };
  }
  const { image, type: instanceType, userData, profile, publicIp, encrypted, tags } = machine;
  if (machine.kind === "instance") {
    return {
      ...{ ami: image, instanceType, subnetId: "subnet-0a11", vpcSecurityGroupIds: ["sg-0a11"], tags, userData },
      ...{ associatePublicIpAddress: publicIp, iamInstanceProfile: profile, ...metadataOf(machine) },
      rootBlockDevice: { encrypted, volumeSize: 20 },
    };
  }
  return {
    ...{ name, imageId: image, instanceType, tags, userData: Buffer.from(userData).toString("base64") },
    ...metadataOf(machine),
    networkInterfaces: [{ associatePublicIpAddress: String(publicIp), securityGroups: ["sg-0a11"] }],
    iamInstanceProfile: { name: profile },
  };
}

function ofMachine(machine: Machine): Resource {
  const { kind, name } = machine;
  const inputs = inputsOf(machine);
  const type = TYPES[kind];
  const arn = `arn:aws:ec2:eu-west-1:111122223333:${kind}/${name}`;
  const outputs = { ...inputs, arn, id: name };
  if (kind === "group") {
    return { type, name, inputs, outputs, link: ["launchTemplate", urnOf(TYPES.template, machine.template)] };
  }
  return { type, name, inputs, outputs, link: ["iamInstanceProfile", urnOf(TYPES.profile, machine.profile)] };
}

function resourcesOf({ roles, machines }: Estate): Resource[] {
  return [...roles.flatMap(ofRole), ...machines.map(ofMachine)];
}

/** States as the engine writes them: the stack and its provider first. */
function states(estate: Estate): Properties[] {
  const providerInputs = { region: "eu-west-1", version: "7.48.0" };
  return [
    { urn: STACK, custom: false, type: "pulumi:pulumi:Stack" },
    {
      ...{ urn: PROVIDER, custom: true, id: PROVIDER_ID, type: "pulumi:providers:aws" },
      ...{ inputs: providerInputs, outputs: providerInputs },
    },
    ...resourcesOf(estate).map(({ type, name, inputs, outputs, link }) => ({
      ...{ urn: urnOf(type, name), custom: true, id: name, type, inputs, outputs },
      ...{ parent: STACK, provider: `${PROVIDER}::${PROVIDER_ID}` },
      ...(link && { dependencies: [link[1]], propertyDependencies: { [link[0]]: [link[1]] } }),
    })),
  ];
}

/** What `pulumi stack export` prints. */
export function pulumiState(estate: Estate): string {
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.204.0" };
  return JSON.stringify({ version: 3, deployment: { manifest, resources: states(estate) } }, undefined, 4);
}

/** What `pulumi preview --json` prints for a new stack: what EC2 computes is not known. */
export function pulumiPreview(estate: Estate): string {
  const steps = states(estate).map((state) => ({
    op: "create",
    urn: state["urn"],
    newState: { ...state, outputs: state["inputs"], id: "" },
  }));
  const changeSummary = { create: steps.length };
  return JSON.stringify({ config: {}, steps, duration: 1, changeSummary }, undefined, 4);
}

const CLASSES = {
  [TYPES.instance]: "ec2.Instance",
  [TYPES.template]: "ec2.LaunchTemplate",
  [TYPES.group]: "autoscaling.Group",
  [TYPES.role]: "iam.Role",
  [TYPES.policy]: "iam.RolePolicy",
  [TYPES.profile]: "iam.InstanceProfile",
} as const;

/** A program in JavaScript that creates the same. */
export function pulumiProgram(estate: Estate): string {
  const created = resourcesOf(estate).map(
    ({ type, name, inputs }) => `new aws.${CLASSES[type]}(${JSON.stringify(name)}, ${JSON.stringify(inputs)});\n`,
  );
  return `const aws = require("@pulumi/aws");\n${created.join("")}`;
}
