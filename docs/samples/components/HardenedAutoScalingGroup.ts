// Workers that are replaced a few at a time when their description changes
import { grantStatements, HardenedAutoScalingGroup } from "ec2-hardening";

new HardenedAutoScalingGroup("workers", {
  subnetIds: ["subnet-0abc1234def567890", "subnet-0fed4321cba098765"],
  maxSize: 4,
  instanceType: "c7g.large",
  rootVolume: { size: 40 },
  grants: [
    grantStatements([
      {
        Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
        Resource: "arn:aws:sqs:us-west-2:123456789012:jobs",
      },
    ]),
  ],
});
