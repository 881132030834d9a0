// The spot market, through an instance
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("crawler", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  instanceMarketOptions: { marketType: "spot" },
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
