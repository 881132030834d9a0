// A launch configuration without httpEndpoint: the provider drops what stands next to it
import * as aws from "@pulumi/aws";

new aws.ec2.LaunchConfiguration("workers", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
});
