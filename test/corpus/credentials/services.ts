import { bad, good, type Case } from "../corpus";

/** Services and schedules of the system. */
export const services: readonly Case[] = [
  // Services and schedules

  bad(
    "crontab with a token in the command",
    (made) => `#!/bin/bash
(crontab -l 2>/dev/null; echo '*/5 * * * * curl -s -H "X-Auth-Token: ${made.hex(32)}" https://api.example.com/heartbeat >/dev/null') | crontab -
`,
  ),
  bad(
    "variable at the top of a cron file",
    (made) => `#!/bin/bash
cat > /etc/cron.d/report <<'EOF'
MAILTO=ops@example.com
REPORT_DB_PASSWORD=${made.weak()}
15 6 * * 1 report /opt/report/run --weekly
EOF
`,
  ),
  bad(
    "drop-in of a systemd service",
    (made) => `#!/bin/bash
mkdir -p /etc/systemd/system/api.service.d
cat > /etc/systemd/system/api.service.d/override.conf <<'EOF'
[Service]
Environment=PORT=8080 "API_SIGNING_KEY=${made.token(44)}"
LimitNOFILE=65536
EOF
systemctl daemon-reload && systemctl restart api
`,
  ),
  bad(
    "ExecStart with a password option",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/sync.service <<'EOF'
[Unit]
Description=Sync
[Service]
User=sync
ExecStart=/opt/sync/bin/sync --server files.example.internal --user sync --password ${made.password()}
Restart=always
[Install]
WantedBy=multi-user.target
EOF
systemctl enable --now sync
`,
  ),
  bad(
    "environment of the service manager",
    (made) => `#!/bin/bash
systemctl set-environment QUEUE_PASSWORD=${made.password(12)}
systemctl start worker@{1..4}
`,
  ),
  bad(
    "credential set in a unit",
    (made) => `#!/bin/bash
cat > /etc/systemd/system/mailer.service.d/cred.conf <<'EOF'
[Service]
SetCredential=smtp.password:${made.password(14)}
EOF
`,
  ),
  bad(
    "literal encrypted by systemd-creds",
    (made) => `#!/bin/bash
echo -n '${made.password(18)}' | systemd-creds encrypt --name=db - /etc/credstore.encrypted/db.cred
`,
  ),
  bad(
    "environment of a Supervisor program",
    (made) => `#!/bin/bash
cat > /etc/supervisord.d/worker.ini <<'EOF'
[program:worker]
command=/srv/worker/venv/bin/celery -A app worker
environment=C_FORCE_ROOT="true",CELERY_RESULT_PASSWORD="${made.password()}"
autorestart=true
EOF
`,
  ),
  bad(
    "environment directory of runit",
    (made) => `#!/bin/bash
mkdir -p /etc/sv/api/env
echo ${made.token(40)} > /etc/sv/api/env/API_KEY
echo 8080 > /etc/sv/api/env/PORT
ln -s /etc/sv/api /etc/service/
`,
  ),
  bad(
    "process file of a Node process manager",
    (made) => `#!/bin/bash
cat > /srv/web/ecosystem.config.js <<'JS'
module.exports = { apps: [{ name: "web", script: "dist/main.js", instances: "max",
  env_production: { NODE_ENV: "production", JWT_SECRET: "${made.phrase()}" } }] };
JS
pm2 start /srv/web/ecosystem.config.js --env production
`,
  ),
  bad(
    "property list of a launch daemon",
    (made) => `#!/bin/bash
cat > /Library/LaunchDaemons/com.example.agent.plist <<'XML'
<plist version="1.0"><dict>
  <key>Label</key><string>com.example.agent</string>
  <key>ProgramArguments</key><array><string>/usr/local/bin/agent</string></array>
  <key>EnvironmentVariables</key><dict><key>AGENT_TOKEN</key><string>${made.token(40)}</string></dict>
</dict></plist>
XML
launchctl load -w /Library/LaunchDaemons/com.example.agent.plist
`,
  ),
  bad(
    "keys sent to a terminal session",
    (made) => `#!/bin/bash
tmux new-session -d -s vpn 'openconnect --user=svc-aws vpn.example.com'
sleep 2
# answer the password prompt
tmux send-keys -t vpn '${made.password(12)}' Enter
`,
  ),
  bad(
    "job for at with a literal",
    (made) => `#!/bin/bash
echo "API_PASSWORD=${made.password(12)} /opt/app/bin/late-start" | at now + 10 minutes
`,
  ),
  bad(
    "default file of a service with a quoted option string",
    (made) => `#!/bin/bash
cat > /etc/default/transmission-daemon <<'EOF'
OPTIONS="--config-dir /var/lib/transmission --auth --username ops --password ${made.weak()} --allowed 10.*"
EOF
`,
  ),
  bad(
    "boot hook that sets a hash",
    (made) => `#cloud-boothook
#!/bin/sh
cloud-init-per once root-pw sh -c "echo 'root:\\$6\\$${made.digest().slice(0, 16)}\\$${made.token(86)}' | chpasswd -e"
`,
  ),
  bad(
    "second part of a multipart message",
    (made) => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==BOUNDARY=="

--==BOUNDARY==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
package_update: true

--==BOUNDARY==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
nmcli con mod eth1 802-1x.eap peap 802-1x.identity host1 802-1x.phase2-auth mschapv2 802-1x.password '${made.password(14)}'
nmcli con up eth1

--==BOUNDARY==--
`,
  ),
  bad(
    "scheduled task with a run-as password",
    (made) => `<powershell>
schtasks /Create /TN "Nightly" /TR "C:\\ops\\nightly.cmd" /SC DAILY /ST 02:00 /RU EXAMPLE\\svc-night /RP ${made.password(16)} /F
</powershell>
`,
  ),
  bad(
    "network drive in a batch script",
    (made) => `<script>
net use Z: \\\\files.example.internal\\dist /user:EXAMPLE\\dist ${made.password(14)} /persistent:yes
robocopy Z:\\agent C:\\agent /E
</script>
`,
  ),
  good(
    "credentials of systemd by file",
    () => `#!/bin/bash
cat > /etc/systemd/system/api.service.d/cred.conf <<'EOF'
[Service]
LoadCredential=db.password:/run/secrets/db
LoadCredentialEncrypted=api.token:/etc/credstore.encrypted/api.cred
ImportCredential=smtp.*
Environment=DB_PASSWORD_FILE=%d/db.password
KeyringMode=private
EOF
systemd-creds encrypt --name=api.token /run/secrets/api /etc/credstore.encrypted/api.cred
`,
  ),
  good(
    "environment of a unit without values",
    () => `#!/bin/bash
cat > /etc/systemd/system/api.service <<'EOF'
[Service]
EnvironmentFile=-/run/api.env
PassEnvironment=API_TOKEN DB_PASSWORD
UnsetEnvironment=AWS_SECRET_ACCESS_KEY
Environment=SECRET_ID=prod/api TOKEN_TTL=3600 "KEY_FILE=/etc/api/tls.key"
ExecStart=/opt/api/bin/api --token-file /run/secrets/api --password-env DB_PASSWORD
PrivateTmp=yes
EOF
`,
  ),
  good(
    "unit that fetches before the start",
    () => `#!/bin/bash
cat > /etc/systemd/system/api.service.d/fetch.conf <<'EOF'
[Service]
RuntimeDirectory=api
ExecStartPre=/bin/sh -c 'umask 077; printf "DB_PASSWORD=%%s\\n" "$(aws ssm get-parameter --name /api/db --with-decryption --query Parameter.Value --output text)" > /run/api/env'
EnvironmentFile=-/run/api/env
EOF
systemctl daemon-reload
`,
  ),
  good(
    "environment of the manager from a command",
    () => `#!/bin/bash
systemctl set-environment QUEUE_PASSWORD="$(cat /run/secrets/queue)"
systemctl import-environment API_TOKEN
systemd-run --unit=once --setenv=TOKEN="$TOKEN" --property=Environment=MODE=once /opt/app/once
`,
  ),
  good(
    "cron jobs that rotate and check",
    () => `#!/bin/bash
cat > /etc/cron.d/rotation <<'EOF'
MAILTO=ops@example.com
0 3 * * 0 root /opt/bin/rotate-password --length 32 --secret-id prod/db >> /var/log/rotate-password.log 2>&1
*/30 * * * * root /opt/bin/refresh-token --audience api
15 6 * * * root /usr/bin/aws ssm get-parameter --name /app/token --with-decryption --query Parameter.Value --output text > /run/app.token
EOF
`,
  ),
  good(
    "Supervisor and runit read files",
    () => `#!/bin/bash
cat > /etc/supervisord.d/worker.ini <<'EOF'
[unix_http_server]
file=/run/supervisor.sock
[program:worker]
command=/bin/sh -c 'API_KEY="$(cat /run/secrets/api)" exec /srv/worker/run'
environment=QUEUE="default",API_KEY_FILE="/run/secrets/api",DB_PASSWORD="%(ENV_DB_PASSWORD)s"
EOF
mkdir -p /etc/sv/api/env && cp /run/secrets/api /etc/sv/api/env/API_KEY && echo 8080 > /etc/sv/api/env/PORT
`,
  ),
  good(
    "process file that reads the environment",
    () => `#!/bin/bash
cat > /srv/web/ecosystem.config.js <<'JS'
module.exports = { apps: [{ name: "web", script: "dist/main.js",
  env_production: { NODE_ENV: "production", JWT_SECRET: process.env.JWT_SECRET, PASSWORD_POLICY: "strict", TOKEN_HEADER: "x-access-token" } }] };
JS
`,
  ),
  good(
    "multipart message without a secret",
    () => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==BOUNDARY=="

--==BOUNDARY==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
ssh_pwauth: false
disable_root: true
chpasswd:
  expire: true
  users:
    - { name: ops, type: RANDOM }

--==BOUNDARY==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
nmcli con mod eth1 802-1x.eap tls 802-1x.identity host1 802-1x.private-key /etc/pki/host1.key 802-1x.private-key-password "$(cat /run/secrets/host1)"

--==BOUNDARY==--
`,
  ),
  good(
    "cloud-config with locked users",
    (made) => `#cloud-config
users:
  - name: ops
    lock_passwd: true
    passwd: "!"
    ssh_authorized_keys:
      - ${made.sshPublicKey()}
    sudo: "ALL=(ALL) NOPASSWD:ALL"
write_files:
  - path: /etc/ssh/sshd_config.d/10-keys.conf
    content: |
      PasswordAuthentication no
      AuthenticationMethods publickey
runcmd:
  - [sh, -c, 'printf "DB_PASSWORD=%s\\n" "$(aws ssm get-parameter --name /app/db --with-decryption --query Parameter.Value --output text)" > /run/app.env']
`,
  ),
  good(
    "scheduled task of a service account",
    () => `<powershell>
schtasks /Create /TN "Nightly" /TR "C:\\ops\\nightly.cmd" /SC DAILY /ST 02:00 /RU SYSTEM /RL HIGHEST /F
$password = (Get-SSMParameter -Name /win/night -WithDecryption $true).Value
schtasks /Create /TN "Report" /TR "C:\\ops\\report.cmd" /SC DAILY /ST 03:00 /RU EXAMPLE\\night /RP $password /F
secedit /configure /db C:\\windows\\security\\local.sdb /cfg C:\\ops\\policy.inf /areas SECURITYPOLICY
</powershell>
`,
  ),
  good(
    "network drive without a password",
    () => `<script>
net use Z: \\\\files.example.internal\\dist /persistent:yes
net accounts /minpwlen:14 /maxpwage:90 /lockoutthreshold:5
cmdkey /list
net user guest /active:no
set PASSWORD=%DB_PASSWORD%
</script>
`,
  ),
  good(
    "long hardening script about passwords and keys",
    (made) => `#!/bin/bash
# Baseline for all hosts. Section 5: access, authentication, authorisation.
set -euo pipefail
BASELINE=cis-2.1; BASELINE_SHA256=${made.digest()}
curl -fsSLo /opt/baseline.tgz "https://baseline.example.com/$BASELINE.tgz"
echo "$BASELINE_SHA256  /opt/baseline.tgz" | sha256sum -c -
# 5.2 SSH: keys only, no passwords
for kv in "PasswordAuthentication no" "PermitEmptyPasswords no" "PermitRootLogin no" "MaxAuthTries 4" "LoginGraceTime 60"; do
  key=\${kv%% *}; value=\${kv#* }
  sed -i -E "s|^#?\\s*$key .*|$key $value|" /etc/ssh/sshd_config
done
find /etc/ssh -name 'ssh_host_*_key' -exec chmod 600 {} +
find /etc/ssh -name 'ssh_host_*_key.pub' -exec chmod 644 {} +
# 5.3 passwords: length, history, lockout
authselect select sssd with-faillock with-pwhistory --force
sed -i -e 's/^# *deny =.*/deny = 5/' -e 's/^# *unlock_time =.*/unlock_time = 900/' /etc/security/faillock.conf
sed -i -e 's/^# *remember =.*/remember = 24/' /etc/security/pwhistory.conf
# 5.4 accounts
awk -F: '($2 == "") { print $1 " has no password"; system("passwd -l " $1) }' /etc/shadow
for user in $(awk -F: '$3 < 1000 && $1 != "root" { print $1 }' /etc/passwd); do usermod -L "$user"; done
# 5.5 root
usermod -g 0 root; passwd -l root
echo "baseline $BASELINE applied"
`,
  ),
  bad(
    "relay whose password a command prints",
    (made) => `#!/bin/bash
cat > /root/.msmtprc <<'M'
account relay
host smtp.example.internal
user alerts
passwordeval "echo ${made.weak()}"
M
`,
  ),
  good(
    "relay whose password a command fetches",
    () => `#!/bin/bash
cat > /root/.msmtprc <<'M'
account relay
host smtp.example.internal
user alerts
passwordeval "aws ssm get-parameter --name /smtp --with-decryption --query Parameter.Value --output text"
M
`,
  ),
  bad(
    "login file of a node, two lines",
    (made) => `#!/bin/bash
printf 'ops@example.com\\n${made.password()}\\n' > /root/.chainlink/.api
`,
  ),
];
