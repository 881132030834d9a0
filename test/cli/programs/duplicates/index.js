const aws = require("@pulumi/aws");

new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
