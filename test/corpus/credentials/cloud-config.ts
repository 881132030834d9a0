import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, CRYPT, folded, gz, indent, sha512crypt } from "../forms";

/** Users, files, package sources and agents in cloud-config. */
export const cloudConfig: readonly Case[] = [
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
  bad(
    "an account in a line that is commented out",
    (made) => `#cloud-config
packages: [jq]
# chpasswd: { list: ["root:${made.password(10)}"] }
ssh_pwauth: false
`,
  ),
  good(
    "accounts in a comment whose passwords are made at boot",
    () => `#cloud-config
packages: [jq]
# chpasswd: { list: ["root:RANDOM"] }
ssh_pwauth: false
`,
  ),
  bad(
    "value with an anchor",
    (made) => `#cloud-config
password: &initial ${made.weak()} # changed at first login
chpasswd: { expire: true }
`,
  ),
  bad(
    "alias in place of a value",
    (made) => `#cloud-config
x-initial: &initial ${made.weak()}
users:
  - name: ops
    plain_text_passwd: *initial
`,
  ),
  bad(
    "alias in a flow mapping",
    (made) => `#cloud-config
x-initial: &initial "${made.symbols()}"
chpasswd:
  users:
    - { name: ops, password: *initial }
`,
  ),
  good(
    "anchors of mappings, and aliases of what is no literal",
    () => `#cloud-config
x-random: &random RANDOM
users:
  - &base
    name: ops
    lock_passwd: true
  - <<: *base
    name: dev
chpasswd:
  list:
    - ops:RANDOM
  users:
    - { name: dev, password: *random }
    - name: qa
      password: RANDOM
      type: RANDOM
runcmd:
  - systemctl reload sshd && echo done
`,
  ),
];
