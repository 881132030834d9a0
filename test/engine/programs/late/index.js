const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

// Stands for anything that only the update knows: the text is there as soon as the group is.
const tokens = new pulumi.Config().require("tokens");
const group = new aws.ec2.SecurityGroup("group", {});

new aws.ec2.Instance("late", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  keyName: "operator",
  metadataOptions: { httpTokens: group.arn.apply(() => tokens), httpPutResponseHopLimit: 1 },
});
