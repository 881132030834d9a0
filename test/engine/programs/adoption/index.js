// A machine that a raw resource described, and that a component takes over.
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const { HardenedInstance } = require("ec2-hardening");

const shared = { instanceType: "t3.large", subnetId: "subnet-0123456789abcdef0", keyName: "ops" };

if (new pulumi.Config().get("stage") === "component") {
  new HardenedInstance("web", { ...shared, adopt: "old-web", securityGroupIds: ["sg-0123456789abcdef0"] });
} else {
  new aws.ec2.Instance("old-web", {
    ...shared,
    ami: "ami-0123456789abcdef0",
    associatePublicIpAddress: true,
    userData: "#!/bin/bash\necho old\n",
    vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
  });
}
