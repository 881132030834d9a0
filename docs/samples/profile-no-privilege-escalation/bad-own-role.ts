// The right to write roles by a prefix that its own role has
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("deployer", {
  name: "app-deployer",
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("deployer", {
  role: role.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["iam:AttachRolePolicy", "iam:PutRolePolicy"],
        Resource: "arn:aws:iam::*:role/app-*",
      },
    ],
  }),
});

new aws.ec2.Instance("deployer", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("deployer", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
