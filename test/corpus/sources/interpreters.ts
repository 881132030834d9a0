import { bad, good, type Case } from "../corpus";

/** What is handed to an interpreter, and HTTPS with the check off. */
export const interpreters: readonly Case[] = [
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
  bad(
    "a literal of IPv6",
    () => `#!/bin/bash
curl -g -fsS 'http://[fd12:3456:789a::20]:8080/join.sh' | bash
`,
  ),
  good(
    "the loopback of IPv6",
    () => `#!/bin/bash
systemctl start local-mirror
curl -g -fsS 'http://[::1]:8080/join.sh' | bash
`,
  ),
  good(
    "a socket of the machine",
    () => `#!/bin/bash
curl -s --unix-socket /run/setup.sock http://setup/stage.sh | bash
`,
  ),
];
