import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, opaque } from "../forms";

/** Clouds: keys of Amazon, Azure, Google and others. */
export const clouds: readonly Case[] = [
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
ENCRYPTED_DB_PASSWORD='AQICAHiA${ciphertext(made, 3)}'
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
];
