// Machines that alarms watch in each of the ways, and the guardrails of an organization.
import * as aws from "@pulumi/aws";
import { HardenedAutoScalingGroup, HardenedInstance, ImdsGuardrails, ImdsUsageAlarm } from "../../../../components";

const topic = new aws.sns.Topic("security");
const alarmActions = [topic.arn];

const one = new HardenedInstance("one");
const other = new HardenedInstance("other", { imds: "boot-only" });
new ImdsUsageAlarm("machines", { instanceIds: [one.instanceId, other.instanceId], alarmActions });

const group = new HardenedAutoScalingGroup("group", { subnetIds: ["subnet-0123456789abcdef0"] });
new ImdsUsageAlarm("groups", {
  autoScalingGroupNames: [group.name],
  metrics: ["MetadataNoTokenRejected"],
  alarmActions,
  threshold: 10,
  period: 60,
  transform: { alarm: (args) => void (args.okActions = alarmActions) },
});

const elsewhere = new aws.Provider("elsewhere", { region: "eu-north-1" });
new HardenedInstance("third", {}, { provider: elsewhere });
new ImdsUsageAlarm("everything", {}, { provider: elsewhere });

new ImdsGuardrails("guardrails", {
  regions: ["eu-central-1", "eu-west-1"],
  serviceControlPolicy: {
    targetIds: ["ou-abcd-12345678", "r-abcd"],
    administrators: ["arn:aws:iam::*:role/deploy"],
    allowBootOnly: true,
  },
  declarativePolicy: { targetIds: ["r-abcd"] },
});
new ImdsGuardrails("defaults", {}, { provider: elsewhere });
