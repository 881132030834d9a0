// The other way round: off, although the machine cannot do without it
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: "#!/bin/bash\ndnf install -y nginx\n",
  metadataOptions: { httpEndpoint: "disabled" },
});
