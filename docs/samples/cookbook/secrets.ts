// A service with secrets from Secrets Manager
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantReadBucket, HardenedInstance } from "ec2-hardening";

const key = new aws.kms.Key("shop", { enableKeyRotation: true });
const database = new aws.secretsmanager.Secret("database", { kmsKeyId: key.arn });
const certificate = new aws.secretsmanager.Secret("certificate", { kmsKeyId: key.arn });
const releases = new aws.s3.Bucket("releases");

const unit = `[Unit]
Description=Shop

[Service]
User=shop
ExecStart=/opt/shop/shop --tls-key /run/secrets/shop-tls-key
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

new HardenedInstance("shop", {
  subnetId: "subnet-0ccc1234def567890",
  // The service has its secrets from systemd and needs no credentials of the machine.
  allowedUsers: [],
  secrets: [
    {
      secret: database.arn,
      kmsKey: key.arn,
      key: "password",
      environment: { unit: "shop.service", variable: "DATABASE_PASSWORD" },
    },
    { secret: certificate.arn, kmsKey: key.arn, file: "shop-tls-key", owner: "shop", neededBy: ["shop.service"] },
  ],
  grants: [grantReadBucket(releases.arn, "shop/")],
  userData: {
    cloudConfig: { users: ["default", { name: "shop", system: true, shell: "/sbin/nologin" }] },
    files: [{ path: "/etc/systemd/system/shop.service", content: unit }],
    commands: [
      pulumi.interpolate`aws s3 cp s3://${releases.bucket}/shop/shop /opt/shop/shop`,
      "chmod 0755 /opt/shop/shop",
      "systemctl daemon-reload",
      "systemctl enable --now shop.service",
    ],
  },
});
