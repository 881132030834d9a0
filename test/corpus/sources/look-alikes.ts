import { bad, good, type Case } from "../corpus";

/** Addresses that nothing is run from. */
export const lookAlikes: readonly Case[] = [
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
