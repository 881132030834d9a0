import { b64, bad, good, type Case } from "../corpus";
import { BECH32, inLines, pem, publicBytes } from "../forms";

/** Encryption, file systems and backup. */
export const storage: readonly Case[] = [
  // Encryption

  bad(
    "pass phrase of a key given as an argument",
    (made) => `#!/bin/bash
aws s3 cp s3://example-certs/site.key.enc /tmp/site.key.enc
openssl rsa -in /tmp/site.key.enc -out /etc/ssl/private/site.key -passin pass:${made.weak()}
chmod 600 /etc/ssl/private/site.key
`,
  ),
  bad(
    "pass phrase on export of a PKCS 12 file",
    (made) => `#!/bin/bash
openssl pkcs12 -export -inkey /etc/ssl/private/site.key -in /etc/ssl/site.crt -out /etc/ssl/site.p12 -name site -passout pass:${made.password(12)}
`,
  ),
  bad(
    "raw key and vector for decryption",
    (made) => `#!/bin/bash
openssl enc -d -aes-256-cbc -K ${made.hex(64)} -iv ${made.digest("md5")} -in /opt/app/conf.bin -out /etc/app.conf
`,
  ),
  bad(
    "request signed with a literal key",
    (made) => `#!/bin/bash
SIG=$(printf '%s' "$(hostname):$(date +%s)" | openssl dgst -sha256 -hmac '${made.token(32)}' -binary | base64)
curl -s -H "X-Signature: $SIG" https://api.example.com/checkin
`,
  ),
  bad(
    "unattended key generation of GnuPG",
    (made) => `#!/bin/bash
gpg --batch --generate-key <<EOF
Key-Type: RSA
Key-Length: 4096
Name-Real: Backup
Name-Email: backup@example.com
Expire-Date: 2y
Passphrase: ${made.phrase()}
%commit
EOF
`,
  ),
  bad(
    "gpg with a pass phrase option",
    (made) => `#!/bin/bash
gpg --batch --yes --pinentry-mode loopback --passphrase '${made.phrase()}' -o /etc/app.env -d /opt/app.env.gpg
`,
  ),
  bad(
    "secret key block of GnuPG",
    (made) => `#!/bin/bash
gpg --batch --import <<'EOF'
${pem("PGP PRIVATE KEY BLOCK", `\n${inLines(made.base64(384), 64)}\n=${made.digest().slice(0, 4)}`)}
EOF
`,
  ),
  bad(
    "identity for sops in a variable",
    (made) => `#!/bin/bash
export SOPS_AGE_KEY=AGE-SECRET-KEY-1${made.token(58, BECH32)}
sops -d /opt/app/secrets.yaml > /run/app/secrets.yaml
`,
  ),
  bad(
    "vault password of Ansible by process substitution",
    (made) => `#!/bin/bash
cd /opt/site
ansible-playbook -i localhost, -c local --vault-password-file <(echo '${made.phrase()}') site.yml
`,
  ),
  bad(
    "volume key read from standard input",
    (made) => `#!/bin/bash
if ! cryptsetup isLuks /dev/nvme2n1; then
  printf '%s' '${made.password(24)}' | cryptsetup -q luksFormat --type luks2 --key-file - /dev/nvme2n1
fi
`,
  ),
  bad(
    "key file named in crypttab",
    (made) => `#!/bin/bash
mkdir -p -m 700 /etc/luks-keys
echo -n '${made.base64(48)}' > /etc/luks-keys/data
chmod 400 /etc/luks-keys/data
echo 'data /dev/nvme2n1 /etc/luks-keys/data luks,discard' >> /etc/crypttab
cryptdisks_start data
`,
  ),
  bad(
    "archive with a password",
    (made) => `#!/bin/bash
7z x -y -p${made.password(14)} /tmp/bundle.7z -o/opt/bundle
`,
  ),
  bad(
    "unzip with a password",
    (made) => `#!/bin/bash
unzip -o -P '${made.symbols(12)}' /tmp/fonts.zip -d /usr/share/fonts/vendor && fc-cache -f
`,
  ),
  bad(
    "encrypted directory opened by a helper command",
    (made) => `#!/bin/bash
gocryptfs -extpass "echo ${made.phrase()}" /srv/cipher /srv/plain
`,
  ),
  bad(
    "encrypted dataset of ZFS",
    (made) => `#!/bin/bash
echo "${made.weak()}" | zfs create -o encryption=on -o keyformat=passphrase -o keylocation=prompt tank/data
`,
  ),
  bad(
    "key pair protected by a literal",
    (made) => `#!/bin/bash
ssh-keygen -q -t ed25519 -f /home/deploy/.ssh/id_ed25519 -N '${made.weak()}' -C deploy@$(hostname)
`,
  ),
  bad(
    "certificate database with a key password",
    (made) => `#!/bin/bash
pk12util -i /tmp/site.p12 -d sql:/etc/pki/nssdb -W ${made.password(10)} -K "$(cat /etc/pki/nss.pin)"
`,
  ),
  bad(
    "DNS token for a certificate client",
    (made) => `#!/bin/bash
snap install --classic certbot
install -m 600 /dev/null /root/cloudflare.ini
echo "dns_cloudflare_api_token = ${made.token(40)}" > /root/cloudflare.ini
certbot certonly -n --agree-tos -m ops@example.com --dns-cloudflare --dns-cloudflare-credentials /root/cloudflare.ini -d app.example.com
`,
  ),
  bad(
    "external account binding of an ACME client",
    (made) => `#!/bin/bash
/root/.acme.sh/acme.sh --register-account --server zerossl --eab-kid ${made.digest().slice(0, 22)} --eab-hmac-key ${made.base64url(64)}
`,
  ),
  bad(
    "password of a signing key for images",
    (made) => `#!/bin/bash
COSIGN_PASSWORD=${made.password(18)} cosign sign --yes --key /etc/cosign/cosign.key registry.example.internal/app:1.4.2
`,
  ),
  bad(
    "symmetric key of git-crypt",
    (made) => `#!/bin/bash
cd /srv/infra
echo '${made.base64(148)}' | base64 -d > /root/git-crypt.key
git-crypt unlock /root/git-crypt.key
`,
  ),
  good(
    "pass phrases from files and descriptors",
    () => `#!/bin/bash
openssl rsa -in /tmp/site.key.enc -out /etc/ssl/private/site.key -passin file:/run/secrets/key-pass
KEY_PASS=$(cat /run/secrets/key-pass) openssl pkcs12 -in /tmp/site.p12 -nodes -passin env:KEY_PASS -out /tmp/site.pem
openssl enc -d -aes-256-cbc -pbkdf2 -pass fd:3 -in /tmp/a.enc -out /tmp/a 3< <(aws ssm get-parameter --name /enc/pass --with-decryption --query Parameter.Value --output text)
gpg --batch --pinentry-mode loopback --passphrase-file /run/secrets/gpg -d /opt/app.env.gpg > /run/app.env
gpg --batch --passphrase-fd 0 -d /opt/b.gpg < /run/secrets/gpg > /run/b
`,
  ),
  good(
    "certificates made at boot",
    () => `#!/bin/bash
openssl req -x509 -newkey rsa:2048 -nodes -keyout /etc/ssl/private/self.key -out /etc/ssl/certs/self.crt -days 365 -subj "/CN=$(hostname -f)"
openssl req -new -key /etc/ssl/private/self.key -subj /CN=web -passout pass: -out /tmp/web.csr
openssl dhparam -dsaparam -out /etc/ssl/dh.pem 2048
openssl x509 -in /etc/ssl/certs/self.crt -noout -fingerprint -sha256
`,
  ),
  good(
    "Diffie-Hellman parameters",
    (made) => `#!/bin/bash
cat > /etc/ssl/dhparam.pem <<'EOF'
${pem("DH PARAMETERS", inLines(`MIIBCAKCAQEA${[1, 2, 3, 4, 5, 6, 7].map(() => publicBytes(made).slice(0, 43)).join("")}`, 64))}
EOF
`,
  ),
  good(
    "certificate and request in a document",
    (made) => `#!/bin/bash
cat > /etc/pki/ca-trust/source/anchors/internal.pem <<'EOF'
${made.certificate()}
EOF
update-ca-trust
CA_B64=${b64(made.certificate())}
echo "$CA_B64" | base64 -d > /etc/app/ca.pem
`,
  ),
  good(
    "public keys of GnuPG and their fingerprints",
    (made) => `#!/bin/bash
FPR=${made.digest("sha1").toUpperCase()}
gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$FPR"
gpg --batch --import <<'EOF'
${pem("PGP PUBLIC KEY BLOCK", `\n${[1, 2, 3, 4].map(() => publicBytes(made)).join("\n")}\n=ab1c`)}
EOF
echo "$FPR:6:" | gpg --import-ownertrust
git config --global user.signingkey ${made.digest("sha1").slice(0, 16).toUpperCase()}
`,
  ),
  good(
    "key generation without protection",
    () => `#!/bin/bash
gpg --batch --generate-key <<'EOF'
%no-protection
Key-Type: EDDSA
Key-Curve: ed25519
Name-Real: Repo
Name-Email: repo@example.com
Expire-Date: 0
%commit
EOF
gpg --export --armor repo@example.com > /srv/repo/key.asc
`,
  ),
  good(
    "recipients of age and rules of sops",
    (made) => `#!/bin/bash
RECIPIENT=age1${made
      .digest()
      .slice(0, 58)
      .replaceAll(/[1bio]/g, "q")}
tar -cz /etc/app | age -r "$RECIPIENT" -o /srv/backup/app.tgz.age
cat > /opt/app/.sops.yaml <<EOF
creation_rules:
  - path_regex: secrets/.*
    kms: arn:aws:kms:eu-west-1:${made.account()}:alias/sops
    age: $RECIPIENT
    encrypted_regex: '^(data|password|token)$'
EOF
age-keygen -o /root/host.key 2> /root/host.pub
`,
  ),
  good(
    "vault password of Ansible from a script",
    () => `#!/bin/bash
cat > /opt/site/vault-pass.sh <<'EOF'
#!/bin/sh
aws ssm get-parameter --name /ansible/vault --with-decryption --query Parameter.Value --output text
EOF
chmod 700 /opt/site/vault-pass.sh
ansible-playbook -c local -i localhost, --vault-password-file /opt/site/vault-pass.sh /opt/site/site.yml
ANSIBLE_VAULT_PASSWORD_FILE=/opt/site/vault-pass.sh ansible-pull -U https://git.example.com/ops/site.git
`,
  ),
  good(
    "disks with random and fetched keys",
    (made) => `#!/bin/bash
echo 'swap /dev/nvme1n1p2 /dev/urandom swap,cipher=aes-xts-plain64,size=512' >> /etc/crypttab
echo 'data UUID=${made.uuid()} none luks,discard,tpm2-device=auto' >> /etc/crypttab
dd if=/dev/urandom of=/root/luks.key bs=64 count=1
cryptsetup -q luksFormat --key-file /root/luks.key /dev/nvme2n1
aws kms decrypt --ciphertext-blob fileb:///opt/data.key.enc --query Plaintext --output text | base64 -d | cryptsetup open --key-file - /dev/nvme3n1 data
`,
  ),
  good(
    "disk bound to a key server",
    (made) => `#!/bin/bash
clevis luks bind -y -k /run/secrets/luks -d /dev/nvme1n1p3 tang '{"url":"http://tang.example.internal","thp":"${publicBytes(made).slice(0, 43).replaceAll("+", "-").replaceAll("/", "_")}"}'
clevis luks list -d /dev/nvme1n1p3
`,
  ),
  good(
    "signatures checked with public keys",
    (made) => `#!/bin/bash
minisign -Vm /tmp/app.tgz -P RWQ${publicBytes(made)}${publicBytes(made).slice(0, 9)}
cosign verify --certificate-identity-regexp '^https://github.com/example/' --certificate-oidc-issuer https://token.actions.githubusercontent.com registry.example.internal/app:1.4.2
openssl dgst -sha256 -verify /etc/app/release.pub -signature /tmp/app.sig /tmp/app.tgz
signify-openbsd -V -p /etc/signify/app.pub -m /tmp/app.tgz
`,
  ),
  good(
    "checksums of downloads",
    (made) => `#!/bin/bash
set -e
curl -fsSLo /tmp/tool.tgz https://dl.example.com/tool-3.2.1.tgz
echo "${made.digest()}  /tmp/tool.tgz" | sha256sum -c -
echo "${made.digest("md5")} */tmp/tool.tgz" | md5sum --check
TOOL_SHA512=${made.digest("sha512")}
[ "$(sha512sum /tmp/tool.tgz | cut -d' ' -f1)" = "$TOOL_SHA512" ]
`,
  ),
  good(
    "integrity values of lock files",
    (made) => `#!/bin/bash
cat > /srv/app/package-lock.json <<'JSON'
{ "name": "app", "lockfileVersion": 3, "packages": { "node_modules/jsonwebtoken": { "version": "9.0.2", "integrity": "sha512-${publicBytes(made)}${publicBytes(made)}" }, "node_modules/js-tokens": { "version": "4.0.0", "integrity": "sha512-${publicBytes(made)}" } } }
JSON
cat > /srv/app/requirements.txt <<'EOF'
tokenizers==0.19.1 --hash=sha256:${made.digest()}
passlib==1.7.4 --hash=sha256:${made.digest()}
EOF
echo "golang.org/x/crypto v0.24.0 h1:${publicBytes(made)}" > /srv/app/go.sum
`,
  ),
  good(
    "certificate client with files",
    () => `#!/bin/bash
aws ssm get-parameter --name /dns/cloudflare.ini --with-decryption --query Parameter.Value --output text | install -m 600 /dev/stdin /run/cloudflare.ini
certbot certonly -n --agree-tos -m ops@example.com --dns-cloudflare --dns-cloudflare-credentials /run/cloudflare.ini -d app.example.com --key-type ecdsa --reuse-key
certbot certonly -n --dns-route53 -d api.example.com
`,
  ),
  good(
    "archives without a literal",
    () => `#!/bin/bash
7z x -y -p"$BUNDLE_PW" /tmp/bundle.7z -o/opt/bundle
unzip -o -P "$(cat /run/secrets/zip)" /tmp/fonts.zip -d /usr/share/fonts/vendor
tar -xpzf /tmp/app.tgz -C / --same-owner
cpio -idmp /srv/in < /tmp/list
gocryptfs -extpass "cat /run/secrets/gocryptfs" /srv/cipher /srv/plain
`,
  ),
  good(
    "encrypted dataset with a key file",
    () => `#!/bin/bash
dd if=/dev/urandom of=/root/zfs.key bs=32 count=1
zfs create -o encryption=aes-256-gcm -o keyformat=raw -o keylocation=file:///root/zfs.key tank/data
fscryptctl add_key /srv < /run/secrets/fscrypt.key
`,
  ),

  // File systems and backup

  bad(
    "credentials file of a CIFS mount",
    (made) => `#!/bin/bash
cat > /etc/samba/nas.cred <<EOF
username=media
password=${made.password(12)}
domain=EXAMPLE
EOF
chmod 600 /etc/samba/nas.cred
echo '//nas.example.internal/media /srv/media cifs credentials=/etc/samba/nas.cred,vers=3.1.1,_netdev 0 0' >> /etc/fstab
`,
  ),
  bad(
    "fstab line with a password",
    (made) => `#!/bin/bash
echo '//10.3.0.9/scans /mnt/scans cifs user=scan,pass=${made.weak()},uid=1000,_netdev 0 0' >> /etc/fstab
mount -a
`,
  ),
  bad(
    "secrets of davfs2",
    (made) => `#!/bin/bash
echo 'https://cloud.example.com/dav/ backup ${made.password()}' >> /etc/davfs2/secrets
chmod 600 /etc/davfs2/secrets
mount -t davfs https://cloud.example.com/dav/ /mnt/dav
`,
  ),
  bad(
    "password file of s3fs",
    (made) => `#!/bin/bash
echo '${made.awsKeyId()}:${made.awsSecret()}' > /etc/passwd-s3fs
chmod 640 /etc/passwd-s3fs
s3fs example-media /srv/media -o passwd_file=/etc/passwd-s3fs,allow_other
`,
  ),
  bad(
    "smbclient with a percent sign",
    (made) => `#!/bin/bash
smbclient //dc1.example.internal/deploy -U 'EXAMPLE\\installer%${made.password(12)}' -c 'get agent.rpm /tmp/agent.rpm'
`,
  ),
  bad(
    "CHAP of an iSCSI target",
    (made) => `#!/bin/bash
iscsiadm -m node -T iqn.2024-01.com.example:lun1 -o update -n node.session.auth.authmethod -v CHAP
iscsiadm -m node -T iqn.2024-01.com.example:lun1 -o update -n node.session.auth.username -v web
iscsiadm -m node -T iqn.2024-01.com.example:lun1 -o update -n node.session.auth.password -v ${made.password(14)}
iscsiadm -m node -T iqn.2024-01.com.example:lun1 --login
`,
  ),
  bad(
    "sshfs with the password on standard input",
    (made) => `#!/bin/bash
sshfs -o password_stdin,allow_other media@nas.example.internal:/media /srv/media <<< "${made.password(12)}"
`,
  ),
  bad(
    "options of a mount unit",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/srv-share.mount <<'EOF'
[Unit]
After=network-online.target
[Mount]
What=//nas.example.internal/share
Where=/srv/share
Type=cifs
Options=username=web,password=${made.password(14)},vers=3.0,ro
[Install]
WantedBy=multi-user.target
EOF
systemctl enable --now srv-share.mount
`,
  ),
  bad(
    "map of the automounter",
    (made) => `#!/bin/bash
echo 'scans -fstype=cifs,rw,username=scan,password=${made.weak()} ://nas.example.internal/scans' > /etc/auto.smb.scans
`,
  ),
  bad(
    "rclone crypt remote with an obscured password",
    (made) => `#!/bin/bash
cat >> /root/.config/rclone/rclone.conf <<'EOF'
[s3]
type = s3
provider = AWS
env_auth = true
[vault]
type = crypt
remote = s3:example-backup
password = ${made.base64url(34)}
EOF
`,
  ),
  bad(
    "rclone creates a WebDAV remote",
    (made) => `#!/bin/bash
rclone config create dav webdav url=https://cloud.example.com/dav vendor=nextcloud user=backup pass=${made.password(14)} --obscure
`,
  ),
  bad(
    "restic command that echoes the password",
    (made) => `#!/bin/bash
export RESTIC_REPOSITORY=s3:s3.amazonaws.com/example-restic
export RESTIC_PASSWORD_COMMAND="echo ${made.phrase()}"
restic backup /etc /srv --host "$(hostname)"
`,
  ),
  bad(
    "duplicity with PASSPHRASE",
    (made) => `#!/bin/bash
cat > /etc/cron.daily/duplicity <<'EOF'
#!/bin/sh
export PASSPHRASE='${made.password(20)}'
duplicity --full-if-older-than 30D /srv boto3+s3://example-backup/web
unset PASSPHRASE
EOF
chmod 700 /etc/cron.daily/duplicity
`,
  ),
  bad(
    "kopia repository",
    (made) => `#!/bin/bash
kopia repository connect s3 --bucket=example-kopia --region=eu-west-1 --password=${made.phrase()}
`,
  ),
  bad(
    "cipher pass phrase of pgBackRest",
    (made) => `#!/bin/bash
cat > /etc/pgbackrest.conf <<'EOF'
[global]
repo1-type=s3
repo1-s3-bucket=example-pg
repo1-s3-key-type=auto
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${made.base64(48)}
[main]
pg1-path=/data/pg
EOF
`,
  ),
  bad(
    "director of a Bacula file daemon",
    (made) => `#!/bin/bash
cat > /etc/bacula/bacula-fd.conf <<'EOF'
Director {
  Name = backup-dir
  Password = "${made.token(33)}"
}
FileDaemon { Name = web-fd; WorkingDirectory = /var/lib/bacula; }
EOF
`,
  ),
  bad(
    "secrets of the rsync daemon",
    (made) => `#!/bin/bash
echo 'mirror:${made.password(12)}' > /etc/rsyncd.secrets
chmod 600 /etc/rsyncd.secrets
cat > /etc/rsyncd.conf <<'EOF'
[pub]
path = /srv/pub
auth users = mirror
secrets file = /etc/rsyncd.secrets
EOF
`,
  ),
  bad(
    "rsync with RSYNC_PASSWORD",
    (made) => `#!/bin/bash
RSYNC_PASSWORD=${made.weak()} rsync -a rsync://mirror@files.example.internal/pub/ /srv/pub/
`,
  ),
  bad(
    "account of a B2 client",
    (made) => `#!/bin/bash
pip3 install b2
b2 authorize-account 00${made.digest().slice(0, 23)} K00${made.token(28)}
b2 sync /srv/backup b2://example-backup/web
`,
  ),
  bad(
    "ftp session in a document",
    (made) => `#!/bin/bash
ftp -inv files.example.com <<EOF
user upload ${made.password(10)}
binary
cd /in
put /srv/out/daily.csv daily.csv
bye
EOF
`,
  ),
  bad(
    "ncftpget with options",
    (made) => `#!/bin/bash
ncftpget -u mirror -p ${made.weak()} files.example.com /srv/in '/pub/*.csv'
`,
  ),
  bad(
    "ftp address with a user",
    (made) => `#!/bin/bash
curl -T /srv/out/daily.csv ftps://upload:${made.password(12)}@files.example.com/in/
`,
  ),
  bad(
    "virtual users of vsftpd",
    (made) => `#!/bin/bash
printf '%s\\n%s\\n' partner '${made.password(12)}' > /etc/vsftpd/login.txt
db_load -T -t hash -f /etc/vsftpd/login.txt /etc/vsftpd/login.db
rm /etc/vsftpd/login.txt
`,
  ),
  good(
    "mounts with a credentials file and with tickets",
    (made) => `#!/bin/bash
aws ssm get-parameter --name /nas/cred --with-decryption --query Parameter.Value --output text > /etc/samba/nas.cred && chmod 600 /etc/samba/nas.cred
cat >> /etc/fstab <<'EOF'
UUID=${made.uuid()} /data xfs defaults,nofail 0 2
//nas.example.internal/media /srv/media cifs credentials=/etc/samba/nas.cred,_netdev 0 0
//nas.example.internal/home /srv/home cifs sec=krb5,multiuser,cruid=root,_netdev 0 0
//nas.example.internal/pub /srv/pub cifs guest,ro,_netdev 0 0
fs-0a1b2c3d4e5f60718:/ /efs efs _netdev,tls,iam 0 0
EOF
mount -a
`,
  ),
  good(
    "mount options from variables",
    () => `#!/bin/bash
mount -t cifs //nas.example.internal/media /srv/media -o "username=$NAS_USER,password=$NAS_PW,vers=3.1.1"
PASSWD="$(cat /run/secrets/nas)" mount.cifs //nas.example.internal/in /srv/in -o user=svc
smbclient //nas.example.internal/in -A /run/secrets/smb.auth -c ls
smbclient -k //nas.example.internal/in -c ls
`,
  ),
  good(
    "s3fs and davfs without literals",
    () => `#!/bin/bash
echo 's3fs#example-media /srv/media fuse _netdev,allow_other,iam_role=auto,endpoint=eu-west-1 0 0' >> /etc/fstab
printf 'use_locks 0\\nask_auth 0\\nsecrets /run/secrets/davfs\\n' > /etc/davfs2/davfs2.conf
mount-s3 example-data /srv/data --allow-other --read-only
`,
  ),
  good(
    "iSCSI without CHAP",
    () => `#!/bin/bash
iscsiadm -m discovery -t st -p 10.4.0.8:3260
iscsiadm -m node -o update -n node.session.auth.authmethod -v None
iscsiadm -m node -o update -n node.session.timeo.replacement_timeout -v 120
iscsiadm -m node -p 10.4.0.8:3260 --login
`,
  ),
  good(
    "backup programs with commands for the password",
    () => `#!/bin/bash
export RESTIC_REPOSITORY=s3:s3.amazonaws.com/example-restic
export RESTIC_PASSWORD_COMMAND="aws ssm get-parameter --name /backup/restic --with-decryption --query Parameter.Value --output text"
export BORG_PASSCOMMAND='cat /run/secrets/borg' BORG_RELOCATED_REPO_ACCESS_IS_OK=yes BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=no
restic --password-file /run/secrets/restic snapshots --latest 1
KOPIA_PASSWORD="$(cat /run/secrets/kopia)" kopia repository connect s3 --bucket=example-kopia --region=eu-west-1
PASSPHRASE="$(cat /run/secrets/duplicity)" duplicity /srv boto3+s3://example-backup/web
`,
  ),
  good(
    "rclone with the role of the machine",
    () => `#!/bin/bash
cat > /root/.config/rclone/rclone.conf <<'EOF'
[s3]
type = s3
provider = AWS
env_auth = true
access_key_id =
secret_access_key =
region = eu-west-1
server_side_encryption = aws:kms
EOF
rclone config create dav webdav url=https://cloud.example.com/dav user=backup pass="$(rclone obscure "$(cat /run/secrets/dav)")"
RCLONE_CONFIG_PASS="$(cat /run/secrets/rclone)" rclone sync /srv s3:example-backup
`,
  ),
  good(
    "pgBackRest with automatic keys",
    () => `#!/bin/bash
cat > /etc/pgbackrest.conf <<'EOF'
[global]
repo1-type=s3
repo1-s3-bucket=example-pg
repo1-s3-key-type=auto
repo1-s3-kms-key-id=alias/pg-backup
repo1-cipher-type=none
repo1-retention-full=4
EOF
`,
  ),
  good(
    "rsync with a password file",
    () => `#!/bin/bash
rsync -a --password-file=/run/secrets/rsync rsync://mirror@files.example.internal/pub/ /srv/pub/
RSYNC_PASSWORD="$(< /run/secrets/rsync)" rsync -a rsync://mirror@files.example.internal/pub/ /srv/pub/
rsync -rptgo --partial -e 'ssh -p 2222 -i /root/.ssh/backup' /srv/ backup@vault.example.internal:srv/
`,
  ),
  good(
    "ftp client that reads its login",
    () => `#!/bin/bash
source /run/secrets/ftp.env
ftp -inv files.example.com <<EOF
user $FTP_USER $FTP_PASS
passive
put /srv/out/daily.csv daily.csv
bye
EOF
lftp -u "$FTP_USER,$FTP_PASS" -e 'set ftp:passive-mode true; ls; bye' ftps://files.example.com
`,
  ),
  good(
    "settings of vsftpd",
    () => `#!/bin/bash
cat > /etc/vsftpd/vsftpd.conf <<'EOF'
anonymous_enable=NO
local_enable=YES
pasv_min_port=30000
pasv_max_port=30100
pam_service_name=vsftpd
userlist_enable=YES
rsa_private_key_file=/etc/ssl/private/ftp.key
secure_email_list_enable=NO
EOF
`,
  ),
];
