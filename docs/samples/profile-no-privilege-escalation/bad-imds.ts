// The right to change metadata options turns IMDSv1 back on
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("tuner", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("tuner", {
  role: role.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ec2:ModifyInstanceMetadataOptions", Resource: "*" }],
  }),
});

new aws.ec2.Instance("tuner", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("tuner", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
