import * as aws from "@pulumi/aws";
new aws.ec2.Instance("bom", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
});
