// A password that Pulumi makes: the text is harmless in the program, and not in EC2
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const password = new random.RandomPassword("db", { length: 24 });

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: pulumi.interpolate`#!/bin/bash
/opt/shop/start --with ${password.result}
`,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
