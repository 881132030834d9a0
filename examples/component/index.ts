// Machines by components: no findings at the strict preset, with little to write.
import * as aws from "@pulumi/aws";
import { grantPutMetrics, grantReadBucket, HardenedAutoScalingGroup, HardenedInstance } from "ec2-hardening";

// The smallest one: Amazon Linux 2023, reached by Session Manager.
export const bastion = new HardenedInstance("bastion").instanceId;

// A shop behind nginx: it gets its database password at boot, and its own user reaches the metadata service, as root does.
const password = new aws.secretsmanager.Secret("shop-db");
const releases = new aws.s3.Bucket("releases");
const web = new HardenedInstance("web", {
  image: "ubuntu-24.04",
  instanceType: "t4g.small",
  allowedUsers: ["shop"],
  grants: [grantReadBucket(releases.arn, "web/"), grantPutMetrics("Shop/Web")],
  secrets: [{ secret: password.arn, file: "db-password", owner: "shop" }],
  userData: {
    cloudConfig: { packages: ["nginx"], users: ["default", { name: "shop", system: true }] },
    files: [{ path: "/etc/nginx/conf.d/shop.conf", content: "server { listen 8080; root /srv/shop; }\n" }],
    commands: ["systemctl enable --now nginx"],
  },
});
export const webAddress = web.privateIp;

// Nothing on it needs metadata, so that there is none.
new HardenedInstance("relay", { imds: "off" });

// Workers in a group: a change to the template reaches them by an instance refresh.
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "default-for-az", values: ["true"] }] }).ids;
new HardenedAutoScalingGroup("workers", {
  subnetIds,
  maxSize: 4,
  instanceType: "c7g.large",
  rootVolume: { size: 40 },
  patching: "all",
  rebootWindow: { days: ["Sun"], start: "03:30" },
});
