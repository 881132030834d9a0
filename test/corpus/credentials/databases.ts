import { bad, good, type Case } from "../corpus";
import { HEX, publicBytes } from "../forms";

/** Relational databases and the clients of all kinds of them. */
export const databases: readonly Case[] = [
  // Relational databases

  bad(
    "mysqldump with a long password option in a cron file",
    (made) => `#!/bin/bash
dnf install -y mariadb105
cat > /etc/cron.d/nightly-dump <<'CRON'
SHELL=/bin/bash
30 2 * * * root mysqldump --host=db.example.internal --user=backup --password=${made.password()} --single-transaction shop | gzip > /srv/backup/shop.sql.gz
CRON
chmod 644 /etc/cron.d/nightly-dump
`,
  ),
  bad(
    "create user statement fed to the mysql client",
    (made) => `#!/bin/bash
set -euo pipefail
apt-get update -qq && apt-get install -y -qq mariadb-server
mysql <<SQL
CREATE DATABASE IF NOT EXISTS orders;
CREATE USER IF NOT EXISTS 'orders'@'10.%' IDENTIFIED BY '${made.symbols(18)}';
GRANT ALL ON orders.* TO 'orders'@'10.%';
FLUSH PRIVILEGES;
SQL
`,
  ),
  bad(
    "init file of mysqld that sets the root password",
    (made) => `#!/bin/bash
install -o mysql -g mysql -m 0600 /dev/null /var/lib/mysql-files/init.sql
echo "ALTER USER 'root'@'localhost' IDENTIFIED WITH caching_sha2_password BY '${made.weak()}';" > /var/lib/mysql-files/init.sql
printf '[mysqld]\\ninit_file=/var/lib/mysql-files/init.sql\\n' > /etc/my.cnf.d/init.cnf
systemctl restart mysqld
`,
  ),
  bad(
    "grant with the native hash of a MariaDB password",
    (made) => `#!/bin/bash
mariadb -e "GRANT SELECT, PROCESS ON *.* TO 'monitor'@'localhost' IDENTIFIED BY PASSWORD '*${made.token(40, HEX)}'"
`,
  ),
  bad(
    "replica that is pointed at its source",
    (made) => `#!/bin/bash
SERVER_ID=$((RANDOM + 2))
sed -i "s/^server-id.*/server-id = $SERVER_ID/" /etc/mysql/mysql.conf.d/mysqld.cnf
systemctl restart mysql
mysql --login-path=local <<'SQL'
CHANGE REPLICATION SOURCE TO
  SOURCE_HOST='db-a.example.internal',
  SOURCE_USER='repl',
  SOURCE_PASSWORD='${made.password(20)}',
  SOURCE_AUTO_POSITION=1,
  GET_SOURCE_PUBLIC_KEY=1;
START REPLICA;
SQL
`,
  ),
  bad(
    "user row inserted into the ProxySQL admin database",
    (made) => `#!/bin/bash
apt-get install -y proxysql2
systemctl start proxysql
mysql -h127.0.0.1 -P6032 --defaults-file=/root/.proxysql.cnf -e "
INSERT INTO mysql_users (username, password, default_hostgroup, max_connections) VALUES ('shop', '${made.password()}', 10, 500);
LOAD MYSQL USERS TO RUNTIME; SAVE MYSQL USERS TO DISK;"
`,
  ),
  bad("debconf answers for the database server package", (made) => {
    const password = made.weak();
    return `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<< "mysql-community-server mysql-community-server/root-pass password ${password}"
debconf-set-selections <<< "mysql-community-server mysql-community-server/re-root-pass password ${password}"
apt-get install -y mysql-community-server
`;
  }),
  bad("answers to mysql_secure_installation on standard input", (made) => {
    const password = made.password(14);
    return `#!/bin/bash
systemctl enable --now mariadb
mysql_secure_installation <<EOF

n
y
${password}
${password}
y
y
y
y
EOF
`;
  }),
  bad(
    "MaxScale service section",
    (made) => `#!/bin/bash
cat > /etc/maxscale.cnf.d/rw.cnf <<'EOF'
[RW-Split]
type=service
router=readwritesplit
servers=db1,db2,db3
user=maxscale
password=${made.password(24)}
enable_root_user=false
EOF
systemctl restart maxscale
`,
  ),
  bad(
    "data source name of the mysqld exporter",
    (made) => `#!/bin/bash
useradd -r -s /sbin/nologin exporter
echo "DATA_SOURCE_NAME='exporter:${made.password(12)}@(localhost:3306)/'" > /etc/default/mysqld_exporter
systemctl enable --now mysqld_exporter
`,
  ),
  bad(
    "Go data source name inside a YAML file",
    (made) => `#cloud-config
write_files:
  - path: /etc/ledger/config.yaml
    permissions: "0640"
    content: |
      http:
        listen: ":8080"
      storage:
        driver: mysql
        dsn: ledger:${made.password()}@tcp(db.example.internal:3306)/ledger?parseTime=true&tls=true
      cache_ttl: 30s
runcmd:
  - [systemctl, restart, ledger]
`,
  ),
  bad(
    "role of the local PostgreSQL changed through psql",
    (made) => `#!/bin/bash
amazon-linux-extras enable postgresql14
yum install -y postgresql-server
postgresql-setup --initdb
systemctl enable --now postgresql
sudo -u postgres psql -c "ALTER USER postgres WITH ENCRYPTED PASSWORD '${made.weak()}';"
`,
  ),
  bad(
    "libpq key and value string",
    (made) => `#!/bin/bash
until pg_isready -h pg.example.internal -q; do sleep 2; done
psql "host=pg.example.internal port=5432 dbname=crm user=crm_owner password=${made.password()} sslmode=require" -f /opt/crm/migrate.sql
`,
  ),
  bad(
    "pgbouncer user list with an MD5 password hash",
    (made) => `#!/bin/bash
cat > /etc/pgbouncer/userlist.txt <<'EOF'
"crm_app" "md5${made.hex(32)}"
EOF
chown pgbouncer: /etc/pgbouncer/userlist.txt
systemctl restart pgbouncer
`,
  ),
  bad(
    "pgbouncer database line",
    (made) => `#!/bin/bash
sed -i '/^\\[databases\\]/a crm = host=10.0.12.7 port=5432 dbname=crm user=crm password=${made.password()} pool_size=40' /etc/pgbouncer/pgbouncer.ini
systemctl reload pgbouncer
`,
  ),
  bad(
    "SCRAM verifier of a PostgreSQL role",
    (made) => `#!/bin/bash
sudo -u postgres psql -v ON_ERROR_STOP=1 <<'SQL'
CREATE ROLE reporting LOGIN PASSWORD 'SCRAM-SHA-256$4096:${publicBytes(made).slice(0, 22)}==$${made.base64(32)}:${made.base64(32)}';
GRANT pg_read_all_data TO reporting;
SQL
`,
  ),
  bad(
    "standby that follows a primary",
    (made) => `#!/bin/bash
set -e
PGDATA=/var/lib/pgsql/15/data
cat >> $PGDATA/postgresql.auto.conf <<EOF
primary_conninfo = 'user=replicator password=${made.password(20)} host=10.4.1.20 port=5432 sslmode=prefer application_name=$(hostname -s)'
primary_slot_name = 'standby_1'
EOF
touch $PGDATA/standby.signal
systemctl start postgresql-15
`,
  ),
  bad(
    "logical subscription with a connection string",
    (made) => `#!/bin/bash
runuser -u postgres -- psql -d dwh -c "CREATE SUBSCRIPTION sub_orders CONNECTION 'host=pg-main.example.internal dbname=orders user=logical password=${made.password()}' PUBLICATION pub_orders;"
`,
  ),
  bad(
    "Patroni configuration",
    (made) => `#!/bin/bash
PRIVATE_IP=$(hostname -I | awk '{print $1}')
cat > /etc/patroni/patroni.yml <<YAML
scope: main
name: $(hostname -s)
restapi:
  listen: 0.0.0.0:8008
  connect_address: $PRIVATE_IP:8008
postgresql:
  listen: 0.0.0.0:5432
  connect_address: $PRIVATE_IP:5432
  data_dir: /data/pg
  authentication:
    replication:
      username: replicator
      password: ${made.password(22)}
YAML
systemctl enable --now patroni
`,
  ),
  bad(
    "pgpool control user with an MD5 hash",
    (made) => `#!/bin/bash
echo 'pgpool:${made.hex(32)}' >> /etc/pgpool-II/pcp.conf
`,
  ),
  bad(
    "initdb with a password file made by process substitution",
    (made) => `#!/bin/bash
su - postgres -c "/usr/lib/postgresql/16/bin/initdb -D /data/pg --auth=scram-sha-256 --pwfile=<(echo '${made.phrase()}')"
`,
  ),
  bad("Oracle database created in silent mode", (made) => {
    const password = made.password(12);
    return `#!/bin/bash
sudo -iu oracle dbca -silent -createDatabase -templateName General_Purpose.dbc \\
  -gdbname ORCL -sid ORCL -characterSet AL32UTF8 \\
  -sysPassword ${password} -systemPassword ${password} \\
  -datafileDestination /u02/oradata -storageType FS
`;
  }),
  bad(
    "Oracle user identified by a word",
    (made) => `#!/bin/bash
sudo -iu oracle sqlplus -s / as sysdba <<'SQL'
ALTER SESSION SET CONTAINER = PDB1;
CREATE USER billing IDENTIFIED BY ${made.weak()} DEFAULT TABLESPACE users QUOTA UNLIMITED ON users;
GRANT CONNECT, RESOURCE TO billing;
EXIT
SQL
`,
  ),
  bad(
    "SQL Server set up on Linux",
    (made) => `#!/bin/bash
set -e
yum install -y mssql-server
ACCEPT_EULA=Y MSSQL_PID=Standard MSSQL_SA_PASSWORD='${made.symbols(18)}' /opt/mssql/bin/mssql-conf -n setup
systemctl status mssql-server --no-pager
`,
  ),
  bad(
    "bcp import with a joined password option",
    (made) => `#!/bin/bash
aws s3 cp s3://example-exports/customers.csv /tmp/customers.csv
/opt/mssql-tools18/bin/bcp crm.dbo.customers in /tmp/customers.csv -S sql.example.internal -U loader -P${made.password()} -c -t, -F 2
`,
  ),
  bad(
    "Db2 connect statement",
    (made) => `#!/bin/bash
su - db2inst1 -c 'db2 "CONNECT TO SALES USER db2inst1 USING ${made.weak()}"; db2 -tvf /opt/sales/ddl.sql; db2 terminate'
`,
  ),
  bad(
    "key store entry of a HANA client",
    (made) => `#!/bin/bash
sudo -u hdbadm /usr/sap/HDB/hdbclient/hdbuserstore SET BACKUP hana.example.internal:30013 BACKUP_OP ${made.password(15)}
`,
  ),
  bad(
    "logon line of a Teradata script",
    (made) => `#!/bin/bash
bteq <<EOF
.LOGON td.example.internal/etl,${made.password(12)};
.EXPORT REPORT FILE=/tmp/out.txt
SELECT COUNT(*) FROM stage.orders;
.LOGOFF
.QUIT
EOF
`,
  ),
  bad(
    "Liquibase properties",
    (made) => `#!/bin/bash
tee /opt/app/liquibase.properties > /dev/null <<'EOF'
changeLogFile=db/changelog.xml
url=jdbc:mariadb://db.example.internal:3306/app
username=liquibase
password=${made.password()}
EOF
cd /opt/app && liquibase update
`,
  ),
  bad(
    "Flyway with a password argument",
    (made) => `#!/bin/bash
/opt/flyway/flyway -url=jdbc:postgresql://pg.example.internal/app -user=flyway -password=${made.password()} -connectRetries=10 migrate
`,
  ),
  bad(
    "positional arguments of isql",
    (made) => `#!/bin/bash
yum install -y unixODBC freetds
echo 'select 1' | isql -v warehouse loader ${made.password(13)} -b
`,
  ),
  bad(
    "ODBC data source with PWD",
    (made) => `#!/bin/bash
cat >> /etc/odbc.ini <<'INI'
[warehouse]
Driver   = ODBC Driver 18 for SQL Server
Server   = tcp:sql.example.internal,1433
Database = warehouse
UID      = etl
PWD      = ${made.password(18)}
Encrypt  = yes
INI
`,
  ),
  bad(
    "JDBC address of SQL Server in a Java option",
    (made) => `#!/bin/bash
mkdir -p /etc/systemd/system/billing.service.d
cat > /etc/systemd/system/billing.service.d/jvm.conf <<'EOF'
[Service]
Environment="JAVA_OPTS=-Xmx2g -Ddb.url=jdbc:sqlserver://sql.example.internal:1433;databaseName=billing;user=billing;password=${made.password()};encrypt=true"
EOF
systemctl daemon-reload
`,
  ),
  bad(
    "ADO connection string in an environment variable",
    (made) => `#!/bin/bash
echo 'ConnectionStrings__Default="Server=sql.example.internal;Database=portal;User Id=portal;Password=${made.password()};TrustServerCertificate=True"' >> /etc/portal.env
`,
  ),
  bad(
    "SQLAlchemy address in alembic.ini",
    (made) => `#!/bin/bash
cd /srv/api
sed -i "s|^sqlalchemy.url = .*|sqlalchemy.url = postgresql+psycopg2://api:${made.password()}@pg.example.internal/api|" alembic.ini
alembic upgrade head
`,
  ),
  bad(
    "beeline against HiveServer2",
    (made) => `#!/bin/bash
beeline -u 'jdbc:hive2://hive.example.internal:10000/default;ssl=true' -n etl -p ${made.weak()} -f /opt/etl/partitions.hql
`,
  ),
  bad(
    "SnowSQL configuration",
    (made) => `#!/bin/bash
mkdir -p /root/.snowsql
cat > /root/.snowsql/config <<'EOF'
[connections.dwh]
accountname = xy12345.eu-central-1
username = LOADER
password = "${made.password(20)}"
warehousename = LOAD_WH
EOF
chmod 600 /root/.snowsql/config
`,
  ),
  good(
    "root of MariaDB logs in through the socket",
    () => `#!/bin/bash
apt-get install -y mariadb-server
mariadb <<'SQL'
ALTER USER 'root'@'localhost' IDENTIFIED VIA unix_socket;
CREATE USER IF NOT EXISTS 'deploy'@'localhost' IDENTIFIED VIA unix_socket;
DELETE FROM mysql.global_priv WHERE User='';
FLUSH PRIVILEGES;
SQL
`,
  ),
  good(
    "MySQL user for IAM authentication",
    () => `#!/bin/bash
mysql --defaults-file=/root/.my.cnf -h db.example.internal <<'SQL'
CREATE USER IF NOT EXISTS 'app' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';
ALTER USER 'app'@'%' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE ON shop.* TO 'app'@'%';
SQL
`,
  ),
  good(
    "password policy of MySQL",
    () => `#!/bin/bash
cat > /etc/my.cnf.d/policy.cnf <<'EOF'
[mysqld]
default_password_lifetime = 90
password_history = 6
password_reuse_interval = 365
password_require_current = ON
validate_password.policy = STRONG
validate_password.length = 14
caching_sha2_password_private_key_path = private_key.pem
EOF
systemctl restart mysqld
mysql --login-path=root -e "INSTALL COMPONENT 'file://component_validate_password'; ALTER USER 'app'@'%' PASSWORD EXPIRE INTERVAL 90 DAY FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME 1;"
`,
  ),
  good(
    "MySQL makes a random password",
    () => `#!/bin/bash
mysql --skip-column-names -e "CREATE USER 'etl'@'10.%' IDENTIFIED BY RANDOM PASSWORD" | awk '{print $3}' > /run/etl.pw
chmod 600 /run/etl.pw
`,
  ),
  good(
    "temporary password read from the log of mysqld",
    () => `#!/bin/bash
systemctl start mysqld
TEMP_PW=$(grep 'temporary password is generated for' /var/log/mysqld.log | awk '{print $NF}')
NEW_PW=$(aws secretsmanager get-secret-value --secret-id prod/mysql/root --query SecretString --output text)
mysql --connect-expired-password -uroot -p"$TEMP_PW" -e "ALTER USER 'root'@'localhost' IDENTIFIED BY '$NEW_PW';"
`,
  ),
  good(
    "defaults file made by process substitution",
    () => `#!/bin/bash
PW=$(aws ssm get-parameter --name /shop/db/backup --with-decryption --query Parameter.Value --output text)
mysqldump --defaults-extra-file=<(printf '[client]\\nuser=backup\\npassword=%s\\n' "$PW") --single-transaction shop | zstd > /srv/backup/shop.zst
`,
  ),
  good(
    "create user with a shell variable in an unquoted document",
    () => `#!/bin/bash
APP_PW="$(openssl rand -hex 20)"
mysql <<SQL
CREATE USER 'app'@'10.%' IDENTIFIED BY '\${APP_PW}';
GRANT ALL PRIVILEGES ON app.* TO 'app'@'10.%';
SQL
aws ssm put-parameter --name /app/db/password --type SecureString --overwrite --value "$APP_PW"
`,
  ),
  good(
    "debconf answers from a variable",
    () => `#!/bin/bash
ROOT_PW=$(vault kv get -field=root kv/mysql)
for q in root-pass re-root-pass; do
  echo "mysql-community-server mysql-community-server/$q password $ROOT_PW" | debconf-set-selections
done
DEBIAN_FRONTEND=noninteractive apt-get install -y mysql-community-server
`,
  ),
  good(
    "tables with columns for hashes and tokens",
    () => `#!/bin/bash
sudo -u postgres psql app <<'SQL'
CREATE TABLE IF NOT EXISTS users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE,
  password_hash varchar(255) NOT NULL,
  password_changed_at timestamptz,
  api_token char(64),
  totp_secret bytea
);
CREATE INDEX users_api_token_idx ON users (api_token);
ALTER TABLE orders ADD CONSTRAINT orders_user_fkey FOREIGN KEY (user_id) REFERENCES users (id);
SQL
`,
  ),
  good(
    "PostgreSQL asks for SCRAM",
    () => `#!/bin/bash
sudo -u postgres psql -c "ALTER SYSTEM SET password_encryption = 'scram-sha-256'"
cat > /var/lib/pgsql/data/pg_hba.conf <<'EOF'
# TYPE  DATABASE  USER      ADDRESS       METHOD
local   all       postgres                peer
host    all       all       10.0.0.0/8    scram-sha-256
hostssl replication repl    10.0.0.0/8    cert clientcert=verify-full
host    all       all       0.0.0.0/0     reject
EOF
systemctl reload postgresql
`,
  ),
  good(
    "psql variable filled from a file",
    () => `#!/bin/bash
sudo -u postgres psql <<'SQL'
\\set pw \`cat /run/secrets/app_db\`
CREATE ROLE app LOGIN PASSWORD :'pw' CONNECTION LIMIT 50;
CREATE ROLE readers NOLOGIN;
ALTER ROLE legacy PASSWORD NULL VALID UNTIL 'now';
SQL
`,
  ),
  good(
    "password file of libpq built from a secret",
    () => `#!/bin/bash
export PGPASSFILE=/run/pgpass
umask 077
printf '%s:%s:%s:%s:%s\\n' pg.example.internal 5432 app app "$(aws secretsmanager get-secret-value --secret-id app/pg --query SecretString --output text | jq -r .password)" > "$PGPASSFILE"
psql -h pg.example.internal -U app -w app -c 'select 1'
`,
  ),
  good(
    "service file that names a password file",
    () => `#!/bin/bash
cat > /etc/pg_service.conf <<'EOF'
[reporting]
host=pg.example.internal
port=5432
user=reporting
dbname=dwh
passfile=/run/secrets/pgpass
sslmode=verify-full
sslkey=/etc/ssl/private/reporting.key
EOF
`,
  ),
  good(
    "pgbouncer asks the database for hashes",
    () => `#!/bin/bash
cat > /etc/pgbouncer/pgbouncer.ini <<'EOF'
[databases]
* = host=pg.example.internal port=5432 auth_user=pgbouncer
[pgbouncer]
listen_addr = 0.0.0.0
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
auth_query = SELECT usename, passwd FROM pgbouncer.get_auth($1)
ignore_startup_parameters = extra_float_digits
EOF
`,
  ),
  good(
    "Patroni takes its passwords from the environment",
    () => `#!/bin/bash
cat > /etc/patroni/env <<EOF
PATRONI_SUPERUSER_USERNAME=postgres
PATRONI_SUPERUSER_PASSWORD=$(aws ssm get-parameter --name /pg/super --with-decryption --query Parameter.Value --output text)
PATRONI_REPLICATION_USERNAME=replicator
PATRONI_REPLICATION_PASSWORD=$(aws ssm get-parameter --name /pg/repl --with-decryption --query Parameter.Value --output text)
EOF
chmod 600 /etc/patroni/env
`,
  ),
  good(
    "hash computed inside the database",
    () => `#!/bin/bash
psql service=app -c "INSERT INTO users (email, password_hash) VALUES ('ops@example.com', crypt(gen_random_uuid()::text, gen_salt('bf', 12))) ON CONFLICT DO NOTHING"
`,
  ),
  good(
    "Oracle wallet and operating system authentication",
    () => `#!/bin/bash
sudo -iu oracle sqlplus -s / as sysdba <<'SQL'
CREATE USER ops$batch IDENTIFIED EXTERNALLY;
CREATE USER hr_app IDENTIFIED GLOBALLY AS 'CN=hr_app,OU=apps,O=example';
ALTER PROFILE DEFAULT LIMIT PASSWORD_LIFE_TIME 90 PASSWORD_REUSE_MAX 10 FAILED_LOGIN_ATTEMPTS 5;
SQL
sudo -iu oracle sqlplus -s /@PAYROLL @/opt/db/refresh.sql
`,
  ),
  good(
    "SQL Server with integrated security",
    () => `#!/bin/bash
/opt/mssql-tools18/bin/sqlcmd -S sql.example.internal -E -C -Q "SELECT name FROM sys.databases"
cat > /etc/portal/appsettings.json <<'JSON'
{
  "ConnectionStrings": {
    "Default": "Server=sql.example.internal;Database=portal;Integrated Security=SSPI;Trusted_Connection=yes;Encrypt=True;Persist Security Info=False",
    "Reports": "Server=tcp:reports.example.internal,1433;Database=reports;Authentication=Active Directory Managed Identity"
  }
}
JSON
`,
  ),
  good(
    "administrator password of SQL Server from Secrets Manager",
    () => `#!/bin/bash
MSSQL_SA_PASSWORD=$(aws secretsmanager get-random-password --password-length 24 --exclude-punctuation --query RandomPassword --output text)
export MSSQL_SA_PASSWORD ACCEPT_EULA=Y MSSQL_PID=Express
/opt/mssql/bin/mssql-conf -n setup
/opt/mssql-tools18/bin/sqlcmd -S localhost -U sa -P "$MSSQL_SA_PASSWORD" -C -i /opt/db/init.sql
`,
  ),
  good(
    "Liquibase properties with placeholders",
    () => `#!/bin/bash
cat > /opt/app/liquibase.properties <<'EOF'
changeLogFile=db/changelog.xml
url=jdbc:mariadb://db.example.internal:3306/app?useSSL=true&serverRsaPublicKeyFile=/etc/ssl/db.pub
username=\${DB_USER}
password=\${DB_PASSWORD}
EOF
`,
  ),
  good(
    "Flyway reads its password from the environment",
    () => `#!/bin/bash
export FLYWAY_URL=jdbc:postgresql://pg.example.internal/app FLYWAY_USER=flyway
FLYWAY_PASSWORD=$(/usr/local/bin/get-secret flyway) flyway -placeholders.env=prod -validateMigrationNaming=true migrate
`,
  ),
  good(
    "temporary login token of Redshift",
    () => `#!/bin/bash
CREDS=$(aws redshift get-cluster-credentials --cluster-identifier dwh --db-user loader --db-name dwh --duration-seconds 900)
PGUSER=$(jq -r .DbUser <<< "$CREDS") PGPASSWORD=$(jq -r .DbPassword <<< "$CREDS") psql -h dwh.example.internal -p 5439 dwh -f /opt/load.sql
`,
  ),
  good(
    "COPY statement with a role",
    (made) => `#!/bin/bash
psql service=dwh -c "COPY stage.orders FROM 's3://example-exports/orders/' IAM_ROLE 'arn:aws:iam::${made.account()}:role/redshift-copy' FORMAT AS PARQUET; ANALYZE stage.orders;"
`,
  ),
  good(
    "key partition and distribution of tables",
    () => `#!/bin/bash
clickhouse-client --config /etc/ch-client.xml --multiquery <<'SQL'
CREATE TABLE IF NOT EXISTS events (
  tenant UInt32, ts DateTime, session_key String, token_count UInt32, secret_santa UInt8
) ENGINE = MergeTree PARTITION BY toYYYYMM(ts) ORDER BY (tenant, ts) PRIMARY KEY (tenant, ts)
SETTINGS index_granularity = 8192;
SQL
`,
  ),
  good(
    "key pair authentication of SnowSQL",
    () => `#!/bin/bash
cat > /root/.snowsql/config <<'EOF'
[connections.dwh]
accountname = xy12345.eu-central-1
username = LOADER
authenticator = SNOWFLAKE_JWT
private_key_path = /run/secrets/snowflake.p8
EOF
export SNOWSQL_PRIVATE_KEY_PASSPHRASE="$(cat /run/secrets/snowflake.pass)"
snowsql -c dwh -f /opt/etl/load.sql
`,
  ),
  good(
    "answers for mysql_secure_installation come from a secret",
    () => `#!/bin/bash
PW=$(aws ssm get-parameter --name /db/root --with-decryption --query Parameter.Value --output text)
mysql_secure_installation <<EOF

n
y
$PW
$PW
y
y
y
y
EOF
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
];
