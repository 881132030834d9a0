import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export class Server extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("my:web:Server", name, {}, opts);
    new aws.ec2.Instance(
      `${name}-machine`,
      { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" },
      { parent: this },
    );
    this.registerOutputs();
  }
}
