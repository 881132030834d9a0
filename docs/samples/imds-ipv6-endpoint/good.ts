// IPv4 only, which is also what EC2 does where the property is not set
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    httpProtocolIpv6: "disabled",
  },
});
