import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Server } from "./lib/server";

const tenant = new pulumi.Config().require("tenant");
const machine: aws.ec2.InstanceArgs = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };

new Server("app");
new aws.ec2.Instance(`web-${tenant}`, machine);

class Bastion extends aws.ec2.Instance {
  constructor(name: string) {
    super(name, machine);
  }
}
new Bastion("bastion");
