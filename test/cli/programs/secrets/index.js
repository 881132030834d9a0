const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const password = config.requireSecret("password");
const web = new aws.ec2.Instance("web", {
  ami: "ami-0abcdef1234567890",
  instanceType: config.require("size"),
  keyName: config.requireSecret("stored"),
  userData: pulumi.interpolate`pw=${password}`,
  tags: { nested: JSON.stringify(config.requireObject("nested")), region: aws.config.region },
});
const plain = new aws.ec2.Instance(
  "plain",
  { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" },
  {
    additionalSecretOutputs: ["arn"],
  },
);

module.exports = async () => {
  const secret = {
    userData: await pulumi.isSecret(web.userData),
    ami: await pulumi.isSecret(web.ami),
    arn: await pulumi.isSecret(plain.arn),
  };
  password.apply((value) => {
    throw new Error(`cannot use ${value} ${JSON.stringify(secret)}`);
  });
};
