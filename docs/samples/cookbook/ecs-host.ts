// Hosts of ECS
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantStatements, HardenedAutoScalingGroup } from "ec2-hardening";

const subnetIds = ["subnet-0ccc1234def567890", "subnet-0ddd1234def567890"];
const cluster = new aws.ecs.Cluster("tasks");
const region = aws.getRegionOutput().region;
const accountId = aws.getCallerIdentityOutput().accountId;

const hosts = new HardenedAutoScalingGroup("hosts", {
  image: "ecs-al2023",
  instanceType: "m7g.large",
  subnetIds,
  minSize: 0,
  maxSize: 10,
  rootVolume: { size: 50 },
  allowedUsers: [],
  // What the agent calls. Tasks have roles of their own, and images are pulled with that for their execution.
  grants: [
    grantStatements([
      { Action: "ecs:DiscoverPollEndpoint", Resource: "*" },
      {
        Action: [
          "ecs:RegisterContainerInstance",
          "ecs:DeregisterContainerInstance",
          "ecs:SubmitAttachmentStateChanges",
          "ecs:SubmitContainerStateChange",
          "ecs:SubmitTaskStateChange",
        ],
        Resource: cluster.arn,
      },
      {
        Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
        Resource: pulumi.interpolate`arn:aws:ecs:${region}:${accountId}:container-instance/${cluster.name}/*`,
      },
    ]),
  ],
  userData: {
    files: [
      {
        path: "/etc/ecs/ecs.config",
        // Tasks with a network interface of their own go past the machine's firewall and its hop limit.
        content: pulumi.interpolate`ECS_CLUSTER=${cluster.name}
ECS_AWSVPC_BLOCK_IMDS=true
`,
      },
    ],
  },
  // ECS sets it on the group, which would lose it at the next update.
  tags: { AmazonECSManaged: "true" },
});

const capacity = new aws.ecs.CapacityProvider("hosts", {
  autoScalingGroupProvider: {
    autoScalingGroupArn: hosts.arn,
    managedScaling: { status: "ENABLED" },
    managedDraining: "ENABLED",
  },
});
new aws.ecs.ClusterCapacityProviders("tasks", {
  clusterName: cluster.name,
  capacityProviders: [capacity.name],
  defaultCapacityProviderStrategies: [{ capacityProvider: capacity.name, weight: 1 }],
});
