// A machine that overrides the template it starts from
import * as aws from "@pulumi/aws";

const template = new aws.ec2.LaunchTemplate("base", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

new aws.ec2.Instance("web", {
  launchTemplate: { id: template.id, version: "$Latest" },
  metadataOptions: { httpTokens: "optional" },
});
