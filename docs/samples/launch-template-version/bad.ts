// A group that pins a version below the latest
import * as aws from "@pulumi/aws";

const template = aws.ec2.LaunchTemplate.get("base", "lt-0123456789abcdef0", { latestVersion: 4, defaultVersion: 2 });

new aws.autoscaling.Group("workers", {
  minSize: 1,
  maxSize: 3,
  availabilityZones: ["us-west-2a"],
  launchTemplate: { id: template.id, version: "3" },
});
