const aws = require("@pulumi/aws");

const web = new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
web.arn.apply(() => {
  console.error("giving up");
  process.exit(Number(process.env.EXIT_WITH ?? 3));
});
