// A named role, which the program shows to be stronger
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const admin = new aws.iam.Role("admin", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("admin", {
  role: admin.name,
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});

const role = new aws.iam.Role("launcher", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("launcher", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "iam:PassRole", Resource: admin.arn },
      { Effect: "Allow", Action: "ec2:RunInstances", Resource: "*" },
    ],
  }),
});

new aws.ec2.Instance("launcher", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("launcher", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
