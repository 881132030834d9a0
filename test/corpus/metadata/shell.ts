import { bad, good, type Case } from "../corpus";

/** Calls of curl, wget and other programs of a shell. */
export const shell: readonly Case[] = [
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
  bad(
    "awk reads the output of curl",
    () => `#!/bin/bash
awk 'BEGIN { "curl -s http://169.254.169.254/latest/meta-data/instance-id" | getline id; print id }' > /etc/instance-id
`,
  ),
  good(
    "awk reads the output of curl, with a token",
    () => `#!/bin/bash
TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
export TOKEN
awk 'BEGIN { "curl -s -H \\"X-aws-ec2-metadata-token: $TOKEN\\" http://169.254.169.254/latest/meta-data/instance-id" | getline id; print id }' > /etc/instance-id
`,
  ),
];
