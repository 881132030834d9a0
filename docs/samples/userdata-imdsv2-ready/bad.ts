// A boot script that calls the metadata service without a token
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: `#!/bin/bash
hostnamectl set-hostname "$(curl -s http://169.254.169.254/latest/meta-data/instance-id)"
`,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
