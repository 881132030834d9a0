/** Machines and roles, as programs for Pulumi and for Terraform, with what EC2 and IAM make of them. */
import type { Properties } from "../../policies/machine/resource";

/** A property of another resource of the same case. */
export class Ref {
  constructor(
    readonly type: CaseResource["type"],
    readonly name: string,
    readonly property: string,
  ) {}
}

/** One resource, by its type in Terraform without `aws_`, with property names as Pulumi spells them. */
export interface CaseResource {
  readonly type: keyof typeof TYPES;
  readonly name: string;
  readonly inputs: Properties;
}

export interface MachineCase {
  readonly title: string;
  /** Whether it gives credentials away, or more of them than the machine needs. */
  readonly bad: boolean;
  readonly resources: readonly CaseResource[];
}

/** Pulumi's types, by Terraform's. */
export const TYPES = {
  instance: "aws:ec2/instance:Instance",
  launch_template: "aws:ec2/launchTemplate:LaunchTemplate",
  launch_configuration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  autoscaling_group: "aws:autoscaling/group:Group",
  spot_instance_request: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  spot_fleet_request: "aws:ec2/spotFleetRequest:SpotFleetRequest",
  eks_node_group: "aws:eks/nodeGroup:NodeGroup",
  emr_cluster: "aws:emr/cluster:Cluster",
  sagemaker_notebook_instance: "aws:sagemaker/notebookInstance:NotebookInstance",
  imagebuilder_infrastructure_configuration: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
  ec2_instance_metadata_defaults: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  iam_role: "aws:iam/role:Role",
  iam_role_policy: "aws:iam/rolePolicy:RolePolicy",
  iam_role_policy_attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  iam_instance_profile: "aws:iam/instanceProfile:InstanceProfile",
  iam_policy: "aws:iam/policy:Policy",
} as const;

const REQUIRED = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
const OPTIONAL = { httpEndpoint: "enabled", httpTokens: "optional", httpPutResponseHopLimit: 1 };
const IMAGE = { instanceType: "t3.micro", keyName: "operations" };
const AMI = "ami-0c2f1e3d4b5a69788";

function resource(type: CaseResource["type"], name: string, inputs: Properties): CaseResource {
  return { type, name, inputs };
}

function instance(inputs: Properties): CaseResource {
  return resource("instance", "web", { ami: AMI, ...IMAGE, ...inputs });
}

function template(inputs: Properties, name = "template"): CaseResource {
  return resource("launch_template", name, { imageId: AMI, ...IMAGE, ...inputs });
}

function group(inputs: Properties): CaseResource {
  return resource("autoscaling_group", "group", { minSize: 1, maxSize: 2, ...inputs });
}

const FROM_TEMPLATE = { launchTemplate: { id: new Ref("launch_template", "template", "id"), version: "$Latest" } };

const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };

function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function allow(action: string | readonly string[], on: string | readonly string[] = "*"): object {
  return { Effect: "Allow", Action: action, Resource: on };
}

/** A machine that is right, with a role that has these policies. */
function withRole(policies: readonly CaseResource[], role: Properties = {}): readonly CaseResource[] {
  return [
    resource("iam_role", "app", { name: "app", assumeRolePolicy: document(TRUST), ...role }),
    resource("iam_instance_profile", "app", { name: "app", role: new Ref("iam_role", "app", "name") }),
    ...policies,
    instance({ metadataOptions: REQUIRED, iamInstanceProfile: new Ref("iam_instance_profile", "app", "name") }),
  ];
}

function inline(name: string, ...statements: readonly object[]): CaseResource {
  return resource("iam_role_policy", name, { role: new Ref("iam_role", "app", "id"), policy: document(...statements) });
}

function attached(policyArn: string): CaseResource {
  return resource("iam_role_policy_attachment", "attached", { role: new Ref("iam_role", "app", "name"), policyArn });
}

const bad = (title: string, ...resources: readonly CaseResource[]): MachineCase => ({ title, bad: true, resources });
const good = (title: string, ...resources: readonly CaseResource[]): MachineCase => ({ title, bad: false, resources });

/** Metadata options, and where they come from. */
const MACHINES: readonly MachineCase[] = [
  bad("instance without metadata options", instance({})),
  bad("instance, tokens optional", instance({ metadataOptions: OPTIONAL })),
  bad("instance, hop limit 64", instance({ metadataOptions: { ...REQUIRED, httpPutResponseHopLimit: 64 } })),
  bad("instance, IPv6 endpoint on", instance({ metadataOptions: { ...REQUIRED, httpProtocolIpv6: "enabled" } })),
  good("instance, tokens required", instance({ metadataOptions: REQUIRED })),
  good(
    "instance, metadata service off",
    instance({ metadataOptions: { httpEndpoint: "disabled" }, keyName: undefined }),
  ),
  bad("template, tokens optional", template({ metadataOptions: OPTIONAL })),
  bad("template, hop limit 3", template({ metadataOptions: { ...REQUIRED, httpPutResponseHopLimit: 3 } })),
  good(
    "instance that takes its options from a template",
    template({ metadataOptions: REQUIRED }),
    instance(FROM_TEMPLATE),
  ),
  bad(
    "instance with tokens optional over a template that requires them",
    template({ metadataOptions: REQUIRED }),
    instance({ ...FROM_TEMPLATE, metadataOptions: OPTIONAL }),
  ),
  good("group of a template", template({ metadataOptions: REQUIRED }), group(FROM_TEMPLATE)),
  bad(
    "launch configuration, tokens required, endpoint not set: the provider sends neither",
    resource("launch_configuration", "old", { imageId: AMI, ...IMAGE, metadataOptions: { httpTokens: "required" } }),
  ),
  good(
    "launch configuration, all set",
    resource("launch_configuration", "old", { imageId: AMI, ...IMAGE, metadataOptions: REQUIRED }),
  ),
  bad(
    "spot request with options that never reach EC2",
    resource("spot_instance_request", "spot", { ami: AMI, ...IMAGE, metadataOptions: REQUIRED }),
  ),
  bad(
    "spot fleet of launch specifications",
    resource("spot_fleet_request", "fleet", {
      iamFleetRole: "arn:aws:iam::123456789012:role/fleet",
      targetCapacity: 1,
      launchSpecifications: [{ ami: AMI, ...IMAGE }],
    }),
  ),
  good(
    "EKS nodes of a template with hop limit 2",
    template({ metadataOptions: { ...REQUIRED, httpPutResponseHopLimit: 2 } }),
    resource("eks_node_group", "nodes", {
      clusterName: "main",
      nodeRoleArn: "arn:aws:iam::123456789012:role/node",
      subnetIds: ["subnet-1"],
      scalingConfig: { desiredSize: 1, maxSize: 2, minSize: 1 },
      launchTemplate: {
        id: new Ref("launch_template", "template", "id"),
        version: new Ref("launch_template", "template", "latestVersion"),
      },
    }),
  ),
  bad(
    "EMR cluster without a security configuration",
    resource("emr_cluster", "data", {
      releaseLabel: "emr-7.0.0",
      applications: ["Spark"],
      serviceRole: "arn:aws:iam::123456789012:role/emr",
      masterInstanceGroup: { instanceType: "m5.xlarge" },
    }),
  ),
  bad(
    "notebook that answers version 1",
    resource("sagemaker_notebook_instance", "lab", {
      name: "lab",
      roleArn: "arn:aws:iam::123456789012:role/lab",
      instanceType: "ml.t3.medium",
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "1" },
    }),
  ),
  bad(
    "image builder that leaves version 1 on",
    resource("imagebuilder_infrastructure_configuration", "build", {
      name: "build",
      instanceProfileName: "build",
      instanceMetadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
    }),
  ),
  bad(
    "account default, tokens optional",
    resource("ec2_instance_metadata_defaults", "account", { httpTokens: "optional", httpPutResponseHopLimit: 1 }),
  ),
];

/** What a machine's role may do, all its policies together. */
const ROLES: readonly MachineCase[] = [
  bad("role: everything", ...withRole([inline("all", allow("*"))])),
  bad("role: AdministratorAccess", ...withRole([attached("arn:aws:iam::aws:policy/AdministratorAccess")])),
  bad("role: PowerUserAccess", ...withRole([attached("arn:aws:iam::aws:policy/PowerUserAccess")])),
  bad(
    "role: everything but IAM",
    ...withRole([inline("most", { Effect: "Allow", NotAction: "iam:*", Resource: "*" })]),
  ),
  bad(
    "role: PassRole and RunInstances in one policy",
    ...withRole([inline("deploy", allow(["iam:PassRole", "ec2:RunInstances"]))]),
  ),
  bad(
    "role: PassRole in one policy, RunInstances in another",
    ...withRole([inline("pass", allow("iam:PassRole")), inline("run", allow("ec2:RunInstances"))]),
  ),
  bad("role: every parameter", ...withRole([inline("read", allow("ssm:GetParameter"))])),
  bad("role: every secret", ...withRole([inline("read", allow("secretsmanager:GetSecretValue"))])),
  bad("role: may turn IMDSv1 on", ...withRole([inline("imds", allow("ec2:ModifyInstanceMetadataOptions"))])),
  bad(
    "role: an account may take it",
    ...withRole([], {
      assumeRolePolicy: document(TRUST, { ...TRUST, Principal: { AWS: "arn:aws:iam::210987654321:root" } }),
    }),
  ),
  good(
    "role: one secret",
    ...withRole([
      inline(
        "read",
        allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf"),
      ),
    ]),
  ),
  good("role: objects below a prefix", ...withRole([inline("read", allow("s3:GetObject", "arn:aws:s3:::shop/web/*"))])),
  good(
    "role: describes what cannot be named",
    ...withRole([inline("see", allow(["ec2:DescribeInstances", "autoscaling:DescribeAutoScalingGroups"]))]),
  ),
  good(
    "role: administrator within a boundary that leaves metrics only",
    ...withRole(
      [
        resource("iam_policy", "boundary", { name: "boundary", policy: document(allow("cloudwatch:PutMetricData")) }),
        inline("metrics", allow("*")),
      ],
      { permissionsBoundary: new Ref("iam_policy", "boundary", "arn") },
    ),
  ),
  good(
    "role: PassRole taken back by a Deny",
    ...withRole([
      inline("deploy", allow(["iam:PassRole", "ec2:DescribeImages"]), {
        Effect: "Deny",
        Action: "iam:*",
        Resource: "*",
      }),
    ]),
  ),
];

export const CASES: readonly MachineCase[] = [...MACHINES, ...ROLES];
