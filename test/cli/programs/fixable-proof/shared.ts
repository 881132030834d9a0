import * as aws from "@pulumi/aws";

export function shared(name: string): aws.ec2.Instance {
  return new aws.ec2.Instance(name, { ami: "ami-1", instanceType: "t3.micro" });
}
