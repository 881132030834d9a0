// The machine fetches the secret with its role
import * as aws from "@pulumi/aws";

const bootScript = `#!/bin/bash
set -eu
umask 077
DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id shop/db --query SecretString --output text)
echo "DB_PASSWORD=$DB_PASSWORD" > /run/shop.env
systemctl start shop
`;

const role = new aws.iam.Role("web", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("web", {
  role: role.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-*",
      },
    ],
  }),
});

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("web", { role: role.name }).name,
  userData: bootScript,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
