import * as aws from "@pulumi/aws";

function machine(name: string): aws.ec2.Instance {
  return new aws.ec2.Instance(name, {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.micro",
    metadataOptions: { httpTokens: "optional" },
  });
}

machine("first");
machine("second");

for (const zone of ["a", "b", "c"]) {
  new aws.ec2.Instance(`loop-${zone}`, { ami: "ami-1", instanceType: "t3.micro" });
}

/** One of them is a container host, where the limit is another one. */
function tagged(name: string, tags: Record<string, string>): aws.ec2.Instance {
  return new aws.ec2.Instance(name, { ami: "ami-1", instanceType: "t3.micro", tags });
}

tagged("plain-host", {});
tagged("container-host", { "ec2-hardening:container-host": "true" });
