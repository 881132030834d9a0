// The account's default for the region, where acceptAccountDefault accepts it
import * as aws from "@pulumi/aws";

new aws.ec2.InstanceMetadataDefaults("defaults", { httpTokens: "required", httpPutResponseHopLimit: 1 });

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
});
