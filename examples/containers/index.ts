// Container hosts: EKS nodes and ECS instances whose containers read metadata over a bridge network, one hop away.
import * as aws from "@pulumi/aws";

const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "default-for-az", values: ["true"] }] }).ids;

// Version 2 only; the second hop is the bridge between the machine and its containers.
const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 };

function role(name: string, service: string, policies: readonly string[]): aws.iam.Role {
  const made = new aws.iam.Role(name, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: service }),
  });
  policies.forEach((policy, i) => {
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    new aws.iam.RolePolicyAttachment(`${name}-${i}`, { role: made.name, policyArn });
  });
  return made;
}

// EKS: the node group uses the template, which makes its machines container hosts.
// Where pods take their roles by IRSA or Pod Identity, a hop limit of 1 is enough.
const cluster = new aws.eks.Cluster("apps", {
  roleArn: role("cluster", "eks.amazonaws.com", ["AmazonEKSClusterPolicy"]).arn,
  vpcConfig: { subnetIds },
});
const nodeTemplate = new aws.ec2.LaunchTemplate("node", { instanceType: "t3.large", metadataOptions });
new aws.eks.NodeGroup("nodes", {
  clusterName: cluster.name,
  nodeRoleArn: role("node", "ec2.amazonaws.com", [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryPullOnly",
  ]).arn,
  subnetIds,
  scalingConfig: { desiredSize: 2, minSize: 2, maxSize: 4 },
  launchTemplate: { id: nodeTemplate.id, version: nodeTemplate.latestVersion.apply(String) },
});

// ECS: the capacity provider takes over the group, which makes its machines container hosts.
const tasks = new aws.ecs.Cluster("tasks");
const hostRole = role("host", "ec2.amazonaws.com", ["service-role/AmazonEC2ContainerServiceforEC2Role"]);
const hostProfile = new aws.iam.InstanceProfile("host", { role: hostRole.name });
const hostTemplate = new aws.ec2.LaunchTemplate("host", {
  imageId: aws.ssm.getParameterOutput({
    name: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
  }).value,
  instanceType: "t3.large",
  iamInstanceProfile: { arn: hostProfile.arn },
  // The hop limit does not stop tasks in awsvpc mode; the agent's own setting does.
  userData: tasks.name.apply((name) => base64(bootScript(name))),
  metadataOptions,
});
const hosts = new aws.autoscaling.Group("hosts", {
  minSize: 1,
  maxSize: 4,
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: hostTemplate.id, version: hostTemplate.latestVersion.apply(String) },
  tags: [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }],
});
const capacity = new aws.ecs.CapacityProvider("hosts", {
  autoScalingGroupProvider: { autoScalingGroupArn: hosts.arn, managedScaling: { status: "ENABLED" } },
});
new aws.ecs.ClusterCapacityProviders("tasks", { clusterName: tasks.name, capacityProviders: [capacity.name] });

function bootScript(clusterName: string): string {
  return [
    "#!/bin/bash",
    "cat >> /etc/ecs/ecs.config <<END",
    `ECS_CLUSTER=${clusterName}`,
    "ECS_AWSVPC_BLOCK_IMDS=true",
    "END",
    "",
  ].join("\n");
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
