import { b64, bad, good, type Case } from "../corpus";
import { BASE32, HEX } from "../forms";

/** Monitoring, logs and security agents. */
export const monitoring: readonly Case[] = [
  // Monitoring and logs

  bad(
    "pre-shared key file of the Zabbix agent",
    (made) => `#!/bin/bash
yum install -y zabbix-agent2
echo ${made.hex(64)} > /etc/zabbix/agent.psk
sed -i -e 's/^# TLSConnect=.*/TLSConnect=psk/' -e 's/^# TLSAccept=.*/TLSAccept=psk/' -e "s/^# TLSPSKIdentity=.*/TLSPSKIdentity=$(hostname)/" -e 's#^\\# TLSPSKFile=.*#TLSPSKFile=/etc/zabbix/agent.psk#' /etc/zabbix/zabbix_agent2.conf
`,
  ),
  bad(
    "remote write of Prometheus",
    (made) => `#!/bin/bash
cat > /etc/prometheus/prometheus.yml <<'YAML'
global: { scrape_interval: 30s }
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ["localhost:9100"] }]
remote_write:
  - url: https://prom.example.com/api/v1/push
    basic_auth:
      username: "104211"
      password: ${made.token(44)}
YAML
`,
  ),
  bad(
    "web configuration of the node exporter",
    (made) => `#!/bin/bash
cat > /etc/node_exporter/web.yml <<'EOF'
tls_server_config:
  cert_file: node.crt
  key_file: node.key
basic_auth_users:
  prometheus: $2b$12$${made.token(53)}
EOF
`,
  ),
  bad(
    "PagerDuty routing key of Alertmanager",
    (made) => `#!/bin/bash
cat > /etc/alertmanager/alertmanager.yml <<'YAML'
route:
  receiver: oncall
  group_by: [alertname, cluster]
receivers:
  - name: oncall
    pagerduty_configs:
      - routing_key: ${made.hex(32)}
        severity: critical
YAML
`,
  ),
  bad(
    "Grafana data source provisioned with a password",
    (made) => `#!/bin/bash
cat > /etc/grafana/provisioning/datasources/pg.yaml <<'EOF'
apiVersion: 1
datasources:
  - name: Orders
    type: postgres
    url: pg.example.internal:5432
    user: grafana_ro
    jsonData: { database: orders, sslmode: require }
    secureJsonData:
      password: ${made.password()}
EOF
`,
  ),
  bad(
    "secret key of Grafana set by crudini",
    (made) => `#!/bin/bash
crudini --set /etc/grafana/grafana.ini server root_url https://grafana.example.com
crudini --set /etc/grafana/grafana.ini security secret_key ${made.token(20)}
systemctl restart grafana-server
`,
  ),
  bad(
    "symmetric key of a Splunk indexer cluster",
    (made) => `#!/bin/bash
cat > /opt/splunk/etc/system/local/server.conf <<'EOF'
[clustering]
mode = peer
manager_uri = https://cm.example.internal:8089
pass4SymmKey = ${made.password(24)}
EOF
`,
  ),
  bad(
    "event collector token of Splunk",
    (made) => `#!/bin/bash
curl -s https://hec.example.com:8088/services/collector/event -H "Authorization: Splunk ${made.uuidSecret()}" -d "{\\"event\\":\\"boot\\",\\"host\\":\\"$(hostname)\\"}"
`,
  ),
  bad(
    "licence key of the New Relic agent",
    (made) => `#!/bin/bash
echo "license_key: ${made.hex(36)}NRAL" | tee /etc/newrelic-infra.yml
yum -q makecache -y --disablerepo='*' --enablerepo='newrelic-infra'
yum install -y newrelic-infra
`,
  ),
  bad(
    "shared key of a Fluentd forwarder",
    (made) => `#!/bin/bash
cat > /etc/fluent/fluentd.conf <<'EOF'
<match **>
  @type forward
  transport tls
  <security>
    self_hostname web
    shared_key ${made.phrase()}
  </security>
  <server>
    host logs.example.internal
    port 24224
  </server>
</match>
EOF
`,
  ),
  bad(
    "HTTP output of Fluent Bit",
    (made) => `#!/bin/bash
cat >> /etc/fluent-bit/fluent-bit.conf <<'EOF'
[OUTPUT]
    Name        loki
    Match       *
    Host        logs.example.com
    Port        443
    Tls         On
    Http_User   421337
    Http_Passwd ${made.token(40)}
EOF
`,
  ),
  bad(
    "cloud.auth of Filebeat",
    (made) => `#!/bin/bash
cat > /etc/filebeat/filebeat.yml <<'EOF'
filebeat.inputs:
  - type: filestream
    id: syslog
    paths: [/var/log/messages]
cloud.id: "prod:ZXUtd2VzdC0xLmF3cy5leGFtcGxlLmNvbSRhYmM="
cloud.auth: "beats_writer:${made.password(20)}"
EOF
`,
  ),
  bad(
    "Telegraf output to InfluxDB 2",
    (made) => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/out.conf <<'TOML'
[[outputs.influxdb_v2]]
  urls = ["https://influx.example.internal:8086"]
  token = "${made.base64url(64)}=="
  organization = "example"
  bucket = "hosts"
TOML
`,
  ),
  bad(
    "SNMP version 3 user",
    (made) => `#!/bin/bash
systemctl stop snmpd
cat >> /var/lib/net-snmp/snmpd.conf <<'EOF'
createUser monitor SHA "${made.password(14)}" AES
EOF
echo 'rouser monitor priv' >> /etc/snmp/snmpd.conf
systemctl start snmpd
`,
  ),
  bad(
    "user macro of Nagios",
    (made) => `#!/bin/bash
cat > /etc/nagios/private/resource.cfg <<'EOF'
$USER1$=/usr/lib64/nagios/plugins
$USER3$=nagios
$USER4$=${made.password()}
EOF
cat > /etc/nagios/conf.d/db.cfg <<'EOF'
define command {
  command_name check_db
  command_line $USER1$/check_mysql -H $HOSTADDRESS$ -u $USER3$ -p $USER4$
}
EOF
`,
  ),
  bad(
    "API user of Icinga 2",
    (made) => `#!/bin/bash
cat > /etc/icinga2/conf.d/api-users.conf <<'EOF'
object ApiUser "director" {
  password = "${made.password(18)}"
  permissions = [ "*" ]
}
EOF
`,
  ),
  bad(
    "Dynatrace installer downloaded with an API token",
    (made) => `#!/bin/bash
wget -O /tmp/oneagent.sh "https://abc12345.live.dynatrace.com/api/v1/deployment/installer/agent/unix/default/latest?arch=x86" --header="Authorization: Api-Token dt0c01.${made.digest().slice(0, 24).toUpperCase()}.${made.token(64, BASE32)}"
/bin/sh /tmp/oneagent.sh --set-app-log-content-access=true
`,
  ),
  bad(
    "Elastic agent enrols at a Fleet server",
    (made) => `#!/bin/bash
cd /opt/elastic-agent-8.14.1-linux-x86_64
./elastic-agent install --non-interactive --url=https://fleet.example.internal:8220 --enrollment-token=${b64(`VHJNZm5vOEJfMWxq:${made.token(22)}`)} --tag=web
`,
  ),
  bad(
    "password secret of Graylog",
    (made) => `#!/bin/bash
sed -i -e 's/^password_secret =.*/password_secret = ${made.token(96)}/' -e 's/^http_bind_address =.*/http_bind_address = 0.0.0.0:9000/' /etc/graylog/server/server.conf
`,
  ),
  bad(
    "monit web interface",
    (made) => `#!/bin/bash
cat > /etc/monit.d/httpd <<EOF
set httpd port 2812 and
    use address $(hostname -i)
    allow 10.0.0.0/8
    allow ops:"${made.weak()}"
EOF
monit reload
`,
  ),
  bad(
    "collectd network plugin",
    (made) => `#!/bin/bash
cat > /etc/collectd.d/net.conf <<'EOF'
LoadPlugin network
<Plugin network>
  <Server "metrics.example.internal" "25826">
    SecurityLevel Encrypt
    Username "web"
    Password "${made.password()}"
  </Server>
</Plugin>
EOF
`,
  ),
  bad(
    "Netdata claims the node",
    (made) => `#!/bin/bash
sh /tmp/netdata-kickstart.sh --non-interactive --stable-channel --claim-token ${made.token(135)} --claim-rooms ${made.uuid()} --claim-url https://app.netdata.cloud
`,
  ),
  bad(
    "secret half of an old Sentry address",
    (made) => `#!/bin/bash
echo 'SENTRY_DSN=https://${made.digest("md5")}:${made.hex(32)}@sentry.example.internal/4' >> /etc/default/api
`,
  ),
  bad(
    "Sumo Logic collector properties",
    (made) => `#!/bin/bash
/tmp/SumoCollector.sh -q -Vsumo.accessid=su${made.digest().slice(0, 12)} -Vsumo.accesskey=${made.token(64)} -Vcollector.name="$(hostname)"
`,
  ),
  good(
    "Zabbix key made at boot and its identity",
    () => `#!/bin/bash
openssl rand -hex 32 > /etc/zabbix/agent.psk
chown zabbix: /etc/zabbix/agent.psk && chmod 400 /etc/zabbix/agent.psk
cat > /etc/zabbix/zabbix_agent2.d/tls.conf <<EOF
TLSConnect=psk
TLSAccept=psk
TLSPSKIdentity=PSK-$(hostname -s)
TLSPSKFile=/etc/zabbix/agent.psk
AllowKey=system.run[uptime]
DenyKey=system.run[*]
UserParameter=mysql.ping,mysqladmin --defaults-file=/etc/zabbix/my.cnf ping | grep -c alive
EOF
`,
  ),
  good(
    "Prometheus reads its credentials from files",
    () => `#!/bin/bash
cat > /etc/prometheus/prometheus.yml <<'YAML'
scrape_configs:
  - job_name: kubelet
    authorization: { type: Bearer, credentials_file: /run/secrets/token }
    relabel_configs:
      - source_labels: [__meta_kubernetes_secret_name, __address__]
        regex: (.+)-token;(.+)
        target_label: secret
  - job_name: api
    basic_auth: { username: prom, password_file: /run/secrets/prom }
remote_write:
  - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d/api/v1/remote_write
    sigv4: { region: eu-west-1 }
YAML
`,
  ),
  good(
    "alert rules about tokens and passwords",
    () => `#!/bin/bash
cat > /etc/prometheus/rules/auth.yml <<'YAML'
groups:
  - name: auth
    rules:
      - alert: TokenRefreshFailing
        expr: rate(auth_token_refresh_errors_total{secret="db-password"}[5m]) > 0
        labels: { severity: page, secret_rotation: overdue }
        annotations:
          summary: "Token of {{ $labels.client }} cannot be refreshed, password: expired"
YAML
`,
  ),
  good(
    "Alertmanager with files for its keys",
    () => `#!/bin/bash
cat > /etc/alertmanager/alertmanager.yml <<'YAML'
global:
  slack_api_url_file: /run/secrets/slack
  smtp_auth_username: alerts
  smtp_auth_password_file: /run/secrets/smtp
receivers:
  - name: oncall
    pagerduty_configs: [{ routing_key_file: /run/secrets/pagerduty }]
YAML
`,
  ),
  good(
    "Grafana expands files and variables",
    () => `#!/bin/bash
cat > /etc/grafana/grafana.ini <<'INI'
[security]
admin_user = admin
admin_password = $__file{/run/secrets/grafana_admin}
secret_key = $__env{GF_SECRET_KEY}
cookie_secure = true
[database]
password = """$__file{/run/secrets/grafana_db}"""
[auth]
token_rotation_interval_minutes = 10
login_cookie_name = grafana_session
INI
echo 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE=/run/secrets/oauth' >> /etc/sysconfig/grafana-server
`,
  ),
  good(
    "Grafana data source without a password",
    () => `#!/bin/bash
cat > /etc/grafana/provisioning/datasources/ds.yaml <<'EOF'
apiVersion: 1
datasources:
  - name: AMP
    uid: amp-prod
    type: prometheus
    jsonData: { sigV4Auth: true, sigV4AuthType: ec2_iam_role, sigV4Region: eu-west-1 }
  - name: Orders
    type: postgres
    user: grafana_ro
    secureJsonData: { password: "$ORDERS_DB_PASSWORD" }
EOF
`,
  ),
  good(
    "Grafana administrator reset to a generated value",
    () => `#!/bin/bash
GF_PW="$(openssl rand -base64 24)"
grafana-cli --homepath /usr/share/grafana admin reset-admin-password "$GF_PW" > /dev/null
aws ssm put-parameter --name "/grafana/$(hostname)/admin" --value "$GF_PW" --type SecureString --overwrite
`,
  ),
  good(
    "public Sentry address",
    (made) => `#!/bin/bash
cat >> /etc/api.env <<'EOF'
SENTRY_DSN=https://${made.digest("md5")}@o450123.ingest.de.sentry.io/4507890123456789
SENTRY_ENVIRONMENT=production
SENTRY_RELEASE=api@${made.digest("sha1")}
SENTRY_SEND_DEFAULT_PII=false
EOF
`,
  ),
  good(
    "Splunk forwarder points at a deployment server",
    () => `#!/bin/bash
cat > /opt/splunkforwarder/etc/system/local/deploymentclient.conf <<'EOF'
[deployment-client]
phoneHomeIntervalInSecs = 600
[target-broker:deploymentServer]
targetUri = ds.example.internal:8089
EOF
printf '[user_info]\\nUSERNAME = admin\\nPASSWORD = %s\\n' "$(head -c 24 /dev/urandom | base64)" > /opt/splunkforwarder/etc/system/local/user-seed.conf
/opt/splunkforwarder/bin/splunk start --accept-license --answer-yes --no-prompt
`,
  ),
  good(
    "Splunk masks secrets before indexing",
    () => `#!/bin/bash
cat > /opt/splunkforwarder/etc/system/local/props.conf <<'EOF'
[app:log]
SEDCMD-mask_password = s/password=\\S+/password=########/g
SEDCMD-mask_token = s/(token|api_key|secret)":"[^"]+"/\\1":"xxxx"/g
TRANSFORMS-drop = drop_authorization
EOF
`,
  ),
  good(
    "remote syslog target",
    () => `#!/bin/bash
echo '*.* @logs5.example.com:41234' > /etc/rsyslog.d/95-remote.conf
echo 'auth,authpriv.* /var/log/auth.log' >> /etc/rsyslog.d/95-remote.conf
systemctl restart rsyslog
`,
  ),
  good(
    "New Relic licence from Parameter Store",
    () => `#!/bin/bash
NRIA_LICENSE_KEY=$(aws ssm get-parameter --name /newrelic/license --with-decryption --query Parameter.Value --output text)
cat > /etc/newrelic-infra.yml <<EOF
license_key: $NRIA_LICENSE_KEY
display_name: $(hostname)
passthrough_environment:
  - ECS_CLUSTER
strip_command_line: true
EOF
`,
  ),
  good(
    "New Relic application settings",
    () => `#!/bin/bash
cat > /opt/app/newrelic.yml <<'YAML'
common: &default
  license_key: '<%= ENV["NEW_RELIC_LICENSE_KEY"] %>'
  app_name: shop
  high_security: true
  attributes:
    exclude: [request.headers.authorization, request.parameters.password, request.headers.cookie]
production:
  <<: *default
YAML
`,
  ),
  good(
    "Datadog checks with encrypted handles",
    () => `#!/bin/bash
cat > /etc/datadog-agent/conf.d/postgres.d/conf.yaml <<'YAML'
init_config:
instances:
  - host: pg.example.internal
    port: 5432
    username: datadog
    password: "ENC[pg/datadog]"
    tags: ["role:primary"]
YAML
sed -i "s/^api_key:.*/api_key: $(aws ssm get-parameter --name /dd/api --with-decryption --query Parameter.Value --output text)/" /etc/datadog-agent/datadog.yaml
`,
  ),
  good(
    "browser token of a monitoring service",
    (made) => `#!/bin/bash
cat > /srv/web/env.js <<'JS'
window.ENV = {
  DD_RUM_APPLICATION_ID: "${made.uuid()}",
  DD_RUM_CLIENT_TOKEN: "pub${made.digest("md5")}",
  STRIPE_PUBLISHABLE_KEY: "pk_live_${made.digest().slice(0, 24)}",
};
JS
`,
  ),
  good(
    "Fluentd buffers and an environment variable",
    () => `#!/bin/bash
cat > /etc/fluent/fluentd.conf <<'EOF'
<match app.**>
  @type forward
  <security>
    self_hostname "#{Socket.gethostname}"
    shared_key "#{ENV['FLUENTD_SHARED_KEY']}"
  </security>
  <buffer tag, time>
    timekey 60
    timekey_wait 10s
    chunk_limit_size 8m
  </buffer>
</match>
<filter app.**>
  @type record_transformer
  remove_keys password,authorization
</filter>
EOF
`,
  ),
  good(
    "Fluent Bit with the role of the machine",
    () => `#!/bin/bash
cat >> /etc/fluent-bit/fluent-bit.conf <<'EOF'
[FILTER]
    Name          modify
    Match         *
    Remove_regex  (?i)^(password|token|secret)$
[OUTPUT]
    Name          opensearch
    Host          search.example.internal
    AWS_Auth      On
    AWS_Region    eu-west-1
    Logstash_Prefix_Key kubernetes['namespace_name']
    Trace_Error   On
EOF
`,
  ),
  good(
    "Filebeat reads its keystore",
    () => `#!/bin/bash
filebeat keystore create --force
aws ssm get-parameter --name /es/filebeat --with-decryption --query Parameter.Value --output text | filebeat keystore add ES_PWD --stdin --force
cat > /etc/filebeat/filebeat.yml <<'EOF'
output.elasticsearch:
  hosts: ["https://es.example.internal:9200"]
  username: filebeat
  password: "\${ES_PWD}"
processors:
  - drop_fields: { fields: ["password", "http.request.headers.authorization"] }
  - dissect: { tokenizer: "%{key1} %{token} %{secret}", field: message }
EOF
`,
  ),
  good(
    "grok pattern of failed logins",
    () => `#!/bin/bash
cat > /etc/logstash/conf.d/ssh.conf <<'EOF'
filter {
  grok { match => { "message" => "Failed password for (invalid user )?%{USERNAME:user} from %{IP:ip} port %{NUMBER:port}" } }
  mutate { remove_field => ["password", "api_key"] }
  fingerprint { source => "message" key => "\${FINGERPRINT_KEY}" method => "SHA256" }
}
EOF
`,
  ),
  good(
    "Telegraf with variables and a secret store",
    () => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/out.conf <<'TOML'
[[secretstores.systemd]]
  id = "creds"
[[outputs.influxdb_v2]]
  urls = ["https://influx.example.internal:8086"]
  token = "@{creds:influx_token}"
[[inputs.mysql]]
  servers = ["telegraf:$MYSQL_TELEGRAF_PW@tcp(localhost:3306)/?tls=false"]
[[inputs.json_v2]]
  tag_keys = ["author", "key"]
TOML
`,
  ),
  good(
    "SNMP restricted to a view",
    () => `#!/bin/bash
AUTH=$(openssl rand -hex 16)
systemctl stop snmpd
net-snmp-create-v3-user -ro -A "$AUTH" -X "$AUTH" -a SHA -x AES monitor
echo 'rouser monitor authpriv -V systemonly' >> /etc/snmp/snmpd.conf
systemctl start snmpd
`,
  ),
  good(
    "Nagios macros in a command",
    () => `#!/bin/bash
cat > /etc/nagios/conf.d/db.cfg <<'EOF'
define command {
  command_name check_db
  command_line $USER1$/check_mysql -H $HOSTADDRESS$ -u $USER3$ -p $USER4$ -d $ARG1$
}
define service {
  use generic-service
  service_description Password expiry
  check_command check_nrpe!check_password_age
}
EOF
`,
  ),
  good(
    "Dynatrace token in a variable",
    () => `#!/bin/bash
DT_TOKEN=$(aws secretsmanager get-secret-value --secret-id dynatrace/paas --query SecretString --output text)
curl -fsSL -o /tmp/oneagent.sh -H "Authorization: Api-Token $DT_TOKEN" "https://abc12345.live.dynatrace.com/api/v1/deployment/installer/agent/unix/default/latest?arch=x86"
sh /tmp/oneagent.sh --set-host-group=web
`,
  ),
  good(
    "Graylog secrets made once",
    () => `#!/bin/bash
SECRET=$(pwgen -N 1 -s 96)
ROOT_SHA2=$(aws ssm get-parameter --name /graylog/root --with-decryption --query Parameter.Value --output text | tr -d '\\n' | sha256sum | cut -d' ' -f1)
sed -i -e "s/^password_secret =.*/password_secret = $SECRET/" -e "s/^root_password_sha2 =.*/root_password_sha2 = $ROOT_SHA2/" /etc/graylog/server/server.conf
`,
  ),
  good(
    "monit allows a group of the system",
    () => `#!/bin/bash
cat > /etc/monit.d/httpd <<'EOF'
set httpd port 2812
    allow localhost
    allow @wheel
check file shadow with path /etc/shadow
    if failed permission 0000 then alert
check program password_expiry with path "/usr/local/bin/check-password-age"
EOF
`,
  ),
  good(
    "custom metrics with their dimensions",
    () => `#!/bin/bash
aws cloudwatch put-metric-data --namespace App/Auth --metric-name PasswordResets --value 0 --dimensions Key=Service,Value=login
aws cloudwatch put-metric-data --namespace App/Auth --metric-name TokenTTL --unit Seconds --value 3600
`,
  ),

  // Security agents

  bad(
    "CrowdStrike provisioning token",
    (made) => `#!/bin/bash
yum install -y /tmp/falcon-sensor.rpm
CID=$(aws ssm get-parameter --name /security/falcon/cid --query Parameter.Value --output text)
/opt/CrowdStrike/falconctl -s -f --cid="$CID" --provisioning-token=${made.token(8, HEX)}
systemctl start falcon-sensor
`,
  ),
  bad(
    "SentinelOne site token",
    (made) => `#!/bin/bash
rpm -i --nodigest /tmp/SentinelAgent.rpm
/opt/sentinelone/bin/sentinelctl management token set ${b64(JSON.stringify({ url: "https://euce1-example.sentinelone.net", site_key: made.hex(16) }))}
/opt/sentinelone/bin/sentinelctl control start
`,
  ),
  bad(
    "Wazuh agent with an enrolment password",
    (made) => `#!/bin/bash
WAZUH_MANAGER='wazuh.example.internal' WAZUH_REGISTRATION_PASSWORD='${made.password(14)}' WAZUH_AGENT_GROUP='linux' yum install -y wazuh-agent
systemctl enable --now wazuh-agent
`,
  ),
  bad(
    "key line of a Wazuh agent",
    (made) => `#!/bin/bash
echo "017 web-17 any ${made.hex(64)}" > /var/ossec/etc/client.keys
chown root:wazuh /var/ossec/etc/client.keys
`,
  ),
  bad(
    "Qualys activation id",
    (made) => `#!/bin/bash
rpm -ivh /tmp/QualysCloudAgent.rpm
/usr/local/qualys/cloud-agent/bin/qualys-cloud-agent.sh ActivationId=${made.uuidSecret()} CustomerId=${made.uuid()}
`,
  ),
  bad(
    "Nessus agent linked with a key",
    (made) => `#!/bin/bash
dpkg -i /tmp/NessusAgent-ubuntu1604_amd64.deb
/opt/nessus_agent/sbin/nessuscli agent link --key=${made.hex(64)} --cloud --groups="aws"
`,
  ),
  bad(
    "Rapid7 agent token",
    (made) => `#!/bin/bash
chmod u+x /tmp/agent_installer.sh
/tmp/agent_installer.sh install_start --token eu:${made.uuidSecret()}
`,
  ),
  bad(
    "Deep Security agent activation",
    (made) => `#!/bin/bash
/opt/ds_agent/dsa_control -r
/opt/ds_agent/dsa_control -a dsm://agents.deepsecurity.example.com:443/ "tenantID:${made.uuid().toUpperCase()}" "token:${made.uuidSecret()}" "policyid:14"
`,
  ),
  bad(
    "enrol secret of osquery",
    (made) => `#!/bin/bash
echo '${made.token(32)}' > /etc/osquery/enroll_secret
printf -- '--enroll_secret_path=/etc/osquery/enroll_secret\\n--tls_hostname=fleet.example.com\\n--config_plugin=tls\\n' > /etc/osquery/osquery.flags
systemctl restart osqueryd
`,
  ),
  bad(
    "Duo integration secret",
    (made) => `#!/bin/bash
cat > /etc/duo/pam_duo.conf <<'EOF'
[duo]
ikey = DI${made.digest().slice(0, 18).toUpperCase()}
skey = ${made.token(40)}
host = api-1a2b3c4d.duosecurity.com
pushinfo = yes
EOF
`,
  ),
  bad(
    "JumpCloud connect key",
    (made) => `#!/bin/bash
curl --tlsv1.2 --silent --show-error --header 'x-connect-key: ${made.hex(40)}' https://kickstart.jumpcloud.com/Kickstart -o /tmp/kick.sh && bash /tmp/kick.sh
`,
  ),
  bad(
    "Lacework agent token",
    (made) => `#!/bin/bash
mkdir -p /var/lib/lacework/config
echo '{"tokens":{"AccessToken":"${made.hex(56)}"},"serverurl":"https://api.fra.lacework.net"}' > /var/lib/lacework/config/config.json
`,
  ),
  bad(
    "seed file of the one-time password module",
    (made) => `#!/bin/bash
echo 'HOTP/T30/6 ops - ${made.hex(40)}' > /etc/users.oath
chmod 600 /etc/users.oath
sed -i '1i auth required pam_oath.so usersfile=/etc/users.oath window=10' /etc/pam.d/sshd
`,
  ),
  good(
    "CrowdStrike without a literal",
    () => `#!/bin/bash
FALCON_CID=$(aws ssm get-parameter --name /security/falcon/cid --with-decryption --query Parameter.Value --output text)
FALCON_TOKEN=$(aws ssm get-parameter --name /security/falcon/token --with-decryption --query Parameter.Value --output text)
/opt/CrowdStrike/falconctl -s -f --cid="$FALCON_CID" --provisioning-token="$FALCON_TOKEN" --tags="aws,web" --apd=TRUE
`,
  ),
  good(
    "Wazuh manager does not ask for a password",
    () => `#!/bin/bash
WAZUH_MANAGER=wazuh.example.internal WAZUH_AGENT_GROUP=linux apt-get install -y wazuh-agent
sed -i -e 's#<use_password>.*</use_password>#<use_password>no</use_password>#' -e 's#<!-- <agent_key_path>.*#<agent_key_path>/etc/wazuh/agent.key</agent_key_path>#' /var/ossec/etc/ossec.conf
/var/ossec/bin/agent-auth -m wazuh.example.internal -k /etc/wazuh/agent.key -x /etc/wazuh/agent.crt
`,
  ),
  good(
    "osquery flags and a pack about passwords",
    () => `#!/bin/bash
cat > /etc/osquery/osquery.flags <<'EOF'
--enroll_secret_path=/run/secrets/osquery
--tls_server_certs=/etc/osquery/ca.pem
--host_identifier=uuid
--enroll_secret_env=OSQ_SECRET
EOF
cat > /etc/osquery/packs/accounts.conf <<'JSON'
{ "queries": { "empty_passwords": { "query": "SELECT username, password_status FROM shadow WHERE password_status = 'empty';", "interval": 3600 },
  "authorized_keys": { "query": "SELECT u.username, k.key, k.algorithm FROM users u JOIN authorized_keys k USING (uid);", "interval": 3600 } } }
JSON
`,
  ),
  good(
    "Nessus agent with a fetched key",
    () => `#!/bin/bash
KEY="$(aws ssm get-parameter --name /tenable/link-key --with-decryption --query Parameter.Value --output text)"
/opt/nessus_agent/sbin/nessuscli agent link --key="$KEY" --cloud --groups=aws --name="$(hostname)"
/opt/nessus_agent/sbin/nessuscli agent status | grep -q 'Link status: Connected'
`,
  ),
  good(
    "Qualys ids come from Parameter Store",
    () => `#!/bin/bash
read -r AID CID < <(aws ssm get-parameters --names /qualys/activation /qualys/customer --with-decryption --query 'Parameters[].Value' --output text)
/usr/local/qualys/cloud-agent/bin/qualys-cloud-agent.sh "ActivationId=$AID" "CustomerId=$CID" LogLevel=2
`,
  ),
  good(
    "Duo with a templated file",
    () => `#!/bin/bash
cat > /etc/duo/pam_duo.conf.j2 <<'EOF'
[duo]
ikey = {{ duo.ikey }}
skey = {{ duo.skey }}
host = {{ duo.host }}
EOF
ansible localhost -m template -a 'src=/etc/duo/pam_duo.conf.j2 dest=/etc/duo/pam_duo.conf mode=0600' -e @/run/secrets/duo.yml
`,
  ),
  bad(
    "macro of Nagios",
    (made) => `#!/bin/bash
echo '$USER3$=${made.weak()}' >> /etc/nagios/resource.cfg
`,
  ),
  good(
    "macros of Nagios that are paths",
    () => `#!/bin/bash
echo '$USER1$=/usr/lib64/nagios/plugins' >> /etc/nagios/resource.cfg
`,
  ),
];
