// Only root and one user of the application reach the metadata service, over IPv4 and IPv6
import * as aws from "@pulumi/aws";

const lockdown = `#!/bin/bash
set -eu
cat > /etc/imds.nft <<RULES
table inet imds
delete table inet imds
table inet imds {
  chain output {
    type filter hook output priority filter - 10; policy accept;
    ip daddr 169.254.169.254 jump imds
    ip6 daddr fd00:ec2::254 jump imds
  }
  chain imds {
    meta skuid { 0, $(id -u app) } accept
    meta l4proto tcp reject with tcp reset
    drop
  }
}
RULES
nft -f /etc/imds.nft
`;

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: lockdown,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
