const aws = require("@pulumi/aws");

const web = new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
web.arn.apply(() => {
  throw new Error("apply went wrong");
});
