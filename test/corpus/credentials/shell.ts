import { b64, bad, good, type Case } from "../corpus";
import { b64Png, gz, inLines } from "../forms";

/** What the shell itself can do with a value. */
export const shell: readonly Case[] = [
  // Shell shapes

  bad(
    "function arguments by position",
    (made) => `#!/bin/bash
make_user() {
  local name=$1 pass=$2
  id "$name" &>/dev/null || useradd -m "$name"
  echo "$name:$pass" | chpasswd
}
make_user reports '${made.symbols(12)}'
`,
  ),
  bad(
    "array of settings joined later",
    (made) => `#!/bin/bash
opts=(
  "--host=db.example.internal"
  "--user=etl"
  "--password=${made.password()}"
  "--batch"
)
/opt/etl/run "\${opts[@]}" --once
`,
  ),
  good(
    "array of settings with references",
    () => `#!/bin/bash
opts=(
  "--host=db.example.internal"
  "--user=etl"
  "--password=$(< /run/secrets/etl)"
  "--password-file=/run/secrets/etl"
  --token "\${TOKEN}"
  --key "releases/app-1.2.tgz"
  --secret-id prod/etl
)
/opt/etl/run "\${opts[@]}" --once
`,
  ),
  bad(
    "lines added by sed",
    (made) => `#!/bin/bash
sed -i -e '/^\\[mail\\]/a smtp_user = relay\\nsmtp_pass = ${made.password(18)}' -e 's/^debug = .*/debug = false/' /etc/tracker/tracker.ini
`,
  ),
  good(
    "lines changed by sed to variables and paths",
    () => `#!/bin/bash
sed -i -e "s|^smtp_pass = .*|smtp_pass = $SMTP_PASS|" -e 's|^secret_file = .*|secret_file = /run/secrets/tracker|' /etc/tracker/tracker.ini
sed -i 's/^#\\?password_login .*/password_login off/; s/token_lifetime=.*/token_lifetime=900/' /etc/tracker/auth.ini
sed -E 's/(password|token)=[^& ]+/\\1=***/g' /var/log/tracker.log > /var/log/tracker.clean.log
perl -pi -e 's/\\{\\{PASSWORD\\}\\}/$ENV{PASSWORD}/' /etc/tracker/db.ini
`,
  ),
  bad(
    "yq and jq set a value",
    (made) => `#!/bin/bash
yq -i '.receivers.http.auth.password = "${made.symbols(16)}" | .receivers.http.port = 4318' /etc/collector/config.yaml
`,
  ),
  good(
    "yq and jq set values from the environment",
    () => `#!/bin/bash
yq -i '.receivers.http.auth.password = strenv(HTTP_PASSWORD) | .receivers.http.auth.type = "basic"' /etc/collector/config.yaml
jq --rawfile t /run/secrets/token '.token = ($t | rtrimstr("\\n")) | .token_type = "Bearer"' /etc/collector/c.json > /run/c.json
jq 'del(.password) | .secrets |= map_values("***")' /run/c.json > /run/c.public.json
crudini --set /etc/collector.ini auth password "$HTTP_PASSWORD"
`,
  ),
  bad(
    "crudini sets a value by position",
    (made) => `#!/bin/bash
crudini --set /etc/nova/nova.conf keystone_authtoken username nova
crudini --set /etc/nova/nova.conf keystone_authtoken password ${made.weak()}
`,
  ),
  bad(
    "ANSI quoting and line continuation",
    (made) => `#!/bin/bash
curl -fsS \\
  --request POST \\
  --header $'X-Auth-Key: ${made.hex(40)}' \\
  --header 'X-Auth-Email: ops@example.com' \\
  https://dns.example.com/v4/zones/purge
`,
  ),
  bad(
    "case branch that chooses a password",
    (made) => `#!/bin/bash
case "$(hostname)" in
  prod-*) SMTP_PASS=$(aws ssm get-parameter --name /smtp --with-decryption --query Parameter.Value --output text) ;;
  *) SMTP_PASS="${made.password(12)}" ;;
esac
echo "[smtp.example.internal]:587 relay:$SMTP_PASS" > /etc/postfix/sasl_passwd
postmap /etc/postfix/sasl_passwd
`,
  ),
  bad(
    "long script with one literal in the middle",
    (made) => `#!/bin/bash
set -euo pipefail
exec > >(tee -a /var/log/bootstrap.log) 2>&1

PASSWORD_MIN_LENGTH=14
TOKEN_TTL=900

log() { echo "[$(date -u +%FT%TZ)] $*"; }
retry() { for i in 1 2 3 4 5; do "$@" && return; sleep $((i * 2)); done; return 1; }

log "packages"
retry dnf install -y nginx jq cifs-utils chrony

log "storage"
if ! blkid /dev/nvme1n1; then mkfs.xfs -L data /dev/nvme1n1; fi
echo 'LABEL=data /data xfs defaults,nofail 0 2' >> /etc/fstab
mkdir -p /data && mount -a

log "tuning"
cat > /etc/sysctl.d/90-net.conf <<'EOF'
net.core.somaxconn = 4096
net.ipv4.tcp_tw_reuse = 1
EOF
sysctl --system > /dev/null

log "backup job"
cat > /etc/cron.daily/backup <<'EOF'
#!/bin/sh
tar -C /data -cz . | openssl enc -aes-256-cbc -pbkdf2 -pass pass:${made.phrase()} | aws s3 cp - "s3://example-backup/$(hostname)/$(date +%F).tgz.enc"
EOF
chmod 755 /etc/cron.daily/backup

log "monitoring"
for unit in nginx chronyd; do systemctl enable --now "$unit"; done
log "done"
`,
  ),
  good(
    "long script that handles many secrets well",
    (made) => `#!/bin/bash
set -euo pipefail
umask 077
exec > >(tee -a /var/log/bootstrap.log) 2>&1

readonly SECRET_PREFIX=/prod/web
readonly KMS_KEY=alias/web
readonly TOKEN_TTL=900

secret() { aws ssm get-parameter --name "$SECRET_PREFIX/$1" --with-decryption --query Parameter.Value --output text; }
log() { echo "[$(date -u +%FT%TZ)] $*"; }

log "fetching password"
DB_PASSWORD=$(secret db/password)
SESSION_KEY=$(secret session/key) || SESSION_KEY=$(openssl rand -hex 32)
install -d -m 700 /run/web
printf '%s' "$DB_PASSWORD" > /run/web/db.pass

log "tar -C /data | openssl enc -pass file:/run/web/db.pass"
tar -C /data -cz . | openssl enc -aes-256-cbc -pbkdf2 -pass file:/run/web/db.pass | aws s3 cp - s3://example-backup/data.tgz.enc --sse aws:kms --sse-kms-key-id "$KMS_KEY"

cat > /etc/web.conf <<EOF
db_password_file=/run/web/db.pass
session_key=$SESSION_KEY
token_ttl=$TOKEN_TTL
release=${made.digest("sha1")}
EOF
chpasswd <<< "svc:$(tr -dc A-Za-z0-9 < /dev/urandom | head -c 24)"
unset DB_PASSWORD SESSION_KEY
log "password: done, token: done"
`,
  ),
  good(
    "prose and messages about passwords",
    () => `#!/bin/bash
cat > /etc/motd <<'EOF'
Password logins are disabled. Your password: the one of the intranet.
Need a token? Ask ops: https://wiki.example.internal/tokens
Secret santa list is in /srv/santa. API key holders: see the wiki.
EOF
echo "Password: (hidden)"
echo "token: $(test -s /run/token && echo present || echo missing)"
logger -p auth.info "password for ops was rotated; secret version AWSCURRENT"
wall "passwd: all authentication tokens updated successfully."
`,
  ),

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
${gz(`MODE=prod\nWORKERS=4\nSIGNING_SECRET=${made.token(40)}\nLOG=info\n`)}
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
${inLines(b64Png(made), 76)}
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
  // Defaults of arguments, tables of accounts, commands that are run later
  bad(
    "default of a function's argument where the call gives another value",
    (made) => `#!/bin/bash
set_password() { local user=$1 secret=\${2:-${made.password()}}; echo "$user:\${secret:?no secret for $user}" | chpasswd; }
set_password deploy "$(aws ssm get-parameter --name /prod/deploy --with-decryption --query Parameter.Value --output text)"
`,
  ),
  good(
    "empty default of a function's argument",
    () => `#!/bin/bash
set_password() { local user=$1 secret=\${2:-}; echo "$user:\${secret:?no secret for $user}" | chpasswd; }
set_password deploy "$(aws ssm get-parameter --name /prod/deploy --with-decryption --query Parameter.Value --output text)"
`,
  ),
  bad(
    "password set by a job of at",
    (made) => `#!/bin/bash
at now + 5 minutes <<< "echo 'ops:${made.weak()}' | chpasswd"
`,
  ),
  bad(
    "table of cron from a pipe",
    (made) => `#!/bin/bash
echo '10 4 * * * mysqldump -ubackup -p${made.password()} --all-databases > /var/backups/all.sql' | crontab -
`,
  ),
  good(
    "table of cron with an option file",
    () => `#!/bin/bash
echo '10 4 * * * mysqldump --defaults-extra-file=/run/my.cnf -P3306 app > /var/backups/app.sql' | crontab -
echo '0 3 * * * root mysqldump --defaults-extra-file=/run/my.cnf app' > /etc/cron.d/backup
`,
  ),
  bad(
    "password in a line that echo adds to cron.d",
    (made) => `#!/bin/bash
echo '0 3 * * * root mysqldump -ubackup -p${made.password(20)} --all-databases | gzip > /var/backups/all.sql.gz' > /etc/cron.d/backup
`,
  ),
  bad(
    "row of x that sed replaces by a token",
    (made) => `#!/bin/bash
sed -i 's/xxx/${made.hex(50)}/g' /etc/buildkite-agent/buildkite-agent.cfg
`,
  ),
  good(
    "rows of x that sed replaces by a version and a variable",
    (made) => `#!/bin/bash
sed -i -e 's/xxx/2.14.0/' -e "s/xxxx/$AGENT_TOKEN/" -e 's/VERSION/${made.digest().slice(0, 40)}/' /etc/agent/agent.cfg
`,
  ),
  bad(
    "variable of jq that becomes a password",
    (made) => `#!/bin/bash
jq --arg p '${made.weak()}' '.smtp.password = $p' /etc/app/config.json > /tmp/c && mv /tmp/c /etc/app/config.json
`,
  ),
  good(
    "variables of jq that come from the environment",
    () => `#!/bin/bash
jq --arg p "$DB_PASSWORD" --arg region eu-west-1 '.db.password = $p | .region = $region | .token_ttl = 3600' /etc/a.json > /etc/b.json
`,
  ),
  bad(
    "password in a note",
    (made) => `#!/bin/bash
# TODO before go-live: grafana admin password is ${made.weak()}
systemctl enable --now grafana-server
`,
  ),
  good(
    "notes on where a password is",
    () => `#!/bin/bash
# The admin password is generated on first boot; the db password is in Secrets Manager under prod/orders/db.
# Its password is base64-encoded, and the root password is locked.
systemctl enable --now grafana-server
`,
  ),
  good(
    "questions of expect that the environment answers",
    () => `#!/bin/bash
export NEW_PW=$(openssl rand -base64 24)
expect <<'EXP'
spawn mysql_secure_installation
expect "New password:"
send "$env(NEW_PW)\\r"
expect "Re-enter new password: "
send "$env(NEW_PW)\\r"
EXP
`,
  ),
  good(
    "aliases whose names say password",
    () => `#!/bin/bash
cat > /etc/profile.d/aliases.sh <<'A'
alias pw='pwgen -s 24 1'
alias newpass="openssl rand -base64 24"
A
alias token='kubectl create token deployer'
`,
  ),
  bad(
    "alias of a command with a password",
    (made) => `#!/bin/bash
cat > /etc/profile.d/aliases.sh <<'A'
alias shopdb='mysql -h db.internal -u shop -p${made.password()} shop'
A
`,
  ),
  bad(
    "password in base64, piped to what sets it",
    (made) => `#!/bin/bash
echo ${b64(made.weak())} | base64 -d | passwd --stdin ops
`,
  ),
  bad(
    "password in hexadecimal, in a variable",
    (made) => `#!/bin/bash
export DB_PASSWORD=$(echo ${Buffer.from(made.weak()).toString("hex")} | xxd -r -p)
`,
  ),
  bad(
    "decoded value in a variable of no name, used later",
    (made) => `#!/bin/bash
P=$(echo '${b64(made.weak())}' | base64 --decode)
echo "ops:$P" | chpasswd
`,
  ),
  bad(
    "printed value in a variable of no name, used later",
    (made) => `#!/bin/bash
P=$(printf %s '${made.weak()}')
echo "ops:$P" | chpasswd
`,
  ),
  bad(
    "password written backwards",
    (made) => `#!/bin/bash
echo ${Array.from(made.weak()).reverse().join("")} | rev | passwd --stdin ops
`,
  ),
  bad(
    "password in octal escapes",
    (made) => `#!/bin/bash
printf '${Array.from(made.weak(), (each) => `\\${each.charCodeAt(0).toString(8)}`).join("")}' | passwd --stdin ops
`,
  ),
  good(
    "decoders of what is no literal",
    () => `#!/bin/bash
PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretBinary --output text | base64 -d)
TOKEN=$(cat /run/token.b64 | base64 -d)
CA_KEY_DATA=$(echo "$CA_DATA" | base64 -d)
P=$(echo "$PASSWORD" | rev)
echo "ops:$P" | chpasswd
`,
  ),
  bad(
    "entry of a tree with brackets in its path",
    (made) => `#!/bin/bash
augtool -s set /files/etc/my.cnf/target[1]/password ${made.weak()}
`,
  ),
];
