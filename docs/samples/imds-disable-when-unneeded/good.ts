// Off where nothing needs it, on where something does
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("relay", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  metadataOptions: { httpEndpoint: "disabled" },
});

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
