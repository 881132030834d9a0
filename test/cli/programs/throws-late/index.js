const aws = require("@pulumi/aws");

new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
setTimeout(() => {
  throw new Error("late trouble");
}, 300);
