// A template of another team, and nothing that the machine says itself
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  launchTemplate: { name: "shared-base", version: "$Latest" },
  iamInstanceProfile: "web",
});
