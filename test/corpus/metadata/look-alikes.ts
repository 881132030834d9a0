import { good, type Case } from "../corpus";

/** What is no call, or speaks version 2. */
export const lookAlikes: readonly Case[] = [
  // No call

  good(
    "the message of the day shows how it was done",
    () => `#!/bin/bash
cat > /etc/motd <<'MOTD'
Instance id:  curl http://169.254.169.254/latest/meta-data/instance-id   (off since May)
Please use:   ec2-metadata -i
MOTD
`,
  ),
  good(
    "a hint on the console",
    () => `#!/bin/bash
echo "If this hangs, try: curl http://169.254.169.254/latest/meta-data/ from another shell" > /dev/console
logger -t boot "no longer using http://169.254.169.254/latest/meta-data/instance-id"
`,
  ),
  good(
    "a commented call",
    () => `#!/bin/bash
# INSTANCE_ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
INSTANCE_ID=$(cloud-init query instance_id)
echo "$INSTANCE_ID" > /etc/instance-id   # was: wget -qO- http://169.254.169.254/latest/meta-data/instance-id
`,
  ),
  good(
    "usage of a tool",
    () => `#!/bin/bash
usage() {
  cat <<'USAGE'
boot.sh ROLE

Environment:
  IMDS    address of the metadata service (default http://169.254.169.254/latest/meta-data/)
Do not call \`curl http://169.254.169.254/latest/meta-data/\` without a token.
USAGE
  exit 64
}
[ -n "$1" ] || set -- default
/opt/app/setup "$1"
`,
  ),
  good(
    "a doc string of Python",
    () => `#!/usr/bin/env python3
"""Writes the id of the machine.

Formerly urlopen("http://169.254.169.254/latest/meta-data/instance-id") did this.
"""
import subprocess

print(subprocess.check_output(["cloud-init", "query", "instance_id"]).decode(), file=open("/etc/instance-id", "w"))
`,
  ),
  good(
    "iptables lets root only",
    () => `#!/bin/bash
iptables -A OUTPUT -d 169.254.169.254/32 -m owner ! --uid-owner root -j REJECT
ip6tables -A OUTPUT -d fd00:ec2::254/128 -m owner ! --uid-owner root -j REJECT
iptables-save > /etc/sysconfig/iptables
`,
  ),
  good(
    "nft drops what other users send",
    () => `#!/bin/bash
cat > /etc/nftables/imds.nft <<'NFT'
table inet imds {
  chain output {
    type filter hook output priority 0; policy accept;
    ip daddr 169.254.169.254 tcp dport 80 meta skuid != { root, chrony } reject
  }
}
NFT
nft -f /etc/nftables/imds.nft
`,
  ),
  good(
    "containers are kept away",
    () => `#!/bin/bash
yum install -y iptables-services docker
iptables --insert DOCKER-USER --destination 169.254.169.254 --jump REJECT
iptables -t nat -A PREROUTING -p tcp -i docker0 -d 169.254.169.254 --dport 80 -j DNAT --to-destination 127.0.0.1:8181
systemctl enable --now iptables docker
`,
  ),
  good(
    "ufw and firewalld",
    () => `#!/bin/bash
ufw deny out to 169.254.169.254 port 80 proto tcp
firewall-cmd --permanent --direct --add-rule ipv4 filter OUTPUT 0 -d 169.254.169.254 -m owner --uid-owner nginx -j DROP
firewall-cmd --reload
`,
  ),
  good(
    "no proxy for the metadata service",
    () => `#!/bin/bash
cat >> /etc/environment <<'ENV'
HTTP_PROXY=http://proxy.example.internal:3128
NO_PROXY=localhost,127.0.0.1,169.254.169.254,instance-data,.ec2.internal
ENV
mkdir -p /etc/systemd/system/docker.service.d
printf '[Service]\\nEnvironment="NO_PROXY=169.254.169.254,169.254.170.2"\\n' > /etc/systemd/system/docker.service.d/proxy.conf
`,
  ),
  good(
    "routes of the link-local network",
    () => `#!/bin/bash
ip route add 169.254.169.254/32 dev eth0
ip route add blackhole 169.254.0.0/16
echo '169.254.0.0/16 dev eth1' > /etc/sysconfig/network-scripts/route-eth1
`,
  ),
  good(
    "the time server",
    () => `#!/bin/bash
sed -i '1i server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4' /etc/chrony.conf
systemctl restart chronyd
chronyc sources
`,
  ),
  good(
    "the name server of the network",
    () => `#!/bin/bash
echo 'nameserver 169.254.169.253' > /etc/resolv.conf
dig +short @169.254.169.253 api.example.internal
`,
  ),
  good(
    "the metadata of a task",
    () => `#!/bin/bash
curl -s "\${ECS_CONTAINER_METADATA_URI_V4}/task" | jq -r .TaskARN
curl -s http://169.254.170.2/v2/metadata > /tmp/task.json
`,
  ),
  good(
    "credentials of a container",
    () => `#!/bin/bash
curl -s "http://169.254.170.2\${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}" | jq -r .RoleArn
export AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.23/v1/credentials
`,
  ),
  good(
    "the agent of ECS on the loopback",
    () => `#!/bin/bash
until curl -s http://localhost:51678/v1/metadata | jq -e .Cluster; do sleep 2; done
`,
  ),
  good(
    "Azure's service at the same address",
    () => `#!/bin/bash
if [ "$(cat /sys/class/dmi/id/sys_vendor)" = "Microsoft Corporation" ]; then
  curl -s -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01" > /etc/azure.json
else
  ec2-metadata --all > /etc/ec2.txt
fi
`,
  ),
  good(
    "Google's service",
    () => `#!/bin/bash
if curl -sf -H 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/id -o /etc/gce-id; then
  echo gce > /etc/cloud-name
else
  echo ec2 > /etc/cloud-name
fi
`,
  ),
  good(
    "another machine with a like path",
    () => `#!/bin/bash
curl -s http://10.0.4.10/latest/meta-data/index.json -o /srv/catalog/index.json
curl -s https://packages.example.com/2009-04-04/meta-data/repo.xml -o /srv/catalog/repo.xml
`,
  ),
  good(
    "an emulator on the loopback",
    () => `#!/bin/bash
docker run -d -p 1338:1338 public.ecr.aws/aws-ec2/amazon-ec2-metadata-mock:v1.11.2
curl -s http://localhost:1338/latest/meta-data/instance-id > /tmp/fake-id
`,
  ),
  good(
    "programs are told where the service is",
    () => `#!/bin/bash
cat >> /etc/environment <<'ENV'
AWS_EC2_METADATA_SERVICE_ENDPOINT=http://169.254.169.254
AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPv4
AWS_EC2_METADATA_V1_DISABLED=true
AWS_METADATA_SERVICE_NUM_ATTEMPTS=5
ENV
`,
  ),
  good(
    "a policy of the network",
    () => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: no-imds }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] }
YAML
`,
  ),
  good(
    "a proxy that denies the address",
    () => `#!/bin/bash
cat > /etc/squid/squid.conf <<'SQUID'
acl imds dst 169.254.169.254
acl imds_url url_regex ^http://169\\.254\\.169\\.254/latest/meta-data
http_access deny imds
http_access deny imds_url
http_access allow localnet
http_port 3128
SQUID
systemctl restart squid
`,
  ),
  good(
    "a rule against forged requests",
    () => `#!/bin/bash
cat > /etc/modsecurity/ssrf.conf <<'RULE'
SecRule ARGS "@rx (?i)http://169\\.254\\.169\\.254/latest/(meta-data|user-data|dynamic)" "id:100100,phase:2,deny,status:403,msg:'SSRF'"
SecRule ARGS "@contains http://169.254.169.254/latest/meta-data/iam/security-credentials/" "id:100101,phase:2,deny"
RULE
systemctl reload nginx
`,
  ),
  good(
    "an audit rule and a search in logs",
    () => `#!/bin/bash
grep -h 'GET http://169.254.169.254/latest/meta-data' /var/log/squid/access.log > /root/suspicious || true
tcpdump -i any -c 100 -w /var/log/imds.pcap 'host 169.254.169.254 and port 80' &
ss -tn dst 169.254.169.254 >> /var/log/imds.txt
`,
  ),
  good(
    "a list of test addresses for a scanner",
    () => `#!/bin/bash
cat > /opt/waf/tests/payloads.txt <<'LIST'
http://169.254.169.254/latest/meta-data/
http://[fd00:ec2::254]/latest/user-data
http://instance-data/latest/meta-data/iam/security-credentials/
LIST
chown -R waf: /opt/waf/tests
`,
  ),

  // Calls that prove something

  good(
    "only the status of a version 1 call",
    () => `#!/bin/bash
set -e
code=$(curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/)
if [ "$code" != 401 ]; then
  echo "IMDSv1 is not off: $code" >&2
  exit 1
fi
`,
  ),
  good(
    "a test that version 1 is refused on one line",
    () => `#!/bin/bash
[ "$(curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/instance-id)" -eq 401 ] || shutdown -h now
`,
  ),
  good(
    "a version 1 call that must fail",
    () => `#!/bin/bash
if curl -sf -m 3 -o /dev/null http://169.254.169.254/latest/meta-data/; then
  logger -p auth.crit "IMDSv1 still answers"
  exit 1
fi
systemctl start app
`,
  ),
  good(
    "another user is locked out",
    () => `#!/bin/bash
iptables -A OUTPUT -d 169.254.169.254 -m owner --uid-owner www-data -j REJECT
if sudo -u www-data curl -s -m 2 http://169.254.169.254/latest/meta-data/ > /dev/null; then
  echo "www-data reaches the metadata service" >&2
  exit 1
fi
`,
  ),
  good(
    "nobody is locked out",
    () => `#!/bin/bash
nft -f /etc/nftables/imds.nft
runuser -u nobody -- curl --silent --max-time 2 http://169.254.169.254/latest/meta-data/iam/ && { wall "lock-down failed"; exit 1; }
echo "lock-down works"
`,
  ),
  good(
    "su as another user, expecting a failure",
    () => `#!/bin/bash
/opt/hardening/lock-imds.sh
! su -s /bin/sh app -c 'wget -q -T 2 -t 1 -O /dev/null http://169.254.169.254/latest/meta-data/' || exit 3
`,
  ),
  good(
    "Python expects 401",
    () => `#!/usr/bin/env python3
import sys
import urllib.error
import urllib.request

try:
    urllib.request.urlopen("http://169.254.169.254/latest/meta-data/", timeout=2)
except urllib.error.HTTPError as error:
    sys.exit(0 if error.code == 401 else 1)
sys.exit("IMDSv1 answers")
`,
  ),
  good(
    "wget shows the status",
    () => `#!/bin/bash
wget -q -S --spider http://169.254.169.254/latest/meta-data/ 2>&1 | grep -q '401 Unauthorized' || { echo "IMDSv1 is on"; exit 1; }
`,
  ),
  good(
    "the token alone is tested",
    () => `#!/bin/bash
if curl -sf -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 1' > /dev/null; then
  touch /run/on-ec2
fi
`,
  ),

  // Tools that speak version 2

  good(
    "ec2-metadata of Amazon Linux",
    () => `#!/bin/bash
INSTANCE_ID=$(ec2-metadata -i | cut -d' ' -f2)
ZONE=$(ec2-metadata --availability-zone | awk '{print $2}')
aws ec2 create-tags --region "\${ZONE%?}" --resources "$INSTANCE_ID" --tags Key=Zone,Value="$ZONE"
`,
  ),
  good(
    "the result of cloud-init on the disk",
    () => `#!/bin/bash
REGION=$(jq -r .v1.region /run/cloud-init/instance-data.json)
INSTANCE_ID=$(cat /var/lib/cloud/data/instance-id)
aws ec2 describe-tags --region "$REGION" --filters "Name=resource-id,Values=$INSTANCE_ID"
`,
  ),
  good(
    "the AWS CLI finds the region",
    () => `#!/bin/bash
aws sts get-caller-identity
aws configure list
aws ec2 describe-instances --filters "Name=private-ip-address,Values=$(hostname -I | awk '{print $1}')" --query 'Reservations[].Instances[].InstanceId' --output text > /etc/instance-id
`,
  ),
  good(
    "botocore's own client",
    () => `#!/bin/bash
pip3 install 'boto3>=1.26'
python3 - <<'PY'
from botocore.utils import InstanceMetadataRegionFetcher
print(InstanceMetadataRegionFetcher().retrieve_region())
PY
`,
  ),
  good(
    "the client of the SDK for node",
    () => `#!/bin/bash
cd /srv/app && npm install @aws-sdk/ec2-metadata-service@3
node -e 'const { MetadataService } = require("@aws-sdk/ec2-metadata-service"); new MetadataService().request("/latest/meta-data/instance-id", {}).then(console.log)' > /etc/instance-id
`,
  ),
  good(
    "the client of the SDK for Go",
    () => `#!/bin/bash
mkdir -p /opt/id && cd /opt/id && go mod init example.com/id
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
)

func main() {
	cfg, _ := config.LoadDefaultConfig(context.TODO())
	doc, _ := imds.NewFromConfig(cfg).GetInstanceIdentityDocument(context.TODO(), nil)
	fmt.Println(doc.InstanceID)
}
GO
go mod tidy && go run . > /etc/instance-id
`,
  ),
  good(
    "consul joins by tags",
    () => `#!/bin/bash
cat > /etc/consul.d/join.hcl <<'HCL'
retry_join = ["provider=aws tag_key=consul tag_value=server"]
bind_addr  = "{{ GetPrivateIP }}"
HCL
systemctl enable --now consul
`,
  ),
  good(
    "the CloudWatch agent fills in the dimensions",
    () => `#!/bin/bash
dnf install -y amazon-cloudwatch-agent
cat > /opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json <<'JSON'
{ "agent": { "region": "eu-west-1" }, "metrics": { "append_dimensions": { "InstanceId": "\${aws:InstanceId}", "ImageId": "\${aws:ImageId}" }, "metrics_collected": { "mem": { "measurement": ["mem_used_percent"] } } } }
JSON
systemctl enable --now amazon-cloudwatch-agent
`,
  ),
  good(
    "Bottlerocket settings",
    () => `[settings.kubernetes]
cluster-name = "cluster-a"
api-server = "https://api.cluster-a.example.internal"

[settings.network]
no-proxy = ["169.254.169.254", "localhost"]
`,
  ),
  good(
    "a node configuration of EKS",
    () => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="BOUNDARY"

--BOUNDARY
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: cluster-a
    apiServerEndpoint: https://api.cluster-a.example.internal
    cidr: 172.20.0.0/16

--BOUNDARY--
`,
  ),
  good(
    "a library file that carries the token",
    () => `#!/bin/bash
cat > /usr/local/lib/imds.sh <<'SH'
imds_token() { curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$IMDS/api/token"; }
imds_get() { curl -s -H "X-aws-ec2-metadata-token: $(imds_token)" "$IMDS/meta-data/$1"; }
SH
IMDS=http://169.254.169.254/latest
. /usr/local/lib/imds.sh
imds_get instance-id > /etc/instance-id
`,
  ),
  good(
    "a token that is renewed in a loop",
    () => `#!/bin/bash
cat > /usr/local/bin/rebalance <<'SH'
#!/bin/bash
refresh() { TOKEN=$(curl -s -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 120"); }
refresh
while :; do
  code=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" -o /tmp/notice -w '%{http_code}' http://169.254.169.254/latest/meta-data/events/recommendations/rebalance)
  case "$code" in
    401) refresh ;;
    200) systemctl start drain; exit 0 ;;
  esac
  sleep 5
done
SH
chmod 755 /usr/local/bin/rebalance
systemd-run --unit rebalance /usr/local/bin/rebalance
`,
  ),
  good(
    "raw request with the header",
    () => `#!/bin/bash
exec 3<>/dev/tcp/169.254.169.254/80
printf 'PUT /latest/api/token HTTP/1.1\\r\\nHost: 169.254.169.254\\r\\nX-aws-ec2-metadata-token-ttl-seconds: 60\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n' >&3
TOKEN=$(tail -n1 <&3)
exec 3<>/dev/tcp/169.254.169.254/80
printf 'GET /latest/meta-data/instance-id HTTP/1.1\\r\\nHost: 169.254.169.254\\r\\nX-aws-ec2-metadata-token: %s\\r\\nConnection: close\\r\\n\\r\\n' "$TOKEN" >&3
tail -n1 <&3 > /etc/instance-id
`,
  ),
  good(
    "the user data path with a token",
    () => `#!/bin/bash
TOKEN=\`curl -s -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60"\`
curl -s -H "X-aws-ec2-metadata-token: $TOKEN" -o /root/user-data http://169.254.169.254/latest/user-data
`,
  ),
  good(
    "keys of the role come from the command line tool",
    () => `#!/bin/bash
eval "$(aws configure export-credentials --format env)"
vault login -method=aws role=web
/opt/aws/bin/cfn-signal -e 0 --stack web --resource Group --region eu-west-1
`,
  ),
];
