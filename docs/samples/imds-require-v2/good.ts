// The whole block, on an instance and on a launch template
import * as aws from "@pulumi/aws";

const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions,
});

const template = new aws.ec2.LaunchTemplate("workers", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions,
});

// What the template sets holds for every machine of the group.
new aws.autoscaling.Group("workers", {
  minSize: 1,
  maxSize: 3,
  availabilityZones: ["us-west-2a"],
  launchTemplate: { id: template.id, version: "$Latest" },
});
