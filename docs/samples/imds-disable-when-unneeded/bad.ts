// Nothing on the machine reads metadata
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("relay", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
