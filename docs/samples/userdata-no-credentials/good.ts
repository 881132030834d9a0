// The machine fetches the secret with its role
import * as aws from "@pulumi/aws";

const bootScript = `#!/bin/bash
set -eu
umask 077
DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id shop/db --query SecretString --output text)
echo "DB_PASSWORD=$DB_PASSWORD" > /run/shop.env
systemctl start shop
`;

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: "web",
  userData: bootScript,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
