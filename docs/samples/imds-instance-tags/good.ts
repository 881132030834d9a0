// Off where nothing reads them, on where the boot script does
import * as aws from "@pulumi/aws";

const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

const bootScript = `#!/bin/bash
token=$(curl -sfX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
curl -sf -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/tags/instance/Name
`;

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  keyName: "ops",
  metadataOptions: { ...metadataOptions, instanceMetadataTags: "disabled" },
});

new aws.ec2.Instance("runner", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: bootScript,
  metadataOptions: { ...metadataOptions, instanceMetadataTags: "enabled" },
});
