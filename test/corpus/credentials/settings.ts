import { b64, bad, good, type Case } from "../corpus";
import { CRYPT, indent, opaque, sha512crypt } from "../forms";

/** Files of settings in their many formats, and what only looks like one. */
export const settings: readonly Case[] = [
  // Configuration formats

  bad(
    "INI with a colon and a comment behind the value",
    (made) => `#!/bin/bash
cat > /etc/odoo/odoo.conf <<'EOF'
[options]
db_host : db.example.internal
db_user : odoo
admin_passwd : ${made.password()} ; master password
addons_path : /opt/odoo/addons
EOF
`,
  ),
  good(
    "INI with comments, empty values and interpolation",
    () => `#!/bin/bash
cat > /etc/odoo/odoo.conf <<'EOF'
[options]
; admin_passwd = <set by ansible>
# db_password: see /run/secrets/db
db_password = %(DB_PASSWORD)s
smtp_password = False
list_db = False
proxy_mode = True
[auth]
password:
token =
method = token
EOF
`,
  ),
  bad(
    "TOML inline table",
    (made) => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/out.conf <<'TOML'
[[outputs.influxdb_v2]]
  urls = ["https://influx.example.internal:8086"]
  organization = "ops"
  bucket = "hosts"
  http_headers = { "X-Scope-OrgID" = "ops", "Authorization" = "Token ${made.base64url(64)}==" }
TOML
`,
  ),
  good(
    "TOML with references to a secret store",
    () => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/out.conf <<'TOML'
[[secretstores.os]]
  id = "keyring"
  collection = "telegraf"
[[outputs.influxdb_v2]]
  urls = ["https://influx.example.internal:8086"]
  token = "@{keyring:influx_token}"
  http_proxy_password = ""
[[inputs.http]]
  username = "telegraf"
  password = "$HTTP_PASSWORD"
  token_file = '/run/secrets/token'
TOML
`,
  ),
  bad(
    "YAML in flow style on one line",
    (made) => `#!/bin/bash
echo '{mqtt: {broker: mqtt.example.internal, port: 8883, username: gw, password: ${made.weak()}, client_id: gw-1}}' > /etc/gateway.yaml
`,
  ),
  bad(
    "YAML with an anchor and an alias",
    (made) => `#!/bin/bash
cat > /etc/app/database.yml <<'YAML'
default: &default
  adapter: postgresql
  host: db.example.internal
  username: app
  password: &pw "${made.symbols()}"
production:
  <<: *default
  database: app
replica:
  <<: *default
  password: *pw
YAML
`,
  ),
  good(
    "YAML with anchors, tags and nulls",
    () => `#!/bin/bash
cat > /etc/app/database.yml <<'YAML'
default: &default
  adapter: postgresql
  username: app
  password: <%= ENV["DB_PASSWORD"] %>
production:
  <<: *default
  passfile: /etc/app/pgpass
home_assistant:
  api_password: !secret http_password
  token: !env_var API_TOKEN
  mqtt_password: !include /run/secrets/mqtt
test:
  password: ~
  token: null
  secret: ""
YAML
`,
  ),
  bad("YAML block scalar that is folded", (made) => {
    const secret = made.token(60);
    return `#!/bin/bash
cat > /etc/app/license.yml <<'YAML'
app:
  name: reports
  api_token: >-
    ${secret}
  retries: 3
YAML
`;
  }),
  bad(
    "YAML list of names and values",
    (made) => `#!/bin/bash
cat > /etc/podman/app.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: quay.io/example/app:3
      env:
        - name: LOG_LEVEL
          value: info
        - name: MQTT_PASSWORD
          value: "${made.phrase()}"
YAML
podman kube play /etc/podman/app.yaml
`,
  ),
  good(
    "YAML list of names with innocent values",
    () => `#!/bin/bash
cat > /etc/podman/app.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: quay.io/example/app:3
      env:
        - { name: MQTT_PASSWORD, valueFrom: { secretKeyRef: { name: mqtt, key: password } } }
        - { name: PASSWORD_FILE, value: /run/secrets/app }
        - { name: TOKEN_EXPIRY, value: 15m }
        - { name: SECRET_BACKEND, value: aws-secretsmanager }
        - { name: DISABLE_PASSWORD_LOGIN, value: "true" }
        - { name: API_KEY, value: "" }
        - { name: COOKIE_DOMAIN, value: app.example.internal }
YAML
`,
  ),
  bad(
    "JSON5 without quotes around keys",
    (made) => `#!/bin/bash
cat > /etc/janus/config.json5 <<'EOF'
{
  // media server
  general: { debug_level: 4, },
  admin: {
    enabled: true,
    secret: '${made.password(20)}', // for the admin API
  },
}
EOF
`,
  ),
  good(
    "JSON with comments, schemas and limits",
    (made) => `#!/bin/bash
cat > /etc/app/schema.json <<'EOF'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "properties": {
    "password": { "type": "string", "minLength": 14, "description": "Password of the user" },
    "token": { "type": "string", "format": "uuid", "writeOnly": true },
    "secret": { "$ref": "#/$defs/secret" }
  },
  "required": ["password", "token"],
  "etag": "${made.digest("md5")}",
  "limits": { "tokens": 1000, "keys": 50 }
}
EOF
`,
  ),
  bad(
    "XML child elements of a messaging server",
    (made) => `#!/bin/bash
cat > /etc/clickhouse-server/users.d/app.xml <<'XML'
<clickhouse>
  <users>
    <app>
      <password>${made.weak()}</password>
      <networks><ip>10.0.0.0/8</ip></networks>
      <profile>default</profile>
    </app>
  </users>
</clickhouse>
XML
`,
  ),
  bad(
    "XML attributes of a Tomcat user",
    (made) => `#!/bin/bash
cat > /opt/tomcat/conf/tomcat-users.xml <<'XML'
<tomcat-users xmlns="http://tomcat.apache.org/xml">
  <role rolename="manager-gui"/>
  <user username="ops" password="${made.password(12)}" roles="manager-gui"/>
</tomcat-users>
XML
`,
  ),
  good(
    "XML with empty, referenced and described passwords",
    () => `#!/bin/bash
cat > /opt/tomcat/conf/Catalina/localhost/app.xml <<'XML'
<Context>
  <Resource name="jdbc/app" type="javax.sql.DataSource" username="app" password="\${db.password}" url="jdbc:postgresql://db.example.internal/app"/>
  <Parameter name="passwordPolicy" value="strong"/>
  <Parameter name="tokenHeader" value="X-Token"/>
  <!-- password="" means: ask the vault -->
  <CredentialHandler className="org.apache.catalina.realm.SecretKeyCredentialHandler" keyLength="256"/>
  <input type="password" name="password" placeholder="Password"/>
  <password encrypted="true" ref="vault:app/db"/>
</Context>
XML
`,
  ),
  bad(
    "property list with a key and a string",
    (made) => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <key>Label</key><string>com.example.agent</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>AGENT_HOST</key><string>hub.example.internal</string>
    <key>AGENT_TOKEN</key>
    <string>${made.token(36)}</string>
  </dict>
  <key>RunAtLoad</key><true/>
</dict>
</plist>
XML
launchctl load /Library/LaunchDaemons/com.example.agent.plist
`,
  ),
  good(
    "property list with paths and switches",
    () => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <key>Label</key><string>com.example.token-agent</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>AGENT_TOKEN_FILE</key><string>/var/run/agent.token</string>
    <key>PASSWORD</key><string></string>
  </dict>
  <key>KeepAlive</key><true/>
</dict>
</plist>
XML
sysadminctl -screenLock immediate -password - < /run/admin.pass
`,
  ),
  bad(
    "HOCON with substitution after a literal",
    (made) => `#!/bin/bash
cat > /opt/stream/application.conf <<'EOF'
slick.dbs.default {
  db {
    url = "jdbc:postgresql://db.example.internal/stream"
    user = stream
    password = "${made.password()}"
    password = \${?DB_PASSWORD}
  }
}
EOF
`,
  ),
  good(
    "HOCON with substitutions only",
    () => `#!/bin/bash
cat > /opt/stream/application.conf <<'EOF'
include "base.conf"
play.http.secret.key = \${PLAY_SECRET}
slick.dbs.default.db { user = stream, password = \${?DB_PASSWORD}, passwordFile = /run/secrets/db }
akka.remote.artery.ssl.config-ssl-engine { key-store = "/etc/pki/app.p12", key-store-password = \${KEYSTORE_PASSWORD}, protocol = "TLSv1.3" }
session { cookieName = "stream", maxAge = 1h }
EOF
`,
  ),
  bad(
    "dotenv with export, spaces and a hash",
    (made) => `#!/bin/bash
cat > /srv/app/.env <<'EOF'
# production
export NODE_ENV=production
export REDIS_URL='rediss://default:${made.password(24)}@cache.example.internal:6379/0'   # shared
PORT=3000
EOF
`,
  ),
  good(
    "dotenv with addresses without a password",
    () => `#!/bin/bash
cat > /srv/app/.env <<'EOF'
export REDIS_URL='rediss://cache.example.internal:6379/0'
DATABASE_URL=postgresql://app@db.example.internal:5432/app?sslmode=verify-full
AMQP_URL=amqps://\${MQ_USER}:\${MQ_PASSWORD}@mq.example.internal:5671/prod
SENTINELS=a.example.internal:26379,b.example.internal:26379
SMTP_URL="smtp://relay:$SMTP_PASSWORD@smtp.example.internal:587"
GIT_URL=ssh://git@git.example.internal:2222/ops/site.git
MAIL_FROM=ops@example.com
EOF
`,
  ),
  bad(
    "netrc on one line",
    (made) => `#!/bin/bash
echo 'machine repo.example.internal login fetch password ${made.phrase()}' >> /root/.netrc && chmod 600 /root/.netrc
wget -q https://repo.example.internal/agent.rpm
`,
  ),
  bad(
    "pgpass with an escaped colon",
    (made) => `#!/bin/bash
install -m 600 -o postgres /dev/stdin /var/lib/pgsql/.pgpass <<EOF
db.example.internal:5432:app:replicator:${made.weak()}\\:x
*:*:*:backup:
EOF
`,
  ),
  good(
    "password files that are filled at boot",
    () => `#!/bin/bash
PW=$(aws secretsmanager get-secret-value --secret-id db --query SecretString --output text | jq -r .password)
printf 'db.example.internal:5432:*:app:%s\\n' "$PW" > /var/lib/pgsql/.pgpass
cat > /root/.netrc <<EOF
machine repo.example.internal login fetch password $(cat /run/repo.pass)
EOF
printf 'machine %s\\nlogin %s\\npassword %s\\n' repo.example.internal "$U" "$P" > /home/app/.netrc
PGPASSFILE=/var/lib/pgsql/.pgpass psql -h db.example.internal -U app -w -c 'select 1'
`,
  ),
  bad(
    "Apache header and basic file",
    (made) => `#!/bin/bash
cat > /etc/httpd/conf.d/api.conf <<'EOF'
<Location /api>
  ProxyPass https://backend.example.internal/api
  RequestHeader set X-Backend-Secret "${made.token(32)}"
  AuthType Basic
  AuthUserFile /etc/httpd/users
  Require valid-user
</Location>
EOF
`,
  ),
  good(
    "Apache authentication by files and certificates",
    () => `#!/bin/bash
cat > /etc/httpd/conf.d/api.conf <<'EOF'
<Location /api>
  AuthType openid-connect
  AuthUserFile /etc/httpd/users
  RequestHeader set X-Forwarded-User expr=%{REMOTE_USER}
  RequestHeader unset Authorization
  SSLCertificateKeyFile /etc/pki/tls/private/site.key
  SSLPassPhraseDialog exec:/usr/local/bin/tls-pass
  LogFormat "%h %l %u \\"%r\\" token=%{token}n" api
  RewriteCond %{QUERY_STRING} (^|&)password= [NC]
  RewriteRule ^ - [F]
</Location>
EOF
`,
  ),
  bad(
    "nginx proxy that adds an authorisation",
    (made) => `#!/bin/bash
cat > /etc/nginx/conf.d/artifacts.conf <<'NGINX'
server {
  listen 127.0.0.1:8088;
  location / {
    proxy_pass https://artifacts.example.internal;
    proxy_set_header Host artifacts.example.internal;
    proxy_set_header Authorization "Basic ${b64(`cache:${made.password()}`)}";
  }
}
NGINX
`,
  ),
  good(
    "nginx authorisation that is passed on or removed",
    () => `#!/bin/bash
cat > /etc/nginx/conf.d/artifacts.conf <<'NGINX'
server {
  listen 443 ssl;
  ssl_certificate /etc/pki/site.crt;
  ssl_certificate_key /etc/pki/site.key;
  ssl_password_file /run/secrets/tls;
  auth_basic "Artifacts: password of the intranet";
  auth_basic_user_file /etc/nginx/users;
  location / { proxy_set_header Authorization $http_authorization; proxy_set_header X-Api-Key ""; proxy_hide_header X-Token; }
  location /secret/ { internal; }
  if ($arg_token = "") { return 401; }
}
NGINX
`,
  ),
  bad(
    "htpasswd line with an apr1 hash",
    (made) => `#!/bin/bash
cat > /etc/nginx/users <<'EOF'
ops:$apr1$${made.digest().slice(0, 8)}$${made.token(22, CRYPT)}
EOF
chmod 640 /etc/nginx/users
`,
  ),
  bad(
    "bcrypt hash of a monitoring user",
    (made) => `#!/bin/bash
cat > /etc/prometheus/web.yml <<'YAML'
tls_server_config: { cert_file: /etc/pki/node.crt, key_file: /etc/pki/node.key }
basic_auth_users:
  scrape: $2b$12$${made.token(53, CRYPT)}
YAML
`,
  ),
  bad(
    "supervisord environment list",
    (made) => `#!/bin/bash
cat > /etc/supervisor/conf.d/worker.conf <<'EOF'
[program:worker]
command=/opt/worker/run
environment=HOME="/home/worker",QUEUE="mail",BROKER_PASSWORD="${made.password()}",LANG="C.UTF-8"
autostart=true
EOF
supervisorctl update
`,
  ),
  good(
    "supervisord with inherited variables and a socket",
    () => `#!/bin/bash
cat > /etc/supervisor/conf.d/worker.conf <<'EOF'
[unix_http_server]
file=/run/supervisor.sock
username=
password=
[program:worker]
command=/opt/worker/run --password-file /run/secrets/broker
environment=HOME="/home/worker",BROKER_PASSWORD="%(ENV_BROKER_PASSWORD)s",TOKEN_CACHE="/var/cache/tokens"
EOF
supervisorctl update
`,
  ),
  bad(
    "CSV of users for a loop",
    (made) => `#!/bin/bash
while IFS=, read -r name group pass; do
  useradd -m -G "$group" "$name"
  echo "$name:$pass" | chpasswd
done <<'CSV'
reporter,users,${made.weak()}
CSV
`,
  ),
  good(
    "list of users for a loop with generated passwords",
    (made) => `#!/bin/bash
while IFS=, read -r name group key; do
  useradd -m -G "$group" "$name"
  install -d -m 700 "/home/$name/.ssh" && echo "$key" > "/home/$name/.ssh/authorized_keys"
  echo "$name:$(openssl rand -base64 18)" | chpasswd
done <<'CSV'
reporter,users,${made.sshPublicKey()}
CSV
`,
  ),
  bad(
    "preseeded answers of packages",
    (made) => `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<EOF
mysql-community-server mysql-community-server/root-pass password ${made.password()}
mysql-community-server mysql-server/default-auth-override select Use Strong Password Encryption (RECOMMENDED)
EOF
apt-get install -y mysql-community-server
`,
  ),
  good(
    "preseeded answers without a password",
    () => `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<EOF
phpmyadmin phpmyadmin/dbconfig-install boolean true
phpmyadmin phpmyadmin/mysql/admin-pass password
phpmyadmin phpmyadmin/app-password-confirm password
krb5-config krb5-config/default_realm string EXAMPLE.INTERNAL
slapd slapd/password_mismatch note
slapd slapd/no_configuration boolean true
EOF
apt-get install -y phpmyadmin
`,
  ),

  // Settings of all kinds

  good(
    "zypper and apk repositories without user information",
    () => `#cloud-config
zypper:
  repos:
    - { id: internal, name: Internal, baseurl: "https://rpm.example.internal/sle15/", gpgcheck: 1, gpgkey: "https://rpm.example.internal/key.asc" }
  config: { download.use_deltarpm: true, "repo.add.probe": false }
apk_repos:
  alpine_repo: { version: v3.20, community_enabled: true }
  local_repo_base_url: https://apk.example.internal/alpine
`,
  ),
  good(
    "mcollective and spacewalk without a secret",
    (made) => `#cloud-config
mcollective:
  conf:
    securityprovider: ssl
    plugin.ssl_client_private: /etc/mcollective/ssl/node.key
    public-cert: |
      ${indent(made.certificate(), 6)}
spacewalk:
  server: satellite.example.internal
  proxy: proxy.example.internal
  activation_key:
`,
  ),
  good(
    "landscape and Red Hat keys fetched by runcmd",
    () => `#cloud-config
packages: [landscape-client]
runcmd:
  - |
    KEY=$(aws ssm get-parameter --name /landscape/key --with-decryption --query Parameter.Value --output text)
    landscape-config --silent --account-name standalone --computer-title "$(hostname)" --registration-key "$KEY"
  - [sh, -c, 'subscription-manager register --org "$(cat /run/org)" --activationkey "$(cat /run/key)"']
  - echo "ops:$(openssl rand -base64 12)" | chpasswd
`,
  ),
  good(
    "Kairos node with a token file and a server hook",
    () => `#cloud-config
hostname: edge-{{ trunc 4 .MachineID }}
stages:
  boot:
    - name: token
      if: '[ ! -f /etc/rancher/k3s/token ]'
      commands:
        - aws ssm get-parameter --name /k3s/token --with-decryption --query Parameter.Value --output text > /etc/rancher/k3s/token
k3s-agent:
  enabled: true
  env: { K3S_URL: "https://10.0.0.9:6443", K3S_TOKEN_FILE: /etc/rancher/k3s/token }
`,
  ),
  good(
    "Check Point gateway with a fetched activation key",
    () => `#!/bin/bash
SIC=$(aws secretsmanager get-secret-value --secret-id cp/sic --query SecretString --output text)
clish -c 'set user admin shell /bin/bash' -s
clish -c 'set password-controls min-password-length 14' -s
config_system --config-string "hostname=gw-1&install_security_gw=true&ftw_sic_key=$SIC&domainname=example.internal"
`,
  ),
  bad(
    "Junos configuration with a root hash",
    (made) => `#junos-config
system {
    host-name vsrx-1;
    root-authentication {
        encrypted-password "${sha512crypt(made)}";
    }
    services { ssh { root-login deny; } }
}
`,
  ),
  good(
    "Junos configuration with keys",
    (made) => `#junos-config
system {
    host-name vsrx-1;
    root-authentication {
        ssh-ed25519 "${made.sshPublicKey()}";
    }
    login { password { minimum-length 14; format sha512; } retry-options { tries-before-disconnect 3; } }
    services { ssh { root-login deny; no-passwords; } }
}
`,
  ),
  bad(
    "RouterOS script",
    (made) => `/user set [find name=admin] password="${made.password(14)}"
/ip service disable telnet,ftp,www
/system identity set name=chr-1
`,
  ),
  bad(
    "kickstart root password",
    (made) => `#cloud-config
write_files:
  - path: /srv/pxe/ks.cfg
    content: |
      lang en_US.UTF-8
      rootpw --plaintext ${made.weak()}
      user --name=ops --lock --groups=wheel
      authselect select sssd
`,
  ),
  good(
    "kickstart without passwords",
    (made) => `#cloud-config
write_files:
  - path: /srv/pxe/ks.cfg
    content: |
      lang en_US.UTF-8
      rootpw --lock
      user --name=ops --lock --groups=wheel
      sshkey --username=ops "${made.sshPublicKey()}"
      authselect select minimal with-faillock
      pwpolicy root --minlen=14 --minquality=1 --notstrict --nochanges --notempty
`,
  ),
  bad(
    "installer answers with a crypted password",
    (made) => `#!/bin/bash
cat > /srv/pxe/preseed.cfg <<'EOF'
d-i passwd/root-login boolean false
d-i passwd/username string ops
d-i passwd/user-password-crypted password ${sha512crypt(made)}
d-i user-setup/allow-password-weak boolean false
EOF
`,
  ),
  bad(
    "MIME part that includes an address with a login",
    (made) => `Content-Type: multipart/mixed; boundary="==x=="
MIME-Version: 1.0

--==x==
Content-Type: text/x-include-url

https://boot:${made.password()}@config.example.internal/common.sh
--==x==
Content-Type: text/cloud-config

#cloud-config
timezone: UTC
--==x==--
`,
  ),
  good(
    "script in PowerShell on Linux",
    () => `#!/usr/bin/pwsh
$ErrorActionPreference = 'Stop'
$secret = aws secretsmanager get-secret-value --secret-id prod/app --query SecretString --output text | ConvertFrom-Json
$env:DB_PASSWORD = $secret.password
Set-Content /run/app.env "DB_PASSWORD=$($secret.password)\`nTOKEN_TTL=900"
`,
  ),
  bad(
    "script in Perl",
    (made) => `#!/usr/bin/perl
use strict;
use Net::LDAP;
my %cfg = (host => 'ldap.example.internal', binddn => 'cn=sync,dc=example', bindpw => '${made.symbols()}');
my $ldap = Net::LDAP->new($cfg{host}) or die;
$ldap->bind($cfg{binddn}, password => $cfg{bindpw});
`,
  ),
  good(
    "initial passwords of packages moved into a store",
    () => `#!/bin/bash
for i in {1..60}; do [ -f /var/lib/jenkins/secrets/initialAdminPassword ] && break; sleep 5; done
aws ssm put-parameter --overwrite --type SecureString --name /ci/jenkins/initial --value "file:///var/lib/jenkins/secrets/initialAdminPassword"
ROOT_PW=$(awk '/^Password:/ {print $2}' /etc/gitlab/initial_root_password)
aws secretsmanager put-secret-value --secret-id ci/gitlab-root --secret-string "$ROOT_PW"
shred -u /etc/gitlab/initial_root_password
`,
  ),
  good(
    "user of a file share with the password of the environment",
    () => `#!/bin/bash
export OC_PASS="$(openssl rand -base64 15)"
sudo -E -u www-data php /var/www/nextcloud/occ user:add --password-from-env --display-name="Robot" --group=service robot
sudo -u www-data php /var/www/nextcloud/occ config:system:set auth.bruteforce.protection.enabled --value=true --type=boolean
sudo -u www-data php /var/www/nextcloud/occ config:app:set password_policy minLength --value=14
unset OC_PASS
`,
  ),
  good(
    "registry logins of helm and oras on standard input",
    (made) => `#!/bin/bash
R=${made.account()}.dkr.ecr.eu-central-1.amazonaws.com
aws ecr get-login-password --region eu-central-1 | helm registry login --username AWS --password-stdin "$R"
aws ecr get-login-password --region eu-central-1 | oras login -u AWS --password-stdin "$R"
helm upgrade --install shop "oci://$R/charts/shop" --version 4.1.0 --set auth.existingSecret=shop-db --set-string auth.secretKeys.userPasswordKey=password
`,
  ),
  good(
    "keys of an assumed role read into variables",
    (made) => `#!/bin/bash
read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< "$(aws sts assume-role \\
  --role-arn arn:aws:iam::${made.account()}:role/publisher --role-session-name "boot-$(hostname)" --external-id shop-publisher \\
  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)"
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
aws s3 sync /srv/site s3://example-site --delete
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
`,
  ),
  good(
    "signed cookies made with the id of a key pair",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id cdn/signing --query SecretString --output text > /run/cf.pem
aws cloudfront sign --url https://media.example.com/intro.mp4 --key-pair-id K36X4FYOEXAMPLE --private-key file:///run/cf.pem --date-less-than 2031-01-01 > /run/intro.url
`,
  ),
  good(
    "public key pins and entity tags of downloads",
    (made) => `#!/bin/bash
curl -fsS --pinnedpubkey "sha256//${Buffer.from(made.digest(), "hex").toString("base64")}" -o /opt/agent.tgz https://files.example.com/agent.tgz
curl -fsS -H 'If-None-Match: "${made.digest("md5")}"' -o /opt/rules.json https://files.example.com/rules.json
curl -fsS -H "X-Request-Id: ${made.uuid()}" -H 'X-Api-Version: 2024-05-01' -H 'X-Auth-Scheme: mtls' --cert /etc/pki/node.pem https://api.example.com/enrol
`,
  ),
  good(
    "second factor in PAM whose secret is a path",
    () => `#!/bin/bash
apt-get install -y libpam-google-authenticator
cat >> /etc/pam.d/sshd <<'EOF'
auth required pam_google_authenticator.so secret=/var/lib/otp/\${USER} user=root nullok no_increment_hotp
auth [success=1 default=ignore] pam_succeed_if.so user ingroup no-otp
password requisite pam_pwquality.so retry=3 minlen=14 enforce_for_root
EOF
sed -i 's/^#\\?KbdInteractiveAuthentication .*/KbdInteractiveAuthentication yes/; s/^#\\?AuthenticationMethods.*/AuthenticationMethods publickey,keyboard-interactive/' /etc/ssh/sshd_config
`,
  ),
  good(
    "keys and values of tolerations",
    () => `#!/bin/bash
cat > /var/lib/rancher/k3s/server/manifests/agent.yaml <<'EOF'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: token-agent }
spec:
  selector: { matchLabels: { app: token-agent } }
  template:
    metadata: { labels: { app: token-agent } }
    spec:
      tolerations:
        - key: dedicated
          operator: Equal
          value: secrets
          effect: NoSchedule
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
      containers:
        - { name: agent, image: "example/token-agent:1.4", env: [{ name: TOKEN_AUDIENCE, value: vault }] }
EOF
kubectl taint nodes "$(hostname)" password-vault=reserved:NoSchedule --overwrite
`,
  ),
  good(
    "guards and password brokers of a web framework",
    () => `#!/bin/bash
cat > /srv/shop/config/auth.php <<'PHP'
<?php
return [
    'defaults' => ['guard' => 'web', 'passwords' => 'users'],
    'guards' => [
        'web' => ['driver' => 'session', 'provider' => 'users'],
        'api' => ['driver' => 'token', 'provider' => 'users', 'hash' => true, 'storage_key' => 'api_token', 'input_key' => 'api_token'],
    ],
    'passwords' => ['users' => ['provider' => 'users', 'table' => 'password_reset_tokens', 'expire' => 60, 'throttle' => 60]],
    'password_timeout' => 10800,
];
PHP
`,
  ),
  good(
    "settings of tokens and encoders in a Java program",
    () => `#!/bin/bash
cat > /opt/billing/application.yml <<'YAML'
spring:
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: https://login.example.com/realms/shop
          jwk-set-uri: https://login.example.com/realms/shop/certs
app:
  token-validity: PT15M
  token-header: X-Billing-Token
  password-encoder: bcrypt
  password-parameter: j_password
  secret-provider: aws-secretsmanager
  key-alias: billing
YAML
`,
  ),
  good(
    "audit categories about logons and credentials",
    () => `<script>
auditpol /set /subcategory:"Credential Validation" /success:enable /failure:enable
auditpol /set /subcategory:"Kerberos Service Ticket Operations" /failure:enable
auditpol /set /subcategory:"User Account Management" /success:enable
wevtutil sl Security /ms:209715200
reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest /v UseLogonCredential /t REG_DWORD /d 0 /f
reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v LimitBlankPasswordUse /t REG_DWORD /d 1 /f
net accounts /minpwlen:14 /maxpwage:90 /uniquepw:24
</script>
`,
  ),

  // Files of settings, databases and addresses

  bad(
    "settings of a Laravel queue in PHP with a password line",
    (made) => `#!/bin/bash
cat > /srv/app/config/queue.local.php <<'PHP'
<?php
return [
    'default' => 'rabbitmq',
    'connections' => ['rabbitmq' => ['host' => 'mq.example.internal', 'login' => 'app', 'password' => env('MQ_PASSWORD', '${made.password()}')]],
];
PHP
php artisan queue:restart
`,
  ),
  good(
    "password broker of Laravel",
    () => `#!/bin/bash
cat > /srv/app/config/auth.php <<'PHP'
<?php
return [
    'defaults' => ['guard' => 'web', 'passwords' => 'users'],
    'passwords' => ['users' => ['provider' => 'users', 'table' => 'password_reset_tokens', 'expire' => 60, 'throttle' => 60]],
    'password_timeout' => 10800,
];
PHP
`,
  ),
  good(
    "initializer of Devise",
    () => `#!/bin/bash
cat > /srv/app/config/initializers/devise.rb <<'RUBY'
Devise.setup do |config|
  config.secret_key = ENV.fetch("DEVISE_SECRET_KEY")
  config.stretches = 12
  config.password_length = 12..128
  config.reset_password_within = 6.hours
  config.reset_password_keys = [:email]
end
RUBY
`,
  ),
  bad(
    "LDAP section of a wiki",
    (made) => `#!/bin/bash
cat >> /var/www/wiki/conf/local.protected.php <<'EOF'
$conf['plugin']['authldap']['server'] = 'ldaps://ldap.example.internal:636';
$conf['plugin']['authldap']['binddn'] = 'cn=wiki,ou=svc,dc=example,dc=internal';
$conf['plugin']['authldap']['bindpw'] = '${made.symbols()}';
EOF
chown www-data: /var/www/wiki/conf/local.protected.php
`,
  ),
  bad(
    "proxy listener with a weak administrator",
    (made) => `#!/bin/bash
sed -i 's/admin_credentials="admin:[^"]*"/admin_credentials="admin:${made.weak()}"/' /etc/proxysql.cnf
systemctl restart proxysql
`,
  ),
  bad(
    "data source of a Go program with a socket address",
    (made) => `#!/bin/bash
cat > /etc/ledger/config.toml <<'TOML'
listen = ":8080"
dsn = "ledger:${made.password()}@tcp(${made.host()}:3306)/ledger?parseTime=true&tls=true"
max_open_conns = 25
TOML
systemctl restart ledger
`,
  ),
  good(
    "data sources of a Go program without a password",
    (made) => `#!/bin/bash
cat > /etc/ledger/config.toml <<'TOML'
listen = ":8080"
dsn = "ledger@tcp(${made.host()}:3306)/ledger?parseTime=true&tls=true&allowCleartextPasswords=1"
replica_dsn = "ledger@unix(/run/mysqld/mysqld.sock)/ledger"
TOML
systemctl restart ledger
`,
  ),
  bad(
    "connection of a Celery worker in an argument",
    (made) => `#!/bin/bash
cat > /etc/supervisor/conf.d/worker.conf <<'EOF'
[program:worker]
command=/opt/venv/bin/celery -A shop -b redis://:${made.password(24)}@${made.host()}:6379/2 worker -c 4
directory=/srv/shop
user=shop
autorestart=true
EOF
supervisorctl update
`,
  ),
  bad(
    "mail settings of a forum in YAML",
    (made) => `#!/bin/bash
git clone https://github.com/discourse/discourse_docker.git /var/discourse
cat > /var/discourse/containers/app.yml <<'YAML'
templates:
  - templates/web.template.yml
env:
  DISCOURSE_HOSTNAME: forum.example.com
  DISCOURSE_SMTP_ADDRESS: smtp.example.com
  DISCOURSE_SMTP_USER_NAME: forum
  DISCOURSE_SMTP_PASSWORD: "${made.password()}"
YAML
/var/discourse/launcher rebuild app
`,
  ),
  bad(
    "default password of a management console",
    (made) => `#!/bin/bash
cat > /etc/guacamole/guacamole.properties <<'EOF'
guacd-hostname: 127.0.0.1
mysql-hostname: 127.0.0.1
mysql-database: guac
mysql-username: guac
mysql-password: ${made.word()}
EOF
systemctl restart tomcat9
`,
  ),
  good(
    "remote desktop gateway with an environment reader",
    () => `#!/bin/bash
cat > /etc/guacamole/guacamole.properties <<'EOF'
guacd-hostname: 127.0.0.1
enable-environment-properties: true
ldap-hostname: ldap.example.internal
ldap-username-attribute: uid
totp-issuer: example
totp-digits: 6
EOF
systemctl restart tomcat9
`,
  ),
  bad(
    "backup job file with a passphrase field",
    (made) => `#!/bin/bash
mkdir -p /etc/borgmatic
cat > /etc/borgmatic/config.yaml <<'YAML'
repositories:
  - path: ssh://borg@backup.example.internal/./web
source_directories: [/srv, /etc]
encryption_passphrase: "${made.phrase()}"
keep_daily: 7
YAML
borgmatic create --verbosity 1
`,
  ),
  good(
    "routes that ask for keys and hide them",
    () => `#!/bin/bash
cat > /etc/kong/kong.yml <<'YAML'
_format_version: "3.0"
services:
  - name: orders
    url: https://orders.example.internal
    plugins:
      - name: key-auth
        config: { key_names: [apikey, x-api-key], hide_credentials: true, key_in_body: false }
      - name: jwt
        config: { key_claim_name: iss, secret_is_base64: false, claims_to_verify: [exp] }
YAML
kong reload
`,
  ),
  good(
    "mesh policy about bearer tokens",
    () => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: web }
spec:
  jwtRules:
  - issuer: https://idp.example.com/
    jwksUri: https://idp.example.com/.well-known/jwks.json
    fromHeaders: [{ name: Authorization, prefix: "Bearer " }]
    forwardOriginalToken: true
    outputPayloadToHeader: x-jwt-payload
YAML
`,
  ),
  good(
    "access log without tokens",
    () => `#!/bin/bash
cat > /etc/nginx/conf.d/log.conf <<'EOF'
map $request_uri $clean_uri {
  default $request_uri;
  "~^(?<head>.*[?&](token|password|api_key)=)[^&]*(?<tail>.*)$" "\${head}***\${tail}";
}
log_format clean '$remote_addr "$request_method $clean_uri" $status';
EOF
nginx -s reload
`,
  ),
  good(
    "masking pattern of a log appender",
    () => `#cloud-config
write_files:
  - path: /opt/app/logback.xml
    content: |
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %replace(%msg){'(password|token|secret)=[^ ]+','$1=***'}%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT"/></root>
      </configuration>
runcmd:
  - systemctl restart app
`,
  ),
  good(
    "shell history that leaves passwords out",
    () => `#!/bin/bash
cat > /etc/profile.d/history.sh <<'EOF'
export HISTCONTROL=ignoreboth
export HISTIGNORE='*password*:*passwd*:*SECRET*:*--token*'
export HISTTIMEFORMAT='%F %T '
EOF
`,
  ),
  good(
    "variables of a deployment tool in settings",
    () => `<powershell>
@'
{
  "ConnectionStrings": { "Main": "Server=sql.example.internal;Database=shop;User ID=shop;Password=#{ShopDbPassword}" },
  "Jwt": { "SigningKey": "#{JwtSigningKey}", "LifetimeMinutes": 30 }
}
'@ | Set-Content C:\\apps\\shop\\appsettings.tmpl.json
& 'C:\\ops\\render.ps1' -In C:\\apps\\shop\\appsettings.tmpl.json -Out C:\\apps\\shop\\appsettings.json
</powershell>
`,
  ),
  good(
    "join token of a swarm moved into a parameter",
    (made) => `#!/bin/bash
set -euo pipefail
docker swarm init --advertise-addr ${made.ip()} --autolock=false
aws ssm put-parameter --overwrite --type SecureString --name /swarm/worker-token --value "$(docker swarm join-token -q worker)"
`,
  ),

  // What is asked for at boot, and settings that only speak of it

  good(
    "role assumed with a token in a file",
    (made) => `#!/bin/bash
set -euo pipefail
CREDS=$(aws sts assume-role-with-web-identity --role-arn arn:aws:iam::${made.account()}:role/deploy --role-session-name boot \\
  --web-identity-token file:///run/oidc/token --duration-seconds 900 --query Credentials --output json)
export AWS_ACCESS_KEY_ID=$(jq -r .AccessKeyId <<<"$CREDS") AWS_SECRET_ACCESS_KEY=$(jq -r .SecretAccessKey <<<"$CREDS") AWS_SESSION_TOKEN=$(jq -r .SessionToken <<<"$CREDS")
aws s3 sync s3://example-deploy/web /srv/web
`,
  ),
  good(
    "short token of a service account for one request",
    () => `#!/bin/bash
TOKEN="$(kubectl -n ops create token deployer --duration=10m)"
kubectl config set-credentials deployer --token="$TOKEN"
kubectl config set-context deploy --cluster=main --user=deployer
kubectl --context deploy rollout restart deployment/web
`,
  ),
  good(
    "certificate authority by its fingerprint",
    (made) => `#!/bin/bash
step ca bootstrap --ca-url https://ca.example.internal --fingerprint ${made.digest()} --install
step ca certificate "$(hostname -f)" /etc/pki/host.crt /etc/pki/host.key --provisioner aws --not-after 24h
systemctl enable --now cert-renewer@host.timer
`,
  ),
  good(
    "sign-on session in the shared configuration",
    (made) => `#!/bin/bash
cat > /home/ec2-user/.aws/config <<'EOF'
[sso-session example]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile ops]
sso_session = example
sso_account_id = ${made.account()}
sso_role_name = ReadOnly
EOF
chown -R ec2-user: /home/ec2-user/.aws
`,
  ),
  good(
    "parameters of password hashes in a login portal",
    () => `#!/bin/bash
cat > /etc/authelia/configuration.yml <<'YAML'
authentication_backend:
  password_reset: { disable: true }
  file:
    path: /etc/authelia/users.yml
    password: { algorithm: argon2, argon2: { variant: argon2id, iterations: 3, memory: 65536, key_length: 32, salt_length: 16 } }
password_policy:
  zxcvbn: { enabled: true, min_score: 3 }
totp: { issuer: example.com, period: 30, secret_size: 32 }
YAML
cat > /etc/default/authelia <<'EOF'
AUTHELIA_SESSION_SECRET_FILE=/run/secrets/session
AUTHELIA_STORAGE_ENCRYPTION_KEY_FILE=/run/secrets/storage
EOF
systemctl restart authelia
`,
  ),
  good(
    "token bucket of a rate limit",
    () => `#!/bin/bash
cat > /etc/envoy/limit.yaml <<'YAML'
typed_config:
  "@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit
  stat_prefix: web
  token_bucket: { max_tokens: 200, tokens_per_fill: 100, fill_interval: 60s }
YAML
tc qdisc add dev eth0 root tbf rate 200mbit burst 64kb latency 50ms
`,
  ),
  good(
    "lock item with keys and a condition",
    () => `#!/bin/bash
set -e
OWNER=$(cloud-init query instance_id)
aws dynamodb put-item --table-name deploy-locks --condition-expression 'attribute_not_exists(LockKey)' \\
  --item "{\\"LockKey\\":{\\"S\\":\\"web-migrate\\"},\\"Owner\\":{\\"S\\":\\"$OWNER\\"}}" && /opt/web/bin/migrate
aws dynamodb delete-item --table-name deploy-locks --key '{"LockKey":{"S":"web-migrate"}}'
`,
  ),
  good(
    "cache user who logs in with the role",
    () => `#!/bin/bash
aws elasticache create-user --user-id web --user-name web --engine redis --access-string 'on ~app:* +@read +@write' --authentication-mode Type=iam
aws elasticache create-user --user-id probe --user-name probe --engine redis --access-string 'off -@all' --no-password-required
aws elasticache modify-user-group --user-group-id main --user-ids-to-add web
`,
  ),
  good(
    "encrypted credentials of a configuration manager",
    (made) => `<powershell>
$data = @{ AllNodes = @(@{
  NodeName = 'localhost'
  CertificateFile = 'C:\\dsc\\node.cer'
  Thumbprint = '${made.digest("sha1").toUpperCase()}'
  PSDscAllowPlainTextPassword = $false
  PSDscAllowDomainUser = $true
}) }
WebNode -ConfigurationData $data -Credential (Import-Clixml C:\\dsc\\svc.xml) -OutputPath C:\\dsc\\mof
Start-DscConfiguration -Path C:\\dsc\\mof -Wait -Force
</powershell>
`,
  ),
  good(
    "disk of Windows with a recovery password of its own",
    () => `<powershell>
Enable-BitLocker -MountPoint D: -EncryptionMethod XtsAes256 -UsedSpaceOnly -RecoveryPasswordProtector -SkipHardwareTest
$id = (Get-BitLockerVolume D:).KeyProtector | Where-Object KeyProtectorType -eq RecoveryPassword | Select-Object -ExpandProperty KeyProtectorId
Backup-BitLockerKeyProtector -MountPoint D: -KeyProtectorId $id
Enable-BitLockerAutoUnlock -MountPoint D:
</powershell>
`,
  ),
  good(
    "archive checked against a short public key",
    (made) => `#!/bin/bash
set -e
curl -fsSLO https://downloads.example.com/agent-3.1.tar.gz
curl -fsSLO https://downloads.example.com/agent-3.1.tar.gz.minisig
minisign -Vm agent-3.1.tar.gz -P RWQ${Buffer.from(made.digest("md5")).toString("base64").slice(0, 43)}u7Z3kQpLmX
tar -xzf agent-3.1.tar.gz -C /opt
`,
  ),
  // Values that look like something else

  bad(
    "key of AWS that begins like a path",
    (made) => `#!/bin/bash
aws configure set aws_access_key_id ${made.awsKeyId()}
aws configure set aws_secret_access_key /${made.awsSecret().slice(1)}
`,
  ),
  bad(
    "base64 that begins like a path, in a table",
    (made) => `#cloud-config
write_files:
  - path: /etc/gateway/gateway.toml
    content: |
      listen = "0.0.0.0:8443"
      session_secret = "/${made.base64(33).slice(1, 43)}="
`,
  ),
  bad(
    "base64 that ends like a pattern",
    (made) => `#!/bin/bash
cat > /etc/gateway/gateway.env <<'ENV'
GATEWAY_SIGNING_SECRET=${made.base64(33).slice(0, 42)}/g
ENV
`,
  ),
  good(
    "paths of letters, digits and capitals",
    () => `#!/bin/bash
cat > /etc/gateway/gateway.toml <<'T'
session_secret = "/run/credentials/GatewayV2/SessionSecret01"
signing_secret = "/Prod/Gateway/Region2/SigningSecret"
password = "/srv/App3/etc/Db1/Password"
client_secret = "/OAuth2/Api/7f2db8bc"
api_secret = "/SSO2/1c08d5b2/MySQLWeb"
db_password = "<<DB_PASSWORD_1>>"
T
`,
  ),
  bad(
    "password with brackets in a file of an environment",
    (made) => `#!/bin/bash
cat > /etc/portal.env <<'ENV'
PORTAL_MODE=live
PORTAL_DB_PASSWORD=q)${made.token(6)}}>,${made.token(5)}7
ENV
`,
  ),
  good(
    "references with brackets in a file of an environment",
    () => `#!/bin/bash
cat > /etc/portal.env <<'ENV'
PORTAL_DB_PASSWORD=@Microsoft.KeyVault(SecretUri=https://vault.example.com/secrets/portal)
PORTAL_TOKEN={{resolve:secretsmanager:portal:SecretString:token}}
PORTAL_API_KEY=<%=ENV['PORTAL_API_KEY']%>
PORTAL_SECRET=[[portal-secret-2024]]
ENV
`,
  ),
  bad(
    "password with a sign of a pattern within",
    (made) => `#!/bin/bash
cat > /etc/portal.json <<'JSON'
{ "db": { "user": "portal", "password": "${made.token(9)}.+S${made.token(3)}" } }
JSON
`,
  ),
  good(
    "patterns that mask passwords",
    () => `#!/bin/bash
cat > /etc/shipper.yml <<'Y'
mask:
  - { password: "(.*)", token: "^.+$" }
  - 'password=.*&user'
Y
`,
  ),
  bad(
    "hash of Argon2 with its parameters",
    (made) => `#!/bin/bash
cat > /etc/editor.yml <<'Y'
auth: password
hashed-password: "$argon2i$v=19$m=4096,t=3,p=1$${opaque(made, 16)}$${made.token(43)}"
Y
`,
  ),
  good(
    "names of classes, models and empty keys",
    () => `#!/bin/bash
cat > /srv/shop/settings.py <<'P'
TOKEN_MODEL = "rest_framework.authtoken.models.Token"
AUTH_TOKEN_CLASS = "shop.auth.tokens.SignedToken"
REFRESH_TOKEN = "oauth2_provider.models.RefreshToken"
P
cat > /srv/shop/.env <<'ENV'
APP_KEY=base64:
ENV
`,
  ),
  bad(
    "passwords with a bracket that no pattern closes",
    (made) => `#!/bin/bash
cat > /etc/portal.json <<'JSON'
{ "db": { "user": "portal", "password": "${made.token(4)}[^k${made.token(4)}" } }
JSON
`,
  ),
  bad(
    "password with a bracket that nothing closes in a file of an environment",
    (made) => `#!/bin/bash
cat > /etc/portal.env <<'ENV'
PORTAL_DB_PASSWORD=x(${made.token(5)}]2v>L${made.token(3)}
ENV
`,
  ),
  bad(
    "password that begins with a tilde",
    (made) => `#!/bin/bash
cat > /etc/portal.env <<'ENV'
PORTAL_DB_PASSWORD=~${made.token(12)}
ENV
`,
  ),
  good(
    "a character class, a match of Perl, and doubled signs",
    () => `#!/bin/bash
cat > /etc/portal.pl <<'P'
die if $password=~/^admin/;
my $class = { password => "[^a]" };
P
cat > /etc/hostapd.conf <<'H'
wpa_passphrase=%%WPA_PASSPHRASE%%
H
`,
  ),
  good(
    "references in quotes that another shell reads",
    () => `#!/bin/bash
cat > /root/dump.sh.tmpl <<'T'
mysqldump --user=backup --password='"$BACKUP_PASSWORD"' shop
T
neo4j-admin dbms set-initial-password '"$GRAPH_PASSWORD"'
aws rds modify-db-instance --db-instance-identifier shop --master-user-password '"$(aws secretsmanager get-random-password --query RandomPassword --output text)"'
`,
  ),
  bad(
    "literal in quotes that another shell reads",
    (made) => `#!/bin/bash
neo4j-admin dbms set-initial-password '"${made.password()}"'
`,
  ),
];
