const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const path = require("path");

new aws.ec2.Instance("web", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  tags: {
    directory: path.basename(process.cwd()),
    root: path.basename(pulumi.runtime.getRootDirectory()),
    stack: `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`,
    preview: String(pulumi.runtime.isDryRun()),
    title: process.title,
  },
});
