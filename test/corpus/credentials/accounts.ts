import { b64, bad, good, type Case } from "../corpus";
import { BASE32, HEX, inLines, pem, publicBytes } from "../forms";

/** Accounts of the machine and keys of SSH. */
export const accounts: readonly Case[] = [
  // Accounts

  bad("password twice on standard input of passwd", (made) => {
    const password = made.weak();
    return `#!/bin/bash
adduser --disabled-password --gecos "" support
echo -e "${password}\\n${password}" | passwd support
`;
  }),
  bad(
    "yes feeds passwd",
    (made) => `#!/bin/bash
yes '${made.password(12)}' | head -n 2 | passwd ubuntu
`,
  ),
  bad(
    "passwd --stdin with a default word",
    (made) => `#!/bin/bash
echo ${made.word()} | passwd --stdin centos
sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config && systemctl reload sshd
`,
  ),
  bad(
    "useradd with a SHA-512 crypt hash",
    (made) => `#!/bin/bash
useradd -m -p '$6$rounds=5000$${made.digest().slice(0, 16)}$${made.token(86)}' breakglass
`,
  ),
  bad(
    "usermod with a yescrypt hash",
    (made) => `#!/bin/bash
usermod -p '$y$j9T$${made.digest().slice(0, 22)}$${made.token(43)}' root
`,
  ),
  bad(
    "usermod with the hash of a literal",
    (made) => `#!/bin/bash
usermod --password "$(openssl passwd -6 '${made.password(12)}')" ec2-user
`,
  ),
  bad(
    "mkpasswd hashes a literal",
    (made) => `#!/bin/bash
HASH=$(mkpasswd -m sha-512 ${made.weak()})
useradd -m -p "$HASH" -s /bin/bash qa
`,
  ),
  bad(
    "Perl crypt of a literal",
    (made) => `#!/bin/bash
pass=$(perl -e 'print crypt($ARGV[0], "salt")' "${made.password(10)}")
useradd -m -p "$pass" tester
`,
  ),
  bad(
    "encrypted passwords for chpasswd",
    (made) => `#!/bin/bash
chpasswd -e <<'EOF'
root:$6$${made.digest().slice(0, 16)}$${made.token(86)}
EOF
`,
  ),
  bad(
    "newusers reads a document",
    (made) => `#!/bin/bash
newusers <<EOF
etl:${made.password(14)}:2001:2001:ETL user:/home/etl:/bin/bash
EOF
`,
  ),
  bad(
    "hash put into the shadow file by sed",
    (made) => `#!/bin/bash
sed -i 's|^root:[^:]*:|root:$1$${made.digest().slice(0, 8)}$${made.token(22)}:|' /etc/shadow
`,
  ),
  bad(
    "line appended to the shadow file",
    (made) => `#!/bin/bash
echo 'svc:x:1500:1500::/srv/svc:/bin/sh' >> /etc/passwd
echo 'svc:$5$${made.digest().slice(0, 16)}$${made.token(43)}:19800:0:99999:7:::' >> /etc/shadow
`,
  ),
  bad(
    "boot loader password as a PBKDF2 hash",
    (made) => `#!/bin/bash
cat >> /etc/grub.d/40_custom <<'EOF'
set superusers="root"
password_pbkdf2 root grub.pbkdf2.sha512.10000.${made.digest("sha512").toUpperCase()}.${made.token(128, HEX)}
EOF
grub2-mkconfig -o /boot/grub2/grub.cfg
`,
  ),
  bad(
    "boot loader password in clear text",
    (made) => `#!/bin/bash
printf '%s\\n' 'set superusers="boss"' 'password boss ${made.weak()}' >> /etc/grub.d/40_custom
update-grub
`,
  ),
  bad(
    "installer answers with a crypted root password",
    (made) => `#!/bin/bash
cat > /var/www/ks/guest.ks <<'EOF'
lang en_US.UTF-8
rootpw --iscrypted $6$${made.digest().slice(0, 16)}$${made.token(86)}
user --name=ops --groups=wheel
EOF
`,
  ),
  bad("Samba user from two lines", (made) => {
    const password = made.password(12);
    return `#!/bin/bash
useradd -M -s /sbin/nologin scanner
(echo '${password}'; echo '${password}') | smbpasswd -s -a scanner
`;
  }),
  bad(
    "VNC password file",
    (made) => `#!/bin/bash
mkdir -p /home/ubuntu/.vnc
echo "${made.token(8)}" | vncpasswd -f > /home/ubuntu/.vnc/passwd
chmod 600 /home/ubuntu/.vnc/passwd
`,
  ),
  bad(
    "x11vnc stores a password",
    (made) => `#!/bin/bash
x11vnc -storepasswd ${made.weak()} /etc/x11vnc.pass
x11vnc -display :0 -rfbauth /etc/x11vnc.pass -forever -bg
`,
  ),
  bad("expect answers passwd", (made) => {
    const password = made.password(12);
    return `#!/bin/bash
yum install -y expect
expect <<'EOF'
spawn passwd ec2-user
expect "New password:"
send "${password}\\r"
expect "Retype new password:"
send "${password}\\r"
expect eof
EOF
`;
  }),
  bad(
    "expect variable for an SSH login",
    (made) => `#!/bin/bash
cat > /usr/local/bin/switch-backup.exp <<'EOF'
#!/usr/bin/expect -f
set timeout 20
set pw {${made.symbols(12)}}
spawn ssh admin@switch1.example.internal "show running-config"
expect -nocase "password:"
send -- "$pw\\r"
expect eof
EOF
chmod 700 /usr/local/bin/switch-backup.exp
`,
  ),
  bad(
    "su gets the password from echo",
    (made) => `#!/bin/bash
echo '${made.weak()}' | su - postgres -c 'createdb app'
`,
  ),
  bad(
    "sudo reads the password from a here-string",
    (made) => `#!/bin/bash
sudo -S -u deploy /opt/deploy/run <<< '${made.password(14)}'
`,
  ),
  bad(
    "management controller on the command line",
    (made) => `#!/bin/bash
ipmitool -I lanplus -H 10.0.9.4 -U ADMIN -P ${made.password(12)} chassis power status
`,
  ),
  bad(
    "cluster nodes authenticated by pcs",
    (made) => `#!/bin/bash
yum install -y pcs pacemaker fence-agents-aws
systemctl enable --now pcsd
pcs host auth ha-1 ha-2 -u hacluster -p '${made.password()}'
pcs cluster setup web ha-1 ha-2 --start --enable
`,
  ),
  bad(
    "key of munge from base64",
    (made) => `#!/bin/bash
echo '${made.base64(128)}' | base64 -d > /etc/munge/munge.key
chown munge: /etc/munge/munge.key && chmod 400 /etc/munge/munge.key
systemctl restart munge slurmd
`,
  ),
  bad(
    "storage password of the Slurm database daemon",
    (made) => `#!/bin/bash
cat > /etc/slurm/slurmdbd.conf <<'EOF'
AuthType=auth/munge
DbdHost=localhost
StorageType=accounting_storage/mysql
StorageUser=slurm
StoragePass=${made.password()}
EOF
`,
  ),
  bad(
    "shared secret of a DRBD resource",
    (made) => `#!/bin/bash
cat > /etc/drbd.d/r0.res <<'EOF'
resource r0 {
  net { cram-hmac-alg sha1; shared-secret "${made.token(20)}"; }
  device /dev/drbd0;
  disk /dev/nvme1n1;
}
EOF
`,
  ),
  bad(
    "authentication key of corosync",
    (made) => `#!/bin/bash
base64 -d > /etc/corosync/authkey <<'KEY'
${made.base64(128)}
KEY
chmod 400 /etc/corosync/authkey
`,
  ),
  bad(
    "seed of the authenticator module",
    (made) => `#!/bin/bash
cat > /home/ops/.google_authenticator <<'EOF'
${made.token(26, BASE32)}
" RATE_LIMIT 3 30
" WINDOW_SIZE 3
" DISALLOW_REUSE
" TOTP_AUTH
EOF
chown ops: /home/ops/.google_authenticator && chmod 400 /home/ops/.google_authenticator
`,
  ),
  bad(
    "one-time code computed from a seed",
    (made) => `#!/bin/bash
CODE=$(oathtool --totp -b ${made.token(32, BASE32)})
curl -fsS -u "svc:$CODE" https://vpn.example.com/profile -o /etc/vpn/profile.ovpn
`,
  ),
  good(
    "ageing of passwords",
    () => `#!/bin/bash
sed -i -e 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS   90/' -e 's/^PASS_MIN_DAYS.*/PASS_MIN_DAYS   7/' -e 's/^PASS_WARN_AGE.*/PASS_WARN_AGE   14/' -e 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD YESCRYPT/' /etc/login.defs
useradd -D -f 30
chage --maxdays 90 --mindays 7 --inactive 30 ec2-user
passwd --maxdays 90 --warndays 14 ec2-user
`,
  ),
  good(
    "quality of passwords in PAM",
    () => `#!/bin/bash
cat > /etc/security/pwquality.conf <<'EOF'
minlen = 14
minclass = 4
maxrepeat = 3
dictcheck = 1
usercheck = 1
enforce_for_root
EOF
cat > /etc/pam.d/system-auth-local <<'EOF'
auth        required      pam_faillock.so preauth silent deny=5 unlock_time=900
password    requisite     pam_pwquality.so local_users_only retry=3
password    requisite     pam_pwhistory.so remember=24 use_authtok
password    sufficient    pam_unix.so yescrypt shadow use_authtok
password    required      pam_deny.so
EOF
`,
  ),
  good(
    "accounts without a usable password",
    () => `#!/bin/bash
useradd -r -s /sbin/nologin -p '!' collector
useradd -m -p '*' deploy
usermod -p '!!' ubuntu
passwd -d guest; passwd -l guest
passwd --expire ops
sed -i 's|^root:[^:]*:|root:*:|' /etc/shadow
echo 'app:!:19700:0:99999:7:::' >> /etc/shadow
`,
  ),
  good(
    "lines of the account databases",
    () => `#!/bin/bash
echo 'app:x:1501:1501:Application:/srv/app:/usr/sbin/nologin' >> /etc/passwd
echo 'app:x:1501:' >> /etc/group
sed -i -e 's/^passwd:.*/passwd:     sss files systemd/' -e 's/^shadow:.*/shadow:     files sss/' /etc/nsswitch.conf
pwck -r; grpck -r
`,
  ),
  good(
    "sudo without a password and its settings",
    () => `#!/bin/bash
cat > /etc/sudoers.d/90-ops <<'EOF'
%ops ALL=(ALL) NOPASSWD: ALL
deploy ALL=(root) NOPASSWD: /usr/bin/systemctl restart app
Defaults passwd_tries=3, passwd_timeout=1, timestamp_timeout=5
Defaults passprompt="[sudo] password for %p: "
Defaults env_delete+="API_TOKEN DB_PASSWORD"
EOF
visudo -cf /etc/sudoers.d/90-ops
sudo -n true
`,
  ),
  good(
    "chpasswd with a variable and with a file",
    () => `#!/bin/bash
aws ssm get-parameter --name /hosts/passwords --with-decryption --query Parameter.Value --output text > /run/passwords
chpasswd < /run/passwords
echo "root:$(openssl rand -base64 30)" | chpasswd
chpasswd -e <<< "ops:$(aws ssm get-parameter --name /hosts/ops-hash --with-decryption --query Parameter.Value --output text)"
`,
  ),
  good(
    "hash made from a fetched password",
    () => `#!/bin/bash
HASH=$(aws ssm get-parameter --name /hosts/root --with-decryption --query Parameter.Value --output text | openssl passwd -6 -stdin)
usermod -p "$HASH" root
useradd -m -p "$(mkpasswd -m sha-512 -s < /run/secrets/qa)" qa
`,
  ),
  good(
    "boot loader hash taken from a store",
    () => `#!/bin/bash
GRUB_HASH=$(aws ssm get-parameter --name /hosts/grub --query Parameter.Value --output text)
cat > /etc/grub.d/01_users <<EOF
#!/bin/sh -e
cat <<EOG
set superusers="root"
password_pbkdf2 root $GRUB_HASH
EOG
EOF
sed -i 's/^CLASS="/CLASS="--unrestricted /' /etc/grub.d/10_linux
`,
  ),
  good(
    "expect with a variable of its environment",
    () => `#!/bin/bash
NEW_PW=$(cat /run/secrets/appliance) expect <<'EOF'
set timeout 30
spawn ssh admin@10.0.4.7
expect -re {[Pp]assword:}
send -- "$env(NEW_PW)\\r"
expect "# "
send "show version\\r"
expect eof
EOF
`,
  ),
  good(
    "passwd answered with a variable",
    () => `#!/bin/bash
PW=$(pwgen -s 20 1)
printf '%s\\n%s\\n' "$PW" "$PW" | passwd support
(echo "$PW"; echo "$PW") | smbpasswd -s -a support
echo "$PW" | vncpasswd -f > /home/support/.vnc/passwd
`,
  ),
  good(
    "settings of sshd",
    () => `#!/bin/bash
cat > /etc/ssh/sshd_config.d/10-hardening.conf <<'EOF'
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitEmptyPasswords no
PermitRootLogin prohibit-password
PubkeyAuthentication yes
AuthorizedKeysCommand /opt/aws/bin/eic_run_authorized_keys %u %f
HostKey /etc/ssh/ssh_host_ed25519_key
RekeyLimit 1G 1h
KexAlgorithms curve25519-sha256
EOF
sshd -t && systemctl reload sshd
`,
  ),
  good(
    "public keys of people and hosts",
    (made) => `#!/bin/bash
cat >> /home/ec2-user/.ssh/authorized_keys <<'EOF'
${made.sshPublicKey()}
restrict,command="/usr/bin/rrsync -ro /srv" ${made.sshPublicKey()}
cert-authority,principals="ops" ${made.sshPublicKey()}
EOF
cat >> /etc/ssh/ssh_known_hosts <<'EOF'
@cert-authority *.example.internal ${made.sshPublicKey()}
|1|${publicBytes(made).slice(0, 27)}=|${publicBytes(made).slice(0, 27)}= ${made.sshPublicKey()}
EOF
`,
  ),
  good(
    "keys of SSH made at boot",
    () => `#!/bin/bash
rm -f /etc/ssh/ssh_host_*
ssh-keygen -A
sudo -u deploy ssh-keygen -q -t ed25519 -N '' -f /home/deploy/.ssh/id_ed25519
ssh-keygen -y -f /home/deploy/.ssh/id_ed25519
ssh-keyscan -t ed25519 git.example.com 2>/dev/null | ssh-keygen -lf -
sed -i 's/^#*PermitRootLogin.*/PermitRootLogin no/' /etc/ssh/sshd_config
`,
  ),
  good(
    "private key fetched into place",
    () => `#!/bin/bash
aws secretsmanager get-secret-value --secret-id deploy/key --query SecretString --output text > /root/.ssh/id_ed25519
chmod 600 /root/.ssh/id_ed25519
grep -q -- '${pem("OPENSSH PRIVATE KEY", "").split("\n", 1).join("")}' /root/.ssh/id_ed25519 || exit 1
eval "$(ssh-agent -s)" && ssh-add /root/.ssh/id_ed25519
`,
  ),
  good(
    "sshpass with a file and with a variable",
    () => `#!/bin/bash
sshpass -f /run/secrets/sftp sftp drop@sftp.example.com <<< 'put /srv/out/report.csv'
SSHPASS=$(cat /run/secrets/sftp) sshpass -e ssh drop@sftp.example.com true
sshpass -p "$SFTP_PW" scp /srv/out/a.csv drop@sftp.example.com:in/
`,
  ),
  good(
    "cluster authenticated with a fetched password",
    () => `#!/bin/bash
HA_PW=$(aws ssm get-parameter --name /ha/hacluster --with-decryption --query Parameter.Value --output text)
echo "hacluster:$HA_PW" | chpasswd
pcs host auth ha-1 ha-2 -u hacluster -p "$HA_PW"
corosync-keygen -l
pcs stonith create fence fence_aws region=eu-west-1 pcmk_host_map="ha-1:i-0a1b2c3d4e5f60718;ha-2:i-0f1e2d3c4b5a69788" power_timeout=240
`,
  ),
  good(
    "munge key made or copied",
    () => `#!/bin/bash
if [ "$(hostname -s)" = head ]; then
  dd if=/dev/urandom bs=1 count=1024 of=/etc/munge/munge.key
else
  aws ssm get-parameter --name /hpc/munge --with-decryption --query Parameter.Value --output text | base64 -d > /etc/munge/munge.key
fi
chmod 400 /etc/munge/munge.key
munge -n | unmunge
`,
  ),
  good(
    "watch rules of the audit system",
    () => `#!/bin/bash
cat > /etc/audit/rules.d/identity.rules <<'EOF'
-w /etc/shadow -p wa -k identity
-w /etc/passwd -p wa -k passwd_changes
-w /etc/ssh/sshd_config -p rwxa -k sshd
-a always,exit -F arch=b64 -S setuid -F key=privilege
-a always,exit -F path=/usr/bin/passwd -F perm=x -F auid>=1000 -k passwd_exec
EOF
augenrules --load
`,
  ),
  good(
    "filter against failed logins",
    () => `#!/bin/bash
cat > /etc/fail2ban/filter.d/app.conf <<'EOF'
[Definition]
failregex = ^.*Failed password for .* from <HOST> port \\d+ ssh2$
            ^.*invalid token .* client=<HOST>$
ignoreregex =
EOF
fail2ban-client set sshd bantime 3600
`,
  ),
  good(
    "profile that denies key files",
    () => `#!/bin/bash
cat > /etc/apparmor.d/usr.bin.app <<'EOF'
/usr/bin/app {
  #include <abstractions/base>
  #include <abstractions/openssl>
  deny /etc/shadow r,
  deny @{HOME}/.ssh/** rw,
  owner /run/secrets/* r,
  /etc/ssl/private/app.key r,
}
EOF
`,
  ),
  good(
    "desktop settings for passwords",
    () => `#!/bin/bash
printf '%s\\n' '[Seat:*]' 'greeter-hide-users=true' 'autologin-user=kiosk' 'allow-guest=false' > /etc/lightdm/lightdm.conf.d/50-kiosk.conf
gsettings set org.gnome.desktop.lockdown disable-lock-screen true
printf '[Security]\\nAllowRootLogin=false\\nMaxLoginRetry=4\\nTerminalServerUsers=tsusers\\n' > /etc/xrdp/sesman-local.ini
x11vnc -display :0 -rfbauth /etc/x11vnc.pass -forever -bg
`,
  ),

  // Keys of SSH

  bad(
    "OpenSSH private key in a document",
    (made) => `#!/bin/bash
mkdir -p -m 700 /home/deploy/.ssh
cat > /home/deploy/.ssh/id_ed25519 <<'EOF'
${pem("OPENSSH PRIVATE KEY", inLines(b64("openssh-key-v1\0\0\0\0\u0004none\0\0\0\u0004none\0\0\0\0\0\0\0\u0001") + made.base64(180), 70))}
EOF
chmod 600 /home/deploy/.ssh/id_ed25519 && chown -R deploy: /home/deploy/.ssh
ssh-keyscan git.example.com >> /home/deploy/.ssh/known_hosts
`,
  ),
  bad(
    "host key in cloud-config",
    (made) => `#cloud-config
ssh_deletekeys: false
ssh_keys:
  ecdsa_private: |
    ${made.privateKey("ec", "sec1").replaceAll("\n", "\n    ")}
package_update: true
`,
  ),
  bad(
    "private key echoed with escapes",
    (made) => `#!/bin/bash
echo -e "${made.privateKey("ed25519").replaceAll("\n", "\\n")}" > /root/.ssh/backup_key
chmod 600 /root/.ssh/backup_key
rsync -e 'ssh -i /root/.ssh/backup_key' -a /srv/ backup@vault.example.internal:srv/
`,
  ),
  bad(
    "private key in a base64 variable",
    (made) => `#!/bin/bash
DEPLOY_KEY_B64="${b64(`${made.privateKey("ec")}\n`)}"
echo "$DEPLOY_KEY_B64" | base64 --decode > /root/.ssh/deploy
chmod 600 /root/.ssh/deploy
`,
  ),
  bad(
    "private key handed to ssh-add",
    (made) => `#!/bin/bash
eval "$(ssh-agent -s)"
ssh-add - <<< "${made.privateKey("rsa", "pkcs1")}"
git clone git@git.example.com:ops/site.git /srv/site
`,
  ),
  bad(
    "sshpass with a joined password",
    (made) => `#!/bin/bash
sshpass -p${made.weak()} scp -o StrictHostKeyChecking=accept-new mirror@files.example.internal:/pub/app.tgz /tmp/
`,
  ),
  bad(
    "sshpass reads SSHPASS",
    (made) => `#!/bin/bash
export SSHPASS='${made.symbols(14)}'
sshpass -e sftp -oBatchMode=no -b - drop@sftp.example.com <<'CMDS'
cd in
put /srv/out/report.csv
CMDS
`,
  ),

  // Accounts and hardening

  good(
    "users of cloud-config with random passwords and keys",
    (made) => `#cloud-config
users:
  - name: operator
    groups: [adm, docker]
    lock_passwd: true
    hashed_passwd: "!"
    ssh_authorized_keys:
      - ${made.sshPublicKey()}
chpasswd:
  expire: true
  users:
    - { name: breakglass, type: RANDOM }
ssh_pwauth: false
`,
  ),
  good(
    "authorities and import of keys in cloud-config",
    (made) => `#cloud-config
ca_certs:
  trusted:
    - |
${made.certificate().replaceAll(/^/gm, "      ")}
ssh_import_id: [gh:example-ops]
ssh_genkeytypes: [ed25519]
ssh_deletekeys: true
no_ssh_fingerprints: false
ssh: { emit_keys_to_console: false }
`,
  ),
  good(
    "rules of a compliance scan",
    () => `#!/bin/bash
dnf install -y openscap-scanner scap-security-guide
oscap xccdf eval --remediate --profile cis_server_l1 \\
  --rule xccdf_org.ssgproject.content_rule_accounts_password_pam_minlen \\
  --rule xccdf_org.ssgproject.content_rule_no_empty_passwords \\
  --results /var/log/oscap.xml /usr/share/xml/scap/ssg/content/ssg-rhel9-ds.xml || true
`,
  ),
  good(
    "browser that keeps no logins",
    () => `#!/bin/bash
mkdir -p /etc/firefox/policies
cat > /etc/firefox/policies/policies.json <<'JSON'
{ "policies": { "PasswordManagerEnabled": false, "OfferToSaveLogins": false, "PrimaryPassword": false, "DisableMasterPasswordCreation": true, "DisableFormHistory": true } }
JSON
`,
  ),
  good(
    "accounts made with a star or a bang for the hash",
    () => `#!/bin/bash
useradd -m -p '!' -s /bin/bash deploy
usermod -p '*' backup
getent passwd deploy | cut -d: -f6
echo 'deploy ALL=(root) NOPASSWD: /bin/systemctl restart web' > /etc/sudoers.d/deploy
`,
  ),
  bad(
    "hash that Perl makes of a literal",
    (made) => `#!/bin/bash
useradd -m -p "$(perl -e 'print crypt("${made.weak()}", "sa")')" ops
`,
  ),
  bad(
    "hash that Python makes of a literal",
    (made) => `#!/bin/bash
usermod -p $(python3 -c "import crypt; print(crypt.crypt('${made.weak()}', crypt.mksalt()))") ops
`,
  ),
  good(
    "hash of a password that is not written here",
    () => `#!/bin/bash
usermod -p "$(perl -e 'print crypt($ENV{PW}, "sa")')" ops
usermod -p $(python3 -c "import crypt, os; print(crypt.crypt(os.environ['PW']))") ops
`,
  ),
];
