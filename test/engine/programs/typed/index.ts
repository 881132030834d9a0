import * as aws from "@pulumi/aws";

const options: aws.types.input.ec2.InstanceMetadataOptions = { httpTokens: "optional", httpPutResponseHopLimit: 1 };

export const address = new aws.ec2.Instance("typed", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  keyName: "operator",
  metadataOptions: options,
}).privateIp;
