// A spot request, whose metadata options never reach EC2
import * as aws from "@pulumi/aws";

new aws.ec2.SpotInstanceRequest("crawler", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
