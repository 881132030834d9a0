import { gzipSync } from "node:zlib";
import { b64, bad, good, type Case, type Made } from "../corpus";

// Alphabets of tokens.
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "234567";
const HEX = "0123456789" + "ABCDEF";
const BECH32 = "QPZRY9X8GF2TVDW0" + "S3JN54KHCE6MUA7L";

/** 32 bytes in base64 that are no secret: a public key, a pin, a digest. */
function publicBytes(made: Made): string {
  return Buffer.from(made.digest(), "hex").toString("base64");
}

/** A block with the frame of PEM, put together here so that no scanner stumbles over this file. */
function pem(kind: string, body: string): string {
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;
}

/** The first bytes of an image in base64; the rest is noise, as in every compressed image. */
function b64Png(made: Made): string {
  const head = "89504e470d0a1a0a0000000d49484452000000400000004008060000";
  return Buffer.from(head + made.digest("sha512") + made.digest("sha512"), "hex").toString("base64");
}

/** Breaks base64 into lines. */
function wrap(text: string, width: number): string {
  return (text.match(new RegExp(`.{1,${String(width)}}`, "g")) ?? []).join("\n");
}

/** The shell, accounts, HTTP clients, encryption, keys of SSH, file systems, backup, package managers, git and schedules. */
export const system: readonly Case[] = [
  // The shell itself

  bad(
    "value read from a here-string into two variables",
    (made) => `#!/bin/bash
set -euo pipefail
read -r SVC_USER SVC_PASS <<< "svc-sync ${made.password()}"
curl -fsS -u "$SVC_USER:$SVC_PASS" https://files.example.com/manifest.json -o /etc/sync/manifest.json
`,
  ),
  bad(
    "printf -v fills a variable",
    (made) => `#!/bin/bash
printf -v DB_PASS '%s' '${made.symbols(14)}'
export DB_PASS
exec /opt/app/bin/start
`,
  ),
  bad(
    "pass phrase joined from three pieces",
    (made) => `#!/bin/bash
a='${made.token(6)}'
b="${made.token(6)}"
c=${made.token(6)}
export BORG_PASSPHRASE="\${a}\${b}\${c}"
borg create --stats ssh://backup.example.internal/./srv::{now} /srv
`,
  ),
  bad(
    "value appended with plus and equals",
    (made) => `#!/bin/bash
API_TOKEN="${made.token(20)}"
API_TOKEN+="${made.token(20)}"
echo "token=$API_TOKEN" > /etc/agent/token.conf
`,
  ),
  bad(
    "readonly declaration in a library that is sourced",
    (made) => `#!/bin/bash
mkdir -p /opt/lib
cat > /opt/lib/common.sh <<'LIB'
log() { logger -t boot "$*"; }
declare -r  REGION=eu-central-1
declare -rx WEBHOOK_SECRET="${made.token(32)}"
LIB
source /opt/lib/common.sh
log "region $REGION"
`,
  ),
  bad(
    "local variable of a function",
    (made) => `#!/bin/bash
register() {
  local endpoint=$1
  local -r password='${made.weak()}'
  curl -fsS -X POST "$endpoint/hosts" --data-urlencode "host=$(hostname)" --data-urlencode "password=$password"
}
register https://cmdb.example.internal
`,
  ),
  bad(
    "array that holds a user and a password",
    (made) => `#!/bin/bash
creds=(deploy '${made.password(18)}')
wget -q --user="\${creds[0]}" --password="\${creds[1]}" https://artifacts.example.internal/app.tgz -O /tmp/app.tgz
tar -xzf /tmp/app.tgz -C /opt
`,
  ),
  bad(
    "options collected in an array",
    (made) => `#!/bin/bash
args=(--silent --show-error --fail)
args+=(--header "X-Vault-Token: ${made.token(24)}")
args+=(--cacert /etc/ssl/ca.pem)
curl "\${args[@]}" https://vault.example.internal:8200/v1/kv/data/app -o /run/app.json
`,
  ),
  bad(
    "function that takes the password as its second argument",
    (made) => `#!/bin/bash
create_user() {
  useradd -m -s /bin/bash "$1"
  echo "$1:$2" | chpasswd
  usermod -aG wheel "$1"
}
create_user operator '${made.symbols(12)}'
`,
  ),
  bad(
    "fallback after a command that fails",
    (made) => `#!/bin/bash
DB_PASSWORD=$(aws ssm get-parameter --name /app/db --with-decryption --query Parameter.Value --output text 2>/dev/null || echo '${made.password()}')
export DB_PASSWORD
systemctl start app
`,
  ),
  bad(
    "default of a positional parameter",
    (made) => `#!/bin/bash
set_root() {
  local pw="\${1:-${made.weak()}}"
  printf 'root:%s\\n' "$pw" | chpasswd
}
set_root "$@"
`,
  ),
  bad(
    "default without a colon",
    (made) => `#!/bin/bash
export SMTP_PASSWORD=\${SMTP_PASSWORD-${made.password(14)}}
/opt/mailer/bin/mailer --daemon
`,
  ),
  bad(
    "variable set when it was empty",
    (made) => `#!/bin/bash
source /etc/app/env 2>/dev/null || true
if [ -z "$SESSION_KEY" ]; then
  SESSION_KEY=${made.hex(48)}
fi
export SESSION_KEY
`,
  ),
  bad(
    "short circuit that sets a password",
    (made) => `#!/bin/bash
[[ -n \${ADMIN_PW:-} ]] || ADMIN_PW="${made.word()}"
echo "admin:$ADMIN_PW" | chpasswd
`,
  ),
  bad(
    "case over environments",
    (made) => `#!/bin/bash
ENV=$(cat /etc/environment-name)
case "$ENV" in
  prod)    QUEUE=orders;      PW='${made.password()}' ;;
  staging) QUEUE=orders-test; PW="$(cat /run/staging.pw)" ;;
  *)       exit 1 ;;
esac
echo "queue.password=$PW" >> /etc/worker.properties
`,
  ),
  bad(
    "eval of an assignment",
    (made) => `#!/bin/bash
for pair in "APP_MODE=blue" "APP_API_KEY=${made.token(32)}"; do
  eval "export $pair"
done
/opt/app/bin/app &
`,
  ),
  bad(
    "environment prefix behind sudo",
    (made) => `#!/bin/bash
cd /srv/app
sudo -u app NODE_ENV=production COOKIE_SECRET=${made.hex(40)} npm run start:background
`,
  ),
  bad(
    "env with an emptied environment",
    (made) => `#!/bin/bash
env -i PATH=/usr/bin:/bin HOME=/root LICENSE_TOKEN='${made.token(28)}' /opt/vendor/activate.sh --quiet
`,
  ),
  bad(
    "quoting form with a dollar sign",
    (made) => `#!/bin/bash
export RCON_PASSWORD=$'${made.password(12)}\\x21'
/opt/game/start.sh
`,
  ),
  bad(
    "quotes glued together",
    (made) => `#!/bin/bash
PGPASSWORD='${made.token(7)}'"${made.token(7)}" psql -h pg.example.internal -U app -c 'vacuum'
`,
  ),
  bad(
    "positional parameters set anew",
    (made) => `#!/bin/bash
set -- backup "${made.weak()}" /srv/backup
useradd -d "$3" "$1"
echo "$1:$2" | chpasswd
`,
  ),
  bad(
    "list of users in a document that a loop reads",
    (made) => `#!/bin/bash
while IFS=, read -r name pw group; do
  useradd -m -G "$group" "$name"
  echo "$name:$pw" | chpasswd
done <<'LIST'
anna,${made.password(12)},wheel
LIST
`,
  ),
  bad(
    "loop over user and password pairs",
    (made) => `#!/bin/bash
for entry in ftpuser:${made.weak()}; do
  id "\${entry%%:*}" >/dev/null 2>&1 || useradd -s /sbin/nologin "\${entry%%:*}"
  chpasswd <<< "$entry"
done
`,
  ),
  bad(
    "variable in a profile for every login",
    (made) => `#!/bin/bash
echo "export ARTIFACT_TOKEN=${made.token(40)}" | sudo tee -a /etc/profile.d/artifacts.sh > /dev/null
chmod 644 /etc/profile.d/artifacts.sh
`,
  ),
  bad(
    "assignment that is commented out",
    (made) => `#!/bin/bash
# export GRAFANA_PASSWORD='${made.password(14)}'
export GRAFANA_PASSWORD="$(aws ssm get-parameter --name /grafana/admin --with-decryption --query Parameter.Value --output text)"
systemctl restart grafana-server
`,
  ),
  bad(
    "login in a trailing comment",
    (made) => `#!/bin/bash
mkdir -p /mnt/archive
mount /mnt/archive   # by hand: mount -t cifs //nas/archive /mnt/archive -o user=arch,password=${made.weak()}
`,
  ),
  bad(
    "no-op document that holds an old block",
    (made) => `#!/bin/bash
: <<'OLD'
export LDAP_BIND_PASSWORD=${made.password()}
/opt/ldap/sync.sh
OLD
/opt/ldap/sync.sh --from-secret
`,
  ),
  bad(
    "dash script with a colon default",
    (made) => `#!/bin/sh
: "\${REPL_PASSWORD:=${made.token(16)}}"
export REPL_PASSWORD
exec /usr/local/bin/replicate
`,
  ),
  bad(
    "nested document that writes a second script",
    (made) => `#!/bin/bash
cat > /usr/local/bin/rotate.sh <<'OUTER'
#!/bin/bash
cat > /etc/app/rotate.conf <<INNER
interval=24h
rotation_password=${made.password()}
INNER
OUTER
chmod 700 /usr/local/bin/rotate.sh
`,
  ),
  bad(
    "askpass script of sudo",
    (made) => `#!/bin/bash
cat > /usr/local/bin/askpass <<'EOF'
#!/bin/sh
echo '${made.password(14)}'
EOF
chmod 700 /usr/local/bin/askpass
SUDO_ASKPASS=/usr/local/bin/askpass sudo -A systemctl restart app
`,
  ),
  bad(
    "script in base64 handed to the shell",
    (made) => `#!/bin/bash
echo ${b64(`#!/bin/sh\nexport FEED_PASSWORD=${made.password()}\n/opt/feed/pull\n`)} | base64 -d | sh
`,
  ),
  bad(
    "compressed environment file in base64",
    (made) => `#!/bin/bash
mkdir -p /etc/app
base64 -d <<'B64' | gunzip > /etc/app/env
${gzipSync(`MODE=prod\nWORKERS=4\nSIGNING_SECRET=${made.token(40)}\nLOG=info\n`).toString("base64")}
B64
`,
  ),
  bad(
    "Perl one-liner that edits a password in place",
    (made) => `#!/bin/bash
perl -pi -e 's/^(\\s*password:).*/$1 ${made.password()}/' /etc/app/settings.yml
`,
  ),
  bad(
    "jq puts a secret into a JSON file",
    (made) => `#!/bin/bash
tmp=$(mktemp)
jq '.auth.secret = "${made.base64url(24)}" | .auth.enabled = true' /etc/app/config.json > "$tmp" && mv "$tmp" /etc/app/config.json
`,
  ),
  bad(
    "awk puts a password into a file",
    (made) => `#!/bin/bash
awk -v pw='${made.weak()}' '/^bind_password/ { print "bind_password = " pw; next } { print }' /etc/app.conf > /etc/app.conf.new
mv /etc/app.conf.new /etc/app.conf
`,
  ),

  // Accounts

  bad("password twice on standard input of passwd", (made) => {
    const password = made.weak();
    return `#!/bin/bash
adduser --disabled-password --gecos "" support
echo -e "${password}\\n${password}" | passwd support
`;
  }),
  bad(
    "yes feeds passwd",
    (made) => `#!/bin/bash
yes '${made.password(12)}' | head -n 2 | passwd ubuntu
`,
  ),
  bad(
    "passwd --stdin with a default word",
    (made) => `#!/bin/bash
echo ${made.word()} | passwd --stdin centos
sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config && systemctl reload sshd
`,
  ),
  bad(
    "useradd with a SHA-512 crypt hash",
    (made) => `#!/bin/bash
useradd -m -p '$6$rounds=5000$${made.digest().slice(0, 16)}$${made.token(86)}' breakglass
`,
  ),
  bad(
    "usermod with a yescrypt hash",
    (made) => `#!/bin/bash
usermod -p '$y$j9T$${made.digest().slice(0, 22)}$${made.token(43)}' root
`,
  ),
  bad(
    "usermod with the hash of a literal",
    (made) => `#!/bin/bash
usermod --password "$(openssl passwd -6 '${made.password(12)}')" ec2-user
`,
  ),
  bad(
    "mkpasswd hashes a literal",
    (made) => `#!/bin/bash
HASH=$(mkpasswd -m sha-512 ${made.weak()})
useradd -m -p "$HASH" -s /bin/bash qa
`,
  ),
  bad(
    "Perl crypt of a literal",
    (made) => `#!/bin/bash
pass=$(perl -e 'print crypt($ARGV[0], "salt")' "${made.password(10)}")
useradd -m -p "$pass" tester
`,
  ),
  bad(
    "encrypted passwords for chpasswd",
    (made) => `#!/bin/bash
chpasswd -e <<'EOF'
root:$6$${made.digest().slice(0, 16)}$${made.token(86)}
EOF
`,
  ),
  bad(
    "newusers reads a document",
    (made) => `#!/bin/bash
newusers <<EOF
etl:${made.password(14)}:2001:2001:ETL user:/home/etl:/bin/bash
EOF
`,
  ),
  bad(
    "hash put into the shadow file by sed",
    (made) => `#!/bin/bash
sed -i 's|^root:[^:]*:|root:$1$${made.digest().slice(0, 8)}$${made.token(22)}:|' /etc/shadow
`,
  ),
  bad(
    "line appended to the shadow file",
    (made) => `#!/bin/bash
echo 'svc:x:1500:1500::/srv/svc:/bin/sh' >> /etc/passwd
echo 'svc:$5$${made.digest().slice(0, 16)}$${made.token(43)}:19800:0:99999:7:::' >> /etc/shadow
`,
  ),
  bad(
    "boot loader password as a PBKDF2 hash",
    (made) => `#!/bin/bash
cat >> /etc/grub.d/40_custom <<'EOF'
set superusers="root"
password_pbkdf2 root grub.pbkdf2.sha512.10000.${made.digest("sha512").toUpperCase()}.${made.token(128, HEX)}
EOF
grub2-mkconfig -o /boot/grub2/grub.cfg
`,
  ),
  bad(
    "boot loader password in clear text",
    (made) => `#!/bin/bash
printf '%s\\n' 'set superusers="boss"' 'password boss ${made.weak()}' >> /etc/grub.d/40_custom
update-grub
`,
  ),
  bad(
    "installer answers with a crypted root password",
    (made) => `#!/bin/bash
cat > /var/www/ks/guest.ks <<'EOF'
lang en_US.UTF-8
rootpw --iscrypted $6$${made.digest().slice(0, 16)}$${made.token(86)}
user --name=ops --groups=wheel
EOF
`,
  ),
  bad("Samba user from two lines", (made) => {
    const password = made.password(12);
    return `#!/bin/bash
useradd -M -s /sbin/nologin scanner
(echo '${password}'; echo '${password}') | smbpasswd -s -a scanner
`;
  }),
  bad(
    "VNC password file",
    (made) => `#!/bin/bash
mkdir -p /home/ubuntu/.vnc
echo "${made.token(8)}" | vncpasswd -f > /home/ubuntu/.vnc/passwd
chmod 600 /home/ubuntu/.vnc/passwd
`,
  ),
  bad(
    "x11vnc stores a password",
    (made) => `#!/bin/bash
x11vnc -storepasswd ${made.weak()} /etc/x11vnc.pass
x11vnc -display :0 -rfbauth /etc/x11vnc.pass -forever -bg
`,
  ),
  bad("expect answers passwd", (made) => {
    const password = made.password(12);
    return `#!/bin/bash
yum install -y expect
expect <<'EOF'
spawn passwd ec2-user
expect "New password:"
send "${password}\\r"
expect "Retype new password:"
send "${password}\\r"
expect eof
EOF
`;
  }),
  bad(
    "expect variable for an SSH login",
    (made) => `#!/bin/bash
cat > /usr/local/bin/switch-backup.exp <<'EOF'
#!/usr/bin/expect -f
set timeout 20
set pw {${made.symbols(12)}}
spawn ssh admin@switch1.example.internal "show running-config"
expect -nocase "password:"
send -- "$pw\\r"
expect eof
EOF
chmod 700 /usr/local/bin/switch-backup.exp
`,
  ),
  bad(
    "su gets the password from echo",
    (made) => `#!/bin/bash
echo '${made.weak()}' | su - postgres -c 'createdb app'
`,
  ),
  bad(
    "sudo reads the password from a here-string",
    (made) => `#!/bin/bash
sudo -S -u deploy /opt/deploy/run <<< '${made.password(14)}'
`,
  ),
  bad(
    "management controller on the command line",
    (made) => `#!/bin/bash
ipmitool -I lanplus -H 10.0.9.4 -U ADMIN -P ${made.password(12)} chassis power status
`,
  ),
  bad(
    "cluster nodes authenticated by pcs",
    (made) => `#!/bin/bash
yum install -y pcs pacemaker fence-agents-aws
systemctl enable --now pcsd
pcs host auth ha-1 ha-2 -u hacluster -p '${made.password()}'
pcs cluster setup web ha-1 ha-2 --start --enable
`,
  ),
  bad(
    "key of munge from base64",
    (made) => `#!/bin/bash
echo '${made.base64(128)}' | base64 -d > /etc/munge/munge.key
chown munge: /etc/munge/munge.key && chmod 400 /etc/munge/munge.key
systemctl restart munge slurmd
`,
  ),
  bad(
    "storage password of the Slurm database daemon",
    (made) => `#!/bin/bash
cat > /etc/slurm/slurmdbd.conf <<'EOF'
AuthType=auth/munge
DbdHost=localhost
StorageType=accounting_storage/mysql
StorageUser=slurm
StoragePass=${made.password()}
EOF
`,
  ),
  bad(
    "shared secret of a DRBD resource",
    (made) => `#!/bin/bash
cat > /etc/drbd.d/r0.res <<'EOF'
resource r0 {
  net { cram-hmac-alg sha1; shared-secret "${made.token(20)}"; }
  device /dev/drbd0;
  disk /dev/nvme1n1;
}
EOF
`,
  ),
  bad(
    "authentication key of corosync",
    (made) => `#!/bin/bash
base64 -d > /etc/corosync/authkey <<'KEY'
${made.base64(128)}
KEY
chmod 400 /etc/corosync/authkey
`,
  ),
  bad(
    "seed of the authenticator module",
    (made) => `#!/bin/bash
cat > /home/ops/.google_authenticator <<'EOF'
${made.token(26, BASE32)}
" RATE_LIMIT 3 30
" WINDOW_SIZE 3
" DISALLOW_REUSE
" TOTP_AUTH
EOF
chown ops: /home/ops/.google_authenticator && chmod 400 /home/ops/.google_authenticator
`,
  ),
  bad(
    "one-time code computed from a seed",
    (made) => `#!/bin/bash
CODE=$(oathtool --totp -b ${made.token(32, BASE32)})
curl -fsS -u "svc:$CODE" https://vpn.example.com/profile -o /etc/vpn/profile.ovpn
`,
  ),

  // HTTP clients

  bad(
    "curl with user and password",
    (made) => `#!/bin/bash
set -o pipefail
curl -fsSL -u deploy:${made.password()} https://nexus.example.internal/repository/raw/app-2.4.1.tgz | tar -xz -C /opt
`,
  ),
  bad(
    "basic authorization header made by hand",
    (made) => `#!/bin/bash
curl -s -H 'Authorization: Basic ${b64(`monitor:${made.weak()}`)}' https://rabbit.example.internal/api/overview | jq .node
`,
  ),
  bad(
    "private token header of a code host",
    (made) => `#!/bin/bash
curl --header "PRIVATE-TOKEN: glpat-${made.token(20)}" "https://git.example.com/api/v4/projects/42/repository/archive.tar.gz?sha=main" -o /tmp/site.tgz
`,
  ),
  bad(
    "bearer token of curl",
    (made) => `#!/bin/bash
curl -fsS --oauth2-bearer ${made.jwt()} https://api.example.com/v1/bootstrap -o /etc/app/bootstrap.json
`,
  ),
  bad(
    "proxy user of curl",
    (made) => `#!/bin/bash
curl --proxy http://proxy.example.internal:3128 --proxy-user edge:${made.password(12)} -fsSLO https://dl.example.com/agent.rpm
`,
  ),
  bad(
    "login form posted by curl",
    (made) => `#!/bin/bash
curl -s -c /tmp/jar -d 'username=installer&password=${made.password()}&submit=Login' https://portal.example.com/login
curl -s -b /tmp/jar https://portal.example.com/licences/web.lic -o /etc/web.lic
`,
  ),
  bad(
    "JSON body with a password",
    (made) => `#!/bin/bash
TOKEN=$(curl -s -X POST https://auth.example.com/v1/login -H 'Content-Type: application/json' \\
  -d '{"user":"bootstrap","password":"${made.symbols(16)}"}' | jq -r .token)
curl -s -H "Authorization: Bearer $TOKEN" https://auth.example.com/v1/config > /etc/app.json
`,
  ),
  bad(
    "client secret exchanged for a token",
    (made) => `#!/bin/bash
curl -s https://login.example.com/oauth2/token -d grant_type=client_credentials -d client_id=${made.uuid()} -d client_secret=${made.token(40)} -d scope=api | jq -r .access_token > /run/token
`,
  ),
  bad(
    "multipart field with a token",
    (made) => `#!/bin/bash
tar -czf /tmp/diag.tgz /var/log
curl -F token=${made.hex(40)} -F "file=@/tmp/diag.tgz" https://upload.example.com/api/diag
`,
  ),
  bad(
    "client certificate with its pass phrase",
    (made) => `#!/bin/bash
curl --cert-type P12 --cert /etc/ssl/client.p12:${made.password(12)} https://mtls.example.com/policy -o /etc/policy.json
`,
  ),
  bad(
    "configuration of curl on standard input",
    (made) => `#!/bin/bash
curl -K - https://api.example.com/hosts <<EOF
silent
user = "register:${made.password()}"
request = "POST"
EOF
`,
  ),
  bad(
    "netrc of root",
    (made) => `#!/bin/bash
cat > /root/.netrc <<'EOF'
machine artifacts.example.internal
login deploy
password ${made.password()}
EOF
chmod 600 /root/.netrc
`,
  ),
  bad(
    "netrc on one line",
    (made) => `#!/bin/bash
echo 'machine api.example.com login token password ${made.token(36)}' | install -m 600 /dev/stdin ~ubuntu/.netrc
`,
  ),
  bad(
    "key in the query of an address",
    (made) => `#!/bin/bash
wget -qO /etc/geo.mmdb.gz "https://download.example.com/geoip?edition=City&license_key=${made.token(16)}&suffix=gz"
`,
  ),
  bad(
    "wget with an old option for passwords",
    (made) => `#!/bin/bash
wget --http-user=mirror --http-password=${made.weak()} -r -np https://mirror.example.internal/el9/ -P /srv/mirror
`,
  ),
  bad(
    "header in the start-up file of wget",
    (made) => `#!/bin/bash
echo 'header = X-JFrog-Art-Api: ${made.token(73)}' >> /root/.wgetrc
`,
  ),
  bad(
    "HTTPie with an authentication option",
    (made) => `#!/bin/bash
pip3 install httpie
http --check-status -a ops:${made.password(12)} PUT https://dns.example.internal/records/web a="$(hostname -i)"
`,
  ),
  bad(
    "session cookie of curl",
    (made) => `#!/bin/bash
curl -fsS --cookie "JSESSIONID=${made.token(32, HEX)}; lang=en" https://wiki.example.internal/export/runbook.pdf -o /root/runbook.pdf
`,
  ),
  bad(
    "webhook of a chat",
    (made) => `#!/bin/bash
notify() {
  curl -s -X POST -H 'Content-type: application/json' --data "{\\"text\\":\\"$1\\"}" \\
    https://hooks.slack.com/services/T${made.digest().slice(0, 10).toUpperCase()}/B${made.digest().slice(0, 10).toUpperCase()}/${made.token(24)}
}
notify "$(hostname) is up"
`,
  ),
  bad(
    "bot token of a messenger",
    (made) => `#!/bin/bash
curl -s "https://api.telegram.org/bot7${made.account().slice(1, 10)}:AA${made.token(33)}/sendMessage" -d chat_id=-100123 -d text="boot of $(hostname)"
`,
  ),
  bad(
    "account and token of a text message service",
    (made) => `#!/bin/bash
SID=AC${made.digest("md5")}
curl -s -X POST "https://api.twilio.com/2010-04-01/Accounts/$SID/Messages.json" -u "$SID:${made.hex(32)}" --data-urlencode "Body=up" -d To=+15005550006 -d From=+15005550006
`,
  ),
  bad(
    "Python request with an authentication tuple",
    (made) => `#!/bin/bash
python3 - <<'PY'
import requests
r = requests.get("https://cmdb.example.internal/api/host", auth=("boot", "${made.password()}"), timeout=10)
open("/etc/host.json", "w").write(r.text)
PY
`,
  ),
  bad(
    "mail sent through curl",
    (made) => `#!/bin/bash
printf 'Subject: up\\n\\n%s\\n' "$(hostname)" | curl -s --url smtps://smtp.example.com:465 --mail-from boot@example.com --mail-rcpt ops@example.com --user 'boot@example.com:${made.password(14)}' -T -
`,
  ),

  // Encryption

  bad(
    "pass phrase of a key given as an argument",
    (made) => `#!/bin/bash
aws s3 cp s3://example-certs/site.key.enc /tmp/site.key.enc
openssl rsa -in /tmp/site.key.enc -out /etc/ssl/private/site.key -passin pass:${made.weak()}
chmod 600 /etc/ssl/private/site.key
`,
  ),
  bad(
    "pass phrase on export of a PKCS 12 file",
    (made) => `#!/bin/bash
openssl pkcs12 -export -inkey /etc/ssl/private/site.key -in /etc/ssl/site.crt -out /etc/ssl/site.p12 -name site -passout pass:${made.password(12)}
`,
  ),
  bad(
    "raw key and vector for decryption",
    (made) => `#!/bin/bash
openssl enc -d -aes-256-cbc -K ${made.hex(64)} -iv ${made.digest("md5")} -in /opt/app/conf.bin -out /etc/app.conf
`,
  ),
  bad(
    "request signed with a literal key",
    (made) => `#!/bin/bash
SIG=$(printf '%s' "$(hostname):$(date +%s)" | openssl dgst -sha256 -hmac '${made.token(32)}' -binary | base64)
curl -s -H "X-Signature: $SIG" https://api.example.com/checkin
`,
  ),
  bad(
    "unattended key generation of GnuPG",
    (made) => `#!/bin/bash
gpg --batch --generate-key <<EOF
Key-Type: RSA
Key-Length: 4096
Name-Real: Backup
Name-Email: backup@example.com
Expire-Date: 2y
Passphrase: ${made.phrase()}
%commit
EOF
`,
  ),
  bad(
    "gpg with a pass phrase option",
    (made) => `#!/bin/bash
gpg --batch --yes --pinentry-mode loopback --passphrase '${made.phrase()}' -o /etc/app.env -d /opt/app.env.gpg
`,
  ),
  bad(
    "secret key block of GnuPG",
    (made) => `#!/bin/bash
gpg --batch --import <<'EOF'
${pem("PGP PRIVATE KEY BLOCK", `\n${wrap(made.base64(384), 64)}\n=${made.digest().slice(0, 4)}`)}
EOF
`,
  ),
  bad(
    "identity for sops in a variable",
    (made) => `#!/bin/bash
export SOPS_AGE_KEY=AGE-SECRET-KEY-1${made.token(58, BECH32)}
sops -d /opt/app/secrets.yaml > /run/app/secrets.yaml
`,
  ),
  bad(
    "vault password of Ansible by process substitution",
    (made) => `#!/bin/bash
cd /opt/site
ansible-playbook -i localhost, -c local --vault-password-file <(echo '${made.phrase()}') site.yml
`,
  ),
  bad(
    "volume key read from standard input",
    (made) => `#!/bin/bash
if ! cryptsetup isLuks /dev/nvme2n1; then
  printf '%s' '${made.password(24)}' | cryptsetup -q luksFormat --type luks2 --key-file - /dev/nvme2n1
fi
`,
  ),
  bad(
    "key file named in crypttab",
    (made) => `#!/bin/bash
mkdir -p -m 700 /etc/luks-keys
echo -n '${made.base64(48)}' > /etc/luks-keys/data
chmod 400 /etc/luks-keys/data
echo 'data /dev/nvme2n1 /etc/luks-keys/data luks,discard' >> /etc/crypttab
cryptdisks_start data
`,
  ),
  bad(
    "archive with a password",
    (made) => `#!/bin/bash
7z x -y -p${made.password(14)} /tmp/bundle.7z -o/opt/bundle
`,
  ),
  bad(
    "unzip with a password",
    (made) => `#!/bin/bash
unzip -o -P '${made.symbols(12)}' /tmp/fonts.zip -d /usr/share/fonts/vendor && fc-cache -f
`,
  ),
  bad(
    "encrypted directory opened by a helper command",
    (made) => `#!/bin/bash
gocryptfs -extpass "echo ${made.phrase()}" /srv/cipher /srv/plain
`,
  ),
  bad(
    "encrypted dataset of ZFS",
    (made) => `#!/bin/bash
echo "${made.weak()}" | zfs create -o encryption=on -o keyformat=passphrase -o keylocation=prompt tank/data
`,
  ),
  bad(
    "key pair protected by a literal",
    (made) => `#!/bin/bash
ssh-keygen -q -t ed25519 -f /home/deploy/.ssh/id_ed25519 -N '${made.weak()}' -C deploy@$(hostname)
`,
  ),
  bad(
    "certificate database with a key password",
    (made) => `#!/bin/bash
pk12util -i /tmp/site.p12 -d sql:/etc/pki/nssdb -W ${made.password(10)} -K "$(cat /etc/pki/nss.pin)"
`,
  ),
  bad(
    "DNS token for a certificate client",
    (made) => `#!/bin/bash
snap install --classic certbot
install -m 600 /dev/null /root/cloudflare.ini
echo "dns_cloudflare_api_token = ${made.token(40)}" > /root/cloudflare.ini
certbot certonly -n --agree-tos -m ops@example.com --dns-cloudflare --dns-cloudflare-credentials /root/cloudflare.ini -d app.example.com
`,
  ),
  bad(
    "external account binding of an ACME client",
    (made) => `#!/bin/bash
/root/.acme.sh/acme.sh --register-account --server zerossl --eab-kid ${made.digest().slice(0, 22)} --eab-hmac-key ${made.base64url(64)}
`,
  ),
  bad(
    "password of a signing key for images",
    (made) => `#!/bin/bash
COSIGN_PASSWORD=${made.password(18)} cosign sign --yes --key /etc/cosign/cosign.key registry.example.internal/app:1.4.2
`,
  ),
  bad(
    "symmetric key of git-crypt",
    (made) => `#!/bin/bash
cd /srv/infra
echo '${made.base64(148)}' | base64 -d > /root/git-crypt.key
git-crypt unlock /root/git-crypt.key
`,
  ),

  // Keys of SSH

  bad(
    "OpenSSH private key in a document",
    (made) => `#!/bin/bash
mkdir -p -m 700 /home/deploy/.ssh
cat > /home/deploy/.ssh/id_ed25519 <<'EOF'
${pem("OPENSSH PRIVATE KEY", wrap(b64("openssh-key-v1\0\0\0\0\u0004none\0\0\0\u0004none\0\0\0\0\0\0\0\u0001") + made.base64(180), 70))}
EOF
chmod 600 /home/deploy/.ssh/id_ed25519 && chown -R deploy: /home/deploy/.ssh
ssh-keyscan git.example.com >> /home/deploy/.ssh/known_hosts
`,
  ),
  bad(
    "host key in cloud-config",
    (made) => `#cloud-config
ssh_deletekeys: false
ssh_keys:
  ecdsa_private: |
    ${made.privateKey("ec", "sec1").replaceAll("\n", "\n    ")}
package_update: true
`,
  ),
  bad(
    "private key echoed with escapes",
    (made) => `#!/bin/bash
echo -e "${made.privateKey("ed25519").replaceAll("\n", "\\n")}" > /root/.ssh/backup_key
chmod 600 /root/.ssh/backup_key
rsync -e 'ssh -i /root/.ssh/backup_key' -a /srv/ backup@vault.example.internal:srv/
`,
  ),
  bad(
    "private key in a base64 variable",
    (made) => `#!/bin/bash
DEPLOY_KEY_B64="${b64(`${made.privateKey("ec")}\n`)}"
echo "$DEPLOY_KEY_B64" | base64 --decode > /root/.ssh/deploy
chmod 600 /root/.ssh/deploy
`,
  ),
  bad(
    "private key handed to ssh-add",
    (made) => `#!/bin/bash
eval "$(ssh-agent -s)"
ssh-add - <<< "${made.privateKey("rsa", "pkcs1")}"
git clone git@git.example.com:ops/site.git /srv/site
`,
  ),
  bad(
    "sshpass with a joined password",
    (made) => `#!/bin/bash
sshpass -p${made.weak()} scp -o StrictHostKeyChecking=accept-new mirror@files.example.internal:/pub/app.tgz /tmp/
`,
  ),
  bad(
    "sshpass reads SSHPASS",
    (made) => `#!/bin/bash
export SSHPASS='${made.symbols(14)}'
sshpass -e sftp -oBatchMode=no -b - drop@sftp.example.com <<'CMDS'
cd in
put /srv/out/report.csv
CMDS
`,
  ),

  // File systems and backup

  bad(
    "credentials file of a CIFS mount",
    (made) => `#!/bin/bash
cat > /etc/samba/nas.cred <<EOF
username=media
password=${made.password(12)}
domain=EXAMPLE
EOF
chmod 600 /etc/samba/nas.cred
echo '//nas.example.internal/media /srv/media cifs credentials=/etc/samba/nas.cred,vers=3.1.1,_netdev 0 0' >> /etc/fstab
`,
  ),
  bad(
    "fstab line with a password",
    (made) => `#!/bin/bash
echo '//10.3.0.9/scans /mnt/scans cifs user=scan,pass=${made.weak()},uid=1000,_netdev 0 0' >> /etc/fstab
mount -a
`,
  ),
  bad(
    "secrets of davfs2",
    (made) => `#!/bin/bash
echo 'https://cloud.example.com/dav/ backup ${made.password()}' >> /etc/davfs2/secrets
chmod 600 /etc/davfs2/secrets
mount -t davfs https://cloud.example.com/dav/ /mnt/dav
`,
  ),
  bad(
    "password file of s3fs",
    (made) => `#!/bin/bash
echo '${made.awsKeyId()}:${made.awsSecret()}' > /etc/passwd-s3fs
chmod 640 /etc/passwd-s3fs
s3fs example-media /srv/media -o passwd_file=/etc/passwd-s3fs,allow_other
`,
  ),
  bad(
    "smbclient with a percent sign",
    (made) => `#!/bin/bash
smbclient //dc1.example.internal/deploy -U 'EXAMPLE\\installer%${made.password(12)}' -c 'get agent.rpm /tmp/agent.rpm'
`,
  ),
  bad(
    "CHAP of an iSCSI target",
    (made) => `#!/bin/bash
iscsiadm -m node -T iqn.2024-01.com.example:lun1 -o update -n node.session.auth.authmethod -v CHAP
iscsiadm -m node -T iqn.2024-01.com.example:lun1 -o update -n node.session.auth.username -v web
iscsiadm -m node -T iqn.2024-01.com.example:lun1 -o update -n node.session.auth.password -v ${made.password(14)}
iscsiadm -m node -T iqn.2024-01.com.example:lun1 --login
`,
  ),
  bad(
    "sshfs with the password on standard input",
    (made) => `#!/bin/bash
sshfs -o password_stdin,allow_other media@nas.example.internal:/media /srv/media <<< "${made.password(12)}"
`,
  ),
  bad(
    "options of a mount unit",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/srv-share.mount <<'EOF'
[Unit]
After=network-online.target
[Mount]
What=//nas.example.internal/share
Where=/srv/share
Type=cifs
Options=username=web,password=${made.password(14)},vers=3.0,ro
[Install]
WantedBy=multi-user.target
EOF
systemctl enable --now srv-share.mount
`,
  ),
  bad(
    "map of the automounter",
    (made) => `#!/bin/bash
echo 'scans -fstype=cifs,rw,username=scan,password=${made.weak()} ://nas.example.internal/scans' > /etc/auto.smb.scans
`,
  ),
  bad(
    "rclone crypt remote with an obscured password",
    (made) => `#!/bin/bash
cat >> /root/.config/rclone/rclone.conf <<'EOF'
[s3]
type = s3
provider = AWS
env_auth = true
[vault]
type = crypt
remote = s3:example-backup
password = ${made.base64url(34)}
EOF
`,
  ),
  bad(
    "rclone creates a WebDAV remote",
    (made) => `#!/bin/bash
rclone config create dav webdav url=https://cloud.example.com/dav vendor=nextcloud user=backup pass=${made.password(14)} --obscure
`,
  ),
  bad(
    "restic command that echoes the password",
    (made) => `#!/bin/bash
export RESTIC_REPOSITORY=s3:s3.amazonaws.com/example-restic
export RESTIC_PASSWORD_COMMAND="echo ${made.phrase()}"
restic backup /etc /srv --host "$(hostname)"
`,
  ),
  bad(
    "duplicity with PASSPHRASE",
    (made) => `#!/bin/bash
cat > /etc/cron.daily/duplicity <<'EOF'
#!/bin/sh
export PASSPHRASE='${made.password(20)}'
duplicity --full-if-older-than 30D /srv boto3+s3://example-backup/web
unset PASSPHRASE
EOF
chmod 700 /etc/cron.daily/duplicity
`,
  ),
  bad(
    "kopia repository",
    (made) => `#!/bin/bash
kopia repository connect s3 --bucket=example-kopia --region=eu-west-1 --password=${made.phrase()}
`,
  ),
  bad(
    "cipher pass phrase of pgBackRest",
    (made) => `#!/bin/bash
cat > /etc/pgbackrest.conf <<'EOF'
[global]
repo1-type=s3
repo1-s3-bucket=example-pg
repo1-s3-key-type=auto
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${made.base64(48)}
[main]
pg1-path=/data/pg
EOF
`,
  ),
  bad(
    "director of a Bacula file daemon",
    (made) => `#!/bin/bash
cat > /etc/bacula/bacula-fd.conf <<'EOF'
Director {
  Name = backup-dir
  Password = "${made.token(33)}"
}
FileDaemon { Name = web-fd; WorkingDirectory = /var/lib/bacula; }
EOF
`,
  ),
  bad(
    "secrets of the rsync daemon",
    (made) => `#!/bin/bash
echo 'mirror:${made.password(12)}' > /etc/rsyncd.secrets
chmod 600 /etc/rsyncd.secrets
cat > /etc/rsyncd.conf <<'EOF'
[pub]
path = /srv/pub
auth users = mirror
secrets file = /etc/rsyncd.secrets
EOF
`,
  ),
  bad(
    "rsync with RSYNC_PASSWORD",
    (made) => `#!/bin/bash
RSYNC_PASSWORD=${made.weak()} rsync -a rsync://mirror@files.example.internal/pub/ /srv/pub/
`,
  ),
  bad(
    "account of a B2 client",
    (made) => `#!/bin/bash
pip3 install b2
b2 authorize-account 00${made.digest().slice(0, 23)} K00${made.token(28)}
b2 sync /srv/backup b2://example-backup/web
`,
  ),
  bad(
    "ftp session in a document",
    (made) => `#!/bin/bash
ftp -inv files.example.com <<EOF
user upload ${made.password(10)}
binary
cd /in
put /srv/out/daily.csv daily.csv
bye
EOF
`,
  ),
  bad(
    "ncftpget with options",
    (made) => `#!/bin/bash
ncftpget -u mirror -p ${made.weak()} files.example.com /srv/in '/pub/*.csv'
`,
  ),
  bad(
    "ftp address with a user",
    (made) => `#!/bin/bash
curl -T /srv/out/daily.csv ftps://upload:${made.password(12)}@files.example.com/in/
`,
  ),
  bad(
    "virtual users of vsftpd",
    (made) => `#!/bin/bash
printf '%s\\n%s\\n' partner '${made.password(12)}' > /etc/vsftpd/login.txt
db_load -T -t hash -f /etc/vsftpd/login.txt /etc/vsftpd/login.db
rm /etc/vsftpd/login.txt
`,
  ),

  // Package managers

  bad(
    "index address in pip.conf",
    (made) => `#!/bin/bash
cat > /etc/pip.conf <<'EOF'
[global]
index-url = https://ci:${made.token(32)}@pypi.example.internal/simple
trusted-host = pypi.example.internal
EOF
pip3 install shop-worker
`,
  ),
  bad(
    "upload section of .pypirc",
    (made) => `#!/bin/bash
cat > /root/.pypirc <<'EOF'
[distutils]
index-servers = internal
[internal]
repository = https://pypi.example.internal/
username = builder
password = ${made.password()}
EOF
`,
  ),
  bad(
    "Poetry repository credentials",
    (made) => `#!/bin/bash
pipx install poetry
poetry config http-basic.internal builder ${made.password(20)}
cd /srv/app && poetry install --no-root --only main
`,
  ),
  bad(
    "token in a channel of conda",
    (made) => `#!/bin/bash
cat > /opt/conda/.condarc <<'EOF'
channels:
  - https://conda.example.com/t/${made.uuidSecret()}/internal
  - conda-forge
EOF
`,
  ),
  bad(
    "authentication token of npm",
    (made) => `#!/bin/bash
echo "//npm.example.internal/:_authToken=${made.uuidSecret()}" >> /home/app/.npmrc
su - app -c 'cd /srv/app && npm ci --omit=dev'
`,
  ),
  bad(
    "legacy authentication of npm in base64",
    (made) => `#!/bin/bash
npm config set registry https://nexus.example.internal/repository/npm/
npm config set //nexus.example.internal/repository/npm/:_auth ${b64(`ci:${made.password(14)}`)}
`,
  ),
  bad(
    "scope of Yarn with a token",
    (made) => `#!/bin/bash
cat > /srv/app/.yarnrc.yml <<'YAML'
nodeLinker: node-modules
npmScopes:
  example:
    npmRegistryServer: "https://npm.example.internal"
    npmAuthToken: "${made.token(36)}"
YAML
`,
  ),
  bad(
    "API key of RubyGems",
    (made) => `#!/bin/bash
mkdir -p /root/.gem
printf -- '---\\n:rubygems_api_key: rubygems_${made.hex(48)}\\n' > /root/.gem/credentials
chmod 600 /root/.gem/credentials
`,
  ),
  bad(
    "Bundler source with a user",
    (made) => `#!/bin/bash
bundle config set --global gems.example.internal deploy:${made.token(24)}
cd /srv/app && bundle install --deployment
`,
  ),
  bad(
    "server in the Maven settings",
    (made) => `#!/bin/bash
mkdir -p /root/.m2
cat > /root/.m2/settings.xml <<'XML'
<settings>
  <servers>
    <server>
      <id>releases</id>
      <username>deployer</username>
      <password>${made.password()}</password>
    </server>
  </servers>
</settings>
XML
`,
  ),
  bad(
    "Gradle properties",
    (made) => `#!/bin/bash
cat > /root/.gradle/gradle.properties <<'EOF'
org.gradle.daemon=false
artifactoryUser=ci
artifactoryPassword=${made.token(28)}
EOF
`,
  ),
  bad(
    "Composer authentication file",
    (made) => `#!/bin/bash
export COMPOSER_HOME=/root/.composer
cat > $COMPOSER_HOME/auth.json <<'JSON'
{ "http-basic": { "repo.example.com": { "username": "${made.digest("md5")}", "password": "${made.hex(32)}" } } }
JSON
`,
  ),
  bad(
    "Composer configured with a code host token",
    (made) => `#!/bin/bash
composer config --global github-oauth.github.com ghp_${made.token(36)}
`,
  ),
  bad(
    "Cargo registry token",
    (made) => `#!/bin/bash
cat > /root/.cargo/credentials.toml <<'TOML'
[registries.internal]
token = "${made.token(35)}"
TOML
`,
  ),
  bad(
    "NuGet source stored in clear text",
    (made) => `#!/bin/bash
dotnet nuget add source https://nuget.example.internal/v3/index.json -n internal -u ci -p ${made.password(18)} --store-password-in-clear-text
`,
  ),
  bad(
    "login for an apt repository",
    (made) => `#!/bin/bash
cat > /etc/apt/auth.conf.d/internal.conf <<'EOF'
machine apt.example.internal
login host
password ${made.token(22)}
EOF
apt-get update
`,
  ),
  bad(
    "source list with a user",
    (made) => `#!/bin/bash
echo "deb [signed-by=/usr/share/keyrings/vendor.gpg] https://customer7:${made.token(20)}@deb.example.com/stable $(lsb_release -cs) main" > /etc/apt/sources.list.d/vendor.list
apt-get update && apt-get install -y vendor-agent
`,
  ),
  bad(
    "proxy of apt with a user",
    (made) => `#!/bin/bash
printf 'Acquire::https::Proxy "http://apt:%s@proxy.example.internal:3128";\\n' '${made.password(12)}' > /etc/apt/apt.conf.d/80proxy
`,
  ),
  bad(
    "yum repository with a password",
    (made) => `#!/bin/bash
cat > /etc/yum.repos.d/vendor.repo <<'EOF'
[vendor]
name=Vendor
baseurl=https://rpm.example.com/el9/$basearch
username=customer7
password=${made.token(20)}
gpgcheck=1
gpgkey=https://rpm.example.com/key.asc
EOF
`,
  ),
  bad(
    "proxy password of dnf",
    (made) => `#!/bin/bash
sed -i '/^\\[main\\]/a proxy=http://proxy.example.internal:3128\\nproxy_username=dnf\\nproxy_password=${made.weak()}' /etc/dnf/dnf.conf
`,
  ),
  bad(
    "credentials file of zypper",
    (made) => `#!/bin/bash
cat > /etc/zypp/credentials.d/vendor <<'EOF'
username=SCC_${made.digest().slice(0, 10)}
password=${made.password(20)}
EOF
zypper --non-interactive ar -f 'https://updates.example.com/sle15?credentials=vendor' vendor
`,
  ),
  bad(
    "registration code of SUSE",
    (made) => `#!/bin/bash
SUSEConnect -r ${made.token(16, HEX)} -e ops@example.com
`,
  ),
  bad(
    "subscription token attached",
    (made) => `#!/bin/bash
apt-get install -y ubuntu-advantage-tools
pro attach C1${made.token(28)} --no-auto-enable
pro enable livepatch
`,
  ),
  bad(
    "Conan user with a password",
    (made) => `#!/bin/bash
conan remote add internal https://conan.example.internal
conan user ci -r internal -p ${made.password()}
`,
  ),
  bad(
    "private modules of Go",
    (made) => `#!/bin/bash
export GOPRIVATE=git.example.com/*
go env -w GOPROXY="https://go:${made.token(26)}@goproxy.example.internal,direct"
cd /srv/tool && go build ./...
`,
  ),
  bad(
    "Hex organisation key",
    (made) => `#!/bin/bash
mix local.hex --force
mix hex.organization auth example --key ${made.hex(32)}
`,
  ),

  // Git

  bad(
    "credential helper that prints a password",
    (made) => `#!/bin/bash
git config --system credential.https://git.example.com.helper '!f() { echo username=ci; echo password=${made.token(24)}; }; f'
git clone https://git.example.com/ops/site.git /srv/site
`,
  ),
  bad(
    "credential store of git",
    (made) => `#!/bin/bash
git config --global credential.helper store
echo 'https://deploy:${made.token(40)}@git.example.com' > /root/.git-credentials
`,
  ),
  bad(
    "extra header of git",
    (made) => `#!/bin/bash
git -c http.extraHeader="AUTHORIZATION: basic ${b64(`x-access-token:${made.token(36)}`)}" clone --depth 1 https://git.example.com/ops/site.git /srv/site
`,
  ),
  bad(
    "token in an address that git rewrites",
    (made) => `#!/bin/bash
git config --global url."https://oauth2:glpat-${made.token(20)}@git.example.com/".insteadOf "git@git.example.com:"
`,
  ),
  bad(
    "askpass script of git",
    (made) => `#!/bin/bash
printf '#!/bin/sh\\necho %s\\n' '${made.token(40)}' > /root/askpass.sh && chmod 700 /root/askpass.sh
GIT_ASKPASS=/root/askpass.sh git clone https://ci@git.example.com/ops/site.git /srv/site
`,
  ),
  bad(
    "GitHub client logs in from a here-string",
    (made) => `#!/bin/bash
gh auth login --hostname github.com --with-token <<< "github_pat_${made.token(22)}_${made.digest().slice(0, 59)}"
gh release download v2.1.0 -R example/agent -p '*.rpm' -D /tmp
`,
  ),
  bad(
    "Mercurial authentication",
    (made) => `#!/bin/bash
cat >> /root/.hgrc <<'EOF'
[auth]
main.prefix = https://hg.example.internal
main.username = build
main.password = ${made.password(12)}
EOF
`,
  ),
  bad(
    "Perforce login",
    (made) => `#!/bin/bash
export P4PORT=ssl:p4.example.internal:1666 P4USER=build
p4 trust -y
echo '${made.password(14)}' | p4 login
`,
  ),

  // Services and schedules

  bad(
    "crontab with a token in the command",
    (made) => `#!/bin/bash
(crontab -l 2>/dev/null; echo '*/5 * * * * curl -s -H "X-Auth-Token: ${made.hex(32)}" https://api.example.com/heartbeat >/dev/null') | crontab -
`,
  ),
  bad(
    "variable at the top of a cron file",
    (made) => `#!/bin/bash
cat > /etc/cron.d/report <<'EOF'
MAILTO=ops@example.com
REPORT_DB_PASSWORD=${made.weak()}
15 6 * * 1 report /opt/report/run --weekly
EOF
`,
  ),
  bad(
    "drop-in of a systemd service",
    (made) => `#!/bin/bash
mkdir -p /etc/systemd/system/api.service.d
cat > /etc/systemd/system/api.service.d/override.conf <<'EOF'
[Service]
Environment=PORT=8080 "API_SIGNING_KEY=${made.token(44)}"
LimitNOFILE=65536
EOF
systemctl daemon-reload && systemctl restart api
`,
  ),
  bad(
    "ExecStart with a password option",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/sync.service <<'EOF'
[Unit]
Description=Sync
[Service]
User=sync
ExecStart=/opt/sync/bin/sync --server files.example.internal --user sync --password ${made.password()}
Restart=always
[Install]
WantedBy=multi-user.target
EOF
systemctl enable --now sync
`,
  ),
  bad(
    "environment of the service manager",
    (made) => `#!/bin/bash
systemctl set-environment QUEUE_PASSWORD=${made.password(12)}
systemctl start worker@{1..4}
`,
  ),
  bad(
    "credential set in a unit",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/mailer.service.d/cred.conf <<'EOF'
[Service]
SetCredential=smtp.password:${made.password(14)}
EOF
`,
  ),
  bad(
    "literal encrypted by systemd-creds",
    (made) => `#!/bin/bash
echo -n '${made.password(18)}' | systemd-creds encrypt --name=db - /etc/credstore.encrypted/db.cred
`,
  ),
  bad(
    "environment of a Supervisor program",
    (made) => `#!/bin/bash
cat > /etc/supervisord.d/worker.ini <<'EOF'
[program:worker]
command=/srv/worker/venv/bin/celery -A app worker
environment=C_FORCE_ROOT="true",CELERY_RESULT_PASSWORD="${made.password()}"
autorestart=true
EOF
`,
  ),
  bad(
    "environment directory of runit",
    (made) => `#!/bin/bash
mkdir -p /etc/sv/api/env
echo ${made.token(40)} > /etc/sv/api/env/API_KEY
echo 8080 > /etc/sv/api/env/PORT
ln -s /etc/sv/api /etc/service/
`,
  ),
  bad(
    "process file of a Node process manager",
    (made) => `#!/bin/bash
cat > /srv/web/ecosystem.config.js <<'JS'
module.exports = { apps: [{ name: "web", script: "dist/main.js", instances: "max",
  env_production: { NODE_ENV: "production", JWT_SECRET: "${made.phrase()}" } }] };
JS
pm2 start /srv/web/ecosystem.config.js --env production
`,
  ),
  bad(
    "property list of a launch daemon",
    (made) => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'XML'
<plist version="1.0"><dict>
  <key>Label</key><string>com.example.agent</string>
  <key>ProgramArguments</key><array><string>/usr/local/bin/agent</string></array>
  <key>EnvironmentVariables</key><dict><key>AGENT_TOKEN</key><string>${made.token(40)}</string></dict>
</dict></plist>
XML
launchctl load -w /Library/LaunchDaemons/com.example.agent.plist
`,
  ),
  bad(
    "keys sent to a terminal session",
    (made) => `#!/bin/bash
tmux new-session -d -s vpn 'openconnect --user=svc-aws vpn.example.com'
sleep 2
# answer the password prompt
tmux send-keys -t vpn '${made.password(12)}' Enter
`,
  ),
  bad(
    "job for at with a literal",
    (made) => `#!/bin/bash
echo "API_PASSWORD=${made.password(12)} /opt/app/bin/late-start" | at now + 10 minutes
`,
  ),
  bad(
    "default file of a service with a quoted option string",
    (made) => `#!/bin/bash
cat > /etc/default/transmission-daemon <<'EOF'
OPTIONS="--config-dir /var/lib/transmission --auth --username ops --password ${made.weak()} --allowed 10.*"
EOF
`,
  ),
  bad(
    "boot hook that sets a hash",
    (made) => `#cloud-boothook
#!/bin/sh
cloud-init-per once root-pw sh -c "echo 'root:\\$6\\$${made.digest().slice(0, 16)}\\$${made.token(86)}' | chpasswd -e"
`,
  ),
  bad(
    "second part of a multipart message",
    (made) => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==BOUNDARY=="

--==BOUNDARY==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
package_update: true

--==BOUNDARY==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
nmcli con mod eth1 802-1x.eap peap 802-1x.identity host1 802-1x.phase2-auth mschapv2 802-1x.password '${made.password(14)}'
nmcli con up eth1

--==BOUNDARY==--
`,
  ),
  bad(
    "scheduled task with a run-as password",
    (made) => `<powershell>
schtasks /Create /TN "Nightly" /TR "C:\\ops\\nightly.cmd" /SC DAILY /ST 02:00 /RU EXAMPLE\\svc-night /RP ${made.password(16)} /F
</powershell>
`,
  ),
  bad(
    "network drive in a batch script",
    (made) => `<script>
net use Z: \\\\files.example.internal\\dist /user:EXAMPLE\\dist ${made.password(14)} /persistent:yes
robocopy Z:\\agent C:\\agent /E
</script>
`,
  ),

  // The shell itself

  good(
    "parameters that must be set",
    () => `#!/bin/bash
set -u
: "\${DB_PASSWORD:?database password is required}"
: "\${API_TOKEN:?run with API_TOKEN=...}"
echo "token \${API_TOKEN:+set}, password \${DB_PASSWORD:+set}"
[ -n "\${SMTP_PASSWORD:-}" ] || echo "no mail password"
`,
  ),
  good(
    "options of a script",
    () => `#!/bin/bash
usage() { echo "usage: $0 --user USER --password PASSWORD [--token TOKEN]"; }
while [ $# -gt 0 ]; do
  case "$1" in
    -u|--user)     USER_NAME="$2"; shift 2 ;;
    -p|--password) PASSWORD="$2"; shift 2 ;;
    --token=*)     TOKEN="\${1#*=}"; shift ;;
    --secret-file) SECRET="$(<"$2")"; shift 2 ;;
    -h|--help)     usage; exit 0 ;;
  esac
done
`,
  ),
  good(
    "prompts for a password",
    () => `#!/bin/bash
cat > /usr/local/bin/unlock-data <<'EOF'
#!/bin/bash
read -r -s -p "Passphrase for /data: " passphrase; echo
password=$(systemd-ask-password --timeout=60 "Enter the database password:")
token=$(whiptail --passwordbox "API token" 8 40 3>&1 1>&2 2>&3)
printf '%s' "$passphrase" | cryptsetup open /dev/nvme1n1 data -
EOF
chmod 755 /usr/local/bin/unlock-data
`,
  ),
  good(
    "functions that only hand values on",
    () => `#!/bin/bash
set_password() { local user=$1 password=$2; printf '%s:%s\\n' "$user" "$password" | chpasswd; }
fetch() { aws ssm get-parameter --name "$1" --with-decryption --query Parameter.Value --output text; }
set_password deploy "$(fetch /host/deploy)"
set_password backup "$(fetch "/host/\${ROLE:-backup}")"
`,
  ),
  good(
    "array of names of secrets",
    () => `#!/bin/bash
SECRETS=(prod/db/password prod/smtp/password prod/api/token)
KEYS=(alpha beta gamma)
declare -A SECRET_IDS=([DB_PASSWORD]=prod/db [API_TOKEN]=prod/api)
for name in "\${!SECRET_IDS[@]}"; do
  printf '%s=%s\\n' "$name" "$(aws secretsmanager get-secret-value --secret-id "\${SECRET_IDS[$name]}" --query SecretString --output text)"
done > /run/app.env
`,
  ),
  good(
    "value read from a process substitution",
    () => `#!/bin/bash
read -r DB_USER DB_PASS < <(aws secretsmanager get-secret-value --secret-id app/db --query SecretString --output text | jq -r '"\\(.username) \\(.password)"')
IFS=: read -r user pass <<< "$(< /run/secrets/login)"
export DB_USER DB_PASS user pass
`,
  ),
  good(
    "lists of names beside values from a command",
    () => `#!/bin/bash
while IFS=, read -r name group; do
  useradd -m -G "$group" "$name"
  pw=$(openssl rand -base64 15)
  echo "$name:$pw" | chpasswd
  chage -d 0 "$name"
done <<'LIST'
anna,wheel
peter,users
LIST
`,
  ),
  good(
    "check that a default word is not used",
    () => `#!/bin/bash
source /etc/app/env
if [[ "$ADMIN_PASSWORD" == "$ADMIN_USER" || \${#ADMIN_PASSWORD} -lt 12 ]]; then
  echo "ADMIN_PASSWORD is too weak" >&2
  exit 1
fi
grep -qiE '^(password|passwort|secret)$' <<< "$ADMIN_PASSWORD" && exit 1
`,
  ),
  good(
    "log lines about passwords and tokens",
    () => `#!/bin/bash
log() { logger -t boot "$*"; }
log "password for ubuntu changed"
log "token: refreshed, secret: not needed"
echo "INFO  auth: password=**** user=$USER"
printf 'Authorization header %s\\n' "present"
echo "API key rotated at $(date -u +%FT%TZ)"
`,
  ),
  good(
    "message of the day about passwords",
    () => `#!/bin/bash
cat > /etc/motd <<'EOF'
Authorised users only.
Password: expires after 90 days, change it with passwd(1).
Secret: ask the duty officer. Token: see the wiki, page "Access".
EOF
`,
  ),
  good(
    "notes that explain where secrets live",
    () => `#!/bin/bash
# The database password comes from Parameter Store: /prod/app/db_password.
# Never write PASSWORD=... into this file. Tokens are rotated by prod/rotate-token.
# usage: DB_PASSWORD=<password> ./start.sh
# export API_TOKEN=$(vault kv get -field=token kv/app)
systemctl start app
`,
  ),
  good(
    "counters of a test run",
    () => `#!/bin/bash
PASS=0 FAIL=0
check() { if "$@"; then PASS=$((PASS + 1)); else FAIL=$((FAIL + 1)); fi; }
check systemctl is-active --quiet sshd
check test -s /etc/hosts
echo "PASS: $PASS FAIL: $FAIL"
RESULT=PASS; [ "$FAIL" -eq 0 ] || RESULT=FAIL
SMOKE_TEST_PASS_RATE=99.5
`,
  ),
  good(
    "words that contain pass, key, token or secret",
    () => `#!/bin/bash
export PASSENGER_APP_ENV=production TOKENIZERS_PARALLELISM=false
BYPASS_CACHE=assets/v2 PASSIVE_PORTS=30000:30100 COMPASS_HEADING=north-by-northwest
MONKEY_PATCH=gevent-all KEYNOTE=2024-welcome-talk HOCKEY_LEAGUE=eastern TURKEY_REGION=istanbul1
SECRETARY_MAIL=office@example.com AUTHOR=jdoe1984 AUTHORITY=registrar-17
LOGIN_SHELL=/bin/bash KEYSTONE_HOST=identity.example.internal
`,
  ),
  good(
    "keys that are objects, columns and tables",
    () => `#!/bin/bash
S3_KEY=releases/2024/app-1.4.2.tar.gz
OBJECT_KEY="backups/$(hostname)/etc.tgz"
PARTITION_KEY=tenant#42 SORT_KEY=created_at PRIMARY_KEY=order_id
CACHE_KEY=assets-v3-9f8e7d REDIS_KEY=queue:default
KEY_NAME=prod-bastion-2024 SSH_KEY_NAME=ops-ed25519
aws s3api get-object --bucket example-releases --key "$S3_KEY" /tmp/app.tgz
aws dynamodb get-item --table-name hosts --key '{"pk":{"S":"host#web-1"},"sk":{"S":"token#current"}}'
`,
  ),
  good(
    "keyboard layout and bindings",
    () => `#!/bin/bash
debconf-set-selections <<'EOF'
keyboard-configuration keyboard-configuration/layoutcode string de
keyboard-configuration keyboard-configuration/modelcode string pc105
keyboard-configuration keyboard-configuration/variantcode string nodeadkeys
EOF
localectl set-keymap de-latin1-nodeadkeys
cat > /etc/inputrc <<'EOF'
"\\e[A": history-search-backward
set keymap emacs
EOF
printf '%s\\n' 'set -g prefix C-a' 'bind-key C-a send-prefix' 'set -g mode-keys vi' > /etc/tmux.conf
`,
  ),
  good(
    "sort keys and fields",
    () => `#!/bin/bash
sort -t: -k3,3n /etc/passwd | cut -d: -f1,3 > /root/users.txt
join -t, -1 2 -2 1 --header /srv/a.csv /srv/b.csv
jq -r 'to_entries[] | "\\(.key)=\\(.value)"' /etc/app.json
ps --sort=-%mem -eo pid,%mem,comm | head
getent passwd | awk -F: '$3 >= 1000 { print $1 }'
`,
  ),
  good(
    "generated values of many kinds",
    () => `#!/bin/bash
A_PASSWORD=$(head -c 24 /dev/urandom | base64 | tr -d '/+=')
B_SECRET=$(mcookie)
C_TOKEN=$(ruby -rsecurerandom -e 'puts SecureRandom.hex(32)')
D_KEY=$(node -p 'require("crypto").randomBytes(32).toString("base64url")')
E_SALT=$(php -r 'echo bin2hex(random_bytes(16));')
F_PASS=$(date +%s%N | sha256sum | head -c 32)
G_PIN=$RANDOM$RANDOM
H_PASSPHRASE="$(shuf -n 5 /usr/share/dict/words | paste -sd-)"
I_PW=$(gpg --gen-random --armor 1 18)
`,
  ),
  good(
    "alphabets and templates for generators",
    () => `#!/bin/bash
LC_ALL=C tr -dc 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789' < /dev/urandom | head -c 20 > /root/password
apg -n 1 -m 20 -M SNCL -a 1 > /root/db-password
TOKEN_DIR=$(mktemp -d /run/token.XXXXXXXXXX)
secret_file=$(mktemp --suffix=.secret)
cut -c1-16 /proc/sys/kernel/random/uuid > "$secret_file"
`,
  ),
  good(
    "secrets fetched by tools of many vendors",
    () => `#!/bin/bash
DB_PASSWORD=$(vault kv get -field=password kv/app/db)
API_TOKEN="$(gcloud secrets versions access latest --secret=api-token)"
SMTP_PASSWORD=$(az keyvault secret show --vault-name ops --name smtp --query value -o tsv)
LDAP_PASSWORD=$(op read "op://infra/ldap/password")
FTP_PASSWORD=$(pass show ftp/mirror | head -n1)
SIGNING_KEY=$(sops -d --extract '["signing"]["key"]' /opt/app/secrets.yaml)
LICENSE_KEY=$(credstash get license.key)
eval "$(chamber export --format dotenv app | sed 's/^/export /')"
`,
  ),
  good(
    "references that a launcher resolves",
    (made) => `#!/bin/bash
cat > /opt/app/secrets.yml <<'YAML'
DB_PASSWORD: !var prod/app/db/password
API_TOKEN: !var:file prod/app/token
YAML
cat > /opt/app/app.env <<'EOF'
DB_PASSWORD=vault:secret/data/app#password
API_TOKEN=ref+awssecrets://prod/app?region=eu-west-1#/token
SMTP_PASSWORD=op://infra/smtp/password
SIGNING_SECRET=arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:prod/app-AbCdEf
LICENSE_KEY=ssm:///prod/app/license
EOF
summon -f /opt/app/secrets.yml op run --env-file=/opt/app/app.env -- /opt/app/bin/app
`,
  ),
  good(
    "local agent for secrets and its token file",
    () => `#!/bin/bash
curl -s -H "X-Aws-Parameters-Secrets-Token: $(< /var/run/awssmatoken)" "http://localhost:2773/secretsmanager/get?secretId=prod/app" | jq -r .SecretString > /run/app.json
export AWS_TOKEN=file:///var/run/awssmatoken
`,
  ),
  good(
    "values cleared and hidden",
    () => `#!/bin/bash
set +x
PW="$(cat /run/secrets/pw)"
echo "password starts with \${PW:0:1}****"
unset PW PASSWORD TOKEN API_KEY
export -n SECRET_KEY
export PGPASSWORD= MYSQL_PWD=''
history -c
`,
  ),
  good(
    "expressions that redact or search",
    () => `#!/bin/bash
sed -i -E 's/(password|passwd|secret|token)=[^[:space:]&]+/\\1=***/gI' /var/log/app.log
grep -rInE '(api[_-]?key|password)[[:space:]]*[:=][[:space:]]*["'"'"'][^"'"'"']{8,}' /etc/app && echo "found"
git secrets --add 'password\\s*=\\s*.+'
awk '!/PRIVATE KEY/' /tmp/bundle.pem > /tmp/clean.pem
`,
  ),
  good(
    "rules of a scanner",
    () => `#!/bin/bash
cat > /etc/gitleaks.toml <<'TOML'
[[rules]]
id = "internal-token"
regex = '''int_[a-z0-9]{32}'''
keywords = ["int_"]
[[rules]]
id = "password-assignment"
regex = '''(?i)password\\s*=\\s*["']([^"']{8,})["']'''
secretGroup = 1
[allowlist]
stopwords = ["example", "placeholder"]
TOML
gitleaks dir /srv/app -c /etc/gitleaks.toml --redact
`,
  ),
  good(
    "placeholders that are replaced at boot",
    () => `#!/bin/bash
cat > /etc/app.conf <<'EOF'
db_password = __DB_PASSWORD__
api_token = @API_TOKEN@
smtp_password = %SMTP_PASSWORD%
session_secret = {{ session_secret }}
license = <license key>
EOF
sed -i "s|__DB_PASSWORD__|$(cat /run/secrets/db)|; s|@API_TOKEN@|$(cat /run/secrets/api)|" /etc/app.conf
`,
  ),
  good(
    "words for nothing",
    () => `#!/bin/bash
cat > /etc/app.yml <<'YAML'
password: null
token: ~
api_key: none
secret: false
passphrase: ""
proxy_password:
auth: disabled
use_password: no
YAML
`,
  ),
  good(
    "numbers about passwords and tokens",
    () => `#!/bin/bash
export PASSWORD_MIN_LENGTH=14 PASSWORD_MAX_AGE=7776000 TOKEN_TTL=3600 MAX_TOKENS=4096
export TOKEN_BUCKET_SIZE=20000 SECRET_VERSION=7 KEY_ROTATION_DAYS=30 API_KEY_CACHE_SECONDS=300
export PIN_LENGTH=6 SALT_ROUNDS=12 OTP_WINDOW=1
`,
  ),
  good(
    "files and directories by variable",
    () => `#!/bin/bash
export PASSWORD_FILE=/run/secrets/db SECRETS_DIR=/run/secrets TOKEN_PATH=/var/run/app/token
export SSH_KEY=/root/.ssh/id_ed25519 TLS_KEY=./certs/site.key PASSWORD_STORE_DIR=/srv/pass
export GOOGLE_APPLICATION_CREDENTIALS=/etc/gcp/wif.json KRB5_KTNAME=FILE:/etc/app.keytab
export DB_PASSWORD_FILE="/run/secrets/db" API_TOKEN="file:/run/secrets/token"
`,
  ),
  good(
    "identifiers that look random",
    (made) => `#!/bin/bash
TRACE_ID=${made.digest("md5")}
BUILD_ID=${made.digest("sha1")}
MACHINE_ID=${made.digest("md5")}
TENANT_ID=${made.uuid()}
HOSTED_ZONE=Z0123456ABCDEFGHIJKLM
DISTRIBUTION_ID=E2QWRUHAPOMQZL
LAUNCH_TEMPLATE=lt-0a1b2c3d4e5f67890
export TRACE_ID BUILD_ID MACHINE_ID TENANT_ID HOSTED_ZONE DISTRIBUTION_ID LAUNCH_TEMPLATE
`,
  ),
  good(
    "tokens that only make calls idempotent",
    (made) => `#!/bin/bash
aws ec2 create-volume --size 20 --availability-zone eu-west-1a --client-token ${made.uuid()}
aws rds-data execute-statement --resource-arn "$DB_ARN" --secret-arn "$SECRET_ARN" --sql 'select 1'
curl -s -X POST -H "Idempotency-Key: $(uuidgen)" https://api.example.com/v1/hosts -d "name=$(hostname)"
aws ssm send-command --document-name AWS-RunPatchBaseline --targets Key=tag:Role,Values=web --client-request-token boot-1 || true
`,
  ),
  good(
    "pagination tokens",
    () => `#!/bin/bash
token=""
while :; do
  page=$(aws s3api list-objects-v2 --bucket example-data --max-items 500 \${token:+--starting-token "$token"})
  jq -r '.Contents[].Key' <<< "$page"
  token=$(jq -r '.NextToken // empty' <<< "$page")
  [ -n "$token" ] || break
done > /root/keys.txt
`,
  ),
  good(
    "token of a form taken from the page",
    () => `#!/bin/bash
CSRF_TOKEN=$(curl -s -c /tmp/jar https://portal.example.com/login | grep -oP 'name="csrf_token" value="\\K[^"]+')
curl -s -b /tmp/jar -c /tmp/jar -d "csrf_token=$CSRF_TOKEN" -d "username=$PORTAL_USER" --data-urlencode "password@/run/secrets/portal" https://portal.example.com/login
`,
  ),
  good(
    "model server and its tokenizer",
    () => `#!/bin/bash
cat > /etc/systemd/system/llm.service <<'EOF'
[Service]
Environment=TOKENIZER_MODE=auto VLLM_ATTENTION_BACKEND=FLASH_ATTN
ExecStart=/opt/vllm/bin/vllm serve /models/base --tokenizer /models/base --max-num-batched-tokens 8192 --max-model-len 4096 --stop-token-ids 128001,128009
EOF
python3 -c 'import json; json.dump({"sep_token": "[SEP]", "mask_token": "[MASK]", "unk_token": "[UNK]", "word_delimiter_token": "|"}, open("/models/base/special_tokens_map.json", "w"))'
`,
  ),
  good(
    "script in base64 that fetches its secret",
    () => `#!/bin/bash
echo ${b64("#!/bin/sh\nexport FEED_PASSWORD=$(aws ssm get-parameter --name /feed/password --with-decryption --query Parameter.Value --output text)\nexec /opt/feed/pull\n")} | base64 -d | sh
`,
  ),
  good(
    "logo in base64",
    (made) => `#!/bin/bash
base64 -d > /srv/web/logo.png <<'B64'
${wrap(b64Png(made), 76)}
B64
echo "${made.digest()}  /srv/web/logo.png" > /srv/web/SHA256SUMS
`,
  ),
  good(
    "perl, awk and jq with variables",
    () => `#!/bin/bash
PW="$(cat /run/secrets/app)"
PW="$PW" perl -pi -e 's/^(\\s*password:).*/$1 $ENV{PW}/' /etc/app/settings.yml
awk -v pw="$PW" '/^bind_password/ { print "bind_password = " pw; next } { print }' /etc/app.conf > /etc/app.conf.new
jq --arg pw "$PW" --rawfile key /run/secrets/key '.auth.password = $pw | .auth.key = $key | del(.auth.token)' /etc/app/config.json > /run/app.json
`,
  ),
  good(
    "names of variables in a list",
    () => `#!/bin/bash
for v in DB_PASSWORD API_TOKEN SESSION_SECRET; do
  [ -n "\${!v}" ] || { echo "missing $v" >&2; exit 1; }
done
compgen -v | grep -E 'PASSWORD|TOKEN|SECRET' | while read -r name; do unset "$name"; done
env | grep -vE '^(AWS_SECRET_ACCESS_KEY|API_KEY)=' > /var/log/env.txt
`,
  ),

  // Accounts

  good(
    "ageing of passwords",
    () => `#!/bin/bash
sed -i -e 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS   90/' -e 's/^PASS_MIN_DAYS.*/PASS_MIN_DAYS   7/' -e 's/^PASS_WARN_AGE.*/PASS_WARN_AGE   14/' -e 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD YESCRYPT/' /etc/login.defs
useradd -D -f 30
chage --maxdays 90 --mindays 7 --inactive 30 ec2-user
passwd --maxdays 90 --warndays 14 ec2-user
`,
  ),
  good(
    "quality of passwords in PAM",
    () => `#!/bin/bash
cat > /etc/security/pwquality.conf <<'EOF'
minlen = 14
minclass = 4
maxrepeat = 3
dictcheck = 1
usercheck = 1
enforce_for_root
EOF
cat > /etc/pam.d/system-auth-local <<'EOF'
auth        required      pam_faillock.so preauth silent deny=5 unlock_time=900
password    requisite     pam_pwquality.so local_users_only retry=3
password    requisite     pam_pwhistory.so remember=24 use_authtok
password    sufficient    pam_unix.so yescrypt shadow use_authtok
password    required      pam_deny.so
EOF
`,
  ),
  good(
    "accounts without a usable password",
    () => `#!/bin/bash
useradd -r -s /sbin/nologin -p '!' collector
useradd -m -p '*' deploy
usermod -p '!!' ubuntu
passwd -d guest; passwd -l guest
passwd --expire ops
sed -i 's|^root:[^:]*:|root:*:|' /etc/shadow
echo 'app:!:19700:0:99999:7:::' >> /etc/shadow
`,
  ),
  good(
    "lines of the account databases",
    () => `#!/bin/bash
echo 'app:x:1501:1501:Application:/srv/app:/usr/sbin/nologin' >> /etc/passwd
echo 'app:x:1501:' >> /etc/group
sed -i -e 's/^passwd:.*/passwd:     sss files systemd/' -e 's/^shadow:.*/shadow:     files sss/' /etc/nsswitch.conf
pwck -r; grpck -r
`,
  ),
  good(
    "sudo without a password and its settings",
    () => `#!/bin/bash
cat > /etc/sudoers.d/90-ops <<'EOF'
%ops ALL=(ALL) NOPASSWD: ALL
deploy ALL=(root) NOPASSWD: /usr/bin/systemctl restart app
Defaults passwd_tries=3, passwd_timeout=1, timestamp_timeout=5
Defaults passprompt="[sudo] password for %p: "
Defaults env_delete+="API_TOKEN DB_PASSWORD"
EOF
visudo -cf /etc/sudoers.d/90-ops
sudo -n true
`,
  ),
  good(
    "chpasswd with a variable and with a file",
    () => `#!/bin/bash
aws ssm get-parameter --name /hosts/passwords --with-decryption --query Parameter.Value --output text > /run/passwords
chpasswd < /run/passwords
echo "root:$(openssl rand -base64 30)" | chpasswd
chpasswd -e <<< "ops:$(aws ssm get-parameter --name /hosts/ops-hash --with-decryption --query Parameter.Value --output text)"
`,
  ),
  good(
    "hash made from a fetched password",
    () => `#!/bin/bash
HASH=$(aws ssm get-parameter --name /hosts/root --with-decryption --query Parameter.Value --output text | openssl passwd -6 -stdin)
usermod -p "$HASH" root
useradd -m -p "$(mkpasswd -m sha-512 -s < /run/secrets/qa)" qa
`,
  ),
  good(
    "boot loader hash taken from a store",
    () => `#!/bin/bash
GRUB_HASH=$(aws ssm get-parameter --name /hosts/grub --query Parameter.Value --output text)
cat > /etc/grub.d/01_users <<EOF
#!/bin/sh -e
cat <<EOG
set superusers="root"
password_pbkdf2 root $GRUB_HASH
EOG
EOF
sed -i 's/^CLASS="/CLASS="--unrestricted /' /etc/grub.d/10_linux
`,
  ),
  good(
    "expect with a variable of its environment",
    () => `#!/bin/bash
NEW_PW=$(cat /run/secrets/appliance) expect <<'EOF'
set timeout 30
spawn ssh admin@10.0.4.7
expect -re {[Pp]assword:}
send -- "$env(NEW_PW)\\r"
expect "# "
send "show version\\r"
expect eof
EOF
`,
  ),
  good(
    "passwd answered with a variable",
    () => `#!/bin/bash
PW=$(pwgen -s 20 1)
printf '%s\\n%s\\n' "$PW" "$PW" | passwd support
(echo "$PW"; echo "$PW") | smbpasswd -s -a support
echo "$PW" | vncpasswd -f > /home/support/.vnc/passwd
`,
  ),
  good(
    "settings of sshd",
    () => `#!/bin/bash
cat > /etc/ssh/sshd_config.d/10-hardening.conf <<'EOF'
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitEmptyPasswords no
PermitRootLogin prohibit-password
PubkeyAuthentication yes
AuthorizedKeysCommand /opt/aws/bin/eic_run_authorized_keys %u %f
HostKey /etc/ssh/ssh_host_ed25519_key
RekeyLimit 1G 1h
KexAlgorithms curve25519-sha256
EOF
sshd -t && systemctl reload sshd
`,
  ),
  good(
    "public keys of people and hosts",
    (made) => `#!/bin/bash
cat >> /home/ec2-user/.ssh/authorized_keys <<'EOF'
${made.sshPublicKey()}
restrict,command="/usr/bin/rrsync -ro /srv" ${made.sshPublicKey()}
cert-authority,principals="ops" ${made.sshPublicKey()}
EOF
cat >> /etc/ssh/ssh_known_hosts <<'EOF'
@cert-authority *.example.internal ${made.sshPublicKey()}
|1|${publicBytes(made).slice(0, 27)}=|${publicBytes(made).slice(0, 27)}= ${made.sshPublicKey()}
EOF
`,
  ),
  good(
    "keys of SSH made at boot",
    () => `#!/bin/bash
rm -f /etc/ssh/ssh_host_*
ssh-keygen -A
sudo -u deploy ssh-keygen -q -t ed25519 -N '' -f /home/deploy/.ssh/id_ed25519
ssh-keygen -y -f /home/deploy/.ssh/id_ed25519
ssh-keyscan -t ed25519 git.example.com 2>/dev/null | ssh-keygen -lf -
sed -i 's/^#*PermitRootLogin.*/PermitRootLogin no/' /etc/ssh/sshd_config
`,
  ),
  good(
    "private key fetched into place",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id deploy/key --query SecretString --output text > /root/.ssh/id_ed25519
chmod 600 /root/.ssh/id_ed25519
grep -q -- '${pem("OPENSSH PRIVATE KEY", "").split("\n", 1).join("")}' /root/.ssh/id_ed25519 || exit 1
eval "$(ssh-agent -s)" && ssh-add /root/.ssh/id_ed25519
`,
  ),
  good(
    "sshpass with a file and with a variable",
    () => `#!/bin/bash
sshpass -f /run/secrets/sftp sftp drop@sftp.example.com <<< 'put /srv/out/report.csv'
SSHPASS=$(cat /run/secrets/sftp) sshpass -e ssh drop@sftp.example.com true
sshpass -p "$SFTP_PW" scp /srv/out/a.csv drop@sftp.example.com:in/
`,
  ),
  good(
    "cluster authenticated with a fetched password",
    () => `#!/bin/bash
HA_PW=$(aws ssm get-parameter --name /ha/hacluster --with-decryption --query Parameter.Value --output text)
echo "hacluster:$HA_PW" | chpasswd
pcs host auth ha-1 ha-2 -u hacluster -p "$HA_PW"
corosync-keygen -l
pcs stonith create fence fence_aws region=eu-west-1 pcmk_host_map="ha-1:i-0a1b2c3d4e5f60718;ha-2:i-0f1e2d3c4b5a69788" power_timeout=240
`,
  ),
  good(
    "munge key made or copied",
    () => `#!/bin/bash
if [ "$(hostname -s)" = head ]; then
  dd if=/dev/urandom bs=1 count=1024 of=/etc/munge/munge.key
else
  aws ssm get-parameter --name /hpc/munge --with-decryption --query Parameter.Value --output text | base64 -d > /etc/munge/munge.key
fi
chmod 400 /etc/munge/munge.key
munge -n | unmunge
`,
  ),
  good(
    "watch rules of the audit system",
    () => `#!/bin/bash
cat > /etc/audit/rules.d/identity.rules <<'EOF'
-w /etc/shadow -p wa -k identity
-w /etc/passwd -p wa -k passwd_changes
-w /etc/ssh/sshd_config -p rwxa -k sshd
-a always,exit -F arch=b64 -S setuid -F key=privilege
-a always,exit -F path=/usr/bin/passwd -F perm=x -F auid>=1000 -k passwd_exec
EOF
augenrules --load
`,
  ),
  good(
    "filter against failed logins",
    () => `#!/bin/bash
cat > /etc/fail2ban/filter.d/app.conf <<'EOF'
[Definition]
failregex = ^.*Failed password for .* from <HOST> port \\d+ ssh2$
            ^.*invalid token .* client=<HOST>$
ignoreregex =
EOF
fail2ban-client set sshd bantime 3600
`,
  ),
  good(
    "profile that denies key files",
    () => `#!/bin/bash
cat > /etc/apparmor.d/usr.bin.app <<'EOF'
/usr/bin/app {
  #include <abstractions/base>
  #include <abstractions/openssl>
  deny /etc/shadow r,
  deny @{HOME}/.ssh/** rw,
  owner /run/secrets/* r,
  /etc/ssl/private/app.key r,
}
EOF
`,
  ),
  good(
    "desktop settings for passwords",
    () => `#!/bin/bash
printf '%s\\n' '[Seat:*]' 'greeter-hide-users=true' 'autologin-user=kiosk' 'allow-guest=false' > /etc/lightdm/lightdm.conf.d/50-kiosk.conf
gsettings set org.gnome.desktop.lockdown disable-lock-screen true
printf '[Security]\\nAllowRootLogin=false\\nMaxLoginRetry=4\\nTerminalServerUsers=tsusers\\n' > /etc/xrdp/sesman-local.ini
x11vnc -display :0 -rfbauth /etc/x11vnc.pass -forever -bg
`,
  ),

  // HTTP clients

  good(
    "curl with variables and Kerberos",
    () => `#!/bin/bash
curl -fsS -u "$API_USER:$API_PASSWORD" https://api.example.com/bootstrap -o /etc/app.json
curl -fsS --negotiate -u : https://cmdb.example.internal/api/host
curl -fsS -u "\${SVC}:$(cat /run/secrets/svc)" https://files.example.com/list
curl -fsS --user "$(jq -r '"\\(.user):\\(.pass)"' /run/secrets/login.json)" https://files.example.com/list
`,
  ),
  good(
    "curl with a token from a command",
    () => `#!/bin/bash
curl -s -H "Authorization: Bearer $(gcloud auth print-access-token)" https://api.example.com/v1/me
curl -s -H "Authorization: Bearer \${TOKEN}" -H 'Accept: application/json' https://api.example.com/v1/me
curl -s -H "PRIVATE-TOKEN: $(< /run/secrets/git)" https://git.example.com/api/v4/version
curl -s -H @/run/headers.txt https://api.example.com/v1/config
`,
  ),
  good(
    "netrc written from a secret",
    () => `#!/bin/bash
umask 077
cat > /root/.netrc <<EOF
machine artifacts.example.internal
login deploy
password $(aws ssm get-parameter --name /artifacts/deploy --with-decryption --query Parameter.Value --output text)
EOF
curl --netrc-file /run/secrets/netrc -fsSO https://artifacts.example.internal/app.tgz
curl -n -fsSO https://artifacts.example.internal/app.tgz
`,
  ),
  good(
    "wget that asks",
    () => `#!/bin/bash
cat > /usr/local/bin/fetch-tool <<'EOF'
#!/bin/sh
exec wget --user="$USER" --ask-password "$@"
EOF
printf 'use_askpass = /usr/local/bin/askpass\\nauth_no_challenge = off\\n' > /etc/wgetrc.local
`,
  ),
  good(
    "client certificate by file",
    () => `#!/bin/bash
curl --cert /etc/ssl/client.pem --key /etc/ssl/client.key --cacert /etc/ssl/ca.pem https://mtls.example.com/policy -o /etc/policy.json
curl --cert-type P12 --cert "/etc/ssl/client.p12:$(cat /run/secrets/p12)" https://mtls.example.com/policy -o /etc/policy.json
curl --pinnedpubkey "sha256//$PIN" https://mtls.example.com/health
`,
  ),
  good(
    "JSON bodies built from variables",
    () => `#!/bin/bash
jq -n --arg u "$USER" --arg p "$(cat /run/secrets/login)" '{user: $u, password: $p}' | curl -s -X POST https://auth.example.com/v1/login -H 'Content-Type: application/json' -d @- > /run/session.json
curl -s -d "{\\"user\\":\\"boot\\",\\"password\\":\\"$BOOT_PW\\"}" https://auth.example.com/v1/login
curl -s -d "grant_type=client_credentials&client_id=$CID&client_secret=$CSECRET" https://login.example.com/oauth2/token
`,
  ),
  good(
    "headers that carry no secret",
    (made) => `#!/bin/bash
curl -s -H "X-Request-Id: ${made.uuid()}" -H 'If-None-Match: "${made.digest("md5")}"' https://files.example.com/list.json
curl -s -H 'Cookie: consent=1; lang=de; theme=dark' https://files.example.com/
curl -s -H "traceparent: 00-${made.digest("md5")}-${made.digest("md5").slice(0, 16)}-01" https://api.example.com/ping
curl -s -H 'X-Auth-Method: password' -H 'X-Token-Type: Bearer' https://api.example.com/methods
`,
  ),
  good(
    "web socket handshake of the standard",
    () => `#!/bin/bash
curl -s -o /dev/null -w '%{http_code}\\n' -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H "Sec-WebSocket-Key: $(openssl rand -base64 16)" http://localhost:8080/ws
`,
  ),
  good(
    "webhook address from Parameter Store",
    () => `#!/bin/bash
HOOK=$(aws ssm get-parameter --name /chat/webhook --with-decryption --query Parameter.Value --output text)
curl -s -X POST -H 'Content-type: application/json' --data "{\\"text\\":\\"$(hostname) is up\\"}" "$HOOK"
curl -s "https://hooks.example.com/services/$(cat /run/secrets/hook)" -d up=1
`,
  ),
  good(
    "addresses with an at sign that is no user part",
    () => `#!/bin/bash
curl -fsSL https://cdn.example.com/npm/@scope/pkg@1.2.3/dist/index.js -o /srv/web/index.js
curl -fsSL 'https://maps.example.com/@52.5200,13.4050,12z' -o /dev/null
git clone git@git.example.com:ops/site.git /srv/site
rsync -a backup@vault.example.internal:/srv/ /srv/
scp -P 2222 deploy@10.0.0.4:/opt/app.tgz /tmp/
wget -q "https://example.com:8443/p?mail=a:b@example.com" -O /dev/null
`,
  ),
  good(
    "addresses that have only a user",
    () => `#!/bin/bash
git clone https://deploy@git.example.com/ops/site.git /srv/site
svn export --non-interactive svn+ssh://build@svn.example.internal/trunk /srv/www
export REPO=ssh://git@git.example.com:7999/ops/site.git
sftp -b /opt/batch -i /root/.ssh/drop sftp://drop@sftp.example.com:22/in
`,
  ),

  // Encryption

  good(
    "pass phrases from files and descriptors",
    () => `#!/bin/bash
openssl rsa -in /tmp/site.key.enc -out /etc/ssl/private/site.key -passin file:/run/secrets/key-pass
KEY_PASS=$(cat /run/secrets/key-pass) openssl pkcs12 -in /tmp/site.p12 -nodes -passin env:KEY_PASS -out /tmp/site.pem
openssl enc -d -aes-256-cbc -pbkdf2 -pass fd:3 -in /tmp/a.enc -out /tmp/a 3< <(aws ssm get-parameter --name /enc/pass --with-decryption --query Parameter.Value --output text)
gpg --batch --pinentry-mode loopback --passphrase-file /run/secrets/gpg -d /opt/app.env.gpg > /run/app.env
gpg --batch --passphrase-fd 0 -d /opt/b.gpg < /run/secrets/gpg > /run/b
`,
  ),
  good(
    "certificates made at boot",
    () => `#!/bin/bash
openssl req -x509 -newkey rsa:2048 -nodes -keyout /etc/ssl/private/self.key -out /etc/ssl/certs/self.crt -days 365 -subj "/CN=$(hostname -f)"
openssl req -new -key /etc/ssl/private/self.key -subj /CN=web -passout pass: -out /tmp/web.csr
openssl dhparam -dsaparam -out /etc/ssl/dh.pem 2048
openssl x509 -in /etc/ssl/certs/self.crt -noout -fingerprint -sha256
`,
  ),
  good(
    "Diffie-Hellman parameters",
    (made) => `#!/bin/bash
cat > /etc/ssl/dhparam.pem <<'EOF'
${pem("DH PARAMETERS", wrap(`MIIBCAKCAQEA${[1, 2, 3, 4, 5, 6, 7].map(() => publicBytes(made).slice(0, 43)).join("")}`, 64))}
EOF
`,
  ),
  good(
    "certificate and request in a document",
    (made) => `#!/bin/bash
cat > /etc/pki/ca-trust/source/anchors/internal.pem <<'EOF'
${made.certificate()}
EOF
update-ca-trust
CA_B64=${b64(made.certificate())}
echo "$CA_B64" | base64 -d > /etc/app/ca.pem
`,
  ),
  good(
    "public keys of GnuPG and their fingerprints",
    (made) => `#!/bin/bash
FPR=${made.digest("sha1").toUpperCase()}
gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$FPR"
gpg --batch --import <<'EOF'
${pem("PGP PUBLIC KEY BLOCK", `\n${[1, 2, 3, 4].map(() => publicBytes(made)).join("\n")}\n=ab1c`)}
EOF
echo "$FPR:6:" | gpg --import-ownertrust
git config --global user.signingkey ${made.digest("sha1").slice(0, 16).toUpperCase()}
`,
  ),
  good(
    "key generation without protection",
    () => `#!/bin/bash
gpg --batch --generate-key <<'EOF'
%no-protection
Key-Type: EDDSA
Key-Curve: ed25519
Name-Real: Repo
Name-Email: repo@example.com
Expire-Date: 0
%commit
EOF
gpg --export --armor repo@example.com > /srv/repo/key.asc
`,
  ),
  good(
    "recipients of age and rules of sops",
    (made) => `#!/bin/bash
RECIPIENT=age1${made
      .digest()
      .slice(0, 58)
      .replaceAll(/[1bio]/g, "q")}
tar -cz /etc/app | age -r "$RECIPIENT" -o /srv/backup/app.tgz.age
cat > /opt/app/.sops.yaml <<EOF
creation_rules:
  - path_regex: secrets/.*
    kms: arn:aws:kms:eu-west-1:${made.account()}:alias/sops
    age: $RECIPIENT
    encrypted_regex: '^(data|password|token)$'
EOF
age-keygen -o /root/host.key 2> /root/host.pub
`,
  ),
  good(
    "vault password of Ansible from a script",
    () => `#!/bin/bash
cat > /opt/site/vault-pass.sh <<'EOF'
#!/bin/sh
aws ssm get-parameter --name /ansible/vault --with-decryption --query Parameter.Value --output text
EOF
chmod 700 /opt/site/vault-pass.sh
ansible-playbook -c local -i localhost, --vault-password-file /opt/site/vault-pass.sh /opt/site/site.yml
ANSIBLE_VAULT_PASSWORD_FILE=/opt/site/vault-pass.sh ansible-pull -U https://git.example.com/ops/site.git
`,
  ),
  good(
    "disks with random and fetched keys",
    (made) => `#!/bin/bash
echo 'swap /dev/nvme1n1p2 /dev/urandom swap,cipher=aes-xts-plain64,size=512' >> /etc/crypttab
echo 'data UUID=${made.uuid()} none luks,discard,tpm2-device=auto' >> /etc/crypttab
dd if=/dev/urandom of=/root/luks.key bs=64 count=1
cryptsetup -q luksFormat --key-file /root/luks.key /dev/nvme2n1
aws kms decrypt --ciphertext-blob fileb:///opt/data.key.enc --query Plaintext --output text | base64 -d | cryptsetup open --key-file - /dev/nvme3n1 data
`,
  ),
  good(
    "disk bound to a key server",
    (made) => `#!/bin/bash
clevis luks bind -y -k /run/secrets/luks -d /dev/nvme1n1p3 tang '{"url":"http://tang.example.internal","thp":"${publicBytes(made).slice(0, 43).replaceAll("+", "-").replaceAll("/", "_")}"}'
clevis luks list -d /dev/nvme1n1p3
`,
  ),
  good(
    "signatures checked with public keys",
    (made) => `#!/bin/bash
minisign -Vm /tmp/app.tgz -P RWQ${publicBytes(made)}${publicBytes(made).slice(0, 9)}
cosign verify --certificate-identity-regexp '^https://github.com/example/' --certificate-oidc-issuer https://token.actions.githubusercontent.com registry.example.internal/app:1.4.2
openssl dgst -sha256 -verify /etc/app/release.pub -signature /tmp/app.sig /tmp/app.tgz
signify-openbsd -V -p /etc/signify/app.pub -m /tmp/app.tgz
`,
  ),
  good(
    "checksums of downloads",
    (made) => `#!/bin/bash
set -e
curl -fsSLo /tmp/tool.tgz https://dl.example.com/tool-3.2.1.tgz
echo "${made.digest()}  /tmp/tool.tgz" | sha256sum -c -
echo "${made.digest("md5")} */tmp/tool.tgz" | md5sum --check
TOOL_SHA512=${made.digest("sha512")}
[ "$(sha512sum /tmp/tool.tgz | cut -d' ' -f1)" = "$TOOL_SHA512" ]
`,
  ),
  good(
    "integrity values of lock files",
    (made) => `#!/bin/bash
cat > /srv/app/package-lock.json <<'JSON'
{ "name": "app", "lockfileVersion": 3, "packages": { "node_modules/jsonwebtoken": { "version": "9.0.2", "integrity": "sha512-${publicBytes(made)}${publicBytes(made)}" }, "node_modules/js-tokens": { "version": "4.0.0", "integrity": "sha512-${publicBytes(made)}" } } }
JSON
cat > /srv/app/requirements.txt <<'EOF'
tokenizers==0.19.1 --hash=sha256:${made.digest()}
passlib==1.7.4 --hash=sha256:${made.digest()}
EOF
echo "golang.org/x/crypto v0.24.0 h1:${publicBytes(made)}" > /srv/app/go.sum
`,
  ),
  good(
    "certificate client with files",
    () => `#!/bin/bash
aws ssm get-parameter --name /dns/cloudflare.ini --with-decryption --query Parameter.Value --output text | install -m 600 /dev/stdin /run/cloudflare.ini
certbot certonly -n --agree-tos -m ops@example.com --dns-cloudflare --dns-cloudflare-credentials /run/cloudflare.ini -d app.example.com --key-type ecdsa --reuse-key
certbot certonly -n --dns-route53 -d api.example.com
`,
  ),
  good(
    "archives without a literal",
    () => `#!/bin/bash
7z x -y -p"$BUNDLE_PW" /tmp/bundle.7z -o/opt/bundle
unzip -o -P "$(cat /run/secrets/zip)" /tmp/fonts.zip -d /usr/share/fonts/vendor
tar -xpzf /tmp/app.tgz -C / --same-owner
cpio -idmp /srv/in < /tmp/list
gocryptfs -extpass "cat /run/secrets/gocryptfs" /srv/cipher /srv/plain
`,
  ),
  good(
    "encrypted dataset with a key file",
    () => `#!/bin/bash
dd if=/dev/urandom of=/root/zfs.key bs=32 count=1
zfs create -o encryption=aes-256-gcm -o keyformat=raw -o keylocation=file:///root/zfs.key tank/data
fscryptctl add_key /srv < /run/secrets/fscrypt.key
`,
  ),

  // File systems and backup

  good(
    "mounts with a credentials file and with tickets",
    (made) => `#!/bin/bash
aws ssm get-parameter --name /nas/cred --with-decryption --query Parameter.Value --output text > /etc/samba/nas.cred && chmod 600 /etc/samba/nas.cred
cat >> /etc/fstab <<'EOF'
UUID=${made.uuid()} /data xfs defaults,nofail 0 2
//nas.example.internal/media /srv/media cifs credentials=/etc/samba/nas.cred,_netdev 0 0
//nas.example.internal/home /srv/home cifs sec=krb5,multiuser,cruid=root,_netdev 0 0
//nas.example.internal/pub /srv/pub cifs guest,ro,_netdev 0 0
fs-0a1b2c3d4e5f60718:/ /efs efs _netdev,tls,iam 0 0
EOF
mount -a
`,
  ),
  good(
    "mount options from variables",
    () => `#!/bin/bash
mount -t cifs //nas.example.internal/media /srv/media -o "username=$NAS_USER,password=$NAS_PW,vers=3.1.1"
PASSWD="$(cat /run/secrets/nas)" mount.cifs //nas.example.internal/in /srv/in -o user=svc
smbclient //nas.example.internal/in -A /run/secrets/smb.auth -c ls
smbclient -k //nas.example.internal/in -c ls
`,
  ),
  good(
    "s3fs and davfs without literals",
    () => `#!/bin/bash
echo 's3fs#example-media /srv/media fuse _netdev,allow_other,iam_role=auto,endpoint=eu-west-1 0 0' >> /etc/fstab
printf 'use_locks 0\\nask_auth 0\\nsecrets /run/secrets/davfs\\n' > /etc/davfs2/davfs2.conf
mount-s3 example-data /srv/data --allow-other --read-only
`,
  ),
  good(
    "iSCSI without CHAP",
    () => `#!/bin/bash
iscsiadm -m discovery -t st -p 10.4.0.8:3260
iscsiadm -m node -o update -n node.session.auth.authmethod -v None
iscsiadm -m node -o update -n node.session.timeo.replacement_timeout -v 120
iscsiadm -m node -p 10.4.0.8:3260 --login
`,
  ),
  good(
    "backup programs with commands for the password",
    () => `#!/bin/bash
export RESTIC_REPOSITORY=s3:s3.amazonaws.com/example-restic
export RESTIC_PASSWORD_COMMAND="aws ssm get-parameter --name /backup/restic --with-decryption --query Parameter.Value --output text"
export BORG_PASSCOMMAND='cat /run/secrets/borg' BORG_RELOCATED_REPO_ACCESS_IS_OK=yes BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=no
restic --password-file /run/secrets/restic snapshots --latest 1
KOPIA_PASSWORD="$(cat /run/secrets/kopia)" kopia repository connect s3 --bucket=example-kopia --region=eu-west-1
PASSPHRASE="$(cat /run/secrets/duplicity)" duplicity /srv boto3+s3://example-backup/web
`,
  ),
  good(
    "rclone with the role of the machine",
    () => `#!/bin/bash
cat > /root/.config/rclone/rclone.conf <<'EOF'
[s3]
type = s3
provider = AWS
env_auth = true
access_key_id =
secret_access_key =
region = eu-west-1
server_side_encryption = aws:kms
EOF
rclone config create dav webdav url=https://cloud.example.com/dav user=backup pass="$(rclone obscure "$(cat /run/secrets/dav)")"
RCLONE_CONFIG_PASS="$(cat /run/secrets/rclone)" rclone sync /srv s3:example-backup
`,
  ),
  good(
    "pgBackRest with automatic keys",
    () => `#!/bin/bash
cat > /etc/pgbackrest.conf <<'EOF'
[global]
repo1-type=s3
repo1-s3-bucket=example-pg
repo1-s3-key-type=auto
repo1-s3-kms-key-id=alias/pg-backup
repo1-cipher-type=none
repo1-retention-full=4
EOF
`,
  ),
  good(
    "rsync with a password file",
    () => `#!/bin/bash
rsync -a --password-file=/run/secrets/rsync rsync://mirror@files.example.internal/pub/ /srv/pub/
RSYNC_PASSWORD="$(< /run/secrets/rsync)" rsync -a rsync://mirror@files.example.internal/pub/ /srv/pub/
rsync -rptgo --partial -e 'ssh -p 2222 -i /root/.ssh/backup' /srv/ backup@vault.example.internal:srv/
`,
  ),
  good(
    "ftp client that reads its login",
    () => `#!/bin/bash
source /run/secrets/ftp.env
ftp -inv files.example.com <<EOF
user $FTP_USER $FTP_PASS
passive
put /srv/out/daily.csv daily.csv
bye
EOF
lftp -u "$FTP_USER,$FTP_PASS" -e 'set ftp:passive-mode true; ls; bye' ftps://files.example.com
`,
  ),
  good(
    "settings of vsftpd",
    () => `#!/bin/bash
cat > /etc/vsftpd/vsftpd.conf <<'EOF'
anonymous_enable=NO
local_enable=YES
pasv_min_port=30000
pasv_max_port=30100
pam_service_name=vsftpd
userlist_enable=YES
rsa_private_key_file=/etc/ssl/private/ftp.key
secure_email_list_enable=NO
EOF
`,
  ),

  // Package managers

  good(
    "npm with variables and a fetched token",
    () => `#!/bin/bash
cat > /srv/app/.npmrc <<'EOF'
@example:registry=https://npm.example.internal/
//npm.example.internal/:_authToken=\${NPM_TOKEN}
always-auth=true
package-lock=true
EOF
npm config set //example-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/main/:_authToken "$(aws codeartifact get-authorization-token --domain example --query authorizationToken --output text)"
`,
  ),
  good(
    "pip with a token in a variable",
    () => `#!/bin/bash
CODEARTIFACT_TOKEN=$(aws codeartifact get-authorization-token --domain example --query authorizationToken --output text)
pip config set global.index-url "https://aws:\${CODEARTIFACT_TOKEN}@example-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/simple/"
export PIP_INDEX_URL=https://pypi.example.internal/simple PIP_KEYRING_PROVIDER=subprocess
TWINE_PASSWORD="$(cat /run/secrets/pypi)" TWINE_USERNAME=__token__ twine upload dist/*
`,
  ),
  good(
    "Maven and Gradle read the environment",
    () => `#!/bin/bash
cat > /root/.m2/settings.xml <<'XML'
<settings><servers><server>
  <id>releases</id>
  <username>\${env.REPO_USER}</username>
  <password>\${env.REPO_PASSWORD}</password>
  <privateKey>\${user.home}/.ssh/id_ed25519</privateKey>
</server></servers></settings>
XML
cat > /srv/app/repo.gradle <<'GRADLE'
repositories { maven { url = "https://repo.example.internal"; credentials { username = findProperty("repoUser"); password = System.getenv("REPO_PASSWORD") } } }
GRADLE
`,
  ),
  good(
    "Composer, Bundler and Cargo without literals",
    () => `#!/bin/bash
export COMPOSER_AUTH="$(aws secretsmanager get-secret-value --secret-id php/composer --query SecretString --output text)"
bundle config set --global gems.example.internal "deploy:$(cat /run/secrets/gems)"
export CARGO_REGISTRIES_INTERNAL_TOKEN="$(cat /run/secrets/cargo)"
printf '[registry]\\nglobal-credential-providers = ["cargo:token-from-stdout /usr/local/bin/cargo-token"]\\n' > /root/.cargo/config.toml
dotnet nuget add source https://nuget.example.internal/v3/index.json -n internal -u ci -p "$NUGET_PW" --store-password-in-clear-text
`,
  ),
  good(
    "repositories with keys and client certificates",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/vendor.repo <<'EOF'
[vendor]
name=Vendor
baseurl=https://rpm.example.com/el9/$basearch
gpgcheck=1
repo_gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-vendor
sslclientkey=/etc/pki/entitlement/key.pem
sslclientcert=/etc/pki/entitlement/cert.pem
metadata_expire=6h
EOF
echo 'deb [signed-by=/usr/share/keyrings/vendor.gpg] https://deb.example.com/stable stable main' > /etc/apt/sources.list.d/vendor.list
`,
  ),
  good(
    "zypper names its credentials",
    () => `#!/bin/bash
aws ssm get-parameter --name /zypp/vendor --with-decryption --query Parameter.Value --output text > /etc/zypp/credentials.d/vendor
zypper --non-interactive ar -f -p 90 'https://updates.example.com/sle15?credentials=vendor' vendor
SUSEConnect --url https://rmt.example.internal
`,
  ),
  good(
    "login of apt from a secret",
    () => `#!/bin/bash
printf 'machine apt.example.internal\\nlogin host\\npassword %s\\n' "$(cat /run/secrets/apt)" > /etc/apt/auth.conf.d/internal.conf
printf 'Acquire::https::Proxy "DIRECT";\\nAcquire::http::Proxy "http://proxy.example.internal:3128";\\nAPT::Authentication::TrustCDROM "false";\\n' > /etc/apt/apt.conf.d/80proxy
`,
  ),
  good(
    "keys of packages",
    (made) => `#!/bin/bash
rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-redhat-release
apt-key adv --keyserver keyserver.ubuntu.com --recv-keys ${made.digest("sha1").slice(0, 40).toUpperCase()}
pacman-key --recv-keys ${made.digest("sha1").slice(0, 16).toUpperCase()} && pacman-key --lsign-key ${made.digest("sha1").slice(0, 16).toUpperCase()}
nix-env --option trusted-public-keys "cache.example.com-1:${publicBytes(made)}" -iA nixpkgs.jq
go env -w "GOSUMDB=sum.example.com+033de0ae+${publicBytes(made)}"
`,
  ),
  good(
    "subscription from Parameter Store",
    () => `#!/bin/bash
pro attach "$(aws ssm get-parameter --name /ubuntu/pro --with-decryption --query Parameter.Value --output text)"
subscription-manager register --org="$RHSM_ORG" --activationkey="$(cat /run/secrets/rhsm)"
rhc connect --organization "$RHSM_ORG" --activation-key "$KEY"
`,
  ),

  // Git

  good(
    "credential helpers without a literal",
    () => `#!/bin/bash
git config --system credential.helper '!aws codecommit credential-helper $@'
git config --system credential.UseHttpPath true
git config --global credential.https://git.example.com.helper '!f() { echo username=ci; echo "password=$(cat /run/secrets/git)"; }; f'
git config --global credential.helper 'cache --timeout=900'
export GIT_ASKPASS=/bin/echo GIT_TERMINAL_PROMPT=0
`,
  ),
  good(
    "git addresses with tokens in variables",
    () => `#!/bin/bash
GIT_TOKEN=$(aws secretsmanager get-secret-value --secret-id git/deploy --query SecretString --output text)
git clone "https://x-access-token:\${GIT_TOKEN}@git.example.com/ops/site.git" /srv/site
git -C /srv/site remote set-url origin https://git.example.com/ops/site.git
git config --global url."git@git.example.com:".insteadOf "https://git.example.com/"
git -c http.extraHeader="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GIT_TOKEN" | base64 -w0)" -C /srv/site fetch
`,
  ),
  good(
    "git settings about keys and secrets",
    (made) => `#!/bin/bash
git config --global gpg.format ssh
git config --global user.signingkey "${made.sshPublicKey()}"
git config --global gpg.ssh.allowedSignersFile /etc/git/allowed_signers
printf '%s\\n' 'secrets/** filter=git-crypt diff=git-crypt' '*.key filter=git-crypt' > /srv/infra/.gitattributes
printf '%s\\n' '*.pem' '.env' 'credentials.json' 'id_rsa*' > /srv/infra/.gitignore
git -C /srv/infra checkout --detach ${made.digest("sha1")}
`,
  ),
  good(
    "stores logged in from commands",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id gh --query SecretString --output text | gh auth login --with-token
p4 login < /run/secrets/p4
aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com
svn checkout --non-interactive --username build --password "$(cat /run/secrets/svn)" https://svn.example.internal/trunk /srv/www
`,
  ),

  // Services and schedules

  good(
    "credentials of systemd by file",
    () => `#!/bin/bash
cat > /etc/systemd/system/api.service.d/cred.conf <<'EOF'
[Service]
LoadCredential=db.password:/run/secrets/db
LoadCredentialEncrypted=api.token:/etc/credstore.encrypted/api.cred
ImportCredential=smtp.*
Environment=DB_PASSWORD_FILE=%d/db.password
KeyringMode=private
EOF
systemd-creds encrypt --name=api.token /run/secrets/api /etc/credstore.encrypted/api.cred
`,
  ),
  good(
    "environment of a unit without values",
    () => `#!/bin/bash
cat > /etc/systemd/system/api.service <<'EOF'
[Service]
EnvironmentFile=-/run/api.env
PassEnvironment=API_TOKEN DB_PASSWORD
UnsetEnvironment=AWS_SECRET_ACCESS_KEY
Environment=SECRET_ID=prod/api TOKEN_TTL=3600 "KEY_FILE=/etc/api/tls.key"
ExecStart=/opt/api/bin/api --token-file /run/secrets/api --password-env DB_PASSWORD
PrivateTmp=yes
EOF
`,
  ),
  good(
    "unit that fetches before the start",
    () => `#!/bin/bash
cat > /etc/systemd/system/api.service.d/fetch.conf <<'EOF'
[Service]
RuntimeDirectory=api
ExecStartPre=/bin/sh -c 'umask 077; printf "DB_PASSWORD=%%s\\n" "$(aws ssm get-parameter --name /api/db --with-decryption --query Parameter.Value --output text)" > /run/api/env'
EnvironmentFile=-/run/api/env
EOF
systemctl daemon-reload
`,
  ),
  good(
    "environment of the manager from a command",
    () => `#!/bin/bash
systemctl set-environment QUEUE_PASSWORD="$(cat /run/secrets/queue)"
systemctl import-environment API_TOKEN
systemd-run --unit=once --setenv=TOKEN="$TOKEN" --property=Environment=MODE=once /opt/app/once
`,
  ),
  good(
    "cron jobs that rotate and check",
    () => `#!/bin/bash
cat > /etc/cron.d/rotation <<'EOF'
MAILTO=ops@example.com
0 3 * * 0 root /opt/bin/rotate-password --length 32 --secret-id prod/db >> /var/log/rotate-password.log 2>&1
*/30 * * * * root /opt/bin/refresh-token --audience api
15 6 * * * root /usr/bin/aws ssm get-parameter --name /app/token --with-decryption --query Parameter.Value --output text > /run/app.token
EOF
`,
  ),
  good(
    "Supervisor and runit read files",
    () => `#!/bin/bash
cat > /etc/supervisord.d/worker.ini <<'EOF'
[unix_http_server]
file=/run/supervisor.sock
[program:worker]
command=/bin/sh -c 'API_KEY="$(cat /run/secrets/api)" exec /srv/worker/run'
environment=QUEUE="default",API_KEY_FILE="/run/secrets/api",DB_PASSWORD="%(ENV_DB_PASSWORD)s"
EOF
mkdir -p /etc/sv/api/env && cp /run/secrets/api /etc/sv/api/env/API_KEY && echo 8080 > /etc/sv/api/env/PORT
`,
  ),
  good(
    "process file that reads the environment",
    () => `#!/bin/bash
cat > /srv/web/ecosystem.config.js <<'JS'
module.exports = { apps: [{ name: "web", script: "dist/main.js",
  env_production: { NODE_ENV: "production", JWT_SECRET: process.env.JWT_SECRET, PASSWORD_POLICY: "strict", TOKEN_HEADER: "x-access-token" } }] };
JS
`,
  ),
  good(
    "multipart message without a secret",
    () => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==BOUNDARY=="

--==BOUNDARY==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
ssh_pwauth: false
disable_root: true
chpasswd:
  expire: true
  users:
    - { name: ops, type: RANDOM }

--==BOUNDARY==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
nmcli con mod eth1 802-1x.eap tls 802-1x.identity host1 802-1x.private-key /etc/pki/host1.key 802-1x.private-key-password "$(cat /run/secrets/host1)"

--==BOUNDARY==--
`,
  ),
  good(
    "cloud-config with locked users",
    (made) => `#cloud-config
users:
  - name: ops
    lock_passwd: true
    passwd: "!"
    ssh_authorized_keys:
      - ${made.sshPublicKey()}
    sudo: "ALL=(ALL) NOPASSWD:ALL"
write_files:
  - path: /etc/ssh/sshd_config.d/10-keys.conf
    content: |
      PasswordAuthentication no
      AuthenticationMethods publickey
runcmd:
  - [sh, -c, 'printf "DB_PASSWORD=%s\\n" "$(aws ssm get-parameter --name /app/db --with-decryption --query Parameter.Value --output text)" > /run/app.env']
`,
  ),
  good(
    "scheduled task of a service account",
    () => `<powershell>
schtasks /Create /TN "Nightly" /TR "C:\\ops\\nightly.cmd" /SC DAILY /ST 02:00 /RU SYSTEM /RL HIGHEST /F
$password = (Get-SSMParameter -Name /win/night -WithDecryption $true).Value
schtasks /Create /TN "Report" /TR "C:\\ops\\report.cmd" /SC DAILY /ST 03:00 /RU EXAMPLE\\night /RP $password /F
secedit /configure /db C:\\windows\\security\\local.sdb /cfg C:\\ops\\policy.inf /areas SECURITYPOLICY
</powershell>
`,
  ),
  good(
    "network drive without a password",
    () => `<script>
net use Z: \\\\files.example.internal\\dist /persistent:yes
net accounts /minpwlen:14 /maxpwage:90 /lockoutthreshold:5
cmdkey /list
net user guest /active:no
set PASSWORD=%DB_PASSWORD%
</script>
`,
  ),
  good(
    "long hardening script about passwords and keys",
    (made) => `#!/bin/bash
# Baseline for all hosts. Section 5: access, authentication, authorisation.
set -euo pipefail
BASELINE=cis-2.1; BASELINE_SHA256=${made.digest()}
curl -fsSLo /opt/baseline.tgz "https://baseline.example.com/$BASELINE.tgz"
echo "$BASELINE_SHA256  /opt/baseline.tgz" | sha256sum -c -
# 5.2 SSH: keys only, no passwords
for kv in "PasswordAuthentication no" "PermitEmptyPasswords no" "PermitRootLogin no" "MaxAuthTries 4" "LoginGraceTime 60"; do
  key=\${kv%% *}; value=\${kv#* }
  sed -i -E "s|^#?\\s*$key .*|$key $value|" /etc/ssh/sshd_config
done
find /etc/ssh -name 'ssh_host_*_key' -exec chmod 600 {} +
find /etc/ssh -name 'ssh_host_*_key.pub' -exec chmod 644 {} +
# 5.3 passwords: length, history, lockout
authselect select sssd with-faillock with-pwhistory --force
sed -i -e 's/^# *deny =.*/deny = 5/' -e 's/^# *unlock_time =.*/unlock_time = 900/' /etc/security/faillock.conf
sed -i -e 's/^# *remember =.*/remember = 24/' /etc/security/pwhistory.conf
# 5.4 accounts
awk -F: '($2 == "") { print $1 " has no password"; system("passwd -l " $1) }' /etc/shadow
for user in $(awk -F: '$3 < 1000 && $1 != "root" { print $1 }' /etc/passwd); do usermod -L "$user"; done
# 5.5 root
usermod -g 0 root; passwd -l root
echo "baseline $BASELINE applied"
`,
  ),

  // More look-alikes

  good(
    "rules for a password in a regular expression",
    () => `#!/bin/bash
PASSWORD_REGEX='^[A-Za-z0-9_!-]{12,64}$'
TOKEN_PATTERN="^[a-f0-9]{40}$"
read -r password < /run/secrets/app
[[ $password =~ $PASSWORD_REGEX ]] || { echo "password does not match" >&2; exit 1; }
[[ $(< /run/secrets/token) =~ $TOKEN_PATTERN ]] || exit 1
`,
  ),
  good(
    "clean-up before an image is taken",
    () => `#!/bin/bash
trap 'shred -u /run/build-secret 2>/dev/null' EXIT
shred -u /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys /etc/ssh/ssh_host_*_key
rm -f /root/.netrc /root/.pgpass /root/.my.cnf /root/.aws/credentials /root/.docker/config.json
find / -xdev \\( -name '*.pem' -o -name 'id_rsa' -o -name '.git-credentials' \\) -path '/home/*' -delete
sed -i '/PASSWORD=/d; /TOKEN=/d' /etc/environment
cloud-init clean --logs
`,
  ),
  good(
    "directory for secrets in memory",
    () => `#!/bin/bash
install -d -m 0700 -o root -g root /run/secrets
mount -t tmpfs -o size=1m,mode=0700 secrets /run/secrets
ln -sfn /run/secrets/token /etc/app/token
chown root:app /run/secrets && setfacl -m g:app:rx /run/secrets
echo 'd /run/secrets 0700 root root -' > /etc/tmpfiles.d/secrets.conf
`,
  ),
  good(
    "profiles of AWS without keys",
    (made) => `#!/bin/bash
mkdir -p /root/.aws
cat > /root/.aws/config <<'EOF'
[default]
region = eu-west-1
credential_source = Ec2InstanceMetadata
role_arn = arn:aws:iam::${made.account()}:role/deploy
[profile onprem]
credential_process = /usr/local/bin/aws_signing_helper credential-process --certificate /etc/ssl/host.crt --private-key /etc/ssl/private/host.key
EOF
`,
  ),
  good(
    "lists of ciphers",
    () => `#!/bin/bash
cat > /etc/nginx/conf.d/tls.conf <<'EOF'
ssl_protocols TLSv1.2 TLSv1.3;
ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:!aNULL:!MD5;
ssl_ecdh_curve X25519:secp384r1;
ssl_session_cache shared:SSL:10m;
EOF
sed -i 's/^CipherString.*/CipherString = DEFAULT@SECLEVEL=2/' /etc/ssl/openssl.cnf
`,
  ),
  good(
    "users and groups with a colon",
    () => `#!/bin/bash
chown -R deploy:deploy12 /srv/app
install -o app -g app -m 600 /dev/null /etc/app/env
docker run -d --user 1000:1000 --name web -p 8080:8080 registry.example.internal/web:2024.06.1
rsync -a --chown=www-data:www-data /opt/site/ /var/www/
podman run --rm -u appuser:appgroup docker.io/library/alpine:3.20 id
`,
  ),
  good(
    "short options that look like a login",
    () => `#!/bin/bash
useradd -u 1501 -U app; id -u app; date -u +%F; sort -u /root/users.txt
iptables -w 5 -A INPUT -p tcp --dport 443 -j ACCEPT
setsebool -P httpd_can_network_connect 1
sysctl -p /etc/sysctl.d/90-app.conf
nc -w 3 -z db.example.internal 5432; lsof -p 1; nmap -p22,443 10.0.0.4
journalctl -u app -p err --no-pager; cp -Pp /etc/hosts /root/
zip -qr /tmp/a.zip /etc/app -x '*.key'
`,
  ),
  good(
    "guide for developers in a text file",
    () => `#!/bin/bash
cat > /opt/app/README.md <<'EOF'
# Running the service
1. Copy \`.env.example\` to \`.env\`.
2. Set \`DB_PASSWORD=<your password>\` and \`API_TOKEN=<token from the portal>\`.
3. Log in with \`psql -U app -W\`; the password is in Secrets Manager under \`prod/app\`.
4. Rotate with \`./rotate --secret-id prod/app --password-length 24\`.
EOF
`,
  ),
  good(
    "policy document about secrets",
    (made) => `#!/bin/bash
cat > /opt/iam/policy.json <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "ReadSecret", "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue", "kms:Decrypt"], "Resource": "arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:prod/app-??????" },
    { "Sid": "DenyOldTokens", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "DateLessThan": { "aws:TokenIssueTime": "2024-06-01T00:00:00Z" }, "StringNotEquals": { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } } }
  ]
}
JSON
`,
  ),
  good(
    "variables of an infrastructure program",
    () => `#!/bin/bash
cat > /opt/infra/main.tf <<'HCL'
variable "db_password" {
  type      = string
  sensitive = true
}
resource "random_password" "app" { length = 24 }
resource "aws_db_instance" "app" {
  username = "app"
  password = var.db_password
  manage_master_user_password = null
  kms_key_id = aws_kms_key.db.arn
}
output "api_token" { value = random_password.app.result }
HCL
`,
  ),
  good(
    "encrypted values of a stack",
    (made) => `#!/bin/bash
cat > /opt/infra/Pulumi.prod.yaml <<'YAML'
secretsprovider: awskms://alias/pulumi?region=eu-west-1
encryptedkey: AQICAH${publicBytes(made)}${publicBytes(made)}
config:
  aws:region: eu-west-1
  app:dbPassword:
    secure: v1:${publicBytes(made).slice(0, 16)}:${publicBytes(made)}
YAML
`,
  ),
  good(
    "play that looks secrets up",
    () => `#!/bin/bash
cat > /opt/site/site.yml <<'YAML'
- hosts: localhost
  connection: local
  vars:
    db_password: "{{ lookup('amazon.aws.secretsmanager_secret', 'prod/db') }}"
    api_token: "{{ vault_api_token }}"
  tasks:
    - ansible.builtin.user: { name: deploy, password: "!", password_lock: true, update_password: on_create, generate_ssh_key: true }
      no_log: true
    - ansible.builtin.template: { src: app.conf.j2, dest: /etc/app.conf, mode: "0600" }
YAML
ansible-playbook /opt/site/site.yml
`,
  ),
  good(
    "hierarchy with encrypted values",
    (made) => `#!/bin/bash
mkdir -p /etc/puppetlabs/code/data
cat > /etc/puppetlabs/code/data/common.yaml <<'YAML'
profile::db::user: app
profile::db::password: ENC[PKCS7,MIIBeQYJKoZIhvcNAQcDoIIBajCCAWYC${publicBytes(made)}]
profile::web::key_path: /etc/ssl/private/site.key
YAML
puppet apply -e 'file { "/etc/app.pw": content => Sensitive(lookup("profile::db::password")), show_diff => false }'
`,
  ),
  good(
    "rule that asks for the password of an administrator",
    () => `#!/bin/bash
cat > /etc/polkit-1/rules.d/50-units.rules <<'JS'
polkit.addRule(function (action, subject) {
  // password of an administrator, kept for five minutes
  if (action.id == "org.freedesktop.systemd1.manage-units") return polkit.Result.AUTH_ADMIN_KEEP;
});
JS
echo 'ops ALL=(ALL:ALL) PASSWD: ALL' > /etc/sudoers.d/ops
`,
  ),
  good(
    "kernel arguments for encrypted disks",
    (made) => `#!/bin/bash
grubby --update-kernel=ALL --args="rd.luks.uuid=luks-${made.uuid()} rd.luks.key=/keyfile:UUID=${made.uuid()} rd.luks.options=tpm2-device=auto"
PASSWORD="$(cat /run/secrets/luks)" systemd-cryptenroll --tpm2-device=auto --tpm2-pcrs=7 /dev/nvme1n1
`,
  ),
  good(
    "records that prove a domain",
    (made) => `#!/bin/bash
cat > /etc/nsd/zones/example.com.zone <<'EOF'
@ IN TXT "google-site-verification=${publicBytes(made).slice(0, 43)}"
@ IN TXT "MS=ms81762345"
@ IN CAA 0 issue "letsencrypt.org"
_443._tcp IN TLSA 3 1 1 ${made.digest()}
host IN SSHFP 4 2 ${made.digest()}
EOF
`,
  ),
  good(
    "fingerprints of a host key",
    (made) => `#!/bin/bash
EXPECTED="SHA256:${publicBytes(made).slice(0, 43)}"
ssh-keyscan -t ed25519 git.example.com > /tmp/hk 2>/dev/null
[ "$(ssh-keygen -lf /tmp/hk | awk '{print $2}')" = "$EXPECTED" ] && cat /tmp/hk >> /root/.ssh/known_hosts
openssl x509 -in /etc/ssl/ca.pem -noout -fingerprint -sha1 | grep -q "${(made.digest("sha1").toUpperCase().match(/../g) ?? []).join(":")}"
`,
  ),
  good(
    "fingerprints of a mobile application",
    (made) => `#!/bin/bash
mkdir -p /var/www/html/.well-known
cat > /var/www/html/.well-known/assetlinks.json <<'JSON'
[{ "relation": ["delegate_permission/common.handle_all_urls", "delegate_permission/common.get_login_creds"],
   "target": { "namespace": "android_app", "package_name": "com.example.app", "sha256_cert_fingerprints": ["${(made.digest().toUpperCase().match(/../g) ?? []).join(":")}"] } }]
JSON
`,
  ),
  good(
    "challenge of a certificate authority",
    (made) => `#!/bin/bash
mkdir -p /var/www/html/.well-known/acme-challenge
THUMBPRINT=${publicBytes(made).slice(0, 43).replaceAll("+", "-").replaceAll("/", "_")}
cat > /etc/nginx/snippets/acme.conf <<EOF
location ~ "^/\\.well-known/acme-challenge/([-_a-zA-Z0-9]+)$" {
  default_type text/plain;
  return 200 "\\$1.$THUMBPRINT";
}
EOF
`,
  ),
  good(
    "identifiers of hardware",
    (made) => `#!/bin/bash
cat > /etc/multipath.conf <<'EOF'
blacklist { wwid 36000c29${made.digest().slice(0, 25)} }
multipaths { multipath { wwid 3600508b4000156d700012000000b0000 alias data } }
EOF
echo "InitiatorName=iqn.1994-05.com.example:${made.digest().slice(0, 12)}" > /etc/iscsi/initiatorname.iscsi
echo "nqn.2014-08.org.nvmexpress:uuid:${made.uuid()}" > /etc/nvme/hostnqn
ip link set dev eth1 address 02:0a:1b:2c:3d:4e
mount /dev/disk/by-id/wwn-0x5000c500a1b2c3d4-part1 /data
`,
  ),
  good(
    "colours of the terminal",
    () => `#!/bin/bash
cat > /etc/profile.d/colours.sh <<'EOF'
export LS_COLORS='rs=0:di=01;34:ln=01;36:so=01;35:or=40;31;01:*.tgz=01;31:*.key=01;33'
export PS1='\\[\\e[1;32m\\]\\u@\\h\\[\\e[0m\\]:\\w\\$ '
export GREP_COLORS='ms=01;31:mc=01;31:sl=:cx=:fn=35'
EOF
`,
  ),
  good(
    "style sheet with an image inside",
    () => `#!/bin/bash
cat > /srv/web/site.css <<'EOF'
.password-toggle { background: url("data:image/svg+xml;base64,${b64('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><title>password</title><path d="M12 4a8 8 0 0 1 8 8"/></svg>')}"); }
.token, .secret::after { content: "token"; color: #c0ffee; }
EOF
`,
  ),
  good(
    "properties of a Java program",
    () => `#!/bin/bash
cat > /etc/default/app <<'EOF'
JAVA_OPTS="-Djava.security.egd=file:/dev/./urandom -Djavax.net.ssl.trustStore=/etc/ssl/truststore.p12 -Djavax.net.ssl.keyStore=/etc/ssl/app.p12 -Dapp.password.file=/run/secrets/app -Dsun.net.http.allowRestrictedHeaders=true"
EOF
`,
  ),
  good(
    "Python program that handles passwords",
    () => `#!/bin/bash
cat > /opt/app/login.py <<'PY'
import argparse, getpass, hashlib, os, requests

parser = argparse.ArgumentParser()
parser.add_argument("--password", default=None, help="password of the service account")
parser.add_argument("--token-file", default="/run/secrets/token")
args = parser.parse_args()
password = args.password or os.environ.get("APP_PASSWORD") or getpass.getpass("Password: ")
secret = open("/run/secrets/app").read().strip()
digest = hashlib.sha256(password.encode()).hexdigest()
token = requests.post("https://auth.example.com/token", auth=("app", password), data={"secret": secret}).json()["token"]
headers = {"Authorization": f"Bearer {token}", "X-Api-Key": os.environ["API_KEY"]}
if not password:
    raise SystemExit("password missing")
PY
`,
  ),
  good(
    "Node program that handles tokens",
    () => `#!/bin/bash
cat > /opt/app/session.mjs <<'JS'
import { readFile } from "node:fs/promises";
const { username, password } = JSON.parse(await readFile("/run/secrets/login.json", "utf8"));
const secret = process.env.APP_SECRET ?? (await readFile("/run/secrets/app", "utf8"));
const token = await sign({ sub: username }, secret, { algorithm: "HS256" });
const options = { headers: { authorization: \`Bearer \${token}\`, "x-api-key": config.apiKey }, key: await readFile(keyPath) };
if (password === undefined || token === null) throw new Error("no password, no token");
JS
`,
  ),
  good(
    "Ruby, Perl and PHP programs with passwords",
    () => `#!/bin/bash
cat > /opt/app/a.rb <<'RUBY'
password = ENV.fetch("DB_PASSWORD")
smtp = { user_name: "app", password: Rails.application.credentials.dig(:smtp, :password) }
RUBY
cat > /opt/app/b.pl <<'PERL'
my $password = shift @ARGV or die "usage: $0 PASSWORD\\n";
my %login = (user => 'app', password => $ENV{DB_PASSWORD}, token => get_token());
PERL
cat > /srv/www/c.php <<'PHP'
<?php
$password = $_POST['password'] ?? '';
$ok = password_verify($password, $user['password_hash']);
$dsn = new PDO("mysql:host=db.example.internal", 'app', getenv('DB_PASSWORD'));
PHP
`,
  ),
  good(
    "Go program with a flag for the password",
    () => `#!/bin/bash
cat > /opt/app/main.go <<'GO'
package main

import ("flag"; "os")

var password = flag.String("password", "", "database password")
var apiKey = os.Getenv("API_KEY")

type Login struct {
	User     string \`json:"user"\`
	Password string \`json:"password"\`
	Token    string \`json:"token,omitempty"\`
}
const tokenHeader = "X-Auth-Token"
GO
`,
  ),
  good(
    "messages of a program",
    () => `#!/bin/bash
cat > /opt/app/messages.properties <<'EOF'
label.password=Enter your password
error.password.short=The password has to be at least 12 characters long
error.token.expired=Your token has expired, please sign in again
help.api.key=The key is shown once, keep it in a safe place
EOF
`,
  ),
  good(
    "form of a login page",
    () => `#!/bin/bash
cat > /srv/web/login.html <<'HTML'
<form method="post" action="/login">
  <input type="hidden" name="csrf_token" value="{{ csrf_token }}">
  <label for="password">Password</label>
  <input type="password" id="password" name="password" placeholder="Password" autocomplete="current-password" minlength="12" required>
  <a href="/password-reset?token=">Forgot password?</a>
</form>
HTML
`,
  ),
  good(
    "description of an interface",
    () => `#!/bin/bash
cat > /srv/api/openapi.yaml <<'YAML'
openapi: 3.0.3
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: "https://sso.example.com/token", scopes: {} } } }
  schemas:
    Login:
      required: [user, password]
      properties:
        password: { type: string, format: password, minLength: 12 }
        token: { type: string, readOnly: true }
YAML
`,
  ),
  good(
    "schema files with password fields",
    () => `#!/bin/bash
cat > /srv/api/login.proto <<'EOF'
syntax = "proto3";
message Login {
  string user = 1;
  string password = 2;
  bytes api_key = 3;
  optional string secret = 14;
}
EOF
cat > /srv/api/schema.graphql <<'EOF'
type Mutation { login(user: String!, password: String!): Session }
type Session { token: String!, expires: Int! }
EOF
`,
  ),
  good(
    "firewall for web applications",
    () => `#!/bin/bash
cat > /etc/modsecurity/local.conf <<'EOF'
SecAction "id:100,phase:1,pass,nolog,setvar:tx.secret_fields=password"
SecRule ARGS_NAMES "@rx (?i)^(password|passwd|token|secret)$" "id:101,phase:2,pass,nolog,sanitiseMatched"
SecRule REQUEST_HEADERS:Authorization "@beginsWith Basic" "id:102,phase:1,deny,status:401,sanitiseRequestHeader:Authorization"
EOF
`,
  ),
  good(
    "Lua code in a web server",
    () => `#!/bin/bash
cat > /etc/nginx/lua/auth.lua <<'LUA'
local token = ngx.req.get_headers()["X-Auth-Token"]
local secret = os.getenv("AUTH_SECRET")
local key = ngx.var.http_x_api_key
if not token or token == "" then
  return ngx.exit(401)
end
ngx.ctx.password = nil
LUA
echo 'env AUTH_SECRET;' > /etc/nginx/modules.d/env.conf
`,
  ),
  good(
    "installer answers with locked accounts",
    () => `#!/bin/bash
cat > /var/www/ks/guest.ks <<'EOF'
lang en_US.UTF-8
rootpw --lock
user --name=ops --groups=wheel --lock
sshkey --username=ops "ssh-ed25519 AAAA-from-pillar"
EOF
debconf-set-selections <<'EOF'
d-i passwd/root-login boolean false
d-i passwd/user-default-groups string adm sudo
postfix postfix/main_mailer_type select Internet Site
EOF
`,
  ),
  good(
    "policies set by the command line of AWS",
    () => `#!/bin/bash
aws iam update-account-password-policy --minimum-password-length 14 --require-symbols --max-password-age 90 --password-reuse-prevention 24
aws rds modify-db-instance --db-instance-identifier app --manage-master-user-password --master-user-secret-kms-key-id alias/rds
aws rds create-db-instance --db-instance-identifier tmp --db-instance-class db.t3.micro --engine mysql --allocated-storage 20 --master-username admin --master-user-password "$(openssl rand -hex 16)"
aws secretsmanager rotate-secret --secret-id prod/app --rotation-rules AutomaticallyAfterDays=30
aws cognito-idp update-user-pool --user-pool-id eu-west-1_Ab12Cd34E --policies 'PasswordPolicy={MinimumLength=12,RequireNumbers=true}'
`,
  ),
  good(
    "cookie of an X server made at boot",
    () => `#!/bin/bash
xauth -f /home/kiosk/.Xauthority add "$(hostname)/unix:0" MIT-MAGIC-COOKIE-1 "$(mcookie)"
chown kiosk: /home/kiosk/.Xauthority
XAUTHORITY=/home/kiosk/.Xauthority DISPLAY=:0 xset s off
`,
  ),
  good(
    "security contact file",
    (made) => `#!/bin/bash
cat > /var/www/html/.well-known/security.txt <<'EOF'
Contact: mailto:security@example.com
Encryption: openpgp4fpr:${made.digest("sha1")}
Policy: https://example.com/security-policy
Expires: 2030-01-01T00:00:00Z
EOF
`,
  ),
  good(
    "secrets created empty and filled by a service",
    () => `#!/bin/bash
install -m 600 -o app /dev/null /etc/app/db_password
: > /run/secrets/api_token
touch /etc/app/session.key && chmod 600 /etc/app/session.key
/opt/app/bin/provision --write-password /etc/app/db_password --write-key /etc/app/session.key
`,
  ),
  good(
    "list of forbidden passwords by file",
    () => `#!/bin/bash
aws s3 cp s3://example-baseline/forbidden-passwords.txt /usr/share/dict/forbidden
create-cracklib-dict /usr/share/dict/words /usr/share/dict/forbidden
sed -i 's|^#\\? \\?dictpath =.*|dictpath = /usr/share/cracklib/pw_dict|' /etc/security/pwquality.conf
pwscore < /run/secrets/candidate
`,
  ),
  good(
    "state machine and queue with tokens",
    () => `#!/bin/bash
TASK=$(aws stepfunctions get-activity-task --activity-arn "$ACTIVITY_ARN" --worker-name "$(hostname)")
TASK_TOKEN=$(jq -r .taskToken <<< "$TASK")
aws stepfunctions send-task-success --task-token "$TASK_TOKEN" --task-output '{"token":"done","key":"host"}'
aws autoscaling complete-lifecycle-action --lifecycle-hook-name launch --auto-scaling-group-name web --lifecycle-action-token "$LIFECYCLE_TOKEN" --lifecycle-action-result CONTINUE
`,
  ),
  good(
    "tests that a secret is not in the logs",
    () => `#!/bin/bash
if journalctl -b --no-pager | grep -Eq 'AKIA[0-9A-Z]{16}|-----BEGIN (RSA|EC|OPENSSH) PRIVATE KEY-----|password=[^*]'; then
  echo "a secret was written to the journal" >&2
  exit 1
fi
grep -rl 'aws_secret_access_key' /root /home 2>/dev/null | xargs -r ls -l
`,
  ),
];
