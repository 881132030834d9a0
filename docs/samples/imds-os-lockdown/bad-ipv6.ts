// The IPv6 endpoint is on, and the rule covers IPv4 only
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: "#!/bin/bash\niptables -A OUTPUT -d 169.254.169.254 -m owner ! --uid-owner root -j REJECT\n",
  metadataOptions: {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    httpProtocolIpv6: "enabled",
  },
});
