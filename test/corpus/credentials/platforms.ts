import { gzipSync } from "node:zlib";
import { b64, bad, good, type Case, type Made } from "../corpus";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LOWER_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER_DIGITS = LOWER_DIGITS.toUpperCase();
const DIGITS = "0123456789";
/** In pieces, so that no scanner takes the source for a key. */
const PRIVATE_BLOCK = ["PGP", "PRIVATE", "KEY", "BLOCK"].join(" ");

/** Letters and digits that nobody can abuse: ids, publishable keys. */
function opaque(made: Made, length: number): string {
  return Buffer.from(made.digest("sha512"), "hex").toString("base64").replaceAll(/[+/=]/g, "").slice(0, length);
}

/** Bytes in base64 that are useless without a key which is elsewhere. */
function ciphertext(made: Made, blocks = 3): string {
  return Buffer.from(Array.from({ length: blocks }, () => made.digest("sha512")).join(""), "hex").toString("base64");
}

/** Cloud vendors, services, runners, containers and secrets managers. */
export const platforms: readonly Case[] = [
  // Amazon

  bad(
    "aws configure set in a loop over profiles",
    (made) => `#!/bin/bash
set -euo pipefail
for profile in default backup; do
  aws configure set region eu-west-1 --profile "$profile"
  aws configure set aws_access_key_id ${made.awsKeyId()} --profile "$profile"
  aws configure set aws_secret_access_key '${made.awsSecret()}' --profile "$profile"
done
aws s3 sync s3://example-archive /srv/archive --profile backup
`,
  ),
  good(
    "aws configure set with a role of the machine",
    (made) => `#!/bin/bash
set -euo pipefail
aws configure set region eu-west-1 --profile backup
aws configure set role_arn arn:aws:iam::${made.account()}:role/backup-writer --profile backup
aws configure set credential_source Ec2InstanceMetadata --profile backup
aws configure set external_id backup-eu --profile backup
aws s3 sync s3://example-archive /srv/archive --profile backup
`,
  ),
  bad(
    "credentials file in an indented here document",
    (made) => `#!/bin/bash
install_credentials() {
	install -d -m 700 -o app -g app /home/app/.aws
	cat > /home/app/.aws/credentials <<-CREDS
		[default]
		aws_access_key_id = ${made.awsKeyId()}
		aws_secret_access_key = ${made.awsSecret()}
	CREDS
	chown app:app /home/app/.aws/credentials
}
install_credentials
`,
  ),
  good(
    "shared config with a credential process and a web identity",
    (made) => `#!/bin/bash
mkdir -p /home/app/.aws
cat > /home/app/.aws/config <<'CONF'
[default]
region = eu-north-1
credential_process = /usr/local/bin/aws_signing_helper credential-process --certificate /etc/pki/host.pem --private-key /etc/pki/host.key --trust-anchor-arn arn:aws:rolesanywhere:eu-north-1:${made.account()}:trust-anchor/${made.uuid()} --profile-arn arn:aws:rolesanywhere:eu-north-1:${made.account()}:profile/${made.uuid()} --role-arn arn:aws:iam::${made.account()}:role/host
[profile pods]
role_arn = arn:aws:iam::${made.account()}:role/pods
web_identity_token_file = /var/run/secrets/eks.amazonaws.com/serviceaccount/token
CONF
`,
  ),
  bad(
    "s3fs password file",
    (made) => `#!/bin/bash
apt-get install -y s3fs
echo ${made.awsKeyId()}:${made.awsSecret()} > /etc/passwd-s3fs
chmod 600 /etc/passwd-s3fs
s3fs example-media /mnt/media -o passwd_file=/etc/passwd-s3fs -o use_path_request_style
`,
  ),
  good(
    "s3fs with the role of the machine",
    () => `#!/bin/bash
apt-get install -y s3fs
echo 's3fs#example-media /mnt/media fuse _netdev,allow_other,iam_role=auto,endpoint=eu-west-1 0 0' >> /etc/fstab
mount /mnt/media
s3fs example-other /mnt/other -o passwd_file=\${HOME}/.passwd-s3fs
`,
  ),
  bad(
    "secret key in a systemd drop-in",
    (made) => `#!/bin/bash
mkdir -p /etc/systemd/system/uploader.service.d
cat > /etc/systemd/system/uploader.service.d/10-aws.conf <<EOF
[Service]
Environment=AWS_REGION=us-east-2
Environment="AWS_ACCESS_KEY_ID=${made.awsKeyId()}" "AWS_SECRET_ACCESS_KEY=${made.awsSecret()}"
EOF
systemctl daemon-reload && systemctl restart uploader
`,
  ),
  good(
    "systemd unit with loaded credentials and an environment file",
    () => `#!/bin/bash
cat > /etc/systemd/system/uploader.service <<'EOF'
[Service]
Environment=AWS_REGION=us-east-2 AWS_SDK_LOAD_CONFIG=1
EnvironmentFile=-/run/uploader/secrets.env
LoadCredential=api-token:/run/uploader/api-token
PassEnvironment=UPLOADER_TOKEN
ExecStart=/opt/uploader/bin/uploader --token-file \${CREDENTIALS_DIRECTORY}/api-token
[Install]
WantedBy=multi-user.target
EOF
systemctl enable --now uploader
`,
  ),
  bad(
    "terraform init with backend keys on the command line",
    (made) => `#!/bin/bash
cd /opt/infra
terraform init -input=false \\
  -backend-config="bucket=example-tfstate" \\
  -backend-config="access_key=${made.awsKeyId()}" \\
  -backend-config="secret_key=${made.awsSecret()}" \\
  -backend-config="region=eu-west-1"
terraform apply -auto-approve
`,
  ),
  good(
    "terraform backend with key names but no keys",
    (made) => `#!/bin/bash
cat > /opt/infra/backend.tf <<'HCL'
terraform {
  backend "s3" {
    bucket       = "example-tfstate"
    key          = "network/terraform.tfstate"
    kms_key_id   = "arn:aws:kms:eu-west-1:${made.account()}:key/${made.uuid()}"
    use_lockfile = true
    encrypt      = true
  }
}
HCL
terraform -chdir=/opt/infra init -input=false -backend-config="key=network/terraform.tfstate"
`,
  ),
  bad(
    "Hadoop core-site with the S3A secret key",
    (made) => `#!/bin/bash
cat > /etc/hadoop/conf/core-site.xml <<'XML'
<?xml version="1.0"?>
<configuration>
  <property>
    <name>fs.s3a.access.key</name>
    <value>${made.awsKeyId()}</value>
  </property>
  <property>
    <name>fs.s3a.secret.key</name>
    <value>${made.awsSecret()}</value>
  </property>
</configuration>
XML
`,
  ),
  good(
    "Hadoop core-site with a provider class and a key store path",
    () => `#!/bin/bash
cat > /etc/hadoop/conf/core-site.xml <<'XML'
<?xml version="1.0"?>
<configuration>
  <property>
    <name>fs.s3a.aws.credentials.provider</name>
    <value>org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider</value>
  </property>
  <property>
    <name>hadoop.security.credential.provider.path</name>
    <value>jceks://hdfs@nameservice1/security/app.jceks</value>
  </property>
  <property>
    <name>fs.s3a.server-side-encryption.key</name>
    <value></value>
  </property>
</configuration>
XML
`,
  ),
  bad(
    "Java system properties with the secret access key",
    (made) => `#!/bin/bash
cat >> /etc/default/tomcat9 <<'EOF'
JAVA_OPTS="-Xmx2g -Daws.region=eu-west-3 -Daws.accessKeyId=${made.awsKeyId()} -Daws.secretAccessKey=${made.awsSecret()}"
EOF
systemctl restart tomcat9
`,
  ),
  bad(
    "temporary credentials with a session token",
    (made) => `#!/bin/bash
# copied from the SSO portal
export AWS_ACCESS_KEY_ID="${made.awsKeyId("ASIA")}"
export AWS_SECRET_ACCESS_KEY="${made.awsSecret()}"
export AWS_SESSION_TOKEN="IQoJb3JpZ2luX2Vj${made.base64(240)}"
aws s3 cp s3://example-drop/setup.tgz /tmp/setup.tgz
`,
  ),
  good(
    "temporary credentials of an assumed role",
    (made) => `#!/bin/bash
set -euo pipefail
creds=$(aws sts assume-role --role-arn arn:aws:iam::${made.account()}:role/reader --role-session-name "$(hostname)" --query Credentials --output json)
export AWS_ACCESS_KEY_ID=$(jq -r .AccessKeyId <<<"$creds")
export AWS_SECRET_ACCESS_KEY=$(jq -r .SecretAccessKey <<<"$creds")
AWS_SESSION_TOKEN=\`jq -r .SessionToken <<<"$creds"\`; export AWS_SESSION_TOKEN
aws s3 cp s3://example-drop/setup.tgz /tmp/setup.tgz
`,
  ),
  bad(
    "credential process that prints fixed keys",
    (made) => `#!/bin/bash
cat > /usr/local/bin/aws-creds <<'EOF'
#!/bin/sh
printf '{"Version": 1, "AccessKeyId": "${made.awsKeyId()}", "SecretAccessKey": "${made.awsSecret()}"}'
EOF
chmod 755 /usr/local/bin/aws-creds
printf '[default]\\ncredential_process = /usr/local/bin/aws-creds\\n' > /root/.aws/config
`,
  ),
  bad(
    "rclone connection string with keys",
    (made) => `#!/bin/bash
rclone copy ":s3,provider=AWS,access_key_id=${made.awsKeyId()},secret_access_key='${made.awsSecret()}',region=us-east-1:example-bundles/latest" /opt/bundles
`,
  ),
  good(
    "rclone connection string with the role of the machine",
    () => `#!/bin/bash
rclone copy ":s3,provider=AWS,env_auth=true,region=us-east-1,sse_kms_key_id=alias/bundles:example-bundles/latest" /opt/bundles
RCLONE_CONFIG_PASS= rclone lsd :local:/opt/bundles
`,
  ),
  bad(
    "logstash output with keys after hash rockets",
    (made) => `#!/bin/bash
cat > /etc/logstash/conf.d/90-s3.conf <<'EOF'
output {
  s3 {
    access_key_id => "${made.awsKeyId()}"
    secret_access_key => "${made.awsSecret()}"
    region => "eu-central-1"
    bucket => "example-logs"
    codec => "json_lines"
  }
}
EOF
systemctl restart logstash
`,
  ),
  good(
    "logstash output that takes its settings from the key store",
    () => `#!/bin/bash
cat > /etc/logstash/conf.d/90-out.conf <<'EOF'
filter { mutate { remove_field => [ "password", "secret_access_key", "auth_token" ] } }
output {
  elasticsearch {
    hosts => ["https://es.example.internal:9200"]
    api_key => "\${ES_API_KEY}"
    ssl_certificate_authorities => "/etc/logstash/ca.pem"
  }
  s3 { bucket => "example-logs" region => "eu-central-1" secret_access_key => "" }
}
EOF
`,
  ),
  bad(
    "gitlab runner cache with keys of a bucket",
    (made) => `#!/bin/bash
tee -a /etc/gitlab-runner/config.toml >/dev/null <<'TOML'
  [runners.cache]
    Type = "s3"
    Shared = true
    [runners.cache.s3]
      ServerAddress = "s3.amazonaws.com"
      AccessKey = "${made.awsKeyId()}"
      SecretKey = "${made.awsSecret()}"
      BucketName = "example-runner-cache"
TOML
`,
  ),
  good(
    "gitlab runner cache with the role of the machine",
    () => `#!/bin/bash
tee -a /etc/gitlab-runner/config.toml >/dev/null <<'TOML'
  [runners.cache]
    Type = "s3"
    Shared = true
    [runners.cache.s3]
      ServerAddress = "s3.amazonaws.com"
      AuthenticationType = "iam"
      AccessKey = ""
      SecretKey = ""
      BucketName = "example-runner-cache"
TOML
`,
  ),
  bad(
    "old AWS variable names in a crontab",
    (made) => `#!/bin/bash
cat > /etc/cron.d/ec2-snapshot <<EOF
AWS_ACCESS_KEY=${made.awsKeyId()}
AWS_SECRET_KEY=${made.awsSecret()}
15 2 * * * root /usr/local/bin/ec2-consistent-snapshot --region us-west-2
EOF
`,
  ),
  good(
    "access key ids without their secrets",
    (made) => `#!/bin/bash
# key of the old uploader: keep it inactive
OLD_ACCESS_KEY_ID=${made.awsKeyId()}
aws iam update-access-key --user-name uploader --access-key-id "$OLD_ACCESS_KEY_ID" --status Inactive
aws iam get-access-key-last-used --access-key-id ${made.awsKeyId()}
aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=${made.awsKeyId("ASIA")}
`,
  ),
  good(
    "KMS ciphertext that is decrypted at boot",
    (made) => `#!/bin/bash
set -euo pipefail
ENCRYPTED_DB_PASSWORD='AQICAHiA${ciphertext(made)}'
DB_PASSWORD=$(aws kms decrypt --ciphertext-blob fileb://<(base64 -d <<<"$ENCRYPTED_DB_PASSWORD") --query Plaintext --output text | base64 -d)
install -m 600 /dev/stdin /run/app/db-password <<<"$DB_PASSWORD"
`,
  ),
  good(
    "many ids of AWS things with key and token in the names",
    (made) => `#!/bin/bash
cat > /etc/app/aws.env <<'EOF'
KEY_PAIR_NAME=ops-2026
CLOUDFRONT_KEY_PAIR_ID=K${made.digest("md5").slice(0, 13).toUpperCase()}
COGNITO_CLIENT_ID=${made.digest().slice(0, 26)}
COGNITO_USER_POOL_ID=eu-west-1_${opaque(made, 9)}
DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:prod/orders/db-${opaque(made, 6)}
SECRET_KMS_KEY_ID=mrk-${made.digest("md5")}
S3_KEY=releases/2026/11/app-1.42.0.tar.gz
TOKEN_QUEUE_URL=https://sqs.eu-west-1.amazonaws.com/${made.account()}/tokens-to-refresh
SIGNING_PROFILE_VERSION_ARN=arn:aws:signer:eu-west-1:${made.account()}:/signing-profiles/app/${opaque(made, 10)}
EOF
`,
  ),

  // Azure

  bad(
    "az login with the secret of a service principal",
    (made) => `#!/bin/bash
az cloud set --name AzureCloud
az login --service-principal -u ${made.uuid()} -p '${opaque(made, 3)}8Q~${made.token(34)}' --tenant ${made.uuid()} --output none
az acr login --name exampleregistry
`,
  ),
  good(
    "az login with a managed identity and with a federated token",
    (made) => `#!/bin/bash
az login --identity --client-id ${made.uuid()}
az login --service-principal -u ${made.uuid()} --tenant ${made.uuid()} --federated-token "$(cat /var/run/secrets/azure/tokens/azure-identity-token)"
export AZURE_CLIENT_ID=${made.uuid()} AZURE_TENANT_ID=${made.uuid()} AZURE_FEDERATED_TOKEN_FILE=/var/run/secrets/azure/tokens/azure-identity-token
`,
  ),
  bad(
    "Azure storage connection string in an env file",
    (made) => `#!/bin/bash
cat > /etc/app/app.env <<'EOF'
CONTAINER=invoices
AZURE_STORAGE_CONNECTION_STRING=DefaultEndpointsProtocol=https;AccountName=exampleinvoices;AccountKey=${made.base64(64)};EndpointSuffix=core.windows.net
EOF
docker run -d --env-file /etc/app/app.env ghcr.io/example/invoices:4.1
`,
  ),
  good(
    "Azure storage settings without a key",
    (made) => `#!/bin/bash
cat > /etc/app/app.env <<'EOF'
CONTAINER=invoices
AZURE_STORAGE_CONNECTION_STRING=UseDevelopmentStorage=true
AZURE_STORAGE_ACCOUNT_URL=https://exampleinvoices.blob.core.windows.net/
AZURE_STORAGE_AUTH_MODE=login
AZURE_KEYVAULT_URL=https://example-kv.vault.azure.net/secrets/storage/${made.digest("md5")}
DbPassword=@Microsoft.KeyVault(SecretUri=https://example-kv.vault.azure.net/secrets/db-password/)
EOF
`,
  ),
  bad(
    "az storage with an account key",
    (made) => `#!/bin/bash
KEY="${made.base64(64)}"
for f in /var/log/app/*.gz; do
  az storage blob upload --account-name examplelogs --account-key "$KEY" -c logs -f "$f" -n "$(basename "$f")"
done
`,
  ),
  bad(
    "azcopy with a SAS token in the URL",
    (made) => `#!/bin/bash
azcopy copy "https://exampledata.blob.core.windows.net/models?sv=2024-11-04&ss=b&srt=co&sp=rl&se=2028-01-01T00:00:00Z&spr=https&sig=${encodeURIComponent(made.base64(32))}" /srv/models --recursive
`,
  ),
  good(
    "azcopy logs in and the SAS is made at boot",
    () => `#!/bin/bash
export AZCOPY_AUTO_LOGIN_TYPE=MSI
azcopy copy "https://exampledata.blob.core.windows.net/models" /srv/models --recursive
sas=$(az storage container generate-sas --account-name exampledata -n models --permissions rl --expiry "$(date -u -d '+1 hour' +%FT%TZ)" --auth-mode login --as-user -o tsv)
curl -fsS "https://exampledata.blob.core.windows.net/models/index.json?$sas" -o /srv/models/index.json
`,
  ),
  bad(
    "blobfuse configuration with an account key",
    (made) => `#cloud-config
packages: [blobfuse2]
write_files:
  - path: /etc/blobfuse2.yaml
    permissions: "0600"
    content: |
      allow-other: true
      components: [libfuse, file_cache, attr_cache, azstorage]
      file_cache: { path: /mnt/blobcache }
      azstorage:
        type: block
        account-name: exampledata
        account-key: ${made.base64(64)}
        mode: key
        container: models
runcmd:
  - blobfuse2 mount /srv/models --config-file=/etc/blobfuse2.yaml
`,
  ),
  bad(
    "Service Bus connection string in a jq expression",
    (made) => `#!/bin/bash
jq '.Bus.Connection = "Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=${made.base64(32)};EntityPath=orders"' /opt/worker/appsettings.json > /tmp/a.json
mv /tmp/a.json /opt/worker/appsettings.json
`,
  ),
  good(
    "Service Bus namespace without a key",
    () => `#!/bin/bash
jq '.Bus = {"fullyQualifiedNamespace": "example.servicebus.windows.net", "SharedAccessKeyName": "listen", "credential": "managedidentity"}' /opt/worker/appsettings.json > /tmp/a.json
mv /tmp/a.json /opt/worker/appsettings.json
`,
  ),
  bad(
    "Log Analytics agent with the workspace key",
    (made) => `#!/bin/bash
wget -q https://raw.githubusercontent.com/microsoft/OMS-Agent-for-Linux/master/installer/scripts/onboard_agent.sh
sh onboard_agent.sh -w ${made.uuid()} -s ${made.base64(64)} -d opinsights.azure.com
`,
  ),
  bad(
    "IoT Edge device connection string",
    (made) => `#!/bin/bash
cat > /etc/aziot/config.toml <<EOF
hostname = "$(hostname)"
[provisioning]
source = "manual"
connection_string = "HostName=example.azure-devices.net;DeviceId=gw-7;SharedAccessKey=${made.base64(32)}"
EOF
iotedge config apply
`,
  ),
  bad(
    "Azure Arc onboarding with a service principal",
    (made) => `#!/bin/bash
azcmagent connect --service-principal-id "${made.uuid()}" \\
  --service-principal-secret '${made.symbols(36)}' \\
  --tenant-id "${made.uuid()}" --subscription-id "${made.uuid()}" --resource-group arc --location westeurope
`,
  ),

  // Google

  bad(
    "Google service account key in base64 in a variable",
    (made) => `#!/bin/bash
set -e
GCP_KEY_B64=${b64(`{"type":"service_account","project_id":"example-prod","private_key_id":"${made.digest("sha1")}","private_key":${JSON.stringify(`${made.privateKey("rsa")}\n`)},"client_email":"puller@example-prod.iam.gserviceaccount.com","token_uri":"https://oauth2.googleapis.com/token"}`)}
echo "$GCP_KEY_B64" | base64 -d | docker login -u _json_key --password-stdin https://europe-docker.pkg.dev
`,
  ),
  good(
    "Google credentials come from a file and a secret",
    () => `#!/bin/bash
export GOOGLE_APPLICATION_CREDENTIALS=/etc/gcp/wif.json
gcloud auth login --cred-file=/etc/gcp/wif.json --quiet
gcloud secrets versions access latest --secret=orders-db-password --out-file=/run/app/db-password
gcloud auth print-access-token | docker login -u oauth2accesstoken --password-stdin https://europe-docker.pkg.dev
`,
  ),
  bad(
    "Google refresh token of a person",
    (made) => `#!/bin/bash
mkdir -p /root/.config/gcloud
cat > /root/.config/gcloud/application_default_credentials.json <<'JSON'
{
  "client_id": "${made.account()}-${made.digest().slice(0, 32)}.apps.googleusercontent.com",
  "client_secret": "GOCSPX-${made.base64url(21)}",
  "refresh_token": "1//0${made.base64url(72)}",
  "type": "authorized_user"
}
JSON
`,
  ),
  bad(
    "Google API key as a query parameter",
    (made) => `#!/bin/bash
curl -sS "https://generativelanguage.googleapis.com/v1beta/models?key=AIza${made.base64url(26)}" | jq -r '.models[].name' > /opt/app/models.txt
`,
  ),

  // Other clouds and networks

  bad(
    "doctl with an access token",
    (made) => `#!/bin/bash
snap install doctl
doctl auth init --access-token dop_v1_${made.hex(64)}
doctl compute droplet list --format Name,PublicIPv4 > /var/lib/inventory/do.txt
`,
  ),
  good(
    "doctl and hcloud with fetched tokens",
    () => `#!/bin/bash
token() { aws secretsmanager get-secret-value --secret-id "inventory/$1" --query SecretString --output text; }
doctl auth init --access-token "$(token digitalocean)"
HCLOUD_TOKEN=$(token hetzner) hcloud server list -o columns=name,ipv4 > /var/lib/inventory/hetzner.txt
`,
  ),
  bad(
    "certbot file for Cloudflare",
    (made) => `#!/bin/bash
install -m 600 /dev/null /root/cloudflare.ini
echo "dns_cloudflare_api_token = ${made.token(40)}" >> /root/cloudflare.ini
certbot certonly -n --agree-tos -m ops@example.com --dns-cloudflare --dns-cloudflare-credentials /root/cloudflare.ini -d app.example.com
`,
  ),
  good(
    "certbot with paths and the role of the machine",
    (made) => `#!/bin/bash
certbot certonly -n --agree-tos -m ops@example.com --dns-route53 -d app.example.com --key-type ecdsa
certbot certonly -n --agree-tos -m ops@example.com --dns-cloudflare --dns-cloudflare-credentials /root/cloudflare.ini -d www.example.com
CF_ZONE_ID=${made.digest("md5")} CF_ACCOUNT_ID=${made.digest("md5")} /opt/dns/audit.sh
`,
  ),
  bad(
    "cloudflared tunnel token",
    (made) => `#!/bin/bash
cloudflared service install ${b64(`{"a":"${made.digest("md5")}","t":"${made.uuid()}","s":"${made.base64(32)}"}`)}
`,
  ),
  good(
    "cloudflared with a credentials file",
    (made) => `#!/bin/bash
aws s3 cp s3://example-config/tunnel.json /etc/cloudflared/tunnel.json
cat > /etc/cloudflared/config.yml <<'YAML'
tunnel: ${made.uuid()}
credentials-file: /etc/cloudflared/tunnel.json
ingress:
  - hostname: app.example.com
    service: http://localhost:8080
  - service: http_status:404
YAML
cloudflared service install
`,
  ),
  bad(
    "Alibaba Cloud command line",
    (made) => `#!/bin/bash
aliyun configure set --profile default --mode AK --region cn-hangzhou --access-key-id LTAI5t${opaque(made, 18)} --access-key-secret ${made.token(30)}
`,
  ),
  bad(
    "Hetzner token in a failover script",
    (made) => `#!/bin/bash
cat > /etc/keepalived/failover.sh <<'EOF'
#!/bin/sh
HCLOUD_TOKEN=${made.token(64)} hcloud floating-ip assign vip "$(hostname)"
EOF
chmod 700 /etc/keepalived/failover.sh
`,
  ),
  bad(
    "Scaleway secret key that looks like an id",
    (made) => `#!/bin/bash
scw init access-key=SCW${made.digest().slice(0, 17).toUpperCase()} secret-key=${made.uuidSecret()} organization-id=${made.uuid()} project-id=${made.uuid()} region=fr-par zone=fr-par-1 send-telemetry=false
`,
  ),
  good(
    "Scaleway ids that are no secrets",
    (made) => `#!/bin/bash
export SCW_DEFAULT_ORGANIZATION_ID=${made.uuid()} SCW_DEFAULT_PROJECT_ID=${made.uuid()}
export SCW_SECRET_KEY="$(cat /run/secrets/scw)"
scw secret secret get ${made.uuid()} region=fr-par
scw iam api-key list bearer-id=${made.uuid()}
`,
  ),
  bad(
    "OpenStack password in clouds.yaml",
    (made) => `#cloud-config
write_files:
  - path: /etc/openstack/clouds.yaml
    content: |
      clouds:
        internal:
          auth:
            auth_url: https://keystone.example.internal:5000/v3
            username: backup
            password: ${made.phrase()}
            project_name: archive
            user_domain_name: Default
          region_name: RegionOne
runcmd: ["openstack --os-cloud internal container list"]
`,
  ),
  good(
    "OpenStack rc file that asks for the password",
    () => `#!/bin/bash
cat > /opt/openrc.sh <<'EOF'
export OS_AUTH_URL=https://keystone.example.internal:5000/v3
export OS_USERNAME="backup" OS_USER_DOMAIN_NAME="Default"
echo "Please enter your OpenStack Password for user $OS_USERNAME: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_AUTH_TYPE=v3password OS_IDENTITY_API_VERSION=3
EOF
`,
  ),
  bad(
    "lego with an OVH consumer key",
    (made) => `#!/bin/bash
export OVH_ENDPOINT=ovh-eu
export OVH_APPLICATION_KEY=${opaque(made, 16)}
export OVH_APPLICATION_SECRET_FILE=/run/secrets/ovh
export OVH_CONSUMER_KEY=${made.token(32)}
lego --accept-tos --email ops@example.com --dns ovh --domains '*.example.com' run
`,
  ),
  bad(
    "Backblaze keys by position",
    (made) => `#!/bin/bash
pip3 install --quiet b2==4.1.0
b2 account authorize 004${made.digest("md5").slice(0, 22)} K004${made.token(27)}
b2 sync b2://example-models /srv/models
`,
  ),
  bad(
    "tailscale with a reusable auth key",
    (made) => `#!/bin/bash
curl -fsSL https://tailscale.com/install.sh | sh
tailscale up --auth-key=tskey-auth-${made.token(17)}CNTRL-${made.token(32)} --ssh --advertise-tags=tag:server
`,
  ),
  good(
    "tailscale with a key from a file and from a variable",
    () => `#!/bin/bash
curl -fsSL https://tailscale.com/install.sh | sh
aws ssm get-parameter --name /ts/auth-key --with-decryption --query Parameter.Value --output text > /run/ts.key
tailscale up --auth-key=file:/run/ts.key --ssh --advertise-tags=tag:server || tailscale up --authkey="\${TS_AUTHKEY:?not set}" --login-server=https://hs.example.internal
shred -u /run/ts.key
`,
  ),
  bad(
    "netbird setup key that looks like an id",
    (made) => `#!/bin/bash
netbird up --management-url https://nb.example.internal:443 --setup-key ${made.uuidSecret()}
`,
  ),
  bad(
    "IBM Cloud API key",
    (made) => `#!/bin/bash
ibmcloud config --check-version=false
ibmcloud login -q --apikey ${made.base64url(33)} -r eu-de -g default
ibmcloud cos download --bucket example-cos --key app.tgz /tmp/app.tgz
`,
  ),
  good(
    "IBM Cloud login with a trusted profile and an object key",
    (made) => `#!/bin/bash
ibmcloud login -q --vpc-cri --profile Profile-${made.uuid()} -r eu-de
ibmcloud cos download --bucket example-cos --key releases/app-7.tgz /tmp/app.tgz
ibmcloud login --apikey @/run/secrets/ibm.json
`,
  ),
  bad(
    "pass phrase of an OCI key",
    (made) => `#!/bin/bash
mkdir -p /root/.oci
cat > /root/.oci/config <<'EOF'
[DEFAULT]
user=ocid1.user.oc1..aaaaaaaa${made.digest().slice(0, 52)}
fingerprint=${(made.digest("md5").match(/../g) ?? []).join(":")}
key_file=/root/.oci/key.pem
tenancy=ocid1.tenancy.oc1..aaaaaaaa${made.digest().slice(0, 52)}
region=eu-frankfurt-1
pass_phrase=${made.phrase()}
EOF
`,
  ),
  good(
    "OCI config with a fingerprint and a key file",
    (made) => `#!/bin/bash
cat > /root/.oci/config <<'EOF'
[DEFAULT]
user=ocid1.user.oc1..aaaaaaaa${made.digest().slice(0, 52)}
fingerprint=${(made.digest("md5").match(/../g) ?? []).join(":")}
key_file=/root/.oci/key.pem
security_token_file=/root/.oci/token
tenancy=ocid1.tenancy.oc1..aaaaaaaa${made.digest().slice(0, 52)}
region=eu-frankfurt-1
EOF
`,
  ),

  // Services

  bad(
    "git rewrites GitHub addresses with a token",
    (made) => `#!/bin/bash
export HOME=/root
git config --global url."https://deploy:ghp_${made.token(36)}@github.com/".insteadOf "https://github.com/"
git clone https://github.com/example/site /srv/site
`,
  ),
  good(
    "git rewrites GitHub addresses to ssh",
    () => `#!/bin/bash
export HOME=/root
git config --global url."ssh://git@github.com/".insteadOf "https://github.com/"
git config --global credential.helper '!aws codecommit credential-helper $@'
git config --global credential.UseHttpPath true
git config --global "url.https://x-access-token:\${GH_TOKEN}@github.com/.insteadOf" "git@github.com:"
git clone https://github.com/example/site /srv/site
`,
  ),
  bad(
    "git credential store filled by printf",
    (made) => `#!/bin/bash
git config --system credential.helper 'store --file /etc/git-credentials'
printf 'https://%s:%s@gitlab.example.internal\\n' ci-bot '${made.password(20)}' > /etc/git-credentials
git clone https://gitlab.example.internal/platform/agent.git /opt/agent
`,
  ),
  bad(
    "fine-grained GitHub token in a here string",
    (made) => `#!/bin/bash
dnf install -y gh
gh auth login --hostname github.com --with-token <<< "github_pat_${made.token(22)}_${made.token(59)}"
gh release download v3.2.0 --repo example/agent --pattern '*.rpm' --dir /tmp
`,
  ),
  good(
    "gh reads its token from a file",
    () => `#!/bin/bash
dnf install -y gh
gh auth login --hostname github.com --with-token < /run/secrets/github
gh auth token > /dev/null && gh secret list --repo example/agent
gh release download v3.2.0 --repo example/agent --pattern '*.rpm' --dir /tmp
`,
  ),
  bad(
    "GitLab API with a private token header in a variable",
    (made) => `#!/bin/bash
TOKEN_HEADER="PRIVATE-TOKEN: glpat-${made.base64url(15)}"
curl -fsSL --header "$TOKEN_HEADER" "https://gitlab.example.internal/api/v4/projects/42/packages/generic/agent/1.9.0/agent.tgz" -o /tmp/agent.tgz
`,
  ),
  good(
    "GitLab API with a job token from the environment",
    () => `#!/bin/bash
curl -fsSL --header "JOB-TOKEN: $CI_JOB_TOKEN" "https://gitlab.example.internal/api/v4/projects/42/packages/generic/agent/1.9.0/agent.tgz" -o /tmp/agent.tgz
curl -fsSL -H "PRIVATE-TOKEN: $(< /run/secrets/gitlab)" -H @/run/secrets/headers https://gitlab.example.internal/api/v4/version
`,
  ),
  bad(
    "Slack webhook in an alert function",
    (made) => `#!/bin/bash
notify() {
  curl -s -X POST -H 'Content-type: application/json' --data "{\\"text\\": \\"$1 on $(hostname)\\"}" \\
    https://hooks.slack.com/services/T${opaque(made, 10).toUpperCase()}/B${opaque(made, 10).toUpperCase()}/${made.token(24)}
}
notify "boot started"
trap 'notify "boot failed"' ERR
`,
  ),
  good(
    "Slack settings without a secret",
    () => `#!/bin/bash
cat > /etc/alerts.env <<'EOF'
SLACK_CHANNEL_ID=C04AB7K2M1Q
SLACK_APP_ID=A03KD82LQ7E
SLACK_API_URL=https://slack.com/api/chat.postMessage
SLACK_WEBHOOK_URL_FILE=/run/secrets/slack_webhook
EOF
SLACK_WEBHOOK=$(aws ssm get-parameter --name /alerts/slack --with-decryption --query Parameter.Value --output text)
curl -s -d '{"text":"up"}' "$SLACK_WEBHOOK"
`,
  ),
  bad(
    "Slack bot token in YAML",
    (made) => `#!/bin/bash
cat > /etc/chatops/config.yml <<EOF
adapter: slack
slack:
  bot_user_oauth: xoxb-${made.token(12, DIGITS)}-${made.token(13, DIGITS)}-${made.token(24)}
  channel: "#ops"
EOF
`,
  ),
  bad(
    "Discord webhook for shutdown messages",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/goodbye.service <<'EOF'
[Unit]
Description=Tell the team
Before=shutdown.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStop=/usr/bin/curl -s -F content=stopping https://discord.com/api/webhooks/${made.account()}345678/${made.base64url(51)}
EOF
systemctl enable --now goodbye
`,
  ),
  bad(
    "Teams webhook in a variable",
    (made) => `#!/bin/bash
TEAMS_URL="https://example.webhook.office.com/webhookb2/${made.uuid()}@${made.uuid()}/IncomingWebhook/${made.hex(32)}/${made.uuid()}"
curl -s -H 'Content-Type: application/json' -d "{\\"text\\":\\"$(hostname) is up\\"}" "$TEAMS_URL"
`,
  ),
  bad(
    "Google Chat webhook with key and token",
    (made) => `#!/bin/bash
echo 'GCHAT_URL="https://chat.googleapis.com/v1/spaces/AAAAb7Kq/messages?key=AIza${made.base64url(26)}&token=${made.base64url(32)}"' >> /etc/default/alerts
`,
  ),
  bad(
    "Telegram bot token in the URL",
    (made) => `#!/bin/bash
MSG="$(hostname) booted at $(date)"
curl -s "https://api.telegram.org/bot${made.token(10, "123456789")}:AA${made.token(33)}/sendMessage" -d chat_id=-1001234 --data-urlencode "text=$MSG" >/dev/null
`,
  ),
  bad(
    "webhook signing secret of Stripe",
    (made) => `#!/bin/bash
docker run -d --name billing -p 8080:8080 \\
  -e STRIPE_PUBLISHABLE_KEY=pk_live_${opaque(made, 24)} \\
  -e STRIPE_WEBHOOK_SECRET=whsec_${made.token(32)} \\
  ghcr.io/example/billing:2.8
`,
  ),
  good(
    "publishable keys and site keys of services",
    (made) => `#!/bin/bash
cat > /srv/shop/public.env <<'EOF'
NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=pk_live_${opaque(made, 24)}
STRIPE_PRICE_ID=price_${opaque(made, 24)}
MAPBOX_PUBLIC_TOKEN=pk.${b64(`{"u":"example","a":"${opaque(made, 20)}"}`).replaceAll("=", "")}.${opaque(made, 22)}
RECAPTCHA_SITE_KEY=6L${opaque(made, 38)}
VAPID_PUBLIC_KEY=B${opaque(made, 80)}
CLERK_PUBLISHABLE_KEY=pk_live_${b64("clerk.shop.example.com$")}
EOF
`,
  ),
  bad(
    "Twilio account and auth token with curl",
    (made) => `#!/bin/bash
curl -sX POST "https://api.twilio.com/2010-04-01/Accounts/AC${made.digest("md5")}/Messages.json" \\
  --data-urlencode "To=+15005550006" --data-urlencode "From=+15005550001" --data-urlencode "Body=$(hostname) up" \\
  -u AC${made.digest("md5")}:${made.hex(32)}
`,
  ),
  good(
    "Twilio ids with the token in a netrc file",
    (made) => `#!/bin/bash
export TWILIO_ACCOUNT_SID=AC${made.digest("md5")}
export TWILIO_VERIFY_SERVICE_SID=VA${made.digest("md5")}
curl -sX POST --netrc-file /run/secrets/twilio.netrc "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json" --data-urlencode "Body=up"
curl -s -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" https://verify.twilio.com/v2/Services
`,
  ),
  bad(
    "SendGrid key in msmtprc",
    (made) => `#!/bin/bash
cat > /etc/msmtprc <<'EOF'
defaults
auth on
tls on
account sendgrid
host smtp.sendgrid.net
port 587
from noreply@example.com
user apikey
password SG.${made.base64url(16)}.${made.base64url(32)}
account default : sendgrid
EOF
`,
  ),
  good(
    "msmtp evaluates a command for the password",
    () => `#!/bin/bash
cat > /etc/msmtprc <<'EOF'
defaults
auth on
tls on
account sendgrid
host smtp.sendgrid.net
port 587
from noreply@example.com
user apikey
passwordeval "aws secretsmanager get-secret-value --secret-id smtp --query SecretString --output text"
account default : sendgrid
EOF
`,
  ),
  bad(
    "Mailgun key after the word api",
    (made) => `#!/bin/bash
report() { curl -s --user 'api:key-${made.hex(32)}' https://api.mailgun.net/v3/mg.example.com/messages -F from='ops <ops@example.com>' -F to=ops@example.com -F subject="$1" -F text="$2"; }
report "first boot" "$(uname -a)"
`,
  ),
  bad(
    "npm token in npmrc",
    (made) => `#!/bin/bash
echo "//registry.npmjs.org/:_authToken=npm_${made.token(36)}" > /home/node/.npmrc
echo "@example:registry=https://registry.npmjs.org/" >> /home/node/.npmrc
sudo -u node npm ci --prefix /srv/api
`,
  ),
  good(
    "npmrc with a variable that npm expands",
    (made) => `#!/bin/bash
cat > /home/node/.npmrc <<'EOF'
//registry.npmjs.org/:_authToken=\${NPM_TOKEN}
@example:registry=https://registry.npmjs.org/
always-auth=true
EOF
cat > /srv/api/package-lock.json <<'EOF'
{ "packages": { "node_modules/js-tokens": { "version": "9.0.1",
  "integrity": "sha512-${Buffer.from(made.digest("sha512"), "hex").toString("base64")}" } } }
EOF
`,
  ),
  bad(
    "legacy npm auth in base64",
    (made) => `#!/bin/bash
npm config set registry https://nexus.example.internal/repository/npm/
npm config set _auth ${b64(`ci:${made.weak()}`)}
npm install -g @example/cli
`,
  ),
  bad(
    "PyPI upload token in pypirc",
    (made) => `#!/bin/bash
cat > /root/.pypirc <<'EOF'
[distutils]
index-servers = pypi
[pypi]
username = __token__
password = pypi-AgEIcHlwaS5vcmc${made.base64url(110)}
EOF
`,
  ),
  good(
    "pypirc and pip.conf without a password",
    () => `#!/bin/bash
cat > /root/.pypirc <<'EOF'
[distutils]
index-servers = internal
[internal]
repository = https://pypi.example.internal/
username = __token__
EOF
cat > /etc/pip.conf <<'EOF'
[global]
keyring-provider = subprocess
index-url = https://oauth2accesstoken@europe-python.pkg.dev/example/py/simple/
EOF
`,
  ),
  bad(
    "poetry credentials by position",
    (made) => `#!/bin/bash
poetry config repositories.internal https://pypi.example.internal/simple/
poetry config http-basic.internal reader ${made.password(18)}
poetry -C /opt/app install --only main
`,
  ),
  bad(
    "Docker Hub token on standard input",
    (made) => `#!/bin/bash
echo -n "dckr_pat_${made.base64url(20)}" | docker login --username examplebot --password-stdin
docker compose -f /opt/app/compose.yml up -d
`,
  ),
  good(
    "docker login with the password of ECR",
    (made) => `#!/bin/bash
REGISTRY=${made.account()}.dkr.ecr.eu-west-1.amazonaws.com
aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin "$REGISTRY"
docker login --username examplebot --password-stdin < /run/secrets/dockerhub
docker login -u AWS -p "$(aws ecr get-login-password)" "$REGISTRY"
docker pull "$REGISTRY/app:1.4.2"
`,
  ),
  bad(
    "OpenAI project key written by cat and tee",
    (made) => `#!/bin/bash
install -d /etc/assistant
cat << EOF | tee /etc/assistant/env > /dev/null
OPENAI_BASE_URL=https://api.openai.com/v1
OPENAI_API_KEY=sk-proj-${made.base64url(48)}T3BlbkFJ${made.base64url(48)}
MAX_TOKENS=4096
EOF
`,
  ),
  bad(
    "Anthropic key given to systemd-run",
    (made) => `#!/bin/bash
systemd-run --unit=triage --setenv=ANTHROPIC_API_KEY=sk-ant-api03-${made.token(93)}AA /opt/triage/bin/serve --max-tokens 2048
`,
  ),
  good(
    "settings of language models with token counts",
    () => `#!/bin/bash
cat > /etc/vllm.env <<'EOF'
MAX_NUM_BATCHED_TOKENS=8192
TOKENIZERS_PARALLELISM=false
HF_TOKEN_PATH=/run/secrets/hf_token
HF_HUB_DISABLE_IMPLICIT_TOKEN=1
OPENAI_API_KEY=none
VLLM_API_KEY=
EOF
vllm serve example-org/instruct-8b --tokenizer-mode auto --max-model-len 16384 --served-model-name chat
`,
  ),
  bad(
    "Hugging Face token on the command line",
    (made) => `#!/bin/bash
pip3 install -q 'huggingface_hub[cli]'
huggingface-cli login --token hf_${made.token(34)} --add-to-git-credential
huggingface-cli download example-org/instruct-8b --local-dir /srv/model
`,
  ),
  bad(
    "Atlassian token with an address",
    (made) => `#!/bin/bash
curl -s -u 'robot@example.com:ATATT3xFfGF0${made.base64url(138)}=${made.token(8, "0123456789ABCDEF")}' -H 'Accept: application/json' \\
  'https://example.atlassian.net/rest/api/3/search?jql=project=OPS' -o /var/lib/runbook/issues.json
`,
  ),
  bad(
    "Sentry DSN with a secret half",
    (made) => `#!/bin/bash
sed -i "s|^SENTRY_DSN=.*|SENTRY_DSN=https://${made.digest("md5")}:${made.hex(32)}@sentry.example.internal/7|" /etc/app.env
`,
  ),
  good(
    "Sentry DSN with the public key only",
    (made) => `#!/bin/bash
cat >> /etc/app.env <<'EOF'
SENTRY_DSN=https://${made.digest("md5")}@o4507.ingest.de.sentry.io/4507
SENTRY_ENVIRONMENT=prod
SENTRY_AUTH_TOKEN=
EOF
`,
  ),
  bad(
    "PagerDuty routing key of alertmanager",
    (made) => `#!/bin/bash
cat > /etc/alertmanager/alertmanager.yml <<'EOF'
route:
  receiver: oncall
  group_by: [alertname]
receivers:
  - name: oncall
    pagerduty_configs:
      - routing_key: ${made.hex(32)}
        severity: critical
EOF
systemctl restart alertmanager
`,
  ),
  good(
    "alertmanager with files for every secret",
    () => `#!/bin/bash
cat > /etc/alertmanager/alertmanager.yml <<'EOF'
global:
  smtp_smarthost: smtp.example.internal:587
  smtp_auth_username: alerts
  smtp_auth_password_file: /etc/alertmanager/secrets/smtp
  slack_api_url_file: /etc/alertmanager/secrets/slack
route: { receiver: oncall }
receivers:
  - name: oncall
    pagerduty_configs: [{ routing_key_file: /etc/alertmanager/secrets/pagerduty }]
    webhook_configs:
      - url: https://relay.example.internal/alert
        http_config: { authorization: { type: Bearer, credentials_file: /etc/alertmanager/secrets/relay } }
EOF
`,
  ),
  bad(
    "Opsgenie key in a header",
    (made) => `#!/bin/bash
/usr/bin/curl -XPOST https://api.eu.opsgenie.com/v2/heartbeats/backup/ping -H 'Authorization: GenieKey ${made.uuidSecret()}'
`,
  ),
  bad(
    "snyk auth by position",
    (made) => `#!/bin/bash
npm install -g snyk
snyk auth ${made.uuidSecret()}
snyk container monitor example/app:latest --org=${made.uuid()}
`,
  ),
  good(
    "snyk with ids and a token from a store",
    (made) => `#!/bin/bash
npm install -g snyk
SNYK_TOKEN=$(aws ssm get-parameter --name /ci/snyk --with-decryption --query Parameter.Value --output text)
export SNYK_TOKEN SNYK_CFG_ORG=${made.uuid()}
snyk auth "$SNYK_TOKEN"
snyk container monitor example/app:latest --org=${made.uuid()} --project-id=${made.uuid()}
`,
  ),
  bad(
    "sonar scanner token property",
    (made) => `#!/bin/bash
cd /srv/src && sonar-scanner -Dsonar.projectKey=example_site -Dsonar.host.url=https://sonar.example.internal -Dsonar.token=sqp_${made.hex(40)}
`,
  ),
  good(
    "sonar scanner with a project key",
    (made) => `#!/bin/bash
export SONAR_TOKEN="$(vault kv get -field=token kv/sonar)"
cd /srv/src && sonar-scanner -Dsonar.projectKey=example_site_${opaque(made, 20)} -Dsonar.host.url=https://sonar.example.internal -Dsonar.token="$SONAR_TOKEN" -Dsonar.scm.revision=${made.digest("sha1")}
`,
  ),
  bad(
    "Artifactory API key header",
    (made) => `#!/bin/bash
curl -fsS -H "X-JFrog-Art-Api:AKCp8${made.token(68)}" -O "https://artifactory.example.internal/artifactory/generic/agent/agent-2.4.rpm"
rpm -K agent-2.4.rpm && rpm -i agent-2.4.rpm
`,
  ),
  good(
    "Artifactory checksum headers",
    (made) => `#!/bin/bash
curl -fsS -X PUT -H "X-Checksum-Sha1: ${made.digest("sha1")}" -H "X-Checksum-Sha256: ${made.digest()}" -H "Authorization: Bearer $(cat /run/secrets/jfrog)" \\
  -T /tmp/host.json "https://artifactory.example.internal/artifactory/inventory/$(hostname).json"
jf config add internal --url=https://artifactory.example.internal --access-token="$JF_ACCESS_TOKEN" --interactive=false
`,
  ),
  bad(
    "Maven server password",
    (made) => `#!/bin/bash
mkdir -p /home/build/.m2
cat > /home/build/.m2/settings.xml <<'XML'
<settings>
  <servers>
    <server>
      <id>releases</id>
      <username>deployer</username>
      <password>${made.password(14)}</password>
    </server>
  </servers>
</settings>
XML
`,
  ),
  good(
    "Maven server password from the environment",
    () => `#!/bin/bash
mkdir -p /home/build/.m2
cat > /home/build/.m2/settings.xml <<'XML'
<settings>
  <servers>
    <server>
      <id>releases</id>
      <username>\${env.NEXUS_USER}</username>
      <password>\${env.NEXUS_PASSWORD}</password>
    </server>
    <server>
      <id>git</id>
      <privateKey>\${user.home}/.ssh/id_ed25519</privateKey>
      <passphrase></passphrase>
    </server>
  </servers>
</settings>
XML
`,
  ),
  bad(
    "Gradle properties by printf and sudo tee",
    (made) => `#!/bin/bash
printf '%s\\n' 'org.gradle.caching=true' 'nexusUsername=build' 'nexusPassword=${made.weak()}' | sudo -u build tee /home/build/.gradle/gradle.properties
`,
  ),
  bad(
    "NuGet source with a clear text password",
    (made) => `#!/bin/bash
dotnet nuget add source https://nexus.example.internal/repository/nuget/index.json --name internal --username build --password ${made.password()} --store-password-in-clear-text
`,
  ),
  bad(
    "New Relic licence key in YAML",
    (made) => `#!/bin/bash
echo "license_key: ${made.hex(36)}NRAL" | tee -a /etc/newrelic-infra.yml
echo "display_name: web" | tee -a /etc/newrelic-infra.yml
yum -y install newrelic-infra
`,
  ),
  good(
    "New Relic licence key from a variable",
    () => `#!/bin/bash
cat > /etc/newrelic-infra.yml <<'EOF'
variables:
  license:
    aws-kms:
      file: /etc/newrelic-infra/license.enc
      region: eu-west-1
      type: plain
license_key: \${license}
display_name: web
custom_attributes: { team: platform, license_type: commercial }
EOF
`,
  ),
  bad(
    "Dynatrace API token in a download",
    (made) => `#!/bin/bash
wget -O /tmp/oneagent.sh "https://abc12345.live.dynatrace.com/api/v1/deployment/installer/agent/unix/default/latest?arch=x86" --header="Authorization: Api-Token dt0c01.${made.token(24, BASE32)}.${made.token(64, BASE32)}"
sh /tmp/oneagent.sh --set-host-group=web
`,
  ),
  bad(
    "OpenTelemetry headers with a team key",
    (made) => `#!/bin/bash
cat > /etc/otelcol/otelcol.conf <<EOF
OTEL_EXPORTER_OTLP_ENDPOINT=https://api.honeycomb.io
OTEL_EXPORTER_OTLP_HEADERS=x-honeycomb-team=${made.token(22)},x-honeycomb-dataset=web
EOF
systemctl restart otelcol
`,
  ),
  good(
    "OpenTelemetry collector with variables and files",
    () => `#!/bin/bash
cat > /etc/otelcol/config.yaml <<'EOF'
extensions:
  bearertokenauth: { scheme: Bearer, filename: /run/secrets/otlp-token }
  basicauth/client: { client_auth: { username: "1234567", password: "\${env:GRAFANA_CLOUD_TOKEN}" } }
exporters:
  otlp:
    endpoint: api.honeycomb.io:443
    headers: { x-honeycomb-team: "\${env:HONEYCOMB_API_KEY}", x-honeycomb-dataset: web }
EOF
`,
  ),
  bad(
    "Grafana Cloud token for remote write",
    (made) => `#cloud-config
write_files:
  - path: /etc/prometheus/prometheus.yml
    content: |
      global: { scrape_interval: 60s }
      scrape_configs:
        - job_name: node
          static_configs: [{ targets: ["localhost:9100"] }]
      remote_write:
        - url: https://prometheus-prod-01.grafana.net/api/prom/push
          basic_auth:
            username: "123456"
            password: glc_${made.base64(81)}
runcmd: [systemctl restart prometheus]
`,
  ),
  good(
    "prometheus scrapes with files and roles",
    () => `#cloud-config
write_files:
  - path: /etc/prometheus/prometheus.yml
    content: |
      scrape_configs:
        - job_name: kubelet
          bearer_token_file: /var/run/secrets/kubernetes.io/serviceaccount/token
          tls_config: { cert_file: /etc/prom/client.crt, key_file: /etc/prom/client.key }
        - job_name: app
          basic_auth: { username: prom, password_file: /etc/prom/app.pass }
          oauth2: { client_id: prom, client_secret_file: /etc/prom/oauth, token_url: "https://sso.example.internal/token", scopes: [metrics] }
          authorization: { credentials_file: /etc/prom/token }
      remote_write:
        - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write
          sigv4: { region: eu-west-1 }
runcmd: [systemctl restart prometheus]
`,
  ),
  bad(
    "Elastic agent enrollment token",
    (made) => `#!/bin/bash
cd /opt/elastic-agent-8.15.2-linux-x86_64
./elastic-agent install --non-interactive --url=https://fleet.example.internal:8220 --enrollment-token=${b64(`${made.token(20)}:${made.base64url(16)}`)}
`,
  ),
  good(
    "Elastic agent with a CA fingerprint and a fetched token",
    (made) => `#!/bin/bash
TOKEN=$(aws ssm get-parameter --name /elastic/fleet-token --with-decryption --query Parameter.Value --output text)
./elastic-agent install --non-interactive --url=https://fleet.example.internal:8220 --enrollment-token="$TOKEN" \\
  --fleet-server-es-ca-trusted-fingerprint=${made.digest()} --fleet-server-service-token-path=/run/fleet-token --fleet-server-policy=${made.uuid()}
`,
  ),
  bad(
    "Filebeat cloud auth",
    (made) => `#!/bin/bash
cat >> /etc/filebeat/filebeat.yml <<'EOF'
cloud.id: "prod:${b64(`eu-west-1.aws.found.io$${made.digest("md5")}$${made.digest("md5")}`)}"
cloud.auth: "elastic:${made.password(24)}"
EOF
`,
  ),
  good(
    "Filebeat with its key store and a cloud id",
    (made) => `#!/bin/bash
cat >> /etc/filebeat/filebeat.yml <<'EOF'
cloud.id: "prod:${b64(`eu-west-1.aws.found.io$${made.digest("md5")}$${made.digest("md5")}`)}"
cloud.auth: "elastic:\${ES_PWD}"
output.elasticsearch.api_key: "\${ES_API_ID}:\${ES_API_KEY}"
EOF
aws ssm get-parameter --name /es/pwd --with-decryption --query Parameter.Value --output text | filebeat keystore add ES_PWD --stdin --force
`,
  ),
  bad(
    "Loggly token in an rsyslog template",
    (made) => `#!/bin/bash
cat > /etc/rsyslog.d/22-loggly.conf <<'EOF'
template(name="LogglyFormat" type="string" string="<%pri%>%protocol-version% %timestamp:::date-rfc3339% %HOSTNAME% %app-name% %procid% %msgid% [${made.uuidSecret()}@41058 tag=\\"web\\"] %msg%\\n")
action(type="omfwd" protocol="tcp" target="logs-01.loggly.com" port="6514" template="LogglyFormat" StreamDriver="gtls" StreamDriverMode="1")
EOF
systemctl restart rsyslog
`,
  ),
  good(
    "rsyslog template without a token",
    () => `#!/bin/bash
cat > /etc/rsyslog.d/22-forward.conf <<'EOF'
template(name="SyslogFormat" type="string" string="<%pri%>%protocol-version% %timestamp:::date-rfc3339% %HOSTNAME% %app-name% %procid% %msgid% [meta@32473 host_token_class=\\"web\\"] %msg%\\n")
action(type="omfwd" protocol="tcp" target="logs.example.internal" port="6514" template="SyslogFormat"
  StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="logs.example.internal")
EOF
`,
  ),
  bad(
    "Wazuh enrolment password file",
    (made) => `#!/bin/bash
WAZUH_MANAGER=wazuh.example.internal apt-get install -y wazuh-agent=4.9.0-1
echo '${made.phrase()}' > /var/ossec/etc/authd.pass
chmod 640 /var/ossec/etc/authd.pass && chown root:wazuh /var/ossec/etc/authd.pass
systemctl enable --now wazuh-agent
`,
  ),
  bad(
    "Falcon sensor provisioning token",
    (made) => `#!/bin/bash
dnf install -y /tmp/falcon-sensor.rpm
/opt/CrowdStrike/falconctl -s -f --cid="$FALCON_CID" --provisioning-token=${made.token(8, "0123456789ABCDEF")} --tags=web,prod
systemctl start falcon-sensor
`,
  ),
  bad(
    "SentinelOne site token",
    (made) => `#!/bin/bash
rpm -i --nodigest /tmp/SentinelAgent.rpm
/opt/sentinelone/bin/sentinelctl management token set ${b64(`{"url": "https://example-1.sentinelone.net", "site_key": "g_${made.hex(16)}"}`)}
/opt/sentinelone/bin/sentinelctl control start
`,
  ),
  bad(
    "Nessus agent linking key",
    (made) => `#!/bin/bash
rpm -i /tmp/NessusAgent.rpm && systemctl start nessusagent
/opt/nessus_agent/sbin/nessuscli agent link --key=${made.hex(64)} --host=cloud.tenable.com --port=443 --groups=aws
`,
  ),
  bad(
    "Qualys agent activation",
    (made) => `#!/bin/bash
rpm -i /tmp/QualysCloudAgent.rpm
/usr/local/qualys/cloud-agent/bin/qualys-cloud-agent.sh ActivationId=${made.uuidSecret()} CustomerId=${made.uuid()}
`,
  ),
  good(
    "security agents with tokens from a store",
    (made) => `#!/bin/bash
p() { aws ssm get-parameter --with-decryption --name "/agents/$1" --query Parameter.Value --output text; }
/opt/CrowdStrike/falconctl -s -f --cid="$(p falcon/cid)" --provisioning-token="$(p falcon/token)" --tags=web,prod
/opt/nessus_agent/sbin/nessuscli agent link --key="$(p nessus)" --host=cloud.tenable.com --port=443
/usr/local/qualys/cloud-agent/bin/qualys-cloud-agent.sh ActivationId="$(p qualys/activation)" CustomerId=${made.uuid()} UseSudo=1 LogLevel=3
echo "$(p wazuh)" > /var/ossec/etc/authd.pass
`,
  ),
  bad(
    "Doppler service token",
    (made) => `#!/bin/bash
doppler run --token='dp.st.prd.${made.token(43)}' --project web --config prd -- /opt/web/start
`,
  ),
  good(
    "Doppler project and config names",
    () => `#!/bin/bash
cat > /opt/web/doppler.yaml <<'YAML'
setup:
  project: web
  config: prd
YAML
doppler secrets download --no-file --format env --token "$DOPPLER_TOKEN" > /run/web.env
doppler run --token="\${DOPPLER_TOKEN}" --preserve-env -- /opt/web/start
`,
  ),
  bad(
    "Databricks profile",
    (made) => `#!/bin/bash
cat > /home/etl/.databrickscfg <<EOF
[DEFAULT]
host  = https://dbc-a1b2c3d4-e5f6.cloud.databricks.com
token = dapi${made.hex(32)}
EOF
`,
  ),
  good(
    "Databricks and Snowflake profiles without a secret",
    (made) => `#!/bin/bash
cat > /home/etl/.databrickscfg <<EOF
[DEFAULT]
host      = https://dbc-a1b2c3d4-e5f6.cloud.databricks.com
client_id = ${made.uuid()}
auth_type = env-oidc
EOF
cat > /home/etl/.snowflake/connections.toml <<'EOF'
[prod]
account = "example-eu"
user = "ETL"
authenticator = "SNOWFLAKE_JWT"
private_key_file = "/run/secrets/rsa_key.p8"
token_file_path = "/run/secrets/session_token"
EOF
`,
  ),
  bad(
    "Heroku key in netrc",
    (made) => `#!/bin/bash
cat > /root/.netrc <<EOF
machine api.heroku.com
  login ops@example.com
  password HRKU-${made.uuidSecret()}
EOF
chmod 600 /root/.netrc
`,
  ),
  bad(
    "1Password Connect token in a compose environment list",
    (made) => `#cloud-config
write_files:
  - path: /opt/op/compose.yml
    content: |
      services:
        web:
          image: example/web:3
          environment:
            - OP_CONNECT_HOST=http://op-connect-api:8080
            - OP_CONNECT_TOKEN=${made.jwt()}
runcmd: [[docker, compose, -f, /opt/op/compose.yml, up, -d]]
`,
  ),
  good(
    "1Password references in an env file",
    () => `#!/bin/bash
cat > /opt/app/app.env <<'EOF'
DB_PASSWORD=op://prod/database/password
API_TOKEN="op://prod/api/credential"
SMTP_PASSWORD=op://prod/smtp/section/password
EOF
op run --env-file=/opt/app/app.env -- /opt/app/start
op read "op://prod/tls/private key?ssh-format=openssh" > /run/key
`,
  ),

  // Runners and agents

  bad(
    "gitlab runner registered with an authentication token",
    (made) => `#!/bin/bash
dnf install -y gitlab-runner
gitlab-runner register --non-interactive --url https://gitlab.example.internal --token "glrt-${made.base64url(15)}" --executor docker --docker-image alpine:3.20
`,
  ),
  good(
    "gitlab runner token fetched and put into the configuration",
    () => `#!/bin/bash
token=$(aws ssm get-parameter --name /gitlab/runner-token --with-decryption --query Parameter.Value --output text)
cat > /etc/gitlab-runner/config.toml <<'TOML'
concurrent = 4
[[runners]]
  name = "aws"
  url = "https://gitlab.example.internal"
  token = "__REPLACED_BY_USER_DATA__"
  token_obtained_at = 2026-01-01T00:00:00Z
  token_expires_at = 0001-01-01T00:00:00Z
  executor = "docker"
TOML
sed -i "s/__REPLACED_BY_USER_DATA__/$token/" /etc/gitlab-runner/config.toml
`,
  ),
  bad(
    "gitlab runner registration token in an environment variable",
    (made) => `#!/bin/bash
docker run --rm -v /srv/gitlab-runner:/etc/gitlab-runner \\
  -e CI_SERVER_URL=https://gitlab.example.internal -e REGISTRATION_TOKEN=GR1348941${made.base64url(15)} -e RUNNER_EXECUTOR=shell \\
  gitlab/gitlab-runner:v15.11.0 register --non-interactive
`,
  ),
  good(
    "GitHub runner token requested at boot",
    () => `#!/bin/bash
set -euo pipefail
PAT=$(aws secretsmanager get-secret-value --secret-id ci/github --query SecretString --output text | jq -r .pat)
REG_TOKEN=$(curl -fsSX POST -H "Authorization: Bearer $PAT" https://api.github.com/orgs/example/actions/runners/registration-token | jq -r .token)
cd /opt/actions-runner
sudo -u runner ./config.sh --unattended --url https://github.com/example --token "$REG_TOKEN" --ephemeral --labels aws
`,
  ),
  bad(
    "controller of GitHub runners with a token in helm",
    (made) => `#!/bin/bash
helm upgrade --install actions-runner-controller actions-runner-controller/actions-runner-controller -n actions --create-namespace \\
  --set=authSecret.create=true --set=authSecret.github_token="ghp_${made.token(36)}" --wait
`,
  ),
  good(
    "controller of GitHub runners with an app and a named secret",
    () => `#!/bin/bash
helm upgrade --install arc-set oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set -n arc --create-namespace \\
  --set githubConfigUrl=https://github.com/example --set githubConfigSecret=arc-github-app --set maxRunners=10
kubectl -n arc create secret generic arc-github-app --from-literal=github_app_id=123456 --from-literal=github_app_installation_id=654321 --from-file=github_app_private_key=/run/secrets/app.pem
`,
  ),
  good(
    "workflow file with secrets of GitHub Actions",
    () => `#!/bin/bash
mkdir -p /srv/template/.github/workflows
cat > /srv/template/.github/workflows/release.yml <<'YAML'
on: push
permissions: { id-token: write, contents: read }
jobs:
  release:
    runs-on: [self-hosted, aws]
    env:
      GITHUB_TOKEN: \${{ secrets.GITHUB_TOKEN }}
      NPM_TOKEN: \${{ secrets.NPM_TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with: { token: "\${{ github.token }}" }
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: "arn:aws:iam::123456789012:role/release", aws-region: eu-west-1 }
YAML
`,
  ),
  bad(
    "buildkite agent token by sed",
    (made) => `#!/bin/bash
apt-get install -y buildkite-agent
sed -i 's/^token="xxx"$/token="${made.hex(50)}"/' /etc/buildkite-agent/buildkite-agent.cfg
sed -i 's/# tags=.*/tags="queue=deploy"/' /etc/buildkite-agent/buildkite-agent.cfg
systemctl enable --now buildkite-agent
`,
  ),
  good(
    "buildkite agent token by sed from a parameter",
    () => `#!/bin/bash
apt-get install -y buildkite-agent
TOKEN="$(aws ssm get-parameter --name /buildkite/agent-token --with-decryption --query Parameter.Value --output text)"
sed -i "s/xxx/$TOKEN/g" /etc/buildkite-agent/buildkite-agent.cfg
cat <<'EOF' >> /etc/buildkite-agent/buildkite-agent.cfg
git-clone-flags="-v --depth 1"
no-ssh-keyscan=false
signing-aws-kms-key=alias/buildkite-pipelines
redacted-vars="*_PASSWORD,*_SECRET,*_TOKEN"
EOF
systemctl enable --now buildkite-agent
`,
  ),
  bad(
    "CircleCI runner resource class token",
    (made) => `#!/bin/bash
cat <<EOF > /etc/circleci-runner/circleci-runner-config.yaml
api:
  auth_token: ${made.hex(80)}
runner:
  name: $(hostname)
  working_directory: /var/lib/circleci-runner/workdir
  cleanup_working_directory: true
EOF
systemctl enable --now circleci-runner
`,
  ),
  bad(
    "Azure Pipelines agent with a personal token",
    (made) => `#!/bin/bash
cd /opt/azp && sudo -u azp ./config.sh --unattended --url https://dev.azure.com/example --auth pat --token ${made.token(52, LOWER_DIGITS)} --pool aws --agent "$(hostname)" --acceptTeeEula
./svc.sh install azp && ./svc.sh start
`,
  ),
  good(
    "Azure Pipelines agent with a token file",
    (made) => `#!/bin/bash
export AZP_URL=https://dev.azure.com/example AZP_POOL=aws AZP_TOKEN_FILE=/azp/.token
az account get-access-token --resource ${made.uuid()} --query accessToken -o tsv > "$AZP_TOKEN_FILE"
cd /opt/azp && ./config.sh --unattended --url "$AZP_URL" --auth PAT --token $(cat "$AZP_TOKEN_FILE") --pool "$AZP_POOL" --replace --acceptTeeEula
`,
  ),
  bad(
    "TeamCity agent authorisation token",
    (made) => `#!/bin/bash
cat >> /opt/buildAgent/conf/buildAgent.properties <<'EOF'
serverUrl=https\\://teamcity.example.internal
name=aws-agent
authorizationToken=${made.hex(32)}
EOF
/opt/buildAgent/bin/agent.sh start
`,
  ),
  good(
    "TeamCity agent without a token",
    () => `#!/bin/bash
cat > /opt/buildAgent/conf/buildAgent.properties <<'EOF'
serverUrl=https\\://teamcity.example.internal
name=aws-agent
authorizationToken=
ownPort=9090
teamcity.git.use.native.ssh=true
system.token.ttl=3600
EOF
/opt/buildAgent/bin/agent.sh start
`,
  ),
  bad(
    "Bamboo agent security token as an argument",
    (made) => `#!/bin/bash
java -jar /opt/atlassian-bamboo-agent-installer.jar https://bamboo.example.internal/agentServer/ -t ${made.hex(40)}
`,
  ),
  bad(
    "Drone runner shared secret",
    (made) => `#!/bin/bash
docker run --detach \\
  --volume=/var/run/docker.sock:/var/run/docker.sock \\
  --env=DRONE_RPC_PROTO=https \\
  --env=DRONE_RPC_HOST=drone.example.internal \\
  --env=DRONE_RPC_SECRET=${made.hex(32)} \\
  --env=DRONE_RUNNER_CAPACITY=2 \\
  --restart=always --name=runner drone/drone-runner-docker:1
`,
  ),
  good(
    "Drone server and runner with a secret made at boot",
    () => `#!/bin/bash
DRONE_RPC_SECRET=$(openssl rand -hex 16)
docker run -d --name drone -p 443:443 --env=DRONE_RPC_SECRET="$DRONE_RPC_SECRET" --env=DRONE_GITEA_CLIENT_ID=drone --env=DRONE_GITEA_CLIENT_SECRET --env=DRONE_SERVER_PROTO=https drone/drone:2
docker run -d --name runner --env=DRONE_RPC_SECRET="$DRONE_RPC_SECRET" --env=DRONE_RPC_HOST=drone drone/drone-runner-docker:1
`,
  ),
  bad(
    "Woodpecker agent secret in a compose file",
    (made) => `#!/bin/bash
cat > /opt/wp/docker-compose.yaml <<EOF
services:
  agent:
    image: woodpeckerci/woodpecker-agent:v3
    command: agent
    environment:
      WOODPECKER_SERVER: "ci.example.internal:9000"
      WOODPECKER_AGENT_SECRET: "${made.weak()}"
EOF
docker compose -f /opt/wp/docker-compose.yaml up -d
`,
  ),
  bad(
    "Concourse local user",
    (made) => `#!/bin/bash
cat > /etc/concourse/web_environment <<EOF
CONCOURSE_EXTERNAL_URL=https://ci.example.internal
CONCOURSE_ADD_LOCAL_USER=ops:${made.password()}
CONCOURSE_MAIN_TEAM_LOCAL_USER=ops
CONCOURSE_SESSION_SIGNING_KEY=/etc/concourse/session_signing_key
EOF
`,
  ),
  good(
    "Concourse worker with key files",
    () => `#!/bin/bash
cat > /etc/concourse/worker_environment <<'EOF'
CONCOURSE_TSA_HOST=ci.example.internal:2222
CONCOURSE_TSA_PUBLIC_KEY=/etc/concourse/tsa_host_key.pub
CONCOURSE_TSA_WORKER_PRIVATE_KEY=/etc/concourse/worker_key
CONCOURSE_AWS_SECRETSMANAGER_PIPELINE_SECRET_TEMPLATE=/concourse/{{.Team}}/{{.Pipeline}}/{{.Secret}}
EOF
concourse generate-key -t ssh -f /etc/concourse/worker_key
`,
  ),
  bad(
    "Jenkins configuration as code with a credential",
    (made) => `#!/bin/bash
cat > /var/lib/jenkins/casc.yaml <<'YAML'
jenkins:
  securityRealm:
    local:
      allowsSignup: false
      users:
        - id: admin
          password: \${ADMIN_PASSWORD}
credentials:
  system:
    domainCredentials:
      - credentials:
          - string: { id: deploy-token, scope: GLOBAL, secret: "${made.token(32)}" }
YAML
`,
  ),
  good(
    "Jenkins configuration as code with references",
    () => `#!/bin/bash
cat > /var/lib/jenkins/casc.yaml <<'YAML'
jenkins:
  securityRealm:
    ldap: { configurations: [{ server: ldap.example.internal, managerDN: "cn=jenkins", managerPasswordSecret: "\${LDAP_PASSWORD}" }] }
credentials:
  system:
    domainCredentials:
      - credentials:
          - usernamePassword: { id: git, username: bot, password: "\${readFile:/run/secrets/git}" }
          - basicSSHUserPrivateKey: { id: ssh, username: git, privateKeySource: { directEntry: { privateKey: "\${readFile:/run/secrets/id}" } } }
YAML
echo 'CASC_VAULT_FILE=/run/jenkins/vault' >> /etc/default/jenkins
`,
  ),
  bad(
    "Jenkins swarm client password",
    (made) => `#!/bin/bash
nohup java -jar /opt/swarm-client.jar -url https://jenkins.example.internal -username swarm -password '${made.symbols()}' -labels "aws linux" -executors 2 > /var/log/swarm.log &
`,
  ),
  good(
    "Jenkins agent reads its secret from a file",
    (made) => `#!/bin/bash
install -m 600 -o jenkins /dev/null /var/lib/jenkins/secret-file
aws ssm get-parameter --name "/jenkins/agents/$(hostname)" --with-decryption --query Parameter.Value --output text > /var/lib/jenkins/secret-file
echo "${made.digest()}  /opt/agent.jar" | sha256sum -c -
java -jar /opt/agent.jar -url https://jenkins.example.internal/ -secret @/var/lib/jenkins/secret-file -name "$(hostname)" -workDir /var/lib/jenkins
`,
  ),
  bad(
    "Gitea runner registration",
    (made) => `#!/bin/bash
cd /var/lib/act_runner && act_runner register --no-interactive --instance https://gitea.example.internal --token ${made.token(40)} --name "$(hostname)" --labels ubuntu-22.04
`,
  ),
  bad(
    "Harness delegate token in base64",
    (made) => `#!/bin/bash
docker run -d --cpus=1 --memory=2g \\
  -e DELEGATE_NAME=aws-1 -e NEXT_GEN=true -e ACCOUNT_ID=${opaque(made, 22)} \\
  -e DELEGATE_TOKEN=${b64(made.hex(32))} \\
  -e MANAGER_HOST_AND_PORT=https://app.harness.io us-docker.pkg.dev/gar-prod-setup/harness-public/harness/delegate:24.11.84311
`,
  ),

  // Containers and registries

  bad(
    "docker login with a weak password",
    (made) => `#!/bin/bash
docker login registry.example.internal:5000 -u deploy -p ${made.weak()}
docker pull registry.example.internal:5000/app:7
`,
  ),
  good(
    "docker configuration with credential helpers",
    (made) => `#!/bin/bash
mkdir -p /root/.docker
cat > /root/.docker/config.json <<JSON
{
  "credsStore": "ecr-login",
  "credHelpers": { "${made.account()}.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login", "public.ecr.aws": "ecr-login" },
  "auths": { "https://index.docker.io/v1/": {} }
}
JSON
`,
  ),
  bad(
    "container variables by short and joined options",
    (made) => `#!/bin/bash
docker run -d --name minio -p9000:9000 -eMINIO_ROOT_USER=admin -eMINIO_ROOT_PASSWORD=${made.password(12)} -v /data:/data minio/minio server /data
`,
  ),
  good(
    "container variables that pass through or name a file",
    () => `#!/bin/bash
export API_TOKEN
docker run -d --name api --env API_TOKEN -e DB_PASSWORD -e POSTGRES_PASSWORD_FILE=/run/secrets/pg \\
  -e PASSWORD_MIN_LENGTH=12 -e SECRET_NAME=prod/api -e TOKEN_ISSUER=https://sso.example.internal \\
  --mount type=bind,src=/run/secrets,dst=/run/secrets,ro example/api:5
`,
  ),
  good(
    "compose file with secrets of files",
    () => `#!/bin/bash
cat > /opt/app/compose.yaml <<'YAML'
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db_password
      POSTGRES_HOST_AUTH_METHOD: scram-sha-256
    secrets: [db_password, { source: tls_key, target: server.key, mode: 0400 }]
  web:
    image: example/web:2
    environment:
      API_TOKEN: \${API_TOKEN:?set API_TOKEN}
      SESSION_SECRET:
secrets:
  db_password: { file: /run/app/db_password }
  tls_key: { environment: TLS_KEY }
YAML
`,
  ),
  bad(
    "docker secret from a literal",
    (made) => `#!/bin/bash
docker swarm init
printf %s '${made.symbols(20)}' | docker secret create smtp_password -
docker stack deploy -c /opt/stack.yml mail
`,
  ),
  good(
    "docker secret made at boot",
    () => `#!/bin/bash
docker swarm init
openssl rand -base64 24 | docker secret create db_root_password -
docker secret create site.key /run/site.key
docker service create --name db --secret source=db_root_password,target=root -e MYSQL_ROOT_PASSWORD_FILE=/run/secrets/root mysql:8.4
aws ssm put-parameter --name /swarm/worker-token --type SecureString --overwrite --value "$(docker swarm join-token -q worker)"
`,
  ),
  bad(
    "podman login and secret",
    (made) => `#!/bin/bash
podman login --username robot --password=${made.token(24)} quay.io
podman run -d --name web quay.io/example/web:1.9
`,
  ),
  good(
    "podman secret from the environment and an auth file",
    () => `#!/bin/bash
podman secret create --env=true db_password DB_PASSWORD
podman pull --authfile /run/containers/auth.json quay.io/example/web:1.9
podman run -d --name web --secret db_password,type=env,target=PGPASSWORD quay.io/example/web:1.9
podman login --get-login quay.io
`,
  ),
  bad(
    "crictl pull with credentials",
    (made) => `#!/bin/bash
crictl --runtime-endpoint unix:///run/containerd/containerd.sock pull --creds "puller:${made.password()}" registry.example.internal/base/pause:3.9
`,
  ),
  bad(
    "containerd registry authentication",
    (made) => `#!/bin/bash
cat >> /etc/containerd/config.toml <<'TOML'
[plugins."io.containerd.grpc.v1.cri".registry.configs."registry.example.internal".auth]
  username = "node"
  password = "${made.password(22)}"
TOML
systemctl restart containerd
`,
  ),
  bad(
    "containerd hosts file with a basic header",
    (made) => `#!/bin/bash
mkdir -p /etc/containerd/certs.d/registry.example.internal
cat > /etc/containerd/certs.d/registry.example.internal/hosts.toml <<TOML
server = "https://registry.example.internal"
[host."https://registry.example.internal".header]
  Authorization = "Basic ${b64(`node:${made.password()}`)}"
TOML
`,
  ),
  good(
    "containerd hosts file with mirrors and certificates",
    (made) => `#!/bin/bash
mkdir -p /etc/containerd/certs.d/docker.io
cat > /etc/containerd/certs.d/docker.io/hosts.toml <<TOML
server = "https://registry-1.docker.io"
[host."https://mirror.example.internal"]
  capabilities = ["pull", "resolve"]
  ca = "/etc/pki/mirror-ca.pem"
  client = [["/etc/pki/node.pem", "/etc/pki/node.key"]]
  [host."https://mirror.example.internal".header]
    X-Mirror-Id = "${made.uuid()}"
TOML
ctr images pull docker.io/library/redis@sha256:${made.digest()}
`,
  ),
  bad(
    "skopeo copies with source credentials",
    (made) => `#!/bin/bash
skopeo copy --src-creds=mirror:${made.phrase()} docker://registry.example.internal/tools/cli:4 oci:/srv/images/cli:4
`,
  ),
  good(
    "skopeo and crane with an auth file and digests",
    (made) => `#!/bin/bash
skopeo copy --authfile /run/auth.json --src-no-creds docker://docker.io/library/alpine@sha256:${made.digest()} oci:/srv/images/alpine:3
aws ecr get-login-password | skopeo login --username AWS --password-stdin "$REGISTRY"
crane digest "$REGISTRY/app:1" | grep -qx sha256:${made.digest()}
cosign verify --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity-regexp '^https://github.com/example/' "$REGISTRY/app:1"
`,
  ),
  bad(
    "ECS agent with dockercfg authentication",
    (made) => `#!/bin/bash
echo ECS_CLUSTER=web >> /etc/ecs/ecs.config
echo 'ECS_ENGINE_AUTH_TYPE=dockercfg' >> /etc/ecs/ecs.config
echo 'ECS_ENGINE_AUTH_DATA={"https://index.docker.io/v1/":{"auth":"${b64(`robot:${made.password(20)}`)}","email":"ops@example.com"}}' >> /etc/ecs/ecs.config
`,
  ),
  good(
    "ECS agent without registry authentication",
    () => `#!/bin/bash
cat <<'EOF' >> /etc/ecs/ecs.config
ECS_CLUSTER=web
ECS_ENGINE_AUTH_TYPE=
ECS_ENABLE_TASK_IAM_ROLE=true
ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true
ECS_AWSVPC_BLOCK_IMDS=true
ECS_INSTANCE_ATTRIBUTES={"auth":"none","key-rotation":"v2"}
EOF
`,
  ),
  good(
    "docker build with secret mounts",
    () => `#!/bin/bash
cat > /srv/src/Dockerfile <<'EOF'
FROM node:22-slim
ARG NPM_TOKEN
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
ENV API_TOKEN=\${API_TOKEN}
ENV SESSION_SECRET=""
EOF
DOCKER_BUILDKIT=1 docker build --secret id=npmrc,src=/run/npmrc --build-arg NPM_TOKEN -t web /srv/src
`,
  ),

  // Kubernetes

  bad(
    "Kubernetes Secret with data in base64",
    (made) => `#!/bin/bash
cat <<'YAML' | kubectl apply -f -
apiVersion: v1
kind: Secret
metadata:
  name: mail
  namespace: app
type: Opaque
data:
  user: ${b64("relay")}
  pass: ${b64(made.weak())}
YAML
`,
  ),
  bad(
    "Kubernetes Secret with stringData in a manifest directory",
    (made) => `#cloud-config
write_files:
  - path: /var/lib/rancher/k3s/server/manifests/app-secret.yaml
    permissions: "0600"
    content: |
      apiVersion: v1
      kind: Secret
      metadata: { name: app, namespace: default }
      stringData:
        cookie: "${made.token(32)}"
`,
  ),
  good(
    "Kubernetes pods with references to secrets",
    () => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: api }
spec:
  automountServiceAccountToken: false
  imagePullSecrets: [{ name: regcred }]
  containers:
    - name: api
      image: example/api:5
      env:
        - name: DB_PASSWORD
          valueFrom: { secretKeyRef: { name: db, key: password } }
        - name: API_TOKEN
          valueFrom:
            secretKeyRef:
              name: api-token
              key: token
      envFrom: [{ secretRef: { name: api-env } }]
  volumes:
    - name: token
      projected: { sources: [{ serviceAccountToken: { path: token, audience: vault, expirationSeconds: 3600 } }] }
YAML
`,
  ),
  good(
    "SealedSecret",
    (made) => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: app }
spec:
  encryptedData:
    password: AgBy${ciphertext(made, 5)}
  template:
    metadata: { name: db, namespace: app }
    type: Opaque
YAML
`,
  ),
  good(
    "secrets store driver with names of secrets",
    (made) => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: app }
spec:
  provider: aws
  parameters:
    objects: |
      - objectName: "arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:app/db-${opaque(made, 6)}"
        objectType: secretsmanager
        jmesPath: [{ path: password, objectAlias: dbPassword }]
  secretObjects:
    - secretName: db
      type: Opaque
      data: [{ objectName: dbPassword, key: password }]
YAML
`,
  ),
  bad(
    "kubectl create secret from a literal",
    (made) => `#!/bin/bash
export KUBECONFIG=/etc/rancher/rke2/rke2.yaml
kubectl -n monitoring create secret generic grafana --from-literal=admin-user=admin --from-literal=admin-password='${made.phrase()}' --dry-run=client -o yaml | kubectl apply -f -
`,
  ),
  good(
    "kubectl create secret from files and variables",
    () => `#!/bin/bash
kubectl -n app create secret tls site --cert=/etc/pki/site.crt --key=/etc/pki/site.key
kubectl -n app create secret generic mail --from-file=password=/run/secrets/mail --from-env-file=/run/app.env
kubectl -n app create secret generic session --from-literal=key="$(head -c 32 /dev/urandom | base64)"
kubectl -n app create secret docker-registry ecr --docker-server="$REGISTRY" --docker-username=AWS --docker-password="$(aws ecr get-login-password)"
kubectl -n app get secret mail -o jsonpath='{.data.password}' | base64 -d > /dev/null
`,
  ),
  bad(
    "kubectl create secret for a registry",
    (made) => `#!/bin/bash
kubectl create secret docker-registry regcred --docker-server=ghcr.io --docker-username=bot --docker-password=${made.password(24)} --docker-email=ops@example.com
`,
  ),
  bad(
    "k3s cluster token in its long form",
    (made) => `#!/bin/bash
curl -sfL https://get.k3s.io | K3S_URL=https://10.20.0.5:6443 K3S_TOKEN=K10${made.digest()}::server:${made.hex(32)} sh -
`,
  ),
  good(
    "k3s configuration with a token file",
    () => `#!/bin/bash
mkdir -p /etc/rancher/k3s
aws ssm get-parameter --name /k3s/token --with-decryption --query Parameter.Value --output text > /etc/rancher/k3s/token
cat > /etc/rancher/k3s/config.yaml <<'YAML'
server: https://k3s.example.internal:6443
token-file: /etc/rancher/k3s/token
secrets-encryption: true
node-label: ["tier=app"]
kube-apiserver-arg: ["service-account-issuer=https://oidc.example.internal", "anonymous-auth=false"]
YAML
curl -sfL https://get.k3s.io | sh -s - agent
`,
  ),
  bad(
    "rke2 configuration with a shared token",
    (made) => `#!/bin/bash
mkdir -p /etc/rancher/rke2
cat >/etc/rancher/rke2/config.yaml <<EOF
server: https://rke2.example.internal:9345
token: ${made.weak()}
tls-san:
  - rke2.example.internal
EOF
systemctl enable --now rke2-agent
`,
  ),
  bad(
    "microk8s join address with a token",
    (made) => `#!/bin/bash
snap install microk8s --classic
microk8s join 10.8.3.4:25000/${made.hex(32)}/${made.digest().slice(0, 12)} --worker
`,
  ),
  good(
    "microk8s add-node prints the join address at boot",
    () => `#!/bin/bash
snap install microk8s --classic
microk8s add-node --token-ttl 3600 --format json | jq -r '.urls[0]' > /run/join-url
aws ssm put-parameter --name /mk8s/join --type SecureString --overwrite --value "$(cat /run/join-url)"
microk8s join "$(cat /run/join-url)" --worker
`,
  ),
  bad(
    "k0s token file that holds a compressed kubeconfig",
    (made) => `#!/bin/bash
cat > /etc/k0s/token <<'EOF'
${gzipSync(`apiVersion: v1
clusters:
- cluster: { server: "https://10.3.0.9:6443" }
  name: k0s
kind: Config
users:
- name: kubelet-bootstrap
  user:
    token: ${made.digest().slice(0, 6)}.${made.token(16, LOWER_DIGITS)}
`).toString("base64")}
EOF
k0s install worker --token-file /etc/k0s/token && k0s start
`,
  ),
  bad(
    "Rancher agent registration",
    (made) => `#!/bin/bash
curl -fL https://rancher.example.internal/system-agent-install.sh | sudo sh -s - --server https://rancher.example.internal --label cattle.io/os=linux --token ${made.token(54, LOWER_DIGITS)} --ca-checksum ${made.digest()} --worker
`,
  ),
  good(
    "Rancher agent with a fetched token and a checksum",
    (made) => `#!/bin/bash
TOKEN=$(aws secretsmanager get-secret-value --secret-id rancher/join --query SecretString --output text)
curl -fL https://rancher.example.internal/system-agent-install.sh | sudo sh -s - --server https://rancher.example.internal --token "$TOKEN" --ca-checksum ${made.digest()} --worker
`,
  ),
  bad(
    "bootstrap kubeconfig of a kubelet",
    (made) => `#!/bin/bash
kubectl config --kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf set-cluster prod --server=https://10.3.0.9:6443 --certificate-authority=/etc/kubernetes/pki/ca.crt
cat >> /etc/kubernetes/bootstrap-kubelet.conf <<EOF
users:
- name: tls-bootstrap-token-user
  user: {token: ${made.digest().slice(0, 6)}.${made.token(16, LOWER_DIGITS)}}
EOF
systemctl restart kubelet
`,
  ),
  good(
    "kubeconfig with exec authentication and a token file",
    (made) => `#!/bin/bash
cat > /root/.kube/config <<'YAML'
apiVersion: v1
kind: Config
clusters:
- name: prod
  cluster: { server: "https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com", certificate-authority-data: ${b64(made.certificate())} }
users:
- name: node
  user: { tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token, client-certificate: /var/lib/kubelet/pki/client.pem, client-key: /var/lib/kubelet/pki/client.pem }
- name: admin
  user:
    exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token, --cluster-name, prod] }
YAML
`,
  ),
  bad(
    "static token file of an API server",
    (made) => `#!/bin/bash
mkdir -p /etc/kubernetes/auth
cat > /etc/kubernetes/auth/known_tokens.csv <<EOF
${made.token(32)},deployer,1001,"system:masters"
EOF
sed -i 's|- kube-apiserver|&\\n    - --token-auth-file=/etc/kubernetes/auth/known_tokens.csv|' /etc/kubernetes/manifests/kube-apiserver.yaml
`,
  ),
  good(
    "API server flags that name key and token files",
    () => `#!/bin/bash
cat > /etc/default/kube-apiserver <<'EOF'
KUBE_API_ARGS="--token-auth-file=/etc/kubernetes/auth/known_tokens.csv --service-account-key-file=/etc/kubernetes/pki/sa.pub \\
 --service-account-signing-key-file=/etc/kubernetes/pki/sa.key --enable-bootstrap-token-auth=true --kubelet-client-key=/etc/kubernetes/pki/kubelet.key \\
 --oidc-client-id=kubernetes --oidc-username-claim=email --encryption-provider-config=/etc/kubernetes/enc.yaml"
EOF
`,
  ),
  bad(
    "encryption configuration of etcd",
    (made) => `#!/bin/bash
cat > /etc/kubernetes/enc.yaml <<'YAML'
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - aescbc:
          keys:
            - name: key1
              secret: ${made.base64(32)}
      - identity: {}
YAML
`,
  ),
  good(
    "encryption configuration of etcd with a key at boot and with KMS",
    () => `#!/bin/bash
cat > /etc/kubernetes/enc.yaml <<YAML
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - kms: { apiVersion: v2, name: aws, endpoint: "unix:///var/run/kmsplugin/socket.sock" }
      - aescbc: { keys: [{ name: key1, secret: "$(head -c 32 /dev/urandom | base64)" }] }
      - identity: {}
YAML
`,
  ),
  bad(
    "etcdctl with user and password",
    (made) => `#!/bin/bash
export ETCDCTL_API=3
etcdctl --endpoints=https://127.0.0.1:2379 --user root:${made.password()} snapshot save /var/backups/etcd.db
`,
  ),
  good(
    "etcd cluster token that only names the cluster",
    () => `#!/bin/bash
etcd --name "$(hostname)" --initial-cluster-token etcd-cluster-1 --initial-cluster-state new \\
  --initial-cluster a=https://10.0.0.1:2380,b=https://10.0.0.2:2380 --auth-token simple \\
  --cert-file /etc/etcd/server.crt --key-file /etc/etcd/server.key --client-cert-auth
`,
  ),
  good(
    "kubeadm makes its token and certificate key",
    (made) => `#!/bin/bash
CERT_KEY=$(kubeadm certs certificate-key)
kubeadm init --upload-certs --certificate-key "$CERT_KEY" --token-ttl 2h --skip-token-print
TOKEN=$(kubeadm token create --ttl 30m)
cat > /etc/kubernetes/join.yaml <<EOF
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken: { token: $TOKEN, apiServerEndpoint: "10.0.0.9:6443", caCertHashes: ["sha256:${made.digest()}"] }
controlPlane: { certificateKey: $CERT_KEY }
EOF
kubeadm join 10.0.0.9:6443 --discovery-file /etc/kubernetes/discovery.conf
`,
  ),
  bad(
    "helm value with a password and an escaped comma",
    (made) => `#!/bin/bash
helm upgrade --install rabbit oci://registry-1.docker.io/bitnamicharts/rabbitmq \\
  --set auth.username=app,auth.password=${made.password()},auth.erlangCookie="$ERLANG_COOKIE" \\
  --set 'extraPlugins=rabbitmq_shovel\\,rabbitmq_prometheus'
`,
  ),
  good(
    "helm values with roles, tags and names of secrets",
    (made) => `#!/bin/bash
helm upgrade --install app oci://ghcr.io/example/charts/app --version 4.1.0 \\
  --set image.tag=sha-${made.digest("sha1").slice(0, 7)} --set image.digest=sha256:${made.digest()} \\
  --set serviceAccount.annotations."eks\\.amazonaws\\.com/role-arn"=arn:aws:iam::${made.account()}:role/app \\
  --set auth.existingSecret=app-auth,auth.existingSecretPasswordKey=password \\
  --set 'global.imagePullSecrets[0]=regcred' --set tokens.ttl=15m --set secretStore.enabled=true --set-file tls.key=/run/tls.key
`,
  ),
  bad(
    "helm repository with a password",
    (made) => `#!/bin/bash
helm repo add internal https://charts.example.internal --username reader --password ${made.weak()} --pass-credentials
helm repo update
`,
  ),
  bad(
    "argocd login and repository",
    (made) => `#!/bin/bash
argocd login argocd.example.internal --username admin --password '${made.symbols()}' --grpc-web
argocd app sync web --prune
`,
  ),
  good(
    "argocd with the initial password of the cluster",
    () => `#!/bin/bash
argocd login argocd.example.internal --username admin --password "$(kubectl -n argocd get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d)" --grpc-web
argocd account update-password --current-password "$OLD" --new-password "$NEW"
argocd repo add git@github.com:example/deploy.git --ssh-private-key-path /run/deploy.key
kubectl -n argocd delete secret argocd-initial-admin-secret
`,
  ),
  bad(
    "IPsec key of Cilium",
    (made) => `#!/bin/bash
kubectl create -n kube-system secret generic cilium-ipsec-keys --from-literal=keys="3+ rfc4106(gcm(aes)) ${made.hex(40)} 128"
cilium install --version 1.16.4 --set encryption.enabled=true --set encryption.type=ipsec
`,
  ),
  good(
    "IPsec key of Cilium made at boot",
    () => `#!/bin/bash
kubectl create -n kube-system secret generic cilium-ipsec-keys \\
  --from-literal=keys="3+ rfc4106(gcm(aes)) $(dd if=/dev/urandom count=20 bs=1 2> /dev/null | xxd -p -c 64) 128"
cilium install --version 1.16.4 --set encryption.enabled=true --set encryption.type=ipsec --set encryption.ipsec.secretName=cilium-ipsec-keys
`,
  ),
  bad(
    "Weave network password",
    (made) => `#!/bin/bash
weave launch --password ${made.phrase()} --ipalloc-range 10.40.0.0/16 10.0.0.4 10.0.0.5
`,
  ),
  bad(
    "data plane token of Kuma",
    (made) => `#!/bin/bash
cat > /etc/kuma/token <<'EOF'
${made.jwt()}
EOF
kuma-dp run --cp-address=https://kuma.example.internal:5678 --dataplane-file=/etc/kuma/dp.yaml --dataplane-token-file=/etc/kuma/token
`,
  ),
  good(
    "mesh certificates come from files",
    (made) => `#!/bin/bash
kubectl create secret generic cacerts -n istio-system --from-file=/etc/pki/ca-cert.pem --from-file=/etc/pki/ca-key.pem --from-file=/etc/pki/root-cert.pem --from-file=/etc/pki/cert-chain.pem
linkerd install --identity-trust-anchors-file ca.crt --identity-issuer-certificate-file issuer.crt --identity-issuer-key-file issuer.key | kubectl apply -f -
step ca bootstrap --ca-url https://ca.example.internal --fingerprint ${made.digest()}
step ca certificate "$(hostname)" /etc/pki/host.crt /etc/pki/host.key --provisioner aws --provisioner-password-file /run/step.pass
spire-agent run -trustDomain example.internal -joinToken "$(cat /run/spire-token)" -config /etc/spire/agent.conf
`,
  ),
  bad(
    "SPIRE join token",
    (made) => `#!/bin/bash
/opt/spire/bin/spire-agent run -config /opt/spire/conf/agent.conf -joinToken ${made.uuidSecret()} &
`,
  ),

  // HashiCorp

  bad(
    "vault unsealed at boot",
    (made) => `#!/bin/bash
export VAULT_ADDR=https://127.0.0.1:8200
systemctl start vault
sleep 5
vault operator unseal ${made.base64(33)}
`,
  ),
  good(
    "vault initialised at boot and sealed by KMS",
    (made) => `#!/bin/bash
cat > /etc/vault.d/vault.hcl <<'HCL'
storage "raft" { path = "/opt/vault" }
seal "awskms" { region = "eu-west-1" kms_key_id = "${made.uuid()}" }
listener "tcp" { address = "0.0.0.0:8200" tls_cert_file = "/etc/vault.d/tls.crt" tls_key_file = "/etc/vault.d/tls.key" }
HCL
vault operator init -recovery-shares=1 -recovery-threshold=1 -format=json > /run/init.json
aws secretsmanager put-secret-value --secret-id vault/root --secret-string "$(jq -r .root_token /run/init.json)"
VAULT_TOKEN=$(jq -r .root_token /run/init.json) vault audit enable file file_path=/var/log/vault.log
`,
  ),
  bad(
    "vault login with an old style token",
    (made) => `#!/bin/bash
export VAULT_ADDR=https://vault.example.internal:8200
vault login -no-print s.${made.token(24)}
vault read -format=json pki/cert/ca > /etc/pki/ca.json
`,
  ),
  good(
    "vault login with AWS and the agent",
    () => `#!/bin/bash
vault login -no-print -method=aws role=web header_value=vault.example.internal
vault token lookup -format=json | jq .data.ttl
cat > /etc/vault.d/agent.hcl <<'HCL'
auto_auth {
  method "aws" { mount_path = "auth/aws" config = { type = "iam" role = "web" } }
  sink "file" { config = { path = "/run/vault/token" } }
}
template { contents = "DB_PASSWORD={{ with secret \\"kv/data/app\\" }}{{ .Data.data.password }}{{ end }}" destination = "/run/app.env" }
HCL
`,
  ),
  bad(
    "AppRole secret id in a file",
    (made) => `#!/bin/bash
echo "${made.uuid()}" > /etc/vault.d/role_id
echo "${made.uuidSecret()}" > /etc/vault.d/secret_id
cat > /etc/vault.d/agent.hcl <<'HCL'
auto_auth { method "approle" { config = { role_id_file_path = "/etc/vault.d/role_id" secret_id_file_path = "/etc/vault.d/secret_id" } } }
HCL
systemctl restart vault-agent
`,
  ),
  good(
    "AppRole role id with a wrapped secret id from a store",
    (made) => `#!/bin/bash
ROLE_ID=${made.uuid()}
WRAPPED=$(aws ssm get-parameter --name /vault/wrapped --with-decryption --query Parameter.Value --output text)
SECRET_ID=$(VAULT_TOKEN="$WRAPPED" vault unwrap -field=secret_id)
VAULT_TOKEN=$(vault write -field=token auth/approle/login role_id="$ROLE_ID" secret_id="$SECRET_ID")
`,
  ),
  bad(
    "vault kv put with a literal",
    (made) => `#!/bin/bash
export VAULT_TOKEN=$(cat /run/vault/token)
vault kv put kv/payments/gateway url=https://pay.example.com merchant=8841 password=${made.weak()}
`,
  ),
  good(
    "vault kv put from files and generators",
    () => `#!/bin/bash
vault kv put kv/payments/gateway password=@/run/gateway.pass url=https://pay.example.com token_ttl=3600
jq -n --arg p "$(openssl rand -base64 18)" '{password: $p}' | vault kv put kv/app -
vault write database/roles/app db_name=app default_ttl=1h creation_statements="CREATE ROLE \\"{{name}}\\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';"
vault policy write app - <<'HCL'
path "secret/data/app/*" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
HCL
`,
  ),
  bad(
    "vault server in development mode with a fixed root token",
    (made) => `#!/bin/bash
docker run -d --cap-add=IPC_LOCK -p 8200:8200 -e VAULT_DEV_ROOT_TOKEN_ID=${made.weak()} -e VAULT_DEV_LISTEN_ADDRESS=0.0.0.0:8200 hashicorp/vault:1.18
`,
  ),
  bad(
    "consul gossip key in JSON",
    (made) => `#!/bin/bash
cat > /etc/consul.d/consul.json <<EOF
{
  "datacenter": "eu-west-1",
  "server": false,
  "encrypt": "${made.base64(32)}",
  "retry_join": ["provider=aws tag_key=consul tag_value=server"],
  "verify_outgoing": true
}
EOF
`,
  ),
  good(
    "consul join by tags with a fetched gossip key",
    () => `#!/bin/bash
GOSSIP=$(aws ssm get-parameter --name /consul/gossip --with-decryption --query Parameter.Value --output text)
cat > /etc/consul.d/consul.hcl <<EOF
datacenter       = "eu-west-1"
encrypt          = "$GOSSIP"
retry_join       = ["provider=aws tag_key=consul tag_value=server"]
ca_file          = "/etc/consul.d/ca.pem"
key_file         = "/etc/consul.d/consul.key"
encrypt_verify_incoming = true
acl { enabled = true default_policy = "deny" enable_token_persistence = true }
EOF
consul acl policy create -name app -rules 'key_prefix "app/" { policy = "read" } service_prefix "" { policy = "read" }'
`,
  ),
  bad(
    "consul agent token that looks like an id",
    (made) => `#!/bin/bash
cat > /etc/consul.d/acl.hcl <<'HCL'
acl {
  enabled = true
  tokens {
    agent = "${made.uuidSecret()}"
  }
}
HCL
systemctl reload consul
`,
  ),
  bad(
    "nomad gossip key",
    (made) => `#!/bin/bash
tee /etc/nomad.d/server.hcl <<EOF
server {
  enabled          = true
  bootstrap_expect = 3
  encrypt          = "${made.base64(32)}"
  server_join { retry_join = ["provider=aws tag_key=nomad tag_value=server"] }
}
EOF
`,
  ),
  good(
    "nomad with a generated key and a job that reads Vault",
    () => `#!/bin/bash
nomad operator gossip keyring generate > /run/nomad.key
sed "s|GOSSIP_KEY|$(cat /run/nomad.key)|" /opt/nomad/server.hcl.tmpl > /etc/nomad.d/server.hcl
cat > /opt/jobs/api.nomad <<'HCL'
job "api" {
  group "api" {
    task "api" {
      driver = "docker"
      vault { policies = ["api"] }
      identity { env = true }
      template { data = "API_KEY={{ with nomadVar \\"nomad/jobs/api\\" }}{{ .api_key }}{{ end }}" destination = "secrets/env" env = true }
    }
  }
}
HCL
NOMAD_TOKEN=$(cat /run/nomad.token) nomad job run /opt/jobs/api.nomad
`,
  ),
  bad(
    "terraform credentials block",
    (made) => `#!/bin/bash
cat > /root/.terraformrc <<'HCL'
plugin_cache_dir = "/var/cache/terraform"
credentials "app.terraform.io" {
  token = "${made.token(14)}.atlasv1.${made.token(67)}"
}
HCL
`,
  ),
  good(
    "terraform helper and workspace ids",
    (made) => `#!/bin/bash
cat > /root/.terraformrc <<'HCL'
credentials_helper "env" { args = [] }
host "app.terraform.io" { services = { "modules.v1" = "https://app.terraform.io/api/registry/v1/modules/" } }
HCL
export TF_TOKEN_app_terraform_io="$(cat /run/secrets/tfe)" TFE_WORKSPACE_ID=ws-${opaque(made, 16)} TF_CLOUD_ORGANIZATION=example
terraform -chdir=/opt/infra init && terraform -chdir=/opt/infra apply -auto-approve -var "commit=${made.digest("sha1")}"
`,
  ),
  bad(
    "agent token of Terraform Cloud in an env file",
    (made) => `#!/bin/bash
echo "TFC_AGENT_TOKEN=${made.token(14)}.atlasv1.${made.token(67)}
TFC_AGENT_NAME=$(hostname)" > /etc/tfc-agent.env
docker run -d --env-file /etc/tfc-agent.env --restart always hashicorp/tfc-agent:1.17
`,
  ),
  bad(
    "boundary worker activation token",
    (made) => `#!/bin/bash
cat > /etc/boundary.d/worker.hcl <<EOF
worker {
  auth_storage_path = "/var/lib/boundary"
  controller_generated_activation_token = "neslat_2K${made.token(90)}"
}
EOF
systemctl enable --now boundary
`,
  ),
  good(
    "boundary worker with KMS",
    (made) => `#!/bin/bash
cat > /etc/boundary.d/worker.hcl <<EOF
hcp_boundary_cluster_id = "${made.uuid()}"
worker {
  auth_storage_path = "/var/lib/boundary"
  controller_generated_activation_token = "file:///run/boundary/activation"
  tags { type = ["aws"] }
}
kms "awskms" { purpose = "worker-auth" kms_key_id = "alias/boundary-worker" }
EOF
`,
  ),

  // Configuration management

  bad(
    "chef validator key and first boot",
    (made) => `#!/bin/bash
mkdir -p /etc/chef
cat > /etc/chef/validation.pem <<'PEM'
${made.privateKey("rsa", "pkcs1")}
PEM
cat > /etc/chef/client.rb <<'RUBY'
chef_server_url 'https://chef.example.internal/organizations/ops'
validation_client_name 'ops-validator'
RUBY
chef-client -j /etc/chef/first-boot.json
`,
  ),
  good(
    "chef client with key paths",
    () => `#!/bin/bash
mkdir -p /etc/chef
aws s3 cp s3://example-chef/validator.pem /etc/chef/validation.pem
cat > /etc/chef/client.rb <<'RUBY'
chef_server_url 'https://chef.example.internal/organizations/ops'
validation_client_name 'ops-validator'
validation_key '/etc/chef/validation.pem'
client_key '/etc/chef/client.pem'
encrypted_data_bag_secret '/etc/chef/encrypted_data_bag_secret'
chef_license 'accept'
data_collector.token ENV['DATA_COLLECTOR_TOKEN']
RUBY
echo '{"run_list":["recipe[passwords::policy]"],"app":{"secret_name":"prod/app","token_lifetime":600}}' > /etc/chef/first-boot.json
`,
  ),
  bad(
    "chef automate data collector token",
    (made) => `#!/bin/bash
cat >> /etc/chef/client.rb <<RUBY
data_collector.server_url "https://automate.example.internal/data-collector/v0/"
data_collector.token "${made.base64url(33)}="
RUBY
`,
  ),
  bad(
    "puppet certificate request with a challenge",
    (made) => `#!/bin/bash
mkdir -p /etc/puppetlabs/puppet
cat > /etc/puppetlabs/puppet/csr_attributes.yaml <<YAML
custom_attributes:
  1.2.840.113549.1.9.7: ${made.phrase()}
extension_requests:
  pp_role: web
YAML
puppet agent -t --server puppet.example.internal
`,
  ),
  good(
    "puppet certificate request with instance data",
    () => `#!/bin/bash
mkdir -p /etc/puppetlabs/puppet
cat > /etc/puppetlabs/puppet/csr_attributes.yaml <<YAML
custom_attributes:
  1.2.840.113549.1.9.7: $(aws ssm get-parameter --name /puppet/challenge --with-decryption --query Parameter.Value --output text)
extension_requests:
  pp_instance_id: $(ec2-metadata -i | cut -d' ' -f2)
  pp_image_name: al2023
  pp_role: web
YAML
puppet config set certname "$(hostname -f)" --section agent
puppet config set ca_fingerprint ''
`,
  ),
  bad(
    "ansible become password as an extra variable",
    (made) => `#!/bin/bash
ansible-pull -U https://github.com/example/site.git -i localhost, -e '{"ansible_become_pass": "${made.password()}", "env": "prod"}' site.yml
`,
  ),
  good(
    "ansible inventory with lookups",
    (made) => `#!/bin/bash
cat > /opt/site/inventory.yml <<'YAML'
all:
  hosts:
    localhost: { ansible_connection: local }
  vars:
    db_password: "{{ lookup('amazon.aws.secretsmanager_secret', 'prod/db') }}"
    ansible_become_password: "{{ lookup('env', 'BECOME_PASS') }}"
    api_token: "{{ vault_api_token | default('') }}"
    smtp_password: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      ${made.digest()}${made.digest("sha1").slice(0, 16)}
      ${made.digest()}${made.digest("sha1").slice(0, 16)}
YAML
ansible-playbook -i /opt/site/inventory.yml --vault-id prod@/run/vault-pass site.yml --ask-become-pass < /dev/null
`,
  ),
  bad(
    "salt pillar with a password",
    (made) => `#!/bin/bash
mkdir -p /srv/pillar && cat > /srv/pillar/app.sls <<'SLS'
app:
  user: app
  db:
    host: db.example.internal
    password: "${made.symbols(14)}"
SLS
salt-call --local --pillar-root=/srv/pillar state.apply app
`,
  ),
  good(
    "salt pillar with sdb and renderers",
    (made) => `#!/bin/bash
cat > /srv/pillar/app.sls <<'SLS'
#!jinja|yaml
app:
  db:
    password: {{ salt['sdb.get']('sdb://aws/prod/db/password') }}
    passphrase: {{ pillar.get('pass', '') }}
SLS
cat > /etc/salt/minion.d/master.conf <<'EOF'
master: salt.example.internal
master_finger: '${(made.digest().match(/../g) ?? []).join(":")}'
keysize: 4096
master_sign_key_name: master_sign
verify_master_pubkey_sign: True
EOF
`,
  ),
  bad(
    "Rundeck users in a realm file",
    (made) => `#!/bin/bash
echo "ops:${made.weak()},user,admin" >> /etc/rundeck/realm.properties
systemctl restart rundeckd
`,
  ),

  // Secrets managers given a literal

  bad(
    "secretsmanager create-secret with JSON",
    (made) => `#!/bin/bash
aws secretsmanager create-secret --region eu-west-1 --name prod/reports/db --description "Reports database" \\
  --secret-string '{"username":"reports","password":"${made.password()}","host":"db.example.internal","port":5432}'
`,
  ),
  good(
    "secretsmanager calls without a literal",
    (made) => `#!/bin/bash
PW=$(aws secretsmanager get-random-password --exclude-punctuation --password-length 24 --query RandomPassword --output text)
aws secretsmanager create-secret --name prod/reports/db --secret-string "$(jq -cn --arg p "$PW" '{username:"reports",password:$p}')"
aws secretsmanager put-secret-value --secret-id prod/reports/key --secret-binary fileb:///run/key.bin --client-request-token ${made.uuid()}
aws secretsmanager update-secret --secret-id prod/reports/tls --secret-string file:///run/tls.json --kms-key-id alias/reports
aws ssm put-parameter --name /reports/admin-password --type SecureString --value "$PW" --key-id alias/reports
`,
  ),
  good(
    "ssm put-parameter with plain settings",
    (made) => `#!/bin/bash
aws ssm put-parameter --name /reports/version --type String --overwrite --value 2.14.1
aws ssm put-parameter --name /reports/tokens/max --type String --overwrite --value 500
aws ssm put-parameter --name /reports/secret-arn --type String --overwrite --value arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:reports/db-${opaque(made, 6)}
aws ssm put-parameter --name /reports/ca --type String --overwrite --value file:///etc/pki/ca.pem
`,
  ),
  bad(
    "secretsmanager update through a JSON skeleton",
    (made) => `#!/bin/bash
cat > /tmp/in.json <<JSON
{ "SecretId": "prod/cache", "SecretString": "${made.token(32)}" }
JSON
aws secretsmanager put-secret-value --cli-input-json file:///tmp/in.json && rm -f /tmp/in.json
`,
  ),
  bad(
    "gcloud secret version from echo",
    (made) => `#!/bin/bash
echo -n '${made.phrase()}' | gcloud secrets versions add smtp-password --project=example-prod --data-file=-
`,
  ),
  bad(
    "key vault secret set with a value",
    (made) => `#!/bin/bash
az keyvault secret set --vault-name example-kv --name smtp --value "${made.password(18)}" --output none
`,
  ),
  good(
    "key vault and gcloud secrets from files",
    () => `#!/bin/bash
az keyvault secret set --vault-name example-kv --name smtp --file /run/smtp.pass --encoding utf-8 --output none
az keyvault secret show --vault-name example-kv --name smtp --query value -o tsv > /run/app/smtp
gcloud secrets create smtp-password --replication-policy=automatic --data-file=/run/smtp.pass
openssl rand -hex 20 | gcloud secrets versions add session --data-file=-
`,
  ),
  bad(
    "1Password item made from a literal",
    (made) => `#!/bin/bash
export OP_SERVICE_ACCOUNT_TOKEN=$(cat /run/op)
op item create --category=login --title="router $(hostname)" --vault=Network username=admin 'password=${made.symbols()}'
`,
  ),
  bad(
    "chamber write with a literal",
    (made) => `#!/bin/bash
chamber write reports smtp_password ${made.weak()}
chamber exec reports -- /opt/reports/start
`,
  ),
  bad(
    "systemd credential encrypted from a literal",
    (made) => `#!/bin/bash
echo -n "${made.password()}" | systemd-creds encrypt --name=db-password - /etc/credstore.encrypted/db-password
systemctl restart reports
`,
  ),
  good(
    "systemd credential in its encrypted form",
    (made) => `#!/bin/bash
mkdir -p /etc/systemd/system/reports.service.d
cat > /etc/systemd/system/reports.service.d/creds.conf <<'EOF'
[Service]
SetCredentialEncrypted=db-password: \\
        Whxqht+dQJax1aZeCGLxmiAAAAABAAAADAAAABAAAACA${ciphertext(made, 2).slice(0, 100)} \\
        ${ciphertext(made, 2).slice(0, 76)}
EOF
systemd-creds encrypt --name=token /run/token /etc/credstore.encrypted/token && shred -u /run/token
`,
  ),
  bad(
    "key of the kernel key ring from a literal",
    (made) => `#!/bin/bash
keyctl add user app:master "${made.hex(32)}" @u
ecryptfs-add-passphrase --fnek < /run/ecryptfs.pass
`,
  ),

  // Licences and activations

  bad(
    "SUSE registration code",
    (made) => `#!/bin/bash
SUSEConnect -r ${made.token(16, "0123456789ABCDEF")} -e ops@example.com
SUSEConnect -p sle-module-containers/15.6/x86_64
`,
  ),
  good(
    "SUSE modules and the registration of the cloud",
    () => `#!/bin/bash
registercloudguest --force-new
SUSEConnect -p sle-module-containers/15.6/x86_64
SUSEConnect --url https://rmt.example.internal --write-config
transactional-update register -p sle-module-containers/15.6/x86_64
`,
  ),
  bad(
    "Ubuntu Pro token on the command line",
    (made) => `#!/bin/bash
apt-get install -y ubuntu-advantage-tools
pro attach C1${made.token(28)} --no-auto-enable
pro enable esm-infra --assume-yes
`,
  ),
  good(
    "Ubuntu Pro from the cloud and from a file",
    () => `#!/bin/bash
pro auto-attach
pro enable esm-infra --assume-yes --format json
pro attach --attach-config /run/pro-attach.yaml
pro config set apt_news=false
`,
  ),
  bad(
    "Red Hat connector with an activation key",
    (made) => `#!/bin/bash
rhc connect --activation-key ${made.weak()} --organization 11223344 --content-template base
`,
  ),
  bad(
    "Red Hat account in a loop",
    (made) => `#!/bin/bash
until subscription-manager register --username=ops-example --password='${made.symbols(14)}' --auto-attach; do sleep 30; done
subscription-manager repos --enable=codeready-builder-for-rhel-9-x86_64-rpms
`,
  ),
  good(
    "Red Hat registration with a fetched key",
    () => `#!/bin/bash
AK=$(aws ssm get-parameter --name /rhsm/activation-key --with-decryption --query Parameter.Value --output text)
ORG=$(aws ssm get-parameter --name /rhsm/org --query Parameter.Value --output text)
subscription-manager register --org="$ORG" --activationkey="$AK" --force
subscription-manager config --rhsm.manage_repos=1 --server.hostname=subscription.rhsm.redhat.com
subscription-manager syspurpose service-level --set Premium
`,
  ),
  bad(
    "Plesk activation code",
    (made) => `#!/bin/bash
plesk bin license --install A00B00-${opaque(made, 4).toUpperCase()}00-${made.token(12, UPPER_DIGITS)}
plesk bin server_pref --update -min_password_strength strong
`,
  ),
  bad(
    "landscape registration on the command line",
    (made) => `#!/bin/bash
landscape-config --silent --account-name standalone --computer-title "$(hostname)" --url https://landscape.example.internal/message-system --registration-key '${made.phrase()}'
`,
  ),
  good(
    "licence settings that are only words and paths",
    () => `#!/bin/bash
echo 'debconf debconf/frontend select Noninteractive' | debconf-set-selections
echo 'ttf-mscorefonts-installer msttcorefonts/accepted-mscorefonts-eula select true' | debconf-set-selections
export ACCEPT_EULA=Y NGINX_LICENSE_JWT_FILE=/etc/nginx/license.jwt LICENSE_KEY_PATH=/run/license.key
/opt/sonar/install --accept-license --license-server 27000@lic.example.internal --license-type subscription
splunk start --accept-license --answer-yes --no-prompt --gen-and-print-passwd
`,
  ),

  // Seeds, cookies, signing keys, tokens

  bad(
    "one-time password seed for a login",
    (made) => `#!/bin/bash
OTP=$(oathtool --totp -b ${made.token(32, BASE32)})
curl -fsS -d "otp=$OTP" --netrc-file /run/vpn.netrc https://vpn.example.internal/session -o /run/vpn.session
`,
  ),
  bad(
    "google-authenticator file of a user",
    (made) => `#!/bin/bash
cat > /home/ops/.google_authenticator <<'EOF'
${made.token(26, BASE32)}
" RATE_LIMIT 3 30
" WINDOW_SIZE 17
" DISALLOW_REUSE
" TOTP_AUTH
EOF
chown ops: /home/ops/.google_authenticator && chmod 400 /home/ops/.google_authenticator
`,
  ),
  bad(
    "otpauth address",
    (made) => `#!/bin/bash
qrencode -t ANSIUTF8 "otpauth://totp/bastion:ops@example.com?secret=${made.token(32, BASE32)}&issuer=bastion&digits=6"
`,
  ),
  good(
    "one-time passwords with seeds made at first login",
    () => `#!/bin/bash
apt-get install -y libpam-google-authenticator oathtool
echo 'auth required pam_google_authenticator.so nullok secret=/var/lib/google-authenticator/\${USER} user=root' >> /etc/pam.d/sshd
google-authenticator --time-based --disallow-reuse --force --rate-limit=3 --rate-time=30 --window-size=3 --secret=/var/lib/google-authenticator/ops
oathtool --totp -b - < /run/totp.seed > /dev/null
`,
  ),
  bad(
    "session cookie of a portal",
    (made) => `#!/bin/bash
wget -q --header="Cookie: JSESSIONID=${made.token(32, "0123456789ABCDEF")}; lang=en" https://wiki.example.internal/export/runbook.zip -O /opt/runbook.zip
`,
  ),
  good(
    "cookies that are no sessions",
    () => `#!/bin/bash
cat > /etc/haproxy/conf.d/web.cfg <<'EOF'
backend web
  cookie SERVERID insert indirect nocache secure httponly
  server web1 10.0.1.10:8080 cookie web1 check
  server web2 10.0.1.11:8080 cookie web2 check
EOF
echo 'proxy_cookie_flags ~ secure samesite=strict; proxy_set_header Cookie $http_cookie;' > /etc/nginx/snippets/cookies.conf
curl -s -b 'consent=accepted; theme=dark' https://docs.example.internal/ > /srv/docs.html
`,
  ),
  bad(
    "Rails secret key base",
    (made) => `#!/bin/bash
su - deploy -c 'cat >> ~/.bashrc' <<'EOF'
export RAILS_ENV=production
export SECRET_KEY_BASE=${made.hex(128)}
EOF
`,
  ),
  good(
    "Rails and Laravel keys made at boot",
    () => `#!/bin/bash
su - deploy -c 'cd /srv/app && echo "SECRET_KEY_BASE=$(bin/rails secret)" >> .env'
cd /srv/shop && cp .env.example .env && php artisan key:generate --force
RAILS_MASTER_KEY="$(cat /run/secrets/master.key)" bin/rails runner 'puts Rails.application.credentials.config.keys'
python3 -c 'from django.core.management.utils import get_random_secret_key as k; print("SECRET_KEY=" + k())' >> /srv/dj/.env
`,
  ),
  bad(
    "Laravel application key",
    (made) => `#!/bin/bash
cd /srv/shop && sed -i 's#^APP_KEY=.*#APP_KEY=base64:${made.base64(32)}#' .env && php artisan config:cache
`,
  ),
  bad(
    "cosign pass phrase for signing",
    (made) => `#!/bin/bash
COSIGN_PASSWORD=${made.weak()} cosign sign --yes --key /opt/keys/cosign.key registry.example.internal/app@sha256:${made.digest()}
`,
  ),
  bad(
    "private PGP block",
    (made) => `#!/bin/bash
gpg --batch --import <<'KEY'
-----BEGIN ${PRIVATE_BLOCK}-----

lQOYBGcA${made.base64(480).replaceAll(/.{64}/g, "$&\n")}
=${opaque(made, 4)}
-----END ${PRIVATE_BLOCK}-----
KEY
rpmsign --addsign /srv/repo/*.rpm
`,
  ),
  good(
    "public PGP block and fingerprints",
    (made) => `#!/bin/bash
install -d /etc/apt/keyrings
cat > /etc/apt/keyrings/internal.asc <<'KEY'
-----BEGIN PGP PUBLIC KEY BLOCK-----

mQINBGcA${ciphertext(made, 8).replaceAll(/.{64}/g, "$&\n")}
=${opaque(made, 4)}
-----END PGP PUBLIC KEY BLOCK-----
KEY
gpg --show-keys --with-fingerprint /etc/apt/keyrings/internal.asc | grep -q ${made.digest("sha1").toUpperCase()}
gpg --keyserver hkps://keys.openpgp.org --recv-keys 0x${made.digest("sha1").slice(0, 16).toUpperCase()}
`,
  ),
  bad(
    "bearer token that is a JWT",
    (made) => `#!/bin/bash
AUTH='Authorization: Bearer ${made.jwt()}'
curl -fsS -H "$AUTH" https://fleet.example.internal/v1/config -o /etc/agent/config.json
`,
  ),
  good(
    "settings of a JWT verifier",
    (made) => `#!/bin/bash
cat > /etc/gateway/auth.yaml <<'YAML'
jwt:
  issuer: https://sso.example.internal/realms/prod
  audiences: [api, ${made.uuid()}]
  jwks_uri: https://sso.example.internal/realms/prod/certs
  token_endpoint: https://sso.example.internal/realms/prod/token
  kid: ${opaque(made, 43)}
  leeway: 30s
  public_key: |
${made.publicKey().replaceAll(/^/gm, "    ")}
  access_token_lifetime: 900
  token_header: X-Access-Token
YAML
`,
  ),
  bad(
    "private JSON web key",
    (made) => `#!/bin/bash
cat > /etc/hydra/jwks.json <<'JSON'
{"keys":[{"kty":"EC","use":"sig","crv":"P-256","kid":"2026-11","x":"${opaque(made, 43)}","y":"${opaque(made, 43)}","d":"${made.base64url(32)}","alg":"ES256"}]}
JSON
`,
  ),
  bad(
    "HMAC key for webhooks with a default",
    (made) => `#!/bin/bash
WEBHOOK_HMAC_KEY="\${WEBHOOK_HMAC_KEY:-${made.hex(64)}}"
exec /opt/hooks/webhook -hooks /etc/hooks.json -hmac-key-env WEBHOOK_HMAC_KEY
`,
  ),
  good(
    "digests, commits and integrity values everywhere",
    (made) => `#!/bin/bash
set -euo pipefail
COMMIT_TOKEN_SERVICE=${made.digest("sha1")}
git -C /opt/token-service checkout -q "$COMMIT_TOKEN_SERVICE"
echo "${made.digest("sha512")}  /opt/secret-agent.tgz" | sha512sum -c -
printf '%s *%s\\n' ${made.digest("md5")} /opt/password-policy.xml | md5sum -c -
[ "$(openssl dgst -sha256 -r /opt/keytool.jar | cut -d' ' -f1)" = ${made.digest()} ]
apt-key adv --keyserver keyserver.ubuntu.com --recv-keys ${made.digest("sha1").toUpperCase()}
cat > /srv/index.html <<'HTML'
<script src="https://cdn.example.com/auth.js" integrity="sha384-${Buffer.from(made.digest("sha512").slice(0, 96), "hex").toString("base64")}" crossorigin="anonymous"></script>
HTML
`,
  ),
  good(
    "known hosts with hashed names",
    (made) => `#!/bin/bash
cat >> /root/.ssh/known_hosts <<'EOF'
|1|${Buffer.from(made.digest("sha1"), "hex").toString("base64")}|${Buffer.from(made.digest("sha1"), "hex").toString("base64")} ${made.sshPublicKey().replace(" ops@example", "")}
gitlab.example.internal ${made.sshPublicKey().replace(" ops@example", "")}
@cert-authority *.example.internal ${made.sshPublicKey()}
EOF
ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | grep -q SHA256:${opaque(made, 43)}
`,
  ),
  good(
    "scripts that only talk about secrets",
    () => `#!/bin/bash
usage() { echo "Usage: $0 --token TOKEN --password PASSWORD [--secret-name NAME]" >&2; exit 2; }
while getopts "t:p:s:h" opt; do
  case $opt in
    t) token=$OPTARG ;;
    p) password=$OPTARG ;;
    s) secret_name=$OPTARG ;;
    *) usage ;;
  esac
done
[ -n "\${password:-}" ] || read -rsp "Password: " password
echo "password: \${password:+set}"
logger "no token=... found in /etc/app.conf, fetching a new one"
grep -rnE 'password\\s*=|api[_-]?key' /srv/src || true
sed -n 's/.*token=\\([^&]*\\).*/\\1/p' /var/log/app.log | wc -l
`,
  ),
  good(
    "placeholders for tokens with well-known prefixes",
    () => `#!/bin/bash
cat > /opt/app/README.env <<'EOF'
# copy to .env and fill in
GITHUB_TOKEN=ghp_${"x".repeat(36)}
SLACK_BOT_TOKEN=xoxb-your-token-here
STRIPE_SECRET_KEY=<your secret key>
OPENAI_API_KEY=your-api-key-here
DB_PASSWORD=\${DB_PASSWORD}
VAULT_TOKEN=%VAULT_TOKEN%
SMTP_PASSWORD={{ smtp_password }}
EOF
`,
  ),
  good(
    "names and switches around passwords",
    () => `#!/bin/bash
cat > /etc/app/app.properties <<'EOF'
password.encoder=bcrypt
password.policy=strong
token.store=redis
token.endpoint.auth.method=private_key_jwt
secret.provider=aws-secrets-manager
secret.name=prod/app
auth.type=none
api.key.header=X-Api-Key
api.key.required=true
session.cookie.secure=true
EOF
`,
  ),
  bad(
    "GitHub token in two pieces inside a function",
    (made) => `#!/bin/bash
fetch() {
  local p='ghp_' s='${made.token(36)}'
  curl -fsSL -H "Authorization: token \${p}\${s}" "https://api.github.com/repos/example/agent/tarball/$1" | tar -xz -C /opt/agent --strip-components=1
}
fetch v2.4.0
`,
  ),
  bad(
    "commented deploy key of Octopus",
    (made) => `#!/bin/bash
# tentacle register-with --server https://octopus.example.internal --apiKey API-${made.token(26, UPPER_DIGITS)} --role web --environment prod
tentacle register-with --server https://octopus.example.internal --apiKey "$OCTOPUS_API_KEY" --role web --environment prod
`,
  ),
  bad(
    "fallback token after a failed fetch",
    (made) => `#!/bin/bash
DD_APP_KEY=$(aws ssm get-parameter --name /dd/app-key --with-decryption --query Parameter.Value --output text || echo ${made.hex(40)})
export DD_APP_KEY
/opt/monitors/sync
`,
  ),
  good(
    "fallbacks that are empty or stop the script",
    () => `#!/bin/bash
set -e
API_TOKEN=$(aws ssm get-parameter --name /api/token --with-decryption --query Parameter.Value --output text || true)
: "\${API_TOKEN:?no token}"
DB_PASSWORD=\${DB_PASSWORD:-}
SECRET_ID=\${SECRET_ID:-prod/app/db}
KEY_FILE=\${KEY_FILE:-/etc/app/key.pem}
TOKEN_TTL="\${TOKEN_TTL:-3600}"
PASSWORD=\${PASSWORD:-$(openssl rand -base64 18)}
`,
  ),
  bad(
    "webhook of a logic app with a signature",
    (made) => `#!/bin/bash
curl -s -H 'Content-Type: application/json' -d '{"host":"web"}' "https://prod-12.westeurope.logic.azure.com:443/workflows/${made.digest("md5")}/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${made.base64url(32)}"
`,
  ),
  good(
    "presigned address of S3 is a matter of another rule",
    (made) => `#!/bin/bash
curl -fsSo /srv/data.json "https://example-data.s3.eu-west-1.amazonaws.com/data.json?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${made.awsKeyId("ASIA")}%2F20261120%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20261120T080000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=${made.digest()}"
`,
  ),

  // More that is innocent and looks like something else

  good(
    "access key made at boot and stored away",
    (made) => `#!/bin/bash
set -euo pipefail
key=$(aws iam create-access-key --user-name ses-smtp --query AccessKey --output json)
aws secretsmanager put-secret-value --secret-id arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:ses-${opaque(made, 6)} --secret-string "$key"
aws ec2 create-key-pair --key-name "boot-$(hostname)" --query KeyMaterial --output text > /root/.ssh/boot.pem
unset key
`,
  ),
  good(
    "removing keys from a machine",
    () => `#!/bin/bash
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
sed -i '/aws_secret_access_key/d;/aws_session_token/d' /home/*/.aws/credentials 2>/dev/null || true
sed -i 's/^DB_PASSWORD=.*/DB_PASSWORD=/' /etc/app.env
grep -v '^export GITHUB_TOKEN=' /etc/profile.d/ci.sh > /tmp/ci.sh && mv /tmp/ci.sh /etc/profile.d/ci.sh
env -u VAULT_TOKEN /opt/app/start
`,
  ),
  good(
    "database master password managed by RDS",
    (made) => `#!/bin/bash
aws rds modify-db-instance --db-instance-identifier orders --manage-master-user-password --master-user-secret-kms-key-id ${made.uuid()} --rotate-master-user-password --apply-immediately
NEW=$(openssl rand -base64 30 | tr -d '/+=')
aws rds modify-db-cluster --db-cluster-identifier ledger --master-user-password "$NEW" --apply-immediately
aws elasticache modify-user --user-id app --authentication-mode Type=iam
`,
  ),
  good(
    "address of a CloudFormation wait handle",
    (made) => `#!/bin/bash
/opt/aws/bin/cfn-init -v --stack web --resource Asg --region eu-west-1
/opt/aws/bin/cfn-signal -e $? --id "$(hostname)" 'https://cloudformation-waitcondition-eu-west-1.s3-eu-west-1.amazonaws.com/arn%3Aaws%3Acloudformation%3Aeu-west-1%3A${made.account()}%3Astack/web/${made.uuid()}/Wait?AWSAccessKeyId=${made.awsKeyId()}&Expires=1799999999&Signature=${encodeURIComponent(ciphertext(made, 1).slice(0, 27))}%3D'
`,
  ),
  bad(
    "activation code of a managed node",
    (made) => `#!/bin/bash
mkdir /tmp/ssm && curl -fsS https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/debian_amd64/ssm-setup-cli -o /tmp/ssm/ssm-setup-cli
chmod +x /tmp/ssm/ssm-setup-cli
/tmp/ssm/ssm-setup-cli -register -activation-code '${made.token(20)}' -activation-id '${made.uuid()}' -region eu-west-1
`,
  ),
  good(
    "managed node with an activation made at boot",
    (made) => `#!/bin/bash
act=$(aws ssm create-activation --iam-role SSMServiceRole --registration-limit 1 --region eu-west-1 --output json)
amazon-ssm-agent -register -y -code "$(jq -r .ActivationCode <<<"$act")" -id "$(jq -r .ActivationId <<<"$act")" -region eu-west-1
aws ssm describe-activations --filters FilterKey=ActivationIds,FilterValues=${made.uuid()}
`,
  ),
  good(
    "package token of CodeArtifact",
    (made) => `#!/bin/bash
export CODEARTIFACT_AUTH_TOKEN=$(aws codeartifact get-authorization-token --domain example --domain-owner ${made.account()} --query authorizationToken --output text)
pip config set global.index-url "https://aws:\${CODEARTIFACT_AUTH_TOKEN}@example-${made.account()}.d.codeartifact.eu-west-1.amazonaws.com/pypi/py/simple/"
npm config set "//example-${made.account()}.d.codeartifact.eu-west-1.amazonaws.com/npm/js/:_authToken=$CODEARTIFACT_AUTH_TOKEN"
`,
  ),
  good(
    "Datadog public client token and application id",
    (made) => `#!/bin/bash
cat > /srv/www/rum.js <<'JS'
window.DD_RUM && window.DD_RUM.init({
  applicationId: '${made.uuid()}',
  clientToken: 'pub${made.digest("md5")}',
  site: 'datadoghq.eu', service: 'shop', sessionSampleRate: 20,
});
JS
DD_API_KEY=$(aws secretsmanager get-secret-value --secret-id dd --query SecretString --output text) DD_SITE=datadoghq.eu bash -c "$(curl -fsSL https://install.datadoghq.com/scripts/install_script_agent7.sh)"
`,
  ),
  good(
    "oauth2-proxy with files and a cookie secret of this boot",
    (made) => `#!/bin/bash
cat > /etc/oauth2-proxy.cfg <<EOF
provider = "oidc"
client_id = "${made.uuid()}"
client_secret_file = "/run/secrets/oidc"
cookie_secret = "$(dd if=/dev/urandom bs=32 count=1 2>/dev/null | base64 | tr -d -- '\\n' | tr -- '+/' '-_')"
cookie_name = "_oauth2_proxy"
cookie_secure = true
oidc_issuer_url = "https://sso.example.internal/realms/prod"
pass_access_token = true
pass_authorization_header = true
EOF
`,
  ),
  bad(
    "oauth2-proxy client secret",
    (made) => `#!/bin/bash
docker run -d -p 4180:4180 quay.io/oauth2-proxy/oauth2-proxy:v7.7.1 \\
  --provider=github --client-id=Iv1.${made.digest().slice(0, 16)} --client-secret=${made.hex(40)} \\
  --cookie-secret="$(openssl rand -hex 16)" --email-domain='*' --upstream=http://10.0.0.4:8080/
`,
  ),
  good(
    "Dex with secrets of the environment",
    () => `#!/bin/bash
cat > /etc/dex/config.yaml <<'YAML'
issuer: https://dex.example.internal
staticClients:
  - { id: argocd, name: Argo CD, secretEnv: ARGOCD_CLIENT_SECRET, redirectURIs: ["https://argocd.example.internal/auth/callback"] }
staticPasswords:
  - { email: admin@example.com, hashFromEnv: ADMIN_HASH, username: admin }
connectors:
  - { type: github, id: github, name: GitHub, config: { clientID: $GITHUB_CLIENT_ID, clientSecret: $GITHUB_CLIENT_SECRET } }
enablePasswordDB: false
YAML
`,
  ),
  good(
    "grafana.ini with file and environment providers",
    () => `#!/bin/bash
cat > /etc/grafana/grafana.ini <<'INI'
[security]
admin_user = admin
admin_password = $__file{/run/secrets/grafana}
secret_key = $__env{GF_SECRET_KEY}
;disable_initial_admin_creation = false
[auth.generic_oauth]
client_id = grafana
client_secret = $__vault{kv/data/grafana:oauth}
[smtp]
;password =
password = """$__file{/run/secrets/smtp}"""
[database]
# If the password contains # or ; you have to wrap it with triple quotes
password =
INI
`,
  ),
  good(
    "Pulumi stack with encrypted settings",
    (made) => `#!/bin/bash
cat > /opt/infra/Pulumi.prod.yaml <<'YAML'
secretsprovider: awskms://alias/pulumi?region=eu-west-1
encryptedkey: AQICAHiB${ciphertext(made, 2)}
config:
  aws:region: eu-west-1
  infra:dbPassword:
    secure: v1:${ciphertext(made, 1).slice(0, 16)}:${ciphertext(made, 1).slice(0, 44)}
  infra:tokenLifetime: "3600"
YAML
pulumi config set --secret infra:apiToken "$(aws ssm get-parameter --name /infra/token --with-decryption --query Parameter.Value --output text)"
`,
  ),
  good(
    "patterns of a secret scanner",
    () => `#!/bin/bash
cd /srv/src
git secrets --add --global '(A3T[A-Z0-9]|AKIA|ASIA)[A-Z0-9]{16}'
git secrets --add --global 'ghp_[A-Za-z0-9]{36}' && git secrets --add 'xox[baprs]-[0-9a-zA-Z-]{10,}'
git secrets --add --literal 'BEGIN RSA PRIVATE KEY'
cat > .gitleaks.toml <<'TOML'
[[rules]]
id = "internal-token"
regex = '''(?i)example[_-]?token\\s*[:=]\\s*["']?[a-z0-9]{40}'''
keywords = ["token"]
[allowlist]
regexes = ['''password\\s*=\\s*["']\\$\\{''']
TOML
`,
  ),
  good(
    "audit rules about password files",
    () => `#!/bin/bash
cat > /etc/audit/rules.d/50-identity.rules <<'EOF'
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k shadow_password_changes
-w /root/.aws/credentials -p r -k aws_secret_access
-a always,exit -F arch=b64 -S add_key -S keyctl -k kernel_keys
-w /usr/bin/passwd -p x -k passwd_modification
EOF
augenrules --load && auditctl -k
`,
  ),
  good(
    "password policy of the system",
    () => `#!/bin/bash
cat > /etc/security/pwquality.conf <<'EOF'
minlen = 14
dcredit = -1
dictcheck = 1
enforce_for_root
EOF
sed -i 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 90/; s/^ENCRYPT_METHOD.*/ENCRYPT_METHOD YESCRYPT/' /etc/login.defs
echo 'password sufficient pam_unix.so sha512 shadow try_first_pass use_authtok remember=5' >> /etc/pam.d/system-auth
authselect select sssd with-mkhomedir --force
chage --maxdays 90 ops && passwd --expire ops && passwd -d nobody
`,
  ),
  good(
    "curl with every way not to write a password",
    () => `#!/bin/bash
curl -fsS --netrc-file /run/secrets/netrc https://api.example.internal/a -o /tmp/a
curl -fsS -u "$API_USER:$API_PASS" --oauth2-bearer "$TOKEN" https://api.example.internal/b -o /tmp/b
curl -fsS --cert "/etc/pki/host.pem:$(cat /run/pem.pass)" --key /etc/pki/host.key --cacert /etc/pki/ca.pem https://api.example.internal/c -o /tmp/c
curl -fsS --aws-sigv4 aws:amz:eu-west-1:execute-api --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "X-Amz-Security-Token: $AWS_SESSION_TOKEN" https://api.example.internal/d
curl -fsS -K /run/secrets/curlrc -u : --negotiate https://api.example.internal/e
`,
  ),
  good(
    "secrets parsed by Python one-liners",
    () => `#!/bin/bash
json=$(aws secretsmanager get-secret-value --secret-id prod/app --query SecretString --output text)
DB_PASSWORD=$(python3 -c 'import json,sys; print(json.load(sys.stdin)["password"])' <<<"$json")
read -r DB_USER API_TOKEN < <(jq -r '[.username, .api_token] | @tsv' <<<"$json")
eval "$(jq -r 'to_entries[] | "export \\(.key | ascii_upcase)=\\(.value | @sh)"' <<<"$json")"
printf 'password=%s\\ntoken=%s\\n' "$DB_PASSWORD" "$API_TOKEN" > /run/app.conf
`,
  ),
  good(
    "cert-manager issuer with an access key id and a secret reference",
    (made) => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: letsencrypt }
spec:
  acme:
    server: https://acme-v02.api.letsencrypt.org/directory
    email: ops@example.com
    privateKeySecretRef: { name: letsencrypt-account-key }
    externalAccountBinding: { keyID: ${opaque(made, 22)}, keySecretRef: { name: eab, key: secret } }
    solvers:
      - dns01:
          route53:
            region: eu-west-1
            hostedZoneID: Z${made.digest("md5").slice(0, 13).toUpperCase()}
            accessKeyID: ${made.awsKeyId()}
            secretAccessKeySecretRef: { name: route53, key: secret-access-key }
YAML
`,
  ),
  bad(
    "ACME account binding with its HMAC key",
    (made) => `#!/bin/bash
certbot certonly -n --agree-tos -m ops@example.com --standalone --server https://acme.example.com/v2/DV90 --eab-kid ${opaque(made, 22)} --eab-hmac-key ${made.base64url(64)} -d app.example.com
`,
  ),
  good(
    "Flux decrypts with a named secret",
    () => `#!/bin/bash
flux bootstrap git --url=ssh://git@github.com/example/fleet --private-key-file=/run/fleet.key --password "$(cat /run/fleet.pass)" --silent
kubectl apply -f - <<'YAML'
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  path: ./apps
  sourceRef: { kind: GitRepository, name: fleet }
  decryption: { provider: sops, secretRef: { name: sops-age } }
  postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets }] }
YAML
`,
  ),
  good(
    "Teleport agent joins by its role",
    (made) => `#cloud-config
write_files:
  - path: /etc/teleport.yaml
    content: |
      version: v3
      teleport:
        join_params: { token_name: iam-token, method: iam }
        proxy_server: teleport.example.com:443
        ca_pin: "sha256:${made.digest()}"
      ssh_service: { enabled: true, labels: { token_class: low } }
      auth_service: { enabled: false }
runcmd: [systemctl enable --now teleport]
`,
  ),
  good(
    "hiera with encrypted values",
    (made) => `#!/bin/bash
cat > /etc/puppetlabs/code/data/common.eyaml <<'YAML'
---
profile::db::user: app
profile::db::password: ENC[PKCS7,MIIB${ciphertext(made, 4)}]
profile::mail::password: >
  ENC[PKCS7,MIIB${ciphertext(made, 2)}
  ${ciphertext(made, 1)}]
YAML
puppet apply /etc/puppetlabs/code/site.pp
`,
  ),
  good(
    "encrypted data bag item",
    (made) => `#!/bin/bash
mkdir -p /var/chef/data_bags/app
cat > /var/chef/data_bags/app/db.json <<'JSON'
{ "id": "db",
  "password": { "encrypted_data": "${ciphertext(made, 1)}", "iv": "${ciphertext(made, 1).slice(0, 16)}", "auth_tag": "${ciphertext(made, 1).slice(0, 22)}==", "version": 3, "cipher": "aes-256-gcm" } }
JSON
aws s3 cp s3://example-chef/secret /etc/chef/encrypted_data_bag_secret
chef-solo -c /etc/chef/solo.rb
`,
  ),
  good(
    "pillar encrypted with GPG",
    (made) => `#!/bin/bash
cat > /srv/pillar/secrets.sls <<'SLS'
#!yaml|gpg
db_password: |
  -----BEGIN PGP MESSAGE-----

  hQEMA0Zp${ciphertext(made, 4).replaceAll(/.{64}/g, "$&\n  ")}
  =${opaque(made, 4)}
  -----END PGP MESSAGE-----
SLS
salt-call --local state.apply
`,
  ),
  good(
    "Rails credentials in their encrypted form",
    (made) => `#!/bin/bash
cat > /srv/app/config/credentials.yml.enc <<'EOF'
${ciphertext(made, 6)}--${ciphertext(made, 1).slice(0, 16)}--${ciphertext(made, 1).slice(0, 22)}==
EOF
aws ssm get-parameter --name /app/master-key --with-decryption --query Parameter.Value --output text > /srv/app/config/master.key
`,
  ),
  bad(
    "Rails master key",
    (made) => `#!/bin/bash
install -o deploy -m 600 <(printf %s ${made.hex(32)}) /srv/app/config/master.key
sudo -u deploy sh -c 'cd /srv/app && bin/rails db:migrate'
`,
  ),
  good(
    "age and sops with public recipients",
    (made) => `#!/bin/bash
RECIPIENT=age1${made.digest().slice(0, 58)}
tar -c /etc/app | age -r "$RECIPIENT" > /var/backups/app.tar.age
cat > /opt/infra/.sops.yaml <<EOF
creation_rules:
  - path_regex: secrets/.*\\.yaml$
    encrypted_regex: '^(password|token|.*_key)$'
    age: $RECIPIENT
    pgp: ${made.digest("sha1").toUpperCase()}
EOF
SOPS_AGE_KEY_FILE=/run/age.key sops -d /opt/infra/secrets/app.yaml > /run/app.yaml
`,
  ),
  good(
    "mapping of security keys to users",
    (made) => `#!/bin/bash
echo 'ops:${ciphertext(made, 1)},${ciphertext(made, 1)},es256,+presence' > /etc/u2f_mappings
echo 'auth sufficient pam_u2f.so authfile=/etc/u2f_mappings cue' >> /etc/pam.d/sudo
echo 'ops:ccccccbchvth:cccccctkgbru' > /etc/yubikey_mappings
echo "auth required pam_yubico.so id=87 authfile=/etc/yubikey_mappings" >> /etc/pam.d/sshd
`,
  ),
  good(
    "passwords asked by systemd and by expect of the operator",
    () => `#!/bin/bash
systemd-ask-password --timeout=0 "Pass phrase of the archive:" | cryptsetup open /dev/nvme1n1 archive -
systemctl enable systemd-ask-password-console.path
IFS= read -r -s -p 'Enter token: ' token; echo
whiptail --passwordbox "Database password" 8 60 3>&1 1>&2 2>&3 > /run/db.pass
zenity --password || true
`,
  ),
  good(
    "certificates and keys made at boot",
    () => `#!/bin/bash
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout /etc/pki/site.key -out /etc/pki/site.crt -subj "/CN=$(hostname -f)"
openssl genpkey -algorithm ED25519 -out /etc/pki/sign.key
openssl pkcs12 -export -in /etc/pki/site.crt -inkey /etc/pki/site.key -out /etc/pki/site.p12 -passout file:/run/p12.pass
keytool -importkeystore -srckeystore /etc/pki/site.p12 -srcstorepass:file /run/p12.pass -deststorepass:env STORE_PASS -destkeystore /etc/pki/site.jks
ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
ssh-keygen -A && wg genkey | tee /etc/wireguard/private.key | wg pubkey > /etc/wireguard/public.key
`,
  ),
  good(
    "ansible tasks that lock and generate",
    () => `#!/bin/bash
cat > /opt/site/users.yml <<'YAML'
- hosts: localhost
  tasks:
    - ansible.builtin.user: { name: app, password: '!', password_lock: true, update_password: on_create }
    - ansible.builtin.set_fact: { admin_password: "{{ lookup('password', '/run/admin length=24 chars=ascii_letters,digits') }}" }
      no_log: true
    - community.general.htpasswd: { path: /etc/nginx/.htpasswd, name: admin, password: "{{ admin_password }}" }
    - ansible.builtin.uri: { url: "https://api.example.internal", headers: { Authorization: "Bearer {{ api_token }}" } }
YAML
ansible-playbook -c local -i localhost, /opt/site/users.yml
`,
  ),
  good(
    "fluent-bit with variables and key files",
    () => `#!/bin/bash
cat > /etc/fluent-bit/fluent-bit.conf <<'EOF'
[OUTPUT]
    Name          splunk
    Match         *
    Splunk_Token  \${SPLUNK_HEC_TOKEN}
    TLS.key_file  /etc/pki/node.key
[OUTPUT]
    Name          http
    Match         app.*
    http_User     agent
    http_Passwd   \${HTTP_PASSWD}
    Header        X-Tenant-Key-Id tenant-7
[FILTER]
    Name          modify
    Match         *
    Remove        password
    Rename        token token_redacted
EOF
`,
  ),
  bad(
    "Splunk event collector token of fluent-bit",
    (made) => `#!/bin/bash
cat >> /etc/fluent-bit/fluent-bit.conf <<'EOF'
[OUTPUT]
    Name          splunk
    Match         *
    Host          hec.example.internal
    Port          8088
    TLS           On
    Splunk_Token  ${made.uuidSecret()}
EOF
`,
  ),
  good(
    "product codes and marketplace ids",
    (made) => `#!/bin/bash
PRODUCT_CODE=${made.digest().slice(0, 25)}
aws ec2 describe-images --owners aws-marketplace --filters "Name=product-code,Values=$PRODUCT_CODE" --query 'Images[0].ImageId'
aws meteringmarketplace register-usage --product-code "$PRODUCT_CODE" --public-key-version 1
LICENSE_CONFIGURATION_ARN=arn:aws:license-manager:eu-west-1:${made.account()}:license-configuration:lic-${made.digest("md5")}
`,
  ),
  good(
    "identity providers with ids, issuers and scopes",
    (made) => `#!/bin/bash
cat > /etc/app/oidc.env <<'EOF'
OIDC_ISSUER=https://login.microsoftonline.com/${made.uuid()}/v2.0
OIDC_CLIENT_ID=${made.uuid()}
OIDC_CLIENT_SECRET_FILE=/run/secrets/oidc
OIDC_TOKEN_ENDPOINT_AUTH_METHOD=private_key_jwt
OKTA_CLIENT_ID=0oa${opaque(made, 17)}
AUTH0_CLIENT_ID=${opaque(made, 32)}
GOOGLE_CLIENT_ID=${made.account()}-${made.digest().slice(0, 32)}.apps.googleusercontent.com
LAUNCHDARKLY_CLIENT_SIDE_ID=${made.digest().slice(0, 24)}
EOF
`,
  ),
  bad(
    "server-side key of a feature flag service",
    (made) => `#!/bin/bash
docker run -d -p 8030:8030 -e LD_ENV_production=sdk-${made.uuidSecret()} -e LD_CLIENT_SIDE_ID_production=${made.digest().slice(0, 24)} launchdarkly/ld-relay:8
`,
  ),
  bad(
    "composer credentials in JSON in a variable",
    (made) => `#!/bin/bash
export COMPOSER_AUTH='{"http-basic":{"repo.example.com":{"username":"token","password":"${made.token(40)}"}}}'
composer install --no-dev -d /srv/shop
`,
  ),
  good(
    "composer credentials built from a store",
    () => `#!/bin/bash
T=$(aws ssm get-parameter --name /composer/token --with-decryption --query Parameter.Value --output text)
COMPOSER_AUTH=$(jq -cn --arg t "$T" '{"github-oauth": {"github.com": $t}, "http-basic": {"repo.example.com": {"username": "token", "password": $t}}}')
export COMPOSER_AUTH
composer config --global github-protocols https && composer install --no-dev -d /srv/shop
`,
  ),
  good(
    "kubelet and API names with secret in them",
    () => `#!/bin/bash
kubectl get secrets -A -o name | grep -c token || true
kubectl auth can-i get secrets --as=system:serviceaccount:default:app
kubectl create token app --duration=10m > /run/app.token
kubectl create clusterrole secret-reader --verb=get,list --resource=secrets
kubectl annotate sa app eks.amazonaws.com/token-expiration=3600 --overwrite
crictl inspect --output go-template --template '{{.info.runtimeSpec.process.env}}' "$CID" | grep -c TOKEN= || true
`,
  ),
  good(
    "wrapper that maps secrets of ECS to variables",
    (made) => `#!/bin/bash
cat > /opt/task.json <<'JSON'
{ "family": "web", "containerDefinitions": [ { "name": "web", "image": "example/web:1",
  "repositoryCredentials": { "credentialsParameter": "arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:dockerhub-${opaque(made, 6)}" },
  "secrets": [ { "name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:eu-west-1:${made.account()}:parameter/web/db-password" },
               { "name": "API_TOKEN", "valueFrom": "web-api-token" } ],
  "environment": [ { "name": "TOKEN_ISSUER", "value": "https://sso.example.internal" }, { "name": "PASSWORD_MIN_LENGTH", "value": "14" } ] } ] }
JSON
aws ecs register-task-definition --cli-input-json file:///opt/task.json
`,
  ),
  bad(
    "task definition with a secret in its environment",
    (made) => `#!/bin/bash
cat > /opt/task.json <<'JSON'
{ "family": "web", "containerDefinitions": [ { "name": "web", "image": "example/web:1",
  "environment": [ { "name": "TOKEN_ISSUER", "value": "https://sso.example.internal" }, { "name": "API_TOKEN", "value": "${made.token(40)}" } ] } ] }
JSON
aws ecs register-task-definition --cli-input-json file:///opt/task.json
`,
  ),
  good(
    "cloud-init phones home and registers without secrets",
    (made) => `#cloud-config
phone_home:
  url: https://inventory.example.internal/hosts/$INSTANCE_ID/
  post: [pub_key_ed25519, instance_id, fqdn]
  tries: 5
rh_subscription:
  server-hostname: subscription.rhsm.redhat.com
  enable-repo: [codeready-builder-for-rhel-9-x86_64-rpms]
ca_certs:
  trusted:
    - |
${made.certificate().replaceAll(/^/gm, "      ")}
`,
  ),

  good(
    "trust in DNS records",
    (made) => `#!/bin/bash
cat >> /var/named/example.com.zone <<'ZONE'
mail._domainkey IN TXT ( "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${ciphertext(made, 3)}" )
@ IN DNSKEY 257 3 13 ${ciphertext(made, 1)}
@ IN DS 2371 13 2 ${made.digest().toUpperCase()}
_443._tcp.www IN TLSA 3 1 1 ${made.digest()}
@ IN TXT "google-site-verification=${opaque(made, 43)}"
@ IN CAA 0 issue "letsencrypt.org; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/123456"
ZONE
rndc reload
`,
  ),
  good(
    "versions and tags of objects in buckets",
    (made) => `#!/bin/bash
set -e
aws s3api get-object --bucket example-config --key secrets/app.json.enc --version-id ${opaque(made, 32)} /run/app.json.enc
aws s3api head-object --bucket example-config --key tokens.csv --query ETag --output text | grep -q ${made.digest("md5")}
aws s3 cp s3://example-config-${made.digest("sha1")}/agent.tgz /tmp/agent.tgz --request-payer requester
curl -sI https://cdn.example.com/app.js | grep -i '^x-amz-checksum-sha256: ${ciphertext(made, 1).slice(0, 43)}='
`,
  ),
  good(
    "encrypted file beside a fetched pass phrase",
    (made) => `#!/bin/bash
cat > /etc/app/app.env.enc <<'EOF'
U2FsdGVkX1${opaque(made, 2)}${ciphertext(made, 3)}
EOF
aws ssm get-parameter --name /app/env-pass --with-decryption --query Parameter.Value --output text > /run/env.pass
openssl enc -d -aes-256-cbc -pbkdf2 -a -A -in /etc/app/app.env.enc -out /run/app.env -pass file:/run/env.pass
`,
  ),
  bad(
    "encrypted file beside its pass phrase in the environment",
    (made) => `#!/bin/bash
export ENV_PASS=${made.phrase()}
aws s3 cp s3://example-config/app.env.enc /etc/app/app.env.enc
openssl enc -d -aes-256-cbc -pbkdf2 -in /etc/app/app.env.enc -out /run/app.env -pass env:ENV_PASS
`,
  ),
  good(
    "age ciphertext in armour",
    (made) => `#!/bin/bash
cat > /etc/app/db.age <<'AGE'
-----BEGIN AGE ENCRYPTED FILE-----
${ciphertext(made, 3).replaceAll(/.{64}/g, "$&\n").trim()}
-----END AGE ENCRYPTED FILE-----
AGE
age -d -i /run/host.key -o /run/db.pass /etc/app/db.age
`,
  ),
  good(
    "Vault transit ciphertext",
    (made) => `#!/bin/bash
DB_PASSWORD_ENC='vault:v1:${ciphertext(made, 3)}'
DB_PASSWORD=$(vault write -field=plaintext transit/decrypt/app ciphertext="$DB_PASSWORD_ENC" | base64 -d)
export DB_PASSWORD
exec /opt/app/start
`,
  ),
  good(
    "container labels, annotations and scrape settings",
    (made) => `#!/bin/bash
docker run -d --name web \\
  --label com.example.secret-rotation=enabled --label org.opencontainers.image.revision=${made.digest("sha1")} \\
  --label 'traefik.http.middlewares.auth.forwardauth.address=https://sso.example.internal/auth' \\
  --label traefik.http.middlewares.auth.forwardauth.authResponseHeaders=X-Auth-User,X-Auth-Token \\
  --log-opt awslogs-group=/web/tokens --log-opt tag='{{.Name}}' --hostname web-1 -p 443:8443 \\
  example/web@sha256:${made.digest()} --auth-provider oidc --token-ttl 15m --cookie-secure
`,
  ),
  good(
    "agents that take part by the identity of the machine",
    (made) => `#!/bin/bash
cat > /etc/vector/vector.yaml <<'YAML'
sinks:
  archive: { type: aws_s3, inputs: [app], bucket: example-logs, auth: { assume_role: "arn:aws:iam::${made.account()}:role/logs" }, key_prefix: "app/%F/" }
  search: { type: elasticsearch, inputs: [app], endpoints: ["https://es.example.internal"], auth: { strategy: aws }, aws: { region: eu-west-1 } }
  hub: { type: http, inputs: [app], uri: "https://hub.example.internal", auth: { strategy: bearer, token: "\${HUB_TOKEN}" } }
YAML
infisical login --method=aws-iam --machine-identity-id=${made.uuid()} --silent --plain > /run/infisical.token
conjur login -i host/web < /run/conjur.key
teleport configure --token=/run/teleport.token --proxy=teleport.example.com:443
`,
  ),
  good(
    "checks that no secret has been left behind",
    () => `#!/bin/bash
for v in AWS_SECRET_ACCESS_KEY GITHUB_TOKEN DB_PASSWORD; do
  if [ -n "\${!v:-}" ]; then echo "$v is set, refusing to start" >&2; exit 1; fi
done
[ "$DB_PASSWORD" = "" ] && echo "DB_PASSWORD is empty"
[[ $API_TOKEN == ghp_* ]] && echo "old kind of token"
grep -q 'password: ""' /etc/app.yml && test -z "$(grep -E '^(secret|token)=.+' /etc/app.ini)"
printenv | grep -ciE 'password|token|secret' > /var/log/env-count
`,
  ),
  good(
    "registration with a signed identity document",
    () => `#!/bin/bash
T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
PKCS7=$(curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/dynamic/instance-identity/pkcs7 | tr -d '\\n')
VAULT_TOKEN=$(vault write -field=token auth/aws-ec2/login role=web pkcs7="$PKCS7" nonce="$(cat /var/lib/vault.nonce 2>/dev/null || uuidgen | tee /var/lib/vault.nonce)")
export VAULT_TOKEN
curl -fsS -H "X-Identity: $PKCS7" https://enrol.example.internal/register -o /etc/agent/credentials.json
`,
  ),
];
