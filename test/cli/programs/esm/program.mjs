import * as aws from "@pulumi/aws";

const web = new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
await new Promise((resolve) => setTimeout(resolve, 10));
new aws.ec2.Eip("address", { instance: web.id });
