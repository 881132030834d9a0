const aws = require("@pulumi/aws");

const role = new aws.iam.Role("role", {
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  },
});
const profile = new aws.iam.InstanceProfile("profile", { role: role.name });
const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

new aws.ec2.Instance("alone", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions,
});

const template = new aws.ec2.LaunchTemplate("template", {
  imageId: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  updateDefaultVersion: true,
  metadataOptions,
});
new aws.autoscaling.Group("group", {
  minSize: 1,
  maxSize: 2,
  availabilityZones: ["us-west-2a"],
  launchTemplate: { id: template.id, version: template.latestVersion.apply((version) => `${version}`) },
});
