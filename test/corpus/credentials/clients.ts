import { b64, bad, good, type Case } from "../corpus";
import { HEX, publicBytes } from "../forms";

/** Clients of HTTP, git and package managers, and their options. */
export const clients: readonly Case[] = [
  // HTTP clients

  bad(
    "curl with user and password",
    (made) => `#!/bin/bash
set -o pipefail
curl -fsSL -u deploy:${made.password()} https://nexus.example.internal/repository/raw/app-2.4.1.tgz | tar -xz -C /opt
`,
  ),
  bad(
    "basic authorization header made by hand",
    (made) => `#!/bin/bash
curl -s -H 'Authorization: Basic ${b64(`monitor:${made.weak()}`)}' https://rabbit.example.internal/api/overview | jq .node
`,
  ),
  bad(
    "private token header of a code host",
    (made) => `#!/bin/bash
curl --header "PRIVATE-TOKEN: glpat-${made.token(20)}" "https://git.example.com/api/v4/projects/42/repository/archive.tar.gz?sha=main" -o /tmp/site.tgz
`,
  ),
  bad(
    "bearer token of curl",
    (made) => `#!/bin/bash
curl -fsS --oauth2-bearer ${made.jwt()} https://api.example.com/v1/bootstrap -o /etc/app/bootstrap.json
`,
  ),
  bad(
    "proxy user of curl",
    (made) => `#!/bin/bash
curl --proxy http://proxy.example.internal:3128 --proxy-user edge:${made.password(12)} -fsSLO https://dl.example.com/agent.rpm
`,
  ),
  bad(
    "login form posted by curl",
    (made) => `#!/bin/bash
curl -s -c /tmp/jar -d 'username=installer&password=${made.password()}&submit=Login' https://portal.example.com/login
curl -s -b /tmp/jar https://portal.example.com/licences/web.lic -o /etc/web.lic
`,
  ),
  bad(
    "JSON body with a password",
    (made) => `#!/bin/bash
TOKEN=$(curl -s -X POST https://auth.example.com/v1/login -H 'Content-Type: application/json' \\
  -d '{"user":"bootstrap","password":"${made.symbols(16)}"}' | jq -r .token)
curl -s -H "Authorization: Bearer $TOKEN" https://auth.example.com/v1/config > /etc/app.json
`,
  ),
  bad(
    "client secret exchanged for a token",
    (made) => `#!/bin/bash
curl -s https://login.example.com/oauth2/token -d grant_type=client_credentials -d client_id=${made.uuid()} -d client_secret=${made.token(40)} -d scope=api | jq -r .access_token > /run/token
`,
  ),
  bad(
    "multipart field with a token",
    (made) => `#!/bin/bash
tar -czf /tmp/diag.tgz /var/log
curl -F token=${made.hex(40)} -F "file=@/tmp/diag.tgz" https://upload.example.com/api/diag
`,
  ),
  bad(
    "client certificate with its pass phrase",
    (made) => `#!/bin/bash
curl --cert-type P12 --cert /etc/ssl/client.p12:${made.password(12)} https://mtls.example.com/policy -o /etc/policy.json
`,
  ),
  bad(
    "configuration of curl on standard input",
    (made) => `#!/bin/bash
curl -K - https://api.example.com/hosts <<EOF
silent
user = "register:${made.password()}"
request = "POST"
EOF
`,
  ),
  bad(
    "netrc of root",
    (made) => `#!/bin/bash
cat > /root/.netrc <<'EOF'
machine artifacts.example.internal
login deploy
password ${made.password()}
EOF
chmod 600 /root/.netrc
`,
  ),
  bad(
    "netrc on one line",
    (made) => `#!/bin/bash
echo 'machine api.example.com login token password ${made.token(36)}' | install -m 600 /dev/stdin ~ubuntu/.netrc
`,
  ),
  bad(
    "key in the query of an address",
    (made) => `#!/bin/bash
wget -qO /etc/geo.mmdb.gz "https://download.example.com/geoip?edition=City&license_key=${made.token(16)}&suffix=gz"
`,
  ),
  bad(
    "wget with an old option for passwords",
    (made) => `#!/bin/bash
wget --http-user=mirror --http-password=${made.weak()} -r -np https://mirror.example.internal/el9/ -P /srv/mirror
`,
  ),
  bad(
    "header in the start-up file of wget",
    (made) => `#!/bin/bash
echo 'header = X-JFrog-Art-Api: ${made.token(73)}' >> /root/.wgetrc
`,
  ),
  bad(
    "HTTPie with an authentication option",
    (made) => `#!/bin/bash
pip3 install httpie
http --check-status -a ops:${made.password(12)} PUT https://dns.example.internal/records/web a="$(hostname -i)"
`,
  ),
  bad(
    "session cookie of curl",
    (made) => `#!/bin/bash
curl -fsS --cookie "JSESSIONID=${made.token(32, HEX)}; lang=en" https://wiki.example.internal/export/runbook.pdf -o /root/runbook.pdf
`,
  ),
  bad(
    "webhook of a chat",
    (made) => `#!/bin/bash
notify() {
  curl -s -X POST -H 'Content-type: application/json' --data "{\\"text\\":\\"$1\\"}" \\
    https://hooks.slack.com/services/T${made.digest().slice(0, 10).toUpperCase()}/B${made.digest().slice(0, 10).toUpperCase()}/${made.token(24)}
}
notify "$(hostname) is up"
`,
  ),
  bad(
    "bot token of a messenger",
    (made) => `#!/bin/bash
curl -s "https://api.telegram.org/bot7${made.account().slice(1, 10)}:AA${made.token(33)}/sendMessage" -d chat_id=-100123 -d text="boot of $(hostname)"
`,
  ),
  bad(
    "account and token of a text message service",
    (made) => `#!/bin/bash
SID=AC${made.digest("md5")}
curl -s -X POST "https://api.twilio.com/2010-04-01/Accounts/$SID/Messages.json" -u "$SID:${made.hex(32)}" --data-urlencode "Body=up" -d To=+15005550006 -d From=+15005550006
`,
  ),
  bad(
    "Python request with an authentication tuple",
    (made) => `#!/bin/bash
python3 - <<'PY'
import requests
r = requests.get("https://cmdb.example.internal/api/host", auth=("boot", "${made.password()}"), timeout=10)
open("/etc/host.json", "w").write(r.text)
PY
`,
  ),
  bad(
    "mail sent through curl",
    (made) => `#!/bin/bash
printf 'Subject: up\\n\\n%s\\n' "$(hostname)" | curl -s --url smtps://smtp.example.com:465 --mail-from boot@example.com --mail-rcpt ops@example.com --user 'boot@example.com:${made.password(14)}' -T -
`,
  ),
  good(
    "curl with variables and Kerberos",
    () => `#!/bin/bash
curl -fsS -u "$API_USER:$API_PASSWORD" https://api.example.com/bootstrap -o /etc/app.json
curl -fsS --negotiate -u : https://cmdb.example.internal/api/host
curl -fsS -u "\${SVC}:$(cat /run/secrets/svc)" https://files.example.com/list
curl -fsS --user "$(jq -r '"\\(.user):\\(.pass)"' /run/secrets/login.json)" https://files.example.com/list
`,
  ),
  good(
    "curl with a token from a command",
    () => `#!/bin/bash
curl -s -H "Authorization: Bearer $(gcloud auth print-access-token)" https://api.example.com/v1/me
curl -s -H "Authorization: Bearer \${TOKEN}" -H 'Accept: application/json' https://api.example.com/v1/me
curl -s -H "PRIVATE-TOKEN: $(< /run/secrets/git)" https://git.example.com/api/v4/version
curl -s -H @/run/headers.txt https://api.example.com/v1/config
`,
  ),
  good(
    "netrc written from a secret",
    () => `#!/bin/bash
umask 077
cat > /root/.netrc <<EOF
machine artifacts.example.internal
login deploy
password $(aws ssm get-parameter --name /artifacts/deploy --with-decryption --query Parameter.Value --output text)
EOF
curl --netrc-file /run/secrets/netrc -fsSO https://artifacts.example.internal/app.tgz
curl -n -fsSO https://artifacts.example.internal/app.tgz
`,
  ),
  good(
    "wget that asks",
    () => `#!/bin/bash
cat > /usr/local/bin/fetch-tool <<'EOF'
#!/bin/sh
exec wget --user="$USER" --ask-password "$@"
EOF
printf 'use_askpass = /usr/local/bin/askpass\\nauth_no_challenge = off\\n' > /etc/wgetrc.local
`,
  ),
  good(
    "client certificate by file",
    () => `#!/bin/bash
curl --cert /etc/ssl/client.pem --key /etc/ssl/client.key --cacert /etc/ssl/ca.pem https://mtls.example.com/policy -o /etc/policy.json
curl --cert-type P12 --cert "/etc/ssl/client.p12:$(cat /run/secrets/p12)" https://mtls.example.com/policy -o /etc/policy.json
curl --pinnedpubkey "sha256//$PIN" https://mtls.example.com/health
`,
  ),
  good(
    "JSON bodies built from variables",
    () => `#!/bin/bash
jq -n --arg u "$USER" --arg p "$(cat /run/secrets/login)" '{user: $u, password: $p}' | curl -s -X POST https://auth.example.com/v1/login -H 'Content-Type: application/json' -d @- > /run/session.json
curl -s -d "{\\"user\\":\\"boot\\",\\"password\\":\\"$BOOT_PW\\"}" https://auth.example.com/v1/login
curl -s -d "grant_type=client_credentials&client_id=$CID&client_secret=$CSECRET" https://login.example.com/oauth2/token
`,
  ),
  good(
    "headers that carry no secret",
    (made) => `#!/bin/bash
curl -s -H "X-Request-Id: ${made.uuid()}" -H 'If-None-Match: "${made.digest("md5")}"' https://files.example.com/list.json
curl -s -H 'Cookie: consent=1; lang=de; theme=dark' https://files.example.com/
curl -s -H "traceparent: 00-${made.digest("md5")}-${made.digest("md5").slice(0, 16)}-01" https://api.example.com/ping
curl -s -H 'X-Auth-Method: password' -H 'X-Token-Type: Bearer' https://api.example.com/methods
`,
  ),
  good(
    "web socket handshake of the standard",
    () => `#!/bin/bash
curl -s -o /dev/null -w '%{http_code}\\n' -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H "Sec-WebSocket-Key: $(openssl rand -base64 16)" http://localhost:8080/ws
`,
  ),
  good(
    "webhook address from Parameter Store",
    () => `#!/bin/bash
HOOK=$(aws ssm get-parameter --name /chat/webhook --with-decryption --query Parameter.Value --output text)
curl -s -X POST -H 'Content-type: application/json' --data "{\\"text\\":\\"$(hostname) is up\\"}" "$HOOK"
curl -s "https://hooks.example.com/services/$(cat /run/secrets/hook)" -d up=1
`,
  ),
  good(
    "addresses with an at sign that is no user part",
    () => `#!/bin/bash
curl -fsSL https://cdn.example.com/npm/@scope/pkg@1.2.3/dist/index.js -o /srv/web/index.js
curl -fsSL 'https://maps.example.com/@52.5200,13.4050,12z' -o /dev/null
git clone git@git.example.com:ops/site.git /srv/site
rsync -a backup@vault.example.internal:/srv/ /srv/
scp -P 2222 deploy@10.0.0.4:/opt/app.tgz /tmp/
wget -q "https://example.com:8443/p?mail=a:b@example.com" -O /dev/null
`,
  ),
  good(
    "addresses that have only a user",
    () => `#!/bin/bash
git clone https://deploy@git.example.com/ops/site.git /srv/site
svn export --non-interactive svn+ssh://build@svn.example.internal/trunk /srv/www
export REPO=ssh://git@git.example.com:7999/ops/site.git
sftp -b /opt/batch -i /root/.ssh/drop sftp://drop@sftp.example.com:22/in
`,
  ),

  // Package managers

  bad(
    "index address in pip.conf",
    (made) => `#!/bin/bash
cat > /etc/pip.conf <<'EOF'
[global]
index-url = https://ci:${made.token(32)}@pypi.example.internal/simple
trusted-host = pypi.example.internal
EOF
pip3 install shop-worker
`,
  ),
  bad(
    "upload section of .pypirc",
    (made) => `#!/bin/bash
cat > /root/.pypirc <<'EOF'
[distutils]
index-servers = internal
[internal]
repository = https://pypi.example.internal/
username = builder
password = ${made.password()}
EOF
`,
  ),
  bad(
    "Poetry repository credentials",
    (made) => `#!/bin/bash
pipx install poetry
poetry config http-basic.internal builder ${made.password(20)}
cd /srv/app && poetry install --no-root --only main
`,
  ),
  bad(
    "token in a channel of conda",
    (made) => `#!/bin/bash
cat > /opt/conda/.condarc <<'EOF'
channels:
  - https://conda.example.com/t/${made.uuidSecret()}/internal
  - conda-forge
EOF
`,
  ),
  bad(
    "authentication token of npm",
    (made) => `#!/bin/bash
echo "//npm.example.internal/:_authToken=${made.uuidSecret()}" >> /home/app/.npmrc
su - app -c 'cd /srv/app && npm ci --omit=dev'
`,
  ),
  bad(
    "legacy authentication of npm in base64",
    (made) => `#!/bin/bash
npm config set registry https://nexus.example.internal/repository/npm/
npm config set //nexus.example.internal/repository/npm/:_auth ${b64(`ci:${made.password(14)}`)}
`,
  ),
  bad(
    "scope of Yarn with a token",
    (made) => `#!/bin/bash
cat > /srv/app/.yarnrc.yml <<'YAML'
nodeLinker: node-modules
npmScopes:
  example:
    npmRegistryServer: "https://npm.example.internal"
    npmAuthToken: "${made.token(36)}"
YAML
`,
  ),
  bad(
    "API key of RubyGems",
    (made) => `#!/bin/bash
mkdir -p /root/.gem
printf -- '---\\n:rubygems_api_key: rubygems_${made.hex(48)}\\n' > /root/.gem/credentials
chmod 600 /root/.gem/credentials
`,
  ),
  bad(
    "Bundler source with a user",
    (made) => `#!/bin/bash
bundle config set --global gems.example.internal deploy:${made.token(24)}
cd /srv/app && bundle install --deployment
`,
  ),
  bad(
    "server in the Maven settings",
    (made) => `#!/bin/bash
mkdir -p /root/.m2
cat > /root/.m2/settings.xml <<'XML'
<settings>
  <servers>
    <server>
      <id>releases</id>
      <username>deployer</username>
      <password>${made.password()}</password>
    </server>
  </servers>
</settings>
XML
`,
  ),
  bad(
    "Gradle properties",
    (made) => `#!/bin/bash
cat > /root/.gradle/gradle.properties <<'EOF'
org.gradle.daemon=false
artifactoryUser=ci
artifactoryPassword=${made.token(28)}
EOF
`,
  ),
  bad(
    "Composer authentication file",
    (made) => `#!/bin/bash
export COMPOSER_HOME=/root/.composer
cat > $COMPOSER_HOME/auth.json <<'JSON'
{ "http-basic": { "repo.example.com": { "username": "${made.digest("md5")}", "password": "${made.hex(32)}" } } }
JSON
`,
  ),
  bad(
    "Composer configured with a code host token",
    (made) => `#!/bin/bash
composer config --global github-oauth.github.com ghp_${made.token(36)}
`,
  ),
  bad(
    "Cargo registry token",
    (made) => `#!/bin/bash
cat > /root/.cargo/credentials.toml <<'TOML'
[registries.internal]
token = "${made.token(35)}"
TOML
`,
  ),
  bad(
    "NuGet source stored in clear text",
    (made) => `#!/bin/bash
dotnet nuget add source https://nuget.example.internal/v3/index.json -n internal -u ci -p ${made.password(18)} --store-password-in-clear-text
`,
  ),
  bad(
    "login for an apt repository",
    (made) => `#!/bin/bash
cat > /etc/apt/auth.conf.d/internal.conf <<'EOF'
machine apt.example.internal
login host
password ${made.token(22)}
EOF
apt-get update
`,
  ),
  bad(
    "source list with a user",
    (made) => `#!/bin/bash
echo "deb [signed-by=/usr/share/keyrings/vendor.gpg] https://customer7:${made.token(20)}@deb.example.com/stable $(lsb_release -cs) main" > /etc/apt/sources.list.d/vendor.list
apt-get update && apt-get install -y vendor-agent
`,
  ),
  bad(
    "proxy of apt with a user",
    (made) => `#!/bin/bash
printf 'Acquire::https::Proxy "http://apt:%s@proxy.example.internal:3128";\\n' '${made.password(12)}' > /etc/apt/apt.conf.d/80proxy
`,
  ),
  bad(
    "yum repository with a password",
    (made) => `#!/bin/bash
cat > /etc/yum.repos.d/vendor.repo <<'EOF'
[vendor]
name=Vendor
baseurl=https://rpm.example.com/el9/$basearch
username=customer7
password=${made.token(20)}
gpgcheck=1
gpgkey=https://rpm.example.com/key.asc
EOF
`,
  ),
  bad(
    "proxy password of dnf",
    (made) => `#!/bin/bash
sed -i '/^\\[main\\]/a proxy=http://proxy.example.internal:3128\\nproxy_username=dnf\\nproxy_password=${made.weak()}' /etc/dnf/dnf.conf
`,
  ),
  bad(
    "credentials file of zypper",
    (made) => `#!/bin/bash
cat > /etc/zypp/credentials.d/vendor <<'EOF'
username=SCC_${made.digest().slice(0, 10)}
password=${made.password(20)}
EOF
zypper --non-interactive ar -f 'https://updates.example.com/sle15?credentials=vendor' vendor
`,
  ),
  bad(
    "registration code of SUSE",
    (made) => `#!/bin/bash
SUSEConnect -r ${made.token(16, HEX)} -e ops@example.com
`,
  ),
  bad(
    "subscription token attached",
    (made) => `#!/bin/bash
apt-get install -y ubuntu-advantage-tools
pro attach C1${made.token(28)} --no-auto-enable
pro enable livepatch
`,
  ),
  bad(
    "Conan user with a password",
    (made) => `#!/bin/bash
conan remote add internal https://conan.example.internal
conan user ci -r internal -p ${made.password()}
`,
  ),
  bad(
    "private modules of Go",
    (made) => `#!/bin/bash
export GOPRIVATE=git.example.com/*
go env -w GOPROXY="https://go:${made.token(26)}@goproxy.example.internal,direct"
cd /srv/tool && go build ./...
`,
  ),
  bad(
    "Hex organisation key",
    (made) => `#!/bin/bash
mix local.hex --force
mix hex.organization auth example --key ${made.hex(32)}
`,
  ),
  good(
    "npm with variables and a fetched token",
    () => `#!/bin/bash
cat > /srv/app/.npmrc <<'EOF'
@example:registry=https://npm.example.internal/
//npm.example.internal/:_authToken=\${NPM_TOKEN}
always-auth=true
package-lock=true
EOF
npm config set //example-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/main/:_authToken "$(aws codeartifact get-authorization-token --domain example --query authorizationToken --output text)"
`,
  ),
  good(
    "pip with a token in a variable",
    () => `#!/bin/bash
CODEARTIFACT_TOKEN=$(aws codeartifact get-authorization-token --domain example --query authorizationToken --output text)
pip config set global.index-url "https://aws:\${CODEARTIFACT_TOKEN}@example-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/main/simple/"
export PIP_INDEX_URL=https://pypi.example.internal/simple PIP_KEYRING_PROVIDER=subprocess
TWINE_PASSWORD="$(cat /run/secrets/pypi)" TWINE_USERNAME=__token__ twine upload dist/*
`,
  ),
  good(
    "Maven and Gradle read the environment",
    () => `#!/bin/bash
cat > /root/.m2/settings.xml <<'XML'
<settings><servers><server>
  <id>releases</id>
  <username>\${env.REPO_USER}</username>
  <password>\${env.REPO_PASSWORD}</password>
  <privateKey>\${user.home}/.ssh/id_ed25519</privateKey>
</server></servers></settings>
XML
cat > /srv/app/repo.gradle <<'GRADLE'
repositories { maven { url = "https://repo.example.internal"; credentials { username = findProperty("repoUser"); password = System.getenv("REPO_PASSWORD") } } }
GRADLE
`,
  ),
  good(
    "Composer, Bundler and Cargo without literals",
    () => `#!/bin/bash
export COMPOSER_AUTH="$(aws secretsmanager get-secret-value --secret-id php/composer --query SecretString --output text)"
bundle config set --global gems.example.internal "deploy:$(cat /run/secrets/gems)"
export CARGO_REGISTRIES_INTERNAL_TOKEN="$(cat /run/secrets/cargo)"
printf '[registry]\\nglobal-credential-providers = ["cargo:token-from-stdout /usr/local/bin/cargo-token"]\\n' > /root/.cargo/config.toml
dotnet nuget add source https://nuget.example.internal/v3/index.json -n internal -u ci -p "$NUGET_PW" --store-password-in-clear-text
`,
  ),
  good(
    "repositories with keys and client certificates",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/vendor.repo <<'EOF'
[vendor]
name=Vendor
baseurl=https://rpm.example.com/el9/$basearch
gpgcheck=1
repo_gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-vendor
sslclientkey=/etc/pki/entitlement/key.pem
sslclientcert=/etc/pki/entitlement/cert.pem
metadata_expire=6h
EOF
echo 'deb [signed-by=/usr/share/keyrings/vendor.gpg] https://deb.example.com/stable stable main' > /etc/apt/sources.list.d/vendor.list
`,
  ),
  good(
    "zypper names its credentials",
    () => `#!/bin/bash
aws ssm get-parameter --name /zypp/vendor --with-decryption --query Parameter.Value --output text > /etc/zypp/credentials.d/vendor
zypper --non-interactive ar -f -p 90 'https://updates.example.com/sle15?credentials=vendor' vendor
SUSEConnect --url https://rmt.example.internal
`,
  ),
  good(
    "login of apt from a secret",
    () => `#!/bin/bash
printf 'machine apt.example.internal\\nlogin host\\npassword %s\\n' "$(cat /run/secrets/apt)" > /etc/apt/auth.conf.d/internal.conf
printf 'Acquire::https::Proxy "DIRECT";\\nAcquire::http::Proxy "http://proxy.example.internal:3128";\\nAPT::Authentication::TrustCDROM "false";\\n' > /etc/apt/apt.conf.d/80proxy
`,
  ),
  good(
    "keys of packages",
    (made) => `#!/bin/bash
rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-redhat-release
apt-key adv --keyserver keyserver.ubuntu.com --recv-keys ${made.digest("sha1").slice(0, 40).toUpperCase()}
pacman-key --recv-keys ${made.digest("sha1").slice(0, 16).toUpperCase()} && pacman-key --lsign-key ${made.digest("sha1").slice(0, 16).toUpperCase()}
nix-env --option trusted-public-keys "cache.example.com-1:${publicBytes(made)}" -iA nixpkgs.jq
go env -w "GOSUMDB=sum.example.com+033de0ae+${publicBytes(made)}"
`,
  ),
  good(
    "subscription from Parameter Store",
    () => `#!/bin/bash
pro attach "$(aws ssm get-parameter --name /ubuntu/pro --with-decryption --query Parameter.Value --output text)"
subscription-manager register --org="$RHSM_ORG" --activationkey="$(cat /run/secrets/rhsm)"
rhc connect --organization "$RHSM_ORG" --activation-key "$KEY"
`,
  ),

  // Git

  bad(
    "credential helper that prints a password",
    (made) => `#!/bin/bash
git config --system credential.https://git.example.com.helper '!f() { echo username=ci; echo password=${made.token(24)}; }; f'
git clone https://git.example.com/ops/site.git /srv/site
`,
  ),
  bad(
    "credential store of git",
    (made) => `#!/bin/bash
git config --global credential.helper store
echo 'https://deploy:${made.token(40)}@git.example.com' > /root/.git-credentials
`,
  ),
  bad(
    "extra header of git",
    (made) => `#!/bin/bash
git -c http.extraHeader="AUTHORIZATION: basic ${b64(`x-access-token:${made.token(36)}`)}" clone --depth 1 https://git.example.com/ops/site.git /srv/site
`,
  ),
  bad(
    "token in an address that git rewrites",
    (made) => `#!/bin/bash
git config --global url."https://oauth2:glpat-${made.token(20)}@git.example.com/".insteadOf "git@git.example.com:"
`,
  ),
  bad(
    "askpass script of git",
    (made) => `#!/bin/bash
printf '#!/bin/sh\\necho %s\\n' '${made.token(40)}' > /root/askpass.sh && chmod 700 /root/askpass.sh
GIT_ASKPASS=/root/askpass.sh git clone https://ci@git.example.com/ops/site.git /srv/site
`,
  ),
  bad(
    "GitHub client logs in from a here-string",
    (made) => `#!/bin/bash
gh auth login --hostname github.com --with-token <<< "github_pat_${made.token(22)}_${made.digest().slice(0, 59)}"
gh release download v2.1.0 -R example/agent -p '*.rpm' -D /tmp
`,
  ),
  bad(
    "Mercurial authentication",
    (made) => `#!/bin/bash
cat >> /root/.hgrc <<'EOF'
[auth]
main.prefix = https://hg.example.internal
main.username = build
main.password = ${made.password(12)}
EOF
`,
  ),
  bad(
    "Perforce login",
    (made) => `#!/bin/bash
export P4PORT=ssl:p4.example.internal:1666 P4USER=build
p4 trust -y
echo '${made.password(14)}' | p4 login
`,
  ),
  good(
    "credential helpers without a literal",
    () => `#!/bin/bash
git config --system credential.helper '!aws codecommit credential-helper $@'
git config --system credential.UseHttpPath true
git config --global credential.https://git.example.com.helper '!f() { echo username=ci; echo "password=$(cat /run/secrets/git)"; }; f'
git config --global credential.helper 'cache --timeout=900'
export GIT_ASKPASS=/bin/echo GIT_TERMINAL_PROMPT=0
`,
  ),
  good(
    "git addresses with tokens in variables",
    () => `#!/bin/bash
GIT_TOKEN=$(aws secretsmanager get-secret-value --secret-id git/deploy --query SecretString --output text)
git clone "https://x-access-token:\${GIT_TOKEN}@git.example.com/ops/site.git" /srv/site
git -C /srv/site remote set-url origin https://git.example.com/ops/site.git
git config --global url."git@git.example.com:".insteadOf "https://git.example.com/"
git -c http.extraHeader="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$GIT_TOKEN" | base64 -w0)" -C /srv/site fetch
`,
  ),
  good(
    "git settings about keys and secrets",
    (made) => `#!/bin/bash
git config --global gpg.format ssh
git config --global user.signingkey "${made.sshPublicKey()}"
git config --global gpg.ssh.allowedSignersFile /etc/git/allowed_signers
printf '%s\\n' 'secrets/** filter=git-crypt diff=git-crypt' '*.key filter=git-crypt' > /srv/infra/.gitattributes
printf '%s\\n' '*.pem' '.env' 'credentials.json' 'id_rsa*' > /srv/infra/.gitignore
git -C /srv/infra checkout --detach ${made.digest("sha1")}
`,
  ),
  good(
    "stores logged in from commands",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id gh --query SecretString --output text | gh auth login --with-token
p4 login < /run/secrets/p4
aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com
svn checkout --non-interactive --username build --password "$(cat /run/secrets/svn)" https://svn.example.internal/trunk /srv/www
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
  bad(
    "login of Yarn's registry",
    (made) => `#!/bin/bash
cat > /root/.yarnrc.yml <<'Y'
npmRegistries:
  "https://npm.example.internal":
    npmAuthIdent: "ci:${made.password()}"
Y
`,
  ),
  good(
    "login of Yarn's registry from the environment",
    () => `#!/bin/bash
cat > /root/.yarnrc.yml <<'Y'
npmRegistries:
  "https://npm.example.internal":
    npmAuthIdent: "\${NPM_USER}:\${NPM_PASSWORD}"
Y
`,
  ),
  bad(
    "desktop of another machine",
    (made) => `#!/bin/bash
xfreerdp /v:10.3.0.4 /u:ops /p:'${made.password()}' /cert:ignore
`,
  ),
  good(
    "desktop of another machine, asked for the password",
    () => `#!/bin/bash
xfreerdp /v:10.3.0.4 /u:ops /p:"$DESKTOP_PASSWORD" /port:3390
`,
  ),
  bad(
    "key of a content network in a header",
    (made) => `#!/bin/bash
curl -fsS -X POST -H "Fastly-Key: ${made.hex()}" https://api.fastly.com/service/SU1Z0isxPaozGVKXdv0eY/purge_all
`,
  ),
];
