// Children in groups of their own, which outlive the program and hold its output open.
const aws = require("@pulumi/aws");
const { spawn } = require("child_process");

new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
for (let index = 0; index < 20; index++) {
  spawn("sleep", ["90"], { stdio: "inherit", detached: index % 2 === 0 }).unref();
}
