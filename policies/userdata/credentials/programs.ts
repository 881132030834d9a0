/**
 * Where programs take credentials on their command line and on standard input, beyond options whose name says it
 * (`--password`, `-token`), which need no entry here. Facts are from the manual pages of the programs.
 */
import { SERVICES } from "./service-programs";
import { WHOLE_INPUT, type Row, type Takes } from "./takes";

const ACCOUNTS = /^[^:\n]+:([^\n]+)$/gm;
const LAST_LINE = /(?:^|\n)([^\n]+)$/;

const ROWS: readonly Row[] = [
  // Databases
  [
    "mysql mysqladmin mysqldump mysqlimport mysqlcheck mysqlshow mysqlpump mysqlslap mysqlsh mariadb mariadb-admin mariadb-dump mariadb-check mariadb-import mariabackup xtrabackup innobackupex mydumper myloader pt-table-checksum pt-query-digest automysqlbackup mycli",
    { flags: /^password\d?$/ },
    { joined: /^-p(.+)$/ },
    { when: /(?:^|\s)password\s/, operands: [-1], valued: /^-[uhPS]$/ },
  ],
  ["mysql_config_editor", { input: WHOLE_INPUT }],
  [
    "mongo mongosh mongod mongodump mongorestore mongoexport mongoimport mongostat mongotop",
    { next: /^-p$/, joined: /^-p(.+)$/ },
  ],
  [
    "sqlplus sqlldr impdp expdp exp imp rman sqlcl adrci",
    { operand: /^(?:userid=|target=?|'?)?"?[\w$#.]+\/"?([^@"\s]+)/i },
  ],
  ["xfreerdp xfreerdp3 wlfreerdp sdl-freerdp mstsc", { joined: /^\/(?:p|gp|pth):(.+)$/ }],
  ["sqlcmd osql bcp isql-fb", { next: /^-P$/, joined: /^-P(.+)$/ }],
  ["tsql sqsh", { next: /^-P$/, joined: /^-P(.+)$/ }],
  ["isql iusql", { operands: [2] }],
  ["beeline sqoop", { next: /^-p$/ }],
  ["hdbuserstore", { when: /set/i, operands: [-1] }],
  ["mysql_secure_installation mariadb-secure-installation", { input: /^(?![yn]?$)(\S{3,})$/gim }],
  ["openfortivpn openconnect", { next: /^-p$/ }],
  ["swift", { next: /^-K$/, kind: "key" }],
  ["b2", { when: /authorize/, operands: [-1], kind: "key" }],
  ["chamber", { when: /write/, operands: [3] }],
  ["keyctl", { when: /\badd\b/, operands: [3], kind: "key" }, { when: /\bpadd\b/, input: WHOLE_INPUT, kind: "key" }],
  ["plesk", { when: /license.*(?:-i|--install)/, joined: /^([A-Z\d]{6}(?:-[A-Z\d]{4,14}){2,})$/, kind: "key" }],
  ["snyk", { when: /^auth/, operands: [1], kind: "token" }],
  ["isql isql-fb gbak gsec", { next: /^-p(?:as|ass|assword|w)?$/i }],
  [
    "redis-cli keydb-cli valkey-cli",
    { input: /^AUTH\s+(?:\S+\s+)?(\S+)/gim },
    { next: /^(?:-a|--pass)$/, joined: /^--pass=(.+)$/ },
    { when: /(?:^|\s)auth\s+\S+$/i, operands: [-1], valued: /^-[hpna]$/ },
    { when: /\bconfig\s+set\s+(?:requirepass|masterauth)\b/i, operands: [-1], valued: /^-[hpna]$/ },
    { when: /\bacl\s+setuser\b/i, joined: /^>(.+)$/ },
  ],
  ["redis-server valkey-server", { next: /^--(?:requirepass|masterauth)$/ }],
  ["cqlsh", { next: /^-p$/ }],
  ["nodetool", { next: /^-pw$/ }],
  ["cypher-shell", { next: /^-p$/, joined: /^-p(.+)$/ }],
  ["neo4j-admin", { when: /set-initial-password/, operands: [-1] }],
  ["influx", { next: /^-(?:password|p|t)$/ }],
  ["couchbase-cli cbbackupmgr cbc cbq", { next: /^-p$/, joined: /^-p(.+)$/ }],
  ["elasticsearch-users", { when: /useradd|passwd/, next: /^-p$/ }],
  [
    "elasticsearch-keystore kibana-keystore logstash-keystore opensearch-keystore filebeat metricbeat auditbeat heartbeat packetbeat",
    { when: /\b(?:add|passwd|create)\b/, input: WHOLE_INPUT },
  ],
  ["elasticsearch-certutil elasticsearch-certgen", { next: /^--(?:pass|ca-pass)$/ }],
  ["psql pg_dump pg_restore createdb", { when: /password=/, joined: /password='?([^\s']+)/ }],
  ["pgbouncer pg_md5", { operands: [0] }],
  ["snowsql", { next: /^-p$/ }],
  ["arangosh arangodump arangorestore", { next: /^--server\.password$/ }],
  ["db2", { when: /\busing\b/i, joined: /\busing\s+(\S+)/i }, { when: /^connect\b/i, operands: [-1] }],
  ["clickhouse-client clickhouse", { next: /^--password$/ }],
  ["kafka-configs.sh kafka-configs", { joined: /password=([^\],\s]+)/ }],
  // Brokers and caches
  [
    "rabbitmqctl rabbitmqadmin",
    { when: /add_user|change_password|authenticate_user/, operands: [-1], valued: /^-[np]$/ },
    { when: /set_cluster_name/ },
    { next: /^-p$/, when: /^(?!.*(?:set_permissions|set_policy|list_|add_vhost|set_parameter|set_topic)).*-u/ },
  ],
  ["mosquitto_passwd", { when: /-\w*b/, operands: [-1] }],
  ["mosquitto_pub mosquitto_sub mosquitto_rr", { next: /^(?:-P|--pw|--psk)$/ }],
  ["nats", { next: /^--(?:password|creds)$/ }],
  ["saslpasswd2", { when: /-\w*p/, input: WHOLE_INPUT }],
  // Accounts of the machine
  ["chpasswd newusers", { input: ACCOUNTS }],
  ["passwd yppasswd mount.davfs", { input: LAST_LINE }],
  ["smbpasswd", { input: LAST_LINE }, { next: /^-w$/ }],
  ["useradd usermod adduser groupmod", { next: /^(?:-p|--password)$/, kind: "password hash" }],
  ["mkpasswd", { operands: [0], valued: /^-[mSR]$/ }, { when: /-s\b|--stdin/, input: WHOLE_INPUT }],
  ["grub-mkpasswd-pbkdf2 grub2-mkpasswd-pbkdf2 grub2-setpassword", { input: LAST_LINE }],
  ["htpasswd htdbm", { when: /(?:^|\s)-\w*b/, operands: [-1] }, { when: /(?:^|\s)-\w*i/, input: WHOLE_INPUT }],
  ["htdigest", { input: LAST_LINE }],
  ["caddy", { when: /hash-password/, next: /^(?:-p|--plaintext)$/ }],
  ["pdbedit", { when: /-a/, input: LAST_LINE }],
  ["x11vnc", { next: /^-(?:storepasswd|passwd)$/ }],
  ["vncpasswd tightvncpasswd", { input: WHOLE_INPUT }],
  ["tmux screen xdotool", { when: /send-keys|stuff|type/, operand: /^((?=\S*\d)(?=\S*[A-Za-z])\S{8,})$/ }],
  ["p4 sshfs encfs gocryptfs ecryptfs-mount-private", { input: WHOLE_INPUT }],
  ["nextcloud.manual-install", { operands: [1] }],
  [
    "steamcmd",
    { joined: /^\+login\s+\S+\s+(\S+)/ },
    { when: /\+login/, operand: /^((?=\S*\d)(?=\S*[A-Za-z])[^+\s]\S{7,})$/, unsure: true },
  ],
  ["prosodyctl ejabberdctl", { when: /^register\s/, operands: [3] }],
  ["rpk", { when: /\buser (?:create|update)\b/, next: /^(?:-p|--password|--new-password)$/ }],
  ["murmurd mumble-server", { next: /^-supw$/ }],
  ["dscl sysadminctl", { when: /-passwd|-newPassword/, operands: [-1] }],
  ["pihole", { next: /^-p$/ }],
  ["buildbot-worker", { when: /create-worker/, operands: [-1] }],
  ["signtool", { next: /^\/p$/ }],
  ["autologon", { operands: [-1], unsure: true }],
  ["choco", { next: /^-p$/, joined: /^-p=(.+)$/ }],
  ["sshpass", { next: /^-p$/, joined: /^-p(.+)$/ }],
  ["sudo", { when: /-S/, input: WHOLE_INPUT }],
  ["su", { input: WHOLE_INPUT }],
  ["debconf-set-selections", { input: /password(?:-again|2|_again|_confirm)?\s+password\s+(\S+)/g }],
  // Directories, Kerberos, file shares
  [
    "ldapadd ldapmodify ldapsearch ldapdelete ldapwhoami ldappasswd ldapmodrdn ldapcompare ldapexop dsconf dsidm",
    { next: /^-w$/, joined: /^-w(.+)$/ },
  ],
  ["ldappasswd", { next: /^-[sa]$/ }],
  ["slappasswd", { next: /^-s$/ }],
  ["kinit kpasswd ksu", { input: WHOLE_INPUT }],
  ["kadmin kadmin.local", { next: /^-(?:w|pw)$/ }, { joined: /-pw\s+(\S+)/ }, { input: /-pw\s+(\S+)/g }],
  ["kdb5_util", { next: /^-P$/ }],
  [
    "ipa-client-install ipa-server-install ipa-replica-install",
    { next: /^(?:-w|-a|-p|--password|--admin-password|--ds-password)$/, when: /-w|-a|password/ },
  ],
  ["ipa", { when: /user-(?:add|mod)|passwd/, input: LAST_LINE }],
  [
    "realm adcli",
    { when: /join|discover|permit|reset|preset|create|delete/, input: WHOLE_INPUT },
    { next: /^--one-time-password$/ },
  ],
  ["net", { pair: /^(?:-U|--user)$/, between: /%/ }, { when: /^user\b/i, operands: [2] }],
  ["smbclient rpcclient smbget wmic smbcacls smbtree winexe nmblookup", { pair: /^(?:-U|--user)$/, between: /%/ }],
  ["smbclient", { operands: [1], valued: /^-[UWcnIpDTAmtEkNL]$/ }],
  [
    "samba-tool",
    { next: /^--(?:adminpass|newpassword|krbtgtpass|machinepass|dnspass)$/ },
    { when: /user (?:create|add)/, operands: [3] },
    { pair: /^-U$/, between: /%/ },
  ],
  ["mount mount.cifs", { joined: /(?:^|,)(?:pass(?:word)?|pw)=([^,]+)/ }],
  ["authconfig authselect", { joined: /^--(?:ldapbindpw|smbpassword)=(.+)$/ }],
  // Requests and transfers
  [
    "curl",
    { pair: /^(?:-u|--user|-U|--proxy-user)$/ },
    { joined: /^-u([^:]+:.+)$/, kind: "password" },
    { next: /^(?:--pass|--proxy-pass|--tlspassword|--oauth2-bearer|--key-password|--proxy-tlspassword)$/ },
    { pair: /^(?:-E|--cert)$/ },
  ],
  ["wget axel aria2c", { joined: /^--(?:http|ftp|proxy)-pass(?:wd|word)?=(.+)$/ }],
  ["http https xh", { pair: /^(?:-a|--auth)$/ }, { next: /^(?:--bearer)$/ }],
  [
    "lftp",
    { pair: /^(?:-u|--user)$/, between: /,/ },
    { next: /^--password$/ },
    { joined: /\b(?:user|login)\s+\S+\s+(\S+)/ },
    { input: /^(?:user|login)\s+\S+?[\s,]+(\S+)/gm },
  ],
  ["ftp tnftp sftp ncftp", { input: /^\s*(?:quote\s+)?(?:user\s+\S+\s+(\S+)|pass(?:word)?\s+(\S+))/gim }],
  ["ncftpget ncftpput ncftpls ncftp", { next: /^-p$/, joined: /^-p(.+)$/ }],
  ["smbget", { next: /^-p$/ }],
  ["swaks", { next: /^(?:-ap|--auth-password)$/ }],
  ["mail mailx s-nail", { joined: /smtp-auth-password=(.+)/ }],
  ["sendemail", { next: /^-xp$/ }],
  ["svn svnsync svnadmin", { next: /^--password$/ }],
  ["hg", { joined: /auth\.\w+\.password=(.+)/ }],
  ["git", { when: /\bcredential\b/, input: /^password=(.+)$/gm }],
  // Encryption
  [
    "openssl",
    { next: /^-(?:k|K|hmac)$/ },
    { joined: /^(?:hex)?key:(.+)$/, kind: "key" },
    { joined: /^pass:(.+)$/ },
    { when: /^passwd\b/, operands: [1], valued: /^-(?:salt|in)$/ },
    { when: /^passwd\b.*-stdin/, input: WHOLE_INPUT },
    { when: /pass(?:in|out)?\s+(?:stdin|fd:0)/, input: WHOLE_INPUT },
  ],
  ["gpg gpg2", { next: /^--passphrase$/ }, { when: /--passphrase-fd[= ]0/, input: WHOLE_INPUT, kind: "pass phrase" }],
  [
    "gpg-preset-passphrase",
    { next: /^(?:-P|--passphrase)$/ },
    { when: /--preset/, input: WHOLE_INPUT, kind: "pass phrase" },
  ],
  ["cryptsetup veracrypt", { input: WHOLE_INPUT, kind: "pass phrase" }, { next: /^(?:-p|--password)$/ }],
  [
    "ecryptfs-add-passphrase ecryptfs-wrap-passphrase ecryptfs-setup-private ecryptfs-insert-wrapped-passphrase-into-keyring",
    { input: WHOLE_INPUT, operands: [1] },
  ],
  ["zfs zpool", { when: /load-key|create|change-key/, input: WHOLE_INPUT, kind: "pass phrase" }],
  ["age rage", { when: /-p/, input: WHOLE_INPUT }],
  ["ssh-keygen", { next: /^-[NP]$/ }],
  ["ssh-add", { input: WHOLE_INPUT }],
  ["puttygen", { next: /^--(?:old|new)-passphrase$/ }],
  ["zip unzip", { next: /^-P$/, joined: /^-P(.+)$/ }],
  ["7z 7za 7zr 7zz", { joined: /^-p(.+)$/ }],
  ["rar unrar", { joined: /^-h?p(.+)$/ }],
  ["qpdf pdftk", { joined: /^--(?:password)=(.+)$/ }],
  ["keytool jarsigner", { next: /^-(?:storepass|keypass|srcstorepass|deststorepass|destkeypass|srckeypass|new)$/ }],
  [
    "pkcs11-tool softhsm2-util pkcs15-tool p11tool yubico-piv-tool",
    { next: /^(?:-p|--(?:pin|so-pin|puk|new-pin|set-pin))$/ },
  ],
  ["tpm2_unseal tpm2_create", { next: /^-p$/ }],
  ["certutil pk12util", { next: /^-[WKw]$/, when: /-[WKw]\s/ }],
  [
    "ansible-vault",
    { when: /encrypt_string/, operands: [1], valued: /^(?:--name|-n|--vault-password-file|--vault-id)$/ },
  ],
  ["nsupdate dig", { pair: /^-y$/, kind: "key" }],
  [
    "nmcli",
    { joined: /(?:password=)(.+)/ },
    {
      when: /password|psk|wep-key|secret/,
      next: /(?:^password|\.psk|\.password|\.wep-key\d|\.private-key-password|secrets)$/,
    },
  ],
  ["wpa_passphrase", { operands: [1] }],
  ["wg wg-quick", { when: /\bset\b/, next: /^$/ }],
  ["tailscale headscale", { next: /^--(?:authkey|auth-key)$/ }],
  ["netbird", { next: /^(?:-k|--setup-key)$/ }],
  ["cloudflared", { when: /service install|tunnel run/, operand: /^([\w+/=-]{30,})$/, kind: "token" }],
  ["ngrok", { when: /authtoken/, operands: [-1], kind: "token" }],
  ["openconnect vpnc", { when: /passwd-on-stdin|non-inter/, input: WHOLE_INPUT }],
  ["ipmitool", { next: /^-P$/ }],
  ["racadm", { next: /^-p$/ }],
  ["snmpwalk snmpget snmpset snmpusm snmptrap snmpbulkwalk", { next: /^-[AXc]$/ }],
  ["net-snmp-create-v3-user net-snmp-config", { next: /^-[AX]$/ }],
  ["radtest", { operands: [1, 4] }],
  // Containers
  [
    "docker podman nerdctl buildah finch",
    { when: /\blogin\b/, next: /^-p$/, joined: /^-p(.+)$/ },
    { when: /\blogin\b.*stdin/, input: WHOLE_INPUT },
    { when: /\bsecret create\b/, input: WHOLE_INPUT },
    { when: /\bswarm (?:join|unlock)\b/, next: /^--token$/, input: WHOLE_INPUT, kind: "token" },
    { next: /^--creds$/, kind: "password" },
  ],
  [
    "skopeo crane oras regctl regclient",
    { pair: /^--(?:src-|dest-)?creds$/ },
    { next: /^-p$/, when: /\blogin\b|auth login/ },
    { when: /\blogin\b.*stdin/, input: WHOLE_INPUT },
    { joined: /^--(?:src-|dest-)?creds=[^:]+:(.+)$/ },
  ],
  ["podman buildah", { joined: /^--creds=[^:]+:(.+)$/ }, { pair: /^--creds$/ }],
  ["ctr nerdctl", { pair: /^(?:-u|--user)$/, when: /pull|push|images/ }],
  ["crictl", { joined: /^--creds=[^:]+:(.+)$/ }, { pair: /^--creds$/ }, { next: /^--auth$/ }],
  [
    "helm",
    { when: /registry login|repo add/, next: /^(?:-p|--password)$/ },
    { when: /login.*stdin/, input: WHOLE_INPUT },
  ],
  [
    "az",
    { when: /\b(?:login|acr)\b/, next: /^-p$/ },
    { when: /devops login/, input: WHOLE_INPUT, kind: "token" },
    { when: /keyvault secret set/, next: /^--value$/ },
  ],
  [
    "kubectl oc k3s microk8s",
    { when: /^login\b/, next: /^-p$/ },
    { when: /microk8s join|^join\b/, joined: /:\d+\/([\da-f]{32}\b\S*)/, kind: "token" },
  ],
  [
    "kubeadm",
    { when: /\bjoin\b|token create|init/, operand: /^([a-z\d]{6}\.[a-z\d]{16})$/, kind: "token" },
    { next: /^--(?:token|certificate-key|tls-bootstrap-token)$/, kind: "token" },
  ],
  [
    "etcdctl",
    { pair: /^--user$/ },
    { joined: /^--user=[^:]+:(.+)$/ },
    { when: /user add/, joined: /^\w+:(.+)$/ },
    { when: /user (?:add|passwd)/, input: LAST_LINE },
  ],
  ["rancher-system-agent rancher", { next: /^(?:-t|--token|--node-token)$/ }],
  // HashiCorp
  [
    "vault bao openbao",
    { when: /^login\b/, operand: /^(?!login$)(\w[\w.-]{3,})$/, kind: "token" },
    { when: /^login\b.*-$/, input: WHOLE_INPUT, kind: "token" },
    { when: /operator (?:unseal|rekey|generate-root)/, operands: [2], kind: "key" },
    {
      when: /^(?:kv put|kv patch|write)\b/,
      unsure: true,
      operand: /^(?!(?:role_id|pkcs7|nonce|identity|signature|jwt|connection_url|url|kubernetes_host)=)\w[\w.-]*=(.+)$/,
      kind: "secret",
    },
  ],
  [
    "consul nomad",
    { next: /^-(?:encrypt|token|http-token)$/ },
    { joined: /^-(?:encrypt|token)=(.+)$/, kind: "key" },
    { when: /keyring/, joined: /^-(?:install|use|remove)=(.+)$/, kind: "key" },
    { when: /keyring/, next: /^-(?:install|use|remove)$/, kind: "key" },
    { when: /login/, next: /^-bearer-token$/ },
  ],
  ["boundary terraform", { next: /^-(?:password|token)$/ }],
];

const TABLE: ReadonlyMap<string, readonly Takes[]> = (() => {
  const table = new Map<string, Takes[]>();
  for (const [programs, ...takes] of [...ROWS, ...SERVICES]) {
    for (const program of programs.split(" ")) table.set(program, [...(table.get(program) ?? []), ...takes]);
  }
  return table;
})();

/** What a program takes. */
export function takesOf(program: string): readonly Takes[] {
  return TABLE.get(program) ?? [];
}
