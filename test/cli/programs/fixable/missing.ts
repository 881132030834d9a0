import * as aws from "@pulumi/aws";
import { ec2 } from "@pulumi/aws";
import { Instance as Machine } from "@pulumi/aws/ec2";

// Everything is missing.
export const missing = new aws.ec2.Instance("missing", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro", // small, and cheap
  // That is all.
});

export const partial = new ec2.Instance(
  "partial",
  {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.micro",
    metadataOptions: {
      // Tokens first.
      httpTokens: "required",
    },
  },
  { protect: false },
);

export const renamed = new Machine("renamed", {
  "ami": "ami-0abcdef1234567890",
  "instanceType": "t3.micro"
});

class Bastion extends aws.ec2.Instance {
  constructor(name: string) {
    super(name, {
      ami: "ami-0abcdef1234567890",
      instanceType: "t3.micro",
    });
  }
}

new Bastion("bastion");
