const aws = require("@pulumi/aws");

new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
const line = "x".repeat(1 << 20);
for (let index = 0; index < 64; index++) {
  console.log(line);
  process.stderr.write(line);
}
throw new Error("after the flood");
