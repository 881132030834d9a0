import * as aws from "@pulumi/aws";

export function make() {
	return new aws.ec2.Instance("tabs", {
		ami: "ami-0abcdef1234567890",
		instanceType: "t3.micro" // no comma here
		// and the end
	});
}

make();
