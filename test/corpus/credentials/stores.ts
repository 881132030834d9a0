import { b64, bad, good, type Case } from "../corpus";
import { BASE32 } from "../forms";

/** Other databases, brokers, search engines, stores and data platforms. */
export const stores: readonly Case[] = [
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
  bad(
    "authentication of a cache in the environment",
    (made) => `#!/bin/bash
echo "${b64(`REDIS_AUTH=${made.password()}`)}" | openssl base64 -d -A >> /etc/default/app
`,
  ),
  bad(
    "user of a broker that rpk creates",
    (made) => `#!/bin/bash
rpk acl user create admin -p ${made.password()} --mechanism SCRAM-SHA-256
`,
  ),
  good(
    "user of a broker that rpk creates with a variable",
    () => `#!/bin/bash
rpk acl user create admin -p "$ADMIN_PASSWORD" --mechanism SCRAM-SHA-256 -X brokers=10.0.0.4:9092
`,
  ),
  bad(
    "key that encrypts backups of WAL-G",
    (made) => `#cloud-config
write_files:
  - path: /etc/wal-g.json
    content: |
      {"WALG_LIBSODIUM_KEY": "${made.hex(64)}", "WALE_S3_PREFIX": "s3://backups/pg"}
`,
  ),
  bad(
    "hash of a password of Jupyter",
    (made) => `#!/bin/bash
echo "c.NotebookApp.password = u'sha1:${made.digest("sha1").slice(0, 12)}:${made.hex(40)}'" >> /root/.jupyter/jupyter_notebook_config.py
`,
  ),
  good(
    "digest of an image beside its name",
    (made) => `#!/bin/bash
echo "sha1:${made.digest("sha1")}" > /srv/notebook.sum
docker pull jupyter/base-notebook@sha256:${made.digest()}
`,
  ),
];
