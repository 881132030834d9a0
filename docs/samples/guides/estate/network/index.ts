import * as aws from "@pulumi/aws";

new aws.ec2.Instance("nat", {
  ami: "ami-0c2f1e3d4b5a69788",
  instanceType: "t4g.nano",
  keyName: "operations",
  sourceDestCheck: false,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 64 },
});
