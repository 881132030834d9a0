import type { Identity } from "./forms";
import type { Template } from "../templates";

/** An ec2 resource of Cloud Control: its id is also a property of its own. */
const ec2 = (prefix: string, property: string, more?: Readonly<Record<string, Template>>): Identity => ({
  id: `${prefix}-{hex17}`,
  more: { [property]: "{id}", ...more },
});

const named = (service: string, resource: string, more?: Readonly<Record<string, Template>>): Identity => ({
  id: "{name}",
  arn: `arn:{partition}:${service}:{region}:{account}:${resource}{name}`,
  ...(more === undefined ? {} : { more }),
});

const iam = (resource: string, more?: Readonly<Record<string, Template>>): Identity => ({
  id: "{name}",
  arn: `arn:{partition}:iam::{account}:${resource}{path}{name}`,
  ...(more === undefined ? {} : { more }),
});

/** A resource whose identifier is an ARN in a property of that name. */
const byArn = (property: string, arn: string): Identity => ({
  id: `arn:{partition}:${arn}`,
  more: { [property]: "{id}" },
});

/** Primary identifiers and read-only properties as Cloud Control names them, by type of @pulumi/aws-native. */
export const NATIVE: readonly (readonly [string, Identity])[] = [
  [
    "aws-native:ec2:Instance",
    ec2("i", "instanceId", {
      privateIp: "{privateIp}",
      publicIp: "{publicIp}",
      privateDnsName: "ip-{privateIpDashed}.{region}.compute.internal",
      publicDnsName: "ec2-{publicIpDashed}.{region}.compute.{suffix}",
    }),
  ],
  [
    "aws-native:ec2:LaunchTemplate",
    ec2("lt", "launchTemplateId", { latestVersionNumber: "1", defaultVersionNumber: "1" }),
  ],
  ["aws-native:ec2:Ec2Fleet", ec2("fleet", "fleetId")],
  ["aws-native:ec2:Vpc", ec2("vpc", "vpcId", { defaultSecurityGroup: "sg-{hex17}" })],
  ["aws-native:ec2:Subnet", ec2("subnet", "subnetId")],
  ["aws-native:ec2:SecurityGroup", ec2("sg", "groupId")],
  ["aws-native:ec2:InternetGateway", ec2("igw", "internetGatewayId")],
  ["aws-native:ec2:RouteTable", ec2("rtb", "routeTableId")],
  ["aws-native:ec2:NatGateway", ec2("nat", "natGatewayId")],
  ["aws-native:ec2:Volume", ec2("vol", "volumeId")],
  ["aws-native:ec2:NetworkInterface", ec2("eni", "networkInterfaceId", { primaryPrivateIpAddress: "{privateIp}" })],
  [
    "aws-native:ec2:Eip",
    { id: "{publicIp}|{allocationId}", more: { publicIp: "{publicIp}", allocationId: "eipalloc-{sharedHex17}" } },
  ],
  ["aws-native:iam:Role", iam("role", { roleId: "AROA{caps17}" })],
  ["aws-native:iam:InstanceProfile", iam("instance-profile")],
  ["aws-native:iam:User", iam("user")],
  ["aws-native:iam:ManagedPolicy", byArn("policyArn", "iam::{account}:policy{path}{name}")],
  ["aws-native:iam:RolePolicy", { id: "{policyName}|{roleName}" }],
  ["aws-native:autoscaling:AutoScalingGroup", { id: "{name}" }],
  ["aws-native:autoscaling:LaunchConfiguration", { id: "{name}" }],
  ["aws-native:eks:Cluster", named("eks", "cluster/", { endpoint: "https://{caps32}.gr7.{region}.eks.{suffix}" })],
  [
    "aws-native:eks:Nodegroup",
    { id: "{clusterName}/{name}", arn: "arn:{partition}:eks:{region}:{account}:nodegroup/{clusterName}/{name}/{uuid}" },
  ],
  [
    "aws-native:batch:ComputeEnvironment",
    byArn("computeEnvironmentArn", "batch:{region}:{account}:compute-environment/{name}"),
  ],
  ["aws-native:ecs:Cluster", named("ecs", "cluster/")],
  ["aws-native:ecs:CapacityProvider", { id: "{name}" }],
  [
    "aws-native:imagebuilder:InfrastructureConfiguration",
    byArn("arn", "imagebuilder:{region}:{account}:infrastructure-configuration/{name}"),
  ],
  [
    "aws-native:imagebuilder:ImageRecipe",
    byArn("arn", "imagebuilder:{region}:{account}:image-recipe/{name}/{version}"),
  ],
  ["aws-native:sagemaker:NotebookInstance", byArn("awsId", "sagemaker:{region}:{account}:notebook-instance/{name}")],
  [
    "aws-native:elasticbeanstalk:Environment",
    { id: "{name}", more: { endpointUrl: "awseb-{digits10}.{region}.elb.{suffix}" } },
  ],
  ["aws-native:emr:SecurityConfiguration", { id: "{name}" }],
  [
    "aws-native:gamelift:GameServerGroup",
    byArn("gameServerGroupArn", "gamelift:{region}:{account}:gameservergroup/{name}"),
  ],
  ["aws-native:secretsmanager:Secret", byArn("awsId", "secretsmanager:{region}:{account}:secret:{name}-{mixed6}")],
  ["aws-native:ssm:Parameter", { id: "{name}" }],
  [
    "aws-native:kms:Key",
    { id: "{uuid}", arn: "arn:{partition}:kms:{region}:{account}:key/{id}", more: { keyId: "{id}" } },
  ],
  ["aws-native:logs:LogGroup", named("logs", "log-group:")],
  ["aws-native:lambda:Function", named("lambda", "function:")],
  ["aws-native:dynamodb:Table", named("dynamodb", "table/")],
  [
    "aws-native:s3:Bucket",
    { id: "{name}", arn: "arn:{partition}:s3:::{name}", more: { domainName: "{name}.s3.{suffix}" } },
  ],
  [
    "aws-native:sqs:Queue",
    {
      id: "https://sqs.{region}.{suffix}/{account}/{name}",
      arn: "arn:{partition}:sqs:{region}:{account}:{name}",
      more: { queueUrl: "{id}" },
    },
  ],
  ["aws-native:sns:Topic", byArn("topicArn", "sns:{region}:{account}:{name}")],
];
