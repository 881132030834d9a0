const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

exports.Machine = class extends pulumi.ComponentResource {
  constructor(name, { size }, opts) {
    super("machine-kit:index:Machine", name, {}, opts);
    new aws.ec2.Instance(`${name}-machine`, { ami: "ami-1", instanceType: size }, { parent: this });
  }
};
