import * as aws from "@pulumi/aws";

new aws.ec2.Instance("inline", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });
new aws.ec2.Instance("narrow", {ami: "ami-0abcdef1234567890", instanceType: "t3.micro", metadataOptions: {}});
new aws.ec2.Instance("one", { ami: "ami-1", instanceType: "t3.micro" }), new aws.ec2.Instance("other", { ami: "ami-1", instanceType: "t3.micro" });
