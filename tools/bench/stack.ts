/** Stacks of mixed resources for the bench: machines, templates, groups, and what stands around them. */
import type { Sent } from "../analyzer";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const HARDENED = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

function sent(type: string, name: string, inputs: Sent["inputs"], depends?: readonly [string, Sent]): Sent {
  const urn = `urn:pulumi:dev::bench::${type}::${name}`;
  const outputs = { id: UNKNOWN, arn: UNKNOWN };
  if (!depends) return { urn, type, name, inputs, outputs };
  const [property, target] = depends;
  const urns = [target.urn];
  return { urn, type, name, inputs, outputs, dependencies: urns, propertyDependencies: { [property]: urns } };
}

/** An instance on its own, hardened, as most are. */
export function instance(name: string, metadataOptions: Sent["inputs"] = HARDENED): Sent {
  return sent("aws:ec2/instance:Instance", name, {
    ami: "ami-0c2f1e3d4b5a69788",
    instanceType: "t3.micro",
    iamInstanceProfile: "app",
    metadataOptions,
    subnetId: "subnet-0a11",
    tags: { Name: name, owner: "platform" },
    vpcSecurityGroupIds: [UNKNOWN],
  });
}

/** Ten resources that belong together; one machine in twenty is weak. */
function family(i: number): Sent[] {
  const name = (kind: string): string => `${kind}-${String(i)}`;
  const role = sent("aws:iam/role:Role", name("role"), {
    name: name("role"),
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
  });
  const template = sent("aws:ec2/launchTemplate:LaunchTemplate", name("lt"), {
    name: name("lt"),
    imageId: "ami-0c2f1e3d4b5a69788",
    metadataOptions: HARDENED,
    userData: Buffer.from(`#!/bin/bash\necho ${String(i)}\n`.repeat(20)).toString("base64"),
  });
  const group = (kind: string): Sent =>
    sent(
      "aws:autoscaling/group:Group",
      name(kind),
      { minSize: 1, maxSize: 3, launchTemplate: { id: UNKNOWN, version: "$Latest" } },
      ["launchTemplate", template],
    );
  const bucket = (kind: string): Sent =>
    sent("aws:s3/bucket:Bucket", name(kind), { bucket: name(kind), tags: { a: "b" } });
  return [
    role,
    sent("aws:iam/instanceProfile:InstanceProfile", name("profile"), { role: name("role") }, ["role", role]),
    template,
    group("asg"),
    group("asg2"),
    instance(name("web")),
    instance(name("app"), i % 10 === 0 ? { httpTokens: "optional" } : HARDENED),
    sent("aws:ec2/securityGroup:SecurityGroup", name("sg"), {
      ingress: [{ fromPort: 443, toPort: 443, protocol: "tcp" }],
    }),
    bucket("logs"),
    bucket("data"),
  ];
}

/** A stack of about that many resources. */
export function mixedStack(size: number): Sent[] {
  return Array.from({ length: Math.ceil(size / 10) }, (_, i) => family(i)).flat();
}

/** The same, with a machine that carries each role, and a policy of the role's own. */
export function roleStack(size: number): Sent[] {
  const stack = mixedStack(size);
  return stack.map((each, i) => {
    const number = String(Math.floor(i / 10));
    if (each.type === "aws:iam/instanceProfile:InstanceProfile") {
      return { ...each, inputs: { ...each.inputs, name: `profile-${number}` } };
    }
    if (each.name === `app-${number}`) {
      return { ...each, inputs: { ...each.inputs, iamInstanceProfile: `profile-${number}` } };
    }
    if (each.name !== `logs-${number}`) return each;
    const arn = `arn:aws:s3:::data-${number}/*`;
    const statement = [
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: arn },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:*:*:log-group:app*",
      },
      { Effect: "Allow", Action: "ec2:Describe*", Resource: "*" },
    ];
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: statement });
    return sent("aws:iam/rolePolicy:RolePolicy", `policy-${number}`, { role: `role-${number}`, policy });
  });
}
