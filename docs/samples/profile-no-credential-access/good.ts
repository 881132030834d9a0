// A path of parameters, one secret, and keys by way of the service that uses them
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const secret = new aws.secretsmanager.Secret("db");
const accountId = aws.getCallerIdentityOutput().accountId;
const role = new aws.iam.Role("web", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("settings", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["ssm:GetParameter", "ssm:GetParametersByPath"],
        Resource: pulumi.interpolate`arn:aws:ssm:eu-west-1:${accountId}:parameter/shop/*`,
      },
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: pulumi.interpolate`arn:aws:kms:eu-west-1:${accountId}:key/*`,
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
      },
    ],
  }),
});

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("web", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
