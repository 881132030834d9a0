import { b64, bad, good, type Case } from "../corpus";

/** Another stretch of everyday tools, with innocent twins. */
export const roundB: readonly Case[] = [
  // Keys of AWS in the settings of tools

  bad(
    "s3cmd takes both keys as options",
    (made) => `#!/bin/bash
set -e
apt-get update -qq
apt-get install -y -qq s3cmd
s3cmd --access_key=${made.awsKeyId()} --secret_key=${made.awsSecret()} --region=eu-west-1 sync s3://example-static/ /var/www/html/
systemctl restart nginx
`,
  ),
  bad(
    "credentials file of Velero",
    (made) => `#!/bin/bash
cat > /root/credentials-velero <<EOF
[default]
aws_access_key_id=${made.awsKeyId()}
aws_secret_access_key=${made.awsSecret()}
EOF
velero install --provider aws --plugins velero/velero-plugin-for-aws:v1.11.0 --bucket example-velero \\
  --secret-file /root/credentials-velero --backup-location-config region=eu-central-1
`,
  ),
  bad(
    "Vector sink with an auth table",
    (made) => `#!/bin/bash
cat > /etc/vector/vector.toml <<'TOML'
[sources.app]
type = "file"
include = ["/var/log/app/*.log"]

[sinks.archive]
type = "aws_s3"
inputs = ["app"]
bucket = "example-logs"
region = "us-west-2"
encoding.codec = "json"
auth.access_key_id = "${made.awsKeyId()}"
auth.secret_access_key = "${made.awsSecret()}"
TOML
systemctl enable --now vector
`,
  ),
  bad(
    "Fluentd output with an abbreviated key name",
    (made) => `#!/bin/bash
cat >> /etc/fluent/fluentd.conf <<'EOF'
<match app.**>
  @type s3
  aws_key_id ${made.awsKeyId()}
  aws_sec_key ${made.awsSecret()}
  s3_bucket example-logs
  s3_region eu-west-1
  path logs/
</match>
EOF
systemctl restart fluentd
`,
  ),
  bad(
    "pgBackRest repository with a key secret",
    (made) => `#cloud-config
package_update: true
write_files:
  - path: /etc/pgbackrest/pgbackrest.conf
    owner: root:root
    permissions: "0640"
    content: |
      [global]
      repo1-type=s3
      repo1-s3-bucket=example-pgbackrest
      repo1-s3-endpoint=s3.eu-west-1.amazonaws.com
      repo1-s3-region=eu-west-1
      repo1-s3-key=${made.awsKeyId()}
      repo1-s3-key-secret=${made.awsSecret()}

      [main]
      pg1-path=/var/lib/postgresql/16/main
runcmd:
  - pgbackrest --stanza=main stanza-create
`,
  ),
  bad(
    "object store file of Thanos",
    (made) => `#!/bin/bash
install -d -m 0755 /etc/thanos
tee /etc/thanos/objstore.yml >/dev/null <<YAML
type: S3
config:
  bucket: example-thanos
  endpoint: s3.us-east-1.amazonaws.com
  access_key: ${made.awsKeyId()}
  secret_key: ${made.awsSecret()}
YAML
systemctl enable --now thanos-sidecar
`,
  ),
  bad(
    "Loki storage address with keys as user information",
    (made) => `#!/bin/bash
exec > >(tee /var/log/user-data.log | logger -t user-data -s 2>/dev/console) 2>&1
cat > /etc/loki/storage.yaml <<'EOF'
storage_config:
  aws:
    s3: s3://${made.awsKeyId()}:${encodeURIComponent(made.awsSecret())}@eu-west-1/example-loki
    s3forcepathstyle: false
EOF
systemctl restart loki
`,
  ),
  bad(
    "image registry that keeps its layers in a bucket",
    (made) => `#!/bin/bash
docker run -d --name registry -p 5000:5000 --restart always \\
  -e REGISTRY_STORAGE=s3 \\
  -e REGISTRY_STORAGE_S3_REGION=eu-west-1 \\
  -e REGISTRY_STORAGE_S3_BUCKET=example-registry \\
  -e REGISTRY_STORAGE_S3_ACCESSKEY=${made.awsKeyId()} \\
  -e REGISTRY_STORAGE_S3_SECRETKEY=${made.awsSecret()} \\
  registry:2
`,
  ),
  bad(
    "Ruby credentials object by position",
    (made) => `#!/bin/bash
yum install -y ruby3.2
ruby -raws-sdk-s3 <<'RUBY'
Aws.config.update(region: 'eu-west-1', credentials: Aws::Credentials.new('${made.awsKeyId()}', '${made.awsSecret()}'))
Aws::S3::Client.new.get_object(bucket: 'example-dist', key: 'app.tgz', response_target: '/opt/app.tgz')
RUBY
tar -xzf /opt/app.tgz -C /opt
`,
  ),
  bad(
    "storage client of PHP with key and secret",
    (made) => `#!/bin/bash
cat > /srv/portal/config/s3.php <<'PHP'
<?php
return new Aws\\S3\\S3Client([
    'version' => 'latest',
    'region' => 'eu-central-1',
    'credentials' => ['key' => '${made.awsKeyId()}', 'secret' => '${made.awsSecret()}'],
]);
PHP
chown www-data: /srv/portal/config/s3.php
`,
  ),
  bad(
    "secret of DuckDB in a statement",
    (made) => `#!/bin/bash
duckdb /srv/report.db -c "CREATE SECRET lake (TYPE S3, KEY_ID '${made.awsKeyId()}', SECRET '${made.awsSecret()}', REGION 'eu-west-1'); CREATE TABLE t AS SELECT * FROM 's3://example-lake/day.parquet';"
`,
  ),
  bad(
    "table function of ClickHouse with keys by position",
    (made) => `#!/bin/bash
set -euo pipefail
until clickhouse-client -q 'SELECT 1' >/dev/null; do sleep 2; done
clickhouse-client -q "INSERT INTO hits SELECT * FROM s3('https://example-lake.s3.eu-west-1.amazonaws.com/hits/*.parquet', '${made.awsKeyId()}', '${made.awsSecret()}', 'Parquet')"
touch /var/lib/seed.ready
`,
  ),
  bad(
    "copy statement with a credentials string",
    (made) => `#!/bin/bash
psql "host=dwh.example.internal port=5439 dbname=dwh user=loader" <<'SQL'
copy events from 's3://example-events/2024/'
credentials 'aws_access_key_id=${made.awsKeyId()};aws_secret_access_key=${made.awsSecret()}'
format as json 'auto';
SQL
`,
  ),
  bad(
    "old boto file of root",
    (made) => `#!/bin/bash
printf '[Credentials]\\naws_access_key_id = %s\\naws_secret_access_key = %s\\n' '${made.awsKeyId()}' '${made.awsSecret()}' > /root/.boto
python3 /opt/sync/pull.py
`,
  ),
  bad(
    "object read in PowerShell with keys as parameters",
    (made) => `<powershell>
New-Item -ItemType Directory -Force C:\\deploy | Out-Null
Read-S3Object -BucketName example-deploy -Key web.zip -File C:\\deploy\\web.zip -Region eu-west-1 -AccessKey ${made.awsKeyId()} -SecretKey ${made.awsSecret()}
Expand-Archive C:\\deploy\\web.zip C:\\inetpub\\wwwroot -Force
</powershell>
`,
  ),
  bad(
    "WAL-G settings in JSON",
    (made) => `#!/bin/bash
cat > /var/lib/postgresql/.walg.json <<'JSON'
{
  "WALG_S3_PREFIX": "s3://example-wal/main",
  "AWS_REGION": "eu-west-1",
  "AWS_ACCESS_KEY_ID": "${made.awsKeyId()}",
  "AWS_SECRET_ACCESS_KEY": "${made.awsSecret()}",
  "PGHOST": "/var/run/postgresql"
}
JSON
chown postgres: /var/lib/postgresql/.walg.json
su - postgres -c 'wal-g backup-push /var/lib/postgresql/16/main'
`,
  ),
  good(
    "Velero without a secret",
    () => `#!/bin/bash
velero install --provider aws --plugins velero/velero-plugin-for-aws:v1.11.0 --bucket example-velero \\
  --no-secret --backup-location-config region=eu-central-1 --sa-annotations eks.amazonaws.com/role-arn=arn:aws:iam::123456789012:role/velero
`,
  ),
  good(
    "Vector sink that assumes a role",
    (made) => `#!/bin/bash
cat > /etc/vector/vector.toml <<'TOML'
[sinks.archive]
type = "aws_s3"
inputs = ["app"]
bucket = "example-logs"
key_prefix = "date=%F/"
region = "us-west-2"
auth.assume_role = "arn:aws:iam::${made.account()}:role/vector-archive"
server_side_encryption = "aws:kms"
ssekms_key_id = "${made.uuid()}"
encoding.codec = "json"
TOML
systemctl enable --now vector
`,
  ),
  good(
    "Fluentd output with the profile of the machine",
    () => `#!/bin/bash
cat >> /etc/fluent/fluentd.conf <<'EOF'
<match app.**>
  @type s3
  <instance_profile_credentials>
    ip_address 169.254.169.254
    port 80
  </instance_profile_credentials>
  s3_bucket example-logs
  s3_object_key_format %{path}%{time_slice}_%{index}.%{file_extension}
  path logs/
</match>
EOF
systemctl restart fluentd
`,
  ),
  good(
    "image registry with a secret of this boot",
    () => `#!/bin/bash
docker run -d --name registry -p 5000:5000 --restart always \\
  -e REGISTRY_STORAGE=s3 \\
  -e REGISTRY_STORAGE_S3_REGION=eu-west-1 \\
  -e REGISTRY_STORAGE_S3_BUCKET=example-registry \\
  -e REGISTRY_STORAGE_S3_KEYID=alias/registry \\
  -e REGISTRY_HTTP_SECRET="$(openssl rand -hex 32)" \\
  registry:2
`,
  ),
  good(
    "storage file of Rails with embedded expressions",
    () => `#!/bin/bash
cat > /srv/app/config/storage.yml <<'YAML'
amazon:
  service: S3
  access_key_id: <%= Rails.application.credentials.dig(:aws, :access_key_id) %>
  secret_access_key: <%= ENV["AWS_SECRET_ACCESS_KEY"] %>
  region: eu-central-1
  bucket: example-uploads
YAML
`,
  ),
  good(
    "storage client of PHP with the instance profile",
    () => `#!/bin/bash
cat > /srv/portal/config/s3.php <<'PHP'
<?php
use Aws\\Credentials\\CredentialProvider;
return new Aws\\S3\\S3Client([
    'version' => 'latest',
    'region' => 'eu-central-1',
    'credentials' => CredentialProvider::memoize(CredentialProvider::instanceProfile()),
]);
PHP
`,
  ),
  good(
    "secret of DuckDB from the credential chain",
    () => `#!/bin/bash
duckdb /srv/report.db -c "CREATE SECRET lake (TYPE S3, PROVIDER CREDENTIAL_CHAIN, REGION 'eu-west-1'); CREATE TABLE t AS SELECT * FROM 's3://example-lake/day.parquet';"
`,
  ),
  good(
    "encrypted copy with names of keys",
    (made) => `#!/bin/bash
set -e
KEY_PREFIX="exports/$(date +%F)"
aws s3api put-object --bucket example-exports --key "$KEY_PREFIX/orders.csv.gz" --body /srv/out/orders.csv.gz \\
  --server-side-encryption aws:kms --ssekms-key-id arn:aws:kms:eu-west-1:${made.account()}:key/${made.uuid()} --bucket-key-enabled
aws s3api head-object --bucket example-exports --key "$KEY_PREFIX/orders.csv.gz"
`,
  ),
  good(
    "every member of a secret exported with quoting",
    () => `#!/bin/bash
set -euo pipefail
eval "$(aws secretsmanager get-secret-value --secret-id prod/orders --query SecretString --output text \\
  | jq -r 'to_entries[] | "export \\(.key)=\\(.value | @sh)"')"
exec /opt/orders/bin/server
`,
  ),
  good(
    "parameters of a path turned into an env file",
    () => `#!/bin/bash
aws ssm get-parameters-by-path --path /prod/web/ --with-decryption --query 'Parameters[].[Name,Value]' --output text |
while read -r name value; do
  printf '%s=%q\\n' "$(basename "$name" | tr a-z- A-Z_)" "$value"
done > /etc/web.env
chmod 600 /etc/web.env
systemctl enable --now web
`,
  ),

  // Environments of applications

  bad(
    "quadlet of a container with an environment line",
    (made) => `#!/bin/bash
mkdir -p /etc/containers/systemd
cat > /etc/containers/systemd/keycloak.container <<'EOF'
[Container]
Image=quay.io/keycloak/keycloak:26.0
Exec=start --optimized
Environment=KC_DB=postgres KC_DB_URL=jdbc:postgresql://db.example.internal/kc
Environment=KC_DB_USERNAME=kc KC_DB_PASSWORD=${made.password()}
PublishPort=8443:8443

[Install]
WantedBy=multi-user.target
EOF
systemctl daemon-reload
systemctl start keycloak
`,
  ),
  good(
    "quadlet of a container with a named secret",
    () => `#!/bin/bash
aws ssm get-parameter --name /prod/kc/db --with-decryption --query Parameter.Value --output text | tr -d '\\n' | podman secret create kc-db -
cat > /etc/containers/systemd/keycloak.container <<'EOF'
[Container]
Image=quay.io/keycloak/keycloak:26.0
Exec=start --optimized
Environment=KC_DB=postgres KC_DB_USERNAME=kc
Secret=kc-db,type=env,target=KC_DB_PASSWORD
EOF
systemctl daemon-reload
systemctl start keycloak
`,
  ),
  bad(
    "encryption key of a workflow engine",
    (made) => `#!/bin/bash
cat > /opt/n8n/.env <<EOF
N8N_HOST=flows.example.com
N8N_PROTOCOL=https
N8N_ENCRYPTION_KEY=${made.base64(24)}
GENERIC_TIMEZONE=Europe/Berlin
EOF
docker compose -f /opt/n8n/compose.yml up -d
`,
  ),
  good(
    "workflow engine that reads its key from a file",
    () => `#!/bin/bash
[ -s /opt/n8n/key ] || openssl rand -base64 24 > /opt/n8n/key
cat > /opt/n8n/.env <<EOF
N8N_HOST=flows.example.com
N8N_ENCRYPTION_KEY_FILE=/run/secrets/n8n_key
N8N_USER_MANAGEMENT_JWT_DURATION_HOURS=168
N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS=true
EOF
docker compose -f /opt/n8n/compose.yml up -d
`,
  ),
  bad(
    "secret key of a dashboard server in Python",
    (made) => `#!/bin/bash
cat > /opt/superset/superset_config.py <<'PY'
ROW_LIMIT = 5000
SECRET_KEY = "${made.base64(42)}"
SQLALCHEMY_DATABASE_URI = "postgresql://superset@db.example.internal/superset"
WTF_CSRF_ENABLED = True
PY
superset db upgrade
`,
  ),
  good(
    "dashboard server that reads its environment",
    () => `#!/bin/bash
cat > /opt/superset/superset_config.py <<'PY'
import os
ROW_LIMIT = 5000
SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
GUEST_TOKEN_JWT_EXP_SECONDS = 300
GUEST_TOKEN_HEADER_NAME = "X-GuestToken"
WTF_CSRF_TIME_LIMIT = 60 * 60 * 24
PY
`,
  ),
  bad(
    "comma list of application keys",
    (made) => `#!/bin/bash
set -e
cat >> /srv/cms/.env <<'EOF'
HOST=127.0.0.1
PORT=1337
APP_KEYS=${made.base64(16)},${made.base64(16)}
EOF
pm2 restart cms
`,
  ),
  good(
    "application keys made in a loop",
    () => `#!/bin/bash
set -e
for name in ADMIN_JWT_SECRET API_TOKEN_SALT TRANSFER_TOKEN_SALT; do
  grep -q "^$name=" /srv/cms/.env || echo "$name=$(openssl rand -base64 16)" >> /srv/cms/.env
done
pm2 restart cms
`,
  ),
  bad(
    "session secret of a Next.js site in a service",
    (made) => `#cloud-config
write_files:
  - path: /etc/systemd/system/site.service
    content: |
      [Service]
      WorkingDirectory=/srv/site
      Environment=NEXTAUTH_URL=https://www.example.com
      Environment=NEXTAUTH_SECRET=${made.base64(32)}
      ExecStart=/usr/bin/node server.js
      User=site
runcmd:
  - systemctl enable --now site
`,
  ),
  bad(
    "licensed gem server in a variable of Bundler",
    (made) => `#!/bin/bash
export BUNDLE_ENTERPRISE__CONTRIBSYS__COM=${made.hex(8)}:${made.hex(8)}
cd /srv/app && bundle install --deployment
`,
  ),
  good(
    "Bundler without a login",
    () => `#!/bin/bash
export BUNDLE_WITHOUT=development:test BUNDLE_PATH=vendor/bundle BUNDLE_FROZEN=true
export BUNDLE_GEMS__EXAMPLE__INTERNAL="$(aws secretsmanager get-secret-value --secret-id ci/gems --query SecretString --output text)"
cd /srv/app && bundle install
`,
  ),
  bad(
    "secret token of an APM agent as a Java property",
    (made) => `#!/bin/bash
set -euo pipefail
hostnamectl set-hostname orders-12.example.internal
echo 'JAVA_TOOL_OPTIONS="-javaagent:/opt/apm.jar -Delastic.apm.service_name=orders -Delastic.apm.secret_token=${made.token(24)}"' >> /etc/default/orders
systemctl restart orders
`,
  ),
  bad(
    "cloudinary address in a container variable",
    (made) => `#!/bin/bash
docker run -d --name media -e CLOUDINARY_URL=cloudinary://874837483274837:${made.token(27)}@example -p 8080:8080 ghcr.io/example/media:2.4
`,
  ),
  bad(
    "secret map token with a well-known prefix",
    (made) => `#!/bin/bash
MAPBOX_TOKEN="sk.${made.base64url(40)}.${made.base64url(16)}"
curl -fsS "https://api.mapbox.com/tilesets/v1/example?access_token=$MAPBOX_TOKEN" -o /srv/tiles.json
`,
  ),
  bad(
    "admin key of a search service in TypeScript settings",
    (made) => `#!/bin/bash
cat > /srv/shop/search.config.ts <<'TS'
export default {
  applicationId: "B1G2GM9NG0",
  adminApiKey: "${made.hex(32)}",
  indexName: "products",
};
TS
`,
  ),
  bad(
    "integration secret of a wiki in a cron file",
    (made) => `#!/bin/bash
cat > /etc/cron.d/wiki-export <<'CRON'
NOTION_TOKEN=secret_${made.token(43)}
15 2 * * * app /opt/wiki/export.sh >> /var/log/wiki.log 2>&1
CRON
chmod 644 /etc/cron.d/wiki-export
`,
  ),
  bad(
    "payment client in YAML",
    (made) => `#!/bin/bash
cat > /opt/shop/payment.yml <<'YAML'
paypal:
  mode: live
  client-id: AcX1nExampleClient
  client-secret: ${made.token(64)}
  webhook-path: /hooks/paypal
YAML
systemctl restart shop
`,
  ),
  good(
    "payment client without a literal",
    () => `#!/bin/bash
cat > /opt/shop/payment.yml <<'YAML'
paypal:
  mode: live
  client-id: AcX1nExampleClient
  client-secret: \${PAYPAL_CLIENT_SECRET}
  token-url: https://api-m.paypal.com/v1/oauth2/token
  token-cache-seconds: 28000
YAML
systemctl restart shop
`,
  ),
  bad(
    "connect token of a feature flag server",
    (made) => `#!/bin/bash
docker run -d --name edge -p 3063:3063 -e UPSTREAM_URL=https://flags.example.com -e TOKENS='*:production.${made.hex(56)}' unleashorg/unleash-edge:v19 edge
`,
  ),
  bad(
    "rpc secret of an object store cluster",
    (made) => `#!/bin/bash
cat > /etc/garage.toml <<'TOML'
metadata_dir = "/data/meta"
data_dir = "/data/blocks"
replication_factor = 3
rpc_bind_addr = "[::]:3901"
rpc_secret = "${made.hex(64)}"
TOML
systemctl enable --now garage
`,
  ),
  good(
    "object store cluster with paths and peers",
    (made) => `#!/bin/bash
cat > /etc/garage.toml <<'TOML'
metadata_dir = "/data/meta"
data_dir = "/data/blocks"
rpc_bind_addr = "[::]:3901"
rpc_secret_file = "/run/credentials/garage/rpc"
bootstrap_peers = ["${made.digest()}@${made.ip()}:3901"]
TOML
systemctl enable --now garage
`,
  ),
  good(
    "proxy for models that names variables",
    () => `#!/bin/bash
cat > /etc/litellm/config.yaml <<'YAML'
model_list:
  - model_name: chat
    litellm_params:
      model: openai/gpt-4o
      api_key: os.environ/OPENAI_API_KEY
      max_tokens: 4096
    model_info:
      input_cost_per_token: 0.0000025
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
YAML
systemctl restart litellm
`,
  ),
  good(
    "env file sealed under a public key",
    (made) => `#!/bin/bash
cat > /srv/api/.env <<'EOF'
DOTENV_PUBLIC_KEY="02${made.digest()}"
DB_PASSWORD="encrypted:${Buffer.from(made.digest("sha512") + made.digest()).toString("base64")}"
SMTP_PASSWORD="encrypted:${Buffer.from(made.digest("sha512")).toString("base64")}"
EOF
DOTENV_PRIVATE_KEY=$(aws ssm get-parameter --name /prod/api/dotenv --with-decryption --query Parameter.Value --output text) dotenvx run -- node /srv/api/server.js
`,
  ),
  good(
    "secrets file of ejson",
    (made) => `#!/bin/bash
cat > /srv/app/config/secrets.ejson <<'JSON'
{
  "_public_key": "${made.digest()}",
  "database_password": "EJ[1:${Buffer.from(made.digest()).toString("base64").slice(0, 43)}=:${Buffer.from(made.digest()).toString("base64").slice(0, 32)}:${Buffer.from(made.digest()).toString("base64").slice(0, 44)}]"
}
JSON
ejson -keydir /run/keys decrypt /srv/app/config/secrets.ejson > /run/app/secrets.json
`,
  ),

  // Headers and requests

  bad(
    "token header of Vault in a request",
    (made) => `#!/bin/bash
set -euo pipefail
yum install -y -q jq
curl -fsS -H "X-Vault-Token: hvs.${made.token(24)}" https://vault.example.internal:8200/v1/kv/data/app | jq -r .data.data.license > /etc/app/license
systemctl restart app
`,
  ),
  good(
    "token header of Vault from the sink of the agent",
    () => `#!/bin/bash
set -euo pipefail
curl -fsS -H "X-Vault-Token: $(cat /run/vault/token)" -H "X-Vault-Namespace: platform/prod" \\
  https://vault.example.internal:8200/v1/kv/data/app | jq -r .data.data.license > /etc/app/license
`,
  ),
  bad(
    "token header of Consul in a function",
    (made) => `#!/bin/bash
register() {
  curl -fsS -X PUT -H 'X-Consul-Token: ${made.uuidSecret()}' --data @"$1" http://127.0.0.1:8500/v1/agent/service/register
}
register /etc/consul.d/web.json
`,
  ),
  bad(
    "annotation sent to a dashboard with a service account",
    (made) => `#!/bin/bash
NODE=$(hostname -s)
curl -sS -X POST https://grafana.example.internal/api/annotations \\
  -H "Authorization: Bearer glsa_${made.token(32)}_${made.hex(8)}" \\
  -H 'Content-Type: application/json' \\
  -d "{\\"text\\":\\"boot $NODE\\",\\"tags\\":[\\"boot\\"]}"
`,
  ),
  good(
    "annotation sent with a token of a file",
    () => `#!/bin/bash
NODE=$(hostname -s)
curl -sS -X POST https://grafana.example.internal/api/annotations \\
  -H "Authorization: Bearer $(< /run/secrets/grafana)" \\
  -H "Idempotency-Key: boot-$NODE" -H 'Content-Type: application/json' \\
  -d "{\\"text\\":\\"boot $NODE\\",\\"tags\\":[\\"boot\\"]}"
`,
  ),
  bad(
    "scheme of its own in the header of an identity provider",
    (made) => `#!/bin/bash
python3 - <<'PY'
import requests
r = requests.get("https://example.okta.com/api/v1/groups", headers={"Authorization": "SSWS 00${made.token(40)}"}, timeout=10)
open("/etc/app/groups.json", "w").write(r.text)
PY
systemctl restart app
`,
  ),
  bad(
    "token of a hypervisor in its own scheme",
    (made) => `#!/bin/bash
curl -fsS -H 'Authorization: PVEAPIToken=monitor@pve!metrics=${made.uuidSecret()}' https://pve.example.internal:8006/api2/json/nodes > /srv/nodes.json
`,
  ),
  bad(
    "service token of an access proxy in two headers",
    (made) => `#!/bin/bash
curl -fsSL -H "CF-Access-Client-Id: ${made.digest("md5")}.access" -H "CF-Access-Client-Secret: ${made.hex(64)}" \\
  https://artifacts.example.com/agent.deb -o /tmp/agent.deb
dpkg -i /tmp/agent.deb
`,
  ),
  good(
    "service token of an access proxy from the store",
    (made) => `#!/bin/bash
CF_SECRET=$(aws secretsmanager get-secret-value --secret-id edge/access --query SecretString --output text)
curl -fsSL -H "CF-Access-Client-Id: ${made.digest("md5")}.access" -H "CF-Access-Client-Secret: $CF_SECRET" \\
  https://artifacts.example.com/inventory.json -o /srv/inventory.json
`,
  ),
  bad(
    "purge key of a content network",
    (made) => `#!/bin/bash
cat > /usr/local/bin/purge <<'SH'
#!/bin/sh
curl -fsS -X POST -H "Fastly-Key: ${made.token(32)}" "https://api.fastly.com/service/SU1Z0isxPaozGVKXdv0eY/purge/$1"
SH
chmod 755 /usr/local/bin/purge
`,
  ),
  bad(
    "help desk user with a slash before the token",
    (made) => `#!/bin/bash
curl -fsS -u 'ops@example.com/token:${made.token(40)}' https://example.zendesk.com/api/v2/tickets.json -o /srv/tickets.json
`,
  ),
  bad(
    "push message with an application token",
    (made) => `#!/bin/bash
notify() {
  curl -s --form-string "token=${made.token(30, "abcdefghijkmnopqrstuvwxyz123456789")}" --form-string "user=ops" --form-string "message=$1" https://api.pushover.net/1/messages.json
}
notify "$(hostname) is up"
`,
  ),
  bad(
    "token header of wget in a variable",
    (made) => `#!/bin/bash
AUTH_HEADER="Authorization: token ${made.hex(40)}"
wget -q --header="$AUTH_HEADER" -O /opt/app.tar.gz https://git.example.internal/api/v1/repos/web/app/archive/main.tar.gz
tar -xzf /opt/app.tar.gz -C /srv
`,
  ),
  good(
    "headers with cache, tracing and conditions",
    (made) => `#!/bin/bash
curl -fsSL -H 'If-None-Match: "${made.digest("md5")}"' -H 'X-Request-Id: ${made.uuid()}' \\
  -H 'Accept: application/vnd.example.v2+json' -H 'X-Api-Version: 2024-05-01' \\
  https://assets.example.com/bundle.json -o /srv/bundle.json
`,
  ),
  good(
    "token exchanged for the identity of the machine",
    () => `#!/bin/bash
set -euo pipefail
JWT=$(curl -fsS -X POST https://idp.example.internal/token -d grant_type=client_credentials --cert /etc/pki/host.crt --key /etc/pki/host.key | jq -r .access_token)
curl -fsS -H "Authorization: Bearer \${JWT}" https://api.example.internal/v1/config > /etc/app/config.json
unset JWT
`,
  ),

  // Options of clients

  bad(
    "MySQL shell with an address of user and password",
    (made) => `#!/bin/bash
mysqlsh --sql root:${made.weak()}@localhost:3306 -e "SET GLOBAL max_connections = 400"
`,
  ),
  good(
    "login path of MySQL and a prompt",
    () => `#!/bin/bash
mysql --login-path=backup -N -e 'show databases' > /srv/databases
mysqlsh --sql app@db.example.internal:3306 --password < /dev/null || true
mysqlcheck --login-path=backup --all-databases
`,
  ),
  bad(
    "pgloader with two addresses",
    (made) => `#!/bin/bash
yum install -y -q pgloader
pgloader mysql://shop:${made.password()}@${made.host()}/shop postgresql://shop@127.0.0.1/shop
`,
  ),
  good(
    "pgloader with two variables",
    () => `#!/bin/bash
source /run/app/db.env
pgloader "mysql://shop:$MYSQL_PW@mysql.example.internal/shop" "postgresql://shop:\${PG_PW}@127.0.0.1/shop"
`,
  ),
  bad(
    "Valkey client with a user and a pass option",
    (made) => `#!/bin/bash
until valkey-cli -h ${made.host()} ping; do sleep 2; done
valkey-cli -h ${made.host()} --user app --pass ${made.password(20)} --no-auth-warning config set maxmemory 2gb
`,
  ),
  bad(
    "agent of a metrics store with a dotted option",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/vmagent.service <<'UNIT'
[Service]
ExecStart=/usr/local/bin/vmagent -promscrape.config=/etc/vmagent/scrape.yml \\
  -remoteWrite.url=https://metrics.example.com/api/v1/write \\
  -remoteWrite.basicAuth.username=node -remoteWrite.basicAuth.password=${made.weak()}
Restart=always
UNIT
systemctl enable --now vmagent
`,
  ),
  good(
    "agent of a metrics store with files",
    () => `#!/bin/bash
cat > /etc/default/vmagent <<'EOF'
ARGS="-remoteWrite.url=https://metrics.example.com/api/v1/write -remoteWrite.basicAuth.username=node -remoteWrite.basicAuth.passwordFile=/etc/vmagent/pw -remoteWrite.tlsKeyFile=/etc/vmagent/tls.key"
EOF
systemctl restart vmagent
`,
  ),
  bad(
    "management client of a broker with an equals sign",
    (made) => `#!/bin/bash
rabbitmqadmin --host=${made.host()} --username=ops --password=${made.symbols()} declare queue name=orders durable=true
`,
  ),
  bad(
    "context of NATS saved with a password",
    (made) => `#!/bin/bash
set -e
nats context save prod --server nats://${made.host()}:4222 --user app --password '${made.phrase()}' --select
nats stream add ORDERS --config /etc/nats/orders.json
`,
  ),
  bad(
    "Pulsar client with a token parameter",
    (made) => `#!/bin/bash
/opt/pulsar/bin/pulsar-admin --admin-url https://${made.host()}:8443 --auth-plugin org.apache.pulsar.client.impl.auth.AuthenticationToken --auth-params token:${made.jwt()} topics create persistent://public/default/orders
`,
  ),
  bad(
    "download program with its own names of options",
    (made) => `#!/bin/bash
aria2c -x 8 --http-user=fetch --http-passwd=${made.weak()} -d /srv/data https://data.example.internal/set.tar
`,
  ),
  bad(
    "package signed with pass in front",
    (made) => `#!/bin/bash
apksigner sign --ks /opt/keys/release.jks --ks-pass pass:${made.password()} --out /srv/app.apk /srv/app-unsigned.apk
`,
  ),
  good(
    "package signed with env and file in front",
    () => `#!/bin/bash
apksigner sign --ks /opt/keys/release.jks --ks-pass env:KS_PASS --key-pass file:/run/keys/release --out /srv/app.apk /srv/app-unsigned.apk
`,
  ),
  bad(
    "login of a repository client with an access token",
    (made) => `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq curl
jf config add main --url=https://artifacts.example.com --access-token=${made.jwt()} --interactive=false
jf rt dl libs-release/app/app-1.4.2.jar /opt/app/
`,
  ),
  bad(
    "GitLab client logs in with an option",
    (made) => `#!/bin/bash
glab auth login --hostname gitlab.example.internal --token glpat-${made.token(20)}
glab repo clone platform/site /srv/site
`,
  ),
  bad(
    "release marked by the client of an error tracker",
    (made) => `#!/bin/bash
sentry-cli --auth-token sntrys_${made.base64url(48)} releases new "$(cat /opt/app/VERSION)"
`,
  ),
  good(
    "release marked with a token of the environment",
    (made) => `#!/bin/bash
export SENTRY_AUTH_TOKEN="$(/usr/local/bin/get-secret sentry)"
sentry-cli releases new "${made.digest("sha1")}"
sentry-cli releases set-commits "${made.digest("sha1")}" --auto
`,
  ),
  bad(
    "vault of passwords unlocked from a variable",
    (made) => `#!/bin/bash
export BW_CLIENTID=user.${made.uuid()} BW_CLIENTSECRET=${made.token(30)}
bw login --apikey
bw sync
`,
  ),
  bad(
    "share client enabled by position",
    (made) => `#!/bin/bash
curl -fsSLo /tmp/zrok.tgz https://github.com/openziti/zrok/releases/download/v0.4.44/zrok_0.4.44_linux_amd64.tar.gz
tar -xzf /tmp/zrok.tgz -C /usr/local/bin zrok
zrok enable ${made.token(12)} --headless
`,
  ),
  bad(
    "client of a virtual data centre",
    (made) => `#!/bin/bash
export GOVC_URL=https://vc.example.internal GOVC_USERNAME=svc@vsphere.local
export GOVC_PASSWORD='${made.symbols(14)}' GOVC_INSECURE=0
govc vm.info -json web-1 > /srv/vm.json
`,
  ),
  good(
    "client of a virtual data centre with a fetched password",
    () => `#!/bin/bash
export GOVC_URL=https://vc.example.internal GOVC_USERNAME=svc@vsphere.local
GOVC_PASSWORD=$(aws ssm get-parameter --name /vc/password --with-decryption --query Parameter.Value --output text) govc vm.info -json web-1 > /srv/vm.json
`,
  ),
  bad(
    "search head edited with an auth option",
    (made) => `#!/bin/bash
/opt/splunk/bin/splunk edit licenser-localpeer -manager_uri https://${made.host()}:8089 -auth admin:${made.weak()}
/opt/splunk/bin/splunk restart
`,
  ),
  bad(
    "CockroachDB address as an option",
    (made) => `#!/bin/bash
cockroach sql --url "postgresql://app:${made.password()}@${made.host()}:26257/defaultdb?sslmode=verify-full" -f /opt/schema.sql
`,
  ),
  bad(
    "ftp tree mounted with a user option",
    (made) => `#!/bin/bash
mkdir -p /mnt/partner
curlftpfs -o user=partner:${made.weak()},allow_other ftp.example.com /mnt/partner
`,
  ),
  bad(
    "build argument with a package token",
    (made) => `#!/bin/bash
cd /srv/app
docker buildx build --build-arg NODE_VERSION=22 --build-arg NPM_TOKEN=npm_${made.token(36)} -t app:latest .
`,
  ),
  good(
    "build arguments without a secret",
    (made) => `#!/bin/bash
cd /srv/app
docker buildx build --build-arg NODE_VERSION=22 --build-arg GIT_SHA=${made.digest("sha1")} --secret id=npm,env=NPM_TOKEN \\
  --label org.opencontainers.image.revision=${made.digest("sha1")} -t app:latest .
`,
  ),
  good(
    "short options that mean processes, ports and panes",
    () => `#!/bin/bash
nmap -Pn -p 22,443 10.0.0.0/28 -oG /srv/scan
lsof -p "$(cat /run/app.pid)" | wc -l
screen -S build -p 0 -X stuff 'make test'
sort -k2,2 -u /srv/hosts > /srv/hosts.sorted
perf record -p "$(pgrep -o app)" -a -- sleep 5
cp -pr /etc/skel/. /srv/home
`,
  ),
  good(
    "long options that name keys and tokens",
    (made) => `#!/bin/bash
aws ec2 run-instances --key-name ops-2024 --image-id ami-0${made.digest("md5").slice(0, 16)} --client-token boot-${made.uuid()}
aws apigateway create-rest-api --name web --api-key-source HEADER
aws dynamodb create-table --table-name t --attribute-definitions AttributeName=pk,AttributeType=S --key-schema AttributeName=pk,KeyType=HASH --billing-mode PAY_PER_REQUEST
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

  // Keys in PEM and other frames

  bad(
    "certificate and key of a load balancer in one file",
    (made) => `#!/bin/bash
cat > /etc/haproxy/certs/site.pem <<'PEM'
${made.certificate()}
${made.privateKey("ec")}
PEM
chmod 600 /etc/haproxy/certs/site.pem
systemctl reload haproxy
`,
  ),
  good(
    "certificate and key of a load balancer joined from files",
    (made) => `#!/bin/bash
cat > /etc/haproxy/certs/chain.pem <<'PEM'
${made.certificate()}
PEM
aws s3 cp s3://example-pki/site.key /run/site.key
cat /etc/haproxy/certs/chain.pem /run/site.key > /etc/haproxy/certs/site.pem
shred -u /run/site.key
`,
  ),
  bad(
    "inline key in an Envoy listener",
    (made) => `#!/bin/bash
cat > /etc/envoy/tls.yaml <<'YAML'
resources:
- "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
  name: site
  tls_certificate:
    certificate_chain: { filename: /etc/envoy/site.crt }
    private_key:
      inline_string: |
${made.privateKey("ec", "sec1").replaceAll(/^/gm, "        ")}
YAML
systemctl restart envoy
`,
  ),
  bad(
    "private key in a Windows document",
    (made) => `<powershell>
@'
${made.privateKey("rsa", "pkcs1")}
'@ | Set-Content -Encoding ascii C:\\ProgramData\\ssh\\deploy_key
icacls C:\\ProgramData\\ssh\\deploy_key /inheritance:r /grant 'SYSTEM:F'
</powershell>
`,
  ),
  bad(
    "TLS secret of a cluster with the key in base64",
    (made) => `#!/bin/bash
cat <<'YAML' | kubectl apply -f -
apiVersion: v1
kind: Secret
metadata: { name: site-tls, namespace: web }
type: kubernetes.io/tls
data:
  tls.crt: ${b64(made.certificate())}
  tls.key: ${b64(made.privateKey("ec"))}
YAML
`,
  ),
  good(
    "certificates of a cluster in base64",
    (made) => `#!/bin/bash
cat <<'YAML' | kubectl apply -f -
apiVersion: v1
kind: ConfigMap
metadata: { name: corporate-ca, namespace: web }
binaryData:
  ca.crt: ${b64(made.certificate())}
YAML
kubectl -n web create secret tls site --cert=/run/tls/site.crt --key=/run/tls/site.key
`,
  ),
  bad(
    "signing key of a JSON web token service",
    (made) => `#!/bin/bash
jq -n --arg kid main --arg pem '${made.privateKey("ed25519")}' '{kid: $kid, pem: $pem}' > /etc/auth/signing.json
systemctl restart auth
`,
  ),
  good(
    "message for the key of the machine",
    (made) => `#!/bin/bash
cat > /root/conf.asc <<'EOF'
-----BEGIN PGP MESSAGE-----

${Buffer.from(made.digest("sha512") + made.digest("sha512"))
  .toString("base64")
  .replaceAll(/.{64}/g, "$&\n")}
-----END PGP MESSAGE-----
EOF
aws ssm get-parameter --name /ops/gpg --with-decryption --query Parameter.Value --output text | gpg --batch --import
gpg --batch -o /etc/app/conf.yml -d /root/conf.asc
`,
  ),
  good(
    "cryptographic message for a document certificate",
    (made) => `<powershell>
$cms = @'
-----BEGIN CMS-----
${Buffer.from(made.digest("sha512") + made.digest())
  .toString("base64")
  .replaceAll(/.{64}/g, "$&\n")}
-----END CMS-----
'@
$secret = Unprotect-CmsMessage -Content $cms -To '${made.digest("sha1").toUpperCase()}'
Set-Service -Name Shop -StartupType Automatic
</powershell>
`,
  ),
  good(
    "authority for the certificates of users",
    (made) => `#!/bin/bash
echo '${made.sshPublicKey()}' > /etc/ssh/user_ca.pub
echo '@cert-authority *.example.internal ${made.sshPublicKey()}' >> /etc/ssh/ssh_known_hosts
echo 'TrustedUserCAKeys /etc/ssh/user_ca.pub' > /etc/ssh/sshd_config.d/10-ca.conf
systemctl reload sshd
`,
  ),
  good(
    "strong names of assemblies",
    (made) => `<powershell>
@'
<configuration><runtime><assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1">
  <dependentAssembly>
    <assemblyIdentity name="Newtonsoft.Json" publicKeyToken="30ad4fe6b2a6aeed" culture="neutral" />
    <bindingRedirect oldVersion="0.0.0.0-13.0.0.0" newVersion="13.0.0.0" />
  </dependentAssembly>
</assemblyBinding></runtime></configuration>
'@ | Set-Content C:\\apps\\web\\web.config
[Reflection.Assembly]::Load('System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a') | Out-Null
Set-Content C:\\apps\\web\\build.txt '${made.digest("sha1")}'
</powershell>
`,
  ),

  // Ids and digests

  good(
    "cluster id of a Kafka log directory",
    (made) => `#!/bin/bash
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t ${Buffer.from(made.digest("md5").slice(0, 16)).toString("base64url")} -c /opt/kafka/config/kraft/server.properties
systemctl enable --now kafka
`,
  ),
  good(
    "peers of a chain with public node ids",
    (made) => `#!/bin/bash
geth --datadir /data/geth --syncmode snap \\
  --bootnodes enode://${made.digest("sha512")}@${made.ip()}:30303,enode://${made.digest("sha512")}@${made.ip()}:30303 \\
  --miner.etherbase 0x${made.digest("sha1")} --authrpc.jwtsecret /data/jwt.hex &
`,
  ),
  good(
    "content ids of a distributed store",
    (made) => `#!/bin/bash
sudo -u ipfs ipfs pin add QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG
sudo -u ipfs ipfs get --output /srv/site /ipns/docs.example.com
echo '${made.digest()}  /srv/site/index.html' | sha256sum -c -
`,
  ),
  good(
    "file system mounted through an access point",
    (made) => `#!/bin/bash
yum install -y amazon-efs-utils
mkdir -p /mnt/efs
echo "fs-0${made.digest("md5").slice(0, 16)}:/ /mnt/efs efs _netdev,tls,iam,accesspoint=fsap-0${made.digest("md5").slice(0, 16)} 0 0" >> /etc/fstab
mount -a -t efs
`,
  ),
  good(
    "machine and cluster ids that are pinned",
    (made) => `#!/bin/bash
echo ${made.digest("md5")} > /etc/machine-id
cat > /etc/ceph/ceph.conf <<'EOF'
[global]
fsid = ${made.uuid()}
mon_host = ${made.ip()},${made.ip()}
auth_cluster_required = cephx
keyring = /etc/ceph/$cluster.$name.keyring
EOF
`,
  ),
  good(
    "identity of a distribution and its key group",
    (made) => `#!/bin/bash
cat > /etc/app/cdn.env <<'EOF'
CDN_DISTRIBUTION_ID=E2QWRUHEXAMPLE
CDN_KEY_GROUP_ID=${made.uuid()}
CDN_HOSTED_ZONE=Z2FDTNDATAQYW2
CDN_CERTIFICATE_ARN=arn:aws:acm:us-east-1:${made.account()}:certificate/${made.uuid()}
CDN_SIGNER_KEY_PATH=/run/secrets/cdn.pem
EOF
`,
  ),

  // Accounts and hardening

  good(
    "users of cloud-config with random passwords and keys",
    (made) => `#cloud-config
users:
  - name: operator
    groups: [adm, docker]
    lock_passwd: true
    hashed_passwd: "!"
    ssh_authorized_keys:
      - ${made.sshPublicKey()}
chpasswd:
  expire: true
  users:
    - { name: breakglass, type: RANDOM }
ssh_pwauth: false
`,
  ),
  good(
    "authorities and import of keys in cloud-config",
    (made) => `#cloud-config
ca_certs:
  trusted:
    - |
${made.certificate().replaceAll(/^/gm, "      ")}
ssh_import_id: [gh:example-ops]
ssh_genkeytypes: [ed25519]
ssh_deletekeys: true
no_ssh_fingerprints: false
ssh: { emit_keys_to_console: false }
`,
  ),
  good(
    "rules of a compliance scan",
    () => `#!/bin/bash
dnf install -y openscap-scanner scap-security-guide
oscap xccdf eval --remediate --profile cis_server_l1 \\
  --rule xccdf_org.ssgproject.content_rule_accounts_password_pam_minlen \\
  --rule xccdf_org.ssgproject.content_rule_no_empty_passwords \\
  --results /var/log/oscap.xml /usr/share/xml/scap/ssg/content/ssg-rhel9-ds.xml || true
`,
  ),
  good(
    "browser that keeps no logins",
    () => `#!/bin/bash
mkdir -p /etc/firefox/policies
cat > /etc/firefox/policies/policies.json <<'JSON'
{ "policies": { "PasswordManagerEnabled": false, "OfferToSaveLogins": false, "PrimaryPassword": false, "DisableMasterPasswordCreation": true, "DisableFormHistory": true } }
JSON
`,
  ),
  good(
    "accounts made with a star or a bang for the hash",
    () => `#!/bin/bash
useradd -m -p '!' -s /bin/bash deploy
usermod -p '*' backup
getent passwd deploy | cut -d: -f6
echo 'deploy ALL=(root) NOPASSWD: /bin/systemctl restart web' > /etc/sudoers.d/deploy
`,
  ),

  // Windows

  bad(
    "remote command with psexec",
    (made) => `<powershell>
& C:\\tools\\PsExec64.exe -accepteula \\\\files-2 -u CORP\\svc_ops -p ${made.weak()} cmd /c "gpupdate /force"
</powershell>
`,
  ),
  bad(
    "database published with sqlpackage",
    (made) => `<powershell>
$dac = 'C:\\deploy\\shop.dacpac'
SqlPackage.exe /Action:Publish /SourceFile:$dac /TargetServerName:sql.example.internal /TargetDatabaseName:shop /TargetUser:deploy /TargetPassword:${made.password()}
</powershell>
`,
  ),
  good(
    "database published with an access token",
    () => `<powershell>
$token = (Get-SECSecretValue -SecretId prod/sql/token).SecretString
SqlPackage.exe /Action:Publish /SourceFile:C:\\deploy\\shop.dacpac /TargetServerName:sql.example.internal /TargetDatabaseName:shop /AccessToken:$token
</powershell>
`,
  ),
  bad(
    "drive mapped with a password parameter",
    (made) => `<powershell>
New-SmbMapping -LocalPath 'S:' -RemotePath '\\\\files.example.internal\\share' -UserName 'CORP\\svc_files' -Password '${made.symbols()}' -Persistent $true
Copy-Item S:\\packages\\* C:\\packages -Recurse
</powershell>
`,
  ),
  bad(
    "package pushed with a short option for the key",
    (made) => `<powershell>
Set-Location C:\\build
dotnet pack -c Release
dotnet nuget push .\\out\\*.nupkg -s https://nuget.example.internal/v3/index.json -k oy2${made.token(43, "abcdefghijklmnopqrstuvwxyz234567")}
</powershell>
`,
  ),
  bad(
    "directory user made from a piped string",
    (made) => `<powershell>
Import-Module ActiveDirectory
$secure = '${made.symbols()}' | ConvertTo-SecureString -AsPlainText -Force
New-ADUser -Name svc_print -SamAccountName svc_print -AccountPassword $secure -Enabled $true
</powershell>
`,
  ),
  bad(
    "virtual directory on a share",
    (made) => `<script>
%windir%\\system32\\inetsrv\\appcmd.exe set vdir "Default Web Site/media" /physicalPath:"\\\\files.example.internal\\media" /userName:"CORP\\svc_web" /password:"${made.password()}"
iisreset /noforce
</script>
`,
  ),
  bad(
    "integration package decrypted on a run",
    (made) => `<script>
dtexec /FILE "C:\\etl\\load.dtsx" /DECRYPT ${made.password()} /CHECKPOINTING OFF
</script>
`,
  ),
  good(
    "managed service account of a directory",
    () => `<powershell>
Install-WindowsFeature RSAT-AD-PowerShell
Install-ADServiceAccount -Identity gmsa_web
Set-ItemProperty IIS:\\AppPools\\web -Name processModel -Value @{ identityType = 'SpecificUser'; userName = 'CORP\\gmsa_web$'; password = '' }
Test-ADServiceAccount gmsa_web
</powershell>
`,
  ),
  good(
    "registry values about passwords and tokens",
    () => `<script>
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System" /v LocalAccountTokenFilterPolicy /t REG_DWORD /d 0 /f
reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services" /v DisablePasswordSaving /t REG_DWORD /d 1 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters" /v MaximumPasswordAge /t REG_DWORD /d 30 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest" /v UseLogonCredential /t REG_DWORD /d 0 /f
</script>
`,
  ),
  good(
    "administrator with characters at random",
    () => `<powershell>
$chars = 33..126 | Get-Random -Count 24 | ForEach-Object { [char]$_ }
$pw = ConvertTo-SecureString (-join $chars) -AsPlainText -Force
Set-LocalUser -Name Administrator -Password $pw -PasswordNeverExpires $true
Rename-LocalUser -Name Administrator -NewName localadm
</powershell>
`,
  ),
  good(
    "installer compared with its hash",
    (made) => `<powershell>
$expected = '${made.digest().toUpperCase()}'
Invoke-WebRequest https://downloads.example.com/agent.msi -OutFile C:\\agent.msi
if ((Get-FileHash C:\\agent.msi -Algorithm SHA256).Hash -ne $expected) { throw 'agent.msi: wrong hash' }
Start-Process msiexec.exe -Wait -ArgumentList '/i C:\\agent.msi /qn PRODUCTCODE={${made.uuid().toUpperCase()}}'
slmgr /skms kms.example.internal:1688
</powershell>
`,
  ),

  // Encodings

  bad(
    "document decoded into an env file",
    (made) => `#!/bin/bash
base64 -d > /etc/mailer.env <<'B64'
${b64(`MAIL_HOST=smtp.example.com\nMAIL_USER=relay\nMAIL_PASSWORD=${made.password()}\n`)}
B64
chmod 600 /etc/mailer.env
systemctl restart mailer
`,
  ),
  good(
    "document decoded into settings without a secret",
    () => `#!/bin/bash
base64 -d > /etc/mailer.env <<'B64'
${b64("MAIL_HOST=smtp.example.com\nMAIL_USER=relay\nMAIL_PASSWORD_FILE=/run/secrets/mail\nMAIL_TLS=starttls\n")}
B64
systemctl restart mailer
`,
  ),
  good(
    "variables that hold settings in base64",
    () => `#!/bin/bash
set -e
NGINX_B64=${b64("server {\n  listen 80;\n  auth_basic off;\n  location / { proxy_set_header X-Auth-Token $http_x_auth_token; proxy_pass http://127.0.0.1:8080; }\n}\n")}
echo "$NGINX_B64" | openssl base64 -d -A > /etc/nginx/conf.d/app.conf
nginx -t && systemctl reload nginx
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
];
