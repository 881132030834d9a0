// A web server whose metadata only its own user and root reach, with a secret that it fetches at boot
import { grantReadBucket, HardenedInstance } from "ec2-hardening";

const web = new HardenedInstance("web", {
  image: "ubuntu-24.04",
  instanceType: "t4g.small",
  subnetId: "subnet-0abc1234def567890",
  allowedUsers: ["www-data"],
  grants: [grantReadBucket("arn:aws:s3:::shop-releases", "web/")],
  secrets: [
    {
      secret: "arn:aws:secretsmanager:us-west-2:123456789012:secret:shop-database-AbCdEf",
      file: "database",
      owner: "www-data",
    },
  ],
  userData: { cloudConfig: { packages: ["nginx"] }, commands: ["systemctl enable --now nginx"] },
});

export const address = web.privateIp;
