import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, folded, opaque, publicBytes } from "../forms";

/** Texts that are innocent and look like something else. */
export const lookAlikes: readonly Case[] = [
  // What is innocent and looks like something else

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

  // Words of other languages

  bad(
    "German name for a password in a variable",
    (made) => `#!/bin/bash
# Zugang zum Warenlager, bitte nicht weitergeben
BENUTZER=lager
KENNWORT='${made.weak()}'
SERVER=lager.example.internal
echo "$BENUTZER:$KENNWORT" | chpasswd
`,
  ),
  bad(
    "Spanish name for a password in YAML",
    (made) => `#!/bin/bash
cat > /etc/tienda/config.yml <<'YAML'
base_de_datos:
  servidor: db.example.internal
  usuario: tienda
  contraseña: "${made.password(12)}"
  puerto: 5432
YAML
`,
  ),
  bad(
    "Portuguese option of an installer",
    (made) => `#!/bin/bash
tar -xzf /opt/pacote/loja-3.2.tar.gz -C /opt
/opt/loja/instalar.sh --porta 8080 --usuario admin --senha ${made.password(12)} --silencioso
`,
  ),
  bad(
    "message of the day that tells the login",
    (made) => `#!/bin/bash
cat > /etc/motd <<'EOF'
  Staging server of the web shop
  Backend:  https://staging.example.com/admin
  User: admin   Password: ${made.weak()}
EOF
`,
  ),
  good(
    "German notes and settings about passwords",
    () => `#!/bin/bash
# Das Kennwort kommt beim Start aus dem Parameter Store, Passwort: siehe Tresor
KENNWORT_LAENGE=20
PASSWORT_DATEI=/run/lager/kennwort
SCHLUESSEL_NAME=alias/lager
KENNWORT=$(aws ssm get-parameter --name /lager/kennwort --with-decryption --query Parameter.Value --output text)
printf '%s' "$KENNWORT" > "$PASSWORT_DATEI"
echo "Kennwort geschrieben, Laenge \${#KENNWORT} (mindestens $KENNWORT_LAENGE)"
`,
  ),
  good(
    "Spanish settings with a variable and primary keys",
    () => `#!/bin/bash
cat > /etc/tienda/config.yml <<'YAML'
base_de_datos:
  usuario: tienda
  contraseña: "\${TIENDA_DB_CLAVE}"
  clave_primaria: id_pedido
  clave_foranea: id_cliente
sesion:
  caducidad_token: 900
  mensaje_error: "La contraseña no es correcta"
YAML
`,
  ),
  good(
    "French variables from a file",
    () => `#!/bin/sh
# mot de passe: jamais dans ce script
MOT_DE_PASSE="$(cat /run/boutique/mdp)"
CLE_PUBLIQUE=/etc/boutique/cle.pub
DUREE_JETON=900
/opt/boutique/installer.sh --utilisateur admin --mot-de-passe "$MOT_DE_PASSE" --cle "$CLE_PUBLIQUE"
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
  // References and ciphertext in forms of their own
  good(
    "what Maven and systemd have encrypted",
    (made) => `#!/bin/bash
cat > /opt/maven/conf/settings.xml <<'X'
<settings><servers><server><id>mirror</id><username>ci</username><password>{${ciphertext(made, 1).slice(0, 64)}}</password></server></servers></settings>
X
cat > /etc/systemd/system/a.service <<'U'
[Service]
SetCredentialEncrypted=db: \\
        ${ciphertext(made, 1).slice(0, 60)} \\
        ${ciphertext(made, 1).slice(0, 60)}
ExecStart=/opt/a
U
`,
  ),
  good(
    "references of Vector, Symfony, HAProxy and YAML tags",
    () => `#!/bin/bash
cat > /etc/vector/vector.yaml <<'V'
sinks: { es: { auth: { strategy: basic, user: vector, password: "SECRET[aws.es_password]" } } }
V
cat > /srv/app/framework.yaml <<'S'
framework: { secret: '%env(APP_SECRET)%' }
doctrine: { password: '%env(file:DB_PASSWORD_FILE)%' }
S
cat > /srv/app/vars.yml <<'Y'
admin_password: !vault_ref prod/admin
Y
echo '  http-request set-header Authorization "Bearer %[env(TOKEN)]"' >> /etc/haproxy/haproxy.cfg
export SESSION_SECRET=secretref+awssecrets://prod/session
etcd --auth-token=jwt,pub-key=/etc/pki/j.pub,priv-key=/etc/pki/j.key,sign-method=RS256
`,
  ),
  good(
    "tokens of repeated requests and of pages",
    (made) => `#!/bin/bash
aws efs create-file-system --creation-token boot-${made.digest().slice(0, 16)}
aws s3api list-objects-v2 --bucket logs --starting-token ${opaque(made, 60)}
aws s3api put-object --bucket logs --key boot.json --body /tmp/b.json --tagging 'secret=no&owner=platform'
`,
  ),
  good(
    "digests of things with secret names",
    (made) => `#!/bin/bash
SECRET_AGENT_SHA256=${made.digest()}
TOKEN_SERVICE_MD5=${made.digest("md5")}
API_KEY_TOOL_CHECKSUM=${made.digest("sha1")}
PASSWORD_HASHER=argon2 PASSWORD_STORE_KEY=ops@example.com
`,
  ),
  good(
    "labels of a page in a folder of translations",
    () => `#!/bin/bash
cat > /srv/web/i18n/en.json <<'J'
{"login":{"password":"Password","forgotPassword":"Forgot password?","token":"Security token","apiKey":"API key"}}
J
`,
  ),
  good(
    "documented keys in lines of base64",
    (made) => `#!/bin/bash
base64 -d > /usr/share/doc/uploader/credentials.sample <<'B64'
${folded(b64(`# region ${made.uuid()}\n[default]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = ${opaque(made, 30)}EXAMPLEKEY\n`))}
B64
`,
  ),
  good(
    "words that a module of PAM is given",
    () => `#!/bin/bash
cat > /etc/pam.d/app <<'P'
auth sufficient pam_unix.so try_first_pass nullok
auth required pam_oath.so usersfile=/etc/users.oath use_first_pass window=20
P
`,
  ),
];
