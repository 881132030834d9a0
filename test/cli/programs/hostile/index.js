const aws = require("@pulumi/aws");

const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };
new aws.ec2.Instance("red\u001b[31m\nname::with $ and \u202e", machine);
new aws.ec2.Instance("__proto__", { ...machine, tags: JSON.parse('{"__proto__":"x","constructor":"y"}') });
new aws.ec2.Instance("odd", { ...machine, metadataOptions: [1, "two", null], userData: { deep: [[[[{}]]]] } });
