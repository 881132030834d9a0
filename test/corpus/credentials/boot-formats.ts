import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, crlf, DIGITS, folded, gz, sha512crypt } from "../forms";

/** Parts, archives, machines that do not speak cloud-config, and texts that are encoded. */
export const bootFormats: readonly Case[] = [
  // Parts and archives

  bad(
    "cloud-config archive",
    (made) => `#cloud-config-archive
- type: text/cloud-config
  filename: users.cfg
  content: |
    #cloud-config
    users: [default]
- type: text/x-shellscript
  filename: db.sh
  content: |
    #!/bin/sh
    mysql -uroot -p'${made.symbols(13)}' -e 'create database app'
`,
  ),
  good(
    "cloud-config archive without a secret",
    () => `#cloud-config-archive
- type: text/cloud-boothook
  content: |
    #!/bin/sh
    echo 'Defaults passwd_tries=2' > /etc/sudoers.d/10-tries
- |
    #!/bin/sh
    mysql --defaults-extra-file=/run/mysql.cnf -e 'create database app'
- content: |
    #cloud-config
    ssh_pwauth: no
`,
  ),
  bad(
    "jsonp that adds a user",
    (made) => `#cloud-config-jsonp
[
  { "op": "add", "path": "/users/-", "value": { "name": "ops", "lock_passwd": false, "plain_text_passwd": "${made.weak()}" } }
]
`,
  ),
  good(
    "jsonp that locks passwords",
    () => `#cloud-config-jsonp
[
  { "op": "replace", "path": "/ssh_pwauth", "value": false },
  { "op": "add", "path": "/users/-", "value": { "name": "ops", "lock_passwd": true, "passwd": "*" } },
  { "op": "remove", "path": "/password" }
]
`,
  ),
  bad(
    "boothook with a proxy login",
    (made) => `#cloud-boothook
#!/bin/sh
cloud-init-per once proxy sh -c 'printf "[main]\\nproxy=http://proxy.example.internal:3128\\nproxy_username=node\\nproxy_password=${made.password(10)}\\n" >> /etc/dnf/dnf.conf'
`,
  ),
  good(
    "boothook without a login",
    () => `#cloud-boothook
#!/bin/sh
cloud-init-per once proxy sh -c 'printf "[main]\\nproxy=http://proxy.example.internal:3128\\nproxy_username=\\nproxy_password=\\nproxy_auth_method=none\\n" >> /etc/dnf/dnf.conf'
`,
  ),
  bad(
    "part handler in Python",
    (made) => `#part-handler
import urllib.request

TOKEN = "${made.token(32)}"

def list_types():
    return ["text/x-example"]

def handle_part(data, ctype, filename, payload):
    if ctype == "__begin__" or ctype == "__end__":
        return
    req = urllib.request.Request("https://inventory.example.internal/parts", data=payload.encode())
    req.add_header("X-Auth-Token", TOKEN)
    urllib.request.urlopen(req)
`,
  ),
  good(
    "part handler that reads its token",
    () => `#part-handler
import os, urllib.request

TOKEN_FILE = "/run/inventory.token"
token = None

def list_types():
    return ["text/x-example"]

def handle_part(data, ctype, filename, payload):
    global token
    if ctype == "__begin__":
        token = open(TOKEN_FILE).read().strip() if os.path.exists(TOKEN_FILE) else os.environ.get("INVENTORY_TOKEN", "")
        return
    req = urllib.request.Request("https://inventory.example.internal/parts", data=payload.encode())
    req.add_header("X-Auth-Token", token)
    urllib.request.urlopen(req)
`,
  ),
  bad(
    "jinja template that sets a secret",
    (made) => `## template: jinja
#cloud-config
{% set smtp_password = '${made.password()}' %}
write_files:
  - path: /etc/postfix/sasl_passwd
    permissions: "0600"
    content: |
      [smtp.example.internal]:587 relay-{{ v1.region }}:{{ smtp_password }}
`,
  ),
  good(
    "jinja template with instance data",
    () => `## template: jinja
#cloud-config
fqdn: {{ v1.local_hostname }}.{{ v1.region }}.example.internal
write_files:
  - path: /etc/app.env
    content: |
      REGION={{ v1.region }}
      {% if v1.region.startswith('eu-') %}
      SECRET_NAME=eu/app/db
      {% else %}
      SECRET_NAME=us/app/db
      {% endif %}
      DB_PASSWORD={{ ds.meta_data.missing | default('') }}
      API_TOKEN={{ ds.meta_data.tags.token_ref }}
`,
  ),
  bad(
    "MIME with a cloud-config part",
    (made) => `Content-Type: multipart/mixed; boundary="===============1234567890=="
MIME-Version: 1.0

--===============1234567890==
Content-Type: text/cloud-config; charset="us-ascii"
MIME-Version: 1.0
Content-Transfer-Encoding: 7bit
Content-Disposition: attachment; filename="cloud-config.txt"

#cloud-config
ssh_pwauth: true
password: ${made.password(10)}

--===============1234567890==
Content-Type: text/x-shellscript; charset="us-ascii"
MIME-Version: 1.0
Content-Transfer-Encoding: 7bit
Content-Disposition: attachment; filename="userdata.txt"

#!/bin/bash
/bin/echo "ready" >> /tmp/boot.txt
--===============1234567890==--
`,
  ),
  good(
    "MIME with parts of several kinds",
    (made) => `Content-Type: multipart/mixed; boundary="//"
MIME-Version: 1.0

--//
Content-Type: text/cloud-config; charset="us-ascii"
Content-Disposition: attachment; filename="cloud-config.txt"

#cloud-config
cloud_final_modules:
- [scripts-user, always]
--//
Content-Type: text/x-shellscript-per-boot
Content-Transfer-Encoding: base64

${folded(b64('#!/bin/bash\nDB_PASSWORD=$(aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text)\nprintf "password=%s\\n" "$DB_PASSWORD" > /run/db.conf\n'))}
--//
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: prod
    apiServerEndpoint: https://${made.digest("md5").toUpperCase()}.gr7.eu-west-1.eks.amazonaws.com
    certificateAuthority: ${b64(made.certificate())}
    cidr: 172.20.0.0/16
--//--
`,
  ),
  bad(
    "MIME part in base64 that is a cloud-config",
    (made) => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/x-shellscript

#!/bin/sh
true
--B
Content-Type: text/cloud-config
Content-Transfer-Encoding: base64

${folded(b64(`#cloud-config\nwrite_files:\n  - path: /etc/rancid/.cloginrc\n    content: |\n      add user * rancid\n      add password * ${made.password(12)} ${made.word()}\n`))}
--B--
`,
  ),
  bad("MIME part in quoted-printable with soft line breaks", (made) => {
    const secret = made.token(48);
    return `Content-Type: multipart/mixed; boundary="qp"
MIME-Version: 1.0

--qp
Content-Type: text/x-shellscript; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

#!/bin/bash
export API_TOKEN=3D${secret.slice(0, 30)}=
${secret.slice(30)}
export REGION=3Deu-west-1
/opt/app/start
--qp--
`;
  }),
  good(
    "MIME part in quoted-printable without a secret",
    () => `Content-Type: multipart/mixed; boundary="qp"
MIME-Version: 1.0

--qp
Content-Type: text/x-shellscript; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

#!/bin/bash
# Gr=C3=BC=C3=9Fe aus dem Rechenzentrum
export API_TOKEN=3D"$(aws ssm get-parameter --name /api --with-decryption --quer=
y Parameter.Value --output text)"
export DB_PASSWORD_FILE=3D/run/secrets/db
/opt/app/start
--qp--
`,
  ),
  bad(
    "MIME part that is compressed",
    (made) => `Content-Type: multipart/mixed; boundary="gz"
MIME-Version: 1.0

--gz
Content-Type: text/cloud-config
Content-Transfer-Encoding: base64

${folded(gz(`#cloud-config\nwrite_files:\n  - path: /etc/keepalived/auth.conf\n    content: |\n      authentication {\n        auth_type PASS\n        auth_pass ${made.weak()}\n      }\n`))}
--gz--
`,
  ),
  bad(
    "nested multipart",
    (made) => `Content-Type: multipart/mixed; boundary="outer"
MIME-Version: 1.0

--outer
Content-Type: multipart/mixed; boundary="inner"

--inner
Content-Type: text/x-shellscript

#!/bin/bash
echo "relay:${made.password()}" | chpasswd
--inner--

--outer
Content-Type: text/cloud-config

#cloud-config
timezone: UTC
--outer--
`,
  ),
  bad("user data in base64 as a whole, compressed", (made) =>
    gz(`#!/bin/bash\nset -e\nexport LDAP_BIND_PW='${made.symbols()}'\n/opt/ldap/sync --bind-dn cn=sync\n`),
  ),
  good("user data in base64 as a whole, innocent", () =>
    b64(
      `#!/bin/bash\nset -e\nexport LDAP_BIND_PW_FILE=/run/secrets/ldap\n/opt/ldap/sync --bind-dn cn=sync,dc=example\n`,
    ),
  ),
  bad("script with carriage returns", (made) =>
    crlf(`#!/bin/bash
cat > /etc/app/db.ini <<'INI'
[db]
user = app
password = ${made.password()}
port = 3306
INI
systemctl restart app
`),
  ),
  good("script with carriage returns and empty values", () =>
    crlf(`#!/bin/bash
cat > /etc/app/db.ini <<'INI'
[db]
user = app
password =
port = 3306
socket_key = /run/app.sock
INI
export DB_PASSWORD=
export DB_PORT=3306
`),
  ),

  // Machines that do not speak cloud-config

  bad("Ignition password hash", (made) =>
    JSON.stringify({
      ignition: { version: "3.4.0" },
      passwd: { users: [{ name: "core", sshAuthorizedKeys: [made.sshPublicKey()], passwordHash: sha512crypt(made) }] },
    }),
  ),
  bad("Ignition file as a percent-encoded data address", (made) =>
    JSON.stringify(
      {
        ignition: { version: "3.3.0" },
        storage: {
          files: [
            {
              path: "/etc/app/app.env",
              mode: 384,
              contents: { source: `data:,MODE%3Dprod%0AADMIN_PASSWORD%3D${made.password()}%0A` },
            },
          ],
        },
      },
      null,
      2,
    ),
  ),
  bad("Ignition unit with an environment", (made) =>
    JSON.stringify({
      ignition: { version: "3.4.0" },
      systemd: {
        units: [
          {
            name: "agent.service",
            enabled: true,
            contents: `[Service]\nEnvironment=AGENT_TOKEN=${made.token(40)}\nExecStart=/opt/agent\n[Install]\nWantedBy=multi-user.target\n`,
          },
        ],
      },
    }),
  ),
  bad("Ignition fetches a file with a bearer token", (made) =>
    JSON.stringify({
      ignition: {
        version: "3.4.0",
        config: {
          merge: [
            {
              source: "https://config.example.internal/base.ign",
              httpHeaders: [{ name: "Authorization", value: `Bearer ${made.token(40)}` }],
            },
          ],
        },
      },
    }),
  ),
  bad("Ignition key file of an encrypted volume", (made) =>
    JSON.stringify({
      ignition: { version: "3.4.0" },
      storage: {
        luks: [
          {
            name: "data",
            device: "/dev/disk/by-partlabel/data",
            keyFile: { source: `data:;base64,${b64(made.phrase())}` },
          },
        ],
      },
    }),
  ),
  good("Ignition with units, hashes and fetched parts", (made) =>
    JSON.stringify({
      ignition: {
        version: "3.4.0",
        config: {
          merge: [
            {
              source: "s3://example-ignition/worker.ign",
              verification: { hash: `sha512-${made.digest("sha512")}` },
            },
          ],
        },
        security: { tls: { certificateAuthorities: [{ source: `data:;base64,${b64(made.certificate())}` }] } },
      },
      passwd: { users: [{ name: "core", passwordHash: "*", sshAuthorizedKeys: [made.sshPublicKey()] }] },
      storage: {
        luks: [{ name: "data", device: "/dev/disk/by-partlabel/data", clevis: { tpm2: true } }],
        files: [
          { path: "/etc/app/app.env", contents: { source: "data:,MODE%3Dprod%0ADB_PASSWORD_FILE%3D%2Frun%2Fdb%0A" } },
        ],
      },
      systemd: {
        units: [
          { name: "agent.service", contents: "[Service]\nEnvironmentFile=/run/agent.env\nExecStart=/opt/agent\n" },
        ],
      },
    }),
  ),
  bad(
    "Bottlerocket bootstrap token",
    (made) => `[settings.kubernetes]
cluster-name = "prod"
api-server = "https://10.0.0.9:6443"
cluster-certificate = "${b64(made.certificate())}"
bootstrap-token = "${made.digest().slice(0, 6)}.${made.token(16, "abcdefghijkmnpqrstuvwxyz23456789")}"
authentication-mode = "tls"
`,
  ),
  bad(
    "Bottlerocket registry credentials",
    (made) => `[settings.ecs]
cluster = "web"

[[settings.container-registry.credentials]]
registry = "registry.example.internal"
username = "node"
password = "${made.password()}"
`,
  ),
  bad(
    "Bottlerocket bootstrap container with user data in base64",
    (made) => `[settings.bootstrap-containers.setup]
source = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/setup:1"
mode = "once"
user-data = "${b64(`#!/bin/sh\nexport ENROLL_TOKEN=${made.token(32)}\n/setup enroll\n`)}"
`,
  ),
  good(
    "Bottlerocket settings with names of keys and tokens",
    (made) => `[settings]
motd = "password login is not possible here"

[settings.kubernetes]
cluster-name = "prod"
cluster-certificate = "${b64(made.certificate())}"
authentication-mode = "aws"
server-tls-bootstrap = true
provider-id = "aws:///eu-west-1a/i-0123456789abcdef0"

[settings.kubernetes.credential-providers.ecr-credential-provider]
enabled = true
cache-duration = "30m"
image-patterns = ["*.dkr.ecr.eu-west-1.amazonaws.com"]

[settings.pki.internal]
data = "${b64(made.certificate())}"
trusted = true

[settings.host-containers.control]
enabled = true
user-data = "${b64('{"ssm":{"activation-id":"","region":"eu-west-1"}}')}"
`,
  ),
  bad(
    "Talos machine configuration",
    (made) => `version: v1alpha1
machine:
  type: worker
  token: ${made.digest().slice(0, 6)}.${made.token(16, "abcdefghijkmnpqrstuvwxyz23456789")}
  ca:
    crt: ${b64(made.certificate())}
    key: ""
  kubelet: { image: "ghcr.io/siderolabs/kubelet:v1.31.2" }
cluster:
  id: ${made.digest().slice(0, 43)}=
  controlPlane: { endpoint: "https://10.0.0.9:6443" }
`,
  ),
  bad(
    "Kairos node with a shared token",
    (made) => `#cloud-config
hostname: edge-{{ trunc 4 .MachineID }}
users:
  - name: kairos
    ssh_authorized_keys: ["${made.sshPublicKey()}"]
k3s-agent:
  enabled: true
  env:
    K3S_URL: https://10.0.0.9:6443
    K3S_TOKEN: ${made.password(32)}
`,
  ),
  bad(
    "VyOS commands in cloud-config",
    (made) => `#cloud-config
vyos_config_commands:
  - set system host-name 'edge-1'
  - set service ssh port '22'
  - set system login user vyos authentication plaintext-password '${made.symbols(12)}'
  - set interfaces ethernet eth0 address dhcp
`,
  ),
  good(
    "VyOS commands with keys and algorithms",
    (made) => `#cloud-config
vyos_config_commands:
  - set system host-name 'edge-1'
  - set service ssh disable-password-authentication
  - set system login user ops authentication public-keys ops type 'ssh-ed25519'
  - set system login user ops authentication public-keys ops key '${made.sshPublicKey().split(" ")[1] ?? ""}'
  - set vpn ipsec esp-group ESP proposal 1 encryption 'aes256gcm128'
  - set vpn ipsec site-to-site peer hq authentication mode 'x509'
  - set vpn ipsec site-to-site peer hq authentication x509 certificate 'edge-1'
`,
  ),
  bad(
    "Cisco router user data",
    (made) => `hostname="edge-1"
mgmt-ipv4-addr="dhcp"
ios-config-1="username admin priv 15 secret 0 ${made.password(14)}"
ios-config-2="ip ssh version 2"
ios-config-3="ip scp server enable"
`,
  ),
  good(
    "Cisco router user data without a password",
    (made) => `hostname="edge-1"
mgmt-ipv4-addr="dhcp"
ios-config-1="aaa new-model"
ios-config-2="aaa authentication login default local"
ios-config-3="service password-encryption"
ios-config-4="ip ssh pubkey-chain"
ios-config-5="username ops"
ios-config-6="key-hash ssh-rsa ${made.digest("md5").toUpperCase()}"
ios-config-7="crypto key generate rsa modulus 4096 label edge"
`,
  ),
  bad(
    "PAN-OS bootstrap with an authentication key of Panorama",
    (made) => `type=dhcp-client
hostname=fw-1
panorama-server=10.5.0.10
tplname=aws
dgname=edge
vm-auth-key=${made.token(15, DIGITS)}
op-command-modes=mgmt-interface-swap
dhcp-accept-server-hostname=yes
`,
  ),
  good(
    "PAN-OS bootstrap from a bucket",
    () => `vmseries-bootstrap-aws-s3bucket=example-fw-bootstrap/eu
mgmt-interface-swap=enable
type=dhcp-client
hostname=fw-1
panorama-server=10.5.0.10
tplname=aws
dgname=edge
vm-auth-key=
plugin-op-commands=aws-gwlb-inspect:enable
`,
  ),
  bad(
    "FortiGate configuration in MIME",
    (made) => `Content-Type: multipart/mixed; boundary="==AWS=="
MIME-Version: 1.0

--==AWS==
Content-Type: text/plain; charset="us-ascii"
MIME-Version: 1.0
Content-Transfer-Encoding: 7bit
Content-Disposition: attachment; filename="config"

config system global
set hostname fgt-1
end
config vpn ipsec phase1-interface
edit hq
set interface port1
set psksecret ${made.token(24)}
next
end
--==AWS==--
`,
  ),
  good(
    "FortiGate configuration without a secret",
    () => `config system global
set hostname fgt-1
set admin-https-ssl-versions tlsv1-3
set admintimeout 15
end
config system password-policy
set status enable
set min-number 1
set minimum-length 14
end
config vpn ipsec phase1-interface
edit hq
set authmethod signature
set certificate fgt-1
set proposal aes256gcm-prfsha384
next
end
`,
  ),
  bad(
    "Check Point gateway with an activation key",
    (made) => `#!/bin/bash
clish -c 'set user admin shell /bin/bash' -s
config_system --config-string "hostname=gw-1&install_security_gw=true&gateway_daip=false&install_security_managment=false&ftw_sic_key=${made.password(12)}&domainname=example.internal&timezone=Etc/UTC"
`,
  ),
  bad(
    "F5 declaration",
    (made) => `#!/bin/bash
cat > /config/do.json <<'JSON'
{ "schemaVersion": "1.15.0", "class": "Device", "async": true,
  "Common": { "class": "Tenant",
    "admin": { "class": "User", "userType": "regular", "password": "${made.symbols(14)}", "shell": "bash" },
    "dns": { "class": "DNS", "nameServers": ["169.254.169.253"] } } }
JSON
curl -sku "admin:" -H 'Content-Type: application/json' -d @/config/do.json http://localhost:8100/mgmt/shared/declarative-onboarding
`,
  ),
  good(
    "F5 runtime-init with a secret provider",
    () => `#!/bin/bash
cat > /config/cloud/runtime-init.yaml <<'YAML'
runtime_parameters:
  - name: ADMIN_PASS
    type: secret
    secretProvider:
      environment: aws
      type: SecretsManager
      version: AWSCURRENT
      secretId: bigip/admin
extension_services:
  service_operations:
    - extensionType: do
      type: inline
      value:
        schemaVersion: 1.15.0
        class: Device
        Common: { class: Tenant, admin: { class: User, userType: regular, password: "{{{ADMIN_PASS}}}", shell: bash } }
YAML
f5-bigip-runtime-init --config-file /config/cloud/runtime-init.yaml
`,
  ),
  bad(
    "pfSense instance with a fixed password",
    (made) => `password=${made.weak()}:mgmtnet=10.0.0.0/8
`,
  ),
  bad(
    "NixOS configuration with an initial password",
    (made) => `#!/bin/sh
cat > /etc/nixos/ops.nix <<'NIX'
{ config, pkgs, ... }:
{
  users.users.ops = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
    initialPassword = "${made.phrase()}";
  };
}
NIX
nixos-rebuild switch
`,
  ),
  good(
    "NixOS configuration with files of secrets",
    (made) => `### https://nixos.org/channels/nixos-24.11 nixos
{ config, pkgs, modulesPath, ... }:
{
  imports = [ "\${modulesPath}/virtualisation/amazon-image.nix" ];
  users.mutableUsers = false;
  users.users.ops = { isNormalUser = true; hashedPasswordFile = config.sops.secrets.ops.path; openssh.authorizedKeys.keys = [ "${made.sshPublicKey()}" ]; };
  users.users.root.hashedPassword = "!";
  services.openssh.settings.PasswordAuthentication = false;
  sops.secrets.ops.neededForUsers = true;
  nix.settings.trusted-public-keys = [ "cache.example.internal-1:${ciphertext(made, 1).slice(0, 43)}=" ];
}
`,
  ),

  // Decoding inside a script

  bad(
    "here string decoded by openssl",
    (made) => `#!/bin/bash
openssl base64 -d -A <<< '${b64(`client_secret=${made.token(40)}\nclient_id=reports\n`)}' > /etc/reports/oauth.conf
`,
  ),
  good(
    "here string decoded by openssl without a secret",
    (made) => `#!/bin/bash
openssl base64 -d -A <<< '${b64(`client_secret_file=/run/secrets/oauth\nclient_id=${made.uuid()}\n`)}' > /etc/reports/oauth.conf
openssl base64 -d -A <<< '${ciphertext(made, 2)}' | openssl pkeyutl -decrypt -inkey /etc/pki/host.key -out /run/app.conf
`,
  ),
  bad(
    "compressed text through zcat",
    (made) => `#!/bin/bash
base64 -d <<'B64' | zcat > /etc/app/settings.py
${folded(gz(`DEBUG = False\nSESSION_SIGNING_KEY = "${made.hex(64)}"\nALLOWED_HOSTS = ["*"]\n`))}
B64
`,
  ),
  good(
    "compressed text through gzip -dc",
    () => `#!/bin/bash
echo '${gz("DEBUG = False\nSESSION_SIGNING_KEY = open('/run/secrets/session').read()\nALLOWED_HOSTS = ['*']\n")}' | base64 --decode | gzip -dc > /etc/app/settings.py
`,
  ),
  bad(
    "hex text through xxd",
    (made) => `#!/bin/bash
echo ${Buffer.from(`admin_token: ${made.token(32)}\n`).toString("hex")} | xxd -r -p >> /etc/app/config.yml
`,
  ),
  good(
    "hex text through xxd without a secret",
    (made) => `#!/bin/bash
echo ${Buffer.from("admin_token_file: /run/secrets/admin\nlisten: 0.0.0.0:80\n").toString("hex")} | xxd -r -p >> /etc/app/config.yml
printf '%s' ${made.digest()} | xxd -r -p | base64 > /srv/www/app.js.sri
`,
  ),
  bad(
    "Python one-liner that decodes",
    (made) => `#!/bin/bash
python3 -c "import base64; open('/etc/app.env','wb').write(base64.b64decode('${b64(`IMAP_PASSWORD=${made.phrase()}\n`)}'))"
`,
  ),
  good(
    "Python one-liner that decodes an innocent file",
    () => `#!/bin/bash
python3 -c "import base64; open('/etc/app.env','wb').write(base64.b64decode('${b64("IMAP_PASSWORD_FILE=/run/secrets/imap\nIMAP_HOST=imap.example.internal\n")}'))"
python3 -c "import base64,os; print(base64.b64encode(os.urandom(32)).decode())" > /run/session.key
`,
  ),
  bad(
    "Perl decodes in a pipe",
    (made) => `#!/bin/bash
echo ${b64(`#!/bin/sh\nsshpass -p ${made.weak()} scp -r ops@files.example.internal:/srv/seed /srv\n`)} | perl -MMIME::Base64 -0777 -ne 'print decode_base64($_)' | sh
`,
  ),
  bad(
    "variable decoded later and evaluated",
    (made) => `#!/bin/bash
set -e
PAYLOAD="${b64(`export DOCKER_AUTH_TOKEN=${made.token(40)}`)}"
install -d /opt/app
eval "$(echo "$PAYLOAD" | base64 --decode)"
/opt/app/start
`,
  ),
  good(
    "variable decoded later without a secret",
    () => `#!/bin/bash
set -e
PAYLOAD="${b64("export DOCKER_AUTH_TOKEN=$(aws ssm get-parameter --name /docker --with-decryption --query Parameter.Value --output text)")}"
eval "$(echo "$PAYLOAD" | base64 --decode)"
SECRET=$(kubectl get secret app -o jsonpath='{.data.token}' | base64 -d)
echo -n "$USER:$SECRET" | base64 -w0 > /run/basic
`,
  ),
  bad(
    "unit file in base64 in a loop",
    (made) => `#!/bin/bash
declare -A FILES=(
  [/etc/systemd/system/poller.service]=${b64(`[Service]\nExecStart=/opt/poller --community ${made.word()} --auth-pass ${made.password(12)}\n`)}
  [/etc/default/poller]=${b64("INTERVAL=60\n")}
)
for f in "\${!FILES[@]}"; do base64 -d <<<"\${FILES[$f]}" > "$f"; done
systemctl daemon-reload && systemctl start poller
`,
  ),
  good(
    "images, fonts and certificates in base64",
    (made) => `#!/bin/bash
base64 -d > /srv/www/favicon.png <<'B64'
iVBORw0KGgoAAAANSUhEUgAA${folded(ciphertext(made, 4))}
B64
base64 -d > /srv/www/font.woff2 <<< 'd09GMgABAAAAAAAA${ciphertext(made, 3)}'
echo '${b64(made.certificate())}' | base64 -d > /etc/pki/ca-trust/source/anchors/internal.pem
echo '${b64(made.sshPublicKey())}' | base64 -d >> /root/.ssh/authorized_keys
update-ca-trust
`,
  ),
  good(
    "data addresses in a page",
    (made) => `#!/bin/bash
cat > /srv/www/index.html <<'HTML'
<link rel="icon" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${ciphertext(made, 3)}">
<form method="post"><label>Password <input type="password" name="password" autocomplete="current-password"></label>
<input type="hidden" name="csrf_token" value=""></form>
<script>const token = document.querySelector('[name=csrf_token]').value;</script>
HTML
`,
  ),
  good(
    "base64 of a script that only talks to the instance role",
    () => `#!/bin/bash
echo ${b64(b64("#!/bin/bash\naws secretsmanager get-secret-value --secret-id prod/app --query SecretString --output text > /run/app.json\njq -r .password /run/app.json | passwd --stdin app\n"))} | base64 -d | base64 -d | bash
`,
  ),

  // Encodings

  bad(
    "document decoded into an env file",
    (made) => `#!/bin/bash
base64 -d > /etc/mailer.env <<'B64'
${b64(`MAIL_HOST=smtp.example.com\nMAIL_USER=relay\nMAIL_PASSWORD=${made.password()}\n`)}
B64
chmod 600 /etc/mailer.env
systemctl restart mailer
`,
  ),
  good(
    "document decoded into settings without a secret",
    () => `#!/bin/bash
base64 -d > /etc/mailer.env <<'B64'
${b64("MAIL_HOST=smtp.example.com\nMAIL_USER=relay\nMAIL_PASSWORD_FILE=/run/secrets/mail\nMAIL_TLS=starttls\n")}
B64
systemctl restart mailer
`,
  ),
  good(
    "variables that hold settings in base64",
    () => `#!/bin/bash
set -e
NGINX_B64=${b64("server {\n  listen 80;\n  auth_basic off;\n  location / { proxy_set_header X-Auth-Token $http_x_auth_token; proxy_pass http://127.0.0.1:8080; }\n}\n")}
echo "$NGINX_B64" | openssl base64 -d -A > /etc/nginx/conf.d/app.conf
nginx -t && systemctl reload nginx
`,
  ),
];
