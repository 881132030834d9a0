// The administrator passwords of all Windows machines
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("join", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("join", {
  role: role.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["ec2:DescribeInstances", "ec2:GetPasswordData"], Resource: "*" }],
  }),
});

new aws.ec2.Instance("join", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("join", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
