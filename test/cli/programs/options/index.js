const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };
const hook = new pulumi.ResourceHook("hook", () => {
  throw new Error("hooks act on real operations");
});
const first = new aws.ec2.Instance("first", machine, {
  aliases: [{ name: "older" }],
  customTimeouts: { create: "5m" },
  hooks: { beforeCreate: [hook] },
  ignoreChanges: ["ami"],
  protect: true,
  retainOnDelete: true,
});
new aws.ec2.Instance("second", machine, { deletedWith: first, replaceWith: [first], deleteBeforeReplace: true });
new aws.ec2.LaunchTemplate("existing", {}, { import: "lt-0123456789abcdef0" });
const asset = new pulumi.asset.StringAsset("content");
new aws.s3.BucketObjectv2("object", { bucket: "bucket", source: asset });
