// Systems Manager installs them every week
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: "#!/bin/bash\nsystemctl enable --now web\n",
  tags: { Patch: "weekly" },
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

new aws.ssm.Association("patch", {
  name: "AWS-RunPatchBaseline",
  targets: [{ key: "tag:Patch", values: ["weekly"] }],
  parameters: { Operation: "Install", RebootOption: "RebootIfNeeded" },
  scheduleExpression: "cron(0 3 ? * SUN *)",
});
