const aws = require("@pulumi/aws");

new aws.ec2.Instance("broken", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  metadataOptions: { httpTokens: "sometimes" },
});
new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
