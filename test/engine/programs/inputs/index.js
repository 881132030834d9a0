// What a preview, a state and a plan can show of a program: secrets, unknown values, a component, an explicit provider,
// a resource that is read, and ones that the second preview updates, replaces (before and after it deletes them) and deletes.
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const step = new pulumi.Config().get("step") ?? "first";
const token = new pulumi.Config().getSecret("token") ?? pulumi.secret("0nly-for-this-test");

class Web extends pulumi.ComponentResource {
  constructor(name, options) {
    super("my:web:Server", name, {}, options);
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
      { parent: this },
    );
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name }, { parent: this });
    new aws.ec2.Instance(
      `${name}-machine`,
      { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", iamInstanceProfile: profile.name },
      { parent: this },
    );
    this.registerOutputs();
  }
}

const ireland = new aws.Provider("ireland", { region: "eu-west-1" });
const template = new aws.ec2.LaunchTemplate("template", {
  imageId: "ami-0123456789abcdef0",
  metadataOptions: { httpTokens: step === "first" ? "optional" : "required", httpPutResponseHopLimit: 1 },
});
new aws.autoscaling.Group("group", {
  minSize: 1,
  maxSize: 1,
  availabilityZones: ["us-west-2a"],
  launchTemplate: { id: template.id, version: "$Latest" },
});
new aws.ec2.Instance(
  "far",
  {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 5 },
  },
  { provider: ireland },
);
new aws.ec2.Instance("hidden", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: pulumi.interpolate`#!/bin/sh\nexport TOKEN=${token}\n`,
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
});
const bucket = new aws.s3.Bucket("bucket");
new aws.ec2.Instance("open", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  metadataOptions: {
    httpTokens: bucket.arn.apply((arn) => (arn ? "required" : "optional")),
    httpPutResponseHopLimit: 1,
  },
});
const shared = aws.ec2.LaunchTemplate.get("shared", "lt-0123456789abcdef0");
new aws.ec2.Instance("outside", { launchTemplate: { id: shared.id, version: "$Latest" } });
const replaced = {
  ami: step === "first" ? "ami-0123456789abcdef0" : "ami-1123456789abcdef0",
  instanceType: "t3.micro",
  metadataOptions: { httpTokens: step === "first" ? "required" : "optional", httpPutResponseHopLimit: 1 },
};
new aws.ec2.Instance("renewed", replaced);
new aws.ec2.Instance("swapped", replaced, { deleteBeforeReplace: true });
if (step === "first") {
  new aws.ec2.Instance("leaving", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" });
}
new Web("app");
