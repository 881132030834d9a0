import { b64, bad, good, type Case } from "../corpus";
import { HEX, pem, publicBytes } from "../forms";

/** Networks, names, routes, voice and remote access. */
export const networks: readonly Case[] = [
  // Networks

  bad(
    "WireGuard interface with its private key",
    (made) => `#!/bin/bash
umask 077
cat > /etc/wireguard/wg0.conf <<'EOF'
[Interface]
Address = 10.99.0.2/32
PrivateKey = ${made.base64(32)}

[Peer]
PublicKey = ${publicBytes(made)}
Endpoint = vpn.example.com:51820
AllowedIPs = 10.99.0.0/24
EOF
systemctl enable --now wg-quick@wg0
`,
  ),
  bad(
    "pre-shared key in ipsec.secrets",
    (made) => `#!/bin/bash
echo '203.0.113.10 198.51.100.7 : PSK "${made.token(32)}"' >> /etc/ipsec.secrets
ipsec rereadsecrets
`,
  ),
  bad(
    "EAP secret in swanctl.conf",
    (made) => `#!/bin/bash
cat > /etc/swanctl/conf.d/road.conf <<'EOF'
secrets {
  eap-gateway {
    id = gateway
    secret = "${made.password()}"
  }
}
EOF
swanctl --load-creds
`,
  ),
  bad(
    "chap-secrets of a PPP peer",
    (made) => `#!/bin/bash
printf '%s\\t%s\\t%s\\t%s\\n' branch l2tpd ${made.weak()} '*' >> /etc/ppp/chap-secrets
`,
  ),
  bad(
    "OpenConnect takes the password from a pipe",
    (made) => `#!/bin/bash
echo ${made.password(14)} | openconnect --background --non-inter --user=svc-aws --passwd-on-stdin --servercert pin-sha256:${publicBytes(made)} vpn.example.com
`,
  ),
  bad(
    "tailscale comes up with an authentication key",
    (made) => `#!/bin/bash
curl -fsSL https://tailscale.com/install.sh | sh
echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/99-tailscale.conf && sysctl -p /etc/sysctl.d/99-tailscale.conf
tailscale up --authkey=tskey-auth-k${made.digest().slice(0, 9)}CNTRL-${made.token(32)} --advertise-routes=10.0.0.0/16 --accept-dns=false
`,
  ),
  bad(
    "static key of OpenVPN",
    (made) => `#!/bin/bash
cat > /etc/openvpn/server/ta.key <<'EOF'
${pem("OpenVPN Static key V1", made.hex(512).replaceAll(/.{32}/g, "$&\n").trim())}
EOF
chmod 600 /etc/openvpn/server/ta.key
`,
  ),
  bad(
    "cloudflared service token",
    (made) => `#!/bin/bash
rpm -q cloudflared || yum install -y cloudflared
cloudflared service install ${b64(JSON.stringify({ a: made.digest("md5"), t: made.uuid(), s: made.base64(32) }))}
`,
  ),
  bad(
    "NetBird set-up key",
    (made) => `#!/bin/bash
netbird up --management-url https://netbird.example.com --setup-key ${made.uuidSecret()}
`,
  ),
  bad(
    "vpnc group and user secrets",
    (made) => `#!/bin/bash
cat > /etc/vpnc/default.conf <<'EOF'
IPSec gateway vpn.example.com
IPSec ID staff
IPSec secret ${made.weak()}
Xauth username svc
EOF
`,
  ),
  bad(
    "openfortivpn on the command line",
    (made) => `#!/bin/bash
nohup openfortivpn vpn.example.com:10443 -u svc-aws -p '${made.symbols(12)}' --trusted-cert=${made.digest()} &
`,
  ),
  bad(
    "ngrok agent token",
    (made) => `#!/bin/bash
snap install ngrok
ngrok config add-authtoken 2${made.digest().slice(0, 26)}_${made.token(21)}
`,
  ),
  bad(
    "frp client with a token",
    (made) => `#!/bin/bash
cat > /etc/frp/frpc.toml <<'EOF'
serverAddr = "frp.example.com"
serverPort = 7000
auth.method = "token"
auth.token = "${made.password(20)}"
[[proxies]]
name = "web"
type = "tcp"
localPort = 80
remotePort = 6080
EOF
`,
  ),
  bad(
    "wireless network block with a quoted key",
    (made) => `#!/bin/bash
cat >> /etc/wpa_supplicant/wpa_supplicant-wlan0.conf <<'EOF'
network={
  ssid="warehouse"
  psk="${made.phrase()}"
  key_mgmt=WPA-PSK
}
EOF
`,
  ),
  bad(
    "nmcli adds a wireless profile",
    (made) => `#!/bin/bash
nmcli con add type wifi ifname wlan0 con-name depot ssid depot wifi-sec.key-mgmt wpa-psk wifi-sec.psk ${made.weak()}
`,
  ),
  bad(
    "access point pass phrase of hostapd",
    (made) => `#!/bin/bash
cat > /etc/hostapd/hostapd.conf <<'EOF'
interface=wlan0
ssid=lab
hw_mode=g
channel=6
wpa=2
wpa_key_mgmt=WPA-PSK
wpa_passphrase=${made.weak()}
EOF
`,
  ),
  good(
    "WireGuard makes its own key",
    () => `#!/bin/bash
umask 077
wg genkey | tee /etc/wireguard/private.key | wg pubkey > /etc/wireguard/public.key
cat > /etc/wireguard/wg0.conf <<EOF
[Interface]
Address = 10.99.0.1/24
ListenPort = 51820
PrivateKey = $(cat /etc/wireguard/private.key)
EOF
`,
  ),
  good(
    "WireGuard peers are public",
    (made) => `#!/bin/bash
cat > /etc/wireguard/wg0.conf <<'EOF'
[Interface]
Address = 10.99.0.2/32
PostUp = wg set %i private-key <(aws ssm get-parameter --name /vpn/web --with-decryption --query Parameter.Value --output text)

[Peer]
PublicKey = ${publicBytes(made)}
AllowedIPs = 10.99.0.0/24
Endpoint = vpn.example.com:51820
PersistentKeepalive = 25
EOF
`,
  ),
  good(
    "IPsec with certificates",
    () => `#!/bin/bash
cat > /etc/ipsec.conf <<'EOF'
conn branch
  keyexchange=ikev2
  leftauth=pubkey
  leftcert=hostCert.pem
  rightauth=pubkey
  ike=aes256gcm16-prfsha384-ecp384!
  rekey=yes
  auto=start
EOF
echo ': RSA hostKey.pem' > /etc/ipsec.secrets
`,
  ),
  good(
    "pre-shared key of the tunnel fetched",
    () => `#!/bin/bash
PSK=$(aws secretsmanager get-secret-value --secret-id vpn/branch --query SecretString --output text)
printf '%s %s : PSK "%s"\\n' "$(hostname -i)" 198.51.100.7 "$PSK" > /etc/ipsec.secrets
ipsec reload
`,
  ),
  good(
    "OpenVPN client names its files",
    () => `#!/bin/bash
cat > /etc/openvpn/client/hq.conf <<'EOF'
client
dev tun
remote vpn.example.com 1194 udp
remote-cert-tls server
verify-x509-name vpn.example.com name
auth-user-pass /run/secrets/openvpn-login
auth-nocache
askpass /run/secrets/openvpn-key-pass
key /etc/openvpn/client/hq.key
tls-crypt /etc/openvpn/client/ta.key
key-direction 1
EOF
openvpn --genkey secret /etc/openvpn/client/new-ta.key
`,
  ),
  good(
    "tailscale reads its key from a file",
    () => `#!/bin/bash
aws ssm get-parameter --name /tailscale/authkey --with-decryption --query Parameter.Value --output text > /run/ts.key
tailscale up --auth-key=file:/run/ts.key --advertise-tags=tag:web --ssh
shred -u /run/ts.key
`,
  ),
  good(
    "cloudflared with a credentials file",
    (made) => `#!/bin/bash
cat > /etc/cloudflared/config.yml <<'YAML'
tunnel: ${made.uuid()}
credentials-file: /run/secrets/tunnel.json
origincert: /run/secrets/cert.pem
ingress:
  - hostname: app.example.com
    service: http://localhost:8080
  - service: http_status:404
YAML
`,
  ),
  good(
    "wireless profile for certificates",
    () => `#!/bin/bash
nmcli con add type wifi ifname wlan0 con-name depot ssid depot wifi-sec.key-mgmt wpa-eap 802-1x.eap tls 802-1x.identity host/depot \\
  802-1x.client-cert /etc/pki/depot.crt 802-1x.private-key /etc/pki/depot.key 802-1x.private-key-password-flags 4
`,
  ),
  good(
    "hostapd and wpa_supplicant with files",
    () => `#!/bin/bash
cat > /etc/hostapd/hostapd.conf <<'EOF'
interface=wlan0
ssid=lab
wpa=2
wpa_key_mgmt=WPA-PSK
rsn_pairwise=CCMP
wpa_psk_file=/etc/hostapd/psk
EOF
cat > /etc/wpa_supplicant/guest.conf <<'EOF'
network={
  ssid="guest"
  key_mgmt=NONE
}
EOF
`,
  ),

  // Names, routes, agents and the rest

  bad(
    "transaction key in named.conf",
    (made) => `#!/bin/bash
cat >> /etc/named.conf <<'EOF'
key "ddns" {
  algorithm hmac-sha256;
  secret "${made.base64(32)}";
};
zone "dyn.example.com" { type master; file "dyn.zone"; allow-update { key "ddns"; }; };
EOF
`,
  ),
  bad(
    "nsupdate with a key on the command line",
    (made) => `#!/bin/bash
IP=$(curl -s https://checkip.amazonaws.com)
printf 'server ns1.example.com\\nupdate delete %s.dyn.example.com A\\nupdate add %s.dyn.example.com 60 A %s\\nsend\\n' "$(hostname -s)" "$(hostname -s)" "$IP" | nsupdate -y "hmac-sha256:ddns:${made.base64(32)}"
`,
  ),
  bad(
    "password of a BGP neighbour",
    (made) => `#!/bin/bash
cat > /etc/frr/frr.conf <<'EOF'
frr defaults traditional
router bgp 65010
 neighbor 169.254.10.1 remote-as 64512
 neighbor 169.254.10.1 password ${made.password(18)}
 neighbor 169.254.10.1 timers 10 30
EOF
systemctl restart frr
`,
  ),
  bad(
    "VRRP authentication of keepalived",
    (made) => `#!/bin/bash
cat > /etc/keepalived/keepalived.conf <<'EOF'
vrrp_instance VI_1 {
  state BACKUP
  interface eth0
  virtual_router_id 51
  authentication {
    auth_type PASS
    auth_pass ${made.token(8)}
  }
  notify_master "/usr/local/bin/claim-eip"
}
EOF
`,
  ),
  bad(
    "symmetric key of chrony",
    (made) => `#!/bin/bash
echo '7 SHA256 HEX:${made.token(64, HEX)}' >> /etc/chrony.keys
echo 'server ntp.example.internal iburst key 7' >> /etc/chrony.conf
`,
  ),
  bad(
    "peer of a telephone exchange",
    (made) => `#!/bin/bash
cat >> /etc/asterisk/sip.conf <<'EOF'
[trunk-out]
type=peer
host=sip.example.com
defaultuser=example01
secret=${made.password(12)}
EOF
asterisk -rx 'sip reload'
`,
  ),
  bad(
    "shared secret of a TURN server",
    (made) => `#!/bin/bash
turnserver -o -a --use-auth-secret --static-auth-secret=${made.hex(64)} --realm=turn.example.com --no-cli
`,
  ),
  bad(
    "registration secret of a Matrix server",
    (made) => `#!/bin/bash
yq -i '.registration_shared_secret = "${made.token(50)}" | .enable_registration = false' /etc/matrix-synapse/homeserver.yaml
systemctl restart matrix-synapse
`,
  ),
  bad(
    "source password of a radio server",
    (made) => `#!/bin/bash
sed -i 's#<source-password>.*</source-password>#<source-password>${made.word()}</source-password>#' /etc/icecast2/icecast.xml
`,
  ),
  bad(
    "remote procedure secret of a download daemon",
    (made) => `#!/bin/bash
aria2c --daemon --enable-rpc --rpc-listen-all --rpc-secret=${made.weak()} --dir=/srv/downloads
`,
  ),
  bad(
    "hashed control password of Tor",
    (made) => `#!/bin/bash
printf 'ControlPort 9051\\nHashedControlPassword 16:%s\\n' ${made.token(58, HEX)} >> /etc/tor/torrc
`,
  ),
  bad(
    "cookie secret of phpMyAdmin",
    (made) => `#!/bin/bash
cp /var/www/pma/config.sample.inc.php /var/www/pma/config.inc.php
sed -i "s|\\$cfg\\['blowfish_secret'\\] = ''|\\$cfg['blowfish_secret'] = '${made.token(32)}'|" /var/www/pma/config.inc.php
`,
  ),
  bad(
    "password file of remote JMX",
    (made) => `#!/bin/bash
cat > /etc/app/jmxremote.password <<'EOF'
monitorRole ${made.password(12)}
EOF
chown app: /etc/app/jmxremote.password && chmod 400 /etc/app/jmxremote.password
`,
  ),
  bad(
    "key store password as a system property",
    (made) => `#!/bin/bash
exec java -Djavax.net.ssl.keyStore=/etc/app/client.p12 -Djavax.net.ssl.keyStorePassword=${made.weak()} -jar /opt/app/app.jar
`,
  ),
  good(
    "BIND makes its keys at boot",
    () => `#!/bin/bash
rndc-confgen -a -b 512 -k rndc-key
tsig-keygen -a hmac-sha256 ddns > /etc/named/ddns.key
cat >> /etc/named.conf <<'EOF'
include "/etc/named/ddns.key";
zone "dyn.example.com" { type master; file "dyn.zone"; allow-update { key "ddns"; }; key-directory "/etc/named/keys"; };
EOF
nsupdate -k /etc/named/ddns.key /opt/dns/changes.txt
`,
  ),
  good(
    "trust anchor of DNSSEC",
    (made) => `#!/bin/bash
cat > /etc/unbound/root.key <<'EOF'
. 172800 IN DNSKEY 257 3 8 AwEAA${publicBytes(made)}${publicBytes(made)} ; key id = 20326
. IN DS 20326 8 2 ${made.digest().toUpperCase()}
EOF
echo 'server: trust-anchor-file: "/etc/unbound/root.key"' > /etc/unbound/conf.d/anchor.conf
`,
  ),
  good(
    "router without passwords",
    () => `#!/bin/bash
cat > /etc/frr/frr.conf <<'EOF'
service password-encryption
router bgp 65010
 neighbor 169.254.10.1 remote-as 64512
 no neighbor 169.254.10.1 password
 neighbor 169.254.10.1 route-map IN in
key chain rotate
EOF
`,
  ),
  good(
    "time service with keys in a file",
    () => `#!/bin/bash
cat > /etc/chrony.conf <<'EOF'
server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4
server time.example.com iburst nts
keyfile /etc/chrony.keys
ntsdumpdir /var/lib/chrony
EOF
chronyc keygen 7 SHA256 256 >> /etc/chrony.keys
`,
  ),
  good(
    "TURN secret in a variable",
    () => `#!/bin/bash
TURN_SECRET=$(aws ssm get-parameter --name /turn/secret --with-decryption --query Parameter.Value --output text)
turnserver -o -a --use-auth-secret --static-auth-secret="$TURN_SECRET" --realm=turn.example.com --pkey=/etc/turn/key.pem --no-cli
`,
  ),
  good(
    "Matrix server with secrets in files",
    () => `#!/bin/bash
cat > /etc/matrix-synapse/conf.d/secrets.yaml <<'YAML'
registration_shared_secret_path: /run/secrets/registration
macaroon_secret_key_path: /run/secrets/macaroon
signing_key_path: /var/lib/matrix-synapse/homeserver.signing.key
trusted_key_servers: [{ server_name: matrix.example.org }]
password_config: { enabled: true, policy: { minimum_length: 15, require_digit: true } }
YAML
`,
  ),
  good(
    "Tor with cookie authentication",
    () => `#!/bin/bash
printf '%s\\n' 'ControlPort 9051' 'CookieAuthentication 1' 'CookieAuthFile /run/tor/control.authcookie' "HashedControlPassword $(tor --hash-password "$(cat /run/secrets/tor)" | tail -1)" >> /etc/tor/torrc
`,
  ),
  good(
    "phpMyAdmin asks its users",
    () => `#!/bin/bash
cat > /var/www/pma/config.inc.php <<'PHP'
<?php
$cfg['blowfish_secret'] = file_get_contents('/run/secrets/pma');
$cfg['Servers'][1]['auth_type'] = 'cookie';
$cfg['Servers'][1]['host'] = 'db.example.internal';
$cfg['Servers'][1]['AllowNoPassword'] = false;
$cfg['LoginCookieValidity'] = 1440;
PHP
`,
  ),
  good(
    "remote JMX with files",
    () => `#!/bin/bash
echo 'JAVA_OPTS="-Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.authenticate=true -Dcom.sun.management.jmxremote.password.file=/etc/app/jmxremote.password -Dcom.sun.management.jmxremote.access.file=/etc/app/jmxremote.access"' >> /etc/default/app
`,
  ),
  good(
    "SASL socket of Postfix and Dovecot",
    () => `#!/bin/bash
postconf -e smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth smtpd_sasl_auth_enable=yes smtpd_tls_auth_only=yes 'smtpd_recipient_restrictions=permit_sasl_authenticated,reject_unauth_destination'
sed -i 's/^#\\?auth_verbose_passwords.*/auth_verbose_passwords = no/' /etc/dovecot/conf.d/10-logging.conf
`,
  ),
  good(
    "Promtail replaces secrets in lines",
    () => `#!/bin/bash
cat > /etc/promtail/config.yml <<'YAML'
clients: [{ url: "http://loki.example.internal:3100/loki/api/v1/push", bearer_token_file: /run/secrets/loki }]
scrape_configs:
  - job_name: app
    pipeline_stages:
      - replace: { expression: '(?:password|passwd|pwd)=(\\S+)', replace: "****" }
      - labels: { key: level, token: null }
YAML
`,
  ),
  good(
    "collector that deletes attributes",
    () => `#!/bin/bash
cat > /etc/otelcol/config.yaml <<'YAML'
extensions:
  bearertokenauth: { filename: /run/secrets/otel-token }
processors:
  attributes/scrub:
    actions:
      - { key: db.password, action: delete }
      - { key: http.request.header.authorization, action: delete }
      - { key: user.token, action: hash }
exporters:
  otlp: { endpoint: "otel.example.com:4317", headers: { "x-api-key": "\${env:OTEL_API_KEY}" } }
YAML
`,
  ),
  good(
    "template that asks Vault",
    () => `#!/bin/bash
cat > /etc/consul-template/db.ctmpl <<'EOF'
{{ with secret "database/creds/shop" }}
username = {{ .Data.username }}
password = {{ .Data.password }}
{{ end }}
api_key = "{{ key "shop/api_key_id" }}"
EOF
consul-template -once -template /etc/consul-template/db.ctmpl:/run/shop/db.conf
`,
  ),
  good(
    "Vault agent with AWS authentication",
    () => `#!/bin/bash
cat > /etc/vault.d/agent.hcl <<'HCL'
vault { address = "https://vault.example.internal:8200" }
auto_auth {
  method "aws" {
    mount_path = "auth/aws"
    config = { type = "iam", role = "web" }
  }
  sink "file" { config = { path = "/run/vault-token", mode = 0600 } }
}
cache { use_auto_auth_token = true }
HCL
`,
  ),
  good(
    "CloudWatch agent configuration",
    (made) => `#!/bin/bash
cat > /opt/aws/amazon-cloudwatch-agent/etc/config.json <<'JSON'
{
  "agent": { "credentials": { "role_arn": "arn:aws:iam::${made.account()}:role/metrics" }, "metrics_collection_interval": 60 },
  "logs": { "logs_collected": { "files": { "collect_list": [ { "file_path": "/var/log/secure", "log_group_name": "secure", "log_stream_name": "{instance_id}",
    "filters": [ { "type": "exclude", "expression": "password=" } ] } ] } } }
}
JSON
`,
  ),
  good(
    "PHP settings with empty defaults",
    () => `#!/bin/bash
cat > /etc/php.d/99-app.ini <<'INI'
mysqli.default_user =
mysqli.default_pw =
session.name = SID
session.cookie_httponly = 1
session.save_path = "tcp://cache.example.internal:6379"
session.sid_length = 48
zend.exception_ignore_args = On
INI
`,
  ),
  good(
    "GitLab reads files in Ruby",
    () => `#!/bin/bash
cat >> /etc/gitlab/gitlab.rb <<'RUBY'
external_url 'https://git.example.com'
gitlab_rails['initial_root_password'] = File.read('/run/secrets/gitlab_root').strip
gitlab_rails['db_password'] = ENV['GITLAB_DB_PASSWORD']
gitlab_rails['smtp_authentication'] = 'login'
gitlab_rails['password_authentication_enabled_for_git'] = false
RUBY
`,
  ),
  good(
    "metadata of an identity provider",
    (made) => `#!/bin/bash
cat > /etc/httpd/saml/idp.xml <<'XML'
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sso.example.com">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${made.certificate().split("\n").slice(1, -1).join("")}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
  </IDPSSODescriptor>
</EntityDescriptor>
XML
`,
  ),
  good(
    "indexes on token fields in MongoDB",
    () => `#!/bin/bash
mongosh shop --quiet --eval 'db.sessions.createIndex({ token: 1 }, { expireAfterSeconds: 3600, name: "token_ttl" }); db.users.createIndex({ password_reset_token: 1 }, { sparse: true });'
`,
  ),
  good(
    "realm settings of Keycloak",
    () => `#!/bin/bash
cat > /opt/keycloak/data/import/shop.json <<'JSON'
{
  "realm": "shop",
  "passwordPolicy": "length(14) and digits(1) and passwordHistory(5)",
  "accessTokenLifespan": 300,
  "resetPasswordAllowed": true,
  "clients": [ { "clientId": "web", "publicClient": true, "redirectUris": ["https://shop.example.com/*"] }, { "clientId": "api", "clientAuthenticatorType": "client-jwt", "bearerOnly": true } ]
}
JSON
`,
  ),
  good(
    "options named -p that take a port",
    () => `#!/bin/bash
redis-cli -h cache.example.internal -p 6380 -n 2 ping
psql -h pg.example.internal -p 5433 -U app -w -c 'select 1'
memcached -d -u memcached -m 512 -p 11211 -U 0 -o hash_algorithm=murmur3
ab -n 10 -p /opt/load/login.json -T application/json http://localhost:8080/login
mysqladmin -P 3307 -h 127.0.0.1 --protocol=tcp ping
`,
  ),
  good(
    "password option without a value",
    () => `#!/bin/bash
cat > /usr/local/bin/db <<'EOF'
#!/bin/sh
exec mysql -h db.example.internal -u "$USER" --password shop "$@"
EOF
chmod 755 /usr/local/bin/db
`,
  ),
  good(
    "shovel between brokers without users",
    () => `#!/bin/bash
rabbitmqctl set_parameter shovel orders '{"src-protocol":"amqp091","src-uri":"amqp:///%2Fshop","src-queue":"orders","dest-protocol":"amqp091","dest-uri":"amqps://mq.example.com:5671?cacertfile=/etc/ssl/ca.pem&auth_mechanism=external","dest-queue":"orders"}'
`,
  ),
  good(
    "column grants on a table of users",
    () => `#!/bin/bash
psql service=app <<'SQL'
REVOKE ALL ON users FROM reporting;
GRANT SELECT (id, email, created_at) ON users TO reporting;
COMMENT ON COLUMN users.password_hash IS 'argon2id, never exported';
UPDATE users SET password_hash = NULL, api_token = NULL WHERE deleted_at IS NOT NULL;
SELECT count(*) FROM users WHERE password_hash = '';
SQL
`,
  ),
  good(
    "Prisma and TypeORM take the environment",
    () => `#!/bin/bash
cat > /srv/api/schema.prisma <<'EOF'
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
model User {
  id       String @id @default(uuid())
  password String @map("password_hash")
  token    String? @unique
}
EOF
cat > /srv/api/data-source.js <<'JS'
module.exports = { type: "postgres", username: "api", password: process.env.DB_PASSWORD, ssl: { key: fs.readFileSync("/etc/ssl/api.key") } };
JS
`,
  ),
  good(
    "Quarkus profile with placeholders",
    () => `#!/bin/bash
cat > /opt/api/config/application.properties <<'EOF'
%prod.quarkus.datasource.username=api
%prod.quarkus.datasource.password=\${DB_PASSWORD}
quarkus.datasource.credentials-provider=vault
mp.jwt.verify.publickey.location=/etc/api/jwt.pub
quarkus.http.ssl.certificate.key-files=/etc/api/tls.key
quarkus.oidc.token.issuer=any
EOF
`,
  ),

  // Remote access

  bad(
    "user of OpenVPN Access Server",
    (made) => `#!/bin/bash
cd /usr/local/openvpn_as/scripts
./sacli --user openvpn --new_pass '${made.symbols(15)}' SetLocalPassword
./sacli --user openvpn --key prop_superuser --value true UserPropPut
./sacli start
`,
  ),
  bad(
    "SoftEther commands with a slash and a colon",
    (made) => `#!/bin/bash
hub=branch
/usr/local/vpnserver/vpncmd localhost /SERVER /ADMINHUB:$hub /CMD UserCreate lena /GROUP:none /REALNAME:Lena /NOTE:none
/usr/local/vpnserver/vpncmd localhost /SERVER /ADMINHUB:$hub /CMD UserPasswordSet lena /PASSWORD:${made.password(12)}
`,
  ),
  bad(
    "pre-shared key of a WireGuard peer through a process substitution",
    (made) => `#!/bin/bash
ip link add wg0 type wireguard
wg set wg0 listen-port 51820 private-key /etc/wireguard/private.key
wg set wg0 peer "$(cat /etc/wireguard/peer.pub)" preshared-key <(echo ${made.base64(32)}) allowed-ips 10.66.0.2/32
ip link set wg0 up
`,
  ),
  bad(
    "proxy address whose login is base64",
    (made) => `#!/bin/bash
nohup sslocal -b 127.0.0.1:1080 --server-url "ss://${b64(`chacha20-ietf-poly1305:${made.password()}`).replaceAll("=", "")}@proxy.example.net:8388#relay" >/dev/null 2>&1 &
`,
  ),
  bad(
    "user mapping of a remote desktop gateway",
    (made) => `#!/bin/bash
cat <<'XML' | tee /etc/guacamole/user-mapping.xml
<user-mapping>
  <authorize username="helpdesk" password="${made.password(12)}">
    <connection name="jump">
      <protocol>ssh</protocol>
      <param name="hostname">10.4.0.10</param>
      <param name="port">22</param>
    </connection>
  </authorize>
</user-mapping>
XML
systemctl restart guacd tomcat9
`,
  ),
  bad(
    "terminal in the browser with a port and a login",
    (made) => `#!/bin/bash
snap install ttyd --classic
systemd-run --unit=webterm ttyd -p 7681 -i lo -c admin:${made.weak()} bash -l
`,
  ),
  bad(
    "editor in the browser with its password in YAML",
    (made) => `#!/bin/bash
sudo -u ubuntu mkdir -p /home/ubuntu/.config/code-server
printf 'bind-addr: 127.0.0.1:8080\\nauth: password\\npassword: %s\\ncert: false\\n' '${made.hex(24)}' > /home/ubuntu/.config/code-server/config.yaml
chown -R ubuntu: /home/ubuntu/.config
systemctl enable --now code-server@ubuntu
`,
  ),
  bad(
    "root password set in a mounted system",
    (made) => `#!/bin/bash
mount /dev/nvme1n1p1 /mnt
for d in dev proc sys; do mount --bind /$d /mnt/$d; done
echo "root:${made.password()}" | chroot /mnt chpasswd
umount -R /mnt
`,
  ),
  bad(
    "one literal for all users of a loop",
    (made) => `#!/bin/bash
for u in anna bruno carla dmitri; do
  id "$u" &>/dev/null || useradd -m -s /bin/bash "$u"
  echo "$u:${made.weak()}" | chpasswd   # they change it at the first login
  chage -d 0 "$u"
done
`,
  ),
  bad(
    "FreeBSD user through a file descriptor",
    (made) => `#!/bin/sh
echo '${made.password(14)}' | pw useradd ops -m -s /bin/sh -G wheel -h 0
sysrc sshd_enable=YES
`,
  ),
  bad(
    "account of a Mac for remote desktop",
    (made) => `#!/bin/zsh
sudo dscl . -passwd /Users/ec2-user '${made.symbols(14)}'
sudo /System/Library/CoreServices/RemoteManagement/ARDAgent.app/Contents/Resources/kickstart -activate -configure -access -on -restart -agent -privs -all
`,
  ),
  bad(
    "key chain of a Mac unlocked for a build",
    (made) => `#!/bin/bash
su - ec2-user <<'EOF'
security unlock-keychain -p ${made.weak()} ~/Library/Keychains/login.keychain-db
security set-keychain-settings -t 7200 -u ~/Library/Keychains/login.keychain-db
xcodebuild -version
EOF
`,
  ),
  bad(
    "new password of a directory user as an option",
    (made) => `#!/bin/bash
ldappasswd -Q -Y EXTERNAL -H ldapi:/// -s '${made.symbols(16)}' "uid=svc-mail,ou=people,dc=example,dc=internal"
`,
  ),
  good(
    "VPN servers with generated and fetched passwords",
    () => `#!/bin/bash
NEW=$(openssl rand -base64 15)
/usr/local/openvpn_as/scripts/sacli --user openvpn --new_pass "$NEW" SetLocalPassword
/usr/local/openvpn_as/scripts/sacli --user openvpn --key prop_autologin --value false UserPropPut
/usr/local/vpnserver/vpncmd localhost /SERVER /PASSWORD:"$NEW" /CMD ServerStatusGet
aws ssm put-parameter --name /vpn/admin --type SecureString --overwrite --value "$NEW"
`,
  ),
  good(
    "pre-shared key of WireGuard made on the machine",
    (made) => `#!/bin/bash
umask 077
wg genkey | tee /etc/wireguard/private.key | wg pubkey > /etc/wireguard/public.key
wg genpsk > /etc/wireguard/psk
wg set wg0 private-key /etc/wireguard/private.key peer ${Buffer.from(made.digest(), "hex").toString("base64")} preshared-key /etc/wireguard/psk allowed-ips 10.66.0.2/32 persistent-keepalive 25
`,
  ),
  good(
    "web terminals without a login of their own",
    () => `#!/bin/bash
systemd-run --unit=webterm ttyd -p 7681 -i lo -H X-Forwarded-User -c "$TTYD_LOGIN" login
cat > /home/ubuntu/.config/code-server/config.yaml <<'EOF'
bind-addr: 127.0.0.1:8080
auth: none
cert: false
EOF
cat > /etc/guacamole/guacamole.properties <<'EOF'
guacd-hostname: localhost
ldap-username-attribute: uid
ldap-user-base-dn: ou=people,dc=example,dc=internal
enable-environment-properties: true
EOF
`,
  ),
  good(
    "mounted system with a locked root",
    () => `#!/bin/bash
mount /dev/nvme1n1p1 /mnt
chroot /mnt passwd -l root
chroot /mnt usermod -p '!' ubuntu
echo "ops:$OPS_PW" | chroot /mnt chpasswd
rm -f /mnt/root/.ssh/authorized_keys /mnt/etc/shadow- /mnt/etc/ssh/ssh_host_*_key
`,
  ),
  good(
    "loop of users with a random password each",
    () => `#!/bin/bash
for u in anna bruno carla; do
  useradd -m "$u"
  p=$(openssl rand -base64 12)
  echo "$u:$p" | chpasswd && chage -d 0 "$u"
  aws secretsmanager create-secret --name "login/$u" --secret-string "$p" >/dev/null
done
`,
  ),
  good(
    "FreeBSD users without a chosen password",
    () => `#!/bin/sh
pw useradd ops -m -s /bin/sh -G wheel -w no
pw useradd batch -m -s /usr/sbin/nologin -h -
pw useradd intern -m -w random
pw usermod ec2-user -p +90d
pw lock toor
`,
  ),
  good(
    "accounts of a Mac that ask or are locked",
    () => `#!/bin/zsh
sudo dscl . -create /Users/ci
sudo dscl . -create /Users/ci Password '*'
sudo dscl . -passwd /Users/ec2-user "$(aws secretsmanager get-secret-value --secret-id mac/vnc --query SecretString --output text)"
sudo sysadminctl -addUser intern -fullName Intern -password - -adminUser ec2-user -adminPassword -
sudo pwpolicy -getaccountpolicies
`,
  ),
  good(
    "key chain of a Mac with a password of this boot",
    (made) => `#!/bin/bash
KC_PASS=$(uuidgen)
security create-keychain -p "$KC_PASS" build.keychain
security unlock-keychain -p "$KC_PASS" build.keychain
security set-key-partition-list -S apple-tool:,apple: -s -k "$KC_PASS" build.keychain
security find-generic-password -s signing -w build.keychain
codesign --sign ${made.digest("sha1").toUpperCase()} --keychain build.keychain /srv/out/App.app
`,
  ),
  good(
    "directory passwords that are asked for or generated by the server",
    () => `#!/bin/bash
ldappasswd -Q -Y EXTERNAL -H ldapi:/// "uid=svc-mail,ou=people,dc=example,dc=internal"
ldappasswd -Q -Y EXTERNAL -H ldapi:/// -T /run/ldap/new "uid=svc-web,ou=people,dc=example,dc=internal"
ldappasswd -H ldaps://ldap.example.internal -D "cn=admin,dc=example,dc=internal" -W -S "uid=anna,ou=people,dc=example,dc=internal"
`,
  ),
  // Configurations of appliances, which no first line marks
  bad(
    "secret of a user of a router",
    (made) => `Section: IOS configuration
hostname csr1
username admin privilege 15 secret ${made.password(14)}
ip ssh version 2
`,
  ),
  bad(
    "lines of IOS in variables",
    (made) => `ios-config-1="username admin privilege 15 secret ${made.password(14)}"
ios-config-2="ip ssh version 2"
`,
  ),
  bad(
    "pre-shared key of a router",
    (made) => `hostname csr1
crypto isakmp key ${made.password(20)} address 0.0.0.0
`,
  ),
  good(
    "router with public keys and rules for passwords",
    (made) => `Section: IOS configuration
hostname csr1
aaa new-model
service password-encryption
security passwords min-length 14
ip ssh pubkey-chain
 username admin
  key-hash ssh-rsa ${made.digest("md5").toUpperCase()}
crypto key generate rsa modulus 4096
`,
  ),
  bad(
    "administrator of a load balancer",
    (made) => `#!/bin/bash
tmsh modify auth user admin password '${made.symbols()}' shell bash
tmsh save sys config
`,
  ),
  bad(
    "password of a target by name and value",
    (made) => `#!/bin/bash
iscsiadm -m node -T iqn.2024-01.internal.san:vol1 --op=update --name node.session.auth.password --value=${made.password(12)}
`,
  ),
  good(
    "settings of a target by name and value",
    () => `#!/bin/bash
iscsiadm -m node -T iqn.2024-01.internal.san:vol1 --op=update --name node.session.auth.authmethod --value=None
iscsiadm -m node -T iqn.2024-01.internal.san:vol1 --op=update --name node.session.auth.password --value="$CHAP_SECRET"
`,
  ),
  bad(
    "identity of a node of ZeroTier",
    (made) => `#!/bin/bash
echo "${made.digest("md5").slice(0, 10)}:0:${made.digest("sha512")}:${made.hex(128)}" > /var/lib/zerotier-one/identity.secret
`,
  ),
  good(
    "public identity of a node of ZeroTier",
    (made) => `#!/bin/bash
echo "${made.digest("md5").slice(0, 10)}:0:${made.digest("sha512")}" > /var/lib/zerotier-one/identity.public
`,
  ),
  bad(
    "account that prosodyctl registers",
    (made) => `#!/bin/bash
prosodyctl register focus auth.meet.example.com ${made.password()}
`,
  ),
  good(
    "account that prosodyctl registers with a value made at boot",
    () => `#!/bin/bash
prosodyctl register focus auth.meet.example.com "$(openssl rand -hex 16)"
`,
  ),
  bad(
    "token of a connector that runs a tunnel",
    (made) => `#!/bin/bash
cloudflared service install ${made.base64(90)}
`,
  ),
  bad(
    "key of a connector in a file of its own",
    (made) => `#!/bin/bash
echo "${made.base64(180)}" > /opt/zscaler/var/provision_key
`,
  ),
  good(
    "key of a connector that is fetched",
    () => `#!/bin/bash
aws ssm get-parameter --name /zpa/key --with-decryption --query Parameter.Value --output text > /opt/zscaler/var/provision_key
`,
  ),
];
