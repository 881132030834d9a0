import { bad, good, type Case } from "../corpus";
import { publicBytes } from "../forms";

/** Applications: their environment, shops, games and what people host for themselves. */
export const applications: readonly Case[] = [
  // Applications

  bad(
    "database settings of a Django project",
    (made) => `#!/bin/bash
cat > /srv/site/site/local_settings.py <<'PY'
DEBUG = False
ALLOWED_HOSTS = ["site.example.com"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "site",
        "USER": "site",
        "PASSWORD": "${made.symbols(18)}",
        "HOST": "pg.example.internal",
    }
}
PY
`,
  ),
  bad(
    "master key of a Rails application",
    (made) => `#!/bin/bash
cd /srv/app
echo -n ${made.hex(32)} > config/master.key
chmod 600 config/master.key
RAILS_ENV=production bin/rails db:migrate
`,
  ),
  bad(
    "application key of Laravel",
    (made) => `#!/bin/bash
cd /var/www/shop
cp .env.production .env
sed -i "s|^APP_KEY=.*|APP_KEY=base64:${made.base64(32)}|" .env
php artisan config:cache
`,
  ),
  bad(
    "Spring property as a program argument",
    (made) => `#!/bin/bash
java -jar /opt/orders/orders.jar --server.port=8080 --spring.datasource.username=orders --spring.datasource.password=${made.password()} >> /var/log/orders.log 2>&1 &
`,
  ),
  bad(
    "Spring settings in one JSON variable",
    (made) => `#!/bin/bash
export SPRING_APPLICATION_JSON='{"spring":{"rabbitmq":{"host":"mq.example.internal","username":"orders","password":"${made.weak()}"}}}'
exec /opt/orders/bin/orders
`,
  ),
  bad(
    "Jasypt password beside the encrypted properties",
    (made) => `#!/bin/bash
cat > /opt/app/app.conf <<'EOF'
JAVA_OPTS="-Xms512m -Djasypt.encryptor.password=${made.password(20)}"
EOF
`,
  ),
  bad(
    "Phoenix endpoint in a runtime file",
    (made) => `#!/bin/bash
cat > /opt/hello/prod.secret.exs <<'EXS'
import Config
config :hello, HelloWeb.Endpoint,
  url: [host: "hello.example.com", port: 443],
  secret_key_base: "${made.base64(48)}"
EXS
`,
  ),
  bad(
    "session secret of an Express server",
    (made) => `#!/bin/bash
cat > /srv/web/server.js <<'JS'
const express = require("express");
const session = require("express-session");
const app = express();
app.use(session({ name: "sid", secret: "${made.phrase()}", resave: false, saveUninitialized: false }));
app.listen(3000);
JS
`,
  ),
  bad(
    "WordPress configuration made by the command line",
    (made) => `#!/bin/bash
cd /var/www/html
sudo -u www-data wp core download
sudo -u www-data wp config create --dbname=wp --dbuser=wp --dbpass='${made.password()}' --dbhost=db.example.internal
`,
  ),
  bad(
    "authentication salts of WordPress",
    (made) => `#!/bin/bash
cat >> /var/www/html/wp-config-local.php <<'PHP'
define('AUTH_KEY', '${made.symbols(64)}');
define('DISALLOW_FILE_EDIT', true);
PHP
`,
  ),
  bad(
    "Drupal database array",
    (made) => `#!/bin/bash
cat >> /var/www/drupal/sites/default/settings.php <<'PHP'
$databases['default']['default'] = [
  'driver' => 'mysql',
  'database' => 'drupal',
  'username' => 'drupal',
  'password' => '${made.password(12)}',
  'host' => 'db.example.internal',
];
PHP
`,
  ),
  bad(
    "Nextcloud installed by occ",
    (made) => `#!/bin/bash
sudo -u www-data php /var/www/nextcloud/occ maintenance:install --database mysql --database-name nc --database-user nc --database-pass "$DB_PW" --admin-user admin --admin-pass "${made.word()}"
`,
  ),
  bad(
    "master password of Odoo",
    (made) => `#!/bin/bash
sed -i 's/^;\\? \\?admin_passwd.*/admin_passwd = ${made.weak()}/' /etc/odoo/odoo.conf
`,
  ),
  bad(
    "Airflow administrator",
    (made) => `#!/bin/bash
airflow db migrate
airflow users create --username admin --firstname Ops --lastname Team --role Admin --email ops@example.com --password ${made.word()}
`,
  ),
  bad(
    "Airflow connection in a variable",
    (made) => `#!/bin/bash
echo "AIRFLOW_CONN_WAREHOUSE='redshift://etl:${made.password()}@wh.example.internal:5439/dwh'" >> /etc/sysconfig/airflow
`,
  ),
  bad(
    "hash of the Jupyter password",
    (made) => `#!/bin/bash
cat > /home/ec2-user/.jupyter/jupyter_server_config.py <<'PY'
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.password = "argon2:$argon2id$v=19$m=10240,t=10,p=8$${publicBytes(made).slice(0, 22)}$${made.token(43)}"
PY
`,
  ),
  bad(
    "Jenkins administrator made by a Groovy script",
    (made) => `#!/bin/bash
cat > /var/lib/jenkins/init.groovy.d/admin.groovy <<'GROOVY'
import jenkins.model.Jenkins
import hudson.security.HudsonPrivateSecurityRealm
def realm = new HudsonPrivateSecurityRealm(false)
realm.createAccount("ops", "${made.weak()}")
Jenkins.instance.setSecurityRealm(realm)
Jenkins.instance.save()
GROOVY
`,
  ),
  bad(
    "Rundeck realm file",
    (made) => `#!/bin/bash
echo 'deploy:${made.password(12)},user,admin' >> /etc/rundeck/realm.properties
`,
  ),
  bad(
    "internal token of Gitea",
    (made) => `#!/bin/bash
cat > /etc/gitea/app.ini <<'INI'
[server]
ROOT_URL = https://git.example.com/
[security]
INSTALL_LOCK = true
INTERNAL_TOKEN = ${made.jwt()}
INI
`,
  ),
  bad(
    "remote console of a game server",
    (made) => `#!/bin/bash
cd /opt/minecraft
echo 'eula=true' > eula.txt
cat > server.properties <<'EOF'
motd=A server on EC2
enable-rcon=true
rcon.port=25575
rcon.password=${made.weak()}
max-players=20
EOF
`,
  ),
  bad(
    "Symfony mailer address",
    (made) => `#!/bin/bash
cat > /srv/app/.env.local <<'EOF'
APP_ENV=prod
MAILER_DSN=smtp://mailer:${made.password(14)}@smtp.example.com:587
EOF
`,
  ),
  bad(
    "Play application secret as a system property",
    (made) => `#!/bin/bash
/opt/catalog/bin/catalog -Dplay.http.secret.key='${made.base64(33)}' -Dhttp.port=9000 &
`,
  ),
  bad(
    "admin secret of a GraphQL engine",
    (made) => `#!/bin/bash
systemd-run --unit=hasura --setenv=HASURA_GRAPHQL_DATABASE_URL="$(cat /run/secrets/db-url)" --setenv=HASURA_GRAPHQL_ADMIN_SECRET=${made.token(24)} /usr/local/bin/graphql-engine serve
`,
  ),
  good(
    "Django settings that read the environment",
    () => `#!/bin/bash
cat > /srv/site/site/prod.py <<'PY'
import os
from .base import *
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
DATABASES["default"]["PASSWORD"] = os.getenv("DB_PASSWORD", "")
PASSWORD_RESET_TIMEOUT = 3600
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}]
CSRF_COOKIE_NAME = "csrftoken"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://cache:6379", "KEY_PREFIX": "site"}}
PY
`,
  ),
  good(
    "secret key of Django made at boot",
    () => `#!/bin/bash
cd /srv/site
SECRET_KEY=$(venv/bin/python -c 'from django.core.management.utils import get_random_secret_key as k; print(k())')
printf "SECRET_KEY='%s'\\n" "$SECRET_KEY" > /run/site.env
DJANGO_SUPERUSER_PASSWORD="$(cat /run/secrets/admin)" venv/bin/python manage.py createsuperuser --noinput --username admin --email ops@example.com
`,
  ),
  good(
    "Rails files with embedded Ruby",
    () => `#!/bin/bash
cd /srv/app
cat > config/secrets.yml <<'YAML'
production:
  secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>
YAML
cat > config/database.yml <<'YAML'
production:
  adapter: postgresql
  username: app
  password: <%= ENV.fetch("DATABASE_PASSWORD") { File.read("/run/secrets/db").strip } %>
YAML
echo 'Rails.application.config.filter_parameters += [:password, :token, :secret, :_key, :otp]' > config/initializers/filter.rb
SECRET_KEY_BASE=$(bin/rails secret) bin/rails assets:precompile
`,
  ),
  good(
    "Laravel generates its key",
    () => `#!/bin/bash
cd /var/www/shop
cat > .env <<'EOF'
APP_KEY=
DB_PASSWORD="\${DB_PASSWORD}"
MAIL_PASSWORD=null
REDIS_PASSWORD=null
PASSWORD_TIMEOUT=10800
AUTH_PASSWORD_RESET_TOKEN_TABLE=password_reset_tokens
EOF
php artisan key:generate --force
`,
  ),
  good(
    "Spring imports its secrets",
    () => `#!/bin/bash
cat > /opt/orders/application.properties <<'EOF'
spring.config.import=aws-secretsmanager:/prod/orders,optional:configtree:/run/secrets/
spring.datasource.username=orders
spring.datasource.password=\${db.password}
spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://sso.example.com/certs
management.endpoint.env.keys-to-sanitize=password,secret,key,token,.*credentials.*
server.ssl.key-store=file:/etc/orders/keystore.p12
server.ssl.key-store-password=\${KEYSTORE_PASSWORD}
server.ssl.key-alias=orders
EOF
`,
  ),
  good(
    "Phoenix reads its configuration at run time",
    () => `#!/bin/bash
cat > /opt/hello/runtime.exs <<'EXS'
import Config
config :hello, HelloWeb.Endpoint,
  secret_key_base: System.fetch_env!("SECRET_KEY_BASE"),
  live_view: [signing_salt: System.get_env("LV_SALT")]
config :phoenix, :filter_parameters, ["password", "secret", "token"]
EXS
export SECRET_KEY_BASE="$(mix phx.gen.secret)"
`,
  ),
  good(
    "Express server with environment variables",
    () => `#!/bin/bash
cat > /srv/web/server.js <<'JS'
const session = require("express-session");
app.use(session({ name: "sid", secret: process.env.SESSION_SECRET, key: "connect.sid", resave: false }));
app.post("/login", (req, res) => {
  const { username, password } = req.body;
  const token = jwt.sign({ sub: username }, config.jwtSecret, { expiresIn: "15m" });
  res.cookie("access_token", token, { httpOnly: true });
});
JS
`,
  ),
  good(
    "WordPress with shuffled salts",
    () => `#!/bin/bash
cd /var/www/html
wp config create --dbname=wp --dbuser=wp --dbpass="$(cat /run/secrets/wp_db)" --dbhost=db.example.internal --skip-salts
wp config shuffle-salts
wp core install --url=https://blog.example.com --title=Blog --admin_user=editor --admin_email=ops@example.com --prompt=admin_password < /run/secrets/wp_admin
`,
  ),
  good(
    "Drupal reads its salt from a file",
    () => `#!/bin/bash
cat >> /var/www/drupal/sites/default/settings.php <<'PHP'
$settings['hash_salt'] = file_get_contents('/run/secrets/salt');
$databases['default']['default'] = ['driver' => 'mysql', 'username' => 'drupal', 'password' => getenv('DB_PASSWORD'), 'host' => 'db.example.internal'];
$config['user.settings']['password_reset_timeout'] = 86400;
PHP
`,
  ),
  good(
    "ASP.NET options about passwords",
    () => `#!/bin/bash
cat > /srv/api/appsettings.json <<'JSON'
{
  "Identity": { "Password": { "RequiredLength": 12, "RequireDigit": true, "RequireNonAlphanumeric": false }, "Tokens": { "PasswordResetTokenProvider": "Default", "AuthenticatorTokenProvider": "Authenticator" } },
  "Jwt": { "Issuer": "https://sso.example.com", "Audience": "api", "KeyPath": "/run/secrets/jwt.pem" },
  "ConnectionStrings": { "Default": "" },
  "Logging": { "LogLevel": { "Microsoft.AspNetCore.Authentication": "Warning" } }
}
JSON
`,
  ),
  good(
    "Airflow asks a secrets backend",
    () => `#!/bin/bash
cat >> /etc/sysconfig/airflow <<'EOF'
AIRFLOW__SECRETS__BACKEND=airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend
AIRFLOW__SECRETS__BACKEND_KWARGS={"connections_prefix": "airflow/connections", "variables_prefix": "airflow/variables"}
AIRFLOW__CORE__FERNET_KEY_CMD=cat /run/secrets/fernet
AIRFLOW__CORE__SQL_ALCHEMY_CONN_SECRET=sql_alchemy_conn
AIRFLOW__CORE__HIDE_SENSITIVE_VAR_CONN_FIELDS=True
EOF
`,
  ),
  good(
    "Jenkins administrator from the environment",
    () => `#!/bin/bash
cat > /var/lib/jenkins/casc.yaml <<'YAML'
jenkins:
  securityRealm:
    local:
      allowsSignup: false
      users:
        - id: ops
          password: \${JENKINS_ADMIN_PASSWORD}
  authorizationStrategy: { loggedInUsersCanDoAnything: { allowAnonymousRead: false } }
credentials:
  system:
    domainCredentials:
      - credentials:
          - basicSSHUserPrivateKey: { id: deploy, username: git, privateKeySource: { directEntry: { privateKey: "\${readFile:/run/secrets/deploy_key}" } } }
YAML
cat /var/lib/jenkins/secrets/initialAdminPassword | aws ssm put-parameter --name /jenkins/initial --type SecureString --overwrite --value file:///dev/stdin
`,
  ),
  good(
    "Gitea generates its secrets",
    () => `#!/bin/bash
INTERNAL_TOKEN=$(gitea generate secret INTERNAL_TOKEN)
cat > /etc/gitea/app.ini <<EOF
[security]
INSTALL_LOCK = true
INTERNAL_TOKEN = $INTERNAL_TOKEN
SECRET_KEY_URI = file:/etc/gitea/secret_key
PASSWORD_HASH_ALGO = argon2
MIN_PASSWORD_LENGTH = 14
PASSWORD_COMPLEXITY = lower,upper,digit
[oauth2]
ACCESS_TOKEN_EXPIRATION_TIME = 3600
EOF
gitea admin user create --admin --username ops --random-password --email ops@example.com
`,
  ),
  good(
    "game server without a remote console",
    () => `#!/bin/bash
cat > /opt/minecraft/server.properties <<'EOF'
enable-rcon=false
rcon.password=
resource-pack-sha1=
enforce-secure-profile=true
level-seed=-4530634556500121041
EOF
`,
  ),
  good(
    "switches and names about authentication in an env file",
    () => `#!/bin/bash
cat > /etc/portal.env <<'EOF'
AUTH_BACKEND=ldap
PASSWORD_LOGIN_ENABLED=false
PASSWORD_HASH_ALGO=argon2id
API_KEY_HEADER=X-Api-Key
SESSION_COOKIE_NAME=portal_sid
ACCESS_TOKEN_TTL=900
TOKEN_ISSUER=https://sso.example.com
JWT_ALGORITHM=RS256
JWT_PUBLIC_KEY_FILE=/etc/portal/jwt.pub
CREDENTIALS_PROVIDER=instance-profile
REDIS_KEY_PREFIX=portal:sess:
TRANSLATION_KEY=login.password.label
SMTP_AUTH=none
EOF
`,
  ),
  good(
    "public key for checking tokens",
    (made) => `#!/bin/bash
cat > /etc/api/jwt-public.pem <<'EOF'
${made.publicKey()}
EOF
echo 'API_JWT_KEY_FILE=/etc/api/jwt-public.pem' >> /etc/api.env
`,
  ),
  good(
    "mobile and map keys that are published",
    (made) => `#!/bin/bash
cat > /srv/web/config.json <<'JSON'
{
  "oauthClientId": "${made.account()}-${made.digest().slice(0, 32)}.apps.googleusercontent.com",
  "recaptchaSiteKey": "6L${made.digest().slice(0, 38)}",
  "vapidPublicKey": "B${publicBytes(made).replaceAll(/[+/=]/g, "x")}${publicBytes(made).replaceAll(/[+/=]/g, "y")}",
  "cognitoUserPoolId": "eu-west-1_Ab12Cd34E",
  "cognitoClientId": "${made.digest().slice(0, 26)}"
}
JSON
`,
  ),
  good(
    "example file for the operators",
    () => `#!/bin/bash
cat > /opt/app/.env.example <<'EOF'
# copy to .env and fill in
DB_PASSWORD=<database password>
SESSION_SECRET=REPLACE_ME
SMTP_PASSWORD=your-smtp-password-here
STRIPE_SECRET_KEY=sk_live_${"x".repeat(24)}
SENTRY_AUTH_TOKEN=
EOF
`,
  ),
  good(
    "messages of a login form",
    () => `#!/bin/bash
cat > /srv/web/locales/de.json <<'JSON'
{
  "login": { "username": "Benutzername", "password": "Passwort", "forgot": "Passwort vergessen?", "token": "Einmalcode" },
  "errors": { "password": "Das Passwort ist zu kurz", "secret": "Geheimnis fehlt", "apiKey": "Ungültiger API-Schlüssel" }
}
JSON
`,
  ),
  good(
    "feature flags and a schema for secrets",
    () => `#!/bin/bash
cat > /etc/app/schema.json <<'JSON'
{
  "type": "object",
  "required": ["username", "password"],
  "properties": {
    "password": { "type": "string", "minLength": 12, "format": "password", "writeOnly": true },
    "token": { "type": "string", "pattern": "^[A-Za-z0-9_-]{43}$", "description": "token of the client" },
    "secretRef": { "type": "string", "default": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app" }
  }
}
JSON
`,
  ),

  // Game servers

  bad(
    "Valheim unit with a password between other options",
    (made) => `#!/bin/bash
useradd -r -m -d /srv/valheim valheim
cat > /etc/systemd/system/valheim.service <<'UNIT'
[Unit]
Description=Valheim server
After=network-online.target

[Service]
User=valheim
Environment=LD_LIBRARY_PATH=/srv/valheim/linux64 SteamAppId=892970
ExecStart=/srv/valheim/valheim_server.x86_64 -nographics -batchmode -name "Fjord Friends" \\
  -port 2456 -world Fjord -password "${made.weak()}" -public 0
Restart=on-failure

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload && systemctl enable --now valheim
`,
  ),
  bad(
    "Palworld settings in one line of parentheses",
    (made) => `#!/bin/bash
set -e
cfg=/srv/pal/Pal/Saved/Config/LinuxServer/PalWorldSettings.ini
mkdir -p "$(dirname "$cfg")"
{
  echo '[/Script/Pal.PalGameWorldSettings]'
  echo 'OptionSettings=(Difficulty=None,DayTimeSpeedRate=1.000000,ServerPlayerMaxNum=16,ServerName="Meadow",AdminPassword="${made.password(12)}",ServerPassword="",PublicPort=8211,RCONEnabled=True,RCONPort=25575)'
} > "$cfg"
chown -R steam: /srv/pal
`,
  ),
  bad(
    "map address of a game server with an administrator password",
    (made) => `#!/bin/bash
cd /srv/ark/ShooterGame/Binaries/Linux
ulimit -n 100000
nohup ./ShooterGameServer "TheIsland?listen?SessionName=Dodo?ServerAdminPassword=${made.password(10)}?Port=7777?QueryPort=27015" -server -log >/var/log/ark.log 2>&1 &
`,
  ),
  bad(
    "login of the game downloader by position",
    (made) => `#!/usr/bin/env bash
apt-get install -y lib32gcc-s1 steamcmd
sudo -u steam /usr/games/steamcmd +force_install_dir /srv/game +login meadowbuild ${made.symbols(14)} +app_update 380870 validate +quit
`,
  ),
  bad(
    "account token of a game server as a plus option",
    (made) => `#!/bin/bash
cd /srv/cs2/game/bin/linuxsteamrt64
screen -dmS cs2 ./cs2 -dedicated -usercon -port 27015 +game_type 0 +game_mode 1 +map de_dust2 +sv_setsteamaccount ${made.hex(32).toUpperCase()} +maxplayers 12
`,
  ),
  bad(
    "super user of a voice server by position",
    (made) => `#cloud-config
packages: [mumble-server]
runcmd:
  - systemctl stop mumble-server
  - murmurd -ini /etc/mumble-server.ini -supw ${made.weak()}
  - systemctl start mumble-server
`,
  ),
  good(
    "Valheim unit that reads its password",
    () => `#!/bin/bash
umask 077
printf 'SRV_PASS=%s\\n' "$(aws ssm get-parameter --name /games/valheim/password --with-decryption --query Parameter.Value --output text)" > /etc/valheim.env
cat > /etc/systemd/system/valheim.service <<'UNIT'
[Service]
User=valheim
EnvironmentFile=/etc/valheim.env
ExecStart=/srv/valheim/valheim_server.x86_64 -nographics -batchmode -name "Fjord Friends" \\
  -port 2456 -world Fjord -password "\${SRV_PASS}" -public 0
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now valheim
`,
  ),
  good(
    "Palworld settings with empty passwords in one line",
    () => `#!/bin/bash
cat > /srv/pal/PalWorldSettings.ini <<'INI'
[/Script/Pal.PalGameWorldSettings]
OptionSettings=(Difficulty=None,ServerPlayerMaxNum=16,ServerName="Meadow",AdminPassword="",ServerPassword="",PublicPort=8211,RCONEnabled=False,bUseAuth=True)
INI
`,
  ),
  good(
    "map address with variables and anonymous download",
    () => `#!/bin/bash
steamcmd +force_install_dir /srv/ark +login anonymous +app_update 376030 validate +quit
ADMIN_PW=$(openssl rand -hex 8)
exec /srv/ark/ShooterGame/Binaries/Linux/ShooterGameServer "TheIsland?listen?SessionName=Dodo?ServerPassword=?ServerAdminPassword=$ADMIN_PW?Port=7777" -server -log
`,
  ),
  good(
    "operators of a block game by their ids",
    (made) => `#!/bin/bash
cat > /srv/mc/ops.json <<'JSON'
[
  { "uuid": "${made.uuid()}", "name": "miner_alex", "level": 4, "bypassesPlayerLimit": true },
  { "uuid": "${made.uuid()}", "name": "steve_pass", "level": 2, "bypassesPlayerLimit": false }
]
JSON
cat >> /srv/mc/server.properties <<'EOF'
enforce-secure-profile=true
enable-rcon=false
rcon.password=
rcon.port=25575
resource-pack-sha1=${made.digest("sha1")}
level-seed=-7379792622640751045
EOF
`,
  ),

  // Web shops and applications

  bad(
    "web site installed with an administrator password",
    (made) => `#!/bin/bash
cd /var/www/html
sudo -u www-data wp core install --url=https://shop.example.com --title="Garden Shop" \\
  --admin_user=owner --admin_email=owner@example.com --admin_password=${made.password(14)} --skip-email
`,
  ),
  bad(
    "set-up command of a shop over many lines",
    (made) => `#!/bin/bash
cd /var/www/magento
php -d memory_limit=2G bin/magento setup:install \\
  --base-url=https://shop.example.com/ \\
  --db-host=db.example.internal --db-name=magento --db-user=magento \\
  --db-password="$(aws ssm get-parameter --name /shop/db --with-decryption --query Parameter.Value --output text)" \\
  --admin-firstname=Shop --admin-lastname=Owner --admin-email=owner@example.com \\
  --admin-user=owner --admin-password='${made.symbols(13)}' \\
  --language=de_DE --currency=EUR --use-rewrites=1
`,
  ),
  bad(
    "content system installed with a database address",
    (made) => `#!/bin/bash
cd /srv/cms && vendor/bin/drush site:install standard -y --db-url=mysql://cms:${made.password(13)}@localhost/cms --site-name="Intranet" --locale=fr
`,
  ),
  bad(
    "learning platform installed with a weak administrator",
    (made) => `#!/bin/bash
sudo -u www-data /usr/bin/php /var/www/moodle/admin/cli/install.php --non-interactive --agree-license \\
  --wwwroot=https://learn.example.com --dataroot=/srv/moodledata --dbtype=pgsql --dbhost=/var/run/postgresql \\
  --fullname=Learning --shortname=learn --adminuser=admin --adminpass=${made.weak()}
`,
  ),
  bad(
    "super user created in a one-liner of Python",
    (made) => `#!/bin/bash
cd /srv/portal && . venv/bin/activate
python manage.py migrate --noinput
python manage.py shell -c "from django.contrib.auth import get_user_model as g; g().objects.create_superuser('root', 'ops@example.com', '${made.password(12)}')"
`,
  ),
  bad(
    "user saved by a Rails runner",
    (made) => `#!/bin/bash
cd /srv/tickets
RAILS_ENV=production bundle exec rails runner "u = User.find_by(email: 'root@example.com'); u.password = u.password_confirmation = '${made.symbols(12)}'; u.save!"
`,
  ),
  bad(
    "new password as the body of a request",
    (made) => `#!/bin/bash
until [ -s /srv/nexus/admin.password ]; do sleep 5; done
curl -fsS -u "admin:$(cat /srv/nexus/admin.password)" -X PUT -H 'Content-Type: text/plain' \\
  -d '${made.password()}' http://localhost:8081/service/rest/v1/security/users/admin/change-password
`,
  ),
  bad(
    "dashboard API with the default login in the address",
    (made) => `#!/bin/bash
for f in /opt/dashboards/*.json; do
  curl -s -X POST -H 'Content-Type: application/json' -d @"$f" http://admin:${made.word()}@localhost:3000/api/dashboards/db
done
`,
  ),
  bad(
    "database password of a monitoring server set by sed",
    (made) => `#!/bin/bash
sed -i -e 's/^# DBHost=.*/DBHost=localhost/' -e 's/^# DBPassword=.*/DBPassword=${made.password(12)}/' /etc/zabbix/zabbix_server.conf
systemctl enable --now zabbix-server zabbix-agent2 nginx php8.2-fpm
`,
  ),
  bad(
    "identity server started with options",
    (made) => `#!/bin/bash
/opt/keycloak/bin/kc.sh build --db=postgres --health-enabled=true
exec /opt/keycloak/bin/kc.sh start --optimized --hostname=login.example.com --db-url-host=pg.example.internal --db-username=keycloak --db-password=${made.password(18)} --proxy-headers=xforwarded
`,
  ),
  bad(
    "registry administrator set by sed in a YAML file",
    (made) => `#!/bin/bash
cd /opt/harbor
cp harbor.yml.tmpl harbor.yml
sed -i "s/^hostname: .*/hostname: registry.example.internal/; s/^harbor_admin_password: .*/harbor_admin_password: ${made.password(12)}/" harbor.yml
./install.sh
`,
  ),
  bad(
    "object store configured through tee",
    (made) => `#!/bin/bash
tee /etc/default/minio >/dev/null <<EOT
MINIO_VOLUMES="/mnt/disk{1...4}/minio"
MINIO_OPTS="--console-address :9001"
MINIO_ROOT_USER=storageadmin
MINIO_ROOT_PASSWORD=${made.phrase()}
EOT
systemctl enable --now minio
`,
  ),
  bad(
    "DNS filter with a short option for its web password",
    (made) => `#!/bin/bash
curl -sSL https://install.example.net/pihole | bash /dev/stdin --unattended
pihole -a -p ${made.weak()}
`,
  ),
  bad(
    "plugin command of a monitoring agent",
    (made) => `#!/bin/bash
cat >> /etc/nagios/nrpe.cfg <<'EOF'
command[check_load]=/usr/lib/nagios/plugins/check_load -w 8,6,4 -c 16,12,8
command[check_db]=/usr/lib/nagios/plugins/check_mysql -H localhost -u monitor -p ${made.password(10)} -d shop
EOF
systemctl restart nagios-nrpe-server
`,
  ),
  bad(
    "SQL map of a mail server with a connect line",
    (made) => `#!/bin/bash
cat > /etc/dovecot/dovecot-sql.conf.ext <<'EOF'
driver = mysql
connect = host=127.0.0.1 dbname=mailserver user=mailuser password=${made.password(14)}
default_pass_scheme = BLF-CRYPT
password_query = SELECT email as user, password FROM virtual_users WHERE email='%u';
EOF
`,
  ),
  bad(
    "environment of an Apache site",
    (made) => `#!/bin/bash
cat > /etc/apache2/sites-available/shop.conf <<'EOF'
<VirtualHost *:80>
  ServerName shop.example.com
  DocumentRoot /var/www/shop/public
  SetEnv APP_ENV prod
  SetEnv APP_SECRET ${made.hex(32)}
  <Directory /var/www/shop/public>
    AllowOverride All
  </Directory>
</VirtualHost>
EOF
a2ensite shop && systemctl reload apache2
`,
  ),
  bad(
    "environment of a PHP pool appended by echo",
    (made) => `#!/bin/bash
pool=/etc/php/8.2/fpm/pool.d/www.conf
echo "clear_env = no" >> $pool
echo "env[DB_HOST] = db.example.internal" >> $pool
echo "env[DB_PASSWORD] = '${made.symbols(15)}'" >> $pool
systemctl restart php8.2-fpm
`,
  ),
  bad(
    "secret of signed links in nginx",
    (made) => `#!/bin/bash
cat > /etc/nginx/conf.d/downloads.conf <<'EOF'
server {
  listen 8080;
  location /files/ {
    secure_link $arg_md5,$arg_expires;
    secure_link_md5 "$secure_link_expires$uri ${made.token(24)}";
    if ($secure_link = "") { return 403; }
    if ($secure_link = "0") { return 410; }
    alias /srv/files/;
  }
}
EOF
nginx -s reload
`,
  ),
  bad(
    "marker of a template replaced by a literal",
    (made) => `#!/bin/bash
cp /opt/app/config.tpl.php /opt/app/config.php
sed -i \\
  -e "s/{{DB_HOST}}/db.example.internal/g" \\
  -e "s/{{DB_USER}}/app/g" \\
  -e "s/{{DB_PASSWORD}}/${made.password()}/g" /opt/app/config.php
`,
  ),
  bad(
    "literals in front of envsubst",
    (made) => `#!/bin/sh
SERVER_NAME=api.example.com UPSTREAM=127.0.0.1:9000 ADMIN_PASS=${made.weak()} envsubst '$SERVER_NAME $UPSTREAM $ADMIN_PASS' < /opt/tpl/site.tpl > /etc/site.conf
`,
  ),
  bad(
    "private key of a web push pair",
    (made) => `#!/bin/bash
cat <<EOF >> /srv/social/.env.production
LOCAL_DOMAIN=social.example.com
VAPID_PUBLIC_KEY=B${Buffer.from(made.digest("sha512"), "hex").toString("base64url")}=
VAPID_PRIVATE_KEY=${made.base64url(32)}=
EOF
`,
  ),
  bad(
    "access token of a shop in its own header",
    (made) => `#!/bin/bash
cat > /usr/local/bin/stock-sync <<'EOF'
#!/bin/sh
curl -s -H "X-Shopify-Access-Token: shpat_${made.hex(32)}" https://garden.myshopify.example/admin/api/2024-04/products.json > /var/cache/products.json
EOF
chmod 700 /usr/local/bin/stock-sync
echo '*/20 * * * * root /usr/local/bin/stock-sync' > /etc/cron.d/stock-sync
`,
  ),
  bad(
    "form login posted by wget",
    (made) => `#!/bin/bash
wget -q --save-cookies /tmp/c.txt --keep-session-cookies --post-data 'user=export&pass=${made.password(11)}&next=/export' -O /dev/null https://erp.example.internal/login
wget -q --load-cookies /tmp/c.txt -O /srv/export.csv https://erp.example.internal/export
`,
  ),
  good(
    "web site installed with a generated password",
    () => `#!/bin/bash
cd /var/www/html
sudo -u www-data wp core install --url=https://shop.example.com --title="Garden Shop" --admin_user=owner \\
  --admin_email=owner@example.com --admin_password="$(openssl rand -base64 18)" --skip-email
sudo -u www-data wp user create editor editor@example.com --role=editor --porcelain
sudo -u www-data wp user update owner --prompt=user_pass < /run/wp/owner
sudo -u www-data wp config shuffle-salts
`,
  ),
  good(
    "set-up command of a shop with variables",
    () => `#!/bin/bash
set -euo pipefail
. /run/shop/secrets.env
php bin/magento setup:install --base-url=https://shop.example.com/ --db-user=magento --db-password="$DB_PASSWORD" \\
  --admin-user=owner --admin-password="$ADMIN_PASSWORD" --key="$CRYPT_KEY" --session-save=redis --use-secure=1 --use-secure-admin=1
php bin/magento config:set admin/security/password_lifetime 90
php bin/magento config:set admin/security/password_is_forced 1
php bin/magento config:set customer/password/minimum_password_length 12
`,
  ),
  good(
    "content system with a login link",
    () => `#!/bin/bash
DBPASS=$(cat /run/cms/db)
vendor/bin/drush site:install standard -y --db-url="mysql://cms:\${DBPASS}@localhost/cms"
vendor/bin/drush user:login --uri=https://cms.example.com --no-browser > /root/login-link
vendor/bin/drush user:block admin
vendor/bin/drush config:set user.settings password_reset_timeout 3600
`,
  ),
  good(
    "super user without a usable password",
    () => `#!/bin/bash
cd /srv/portal
venv/bin/python manage.py shell <<'PY'
from django.contrib.auth import get_user_model
u, _ = get_user_model().objects.get_or_create(username="root", email="ops@example.com", is_superuser=True)
u.set_unusable_password()
u.save(update_fields=["password"])
PY
DJANGO_SUPERUSER_PASSWORD="$(cat /run/portal/admin)" venv/bin/python manage.py createsuperuser --noinput --username ops --email ops@example.com
`,
  ),
  good(
    "Rails runner that makes a random password",
    () => `#!/bin/bash
RAILS_ENV=production bundle exec rails runner "u = User.find_by(email: 'root@example.com'); u.password = u.password_confirmation = SecureRandom.hex(16); u.save!"
RAILS_ENV=production bundle exec rails runner 'User.create!(email: ENV.fetch("ADMIN_EMAIL"), password: ENV.fetch("ADMIN_PASSWORD"))'
RAILS_ENV=production bundle exec rails runner 'User.where(admin: true).find_each(&:send_reset_password_instructions)'
`,
  ),
  good(
    "new password as the body from a file",
    () => `#!/bin/bash
curl -fsS -u "admin:$(cat /srv/nexus/admin.password)" -X PUT -H 'Content-Type: text/plain' \\
  -d @/run/nexus/new-password http://localhost:8081/service/rest/v1/security/users/admin/change-password
curl -fsS --netrc-file /run/nexus/netrc -X PUT -H 'Content-Type: application/json' -d '{"enabled":false,"userId":"anonymous","realmName":"NexusAuthorizingRealm"}' http://localhost:8081/service/rest/v1/security/anonymous
`,
  ),
  good(
    "identity server started with variables and files",
    () => `#!/bin/bash
/opt/keycloak/bin/kc.sh start --optimized --hostname=login.example.com --db-username=keycloak --db-password="$KC_DB_PASSWORD" \\
  --https-certificate-file=/etc/ssl/login.crt --https-certificate-key-file=/etc/ssl/login.key \\
  --https-trust-store-password="$(cat /run/kc/trust)" --spi-password-hashing-default=pbkdf2-sha512 --vault=file --vault-dir=/run/kc/vault
`,
  ),
  good(
    "registry administrator from a variable of yq",
    () => `#!/bin/bash
HARBOR_PW=$(aws secretsmanager get-random-password --exclude-punctuation --query RandomPassword --output text) \\
  yq -i '.harbor_admin_password = strenv(HARBOR_PW) | .database.password = strenv(HARBOR_PW) | .https.private_key = "/etc/ssl/registry.key"' /opt/harbor/harbor.yml
`,
  ),
  good(
    "object store with files and names of keys",
    () => `#!/bin/bash
tee /etc/default/minio >/dev/null <<'EOT'
MINIO_VOLUMES="/mnt/disk{1...4}/minio"
MINIO_ROOT_USER_FILE=/run/minio/user
MINIO_ROOT_PASSWORD_FILE=/run/minio/password
MINIO_KMS_KES_KEY_NAME=minio-default-key
MINIO_KMS_KES_KEY_FILE=/etc/minio/kes.key
MINIO_IDENTITY_OPENID_CLIENT_ID=minio-console
MINIO_IDENTITY_OPENID_CLIENT_SECRET=
EOT
`,
  ),
  good(
    "plugin commands whose short option is no password",
    () => `#!/bin/bash
cat >> /etc/nagios/nrpe.cfg <<'EOF'
command[check_db]=/usr/lib/nagios/plugins/check_mysql -H localhost -f /etc/nagios/monitor.cnf -d shop
command[check_ssh]=/usr/lib/nagios/plugins/check_ssh -p 2222 localhost
command[check_init]=/usr/lib/nagios/plugins/check_procs -p 1 -C passwd
command[check_web]=/usr/lib/nagios/plugins/check_http -p 8443 -S -u /login?token=check -e 200
command[check_pg]=/usr/lib/nagios/plugins/check_pgsql -P 5432 -l monitor -d shop
EOF
`,
  ),
  good(
    "authorization header handed to PHP",
    () => `#!/bin/bash
cat > /etc/apache2/conf-available/php-auth.conf <<'EOF'
SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1
RewriteEngine On
RewriteCond %{HTTP:Authorization} ^(Bearer|Basic)\\s+(.+)$
RewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]
PassEnv DB_PASSWORD APP_SECRET
UnsetEnv MAIL_PASSWORD
RequestHeader unset X-Api-Key
EOF
a2enconf php-auth
`,
  ),
  good(
    "PHP pool that passes variables on",
    () => `#!/bin/bash
cat >> /etc/php/8.2/fpm/pool.d/www.conf <<'EOF'
clear_env = no
env[DB_PASSWORD] = $DB_PASSWORD
env[APP_SECRET] = $APP_SECRET
php_admin_value[session.sid_length] = 48
php_admin_value[session.name] = SHOPSESSID
php_admin_flag[session.use_only_cookies] = on
security.limit_extensions = .php
EOF
`,
  ),
  good(
    "signed links and key zones of nginx",
    () => `#!/bin/bash
cat > /etc/nginx/conf.d/downloads.conf <<'EOF'
limit_req_zone $http_authorization zone=per_token:10m rate=5r/s;
proxy_cache_path /var/cache/nginx keys_zone=pass_cache:20m inactive=1h;
map $http_x_api_key $api_client { default ""; include /run/nginx/api-keys.map; }
server {
  include /run/nginx/link-secret.conf;
  secure_link $arg_md5,$arg_expires;
  secure_link_md5 "$secure_link_expires$uri $link_secret";
  proxy_cache_key "$scheme$request_method$host$request_uri$cookie_session";
  proxy_pass_header Authorization;
}
EOF
`,
  ),
  good(
    "marker of a template replaced by a variable",
    () => `#!/bin/bash
sed -i -e "s|{{DB_HOST}}|db.example.internal|g" -e "s|{{DB_PASSWORD}}|$DB_PASSWORD|g" -e "s|{{APP_KEY}}|$(openssl rand -hex 16)|" /opt/app/config.php
if grep -qE '\\{\\{[A-Z_]*(PASSWORD|KEY|TOKEN)\\}\\}' /opt/app/config.php; then
  echo "a password is missing in config.php" >&2; exit 1
fi
`,
  ),
  good(
    "public half of a web push pair",
    (made) => `#!/bin/bash
cat <<EOF >> /srv/social/.env.production
VAPID_PUBLIC_KEY=B${Buffer.from(made.digest("sha512"), "hex").toString("base64url")}=
VAPID_PRIVATE_KEY=$(aws ssm get-parameter --name /social/vapid --with-decryption --query Parameter.Value --output text)
OTP_SECRET=$(openssl rand -hex 64)
EOF
`,
  ),
  good(
    "grant types and kinds of tokens",
    () => `#!/bin/bash
curl -s https://login.example.com/oauth2/token -d grant_type=password -d username=robot --data-urlencode password@/run/robot/password -d client_id=shop
curl -s https://login.example.com/oauth2/token -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \\
  -d subject_token_type=urn:ietf:params:oauth:token-type:jwt --data-urlencode subject_token@/var/run/secrets/token
cat > /etc/shop/oidc.json <<'JSON'
{ "response_type": "token", "token_endpoint_auth_method": "private_key_jwt", "client_id": "shop-web", "scope": "openid password.reset", "code_challenge_method": "S256" }
JSON
`,
  ),
  good(
    "query language with variables for a login",
    () => `#!/bin/bash
cat > /opt/login.graphql <<'GQL'
mutation Login($email: String!, $password: String!) {
  login(input: { email: $email, password: $password }) { token refreshToken expiresIn }
}
GQL
jq -n --rawfile q /opt/login.graphql --arg password "$APP_PASSWORD" '{query: $q, variables: {email: "ops@example.com", password: $password}}' | curl -s -H 'Content-Type: application/json' -d @- https://api.example.com/graphql
`,
  ),
  good(
    "cookies of a load balancer",
    () => `#!/bin/bash
cat > /etc/haproxy/haproxy.cfg <<'EOF'
backend shop
  balance roundrobin
  cookie SESSIONTOKEN insert indirect nocache httponly secure
  stick-table type string len 64 size 1m expire 30m
  stick on req.cook(JSESSIONID)
  http-request set-header X-Auth-Token %[req.cook(auth)]
  http-request deny if { req.hdr(x-api-key) -m len 0 }
  server web1 10.0.1.11:8080 check cookie web1 inter 2s
  server web2 10.0.1.12:8080 check cookie web2 inter 2s
EOF
`,
  ),
  good(
    "masking program of a log shipper",
    () => `#!/bin/bash
cat > /etc/vector/vector.yaml <<'EOF'
transforms:
  scrub:
    type: remap
    inputs: [app]
    source: |
      del(.token)
      .password = "***"
      .authorization = "[REDACTED]"
      .message = replace(string!(.message), r'(?i)(password|secret|token)=\\S+', "$1=***")
      .card = redact(.card, filters: ["us_social_security_number"])
EOF
`,
  ),

  // Environments of applications

  bad(
    "quadlet of a container with an environment line",
    (made) => `#!/bin/bash
mkdir -p /etc/containers/systemd
cat > /etc/containers/systemd/keycloak.container <<'EOF'
[Container]
Image=quay.io/keycloak/keycloak:26.0
Exec=start --optimized
Environment=KC_DB=postgres KC_DB_URL=jdbc:postgresql://db.example.internal/kc
Environment=KC_DB_USERNAME=kc KC_DB_PASSWORD=${made.password()}
PublishPort=8443:8443

[Install]
WantedBy=multi-user.target
EOF
systemctl daemon-reload
systemctl start keycloak
`,
  ),
  good(
    "quadlet of a container with a named secret",
    () => `#!/bin/bash
aws ssm get-parameter --name /prod/kc/db --with-decryption --query Parameter.Value --output text | tr -d '\\n' | podman secret create kc-db -
cat > /etc/containers/systemd/keycloak.container <<'EOF'
[Container]
Image=quay.io/keycloak/keycloak:26.0
Exec=start --optimized
Environment=KC_DB=postgres KC_DB_USERNAME=kc
Secret=kc-db,type=env,target=KC_DB_PASSWORD
EOF
systemctl daemon-reload
systemctl start keycloak
`,
  ),
  bad(
    "encryption key of a workflow engine",
    (made) => `#!/bin/bash
cat > /opt/n8n/.env <<EOF
N8N_HOST=flows.example.com
N8N_PROTOCOL=https
N8N_ENCRYPTION_KEY=${made.base64(24)}
GENERIC_TIMEZONE=Europe/Berlin
EOF
docker compose -f /opt/n8n/compose.yml up -d
`,
  ),
  good(
    "workflow engine that reads its key from a file",
    () => `#!/bin/bash
[ -s /opt/n8n/key ] || openssl rand -base64 24 > /opt/n8n/key
cat > /opt/n8n/.env <<EOF
N8N_HOST=flows.example.com
N8N_ENCRYPTION_KEY_FILE=/run/secrets/n8n_key
N8N_USER_MANAGEMENT_JWT_DURATION_HOURS=168
N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS=true
EOF
docker compose -f /opt/n8n/compose.yml up -d
`,
  ),
  bad(
    "secret key of a dashboard server in Python",
    (made) => `#!/bin/bash
cat > /opt/superset/superset_config.py <<'PY'
ROW_LIMIT = 5000
SECRET_KEY = "${made.base64(42)}"
SQLALCHEMY_DATABASE_URI = "postgresql://superset@db.example.internal/superset"
WTF_CSRF_ENABLED = True
PY
superset db upgrade
`,
  ),
  good(
    "dashboard server that reads its environment",
    () => `#!/bin/bash
cat > /opt/superset/superset_config.py <<'PY'
import os
ROW_LIMIT = 5000
SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
GUEST_TOKEN_JWT_EXP_SECONDS = 300
GUEST_TOKEN_HEADER_NAME = "X-GuestToken"
WTF_CSRF_TIME_LIMIT = 60 * 60 * 24
PY
`,
  ),
  bad(
    "comma list of application keys",
    (made) => `#!/bin/bash
set -e
cat >> /srv/cms/.env <<'EOF'
HOST=127.0.0.1
PORT=1337
APP_KEYS=${made.base64(16)},${made.base64(16)}
EOF
pm2 restart cms
`,
  ),
  good(
    "application keys made in a loop",
    () => `#!/bin/bash
set -e
for name in ADMIN_JWT_SECRET API_TOKEN_SALT TRANSFER_TOKEN_SALT; do
  grep -q "^$name=" /srv/cms/.env || echo "$name=$(openssl rand -base64 16)" >> /srv/cms/.env
done
pm2 restart cms
`,
  ),
  bad(
    "session secret of a Next.js site in a service",
    (made) => `#cloud-config
write_files:
  - path: /etc/systemd/system/site.service
    content: |
      [Service]
      WorkingDirectory=/srv/site
      Environment=NEXTAUTH_URL=https://www.example.com
      Environment=NEXTAUTH_SECRET=${made.base64(32)}
      ExecStart=/usr/bin/node server.js
      User=site
runcmd:
  - systemctl enable --now site
`,
  ),
  bad(
    "licensed gem server in a variable of Bundler",
    (made) => `#!/bin/bash
export BUNDLE_ENTERPRISE__CONTRIBSYS__COM=${made.hex(8)}:${made.hex(8)}
cd /srv/app && bundle install --deployment
`,
  ),
  good(
    "Bundler without a login",
    () => `#!/bin/bash
export BUNDLE_WITHOUT=development:test BUNDLE_PATH=vendor/bundle BUNDLE_FROZEN=true
export BUNDLE_GEMS__EXAMPLE__INTERNAL="$(aws secretsmanager get-secret-value --secret-id ci/gems --query SecretString --output text)"
cd /srv/app && bundle install
`,
  ),
  bad(
    "secret token of an APM agent as a Java property",
    (made) => `#!/bin/bash
set -euo pipefail
hostnamectl set-hostname orders-12.example.internal
echo 'JAVA_TOOL_OPTIONS="-javaagent:/opt/apm.jar -Delastic.apm.service_name=orders -Delastic.apm.secret_token=${made.token(24)}"' >> /etc/default/orders
systemctl restart orders
`,
  ),
  bad(
    "cloudinary address in a container variable",
    (made) => `#!/bin/bash
docker run -d --name media -e CLOUDINARY_URL=cloudinary://874837483274837:${made.token(27)}@example -p 8080:8080 ghcr.io/example/media:2.4
`,
  ),
  bad(
    "secret map token with a well-known prefix",
    (made) => `#!/bin/bash
MAPBOX_TOKEN="sk.${made.base64url(40)}.${made.base64url(16)}"
curl -fsS "https://api.mapbox.com/tilesets/v1/example?access_token=$MAPBOX_TOKEN" -o /srv/tiles.json
`,
  ),
  bad(
    "admin key of a search service in TypeScript settings",
    (made) => `#!/bin/bash
cat > /srv/shop/search.config.ts <<'TS'
export default {
  applicationId: "B1G2GM9NG0",
  adminApiKey: "${made.hex(32)}",
  indexName: "products",
};
TS
`,
  ),
  bad(
    "integration secret of a wiki in a cron file",
    (made) => `#!/bin/bash
cat > /etc/cron.d/wiki-export <<'CRON'
NOTION_TOKEN=secret_${made.token(43)}
15 2 * * * app /opt/wiki/export.sh >> /var/log/wiki.log 2>&1
CRON
chmod 644 /etc/cron.d/wiki-export
`,
  ),
  bad(
    "payment client in YAML",
    (made) => `#!/bin/bash
cat > /opt/shop/payment.yml <<'YAML'
paypal:
  mode: live
  client-id: AcX1nExampleClient
  client-secret: ${made.token(64)}
  webhook-path: /hooks/paypal
YAML
systemctl restart shop
`,
  ),
  good(
    "payment client without a literal",
    () => `#!/bin/bash
cat > /opt/shop/payment.yml <<'YAML'
paypal:
  mode: live
  client-id: AcX1nExampleClient
  client-secret: \${PAYPAL_CLIENT_SECRET}
  token-url: https://api-m.paypal.com/v1/oauth2/token
  token-cache-seconds: 28000
YAML
systemctl restart shop
`,
  ),
  bad(
    "connect token of a feature flag server",
    (made) => `#!/bin/bash
docker run -d --name edge -p 3063:3063 -e UPSTREAM_URL=https://flags.example.com -e TOKENS='*:production.${made.hex(56)}' unleashorg/unleash-edge:v19 edge
`,
  ),
  bad(
    "rpc secret of an object store cluster",
    (made) => `#!/bin/bash
cat > /etc/garage.toml <<'TOML'
metadata_dir = "/data/meta"
data_dir = "/data/blocks"
replication_factor = 3
rpc_bind_addr = "[::]:3901"
rpc_secret = "${made.hex(64)}"
TOML
systemctl enable --now garage
`,
  ),
  good(
    "object store cluster with paths and peers",
    (made) => `#!/bin/bash
cat > /etc/garage.toml <<'TOML'
metadata_dir = "/data/meta"
data_dir = "/data/blocks"
rpc_bind_addr = "[::]:3901"
rpc_secret_file = "/run/credentials/garage/rpc"
bootstrap_peers = ["${made.digest()}@${made.ip()}:3901"]
TOML
systemctl enable --now garage
`,
  ),
  good(
    "proxy for models that names variables",
    () => `#!/bin/bash
cat > /etc/litellm/config.yaml <<'YAML'
model_list:
  - model_name: chat
    litellm_params:
      model: openai/gpt-4o
      api_key: os.environ/OPENAI_API_KEY
      max_tokens: 4096
    model_info:
      input_cost_per_token: 0.0000025
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
YAML
systemctl restart litellm
`,
  ),
  good(
    "env file sealed under a public key",
    (made) => `#!/bin/bash
cat > /srv/api/.env <<'EOF'
DOTENV_PUBLIC_KEY="02${made.digest()}"
DB_PASSWORD="encrypted:${Buffer.from(made.digest("sha512") + made.digest()).toString("base64")}"
SMTP_PASSWORD="encrypted:${Buffer.from(made.digest("sha512")).toString("base64")}"
EOF
DOTENV_PRIVATE_KEY=$(aws ssm get-parameter --name /prod/api/dotenv --with-decryption --query Parameter.Value --output text) dotenvx run -- node /srv/api/server.js
`,
  ),
  good(
    "secrets file of ejson",
    (made) => `#!/bin/bash
cat > /srv/app/config/secrets.ejson <<'JSON'
{
  "_public_key": "${made.digest()}",
  "database_password": "EJ[1:${Buffer.from(made.digest()).toString("base64").slice(0, 43)}=:${Buffer.from(made.digest()).toString("base64").slice(0, 32)}:${Buffer.from(made.digest()).toString("base64").slice(0, 44)}]"
}
JSON
ejson -keydir /run/keys decrypt /srv/app/config/secrets.ejson > /run/app/secrets.json
`,
  ),
  bad(
    "sed puts a login and then a password into a sample",
    (made) => `#!/bin/bash
cp wp-config-sample.php wp-config.php
sed -i "s/username_here/wp/; s/password_here/${made.password(20)}/" wp-config.php
`,
  ),
  bad(
    "a login in a call of DBI",
    (made) => `#!/bin/bash
perl -MDBI -e 'DBI->connect("dbi:mysql:app;host=db.internal", "app", "${made.password(12)}")->do("select 1")'
`,
  ),
  good(
    "a login of DBI from the environment",
    () => `#!/bin/bash
perl -MDBI -e 'DBI->connect("dbi:mysql:app;host=db.internal", "app", $ENV{DB_PASSWORD})->do("select 1")'
`,
  ),
  good(
    "functions that are given the name of a secret",
    () => `#!/bin/bash
cat > /opt/app/config.js <<'EOF'
const db = fetchSecret('prod/db');
module.exports = { jwtSecret: loadSecret('jwt'), password: readPassword('db'), token: resolveToken('ci'), key: vault.secret('app') };
EOF
cat > /opt/app/config.py <<'EOF'
DB_PASSWORD = load_password("db")
API_KEY = secrets.get("api")
EOF
`,
  ),
  bad(
    "functions that are given the secret",
    (made) => `#!/bin/bash
cat > /opt/app/config.py <<'EOF'
client = Client().password("${made.weak()}")
EOF
`,
  ),
  bad(
    "login of Redis by its one argument",
    (made) => `#!/bin/bash
cat > /opt/app/cache.lua <<'EOF'
local red = redis:new()
red:auth("${made.weak()}")
EOF
`,
  ),
  bad(
    "login of a scanner as a property",
    (made) => `#!/bin/bash
sonar-scanner -Dsonar.host.url=https://sonar.acme.example -Dsonar.login=${made.hex(40)}
`,
  ),
];
