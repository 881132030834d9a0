import { b64, bad, good, type Case } from "../corpus";
import { gz, utf16 } from "../forms";

/** Calls to the metadata service, and software that speaks only version 1; the endpoint is on. */
export const metadataCalls: readonly Case[] = [
  // curl and wget

  bad(
    "the name of the host from its address",
    () => `#!/bin/bash
hostnamectl set-hostname "web-$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4 | tr . -)"
`,
  ),
  good(
    "the name of the host from its address, with a token",
    () => `#!/bin/bash
T=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token)
hostnamectl set-hostname "web-$(curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/local-ipv4 | tr . -)"
`,
  ),
  bad(
    "the region in backquotes",
    () => `#!/bin/sh
AZ=\`wget -q -O - http://169.254.169.254/latest/meta-data/placement/availability-zone\`
REGION=\`echo "$AZ" | sed 's/[a-z]$//'\`
aws configure set region "$REGION"
`,
  ),
  good(
    "the region in backquotes with a token",
    () => `#!/bin/sh
TOKEN=\`curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600"\`
REGION=\`wget -q -O - --header="X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/placement/region\`
aws configure set region "$REGION"
`,
  ),
  bad(
    "no scheme before the address",
    () => `#!/bin/bash
ID=$(curl -sf 169.254.169.254/latest/meta-data/instance-id)
aws ec2 create-tags --resources "$ID" --tags Key=Booted,Value=yes
`,
  ),
  good(
    "no scheme, with a token",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT 169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
ID=$(curl -sf 169.254.169.254/latest/meta-data/instance-id -H "X-aws-ec2-metadata-token: $TOKEN")
aws ec2 create-tags --resources "$ID" --tags Key=Booted,Value=yes
`,
  ),
  bad(
    "past every proxy",
    () => `#!/bin/bash
export http_proxy=http://proxy.example.internal:3128
ROLE=$(curl --noproxy '*' -s http://169.254.169.254/latest/meta-data/iam/security-credentials/)
echo "role is $ROLE" >> /var/log/boot.log
`,
  ),
  good(
    "past every proxy with a token",
    () => `#!/bin/bash
export http_proxy=http://proxy.example.internal:3128
TOKEN=$(curl --noproxy 169.254.169.254 -s -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 600")
ROLE=$(curl --noproxy '*' -s --header "X-aws-ec2-metadata-token: \${TOKEN}" http://169.254.169.254/latest/meta-data/iam/security-credentials/)
echo "role is $ROLE" >> /var/log/boot.log
`,
  ),
  bad(
    "the name instance-data",
    () => `#!/bin/bash
MAC=$(curl -s http://instance-data/latest/meta-data/mac)
echo "$MAC" > /etc/machine-mac
`,
  ),
  bad(
    "the long name of instance-data",
    () => `#!/bin/bash
wget -qO /etc/ami-id http://instance-data.ec2.internal/latest/meta-data/ami-id
`,
  ),
  good(
    "the name instance-data in the hosts file",
    () => `#!/bin/bash
echo '169.254.169.254 instance-data' >> /etc/hosts
TOKEN=$(curl -s -X PUT http://instance-data/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://instance-data/latest/meta-data/mac > /etc/machine-mac
`,
  ),
  bad(
    "over IPv6",
    () => `#!/bin/bash
curl -g -s 'http://[fd00:ec2::254]/latest/meta-data/ipv6' > /etc/own-ipv6
`,
  ),
  good(
    "over IPv6 with a token",
    () => `#!/bin/bash
M='http://[fd00:ec2::254]/latest'
TOKEN=$(curl -g -s -X PUT "$M/api/token" -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
curl -g -s -H "X-aws-ec2-metadata-token: $TOKEN" "$M/meta-data/ipv6" > /etc/own-ipv6
`,
  ),
  bad(
    "an old date instead of latest",
    () => `#!/bin/bash
TYPE=$(curl -s http://169.254.169.254/2016-09-02/meta-data/instance-type)
case "$TYPE" in t*) echo swap > /etc/profile-size ;; *) echo large > /etc/profile-size ;; esac
`,
  ),
  bad(
    "the oldest date",
    () => `#!/bin/bash
GROUP=$(curl -s http://169.254.169.254/2009-04-04/meta-data/security-groups | head -1)
sed -i "s/GROUP/$GROUP/" /etc/app.conf
`,
  ),
  bad(
    "version 1.0 in the path",
    () => `#!/bin/sh
wget -q -O /root/id http://169.254.169.254/1.0/meta-data/instance-id
`,
  ),
  good(
    "an old date with a token",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
TYPE=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/2021-07-15/meta-data/instance-type)
echo "$TYPE" > /etc/instance-type
`,
  ),
  bad(
    "the identity document through jq",
    () => `#!/bin/bash
read -r REGION ACCOUNT < <(curl -s http://169.254.169.254/latest/dynamic/instance-identity/document | jq -r '[.region,.accountId]|@tsv')
aws ecr get-login-password --region "$REGION" | docker login --username AWS --password-stdin "$ACCOUNT.dkr.ecr.$REGION.amazonaws.com"
`,
  ),
  good(
    "the identity document through jq with a token",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
read -r REGION ACCOUNT < <(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/dynamic/instance-identity/document | jq -r '[.region,.accountId]|@tsv')
aws ecr get-login-password --region "$REGION" | docker login --username AWS --password-stdin "$ACCOUNT.dkr.ecr.$REGION.amazonaws.com"
`,
  ),
  bad(
    "the signature of the identity document",
    () => `#!/bin/bash
PKCS7=$(curl -s http://169.254.169.254/latest/dynamic/instance-identity/pkcs7 | tr -d '\\n')
vault write auth/aws/login role=web pkcs7="$PKCS7"
`,
  ),
  bad(
    "user data read again",
    () => `#!/bin/bash
curl -s http://169.254.169.254/latest/user-data -o /root/user-data
grep ^ROLE= /root/user-data > /etc/role.env
`,
  ),
  good(
    "user data read from the disk",
    () => `#!/bin/bash
grep ^ROLE= /var/lib/cloud/instance/user-data.txt > /etc/role.env
cloud-init query userdata > /root/user-data
`,
  ),
  bad(
    "the public key of the user",
    () => `#!/bin/bash
mkdir -p /home/app/.ssh
curl -s http://169.254.169.254/latest/meta-data/public-keys/0/openssh-key >> /home/app/.ssh/authorized_keys
chown -R app: /home/app/.ssh
`,
  ),
  bad(
    "the base of the address is a variable",
    () => `#!/bin/bash
METADATA_URL="http://169.254.169.254/latest/meta-data"
INSTANCE_ID=$(curl -s "$METADATA_URL/instance-id")
VPC_CIDR=$(curl -s "$METADATA_URL/network/interfaces/macs/$(curl -s "$METADATA_URL/mac")/vpc-ipv4-cidr-block")
iptables -t nat -A POSTROUTING -s "$VPC_CIDR" -j MASQUERADE
`,
  ),
  good(
    "the base of the address and the header are variables",
    () => `#!/bin/bash
METADATA_URL="http://169.254.169.254/latest/meta-data"
HEADER="X-aws-ec2-metadata-token: $(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 120')"
INSTANCE_ID=$(curl -s -H "$HEADER" "$METADATA_URL/instance-id")
VPC_CIDR=$(curl -s -H "$HEADER" "$METADATA_URL/network/interfaces/macs/$(curl -s -H "$HEADER" "$METADATA_URL/mac")/vpc-ipv4-cidr-block")
iptables -t nat -A POSTROUTING -s "$VPC_CIDR" -j MASQUERADE
`,
  ),
  bad(
    "only the host is a variable",
    () => `#!/bin/bash
IMDS_HOST=169.254.169.254
for key in instance-id instance-type hostname; do
  echo "$key=$(curl --fail --silent --max-time 2 "http://$IMDS_HOST/latest/meta-data/$key")"
done > /etc/instance.env
`,
  ),
  good(
    "only the host is a variable, a token goes along",
    () => `#!/bin/bash
IMDS_HOST=169.254.169.254
TOKEN=$(curl -fsS -m 2 -X PUT "http://$IMDS_HOST/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
for key in instance-id instance-type hostname; do
  echo "$key=$(curl --fail --silent --max-time 2 -H "X-aws-ec2-metadata-token: $TOKEN" "http://$IMDS_HOST/latest/meta-data/$key")"
done > /etc/instance.env
`,
  ),
  bad(
    "a function without a token",
    () => `#!/bin/bash
metadata() { curl --silent --retry 5 "http://169.254.169.254/latest/meta-data/$1"; }
echo "AZ=$(metadata placement/availability-zone)" >> /etc/environment
echo "ID=$(metadata instance-id)" >> /etc/environment
`,
  ),
  good(
    "a function that fetches its token",
    () => `#!/bin/bash
metadata() {
  local token
  token=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 30")
  curl --silent --retry 5 -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}
echo "AZ=$(metadata placement/availability-zone)" >> /etc/environment
echo "ID=$(metadata instance-id)" >> /etc/environment
`,
  ),
  good(
    "the function stands before the token",
    () => `#!/bin/bash
imds() { curl -sS -H "X-aws-ec2-metadata-token: \${TOKEN}" "http://169.254.169.254/latest/meta-data/\${1}"; }
get_token() { curl -sS -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 900" http://169.254.169.254/latest/api/token; }

TOKEN=$(get_token)
export TOKEN
NODE=$(imds instance-id)
echo "node $NODE" > /etc/node
`,
  ),
  bad(
    "a token is fetched and never sent",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
INSTANCE_ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
echo "$INSTANCE_ID" > /etc/instance-id
`,
  ),
  bad(
    "the second call has no token",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)
AZ=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone)
aws ec2 attach-volume --volume-id vol-0123456789abcdef0 --instance-id "$ID" --device /dev/sdf --region "\${AZ%?}"
`,
  ),
  bad(
    "the header of the lifetime instead of the token",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
curl -s -H "X-aws-ec2-metadata-token-ttl-seconds: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
`,
  ),
  bad(
    "another header",
    () => `#!/bin/bash
curl -s -H "Metadata: true" -H "Accept: text/plain" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
`,
  ),
  bad(
    "a loop waits until the service answers",
    () => `#!/bin/bash
until curl -sf -o /dev/null http://169.254.169.254/latest/meta-data/; do
  echo "waiting for metadata"
  sleep 1
done
systemctl start app
`,
  ),
  good(
    "a loop waits until there is a token",
    () => `#!/bin/bash
until TOKEN=$(curl -sf -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); do
  echo "waiting for metadata"
  sleep 1
done
systemctl start app
`,
  ),
  bad(
    "the interruption of a spot machine is polled",
    () => `#!/bin/bash
cat > /usr/local/bin/spot-watch <<'WATCH'
#!/bin/bash
while sleep 5; do
  status=$(curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/spot/instance-action)
  if [ "$status" -eq 200 ]; then
    systemctl stop worker
    break
  fi
done
WATCH
chmod +x /usr/local/bin/spot-watch
nohup /usr/local/bin/spot-watch &
`,
  ),
  good(
    "the interruption of a spot machine is polled with a token",
    () => `#!/bin/bash
cat > /usr/local/bin/spot-watch <<'WATCH'
#!/bin/bash
while sleep 5; do
  token=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 30')
  status=$(curl -s -o /dev/null -w '%{http_code}' -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/spot/instance-action)
  if [ "$status" -eq 200 ]; then
    systemctl stop worker
    break
  fi
done
WATCH
chmod +x /usr/local/bin/spot-watch
nohup /usr/local/bin/spot-watch &
`,
  ),
  bad(
    "retries with wget and a time-out",
    () => `#!/bin/bash
for i in $(seq 1 10); do
  EIP=$(wget -q -T 2 -t 1 -O - http://169.254.169.254/latest/meta-data/public-ipv4) && break
  sleep 3
done
echo "advertise=$EIP" >> /etc/turnserver.conf
`,
  ),
  bad(
    "curl reads its address from a configuration",
    () => `#!/bin/bash
cat > /tmp/imds.cfg <<'CFG'
url = "http://169.254.169.254/latest/meta-data/instance-life-cycle"
silent
output = "/etc/life-cycle"
CFG
curl -K /tmp/imds.cfg
`,
  ),
  good(
    "curl reads header and address from a configuration",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
cat > /tmp/imds.cfg <<CFG
url = "http://169.254.169.254/latest/meta-data/instance-life-cycle"
header = "X-aws-ec2-metadata-token: $TOKEN"
silent
output = "/etc/life-cycle"
CFG
curl -K /tmp/imds.cfg
`,
  ),
  good(
    "the header comes from a file",
    () => `#!/bin/bash
umask 077
{ printf 'X-aws-ec2-metadata-token: '; curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token; } > /run/imds-header
curl -s -H @/run/imds-header http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
`,
  ),
  good(
    "the header is in an array",
    () => `#!/bin/bash
token="$(curl -sfX PUT 'http://169.254.169.254/latest/api/token' -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')"
auth=(--header "X-aws-ec2-metadata-token: \${token}" --silent --fail)
curl "\${auth[@]}" http://169.254.169.254/latest/meta-data/local-hostname > /etc/hostname
`,
  ),
  good(
    "the token is fetched inside the header",
    () => `#!/bin/bash
curl -s -H "X-aws-ec2-metadata-token: $(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 5')" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
`,
  ),
  good(
    "the names of the headers in other letters",
    () => `#!/bin/bash
tok=$(curl --request PUT --silent --header "x-aws-ec2-metadata-token-ttl-seconds:60" http://169.254.169.254/latest/api/token)
curl --silent --header "x-aws-ec2-metadata-token:$tok" --url http://169.254.169.254/latest/meta-data/placement/region > /etc/region
`,
  ),
  good(
    "wget fetches the token as well",
    () => `#!/bin/sh
TOKEN=$(wget -q -O - --method=PUT --header="X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
wget -q -O /etc/instance-id --header "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id
`,
  ),
  good(
    "continued lines with the header at the end",
    () => `#!/bin/bash
TOKEN=$(curl --silent \\
  --request PUT \\
  --header "X-aws-ec2-metadata-token-ttl-seconds: 3600" \\
  http://169.254.169.254/latest/api/token)
curl --silent \\
  "http://169.254.169.254/latest/meta-data/network/interfaces/macs/" \\
  --output /etc/macs \\
  --header "X-aws-ec2-metadata-token: \${TOKEN}"
`,
  ),
  bad(
    "continued lines without a header",
    () => `#!/bin/bash
curl --silent \\
  --retry 3 \\
  --retry-delay 1 \\
  --output /etc/macs \\
  "http://169.254.169.254/latest/meta-data/network/interfaces/macs/"
`,
  ),
  good(
    "the token lies in a file between the calls",
    () => `#!/bin/bash
curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 600' -o /run/token
curl -s http://169.254.169.254/latest/meta-data/instance-id -H "X-aws-ec2-metadata-token: $(cat /run/token)" > /etc/instance-id
curl -s http://169.254.169.254/latest/meta-data/ami-id -H "X-aws-ec2-metadata-token: $(< /run/token)" > /etc/ami-id
`,
  ),
  good(
    "an alias of curl carries the token",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 600')
IMDS_CURL="curl -s -f -H X-aws-ec2-metadata-token:$TOKEN"
$IMDS_CURL http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
`,
  ),
  good(
    "xargs with the header",
    () => `#!/bin/bash
export TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 600')
printf '%s\\n' instance-id ami-id mac | xargs -I{} sh -c 'curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/{} > /etc/meta-{}'
`,
  ),
  bad(
    "xargs without a header",
    () => `#!/bin/bash
printf '%s\\n' instance-id ami-id mac | xargs -I{} curl -s -o /etc/meta-{} http://169.254.169.254/latest/meta-data/{}
`,
  ),
  bad(
    "GET of libwww-perl",
    () => `#!/bin/bash
apt-get install -y libwww-perl
export EC2_INSTANCE=$(GET http://169.254.169.254/latest/meta-data/instance-id)
aws ec2 modify-instance-attribute --instance-id "$EC2_INSTANCE" --no-source-dest-check
`,
  ),
  bad(
    "lynx reads the metadata",
    () => `#!/bin/sh
lynx -source http://169.254.169.254/latest/meta-data/public-hostname > /etc/mailname
`,
  ),
  bad(
    "a request over nc",
    () => `#!/bin/bash
printf 'GET /latest/meta-data/instance-id HTTP/1.0\\r\\nHost: 169.254.169.254\\r\\n\\r\\n' | nc -w 2 169.254.169.254 80 | tail -1 > /etc/instance-id
`,
  ),
  bad(
    "a request over the socket of bash",
    () => `#!/bin/bash
exec 3<>/dev/tcp/169.254.169.254/80
printf 'GET /latest/meta-data/local-ipv4 HTTP/1.0\\r\\n\\r\\n' >&3
tail -n1 <&3 > /etc/own-ip
exec 3>&-
`,
  ),
  good(
    "only the port is tried",
    () => `#!/bin/bash
for i in 1 2 3 4 5; do
  nc -z -w 2 169.254.169.254 80 && break
  ping -c1 -W1 169.254.169.253 || sleep 2
done
systemctl start app
`,
  ),
  bad(
    "inside sed",
    () => `#!/bin/bash
sed -i "s|__PRIVATE_IP__|$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4)|g" /etc/cassandra/cassandra.yaml
systemctl restart cassandra
`,
  ),
  bad(
    "inside the arguments of another command",
    () => `#!/bin/bash
yum install -y docker && systemctl start docker
docker run -d --name agent -e HOST_IP="$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4)" example/agent:7
`,
  ),
  good(
    "inside the arguments of another command with a token",
    () => `#!/bin/bash
yum install -y docker && systemctl start docker
T=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
docker run -d --name agent -e HOST_IP="$(curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/local-ipv4)" example/agent:7
`,
  ),
  bad(
    "a here document that is not quoted",
    () => `#!/bin/bash
cat > /etc/consul.d/node.hcl <<EOF
node_name = "$(curl -s http://169.254.169.254/latest/meta-data/instance-id)"
bind_addr = "$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4)"
EOF
systemctl enable --now consul
`,
  ),
  bad(
    "devices of the machine",
    () => `#!/bin/bash
for dev in $(curl -s http://169.254.169.254/latest/meta-data/block-device-mapping/ | grep ephemeral); do
  name=$(curl -s "http://169.254.169.254/latest/meta-data/block-device-mapping/$dev")
  mkfs.xfs -f "/dev/$name"
done
`,
  ),
  bad(
    "tags of the machine decide its role",
    () => `#!/bin/bash
ROLE=$(curl -s http://169.254.169.254/latest/meta-data/tags/instance/Role)
[ "$ROLE" = primary ] && systemctl enable --now primary
`,
  ),
  bad(
    "the life cycle of the group",
    () => `#!/bin/bash
while [ "$(curl -s http://169.254.169.254/latest/meta-data/autoscaling/target-lifecycle-state)" != "InService" ]; do
  sleep 10
done
systemctl start worker
`,
  ),
  bad(
    "planned events",
    () => `#!/bin/bash
curl -s http://169.254.169.254/latest/meta-data/events/maintenance/scheduled | jq -e 'length == 0' || systemctl start drain
`,
  ),
  bad(
    "the keys of the role are put into files",
    () => `#!/bin/bash
R=$(curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/)
curl -s "http://169.254.169.254/latest/meta-data/iam/security-credentials/$R" > /run/role.json
export AWS_ACCESS_KEY_ID=$(jq -r .AccessKeyId /run/role.json)
`,
  ),
  bad(
    "an index with a fallback",
    () => `#!/bin/bash
set -e
while getopts "r:" opt; do
  case $opt in
    r) role=$OPTARG ;;
    *) role=default ;;
  esac
done
index=$(curl -fsS --connect-timeout 2 http://169.254.169.254/latest/meta-data/ami-launch-index || echo 0)
echo "shard $index of role \${role:-default}" > /etc/shard
`,
  ),
  bad(
    "busybox with a port in the address",
    () => `#!/bin/sh
cd /etc
busybox wget -q -O instance.id "http://169.254.169.254:80/latest/meta-data/instance-id"
`,
  ),
  bad(
    "the call hides behind sudo and env",
    () => `#!/bin/bash
sudo -H -u deploy env -i /usr/bin/curl -s http://169.254.169.254/latest/meta-data/hostname > /home/deploy/hostname
systemctl restart deployd
`,
  ),
  bad(
    "a default where a variable is empty",
    () => `#!/bin/bash
. /etc/default/app
HOST_ID="\${HOST_ID:-$(curl -s http://169.254.169.254/latest/meta-data/instance-id)}"
exec /opt/app/run --id "$HOST_ID"
`,
  ),

  // Other languages

  bad(
    "urlopen of Python",
    () => `#!/usr/bin/env python3
from urllib.request import urlopen

instance = urlopen("http://169.254.169.254/latest/meta-data/instance-id", timeout=2).read().decode()
with open("/etc/instance-id", "w") as out:
    out.write(instance)
`,
  ),
  good(
    "urllib of Python with a token",
    () => `#!/usr/bin/env python3
from urllib.request import Request, urlopen

BASE = "http://169.254.169.254/latest"
ask = Request(BASE + "/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
token = urlopen(ask, timeout=2).read().decode()
request = Request(BASE + "/meta-data/instance-id")
request.add_header("X-aws-ec2-metadata-token", token)
with open("/etc/instance-id", "w") as out:
    out.write(urlopen(request, timeout=2).read().decode())
`,
  ),
  bad(
    "Python 2 with a tuple of names",
    () => `#!/bin/bash
python - <<'PY'
import urllib2
for name in ("instance-id", "placement/availability-zone"):
    print(urllib2.urlopen("http://169.254.169.254/latest/meta-data/%s" % name).read())
PY
`,
  ),
  bad(
    "requests of Python",
    () => `#!/bin/bash
pip3 install requests
python3 -c 'import requests; print(requests.get("http://169.254.169.254/latest/dynamic/instance-identity/document", timeout=1).json()["region"])' > /etc/region
`,
  ),
  good(
    "a session of Python carries the token",
    () => `#!/usr/bin/env python3
import requests

session = requests.Session()
token = session.put(
    "http://169.254.169.254/latest/api/token",
    headers={"X-aws-ec2-metadata-token-ttl-seconds": "300"},
    timeout=2,
).text
session.headers.update({"X-aws-ec2-metadata-token": token})
document = session.get("http://169.254.169.254/latest/dynamic/instance-identity/document", timeout=2).json()
print(document["region"], file=open("/etc/region", "w"))
`,
  ),
  bad(
    "a session of Python without a token",
    () => `#!/usr/bin/env python3
import requests

session = requests.Session()
session.headers.update({"User-Agent": "boot/1.0"})
answer = session.get("http://169.254.169.254/latest/meta-data/placement/region", timeout=2)
open("/etc/region", "w").write(answer.text)
`,
  ),
  bad(
    "http.client of Python",
    () => `#!/usr/bin/env python3
import http.client

conn = http.client.HTTPConnection("169.254.169.254", timeout=2)
conn.request("GET", "/latest/meta-data/local-ipv4")
address = conn.getresponse().read().decode()
open("/etc/own-ip", "w").write(address)
`,
  ),
  good(
    "http.client of Python with a token",
    () => `#!/usr/bin/env python3
import http.client

conn = http.client.HTTPConnection("169.254.169.254", timeout=2)
conn.request("PUT", "/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
token = conn.getresponse().read().decode()
conn.request("GET", "/latest/meta-data/local-ipv4", headers={"X-aws-ec2-metadata-token": token})
open("/etc/own-ip", "w").write(conn.getresponse().read().decode())
`,
  ),
  bad(
    "the address in pieces of Python",
    () => `#!/usr/bin/env python3
import urllib.request

IMDS = "http://169.254.169.254"
VERSION = "latest"


def read(path):
    return urllib.request.urlopen(f"{IMDS}/{VERSION}/meta-data/{path}").read().decode()


with open("/etc/node.conf", "w") as out:
    out.write("zone=" + read("placement/availability-zone") + "\\n")
`,
  ),
  good(
    "an opener of Python adds the header",
    () => `#!/usr/bin/env python3
import urllib.request as web

URL = "http://169.254.169.254/latest"
opener = web.build_opener()
ask = web.Request(f"{URL}/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}, method="PUT")
opener.addheaders = [("X-aws-ec2-metadata-token", web.urlopen(ask).read().decode())]
print(opener.open(f"{URL}/meta-data/placement/availability-zone").read().decode())
`,
  ),
  bad(
    "urllib3 of Python in a handler of parts",
    () => `#part-handler
import urllib3

def list_types():
    return ["text/x-node"]

def handle_part(data, ctype, filename, payload):
    if ctype == "__end__":
        pool = urllib3.PoolManager()
        name = pool.request("GET", "http://169.254.169.254/latest/meta-data/local-hostname").data
        open("/etc/node-name", "wb").write(name)
`,
  ),
  bad(
    "net/http of Ruby",
    () => `#!/usr/bin/env ruby
require "net/http"
zone = Net::HTTP.get(URI("http://169.254.169.254/latest/meta-data/placement/availability-zone"))
File.write("/etc/zone", zone)
`,
  ),
  good(
    "net/http of Ruby with a token",
    () => `#!/usr/bin/env ruby
require "net/http"
Net::HTTP.start("169.254.169.254", 80) do |http|
  token = http.send_request("PUT", "/latest/api/token", nil, "X-aws-ec2-metadata-token-ttl-seconds" => "60").body
  zone = http.get("/latest/meta-data/placement/availability-zone", "X-aws-ec2-metadata-token" => token).body
  File.write("/etc/zone", zone)
end
`,
  ),
  bad(
    "open-uri of Ruby on one line",
    () => `#!/bin/bash
ruby -ropen-uri -e 'puts URI.open("http://169.254.169.254/latest/meta-data/instance-type").read' > /etc/instance-type
`,
  ),
  bad(
    "LWP of Perl",
    () => `#!/usr/bin/perl
use strict;
use LWP::Simple;
my $id = get("http://169.254.169.254/latest/meta-data/instance-id") or die "no metadata";
open(my $out, ">", "/etc/instance-id") or die;
print $out $id;
`,
  ),
  good(
    "HTTP::Tiny of Perl with a token",
    () => `#!/usr/bin/perl
use strict;
use HTTP::Tiny;
my $base  = "http://169.254.169.254/latest";
my $http  = HTTP::Tiny->new(timeout => 2);
my $token = $http->put("$base/api/token", { headers => { "X-aws-ec2-metadata-token-ttl-seconds" => "60" } })->{content};
my $id    = $http->get("$base/meta-data/instance-id", { headers => { "X-aws-ec2-metadata-token" => $token } })->{content};
open(my $out, ">", "/etc/instance-id") or die;
print $out $id;
`,
  ),
  bad(
    "HTTP::Tiny of Perl on one line",
    () => `#!/bin/bash
ZONE=$(perl -MHTTP::Tiny -e 'print HTTP::Tiny->new->get("http://169.254.169.254/latest/meta-data/placement/availability-zone")->{content}')
echo "zone=$ZONE" >> /etc/app.conf
`,
  ),
  bad(
    "http.get of node",
    () => `#!/bin/bash
cat > /root/id.js <<'JS'
const http = require("http");
http.get({ host: "169.254.169.254", path: "/latest/meta-data/instance-id" }, (res) => {
  res.pipe(require("fs").createWriteStream("/etc/instance-id"));
});
JS
node /root/id.js
`,
  ),
  bad(
    "fetch of node",
    () => `#!/bin/bash
node --input-type=module -e 'const r = await fetch("http://169.254.169.254/latest/meta-data/placement/region"); console.log(await r.text())' > /etc/region
`,
  ),
  good(
    "fetch of node with a token",
    () => `#!/bin/bash
cat > /root/region.mjs <<'JS'
const base = "http://169.254.169.254/latest";
const token = await (await fetch(\`\${base}/api/token\`, { method: "PUT", headers: { "X-aws-ec2-metadata-token-ttl-seconds": "60" } })).text();
const headers = { "X-aws-ec2-metadata-token": token };
console.log(await (await fetch(\`\${base}/meta-data/placement/region\`, { headers })).text());
JS
node /root/region.mjs > /etc/region
`,
  ),
  bad(
    "axios in a service",
    () => `#!/bin/bash
cat > /srv/reg/register.js <<'JS'
const axios = require("axios");
(async () => {
  const { data } = await axios.get("http://169.254.169.254/latest/meta-data/local-ipv4", { timeout: 1000 });
  await axios.post("http://registry.example.internal/nodes", { address: data });
})();
JS
cd /srv/reg && npm install axios@1 && node register.js
`,
  ),
  bad(
    "http.Get of Go",
    () => `#!/bin/bash
cat > /root/main.go <<'GO'
package main

import (
	"io"
	"net/http"
	"os"
)

func main() {
	resp, err := http.Get("http://169.254.169.254/latest/meta-data/instance-id")
	if err != nil {
		os.Exit(1)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	os.WriteFile("/etc/instance-id", body, 0o644)
}
GO
go run /root/main.go
`,
  ),
  good(
    "requests of Go with a token",
    () => `#!/bin/bash
cat > /root/main.go <<'GO'
package main

import (
	"io"
	"net/http"
	"os"
)

const base = "http://169.254.169.254/latest/"

func call(method, path, header, value string) string {
	req, _ := http.NewRequest(method, base+path, nil)
	req.Header.Set(header, value)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		os.Exit(1)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

func main() {
	token := call("PUT", "api/token", "X-aws-ec2-metadata-token-ttl-seconds", "60")
	os.WriteFile("/etc/instance-id", []byte(call("GET", "meta-data/instance-id", "X-aws-ec2-metadata-token", token)), 0o644)
}
GO
go run /root/main.go
`,
  ),
  bad(
    "file_get_contents of PHP",
    () => `#!/bin/bash
php -r 'file_put_contents("/etc/instance-id", file_get_contents("http://169.254.169.254/latest/meta-data/instance-id"));'
`,
  ),
  good(
    "streams of PHP with a token",
    () => `#!/bin/bash
cat > /root/id.php <<'PHP'
<?php
$base = 'http://169.254.169.254/latest';
$put = stream_context_create(['http' => ['method' => 'PUT', 'header' => 'X-aws-ec2-metadata-token-ttl-seconds: 60']]);
$token = file_get_contents("$base/api/token", false, $put);
$get = stream_context_create(['http' => ['header' => "X-aws-ec2-metadata-token: $token"]]);
file_put_contents('/etc/instance-id', file_get_contents("$base/meta-data/instance-id", false, $get));
PHP
php /root/id.php
`,
  ),
  bad(
    "curl of PHP in the page of the web server",
    () => `#!/bin/bash
yum install -y httpd php
cat > /var/www/html/index.php <<'PHP'
<?php
$ch = curl_init('http://169.254.169.254/latest/meta-data/placement/availability-zone');
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
echo 'Served from ' . curl_exec($ch);
PHP
systemctl enable --now httpd
`,
  ),
  bad(
    "a module of Ansible asks without a header",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.uri:
        url: http://169.254.169.254/latest/meta-data/instance-id
        return_content: true
      register: id
    - ansible.builtin.copy:
        content: "{{ id.content }}"
        dest: /etc/instance-id
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "a module of Ansible sends the token",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.uri:
        url: http://169.254.169.254/latest/api/token
        method: PUT
        headers: { X-aws-ec2-metadata-token-ttl-seconds: "60" }
        return_content: true
      register: token
    - ansible.builtin.uri:
        url: http://169.254.169.254/latest/meta-data/instance-id
        headers:
          X-aws-ec2-metadata-token: "{{ token.content }}"
        return_content: true
      register: id
    - ansible.builtin.copy: { content: "{{ id.content }}", dest: /etc/instance-id }
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "the facts of Ansible",
    () => `#!/bin/bash
ansible-galaxy collection install amazon.aws
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - amazon.aws.ec2_metadata_facts:
    - ansible.builtin.debug: { var: ansible_ec2_instance_id }
YML
ansible-playbook /root/site.yml
`,
  ),
  bad(
    "a data source of Terraform",
    () => `#!/bin/bash
mkdir -p /opt/tf && cat > /opt/tf/main.tf <<'TF'
data "http" "zone" {
  url = "http://169.254.169.254/latest/meta-data/placement/availability-zone"
}
resource "local_file" "zone" {
  filename = "/etc/zone"
  content  = data.http.zone.response_body
}
TF
terraform -chdir=/opt/tf init && terraform -chdir=/opt/tf apply -auto-approve
`,
  ),

  // Written, then run or scheduled

  bad(
    "a script for cron",
    () => `#!/bin/bash
cat > /etc/cron.hourly/report <<'CRON'
#!/bin/bash
ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
aws cloudwatch put-metric-data --namespace Host --metric-name Up --value 1 --dimensions InstanceId=$ID
CRON
chmod 755 /etc/cron.hourly/report
`,
  ),
  good(
    "a script for cron with a token",
    () => `#!/bin/bash
cat > /etc/cron.hourly/report <<'CRON'
#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)
aws cloudwatch put-metric-data --namespace Host --metric-name Up --value 1 --dimensions InstanceId=$ID
CRON
chmod 755 /etc/cron.hourly/report
`,
  ),
  bad(
    "a line of a crontab",
    () => `#!/bin/bash
echo '@reboot root curl -s http://169.254.169.254/latest/meta-data/public-ipv4 > /var/www/html/ip.txt' > /etc/cron.d/public-ip
`,
  ),
  bad(
    "a unit reads its address before the start",
    () => `#!/bin/bash
cat > /etc/systemd/system/gossip.service <<'UNIT'
[Unit]
After=network-online.target
[Service]
ExecStartPre=/bin/sh -c 'echo ADDR=$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4) > /run/gossip.env'
EnvironmentFile=-/run/gossip.env
ExecStart=/usr/local/bin/gossip -bind \${ADDR}
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now gossip
`,
  ),
  good(
    "a unit reads its address with a token",
    () => `#!/bin/bash
cat > /etc/systemd/system/gossip.service <<'UNIT'
[Unit]
After=network-online.target
[Service]
ExecStartPre=/bin/sh -c 'T=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); echo ADDR=$(curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/local-ipv4) > /run/gossip.env'
EnvironmentFile=-/run/gossip.env
ExecStart=/usr/local/bin/gossip -bind \${ADDR}
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now gossip
`,
  ),
  bad(
    "a timer runs a written script",
    () => `#!/bin/bash
install -d /opt/ops
tee /opt/ops/dns.sh > /dev/null <<'SH'
#!/bin/sh
ip=$(wget -qO- http://169.254.169.254/latest/meta-data/public-ipv4)
aws route53 change-resource-record-sets --hosted-zone-id Z0EXAMPLE --change-batch "$(sed "s/IP/$ip/" /opt/ops/change.json)"
SH
chmod +x /opt/ops/dns.sh
cat > /etc/systemd/system/dns.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/opt/ops/dns.sh
UNIT
cat > /etc/systemd/system/dns.timer <<'UNIT'
[Timer]
OnBootSec=1min
OnUnitActiveSec=5min
[Install]
WantedBy=timers.target
UNIT
systemctl enable --now dns.timer
`,
  ),
  bad(
    "write_files and runcmd",
    () => `#cloud-config
write_files:
  - path: /opt/setup/id.sh
    permissions: "0755"
    content: |
      #!/bin/bash
      curl -s http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
runcmd:
  - /opt/setup/id.sh
`,
  ),
  good(
    "write_files and runcmd with a token",
    () => `#cloud-config
write_files:
  - path: /opt/setup/id.sh
    permissions: "0755"
    content: |
      #!/bin/bash
      T=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
      curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
runcmd:
  - /opt/setup/id.sh
`,
  ),
  good(
    "a document in write_files",
    () => `#cloud-config
write_files:
  - path: /usr/share/doc/metadata/README.md
    permissions: "0644"
    content: |
      # Metadata
      Version 1 looked like this and is off:

          curl -s http://169.254.169.254/latest/meta-data/instance-id

      Use \`ec2-metadata -i\`.
runcmd:
  - systemctl restart motd
`,
  ),
  bad(
    "the list form of runcmd",
    () => `#cloud-config
runcmd:
  - [curl, -s, -o, /etc/instance-id, "http://169.254.169.254/latest/meta-data/instance-id"]
  - [systemctl, restart, app]
`,
  ),
  bad(
    "bootcmd",
    () => `#cloud-config
bootcmd:
  - echo "127.0.1.1 $(wget -qO- http://169.254.169.254/latest/meta-data/local-hostname)" >> /etc/hosts
`,
  ),
  good(
    "cloud-config asks cloud-init",
    () => `## template: jinja
#cloud-config
runcmd:
  - echo "127.0.1.1 {{ ds.meta_data.local_hostname }}" >> /etc/hosts
  - cloud-init query ds.meta_data.instance_id > /etc/instance-id
  - cloud-init query v1.region > /etc/region
`,
  ),
  bad(
    "a boothook",
    () => `#cloud-boothook
#!/bin/sh
REGION=$(curl -s http://169.254.169.254/latest/meta-data/placement/region)
echo "repo_upgrade: none" >> /etc/cloud/cloud.cfg.d/90_upgrade.cfg
echo "$REGION" > /etc/yum/vars/awsregion
`,
  ),
  bad(
    "a profile reads at each login",
    () => `#!/bin/bash
cat > /etc/profile.d/prompt.sh <<'SH'
INSTANCE_ID=$(curl -s -m 1 http://169.254.169.254/latest/meta-data/instance-id)
export PS1="[\\u@$INSTANCE_ID \\W]\\\\$ "
SH
`,
  ),
  good(
    "a profile reads at each login by a tool",
    () => `#!/bin/bash
cat > /etc/profile.d/prompt.sh <<'SH'
# formerly: curl -s http://169.254.169.254/latest/meta-data/instance-id
INSTANCE_ID=$(ec2-metadata --quiet --instance-id)
export PS1="[\\u@$INSTANCE_ID \\W]\\\\$ "
SH
`,
  ),
  bad(
    "a script in base64 is decoded and run",
    () => `#!/bin/bash
echo ${b64("#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id\n")} | base64 -d > /root/id.sh
sh /root/id.sh
`,
  ),
  good(
    "a script in base64 with a token",
    () => `#!/bin/bash
echo ${b64("#!/bin/sh\nT=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')\ncurl -s -H \"X-aws-ec2-metadata-token: $T\" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id\n")} | base64 -d > /root/id.sh
sh /root/id.sh
`,
  ),
  bad(
    "a compressed script in write_files",
    () => `#cloud-config
write_files:
  - path: /var/lib/cloud/scripts/per-boot/zone.sh
    permissions: "0755"
    encoding: gz+b64
    content: ${gz("#!/bin/sh\nwget -q -O /etc/zone http://169.254.169.254/latest/meta-data/placement/availability-zone\n")}
`,
  ),
  bad(
    "the whole text in base64",
    () => `${b64("#!/bin/bash\nEC2_ID=$(curl http://169.254.169.254/latest/meta-data/instance-id)\necho $EC2_ID > /etc/id\n")}
`,
  ),
  good(
    "the whole text in base64 with a token",
    () => `${b64("#!/bin/bash\nTOKEN=$(curl -X PUT -s http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')\ncurl -s -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/latest/meta-data/instance-id > /etc/id\n")}
`,
  ),
  bad(
    "a shell part of a mail with several parts",
    () => `Content-Type: multipart/mixed; boundary="//"
MIME-Version: 1.0

--//
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
package_update: true

--//
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
MAC=$(curl -s http://169.254.169.254/latest/meta-data/network/interfaces/macs/ | head -n1)
echo "$MAC" > /etc/mac

--//--
`,
  ),
  good(
    "the user data of a node with a token",
    () => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==NODE=="

--==NODE==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
set -ex
TOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
ID=$(curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)
/etc/eks/bootstrap.sh cluster-a --kubelet-extra-args "--node-labels=instance=$ID"

--==NODE==--
`,
  ),
  bad(
    "the index page of a test machine",
    () => `#!/bin/bash
yum install -y httpd
systemctl start httpd
EC2AZ=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone)
echo '<center><h1>This instance is in AZ: AZID</h1></center>' > /var/www/html/index.txt
sed "s/AZID/$EC2AZ/" /var/www/html/index.txt > /var/www/html/index.html
`,
  ),
  bad(
    "a Dockerfile whose entry point reads",
    () => `#!/bin/bash
mkdir -p /opt/side && cd /opt/side
cat > run.sh <<'SH'
#!/bin/sh
export HOST=$(wget -qO- http://169.254.169.254/latest/meta-data/local-ipv4)
exec /side --host "$HOST"
SH
printf 'FROM alpine:3.20\\nCOPY side run.sh /\\nCMD ["/bin/sh", "/run.sh"]\\n' > Dockerfile
docker build -t side . && docker run -d --network host side
`,
  ),
  bad(
    "an executed script is made by printf",
    () => `#!/bin/sh
printf '#!/bin/sh\\ncurl -s http://169.254.169.254/latest/meta-data/%s\\n' instance-id > /usr/local/bin/my-id
chmod +x /usr/local/bin/my-id
/usr/local/bin/my-id > /etc/instance-id
`,
  ),
  bad(
    "a long script with one old call",
    () => `#!/bin/bash
set -euo pipefail
exec > /var/log/user-data.log 2>&1

TOKEN=$(curl -sS -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
imds() { curl -sS -H "X-aws-ec2-metadata-token: $TOKEN" "http://169.254.169.254/latest/$1"; }

REGION=$(imds meta-data/placement/region)
INSTANCE_ID=$(imds meta-data/instance-id)
aws configure set default.region "$REGION"

dnf -y install amazon-cloudwatch-agent nginx
cat > /opt/aws/amazon-cloudwatch-agent/etc/config.json <<'JSON'
{ "metrics": { "append_dimensions": { "InstanceId": "\${aws:InstanceId}" } } }
JSON
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/opt/aws/amazon-cloudwatch-agent/etc/config.json

# registration
aws elbv2 register-targets --target-group-arn "$(aws ssm get-parameter --name /tg --query Parameter.Value --output text)" --targets "Id=$INSTANCE_ID"
curl -s -X POST http://cmdb.example.internal/hosts -d "id=$INSTANCE_ID" -d "type=$(curl -s http://169.254.169.254/latest/meta-data/instance-type)"
`,
  ),

  // Windows

  bad(
    "Invoke-RestMethod",
    () => `<powershell>
$id = Invoke-RestMethod -Uri http://169.254.169.254/latest/meta-data/instance-id
Rename-Computer -NewName $id.Substring(0, 15) -Force -Restart
</powershell>
`,
  ),
  good(
    "Invoke-RestMethod with headers",
    () => `<powershell>
[string]$token = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '21600'} -Method PUT -Uri http://169.254.169.254/latest/api/token
$id = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token' = $token} -Method GET -Uri http://169.254.169.254/latest/meta-data/instance-id
Rename-Computer -NewName $id.Substring(0, 15) -Force -Restart
</powershell>
`,
  ),
  bad(
    "the content of Invoke-WebRequest",
    () => `<powershell>
$zone = (Invoke-WebRequest -UseBasicParsing 'http://169.254.169.254/latest/meta-data/placement/availability-zone').Content
$region = $zone.Substring(0, $zone.Length - 1)
Set-DefaultAWSRegion -Region $region
</powershell>
`,
  ),
  good(
    "Invoke-WebRequest with headers in a variable",
    () => `<powershell>
$base = 'http://169.254.169.254/latest'
$token = (Invoke-WebRequest -UseBasicParsing -Method Put -Uri "$base/api/token" -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '600' }).Content
$headers = @{ 'X-aws-ec2-metadata-token' = $token }
$zone = (Invoke-WebRequest -UseBasicParsing -Uri "$base/meta-data/placement/availability-zone" -Headers $headers).Content
Set-DefaultAWSRegion -Region $zone.Substring(0, $zone.Length - 1)
</powershell>
`,
  ),
  bad(
    "short names of PowerShell",
    () => `<powershell>
'instance-id', 'local-ipv4' | ForEach-Object { "$_=$(irm 169.254.169.254/latest/meta-data/$_)" } | Out-File C:\\instance.txt
</powershell>
`,
  ),
  bad(
    "a web client of .NET",
    () => `<powershell>
$wc = New-Object System.Net.WebClient
$identity = $wc.DownloadString("http://169.254.169.254/latest/dynamic/instance-identity/document") | ConvertFrom-Json
[Environment]::SetEnvironmentVariable("AWS_REGION", $identity.region, "Machine")
</powershell>
`,
  ),
  good(
    "a web client of .NET with a token",
    () => `<powershell>
$wc = New-Object System.Net.WebClient
$wc.Headers.Add('X-aws-ec2-metadata-token-ttl-seconds', '60')
$token = $wc.UploadString('http://169.254.169.254/latest/api/token', 'PUT', '')
$wc.Headers.Clear()
$wc.Headers.Add('X-aws-ec2-metadata-token', $token)
$identity = $wc.DownloadString('http://169.254.169.254/latest/dynamic/instance-identity/document') | ConvertFrom-Json
[Environment]::SetEnvironmentVariable('AWS_REGION', $identity.region, 'Machine')
</powershell>
`,
  ),
  bad(
    "curl of Windows in a batch file",
    () => `<script>
for /f "delims=" %%i in ('curl.exe -s http://169.254.169.254/latest/meta-data/instance-id') do set INSTANCE_ID=%%i
echo %INSTANCE_ID%> C:\\instance-id.txt
</script>
`,
  ),
  good(
    "curl of Windows with a token",
    () => `<script>
for /f "delims=" %%t in ('curl.exe -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token') do set TOKEN=%%t
for /f "delims=" %%i in ('curl.exe -s -H "X-aws-ec2-metadata-token: %TOKEN%" http://169.254.169.254/latest/meta-data/instance-id') do set INSTANCE_ID=%%i
echo %INSTANCE_ID%> C:\\instance-id.txt
</script>
`,
  ),
  bad(
    "parameters of a call in a table",
    () => `<powershell>
$request = @{
    Uri        = 'http://169.254.169.254/latest/meta-data/hostname'
    Method     = 'Get'
    TimeoutSec = 3
}
$name = Invoke-RestMethod @request
Add-Content -Path C:\\boot.log -Value "host $name"
</powershell>
`,
  ),
  good(
    "parameters of a call in a table with headers",
    () => `<powershell>
$token = Invoke-RestMethod -Method Put -Uri 'http://169.254.169.254/latest/api/token' -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = 60 }
$request = @{
    Uri        = 'http://169.254.169.254/latest/meta-data/hostname'
    Headers    = @{ 'X-aws-ec2-metadata-token' = $token }
    TimeoutSec = 3
}
$name = Invoke-RestMethod @request
Add-Content -Path C:\\boot.log -Value "host $name"
</powershell>
`,
  ),
  bad(
    "the task of EC2Launch",
    () => `version: 1.0
tasks:
  - task: executeScript
    inputs:
      - frequency: always
        type: powershell
        runAs: localSystem
        content: |-
          $tag = (New-Object Net.WebClient).DownloadString('http://169.254.169.254/latest/meta-data/tags/instance/Name')
          Set-Content -Path C:\\name.txt -Value $tag
`,
  ),
  bad(
    "a scheduled task of Windows",
    () => `<powershell>
@'
$ip = Invoke-RestMethod http://169.254.169.254/latest/meta-data/public-ipv4
Set-Content C:\\inetpub\\wwwroot\\ip.txt $ip
'@ | Set-Content C:\\ops\\ip.ps1
schtasks.exe /create /tn ip /sc onstart /ru SYSTEM /tr "powershell.exe -File C:\\ops\\ip.ps1"
</powershell>
`,
  ),
  bad(
    "an encoded command",
    () => `<powershell>
powershell.exe -EncodedCommand ${utf16("(iwr http://169.254.169.254/latest/meta-data/instance-id -UseBasicParsing).Content | Out-File C:\\id.txt")}
</powershell>
`,
  ),
  good(
    "the cmdlet of the tools",
    () => `<powershell>
$id = Get-EC2InstanceMetadata -Category InstanceId
$region = (Get-EC2InstanceMetadata -Category Region).SystemName
New-EC2Tag -Resource $id -Tag @{ Key = 'Booted'; Value = $region } -Region $region
</powershell>
`,
  ),
  good(
    "a function of PowerShell with a script-wide token",
    () => `<powershell>
function Get-Imds([string]$Path) {
    if (-not $script:Token) {
        $script:Token = Invoke-RestMethod -Method Put -Uri 'http://169.254.169.254/latest/api/token' -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '300' }
    }
    Invoke-RestMethod -Uri "http://169.254.169.254/latest/meta-data/$Path" -Headers @{ 'X-aws-ec2-metadata-token' = $script:Token }
}
Set-Content C:\\zone.txt (Get-Imds 'placement/availability-zone')
</powershell>
`,
  ),
  good(
    "a client of .NET with default headers",
    () => `<powershell>
Add-Type -AssemblyName System.Net.Http
$http = New-Object System.Net.Http.HttpClient
$ask = New-Object System.Net.Http.HttpRequestMessage 'Put', 'http://169.254.169.254/latest/api/token'
$ask.Headers.Add('X-aws-ec2-metadata-token-ttl-seconds', '60')
$token = $http.SendAsync($ask).Result.Content.ReadAsStringAsync().Result
$http.DefaultRequestHeaders.Add('X-aws-ec2-metadata-token', $token)
$http.GetStringAsync('http://169.254.169.254/latest/meta-data/mac').Result | Out-File C:\\mac.txt
</powershell>
`,
  ),
  good(
    "a comment and a route of Windows",
    () => `<powershell>
# (Invoke-WebRequest http://169.254.169.254/latest/meta-data/instance-id).Content fails with version 2
Import-Module C:\\ProgramData\\Amazon\\EC2Launch\\module\\Ec2Launch.psm1 -ErrorAction SilentlyContinue
route.exe -p ADD 169.254.169.254 MASK 255.255.255.255 10.0.0.1 METRIC 1
New-NetFirewallRule -DisplayName 'IMDS' -Direction Outbound -RemoteAddress 169.254.169.254 -Action Block -LocalUser 'D:(A;;CC;;;S-1-5-32-568)'
</powershell>
`,
  ),
  good(
    "PowerShell proves that version 1 is refused",
    () => `<powershell>
try {
    Invoke-WebRequest -UseBasicParsing -Uri http://169.254.169.254/latest/meta-data/ -TimeoutSec 3 | Out-Null
    throw 'IMDSv1 answers'
} catch [System.Net.WebException] {
    if ([int]$_.Exception.Response.StatusCode -ne 401) { throw }
    Write-Output 'IMDSv1 is refused'
}
</powershell>
`,
  ),

  // Software below the minimum

  bad(
    "an old AWS CLI by pip",
    () => `#!/bin/bash
pip3 install awscli==1.16.288
aws s3 sync s3://assets-example /srv/assets
`,
  ),
  good(
    "the first AWS CLI that is new enough",
    () => `#!/bin/bash
pip3 install awscli==1.16.289
aws s3 sync s3://assets-example /srv/assets
`,
  ),
  bad(
    "the bundle of an old AWS CLI",
    () => `#!/bin/bash
curl -s https://s3.amazonaws.com/aws-cli/awscli-bundle-1.16.200.zip -o /tmp/awscli.zip
unzip -q /tmp/awscli.zip -d /tmp
/tmp/awscli-bundle/install -i /usr/local/aws -b /usr/local/bin/aws
`,
  ),
  good(
    "an early AWS CLI of version 2",
    () => `#!/bin/bash
curl -s https://awscli.amazonaws.com/awscli-exe-linux-x86_64-2.0.30.zip -o /tmp/awscliv2.zip
unzip -q /tmp/awscliv2.zip -d /tmp
/tmp/aws/install
`,
  ),
  bad(
    "an old package of Ubuntu",
    () => `#!/bin/bash
apt-get update
apt-get install -y --allow-downgrades awscli=1.14.44-1ubuntu1
`,
  ),
  good(
    "a newer package of Ubuntu",
    () => `#!/bin/bash
apt-get update
apt-get install -y awscli=1.22.34-1
`,
  ),
  bad(
    "an old installer for Windows",
    () => `<powershell>
Start-Process msiexec.exe -Wait -ArgumentList '/i https://s3.amazonaws.com/aws-cli/AWSCLI64PY3-1.16.170.msi /qn'
aws s3 cp s3://win-example/setup.ps1 C:\\setup.ps1
</powershell>
`,
  ),
  bad(
    "Chocolatey pins an old AWS CLI",
    () => `<powershell>
choco install awscli --version=1.16.70 -y
</powershell>
`,
  ),
  good(
    "Chocolatey pins version 2",
    () => `<powershell>
choco install awscli --version=2.15.0 -y
choco install awstools.powershell --version=4.1.500 -y
</powershell>
`,
  ),
  bad(
    "an old package of EPEL",
    () => `#!/bin/bash
yum install -y epel-release
yum install -y awscli-1.14.28-5.el7_5.1.noarch
`,
  ),
  bad(
    "pipx and an old AWS CLI",
    () => `#!/bin/bash
pipx install 'awscli==1.15.85'
`,
  ),
  bad(
    "an upper bound of boto3 below the minimum",
    () => `#!/bin/bash
/opt/venv/bin/pip install 'boto3>=1.9,<1.12'
/opt/venv/bin/python /opt/job/run.py
`,
  ),
  good(
    "an upper bound of boto3 above the minimum",
    () => `#!/bin/bash
/opt/venv/bin/pip install 'boto3>=1.9,<2'
/opt/venv/bin/python /opt/job/run.py
`,
  ),
  good(
    "only a lower bound of boto3",
    () => `#!/bin/bash
/opt/venv/bin/pip install 'boto3>=1.9.0' 'botocore>1.12'
/opt/venv/bin/python /opt/job/run.py
`,
  ),
  bad(
    "a compatible release of boto3",
    () => `#!/bin/bash
python3 -m pip install --user 'boto3~=1.9.253'
`,
  ),
  good(
    "a compatible release of boto3 with two numbers",
    () => `#!/bin/bash
python3 -m pip install --user 'boto3~=1.9'
`,
  ),
  bad(
    "botocore in requirements of write_files",
    () => `#cloud-config
write_files:
  - path: /opt/app/requirements.txt
    content: |
      flask==1.1.1
      boto3==1.10.50
      botocore==1.13.24
      requests>=2.22
runcmd:
  - pip3 install -r /opt/app/requirements.txt
`,
  ),
  good(
    "requirements with packages of like names",
    () => `#cloud-config
write_files:
  - path: /opt/app/requirements.txt
    content: |
      boto3==1.28.57
      botocore==1.31.57
      boto3-stubs==1.9.100
      moto==1.3.14
      s3transfer==0.2.1
      awscli-local==0.20
runcmd:
  - pip3 install -r /opt/app/requirements.txt
`,
  ),
  bad(
    "a wildcard of boto3",
    () => `#!/bin/bash
cat > /srv/requirements.txt <<'REQ'
boto3==1.9.*
redis==3.5.3
REQ
python3 -m pip install -r /srv/requirements.txt
`,
  ),
  bad(
    "constraints hold botocore down",
    () => `#!/bin/bash
echo 'botocore<=1.12.253' > /etc/pip-constraints.txt
export PIP_CONSTRAINT=/etc/pip-constraints.txt
pip3 install boto3
`,
  ),
  bad(
    "conda pins boto3",
    () => `#!/bin/bash
/opt/conda/bin/conda install -y -c conda-forge boto3=1.9.66 pandas
`,
  ),
  bad(
    "a playbook with an old boto3",
    () => `#!/bin/bash
cat > /root/base.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.pip:
        name: boto3
        version: 1.10.2
YML
ansible-playbook /root/base.yml
`,
  ),
  bad(
    "an old SDK for node",
    () => `#!/bin/bash
cd /srv/app
npm install aws-sdk@2.700.0 express@4
node server.js &
`,
  ),
  bad(
    "an old SDK in package.json",
    () => `#!/bin/bash
cat > /srv/app/package.json <<'JSON'
{ "name": "app", "private": true, "dependencies": { "aws-sdk": "~2.600.0", "express": "^4.17.0" } }
JSON
cd /srv/app && npm install --production && npm start
`,
  ),
  good(
    "a caret in package.json",
    () => `#!/bin/bash
cat > /srv/app/package.json <<'JSON'
{ "name": "app", "private": true, "dependencies": { "aws-sdk": "^2.600.0", "@aws-sdk/client-s3": "3.10.0", "aws-sdk-mock": "4.5.0" } }
JSON
cd /srv/app && npm install --production && npm start
`,
  ),
  good(
    "a newer SDK for node",
    () => `#!/bin/bash
cd /srv/app && npm install aws-sdk@2.1550.0 @aws-sdk/client-sqs@3.0.0
node server.js &
`,
  ),
  bad(
    "yarn adds an old SDK",
    () => `#!/bin/bash
cd /srv/app && yarn add aws-sdk@2.721.0 --exact
node worker.js &
`,
  ),
  bad(
    "an old SDK for Ruby",
    () => `#!/bin/bash
gem install aws-sdk-core -v 3.70.0
gem install aws-sdk-s3 -v 1.48.0 --conservative
ruby /opt/job.rb
`,
  ),
  bad(
    "a Gemfile with a narrow bound",
    () => `#!/bin/bash
cat > /srv/job/Gemfile <<'GEM'
source "https://rubygems.org"
gem "aws-sdk-core", "~> 3.60.0"
GEM
cd /srv/job && bundle install
`,
  ),
  good(
    "a Gemfile with a wide bound",
    () => `#!/bin/bash
cat > /srv/job/Gemfile <<'GEM'
source "https://rubygems.org"
gem "aws-sdk-core", "~> 3.60"
gem "aws-sdk-s3", "~> 1.60"
GEM
cd /srv/job && bundle install
`,
  ),
  good(
    "a gem of one service has its own numbers",
    () => `#!/bin/bash
gem install aws-sdk-s3 -v 1.142.0
gem install aws-sdk-dynamodb --version 1.98.0
ruby /opt/job.rb
`,
  ),
  bad(
    "an old SDK for PHP",
    () => `#!/bin/bash
cd /var/www/app && composer require aws/aws-sdk-php:3.100.0 --no-interaction
systemctl restart php-fpm
`,
  ),
  bad(
    "the second SDK for PHP",
    () => `#!/bin/bash
cat > /var/www/app/composer.json <<'JSON'
{ "require": { "php": ">=7.0", "aws/aws-sdk-php": "2.8.*" } }
JSON
cd /var/www/app && composer install --no-dev
`,
  ),
  good(
    "a newer SDK for PHP",
    () => `#!/bin/bash
cat > /var/www/app/composer.json <<'JSON'
{ "require": { "php": ">=8.1", "aws/aws-sdk-php": "^3.100" } }
JSON
cd /var/www/app && composer install --no-dev
`,
  ),
  bad(
    "an old SDK for Go",
    () => `#!/bin/bash
cd /opt/src/tool
go get github.com/aws/aws-sdk-go@v1.25.30
go build -o /usr/local/bin/tool . && /usr/local/bin/tool
`,
  ),
  bad(
    "a go.mod with an old SDK",
    () => `#!/bin/bash
mkdir -p /opt/src/tool && cd /opt/src/tool && cp /opt/main.go .
cat > go.mod <<'MOD'
module example.com/tool

go 1.13

require github.com/aws/aws-sdk-go v1.19.0
MOD
go run .
`,
  ),
  good(
    "newer SDKs for Go",
    () => `#!/bin/bash
cd /opt/src/tool
go get github.com/aws/aws-sdk-go@v1.44.0 github.com/aws/aws-sdk-go-v2@v1.24.0 github.com/aws/aws-sdk-go-v2/config@v1.0.0
go build -o /usr/local/bin/tool . && /usr/local/bin/tool
`,
  ),
  bad(
    "an old SDK for Java",
    () => `#!/bin/bash
cat > /opt/job/pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId><artifactId>job</artifactId><version>1.0</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>aws-java-sdk-s3</artifactId>
      <version>1.11.600</version>
    </dependency>
  </dependencies>
</project>
XML
cd /opt/job && mvn -q compile exec:java
`,
  ),
  good(
    "a newer SDK for Java",
    () => `#!/bin/bash
cat > /opt/job/pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId><artifactId>job</artifactId><version>1.0</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.awssdk</groupId>
      <artifactId>s3</artifactId>
      <version>2.20.26</version>
    </dependency>
  </dependencies>
</project>
XML
cd /opt/job && mvn -q compile exec:java
`,
  ),
  bad(
    "Gradle with an old SDK",
    () => `#!/bin/bash
cat > /opt/job/build.gradle <<'GRADLE'
plugins { id 'application' }
dependencies {
  implementation 'com.amazonaws:aws-java-sdk-sqs:1.11.500'
}
GRADLE
cd /opt/job && gradle run
`,
  ),
  bad(
    "the second SDK for Java, too early",
    () => `#!/bin/bash
mvn -q dependency:get -Dartifact=software.amazon.awssdk:s3:2.5.0
java -cp "/root/.m2/repository/*:/opt/job.jar" com.example.Job
`,
  ),
  bad(
    "the tools for PowerShell, too early",
    () => `<powershell>
Install-Module -Name AWSPowerShell -RequiredVersion 3.3.618.0 -Force
Copy-S3Object -BucketName win-example -Key setup.ps1 -LocalFile C:\\setup.ps1
</powershell>
`,
  ),
  good(
    "the tools for PowerShell, new enough",
    () => `<powershell>
Install-Module -Name AWS.Tools.Installer -MinimumVersion 1.0.2 -Force
Install-Module -Name AWSPowerShell -RequiredVersion 4.1.510 -Force
Copy-S3Object -BucketName win-example -Key setup.ps1 -LocalFile C:\\setup.ps1
</powershell>
`,
  ),
  bad(
    "an old agent of Systems Manager by its address",
    () => `#!/bin/bash
yum install -y https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/2.3.662.0/linux_amd64/amazon-ssm-agent.rpm
systemctl enable --now amazon-ssm-agent
`,
  ),
  good(
    "a newer agent of Systems Manager by its address",
    () => `#!/bin/bash
yum install -y https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/3.2.1705.0/linux_amd64/amazon-ssm-agent.rpm
systemctl enable --now amazon-ssm-agent
`,
  ),
  bad(
    "an old agent of Systems Manager on Windows",
    () => `<powershell>
Invoke-WebRequest https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.2.607.0/windows_amd64/AmazonSSMAgentSetup.exe -OutFile C:\\ssm.exe
Start-Process C:\\ssm.exe -ArgumentList '/S' -Wait
</powershell>
`,
  ),
  good(
    "the latest agents",
    () => `#!/bin/bash
wget -q https://aws-codedeploy-eu-west-1.s3.eu-west-1.amazonaws.com/latest/install -O /root/install
chmod +x /root/install && /root/install auto
wget -q https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/debian_amd64/amazon-ssm-agent.deb
dpkg -i amazon-ssm-agent.deb
`,
  ),
  bad(
    "an old agent of CodeDeploy",
    () => `#!/bin/bash
wget -q https://aws-codedeploy-us-east-1.s3.us-east-1.amazonaws.com/latest/install -O /root/install
chmod +x /root/install
/root/install auto -v releases/codedeploy-agent-1.0-1.1597.noarch.rpm
`,
  ),
  good(
    "a newer agent of CodeDeploy",
    () => `#!/bin/bash
wget -q https://aws-codedeploy-us-east-1.s3.us-east-1.amazonaws.com/latest/install -O /root/install
chmod +x /root/install
/root/install auto -v releases/codedeploy-agent-1.3.2-1902.noarch.rpm
`,
  ),
  bad(
    "an old agent of Kinesis",
    () => `#!/bin/bash
yum install -y https://s3.amazonaws.com/streaming-data-agent/aws-kinesis-agent-1.1.6-1.amzn1.noarch.rpm
service aws-kinesis-agent start
`,
  ),
  bad(
    "a version in a variable",
    () => `#!/bin/bash
BOTO_VERSION=1.9.42
pip3 install "boto3==\${BOTO_VERSION}"
`,
  ),
  good(
    "a newer version in a variable",
    () => `#!/bin/bash
BOTO_VERSION=1.34.42
CLI_VERSION=1.32.42
pip3 install "boto3==\${BOTO_VERSION}" "awscli==\${CLI_VERSION}"
`,
  ),
  bad(
    "an old SDK for C++ is built",
    () => `#!/bin/bash
git clone --depth 1 --branch 1.7.100 https://github.com/aws/aws-sdk-cpp.git /usr/src/aws-sdk-cpp
cmake -S /usr/src/aws-sdk-cpp -B /usr/src/build -DBUILD_ONLY=s3
make -C /usr/src/build install
`,
  ),
  good(
    "a comment about an old version",
    () => `#!/bin/bash
# pip3 install boto3==1.9.42 could not speak version 2 of the metadata service
pip3 install boto3
npm install -g aws-cdk@2.100.0
`,
  ),
  bad(
    "a Dockerfile with an old AWS CLI",
    () => `#!/bin/bash
mkdir -p /opt/cli && cat > /opt/cli/Dockerfile <<'DOCKER'
FROM python:3.7-alpine
RUN pip install awscli==1.16.40
ENTRYPOINT ["aws"]
DOCKER
docker build -t cli /opt/cli
docker run --rm --network host cli s3 ls
`,
  ),

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
