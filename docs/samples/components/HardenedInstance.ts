// An application behind nginx: its own user reaches the metadata service, and what faces the network does not
import { grantReadBucket, HardenedInstance } from "ec2-hardening";

const web = new HardenedInstance("web", {
  image: "ubuntu-24.04",
  instanceType: "t4g.small",
  subnetId: "subnet-0abc1234def567890",
  allowedUsers: ["shop"],
  grants: [grantReadBucket("arn:aws:s3:::shop-uploads", "catalogue/")],
  secrets: [
    {
      secret: "arn:aws:secretsmanager:us-west-2:123456789012:secret:shop-database-AbCdEf",
      file: "database",
      owner: "shop",
      neededBy: ["shop.service"],
    },
  ],
  userData: {
    cloudConfig: {
      users: ["default", { name: "shop", system: true, shell: "/usr/sbin/nologin" }],
      packages: ["nginx"],
    },
    files: [
      {
        path: "/etc/systemd/system/shop.service",
        content: "[Service]\nUser=shop\nExecStart=/opt/shop/shop\n\n[Install]\nWantedBy=multi-user.target\n",
      },
    ],
    commands: ["systemctl enable --now nginx shop.service"],
  },
});

export const address = web.privateIp;
