const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const network = new pulumi.StackReference("acme/network/prod");
const template = aws.ec2.LaunchTemplate.get("template", "lt-0123456789abcdef0");
new aws.ec2.Instance("web", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  subnetId: network.getOutput("subnetId"),
  keyName: network.requireOutput("keyName"),
  launchTemplate: { id: template.id, version: "$Latest" },
});

class Provider {
  async create(inputs) {
    return { id: "1", outs: { ...inputs, token: "t" } };
  }
}
class Thing extends pulumi.dynamic.Resource {
  constructor(name, props) {
    super(new Provider(), name, { ...props, token: undefined });
  }
}
const thing = new Thing("thing", { size: 3 });

module.exports = async () => {
  const { value } = await network.getOutputDetails("profile");
  if (!value) throw new Error("the network has no profile");
  new aws.ec2.Instance("late", {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.micro",
    userData: pulumi.interpolate`token ${thing.token}`,
    iamInstanceProfile: value,
    tags: { size: thing.size.apply(String), subnet: await network.requireOutputValue("subnetId") },
  });
};
