// Workers of AWS Batch
import * as aws from "@pulumi/aws";
import { grantStatements, HardenedInstanceProfile, HardenedLaunchTemplate } from "ec2-hardening";

const subnets = ["subnet-0ccc1234def567890", "subnet-0ddd1234def567890"];
const securityGroupIds = ["sg-0abc1234def567890"];

// What the agent of ECS calls, on the clusters that Batch makes. Jobs have roles of their own.
const clusters = "arn:aws:ecs:us-west-2:123456789012";
const workers = new HardenedInstanceProfile("workers", {
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
        Resource: `${clusters}:cluster/AWSBatch-*`,
      },
      {
        Action: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
        Resource: `${clusters}:container-instance/AWSBatch-*`,
      },
      // Jobs without a role for their execution write their log with the machine's.
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:us-west-2:123456789012:log-group:/aws/batch/job:*",
      },
    ]),
  ],
});
const template = new HardenedLaunchTemplate("workers", {
  launchedBy: "batch",
  profile: workers,
  allowedUsers: [],
  rootVolume: { size: 100 },
});
const environment = new aws.batch.ComputeEnvironment("workers", {
  type: "MANAGED",
  computeResources: {
    type: "EC2",
    allocationStrategy: "BEST_FIT_PROGRESSIVE",
    ec2Configurations: [{ imageType: "ECS_AL2023" }],
    instanceTypes: ["c7i"],
    minVcpus: 0,
    maxVcpus: 64,
    subnets,
    securityGroupIds,
    instanceRole: workers.arn,
    launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersion },
  },
});
new aws.batch.JobQueue("jobs", {
  state: "ENABLED",
  priority: 1,
  computeEnvironmentOrders: [{ order: 1, computeEnvironment: environment.arn }],
});
