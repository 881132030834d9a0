import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const size: number = config.getBoolean("wrong") ? 1 : 2;

class Machine extends pulumi.CustomResource {
  constructor(name: string, args: { readonly size: number }) {
    super("aws:ec2/instance:Instance", name, { ami: "ami-0abcdef1234567890", instanceType: `t${args.size}.micro` });
  }
}
new Machine("web", { size });
