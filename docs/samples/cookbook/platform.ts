// Guardrails and alarms for every account
import * as aws from "@pulumi/aws";
import { ImdsGuardrails, ImdsUsageAlarm } from "ec2-hardening";

const administrators = ["arn:aws:iam::*:role/platform-deploy"];

// In the management account, or in one to which it delegated its policies.
new ImdsGuardrails("imds", {
  regions: ["us-west-2", "eu-central-1"],
  serviceControlPolicy: { targetIds: ["ou-abcd-12345678"], administrators, allowBootOnly: true, maxHopLimit: 2 },
  declarativePolicy: { targetIds: ["ou-abcd-12345678"] },
});

// In each account and region: every machine of it is watched.
const security = new aws.sns.Topic("security");
new aws.sns.TopicSubscription("security", {
  topic: security.arn,
  protocol: "email",
  endpoint: "security@example.com",
});
new ImdsUsageAlarm("imds-version-1", { alarmActions: [security.arn] });
