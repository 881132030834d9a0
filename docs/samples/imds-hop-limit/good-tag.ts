// A container host that its tag shows to be one
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("runner", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.large",
  keyName: "ops",
  tags: { "ec2-hardening:container-host": "true" },
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 },
});
