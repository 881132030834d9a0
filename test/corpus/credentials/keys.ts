import { b64, bad, good, type Case } from "../corpus";
import { BASE32, ciphertext, opaque, PRIVATE_BLOCK, publicBytes, UPPER_DIGITS } from "../forms";

/** Keys, seeds, cookies and tokens. */
export const keys: readonly Case[] = [
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

  // Keys

  bad(
    "private key of a service provider without its frame",
    (made) => `#!/bin/bash
cat > /srv/portal/saml.php <<'PHP'
<?php
return [
  'sp' => [
    'entityId' => 'https://portal.example.com/saml/metadata',
    'x509cert' => '',
    'privateKey' => '${made.privateKey("rsa").replaceAll(/-----[^-]+-----|\n/g, "")}',
  ],
];
PHP
`,
  ),
  bad(
    "private key printed as a list of lines",
    (made) => `#!/bin/bash
umask 077
printf '%s\\n' ${made
      .privateKey("ec")
      .split("\n")
      .map((line) => `'${line}'`)
      .join(" \\\n  ")} > /etc/ssl/private/api.key
systemctl reload nginx
`,
  ),
  bad(
    "private half of a zone signing key",
    (made) => `#!/bin/bash
cat > /etc/bind/keys/Kexample.com.+013+34505.private <<'EOF'
Private-key-format: v1.3
Algorithm: 13 (ECDSAP256SHA256)
PrivateKey: ${made.base64(32)}
Created: 20240503101500
Publish: 20240503101500
EOF
chown bind: /etc/bind/keys/*
`,
  ),
  bad(
    "file with the pass phrases of server keys",
    (made) => `#!/bin/bash
echo ${made.phrase()} > /etc/nginx/tls.pass
chmod 400 /etc/nginx/tls.pass
cat > /etc/nginx/conf.d/tls.conf <<'EOF'
ssl_certificate     /etc/ssl/api.crt;
ssl_certificate_key /etc/ssl/api.key;
ssl_password_file   /etc/nginx/tls.pass;
EOF
`,
  ),
  good(
    "certificate of a service provider without its frame",
    (made) => `#!/bin/bash
cat > /srv/portal/saml.php <<'PHP'
<?php
return [
  'sp' => [
    'entityId' => 'https://portal.example.com/saml/metadata',
    'privateKey' => file_get_contents('/run/portal/sp.key'),
  ],
  'idp' => [
    'entityId' => 'https://login.example.com/saml',
    'x509cert' => '${made.certificate().replaceAll(/-----[^-]+-----|\n/g, "")}',
    'certFingerprint' => '${made.digest("sha1")}',
  ],
  'security' => ['requestedAuthnContext' => ['urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport']],
];
PHP
`,
  ),
  good(
    "public key printed as a list of lines",
    (made) => `#!/bin/bash
printf '%s\\n' ${made
      .publicKey()
      .split("\n")
      .map((line) => `'${line}'`)
      .join(" \\\n  ")} > /etc/app/jwt-verify.pem
`,
  ),
  good(
    "pass phrases of server keys in memory",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id tls/passphrase --query SecretString --output text > /run/nginx-tls.pass
cat > /etc/nginx/conf.d/tls.conf <<'EOF'
ssl_certificate         /etc/ssl/api.crt;
ssl_certificate_key     /etc/ssl/api.key;
ssl_password_file       /run/nginx-tls.pass;
ssl_session_ticket_key  /run/nginx-ticket.key;
ssl_session_tickets     off;
EOF
openssl rand 80 > /run/nginx-ticket.key
`,
  ),
  good(
    "private key checked and moved without its text",
    () => `#!/bin/bash
KEY=/etc/ssl/private/api.key
aws secretsmanager get-secret-value --secret-id tls/api --query SecretString --output text > "$KEY"
if ! head -1 "$KEY" | grep -q -- '-----BEGIN PRIVATE KEY-----'; then echo "no private key in $KEY" >&2; exit 1; fi
diff <(openssl pkey -in "$KEY" -pubout) <(openssl x509 -in /etc/ssl/api.crt -noout -pubkey)
awk '/-----BEGIN CERTIFICATE-----/{n++} {print > ("/tmp/chain-" n ".pem")}' /etc/ssl/fullchain.pem
`,
  ),
  good(
    "key store tools with modifiers of options",
    () => `#!/bin/bash
export KS_PW=$(openssl rand -hex 16)
keytool -genkeypair -alias api -keyalg EC -groupname secp256r1 -dname CN=api -storetype PKCS12 -keystore /srv/api.p12 -storepass:env KS_PW -keypass:env KS_PW
keytool -importcert -noprompt -alias corp -file /etc/pki/corp.pem -keystore /srv/trust.p12 -storepass:file /run/trust-pass
keytool -list -cacerts -storepass:env KS_PW | grep -c trustedCertEntry
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
  // Files of one key, and public keys under other names
  bad(
    "key of Slurm's tokens in a file of its own",
    (made) => `#!/bin/bash
printf '%s' '${made.hex(64)}' > /var/spool/slurm/jwt_hs256.key
`,
  ),
  good(
    "files of keys that everybody may have",
    (made) => `#!/bin/bash
echo '${publicBytes(made)}' > /etc/wireguard/peer.pub.key
echo 'ssh-ed25519 ${publicBytes(made)}' > /etc/ssh/host.key
export VALIDATOR_PUBKEY=0x${made.digest()} VERIFY_KEY=${publicBytes(made)}
`,
  ),
  bad(
    "static tokens of a cluster",
    (made) => `#cloud-config
write_files:
  - path: /etc/kubernetes/tokens.csv
    content: |
      ${made.hex(32)},admin,1,"system:masters"
`,
  ),
];
