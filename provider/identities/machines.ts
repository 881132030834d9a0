import { byArn, byName, ec2, type Identity } from "./forms";

const CREATED = "2024-01-01T00:00:00Z";
const INSTANCE: Identity["more"] = {
  availabilityZone: "{region}a",
  instanceState: "running",
  primaryNetworkInterfaceId: "eni-{hex17}",
  privateIp: "{privateIp}",
  privateDns: "ip-{privateIpDashed}.{region}.compute.internal",
  publicIp: "{publicIp}",
  publicDns: "ec2-{publicIpDashed}.{region}.compute.{suffix}",
  subnetId: "subnet-{hex17}",
  vpcSecurityGroupIds: ["sg-{hex17}"],
};
const VPC: Identity["more"] = {
  ownerId: "{account}",
  defaultSecurityGroupId: "sg-{hex17}",
  defaultRouteTableId: "rtb-{hex17}",
  mainRouteTableId: "{=defaultRouteTableId}",
  defaultNetworkAclId: "acl-{hex17}",
};
const RULE = ec2("sgr", "security-group-rule", { securityGroupRuleId: "{id}" });

/** What launches machines, their network and their permissions. */
export const MACHINES: readonly (readonly [string, Identity])[] = [
  ["aws:ec2/instance:Instance", ec2("i", "instance", INSTANCE)],
  ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", { id: "sir-{chars8}", more: { spotInstanceId: "i-{hex17}" } }],
  ["aws:ec2/launchTemplate:LaunchTemplate", ec2("lt", "launch-template", { latestVersion: 1, defaultVersion: 1 })],
  [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    byName(":autoscaling:{region}:{account}:launchConfiguration:{uuid}:launchConfigurationName/{name}"),
  ],
  [
    "aws:autoscaling/group:Group",
    byName(":autoscaling:{region}:{account}:autoScalingGroup:{uuid}:autoScalingGroupName/{name}"),
  ],
  ["aws:ec2/spotFleetRequest:SpotFleetRequest", { id: "sfr-{uuid}", more: { spotRequestState: "active" } }],
  ["aws:ec2/fleet:Fleet", { id: "fleet-{uuid}", arn: "arn:{partition}:ec2:{region}:{account}:fleet/{id}" }],
  [
    "aws:ec2/ami:Ami",
    { id: "ami-{hex17}", arn: "arn:{partition}:ec2:{region}::image/{id}", more: { ownerId: "{account}" } },
  ],
  ["aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", { id: "{region}" }],
  ["aws:ec2/keyPair:KeyPair", byName(":ec2:{region}:{account}:key-pair/{name}", { keyPairId: "key-{hex17}" })],
  ["aws:ec2/placementGroup:PlacementGroup", byName(":ec2:{region}:{account}:placement-group/{name}")],
  ["aws:ec2/vpc:Vpc", ec2("vpc", "vpc", VPC)],
  ["aws:ec2/subnet:Subnet", ec2("subnet", "subnet", { ownerId: "{account}", availabilityZone: "{region}a" })],
  ["aws:ec2/securityGroup:SecurityGroup", ec2("sg", "security-group", { ownerId: "{account}", vpcId: "vpc-{hex17}" })],
  [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    { id: "sgrule-{digits10}", more: { securityGroupRuleId: "sgr-{hex17}" } },
  ],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", RULE],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", RULE],
  ["aws:ec2/routeTable:RouteTable", ec2("rtb", "route-table", { ownerId: "{account}" })],
  ["aws:ec2/route:Route", { id: "r-{routeTableId}{digits10}", more: { state: "active" } }],
  ["aws:ec2/routeTableAssociation:RouteTableAssociation", ec2("rtbassoc")],
  ["aws:ec2/internetGateway:InternetGateway", ec2("igw", "internet-gateway", { ownerId: "{account}" })],
  ["aws:ec2/natGateway:NatGateway", ec2("nat", undefined, { privateIp: "{privateIp}", publicIp: "{publicIp}" })],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", ec2("vpce", "vpc-endpoint", { ownerId: "{account}", state: "available" })],
  [
    "aws:ec2/networkInterface:NetworkInterface",
    ec2("eni", "network-interface", { ownerId: "{account}", privateIp: "{privateIp}", privateIps: ["{privateIp}"] }),
  ],
  [
    "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
    ec2("eni-attach", undefined, { attachmentId: "{id}" }),
  ],
  ["aws:ebs/volume:Volume", ec2("vol", "volume")],
  [
    "aws:ec2/eip:Eip",
    ec2("eipalloc", "elastic-ip", {
      allocationId: "{id}",
      publicIp: "{publicIp}",
      publicDns: "ec2-{publicIpDashed}.{region}.compute.{suffix}",
    }),
  ],
  ["aws:ec2/eipAssociation:EipAssociation", ec2("eipassoc", undefined, { publicIp: "{publicIp}" })],
  ["aws:iam/role:Role", byName(":iam::{account}:role{path}{name}", { uniqueId: "AROA{caps17}", createDate: CREATED })],
  [
    "aws:iam/instanceProfile:InstanceProfile",
    byName(":iam::{account}:instance-profile{path}{name}", { uniqueId: "AIPA{caps17}", createDate: CREATED }),
  ],
  [
    "aws:iam/policy:Policy",
    byArn(":iam::{account}:policy{path}{name}", { policyId: "ANPA{caps17}", attachmentCount: 0 }),
  ],
  ["aws:iam/user:User", byName(":iam::{account}:user{path}{name}", { uniqueId: "AIDA{caps17}" })],
  ["aws:iam/group:Group", byName(":iam::{account}:group{path}{name}", { uniqueId: "AGPA{caps17}" })],
  ["aws:iam/rolePolicy:RolePolicy", { id: "{role}:{name}" }],
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", { id: "{role}/{policyArn}" }],
  ["aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", { id: "{roleName}" }],
  ["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", { id: "{roleName}" }],
  ["aws:iam/policyAttachment:PolicyAttachment", { id: "{name}" }],
  [
    "aws:iam/accessKey:AccessKey",
    {
      id: "AKIA{caps16}",
      more: { secret: "{mixed40}", sesSmtpPasswordV4: "{mixed44}", status: "Active", createDate: CREATED },
    },
  ],
  ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", byArn(":iam::{account}:oidc-provider/{url}")],
  [
    "aws:eks/cluster:Cluster",
    byName(":eks:{region}:{account}:cluster/{name}", {
      endpoint: "https://{caps32}.gr7.{region}.eks.{suffix}",
      certificateAuthority: { data: "{certificate}" },
      status: "ACTIVE",
    }),
  ],
  [
    "aws:eks/nodeGroup:NodeGroup",
    { id: "{clusterName}:{name}", arn: "arn:{partition}:eks:{region}:{account}:nodegroup/{clusterName}/{name}/{uuid}" },
  ],
  [
    "aws:eks/fargateProfile:FargateProfile",
    {
      id: "{clusterName}:{name}",
      arn: "arn:{partition}:eks:{region}:{account}:fargateprofile/{clusterName}/{name}/{uuid}",
    },
  ],
  [
    "aws:eks/addon:Addon",
    {
      id: "{clusterName}:{addonName}",
      arn: "arn:{partition}:eks:{region}:{account}:addon/{clusterName}/{addonName}/{uuid}",
    },
  ],
  ["aws:eks/accessEntry:AccessEntry", { id: "{clusterName}:{principalArn}" }],
  ["aws:ecs/cluster:Cluster", byArn(":ecs:{region}:{account}:cluster/{name}")],
  ["aws:ecs/service:Service", byArn(":ecs:{region}:{account}:service/{cluster}/{name}")],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      id: "{family}",
      arn: "arn:{partition}:ecs:{region}:{account}:task-definition/{family}:1",
      more: { revision: 1, arnWithoutRevision: "arn:{partition}:ecs:{region}:{account}:task-definition/{family}" },
    },
  ],
  ["aws:ecs/capacityProvider:CapacityProvider", byArn(":ecs:{region}:{account}:capacity-provider/{name}")],
  ["aws:batch/computeEnvironment:ComputeEnvironment", byArn(":batch:{region}:{account}:compute-environment/{name}")],
  [
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    byArn(":imagebuilder:{region}:{account}:infrastructure-configuration/{name}"),
  ],
  ["aws:imagebuilder/imageRecipe:ImageRecipe", byArn(":imagebuilder:{region}:{account}:image-recipe/{name}/{version}")],
  [
    "aws:sagemaker/notebookInstance:NotebookInstance",
    byName(":sagemaker:{region}:{account}:notebook-instance/{name}", { url: "{name}.notebook.{region}.sagemaker.aws" }),
  ],
  [
    "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
    byName(":sagemaker:{region}:{account}:notebook-instance-lifecycle-config/{name}"),
  ],
  [
    "aws:elasticbeanstalk/environment:Environment",
    {
      id: "e-{chars10}",
      arn: "arn:{partition}:elasticbeanstalk:{region}:{account}:environment/{application}/{name}",
      more: { cname: "{name}.{region}.elasticbeanstalk.com", endpointUrl: "awseb-{digits10}.{region}.elb.{suffix}" },
    },
  ],
  [
    "aws:emr/cluster:Cluster",
    { id: "j-{caps13}", arn: "arn:{partition}:elasticmapreduce:{region}:{account}:cluster/{id}" },
  ],
  ["aws:emr/securityConfiguration:SecurityConfiguration", byName()],
  ["aws:gamelift/gameServerGroup:GameServerGroup", byName(":gamelift:{region}:{account}:gameservergroup/{name}")],
  [
    "aws:lightsail/instance:Instance",
    byName(":lightsail:{region}:{account}:Instance/{uuid}", {
      publicIpAddress: "{publicIp}",
      privateIpAddress: "{privateIp}",
    }),
  ],
];
