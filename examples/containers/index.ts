// Container hosts: EKS nodes and ECS instances whose containers read metadata over a bridge network, one hop away.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "default-for-az", values: ["true"] }] }).ids;

// Version 2 only; the second hop is the bridge between the machine and its containers.
const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 };

const accountId = aws.getCallerIdentityOutput().accountId;
const region = aws.getRegionOutput().region;

function role(name: string, service: string): aws.iam.Role {
  return new aws.iam.Role(name, { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: service }) });
}

function attach(to: aws.iam.Role, name: string, policy: string): void {
  const policyArn = `arn:aws:iam::aws:policy/${policy}`;
  new aws.iam.RolePolicyAttachment(name, { role: to.name, policyArn });
}

// Images of named repositories: AmazonEC2ContainerRegistryReadOnly would read those of every team.
function pull(repositories: readonly pulumi.Input<string>[]): readonly object[] {
  return [
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositories,
    },
  ];
}
const images = new aws.ecr.Repository("shop");

// EKS: the node group uses the template, which makes its machines container hosts.
// Where pods take their roles by IRSA or Pod Identity, a hop limit of 1 is enough. The network plugin takes its role in
// this way here, so that AmazonEKS_CNI_Policy is not on the nodes.
const clusterRole = role("cluster", "eks.amazonaws.com");
attach(clusterRole, "cluster", "AmazonEKSClusterPolicy");
const cluster = new aws.eks.Cluster("apps", { roleArn: clusterRole.arn, vpcConfig: { subnetIds } });

const networkRole = new aws.iam.Role("aws-node", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  }),
});
attach(networkRole, "aws-node", "AmazonEKS_CNI_Policy");
const agent = new aws.eks.Addon("pod-identity", { clusterName: cluster.name, addonName: "eks-pod-identity-agent" });
const network = new aws.eks.PodIdentityAssociation("aws-node", {
  clusterName: cluster.name,
  namespace: "kube-system",
  serviceAccount: "aws-node",
  roleArn: networkRole.arn,
});

const nodeRole = role("node", "ec2.amazonaws.com");
attach(nodeRole, "node", "AmazonEKSWorkerNodeMinimalPolicy");
// Where EKS keeps the images of its add-ons (EKS User Guide, "View Amazon container image registries").
const addOns = ["eks/*", "amazon/*", "amazon-k8s-cni*"].map(
  (name) => pulumi.interpolate`arn:aws:ecr:${region}:602401143452:repository/${name}`,
);
new aws.iam.RolePolicy("node-pull", {
  role: nodeRole.name,
  policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: pull([images.arn, ...addOns]) }),
});
const nodeTemplate = new aws.ec2.LaunchTemplate("node", { instanceType: "t3.large", metadataOptions });
new aws.eks.NodeGroup(
  "nodes",
  {
    clusterName: cluster.name,
    nodeRoleArn: nodeRole.arn,
    subnetIds,
    scalingConfig: { desiredSize: 2, minSize: 2, maxSize: 4 },
    launchTemplate: { id: nodeTemplate.id, version: nodeTemplate.latestVersion.apply(String) },
  },
  { dependsOn: [agent, network] },
);

// ECS: the capacity provider takes over the group, which makes its machines container hosts.
const tasks = new aws.ecs.Cluster("tasks");
const hostRole = role("host", "ec2.amazonaws.com");
// What the agent calls, on this cluster: AmazonEC2ContainerServiceforEC2Role allows it on every cluster.
new aws.iam.RolePolicy("host", {
  role: hostRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "ecs:DiscoverPollEndpoint", Resource: "*" },
      {
        Effect: "Allow",
        Action: ["ecs:RegisterContainerInstance", "ecs:DeregisterContainerInstance", "ecs:Submit*"],
        Resource: tasks.arn,
      },
      {
        Effect: "Allow",
        Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
        Resource: pulumi.interpolate`arn:aws:ecs:${region}:${accountId}:container-instance/${tasks.name}/*`,
      },
      ...pull([images.arn]),
    ],
  }),
});
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
