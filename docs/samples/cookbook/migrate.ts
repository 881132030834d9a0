// Taking over a machine that runs, without replacing it
import { grantReadBucket, HardenedInstance } from "ec2-hardening";

// It was: new aws.ec2.Instance("web", { ami, instanceType: "t3.large", subnetId, … })
new HardenedInstance("web", {
  adopt: "web",
  instanceType: "t3.large",
  subnetId: "subnet-0ccc1234def567890",
  securityGroupIds: ["sg-0abc1234def567890"],
  keyName: "ops",
  grants: [grantReadBucket("arn:aws:s3:::shop-releases", "web/")],
});
