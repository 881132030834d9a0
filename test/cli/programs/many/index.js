const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const count = new pulumi.Config().requireNumber("count");
const profile = new aws.iam.InstanceProfile("profile", {});
for (let index = 0; index < count; index++) {
  new aws.ec2.Instance(`machine-${index}`, {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.micro",
    iamInstanceProfile: profile.name,
    tags: { index: String(index), owner: "platform" },
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  });
}
