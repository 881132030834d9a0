// A hop limit that is left to account and image
import * as aws from "@pulumi/aws";

new aws.ec2.LaunchTemplate("workers", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" },
});
