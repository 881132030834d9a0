const aws = require("@pulumi/aws");

new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
require("child_process").spawn("sleep", ["600"], { stdio: "inherit" });
setInterval(() => undefined, 1000);
