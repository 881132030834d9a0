// One role to pass, and the program shows that it is not stronger
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const accountId = aws.getCallerIdentityOutput().accountId;
const worker = new aws.iam.Role("worker", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const role = new aws.iam.Role("launcher", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("launcher", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "iam:PassRole", Resource: worker.arn },
      {
        Effect: "Allow",
        Action: "ec2:RunInstances",
        Resource: [
          "arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0",
          pulumi.interpolate`arn:aws:ec2:eu-west-1:${accountId}:subnet/subnet-0123456789abcdef0`,
          pulumi.interpolate`arn:aws:ec2:eu-west-1:${accountId}:security-group/sg-0123456789abcdef0`,
          pulumi.interpolate`arn:aws:ec2:eu-west-1:${accountId}:instance/*`,
          pulumi.interpolate`arn:aws:ec2:eu-west-1:${accountId}:network-interface/*`,
          pulumi.interpolate`arn:aws:ec2:eu-west-1:${accountId}:volume/*`,
        ],
      },
    ],
  }),
});

new aws.ec2.Instance("launcher", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("launcher", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
