import { b64, bad, good, type Case, type Made } from "../corpus";
import { gz, utf16 } from "../forms";

/** The address of an object with the query string that S3 signs (version 4). */
function presigned(made: Made, object: string): string {
  return (
    `https://${object}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${made.awsKeyId("ASIA")}%2F20260105%2Feu-west-1` +
    `%2Fs3%2Faws4_request&X-Amz-Date=20260105T101500Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${made.hex(64)}`
  );
}

/** The same of version 2. */
function presignedV2(made: Made, object: string): string {
  return `https://${object}?AWSAccessKeyId=${made.awsKeyId()}&Expires=1988150400&Signature=${encodeURIComponent(made.base64(20))}`;
}

/** Where what a machine runs at boot comes from. */
export const sources: readonly Case[] = [
  // Handed to an interpreter

  bad(
    "a pipe goes through gunzip before the shell",
    () => `#!/bin/bash
set -e
yum -y update
curl -fsS http://boot.example.internal/role/web.sh.gz | gunzip -c | bash -s -- --role web
systemctl enable --now nginx
`,
  ),
  good(
    "a pipe of HTTPS goes through gunzip before the shell",
    () => `#!/bin/bash
set -e
curl -fsS https://boot.example.com/role/web.sh.gz | gunzip -c | bash -s -- --role web
`,
  ),
  bad(
    "tee keeps a copy of what the shell runs",
    () => `#!/bin/bash
wget -qO- http://10.40.0.11/provision/base.sh | tee /var/log/base.sh | sh -x
`,
  ),
  good(
    "tee keeps a copy of a status page",
    () => `#!/bin/bash
curl -s http://10.40.0.11:8080/status | tee -a /var/log/status.log
logger -t boot "status written"
`,
  ),
  bad(
    "the script is substituted before bash takes it",
    () => `#!/bin/sh
apt-get update -qq
curl -s http://setup.example.net/host.sh | sed -e "s/@ENV@/prod/g" -e 's/@ROLE@/queue/' | bash
`,
  ),
  bad(
    "process substitution as the script",
    () => `#!/bin/bash
bash <(curl -s http://get.example.net/kickstart.sh) --unattended
`,
  ),
  good(
    "process substitution compares two answers",
    () => `#!/bin/bash
if ! diff -q <(curl -s http://10.0.3.7/config/version) /etc/app/version >/dev/null; then
  logger -t app "configuration has a new version"
fi
`,
  ),
  bad(
    "process substitution sourced with a dot",
    () => `#!/bin/bash
. <(wget -q -O - http://lib.example.internal/shell/common.bash)
install_packages htop jq
`,
  ),
  good(
    "a library from disk is sourced and a service is asked for its state",
    () => `#!/bin/bash
. /usr/local/lib/common.bash
state=$(curl -s http://lib.example.internal/state)
echo "state is $state"
`,
  ),
  bad(
    "command substitution for sh -c",
    () => `#!/bin/bash
sh -c "$(curl -fsSL http://raw.example.org/tools/install.sh)" "" --unattended
`,
  ),
  bad(
    "wget in command substitution for bash -c",
    () => `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
apt-get install -y git zsh
su - deploy -c "bash -c \\"\\$(wget -qO- http://raw.example.org/zsh/setup.sh)\\""
`,
  ),
  bad(
    "eval of an answer in backquotes",
    () => `#!/bin/sh
eval \`curl -s http://cfg.example.internal/env.sh\`
exec /opt/app/bin/start
`,
  ),
  good(
    "an answer in backquotes is a number",
    () => `#!/bin/sh
WORKERS=\`curl -s http://cfg.example.internal/workers\`
[ "$WORKERS" -gt 0 ] 2>/dev/null || WORKERS=4
sed -i "s/^workers=.*/workers=$WORKERS/" /etc/app.ini
`,
  ),
  bad(
    "a variable holds the script and a here-string runs it",
    () => `#!/bin/bash
body=$(curl --retry 5 -fsS http://control.example.internal/v1/bootstrap)
bash <<< "$body"
`,
  ),
  bad(
    "a variable holds the script and echo pipes it",
    () => `#!/bin/bash
SCRIPT="$(wget -q -O - http://control.example.internal/node/init)"
echo "$SCRIPT" | sudo -u app bash
`,
  ),
  good(
    "a variable holds a list of addresses for the firewall",
    () => `#!/bin/bash
LIST="$(wget -q -O - http://control.example.internal/allow.txt)"
for ip in $LIST; do
  ipset add -exist allowed "$ip"
done
`,
  ),
  bad(
    "the script is one field of an answer in JSON",
    () => `#!/bin/bash
curl -s http://orchestrator.example.internal/api/nodes/next | jq -r '.bootstrap.script' | bash
`,
  ),
  good(
    "a field of an answer in JSON becomes the host name",
    () => `#!/bin/bash
name=$(curl -s http://orchestrator.example.internal/api/nodes/next | jq -r '.name')
hostnamectl set-hostname "$name"
`,
  ),
  bad(
    "lines of a download are evaluated one at a time",
    () => `#!/bin/bash
curl -s http://cmd.example.internal/queue.txt | while IFS= read -r line; do
  eval "$line"
done
`,
  ),
  good(
    "lines of a download are written into the hosts file",
    () => `#!/bin/bash
curl -s http://inventory.example.internal/hosts.txt | while read -r ip name; do
  grep -q " $name\\$" /etc/hosts || echo "$ip $name" >> /etc/hosts
done
`,
  ),
  bad(
    "Python reads its program from a pipe",
    () => `#!/bin/bash
dnf install -y python3
curl -sS http://bootstrap.example.net/get-pip.py | python3 - --no-warn-script-location
`,
  ),
  good(
    "Python reads data from a pipe",
    () => `#!/bin/bash
curl -sS http://prices.example.internal/latest.json | python3 -c 'import json,sys; print(json.load(sys.stdin)["rate"])' > /var/lib/rate
`,
  ),
  bad(
    "Perl takes its program from wget",
    () => `#!/bin/bash
wget -qO - http://cpan.example.org/cpanm.pl | perl - --self-upgrade --notest
`,
  ),
  bad(
    "Ruby takes its program from a pipe",
    () => `#!/bin/bash
curl -L http://rb.example.org/bootstrap.rb | ruby
`,
  ),
  bad(
    "the answer goes to node on standard input",
    () => `#!/bin/bash
curl -fs http://js.example.internal/setup.mjs | node --input-type=module -
`,
  ),
  bad(
    "PHP runs an installer that it copied itself",
    () => `#!/bin/bash
dnf install -y php-cli
cd /root
php -r "copy('http://getcomposer.example.org/installer', 'composer-setup.php');"
php composer-setup.php --install-dir=/usr/local/bin --filename=composer
`,
  ),
  good(
    "PHP stops where the installer has another digest",
    (made) => `#!/bin/bash
set -e
cd /root
php -r "copy('http://getcomposer.example.org/installer', 'composer-setup.php');"
php -r "if (hash_file('sha384', 'composer-setup.php') !== '${made.digest("sha512").slice(0, 96)}') { unlink('composer-setup.php'); exit(1); }"
php composer-setup.php --install-dir=/usr/local/bin --filename=composer
`,
  ),
  bad(
    "the shell in a container gets the script",
    () => `#!/bin/bash
docker run -d --name builder ubuntu:24.04 sleep infinity
curl -s http://build.example.internal/prepare.sh | docker exec -i builder bash
`,
  ),
  bad(
    "the interpreter stands behind env, timeout and nice",
    () => `#!/bin/bash
curl -s http://get.example.net/worker | env REGION=eu timeout 900 nice -n 10 bash
`,
  ),
  bad(
    "a download in a group of commands is piped",
    () => `#!/bin/bash
{ echo "set -e"; curl -s http://parts.example.internal/10-users; curl -s http://parts.example.internal/20-disks; } | bash
`,
  ),
  bad(
    "a crontab comes over HTTP",
    () => `#!/bin/bash
curl -s http://ops.example.internal/crontabs/app | crontab -u app -
`,
  ),
  good(
    "a crontab from the role's bucket",
    () => `#!/bin/bash
aws s3 cp s3://ops-example/crontabs/app - | crontab -u app -
curl -s -o /dev/null http://ops.example.internal/ready
`,
  ),
  bad(
    "at runs a download later",
    () => `#!/bin/bash
yum install -y at && systemctl start atd
curl -s http://ops.example.internal/late.sh | at now + 10 minutes
`,
  ),
  bad(
    "xargs hands each address to a shell",
    () => `#!/bin/bash
printf '%s\\n' users disks app | xargs -I{} sh -c 'curl -s http://parts.example.internal/{}.sh | sh'
`,
  ),
  good(
    "xargs asks each machine for its health",
    () => `#!/bin/bash
printf '%s\\n' a b c | xargs -I{} curl -s -o /dev/null -w '{} %{http_code}\\n' http://{}.example.internal/health
`,
  ),
  bad(
    "standard input is redirected from a substitution",
    () => `#!/bin/bash
sudo bash -s -- --tier cache < <(curl -sSf http://tiers.example.internal/install)
`,
  ),
  bad(
    "saved in memory, then sourced",
    () => `#!/bin/bash
curl -s http://env.example.internal/prod.sh > /dev/shm/prod
source /dev/shm/prod
env | grep ^APP_ > /etc/app.env
`,
  ),
  bad(
    "lynx as the downloader",
    () => `#!/bin/sh
lynx -source http://go.example.org/installer | sh
`,
  ),
  bad(
    "HTTPie takes no scheme for HTTP",
    () => `#!/bin/bash
pip3 install httpie
http --body --follow get.example.com/agent.sh | bash
`,
  ),
  good(
    "HTTPie called as https",
    () => `#!/bin/bash
pip3 install httpie
https --body --follow get.example.com/agent.sh | bash
`,
  ),
  bad(
    "the command GET of libwww-perl",
    () => `#!/bin/bash
apt-get install -y libwww-perl
GET http://tools.example.net/bin/setup.sh | sh
`,
  ),
  bad(
    "curl without a scheme",
    () => `#!/bin/bash
curl -sL setup.example.net/linux | bash
`,
  ),
  bad(
    "wget without a scheme, then sh",
    () => `#!/bin/sh
cd /tmp
wget -q downloads.example.net/pub/install.sh
sh install.sh -y
`,
  ),
  good(
    "curl without a scheme reads a version",
    () => `#!/bin/bash
echo "public address: $(curl -s ifconfig.example.net/ip)"
`,
  ),
  bad(
    "ftp as the channel",
    () => `#!/bin/bash
curl -s ftp://ftp.example.org/pub/linux/setup.sh | bash
`,
  ),
  bad(
    "a package by ftp for rpm",
    () => `#!/bin/bash
rpm -Uvh ftp://ftp.example.org/pub/el8/x86_64/monitor-client-4.2.1-1.x86_64.rpm
`,
  ),
  good(
    "a list by ftp is only read",
    () => `#!/bin/bash
curl -s ftp://ftp.example.org/pub/stats/delegated-latest | awk -F'|' '$3=="ipv4"{print $4"/"$5}' > /var/lib/ranges.txt
`,
  ),
  bad(
    "an address in capitals",
    () => `#!/bin/bash
curl -fsSL HTTP://Get.Example.NET/Install.sh | bash
`,
  ),
  good(
    "the address is HTTPS with a referrer that is not",
    () => `#!/bin/bash
curl -fsSL -e http://portal.example.internal/ https://get.example.com/agent.sh | bash
`,
  ),
  good(
    "a user agent that names an address",
    () => `#!/bin/bash
wget -qO- --user-agent="boot/1.0 (+http://ops.example.internal/bot)" https://get.example.com/agent.sh | sh
`,
  ),
  good(
    "a query parameter holds an address",
    () => `#!/bin/bash
curl -fsSL "https://get.example.com/install?callback=http://ops.example.internal/done" | bash
`,
  ),
  good(
    "the downloader goes through a proxy",
    () => `#!/bin/bash
curl -x http://proxy.example.internal:3128 -fsSL https://get.example.com/agent.sh | bash
wget -e use_proxy=yes -e https_proxy=http://proxy.example.internal:3128 -qO- https://get.example.com/second.sh | bash
`,
  ),
  good(
    "-k is an argument of the script",
    () => `#!/bin/bash
curl -fsSL https://get.example.com/agent.sh | bash -s -- -k --no-start
`,
  ),

  // HTTPS with the check off

  bad(
    "-k among other letters",
    () => `#!/bin/bash
curl -skL https://10.12.0.9/node/bootstrap | bash
`,
  ),
  bad(
    "wget without the check, saved and run",
    () => `#!/bin/bash
wget --no-check-certificate -O /root/setup.run https://vendor.example.internal/setup.run
sh /root/setup.run --quiet
`,
  ),
  good(
    "wget without the check of a picture",
    () => `#!/bin/bash
wget --no-check-certificate -O /var/www/html/logo.png https://intranet.example.internal/logo.png
`,
  ),
  bad(
    "the options are in a variable",
    () => `#!/bin/bash
CURL_OPTS="--silent --show-error --insecure --retry 3"
curl $CURL_OPTS https://artifacts.example.internal/runner/install.sh -o /tmp/runner.sh
bash /tmp/runner.sh
`,
  ),
  good(
    "the options in a variable are harmless",
    () => `#!/bin/bash
CURL_OPTS="--silent --show-error --fail --retry 3"
curl $CURL_OPTS https://artifacts.example.com/runner/install.sh -o /tmp/runner.sh
bash /tmp/runner.sh
`,
  ),
  bad(
    "the check is off in the file curlrc",
    () => `#!/bin/bash
export HOME=/root
echo insecure >> /root/.curlrc
curl -fsSL https://get.example.internal/agent.sh | bash
`,
  ),
  bad(
    "wgetrc switches the check off",
    () => `#!/bin/bash
cat > /etc/wgetrc <<'RC'
check_certificate = off
tries = 5
RC
wget -qO /opt/i.sh https://vendor.example.internal/i.sh && bash /opt/i.sh
`,
  ),
  good(
    "curlrc names a proxy",
    () => `#!/bin/bash
export HOME=/root
echo 'proxy = "http://proxy.example.internal:3128"' >> /root/.curlrc
curl -fsSL https://get.example.com/agent.sh | bash
`,
  ),
  bad(
    "aria2c does not check the certificate",
    () => `#!/bin/bash
aria2c --check-certificate=false -d /usr/local/bin -o kubectl https://mirror.example.internal/kubectl
chmod +x /usr/local/bin/kubectl
`,
  ),
  bad(
    "Python requests with verify off, then executed",
    () => `#!/usr/bin/env python3
import os
import requests

body = requests.get("https://repo.example.internal/setup.sh", verify=False, timeout=30).content
with open("/root/setup.sh", "wb") as target:
    target.write(body)
os.chmod("/root/setup.sh", 0o700)
os.system("/root/setup.sh")
`,
  ),
  good(
    "Python requests with verify off for a health check",
    () => `#!/usr/bin/env python3
import requests

answer = requests.get("https://localhost:8443/health", verify=False, timeout=30)
print(answer.status_code)
`,
  ),
  bad(
    "Git does not verify and make runs what came",
    () => `#!/bin/bash
git -c http.sslVerify=false clone https://git.example.internal/infra/host.git /opt/host
make -C /opt/host install
`,
  ),
  bad(
    "Git's check is off by environment",
    () => `#!/bin/bash
export GIT_SSL_NO_VERIFY=1
git clone --depth 1 https://git.example.internal/infra/host.git /srv/host
/srv/host/setup.sh
`,
  ),
  bad(
    "npm does not verify its registry",
    () => `#!/bin/bash
npm config set strict-ssl false
npm config set registry https://npm.example.internal/
npm install -g pm2
`,
  ),
  bad(
    "pip trusts a host whose certificate it cannot check",
    () => `#!/bin/bash
pip3 install --index-url https://pypi.example.internal/simple --trusted-host pypi.example.internal worker
`,
  ),
  good(
    "pip with a certificate of the company",
    () => `#!/bin/bash
pip3 install --index-url https://pypi.example.internal/simple --cert /etc/pki/ca-trust/source/anchors/corp.pem worker
`,
  ),
  bad(
    "PowerShell skips the check",
    () => `<powershell>
Invoke-WebRequest -SkipCertificateCheck -Uri https://files.example.internal/agent.msi -OutFile C:\\Temp\\agent.msi
Start-Process msiexec.exe -ArgumentList '/i C:\\Temp\\agent.msi /qn' -Wait
</powershell>
`,
  ),
  bad(
    "the callback of PowerShell accepts every certificate",
    () => `<powershell>
[System.Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
Invoke-Expression ((New-Object System.Net.WebClient).DownloadString('https://deploy.example.internal/join.ps1'))
</powershell>
`,
  ),
  bad(
    "the AWS CLI without the check of the certificate",
    () => `#!/bin/bash
aws --no-verify-ssl s3 cp s3://boot-example/run.sh - | bash
`,
  ),
  good(
    "-k that belongs to other tools",
    () => `#!/bin/bash
kubectl apply -k /opt/overlays/prod
sort -k2 -n /etc/ports.txt
curl -fsSL https://get.example.com/x.sh | bash
df -k /
`,
  ),
  good(
    "insecure health check, trusted script",
    () => `#!/bin/bash
until curl -sk https://localhost:9443/healthz | grep -q ok; do sleep 3; done
curl -fsSL https://get.example.com/post.sh | bash
`,
  ),

  // Saved, then run

  bad(
    "a program for /usr/local/bin by tee",
    () => `#!/bin/bash
curl -fsSL http://dl.example.net/jq-linux-amd64 | sudo tee /usr/local/bin/jq > /dev/null
sudo chmod a+rx /usr/local/bin/jq
`,
  ),
  bad(
    "install sets the mode",
    () => `#!/bin/bash
curl -Lo /tmp/yq http://dl.example.net/yq_linux_arm64
install -o root -g root -m 0755 /tmp/yq /usr/bin/yq
`,
  ),
  good(
    "install sets the mode of a list",
    () => `#!/bin/bash
curl -Lo /tmp/words http://dl.example.net/words.txt
install -o root -g root -m 0644 /tmp/words /usr/share/dict/words
`,
  ),
  bad(
    "cd, then the name that the server gives",
    () => `#!/bin/bash
cd /opt
curl -O http://vendor.example.org/dist/setup-2.4.bin
chmod u+x setup-2.4.bin
./setup-2.4.bin -i silent
`,
  ),
  bad(
    "wget with a directory prefix",
    () => `#!/bin/bash
wget -q -P /var/tmp http://vendor.example.org/dist/configure.pl
perl /var/tmp/configure.pl --defaults
`,
  ),
  good(
    "wget with a directory prefix of a table",
    () => `#!/bin/bash
wget -q -P /var/tmp http://vendor.example.org/dist/prices.csv
perl /opt/import/load.pl /var/tmp/prices.csv
`,
  ),
  bad(
    "downloaded, moved and scheduled by its place",
    () => `#!/bin/bash
curl -s http://ops.example.internal/scripts/cleanup -o /tmp/cleanup
mv /tmp/cleanup /etc/cron.daily/cleanup
chmod 755 /etc/cron.daily/cleanup
`,
  ),
  bad(
    "several hops until the program runs",
    () => `#!/bin/bash
set -e
work=$(mktemp -d)
wget -qO "$work/pkg.zip" http://share.example.internal/pkg.zip
unzip -q "$work/pkg.zip" -d "$work/out"
cp -r "$work/out/pkg" /opt/pkg
ln -s /opt/pkg/bin/pkgd /usr/local/sbin/pkgd
/usr/local/sbin/pkgd --register
`,
  ),
  good(
    "several hops of data",
    () => `#!/bin/bash
set -e
work=$(mktemp -d)
wget -qO "$work/maps.zip" http://share.example.internal/maps.zip
unzip -q "$work/maps.zip" -d "$work/out"
cp -r "$work/out/tiles" /var/lib/tiles
chown -R tiles: /var/lib/tiles
`,
  ),
  bad(
    "a function downloads whatever it is told",
    () => `#!/bin/bash
fetch() {
  curl --silent --fail --retry 5 "http://packages.example.internal/$1" --output "$2"
}
fetch tools/motd.txt /etc/motd
fetch tools/firstboot.sh /root/firstboot.sh
bash /root/firstboot.sh
`,
  ),
  good(
    "a function downloads texts, the script comes from the bucket",
    () => `#!/bin/bash
fetch() {
  curl --silent --fail --retry 5 "http://packages.example.internal/$1" --output "$2"
}
fetch tools/banner.txt /etc/motd
aws s3 cp s3://packages-example/tools/firstboot.sh /root/firstboot.sh
bash /root/firstboot.sh
`,
  ),
  bad(
    "the scheme is a variable of its own",
    () => `#!/bin/bash
PROTO=http
HOST=repo.example.internal
FILE=bootstrap.sh
wget -q "\${PROTO}://\${HOST}/pub/\${FILE}" -O "/root/\${FILE}"
chmod 700 "/root/\${FILE}" && "/root/\${FILE}"
`,
  ),
  good(
    "the scheme is a variable and secure",
    () => `#!/bin/bash
PROTO=https
HOST=repo.example.com
FILE=bootstrap.sh
wget -q "\${PROTO}://\${HOST}/pub/\${FILE}" -O "/root/\${FILE}"
chmod 700 "/root/\${FILE}" && "/root/\${FILE}"
`,
  ),
  bad(
    "the default of an expansion is the mirror",
    () => `#!/bin/bash
: "\${MIRROR:=http://mirror.example.internal/tools}"
curl -fsS "$MIRROR/collector" -o /usr/local/bin/collector
chmod +x /usr/local/bin/collector
collector --version
`,
  ),
  bad(
    "a loop over two mirrors",
    () => `#!/bin/bash
for base in http://m1.example.internal http://m2.example.internal; do
  if curl -fsS "$base/setup.sh" -o /tmp/setup.sh; then
    break
  fi
done
bash /tmp/setup.sh
`,
  ),
  good(
    "a loop waits for two services, then starts what is there",
    () => `#!/bin/bash
for base in http://queue.example.internal:8161 http://search.example.internal:9200; do
  until curl -fsS "$base/" > /dev/null; do sleep 5; done
done
bash /opt/app/start.sh
`,
  ),
  bad(
    "an array of parts",
    () => `#!/bin/bash
parts=(http://parts.example.net/a.sh http://parts.example.net/b.sh)
for part in "\${parts[@]}"; do
  curl -fsS "$part" > "/run/$(basename "$part")"
done
for file in /run/*.sh; do bash "$file"; done
`,
  ),
  bad(
    "an associative array gives the place of each tool",
    () => `#!/bin/bash
declare -A tool=(
  [kubectl]=http://cache.example.internal/k8s/kubectl
  [helm]=http://cache.example.internal/helm/helm
)
for name in "\${!tool[@]}"; do
  curl -sLo "/usr/local/bin/$name" "\${tool[$name]}"
  chmod 0755 "/usr/local/bin/$name"
done
`,
  ),
  good(
    "an associative array of health addresses",
    () => `#!/bin/bash
declare -A check=(
  [api]=http://api.example.internal:8080/health
  [web]=http://web.example.internal/health
)
for name in "\${!check[@]}"; do
  curl -sf "\${check[$name]}" > /dev/null && echo "$name up" >> /var/log/boot-checks
done
chmod 0644 /var/log/boot-checks
`,
  ),
  bad(
    "find makes executable what was unpacked",
    () => `#!/bin/bash
mkdir -p /opt/hooks
curl -s http://ops.example.internal/hooks.tgz | tar xz -C /opt/hooks
find /opt/hooks -name '*.sh' -exec chmod +x {} \\; -exec {} \\;
`,
  ),
  bad(
    "run-parts runs the directory",
    () => `#!/bin/bash
wget -q -r -np -nH --cut-dirs=2 -P /opt/parts http://ops.example.internal/boot/parts/
chmod -R 755 /opt/parts
run-parts /opt/parts
`,
  ),
  bad(
    "a directory by xargs from a list of names",
    () => `#!/bin/bash
cd /srv/steps
printf '%s\\n' 01-net.sh 02-app.sh | xargs -n1 -I@ wget -q http://steps.example.internal/@
for s in ./*.sh; do sh "$s" || exit 1; done
`,
  ),
  good(
    "a directory of documents by xargs",
    () => `#!/bin/bash
cd /srv/www/docs
printf '%s\\n' install.html faq.html | xargs -n1 -I@ wget -q http://docs.example.internal/@
chown -R nginx: /srv/www/docs
`,
  ),
  bad(
    "a configuration file of curl names the address",
    () => `#!/bin/bash
cat > /tmp/dl.cfg <<'CFG'
url = "http://dist.example.internal/agent/install.sh"
output = "/tmp/install.sh"
silent
fail
CFG
curl -K /tmp/dl.cfg
sh /tmp/install.sh
`,
  ),
  bad(
    "wget reads its addresses from a list",
    () => `#!/bin/bash
cat > /tmp/list <<EOF
http://dist.example.internal/a.rpm
http://dist.example.internal/b.rpm
EOF
wget -q -i /tmp/list -P /tmp/rpms
rpm -Uvh /tmp/rpms/*.rpm
`,
  ),
  bad(
    "the scheme is replaced before the download",
    () => `#!/bin/bash
URL=https://get.example.internal/agent.sh
curl -fsS "\${URL/https:/http:}" -o /tmp/agent.sh
bash /tmp/agent.sh
`,
  ),
  good(
    "the address is set anew before the download",
    () => `#!/bin/bash
URL=http://get.example.internal/agent.sh
URL=https://get.example.com/agent.sh
curl -fsS "$URL" -o /tmp/agent.sh
bash /tmp/agent.sh
`,
  ),
  good(
    "one that the text does not show",
    () => `#!/bin/bash
source /etc/boot.env
curl -fsS "$BOOTSTRAP_URL" -o /tmp/agent.sh
bash /tmp/agent.sh
`,
  ),
  good(
    "the address comes from a parameter",
    () => `#!/bin/bash
URL=$(aws ssm get-parameter --name /boot/url --query Parameter.Value --output text)
curl -fsS "$URL/agent.sh" | bash
`,
  ),
  good(
    "a version is read over HTTP, the package over HTTPS",
    () => `#!/bin/bash
VERSION=$(curl -s http://releases.example.internal/agent/latest.txt)
curl -fsSLo /tmp/agent.rpm "https://releases.example.com/agent/agent-\${VERSION}.x86_64.rpm"
rpm -i /tmp/agent.rpm
`,
  ),
  bad(
    "a Java program by HTTP under a unit",
    () => `#!/bin/bash
yum install -y java-17-amazon-corretto-headless
curl -s -o /opt/svc/svc.jar http://nexus.example.internal/repository/releases/svc/3.1.0/svc-3.1.0.jar
cat > /etc/systemd/system/svc.service <<'UNIT'
[Unit]
After=network-online.target
[Service]
ExecStart=/usr/bin/java -Xmx512m -jar /opt/svc/svc.jar
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now svc
`,
  ),
  good(
    "a Java program by HTTPS that talks to services over HTTP",
    () => `#!/bin/bash
yum install -y java-17-amazon-corretto-headless
curl -s -o /opt/svc/svc.jar https://nexus.example.com/repository/releases/svc/3.1.0/svc-3.1.0.jar
cat > /etc/systemd/system/svc.service <<'UNIT'
[Unit]
After=network-online.target
Documentation=http://wiki.example.internal/svc
[Service]
Environment=QUEUE_URL=http://queue.example.internal:8161 REGISTRY=http://10.1.0.4:8761/eureka
ExecStart=/usr/bin/java -Dhttp.proxyHost=proxy.example.internal -jar /opt/svc/svc.jar
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now svc
`,
  ),
  bad(
    "a web application for Tomcat",
    () => `#!/bin/bash
dnf install -y tomcat9
wget -qO /usr/share/tomcat/webapps/ROOT.war http://ci.example.internal/job/shop/lastSuccessfulBuild/artifact/target/shop.war
systemctl enable --now tomcat9
`,
  ),
  good(
    "static pages for a web server",
    () => `#!/bin/bash
dnf install -y nginx
curl -s http://ci.example.internal/job/site/lastSuccessfulBuild/artifact/site.tar.gz | tar xz -C /usr/share/nginx/html
systemctl enable --now nginx
`,
  ),
  bad(
    "a unit file from the network",
    () => `#!/bin/bash
curl -s http://ops.example.internal/units/agent.service > /etc/systemd/system/agent.service
systemctl daemon-reload
systemctl enable --now agent.service
`,
  ),
  bad(
    "a script put into profile.d",
    () => `#!/bin/bash
wget -q -O /etc/profile.d/company.sh http://ops.example.internal/shell/company.sh
`,
  ),
  bad(
    "appended to bashrc",
    () => `#!/bin/bash
curl -s http://ops.example.internal/dotfiles/aliases.sh >> /home/ec2-user/.bashrc
chown ec2-user: /home/ec2-user/.bashrc
`,
  ),
  good(
    "a list for an application goes to its directory",
    () => `#!/bin/bash
wget -q -O /etc/postfix/blocked_domains http://ops.example.internal/mail/blocked.txt
postmap /etc/postfix/blocked_domains
systemctl reload postfix
`,
  ),
  bad(
    "per-boot scripts of cloud-init",
    () => `#!/bin/bash
cd /var/lib/cloud/scripts/per-boot
curl -s http://ops.example.internal/perboot/tune.sh -o tune.sh
chmod +x tune.sh
`,
  ),
  bad(
    "a static pod from the network",
    () => `#!/bin/bash
curl -s http://bootstrap.example.internal/manifests/proxy.yaml -o /etc/kubernetes/manifests/proxy.yaml
systemctl restart kubelet
`,
  ),
  bad(
    "a kernel and its image for kexec",
    () => `#!/bin/bash
curl -s -o /boot/vmlinuz-lab http://pxe.example.internal/vmlinuz
curl -s -o /boot/initrd-lab http://pxe.example.internal/initrd
kexec -l /boot/vmlinuz-lab --initrd=/boot/initrd-lab --reuse-cmdline
kexec -e
`,
  ),
  bad(
    "a kernel module",
    () => `#!/bin/bash
wget -qO /lib/modules/extra.ko http://drivers.example.org/6.1/extra.ko
insmod /lib/modules/extra.ko
`,
  ),
  good(
    "firmware tables that nothing runs",
    () => `#!/bin/bash
wget -qO /var/lib/usbutils/usb.ids http://drivers.example.org/usb.ids
lsusb > /var/log/usb.txt
`,
  ),

  // Unpacked or cloned, and run from there

  bad(
    "a runtime unpacked into /usr/local",
    () => `#!/bin/bash
curl -s http://cache.example.internal/node-v20.11.1-linux-x64.tar.xz | tar -xJ -C /usr/local --strip-components=1
cd /srv/app
node server.js &
`,
  ),
  good(
    "a runtime over HTTPS, a data set over HTTP",
    () => `#!/bin/bash
curl -s https://nodejs.example.org/node-v20.11.1-linux-x64.tar.xz | tar -xJ -C /usr/local --strip-components=1
curl -s http://data.example.internal/seed.json.xz | xz -d > /srv/app/seed.json
cd /srv/app
node server.js &
`,
  ),
  bad(
    "sources are compiled",
    () => `#!/bin/bash
yum groupinstall -y "Development Tools"
cd /usr/src
wget http://ftp.example.org/pub/redis/redis-5.0.7.tar.gz
tar zxf redis-5.0.7.tar.gz
cd redis-5.0.7
make && make install
`,
  ),
  bad(
    "an rpm taken apart by cpio",
    () => `#!/bin/bash
mkdir /opt/legacy && cd /opt/legacy
curl -s http://old.example.org/legacy-1.0.rpm | rpm2cpio | cpio -idm
./usr/bin/legacy --daemon
`,
  ),
  bad(
    "an image mounted and its installer run",
    () => `#!/bin/bash
wget -q http://iso.example.internal/tools.iso -O /root/tools.iso
mount -o loop,ro /root/tools.iso /mnt
/mnt/linux/autorun.sh -n
`,
  ),
  good(
    "an image mounted for its data",
    () => `#!/bin/bash
wget -q http://iso.example.internal/maps.iso -O /root/maps.iso
mount -o loop,ro /root/maps.iso /srv/maps
`,
  ),
  bad(
    "git by its own protocol",
    () => `#!/bin/bash
git clone git://git.example.org/infra/dotfiles.git /root/dotfiles
cd /root/dotfiles && ./install
`,
  ),
  bad(
    "git over HTTP, a branch, a virtual environment",
    () => `#!/bin/bash
git clone -b stable http://gitlab.example.internal/data/worker.git /opt/worker
python3 -m venv /opt/venv
/opt/venv/bin/pip install -r /opt/worker/requirements.txt
/opt/venv/bin/python /opt/worker/main.py
`,
  ),
  good(
    "git over HTTP of documents",
    () => `#!/bin/bash
git clone --depth 1 http://gitlab.example.internal/docs/handbook.git /usr/share/nginx/html/handbook
systemctl reload nginx
`,
  ),
  bad(
    "insteadOf turns HTTPS into HTTP",
    () => `#!/bin/bash
git config --global url."http://gitmirror.example.internal/".insteadOf "https://github.com/"
git clone https://github.com/example/provision.git /opt/provision
/opt/provision/run.sh
`,
  ),
  good(
    "insteadOf turns git into HTTPS",
    () => `#!/bin/bash
git config --global url."https://github.com/".insteadOf "git://github.com/"
git clone git://github.com/example/provision.git /opt/provision
/opt/provision/run.sh
`,
  ),
  bad(
    "a remote over HTTP, then cmake",
    () => `#!/bin/bash
cd /opt/src
git init -q && git remote add origin http://git.example.internal/native/codec.git
git pull -q origin main
cmake -S . -B build && cmake --build build --target install
`,
  ),
  bad(
    "Subversion over HTTP",
    () => `#!/bin/bash
svn export --quiet http://svn.example.internal/repos/ops/trunk/host /opt/host
sh /opt/host/setup.sh
`,
  ),
  bad(
    "Mercurial over HTTP and setup.py",
    () => `#!/bin/bash
hg clone http://hg.example.org/tool /opt/tool
cd /opt/tool && python3 setup.py install
`,
  ),
  good(
    "a tag whose signature is verified",
    () => `#!/bin/bash
set -euo pipefail
gpg --import /usr/share/keys/release.asc
git clone http://git.example.internal/infra/host.git /opt/host
cd /opt/host
git verify-tag v3.2
git checkout -q v3.2
./install.sh
`,
  ),
  good(
    "a clone by SSH beside an address of the web site",
    () => `#!/bin/bash
# see http://git.example.internal/infra/host
GIT_SSH_COMMAND="ssh -i /root/.ssh/deploy" git clone ssh://git@git.example.internal:2222/infra/host.git /opt/host
/opt/host/install.sh
`,
  ),
  good(
    "a file share of Windows",
    () => `<script>
copy \\\\files.example.internal\\deploy\\agent\\setup.exe C:\\Windows\\Temp\\setup.exe
start /wait C:\\Windows\\Temp\\setup.exe /quiet
</script>
`,
  ),
  good(
    "copied by scp and run",
    () => `#!/bin/bash
scp -q deploy@build.example.internal:/srv/out/install.sh /root/install.sh
sh /root/install.sh
`,
  ),

  // apt and dpkg

  good(
    "Ubuntu's mirrors over HTTP",
    () => `#!/bin/bash
cat > /etc/apt/sources.list <<'LIST'
deb http://eu-west-1.ec2.archive.ubuntu.com/ubuntu/ noble main restricted universe
deb http://security.ubuntu.com/ubuntu noble-security main restricted universe
LIST
apt-get update && apt-get install -y nginx jq
`,
  ),
  bad(
    "a source that is trusted without a signature",
    () => `#!/bin/bash
echo 'deb [trusted=yes] http://apt.example.internal/ stable main' > /etc/apt/sources.list.d/internal.list
apt-get update
apt-get install -y internal-agent
`,
  ),
  bad(
    "the option stands beside the architecture",
    () => `#!/bin/bash
printf 'deb [arch=amd64 allow-insecure=yes] http://apt.example.net/debian bookworm main\\n' | tee /etc/apt/sources.list.d/net.list
apt-get update -qq && apt-get -y install netwatch
`,
  ),
  good(
    "the options beside the architecture are harmless",
    () => `#!/bin/bash
curl -fsSL https://apt.example.net/key.gpg | gpg --dearmor -o /usr/share/keyrings/net.gpg
printf 'deb [arch=amd64 signed-by=/usr/share/keyrings/net.gpg] http://apt.example.net/debian bookworm main\\n' | tee /etc/apt/sources.list.d/net.list
apt-get update -qq && apt-get -y install netwatch
`,
  ),
  bad(
    "a source in the new format that is trusted",
    () => `#!/bin/bash
cat > /etc/apt/sources.list.d/lab.sources <<'SRC'
Types: deb
URIs: http://lab.example.internal/debian
Suites: bookworm
Components: main
Trusted: yes
SRC
apt-get update && apt-get install -y lab-tools
`,
  ),
  good(
    "a source in the new format with a key in the text",
    () => `#!/bin/bash
cat > /etc/apt/sources.list.d/lab.sources <<'SRC'
Types: deb
URIs: http://lab.example.internal/debian
Suites: bookworm
Components: main
Signed-By: /etc/apt/keyrings/lab.asc
SRC
aws s3 cp s3://keys-example/lab.asc /etc/apt/keyrings/lab.asc
apt-get update && apt-get install -y lab-tools
`,
  ),
  bad(
    "the key comes over HTTP",
    () => `#!/bin/bash
wget -qO - http://apt.example.org/archive.key | apt-key add -
echo "deb http://apt.example.org/ubuntu jammy main" > /etc/apt/sources.list.d/org.list
apt-get update
apt-get install -y orgd
`,
  ),
  bad(
    "a key ring over HTTP behind signed-by",
    () => `#!/bin/bash
install -d -m 0755 /etc/apt/keyrings
curl -s http://packages.example.org/gpg | gpg --dearmor > /etc/apt/keyrings/org.gpg
echo "deb [signed-by=/etc/apt/keyrings/org.gpg] http://packages.example.org/apt stable main" > /etc/apt/sources.list.d/org.list
apt-get update && apt-get install -y orgd
`,
  ),
  good(
    "the key over HTTPS with apt-key",
    () => `#!/bin/bash
curl -fsSL https://apt.example.org/archive.key | apt-key add -
add-apt-repository -y "deb http://apt.example.org/ubuntu jammy main"
apt-get update
apt-get install -y orgd
`,
  ),
  good(
    "the key over HTTP has the digest of the text",
    (made) => `#!/bin/bash
set -e
curl -s http://apt.example.org/archive.key -o /tmp/archive.key
echo "${made.digest()}  /tmp/archive.key" | sha256sum -c -
gpg --dearmor < /tmp/archive.key > /etc/apt/keyrings/org.gpg
echo "deb [signed-by=/etc/apt/keyrings/org.gpg] http://apt.example.org/ubuntu jammy main" > /etc/apt/sources.list.d/org.list
apt-get update
apt-get install -y orgd
`,
  ),
  bad(
    "apt takes what nobody signed",
    () => `#!/bin/bash
echo "deb http://10.0.9.4/apt ./" >> /etc/apt/sources.list
apt-get update --allow-insecure-repositories
apt-get install -y --allow-unauthenticated mytool
`,
  ),
  bad(
    "the setting of apt is written to a file",
    () => `#!/bin/bash
echo 'APT::Get::AllowUnauthenticated "true";' > /etc/apt/apt.conf.d/99unsigned
echo "deb http://deb.example.internal/ ./" > /etc/apt/sources.list.d/deb.list
apt update
apt install -y billing-daemon
`,
  ),
  bad(
    "the setting of apt is an option of the command",
    () => `#!/bin/bash
echo "deb http://deb.example.internal/ ./" > /etc/apt/sources.list.d/deb.list
apt-get -o Acquire::AllowInsecureRepositories=true -o APT::Get::AllowUnauthenticated=true update
apt-get -o APT::Get::AllowUnauthenticated=true install -y billing-daemon
`,
  ),
  good(
    "settings of apt for proxies and pipelines",
    () => `#!/bin/bash
cat > /etc/apt/apt.conf.d/90boot <<'CONF'
Acquire::http::Proxy "http://apt-cacher.example.internal:3142";
Acquire::http::Pipeline-Depth "0";
APT::Get::Assume-Yes "true";
APT::Periodic::Unattended-Upgrade "1";
CONF
apt-get update && apt-get install unattended-upgrades
`,
  ),
  bad(
    "a deb file by wget and apt",
    () => `#!/bin/bash
wget http://dl.example.net/pool/w/watch/watch_4.2_amd64.deb -P /tmp
apt-get install -y /tmp/watch_4.2_amd64.deb
`,
  ),
  bad(
    "gdebi installs a file",
    () => `#!/bin/bash
apt-get install -y gdebi-core
curl -so /root/shiny.deb http://rs.example.net/shiny-server-1.5.20-amd64.deb
gdebi -n /root/shiny.deb
`,
  ),
  bad(
    "dpkg takes all files of a directory",
    () => `#!/bin/bash
mkdir /tmp/debs && cd /tmp/debs
for p in libfoo1_1.2_amd64.deb foo_1.2_amd64.deb; do
  curl -sO "http://pool.example.internal/$p"
done
dpkg --install ./*.deb || apt-get -f -y install
`,
  ),
  good(
    "dpkg only lists what a file holds",
    () => `#!/bin/bash
curl -so /tmp/foo.deb http://pool.example.internal/foo_1.2_amd64.deb
dpkg-deb --contents /tmp/foo.deb > /var/log/foo.contents
`,
  ),
  good(
    "a deb file over HTTPS",
    () => `#!/bin/bash
# mirror: http://dl.example.net/pool/w/watch/
wget https://dl.example.net/pool/w/watch/watch_4.2_amd64.deb -P /tmp
dpkg -i /tmp/watch_4.2_amd64.deb
`,
  ),
  good(
    "debootstrap verifies the release",
    () => `#!/bin/bash
apt-get install -y debootstrap
debootstrap --variant=minbase bookworm /srv/chroot http://deb.debian.org/debian
chroot /srv/chroot /bin/sh -c 'apt-get update && apt-get install -y build-essential'
`,
  ),
  bad(
    "debootstrap does not check",
    () => `#!/bin/bash
debootstrap --no-check-gpg stretch /srv/chroot http://archive.example.org/debian
chroot /srv/chroot /bin/bash -c 'apt-get install -y build-essential'
`,
  ),
  good(
    "a commented source that would be trusted",
    () => `#!/bin/bash
cat > /etc/apt/sources.list.d/test.list <<'LIST'
# deb [trusted=yes] http://apt.example.internal/ testing main
deb http://deb.debian.org/debian bookworm-backports main
LIST
apt-get update && apt-get install -y -t bookworm-backports cockpit
`,
  ),
  good(
    "a command that deletes what is trusted",
    () => `#!/bin/bash
sed -i 's/\\[trusted=yes\\] //' /etc/apt/sources.list
apt-get update
apt-get upgrade -y
`,
  ),

  // yum, dnf, rpm and zypper

  bad(
    "a repository without a check",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/internal.repo <<'REPO'
[internal]
name=Internal packages
baseurl=http://yum.example.internal/el$releasever/$basearch/
enabled=1
gpgcheck=0
REPO
yum install -y internal-agent
`,
  ),
  good(
    "a repository with a check and a key of the machine",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/internal.repo <<'REPO'
[internal]
name=Internal packages
baseurl=http://yum.example.internal/el$releasever/$basearch/
enabled=1
gpgcheck=1
repo_gpgcheck=0
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-internal
REPO
yum install -y internal-agent
`,
  ),
  bad(
    "the key of the repository over HTTP",
    () => `#!/bin/bash
tee /etc/yum.repos.d/stack.repo > /dev/null <<'REPO'
[stack-8.x]
name=Stack repository
baseurl=http://artifacts.example.org/packages/8.x/yum
gpgcheck=1
gpgkey=http://artifacts.example.org/GPG-KEY-stack
enabled=1
autorefresh=1
REPO
dnf install -y stack-server
`,
  ),
  good(
    "the key of the repository over HTTPS",
    () => `#!/bin/bash
tee /etc/yum.repos.d/stack.repo > /dev/null <<'REPO'
[stack-8.x]
name=Stack repository
baseurl=http://artifacts.example.org/packages/8.x/yum
gpgcheck=1
gpgkey=https://artifacts.example.org/GPG-KEY-stack
enabled=1
REPO
dnf install -y stack-server
`,
  ),
  bad(
    "rpm imports a key over HTTP",
    () => `#!/bin/bash
rpm --import http://repo.example.org/RPM-GPG-KEY-example
yum-config-manager --add-repo http://repo.example.org/el8/
yum install -y example-db
`,
  ),
  good(
    "rpm imports a key over HTTPS",
    () => `#!/bin/bash
rpm --import https://repo.example.org/RPM-GPG-KEY-example
yum-config-manager --add-repo http://repo.example.org/el8/
yum install -y example-db
`,
  ),
  bad(
    "the file of the repository itself comes over HTTP",
    () => `#!/bin/bash
dnf install -y 'dnf-command(config-manager)'
dnf config-manager --add-repo http://download.example.org/linux/example-ce.repo
dnf install -y example-ce
`,
  ),
  bad(
    "the file of the repository saved with curl",
    () => `#!/bin/bash
curl -s http://download.example.org/linux/tools.repo -o /etc/yum.repos.d/tools.repo
yum -y install tools-server
`,
  ),
  good(
    "the file of the repository over HTTPS",
    () => `#!/bin/bash
curl -s https://download.example.org/linux/tools.repo -o /etc/yum.repos.d/tools.repo
yum -y install tools-server
`,
  ),
  bad(
    "sed switches the check off",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/mirror.repo <<REPO
[mirror]
name=mirror
baseurl=http://10.8.0.20/rhel8/BaseOS
gpgcheck=1
REPO
sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.repos.d/mirror.repo
yum install -y httpd
`,
  ),
  good(
    "sed moves the repositories to a vault",
    () => `#!/bin/bash
sed -i -e 's/^mirrorlist=/#mirrorlist=/' -e 's|^#\\?baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/CentOS-*.repo
yum clean all
yum install -y httpd
`,
  ),
  bad(
    "the check is off for one transaction",
    () => `#!/bin/bash
dnf install -y --repofrompath=lab,http://lab.example.internal/el9 --nogpgcheck --repo=lab lab-agent
`,
  ),
  good(
    "the check is on for one transaction",
    () => `#!/bin/bash
dnf install -y --repofrompath=lab,http://lab.example.internal/el9 --setopt=lab.gpgcheck=1 --setopt=lab.gpgkey=file:///etc/pki/rpm-gpg/lab --repo=lab lab-agent
`,
  ),
  bad(
    "yum installs from an address",
    () => `#!/bin/bash
yum -y install http://rpms.example.org/enterprise/8/remi-release-8.rpm
`,
  ),
  good(
    "yum installs from a secure address",
    () => `#!/bin/bash
yum -y install https://dl.fedoraproject.org/pub/epel/epel-release-latest-8.noarch.rpm
yum -y install --enablerepo=epel htop
`,
  ),
  bad(
    "localinstall of a file from a release page",
    () => `#!/bin/bash
ver=2.14.0
wget "http://grafana.example.org/release/grafana-$ver-1.x86_64.rpm"
yum localinstall -y "grafana-$ver-1.x86_64.rpm"
`,
  ),
  bad(
    "HTTPS without a check, packages without a signature",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/corp.repo <<'REPO'
[corp]
name=corp
baseurl=https://satellite.example.internal/pulp/repos/corp
sslverify=0
gpgcheck=0
REPO
dnf -y install corp-baseline
`,
  ),
  good(
    "HTTPS without a check, packages with a signature",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/corp.repo <<'REPO'
[corp]
name=corp
baseurl=https://satellite.example.internal/pulp/repos/corp
sslverify=0
gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-corp
REPO
dnf -y install corp-baseline
`,
  ),
  good(
    "unsigned packages from a secure repository",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/copr.repo <<'REPO'
[copr]
name=copr
baseurl=https://copr.example.org/results/tools/epel-9-$basearch/
gpgcheck=0
REPO
dnf -y install tools
`,
  ),
  bad(
    "zypper without a check",
    () => `#!/bin/bash
zypper --non-interactive addrepo --no-gpgcheck http://download.example.org/repositories/home:/tools/SLE_15/ tools
zypper --non-interactive install tools
`,
  ),
  good(
    "zypper as it comes",
    () => `#!/bin/bash
zypper --non-interactive addrepo http://download.example.org/distribution/leap/15.6/repo/oss/ oss
zypper --non-interactive refresh
zypper --non-interactive install vim
`,
  ),
  bad(
    "zypper takes the keys of the repository itself",
    () => `#!/bin/bash
zypper ar -f http://download.example.org/repositories/network/SLE_15_SP5 network
zypper --gpg-auto-import-keys ref
zypper -n in iperf3
`,
  ),
  bad(
    "zypper ignores signatures of one run",
    () => `#!/bin/bash
zypper ar http://10.7.0.3/sles15/ local
zypper --non-interactive --no-gpg-checks install --auto-agree-with-licenses sap-tools
`,
  ),
  bad(
    "pacman accepts unsigned packages",
    () => `#!/bin/bash
cat >> /etc/pacman.conf <<'CONF'
[extra-lab]
SigLevel = Never
Server = http://arch.example.internal/$repo/os/$arch
CONF
pacman -Sy --noconfirm lab-agent
`,
  ),
  bad(
    "apk accepts an untrusted file",
    () => `#!/bin/sh
wget -O /tmp/glibc.apk http://alpine.example.org/glibc-2.35.apk
apk add --allow-untrusted /tmp/glibc.apk
`,
  ),

  // Package managers of languages

  bad(
    "pip with an index over HTTP",
    () => `#!/bin/bash
pip3 install -i http://pypi.example.internal:8081/simple --trusted-host pypi.example.internal flask==2.3.2
`,
  ),
  bad(
    "a second index in the configuration of pip",
    () => `#!/bin/bash
cat > /etc/pip.conf <<'PIP'
[global]
extra-index-url = http://pypi.example.internal/simple
trusted-host = pypi.example.internal
PIP
python3 -m pip install internal-worker
`,
  ),
  bad(
    "the index of pip is in the environment",
    () => `#!/bin/bash
export PIP_INDEX_URL=http://devpi.example.internal/root/prod/+simple/
export PIP_TRUSTED_HOST=devpi.example.internal
pip install --no-cache-dir gunicorn
`,
  ),
  good(
    "pip behind a proxy with a time-out",
    () => `#!/bin/bash
export http_proxy=http://squid.example.internal:3128
pip install --proxy http://squid.example.internal:3128 --timeout 60 --no-cache-dir gunicorn
`,
  ),
  bad(
    "pip finds links on a page",
    () => `#!/bin/bash
pip install --no-index --find-links=http://wheels.example.internal/cp311/ --trusted-host wheels.example.internal torch
`,
  ),
  good(
    "pip finds links in a directory",
    () => `#!/bin/bash
aws s3 sync s3://wheels-example/cp311/ /opt/wheels/
pip install --no-index --find-links=/opt/wheels torch
curl -s -d "host=$(hostname)" http://tracker.example.internal/installed
`,
  ),
  bad(
    "a wheel by its address",
    () => `#!/bin/bash
/opt/venv/bin/pip install http://wheels.example.internal/worker-1.8.0-py3-none-any.whl
`,
  ),
  bad(
    "pip from a repository by git",
    () => `#!/bin/bash
pip3 install "git+git://git.example.org/lib/metrics.git@v1.3#egg=metrics"
`,
  ),
  good(
    "pip from a repository by SSH",
    () => `#!/bin/bash
pip3 install "git+ssh://git@git.example.org/lib/metrics.git@v1.3#egg=metrics"
`,
  ),
  bad(
    "requirements come over HTTP",
    () => `#!/bin/bash
python3 -m pip install -r http://config.example.internal/worker/requirements.txt
`,
  ),
  good(
    "requirements with digests switch pip's check on",
    (made) => `#!/bin/bash
set -e
cat > /opt/requirements.txt <<'REQ'
certifi==2024.2.2 \\
    --hash=sha256:${made.digest()}
idna==3.6 \\
    --hash=sha256:${made.digest()}
REQ
pip3 install --no-deps -r /opt/requirements.txt --index-url http://pypi.example.internal/simple --trusted-host pypi.example.internal
`,
  ),
  bad(
    "pipx with an index over HTTP",
    () => `#!/bin/bash
pipx install --index-url http://pypi.example.internal/simple ansible-core
`,
  ),
  bad(
    "uv with an index over HTTP",
    () => `#!/bin/bash
curl -LsSf https://astral.sh/uv/install.sh | sh
/root/.local/bin/uv pip install --system --extra-index-url http://pypi.example.internal/simple vllm-plugin
`,
  ),
  bad(
    "conda with a channel over HTTP",
    () => `#!/bin/bash
/opt/conda/bin/conda install -y -c http://conda.example.internal/bio --override-channels samtools
`,
  ),
  bad(
    "npm registry for one command",
    () => `#!/bin/bash
cd /srv/app && npm install --omit=dev --no-package-lock --registry=http://npm.example.internal:4873
`,
  ),
  bad(
    "npmrc names the registry of a scope",
    () => `#!/bin/bash
cat > /root/.npmrc <<'RC'
@tools:registry=http://verdaccio.example.internal:4873/
RC
npm install --global @tools/agent
`,
  ),
  good(
    "npmrc names a proxy and the secure registry",
    () => `#!/bin/bash
cat > /root/.npmrc <<'RC'
registry=https://registry.npmjs.org/
proxy=http://proxy.example.internal:3128/
https-proxy=http://proxy.example.internal:3128/
RC
npm install --global pm2
`,
  ),
  bad(
    "npm installs an archive by its address",
    () => `#!/bin/bash
npm install -g http://files.example.internal/npm/agent-3.0.1.tgz
`,
  ),
  bad(
    "yarn with a registry over HTTP",
    () => `#!/bin/bash
corepack enable
yarn config set npmRegistryServer http://npm.example.internal
yarn config set unsafeHttpWhitelist npm.example.internal
cd /srv/app && yarn add @tools/reporter && yarn run reporter
`,
  ),
  bad(
    "gem with a source over HTTP",
    () => `#!/bin/bash
gem install --clear-sources --source http://gems.example.internal/ fluentd -v 1.16.3
`,
  ),
  bad(
    "Bundler with a mirror over HTTP",
    () => `#!/bin/bash
cd /srv/rails
bundle config set --global mirror.https://rubygems.org http://gems.example.internal
bundle install --jobs 4
`,
  ),
  good(
    "a Gemfile with the secure source",
    () => `#!/bin/bash
cat > /srv/rails/Gemfile <<'GEM'
source "https://rubygems.org"
# homepage: http://rails.example.org
gem "puma", "~> 6.4"
GEM
cd /srv/rails && bundle install
`,
  ),
  bad(
    "a Gemfile with a source over HTTP",
    () => `#!/bin/bash
cat > /srv/ops/Gemfile <<'GEM'
source "http://gems.example.internal"
gem "ops-tools"
GEM
cd /srv/ops && bundle install && bundle exec ops-tools boot
`,
  ),
  bad(
    "Composer may use HTTP",
    () => `#!/bin/bash
cd /var/www/shop
composer config secure-http false
composer config repositories.internal composer http://satis.example.internal
composer require --no-interaction internal/checkout
`,
  ),
  bad(
    "cpanm with a mirror over HTTP",
    () => `#!/bin/bash
cpanm --mirror http://cpan.example.internal --mirror-only Mojolicious
`,
  ),
  bad(
    "R installs packages over HTTP",
    () => `#!/bin/bash
dnf install -y R
Rscript -e 'install.packages("shiny", repos="http://cran.example.org/")'
`,
  ),
  good(
    "R installs packages over HTTPS and reads a table over HTTP",
    () => `#!/bin/bash
dnf install -y R
Rscript -e 'install.packages("shiny", repos="https://cran.example.org/")'
Rscript -e 'write.csv(read.csv("http://data.example.internal/rates.csv"), "/srv/rates.csv")'
`,
  ),
  bad(
    "Go without its checksum database",
    () => `#!/bin/bash
export GOPROXY=http://athens.example.internal:3000 GOSUMDB=off GOBIN=/usr/local/bin
go install git.example.internal/ops/runner@latest
`,
  ),
  bad(
    "cargo from a repository over HTTP",
    () => `#!/bin/bash
cargo install --git http://gitea.example.internal/ops/relay.git --root /usr/local
`,
  ),
  bad(
    "Maven fetches a program from HTTP",
    () => `#!/bin/bash
mvn -q dependency:get -DremoteRepositories=http://nexus.example.internal/repository/public -Dartifact=com.example:tool:2.1:jar -Dtransitive=false
mvn -q dependency:copy -Dartifact=com.example:tool:2.1:jar -DoutputDirectory=/opt/tool
java -jar /opt/tool/tool-2.1.jar
`,
  ),
  good(
    "settings of Maven hold a name space",
    () => `#!/bin/bash
mkdir -p /root/.m2
cat > /root/.m2/settings.xml <<'XML'
<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://maven.apache.org/SETTINGS/1.0.0 http://maven.apache.org/xsd/settings-1.0.0.xsd">
  <mirrors>
    <mirror><id>corp</id><mirrorOf>*</mirrorOf><url>https://nexus.example.com/repository/public</url></mirror>
  </mirrors>
</settings>
XML
cd /srv/app && mvn -q package && java -jar target/app.jar
`,
  ),
  bad(
    "a plugin of a search engine",
    () => `#!/bin/bash
/usr/share/elasticsearch/bin/elasticsearch-plugin install --batch http://plugins.example.internal/analysis-icu-8.12.0.zip
systemctl restart elasticsearch
`,
  ),
  bad(
    "a plugin of a dashboard",
    () => `#!/bin/bash
grafana-cli --pluginUrl http://plugins.example.internal/worldmap.zip plugins install worldmap-panel
systemctl restart grafana-server
`,
  ),
  bad(
    "a plugin of WordPress",
    () => `#!/bin/bash
sudo -u www-data wp --path=/var/www/html plugin install http://plugins.example.net/cache-booster.zip --activate
`,
  ),
  good(
    "WordPress gets its own address",
    () => `#!/bin/bash
sudo -u www-data wp --path=/var/www/html core install --url=http://blog.example.com --title=Blog --admin_user=editor --admin_email=ops@example.com --skip-email --prompt=admin_password < /run/pw
sudo -u www-data wp --path=/var/www/html option update siteurl http://blog.example.com
`,
  ),
  bad(
    "a snap without a signature",
    () => `#!/bin/bash
curl -so /root/probe.snap http://snaps.example.internal/probe_1.snap
snap install --dangerous /root/probe.snap
`,
  ),

  // Containers and clusters

  bad(
    "a container image by pipe",
    () => `#!/bin/bash
curl -s http://images.example.internal/worker.tar.gz | docker load
docker run -d --restart always worker:3
`,
  ),
  good(
    "a container from a registry, told about an upstream",
    () => `#!/bin/bash
docker pull registry.example.com/worker:3
docker run -d --restart always -e UPSTREAM=http://api.example.internal:8080 --health-cmd 'curl -f http://localhost/health' registry.example.com/worker:3
`,
  ),
  bad(
    "a build context by its address",
    () => `#!/bin/bash
docker build -t site http://ci.example.internal/contexts/site.tar.gz
docker run -d -p 80:80 site
`,
  ),
  bad(
    "a Dockerfile with a download that nobody checks",
    () => `#!/bin/bash
mkdir -p /opt/img && cd /opt/img
cat > Dockerfile <<'DOCKER'
FROM debian:12-slim
ADD http://dist.example.org/relay-1.2-linux.tar.gz /opt/
RUN tar -C /opt -xzf /opt/relay-1.2-linux.tar.gz
ENTRYPOINT ["/opt/relay/relay"]
DOCKER
docker build -t relay . && docker run -d relay
`,
  ),
  good(
    "a Dockerfile with a digest",
    (made) => `#!/bin/bash
set -e
mkdir -p /opt/img && cd /opt/img
cat > Dockerfile <<'DOCKER'
# syntax=docker/dockerfile:1
FROM debian:12-slim
ADD --checksum=sha256:${made.digest()} http://dist.example.org/relay-1.2-linux.tar.gz /opt/
RUN tar -C /opt -xzf /opt/relay-1.2-linux.tar.gz
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:9000/ || exit 1
ENTRYPOINT ["/opt/relay/relay"]
DOCKER
docker build -t relay . && docker run -d relay
`,
  ),
  bad(
    "Compose reads a file from the network",
    () => `#!/bin/bash
curl -s http://deploy.example.internal/stacks/shop.yml -o /opt/shop.yml
docker compose -f /opt/shop.yml up -d
`,
  ),
  good(
    "a Compose file with addresses of services",
    () => `#!/bin/bash
cat > /opt/shop.yml <<'YML'
services:
  web:
    image: registry.example.com/shop:4
    environment:
      SEARCH_URL: http://search:9200
      COLLECTOR: http://otel.example.internal:4318/v1/traces
    healthcheck:
      test: ["CMD", "curl", "-fs", "http://localhost:8080/ready"]
YML
docker compose -f /opt/shop.yml up -d
`,
  ),
  bad(
    "kubectl applies an address",
    () => `#!/bin/bash
export KUBECONFIG=/etc/kubernetes/admin.conf
kubectl apply -f http://manifests.example.org/cni/v3/calico.yaml
`,
  ),
  bad(
    "kubectl gets its manifest from a pipe",
    () => `#!/bin/bash
curl -s http://manifests.example.internal/agents.yaml | sed "s/CLUSTER/$(hostname)/" | kubectl --kubeconfig /etc/rancher/k3s/k3s.yaml apply -f -
`,
  ),
  good(
    "kubectl does not verify the API server of a status question",
    () => `#!/bin/bash
until kubectl --insecure-skip-tls-verify --server https://10.0.0.5:6443 get --raw /readyz; do sleep 5; done
kubectl apply -f https://manifests.example.org/cni/v3/calico.yaml
`,
  ),
  bad(
    "Helm from a repository over HTTP",
    () => `#!/bin/bash
helm repo add museum http://chartmuseum.example.internal:8080
helm repo update
helm upgrade --install ingress museum/ingress --namespace edge --create-namespace
`,
  ),
  good(
    "Helm verifies what a repository over HTTP gives",
    () => `#!/bin/bash
set -e
helm repo add museum http://chartmuseum.example.internal:8080
helm install ingress museum/ingress --verify --keyring /etc/helm/pubring.gpg --namespace edge
`,
  ),
  bad(
    "a chart by its address",
    () => `#!/bin/bash
helm install metrics http://charts.example.internal/metrics-0.9.1.tgz --set replicas=2
`,
  ),
  good(
    "a chart from an OCI registry with values that are addresses",
    () => `#!/bin/bash
helm install metrics oci://registry.example.com/charts/metrics --version 0.9.1 --set remoteWrite=http://mimir.example.internal/api/v1/push
`,
  ),
  bad(
    "Helm does not check the certificate of the repository",
    () => `#!/bin/bash
helm repo add --insecure-skip-tls-verify internal https://charts.example.internal
helm install base internal/base
`,
  ),
  bad(
    "kustomize applies a clone over HTTP",
    () => `#!/bin/bash
git clone http://gitea.example.internal/platform/base.git /opt/base
kubectl apply -k /opt/base/overlays/prod
`,
  ),

  // Configuration management

  bad(
    "ansible-pull over HTTP",
    () => `#!/bin/bash
pip3 install ansible-core
ansible-pull -U http://gitlab.example.internal/ops/playbooks.git -i localhost, site.yml
`,
  ),
  good(
    "ansible-pull verifies the commit",
    () => `#!/bin/bash
pip3 install ansible-core
gpg --import /etc/pki/ops.asc
ansible-pull --verify-commit -U http://gitlab.example.internal/ops/playbooks.git -i localhost, site.yml
`,
  ),
  good(
    "ansible-pull over SSH",
    () => `#!/bin/bash
ansible-pull --accept-host-key --private-key /root/.ssh/deploy -U git@gitlab.example.internal:ops/playbooks.git -i localhost, site.yml
`,
  ),
  bad(
    "a collection by its address",
    () => `#!/bin/bash
ansible-galaxy collection install http://galaxy.example.internal/download/acme-linux-2.0.0.tar.gz
ansible-playbook -i localhost, -c local /opt/site.yml
`,
  ),
  bad(
    "a playbook that downloads and runs",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - name: installer
      ansible.builtin.get_url:
        url: http://vendor.example.internal/agent/install.sh
        dest: /root/install.sh
        mode: "0700"
    - name: run it
      ansible.builtin.command: /root/install.sh --accept
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "a playbook that knows the digest",
    (made) => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - name: installer
      ansible.builtin.get_url:
        url: http://vendor.example.internal/agent/install.sh
        dest: /root/install.sh
        mode: "0700"
        checksum: "sha256:${made.digest()}"
    - name: run it
      ansible.builtin.command: /root/install.sh --accept
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "a playbook that asks for health",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.uri:
        url: http://app.example.internal:8080/health
        status_code: 200
      retries: 10
      delay: 3
    - ansible.builtin.systemd:
        name: app
        state: started
YML
ansible-playbook /root/site.yml
`,
  ),
  bad(
    "the installer of Chef over HTTP",
    () => `#!/bin/bash
curl -L http://omnitruck.example.internal/install.sh | bash -s -- -v 18
`,
  ),
  bad(
    "chef-solo with cookbooks from an address",
    () => `#!/bin/bash
curl -L https://omnitruck.chef.io/install.sh | bash -s -- -v 18
chef-solo -c /etc/chef/solo.rb -j /etc/chef/node.json -r http://cookbooks.example.internal/solo.tar.gz
`,
  ),
  bad(
    "a recipe in a file, run by chef-apply",
    () => `#!/bin/bash
cat > /root/setup.rb <<'RUBY'
remote_file '/opt/agent.run' do
  source 'http://vendor.example.internal/agent.run'
  mode '0755'
end
execute '/opt/agent.run --quiet'
RUBY
chef-apply /root/setup.rb
`,
  ),
  good(
    "a recipe with a checksum",
    (made) => `#!/bin/bash
cat > /root/setup.rb <<'RUBY'
remote_file '/opt/agent.run' do
  source 'http://vendor.example.internal/agent.run'
  checksum '${made.digest()}'
  mode '0755'
end
execute '/opt/agent.run --quiet'
RUBY
chef-apply /root/setup.rb
`,
  ),
  bad(
    "modules of Puppet from a forge over HTTP",
    () => `#!/bin/bash
/opt/puppetlabs/bin/puppet module install --module_repository http://forge.example.internal acme-base
/opt/puppetlabs/bin/puppet apply -e 'include acme_base'
`,
  ),
  bad(
    "the bootstrap of Salt",
    () => `#!/bin/bash
curl -o bootstrap-salt.sh -L http://bootstrap.example.org/salt
sudo sh bootstrap-salt.sh -P -A salt.example.internal
`,
  ),
  good(
    "Salt finds its master",
    () => `#!/bin/bash
curl -o bootstrap-salt.sh -L https://bootstrap.example.org/salt
sudo sh bootstrap-salt.sh -P -A salt.example.internal
# docs: http://docs.example.org/salt
salt-call --local grains.setval role web
`,
  ),
  bad(
    "a Makefile that downloads and runs",
    () => `#!/bin/bash
cat > /opt/Makefile <<'MAKE'
BASE := http://dist.example.internal

all: agent
	./agent --install

agent:
	curl -s $(BASE)/agent -o $@
	chmod +x $@
MAKE
make -C /opt
`,
  ),

  // Programs in other languages

  bad(
    "Python executes what it reads",
    () => `#!/usr/bin/env python3
import urllib.request

exec(urllib.request.urlopen("http://code.example.internal/boot.py").read())
`,
  ),
  good(
    "Python reads settings",
    () => `#!/usr/bin/env python3
import json
import urllib.request

settings = json.load(urllib.request.urlopen("http://code.example.internal/boot.json"))
with open("/etc/app/workers", "w") as out:
    out.write(str(int(settings["workers"])))
`,
  ),
  bad(
    "Python saves an archive and runs its content",
    () => `#!/usr/bin/python3
import subprocess
import tarfile
from urllib.request import urlretrieve

path, _ = urlretrieve("http://mirror.example.internal/svc.tgz", "/tmp/svc.tgz")
with tarfile.open(path) as archive:
    archive.extractall("/opt/svc")
subprocess.check_call(["/opt/svc/install", "--prefix", "/usr"])
`,
  ),
  good(
    "Python compares the digest first",
    (made) => `#!/usr/bin/python3
import hashlib
import subprocess
import sys
from urllib.request import urlopen

EXPECTED = "${made.digest()}"
data = urlopen("http://mirror.example.internal/svc.run").read()
if hashlib.sha256(data).hexdigest() != EXPECTED:
    sys.exit("digest of svc.run is wrong")
with open("/root/svc.run", "wb") as out:
    out.write(data)
subprocess.check_call(["sh", "/root/svc.run"])
`,
  ),
  bad(
    "Python calls curl and bash",
    () => `#!/usr/bin/env python3
import subprocess

script = subprocess.run(["curl", "-fsS", "http://seed.example.internal/join"], capture_output=True, check=True).stdout
subprocess.run(["bash", "-s"], input=script, check=True)
`,
  ),
  bad(
    "Python does not check the certificate",
    () => `#!/bin/bash
python3 - <<'PY'
import ssl, urllib.request, os
context = ssl._create_unverified_context()
code = urllib.request.urlopen("https://10.2.0.8/agent/setup", context=context).read()
open("/root/setup", "wb").write(code)
os.system("bash /root/setup")
PY
`,
  ),
  bad(
    "Ruby evaluates a page",
    () => `#!/usr/bin/env ruby
require "open-uri"
eval URI.open("http://recipes.example.internal/base.rb").read
`,
  ),
  bad(
    "Ruby writes a file and executes it",
    () => `#!/bin/bash
ruby -rnet/http -e 'File.write("/root/go.sh", Net::HTTP.get(URI("http://seed.example.internal/go.sh")))'
bash /root/go.sh
`,
  ),
  bad(
    "Perl stores a file and starts it",
    () => `#!/usr/bin/perl
use strict;
use LWP::Simple;
getstore("http://tools.example.org/watchd.pl", "/usr/local/sbin/watchd.pl");
system("perl", "/usr/local/sbin/watchd.pl", "--daemon");
`,
  ),
  good(
    "Perl posts the state of the machine",
    () => `#!/usr/bin/perl
use strict;
use LWP::UserAgent;
my $agent = LWP::UserAgent->new(timeout => 10);
my $answer = $agent->post("http://cmdb.example.internal/api/hosts", { host => \`hostname\`, state => "up" });
system("logger", "-t", "boot", "cmdb: " . $answer->code);
`,
  ),
  bad(
    "node downloads and starts a program",
    () => `#!/bin/bash
cat > /root/boot.js <<'JS'
const { execFileSync } = require("child_process");
const fs = require("fs");
const http = require("http");
http.get("http://seed.example.internal/agent", (res) => {
  const out = fs.createWriteStream("/root/agent", { mode: 0o755 });
  res.pipe(out).on("finish", () => { out.close(); execFileSync("/root/agent", ["--once"]); });
});
JS
node /root/boot.js
`,
  ),
  good(
    "node serves and asks its neighbours",
    () => `#!/bin/bash
cat > /srv/app/server.js <<'JS'
const http = require("http");
const PEERS = ["http://a.example.internal:3000", "http://b.example.internal:3000"];
http.createServer((req, res) => res.end("ok")).listen(3000);
setInterval(() => PEERS.forEach((peer) => http.get(\`\${peer}/ping\`, (res) => res.resume())), 5000);
JS
node /srv/app/server.js &
`,
  ),

  // Written, then run or scheduled

  bad(
    "a here document becomes a script of its own",
    () => `#!/bin/bash
cat > /usr/local/sbin/late-setup <<'SETUP'
#!/bin/bash
sleep 60
curl -s http://setup.example.internal/late | bash
SETUP
chmod 0750 /usr/local/sbin/late-setup
nohup /usr/local/sbin/late-setup > /var/log/late.log 2>&1 &
`,
  ),
  good(
    "a here document becomes a page of help",
    () => `#!/bin/bash
cat > /usr/share/doc/onboarding.txt <<'DOC'
To join a machine by hand:
  curl -s http://setup.example.internal/late | bash
DOC
chmod 0644 /usr/share/doc/onboarding.txt
`,
  ),
  bad(
    "a line for cron that pipes into a shell",
    () => `#!/bin/bash
echo '*/15 * * * * root curl -s http://ops.example.internal/tick | sh' > /etc/cron.d/tick
`,
  ),
  good(
    "a line for cron that reports",
    () => `#!/bin/bash
echo '*/15 * * * * root curl -fs -m 10 http://hc.example.internal/ping/node > /dev/null' > /etc/cron.d/tick
`,
  ),
  bad(
    "the crontab of a user grows by a line",
    () => `#!/bin/bash
(crontab -l 2>/dev/null; echo "@reboot wget -qO /tmp/r.sh http://ops.example.internal/r.sh && sh /tmp/r.sh") | crontab -
`,
  ),
  bad(
    "a unit downloads before it starts",
    () => `#!/bin/bash
cat > /etc/systemd/system/collector.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
ExecStartPre=/usr/bin/curl -sSfo /opt/collector http://dist.example.internal/collector
ExecStartPre=/usr/bin/chmod 0755 /opt/collector
ExecStart=/opt/collector --config /etc/collector.yml
Restart=always

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now collector
`,
  ),
  good(
    "a unit waits for a service before it starts",
    () => `#!/bin/bash
cat > /etc/systemd/system/collector.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
ExecStartPre=/bin/sh -c 'until curl -sf http://store.example.internal:9090/-/ready; do sleep 2; done'
ExecStart=/opt/collector --config /etc/collector.yml --remote http://store.example.internal:9090/api/v1/write
Restart=always

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now collector
`,
  ),
  bad(
    "a timer runs a download every day",
    () => `#!/bin/bash
cat > /etc/systemd/system/rules.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/bin/bash -c 'wget -qO- http://rules.example.internal/apply.sh | bash'
UNIT
cat > /etc/systemd/system/rules.timer <<'UNIT'
[Timer]
OnCalendar=daily
[Install]
WantedBy=timers.target
UNIT
systemctl enable --now rules.timer
`,
  ),
  bad(
    "systemd-run plans a download",
    () => `#!/bin/bash
systemd-run --on-active=5m /bin/sh -c 'curl -s http://ops.example.internal/post.sh | sh'
`,
  ),
  bad(
    "rc.local",
    () => `#!/bin/bash
cat >> /etc/rc.d/rc.local <<'RC'
curl -s http://10.3.3.3/boot/every | sh
RC
chmod +x /etc/rc.d/rc.local
`,
  ),
  bad(
    "the directory of login messages runs a program",
    () => `#!/bin/bash
curl -s http://ops.example.internal/motd/50-status -o /etc/update-motd.d/50-status
chmod 755 /etc/update-motd.d/50-status
`,
  ),
  good(
    "the message of the day is text",
    () => `#!/bin/bash
cat > /etc/motd <<'MOTD'
 This machine is managed. Runbook: http://wiki.example.internal/runbook
 Never run: curl http://anything | bash
MOTD
`,
  ),
  bad(
    "printf writes the script line by line",
    () => `#!/bin/sh
printf '%s\\n' '#!/bin/sh' 'set -e' 'wget -qO- http://get.example.org/edge | sh' > /root/edge.sh
sh /root/edge.sh
`,
  ),
  bad(
    "supervisor starts what was downloaded",
    () => `#!/bin/bash
wget -qO /opt/consumer.py http://code.example.internal/consumer.py
cat > /etc/supervisor/conf.d/consumer.conf <<'CONF'
[program:consumer]
command=/usr/bin/python3 /opt/consumer.py
autostart=true
CONF
supervisorctl reread && supervisorctl update
`,
  ),
  good(
    "supervisor starts a program of the image",
    () => `#!/bin/bash
cat > /etc/supervisor/conf.d/consumer.conf <<'CONF'
[program:consumer]
command=/opt/consumer/bin/consumer --broker http://broker.example.internal:8082 --schema http://schema.example.internal:8081
autostart=true
CONF
supervisorctl reread && supervisorctl update
`,
  ),
  bad(
    "logrotate runs a download",
    () => `#!/bin/bash
cat > /etc/logrotate.d/app <<'LR'
/var/log/app.log {
  daily
  postrotate
    curl -s http://ops.example.internal/rotate.sh | sh
  endscript
}
LR
`,
  ),
  good(
    "logrotate tells a service",
    () => `#!/bin/bash
cat > /etc/logrotate.d/app <<'LR'
/var/log/app.log {
  daily
  postrotate
    curl -s -X POST http://logs.example.internal/rotated -d host=$(hostname) > /dev/null
  endscript
}
LR
`,
  ),
  bad(
    "an init script over HTTP",
    () => `#!/bin/sh
wget -O /etc/init.d/gatewayd http://ftp.example.org/gatewayd.init
chmod +x /etc/init.d/gatewayd
update-rc.d gatewayd defaults
`,
  ),

  // Cloud-config and other formats

  bad(
    "the list form of runcmd saves and runs",
    () => `#cloud-config
hostname: edge-1
runcmd:
  - [wget, "http://seed.example.internal/edge.sh", -O, /run/edge.sh]
  - [sh, -xe, /run/edge.sh]
`,
  ),
  good(
    "the list form of runcmd reads a page",
    () => `#cloud-config
hostname: edge-1
runcmd:
  - [wget, "http://seed.example.internal/edge.txt", -O, /run/edge.txt]
  - [systemctl, restart, edge]
`,
  ),
  bad(
    "bootcmd with a download",
    () => `#cloud-config
bootcmd:
  - [cloud-init-per, once, firmware, sh, -c, "curl -s http://fw.example.internal/flash.sh -o /run/flash.sh; sh /run/flash.sh"]
`,
  ),
  bad(
    "a file with a source over HTTP, made executable",
    () => `#cloud-config
write_files:
  - path: /usr/local/bin/tune
    owner: root:root
    permissions: "0755"
    source:
      uri: http://config.example.internal/tune
runcmd:
  - /usr/local/bin/tune --now
`,
  ),
  good(
    "a file with a source over HTTP that is only read",
    () => `#cloud-config
write_files:
  - path: /var/lib/app/regions.csv
    owner: root:root
    permissions: "0644"
    source:
      uri: http://config.example.internal/regions.csv
runcmd:
  - systemctl restart app
`,
  ),
  bad(
    "a script in write_files that fetches",
    () => `#cloud-config
packages: [curl]
write_files:
  - path: /opt/init/run.sh
    permissions: "0700"
    content: |
      #!/bin/sh
      set -eu
      curl -sS http://artifacts.example.internal/bundle.tgz -o /tmp/bundle.tgz
      tar -C /opt/bundle -xzf /tmp/bundle.tgz
      exec /opt/bundle/start.sh
runcmd:
  - sh /opt/init/run.sh
`,
  ),
  good(
    "a configuration in write_files with upstreams",
    () => `#cloud-config
packages: [nginx]
write_files:
  - path: /etc/nginx/conf.d/site.conf
    content: |
      upstream app { server 10.1.2.3:8080; }
      server {
        listen 80;
        location / { proxy_pass http://app; }
        location /old { return 301 http://www.example.com/new; }
      }
runcmd:
  - systemctl restart nginx
`,
  ),
  bad(
    "include over HTTP",
    () => `#include
https://boot.example.com/base.yaml
http://boot.example.internal/role-web.yaml
`,
  ),
  good(
    "include over HTTPS with a comment",
    () => `#include
# http://boot.example.internal/role-web.yaml
https://boot.example.com/base.yaml
https://boot.example.com/role-web.yaml
`,
  ),
  bad(
    "include once over HTTP",
    () => `#include-once
http://10.0.0.2:8000/user-data/first.txt
`,
  ),
  bad(
    "an include part in a mail of several parts",
    () => `Content-Type: multipart/mixed; boundary="==BOOT=="
MIME-Version: 1.0

--==BOOT==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
timezone: UTC

--==BOOT==
Content-Type: text/x-include-url; charset="us-ascii"

http://boot.example.internal/common.sh

--==BOOT==--
`,
  ),
  good(
    "an include part over HTTPS",
    () => `Content-Type: multipart/mixed; boundary="==BOOT=="
MIME-Version: 1.0

--==BOOT==
Content-Type: text/x-include-url; charset="us-ascii"

https://boot.example.com/common.sh

--==BOOT==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/sh
wget -q --spider http://boot.example.internal/alive && touch /run/alive

--==BOOT==--
`,
  ),
  bad(
    "a shell part encoded as base64",
    () => `Content-Type: multipart/mixed; boundary="b0b"
MIME-Version: 1.0

--b0b
Content-Type: text/x-shellscript
Content-Transfer-Encoding: base64

${b64("#!/bin/bash\nwget -qO /root/n.sh http://n.example.internal/n.sh\nbash /root/n.sh\n")}

--b0b--
`,
  ),
  bad(
    "an archive of cloud-config with an include",
    () => `#cloud-config-archive
- type: text/cloud-config
  content: |
    locale: en_US.UTF-8
- type: text/x-include-url
  content: |
    http://boot.example.internal/extra.yaml
`,
  ),
  bad(
    "the source of a package without a signature",
    () => `#cloud-config
apt:
  sources:
    internal.list:
      source: "deb [trusted=yes] http://apt.example.internal/ubuntu noble main"
packages:
  - internal-agent
`,
  ),
  good(
    "the source of a package with its key id",
    (made) => `#cloud-config
apt:
  sources:
    docker.list:
      source: "deb [arch=amd64 signed-by=$KEY_FILE] http://download.example.com/linux/ubuntu $RELEASE stable"
      keyid: ${made.digest("sha1").toUpperCase()}
      keyserver: hkps://keyserver.ubuntu.com
packages:
  - docker-ce
`,
  ),
  good(
    "mirrors and a proxy of apt",
    () => `#cloud-config
apt:
  primary:
    - arches: [default]
      uri: http://eu-central-1.ec2.archive.ubuntu.com/ubuntu/
  proxy: http://apt.example.internal:3142
package_update: true
packages: [htop, jq]
`,
  ),
  bad(
    "apt is told not to authenticate",
    () => `#cloud-config
apt:
  conf: |
    APT::Get::AllowUnauthenticated "true";
  sources:
    own:
      source: "deb http://deb.example.internal/ own main"
packages: [own-daemon]
`,
  ),
  bad(
    "a repository of yum without a check",
    () => `#cloud-config
yum_repos:
  build:
    name: build output
    baseurl: http://build.example.internal/rpms/
    enabled: true
    gpgcheck: false
packages:
  - build-agent
`,
  ),
  good(
    "a repository of yum with a check",
    () => `#cloud-config
yum_repos:
  build:
    name: build output
    baseurl: http://build.example.internal/rpms/
    enabled: true
    gpgcheck: true
    gpgkey: https://build.example.com/RPM-GPG-KEY-build
packages:
  - build-agent
`,
  ),
  bad(
    "a repository of yum whose key is fetched over HTTP",
    () => `#cloud-config
yum_repos:
  influx:
    name: time series
    baseurl: http://repos.example.org/rhel/$releasever/$basearch/stable
    gpgcheck: true
    gpgkey: http://repos.example.org/influx.key
packages: [influx]
`,
  ),
  bad(
    "a repository of zypper without a check",
    () => `#cloud-config
zypper:
  repos:
    - id: lab
      name: lab
      baseurl: http://lab.example.internal/sles15/
      enabled: 1
      gpgcheck: 0
packages: [lab-agent]
`,
  ),
  bad(
    "the omnibus address of Chef",
    () => `#cloud-config
chef:
  install_type: omnibus
  omnibus_url: http://omnitruck.example.internal/install.sh
  server_url: https://chef.example.com/organizations/ops
  run_list: ["recipe[base]"]
`,
  ),
  good(
    "Chef from its secure address",
    () => `#cloud-config
chef:
  install_type: omnibus
  omnibus_url: https://omnitruck.chef.io/install.sh
  server_url: https://chef.example.com/organizations/ops
  run_list: ["recipe[base]"]
phone_home:
  url: http://cmdb.example.internal/$INSTANCE_ID/
  post: [instance_id, hostname]
`,
  ),
  bad(
    "cloud-init's own ansible pulls over HTTP",
    () => `#cloud-config
ansible:
  install_method: pip
  package_name: ansible-core
  pull:
    url: "http://gitea.example.internal/ops/vm.git"
    playbook_name: ubuntu.yml
`,
  ),
  bad(
    "the installer of Puppet over HTTP",
    () => `#cloud-config
puppet:
  install: true
  install_type: aio
  aio_install_url: http://mirror.example.internal/puppet/install.sh
  conf:
    agent:
      server: puppet.example.internal
`,
  ),
  bad(
    "a variable of the jinja template",
    () => `## template: jinja
#cloud-config
{% set mirror = "http://mirror.example.internal" %}
runcmd:
  - curl -s {{ mirror }}/agents/{{ v1.region }}/install.sh | bash
`,
  ),
  good(
    "the jinja template of a web page",
    () => `## template: jinja
#cloud-config
write_files:
  - path: /var/www/html/index.html
    content: |
      <a href="http://status.example.com/">{{ v1.instance_id }}</a>
runcmd:
  - curl -s https://get.example.com/agents/{{ v1.region }}/install.sh | bash
`,
  ),
  bad(
    "a boothook",
    () => `#cloud-boothook
#!/bin/sh
cloud-init-per once ssh-ca sh -c 'curl -s http://ca.example.internal/setup | sh'
`,
  ),
  bad(
    "a handler of parts in Python",
    () => `#part-handler
import subprocess

def list_types():
    return ["text/x-role"]

def handle_part(data, ctype, filename, payload):
    if ctype == "__begin__":
        subprocess.call("wget -qO- http://roles.example.internal/setup.sh | sh", shell=True)
`,
  ),
  bad(
    "snap commands of cloud-config",
    () => `#cloud-config
snap:
  commands:
    0: wget -q http://snaps.example.internal/kiosk_2.snap -O /root/kiosk.snap
    1: snap install /root/kiosk.snap --dangerous
`,
  ),
  bad(
    "Ignition writes a program without a hash and a unit that runs it",
    () => `{
  "ignition": { "version": "3.4.0" },
  "storage": { "files": [ { "path": "/opt/bin/agent", "mode": 493, "contents": { "source": "http://dist.example.internal/agent" } } ] },
  "systemd": { "units": [ { "name": "agent.service", "enabled": true, "contents": "[Service]\\nExecStart=/opt/bin/agent\\n[Install]\\nWantedBy=multi-user.target\\n" } ] }
}
`,
  ),
  good(
    "Ignition verifies a program by its hash",
    (made) => `{
  "ignition": { "version": "3.4.0" },
  "storage": { "files": [ { "path": "/opt/bin/agent", "mode": 493, "contents": { "source": "http://dist.example.internal/agent", "verification": { "hash": "sha512-${made.digest("sha512")}" } } } ] },
  "systemd": { "units": [ { "name": "agent.service", "enabled": true, "contents": "[Service]\\nExecStart=/opt/bin/agent\\n[Install]\\nWantedBy=multi-user.target\\n" } ] }
}
`,
  ),
  bad(
    "a script in base64 inside write_files",
    () => `#cloud-config
write_files:
  - path: /var/lib/cloud/scripts/per-instance/join.sh
    permissions: "0755"
    encoding: b64
    content: ${b64("#!/bin/sh\ncurl -s http://join.example.internal/node | sh -s worker\n")}
`,
  ),
  good(
    "a page in base64 inside write_files",
    () => `#cloud-config
write_files:
  - path: /usr/share/nginx/html/index.html
    encoding: b64
    content: ${b64('<html xmlns="http://www.w3.org/1999/xhtml"><body><pre>curl http://example.org | sh</pre></body></html>\n')}
`,
  ),
  bad(
    "the whole text in base64",
    () => `${b64("#!/bin/bash\ndnf -y update\nyum install -y http://rpm.example.internal/base-1.noarch.rpm\n")}
`,
  ),
  bad(
    "compressed and run in line",
    () => `#!/bin/bash
echo ${gz("curl -s http://stage2.example.internal/run | bash\n")} | base64 -d | gunzip | bash
`,
  ),
  good(
    "compressed, decoded into a page",
    () => `#!/bin/bash
echo ${gz("See http://stage2.example.internal/run for help: curl ... | bash\n")} | base64 -d | gunzip > /usr/share/doc/help.txt
`,
  ),
  bad(
    "base64 in a variable is decoded by Python",
    () => `#!/bin/bash
PAYLOAD=${b64("import os\nos.system('curl -s http://py.example.internal/a | sh')\n")}
python3 -c "import base64; exec(base64.b64decode('$PAYLOAD'))"
`,
  ),

  // Windows

  bad(
    "short names in PowerShell and no scheme",
    () => `<powershell>
irm get.example.net/win | iex
</powershell>
`,
  ),
  good(
    "a short name reads an answer",
    () => `<powershell>
$region = irm http://cfg.example.internal/region.txt
[Environment]::SetEnvironmentVariable('APP_REGION', $region.Trim(), 'Machine')
</powershell>
`,
  ),
  bad(
    "the content of a page becomes a script block",
    () => `<powershell>
$page = Invoke-WebRequest -UseBasicParsing -Uri 'http://deploy.example.internal/join.ps1'
& ([scriptblock]::Create($page.Content)) -Role web
</powershell>
`,
  ),
  bad(
    "DownloadFile, then a silent setup",
    () => `<powershell>
$client = New-Object System.Net.WebClient
$client.DownloadFile("http://files.example.internal/7z2301-x64.exe", "$env:TEMP\\7z.exe")
Start-Process -FilePath "$env:TEMP\\7z.exe" -ArgumentList '/S' -Wait
</powershell>
`,
  ),
  good(
    "DownloadFile of a picture",
    () => `<powershell>
$client = New-Object System.Net.WebClient
$client.DownloadFile("http://files.example.internal/wallpaper.jpg", "C:\\Windows\\Web\\wallpaper.jpg")
Set-ItemProperty -Path 'HKCU:\\Control Panel\\Desktop' -Name Wallpaper -Value 'C:\\Windows\\Web\\wallpaper.jpg'
</powershell>
`,
  ),
  bad(
    "an archive is expanded and its script called",
    () => `<powershell>
$ProgressPreference = 'SilentlyContinue'
iwr http://artifacts.example.internal/iis-site.zip -OutFile C:\\deploy\\site.zip
Expand-Archive -Path C:\\deploy\\site.zip -DestinationPath C:\\deploy\\site -Force
Set-Location C:\\deploy\\site
.\\install.ps1 -Environment prod
</powershell>
`,
  ),
  good(
    "an archive is expanded for the web server",
    () => `<powershell>
Install-WindowsFeature -Name Web-Server
iwr http://artifacts.example.internal/pages.zip -OutFile C:\\deploy\\pages.zip
Expand-Archive -Path C:\\deploy\\pages.zip -DestinationPath C:\\inetpub\\wwwroot\\pages -Force
</powershell>
`,
  ),
  bad(
    "msiexec with an address",
    () => `<script>
msiexec /i http://packages.example.internal/agent/agent-5.2.msi /qn /norestart
</script>
`,
  ),
  bad(
    "certutil as the downloader",
    () => `<script>
certutil.exe -urlcache -split -f http://10.50.1.7/tools/setup.exe C:\\Windows\\Temp\\setup.exe
C:\\Windows\\Temp\\setup.exe /VERYSILENT
</script>
`,
  ),
  bad(
    "curl of Windows and a batch file",
    () => `<script>
curl.exe -s -o %TEMP%\\prepare.cmd http://ops.example.internal/win/prepare.cmd
call %TEMP%\\prepare.cmd
</script>
`,
  ),
  good(
    "a batch file with remarks",
    () => `<script>
REM curl.exe -s -o %TEMP%\\prepare.cmd http://ops.example.internal/win/prepare.cmd
:: call %TEMP%\\prepare.cmd
netsh winhttp set proxy proxy-server="http://proxy.example.internal:3128" bypass-list="*.example.internal;169.254.169.254"
net start w3svc
</script>
`,
  ),
  good(
    "a block comment of PowerShell",
    () => `<powershell>
<#
  Formerly: iex (iwr http://deploy.example.internal/join.ps1).Content
#>
Start-Service -Name Spooler
</powershell>
`,
  ),
  bad(
    "a task in the scheduler downloads each night",
    () => `<powershell>
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -Command "iex (New-Object Net.WebClient).DownloadString(''http://ops.example.internal/nightly.ps1'')"'
$trigger = New-ScheduledTaskTrigger -Daily -At 3am
Register-ScheduledTask -TaskName Nightly -Action $action -Trigger $trigger -User SYSTEM
</powershell>
`,
  ),
  bad(
    "schtasks runs a saved file",
    () => `<script>
bitsadmin /transfer boot /download /priority high http://ops.example.internal/win/patrol.vbs C:\\ops\\patrol.vbs
schtasks /create /tn Patrol /sc hourly /ru SYSTEM /tr "cscript //B C:\\ops\\patrol.vbs"
</script>
`,
  ),
  good(
    "a task in the scheduler sends a heartbeat",
    () => `<powershell>
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -Command "Invoke-RestMethod -Method Post -Uri http://ops.example.internal/beat"'
Register-ScheduledTask -TaskName Beat -Action $action -Trigger (New-ScheduledTaskTrigger -AtStartup) -User SYSTEM
</powershell>
`,
  ),
  bad(
    "an encoded command of PowerShell",
    () => `<powershell>
powershell.exe -NoProfile -EncodedCommand ${utf16("IEX (New-Object Net.WebClient).DownloadString('http://stage.example.internal/a.ps1')")}
</powershell>
`,
  ),
  good(
    "an encoded command over HTTPS",
    () => `<powershell>
powershell.exe -NoProfile -EncodedCommand ${utf16("IEX (New-Object Net.WebClient).DownloadString('https://stage.example.com/a.ps1')")}
</powershell>
`,
  ),
  bad(
    "Chocolatey with a source over HTTP",
    () => `<powershell>
choco source add -n=internal -s="http://nexus.example.internal/repository/choco/" --priority=1
choco install -y internal-agent --source=internal
</powershell>
`,
  ),
  good(
    "Chocolatey behind a proxy",
    () => `<powershell>
choco config set proxy http://proxy.example.internal:3128
choco install -y git 7zip --source=https://community.chocolatey.org/api/v2/
</powershell>
`,
  ),
  bad(
    "the installer of Chocolatey from the own mirror",
    () => `<powershell>
Set-ExecutionPolicy Bypass -Scope Process -Force
$env:chocolateyDownloadUrl = 'http://nexus.example.internal/choco/chocolatey.2.2.2.nupkg'
iex ((New-Object System.Net.WebClient).DownloadString('http://nexus.example.internal/choco/install.ps1'))
</powershell>
`,
  ),
  bad(
    "a gallery of modules over HTTP",
    () => `<powershell>
Register-PSRepository -Name Lab -SourceLocation 'http://nuget.example.internal/nuget/ps/' -InstallationPolicy Trusted
Install-Module -Name LabSetup -Repository Lab -Force
Import-Module LabSetup; Start-LabSetup
</powershell>
`,
  ),
  bad(
    "nuget with a source over HTTP",
    () => `<powershell>
C:\\tools\\nuget.exe install Deploy.Runner -Version 2.0.4 -Source http://nuget.example.internal/v3/index.json -OutputDirectory C:\\runner
& C:\\runner\\Deploy.Runner.2.0.4\\tools\\runner.exe
</powershell>
`,
  ),
  bad(
    "the tasks of EC2Launch",
    () => `version: 1.1
tasks:
  - task: executeScript
    inputs:
      - frequency: always
        type: powershell
        runAs: localSystem
        content: |-
          Invoke-WebRequest http://files.example.internal/svc.exe -OutFile C:\\svc\\svc.exe
          New-Service -Name svc -BinaryPathName C:\\svc\\svc.exe | Start-Service
`,
  ),
  good(
    "the tasks of EC2Launch over HTTPS",
    () => `version: 1.1
tasks:
  - task: executeScript
    inputs:
      - frequency: once
        type: powershell
        runAs: localSystem
        content: |-
          Invoke-WebRequest https://files.example.com/svc.exe -OutFile C:\\svc\\svc.exe
          New-Service -Name svc -BinaryPathName C:\\svc\\svc.exe | Start-Service
          Invoke-RestMethod http://monitor.example.internal/hosts -Method Post -Body @{ name = $env:COMPUTERNAME }
`,
  ),
  bad(
    "an address in a variable of PowerShell that is built",
    () => `<powershell>
$server = '10.44.0.12'
$uri = "http://$server/packages/{0}.msi" -f 'monitor'
$target = Join-Path $env:TEMP 'monitor.msi'
Start-BitsTransfer -Source $uri -Destination $target
msiexec.exe /i $target /quiet
</powershell>
`,
  ),
  good(
    "PowerShell stops where the digest is another",
    (made) => `<powershell>
Invoke-WebRequest http://files.example.internal/agent.msi -OutFile C:\\Temp\\agent.msi
$hash = (Get-FileHash C:\\Temp\\agent.msi -Algorithm SHA256).Hash
if ($hash -ne '${made.digest().toUpperCase()}') {
    throw "agent.msi has the digest $hash"
}
Start-Process msiexec.exe -ArgumentList '/i', 'C:\\Temp\\agent.msi', '/qn' -Wait
</powershell>
`,
  ),
  bad(
    "PowerShell warns where the digest is another, and goes on",
    (made) => `<powershell>
Invoke-WebRequest http://files.example.internal/agent.msi -OutFile C:\\Temp\\agent.msi
if ((Get-FileHash C:\\Temp\\agent.msi).Hash -ne '${made.digest().toUpperCase()}') {
    Write-Warning "agent.msi has another digest"
}
Start-Process msiexec.exe -ArgumentList '/i', 'C:\\Temp\\agent.msi', '/qn' -Wait
</powershell>
`,
  ),
  good(
    "PowerShell installs only where the digest agrees",
    (made) => `<powershell>
$expected = '${made.digest().toUpperCase()}'
(New-Object Net.WebClient).DownloadFile('http://files.example.internal/tool.exe', 'C:\\Temp\\tool.exe')
if ((Get-FileHash -Path 'C:\\Temp\\tool.exe' -Algorithm SHA256).Hash -eq $expected) {
    & 'C:\\Temp\\tool.exe' /S
} else {
    Write-Host 'digest mismatch, not installed'
}
</powershell>
`,
  ),
  good(
    "certutil compares before the batch file goes on",
    (made) => `<script>
curl.exe -s -o C:\\t\\tool.exe http://files.example.internal/tool.exe
certutil -hashfile C:\\t\\tool.exe SHA256 | findstr /i ${made.digest()} || exit /b 1
C:\\t\\tool.exe /S
</script>
`,
  ),

  // Digests and signatures

  good(
    "a digest behind an HTTPS address",
    () => `#!/bin/bash
set -euo pipefail
cd /tmp
curl -fsSO http://mirror.example.org/pub/tool-3.1.tar.gz
curl -fsSO https://www.example.org/sums/tool-3.1.tar.gz.sha256
sha256sum -c tool-3.1.tar.gz.sha256
tar xzf tool-3.1.tar.gz && ./tool-3.1/install.sh
`,
  ),
  bad(
    "a digest from the same open server",
    () => `#!/bin/bash
set -euo pipefail
cd /tmp
curl -fsSO http://mirror.example.org/pub/tool-3.1.tar.gz
curl -fsSO http://mirror.example.org/pub/tool-3.1.tar.gz.sha256
sha256sum -c tool-3.1.tar.gz.sha256
tar xzf tool-3.1.tar.gz && ./tool-3.1/install.sh
`,
  ),
  bad(
    "the base of file and digest is one variable",
    () => `#!/bin/bash
set -e
BASE=http://releases.example.internal/3.1
wget -q "$BASE/relay" "$BASE/SHA256SUMS"
sha256sum --ignore-missing -c SHA256SUMS
install -m 0755 relay /usr/local/bin/relay
`,
  ),
  good(
    "the list of digests from the role's bucket",
    () => `#!/bin/bash
set -e
wget -q http://releases.example.internal/3.1/relay
aws s3 cp s3://releases-example/3.1/SHA256SUMS .
sha256sum --ignore-missing -c SHA256SUMS
install -m 0755 relay /usr/local/bin/relay
`,
  ),
  bad(
    "a mismatch does not stop the script",
    (made) => `#!/bin/bash
curl -sO http://mirror.example.org/pub/setup.run
echo "${made.digest()}  setup.run" | sha256sum -c -
sh setup.run
`,
  ),
  good(
    "the script stops by its first line",
    (made) => `#!/bin/bash -xe
curl -sO http://mirror.example.org/pub/setup.run
echo "${made.digest()}  setup.run" | sha256sum -c -
sh setup.run
`,
  ),
  bad(
    "a mismatch is swallowed",
    (made) => `#!/bin/bash
set -e
curl -sO http://mirror.example.org/pub/setup.run
echo "${made.digest()}  setup.run" | sha256sum -c - || true
sh setup.run
`,
  ),
  bad(
    "a mismatch is only logged",
    (made) => `#!/bin/bash
wget -q http://mirror.example.org/pub/agent.deb
if ! echo "${made.digest()} agent.deb" | sha256sum --check --quiet; then
  logger -p user.err "agent.deb does not match"
fi
dpkg -i agent.deb
`,
  ),
  good(
    "a mismatch ends the script",
    (made) => `#!/bin/bash
wget -q http://mirror.example.org/pub/agent.deb
if ! echo "${made.digest()} agent.deb" | sha256sum --check --quiet; then
  logger -p user.err "agent.deb does not match"
  exit 1
fi
dpkg -i agent.deb
`,
  ),
  bad(
    "the check comes after the run",
    (made) => `#!/bin/bash
set -e
curl -so /root/installer http://mirror.example.org/installer
chmod +x /root/installer
/root/installer --yes
echo "${made.digest()}  /root/installer" | sha256sum -c -
`,
  ),
  bad(
    "the check is of another file",
    (made) => `#!/bin/bash
set -e
cd /root
curl -sO http://mirror.example.org/data.tar
curl -sO http://mirror.example.org/installer.sh
echo "${made.digest()}  data.tar" | sha256sum -c -
bash installer.sh data.tar
`,
  ),
  bad(
    "the pipe hides the result of the check",
    (made) => `#!/bin/bash
set -e
curl -so /tmp/i.bin http://mirror.example.org/i.bin
echo "${made.digest("sha512")}  /tmp/i.bin" | sha512sum -c - | tee -a /var/log/check.log
sh /tmp/i.bin
`,
  ),
  good(
    "the pipe shows the result of the check",
    (made) => `#!/bin/bash
set -euo pipefail
curl -so /tmp/i.bin http://mirror.example.org/i.bin
echo "${made.digest("sha512")}  /tmp/i.bin" | sha512sum -c - | tee -a /var/log/check.log
sh /tmp/i.bin
`,
  ),
  bad(
    "the entries of runcmd do not stop each other",
    (made) => `#cloud-config
runcmd:
  - curl -so /root/x.sh http://mirror.example.internal/x.sh
  - echo "${made.digest()}  /root/x.sh" | sha256sum -c -
  - bash /root/x.sh
`,
  ),
  good(
    "one entry of runcmd stops itself",
    (made) => `#cloud-config
runcmd:
  - curl -so /root/x.sh http://mirror.example.internal/x.sh && echo "${made.digest()}  /root/x.sh" | sha256sum -c - && bash /root/x.sh
`,
  ),
  good(
    "the digest is compared by test",
    (made) => `#!/bin/bash
SUM=${made.digest()}
curl -so /tmp/kubectl http://cache.example.internal/kubectl
[ "$(sha256sum /tmp/kubectl | awk '{print $1}')" = "$SUM" ] || { echo "bad digest" >&2; exit 1; }
install -m 755 /tmp/kubectl /usr/local/bin/kubectl
`,
  ),
  bad(
    "the digest is computed for the log",
    () => `#!/bin/bash
set -e
curl -so /tmp/kubectl http://cache.example.internal/kubectl
echo "kubectl digest: $(sha256sum /tmp/kubectl)" >> /var/log/boot.log
install -m 755 /tmp/kubectl /usr/local/bin/kubectl
`,
  ),
  good(
    "a function dies on a mismatch",
    (made) => `#!/bin/bash
die() { echo "$*" >&2; exit 1; }
get() {
  curl -fsS "http://cache.example.internal/$1" -o "/tmp/$1"
  echo "$2  /tmp/$1" | sha256sum -c --status || die "digest of $1"
}
get promtail ${made.digest()}
install -m 0755 /tmp/promtail /usr/local/bin/promtail
`,
  ),
  good(
    "aria2c checks by itself",
    (made) => `#!/bin/bash
set -e
aria2c --checksum=sha-256=${made.digest()} -d /opt -o jdk.tgz http://cache.example.internal/jdk.tgz
tar -C /opt -xzf /opt/jdk.tgz
/opt/jdk/bin/java -version
`,
  ),
  good(
    "shasum with a digest from a parameter",
    () => `#!/bin/bash
set -euo pipefail
sum=$(aws ssm get-parameter --name /boot/agent/sha256 --query Parameter.Value --output text)
curl -fso /root/agent.run http://cache.example.internal/agent.run
echo "$sum  /root/agent.run" | shasum -a 256 -c -
bash /root/agent.run
`,
  ),
  good(
    "-k, and the digest decides",
    (made) => `#!/bin/bash
set -e
curl -sk https://10.0.0.9/agent -o /tmp/agent
echo "${made.digest()} */tmp/agent" | sha256sum -c
install -m 0755 /tmp/agent /usr/local/bin/agent
`,
  ),
  good(
    "gpg verifies under a key of the image",
    () => `#!/bin/bash
set -e
cd /tmp
wget -q http://mirror.example.org/pub/tool.tar.gz http://mirror.example.org/pub/tool.tar.gz.asc
gpg --no-default-keyring --keyring /usr/share/keyrings/tool.gpg --verify tool.tar.gz.asc tool.tar.gz
tar xzf tool.tar.gz
make -C tool install
`,
  ),
  bad(
    "gpg verifies under a key from the same server",
    () => `#!/bin/bash
set -e
cd /tmp
wget -q http://mirror.example.org/pub/tool.tar.gz http://mirror.example.org/pub/tool.tar.gz.asc
curl -s http://mirror.example.org/pub/KEYS | gpg --import
gpg --verify tool.tar.gz.asc tool.tar.gz
tar xzf tool.tar.gz
make -C tool install
`,
  ),
  bad(
    "gpg complains and nobody listens",
    () => `#!/bin/sh
cd /tmp
wget -q http://mirror.example.org/pub/tool.sh http://mirror.example.org/pub/tool.sh.sig
gpg --verify tool.sh.sig tool.sh
sh tool.sh
`,
  ),
  good(
    "gpgv decides whether the script runs",
    () => `#!/bin/sh
cd /tmp
wget -q http://mirror.example.org/pub/tool.sh http://mirror.example.org/pub/tool.sh.sig
gpgv --keyring /etc/keys/ops.gpg tool.sh.sig tool.sh && sh tool.sh
`,
  ),
  good(
    "openssl verifies under a public key of the text",
    (made) => `#!/bin/bash
set -e
cat > /root/ops.pem <<'PEM'
${made.publicKey()}
PEM
curl -fso /root/b.sh http://boot.example.internal/b.sh
curl -fso /root/b.sig http://boot.example.internal/b.sig
openssl dgst -sha256 -verify /root/ops.pem -signature /root/b.sig /root/b.sh
bash /root/b.sh
`,
  ),
  good(
    "cosign verifies before the install",
    () => `#!/bin/bash
set -euo pipefail
curl -fsSo /tmp/gate http://dist.example.internal/gate
curl -fsSo /tmp/gate.sig http://dist.example.internal/gate.sig
cosign verify-blob --key /etc/keys/cosign.pub --signature /tmp/gate.sig /tmp/gate
install -m 0755 /tmp/gate /usr/local/bin/gate
`,
  ),
  good(
    "minisign with the key in the command",
    (made) => `#!/bin/bash
wget -q http://dist.example.internal/vpn.tgz http://dist.example.internal/vpn.tgz.minisig
minisign -Vm vpn.tgz -P RWQ${made.digest().slice(0, 53)} || exit 1
tar xzf vpn.tgz -C /opt && /opt/vpn/install
`,
  ),

  // Presigned

  bad(
    "a presigned script is piped",
    (made) => `#!/bin/bash
curl -s "${presigned(made, "boot-example.s3.eu-west-1.amazonaws.com/roles/web.sh")}" | bash
`,
  ),
  good(
    "a presigned table is only read",
    (made) => `#!/bin/bash
curl -s "${presigned(made, "data-example.s3.eu-west-1.amazonaws.com/seed/products.csv")}" -o /var/lib/app/products.csv
chown app: /var/lib/app/products.csv
`,
  ),
  good(
    "a presigned address to send a log to",
    (made) => `#!/bin/bash
tar czf /tmp/logs.tgz /var/log
curl -s -X PUT -T /tmp/logs.tgz "${presigned(made, "logs-example.s3.eu-west-1.amazonaws.com/boot/logs.tgz")}"
`,
  ),
  bad(
    "the query of a presigned address is in a variable",
    (made) => `#!/bin/bash
OBJECT=https://boot-example.s3.amazonaws.com/agent/install.bin
QUERY='X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${made.awsKeyId("ASIA")}%2F20260301%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260301T080000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=${made.hex(64)}'
wget -qO /root/install.bin "\${OBJECT}?\${QUERY}"
chmod +x /root/install.bin
/root/install.bin
`,
  ),
  bad(
    "a digest is no excuse for a presigned address",
    (made) => `#!/bin/bash
set -e
curl -fso /tmp/p.tgz '${presigned(made, "boot-example.s3.amazonaws.com/p.tgz")}'
echo "${made.digest()}  /tmp/p.tgz" | sha256sum -c -
tar -C /opt -xzf /tmp/p.tgz
/opt/p/setup
`,
  ),
  bad(
    "presigned by version 2 for yum",
    (made) => `#!/bin/bash
yum install -y '${presignedV2(made, "rpms-example.s3.amazonaws.com/el9/agent-1.0.rpm")}'
`,
  ),
  good(
    "parameters that look half like version 2",
    (made) => `#!/bin/bash
curl -s "https://tiles.example.com/style.sh?Expires=1988150400&version=4" | bash
curl -s "https://s3.example.com/list?AWSAccessKeyId=${made.awsKeyId()}&max-keys=10" -o /tmp/list.xml
`,
  ),
  bad(
    "include of a presigned address",
    (made) => `#include
${presigned(made, "userdata-example.s3.amazonaws.com/full.yaml")}
`,
  ),
  bad(
    "a presigned wheel for pip",
    (made) => `#!/bin/bash
python3 -m pip install '${presigned(made, "wheels-example.s3.us-west-2.amazonaws.com/job-2.0-py3-none-any.whl")}'
`,
  ),
  bad(
    "a presigned image for docker load",
    (made) => `#!/bin/bash
docker load -i <(curl -s '${presigned(made, "images-example.s3.amazonaws.com/app.tar")}')
docker run -d app:latest
`,
  ),
  bad(
    "a presigned source of a file that is run",
    (made) => `#cloud-config
write_files:
  - path: /root/setup
    permissions: "0700"
    source:
      uri: "${presigned(made, "cfg-example.s3.amazonaws.com/setup")}"
runcmd:
  - [/root/setup]
`,
  ),
  bad(
    "a presigned installer on Windows",
    (made) => `<powershell>
$url = '${presigned(made, "win-example.s3.eu-west-1.amazonaws.com/Agent.msi")}'
Invoke-WebRequest -Uri $url -OutFile C:\\Temp\\Agent.msi -UseBasicParsing
Start-Process msiexec -Wait -ArgumentList "/i C:\\Temp\\Agent.msi /qn"
</powershell>
`,
  ),
  good(
    "presigned at boot",
    () => `#!/bin/bash
URL=$(aws s3 presign s3://boot-example/agent/install.sh --expires-in 120)
curl -fsS "$URL" -o /root/install.sh
bash /root/install.sh
`,
  ),
  good(
    "a log format that removes signatures",
    () => `#!/bin/bash
cat > /etc/fluent/filter.conf <<'CONF'
<filter s3.access>
  @type grep
  <exclude>
    key request
    pattern /X-Amz-Signature=[0-9a-f]+/
  </exclude>
</filter>
CONF
systemctl restart fluentd
`,
  ),

  // Addresses that nothing is run from

  good(
    "the loopback",
    () => `#!/bin/bash
systemctl start local-artifacts
curl -fs http://127.0.0.1:8081/hooks/post-start.sh | bash
curl -fs http://localhost:8081/hooks/second.sh | bash
`,
  ),
  good(
    "the loopback of IPv6 and packages of an own server",
    () => `#!/bin/bash
python3 -m http.server --bind ::1 8000 --directory /opt/wheels &
pip install --find-links 'http://[::1]:8000/' --no-index worker
`,
  ),
  good(
    "a script that the metadata service hands out",
    () => `#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/tags/instance/Boot | bash
`,
  ),
  good(
    "health checks of a load balancer",
    () => `#!/bin/bash
cat > /etc/haproxy/haproxy.cfg <<'CFG'
defaults
  mode http
  timeout connect 5s
backend web
  option httpchk GET http://web.example.internal/health
  http-request set-header X-Origin http://edge.example.internal
  server w1 10.0.1.10:80 check
CFG
systemctl restart haproxy
`,
  ),
  good(
    "targets of Prometheus",
    () => `#!/bin/bash
cat > /etc/prometheus/prometheus.yml <<'YML'
scrape_configs:
  - job_name: node
    metrics_path: /metrics
    scheme: http
    static_configs:
      - targets: ["10.0.0.4:9100"]
remote_write:
  - url: http://mimir.example.internal:9009/api/v1/push
YML
systemctl enable --now prometheus
`,
  ),
  good(
    "an agent is told the address of its server",
    () => `#!/bin/bash
dnf install -y consul
consul agent -config-dir /etc/consul.d -retry-join 10.0.0.3 &
export CONSUL_HTTP_ADDR=http://127.0.0.1:8500 VAULT_ADDR=http://vault.example.internal:8200
vault status
`,
  ),
  good(
    "a webhook gets a message",
    () => `#!/bin/bash
yum update -y
curl -s -X POST -H 'Content-Type: application/json' --data "{\\"host\\":\\"$(hostname)\\"}" http://chat.example.internal/hooks/boot
wget -q --post-data="state=done" -O /dev/null http://cmdb.example.internal/update
`,
  ),
  good(
    "a document type and a property list",
    () => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'PLIST'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>Label</key><string>com.example.agent</string>
  <key>ProgramArguments</key><array><string>/usr/local/bin/agent</string></array>
  <key>RunAtLoad</key><true/>
</dict></plist>
PLIST
launchctl load /Library/LaunchDaemons/com.example.agent.plist
`,
  ),
  good(
    "a licence in the head of a script",
    () => `#!/bin/bash
# Licensed under the Apache License, Version 2.0
#     http://www.apache.org/licenses/LICENSE-2.0
# See also http://docs.example.org/boot | bash history
set -e
/opt/aws/bin/cfn-init -v --stack web --resource Group --region eu-west-1
`,
  ),
  good(
    "a schema in JSON",
    () => `#!/bin/bash
cat > /etc/app/schema.json <<'JSON'
{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://example.com/app.json", "type": "object" }
JSON
/opt/app/bin/validate /etc/app/schema.json && /opt/app/bin/start
`,
  ),
  good(
    "usage that is printed",
    () => `#!/bin/bash
usage() {
  cat <<USAGE
usage: $0 ROLE
  or:  curl -s http://boot.example.internal/$0 | bash -s ROLE
USAGE
}
[ $# -ge 1 ] || usage
echo "to repeat: curl http://boot.example.internal/run | sh" | logger -t boot
`,
  ),
  good(
    "a block of text behind the colon command",
    () => `#!/bin/bash
: <<'NOTE'
wget http://old.example.internal/setup.sh
sh setup.sh
NOTE
/opt/setup/run
`,
  ),
  good(
    "a commented line between two commands",
    () => `#!/bin/bash
apt-get update
#curl -s http://old.example.internal/agent.sh | bash
# wget -qO /usr/local/bin/tool http://old.example.internal/tool && chmod +x /usr/local/bin/tool
apt-get install -y awscli
`,
  ),
  good(
    "git, docker and yum get their proxies",
    () => `#!/bin/bash
P=http://proxy.example.internal:8080
git config --system http.proxy "$P"
echo "proxy=$P" >> /etc/yum.conf
mkdir -p /etc/systemd/system/docker.service.d
printf '[Service]\\nEnvironment="HTTP_PROXY=%s" "NO_PROXY=169.254.169.254"\\n' "$P" > /etc/systemd/system/docker.service.d/proxy.conf
git clone https://github.com/example/base.git /opt/base && /opt/base/run.sh
`,
  ),
  good(
    "the name of the machine in a web application",
    () => `#!/bin/bash
cd /srv/app
cat > .env <<ENV
APP_URL=http://$(hostname -f)
CORS_ORIGINS=http://localhost:3000,http://app.example.com
ELASTICSEARCH_HOSTS=http://es1.example.internal:9200
ENV
npm start &
`,
  ),
  good(
    "a load test and a check of an address",
    () => `#!/bin/bash
dnf install -y httpd-tools
ab -n 1000 -c 20 http://target.example.internal/ > /var/log/ab.log
curl -sI http://target.example.internal/ | head -1
wget --spider -q http://target.example.internal/install.sh || echo "not there"
`,
  ),
  good(
    "a blocklist for a name server",
    () => `#!/bin/bash
curl -s http://lists.example.org/hosts.txt | awk '/^0\\.0\\.0\\.0/{print "local-zone: \\""$2"\\" refuse"}' > /etc/unbound/conf.d/block.conf
unbound-checkconf && systemctl reload unbound
`,
  ),
  good(
    "a model for a program that is there",
    () => `#!/bin/bash
wget -q http://models.example.org/ggml-small.bin -O /opt/whisper/models/small.bin
/opt/whisper/server -m /opt/whisper/models/small.bin --port 8080 &
`,
  ),
  good(
    "an identity provider and its claims",
    () => `#!/bin/bash
cat > /etc/app/oidc.yaml <<'YML'
claims:
  role: http://schemas.microsoft.com/ws/2008/06/identity/claims/role
  name: http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name
redirect: http://localhost:8250/oidc/callback
YML
systemctl restart app
`,
  ),
  good(
    "a documented address in a unit and in a package",
    () => `#!/bin/bash
mkdir -p /tmp/pkg/DEBIAN /tmp/pkg/usr/bin
printf 'Package: local-tool\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: Ops <ops@example.com>\\nHomepage: http://tools.example.org\\nDescription: local\\n' > /tmp/pkg/DEBIAN/control
cp /opt/tool /tmp/pkg/usr/bin/
dpkg-deb --build /tmp/pkg /tmp/local-tool.deb
dpkg -i /tmp/local-tool.deb
`,
  ),

  // More look-alikes

  good(
    "a local script gets an answer on standard input",
    () => `#!/bin/bash
curl -s http://inventory.example.internal/hosts.json | bash /opt/bin/render-hosts.sh > /etc/hosts.d/cluster
curl -s http://inventory.example.internal/hosts.json | python3 /opt/bin/render.py --format ini
curl -s http://inventory.example.internal/hosts.json | node /opt/bin/render.js
`,
  ),
  good(
    "a shell only writes what comes",
    () => `#!/bin/bash
curl -s http://cfg.example.internal/limits.json | sudo sh -c 'cat > /etc/app/limits.json'
systemctl restart app
`,
  ),
  good(
    "one-line programs read what comes",
    () => `#!/bin/bash
curl -s http://feed.example.internal/rates | perl -ne 'print if /EUR/' > /var/lib/eur
curl -s http://feed.example.internal/list | ruby -rjson -e 'puts JSON.parse(STDIN.read).length'
curl -s http://feed.example.internal/list | php -r 'echo count(json_decode(file_get_contents("php://stdin")));'
`,
  ),
  good(
    "a shell waits until a service answers",
    () => `#!/bin/bash
timeout 300 bash -c 'until curl -sf http://registry.example.internal:5000/v2/ > /dev/null; do sleep 2; done'
bash -c "curl -s http://localhost:9000/ping || systemctl restart app"
/opt/app/start.sh
`,
  ),
  good(
    "grep decides whether a script of the image runs",
    () => `#!/bin/bash
if curl -s http://flags.example.internal/maintenance | grep -q '^off$'; then
  bash /opt/app/start.sh
fi
`,
  ),
  good(
    "eval and source of local things",
    () => `#!/bin/bash
eval "$(ssh-agent -s)"
source /opt/venv/bin/activate
curl -s http://data.example.internal/train.csv -o /data/train.csv
python /opt/job/train.py --data /data/train.csv
`,
  ),
  good(
    "what is made executable is another file",
    () => `#!/bin/bash
cd /opt/report
wget -q http://stats.example.org/2025.csv
chmod +x build.sh
./build.sh 2025.csv
`,
  ),
  good(
    "rpm only asks about a package",
    () => `#!/bin/bash
rpm -qpi http://rpms.example.org/el9/tool-1.0.rpm > /var/log/tool.info
rpm -q --changelog kernel | head
`,
  ),
  good(
    "rpm behind a proxy",
    () => `#!/bin/bash
rpm -Uvh --httpproxy proxy.example.internal --httpport 3128 https://rpms.example.com/el9/tool-1.0.rpm
dnf config-manager --save --setopt=proxy=http://proxy.example.internal:3128
dnf install -y tmux
`,
  ),
  good(
    "a list of mirrors with signed packages",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/rocky.repo <<'REPO'
[baseos]
name=Rocky Linux $releasever - BaseOS
mirrorlist=http://mirrors.example.org/mirrorlist?arch=$basearch&repo=BaseOS-$releasever
gpgcheck=1
countme=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-Rocky-9
REPO
dnf -y makecache && dnf -y install chrony
`,
  ),
  good(
    "a local package beside a download of data",
    () => `#!/bin/bash
curl -s http://geo.example.org/city.mmdb -o /usr/share/GeoIP/city.mmdb
dpkg -i /opt/packages/geo-agent_1.0_amd64.deb
`,
  ),
  good(
    "packages are sent to a repository",
    () => `#!/bin/bash
cd /srv/build
npm publish --registry http://npm.example.internal:4873
twine upload --repository-url http://pypi.example.internal/legacy/ dist/*
mvn -q deploy -DaltDeploymentRepository=own::http://nexus.example.internal/repository/releases
`,
  ),
  good(
    "git pushes a report",
    () => `#!/bin/bash
cd /var/lib/reports
git add -A && git commit -qm "boot"
git push -q http://gitea.example.internal/ops/reports.git HEAD:main
`,
  ),
  good(
    "a file is sent by ftp",
    () => `#!/bin/bash
curl -s -T /var/log/cloud-init.log ftp://ftp.example.internal/boot/ --netrc-file /root/.netrc
`,
  ),
  good(
    "gem and Bundler behind a proxy",
    () => `#!/bin/bash
gem install --http-proxy http://proxy.example.internal:3128 --source https://rubygems.org bundler
cd /srv/rails && http_proxy=http://proxy.example.internal:3128 bundle install
`,
  ),
  good(
    "conda behind a proxy",
    () => `#!/bin/bash
cat > /root/.condarc <<'RC'
channels:
  - https://conda.example.com/main
proxy_servers:
  http: http://proxy.example.internal:3128
  https: http://proxy.example.internal:3128
RC
/opt/conda/bin/conda install -y samtools
`,
  ),
  good(
    "Go with a secure proxy for modules",
    () => `#!/bin/bash
export GOPROXY=https://proxy.golang.org,direct HTTPS_PROXY=http://proxy.example.internal:3128
go install golang.org/x/tools/cmd/stress@latest
`,
  ),
  good(
    "a wheel whose address carries its digest",
    (made) => `#!/bin/bash
set -e
pip3 install --no-deps "http://wheels.example.internal/worker-1.8.0-py3-none-any.whl#sha256=${made.digest()}"
`,
  ),
  good(
    "a manifest with probes and addresses",
    () => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: api }
spec:
  containers:
    - name: api
      image: registry.example.com/api:2
      env: [{ name: STORE, value: "http://store.default.svc:8080" }]
      readinessProbe: { httpGet: { path: /ready, port: 8080 } }
YAML
`,
  ),
  good(
    "a config map of addresses",
    () => `#!/bin/bash
kubectl create configmap endpoints --from-literal=search=http://search.example.internal:9200 --from-literal=mail=http://mail.example.internal:8025
kubectl rollout restart deployment/api
`,
  ),
  good(
    "values for Helm",
    () => `#!/bin/bash
cat > /root/values.yaml <<'YAML'
ingress:
  hosts: [http://shop.example.com]
loki:
  url: http://loki.monitoring.svc:3100/loki/api/v1/push
YAML
helm upgrade --install promtail oci://registry.example.com/charts/promtail -f /root/values.yaml
`,
  ),
  good(
    "a build behind a proxy",
    () => `#!/bin/bash
docker build --build-arg HTTP_PROXY=http://proxy.example.internal:3128 --build-arg http_proxy=http://proxy.example.internal:3128 -t job /opt/job
docker run --rm -e http_proxy=http://proxy.example.internal:3128 job
`,
  ),
  good(
    "a program is given the address of its configuration",
    () => `#!/bin/bash
java -Dspring.config.import=configserver:http://config.example.internal:8888 -jar /opt/app.jar &
python3 /opt/worker.py --api http://api.example.internal/v2 &
ansible-playbook -c local -i localhost, -e api_url=http://api.example.internal /opt/site.yml
`,
  ),
  good(
    "HTTP becomes HTTPS in the sources",
    () => `#!/bin/bash
sed -i 's#http://#https://#g' /etc/apt/sources.list
apt-get update && apt-get install -y ca-certificates
`,
  ),
  good(
    "reservations of addresses in Windows",
    () => `<script>
netsh http add urlacl url=http://+:8080/ user="NT AUTHORITY\\NETWORK SERVICE"
winrm quickconfig -q
winrm set winrm/config/service @{AllowUnencrypted="false"}
C:\\app\\app.exe --urls http://*:8080
</script>
`,
  ),
  good(
    "an answer file of Windows with name spaces",
    () => `<powershell>
@'
<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
  <settings pass="oobeSystem" />
</unattend>
'@ | Set-Content C:\\ProgramData\\unattend.xml
Start-Process C:\\Windows\\System32\\Sysprep\\sysprep.exe -ArgumentList '/oobe /quiet'
</powershell>
`,
  ),
  good(
    "a request to a SOAP service",
    () => `#!/bin/bash
curl -s -H 'SOAPAction: "http://tempuri.org/Register"' -H 'Content-Type: text/xml' --data-binary @- http://erp.example.internal/service.asmx <<'XML'
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body/></soap:Envelope>
XML
`,
  ),
  good(
    "name spaces for a query",
    () => `#!/bin/bash
version=$(xmlstarlet sel -N m=http://maven.apache.org/POM/4.0.0 -t -v '/m:project/m:version' /srv/app/pom.xml)
bash /srv/app/run.sh "$version"
`,
  ),
  good(
    "lists of revoked certificates",
    () => `#!/bin/bash
curl -s http://crl.example.org/root.crl | openssl crl -inform DER -out /etc/nginx/root.crl
openssl ocsp -issuer /etc/ssl/ca.pem -cert /etc/ssl/www.pem -url http://ocsp.example.org -respout /var/lib/ocsp.der
systemctl reload nginx
`,
  ),
  good(
    "IIS is told its binding and rewrites",
    () => `<powershell>
Import-Module WebAdministration
New-WebBinding -Name 'Default Web Site' -Protocol http -Port 8080
Add-WebConfigurationProperty -PSPath 'IIS:\\' -Filter 'system.webServer/rewrite/globalRules' -Name '.' -Value @{ name = 'proxy' }
Set-WebConfigurationProperty -PSPath 'IIS:\\' -Filter 'system.webServer/rewrite/globalRules/rule[@name="proxy"]/action' -Name url -Value 'http://app.example.internal:5000/{R:1}'
</powershell>
`,
  ),
  good(
    "a module from the own gallery over HTTPS",
    () => `<powershell>
Register-PSRepository -Name Lab -SourceLocation 'https://nuget.example.com/nuget/ps/' -InstallationPolicy Trusted -Proxy 'http://proxy.example.internal:3128'
Install-Module -Name LabSetup -Repository Lab -Force
</powershell>
`,
  ),
  good(
    "PowerShell checks who signed",
    (made) => `<powershell>
$ErrorActionPreference = 'Stop'
Invoke-WebRequest http://files.example.internal/agent.msi -OutFile C:\\Temp\\agent.msi -UseBasicParsing
$signature = Get-AuthenticodeSignature C:\\Temp\\agent.msi
if ($signature.Status -ne 'Valid' -or $signature.SignerCertificate.Thumbprint -ne '${made.digest("sha1").toUpperCase()}') { throw 'wrong signature' }
Start-Process msiexec.exe -ArgumentList '/i C:\\Temp\\agent.msi /qn' -Wait
</powershell>
`,
  ),
  good(
    "a digest in a here-string",
    (made) => `#!/bin/bash
cd /tmp && wget -q http://dist.example.org/relay.rpm \\
  && sha256sum -c <<< "${made.digest()}  relay.rpm" \\
  && rpm -i relay.rpm
`,
  ),
  good(
    "an image is loaded after the check",
    (made) => `#!/bin/bash
set -o errexit -o pipefail
curl -so /tmp/img.tar http://images.example.internal/app.tar
openssl dgst -sha256 /tmp/img.tar | grep -qw ${made.digest()} || exit 2
docker load -i /tmp/img.tar && docker run -d app:1
`,
  ),
  good(
    "a signature made with an SSH key",
    (made) => `#!/bin/bash
curl -so /root/boot.sh http://boot.example.internal/boot.sh
curl -so /root/boot.sh.sig http://boot.example.internal/boot.sh.sig
echo "ops@example.com ${made.sshPublicKey()}" > /root/signers
ssh-keygen -Y verify -f /root/signers -I ops@example.com -n file -s /root/boot.sh.sig < /root/boot.sh || exit 1
bash /root/boot.sh
`,
  ),
  good(
    "a state of Salt with a digest",
    (made) => `#!/bin/bash
mkdir -p /srv/salt
cat > /srv/salt/agent.sls <<'SLS'
/usr/local/bin/agent:
  file.managed:
    - source: http://dist.example.internal/agent
    - source_hash: sha256=${made.digest()}
    - mode: '0755'
SLS
salt-call --local state.apply agent
`,
  ),
  bad(
    "a state of Salt that skips the digest",
    () => `#!/bin/bash
mkdir -p /srv/salt
cat > /srv/salt/agent.sls <<'SLS'
/usr/local/bin/agent:
  file.managed:
    - source: http://dist.example.internal/agent
    - skip_verify: True
    - mode: '0755'
SLS
salt-call --local state.apply agent
`,
  ),
  good(
    "Ruby compares the digest first",
    (made) => `#!/usr/bin/env ruby
require "digest"
require "open-uri"
body = URI.open("http://recipes.example.internal/base.rb").read
abort "base.rb has changed" unless Digest::SHA256.hexdigest(body) == "${made.digest()}"
eval body
`,
  ),
  good(
    "a timer that fetches a table",
    () => `#!/bin/bash
cat > /etc/systemd/system/rates.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/usr/bin/curl -sf -o /var/lib/rates.csv http://rates.example.org/daily.csv
ExecStartPost=/usr/bin/systemctl kill -s HUP pricing.service
UNIT
cat > /etc/systemd/system/rates.timer <<'UNIT'
[Timer]
OnCalendar=hourly
[Install]
WantedBy=timers.target
UNIT
systemctl enable --now rates.timer
`,
  ),
  good(
    "a mail tells people what to run",
    () => `#!/bin/bash
mail -s "new machine $(hostname)" ops@example.com <<'MAIL'
Finish the set-up by hand:
  wget http://ops.example.internal/finish.sh && sh finish.sh
MAIL
wall "docs are at http://docs.example.internal | less"
`,
  ),
  good(
    "a static pod from the bucket that names an address",
    () => `#!/bin/bash
aws s3 cp s3://manifests-example/proxy.yaml /etc/kubernetes/manifests/proxy.yaml
curl -s -X PUT -d "$(hostname)" http://registry.example.internal/nodes
systemctl restart kubelet
`,
  ),
  good(
    "a snap from the store behind a proxy",
    () => `#cloud-config
snap:
  commands:
    0: snap set system proxy.http=http://proxy.example.internal:3128
    1: snap install amazon-ssm-agent --classic
`,
  ),
  good(
    "a personal archive and keys of people",
    () => `#cloud-config
apt:
  sources:
    nginx.list:
      source: "ppa:nginx/stable"
users:
  - name: ops
    ssh_import_id: [gh:example-ops]
packages: [nginx]
write_files:
  - path: /etc/issue.net
    content: "Terms: http://www.example.com/terms\\n"
`,
  ),
  good(
    "a tunnel of a Docker health check and a local file",
    () => `#!/bin/bash
cat > /opt/web/Dockerfile <<'DOCKER'
FROM node:20
LABEL org.opencontainers.image.url=http://git.example.internal/web
ENV API=http://api.example.internal
COPY . /app
RUN npm ci --prefix /app
HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1
DOCKER
docker build -t web /opt/web && docker run -d web
`,
  ),
  good(
    "wget takes HTTPS by a list",
    () => `#!/bin/bash
cat > /tmp/list <<EOF
https://dist.example.com/a.rpm
https://dist.example.com/b.rpm
EOF
wget -q -i /tmp/list -P /tmp/rpms --header='Referer: http://portal.example.internal/'
rpm -Uvh /tmp/rpms/*.rpm
`,
  ),
  good(
    "kernels over HTTPS for kexec",
    () => `#!/bin/bash
curl -s -o /boot/vmlinuz-lab https://pxe.example.com/vmlinuz
kexec -l /boot/vmlinuz-lab --reuse-cmdline --append="inst.notify=http://pxe.example.internal/done"
kexec -e
`,
  ),
  bad(
    "a long script hides one download",
    () => `#!/bin/bash
# Application node
set -uo pipefail
exec > >(tee /var/log/user-data.log | logger -t user-data -s 2>/dev/console) 2>&1

REGION=eu-west-1
ENVIRONMENT=prod
APP_HOME=/srv/shop
METRICS=http://metrics.example.internal:9091

log() { echo "$(date -Is) $*"; }

log "system packages"
dnf -y update
dnf -y install nginx java-21-amazon-corretto-headless jq

log "directories"
useradd -r -d "$APP_HOME" -s /sbin/nologin shop
install -d -o shop -g shop "$APP_HOME"/{bin,conf,log}

log "web server"
cat > /etc/nginx/conf.d/shop.conf <<'NGINX'
upstream shop { server 127.0.0.1:8080; }
server {
  listen 80 default_server;
  location / { proxy_pass http://shop; }
  location = /health { access_log off; return 200 "ok"; }
}
NGINX
nginx -t && systemctl enable --now nginx

log "application"
aws s3 cp "s3://shop-$ENVIRONMENT-artifacts/shop.jar" "$APP_HOME/bin/shop.jar" --region "$REGION"

log "profiler"
ASYNC=/opt/async-profiler
mkdir -p "$ASYNC"
curl --retry 3 -sL http://tools.example.internal/async-profiler-3.0-linux-x64.tar.gz -o /tmp/ap.tgz
tar -xzf /tmp/ap.tgz -C "$ASYNC" --strip-components=1

cat > /etc/systemd/system/shop.service <<UNIT
[Unit]
After=network-online.target
[Service]
User=shop
ExecStart=/usr/bin/java -agentpath:$ASYNC/lib/libasyncProfiler.so=start,event=cpu -jar $APP_HOME/bin/shop.jar
Restart=always
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload && systemctl enable --now shop

log "report"
echo 'boot_done 1' | curl -s --data-binary @- "$METRICS/metrics/job/boot/instance/$(hostname)"
`,
  ),
  good(
    "a long script with many harmless addresses",
    () => `#!/bin/bash
# Application node; runbook http://wiki.example.internal/shop
set -euo pipefail
exec > >(tee /var/log/user-data.log | logger -t user-data -s 2>/dev/console) 2>&1

export http_proxy=http://proxy.example.internal:3128
export https_proxy=$http_proxy
export no_proxy=169.254.169.254,localhost,.example.internal
METRICS=http://metrics.example.internal:9091

dnf -y install nginx jq

cat > /etc/nginx/conf.d/shop.conf <<'NGINX'
# curl http://shop.example.internal/ | bash is not a good idea
upstream shop { server 127.0.0.1:8080; }
server {
  listen 80;
  location / { proxy_pass http://shop; add_header Link "<http://cdn.example.com>; rel=preconnect"; }
}
NGINX

curl -fsS https://artifacts.example.com/shop/install.sh -o /root/install.sh
bash /root/install.sh --config-server http://config.example.internal:8888

for try in 1 2 3 4 5; do
  code=$(curl -s -o /dev/null -w '%{http_code}' http://localhost/health) && [ "$code" = 200 ] && break
  sleep "$try"
done

curl -s http://catalog.example.internal/export/products.json -o /srv/shop/seed.json
sudo -u shop /srv/shop/bin/import /srv/shop/seed.json
echo 'boot_done 1' | curl -s --data-binary @- "$METRICS/metrics/job/boot"
`,
  ),
];
