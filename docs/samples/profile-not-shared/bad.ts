// One role behind the web server, which has a public address, and the worker, which has none
import * as aws from "@pulumi/aws";

const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

const role = new aws.iam.Role("shop", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const profile = new aws.iam.InstanceProfile("shop", { role: role.name });

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  associatePublicIpAddress: true,
  iamInstanceProfile: profile.name,
  metadataOptions,
});

new aws.ec2.Instance("worker", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  associatePublicIpAddress: false,
  iamInstanceProfile: profile.name,
  metadataOptions,
});
