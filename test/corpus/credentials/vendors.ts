import { b64, bad, good, type Case } from "../corpus";
import { BASE32, DIGITS, opaque, UPPER_DIGITS } from "../forms";

/** Vendors of services, their requests and their licences. */
export const vendors: readonly Case[] = [
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
  // Keys behind short options and by position
  bad(
    "key of an experiment tracker",
    (made) => `#!/bin/bash
pip3 install -q wandb && wandb login ${made.hex(40)}
`,
  ),
  good(
    "experiment tracker without a key",
    () => `#!/bin/bash
wandb login --relogin "$WANDB_API_KEY"
wandb offline
`,
  ),
  bad(
    "device key joined to its option",
    (made) => `#!/bin/bash
bash Site24x7InstallScript.sh -i -key=eu_${made.hex(32)} -automation=true
`,
  ),
  bad(
    "key of a data set's account",
    (made) => `#!/bin/bash
mkdir -p /root/.kaggle && echo '{"username":"example","key":"${made.hex(32)}"}' > /root/.kaggle/kaggle.json
`,
  ),
  good(
    "addresses of webhooks whose last part is filled in",
    (made) => `#!/bin/bash
KEY=$(aws ssm get-parameter --name /alerts/slack --with-decryption --query Parameter.Value --output text)
curl -d '{"text":"up"}' "https://hooks.slack.com/services/T${opaque(made, 8).toUpperCase()}/B${opaque(made, 8).toUpperCase()}/$KEY"
curl -d '{"text":"up"}' "https://hooks.slack.com/services/T${opaque(made, 8).toUpperCase()}/B${opaque(made, 8).toUpperCase()}/<key>"
`,
  ),
  bad(
    "code that activates an agent",
    (made) => `#!/bin/bash
/opt/illumio/ven-ctl activate --management-server pce.example.com:8443 --activation-code ${made.hex(48)}
`,
  ),
  good(
    "code that is asked for, and codes of other kinds",
    () => `#!/bin/bash
/opt/illumio/ven-ctl activate --management-server pce.example.com:8443 --activation-code "$ACTIVATION_CODE"
cat > /etc/app.env <<'E'
AUTH_CODE_TTL=300s
EXIT_CODE=4f2a9c
REGISTRATION_CODE=
COMPANY_CODE=US01
E
`,
  ),
  bad(
    "code of a company for a sensor",
    (made) => `<powershell>
msiexec /q /i sensor.msi COMPANY_CODE="${made.token(10, UPPER_DIGITS)}#${made.password(10)}" /L*v log.txt
</powershell>
`,
  ),
  bad(
    "key of a workspace for an agent",
    (made) => `<powershell>
msiexec /i MMASetup.msi /qn OPINSIGHTS_WORKSPACE_ID=${made.uuid()} OPINSIGHTS_WORKSPACE_KEY=${made.base64(64)} AcceptEndUserLicenseAgreement=1
</powershell>
`,
  ),
  bad(
    "installation token of a collector",
    (made) => `#!/bin/bash
./SumoCollector.sh -q -Vsumo.token_and_url=${made.base64(96)}
`,
  ),
];
