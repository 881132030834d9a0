import { b64, bad, good, type Case } from "../corpus";
import { publicBytes, ZBASE32 } from "../forms";

/** Web servers, proxies, mail and directories. */
export const servers: readonly Case[] = [
  // Web servers and proxies

  bad(
    "htpasswd in batch mode",
    (made) => `#!/bin/bash
yum install -y httpd httpd-tools
htpasswd -bcB /etc/httpd/.htpasswd editor '${made.symbols(14)}'
systemctl enable --now httpd
`,
  ),
  bad(
    "openssl passwd of a literal for nginx",
    (made) => `#!/bin/bash
printf 'ops:%s\\n' "$(openssl passwd -apr1 ${made.weak()})" > /etc/nginx/htpasswd
`,
  ),
  bad(
    "upstream credential in an nginx header",
    (made) => `#!/bin/bash
cat > /etc/nginx/conf.d/metrics.conf <<'EOF'
server {
  listen 9100;
  location / {
    proxy_pass https://metrics.example.internal;
    proxy_set_header Authorization "Basic ${b64(`scraper:${made.password(12)}`)}";
  }
}
EOF
nginx -t && systemctl reload nginx
`,
  ),
  bad(
    "statistics page of HAProxy",
    (made) => `#!/bin/bash
cat >> /etc/haproxy/haproxy.cfg <<'EOF'

listen stats
  bind :9000
  mode http
  stats enable
  stats uri /
  stats auth ops:${made.weak()}
EOF
systemctl reload haproxy
`,
  ),
  bad(
    "user list of a Traefik middleware",
    (made) => `#!/bin/bash
cat > /etc/traefik/dynamic.toml <<'EOF'
[http.middlewares.dash.basicAuth]
  users = ["ops:$2y$05$${made.token(53)}"]
EOF
`,
  ),
  bad(
    "Squid logs in to its parent",
    (made) => `#!/bin/bash
echo 'cache_peer parent.example.internal parent 3128 0 no-query default login=edge7:${made.password()}' >> /etc/squid/squid.conf
squid -k reconfigure
`,
  ),
  bad(
    "Caddy basic authentication",
    (made) => `#!/bin/bash
cat > /etc/caddy/Caddyfile <<'EOF'
docs.example.com {
	basic_auth /internal/* {
		editor $2a$14$${made.token(53)}
	}
	reverse_proxy localhost:3000
}
EOF
`,
  ),
  bad(
    "Tomcat manager user",
    (made) => `#!/bin/bash
cat > /opt/tomcat/conf/tomcat-users.xml <<'XML'
<tomcat-users xmlns="http://tomcat.apache.org/xml">
  <role rolename="manager-gui"/>
  <user username="deployer" password="${made.word()}" roles="manager-gui,manager-script"/>
</tomcat-users>
XML
systemctl restart tomcat
`,
  ),
  bad(
    "WildFly management user",
    (made) => `#!/bin/bash
/opt/wildfly/bin/add-user.sh -s -u ops -p '${made.symbols(15)}' -g ManagementRealm
`,
  ),
  bad(
    "WebLogic boot identity",
    (made) => `#!/bin/bash
mkdir -p /u01/domains/base/servers/AdminServer/security
{
  echo "username=weblogic"
  echo "password=${made.weak()}"
} > /u01/domains/base/servers/AdminServer/security/boot.properties
`,
  ),
  bad(
    "key store of a Tomcat connector",
    (made) => `#!/bin/bash
sed -i 's#</Service>#<Connector port="8443" SSLEnabled="true"><SSLHostConfig><Certificate certificateKeystoreFile="conf/site.p12" certificateKeystorePassword="${made.password(12)}"/></SSLHostConfig></Connector></Service>#' /opt/tomcat/conf/server.xml
`,
  ),
  bad(
    "management secret of Varnish",
    (made) => `#!/bin/bash
echo ${made.uuidSecret()} > /etc/varnish/secret
chmod 600 /etc/varnish/secret
systemctl restart varnish
`,
  ),
  bad(
    "pre-shared key of stunnel",
    (made) => `#!/bin/bash
echo "edge1:${made.hex(64)}" > /etc/stunnel/psk.txt
cat > /etc/stunnel/redis.conf <<'EOF'
[redis]
client = yes
accept = 127.0.0.1:6379
connect = cache.example.internal:6380
ciphers = PSK
PSKsecrets = /etc/stunnel/psk.txt
EOF
`,
  ),
  bad(
    "tinyproxy with basic authentication",
    (made) => `#!/bin/bash
apt-get install -y tinyproxy
printf '%s\\n' 'Port 8888' 'Allow 10.0.0.0/8' 'BasicAuth crawler ${made.password(12)}' >> /etc/tinyproxy/tinyproxy.conf
`,
  ),
  bad(
    "Shadowsocks server",
    (made) => `#!/bin/bash
jq -n --arg p '${made.base64(16)}' '{server:"0.0.0.0",server_port:8388,method:"2022-blake3-aes-128-gcm",password:$p}' > /etc/shadowsocks/config.json
`,
  ),
  bad(
    "cookie secret of oauth2-proxy",
    (made) => `#!/bin/bash
cat > /etc/oauth2-proxy.cfg <<'EOF'
provider = "oidc"
oidc_issuer_url = "https://sso.example.com/realms/main"
client_id = "grafana"
client_secret_file = "/run/secrets/oidc"
cookie_secret = "${made.base64url(32)}"
email_domains = ["example.com"]
EOF
`,
  ),
  bad(
    "kcadm logs in as the administrator",
    (made) => `#!/bin/bash
/opt/keycloak/bin/kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin --password ${made.word()}
/opt/keycloak/bin/kcadm.sh create realms -s realm=shop -s enabled=true
`,
  ),
  good(
    "htpasswd reads the password from standard input",
    () => `#!/bin/bash
aws ssm get-parameter --name /site/editor --with-decryption --query Parameter.Value --output text | htpasswd -i -B -c /etc/nginx/htpasswd editor
chown root:nginx /etc/nginx/htpasswd && chmod 640 /etc/nginx/htpasswd
`,
  ),
  good(
    "htpasswd with a generated password",
    () => `#!/bin/bash
printf 'ops:%s\\n' "$(openssl rand -base64 18 | tee /root/ops.pw | openssl passwd -apr1 -stdin)" > /etc/nginx/htpasswd
`,
  ),
  good(
    "nginx passes the header of the client on",
    () => `#!/bin/bash
cat > /etc/nginx/conf.d/api.conf <<'EOF'
proxy_cache_path /var/cache/nginx keys_zone=auth:10m inactive=60m;
limit_req_zone $binary_remote_addr zone=login:10m rate=5r/m;
server {
  listen 443 ssl;
  ssl_certificate /etc/ssl/site.crt;
  ssl_certificate_key /etc/ssl/private/site.key;
  ssl_session_ticket_key /etc/ssl/private/ticket.key;
  location /api/ {
    auth_request /auth;
    auth_request_set $token $upstream_http_x_token;
    proxy_set_header Authorization $http_authorization;
    proxy_set_header X-Api-Key $http_x_api_key;
    proxy_cache_key "$scheme$request_method$host$request_uri$http_authorization";
    proxy_pass http://127.0.0.1:8080;
  }
}
EOF
`,
  ),
  good(
    "nginx basic authentication by file",
    () => `#!/bin/bash
cat > /etc/nginx/snippets/auth.conf <<'EOF'
auth_basic "Password required";
auth_basic_user_file /etc/nginx/htpasswd;
satisfy any;
allow 10.0.0.0/8;
deny all;
EOF
`,
  ),
  good(
    "content security policy with hashes",
    (made) => `#!/bin/bash
cat > /etc/nginx/conf.d/headers.conf <<'EOF'
add_header Content-Security-Policy "default-src 'self'; script-src 'self' 'sha256-${publicBytes(made)}' 'nonce-$request_id'; report-uri /csp" always;
add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
EOF
`,
  ),
  good(
    "HAProxy takes its passwords from the environment",
    () => `#!/bin/bash
cat > /etc/haproxy/conf.d/stats.cfg <<'EOF'
userlist ops
  user admin insecure-password "\${STATS_PASSWORD}"
listen stats
  bind :9000
  stats enable
  stats auth "\${STATS_USER}:\${STATS_PASSWORD}"
backend api
  stick-table type string len 40 size 1m expire 30m
  stick on cookie(JSESSIONID)
  http-request set-header X-Auth-Token %[req.hdr(Authorization)]
EOF
`,
  ),
  good(
    "Traefik with a users file",
    () => `#!/bin/bash
cat > /etc/traefik/dynamic.yml <<'EOF'
http:
  middlewares:
    dash-auth:
      basicAuth:
        usersFile: /etc/traefik/users
        removeHeader: true
    strip:
      headers:
        customRequestHeaders: { X-Api-Key: "" }
tls:
  certificates:
    - certFile: /etc/traefik/site.crt
      keyFile: /etc/traefik/site.key
EOF
`,
  ),
  good(
    "Squid asks its users",
    () => `#!/bin/bash
cat > /etc/squid/conf.d/auth.conf <<'EOF'
auth_param basic program /usr/lib64/squid/basic_ncsa_auth /etc/squid/passwd
auth_param basic children 5 startup=2
auth_param basic realm Proxy
auth_param basic credentialsttl 2 hours
acl known proxy_auth REQUIRED
http_access allow known
cache_peer parent.example.internal parent 3128 0 no-query default login=PASSTHRU
EOF
`,
  ),
  good(
    "Envoy refers to secrets by name",
    () => `#!/bin/bash
cat > /etc/envoy/envoy.yaml <<'EOF'
static_resources:
  listeners:
    - name: https
      filter_chains:
        - transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              common_tls_context:
                tls_certificate_sds_secret_configs:
                  - name: server_cert
                    sds_config: { path_config_source: { path: /etc/envoy/sds/server.yaml } }
          filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                http_filters:
                  - name: envoy.filters.http.local_ratelimit
                    typed_config: { token_bucket: { max_tokens: 100, tokens_per_fill: 10, fill_interval: 1s } }
EOF
`,
  ),
  good(
    "Caddy reads a hash from the environment",
    () => `#!/bin/bash
install -d /etc/systemd/system/caddy.service.d
printf '[Service]\\nEnvironmentFile=/run/caddy.env\\n' > /etc/systemd/system/caddy.service.d/env.conf
cat > /etc/caddy/Caddyfile <<'EOF'
docs.example.com {
	basic_auth /internal/* {
		editor {env.EDITOR_HASH}
	}
	reverse_proxy localhost:3000
}
EOF
`,
  ),
  good(
    "Apache protects a directory",
    () => `#!/bin/bash
cat > /etc/httpd/conf.d/private.conf <<'EOF'
SSLPassPhraseDialog exec:/usr/local/bin/httpd-passphrase
SSLCertificateKeyFile /etc/pki/tls/private/site.key
SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1
RewriteRule ^/password-reset/([a-f0-9]{40})$ /reset.php?token=$1 [L]
<Directory "/var/www/private">
  AuthType Basic
  AuthName "Secret area"
  AuthUserFile /etc/httpd/.htpasswd
  Require valid-user
</Directory>
EOF
`,
  ),
  good(
    "Tomcat users from system properties",
    () => `#!/bin/bash
cat > /opt/tomcat/conf/tomcat-users.xml <<'XML'
<tomcat-users>
  <role rolename="manager-script"/>
  <user username="deployer" password="\${MANAGER_PASSWORD}" roles="manager-script"/>
</tomcat-users>
XML
echo 'JAVA_OPTS="-Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource"' >> /opt/tomcat/bin/setenv.sh
`,
  ),
  good(
    "Varnish secret made at boot",
    () => `#!/bin/bash
uuidgen > /etc/varnish/secret
chmod 600 /etc/varnish/secret
sed -i 's#^ExecStart=.*#ExecStart=/usr/sbin/varnishd -a :6081 -S /etc/varnish/secret -s malloc,1g -f /etc/varnish/default.vcl#' /etc/systemd/system/varnish.service
`,
  ),
  good(
    "cache key of a VCL file",
    () => `#!/bin/bash
cat > /etc/varnish/default.vcl <<'VCL'
vcl 4.1;
sub vcl_hash {
  hash_data(req.url);
  if (req.http.Authorization) { hash_data(req.http.Authorization); }
}
sub vcl_recv {
  if (req.http.Cookie ~ "session_token") { return (pass); }
  unset req.http.X-Secret;
}
VCL
`,
  ),
  good(
    "proxy addresses without a user",
    () => `#!/bin/bash
cat >> /etc/environment <<'EOF'
http_proxy=http://proxy.example.internal:3128
https_proxy=http://proxy.example.internal:3128
no_proxy=169.254.169.254,localhost,.example.internal,10.0.0.0/8
EOF
`,
  ),
  good(
    "proxy password from a secret in a long script",
    () => `#!/bin/bash
set -euo pipefail
exec > >(tee -a /var/log/bootstrap.log) 2>&1
export AWS_DEFAULT_REGION=eu-west-1
systemctl disable --now firewalld || true
PROXY_SECRET_ID=prod/egress-proxy
read -r PROXY_USER PROXY_PASS < <(aws secretsmanager get-secret-value --secret-id "$PROXY_SECRET_ID" --query SecretString --output text | jq -r '[.username,.password]|@tsv')
export https_proxy="http://$PROXY_USER:$PROXY_PASS@proxy.example.internal:3128"
yum update -y
unset https_proxy PROXY_PASS
echo "updates applied"
`,
  ),
  good(
    "secrets of oauth2-proxy as files",
    () => `#!/bin/bash
python3 -c 'import os,base64; print(base64.urlsafe_b64encode(os.urandom(32)).decode())' > /run/secrets/cookie
cat > /etc/oauth2-proxy.cfg <<'EOF'
provider = "oidc"
client_id = "grafana"
client_secret_file = "/run/secrets/oidc"
cookie_secret_file = "/run/secrets/cookie"
cookie_name = "_oauth2_proxy"
pass_access_token = true
set_authorization_header = true
EOF
`,
  ),
  good(
    "OpenID Connect settings that are public",
    (made) => `#!/bin/bash
cat > /etc/app/oidc.json <<'JSON'
{
  "issuer": "https://sso.example.com/realms/main",
  "client_id": "${made.uuid()}",
  "token_endpoint": "https://sso.example.com/realms/main/protocol/openid-connect/token",
  "token_endpoint_auth_method": "private_key_jwt",
  "jwks_uri": "https://sso.example.com/realms/main/protocol/openid-connect/certs",
  "id_token_signing_alg_values_supported": ["RS256"],
  "access_token_lifetime": 900
}
JSON
`,
  ),

  // Mail

  bad(
    "relay credentials of Postfix",
    (made) => `#!/bin/bash
postconf -e 'relayhost = [smtp.example.com]:587' 'smtp_sasl_auth_enable = yes' 'smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd'
echo '[smtp.example.com]:587 alerts@example.com:${made.password()}' > /etc/postfix/sasl_passwd
postmap /etc/postfix/sasl_passwd && systemctl restart postfix
`,
  ),
  bad(
    "msmtp configuration in home",
    (made) => `#!/bin/bash
cat > /root/.msmtprc <<'EOF'
account default
host smtp.example.com
port 587
auth on
tls on
user mailer
password ${made.weak()}
from mailer@example.com
EOF
chmod 600 /root/.msmtprc
`,
  ),
  bad(
    "client passwords of Exim",
    (made) => `#!/bin/bash
echo '*.example.com:relay:${made.password(12)}' >> /etc/exim4/passwd.client
update-exim4.conf
`,
  ),
  bad(
    "authinfo map of sendmail",
    (made) => `#!/bin/bash
mkdir -p -m 700 /etc/mail/authinfo
echo 'AuthInfo:smtp.example.com "U:root" "I:mailer" "P:${made.password()}"' > /etc/mail/authinfo/smtp-auth
makemap hash /etc/mail/authinfo/smtp-auth < /etc/mail/authinfo/smtp-auth
`,
  ),
  bad(
    "fetchmail polls a mailbox",
    (made) => `#!/bin/bash
cat > /etc/fetchmailrc <<'EOF'
set daemon 300
poll imap.example.com protocol IMAP
  user "tickets" there with password "${made.password()}" is "rt" here ssl
EOF
`,
  ),
  bad(
    "test message sent with swaks",
    (made) => `#!/bin/bash
swaks --to ops@example.com --from "$(hostname)@example.com" --server smtp.example.com:587 -tls --auth LOGIN --auth-user boot --auth-password ${made.password(14)} --h-Subject "up"
`,
  ),
  bad(
    "LDAP bind of Dovecot",
    (made) => `#!/bin/bash
cat > /etc/dovecot/dovecot-ldap.conf.ext <<'EOF'
hosts = ldap.example.internal
dn = cn=dovecot,ou=services,dc=example,dc=internal
dnpass = ${made.password()}
base = ou=people,dc=example,dc=internal
EOF
`,
  ),
  bad(
    "signing key of OpenDKIM",
    (made) => `#!/bin/bash
mkdir -p /etc/opendkim/keys/example.com
cat > /etc/opendkim/keys/example.com/mail.private <<'EOF'
${made.privateKey("rsa", "pkcs1")}
EOF
chown -R opendkim: /etc/opendkim/keys
`,
  ),
  bad(
    "controller password of Rspamd",
    (made) => `#!/bin/bash
echo 'password = "$2$${made.digest("md5")}$${made.token(52, ZBASE32)}";' > /etc/rspamd/local.d/worker-controller.inc
`,
  ),
  good(
    "Postfix settings without the map",
    () => `#!/bin/bash
postconf -e 'relayhost = [smtp.example.com]:587' \\
  'smtp_sasl_auth_enable = yes' \\
  'smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd' \\
  'smtp_sasl_security_options = noanonymous' \\
  'smtp_tls_key_file = /etc/postfix/tls.key'
aws ssm get-parameter --name /mail/sasl --with-decryption --query Parameter.Value --output text > /etc/postfix/sasl_passwd
postmap /etc/postfix/sasl_passwd
`,
  ),
  good(
    "msmtp evaluates a command for its password",
    () => `#!/bin/bash
cat > /etc/msmtprc <<'EOF'
defaults
auth on
tls on
account default
host smtp.example.com
user mailer
passwordeval "aws ssm get-parameter --name /mail/mailer --with-decryption --query Parameter.Value --output text"
EOF
`,
  ),
  good(
    "schemes and drivers of Dovecot",
    () => `#!/bin/bash
cat > /etc/dovecot/conf.d/10-auth.conf <<'EOF'
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_username_format = %Ln
passdb {
  driver = passwd-file
  args = scheme=SHA512-CRYPT username_format=%u /etc/dovecot/users
}
userdb { driver = passwd }
default_pass_scheme = SHA512-CRYPT
EOF
`,
  ),
  good(
    "public half of a DKIM key in DNS",
    (made) => `#!/bin/bash
cat > /etc/nsd/zones/example.com.zone <<'EOF'
mail._domainkey IN TXT "v=DKIM1; k=rsa; p=${made.publicKey().split("\n").slice(1, -1).join("")}"
_dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
EOF
`,
  ),
  good(
    "OpenDKIM makes its key",
    () => `#!/bin/bash
opendkim-genkey -b 2048 -d example.com -D /etc/opendkim/keys -s "$(date +%Y%m)"
echo "mail._domainkey.example.com example.com:mail:/etc/opendkim/keys/mail.private" > /etc/opendkim/KeyTable
echo "*@example.com mail._domainkey.example.com" > /etc/opendkim/SigningTable
`,
  ),
  good(
    "swaks takes the password from a command",
    () => `#!/bin/bash
swaks --to ops@example.com --server smtp.example.com:587 -tls --auth LOGIN --auth-user boot --auth-password "$(cat /run/secrets/smtp)" --h-Subject "Password rotation done on $(hostname)"
`,
  ),

  // Directories

  bad(
    "ldapadd binds with -w",
    (made) => `#!/bin/bash
cat > /tmp/ou.ldif <<EOF
dn: ou=hosts,dc=example,dc=internal
objectClass: organizationalUnit
ou: hosts
EOF
ldapadd -x -H ldaps://ldap.example.internal -D cn=admin,dc=example,dc=internal -w ${made.weak()} -f /tmp/ou.ldif
`,
  ),
  bad(
    "LDIF with a salted hash",
    (made) => `#!/bin/bash
ldapmodify -Y EXTERNAL -H ldapi:/// <<'LDIF'
dn: olcDatabase={2}mdb,cn=config
changetype: modify
replace: olcRootPW
olcRootPW: {SSHA}${made.base64(24)}
LDIF
`,
  ),
  bad(
    "bind password of SSSD",
    (made) => `#!/bin/bash
install -m 0600 /dev/stdin /etc/sssd/sssd.conf <<'EOF'
[sssd]
domains = corp
services = nss, pam
[domain/corp]
id_provider = ldap
ldap_uri = ldaps://ldap.example.internal
ldap_search_base = dc=example,dc=internal
ldap_default_bind_dn = uid=sssd,ou=services,dc=example,dc=internal
ldap_default_authtok = ${made.password()}
EOF
systemctl enable --now sssd
`,
  ),
  bad(
    "realm join with the password on standard input",
    (made) => `#!/bin/bash
yum install -y sssd realmd oddjob oddjob-mkhomedir adcli samba-common-tools
echo '${made.symbols(16)}' | realm join -U svc-join --computer-ou='OU=Linux,DC=corp,DC=example,DC=com' corp.example.com
`,
  ),
  bad(
    "net ads join with a percent sign",
    (made) => `#!/bin/bash
net ads join -U 'joiner%${made.password(13)}' createcomputer='Servers/Linux'
`,
  ),
  bad(
    "FreeIPA client enrolled by a one-time password",
    (made) => `#!/bin/bash
ipa-client-install --unattended --domain=example.internal --server=ipa.example.internal --realm=EXAMPLE.INTERNAL --mkhomedir -w ${made.token(20)}
`,
  ),
  bad(
    "FreeIPA server installation",
    (made) => `#!/bin/bash
ipa-server-install -U -r EXAMPLE.INTERNAL -n example.internal --ds-password="$(cat /run/secrets/ds)" --admin-password='${made.password(14)}' --setup-dns --no-forwarders
`,
  ),
  bad(
    "principal added with a password",
    (made) => `#!/bin/bash
kadmin.local -q "addprinc -pw ${made.weak()} hdfs/$(hostname -f)@EXAMPLE.INTERNAL"
`,
  ),
  bad(
    "ktutil makes a keytab from a password",
    (made) => `#!/bin/bash
ktutil <<EOF
addent -password -p svc-etl@CORP.EXAMPLE.COM -k 1 -e aes256-cts-hmac-sha1-96
${made.password(18)}
wkt /etc/etl.keytab
quit
EOF
kinit -kt /etc/etl.keytab svc-etl@CORP.EXAMPLE.COM
`,
  ),
  bad(
    "keytab carried in base64",
    (made) => `#!/bin/bash
echo "BQIAAABP${made.base64(96)}" | base64 -d > /etc/krb5.keytab
chmod 600 /etc/krb5.keytab
systemctl restart sssd
`,
  ),
  bad(
    "directory manager of 389 Directory Server",
    (made) => `#!/bin/bash
cat > /root/instance.inf <<'INF'
[general]
config_version = 2
full_machine_name = ds.example.internal
[slapd]
instance_name = main
root_dn = cn=Directory Manager
root_password = ${made.weak()}
INF
dscreate from-file /root/instance.inf
`,
  ),
  bad(
    "RADIUS client secret",
    (made) => `#!/bin/bash
cat >> /etc/raddb/clients.conf <<'EOF'
client vpn {
  ipaddr = 10.8.0.0/24
  secret = ${made.password(22)}
  shortname = vpn
}
EOF
radiusd -XC && systemctl restart radiusd
`,
  ),
  bad(
    "RADIUS user with a clear-text password",
    (made) => `#!/bin/bash
sed -i '1i lab-switch Cleartext-Password := "${made.weak()}"' /etc/raddb/mods-config/files/authorize
`,
  ),
  good(
    "ldapsearch with a password file and with SASL",
    () => `#!/bin/bash
ldapsearch -x -D cn=reader,dc=example,dc=internal -y /run/secrets/ldap -b dc=example,dc=internal '(uid=ops)' userPassword pwdChangedTime
ldapwhoami -Y EXTERNAL -H ldapi:///
ldapmodify -Y GSSAPI -H ldaps://ldap.example.internal -f /opt/ldap/changes.ldif
`,
  ),
  good(
    "access rules and hash scheme of slapd",
    () => `#!/bin/bash
ldapmodify -Y EXTERNAL -H ldapi:/// <<'LDIF'
dn: olcDatabase={2}mdb,cn=config
changetype: modify
replace: olcAccess
olcAccess: {0}to attrs=userPassword,shadowLastChange by self write by anonymous auth by * none
olcAccess: {1}to * by users read
-
add: olcPasswordHash
olcPasswordHash: {SSHA512}
LDIF
`,
  ),
  good(
    "password policy entry of OpenLDAP",
    () => `#!/bin/bash
ldapadd -Y EXTERNAL -H ldapi:/// <<'LDIF'
dn: cn=default,ou=policies,dc=example,dc=internal
objectClass: pwdPolicy
objectClass: device
cn: default
pwdAttribute: userPassword
pwdMinLength: 14
pwdMaxAge: 7776000
pwdInHistory: 8
pwdLockout: TRUE
pwdMustChange: TRUE
LDIF
`,
  ),
  good(
    "root password hash of slapd computed at boot",
    () => `#!/bin/bash
HASH=$(slappasswd -h '{SSHA}' -T /run/secrets/slapd)
printf 'dn: olcDatabase={2}mdb,cn=config\\nchangetype: modify\\nreplace: olcRootPW\\nolcRootPW: %s\\n' "$HASH" | ldapmodify -Y EXTERNAL -H ldapi:///
`,
  ),
  good(
    "SSSD with a keytab",
    () => `#!/bin/bash
install -m 0600 /dev/stdin /etc/sssd/sssd.conf <<'EOF'
[sssd]
domains = corp.example.com
services = nss, pam, ssh
[pam]
pam_pwd_expiration_warning = 7
offline_credentials_expiration = 3
[domain/corp.example.com]
id_provider = ad
auth_provider = krb5
chpass_provider = ad
krb5_store_password_if_offline = True
krb5_keytab = /etc/krb5.keytab
ldap_sasl_mech = GSSAPI
ldap_user_ssh_public_key = altSecurityIdentities
EOF
`,
  ),
  good(
    "realm join with a fetched password",
    () => `#!/bin/bash
JOIN=$(aws secretsmanager get-secret-value --secret-id ad/join --query SecretString --output text)
jq -r .password <<< "$JOIN" | realm join --verbose --user="$(jq -r .username <<< "$JOIN")" --computer-ou="OU=Linux,DC=corp,DC=example,DC=com" corp.example.com
realm permit -g linux-admins@corp.example.com
`,
  ),
  good(
    "adcli join with a ticket",
    () => `#!/bin/bash
kinit -k -t /run/secrets/join.keytab svc-join@CORP.EXAMPLE.COM
adcli join --login-ccache --domain=corp.example.com --domain-ou='OU=Linux,DC=corp,DC=example,DC=com' --show-details
adcli testjoin
`,
  ),
  good(
    "FreeIPA client with a generated one-time password",
    () => `#!/bin/bash
OTP=$(aws lambda invoke --function-name ipa-enroll --payload "{\\"host\\":\\"$(hostname -f)\\"}" --cli-binary-format raw-in-base64-out /dev/stdout | jq -r '.otp // empty')
ipa-client-install --unattended --domain=example.internal --realm=EXAMPLE.INTERNAL --password "$OTP" --mkhomedir --force-join
`,
  ),
  good(
    "principals with random keys",
    () => `#!/bin/bash
kadmin.local -q "addprinc -randkey nfs/$(hostname -f)"
kadmin.local -q "ktadd -k /etc/krb5.keytab nfs/$(hostname -f)"
kadmin.local -q "addpol -maxlife 90days -minlength 14 -minclasses 3 -history 8 users"
kadmin.local -q "modprinc +needchange -policy users ops"
`,
  ),
  good(
    "Kerberos client settings",
    () => `#!/bin/bash
cat > /etc/krb5.conf <<'EOF'
[libdefaults]
 default_realm = CORP.EXAMPLE.COM
 default_keytab_name = FILE:/etc/krb5.keytab
 default_ccache_name = KEYRING:persistent:%{uid}
 ticket_lifetime = 10h
 permitted_enctypes = aes256-cts-hmac-sha384-192
[realms]
 CORP.EXAMPLE.COM = { kdc = dc1.corp.example.com  kpasswd_server = dc1.corp.example.com:464 }
EOF
`,
  ),
  good(
    "FreeRADIUS reads secrets from its environment",
    () => `#!/bin/bash
cat > /etc/raddb/clients.conf <<'EOF'
client vpn {
  ipaddr = 10.8.0.0/24
  secret = $ENV{RADIUS_SECRET}
  require_message_authenticator = yes
}
EOF
printf '[Service]\\nEnvironmentFile=/run/radius.env\\n' > /etc/systemd/system/radiusd.service.d/env.conf
`,
  ),
  bad(
    "keys of a cluster's heartbeat",
    (made) => `#!/bin/bash
cat > /etc/ha.d/authkeys <<'K'
auth 1
1 sha1 ${made.password()}
K
`,
  ),
  good(
    "keys of a cluster's heartbeat, made at boot",
    () => `#!/bin/bash
cat > /etc/ha.d/authkeys <<K
auth 1
1 sha1 $(openssl rand -hex 20)
2 crc
K
`,
  ),
  bad("Samba's password for its directory", (made) => `#!/bin/bash\nsmbpasswd -w '${made.password()}'\n`),
  good("Samba's password for its directory, fetched", () => `#!/bin/bash\nsmbpasswd -w "$LDAP_PASSWORD"\n`),
  bad(
    "a login for a mount of WebDAV",
    (made) =>
      `#!/bin/bash\nprintf '%s\\n%s\\n' svc '${made.password()}' | mount.davfs https://dav.example.com /mnt/dav\n`,
  ),
  good(
    "labels in a file of translations",
    () => `#!/bin/bash
cat > /srv/shop/i18n.properties <<'P'
login.password=Password
login.token=Security token
P
`,
  ),
  bad(
    "credential of a unit",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/app.service <<'EOF'
[Service]
SetCredential=database:${made.weak()}
ExecStart=/usr/bin/app
EOF
`,
  ),
  bad(
    "credential of a unit that runs once",
    (made) => `#!/bin/bash
systemd-run -p SetCredential=database:${made.weak()} /usr/bin/app
`,
  ),
  good(
    "credentials of units that are loaded, encrypted or made at boot",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/app.service <<EOF
[Service]
LoadCredential=database:/run/database
LoadCredentialEncrypted=mail:/etc/credstore.encrypted/mail
SetCredentialEncrypted=queue: k6iUCUh0RJCQyvL8k8q1UyAAAAABAAAADAAAABAAAAC${made.base64(18)}
SetCredential=cache:$CACHE_PASSWORD
SetCredential=host:%H
EOF
`,
  ),
  bad(
    "secret of a RADIUS server between its address and a time",
    (made) => `#!/bin/bash
cat > /etc/pam_radius_auth.conf <<EOF
# server[:port] shared_secret timeout
10.0.0.5:1812 ${made.weak()} 3
EOF
`,
  ),
  good(
    "secret of a RADIUS server from a variable",
    () => `#!/bin/bash
cat > /etc/pam_radius_auth.conf <<EOF
# server[:port] shared_secret timeout
10.0.0.5:1812 $RADIUS_SECRET 3
EOF
`,
  ),
  bad(
    "password of a proxy as an option",
    (made) => `#!/bin/bash
ss-server -s 0.0.0.0 -p 8388 -k ${made.weak()} -m aes-256-gcm -f /run/ss.pid
`,
  ),
  bad(
    "account of a chat server",
    (made) => `#!/bin/bash
prosodyctl register ops chat.acme.example ${made.weak()}
`,
  ),
  good(
    "commands of chat servers that take no password",
    () => `#!/bin/bash
prosodyctl cert generate chat.acme.example
ejabberdctl register ops chat.acme.example "$CHAT_PASSWORD"
ejabberdctl registered_users chat.acme.example
`,
  ),
  bad(
    "users of a message broker",
    (made) => `#!/bin/bash
cat > /opt/activemq/conf/users.properties <<'EOF'
admin=${made.weak()}
EOF
`,
  ),
];
