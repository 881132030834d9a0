import { gzipSync } from "node:zlib";
import { b64, bad, good, type Case, type Made } from "../corpus";

const CRYPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
const DIGITS = "0123456789";

/** Gzip, then base64. */
function gz(text: string): string {
  return gzipSync(text).toString("base64");
}

/** UTF-16LE in base64, as `-EncodedCommand` takes it. */
function utf16(text: string): string {
  return Buffer.from(text, "utf16le").toString("base64");
}

function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

/** Indents every line but the first, for texts inside YAML. */
function indent(text: string, columns: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(columns)}`);
}

/** Base64 in lines of 76 characters, as mailers write it. */
function folded(base64: string): string {
  return base64.replaceAll(/.{76}/g, "$&\n");
}

/** A crypt hash of a password, of the SHA-512 kind. */
function sha512crypt(made: Made): string {
  return `$6$${made.digest().slice(0, 16)}$${made.token(86, CRYPT)}`;
}

/** Bytes in base64 that are useless without a key which is elsewhere. */
function ciphertext(made: Made, blocks = 2): string {
  return Buffer.from(Array.from({ length: blocks }, () => made.digest("sha512")).join(""), "hex").toString("base64");
}

/** Formats of user data, of scripts and of the files that they write. */
export const formats: readonly Case[] = [
  // Users in cloud-config

  bad(
    "cloud-config password of the default user",
    (made) => `#cloud-config
hostname: web-1
password: ${made.weak()}
chpasswd: { expire: false }
ssh_pwauth: true
`,
  ),
  good(
    "cloud-config without passwords but with every switch about them",
    (made) => `#cloud-config
hostname: web-1
ssh_pwauth: false
disable_root: true
chpasswd:
  expire: true
users:
  - default
  - name: ops
    lock_passwd: true
    sudo: ALL=(ALL) NOPASSWD:ALL
    ssh_authorized_keys:
      - ${made.sshPublicKey()}
  - name: kiosk
    passwd: ""
  - name: locked
    hashed_passwd: "!"
    lock_passwd: true
`,
  ),
  bad(
    "chpasswd users with a text password",
    (made) => `#cloud-config
chpasswd:
  expire: false
  users:
    - { name: root, type: RANDOM }
    - name: ops
      password: "${made.symbols(14)}"
      type: text
`,
  ),
  good(
    "chpasswd with random and locked values",
    () => `#cloud-config
chpasswd:
  expire: true
  users:
    - { name: root, type: RANDOM }
    - { name: ubuntu, type: RANDOM }
    - { name: sync, password: "*", type: hash }
`,
  ),
  good(
    "chpasswd list with generated passwords",
    () => `#cloud-config
chpasswd:
  list: |
    ops:RANDOM
    backup:R
  expire: false
`,
  ),
  bad(
    "chpasswd list as a block with one hash",
    (made) => `#cloud-config
chpasswd:
  expire: false
  list: |
    backup:RANDOM
    ops:${sha512crypt(made)}
`,
  ),
  bad(
    "user with a yescrypt hash",
    (made) => `#cloud-config
users:
  - name: ops
    groups: [sudo]
    lock_passwd: false
    passwd: $y$j9T$${made.digest().slice(0, 22)}$${made.token(43, CRYPT)}
`,
  ),
  bad(
    "user with hashed_passwd in a flow mapping",
    (made) => `#cloud-config
users: [default, {name: build, uid: "2000", lock_passwd: false, hashed_passwd: "$5$rounds=5000$${made.digest().slice(0, 16)}$${made.token(43, CRYPT)}"}]
`,
  ),
  bad(
    "chpasswd list in one line with a default word",
    (made) => `#cloud-config
chpasswd: {list: [root:${made.word()}], expire: False}
disable_root: false
`,
  ),
  bad(
    "autoinstall identity and disk pass phrase",
    (made) => `#cloud-config
autoinstall:
  version: 1
  identity:
    hostname: builder
    username: ubuntu
    password: "*"
  storage:
    layout:
      name: lvm
      password: ${made.phrase()}
  ssh: { install-server: true, allow-pw: false }
`,
  ),
  good(
    "autoinstall with keys only",
    (made) => `#cloud-config
autoinstall:
  version: 1
  identity: { hostname: builder, username: ubuntu, password: "!" }
  ssh:
    install-server: true
    allow-pw: false
    authorized-keys: ["${made.sshPublicKey()}"]
  ubuntu-pro: { token: "" }
  user-data:
    disable_root: true
    ssh_pwauth: false
`,
  ),
  bad(
    "host key of the machine in cloud-config",
    (made) => `#cloud-config
ssh_deletekeys: true
ssh_genkeytypes: []
ssh_keys:
  ecdsa_private: |
    ${indent(made.privateKey("ec", "sec1"), 4)}
  ecdsa_public: ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY= host
`,
  ),
  good(
    "public half of host keys and certificates in cloud-config",
    (made) => `#cloud-config
ssh_deletekeys: false
ssh_genkeytypes: [ed25519, ecdsa]
ssh_keys:
  ed25519_public: ${made.sshPublicKey()}
ssh_publish_hostkeys: { enabled: true, blacklist: [rsa] }
ssh_import_id: [gh:example-ops, lp:example-ops]
ssh_authorized_keys: ["${made.sshPublicKey()}"]
`,
  ),

  // Files in cloud-config

  bad(
    "file in gz+b64",
    (made) => `#cloud-config
write_files:
  - path: /etc/app/app.env
    encoding: gz+b64
    owner: app:app
    content: ${gz(`LISTEN=0.0.0.0:8080\nDATABASE_URL=postgresql://app:${made.password()}@db.example.internal/app\n`)}
`,
  ),
  good(
    "files in gz+b64 and b64 without a secret",
    (made) => `#cloud-config
write_files:
  - path: /etc/app/app.env
    encoding: gz+b64
    content: ${gz(`LISTEN=0.0.0.0:8080\nDATABASE_URL=postgresql://app@db.example.internal/app\nDB_PASSWORD_FILE=/run/secrets/db\nTOKEN_TTL=900\n`)}
  - path: /etc/pki/ca.pem
    encoding: b64
    content: ${b64(made.certificate())}
  - path: /usr/share/app/logo.png
    encoding: base64
    content: iVBORw0KGgoAAAANSUhEUgAA${ciphertext(made, 3)}
`,
  ),
  bad(
    "file as YAML binary",
    (made) => `#cloud-config
write_files:
- path: /etc/agent.conf
  permissions: '0600'
  content: !!binary |
    ${indent(folded(b64(`# managed\n[agent]\nserver = https://agents.example.internal\npassword = ${made.phrase()}\n`)), 4)}
`,
  ),
  good(
    "program as YAML binary",
    (made) => `#cloud-config
write_files:
- path: /usr/local/bin/wait-for
  permissions: '0755'
  content: !!binary |
    f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAA${indent(folded(ciphertext(made, 6)), 4)}
`,
  ),
  bad(
    "file that is appended with text/plain",
    (made) => `#cloud-config
write_files:
  - content: |
      export CLICKHOUSE_PASSWORD='${made.symbols()}'
    path: /etc/profile.d/ch.sh
    append: true
    encoding: text/plain
`,
  ),
  bad(
    "deferred file of another owner with a bare credential",
    (made) => `#cloud-config
users: [default, { name: backup, system: true }]
write_files:
  - path: /etc/borg/passphrase
    defer: true
    owner: backup:backup
    permissions: "0400"
    content: ${made.phrase()}
runcmd:
  - BORG_PASSCOMMAND="cat /etc/borg/passphrase" borg create /srv/borg::boot /etc
`,
  ),
  good(
    "deferred file with commands and paths",
    () => `#cloud-config
write_files:
  - path: /etc/borg/borg.env
    defer: true
    permissions: "0400"
    content: |
      BORG_PASSCOMMAND="aws ssm get-parameter --name /borg/passphrase --with-decryption --query Parameter.Value --output text"
      BORG_KEY_FILE=/etc/borg/key
      BORG_RSH="ssh -i /etc/borg/id_ed25519"
runcmd:
  - set -a; . /etc/borg/borg.env; borg create /srv/borg::boot /etc
`,
  ),
  bad(
    "base64 inside gz+b64",
    (made) => `#cloud-config
write_files:
  - path: /opt/setup.sh
    permissions: "0755"
    encoding: gzip+base64
    content: ${gz(`#!/bin/sh\necho ${b64(`TOKEN=${made.token(40)}\n`)} | base64 -d > /etc/app.env\n`)}
runcmd: [/opt/setup.sh]
`,
  ),
  bad(
    "file fetched with a password in its address",
    (made) => `#cloud-config
write_files:
  - path: /etc/app/rules.yml
    source:
      uri: https://reader:${made.password()}@config.example.internal/rules.yml
    permissions: "0644"
`,
  ),
  good(
    "file fetched with plain headers",
    () => `#cloud-config
write_files:
  - path: /etc/app/rules.yml
    source:
      uri: https://config.example.internal/rules.yml
      headers: { Accept: application/yaml, X-Client: cloud-init, User-Agent: example-boot/1.0 }
    permissions: "0644"
`,
  ),
  bad(
    "include of a cloud-config behind basic authentication",
    (made) => `#include-once
https://boot:${made.password(20)}@config.example.internal/base.yml
https://config.example.internal/role-web.yml
`,
  ),
  good(
    "include of public parts",
    () => `#include
# parts of the platform team
https://config.example.internal/base.yml
https://config.example.internal/role-web.yml?secret_store=ssm&token_source=imds
`,
  ),

  // Package sources and agents in cloud-config

  bad(
    "yum repository with a password in its base address",
    (made) => `#cloud-config
yum_repos:
  internal:
    name: Internal
    baseurl: https://reader:${made.password()}@rpm.example.internal/el9/$basearch/
    enabled: true
    gpgcheck: true
    gpgkey: https://rpm.example.internal/RPM-GPG-KEY
`,
  ),
  good(
    "yum repository with key files",
    () => `#cloud-config
yum_repos:
  internal:
    name: Internal
    baseurl: https://rpm.example.internal/el9/$basearch/
    enabled: true
    gpgcheck: true
    gpgkey: file:///etc/pki/rpm-gpg/RPM-GPG-KEY-internal
    sslclientkey: /etc/pki/entitlement/key.pem
    sslclientcert: /etc/pki/entitlement/cert.pem
    username: ""
    password: ""
`,
  ),
  bad(
    "apt source with a token as password",
    (made) => `#cloud-config
apt:
  sources:
    internal:
      source: "deb [signed-by=$KEY_FILE] https://token:${made.token(48)}@packagecloud.example.com/internal/ubuntu noble main"
      keyid: ${made.digest("sha1").toUpperCase()}
packages: [internal-agent]
`,
  ),
  bad(
    "apt configuration with a proxy login",
    (made) => `#cloud-config
apt:
  conf: |
    APT { Get { Assume-Yes "true"; }; };
    Acquire::https::Proxy "http://node:${made.weak()}@proxy.example.internal:3128";
`,
  ),
  good(
    "apt with public keys, key ids and a proxy",
    (made) => `#cloud-config
apt:
  https_proxy: http://proxy.example.internal:3128
  sources:
    internal:
      source: "deb [signed-by=$KEY_FILE] https://deb.example.internal/ noble main"
      keyid: ${made.digest("sha1").toUpperCase()}
      keyserver: keyserver.ubuntu.com
    vendor:
      source: ppa:vendor/stable
      key: |
        -----BEGIN PGP PUBLIC KEY BLOCK-----

        mQINBFcA${indent(ciphertext(made, 6).replaceAll(/.{64}/g, "$&\n"), 8)}
        -----END PGP PUBLIC KEY BLOCK-----
`,
  ),
  bad(
    "zypper repository with user information",
    (made) => `#cloud-config
zypper:
  repos:
    - id: internal
      name: Internal
      baseurl: https://build:${made.password()}@rpm.example.internal/sle15/
      gpgcheck: 1
`,
  ),
  bad(
    "apk repository with user information",
    (made) => `#cloud-config
apk_repos:
  preserve_repositories: false
  alpine_repo: { version: v3.20, community_enabled: true }
  local_repo_base_url: https://apk:${made.weak()}@apk.example.internal/alpine
`,
  ),
  bad(
    "chef in cloud-config with the validator key inline",
    (made) => `#cloud-config
chef:
  install_type: packages
  server_url: https://chef.example.internal/organizations/ops
  validation_name: ops-validator
  validation_cert: |
    ${indent(made.privateKey("rsa", "pkcs1"), 4)}
  run_list: ["role[web]"]
`,
  ),
  bad(
    "chef initial attributes with a password",
    (made) => `#cloud-config
chef:
  install_type: omnibus
  server_url: https://chef.example.internal/organizations/ops
  validation_cert: system
  initial_attributes:
    postgresql:
      password:
        postgres: ${made.symbols(18)}
    app: { port: 8080 }
`,
  ),
  good(
    "chef in cloud-config with paths",
    () => `#cloud-config
chef:
  install_type: packages
  server_url: https://chef.example.internal/organizations/ops
  validation_name: ops-validator
  validation_cert: system
  validation_key: /etc/chef/validation.pem
  client_key: /etc/chef/client.pem
  encrypted_data_bag_secret: /etc/chef/encrypted_data_bag_secret
  chef_license: accept
  initial_attributes:
    openssh: { server: { password_authentication: "no", permit_root_login: "no" } }
    app: { secret_name: prod/app, password_length: 24 }
`,
  ),
  bad(
    "puppet csr attributes in cloud-config",
    (made) => `#cloud-config
puppet:
  install: true
  install_type: aio
  conf: { agent: { server: puppet.example.internal, certname: "%i.%f" } }
  csr_attributes:
    custom_attributes:
      1.2.840.113549.1.9.7: ${made.password(24)}
    extension_requests: { pp_role: web }
`,
  ),
  good(
    "puppet in cloud-config with a CA certificate",
    (made) => `#cloud-config
puppet:
  install: true
  install_type: aio
  conf:
    agent: { server: puppet.example.internal, certname: "%i.%f", digest_algorithm: sha256 }
    ca_cert: |
      ${indent(made.certificate(), 6)}
  csr_attributes:
    extension_requests: { pp_role: web, pp_cost_center: "4711" }
`,
  ),
  bad(
    "salt minion with a private key",
    (made) => `#cloud-config
salt_minion:
  conf: { master: salt.example.internal }
  public_key: |
    ${indent(made.publicKey(), 4)}
  private_key: |
    ${indent(made.privateKey("rsa", "pkcs8"), 4)}
`,
  ),
  good(
    "salt minion with a public key only",
    (made) => `#cloud-config
salt_minion:
  pkg_name: salt-minion
  conf:
    master: salt.example.internal
    master_finger: ${(made.digest().match(/../g) ?? []).join(":")}
    keysize: 4096
  grains: { role: [web], secret_store: ssm }
  public_key: |
    ${indent(made.publicKey(), 4)}
  pki_dir: /etc/salt/pki/minion
`,
  ),
  bad(
    "mcollective with a pre-shared key",
    (made) => `#cloud-config
mcollective:
  conf:
    server_host: mq.example.internal
    securityprovider: psk
    plugin.psk: ${made.token(20)}
    plugin.stomp.user: mcollective
`,
  ),
  bad(
    "rh_subscription with a password",
    (made) => `#cloud-config
rh_subscription:
  username: ops-example
  password: '${made.symbols(15)}'
  auto-attach: true
  service-level: self-support
`,
  ),
  bad(
    "rh_subscription with an activation key",
    (made) => `#cloud-config
rh_subscription:
  activation-key: ${made.weak()}
  org: "11223344"
  enable-repo: [codeready-builder-for-rhel-9-x86_64-rpms]
`,
  ),
  bad(
    "spacewalk activation key",
    (made) => `#cloud-config
spacewalk:
  server: satellite.example.internal
  activation_key: 1-${made.hex(32)}
`,
  ),
  bad(
    "Ubuntu Pro token in cloud-config",
    (made) => `#cloud-config
package_update: true
ubuntu_pro:
  token: C1${made.token(28)}
  enable: [esm-infra, livepatch]
`,
  ),
  good(
    "Ubuntu Pro in cloud-config without a token",
    () => `#cloud-config
ubuntu_pro:
  features: { disable_auto_attach: false }
  enable: [esm-infra, fips-updates]
  config: { https_proxy: "http://proxy.example.internal:3128" }
landscape:
  client:
    url: https://landscape.example.internal/message-system
    account_name: standalone
    computer_title: web
    ssl_public_key: /etc/landscape/server.pem
`,
  ),
  bad(
    "lxd trust password",
    (made) => `#cloud-config
lxd:
  init:
    network_address: 0.0.0.0
    network_port: 8443
    storage_backend: zfs
    storage_create_loop: 10
    trust_password: ${made.weak()}
`,
  ),
  good(
    "lxd preseed with certificates",
    (made) => `#cloud-config
lxd:
  init: { network_address: 127.0.0.1, network_port: 8443, storage_backend: dir }
  preseed: |
    config:
      core.https_address: 127.0.0.1:8443
      core.trust_ca_certificates: true
      oidc.issuer: https://sso.example.internal
      oidc.client.id: lxd
    certificates:
      - name: ops
        type: client
        certificate: |
          ${indent(made.certificate(), 10)}
`,
  ),
  bad(
    "ansible pull from an address with a token",
    (made) => `#cloud-config
ansible:
  install_method: pip
  package_name: ansible-core
  pull:
    url: "https://oauth2:${made.token(26)}@gitlab.example.internal/ops/site.git"
    playbook_names: [web.yml]
`,
  ),
  good(
    "ansible pull with files for keys and vaults",
    () => `#cloud-config
ansible:
  install_method: pip
  package_name: ansible-core
  run_user: ansible
  pull:
    url: "git@gitlab.example.internal:ops/site.git"
    playbook_names: [web.yml]
    private_key: /home/ansible/.ssh/id_ed25519
    vault_password_file: /home/ansible/vault-from-ssm.py
    accept_host_key: true
`,
  ),
  bad(
    "reporting webhook with OAuth keys",
    (made) => `#cloud-config
reporting:
  maas:
    type: webhook
    endpoint: https://maas.example.internal/MAAS/metadata/status/abc
    consumer_key: ${made.digest("md5").slice(0, 18)}
    token_key: ${made.digest("md5").slice(0, 18)}
    token_secret: ${made.token(32)}
`,
  ),
  good(
    "reporting to the log",
    () => `#cloud-config
reporting:
  logs: { type: log, level: DEBUG }
  hv: { type: hyperv }
output: { all: "| tee -a /var/log/cloud-init-output.log" }
`,
  ),
  bad(
    "wireguard interface with its private key",
    (made) => `#cloud-config
wireguard:
  interfaces:
    - name: wg0
      config_path: /etc/wireguard/wg0.conf
      content: |
        [Interface]
        Address = 10.99.0.7/32
        PrivateKey = ${made.base64(32)}
        [Peer]
        PublicKey = ${ciphertext(made, 1).slice(0, 43)}=
        Endpoint = vpn.example.com:51820
        AllowedIPs = 10.99.0.0/24
`,
  ),
  good(
    "wireguard interface with a key made after boot",
    (made) => `#cloud-config
wireguard:
  interfaces:
    - name: wg0
      config_path: /etc/wireguard/wg0.conf
      content: |
        [Interface]
        Address = 10.99.0.7/32
        PostUp = wg set %i private-key /etc/wireguard/%i.key
        [Peer]
        PublicKey = ${ciphertext(made, 1).slice(0, 43)}=
        AllowedIPs = 10.99.0.0/24
  readinessprobe: ["nslookup vpn.example.com"]
bootcmd: ["[ -f /etc/wireguard/wg0.key ] || wg genkey > /etc/wireguard/wg0.key"]
`,
  ),
  bad(
    "cifs mount in cloud-config",
    (made) => `#cloud-config
packages: [cifs-utils]
mounts:
  - ["//files.example.internal/share", "/mnt/share", "cifs", "vers=3.1.1,username=svc_files,password=${made.password()},uid=1000,_netdev", "0", "0"]
`,
  ),
  good(
    "mounts with credential files and key rings",
    () => `#cloud-config
mounts:
  - ["//files.example.internal/share", "/mnt/share", "cifs", "vers=3.1.1,credentials=/etc/cifs/share.cred,uid=1000,_netdev", "0", "0"]
  - ["//files.example.internal/dept", "/mnt/dept", "cifs", "sec=krb5,multiuser,cruid=0", "0", "0"]
  - ["mon1.example.internal:/", "/mnt/ceph", "ceph", "name=web,secretfile=/etc/ceph/web.secret,_netdev", "0", "0"]
  - ["fs-0a1b2c3d:/", "/mnt/efs", "efs", "_netdev,tls,iam", "0", "0"]
  - ["nfs.example.internal:/exports", "/mnt/nfs", "nfs4", "sec=krb5p", "0", "0"]
mount_default_fields: [None, None, "auto", "defaults,nofail", "0", "2"]
`,
  ),
  bad(
    "phone home with a key in the address",
    (made) => `#cloud-config
phone_home:
  url: https://inventory.example.internal/hosts?api_key=${made.hex(40)}
  post: all
  tries: 10
`,
  ),
  bad(
    "rsyslog in cloud-config with a token",
    (made) => `#cloud-config
rsyslog:
  configs:
    - "*.* @@127.0.0.1:514"
    - filename: 22-vendor.conf
      content: |
        $template Vendor,"${made.uuidSecret()} <%PRI%>1 %timestamp:::date-rfc3339% %hostname% %app-name% - - - %msg%\\n"
        *.* @@data.logentries.com:443;Vendor
`,
  ),
  bad(
    "runcmd as a list with the password as one item",
    (made) => `#cloud-config
runcmd:
  - [sh, -c, "echo started > /run/boot"]
  - [htpasswd, -bc, /etc/nginx/.htpasswd, admin, "${made.symbols(12)}"]
  - [systemctl, reload, nginx]
`,
  ),
  good(
    "runcmd as lists with variables and files",
    () => `#cloud-config
runcmd:
  - [sh, -c, "openssl rand -base64 18 > /run/admin.pass"]
  - [sh, -c, 'htpasswd -ic /etc/nginx/.htpasswd admin < /run/admin.pass']
  - [htpasswd, -D, /etc/nginx/.htpasswd, guest]
  - [passwd, -l, root]
  - [chage, -d, "0", ops]
  - [systemctl, reload, nginx]
`,
  ),
  bad(
    "bootcmd as a folded scalar",
    (made) => `#cloud-config
bootcmd:
  - >
    cloud-init-per instance join
    realm join --one-time-password=${made.password()}
    example.internal
`,
  ),
  bad(
    "snap settings in cloud-config",
    (made) => `#cloud-config
snap:
  commands:
    - snap install nextcloud
    - nextcloud.manual-install admin ${made.phrase()}
`,
  ),
  good(
    "snap assertions and settings",
    (made) => `#cloud-config
snap:
  assertions:
    00: |
      type: account-key
      authority-id: example
      revision: 1
      public-key-sha3-384: ${ciphertext(made, 1).slice(0, 64).replaceAll(/[+/]/g, "_")}
      account-id: example
      body-length: 717
      sign-key-sha3-384: ${ciphertext(made, 1).slice(0, 64).replaceAll(/[+/]/g, "_")}

      AcbBTQRWhcGAARAA${indent(ciphertext(made, 4).replaceAll(/.{64}/g, "$&\n"), 6)}
  commands:
    - snap set system proxy.https=http://proxy.example.internal:3128
    - snap install --channel=stable keepassxc
`,
  ),
  bad(
    "netplan in a file with a wireless pass phrase",
    (made) => `#cloud-config
write_files:
  - path: /etc/netplan/60-wifi.yaml
    permissions: "0600"
    content: |
      network:
        version: 2
        wifis:
          wlan0:
            dhcp4: true
            access-points: { "depot": { auth: { key-management: psk, password: "${made.phrase()}" } } }
`,
  ),
  good(
    "the innocent half of cloud-config",
    (made) => `#cloud-config
merge_how: [{ name: list, settings: [append] }, { name: dict, settings: [no_replace, recurse_list] }]
keyboard: { layout: de }
locale: en_US.UTF-8
ntp: { servers: [169.254.169.123] }
swap: { filename: /swapfile, size: auto }
disk_setup: { /dev/nvme1n1: { table_type: gpt, layout: true } }
fs_setup: [{ label: secrets, filesystem: ext4, device: /dev/nvme1n1 }]
authkey_hash: sha512
no_ssh_fingerprints: true
random_seed: { file: /dev/urandom, command: [sh, -c, "dd if=/dev/hwrng of=$RANDOM_SEED_FILE bs=64 count=1"], command_required: false }
ca_certs:
  remove_defaults: false
  trusted: ["${made.certificate().replaceAll("\n", "\\n")}"]
power_state: { mode: reboot, message: "token refresh", condition: test -f /run/reboot }
final_message: "password login is off; key: $UPTIME"
`,
  ),
  good(
    "seed of the random generator is data of this boot",
    () => `#cloud-config
random_seed:
  file: /dev/urandom
  command: [pollinate, "-r", "-s", "https://entropy.ubuntu.com"]
  command_required: false
`,
  ),

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

  // Windows

  bad(
    "net user adds an administrator",
    (made) => `<script>
net user svc_deploy ${made.password(12)} /add /expires:never
net localgroup Administrators svc_deploy /add
</script>
`,
  ),
  good(
    "net user without a literal",
    () => `<script>
net user Guest /active:no
net user Administrator /passwordchg:no /passwordreq:yes
net user svc_deploy * /add
net user svc_deploy %SVC_PASSWORD% /add
net accounts /maxpwage:unlimited
net localgroup "Remote Desktop Users" ops /add
</script>
`,
  ),
  bad(
    "secure string from plain text",
    (made) => `<powershell>
$secure = ConvertTo-SecureString -String '${made.symbols()}' -AsPlainText -Force
Set-LocalUser -Name Administrator -Password $secure
Rename-LocalUser -Name Administrator -NewName opsadmin
</powershell>
<persist>true</persist>
`,
  ),
  good(
    "secure strings from stores and files",
    () => `<powershell>
$secret = Get-SECSecretValue -SecretId prod/windows/admin -Region eu-west-1
$secure = ConvertTo-SecureString -String ($secret.SecretString | ConvertFrom-Json).password -AsPlainText -Force
Set-LocalUser -Name Administrator -Password $secure
$fromFile = Get-Content C:\\ProgramData\\pw.txt | ConvertTo-SecureString -Key (Get-Content C:\\ProgramData\\aes.key)
$param = (Get-SSMParameter -Name /windows/join -WithDecryption $true).Value
$empty = New-Object System.Security.SecureString
$typed = Read-Host -Prompt 'Password' -AsSecureString
</powershell>
`,
  ),
  bad("PSCredential with a joined literal", (made) => {
    const secret = made.password(16);
    return `<powershell>
$pw = '${secret.slice(0, 7)}' + '${secret.slice(7)}'
$cred = New-Object System.Management.Automation.PSCredential('EXAMPLE\\svc_join', (ConvertTo-SecureString $pw -AsPlainText -Force))
Add-Computer -DomainName example.internal -Credential $cred -OUPath 'OU=Servers,DC=example,DC=internal' -Restart
</powershell>
`;
  }),
  good(
    "domain join with a parameter",
    () => `<powershell>
$name = (Get-SSMParameterValue -Name /ad/join-user).Parameters[0].Value
$pass = (Get-SSMParameterValue -Name /ad/join-password -WithDecryption $True).Parameters[0].Value | ConvertTo-SecureString -AsPlainText -Force
$cred = [PSCredential]::new("EXAMPLE\\$name", $pass)
Add-Computer -DomainName example.internal -Credential $cred -Restart
djoin.exe /requestODJ /loadfile C:\\join\\blob.txt /windowspath $env:SystemRoot /localos
</powershell>
`,
  ),
  bad(
    "static constructor of a credential",
    (made) => `<powershell>
$c = [System.Net.NetworkCredential]::new('relay', '${made.phrase()}')
$smtp = New-Object Net.Mail.SmtpClient('smtp.example.internal', 587)
$smtp.Credentials = $c
$smtp.Send('boot@example.com', 'ops@example.com', "$env:COMPUTERNAME is up", '')
</powershell>
`,
  ),
  good(
    "default credentials of the machine account",
    () => `<powershell>
$smtp = New-Object Net.Mail.SmtpClient('smtp.example.internal', 25)
$smtp.UseDefaultCredentials = $true
$smtp.Credentials = [System.Net.CredentialCache]::DefaultNetworkCredentials
Invoke-RestMethod https://inventory.example.internal/hosts -UseDefaultCredentials -Method Post -Body @{ name = $env:COMPUTERNAME; token = $env:INVENTORY_TOKEN }
$plain = [System.Net.NetworkCredential]::new('', $secure).Password
</powershell>
`,
  ),
  bad(
    "splatted hash table",
    (made) => `<powershell>
$params = @{
  Name                 = 'svc_backup'
  Password             = (ConvertTo-SecureString '${made.password()}' -AsPlainText -Force)
  PasswordNeverExpires = $true
  Description          = 'Backup service'
}
New-LocalUser @params
</powershell>
`,
  ),
  good(
    "splatted hash table with references",
    () => `<powershell>
$params = @{
  Name                 = 'svc_backup'
  Password             = $backupPassword
  PasswordNeverExpires = $true
  UserMayNotChangePassword = $true
  Description          = 'password is rotated by LAPS'
}
New-LocalUser @params
New-LocalUser -Name viewer -NoPassword
$dsc = @{ SecretId = 'prod/dsc'; TokenLifetime = 3600; KeyPath = 'HKLM:\\SOFTWARE\\Example' }
</powershell>
`,
  ),
  bad(
    "desired state configuration with a password in its data",
    (made) => `<powershell>
$data = @{
  AllNodes = @(
    @{ NodeName = 'localhost'; PSDscAllowPlainTextPassword = $true; ServiceAccount = 'svc_app'; ServicePassword = '${made.symbols()}' }
  )
}
AppServer -ConfigurationData $data -OutputPath C:\\dsc
Start-DscConfiguration -Path C:\\dsc -Wait -Force
</powershell>
`,
  ),
  good(
    "desired state configuration with a certificate",
    (made) => `<powershell>
$data = @{
  AllNodes = @(
    @{ NodeName = 'localhost'; CertificateFile = 'C:\\dsc\\node.cer'; Thumbprint = '${made.digest("sha1").toUpperCase()}'; PSDscAllowPlainTextPassword = $false; PSDscAllowDomainUser = $true }
  )
}
Configuration AppServer { Import-DscResource -ModuleName PSDesiredStateConfiguration
  Node localhost { User svc { UserName = 'svc_app'; Password = $Credential; PasswordNeverExpires = $true } } }
AppServer -ConfigurationData $data -Credential (Get-SECSecretCredential prod/app) -OutputPath C:\\dsc
</powershell>
`,
  ),
  bad(
    "encoded command in a batch script",
    (made) => `<script>
powershell -ep bypass -enc ${utf16(`$p = '${made.weak()}'\nSet-LocalUser Administrator -Password (ConvertTo-SecureString $p -AsPlainText -Force)`)}
</script>
`,
  ),
  good(
    "encoded command without a secret",
    () => `<script>
powershell -NoLogo -EncodedCommand ${utf16("Set-ItemProperty 'HKLM:\\SOFTWARE\\Policies\\Microsoft Services\\AdmPwd' -Name PasswordLength -Value 20; Write-Host 'Password: length set'")}
</script>
`,
  ),
  bad(
    "automatic logon in the registry",
    (made) => `<powershell>
$path = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon'
Set-ItemProperty $path -Name AutoAdminLogon -Value 1
Set-ItemProperty $path -Name DefaultUserName -Value kiosk
Set-ItemProperty -Path $path -Name DefaultPassword -Value '${made.weak()}' -Type String
</powershell>
`,
  ),
  bad(
    "automatic logon with reg add",
    (made) => `<script>
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v AutoAdminLogon /t REG_SZ /d 1 /f
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v DefaultPassword /t REG_SZ /d "${made.password(12)}" /f
</script>
`,
  ),
  good(
    "registry values about logon without a password",
    () => `<script>
reg delete "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v DefaultPassword /f
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v AutoAdminLogon /t REG_SZ /d 0 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters" /v DisablePasswordChange /t REG_DWORD /d 0 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters" /v RequireSignOrSeal /t REG_DWORD /d 1 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest" /v UseLogonCredential /t REG_DWORD /d 0 /f
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v PasswordExpiryWarning /t REG_DWORD /d 14 /f
</script>
`,
  ),
  bad(
    "stored credential with cmdkey",
    (made) => `<script>
cmdkey /add:files.example.internal /user:EXAMPLE\\svc_files /pass:${made.password()}
</script>
`,
  ),
  bad(
    "drive mapped with a password by position",
    (made) => `<script>
net use S: \\\\files.example.internal\\software ${made.weak()} /user:EXAMPLE\\svc_files /persistent:yes
xcopy S:\\agent C:\\agent /E /I /Y
</script>
`,
  ),
  good(
    "drives and stored credentials without a password",
    () => `<script>
net use S: \\\\files.example.internal\\software /persistent:yes
net use T: \\\\files.example.internal\\tools * /user:EXAMPLE\\svc_files
cmdkey /list
cmdkey /delete:files.example.internal
runas /savecred /user:EXAMPLE\\svc_files "C:\\agent\\sync.exe"
</script>
`,
  ),
  bad(
    "service account with sc.exe",
    (made) => `<script>
sc.exe config ExampleAgent obj= "EXAMPLE\\svc_agent" password= "${made.password(18)}"
sc.exe start ExampleAgent
</script>
`,
  ),
  good(
    "service accounts that need no password",
    () => `<script>
sc.exe config ExampleAgent obj= "NT AUTHORITY\\NetworkService" password= ""
sc.exe config ExampleSync obj= "EXAMPLE\\gmsa_sync$"
sc.exe managedaccount ExampleSync true
sc.exe sidtype ExampleAgent restricted
schtasks /Create /TN Sync /TR C:\\agent\\sync.exe /SC HOURLY /RU SYSTEM /RP "" /F
</script>
`,
  ),
  bad(
    "scheduled task with a password",
    (made) => `<script>
schtasks /Create /TN "Nightly export" /TR "C:\\export\\run.cmd" /SC DAILY /ST 02:00 /RU EXAMPLE\\svc_export /RP ${made.password(14)} /F
</script>
`,
  ),
  bad(
    "scheduled task registered by PowerShell",
    (made) => `<powershell>
$action = New-ScheduledTaskAction -Execute 'C:\\export\\run.cmd'
$trigger = New-ScheduledTaskTrigger -Daily -At 2am
Register-ScheduledTask -TaskName Export -Action $action -Trigger $trigger -User 'EXAMPLE\\svc_export' -Password '${made.symbols(15)}' -RunLevel Highest
</powershell>
`,
  ),
  good(
    "scheduled task of the system account",
    () => `<powershell>
$action = New-ScheduledTaskAction -Execute powershell.exe -Argument '-NoProfile -File C:\\ops\\rotate-password.ps1 -SecretId prod/app'
$trigger = New-ScheduledTaskTrigger -AtStartup
$principal = New-ScheduledTaskPrincipal -UserId 'EXAMPLE\\gmsa_task$' -LogonType Password
Register-ScheduledTask -TaskName RotatePassword -Action $action -Trigger $trigger -Principal $principal
Register-ScheduledTask -TaskName Cleanup -Xml (Get-Content C:\\ops\\task.xml -Raw) -User SYSTEM
</powershell>
`,
  ),
  bad(
    "nssm object name",
    (made) => `<script>
nssm install Reports C:\\reports\\reports.exe
nssm set Reports ObjectName EXAMPLE\\svc_reports ${made.password()}
nssm start Reports
</script>
`,
  ),
  bad(
    "sqlcmd with -P",
    (made) => `<script>
"C:\\Program Files\\Microsoft SQL Server\\Client SDK\\ODBC\\170\\Tools\\Binn\\sqlcmd.exe" -S tcp:db.example.internal,1433 -U app -P ${made.password()} -d app -i C:\\sql\\init.sql
</script>
`,
  ),
  good(
    "sqlcmd with trusted authentication and other meanings of p",
    () => `<script>
sqlcmd -S db.example.internal -E -C -d app -i C:\\sql\\init.sql -p 1 -v TokenLifetime=3600
sqlcmd -S db.example.internal -G -U app@example.com -d app -Q "SELECT name, is_policy_checked FROM sys.sql_logins WHERE PWDCOMPARE('', password_hash) = 1"
bcp app.dbo.tokens out C:\\out\\tokens.csv -T -c -S db.example.internal
set SQLCMDPASSWORD=%DB_PASSWORD%
</script>
`,
  ),
  bad(
    "SQL Server unattended setup",
    (made) => `<powershell>
Start-Process D:\\setup.exe -Wait -ArgumentList '/Q /ACTION=Install /FEATURES=SQLENGINE /INSTANCENAME=MSSQLSERVER /SECURITYMODE=SQL /SAPWD="${made.symbols()}" /SQLSYSADMINACCOUNTS="BUILTIN\\Administrators" /IACCEPTSQLSERVERLICENSETERMS'
</powershell>
`,
  ),
  bad(
    "installer properties with a password",
    (made) => `<powershell>
msiexec.exe /i C:\\pkg\\agent.msi /qn /norestart SERVER=hub.example.internal SVC_USER=EXAMPLE\\svc_agent SVC_PASSWORD=${made.password()} ALLUSERS=1
</powershell>
`,
  ),
  good(
    "installer properties without a password",
    (made) => `<powershell>
msiexec.exe /i C:\\pkg\\agent.msi /qn /norestart ACCEPTEULA=1 PRODUCTID=${made.uuid()} ENROLLTOKENFILE=C:\\run\\token.txt AUTHTYPE=certificate ALLUSERS=1
$token = Get-Content C:\\run\\token.txt -Raw
Start-Process msiexec.exe -Wait -ArgumentList "/i C:\\pkg\\edr.msi /qn TOKEN=$token TAGS=web"
Get-Package -ProviderName msi | Where-Object { $_.FastPackageReference -eq '{${made.uuid().toUpperCase()}}' }
</powershell>
`,
  ),
  bad(
    "batch variable with quotes around the assignment",
    (made) => `<script>
set "REPO_URL=https://repo.example.internal/win"
set "REPO_TOKEN=${made.token(40)}"
curl.exe -H "Authorization: token %REPO_TOKEN%" -o C:\\agent.zip %REPO_URL%/agent.zip
</script>
`,
  ),
  good(
    "batch variables filled at boot",
    () => `<script>
for /f "usebackq delims=" %%P in (\`aws ssm get-parameter --name /win/pass --with-decryption --query Parameter.Value --output text\`) do set "SVC_PASSWORD=%%P"
set /p DB_PASSWORD=<C:\\run\\db.txt
set TOKEN=%SVC_PASSWORD%
set PASSWORD=
set "PASSWORD_FILE=C:\\run\\db.txt"
if not defined API_KEY echo API_KEY is not set
setx SECRET_NAME prod/app /M
</script>
`,
  ),
  bad(
    "machine environment variable set by .NET",
    (made) => `<powershell>
[System.Environment]::SetEnvironmentVariable('ARTIFACT_API_KEY', '${made.token(48)}', [System.EnvironmentVariableTarget]::Machine)
Restart-Service ExampleAgent
</powershell>
`,
  ),
  bad(
    "setx of a token for all users",
    (made) => `<script>
setx /M NUGET_API_KEY oy2${made.token(43, "abcdefghijklmnopqrstuvwxyz0123456789")}
</script>
`,
  ),
  good(
    "environment variables that are names and places",
    (made) => `<powershell>
[Environment]::SetEnvironmentVariable('SECRET_ID', 'prod/web/app', 'Machine')
[Environment]::SetEnvironmentVariable('TOKEN_PATH', 'C:\\ProgramData\\token', 'Machine')
[Environment]::SetEnvironmentVariable('AZURE_CLIENT_ID', '${made.uuid()}', 'Machine')
[Environment]::SetEnvironmentVariable('API_KEY', $null, 'Machine')
$env:DB_PASSWORD = (Get-SSMParameter -Name /web/db -WithDecryption $true).Value
$env:PSModulePath += ';C:\\modules'
</powershell>
`,
  ),
  bad(
    "unattend file with an autologon password in plain text",
    (made) => `<powershell>
$xml = @"
<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64">
  <AutoLogon>
    <Enabled>true</Enabled>
    <LogonCount>1</LogonCount>
    <Username>Administrator</Username>
    <Password>
      <PlainText>true</PlainText>
      <Value>${made.password(12)}</Value>
    </Password>
  </AutoLogon>
</component>
"@
$xml | Out-File C:\\Windows\\Panther\\autologon.xml -Encoding utf8
</powershell>
`,
  ),
  good(
    "unattend file with empty and generated passwords",
    () => `<powershell>
@'
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup">
    <UserAccounts><AdministratorPassword><Value></Value><PlainText>true</PlainText></AdministratorPassword></UserAccounts>
    <OOBE><HideEULAPage>true</HideEULAPage><ProtectYourPC>1</ProtectYourPC></OOBE>
  </component></settings>
  <settings pass="specialize"><component name="Microsoft-Windows-UnattendedJoin"><Identification><JoinWorkgroup>WORKGROUP</JoinWorkgroup></Identification></component></settings>
</unattend>
'@ | Set-Content C:\\Windows\\Panther\\unattend.xml
</powershell>
`,
  ),
  bad(
    "connection string in web.config",
    (made) => `<powershell>
$config = 'C:\\inetpub\\shop\\web.config'
[xml]$doc = Get-Content $config
$node = $doc.configuration.connectionStrings.add | Where-Object name -eq 'Shop'
$node.connectionString = 'Server=tcp:db.example.internal,1433;Database=Shop;User ID=shop;Password=${made.password()};Encrypt=True;TrustServerCertificate=False;'
$doc.Save($config)
</powershell>
`,
  ),
  good(
    "connection strings with integrated security",
    () => `<powershell>
@'
<configuration>
  <connectionStrings>
    <add name="Shop" connectionString="Server=db.example.internal;Database=Shop;Integrated Security=SSPI;Encrypt=True" providerName="System.Data.SqlClient" />
    <add name="Log" connectionString="Server=db.example.internal;Database=Log;Authentication=Active Directory Managed Identity;Persist Security Info=False" />
    <add name="Cache" connectionString="Data Source=C:\\data\\cache.db;Password=;Cache=Shared" />
  </connectionStrings>
  <appSettings><add key="PasswordResetUrl" value="https://sso.example.internal/reset" /><add key="TokenLifetime" value="900" /></appSettings>
</configuration>
'@ | Set-Content C:\\inetpub\\shop\\web.config
</powershell>
`,
  ),
  bad(
    "application setting as an XML attribute",
    (made) => `<powershell>
Set-Content C:\\inetpub\\api\\app.config @'
<configuration>
  <appSettings>
    <add key="Environment" value="Production" />
    <add key="PaymentApiKey" value="${made.token(40)}" />
  </appSettings>
</configuration>
'@
</powershell>
`,
  ),
  bad(
    "application settings with a nested key of a JWT",
    (made) => `<powershell>
$json = '{ "Jwt": { "Issuer": "https://api.example.internal", "Key": "${made.token(48)}", "ExpiryMinutes": 15 }, "AllowedHosts": "*" }'
[IO.File]::WriteAllText('C:\\inetpub\\api\\appsettings.Production.json', $json)
</powershell>
`,
  ),
  good(
    "application settings that bind to a vault",
    (made) => `<powershell>
@"
{
  "Jwt": { "Authority": "https://sso.example.internal", "Audience": "${made.uuid()}", "KeyId": "${made.digest().slice(0, 32)}" },
  "ConnectionStrings": { "Db": "Host=db.example.internal;Username=app;Ssl Mode=VerifyFull;Passfile=C:\\\\run\\\\pgpass" },
  "KeyVault": { "Name": "example-kv", "SecretPrefix": "api--" },
  "Identity": { "Password": { "RequiredLength": 14, "RequireDigit": true }, "Tokens": { "AuthenticatorIssuer": "api" } },
  "Smtp": { "User": "relay", "Pass": null }
}
"@ | Out-File -Encoding utf8 C:\\inetpub\\api\\appsettings.Production.json
</powershell>
`,
  ),
  bad(
    "EC2Launch task with an administrator password",
    (made) => `version: 1.1
tasks:
  - task: setAdminAccount
    inputs:
      name: Administrator
      password:
        type: static
        data: ${made.password(16)}
  - task: setHostName
    inputs:
      hostName: web-1
`,
  ),
  good(
    "EC2Launch tasks with a random password and a script",
    () => `version: 1.1
tasks:
  - task: setAdminAccount
    inputs:
      name: Administrator
      password:
        type: random
  - task: executeScript
    inputs:
      - frequency: once
        type: powershell
        runAs: admin
        content: |-
          $pw = (Get-SSMParameter -Name /web/svc -WithDecryption $true).Value
          Set-LocalUser -Name svc -Password (ConvertTo-SecureString $pw -AsPlainText -Force)
`,
  ),
  bad(
    "EC2Launch script with a domain join",
    (made) => `version: 1.1
tasks:
  - task: executeScript
    inputs:
      - frequency: once
        type: batch
        runAs: localSystem
        content: |-
          netdom join %COMPUTERNAME% /domain:example.internal /userd:EXAMPLE\\svc_join /passwordd:${made.password()} /reboot:10
`,
  ),
  bad(
    "new forest with a recovery password",
    (made) => `<powershell>
Install-WindowsFeature AD-Domain-Services -IncludeManagementTools
$pw = ConvertTo-SecureString "${made.phrase()}" -AsPlainText -Force
Install-ADDSForest -DomainName example.internal -SafeModeAdministratorPassword $pw -InstallDns -Force
</powershell>
`,
  ),
  bad(
    "IIS application pool identity with appcmd",
    (made) => `<script>
%windir%\\system32\\inetsrv\\appcmd.exe set apppool /apppool.name:Shop /processModel.identityType:SpecificUser /processModel.userName:EXAMPLE\\svc_shop /processModel.password:${made.password()}
</script>
`,
  ),
  good(
    "IIS application pool with a built-in identity",
    (made) => `<powershell>
Import-Module WebAdministration
Set-ItemProperty IIS:\\AppPools\\Shop -Name processModel.identityType -Value ApplicationPoolIdentity
Set-ItemProperty IIS:\\AppPools\\Shop -Name processModel.password -Value ''
Set-WebConfigurationProperty -Filter /system.webServer/security/authentication/basicAuthentication -Name enabled -Value $false -PSPath IIS:\\
(Get-WebBinding -Name Shop -Protocol https).AddSslCertificate('${made.digest("sha1").toUpperCase()}', 'My')
netsh http add sslcert ipport=0.0.0.0:443 certhash=${made.digest("sha1")} appid={${made.uuid()}}
</powershell>
`,
  ),
  bad(
    "certificate imported with certutil",
    (made) => `<script>
aws s3 cp s3://example-certs/site.pfx C:\\site.pfx
certutil -f -p ${made.weak()} -importpfx C:\\site.pfx NoExport
</script>
`,
  ),
  bad(
    "Import-PfxCertificate through a variable of another name",
    (made) => `<powershell>
$x = "${made.password(10)}"
$ss = $x | ConvertTo-SecureString -AsPlainText -Force
Import-PfxCertificate -FilePath C:\\certs\\site.pfx -CertStoreLocation Cert:\\LocalMachine\\My -Password $ss
</powershell>
`,
  ),
  bad(
    "keytab made with ktpass",
    (made) => `<script>
ktpass -out C:\\keytabs\\web.keytab -princ HTTP/web.example.internal@EXAMPLE.INTERNAL -mapUser svc_web -pass ${made.password()} -crypto AES256-SHA1 -ptype KRB5_NT_PRINCIPAL
</script>
`,
  ),
  bad(
    "AWS keys in the PowerShell store",
    (made) => `<powershell>
Import-Module AWSPowerShell
Set-AWSCredential -AccessKey ${made.awsKeyId()} -SecretKey ${made.awsSecret()} -StoreAs default
Initialize-AWSDefaultConfiguration -ProfileName default -Region eu-west-1
</powershell>
`,
  ),
  good(
    "AWS PowerShell with roles",
    (made) => `<powershell>
Set-AWSCredential -StoreAs default -RoleArn arn:aws:iam::${made.account()}:role/web -SourceProfile base
$creds = (Use-STSRole -RoleArn arn:aws:iam::${made.account()}:role/deploy -RoleSessionName boot).Credentials
Set-AWSCredential -AccessKey $creds.AccessKeyId -SecretKey $creds.SecretAccessKey -SessionToken $creds.SessionToken
Read-S3Object -BucketName example-win -Key agent/agent.msi -File C:\\agent.msi
Get-AWSCredential -ListProfileDetail; Clear-AWSCredential
</powershell>
`,
  ),
  bad(
    "chocolatey source with a password",
    (made) => `<powershell>
choco source add -n=internal -s="https://nexus.example.internal/repository/choco/" -u=reader -p="${made.password(14)}" --priority=1
choco install -y agent --source=internal
</powershell>
`,
  ),
  good(
    "chocolatey with package parameters and features",
    (made) => `<powershell>
choco feature enable -n=useRememberedArgumentsForUpgrades
choco install -y keepass password-safe tokei --params '"/InstallDir:C:\\tools /NoDesktopShortcut"'
choco install -y sql-server-express -ia "/SECURITYMODE=SQL /SAPWD=$env:SA_PASSWORD"
choco source add -n=internal -s="https://nexus.example.internal/repository/choco/" -u="$user" -p="$pass"
choco download agent --checksum ${made.digest()} --checksum-type sha256
</powershell>
`,
  ),
  bad(
    "JSON body built from a hash table",
    (made) => `<powershell>
$body = @{ grant_type = 'client_credentials'; client_id = '${made.uuid()}'; client_secret = '${made.symbols(40)}'; scope = 'api' }
$token = (Invoke-RestMethod https://sso.example.internal/token -Method Post -Body $body).access_token
Invoke-RestMethod https://api.example.internal/config -Headers @{ Authorization = "Bearer $token" } -OutFile C:\\app\\config.json
</powershell>
`,
  ),
  good(
    "headers and bodies from variables",
    () => `<powershell>
$headers = @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '21600' }
$token = Invoke-RestMethod -Headers $headers -Method Put -Uri http://169.254.169.254/latest/api/token
$id = Invoke-RestMethod -Headers @{ 'X-aws-ec2-metadata-token' = $token } -Uri http://169.254.169.254/latest/meta-data/instance-id
$body = @{ instance = $id; client_secret = (Get-Content C:\\run\\client -Raw).Trim(); grant_type = 'client_credentials'; username = "$env:COMPUTERNAME$"; password = [Guid]::NewGuid().ToString() }
Invoke-RestMethod https://api.example.internal/register -Method Post -Body ($body | ConvertTo-Json) -Headers @{ Authorization = "Bearer $($env:API_TOKEN)" }
</powershell>
`,
  ),
  bad(
    "password decoded by .NET",
    (made) => `<powershell>
$pw = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${b64(made.phrase())}'))
net user Administrator $pw
</powershell>
`,
  ),
  good(
    "scripts decoded by .NET",
    () => `<powershell>
[IO.File]::WriteAllBytes('C:\\ops\\boot.ps1', [Convert]::FromBase64String('${b64("$p = Get-SECSecretValue -SecretId prod/web\nSet-Content C:\\run\\web.json $p.SecretString\n")}'))
Add-Type -AssemblyName System.Web
$generated = [System.Web.Security.Membership]::GeneratePassword(24, 6)
net user svc_app $generated /add
</powershell>
`,
  ),
  bad("script in UTF-16 with a byte order mark", (made) =>
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        `<powershell>\r\n$cred = Get-Credential svc\r\n$dbPassword = "${made.password()}"\r\nC:\\ops\\setup.ps1 -Db $dbPassword\r\n</powershell>\r\n`,
        "utf16le",
      ),
    ]).toString("base64"),
  ),
  good("script in UTF-16 that fetches its secret", () =>
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        "<powershell>\r\n$dbPassword = (Get-SECSecretValue -SecretId prod/db).SecretString\r\nC:\\ops\\setup.ps1 -Db $dbPassword\r\n</powershell>\r\n",
        "utf16le",
      ),
    ]).toString("base64"),
  ),
  bad(
    "PowerShell parameter with a default value",
    (made) => `<powershell>
function Set-Vnc {
  param(
    [int]$Port = 5900,
    [string]$VncPassword = '${made.weak()}'
  )
  Set-ItemProperty HKLM:\\SOFTWARE\\TightVNC\\Server -Name RfbPort -Value $Port
  & 'C:\\Program Files\\TightVNC\\tvnserver.exe' -controlservice -setpassword $VncPassword
}
Set-Vnc
</powershell>
`,
  ),
  good(
    "PowerShell parameters with types and no defaults",
    () => `<powershell>
function Set-AppService {
  param(
    [Parameter(Mandatory)][securestring]$Password,
    [string]$SecretId = 'prod/app/svc',
    [string]$TokenType = 'Bearer',
    [ValidateSet('Basic', 'Bearer')][string]$AuthScheme = 'Basic',
    [PSCredential]$Credential = [PSCredential]::Empty
  )
  Write-Verbose "Password for $SecretId has $($Password.Length) characters"
}
Set-AppService -Password (Get-SECSecretValue prod/app/svc).SecretString
</powershell>
`,
  ),
  bad(
    "commented PowerShell line with a password",
    (made) => `<powershell>
# $cred = New-Object PSCredential('svc', (ConvertTo-SecureString '${made.password()}' -AsPlainText -Force))
$cred = Get-SecretCredential -SecretId prod/svc
Start-Process C:\\app\\app.exe -Credential $cred
</powershell>
`,
  ),
  bad("Octopus tentacle in a Windows script with carriage returns", (made) =>
    crlf(`<powershell>
& "C:\\Program Files\\Octopus Deploy\\Tentacle\\Tentacle.exe" register-with --instance "Tentacle" --server "https://octopus.example.internal" \`
  --apiKey="API-${made.token(26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}" --role "web" --environment "Production" --comms-style TentacleActive --console
</powershell>
`),
  ),

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

  // Configuration formats

  bad(
    "INI with a colon and a comment behind the value",
    (made) => `#!/bin/bash
cat > /etc/odoo/odoo.conf <<'EOF'
[options]
db_host : db.example.internal
db_user : odoo
admin_passwd : ${made.password()} ; master password
addons_path : /opt/odoo/addons
EOF
`,
  ),
  good(
    "INI with comments, empty values and interpolation",
    () => `#!/bin/bash
cat > /etc/odoo/odoo.conf <<'EOF'
[options]
; admin_passwd = <set by ansible>
# db_password: see /run/secrets/db
db_password = %(DB_PASSWORD)s
smtp_password = False
list_db = False
proxy_mode = True
[auth]
password:
token =
method = token
EOF
`,
  ),
  bad(
    "TOML inline table",
    (made) => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/out.conf <<'TOML'
[[outputs.influxdb_v2]]
  urls = ["https://influx.example.internal:8086"]
  organization = "ops"
  bucket = "hosts"
  http_headers = { "X-Scope-OrgID" = "ops", "Authorization" = "Token ${made.base64url(64)}==" }
TOML
`,
  ),
  good(
    "TOML with references to a secret store",
    () => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/out.conf <<'TOML'
[[secretstores.os]]
  id = "keyring"
  collection = "telegraf"
[[outputs.influxdb_v2]]
  urls = ["https://influx.example.internal:8086"]
  token = "@{keyring:influx_token}"
  http_proxy_password = ""
[[inputs.http]]
  username = "telegraf"
  password = "$HTTP_PASSWORD"
  token_file = '/run/secrets/token'
TOML
`,
  ),
  bad(
    "YAML in flow style on one line",
    (made) => `#!/bin/bash
echo '{mqtt: {broker: mqtt.example.internal, port: 8883, username: gw, password: ${made.weak()}, client_id: gw-1}}' > /etc/gateway.yaml
`,
  ),
  bad(
    "YAML with an anchor and an alias",
    (made) => `#!/bin/bash
cat > /etc/app/database.yml <<'YAML'
default: &default
  adapter: postgresql
  host: db.example.internal
  username: app
  password: &pw "${made.symbols()}"
production:
  <<: *default
  database: app
replica:
  <<: *default
  password: *pw
YAML
`,
  ),
  good(
    "YAML with anchors, tags and nulls",
    () => `#!/bin/bash
cat > /etc/app/database.yml <<'YAML'
default: &default
  adapter: postgresql
  username: app
  password: <%= ENV["DB_PASSWORD"] %>
production:
  <<: *default
  passfile: /etc/app/pgpass
home_assistant:
  api_password: !secret http_password
  token: !env_var API_TOKEN
  mqtt_password: !include /run/secrets/mqtt
test:
  password: ~
  token: null
  secret: ""
YAML
`,
  ),
  bad("YAML block scalar that is folded", (made) => {
    const secret = made.token(60);
    return `#!/bin/bash
cat > /etc/app/license.yml <<'YAML'
app:
  name: reports
  api_token: >-
    ${secret}
  retries: 3
YAML
`;
  }),
  bad(
    "YAML list of names and values",
    (made) => `#!/bin/bash
cat > /etc/podman/app.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: quay.io/example/app:3
      env:
        - name: LOG_LEVEL
          value: info
        - name: MQTT_PASSWORD
          value: "${made.phrase()}"
YAML
podman kube play /etc/podman/app.yaml
`,
  ),
  good(
    "YAML list of names with innocent values",
    () => `#!/bin/bash
cat > /etc/podman/app.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: app }
spec:
  containers:
    - name: app
      image: quay.io/example/app:3
      env:
        - { name: MQTT_PASSWORD, valueFrom: { secretKeyRef: { name: mqtt, key: password } } }
        - { name: PASSWORD_FILE, value: /run/secrets/app }
        - { name: TOKEN_EXPIRY, value: 15m }
        - { name: SECRET_BACKEND, value: aws-secretsmanager }
        - { name: DISABLE_PASSWORD_LOGIN, value: "true" }
        - { name: API_KEY, value: "" }
        - { name: COOKIE_DOMAIN, value: app.example.internal }
YAML
`,
  ),
  bad(
    "JSON5 without quotes around keys",
    (made) => `#!/bin/bash
cat > /etc/janus/config.json5 <<'EOF'
{
  // media server
  general: { debug_level: 4, },
  admin: {
    enabled: true,
    secret: '${made.password(20)}', // for the admin API
  },
}
EOF
`,
  ),
  good(
    "JSON with comments, schemas and limits",
    (made) => `#!/bin/bash
cat > /etc/app/schema.json <<'EOF'
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "properties": {
    "password": { "type": "string", "minLength": 14, "description": "Password of the user" },
    "token": { "type": "string", "format": "uuid", "writeOnly": true },
    "secret": { "$ref": "#/$defs/secret" }
  },
  "required": ["password", "token"],
  "etag": "${made.digest("md5")}",
  "limits": { "tokens": 1000, "keys": 50 }
}
EOF
`,
  ),
  bad(
    "XML child elements of a messaging server",
    (made) => `#!/bin/bash
cat > /etc/clickhouse-server/users.d/app.xml <<'XML'
<clickhouse>
  <users>
    <app>
      <password>${made.weak()}</password>
      <networks><ip>10.0.0.0/8</ip></networks>
      <profile>default</profile>
    </app>
  </users>
</clickhouse>
XML
`,
  ),
  bad(
    "XML attributes of a Tomcat user",
    (made) => `#!/bin/bash
cat > /opt/tomcat/conf/tomcat-users.xml <<'XML'
<tomcat-users xmlns="http://tomcat.apache.org/xml">
  <role rolename="manager-gui"/>
  <user username="ops" password="${made.password(12)}" roles="manager-gui"/>
</tomcat-users>
XML
`,
  ),
  good(
    "XML with empty, referenced and described passwords",
    () => `#!/bin/bash
cat > /opt/tomcat/conf/Catalina/localhost/app.xml <<'XML'
<Context>
  <Resource name="jdbc/app" type="javax.sql.DataSource" username="app" password="\${db.password}" url="jdbc:postgresql://db.example.internal/app"/>
  <Parameter name="passwordPolicy" value="strong"/>
  <Parameter name="tokenHeader" value="X-Token"/>
  <!-- password="" means: ask the vault -->
  <CredentialHandler className="org.apache.catalina.realm.SecretKeyCredentialHandler" keyLength="256"/>
  <input type="password" name="password" placeholder="Password"/>
  <password encrypted="true" ref="vault:app/db"/>
</Context>
XML
`,
  ),
  bad(
    "property list with a key and a string",
    (made) => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <key>Label</key><string>com.example.agent</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>AGENT_HOST</key><string>hub.example.internal</string>
    <key>AGENT_TOKEN</key>
    <string>${made.token(36)}</string>
  </dict>
  <key>RunAtLoad</key><true/>
</dict>
</plist>
XML
launchctl load /Library/LaunchDaemons/com.example.agent.plist
`,
  ),
  good(
    "property list with paths and switches",
    () => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <key>Label</key><string>com.example.token-agent</string>
  <key>EnvironmentVariables</key>
  <dict>
    <key>AGENT_TOKEN_FILE</key><string>/var/run/agent.token</string>
    <key>PASSWORD</key><string></string>
  </dict>
  <key>KeepAlive</key><true/>
</dict>
</plist>
XML
sysadminctl -screenLock immediate -password - < /run/admin.pass
`,
  ),
  bad(
    "HOCON with substitution after a literal",
    (made) => `#!/bin/bash
cat > /opt/stream/application.conf <<'EOF'
slick.dbs.default {
  db {
    url = "jdbc:postgresql://db.example.internal/stream"
    user = stream
    password = "${made.password()}"
    password = \${?DB_PASSWORD}
  }
}
EOF
`,
  ),
  good(
    "HOCON with substitutions only",
    () => `#!/bin/bash
cat > /opt/stream/application.conf <<'EOF'
include "base.conf"
play.http.secret.key = \${PLAY_SECRET}
slick.dbs.default.db { user = stream, password = \${?DB_PASSWORD}, passwordFile = /run/secrets/db }
akka.remote.artery.ssl.config-ssl-engine { key-store = "/etc/pki/app.p12", key-store-password = \${KEYSTORE_PASSWORD}, protocol = "TLSv1.3" }
session { cookieName = "stream", maxAge = 1h }
EOF
`,
  ),
  bad(
    "dotenv with export, spaces and a hash",
    (made) => `#!/bin/bash
cat > /srv/app/.env <<'EOF'
# production
export NODE_ENV=production
export REDIS_URL='rediss://default:${made.password(24)}@cache.example.internal:6379/0'   # shared
PORT=3000
EOF
`,
  ),
  good(
    "dotenv with addresses without a password",
    () => `#!/bin/bash
cat > /srv/app/.env <<'EOF'
export REDIS_URL='rediss://cache.example.internal:6379/0'
DATABASE_URL=postgresql://app@db.example.internal:5432/app?sslmode=verify-full
AMQP_URL=amqps://\${MQ_USER}:\${MQ_PASSWORD}@mq.example.internal:5671/prod
SENTINELS=a.example.internal:26379,b.example.internal:26379
SMTP_URL="smtp://relay:$SMTP_PASSWORD@smtp.example.internal:587"
GIT_URL=ssh://git@git.example.internal:2222/ops/site.git
MAIL_FROM=ops@example.com
EOF
`,
  ),
  bad(
    "netrc on one line",
    (made) => `#!/bin/bash
echo 'machine repo.example.internal login fetch password ${made.phrase()}' >> /root/.netrc && chmod 600 /root/.netrc
wget -q https://repo.example.internal/agent.rpm
`,
  ),
  bad(
    "pgpass with an escaped colon",
    (made) => `#!/bin/bash
install -m 600 -o postgres /dev/stdin /var/lib/pgsql/.pgpass <<EOF
db.example.internal:5432:app:replicator:${made.weak()}\\:x
*:*:*:backup:
EOF
`,
  ),
  good(
    "password files that are filled at boot",
    () => `#!/bin/bash
PW=$(aws secretsmanager get-secret-value --secret-id db --query SecretString --output text | jq -r .password)
printf 'db.example.internal:5432:*:app:%s\\n' "$PW" > /var/lib/pgsql/.pgpass
cat > /root/.netrc <<EOF
machine repo.example.internal login fetch password $(cat /run/repo.pass)
EOF
printf 'machine %s\\nlogin %s\\npassword %s\\n' repo.example.internal "$U" "$P" > /home/app/.netrc
PGPASSFILE=/var/lib/pgsql/.pgpass psql -h db.example.internal -U app -w -c 'select 1'
`,
  ),
  bad(
    "Apache header and basic file",
    (made) => `#!/bin/bash
cat > /etc/httpd/conf.d/api.conf <<'EOF'
<Location /api>
  ProxyPass https://backend.example.internal/api
  RequestHeader set X-Backend-Secret "${made.token(32)}"
  AuthType Basic
  AuthUserFile /etc/httpd/users
  Require valid-user
</Location>
EOF
`,
  ),
  good(
    "Apache authentication by files and certificates",
    () => `#!/bin/bash
cat > /etc/httpd/conf.d/api.conf <<'EOF'
<Location /api>
  AuthType openid-connect
  AuthUserFile /etc/httpd/users
  RequestHeader set X-Forwarded-User expr=%{REMOTE_USER}
  RequestHeader unset Authorization
  SSLCertificateKeyFile /etc/pki/tls/private/site.key
  SSLPassPhraseDialog exec:/usr/local/bin/tls-pass
  LogFormat "%h %l %u \\"%r\\" token=%{token}n" api
  RewriteCond %{QUERY_STRING} (^|&)password= [NC]
  RewriteRule ^ - [F]
</Location>
EOF
`,
  ),
  bad(
    "nginx proxy that adds an authorisation",
    (made) => `#!/bin/bash
cat > /etc/nginx/conf.d/artifacts.conf <<'NGINX'
server {
  listen 127.0.0.1:8088;
  location / {
    proxy_pass https://artifacts.example.internal;
    proxy_set_header Host artifacts.example.internal;
    proxy_set_header Authorization "Basic ${b64(`cache:${made.password()}`)}";
  }
}
NGINX
`,
  ),
  good(
    "nginx authorisation that is passed on or removed",
    () => `#!/bin/bash
cat > /etc/nginx/conf.d/artifacts.conf <<'NGINX'
server {
  listen 443 ssl;
  ssl_certificate /etc/pki/site.crt;
  ssl_certificate_key /etc/pki/site.key;
  ssl_password_file /run/secrets/tls;
  auth_basic "Artifacts: password of the intranet";
  auth_basic_user_file /etc/nginx/users;
  location / { proxy_set_header Authorization $http_authorization; proxy_set_header X-Api-Key ""; proxy_hide_header X-Token; }
  location /secret/ { internal; }
  if ($arg_token = "") { return 401; }
}
NGINX
`,
  ),
  bad(
    "htpasswd line with an apr1 hash",
    (made) => `#!/bin/bash
cat > /etc/nginx/users <<'EOF'
ops:$apr1$${made.digest().slice(0, 8)}$${made.token(22, CRYPT)}
EOF
chmod 640 /etc/nginx/users
`,
  ),
  bad(
    "bcrypt hash of a monitoring user",
    (made) => `#!/bin/bash
cat > /etc/prometheus/web.yml <<'YAML'
tls_server_config: { cert_file: /etc/pki/node.crt, key_file: /etc/pki/node.key }
basic_auth_users:
  scrape: $2b$12$${made.token(53, CRYPT)}
YAML
`,
  ),
  bad(
    "supervisord environment list",
    (made) => `#!/bin/bash
cat > /etc/supervisor/conf.d/worker.conf <<'EOF'
[program:worker]
command=/opt/worker/run
environment=HOME="/home/worker",QUEUE="mail",BROKER_PASSWORD="${made.password()}",LANG="C.UTF-8"
autostart=true
EOF
supervisorctl update
`,
  ),
  good(
    "supervisord with inherited variables and a socket",
    () => `#!/bin/bash
cat > /etc/supervisor/conf.d/worker.conf <<'EOF'
[unix_http_server]
file=/run/supervisor.sock
username=
password=
[program:worker]
command=/opt/worker/run --password-file /run/secrets/broker
environment=HOME="/home/worker",BROKER_PASSWORD="%(ENV_BROKER_PASSWORD)s",TOKEN_CACHE="/var/cache/tokens"
EOF
supervisorctl update
`,
  ),
  bad(
    "CSV of users for a loop",
    (made) => `#!/bin/bash
while IFS=, read -r name group pass; do
  useradd -m -G "$group" "$name"
  echo "$name:$pass" | chpasswd
done <<'CSV'
reporter,users,${made.weak()}
CSV
`,
  ),
  good(
    "list of users for a loop with generated passwords",
    (made) => `#!/bin/bash
while IFS=, read -r name group key; do
  useradd -m -G "$group" "$name"
  install -d -m 700 "/home/$name/.ssh" && echo "$key" > "/home/$name/.ssh/authorized_keys"
  echo "$name:$(openssl rand -base64 18)" | chpasswd
done <<'CSV'
reporter,users,${made.sshPublicKey()}
CSV
`,
  ),
  bad(
    "preseeded answers of packages",
    (made) => `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<EOF
mysql-community-server mysql-community-server/root-pass password ${made.password()}
mysql-community-server mysql-server/default-auth-override select Use Strong Password Encryption (RECOMMENDED)
EOF
apt-get install -y mysql-community-server
`,
  ),
  good(
    "preseeded answers without a password",
    () => `#!/bin/bash
export DEBIAN_FRONTEND=noninteractive
debconf-set-selections <<EOF
phpmyadmin phpmyadmin/dbconfig-install boolean true
phpmyadmin phpmyadmin/mysql/admin-pass password
phpmyadmin phpmyadmin/app-password-confirm password
krb5-config krb5-config/default_realm string EXAMPLE.INTERNAL
slapd slapd/password_mismatch note
slapd slapd/no_configuration boolean true
EOF
apt-get install -y phpmyadmin
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

  // Shell shapes

  bad(
    "function arguments by position",
    (made) => `#!/bin/bash
make_user() {
  local name=$1 pass=$2
  id "$name" &>/dev/null || useradd -m "$name"
  echo "$name:$pass" | chpasswd
}
make_user reports '${made.symbols(12)}'
`,
  ),
  bad(
    "array of settings joined later",
    (made) => `#!/bin/bash
opts=(
  "--host=db.example.internal"
  "--user=etl"
  "--password=${made.password()}"
  "--batch"
)
/opt/etl/run "\${opts[@]}" --once
`,
  ),
  good(
    "array of settings with references",
    () => `#!/bin/bash
opts=(
  "--host=db.example.internal"
  "--user=etl"
  "--password=$(< /run/secrets/etl)"
  "--password-file=/run/secrets/etl"
  --token "\${TOKEN}"
  --key "releases/app-1.2.tgz"
  --secret-id prod/etl
)
/opt/etl/run "\${opts[@]}" --once
`,
  ),
  bad(
    "lines added by sed",
    (made) => `#!/bin/bash
sed -i -e '/^\\[mail\\]/a smtp_user = relay\\nsmtp_pass = ${made.password(18)}' -e 's/^debug = .*/debug = false/' /etc/tracker/tracker.ini
`,
  ),
  good(
    "lines changed by sed to variables and paths",
    () => `#!/bin/bash
sed -i -e "s|^smtp_pass = .*|smtp_pass = $SMTP_PASS|" -e 's|^secret_file = .*|secret_file = /run/secrets/tracker|' /etc/tracker/tracker.ini
sed -i 's/^#\\?password_login .*/password_login off/; s/token_lifetime=.*/token_lifetime=900/' /etc/tracker/auth.ini
sed -E 's/(password|token)=[^& ]+/\\1=***/g' /var/log/tracker.log > /var/log/tracker.clean.log
perl -pi -e 's/\\{\\{PASSWORD\\}\\}/$ENV{PASSWORD}/' /etc/tracker/db.ini
`,
  ),
  bad(
    "yq and jq set a value",
    (made) => `#!/bin/bash
yq -i '.receivers.http.auth.password = "${made.symbols(16)}" | .receivers.http.port = 4318' /etc/collector/config.yaml
`,
  ),
  good(
    "yq and jq set values from the environment",
    () => `#!/bin/bash
yq -i '.receivers.http.auth.password = strenv(HTTP_PASSWORD) | .receivers.http.auth.type = "basic"' /etc/collector/config.yaml
jq --rawfile t /run/secrets/token '.token = ($t | rtrimstr("\\n")) | .token_type = "Bearer"' /etc/collector/c.json > /run/c.json
jq 'del(.password) | .secrets |= map_values("***")' /run/c.json > /run/c.public.json
crudini --set /etc/collector.ini auth password "$HTTP_PASSWORD"
`,
  ),
  bad(
    "crudini sets a value by position",
    (made) => `#!/bin/bash
crudini --set /etc/nova/nova.conf keystone_authtoken username nova
crudini --set /etc/nova/nova.conf keystone_authtoken password ${made.weak()}
`,
  ),
  bad(
    "ANSI quoting and line continuation",
    (made) => `#!/bin/bash
curl -fsS \\
  --request POST \\
  --header $'X-Auth-Key: ${made.hex(40)}' \\
  --header 'X-Auth-Email: ops@example.com' \\
  https://dns.example.com/v4/zones/purge
`,
  ),
  bad(
    "case branch that chooses a password",
    (made) => `#!/bin/bash
case "$(hostname)" in
  prod-*) SMTP_PASS=$(aws ssm get-parameter --name /smtp --with-decryption --query Parameter.Value --output text) ;;
  *) SMTP_PASS="${made.password(12)}" ;;
esac
echo "[smtp.example.internal]:587 relay:$SMTP_PASS" > /etc/postfix/sasl_passwd
postmap /etc/postfix/sasl_passwd
`,
  ),
  bad(
    "long script with one literal in the middle",
    (made) => `#!/bin/bash
set -euo pipefail
exec > >(tee -a /var/log/bootstrap.log) 2>&1

PASSWORD_MIN_LENGTH=14
TOKEN_TTL=900

log() { echo "[$(date -u +%FT%TZ)] $*"; }
retry() { for i in 1 2 3 4 5; do "$@" && return; sleep $((i * 2)); done; return 1; }

log "packages"
retry dnf install -y nginx jq cifs-utils chrony

log "storage"
if ! blkid /dev/nvme1n1; then mkfs.xfs -L data /dev/nvme1n1; fi
echo 'LABEL=data /data xfs defaults,nofail 0 2' >> /etc/fstab
mkdir -p /data && mount -a

log "tuning"
cat > /etc/sysctl.d/90-net.conf <<'EOF'
net.core.somaxconn = 4096
net.ipv4.tcp_tw_reuse = 1
EOF
sysctl --system > /dev/null

log "backup job"
cat > /etc/cron.daily/backup <<'EOF'
#!/bin/sh
tar -C /data -cz . | openssl enc -aes-256-cbc -pbkdf2 -pass pass:${made.phrase()} | aws s3 cp - "s3://example-backup/$(hostname)/$(date +%F).tgz.enc"
EOF
chmod 755 /etc/cron.daily/backup

log "monitoring"
for unit in nginx chronyd; do systemctl enable --now "$unit"; done
log "done"
`,
  ),
  good(
    "long script that handles many secrets well",
    (made) => `#!/bin/bash
set -euo pipefail
umask 077
exec > >(tee -a /var/log/bootstrap.log) 2>&1

readonly SECRET_PREFIX=/prod/web
readonly KMS_KEY=alias/web
readonly TOKEN_TTL=900

secret() { aws ssm get-parameter --name "$SECRET_PREFIX/$1" --with-decryption --query Parameter.Value --output text; }
log() { echo "[$(date -u +%FT%TZ)] $*"; }

log "fetching password"
DB_PASSWORD=$(secret db/password)
SESSION_KEY=$(secret session/key) || SESSION_KEY=$(openssl rand -hex 32)
install -d -m 700 /run/web
printf '%s' "$DB_PASSWORD" > /run/web/db.pass

log "tar -C /data | openssl enc -pass file:/run/web/db.pass"
tar -C /data -cz . | openssl enc -aes-256-cbc -pbkdf2 -pass file:/run/web/db.pass | aws s3 cp - s3://example-backup/data.tgz.enc --sse aws:kms --sse-kms-key-id "$KMS_KEY"

cat > /etc/web.conf <<EOF
db_password_file=/run/web/db.pass
session_key=$SESSION_KEY
token_ttl=$TOKEN_TTL
release=${made.digest("sha1")}
EOF
chpasswd <<< "svc:$(tr -dc A-Za-z0-9 < /dev/urandom | head -c 24)"
unset DB_PASSWORD SESSION_KEY
log "password: done, token: done"
`,
  ),
  good(
    "prose and messages about passwords",
    () => `#!/bin/bash
cat > /etc/motd <<'EOF'
Password logins are disabled. Your password: the one of the intranet.
Need a token? Ask ops: https://wiki.example.internal/tokens
Secret santa list is in /srv/santa. API key holders: see the wiki.
EOF
echo "Password: (hidden)"
echo "token: $(test -s /run/token && echo present || echo missing)"
logger -p auth.info "password for ops was rotated; secret version AWSCURRENT"
wall "passwd: all authentication tokens updated successfully."
`,
  ),

  // More forms, and more that is innocent

  good(
    "zypper and apk repositories without user information",
    () => `#cloud-config
zypper:
  repos:
    - { id: internal, name: Internal, baseurl: "https://rpm.example.internal/sle15/", gpgcheck: 1, gpgkey: "https://rpm.example.internal/key.asc" }
  config: { download.use_deltarpm: true, "repo.add.probe": false }
apk_repos:
  alpine_repo: { version: v3.20, community_enabled: true }
  local_repo_base_url: https://apk.example.internal/alpine
`,
  ),
  good(
    "mcollective and spacewalk without a secret",
    (made) => `#cloud-config
mcollective:
  conf:
    securityprovider: ssl
    plugin.ssl_client_private: /etc/mcollective/ssl/node.key
    public-cert: |
      ${indent(made.certificate(), 6)}
spacewalk:
  server: satellite.example.internal
  proxy: proxy.example.internal
  activation_key:
`,
  ),
  good(
    "landscape and Red Hat keys fetched by runcmd",
    () => `#cloud-config
packages: [landscape-client]
runcmd:
  - |
    KEY=$(aws ssm get-parameter --name /landscape/key --with-decryption --query Parameter.Value --output text)
    landscape-config --silent --account-name standalone --computer-title "$(hostname)" --registration-key "$KEY"
  - [sh, -c, 'subscription-manager register --org "$(cat /run/org)" --activationkey "$(cat /run/key)"']
  - echo "ops:$(openssl rand -base64 12)" | chpasswd
`,
  ),
  good(
    "Kairos node with a token file and a server hook",
    () => `#cloud-config
hostname: edge-{{ trunc 4 .MachineID }}
stages:
  boot:
    - name: token
      if: '[ ! -f /etc/rancher/k3s/token ]'
      commands:
        - aws ssm get-parameter --name /k3s/token --with-decryption --query Parameter.Value --output text > /etc/rancher/k3s/token
k3s-agent:
  enabled: true
  env: { K3S_URL: "https://10.0.0.9:6443", K3S_TOKEN_FILE: /etc/rancher/k3s/token }
`,
  ),
  good(
    "Check Point gateway with a fetched activation key",
    () => `#!/bin/bash
SIC=$(aws secretsmanager get-secret-value --secret-id cp/sic --query SecretString --output text)
clish -c 'set user admin shell /bin/bash' -s
clish -c 'set password-controls min-password-length 14' -s
config_system --config-string "hostname=gw-1&install_security_gw=true&ftw_sic_key=$SIC&domainname=example.internal"
`,
  ),
  bad(
    "Junos configuration with a root hash",
    (made) => `#junos-config
system {
    host-name vsrx-1;
    root-authentication {
        encrypted-password "${sha512crypt(made)}";
    }
    services { ssh { root-login deny; } }
}
`,
  ),
  good(
    "Junos configuration with keys",
    (made) => `#junos-config
system {
    host-name vsrx-1;
    root-authentication {
        ssh-ed25519 "${made.sshPublicKey()}";
    }
    login { password { minimum-length 14; format sha512; } retry-options { tries-before-disconnect 3; } }
    services { ssh { root-login deny; no-passwords; } }
}
`,
  ),
  bad(
    "RouterOS script",
    (made) => `/user set [find name=admin] password="${made.password(14)}"
/ip service disable telnet,ftp,www
/system identity set name=chr-1
`,
  ),
  bad(
    "kickstart root password",
    (made) => `#cloud-config
write_files:
  - path: /srv/pxe/ks.cfg
    content: |
      lang en_US.UTF-8
      rootpw --plaintext ${made.weak()}
      user --name=ops --lock --groups=wheel
      authselect select sssd
`,
  ),
  good(
    "kickstart without passwords",
    (made) => `#cloud-config
write_files:
  - path: /srv/pxe/ks.cfg
    content: |
      lang en_US.UTF-8
      rootpw --lock
      user --name=ops --lock --groups=wheel
      sshkey --username=ops "${made.sshPublicKey()}"
      authselect select minimal with-faillock
      pwpolicy root --minlen=14 --minquality=1 --notstrict --nochanges --notempty
`,
  ),
  bad(
    "installer answers with a crypted password",
    (made) => `#!/bin/bash
cat > /srv/pxe/preseed.cfg <<'EOF'
d-i passwd/root-login boolean false
d-i passwd/username string ops
d-i passwd/user-password-crypted password ${sha512crypt(made)}
d-i user-setup/allow-password-weak boolean false
EOF
`,
  ),
  bad(
    "MIME part that includes an address with a login",
    (made) => `Content-Type: multipart/mixed; boundary="==x=="
MIME-Version: 1.0

--==x==
Content-Type: text/x-include-url

https://boot:${made.password()}@config.example.internal/common.sh
--==x==
Content-Type: text/cloud-config

#cloud-config
timezone: UTC
--==x==--
`,
  ),
  good(
    "script in PowerShell on Linux",
    () => `#!/usr/bin/pwsh
$ErrorActionPreference = 'Stop'
$secret = aws secretsmanager get-secret-value --secret-id prod/app --query SecretString --output text | ConvertFrom-Json
$env:DB_PASSWORD = $secret.password
Set-Content /run/app.env "DB_PASSWORD=$($secret.password)\`nTOKEN_TTL=900"
`,
  ),
  bad(
    "script in Perl",
    (made) => `#!/usr/bin/perl
use strict;
use Net::LDAP;
my %cfg = (host => 'ldap.example.internal', binddn => 'cn=sync,dc=example', bindpw => '${made.symbols()}');
my $ldap = Net::LDAP->new($cfg{host}) or die;
$ldap->bind($cfg{binddn}, password => $cfg{bindpw});
`,
  ),

  // Windows again

  bad(
    "EC2Launch settings with a chosen password",
    (made) => `<powershell>
$config = 'C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Config\\LaunchConfig.json'
@'
{ "setComputerName": false, "setWallpaper": true, "adminPasswordType": "Specify", "adminPassword": "${made.symbols(14)}" }
'@ | Set-Content $config
C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Scripts\\InitializeInstance.ps1 -Schedule
</powershell>
`,
  ),
  good(
    "EC2Launch settings with a random password",
    () => `<powershell>
$config = 'C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Config\\LaunchConfig.json'
@'
{ "setComputerName": false, "setWallpaper": true, "adminPasswordType": "Random", "adminPassword": "", "handleUserData": true }
'@ | Set-Content $config
C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Scripts\\InitializeInstance.ps1 -Schedule
</powershell>
`,
  ),
  good(
    "LAPS commands",
    () => `<powershell>
Update-LapsADSchema -Confirm:$false
Set-LapsADComputerSelfPermission -Identity 'OU=Servers,DC=example,DC=internal'
Reset-LapsPassword
Set-LapsADPasswordExpirationTime -Identity $env:COMPUTERNAME
New-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\LAPS' -Name PasswordAgeDays -Value 30 -Force
Get-LocalUser | Where-Object { $_.PasswordLastSet -lt (Get-Date).AddDays(-90) } | Disable-LocalUser
</powershell>
`,
  ),
  good(
    "security template with a password policy",
    () => `<powershell>
@'
[Unicode]
Unicode=yes
[System Access]
MinimumPasswordLength = 14
PasswordComplexity = 1
ClearTextPassword = 0
NewAdministratorName = "opsadmin"
[Registry Values]
MACHINE\\System\\CurrentControlSet\\Control\\Lsa\\LimitBlankPasswordUse=4,1
'@ | Set-Content C:\\ops\\policy.inf
secedit /configure /db C:\\ops\\policy.sdb /cfg C:\\ops\\policy.inf /areas SECURITYPOLICY
</powershell>
`,
  ),
  good(
    "comment-based help of a function with a password",
    () => `<powershell>
<#
.SYNOPSIS
  Joins the domain.
.PARAMETER Password
  Password of the join account. Taken from Secrets Manager when it is not given.
.EXAMPLE
  Join-Domain -User svc_join -Password $pw
#>
function Join-Domain([string]$User, [securestring]$Password) {
  if (-not $Password) { throw 'Password: missing' }
  Add-Computer -DomainName example.internal -Credential ([pscredential]::new($User, $Password))
}
$cred = Import-Clixml C:\\ops\\join.xml
Join-Domain $cred.UserName $cred.Password
</powershell>
`,
  ),
  good(
    "PowerShell that masks and checks",
    () => `<powershell>
$line = Get-Content C:\\app\\app.config -Raw
$line -replace 'Password=[^;"]*', 'Password=***' | Set-Content C:\\logs\\app.config
if ($line -match 'pwd=(?<value>[^;]+)') { Write-Warning "app.config holds a password of $($Matches.value.Length) characters" }
Select-String -Path C:\\app\\*.config -Pattern 'secret|token|apikey' -List | Select-Object Path
$cs = "Server=db.example.internal;User Id=app;Password=$pw;Encrypt=True"
$builder = [System.Data.SqlClient.SqlConnectionStringBuilder]::new(); $builder['Password'] = $env:DB_PASSWORD
</powershell>
`,
  ),
  good(
    "secure string protected by the machine",
    (made) => `<powershell>
# made on this image with ConvertFrom-SecureString, only this account on this image can read it
$enc = '01000000d08c9ddf0115d1118c7a00c04fc297eb01000000${made.digest("sha512")}${made.digest("sha512")}'
$secure = ConvertTo-SecureString $enc
$cred = New-Object PSCredential 'svc_app', $secure
</powershell>
`,
  ),
  bad(
    "secure string beside its key",
    (made) => `<powershell>
[byte[]]$key = ([Text.Encoding]::UTF8.GetBytes('${made.token(32)}'))
$secure = ConvertTo-SecureString '76492d1116743f0423413b16050a5345MgB8${ciphertext(made, 2).replaceAll("=", "")}' -Key $key
Set-LocalUser -Name Administrator -Password $secure
</powershell>
`,
  ),
  good(
    "remote management without basic authentication",
    (made) => `<powershell>
winrm set winrm/config/service/auth '@{Basic="false";Kerberos="true";Certificate="true"}'
winrm set winrm/config/service '@{AllowUnencrypted="false"}'
New-Item WSMan:\\localhost\\Listener -Transport HTTPS -Address * -CertificateThumbPrint ${made.digest("sha1").toUpperCase()} -Force
winrm set winrm/config/winrs '@{MaxMemoryPerShellMB="1024"}'
</powershell>
`,
  ),
  good(
    "machine key that the server makes",
    () => `<powershell>
$cfg = 'C:\\inetpub\\portal\\web.config'
(Get-Content $cfg) -replace '<system.web>', '<system.web><machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="AutoGenerate,IsolateApps" validation="HMACSHA256" decryption="AES"/><authentication mode="Windows"/>' | Set-Content $cfg
</powershell>
`,
  ),
  good(
    "batch file about keys, tokens and passes",
    () => `<script>
@echo off
set PASS=0
set FAIL=0
for /f "tokens=1,2 delims==" %%a in (C:\\ops\\tests.txt) do (call :run %%a && set /a PASS+=1 || set /a FAIL+=1)
echo PASS=%PASS% FAIL=%FAIL%
reg query "HKLM\\SOFTWARE\\Example" /v InstallKey
cscript //nologo C:\\Windows\\System32\\slmgr.vbs /skms kms.example.internal:1688
bcdedit /set {current} testsigning off
</script>
`,
  ),
  bad(
    "RDP credential in a generic store",
    (made) => `<script>
cmdkey /generic:TERMSRV/jump.example.internal /user:EXAMPLE\\ops /pass:"${made.symbols(12).replaceAll("%", "-")}"
start mstsc /v:jump.example.internal
</script>
`,
  ),

  // Programs again

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
];
