// A machine that forwards traffic of others, whose tokens travel one hop too far
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("nat", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});

new aws.ec2.Instance("nat", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  sourceDestCheck: false,
  iamInstanceProfile: new aws.iam.InstanceProfile("nat", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 },
});
