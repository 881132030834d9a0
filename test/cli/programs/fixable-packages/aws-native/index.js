// As much of @pulumi/aws-native as the programs use.
const pulumi = require("@pulumi/pulumi");

const resource = (token) =>
  class extends pulumi.CustomResource {
    constructor(name, args, opts) {
      super(token, name, args ?? {}, opts);
    }
  };

exports.ec2 = {
  Instance: resource("aws-native:ec2:Instance"),
  LaunchTemplate: resource("aws-native:ec2:LaunchTemplate"),
};
