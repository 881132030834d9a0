import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, gz } from "../forms";

/** Programs in other languages. */
export const programs: readonly Case[] = [
  // Programs in other languages

  bad(
    "Python with basic authentication in a tuple",
    (made) => `#!/usr/bin/env python3
import requests, socket

session = requests.Session()
session.auth = ("inventory", "${made.symbols(14)}")
session.verify = "/etc/pki/ca.pem"
session.post("https://cmdb.example.internal/api/hosts", json={"name": socket.gethostname()}, timeout=10)
`,
  ),
  good(
    "Python that reads its secrets",
    () => `#!/usr/bin/env python3
import base64, getpass, json, os, secrets, boto3
from pathlib import Path

sm = boto3.client("secretsmanager", region_name=os.environ.get("AWS_REGION", "eu-west-1"))
password = json.loads(sm.get_secret_value(SecretId="prod/app")["SecretString"])["password"]
token = os.environ["API_TOKEN"]
api_key = Path("/run/secrets/api_key").read_text().strip()
cookie_secret = secrets.token_urlsafe(32)
auth = ("inventory", os.getenv("CMDB_PASSWORD"))
config = {"user": "app", "password": password, "sslmode": "verify-full", "password_encoding": "utf-8"}
headers = {"Authorization": "Bearer {}".format(token), "X-Api-Key": api_key}
if not password or password == "" or getpass.getuser() != "root":
    raise SystemExit("no password")
Path("/run/app.json").write_text(json.dumps(config))
`,
  ),
  bad(
    "Python connection through keyword arguments",
    (made) => `#!/bin/bash
/usr/bin/env python3 - <<'PY'
import psycopg2
conn = psycopg2.connect(host="db.example.internal", dbname="app", user="app",
                        password='${made.password()}', sslmode="require")
conn.cursor().execute("select 1")
PY
`,
  ),
  bad(
    "Python settings module with a dictionary",
    (made) => `#!/bin/bash
cat >> /srv/site/settings_local.py <<'PY'
DEBUG = False
DATABASES = {
    "default": {"ENGINE": "django.db.backends.mysql", "NAME": "site", "USER": "site", "PASSWORD": "${made.weak()}", "HOST": "db.example.internal"},
}
PY
`,
  ),
  good(
    "Python settings module with an environment reader",
    () => `#!/bin/bash
cat >> /srv/site/settings_local.py <<'PY'
import environ
env = environ.Env(DEBUG=(bool, False))
SECRET_KEY = env("SECRET_KEY")
DATABASES = {"default": {**env.db("DATABASE_URL"), "PASSWORD": env.str("DB_PASSWORD", default="")}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}}]
PASSWORD_RESET_TIMEOUT = 3600
CSRF_COOKIE_NAME = "csrftoken"
SESSION_COOKIE_SECURE = True
PY
`,
  ),
  bad(
    "Ruby with basic_auth by position",
    (made) => `#!/bin/bash
ruby <<'RUBY'
require "net/http"
uri = URI("https://artifacts.example.internal/agent.tgz")
req = Net::HTTP::Get.new(uri)
req.basic_auth "fetch", "${made.password()}"
res = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(req) }
File.binwrite("/tmp/agent.tgz", res.body)
RUBY
`,
  ),
  good(
    "Ruby with fetched values",
    () => `#!/bin/bash
ruby <<'RUBY'
require "net/http"
require "securerandom"
req = Net::HTTP::Get.new(URI("https://artifacts.example.internal/agent.tgz"))
req.basic_auth ENV.fetch("FETCH_USER"), ENV.fetch("FETCH_PASSWORD")
password = SecureRandom.alphanumeric(24)
secret = File.read("/run/secrets/app").chomp
token = Rails.application.credentials.dig(:api, :token) if defined?(Rails)
puts "password: #{'*' * password.length}"
RUBY
`,
  ),
  bad(
    "Ruby symbols in an initializer",
    (made) => `#!/bin/bash
cat > /srv/app/config/initializers/mail.rb <<'RUBY'
ActionMailer::Base.smtp_settings = {
  address: "smtp.example.internal", port: 587,
  user_name: "relay", password: "${made.symbols()}",
  authentication: :plain, enable_starttls_auto: true
}
RUBY
`,
  ),
  bad(
    "Perl database connection by position",
    (made) => `#!/bin/bash
perl -MDBI -e 'my $d = DBI->connect("dbi:Pg:dbname=app;host=db.example.internal", "app", "${made.password()}", { RaiseError => 1 }); print $d->selectrow_array("select version()")' > /var/log/db-version
`,
  ),
  good(
    "Perl with values from files and the environment",
    () => `#!/bin/bash
perl -MDBI -e 'my ($p) = do { local @ARGV = ("/run/secrets/db"); <> }; chomp $p; DBI->connect("dbi:Pg:dbname=app", "app", $p)'
perl -MDBI -e 'DBI->connect("dbi:mysql:app", $ENV{DB_USER}, $ENV{DB_PASSWORD}) or die "no password"'
perl -i -pe 's/^password\\s*=.*/password = $ENV{DB_PASSWORD}/' /etc/app.ini
`,
  ),
  bad(
    "Node client with an options object",
    (made) => `#!/bin/bash
cat > /opt/worker/db.js <<'JS'
const { Client } = require('pg');
module.exports = new Client({
  host: 'db.example.internal',
  user: 'worker',
  password: '${made.symbols()}',
  ssl: { ca: require('fs').readFileSync('/etc/pki/rds.pem') },
});
JS
`,
  ),
  good(
    "Node with the environment and a vault",
    () => `#!/bin/bash
cat > /opt/worker/db.js <<'JS'
const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
const crypto = require('node:crypto');
const { password = '', token } = process.env;
exports.options = {
  user: 'worker',
  password: process.env.DB_PASSWORD ?? password,
  passwordFile: '/run/secrets/db',
  secret: crypto.randomBytes(32).toString('hex'),
  apiKey: async () => (await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: 'prod/worker' }))).SecretString,
  tokenType: 'Bearer', cookie: { secure: true, sameSite: 'strict' },
};
if (!token) throw new Error('token: missing');
JS
`,
  ),
  bad(
    "PHP constants of a WordPress site",
    (made) => `#!/bin/bash
cat > /var/www/html/wp-config.php <<'PHP'
<?php
define( 'DB_NAME', 'blog' );
define( 'DB_USER', 'blog' );
define( 'DB_PASSWORD', '${made.symbols(20)}' );
define( 'DB_HOST', 'db.example.internal' );
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
PHP
`,
  ),
  good(
    "PHP constants from the environment",
    () => `#!/bin/bash
cat > /var/www/html/wp-config.php <<'PHP'
<?php
define( 'DB_USER', getenv('DB_USER') );
define( 'DB_PASSWORD', getenv_docker('WORDPRESS_DB_PASSWORD', '') );
define( 'AUTH_KEY', trim( file_get_contents('/run/secrets/auth_key') ) );
define( 'FORCE_SSL_ADMIN', true );
$table_prefix = 'wp_';
$config['token_lifetime'] = 3600;
$config['password'] = $_ENV['APP_PASSWORD'] ?? null;
PHP
curl -fsS https://api.wordpress.org/secret-key/1.1/salt/ >> /var/www/html/wp-salts.php
`,
  ),
  bad(
    "Go data source name",
    (made) => `#!/bin/bash
cat > /tmp/check.go <<'GO'
package main

import (
	"database/sql"
	_ "github.com/go-sql-driver/mysql"
)

func main() {
	db, err := sql.Open("mysql", "app:${made.password()}@tcp(db.example.internal:3306)/app?tls=true")
	if err != nil || db.Ping() != nil {
		panic("no database")
	}
}
GO
go run /tmp/check.go
`,
  ),
  good(
    "Go with os.Getenv",
    () => `#!/bin/bash
cat > /tmp/check.go <<'GO'
package main

import (
	"fmt"
	"os"
)

type Config struct {
	Password string \`json:"password"\`
	Token    string \`yaml:"token,omitempty" env:"API_TOKEN"\`
}

func main() {
	dsn := fmt.Sprintf("app:%s@tcp(db.example.internal:3306)/app", os.Getenv("DB_PASSWORD"))
	secret, _ := os.ReadFile("/run/secrets/app")
	cfg := Config{Password: string(secret), Token: os.Getenv("API_TOKEN")}
	fmt.Println(len(dsn), len(cfg.Password))
}
GO
`,
  ),
  bad(
    "Java properties with a JDBC password",
    (made) => `#!/bin/bash
cat > /opt/app/application-prod.properties <<'EOF'
server.port=8443
spring.datasource.url=jdbc:mysql://db.example.internal:3306/app
spring.datasource.username=app
spring.datasource.password=${made.password()}
management.endpoints.web.exposure.include=health
EOF
`,
  ),
  good(
    "Java properties with placeholders and encrypted values",
    (made) => `#!/bin/bash
cat > /opt/app/application-prod.properties <<'EOF'
spring.config.import=optional:aws-secretsmanager:/prod/app
spring.datasource.password=\${DB_PASSWORD}
spring.mail.password=\${SMTP_PASSWORD:}
spring.security.oauth2.client.registration.sso.client-secret=\${sso.secret}
jasypt.encryptor.password=\${JASYPT_PASSWORD}
api.password=ENC(${ciphertext(made, 1).slice(0, 44)})
security.password.min-length=14
server.ssl.key-store=/etc/pki/app.p12
server.ssl.key-alias=app
EOF
`,
  ),
  bad(
    "Java system property on a service line",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/search.service <<'EOF'
[Service]
ExecStart=/usr/bin/java -Xmx4g -Djavax.net.ssl.trustStore=/etc/pki/trust.jks -Djavax.net.ssl.keyStore=/etc/pki/app.jks -Djavax.net.ssl.keyStorePassword=${made.weak()} -jar /opt/search.jar
User=search
EOF
systemctl enable --now search
`,
  ),
  bad(
    "Terraform variables file",
    (made) => `#!/bin/bash
cat > /opt/infra/prod.auto.tfvars <<'HCL'
region          = "eu-west-1"
instance_count  = 3
master_username = "root"
master_password = "${made.password(20)}"
HCL
`,
  ),
  good(
    "Terraform code that declares and looks up secrets",
    () => `#!/bin/bash
cat > /opt/infra/main.tf <<'HCL'
variable "db_password" {
  type      = string
  sensitive = true
  default   = null
}
data "aws_secretsmanager_secret_version" "db" { secret_id = "prod/db" }
resource "random_password" "admin" { length = 24 }
resource "aws_db_instance" "db" {
  username                    = "root"
  password                    = data.aws_secretsmanager_secret_version.db.secret_string
  manage_master_user_password = true
}
locals { token = var.token, admin_password = random_password.admin.result, key_name = "ops-2026" }
output "password" {
  value     = aws_db_instance.db.password
  sensitive = true
}
HCL
TF_VAR_db_password=$(aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text) terraform -chdir=/opt/infra apply -auto-approve
`,
  ),
  bad(
    "Groovy script that makes an account",
    (made) => `#!/bin/bash
mkdir -p /var/lib/jenkins/init.groovy.d
cat > /var/lib/jenkins/init.groovy.d/01-admin.groovy <<'GROOVY'
import jenkins.model.*
import hudson.security.*
def realm = new HudsonPrivateSecurityRealm(false)
realm.createAccount('admin', '${made.symbols(12)}')
Jenkins.instance.setSecurityRealm(realm)
Jenkins.instance.save()
GROOVY
`,
  ),
  good(
    "Groovy script that reads a password",
    () => `#!/bin/bash
cat > /var/lib/jenkins/init.groovy.d/01-admin.groovy <<'GROOVY'
import jenkins.model.*
import hudson.security.*
def env = System.getenv()
def password = new File('/run/secrets/jenkins').text.trim()
def realm = new HudsonPrivateSecurityRealm(false)
realm.createAccount('admin', password)
realm.createAccount(env['OPS_USER'], env.OPS_PASSWORD ?: UUID.randomUUID().toString())
def token = credentials('deploy-token')
Jenkins.instance.setSecurityRealm(realm)
GROOVY
`,
  ),
  bad(
    "SQL in a file that is read at first start",
    (made) => `#!/bin/bash
mkdir -p /docker-entrypoint-initdb.d
cat > /docker-entrypoint-initdb.d/10-users.sql <<'SQL'
CREATE DATABASE app;
CREATE USER 'reporter'@'10.%' IDENTIFIED BY '${made.symbols(14)}' REQUIRE SSL;
GRANT SELECT ON app.* TO 'reporter'@'10.%';
SQL
`,
  ),
  good(
    "SQL that asks other systems",
    () => `#!/bin/bash
cat > /docker-entrypoint-initdb.d/10-users.sql <<'SQL'
CREATE USER 'app'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';
CREATE USER 'sync'@'localhost' IDENTIFIED WITH auth_socket;
CREATE USER 'ops'@'%' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE;
ALTER USER 'old'@'%' ACCOUNT LOCK;
CREATE TABLE tokens (id bigint PRIMARY KEY, token varchar(64) NOT NULL, password_hash char(60) DEFAULT '');
SELECT user, plugin FROM mysql.user WHERE authentication_string = '';
SQL
mysql -e "ALTER USER 'root'@'localhost' IDENTIFIED BY '$(cat /run/root.pass)'"
psql -v pw="$DB_PASSWORD" -c "ALTER ROLE app PASSWORD :'pw'"
`,
  ),
  bad(
    "Lua table of a proxy",
    (made) => `#!/bin/bash
cat > /etc/dnsdist/dnsdist.conf <<'LUA'
setLocal("0.0.0.0:53")
newServer({address="10.0.0.2", name="resolver"})
webserver("127.0.0.1:8083")
setWebserverConfig({password="${made.phrase()}", apiKey=nil, acl="127.0.0.1/32"})
LUA
`,
  ),
  good(
    "Lua that reads the environment",
    () => `#!/bin/bash
cat > /etc/dnsdist/dnsdist.conf <<'LUA'
setLocal("0.0.0.0:53")
local f = assert(io.open("/run/secrets/dnsdist", "r"))
setWebserverConfig({password=hashPassword(f:read("*l")), apiKey=os.getenv("DNSDIST_KEY"), acl="127.0.0.1/32"})
setKey(makeKey())
addAction(TagRule("token"), SetTagAction("secret", ""))
LUA
`,
  ),
  bad(
    "expect script that types a password",
    (made) => `#!/bin/bash
expect <<'EXPECT'
set timeout 20
spawn ssh-copy-id -i /root/.ssh/id_ed25519.pub ops@files.example.internal
expect "password:"
send "${made.password()}\\r"
expect eof
EXPECT
`,
  ),
  good(
    "expect script that types a variable",
    () => `#!/bin/bash
export SSH_PASS=$(aws ssm get-parameter --name /files/pass --with-decryption --query Parameter.Value --output text)
expect <<'EXPECT'
set timeout 20
spawn ssh-copy-id -i /root/.ssh/id_ed25519.pub ops@files.example.internal
expect {
  "yes/no" { send "yes\\r"; exp_continue }
  "password:" { send "$env(SSH_PASS)\\r" }
}
expect eof
EXPECT
`,
  ),
  bad(
    "Dockerfile with a default argument",
    (made) => `#!/bin/bash
cat > /srv/build/Dockerfile <<'EOF'
FROM maven:3.9-eclipse-temurin-21
ARG NEXUS_PASSWORD=${made.password()}
RUN mvn -s settings.xml -Dnexus.password=$NEXUS_PASSWORD package
EOF
docker build -t app /srv/build
`,
  ),
  bad(
    "Makefile variable",
    (made) => `#!/bin/bash
cat > /opt/db/Makefile <<'MAKE'
DB_HOST ?= db.example.internal
DB_PASS ?= ${made.weak()}

dump:
	mysqldump -h $(DB_HOST) -u root --password=$(DB_PASS) app > /var/backups/app.sql
MAKE
make -C /opt/db dump
`,
  ),
  good(
    "Makefile and awk with variables only",
    () => `#!/bin/bash
cat > /opt/db/Makefile <<'MAKE'
DB_PASS := $(shell aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text)
export PGPASSWORD = $(DB_PASS)
TOKEN_FILE ?= /run/token

dump:
	pg_dump -h $(DB_HOST) -U app --no-password app > /var/backups/app.sql
MAKE
awk -F= '$1 == "password" { print $2 }' /run/app.ini > /run/app.pass
awk -v token="$TOKEN" 'BEGIN { print "token=" token }' > /run/token.env
`,
  ),
  bad(
    "Elixir runtime configuration",
    (made) => `#!/bin/bash
cat > /opt/chat/releases/runtime.exs <<'EXS'
import Config
config :chat, Chat.Repo, username: "chat", database: "chat", pool_size: 10
config :chat, ChatWeb.Endpoint,
  url: [host: "chat.example.internal"],
  secret_key_base: "${made.token(64)}"
EXS
`,
  ),
  good(
    "Elixir and Erlang configuration with fetch_env",
    () => `#!/bin/bash
cat > /opt/chat/releases/runtime.exs <<'EXS'
import Config
config :chat, Chat.Repo, url: System.fetch_env!("DATABASE_URL"), password: System.get_env("DB_PASSWORD") || raise("no password")
config :chat, ChatWeb.Endpoint, secret_key_base: System.fetch_env!("SECRET_KEY_BASE"), live_view: [signing_salt: System.get_env("SALT")]
config :chat, token_ttl: 900, password_hash: :argon2
EXS
`,
  ),
  bad(
    "Kotlin build script with repository credentials",
    (made) => `#!/bin/bash
cat > /srv/src/settings.gradle.kts <<'KTS'
dependencyResolutionManagement {
    repositories {
        maven("https://nexus.example.internal/repository/maven") {
            credentials {
                username = "build"
                password = "${made.password(18)}"
            }
        }
    }
}
KTS
`,
  ),
  good(
    "Kotlin and Java that read their environment",
    () => `#!/bin/bash
cat > /srv/src/settings.gradle.kts <<'KTS'
maven("https://nexus.example.internal/repository/maven") {
    credentials(PasswordCredentials::class)
    credentials { username = providers.gradleProperty("nexusUser").get(); password = System.getenv("NEXUS_PASSWORD") }
}
KTS
cat > /srv/src/Db.java <<'JAVA'
class Db {
    private static final String PASSWORD_KEY = "db.password";
    private final String password = System.getProperty(PASSWORD_KEY, System.getenv("DB_PASSWORD"));
    void setPassword(String password) { this.token = token; }
}
JAVA
`,
  ),
  bad(
    "C# program with a connection string",
    (made) => `#!/bin/bash
cat > /opt/tool/Program.cs <<'CS'
using Microsoft.Data.SqlClient;
using var db = new SqlConnection("Server=db.example.internal;Database=ops;User Id=tool;Pwd=${made.password()};Encrypt=true");
db.Open();
CS
dotnet run --project /opt/tool
`,
  ),
  good(
    "C# and Rust with configuration readers",
    () => `#!/bin/bash
cat > /opt/tool/Program.cs <<'CS'
var builder = WebApplication.CreateBuilder(args);
var password = builder.Configuration["Db:Password"] ?? throw new InvalidOperationException("Db:Password is missing");
var token = Environment.GetEnvironmentVariable("API_TOKEN");
options.Password.RequiredLength = 14;
options.TokenValidationParameters = new() { ValidateIssuer = true, ClockSkew = TimeSpan.FromSeconds(30) };
CS
cat > /opt/tool/src/main.rs <<'RS'
let password = std::env::var("DB_PASSWORD")?;
let token: &str = args.token.as_deref().unwrap_or_default();
let secret = std::fs::read_to_string("/run/secrets/app")?;
RS
`,
  ),
  good(
    "words with pass, key and token in other trades",
    () => `#!/bin/bash
PASS=0 FAIL=0 PASSES=3
for key in name size colour; do sort --key=2 -t, "/srv/$key.csv" > "/srv/$key.sorted"; done
IFS=, read -ra tokens <<< "alpha,beta,gamma"; echo "tokens=\${#tokens[@]}"
ffmpeg -y -i in.mov -c:v libx264 -pass 1 -passlogfile /tmp/ff -an -f null /dev/null
apt-mark hold nginx; printf 'Package: nginx\\nPin: version 1.24*\\nPin-Priority: 1001\\n' > /etc/apt/preferences.d/nginx
test -f /srv/name.sorted && PASS=$((PASS + 1)); echo "PASS=$PASS"
KEYMAP=de localectl set-keymap de
shred --iterations="$PASSES" /tmp/old; badblocks -p 2 /dev/nvme1n1
gpio -g mode 17 out; GPIO_PIN=17 /opt/relay/on
`,
  ),
  good(
    "tags and filters of AWS with keys and values",
    (made) => `#!/bin/bash
aws ec2 create-tags --resources "$INSTANCE_ID" --tags Key=Name,Value=web Key=SecretRotation,Value=enabled Key=token-service,Value=blue Key=PasswordPolicy,Value=strict
aws ec2 describe-instances --filters "Name=tag-key,Values=secret" "Name=key-name,Values=ops-2026"
aws dynamodb get-item --table-name sessions --key '{"token": {"S": "'"$SESSION"'"}}'
aws s3api put-object --bucket example-data --key secrets/README.md --body README.md --tagging 'secret=false'
aws ssm add-tags-to-resource --resource-type Parameter --resource-id /app/token --tags 'Key=owner,Value=ops'
aws cloudformation deploy --template-file t.yml --stack-name web --parameter-overrides KeyName=ops-2026 DbPasswordParameter=/prod/db/password SecretArn=arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:db-AbCdEf
`,
  ),
  good(
    "accounts locked or given by a command",
    () => `#!/bin/bash
useradd -r -p '!' -s /sbin/nologin svc
usermod -p '*' games
chpasswd -e <<< 'sync:*'
usermod -p "$(openssl passwd -6 -stdin < /run/ops.pass)" ops
echo "ops:$(mkpasswd -m sha-512 -s < /run/ops.pass)" | chpasswd -e
htpasswd -niB ops < /run/ops.pass > /etc/nginx/users
grub2-mkpasswd-pbkdf2 < /run/grub.pass | sed -n 's/.*is //p' > /run/grub.hash
smbpasswd -s -a svc < <(cat /run/smb.pass /run/smb.pass)
`,
  ),
  good(
    "request parameters from variables",
    () => `#!/bin/bash
curl -fsS "https://api.example.internal/v1/hosts?token=$TOKEN&api_key=\${API_KEY}&user=boot" -o /srv/hosts.json
curl -fsS --get --data-urlencode "password@/run/secrets/portal" https://portal.example.internal/login -o /run/s
wget -q --header="X-Api-Key: $(cat /run/secrets/key)" "https://api.example.internal/export?key=hosts&secret=none" -O /srv/export
curl -fsS -d "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=$SUBJECT&subject_token_type=urn:ietf:params:oauth:token-type:jwt&client_id=boot" https://sso.example.internal/token
curl -fsS -X DELETE https://api.example.internal/v1/tokens/self -H "Authorization: Bearer \${TOKEN}"
`,
  ),
  good(
    "OpenSSL configuration with prompts",
    () => `#!/bin/bash
cat > /etc/pki/req.cnf <<'EOF'
[ req ]
default_bits = 3072
default_keyfile = /etc/pki/site.key
encrypt_key = no
prompt = no
attributes = req_attributes
distinguished_name = dn
[ req_attributes ]
challengePassword_min = 4
challengePassword_max = 20
unstructuredName = An optional company name
[ dn ]
CN = web.example.internal
[ ext ]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid,issuer
keyUsage = digitalSignature,keyEncipherment
EOF
`,
  ),
  good(
    "ssh client and agent settings",
    (made) => `#!/bin/bash
cat > /root/.ssh/config <<'EOF'
Host git.example.internal
  User git
  IdentityFile /root/.ssh/deploy_key
  IdentitiesOnly yes
  PreferredAuthentications publickey,keyboard-interactive,password
  PasswordAuthentication no
  NumberOfPasswordPrompts 1
  CertificateFile /root/.ssh/deploy-cert.pub
EOF
echo '${made.sshPublicKey()}' > /root/.ssh/deploy_key.pub
aws secretsmanager get-secret-value --secret-id deploy-key --query SecretString --output text > /root/.ssh/deploy_key
chmod 600 /root/.ssh/deploy_key && ssh-add /root/.ssh/deploy_key
`,
  ),
  good(
    "alert rules that speak of tokens and passwords",
    () => `#!/bin/bash
cat > /etc/prometheus/rules.yml <<'YAML'
groups:
  - name: auth
    rules:
      - alert: TokenExpiresSoon
        expr: vault_token_expire_time - time() < 3600
        labels: { severity: page, secret: none }
        annotations:
          summary: "Token of {{ $labels.instance }} expires in {{ $value }} s"
          password_help: "https://wiki.example.internal/rotate"
      - alert: PasswordFailures
        expr: rate(sshd_failed_password_total[5m]) > 3
YAML
`,
  ),
  good(
    "translations of a login form",
    () => `#!/bin/bash
cat > /srv/app/locales/en.yml <<'YAML'
en:
  login:
    password_label: "Password"
    password_hint: "Enter your password"
    forgot_password: "Forgot your password?"
    token_expired: "Your token has expired, please sign in again"
    secret_question: "What was the name of your first pet?"
    api_key_help: "Copy the key, it is shown only once"
YAML
`,
  ),
  good(
    "interface description with security schemes",
    () => `#!/bin/bash
cat > /srv/api/openapi.yaml <<'YAML'
openapi: 3.1.0
components:
  securitySchemes:
    apiKey: { type: apiKey, name: X-Api-Key, in: header }
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: "https://sso.example.internal/token", scopes: { read: Read } } } }
  schemas:
    Login:
      properties:
        username: { type: string }
        password: { type: string, format: password, minLength: 14 }
        token: { type: string, readOnly: true }
YAML
`,
  ),
  good(
    "pipeline definition with secrets of a vault",
    () => `#!/bin/bash
cat > /srv/template/.gitlab-ci.yml <<'YAML'
variables:
  DOCKER_AUTH_CONFIG: $DOCKER_AUTH_CONFIG
  VAULT_AUTH_ROLE: deploy
deploy:
  id_tokens: { VAULT_ID_TOKEN: { aud: "https://vault.example.internal" } }
  secrets:
    DB_PASSWORD: { vault: prod/db/password@kv, token: $VAULT_ID_TOKEN, file: false }
  script:
    - docker login -u "$CI_REGISTRY_USER" -p "$CI_REGISTRY_PASSWORD" "$CI_REGISTRY"
    - curl --header "PRIVATE-TOKEN: \${API_TOKEN}" https://gitlab.example.internal/api/v4/version
YAML
`,
  ),
  good(
    "chart values with empty passwords and names of secrets",
    () => `#!/bin/bash
cat > /opt/values.yaml <<'YAML'
auth:
  username: app
  password: ""
  existingSecret: app-db
  secretKeys: { adminPasswordKey: postgres-password, userPasswordKey: password }
ldap:
  bind_password: null
  bindPasswordSecretRef: { name: ldap, key: bind }
tls: { enabled: true, existingSecret: app-tls, certKeyFilename: tls.key, autoGenerated: false }
metrics: { token: , tokenSecretName: metrics-token }
imagePullSecrets: [regcred]
YAML
helm upgrade --install app example/app -f /opt/values.yaml
`,
  ),
  good(
    "reading the claims of a token",
    () => `#!/bin/bash
JWT=$(cat /var/run/secrets/eks.amazonaws.com/serviceaccount/token)
jq -R 'split(".") | .[1] | @base64d | fromjson | {iss, aud, exp}' <<< "$JWT"
exp=$(cut -d. -f2 <<< "$JWT" | tr '_-' '/+' | base64 -d 2>/dev/null | jq -r .exp)
[ "$exp" -gt "$(date +%s)" ] && echo "token valid until $exp"
case "$JWT" in eyJ*) ;; *) echo "not a JWT" >&2 ;; esac
`,
  ),
  bad(
    "unquoted here document around one literal",
    (made) => `#!/bin/bash
NAME=$(hostname)
DB_HOST=db.example.internal
cat <<EOF > /etc/zabbix/zabbix_proxy.conf
Hostname=$NAME
DBHost=$DB_HOST
DBUser=zabbix
DBPassword=${made.password(12)}
TLSConnect=psk
TLSPSKIdentity=proxy-1
TLSPSKFile=/etc/zabbix/proxy.psk
EOF
`,
  ),
  bad(
    "here document with a quoted marker inside another script",
    (made) => `#!/bin/bash
cat > /usr/local/bin/first-login.sh <<'OUTER'
#!/bin/bash
cat > ~/.my.cnf <<INNER
[client]
user=\${USER}
password=${made.phrase()}
INNER
OUTER
chmod 755 /usr/local/bin/first-login.sh
`,
  ),
  good(
    "here document inside another script with references",
    () => `#!/bin/bash
cat > /usr/local/bin/first-login.sh <<'OUTER'
#!/bin/bash
cat > ~/.my.cnf <<INNER
[client]
user=\${USER}
password=$(aws ssm get-parameter --name "/mysql/$USER" --with-decryption --query Parameter.Value --output text)
INNER
OUTER
chmod 755 /usr/local/bin/first-login.sh
`,
  ),
  good(
    "template file with markers of every kind",
    () => `#!/bin/bash
cat > /etc/app/app.conf.tmpl <<'EOF'
db_password = {{DB_PASSWORD}}
smtp_password = __SMTP_PASSWORD__
api_token = <api-token>
session_secret = @SESSION_SECRET@
license_key = REPLACE_ME
cookie_key = %COOKIE_KEY%
webhook_secret = \${WEBHOOK_SECRET}
ldap_password = xxxxxxxx
EOF
sed -e "s|{{DB_PASSWORD}}|$DB_PASSWORD|" -e "s|__SMTP_PASSWORD__|$SMTP_PASSWORD|" /etc/app/app.conf.tmpl > /etc/app/app.conf
`,
  ),
  bad(
    "environment given to a command by env and sudo",
    (made) => `#!/bin/bash
sudo -u app env RAILS_ENV=production LOCKBOX_MASTER_KEY=${made.hex(64)} bundle exec rails db:migrate
`,
  ),
  good(
    "environment given to a command from files",
    () => `#!/bin/bash
sudo -u app env RAILS_ENV=production LOCKBOX_MASTER_KEY="$(cat /run/secrets/lockbox)" bundle exec rails db:migrate
sudo --preserve-env=DB_PASSWORD,API_TOKEN -u app /opt/app/migrate
su - app -c 'set -a; . /run/app.env; exec /opt/app/start'
systemd-run --uid=app -E DB_PASSWORD --property=LoadCredential=token:/run/token /opt/app/job
`,
  ),
  bad(
    "printf into several files in a loop",
    (made) => `#!/bin/bash
for f in /etc/app/a.conf /etc/app/b.conf; do
  printf 'user=%s\\npassword=%s\\nhost=%s\\n' app '${made.symbols(15)}' db.example.internal > "$f"
done
`,
  ),
  bad("password confirmed twice on standard input", (made) => {
    const secret = made.password(12);
    return `#!/bin/bash
( echo "${secret}"; echo "${secret}" ) | smbpasswd -s -a scanner
systemctl enable --now smb
`;
  }),
  good(
    "cloud-config that holds a script which fetches everything",
    () => `#cloud-config
write_files:
  - path: /opt/boot.sh
    permissions: "0755"
    encoding: b64
    content: ${b64('#!/bin/bash\nset -e\nexport DB_PASSWORD="$(aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text)"\nexport API_TOKEN=$(cat /run/token)\nexec /opt/app/start --password-file <(printf %s "$DB_PASSWORD")\n')}
runcmd: [/opt/boot.sh]
`,
  ),
  good(
    "cloud-config comments about passwords",
    () => `#cloud-config
# password: set by ops after the first login
# chpasswd: see https://wiki.example.internal/passwords
# The token for the agent is fetched by the unit; never put token=... here.
hostname: web-1
write_files:
  - path: /etc/agent.conf
    content: |
      # token = (see /run/agent.token)
      token_file = /run/agent.token
      ; password = <none>
`,
  ),
  bad(
    "cloud-config comment with the old password",
    (made) => `#cloud-config
# until the new image is out:
#   password: ${made.password(12)}
#   chpasswd: { expire: false }
hostname: web-1
ssh_pwauth: false
`,
  ),

  good(
    "disks and partitions by their ids",
    (made) => `#!/bin/bash
cat >> /etc/fstab <<'EOF'
UUID=${made.uuid()} /data xfs defaults,nofail 0 2
PARTUUID=${made.uuid()} /secrets ext4 nofail,noexec 0 2
/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol${made.digest().slice(0, 17)} none swap sw 0 0
EOF
echo "vault UUID=${made.uuid()} none luks,discard,keyscript=/usr/local/sbin/luks-key" >> /etc/crypttab
grubby --update-kernel=ALL --args="rd.luks.uuid=luks-${made.uuid()} ima_hash=sha256"
`,
  ),
  good(
    "key files of encrypted disks made at boot",
    () => `#!/bin/bash
dd if=/dev/urandom of=/run/data.key bs=64 count=1
cryptsetup luksFormat -q /dev/nvme1n1 --key-file /run/data.key --pbkdf argon2id --iter-time 3000
cryptsetup open /dev/nvme1n1 data --key-file=/run/data.key --keyfile-size 64
echo 'scratch /dev/nvme2n1 /dev/urandom swap,cipher=aes-xts-plain64,size=512' >> /etc/crypttab
systemd-cryptenroll --tpm2-device=auto --unlock-key-file=/run/data.key /dev/nvme1n1
`,
  ),
  good(
    "file with the names of the fields only",
    () => `#!/bin/bash
echo 'id,username,password_hash,token,created_at' > /srv/export/users.csv
psql -At -F, -c 'select id, username, password, token from users limit 0' >> /srv/export/users.csv
cat > /srv/app/filter.rb <<'RUBY'
Rails.application.config.filter_parameters += [:password, :password_confirmation, :secret, :token, :_key, :crypt, :salt, :otp]
validates :password, presence: true, length: { minimum: 14 }
has_secure_password
RUBY
`,
  ),
  good(
    "strict types of passwords in code",
    () => `#!/bin/bash
cat > /srv/app/types.ts <<'TS'
export interface Login { user: string; password: string; token?: string | undefined; secret: Secret<string> }
export const schema = z.object({ password: z.string().min(14), apiKey: z.string().optional() });
const password = await secrets.get("prod/app/password");
const { token = process.env.TOKEN, secret } = config;
function check(password: string, token: Token): boolean { return password === token.value; }
TS
cat > /srv/app/models.py <<'PY'
class Login(BaseModel):
    password: SecretStr
    token: Optional[str] = None
    api_key: str = Field(default_factory=lambda: os.environ["API_KEY"])
password = getpass.getpass("Password: ")
PY
`,
  ),
  good(
    "unit tests of a login",
    () => `#!/bin/bash
cat > /srv/app/smoke.sh <<'EOF'
#!/bin/sh
code=$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $(cat /run/token)" https://app.example.internal/health)
[ "$code" = 200 ] || { echo "token was refused: $code"; exit 1; }
code=$(curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer' https://app.example.internal/health)
[ "$code" = 401 ] || { echo "empty token was accepted"; exit 1; }
EOF
sh /srv/app/smoke.sh
`,
  ),
  good(
    "long options with key and pass that take other things",
    (made) => `#!/bin/bash
rsync -a --password-file=/run/rsync.pass backup@files.example.internal::srv /srv
pgbackrest --repo1-cipher-type=aes-256-cbc --pg1-path=/var/lib/pgsql --repo1-s3-key-type=auto info
borg init --encryption=repokey-blake2 --make-parent-dirs /srv/borg
gpg --batch --yes --passphrase-file /run/gpg.pass --default-key ${made.digest("sha1").slice(0, 16).toUpperCase()} --sign /srv/x
rclone sync /srv remote:srv --password-command "cat /run/rclone.pass" --s3-sse-customer-key-md5 ""
stress-ng --key 4 --seed 1234567890 --timeout 5s
ansible-playbook --private-key /run/id --vault-password-file /run/vp --key-file /run/id site.yml
mc alias set store https://s3.example.internal "$ACCESS_KEY" "$SECRET_KEY"
`,
  ),
  good(
    "service definition with paths to secrets in JSON",
    () => `#!/bin/bash
cat > /etc/app/config.json <<'JSON'
{
  "database": { "user": "app", "passwordFile": "/run/secrets/db", "password": null },
  "auth": { "type": "oidc", "clientId": "app", "clientSecret": { "$ref": "aws-sm://prod/app#client_secret" }, "tokenUrl": "https://sso.example.internal/token" },
  "session": { "secret": { "fromEnv": "SESSION_SECRET" }, "cookie": "sid", "maxAge": 3600 },
  "tls": { "key": "/etc/pki/app.key", "cert": "/etc/pki/app.crt", "passphrase": "" },
  "features": { "passwordReset": true, "tokenRefresh": "sliding", "apiKeys": false }
}
JSON
`,
  ),
  bad(
    "service definition with one value among paths in JSON",
    (made) => `#!/bin/bash
cat > /etc/app/config.json <<'JSON'
{
  "database": { "user": "app", "passwordFile": "/run/secrets/db", "password": null },
  "session": { "secret": ["${made.token(48)}"], "cookie": "sid", "maxAge": 3600 },
  "tls": { "key": "/etc/pki/app.key", "cert": "/etc/pki/app.crt", "passphrase": "" }
}
JSON
`,
  ),
  good(
    "archive in base64 that holds only public things",
    (made) => `#cloud-config
write_files:
  - path: /root/.docker/config.json
    encoding: b64
    content: ${b64('{"credHelpers":{"public.ecr.aws":"ecr-login"},"auths":{}}')}
  - path: /root/.ssh/authorized_keys
    encoding: gz+b64
    content: ${gz(`${made.sshPublicKey()}\n${made.sshPublicKey()}\n`)}
  - path: /etc/ssh/ca.pub
    content: !!binary ${b64(`cert-authority ${made.sshPublicKey()}\n`)}
`,
  ),
  good(
    "colours, serial numbers and other long values",
    (made) => `#!/bin/bash
cat > /etc/app/theme.ini <<EOF
primary_key_color = #1a2b3c
machine_id = ${made.digest("md5")}
boot_id = ${made.uuid()}
mac = 02:42:ac:11:00:02
license_plate = unknown
password_field_color = #ffffff
token_symbol = EUR
build = ${made.digest("sha1")}
trace = 00-${made.digest("md5")}-${made.digest("md5").slice(0, 16)}-01
EOF
`,
  ),
  // A host or a source before the login, fallbacks of other elements
  bad(
    "password behind the host and the user",
    (made) => `#!/bin/bash
cat > /var/www/html/db.php <<'PHP'
<?php
$link = mysqli_connect("db.example.internal", "app", "${made.password()}", "app");
PHP
`,
  ),
  good(
    "login from the environment behind the host",
    () => `#!/bin/bash
cat > /var/www/html/db.php <<'PHP'
<?php
$link = mysqli_connect("db.example.internal", "app", getenv("DB_PASSWORD"), "app");
$pdo = new PDO("mysql:host=db.example.internal;dbname=app2", "app", $_ENV["DB_PASSWORD"]);
PHP
`,
  ),
  good(
    "fallback of the next element of an object",
    () => `#!/bin/bash
cat > /srv/api/config.js <<'JS'
module.exports = { db: { password: process.env.DB_PASSWORD, user: process.env.DB_USER || 'app' }, jwt: { secret: process.env.JWT_SECRET, expiresIn: process.env.TTL || '1h' } };
JS
`,
  ),
  bad(
    "fallback of a secret in an object",
    (made) => `#!/bin/bash
cat > /srv/api/config.js <<'JS'
module.exports = { db: { user: process.env.DB_USER || 'app', password: process.env.DB_PASSWORD || '${made.password()}' } };
JS
`,
  ),
];
