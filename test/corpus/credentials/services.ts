import { b64, bad, good, type Case, type Made } from "../corpus";

// Alphabets of tokens.
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "234567";
const HEX = "0123456789" + "ABCDEF";
const ZBASE32 = "abcdefghijkmnopqrstuwxyz" + "13456789";

/** 32 bytes in base64 that are no secret: a public key, a pin, a digest. */
function publicBytes(made: Made): string {
  return Buffer.from(made.digest(), "hex").toString("base64");
}

/** A block with the frame of PEM, put together here so that no scanner stumbles over this file. */
function pem(kind: string, body: string): string {
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;
}

/** Databases, brokers, web servers, mail, monitoring, directories, networks, security agents and applications. */
export const services: readonly Case[] = [
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

  // Other databases

  bad(
    "mongosh creates the first administrator",
    (made) => `#!/bin/bash
systemctl enable --now mongod
for i in {1..30}; do mongosh --quiet --eval 'db.runCommand({ping:1})' && break; sleep 1; done
mongosh admin --quiet --eval 'db.createUser({ user: "root", pwd: "${made.weak()}", roles: ["root"] })'
`,
  ),
  bad(
    "key file of a MongoDB replica set",
    (made) => `#!/bin/bash
cat > /etc/mongodb.key <<'KEY'
${made.base64(384).replaceAll(/.{64}/g, "$&\n").trim()}
KEY
chown mongodb: /etc/mongodb.key && chmod 400 /etc/mongodb.key
cat >> /etc/mongod.conf <<'YAML'
security:
  authorization: enabled
  keyFile: /etc/mongodb.key
YAML
`,
  ),
  bad(
    "mongodump with a seed list address",
    (made) => `#!/bin/bash
mongodump --uri="mongodb+srv://backup:${made.password()}@cluster0.ab1cd.mongodb.net/shop?retryWrites=true" --gzip --archive=/srv/backup/shop.gz
`,
  ),
  bad(
    "requirepass put into redis.conf by sed",
    (made) => `#!/bin/bash
yum install -y redis6
sed -i -e 's/^bind .*/bind 0.0.0.0/' -e 's/^# requirepass .*/requirepass ${made.password(24)}/' -e 's/^appendonly no/appendonly yes/' /etc/redis6/redis6.conf
systemctl enable --now redis6
`,
  ),
  bad(
    "Redis access list with the SHA-256 of a password",
    (made) => `#!/bin/bash
cat > /etc/redis/users.acl <<'EOF'
user default off
user worker on ~jobs:* +@all -@dangerous #${made.hex(64)}
EOF
`,
  ),
  bad(
    "Sentinel watches a master with a password",
    (made) => `#!/bin/bash
cat > /etc/redis/sentinel.conf <<EOF
port 26379
sentinel monitor mymaster 10.20.0.4 6379 2
sentinel auth-pass mymaster ${made.password()}
sentinel down-after-milliseconds mymaster 5000
EOF
redis-sentinel /etc/redis/sentinel.conf --daemonize yes
`,
  ),
  bad(
    "new password for the superuser of Cassandra",
    (made) => `#!/bin/bash
sed -i 's/^authenticator:.*/authenticator: PasswordAuthenticator/' /etc/cassandra/conf/cassandra.yaml
systemctl restart cassandra && sleep 45
cqlsh "$(hostname -i)" -e "CREATE ROLE dba WITH SUPERUSER = true AND LOGIN = true AND PASSWORD = '${made.weak()}';"
`,
  ),
  bad(
    "key store passwords of Cassandra",
    (made) => `#!/bin/bash
python3 - <<'PY'
import yaml
path = "/etc/cassandra/conf/cassandra.yaml"
conf = yaml.safe_load(open(path))
conf["server_encryption_options"] = {
    "internode_encryption": "all",
    "keystore": "/etc/cassandra/keystore.p12",
    "keystore_password": "${made.password(12)}",
    "require_client_auth": True,
}
yaml.safe_dump(conf, open(path, "w"))
PY
`,
  ),
  bad(
    "first set-up of InfluxDB",
    (made) => `#!/bin/bash
systemctl start influxdb
influx setup --force --org example --bucket telegraf --retention 30d --username admin --password "${made.phrase()}"
`,
  ),
  bad(
    "ClickHouse user with a SHA-256 password",
    (made) => `#!/bin/bash
cat > /etc/clickhouse-server/users.d/etl.xml <<'XML'
<clickhouse>
  <users>
    <etl>
      <password_sha256_hex>${made.hex(64)}</password_sha256_hex>
      <networks><ip>10.0.0.0/8</ip></networks>
      <profile>default</profile>
    </etl>
  </users>
</clickhouse>
XML
`,
  ),
  bad(
    "bootstrap password piped into the Elasticsearch keystore",
    (made) => `#!/bin/bash
cd /usr/share/elasticsearch
[ -f /etc/elasticsearch/elasticsearch.keystore ] || bin/elasticsearch-keystore create
echo "${made.password(20)}" | bin/elasticsearch-keystore add --stdin --force bootstrap.password
systemctl enable --now elasticsearch
`,
  ),
  bad(
    "Elasticsearch API key in a header",
    (made) => `#!/bin/bash
curl -fsS -X PUT "https://es.example.internal:9200/_ilm/policy/logs" \\
  -H 'Content-Type: application/json' \\
  -H "Authorization: ApiKey ${b64(`VuaCfGcBCdbkQm-e5aOx:${made.token(22)}`)}" \\
  -d '{"policy":{"phases":{"delete":{"min_age":"30d","actions":{"delete":{}}}}}}'
`,
  ),
  bad(
    "bcrypt hash of an OpenSearch internal user",
    (made) => `#!/bin/bash
cat > /usr/share/opensearch/config/opensearch-security/internal_users.yml <<'YAML'
_meta:
  type: "internalusers"
  config_version: 2
admin:
  hash: "$2y$12$${made.token(53)}"
  reserved: true
  backend_roles: ["admin"]
YAML
`,
  ),
  bad(
    "administrator of CouchDB in an ini file",
    (made) => `#!/bin/bash
cat > /opt/couchdb/etc/local.d/10-admins.ini <<'EOF'
[admins]
root = ${made.password(18)}

[couchdb]
single_node = true
EOF
systemctl restart couchdb
`,
  ),
  bad(
    "initial password of Neo4j",
    (made) => `#!/bin/bash
yum install -y neo4j-5.19.0
neo4j-admin dbms set-initial-password ${made.weak()}
systemctl enable --now neo4j
`,
  ),
  bad(
    "SASL user of memcached",
    (made) => `#!/bin/bash
apt-get install -y memcached sasl2-bin
echo '${made.password()}' | saslpasswd2 -p -c -a memcached -u cache app
sed -i 's/^#\\?-S/-S/' /etc/memcached.conf
`,
  ),
  bad(
    "etcd client with user and password",
    (made) => `#!/bin/bash
export ETCDCTL_API=3
etcdctl --endpoints=https://etcd.example.internal:2379 --cacert=/etc/ssl/etcd-ca.pem --user=root:${made.password(14)} put /config/app/mode blue
`,
  ),

  // Brokers, search, stores

  bad(
    "Erlang cookie of a RabbitMQ cluster",
    (made) => `#!/bin/bash
systemctl stop rabbitmq-server
echo -n ${made.token(20, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")} > /var/lib/rabbitmq/.erlang.cookie
chown rabbitmq: /var/lib/rabbitmq/.erlang.cookie && chmod 400 /var/lib/rabbitmq/.erlang.cookie
systemctl start rabbitmq-server
rabbitmqctl stop_app && rabbitmqctl join_cluster rabbit@mq-1 && rabbitmqctl start_app
`,
  ),
  bad(
    "password hash in the definitions of RabbitMQ",
    (made) => `#!/bin/bash
cat > /etc/rabbitmq/definitions.json <<'JSON'
{
  "users": [{ "name": "shop", "password_hash": "${made.base64(36)}", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": "administrator" }],
  "vhosts": [{ "name": "/" }],
  "permissions": [{ "user": "shop", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" }]
}
JSON
echo 'load_definitions = /etc/rabbitmq/definitions.json' >> /etc/rabbitmq/rabbitmq.conf
`,
  ),
  bad(
    "JAAS line of a Kafka client",
    (made) => `#!/bin/bash
cat > /opt/kafka/config/client.properties <<'EOF'
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="orders" password="${made.password(24)}";
EOF
/opt/kafka/bin/kafka-topics.sh --bootstrap-server b-1.example.internal:9096 --command-config /opt/kafka/config/client.properties --create --if-not-exists --topic orders --partitions 6
`,
  ),
  bad(
    "SCRAM user stored in Kafka",
    (made) => `#!/bin/bash
/opt/kafka/bin/kafka-configs.sh --bootstrap-server localhost:9092 --alter --entity-type users --entity-name billing --add-config 'SCRAM-SHA-512=[iterations=8192,password=${made.password()}]'
`,
  ),
  bad(
    "Artemis broker instance",
    (made) => `#!/bin/bash
/opt/artemis/bin/artemis create /var/lib/broker --user artemis --password ${made.word()} --require-login --silent
/var/lib/broker/bin/artemis-service start
`,
  ),
  bad(
    "NATS user seed in a key file",
    (made) => `#!/bin/bash
mkdir -p /etc/nats
printf '%s\\n' SUA${made.token(55, BASE32)} > /etc/nats/worker.nk
nats --server nats://nats.example.internal:4222 --nkey /etc/nats/worker.nk pub boot "$(hostname)"
`,
  ),
  bad(
    "cluster routes of NATS with userinfo",
    (made) => `#!/bin/bash
cat > /etc/nats/nats-server.conf <<EOF
listen: 0.0.0.0:4222
cluster {
  name: main
  listen: 0.0.0.0:6222
  routes: [ "nats-route://ruser:${made.password(20)}@nats-0.example.internal:6222" ]
}
EOF
`,
  ),
  bad(
    "mosquitto_passwd in batch mode",
    (made) => `#!/bin/bash
apt-get install -y mosquitto
touch /etc/mosquitto/passwd
mosquitto_passwd -b /etc/mosquitto/passwd sensors ${made.weak()}
printf 'allow_anonymous false\\npassword_file /etc/mosquitto/passwd\\nlistener 1883\\n' > /etc/mosquitto/conf.d/auth.conf
`,
  ),
  bad(
    "bridge of a mosquitto broker",
    (made) => `#!/bin/bash
cat > /etc/mosquitto/conf.d/bridge.conf <<'EOF'
connection cloud
address mqtt.example.com:8883
remote_username site-7
remote_password ${made.password()}
topic telemetry/# out 1
bridge_cafile /etc/ssl/certs/ca-certificates.crt
EOF
`,
  ),
  bad(
    "super user digest of ZooKeeper",
    (made) => `#!/bin/bash
echo 'SERVER_JVMFLAGS="-Dzookeeper.DigestAuthenticationProvider.superDigest=super:${made.base64(20)}"' >> /opt/zookeeper/conf/java.env
`,
  ),
  bad(
    "basic authentication of Solr",
    (made) => `#!/bin/bash
cat >> /etc/default/solr.in.sh <<'EOF'
SOLR_HEAP="4g"
SOLR_AUTH_TYPE="basic"
SOLR_AUTHENTICATION_OPTS="-Dbasicauth=solr:${made.password(14)}"
EOF
`,
  ),
  bad(
    "master key of Meilisearch",
    (made) => `#!/bin/bash
nohup /usr/local/bin/meilisearch --env production --http-addr 0.0.0.0:7700 --master-key="${made.base64url(24)}" > /var/log/meili.log 2>&1 &
`,
  ),
  bad(
    "Ceph client keyring",
    (made) => `#!/bin/bash
cat > /etc/ceph/ceph.client.web.keyring <<'EOF'
[client.web]
	key = AQ${made.token(36)}==
	caps mds = "allow rw path=/web"
	caps mon = "allow r"
EOF
mount -t ceph web@.cephfs=/web /srv/web -o mon_addr=10.1.0.4:6789
`,
  ),
  bad(
    "Swift client with a key option",
    (made) => `#!/bin/bash
swift -A https://swift.example.internal:8080/auth/v1.0 -U backup:web01 -K ${made.token(30)} upload nightly /srv/backup
`,
  ),

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

  // Names, routes, voice and the rest

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

  // Relational databases

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

  // Other databases

  good(
    "mongosh prompts for the password",
    () => `#!/bin/bash
cat > /root/create-admin.js <<'JS'
// run by hand: mongosh /root/create-admin.js
db = db.getSiblingDB("admin");
db.createUser({ user: "root", pwd: passwordPrompt(), roles: ["root"] });
db.createUser({ user: "ci", pwd: process.env.CI_DB_PASSWORD, roles: ["readWrite"] });
JS
`,
  ),
  good(
    "MongoDB with the role of the machine",
    () => `#!/bin/bash
echo 'MONGO_URL="mongodb+srv://cluster0.ab1cd.mongodb.net/shop?authSource=%24external&authMechanism=MONGODB-AWS&retryWrites=true"' >> /etc/shop.env
mongosh "mongodb://localhost:27017/admin?authMechanism=MONGODB-X509&tls=true&tlsCertificateKeyFile=/etc/ssl/mongo-client.pem" --eval 'db.stats()'
`,
  ),
  good(
    "key file of a replica set made at boot",
    () => `#!/bin/bash
openssl rand -base64 756 > /etc/mongodb.key
chmod 400 /etc/mongodb.key && chown mongodb: /etc/mongodb.key
yq -i '.security.keyFile = "/etc/mongodb.key" | .security.authorization = "enabled" | .security.clusterAuthMode = "keyFile"' /etc/mongod.conf
`,
  ),
  good(
    "Redis settings without a password",
    () => `#!/bin/bash
cat > /etc/redis/redis.conf <<'EOF'
bind 127.0.0.1 -::1
protected-mode yes
requirepass ""
aclfile /etc/redis/users.acl
rename-command FLUSHALL ""
tls-key-file /etc/redis/tls/redis.key
maxmemory-policy allkeys-lru
EOF
sed -i '/^# requirepass/d' /etc/redis/redis.conf
`,
  ),
  good(
    "Redis access list without passwords",
    () => `#!/bin/bash
printf '%s\\n' 'user default off resetpass -@all' 'user probe on nopass ~health:* +ping' > /etc/redis/users.acl
redis-cli ACL LOAD
`,
  ),
  good(
    "names of keys in redis-cli",
    () => `#!/bin/bash
redis-cli -h cache.example.internal SET auth:token:ttl 3600
redis-cli -h cache.example.internal DEL session:secret:index
redis-cli --bigkeys -i 0.01 | tail -5
redis-cli KEYS 'password-reset:*' | xargs -r redis-cli DEL
`,
  ),
  good(
    "Redis password put into the file from Parameter Store",
    () => `#!/bin/bash
REDIS_PW=$(aws ssm get-parameter --name /cache/auth --with-decryption --query Parameter.Value --output text)
sed -i "s|^# requirepass .*|requirepass \${REDIS_PW}|; s|^# masterauth .*|masterauth \${REDIS_PW}|" /etc/redis/redis.conf
REDISCLI_AUTH="$REDIS_PW" redis-cli ping
`,
  ),
  good(
    "Cassandra ring and its tokens",
    () => `#!/bin/bash
sed -i -e 's/^num_tokens:.*/num_tokens: 16/' -e 's/^# allocate_tokens_for_local_replication_factor:.*/allocate_tokens_for_local_replication_factor: 3/' \\
  -e 's/^# initial_token:.*/initial_token: -9223372036854775808/' -e 's/^authenticator:.*/authenticator: PasswordAuthenticator/' /etc/cassandra/conf/cassandra.yaml
nodetool ring | head
`,
  ),
  good(
    "keyspaces and partition keys",
    () => `#!/bin/bash
cqlsh --cqlshrc=/root/.cassandra/cqlshrc -e "
CREATE KEYSPACE IF NOT EXISTS iot WITH replication = {'class':'NetworkTopologyStrategy','eu':3};
CREATE TABLE IF NOT EXISTS iot.readings (device text, day date, ts timestamp, value double, PRIMARY KEY ((device, day), ts)) WITH CLUSTERING ORDER BY (ts DESC);"
`,
  ),
  good(
    "InfluxDB token read from a file",
    () => `#!/bin/bash
influx config create -n local -u http://localhost:8086 -o example -t "$(cat /run/secrets/influx-token)" -a
influx auth list --json | jq -r '.[].description'
`,
  ),
  good(
    "ClickHouse user who has no password",
    () => `#!/bin/bash
cat > /etc/clickhouse-server/users.d/probe.xml <<'XML'
<clickhouse><users>
  <probe><no_password/><networks><ip>127.0.0.1</ip></networks></probe>
  <etl><password_sha256_hex from_env="ETL_PASSWORD_SHA256"/></etl>
  <ops><ssl_certificates><common_name>ops.example.internal</common_name></ssl_certificates></ops>
</users></clickhouse>
XML
`,
  ),
  good(
    "mapping with keyword fields and token filters",
    () => `#!/bin/bash
curl -fsS -X PUT http://localhost:9200/articles -H 'Content-Type: application/json' -d '{
  "settings": { "analysis": { "tokenizer": { "edge": { "type": "edge_ngram", "token_chars": ["letter"] } }, "analyzer": { "auto": { "tokenizer": "edge", "filter": ["lowercase"] } } } },
  "mappings": { "properties": { "key": { "type": "keyword" }, "author": { "type": "keyword" }, "secret": { "type": "boolean" }, "token_count": { "type": "token_count", "analyzer": "standard" } } }
}'
`,
  ),
  good(
    "password of elastic reset at boot",
    () => `#!/bin/bash
systemctl start elasticsearch
ELASTIC_PASSWORD=$(/usr/share/elasticsearch/bin/elasticsearch-reset-password -u elastic -b -s)
aws secretsmanager put-secret-value --secret-id prod/elastic --secret-string "$ELASTIC_PASSWORD"
curl -fsS --cacert /etc/elasticsearch/certs/http_ca.crt -u "elastic:$ELASTIC_PASSWORD" https://localhost:9200/_cluster/health
`,
  ),
  good(
    "security settings of Elasticsearch",
    () => `#!/bin/bash
cat >> /etc/elasticsearch/elasticsearch.yml <<'YAML'
xpack.security.enabled: true
xpack.security.enrollment.enabled: false
xpack.security.http.ssl:
  enabled: true
  keystore.path: certs/http.p12
xpack.security.authc.api_key.enabled: true
xpack.security.authc.password_hashing.algorithm: pbkdf2
xpack.security.authc.token.timeout: 20m
YAML
/usr/share/elasticsearch/bin/elasticsearch-keystore list | grep -q keystore.seed
`,
  ),
  good(
    "enrolment token of a new node from the first one",
    () => `#!/bin/bash
TOKEN=$(aws ssm get-parameter --name /es/enrollment --with-decryption --query Parameter.Value --output text)
yes | /usr/share/elasticsearch/bin/elasticsearch-reconfigure-node --enrollment-token "$TOKEN"
`,
  ),
  good(
    "Neo4j without authentication on the loopback",
    () => `#!/bin/bash
export NEO4J_AUTH=none
sed -i -e 's/^#\\?dbms.security.auth_enabled=.*/dbms.security.auth_enabled=false/' -e 's/^#\\?server.default_listen_address=.*/server.default_listen_address=127.0.0.1/' /etc/neo4j/neo4j.conf
`,
  ),
  good(
    "name that tells etcd clusters apart",
    () => `#!/bin/bash
IP=$(hostname -I | awk '{print $1}')
etcd --name "$(hostname -s)" --initial-advertise-peer-urls "https://$IP:2380" --initial-cluster-token etcd-cluster-1 \\
  --client-cert-auth --trusted-ca-file=/etc/etcd/ca.pem --cert-file=/etc/etcd/server.pem --key-file=/etc/etcd/server-key.pem &
`,
  ),
  good(
    "etcdctl reads a key",
    () => `#!/bin/bash
export ETCDCTL_CACERT=/etc/etcd/ca.pem ETCDCTL_CERT=/etc/etcd/client.pem ETCDCTL_KEY=/etc/etcd/client-key.pem
MODE=$(etcdctl get --print-value-only /config/auth/mode)
etcdctl watch --prefix /config/tokens/ &
[ "$MODE" = password ] || systemctl stop login-form
`,
  ),
  good(
    "addresses without a user part",
    () => `#!/bin/bash
cat > /etc/api.env <<'EOF'
DATABASE_URL=postgresql:///api?host=/var/run/postgresql
CACHE_URL=redis://cache.example.internal:6379/0
QUEUE_URL=amqps://mq.example.internal:5671/%2Fprod
REPORT_DB=mysql://report@db.example.internal:3306/report?ssl-mode=VERIFY_IDENTITY
SEARCH_URL=https://es.example.internal:9200/@index/_search
EOF
`,
  ),
  good(
    "address whose password is a variable",
    () => `#!/bin/bash
DB_PW=$(aws secretsmanager get-secret-value --secret-id api/db --query SecretString --output text | jq -r '.password|@uri')
echo "DATABASE_URL=postgres://api:\${DB_PW}@pg.example.internal:5432/api" > /run/api.env
systemctl restart api
`,
  ),
  good(
    "template of a connection string",
    () => `#!/bin/bash
cat > /etc/portal/portal.conf.tpl <<'EOF'
db.url=jdbc:postgresql://@DB_HOST@:5432/portal?user=portal&password=@DB_PASSWORD@
cache.url=redis://:__REDIS_PASSWORD__@cache.example.internal:6379
EOF
/usr/local/bin/render /etc/portal/portal.conf.tpl > /etc/portal/portal.conf
`,
  ),

  // Brokers, search, stores

  good(
    "RabbitMQ cookie made from a secret",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id mq/erlang-cookie --query SecretString --output text | tr -d '\\n' > /var/lib/rabbitmq/.erlang.cookie
chmod 400 /var/lib/rabbitmq/.erlang.cookie; chown rabbitmq: /var/lib/rabbitmq/.erlang.cookie
rabbitmq-plugins enable rabbitmq_peer_discovery_aws rabbitmq_auth_backend_oauth2
`,
  ),
  good(
    "RabbitMQ policies and users without a literal",
    () => `#!/bin/bash
rabbitmqctl delete_user guest
rabbitmqctl add_user app "$(openssl rand -hex 24)"
rabbitmqctl set_user_tags app monitoring
rabbitmqctl clear_password legacy
rabbitmqctl set_policy ha-all '^ha\\.' '{"ha-mode":"exactly","ha-params":2,"ha-sync-mode":"automatic"}'
`,
  ),
  good(
    "RabbitMQ takes certificates instead of passwords",
    () => `#!/bin/bash
cat > /etc/rabbitmq/rabbitmq.conf <<'EOF'
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.keyfile = /etc/rabbitmq/tls/server.key
auth_mechanisms.1 = EXTERNAL
auth_backends.1 = rabbit_auth_backend_internal
ssl_cert_login_from = common_name
loopback_users.guest = true
EOF
`,
  ),
  good(
    "Kafka client with the role of the machine",
    () => `#!/bin/bash
cat > /opt/kafka/config/client.properties <<'EOF'
security.protocol=SASL_SSL
sasl.mechanism=AWS_MSK_IAM
sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;
sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler
key.serializer=org.apache.kafka.common.serialization.StringSerializer
EOF
`,
  ),
  good(
    "Kafka Connect with a configuration provider",
    () => `#!/bin/bash
cat > /opt/kafka/config/connect-distributed.properties <<'EOF'
bootstrap.servers=b-1.example.internal:9094
group.id=connect
key.converter=org.apache.kafka.connect.json.JsonConverter
key.converter.schemas.enable=false
config.providers=file,secretsManager
config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
ssl.keystore.password=\${file:/run/secrets/kafka.properties:keystore}
database.password=\${secretsManager:prod/orders:password}
EOF
`,
  ),
  good(
    "NATS configuration that reads a variable",
    (made) => `#!/bin/bash
cat > /etc/nats/nats-server.conf <<'EOF'
authorization {
  users = [
    { nkey: U${made
      .digest()
      .toUpperCase()
      .replaceAll(/[0189]/g, "Q")
      .slice(0, 55)} }
    { user: probe, password: $NATS_PROBE_PASSWORD }
  ]
}
cluster { name: main, authorization { token: $NATS_CLUSTER_TOKEN } }
EOF
`,
  ),
  good(
    "mosquitto with a password file that exists",
    () => `#!/bin/bash
cat > /etc/mosquitto/conf.d/auth.conf <<'EOF'
per_listener_settings false
allow_anonymous false
password_file /etc/mosquitto/passwd
acl_file /etc/mosquitto/acl
listener 8883
keyfile /etc/mosquitto/certs/server.key
require_certificate true
use_identity_as_username true
EOF
mosquitto_sub --cafile /etc/ssl/ca.pem --cert /etc/ssl/dev.pem --key /etc/ssl/dev.key -h mqtt.example.com -p 8883 -t 'cmd/#' -C 1 -W 2 || true
`,
  ),
  good(
    "ZooKeeper digest from Parameter Store",
    () => `#!/bin/bash
ZK_AUTH="kafka:$(aws ssm get-parameter --name /zk/kafka --with-decryption --query Parameter.Value --output text)"
/opt/zookeeper/bin/zkCli.sh -server localhost:2181 <<EOF
addauth digest $ZK_AUTH
setAcl /kafka auth::cdrwa
EOF
`,
  ),
  good(
    "Solr schema with a unique key",
    () => `#!/bin/bash
cat > /var/solr/data/shop/conf/managed-schema.xml <<'XML'
<schema name="shop" version="1.6">
  <uniqueKey>id</uniqueKey>
  <field name="id" type="string" indexed="true" stored="true"/>
  <field name="keywords" type="text_key" multiValued="true"/>
  <fieldType name="text_key" class="solr.TextField"><analyzer><tokenizer class="solr.KeywordTokenizerFactory"/></analyzer></fieldType>
</schema>
XML
`,
  ),
  good(
    "master key of Meilisearch from a file",
    () => `#!/bin/bash
head -c 32 /dev/urandom | base64 > /var/lib/meili.key
MEILI_MASTER_KEY="$(< /var/lib/meili.key)" /usr/local/bin/meilisearch --env production &
sleep 3
PUBLIC_KEY=$(curl -s -H "Authorization: Bearer $(< /var/lib/meili.key)" localhost:7700/keys | jq -r '.results[] | select(.name|test("Search")) | .key')
`,
  ),
  good(
    "Ceph keyring fetched before the mount",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id ceph/client.web --query SecretString --output text > /etc/ceph/web.secret
chmod 600 /etc/ceph/web.secret
echo '10.1.0.4:6789:/web /srv/web ceph name=web,secretfile=/etc/ceph/web.secret,noatime,_netdev 0 2' >> /etc/fstab
mount /srv/web
`,
  ),

  // Web servers and proxies

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

  // Monitoring and logs

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

  // Directories

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

  // Networks

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

  // Security agents

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

  // Applications

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

  // Names, routes, agents and the rest

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
];
