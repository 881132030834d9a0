import { bad, good, type Case } from "../corpus";
import { presigned, presignedV2 } from "./presigned";

/** Digests and signatures, and presigned addresses, which they do not help. */
export const checks: readonly Case[] = [
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
];
