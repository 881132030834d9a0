// One role for a machine and a function
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("shop", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }),
});

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("web", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
