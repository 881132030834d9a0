import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, LOWER_DIGITS, opaque } from "../forms";

/** Runners, tools that build and configure, and secrets managers. */
export const infrastructure: readonly Case[] = [
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

  // CI and infrastructure tools

  bad(
    "auto registration key of a build agent",
    (made) => `#!/bin/bash
cat > /var/lib/go-agent/config/autoregister.properties <<EOF
agent.auto.register.key=${made.uuidSecret()}
agent.auto.register.resources=docker,arm64
agent.auto.register.hostname=$(hostname)
EOF
chown go:go /var/lib/go-agent/config/autoregister.properties
`,
  ),
  bad(
    "build worker by position",
    (made) => `#!/bin/bash
pip install buildbot-worker
sudo -u bb buildbot-worker create-worker --umask=0o22 /srv/bb build.example.internal:9989 linux-arm-1 ${made.weak()}
sudo -u bb buildbot-worker start /srv/bb
`,
  ),
  bad(
    "Gradle property with a capital P",
    (made) => `#!/bin/bash
cd /srv/build/lib && ./gradlew --no-daemon publish -PrepoUser=ci -PrepoPassword=${made.password(14)} -Pversion=1.8.0
`,
  ),
  bad(
    "Jenkins client with a user and a token",
    (made) => `#!/bin/bash
curl -fsSO https://jenkins.example.internal/jnlpJars/jenkins-cli.jar
java -jar jenkins-cli.jar -s https://jenkins.example.internal/ -webSocket -auth ops:11${made.hex(32)} connect-node "$(hostname)"
`,
  ),
  bad(
    "pass phrase of a stack in front of the command",
    (made) => `#!/bin/bash
cd /opt/infra
PULUMI_CONFIG_PASSPHRASE='${made.phrase()}' PULUMI_SKIP_UPDATE_CHECK=true pulumi up --yes --stack edge
`,
  ),
  bad(
    "environment of a function with a shorthand of variables",
    (made) => `#!/bin/bash
aws lambda update-function-configuration --function-name mailer --timeout 30 \\
  --environment "Variables={STAGE=prod,SMTP_HOST=mail.example.com,SMTP_PASS=${made.password(14)}}"
`,
  ),
  bad(
    "console login for a new user of the account",
    (made) => `#!/bin/bash
aws iam create-user --user-name trainer
aws iam create-login-profile --user-name trainer --password '${made.symbols(16)}' --no-password-reset-required
`,
  ),
  bad(
    "Puppet manifest with a resource of the database",
    (made) => `#!/bin/bash
cat > /root/site.pp <<'PP'
class { 'mysql::server':
  root_password           => '${made.password(14)}',
  remove_default_accounts => true,
}
package { 'nginx': ensure => installed }
PP
puppet apply /root/site.pp
`,
  ),
  bad(
    "Chef resource with a value behind a space",
    (made) => `#!/bin/bash
mkdir -p /opt/chef/cookbooks/db/recipes
cat > /opt/chef/cookbooks/db/recipes/default.rb <<'RB'
package 'postgresql'

postgresql_user 'shop' do
  password '${made.symbols(14)}'
  createdb true
end
RB
chef-client -z -o db
`,
  ),
  bad(
    "literal inside a filter of a template expression",
    (made) => `#!/bin/bash
ansible localhost -b -m user -a "name=ops groups=wheel append=yes password={{ '${made.weak()}' | password_hash('sha512') }}"
`,
  ),
  bad(
    "galaxy token in a list of cloud-config",
    (made) => `#cloud-config
ansible:
  install_method: pip
  package_name: ansible-core
  galaxy:
    actions:
      - ["ansible-galaxy", "collection", "install", "example.platform", "--server", "https://hub.example.internal/api/galaxy/", "--token", "${made.hex(40)}"]
  pull:
    url: "https://git.example.internal/ops/site.git"
    playbook_name: site.yml
`,
  ),
  bad(
    "debconf answers in cloud-config",
    (made) => `#cloud-config
apt:
  debconf_selections:
    slapd: |
      slapd slapd/domain string example.internal
      slapd slapd/password1 password ${made.weak()}
      slapd slapd/purge_database boolean false
packages: [slapd, ldap-utils]
`,
  ),
  bad(
    "package repository with a token as the user and no password",
    (made) => `#!/bin/bash
curl -s https://${made.hex(48)}:@packagecloud.io/install/repositories/example/private/script.deb.sh | bash
apt-get install -y example-agent
`,
  ),
  bad(
    "API key as the user with a dummy password",
    (made) => `#!/bin/bash
curl -s -u ${made.token(20)}:X -H 'Content-Type: application/json' -d "{\\"subject\\":\\"$(hostname) booted\\",\\"priority\\":1,\\"status\\":2,\\"email\\":\\"ops@example.com\\"}" https://example.freshdesk.com/api/v2/tickets
`,
  ),
  bad(
    "registrar header with a key and a secret",
    (made) => `#!/bin/bash
IP=$(curl -s https://checkip.amazonaws.com)
AUTH="sso-key ${made.digest("md5").slice(0, 14)}:${made.token(22)}"
curl -s -X PUT "https://api.registrar.example/v1/domains/example.com/records/A/vpn" -H "Authorization: $AUTH" -H "Content-Type: application/json" -d "[{\\"data\\":\\"$IP\\",\\"ttl\\":600}]"
`,
  ),
  bad(
    "dynamic DNS client",
    (made) => `#!/bin/bash
cat > /etc/ddclient.conf <<'EOF'
daemon=300
ssl=yes
use=web, web=checkip.amazonaws.com
protocol=namecheap, server=dynamicdns.park-your-domain.com
login=example.com
password=${made.hex(32)}
vpn
EOF
systemctl restart ddclient
`,
  ),
  bad(
    "camera stream with a login",
    (made) => `#!/bin/bash
mkdir -p /srv/rec
ffmpeg -rtsp_transport tcp -i rtsp://viewer:${made.password(10)}@10.9.0.31:554/stream1 -c copy -f segment -segment_time 900 /srv/rec/%03d.mp4 &
`,
  ),
  bad(
    "mail program with an option of its account",
    (made) => `#!/bin/bash
echo "$(hostname) is up" | mailx -s "boot" -S smtp=smtps://mail.example.com:465 -S smtp-auth=login -S smtp-auth-user=robot@example.com -S smtp-auth-password=${made.password(12)} -S from=robot@example.com ops@example.com
`,
  ),
  bad(
    "session variable of PAM",
    (made) => `#!/bin/bash
cat >> /etc/security/pam_env.conf <<'EOF'
JAVA_HOME     DEFAULT=/usr/lib/jvm/java-21
DB_PASSWORD   DEFAULT=${made.password(15)}
EOF
`,
  ),
  bad(
    "default password of a telephone switch",
    (made) => `#!/bin/bash
sed -i 's/data="default_password=1234"/data="default_password=${made.token(8, "0123456789")}"/' /etc/freeswitch/vars.xml
systemctl restart freeswitch
`,
  ),
  good(
    "build agents that are registered by files",
    (made) => `#!/bin/bash
sed "s/@KEY@/$(cat /run/gocd/autoregister)/" > /var/lib/go-agent/config/autoregister.properties <<'EOF'
agent.auto.register.key=@KEY@
agent.auto.register.resources=docker,arm64
EOF
buildbot-worker create-worker /srv/bb build.example.internal:9989 linux-arm-1 "$(cat /run/bb/pass)"
java -jar jenkins-cli.jar -s https://jenkins.example.internal/ -auth @/run/jenkins/cli-auth connect-node "$(hostname)"
git -C /srv/build checkout --quiet ${made.digest("sha1")}
`,
  ),
  good(
    "Gradle properties that name a key",
    () => `#!/bin/bash
./gradlew --no-daemon publish -PrepoUser=ci -PrepoPassword="$REPO_PASSWORD" -PkeyAlias=upload -PkeyStore=/run/ci/upload.jks -Pversion=1.8.0 -Psigning.gnupg.keyName=release
`,
  ),
  good(
    "variables of an infrastructure program that name secrets",
    (made) => `#!/bin/bash
export TF_VAR_db_password="$(aws secretsmanager get-secret-value --secret-id shop/db --query SecretString --output text)"
export TF_VAR_key_name=ops-2024 TF_VAR_secret_arn=arn:aws:secretsmanager:eu-central-1:${made.account()}:secret:shop/db-AbCdEf
export PULUMI_CONFIG_PASSPHRASE_FILE=/run/pulumi/passphrase
PULUMI_CONFIG_PASSPHRASE="" pulumi stack init scratch --secrets-provider="awskms://alias/pulumi?region=eu-central-1"
pulumi config set --secret dbPassword < /run/shop/db-password
pulumi config set passwordLength 24
`,
  ),
  good(
    "environment of a function with names of secrets",
    (made) => `#!/bin/bash
aws lambda update-function-configuration --function-name mailer --kms-key-arn arn:aws:kms:eu-central-1:${made.account()}:key/${made.uuid()} \\
  --environment "Variables={STAGE=prod,SMTP_SECRET_ID=prod/smtp,TOKEN_TTL=900,KEY_PREFIX=orders/,PASSWORD_PARAM=/mail/password,SMTP_PASS=$SMTP_PASS}"
`,
  ),
  good(
    "inventory of keys and secrets of an account",
    (made) => `#!/bin/bash
aws iam generate-credential-report
aws iam list-access-keys --user-name ci --query 'AccessKeyMetadata[].[AccessKeyId,Status]' --output text
aws iam create-login-profile --user-name trainer --password "$NEW_PW" --password-reset-required
aws iam update-account-password-policy --minimum-password-length 14 --require-symbols --max-password-age 90 --password-reuse-prevention 24
aws secretsmanager list-secrets --filters Key=name,Values=prod/ --query 'SecretList[].Name'
aws kms describe-key --key-id ${made.uuid()}
aws ec2 describe-key-pairs --key-names ops-2024 --include-public-key
`,
  ),
  good(
    "stack parameters with a dynamic reference",
    (made) => `#!/bin/bash
aws cloudformation deploy --stack-name shop --template-file /opt/shop.yaml --parameter-overrides \\
  KeyName=ops-2024 \\
  DbPassword='{{resolve:secretsmanager:shop/db:SecretString:password}}' \\
  ApiToken='{{resolve:ssm-secure:/shop/api/token:3}}' \\
  DbSecretArn=arn:aws:secretsmanager:eu-central-1:${made.account()}:secret:shop/db-x1Y2z3
`,
  ),
  good(
    "Puppet and Chef that look values up",
    () => `#!/bin/bash
cat > /root/site.pp <<'PP'
class { 'mysql::server':
  root_password    => lookup('mysql::root_password'),
  override_options => { 'mysqld' => { 'default_password_lifetime' => 0 } },
}
user { 'ops': ensure => present, password => '!', purge_ssh_keys => true }
user { 'batch': ensure => present, password => Sensitive(Deferred('vault_lookup::lookup', ['secret/batch'])) }
PP
cat > /opt/chef/db.rb <<'RB'
creds = data_bag_item('db', 'shop')
postgresql_user 'shop' do
  password creds['password']
  sensitive true
end
user 'ops' do
  password '*'
  action [:create, :lock]
end
RB
`,
  ),
  good(
    "ad hoc modules that lock or look up",
    () => `#!/bin/bash
ansible localhost -b -m user -a "name=ops groups=wheel password=! update_password=on_create"
ansible localhost -b -m user -a "name=svc password={{ lookup('amazon.aws.aws_secret', 'login/svc') | password_hash('sha512') }}"
ansible localhost -b -m user -a "name=lab password_lock=yes password_expire_max=90 ssh_key_bits=4096 generate_ssh_key=yes"
ansible localhost -m debug -a "msg={{ lookup('password', '/run/ansible/pw length=20 chars=ascii_letters') | length }}"
`,
  ),
  good(
    "debconf answers of cloud-config without a password",
    () => `#cloud-config
apt:
  debconf_selections:
    slapd: |
      slapd slapd/domain string example.internal
      slapd slapd/internal/adminpw password
      slapd slapd/password_mismatch note
      slapd slapd/move_old_database boolean true
    keyboard: |
      keyboard-configuration keyboard-configuration/layoutcode string de
packages: [slapd, ldap-utils]
`,
  ),
  good(
    "package repository and tickets with tokens in variables",
    () => `#!/bin/bash
TOKEN=$(aws secretsmanager get-secret-value --secret-id ci/packages --query SecretString --output text)
curl -s "https://$TOKEN:@packagecloud.io/install/repositories/example/private/script.deb.sh" | bash
curl -s -u "$FRESH_KEY:X" https://example.freshdesk.com/api/v2/tickets?per_page=1
curl -s -H "Authorization: sso-key $REG_KEY:$REG_SECRET" https://api.registrar.example/v1/domains
`,
  ),
  good(
    "zone and account ids of a DNS provider",
    (made) => `#!/bin/bash
ZONE_ID=${made.digest("md5")}
ACCOUNT_ID=${made.digest("md5")}
RECORD_ID=${made.digest("md5")}
curl -s -X PATCH "https://api.cloudflare.com/client/v4/zones/$ZONE_ID/dns_records/$RECORD_ID" -H "X-Auth-Email: ops@example.com" -H "X-Auth-Key: $CF_KEY" \\
  -H 'Content-Type: application/json' -d "{\\"content\\":\\"$(curl -s https://checkip.amazonaws.com)\\"}"
`,
  ),
  good(
    "dynamic DNS under the role of the machine",
    () => `#!/bin/bash
IP=$(curl -s https://checkip.amazonaws.com)
cat > /tmp/rr.json <<JSON
{"Comment":"no login or password needed","Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"vpn.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"$IP"}]}}]}
JSON
aws route53 change-resource-record-sets --hosted-zone-id Z0481724QX3EXAMPLE77 --change-batch file:///tmp/rr.json
`,
  ),
  good(
    "streams with variables for the login",
    () => `#!/bin/bash
. /run/cameras/env
ffmpeg -rtsp_transport tcp -i "rtsp://$CAM_USER:$CAM_PASS@10.9.0.31:554/stream1" -c copy -f mpegts "srt://relay.example.com:9000?mode=caller&passphrase=$SRT_PASS&pbkeylen=32&latency=200000"
ffmpeg -i rtsp://10.9.0.32:554/stream2 -hls_key_info_file /run/hls/key_info -hls_enc 0 /srv/hls/live.m3u8
`,
  ),
  good(
    "mail sent through the local relay",
    () => `#!/bin/bash
echo "the password of root on $(hostname) was rotated, the token expires at $(date -d '+1 hour')" | mailx -s "secret rotation" -S smtp=smtp://localhost:25 -S smtp-auth=none -S from=robot@example.com ops@example.com
mailx -S smtp-auth=login -S smtp-auth-user="$SMTP_USER" -S smtp-auth-password="$SMTP_PASS" -s boot ops@example.com < /dev/null
`,
  ),
  good(
    "session variables that name files",
    () => `#!/bin/bash
cat >> /etc/security/pam_env.conf <<'EOF'
DB_PASSWORD_FILE   DEFAULT=/run/shop/db-password
SSH_AUTH_SOCK      DEFAULT=@{HOME}/.ssh/agent.sock
GNUPGHOME          DEFAULT=@{HOME}/.gnupg
API_TOKEN          OVERRIDE=@{API_TOKEN}
PASSWORD_STORE_DIR DEFAULT=/srv/pass
PASSWORD_STORE_KEY DEFAULT=ops@example.com
EOF
`,
  ),
  good(
    "packages whose names speak of passwords",
    () => `#!/bin/bash
apt-get update
apt-get install -y --no-install-recommends pass passwd apg pwgen keepassxc libsecret-1-0 gnome-keyring keychain keyutils libpam-pwquality libpam-passwdqc python3-keyring python3-secretstorage debian-archive-keyring sshpass john
pip install 'passlib==1.7.4' 'itsdangerous==2.2.0' 'python-jose==3.3.0' 'authlib==1.3.1' 'tiktoken==0.7.0'
npm install -g jsonwebtoken@9.0.2 passport@0.7.0 generate-password@1.7.1
systemctl mask systemd-ask-password-wall.service systemd-ask-password-console.path
`,
  ),
  good(
    "usage text of a script with words for the values",
    () => `#!/bin/bash
cat > /usr/local/bin/backup-db <<'EOF'
#!/bin/bash
usage() {
  cat >&2 <<USAGE
Usage: backup-db -u USER -p PASSWORD [-t TOKEN] [--key-file FILE]
  -p PASSWORD   password of the database user (or set DB_PASSWORD)
  -t TOKEN      token of the upload service
USAGE
  exit 64
}
while getopts 'u:p:t:' o; do
  case $o in u) user=$OPTARG ;; p) password=$OPTARG ;; t) token=$OPTARG ;; *) usage ;; esac
done
[ -n "$password" ] || read -rsp 'Password: ' password
EOF
chmod +x /usr/local/bin/backup-db
`,
  ),
  good(
    "encryption of objects with keys in files",
    (made) => `#!/bin/bash
openssl rand -out /run/sse.key 32
aws s3 cp /srv/dump.sql.gz s3://example-dumps/ --sse-c AES256 --sse-c-key fileb:///run/sse.key
aws s3 cp /srv/logs.tgz s3://example-logs/ --sse aws:kms --sse-kms-key-id ${made.uuid()}
aws s3api head-object --bucket example-dumps --key passwords/policy.txt --if-none-match ${made.digest("md5")} || true
`,
  ),
  bad(
    "name of a token by which a node of Teleport joins",
    (made) => `#!/bin/bash
cat > /etc/teleport.yaml <<'Y'
version: v3
teleport:
  join_params:
    method: token
    token_name: ${made.hex(32)}
Y
`,
  ),
  good(
    "name of a token beside another way to join",
    () => `#!/bin/bash
cat > /etc/teleport.yaml <<'Y'
version: v3
teleport:
  join_params:
    token_name: iam-token-2024
    method: iam
Y
`,
  ),
  bad(
    "key of a playbook that a host asks for",
    (made) => `#!/bin/bash
curl --data "host_config_key=${made.hex(32)}" https://awx.example.com/api/v2/job_templates/7/callback/
`,
  ),
  good(
    "key of a playbook in a variable",
    () => `#!/bin/bash
curl --data "host_config_key=$HOST_CONFIG_KEY" https://awx.example.com/api/v2/job_templates/7/callback/
`,
  ),
  bad(
    "ticket of a node of Icinga",
    (made) => `#!/bin/bash
icinga2 node setup --ticket ${made.hex(40)} --cn "$(hostname)" --endpoint master --parent_host master
`,
  ),
  bad(
    "key by which a minion of Salt is accepted",
    (made) => `#!/bin/bash
echo 'autosign_key: ${made.uuidSecret()}' > /etc/salt/grains
`,
  ),
  good(
    "grain by which a minion of Salt is accepted",
    () => `#!/bin/bash
echo 'autosign_grains: [autosign_key]' > /etc/salt/minion.d/autosign.conf
`,
  ),
  bad(
    "key of an edge agent of Portainer",
    (made) => `#!/bin/bash
docker run -d -e EDGE=1 -e EDGE_ID=${made.uuid()} -e EDGE_KEY=${made.base64(120)} portainer/agent:2.19
`,
  ),
];
