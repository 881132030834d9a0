import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("web", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
});
const profile = new aws.iam.InstanceProfile("web", { role: role.name });

new aws.ec2.Instance("web", {
  ami: "ami-0c2f1e3d4b5a69788",
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "optional" },
});
