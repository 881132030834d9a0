const aws = require("@pulumi/aws");

const template = aws.ec2.LaunchTemplate.get("shared", "lt-0123456789abcdef0");

new aws.ec2.Instance("borrows", {
  instanceType: "t3.micro",
  keyName: "operator",
  launchTemplate: { id: template.id, version: "$Latest" },
});
