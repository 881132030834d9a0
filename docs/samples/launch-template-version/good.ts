// The version that the program describes
import * as aws from "@pulumi/aws";

const template = new aws.ec2.LaunchTemplate("base", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

new aws.autoscaling.Group("workers", {
  minSize: 1,
  maxSize: 3,
  availabilityZones: ["us-west-2a"],
  launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
});
