import { b64, bad, good, type Case } from "../corpus";

/** A second, independent round: frequent tools in other shapes and positions. */
export const roundA: readonly Case[] = [
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

  // Database clients

  bad(
    "database client kept in a variable with a harmless name",
    (made) => `#!/bin/bash
DB_HOST=db.example.internal
Q="mysql -h $DB_HOST -uroot -p${made.password()} --batch --skip-column-names"
for db in shop stock mail; do
  $Q -e "CREATE DATABASE IF NOT EXISTS $db CHARACTER SET utf8mb4"
done
`,
  ),
  bad(
    "literal in a variable called x that curl sends later",
    (made) => `#!/bin/bash
x='${made.symbols(18)}'
host=artifacts.example.internal

mkdir -p /opt/app
curl -fsS -u "deploy:$x" -o /opt/app/app.jar "https://$host/repository/releases/app-2.4.1.jar"
`,
  ),
  bad(
    "pair that parameter expansion takes apart",
    (made) => `#!/bin/bash
set -eu
CREDS=shop:${made.password(14)}
mysql -h db.example.internal -u "\${CREDS%%:*}" --password="\${CREDS#*:}" shop < /opt/shop/schema.sql
`,
  ),
  bad(
    "shell alias with a joined password",
    (made) => `#!/bin/bash
cat >> /root/.bashrc <<'RC'
alias ll='ls -la'
alias db='mysql -h 127.0.0.1 -uroot -p${made.weak()} shop'
alias logs='journalctl -fu shop'
RC
`,
  ),
  bad(
    "statement over several lines behind a short option",
    (made) => `#!/bin/bash
dnf install -y mysql-server && systemctl enable --now mysqld
mysql -u root -e "
  DROP DATABASE IF EXISTS test;
  ALTER USER 'root'@'localhost'
    IDENTIFIED WITH caching_sha2_password
    BY '${made.symbols(20)}';
  FLUSH PRIVILEGES;
"
`,
  ),
  bad(
    "variable of psql on the command line",
    (made) => `#!/bin/bash
sudo -u postgres psql -v ON_ERROR_STOP=1 -v pw='${made.password(20)}' <<'SQL'
CREATE ROLE shop LOGIN;
ALTER ROLE shop PASSWORD :'pw';
CREATE DATABASE shop OWNER shop;
SQL
`,
  ),
  bad(
    "password exported in a subshell for a restore",
    (made) => `#!/bin/bash
aws s3 cp s3://example-dumps/stock.dump /tmp/stock.dump
( export PGHOST=pg.example.internal PGUSER=stock PGPASSWORD=${made.password()} PGSSLMODE=require
  pg_restore --no-owner --jobs 4 -d stock /tmp/stock.dump )
rm -f /tmp/stock.dump
`,
  ),
  bad(
    "redis-server started by hand with a password option",
    (made) => `#!/bin/bash
redis-server --port 6380 --bind 0.0.0.0 --maxmemory 512mb --requirepass ${made.hex(24)} --daemonize yes
`,
  ),
  bad(
    "AUTH piped into redis-cli",
    (made) => `#!/bin/bash
{
  echo "AUTH ${made.weak()}"
  echo "CONFIG SET maxmemory-policy allkeys-lru"
  echo "CONFIG REWRITE"
} | redis-cli -h cache.example.internal
`,
  ),
  bad(
    "graph database container with a slash before the password",
    (made) => `#!/bin/bash
docker run -d --name graph --restart always \\
  --publish=7474:7474 --publish=7687:7687 \\
  --env=NEO4J_AUTH=neo4j/${made.weak()} \\
  --volume=/srv/neo4j:/data neo4j:5.19
`,
  ),
  bad(
    "cqlsh with the password before the host",
    (made) => `#!/bin/bash
until cqlsh -u cassandra -p ${made.word()} "$(hostname -i)" 9042 -e 'DESCRIBE KEYSPACES'; do sleep 10; done
cqlsh -f /opt/schema.cql
`,
  ),
  bad(
    "first set-up of a Couchbase cluster",
    (made) => `#!/bin/bash
sleep 15
/opt/couchbase/bin/couchbase-cli cluster-init -c 127.0.0.1 \\
    --cluster-username Administrator --cluster-password '${made.symbols(14)}' \\
    --services data,index,query --cluster-ramsize 2048 --cluster-index-ramsize 512
`,
  ),
  bad(
    "clickhouse-client in a loop of statements",
    (made) => `#!/bin/bash
for f in /opt/sql/*.sql; do
  clickhouse-client --host ch.example.internal --secure --user loader --password ${made.password(18)} --multiquery < "$f"
done
`,
  ),
  bad(
    "user row in an SQLite file",
    (made) => `#!/bin/bash
sqlite3 /var/lib/panel/panel.db <<SQL
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT, password TEXT, role TEXT);
INSERT INTO users (name, password, role) VALUES ('admin', '${made.weak()}', 'owner');
SQL
`,
  ),
  bad(
    "percent-encoded password in a database address",
    (made) => `#!/bin/bash
install -m 600 /dev/stdin /etc/orders.env <<'ENV'
NODE_ENV=production
MONGO_URL=mongodb+srv://orders:p%40${made.password(10)}%21@cluster0.example.net/orders?retryWrites=true&w=majority
PORT=3000
ENV
`,
  ),

  // Containers and Kubernetes

  bad(
    "compose service whose command carries a password",
    (made) => `#!/bin/bash
mkdir -p /srv/stack && cd /srv/stack
cat > compose.yaml <<'YAML'
services:
  cache:
    image: redis:7.2-alpine
    restart: unless-stopped
    command: ["redis-server", "--appendonly", "yes", "--requirepass", "${made.password(20)}"]
    volumes: ["cache:/data"]
volumes:
  cache: {}
YAML
docker compose up -d
`,
  ),
  bad(
    "health check of a compose service with a joined password",
    (made) => `#cloud-config
write_files:
  - path: /srv/db/docker-compose.yml
    content: |
      services:
        db:
          image: mariadb:11
          env_file: /run/db.env
          healthcheck:
            test: ["CMD-SHELL", "mysqladmin ping -h 127.0.0.1 -uroot -p${made.password(12)} --silent"]
            interval: 10s
            retries: 5
runcmd:
  - docker compose -f /srv/db/docker-compose.yml up -d
`,
  ),
  bad(
    "client inside a running container",
    (made) => `#!/bin/bash
aws s3 cp s3://example-seed/shop.sql.gz - | gunzip | docker exec -i shop-db sh -c 'exec mysql -uroot -p"${made.password()}" shop'
`,
  ),
  bad(
    "swarm service updated with another environment entry",
    (made) => `#!/bin/bash
docker service update --detach --env-add LOG_LEVEL=info --env-add MAIL_PASSWORD=${made.password(12)} --image example/mailer:4.2 mailer
`,
  ),
  bad(
    "environment of a deployment set by kubectl",
    (made) => `#!/bin/bash
export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
kubectl -n shop set env deployment/checkout REGION=eu-central-1 PAYMENT_SECRET=${made.token(32)} RETRIES=3
kubectl -n shop rollout status deployment/checkout
`,
  ),
  bad(
    "secret patched with a JSON argument",
    (made) => `#!/bin/bash
kubectl patch secret grafana -n monitoring --type merge -p '{"stringData":{"admin-user":"admin","admin-password":"${made.symbols(16)}"}}'
`,
  ),
  bad(
    "generator of kustomize with literals",
    (made) => `#!/bin/bash
mkdir -p /opt/deploy/overlay
cat > /opt/deploy/overlay/kustomization.yaml <<'EOF'
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../base]
secretGenerator:
  - name: db
    literals:
      - username=shop
      - password=${made.password(18)}
EOF
kubectl apply -k /opt/deploy/overlay
`,
  ),
  bad(
    "static token of a kubectl user",
    (made) => `#!/bin/bash
kubectl config set-cluster prod --server=https://api.example.internal:6443 --certificate-authority=/etc/pki/k8s-ca.crt
kubectl config set-credentials deployer --token=${made.jwt()}
kubectl config set-context prod --cluster=prod --user=deployer
kubectl config use-context prod
`,
  ),
  bad(
    "pod whose arguments hold a password",
    (made) => `#!/bin/bash
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: pg-exporter, namespace: monitoring }
spec:
  selector: { matchLabels: { app: pg-exporter } }
  template:
    metadata: { labels: { app: pg-exporter } }
    spec:
      containers:
        - name: exporter
          image: example/pg-exporter:0.15
          args: ["--web.listen-address=:9187", "--db.user=metrics", "--db.password=${made.password()}"]
EOF
`,
  ),
  bad(
    "config map that holds the settings of a Java program",
    (made) => `#!/bin/bash
cat > /var/lib/rancher/k3s/server/manifests/billing.yaml <<'EOF'
apiVersion: v1
kind: ConfigMap
metadata:
  name: billing
data:
  application.yml: |
    spring:
      datasource:
        url: jdbc:postgresql://pg.example.internal:5432/billing
        username: billing
        password: ${made.weak()}
      jpa:
        open-in-view: false
EOF
`,
  ),
  bad(
    "Portainer with a bcrypt hash as an option",
    (made) => `#!/bin/bash
docker run -d -p 9443:9443 --name portainer --restart=always -v /var/run/docker.sock:/var/run/docker.sock -v portainer:/data \\
  portainer/portainer-ce:2.20.3 --admin-password='$2y$05$${made.token(53)}'
`,
  ),
  bad(
    "administrator token of a password manager as an argon2 hash",
    (made) => `#!/bin/bash
mkdir -p /srv/vw
cat > /srv/vw/.env <<'EOF'
DOMAIN=https://vault.example.com
SIGNUPS_ALLOWED=false
ADMIN_TOKEN='$argon2id$v=19$m=65540,t=3,p=4$${made.token(43)}$${made.token(43)}'
EOF
docker run -d --env-file /srv/vw/.env -v /srv/vw/data:/data -p 127.0.0.1:8080:80 vaultwarden/server:1.31.0
`,
  ),
  bad(
    "key pairs of a video server in YAML",
    (made) => `#!/bin/bash
cat > /etc/livekit.yaml <<EOF
port: 7880
rtc:
  udp_port: 7882
  use_external_ip: true
keys:
  APIb3Xw8QmZ2kTe: ${made.token(44)}
logging:
  level: info
EOF
systemctl restart livekit
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

  // Data platforms

  bad(
    "users section of Shiro where a role follows the password",
    (made) => `#!/bin/bash
cat > /opt/zeppelin/conf/shiro.ini <<'INI'
[users]
analyst = ${made.weak()}, reader
[roles]
reader = *
[urls]
/api/version = anon
/** = authc
INI
`,
  ),
  bad(
    "console user of a broker replaced by sed",
    (made) => `#!/bin/bash
sed -i 's/^admin: .*/admin: ${made.password(12)}, admin/' /opt/activemq/conf/jetty-realm.properties
systemctl restart activemq
`,
  ),
  bad(
    "metastore password in properties of XML",
    (made) => `#!/bin/bash
cat > /opt/hive/conf/hive-site.xml <<'XML'
<?xml version="1.0"?>
<configuration>
  <property><name>javax.jdo.option.ConnectionURL</name><value>jdbc:mysql://meta.example.internal/hive</value></property>
  <property><name>javax.jdo.option.ConnectionUserName</name><value>hive</value></property>
  <property>
    <name>javax.jdo.option.ConnectionPassword</name>
    <value>${made.weak()}</value>
  </property>
</configuration>
XML
/opt/hive/bin/schematool -dbType mysql -initSchema
`,
  ),
  bad(
    "shared secret of Spark separated by spaces",
    (made) => `#!/bin/bash
cat >> /opt/spark/conf/spark-defaults.conf <<EOF
spark.master                     spark://$(hostname -f):7077
spark.authenticate               true
spark.authenticate.secret        ${made.hex(40)}
spark.eventLog.enabled           true
EOF
`,
  ),
  bad(
    "catalog of a query engine written in a loop of lines",
    (made) => `#!/bin/bash
f=/etc/trino/catalog/crm.properties
for line in connector.name=postgresql connection-url=jdbc:postgresql://crm.example.internal:5432/crm connection-user=trino connection-password=${made.password()}; do
  echo "$line" >> $f
done
`,
  ),
  bad(
    "change data connector posted as JSON",
    (made) => `#!/bin/bash
until curl -sf localhost:8083/connectors; do sleep 3; done
curl -s -X POST localhost:8083/connectors -H 'Content-Type: application/json' --data-binary @- <<'JSON'
{
  "name": "orders",
  "config": {
    "connector.class": "io.debezium.connector.mysql.MySqlConnector",
    "database.hostname": "db.example.internal",
    "database.user": "cdc",
    "database.password": "${made.symbols(14)}",
    "database.server.id": "184054",
    "topic.prefix": "orders"
  }
}
JSON
`,
  ),
  bad(
    "single user of a flow engine by position",
    (made) => `#!/bin/bash
/opt/nifi/bin/nifi.sh set-single-user-credentials flowadmin ${made.password(16)}
/opt/nifi/bin/nifi.sh start
`,
  ),
  bad(
    "profile of a transformation tool with a short field",
    (made) => `#cloud-config
write_files:
  - path: /home/etl/.dbt/profiles.yml
    owner: etl:etl
    defer: true
    content: |
      warehouse:
        target: prod
        outputs:
          prod:
            type: redshift
            host: wh.example.internal
            user: etl
            pass: ${made.password(20)}
            port: 5439
            dbname: dwh
            schema: marts
`,
  ),
  bad(
    "experiment tracker with the address of its store",
    (made) => `#!/bin/bash
pip install 'mlflow==2.14.1' pymysql
nohup mlflow server --host 0.0.0.0 --port 5000 --default-artifact-root s3://example-ml/artifacts --backend-store-uri mysql+pymysql://mlflow:${made.password(14)}@db.example.internal/mlflow &
`,
  ),
  bad(
    "broker address of a worker with an empty user",
    (made) => `#!/bin/bash
cd /srv/tasks
exec venv/bin/celery -A tasks worker -Q mail,pdf -c 4 -b redis://:${made.password(18)}@cache.example.internal:6379/1 --loglevel=INFO
`,
  ),
  bad(
    "notebook server with a fixed token",
    (made) => `#!/bin/bash
sudo -u ubuntu -i nohup jupyter lab --no-browser --ip=0.0.0.0 --port=8888 --ServerApp.token='${made.hex(48)}' --ServerApp.root_dir=/home/ubuntu/work > /var/log/jupyter.log 2>&1 &
`,
  ),
  bad(
    "message sent by an MQTT client with a capital option",
    (made) => `#!/bin/bash
mosquitto_pub -h mqtt.example.internal -p 8883 --capath /etc/ssl/certs -t "boot/$(hostname)" -m up -u edge -P ${made.weak()}
`,
  ),
  bad(
    "client properties of kcat",
    (made) => `#!/bin/bash
kcat -b kafka.example.internal:9096 -X security.protocol=SASL_SSL -X sasl.mechanisms=SCRAM-SHA-512 -X sasl.username=audit -X sasl.password=${made.password(20)} -L
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

  // Words of other languages, prose

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

  // Windows

  bad(
    "ADSI sets the password of the administrator",
    (made) => `<powershell>
$admin = [ADSI]"WinNT://./Administrator,user"
$admin.SetPassword("${made.symbols(16)}")
$admin.SetInfo()
Rename-Computer -NewName "APP-01" -Force
</powershell>
`,
  ),
  bad(
    "netdom joins with a doubled d",
    (made) => `<script>
netdom join %COMPUTERNAME% /domain:corp.example.internal /ou:OU=Servers,DC=corp,DC=example,DC=internal /userd:CORP\\joiner /passwordd:${made.password(14)} /reboot:10
</script>
`,
  ),
  bad(
    "plink runs a command with a password",
    (made) => `<script>
cd /d C:\\tools
plink.exe -batch -ssh -P 22 -l backup -pw ${made.password(12)} 10.20.0.5 "uptime" > C:\\logs\\uptime.txt
</script>
`,
  ),
  bad(
    "WinSCP opens a session address",
    (made) => `<powershell>
$script = @'
option batch abort
open sftp://upload:${made.password(13)}@files.example.com/ -hostkey=*
put C:\\export\\*.csv /in/
exit
'@
$script | Set-Content C:\\export\\up.txt
& 'C:\\Program Files (x86)\\WinSCP\\WinSCP.com' /ini=nul /script=C:\\export\\up.txt
</powershell>
`,
  ),
  bad(
    "directory user added by dsadd",
    (made) => `<script>
dsadd user "CN=svc-scan,OU=Service,DC=corp,DC=example,DC=internal" -samid svc-scan -pwd ${made.password(14)} -mustchpwd no -pwdneverexpires yes -disabled no
</script>
`,
  ),
  bad(
    "credential of a web client with three arguments",
    (made) => `<powershell>
$wc = New-Object System.Net.WebClient
$wc.Credentials = New-Object System.Net.NetworkCredential("svc-web", "${made.symbols(14)}", "CORP")
$wc.DownloadFile("https://files.example.internal/agent.msi", "C:\\temp\\agent.msi")
Start-Process msiexec.exe -ArgumentList '/i C:\\temp\\agent.msi /qn' -Wait
</powershell>
`,
  ),
  bad(
    "VPN connection with a pre-shared key",
    (made) => `<powershell>
Add-VpnConnection -Name 'HQ' -ServerAddress 'vpn.example.com' -TunnelType L2tp -L2tpPsk '${made.password(20)}' -AuthenticationMethod MSChapv2 -AllUserConnection -Force
</powershell>
`,
  ),
  bad(
    "automatic logon program by position",
    (made) => `<powershell>
Invoke-WebRequest https://live.sysinternals.com/Autologon.exe -OutFile C:\\Windows\\Autologon.exe
Start-Process C:\\Windows\\Autologon.exe -ArgumentList '/accepteula', 'kiosk', 'SHOP-PC', '${made.password(12)}' -Wait
Restart-Computer
</powershell>
<persist>false</persist>
`,
  ),
  bad(
    "query of SQL Server over continued lines",
    (made) => `<powershell>
Install-Module SqlServer -Force
Invoke-Sqlcmd -ServerInstance 'sql01.example.internal' \`
  -Database 'shop' \`
  -Username 'sa' \`
  -Password '${made.symbols(16)}' \`
  -InputFile C:\\deploy\\schema.sql
</powershell>
`,
  ),
  bad(
    "code signing with a slash and a letter",
    (made) => `<script>
"C:\\Program Files (x86)\\Windows Kits\\10\\bin\\x64\\signtool.exe" sign /fd SHA256 /f C:\\certs\\build.pfx /p ${made.weak()} /tr http://timestamp.example.com /td SHA256 C:\\out\\setup.exe
</script>
`,
  ),

  // --- Clean ---

  // Game servers

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

  // Database clients

  good(
    "database client kept in a variable without a password",
    () => `#!/bin/bash
Q="mysql --defaults-extra-file=/root/.my.shop.cnf --login-path=shop -P3306 --protocol=tcp"
for db in shop stock; do $Q -e "CREATE DATABASE IF NOT EXISTS $db"; done
`,
  ),
  good(
    "variable called x from a store",
    () => `#!/bin/bash
x=$(aws secretsmanager get-secret-value --secret-id prod/deploy --query SecretString --output text | jq -r .password)
curl -fsS -u "deploy:$x" -o /opt/app.jar https://artifacts.example.internal/app-2.4.1.jar
unset x
`,
  ),
  good(
    "fetched pair that parameter expansion takes apart",
    () => `#!/bin/bash
CREDS="$(aws ssm get-parameter --with-decryption --name /shop/db/creds --query 'Parameter.Value' --output text)"
mysql -h db.example.internal -u "\${CREDS%%:*}" --password="\${CREDS#*:}" shop < /opt/shop/schema.sql
`,
  ),
  good(
    "shell aliases that ask or read files",
    () => `#!/bin/bash
cat >> /root/.bashrc <<'RC'
alias db='mysql -h 127.0.0.1 -uroot -p shop'
alias pg='psql -U postgres -p 5433 -W'
alias pw='pwgen -s 20 1'
alias secret='aws secretsmanager get-secret-value --query SecretString --output text --secret-id'
alias keys='ssh-add -l'
RC
`,
  ),
  good(
    "statement over several lines with a generated value",
    () => `#!/bin/bash
PW=$(tr -dc 'A-Za-z0-9' < /dev/urandom | head -c 24)
mysql -u root -e "
  ALTER USER 'root'@'localhost' IDENTIFIED WITH auth_socket;
  CREATE USER 'shop'@'10.%'
    IDENTIFIED WITH caching_sha2_password
    BY '$PW' PASSWORD EXPIRE NEVER FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME 2;
"
aws secretsmanager put-secret-value --secret-id shop/db --secret-string "$PW"
`,
  ),
  good(
    "variable of psql from the environment",
    () => `#!/bin/bash
sudo -u postgres psql -v ON_ERROR_STOP=1 -v pw="$DB_PW" -v pwlen="\${#DB_PW}" <<'SQL'
CREATE ROLE shop LOGIN PASSWORD :'pw';
CREATE ROLE readers NOLOGIN PASSWORD NULL;
ALTER ROLE postgres WITH PASSWORD NULL;
SQL
`,
  ),
  good(
    "redis-server started with values of files",
    () => `#!/bin/bash
P=$(< /run/secrets/redis)
redis-server --port 6380 --protected-mode yes --requirepass "$P" --masterauth "$P" --tls-auth-clients no --daemonize yes
echo "AUTH $P" | redis-cli -p 6380
redis-cli -p 6380 -a "$P" --no-auth-warning --scan --pattern 'token:*' | head
`,
  ),
  good(
    "graph database container with a switch and a variable",
    () => `#!/bin/bash
docker run -d --name graph-dev --env=NEO4J_AUTH=none -p 127.0.0.1:7474:7474 neo4j:5.19
docker run -d --name graph --env=NEO4J_AUTH="neo4j/$GRAPH_PW" --env=NEO4J_AUTH_FILE=/run/secrets/neo4j_auth -p 7687:7687 neo4j:5.19
`,
  ),
  good(
    "switches that say there is no password",
    () => `#!/bin/bash
createdb -h pg.example.internal -U shop --no-password shop
psql -w -U shop -c 'select 1' shop
mysql --skip-password -u root -e 'select 1'
adduser --disabled-password --gecos "" deploy
ssh -o BatchMode=yes -o PasswordAuthentication=no -o NumberOfPasswordPrompts=0 deploy@app.example.internal true
smbclient -N -L //files.example.internal
GIT_TERMINAL_PROMPT=0 git -c core.askPass=true fetch --all
sudo -n systemctl restart shop
vncserver :1 -SecurityTypes None -localhost yes
`,
  ),
  good(
    "percent signs in addresses without a login",
    (made) => `#!/bin/bash
cat > /etc/orders.env <<'ENV'
MONGO_URL=mongodb+srv://cluster0.example.net/orders?authSource=%24external&authMechanism=MONGODB-AWS&retryWrites=true
REPORT_URL=https://reports.example.com/search?q=password%20reset%3Atoken&view=ops%40example.com
TRACE=${made.uuid()}
ENV
`,
  ),

  // Containers and Kubernetes

  good(
    "compose file whose commands take the environment",
    () => `#!/bin/bash
cat > /srv/stack/compose.yaml <<'YAML'
services:
  cache:
    image: redis:7.2-alpine
    command: redis-server --requirepass \${REDIS_PASSWORD:?set by the unit}
  db:
    image: mariadb:11
    environment:
      MARIADB_RANDOM_ROOT_PASSWORD: "1"
      MARIADB_PASSWORD_FILE: /run/secrets/db_password
    healthcheck:
      test: ["CMD-SHELL", "mysqladmin ping -uroot -p\\"$$MARIADB_ROOT_PASSWORD\\" --silent"]
    secrets: [db_password]
secrets:
  db_password:
    file: /run/shop/db_password
YAML
`,
  ),
  good(
    "client inside a container with the variable of that container",
    () => `#!/bin/bash
gunzip -c /tmp/shop.sql.gz | docker exec -i shop-db sh -c 'exec mysql -uroot -p"$MYSQL_ROOT_PASSWORD" shop'
docker exec shop-db bash -c 'PGPASSWORD=$POSTGRES_PASSWORD pg_isready -U "$POSTGRES_USER"'
`,
  ),
  good(
    "environment of a deployment from a secret of the cluster",
    () => `#!/bin/bash
kubectl -n shop set env deployment/checkout --from=secret/payment --prefix=PAYMENT_ TOKEN_TTL=900 SECRET_NAME=payment KEY_FORMAT=pem
kubectl -n shop set env deployment/checkout OLD_API_TOKEN- DB_PASSWORD-
`,
  ),
  good(
    "secret patched with a value made at boot",
    () => `#!/bin/bash
pw=$(openssl rand -base64 18)
kubectl patch secret grafana -n monitoring --type merge -p "{\\"stringData\\":{\\"admin-password\\":\\"$pw\\"}}"
kubectl patch serviceaccount default -p '{"imagePullSecrets":[{"name":"registry-login"}],"automountServiceAccountToken":false}'
kubectl patch secret old-token --type json -p '[{"op":"remove","path":"/data/password"}]'
`,
  ),
  good(
    "generators of kustomize with files",
    () => `#!/bin/bash
cat > /opt/deploy/kustomization.yaml <<'EOF'
kind: Kustomization
secretGenerator:
  - name: db
    envs: [/run/shop/db.env]
    options: { disableNameSuffixHash: true }
  - name: tls
    files: [tls.crt=/run/tls/tls.crt, tls.key=/run/tls/tls.key]
    type: kubernetes.io/tls
configMapGenerator:
  - name: settings
    literals: [TOKEN_TTL=900, PASSWORD_MIN_LENGTH=14, SECRET_PROVIDER=aws]
EOF
`,
  ),
  good(
    "kubectl user with a command and with a short token",
    () => `#!/bin/bash
kubectl config set-credentials eks --exec-api-version=client.authentication.k8s.io/v1beta1 --exec-command=aws --exec-arg=eks --exec-arg=get-token --exec-arg=--cluster-name --exec-arg=prod
kubectl config set-credentials deployer --token="$(kubectl create token deployer --duration=1h)"
kubectl config set-credentials admin --client-certificate=/etc/k8s/admin.crt --client-key=/etc/k8s/admin.key --embed-certs=false
kubectl get secret db -o jsonpath='{.data.password}' | base64 -d > /run/db-password
`,
  ),
  good(
    "pod whose arguments name files and variables",
    () => `#!/bin/bash
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: exporter }
spec:
  containers:
    - name: exporter
      image: example/pg-exporter:0.15
      args: ["--db.user=metrics", "--db.password=$(DB_PASSWORD)", "--web.key-file=/tls/tls.key", "--token-file=/var/run/secrets/tokens/api"]
      env:
        - name: DB_PASSWORD
          valueFrom: { secretKeyRef: { name: pg, key: password } }
  volumes:
    - name: tokens
      projected:
        sources:
          - serviceAccountToken: { path: api, audience: metrics, expirationSeconds: 3600 }
EOF
`,
  ),
  good(
    "Portainer and a password manager with files",
    () => `#!/bin/bash
docker run -d -p 9443:9443 -v /run/portainer:/run/p:ro portainer/portainer-ce:2.20.3 --admin-password-file /run/p/admin
docker run -d -e SIGNUPS_ALLOWED=false -e ADMIN_TOKEN_FILE=/run/secrets/admin_token -e PASSWORD_HINTS_ALLOWED=false \\
  -e PASSWORD_ITERATIONS=600000 -e DISABLE_ADMIN_TOKEN=false -e SHOW_PASSWORD_HINT=false vaultwarden/server:1.31.0
`,
  ),
  good(
    "video server with a file of keys",
    () => `#!/bin/bash
cat > /etc/livekit.yaml <<EOF
port: 7880
key_file: /run/livekit/keys.yaml
keys: {}
turn:
  enabled: true
  secret_file: /run/livekit/turn
webhook:
  api_key: $LIVEKIT_API_KEY_ID
EOF
`,
  ),
  good(
    "images whose names speak of secrets",
    (made) => `#!/bin/bash
docker pull ghcr.io/external-secrets/external-secrets:v0.9.20
docker pull docker.io/pglombardo/pwpush:1.41.4
docker pull example/token-service@sha256:${made.digest()}
docker pull example/password-rotator@sha256:${made.digest()}
docker run -d --name secretless --label app.key-rotation=weekly --label team=passport example/secretless-broker:2.0
`,
  ),

  // Remote access

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

  // Web shops and applications

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

  // Data platforms

  good(
    "Shiro with a directory and roles",
    () => `#!/bin/bash
cat > /opt/zeppelin/conf/shiro.ini <<'INI'
[main]
ldapRealm = org.apache.zeppelin.realm.LdapRealm
ldapRealm.contextFactory.systemUsername = cn=reader,dc=example,dc=internal
ldapRealm.contextFactory.systemPassword = \${SHIRO_LDAP_PASSWORD}
ldapRealm.contextFactory.authenticationMechanism = simple
sessionManager.globalSessionTimeout = 86400000
[users]
[roles]
admin = *
reader = *
[urls]
/api/credential/** = authc, roles[admin]
/** = authc
INI
`,
  ),
  good(
    "metastore password in a key store",
    () => `#!/bin/bash
cat > /opt/hive/conf/hive-site.xml <<'XML'
<configuration>
  <property><name>hadoop.security.credential.provider.path</name><value>jceks://file/etc/hive/hive.jceks</value></property>
  <property><name>javax.jdo.option.ConnectionPassword</name><value></value></property>
  <property><name>hive.server2.authentication</name><value>KERBEROS</value></property>
  <property><name>hive.cluster.delegation.token.store.class</name><value>org.apache.hadoop.hive.thrift.DBTokenStore</value></property>
</configuration>
XML
hadoop credential create javax.jdo.option.ConnectionPassword -value "$HIVE_PW" -provider jceks://file/etc/hive/hive.jceks
`,
  ),
  good(
    "Spark settings about secrets",
    () => `#!/bin/bash
cat >> /opt/spark/conf/spark-defaults.conf <<'EOF'
spark.authenticate                                            true
spark.authenticate.secret.file                                /run/spark/secret
spark.io.encryption.keySizeBits                               256
spark.network.crypto.keyFactoryAlgorithm                      PBKDF2WithHmacSHA1
spark.redaction.regex                                         (?i)secret|password|token
spark.kubernetes.authenticate.driver.serviceAccountName       spark
spark.hadoop.fs.s3a.aws.credentials.provider                  com.amazonaws.auth.InstanceProfileCredentialsProvider
EOF
`,
  ),
  good(
    "catalog of a query engine from the environment",
    () => `#!/bin/bash
cat > /etc/trino/catalog/crm.properties <<'EOF'
connector.name=postgresql
connection-url=jdbc:postgresql://crm.example.internal:5432/crm
connection-user=trino
connection-password=\${ENV:CRM_PASSWORD}
user-credential-name=crm_user
password-credential-name=crm_password
credential-provider.type=FILE
connection-credential-file=/run/trino/crm.properties
EOF
`,
  ),
  good(
    "connector with keys, converters and tombstones",
    () => `#!/bin/bash
curl -s -X PUT localhost:8083/connectors/orders/config -H 'Content-Type: application/json' -d @- <<'JSON'
{
  "connector.class": "io.debezium.connector.mysql.MySqlConnector",
  "database.password": "\${secretsmanager:prod/cdc:password}",
  "key.converter": "org.apache.kafka.connect.storage.StringConverter",
  "key.converter.schemas.enable": "false",
  "message.key.columns": "shop.orders:order_key",
  "tombstones.on.delete": "true",
  "column.exclude.list": "shop.users.password,shop.users.api_token"
}
JSON
`,
  ),
  good(
    "profile of a transformation tool that reads the environment",
    () => `#cloud-config
write_files:
  - path: /home/etl/.dbt/profiles.yml
    content: |
      warehouse:
        target: prod
        outputs:
          prod:
            type: redshift
            method: iam
            cluster_id: dwh
            user: etl
            pass: "{{ env_var('DBT_PASS', '') }}"
            keepalives_idle: 240
            threads: 4
`,
  ),
  good(
    "tracker and worker with addresses from a store",
    () => `#!/bin/bash
STORE=$(aws ssm get-parameter --name /ml/store --with-decryption --query Parameter.Value --output text)
mlflow server --host 0.0.0.0 --backend-store-uri "$STORE" --app-name basic-auth &
celery -A tasks worker -b "redis://:$(cat /run/redis-pass)@cache.example.internal:6379/1" -Q password-mails,token-cleanup -c 4
`,
  ),
  good(
    "notebook server with an empty or random token",
    () => `#!/bin/bash
TOKEN=$(openssl rand -hex 24)
sudo -u ubuntu -i nohup jupyter lab --no-browser --ip=0.0.0.0 --IdentityProvider.token="$TOKEN" &
docker run -d -p 127.0.0.1:8889:8888 jupyter/base-notebook start-notebook.sh --NotebookApp.token='' --NotebookApp.password='' --ServerApp.allow_password_change=False
aws ssm put-parameter --name "/nb/$(hostname)/token" --value "$TOKEN" --type SecureString --overwrite
`,
  ),
  good(
    "MQTT and Kafka clients with certificates and variables",
    () => `#!/bin/bash
mosquitto_pub -h mqtt.example.internal -p 8883 --cafile /etc/mqtt/ca.pem --cert /etc/mqtt/edge.pem --key /etc/mqtt/edge.key -t boot/up -m "token refreshed"
mosquitto_sub -h mqtt.example.internal -p 8883 -u edge -P "$MQTT_PASS" -t 'keys/#' -C 1
kcat -b kafka.example.internal:9098 -X security.protocol=SSL -X ssl.key.location=/etc/kafka/k.pem -X ssl.key.password="$KEY_PW" -K: -t tokens -P < /opt/seed.txt
`,
  ),

  // CI and infrastructure tools

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

  // Keys

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

  // Words of other languages

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

  // Windows

  good(
    "ADSI with a generated password",
    () => `<powershell>
Add-Type -AssemblyName System.Web
$new = [System.Web.Security.Membership]::GeneratePassword(24, 4)
$admin = [ADSI]"WinNT://./Administrator,user"
$admin.SetPassword($new)
$admin.PasswordExpired = 0
$admin.UserFlags = 65536
$admin.SetInfo()
Write-SSMParameter -Name "/win/$env:COMPUTERNAME/admin" -Type SecureString -Value $new -Overwrite $true
</powershell>
`,
  ),
  good(
    "netdom and dsadd that ask with a star",
    () => `<script>
netdom join %COMPUTERNAME% /domain:corp.example.internal /userd:CORP\\joiner /passwordd:*
netdom resetpwd /server:dc01 /userd:CORP\\joiner /passwordd:%JOIN_PW%
dsadd user "CN=svc-scan,OU=Service,DC=corp,DC=example,DC=internal" -samid svc-scan -pwd * -mustchpwd yes -pwdneverexpires no
dsquery user -stalepwd 90 -limit 0
</script>
`,
  ),
  good(
    "plink and WinSCP with keys and host keys",
    (made) => `<powershell>
& C:\\tools\\plink.exe -batch -ssh -P 22 -l backup -pwfile C:\\secure\\backup.txt -hostkey "SHA256:${Buffer.from(made.digest(), "hex").toString("base64").replace("=", "")}" 10.20.0.5 uptime
& 'C:\\Program Files (x86)\\WinSCP\\WinSCP.com' /ini=nul /command "open sftp://upload@files.example.com/ -privatekey=C:\\secure\\upload.ppk -hostkey=""ssh-ed25519 255 ${Buffer.from(made.digest(), "hex").toString("base64").replace("=", "")}""" "put C:\\export\\*.csv /in/" "exit"
</powershell>
`,
  ),
  good(
    "credential of a web client from a secret",
    () => `<powershell>
$s = (Get-SECSecretValue -SecretId 'win/web').SecretString | ConvertFrom-Json
$wc = New-Object System.Net.WebClient
$wc.Credentials = New-Object System.Net.NetworkCredential($s.username, $s.password, "CORP")
$wc.UseDefaultCredentials = $false
$wc.DownloadFile("https://files.example.internal/agent.msi", "C:\\temp\\agent.msi")
</powershell>
`,
  ),
  good(
    "VPN connections with certificates",
    () => `<powershell>
Add-VpnConnection -Name 'HQ' -ServerAddress 'vpn.example.com' -TunnelType Ikev2 -AuthenticationMethod MachineCertificate -AllUserConnection -RememberCredential:$false
Set-VpnConnectionIPsecConfiguration -ConnectionName 'HQ' -AuthenticationTransformConstants SHA256128 -CipherTransformConstants AES256 -DHGroup ECP384 -PfsGroup ECP384 -IntegrityCheckMethod SHA384 -EncryptionMethod AES256 -Force
Add-VpnConnection -Name 'Old' -ServerAddress 'old.example.com' -TunnelType L2tp -L2tpPsk $env:L2TP_PSK -Force
</powershell>
`,
  ),
  good(
    "scripting variables of sqlcmd",
    () => `<powershell>
@'
CREATE LOGIN [CORP\\svc-shop] FROM WINDOWS;
ALTER LOGIN sa DISABLE;
CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'$(MasterKeyPassword)';
CREATE LOGIN shop WITH PASSWORD = N'$(ShopPassword)', CHECK_POLICY = ON, CHECK_EXPIRATION = OFF;
'@ | Set-Content C:\\deploy\\logins.sql
$env:MasterKeyPassword = (Get-SECSecretValue -SecretId sql/master).SecretString
$env:ShopPassword = (Get-SECSecretValue -SecretId sql/shop).SecretString
Invoke-Sqlcmd -ServerInstance . -InputFile C:\\deploy\\logins.sql -Variable "MasterKeyPassword=$env:MasterKeyPassword","ShopPassword=$env:ShopPassword"
</powershell>
`,
  ),
  good(
    "code signing and bindings by thumbprint",
    (made) => `<script>
signtool.exe sign /fd SHA256 /sha1 ${made.digest("sha1")} /tr http://timestamp.example.com /td SHA256 C:\\out\\setup.exe
netsh http add sslcert ipport=0.0.0.0:443 certhash=${made.digest("sha1")} appid={${made.uuid()}} certstorename=MY
signtool.exe sign /fd SHA256 /f C:\\certs\\build.pfx /p %PFX_PASSWORD% C:\\out\\tool.exe
powercfg /setactive ${made.uuid()}
</script>
`,
  ),

  // More of both worlds

  good(
    "initial passwords of packages moved into a store",
    () => `#!/bin/bash
for i in {1..60}; do [ -f /var/lib/jenkins/secrets/initialAdminPassword ] && break; sleep 5; done
aws ssm put-parameter --overwrite --type SecureString --name /ci/jenkins/initial --value "file:///var/lib/jenkins/secrets/initialAdminPassword"
ROOT_PW=$(awk '/^Password:/ {print $2}' /etc/gitlab/initial_root_password)
aws secretsmanager put-secret-value --secret-id ci/gitlab-root --secret-string "$ROOT_PW"
shred -u /etc/gitlab/initial_root_password
`,
  ),
  good(
    "user of a file share with the password of the environment",
    () => `#!/bin/bash
export OC_PASS="$(openssl rand -base64 15)"
sudo -E -u www-data php /var/www/nextcloud/occ user:add --password-from-env --display-name="Robot" --group=service robot
sudo -u www-data php /var/www/nextcloud/occ config:system:set auth.bruteforce.protection.enabled --value=true --type=boolean
sudo -u www-data php /var/www/nextcloud/occ config:app:set password_policy minLength --value=14
unset OC_PASS
`,
  ),
  good(
    "registry logins of helm and oras on standard input",
    (made) => `#!/bin/bash
R=${made.account()}.dkr.ecr.eu-central-1.amazonaws.com
aws ecr get-login-password --region eu-central-1 | helm registry login --username AWS --password-stdin "$R"
aws ecr get-login-password --region eu-central-1 | oras login -u AWS --password-stdin "$R"
helm upgrade --install shop "oci://$R/charts/shop" --version 4.1.0 --set auth.existingSecret=shop-db --set-string auth.secretKeys.userPasswordKey=password
`,
  ),
  good(
    "keys of an assumed role read into variables",
    (made) => `#!/bin/bash
read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< "$(aws sts assume-role \\
  --role-arn arn:aws:iam::${made.account()}:role/publisher --role-session-name "boot-$(hostname)" --external-id shop-publisher \\
  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)"
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
aws s3 sync /srv/site s3://example-site --delete
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
`,
  ),
  good(
    "signed cookies made with the id of a key pair",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id cdn/signing --query SecretString --output text > /run/cf.pem
aws cloudfront sign --url https://media.example.com/intro.mp4 --key-pair-id K36X4FYOEXAMPLE --private-key file:///run/cf.pem --date-less-than 2031-01-01 > /run/intro.url
`,
  ),
  good(
    "public key pins and entity tags of downloads",
    (made) => `#!/bin/bash
curl -fsS --pinnedpubkey "sha256//${Buffer.from(made.digest(), "hex").toString("base64")}" -o /opt/agent.tgz https://files.example.com/agent.tgz
curl -fsS -H 'If-None-Match: "${made.digest("md5")}"' -o /opt/rules.json https://files.example.com/rules.json
curl -fsS -H "X-Request-Id: ${made.uuid()}" -H 'X-Api-Version: 2024-05-01' -H 'X-Auth-Scheme: mtls' --cert /etc/pki/node.pem https://api.example.com/enrol
`,
  ),
  good(
    "second factor in PAM whose secret is a path",
    () => `#!/bin/bash
apt-get install -y libpam-google-authenticator
cat >> /etc/pam.d/sshd <<'EOF'
auth required pam_google_authenticator.so secret=/var/lib/otp/\${USER} user=root nullok no_increment_hotp
auth [success=1 default=ignore] pam_succeed_if.so user ingroup no-otp
password requisite pam_pwquality.so retry=3 minlen=14 enforce_for_root
EOF
sed -i 's/^#\\?KbdInteractiveAuthentication .*/KbdInteractiveAuthentication yes/; s/^#\\?AuthenticationMethods.*/AuthenticationMethods publickey,keyboard-interactive/' /etc/ssh/sshd_config
`,
  ),
  good(
    "keys and values of tolerations",
    () => `#!/bin/bash
cat > /var/lib/rancher/k3s/server/manifests/agent.yaml <<'EOF'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: token-agent }
spec:
  selector: { matchLabels: { app: token-agent } }
  template:
    metadata: { labels: { app: token-agent } }
    spec:
      tolerations:
        - key: dedicated
          operator: Equal
          value: secrets
          effect: NoSchedule
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
      containers:
        - { name: agent, image: "example/token-agent:1.4", env: [{ name: TOKEN_AUDIENCE, value: vault }] }
EOF
kubectl taint nodes "$(hostname)" password-vault=reserved:NoSchedule --overwrite
`,
  ),
  good(
    "guards and password brokers of a web framework",
    () => `#!/bin/bash
cat > /srv/shop/config/auth.php <<'PHP'
<?php
return [
    'defaults' => ['guard' => 'web', 'passwords' => 'users'],
    'guards' => [
        'web' => ['driver' => 'session', 'provider' => 'users'],
        'api' => ['driver' => 'token', 'provider' => 'users', 'hash' => true, 'storage_key' => 'api_token', 'input_key' => 'api_token'],
    ],
    'passwords' => ['users' => ['provider' => 'users', 'table' => 'password_reset_tokens', 'expire' => 60, 'throttle' => 60]],
    'password_timeout' => 10800,
];
PHP
`,
  ),
  good(
    "settings of tokens and encoders in a Java program",
    () => `#!/bin/bash
cat > /opt/billing/application.yml <<'YAML'
spring:
  security:
    oauth2:
      resourceserver:
        jwt:
          issuer-uri: https://login.example.com/realms/shop
          jwk-set-uri: https://login.example.com/realms/shop/certs
app:
  token-validity: PT15M
  token-header: X-Billing-Token
  password-encoder: bcrypt
  password-parameter: j_password
  secret-provider: aws-secretsmanager
  key-alias: billing
YAML
`,
  ),
  good(
    "audit categories about logons and credentials",
    () => `<script>
auditpol /set /subcategory:"Credential Validation" /success:enable /failure:enable
auditpol /set /subcategory:"Kerberos Service Ticket Operations" /failure:enable
auditpol /set /subcategory:"User Account Management" /success:enable
wevtutil sl Security /ms:209715200
reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest /v UseLogonCredential /t REG_DWORD /d 0 /f
reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v LimitBlankPasswordUse /t REG_DWORD /d 1 /f
net accounts /minpwlen:14 /maxpwage:90 /uniquepw:24
</script>
`,
  ),
];
