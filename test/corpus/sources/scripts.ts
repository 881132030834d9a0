import { b64, bad, good, type Case } from "../corpus";

/** Programs in other languages, and texts that are written and then run. */
export const scripts: readonly Case[] = [
  // Programs in other languages

  bad(
    "Python executes what it reads",
    () => `#!/usr/bin/env python3
import urllib.request

exec(urllib.request.urlopen("http://code.example.internal/boot.py").read())
`,
  ),
  good(
    "Python reads settings",
    () => `#!/usr/bin/env python3
import json
import urllib.request

settings = json.load(urllib.request.urlopen("http://code.example.internal/boot.json"))
with open("/etc/app/workers", "w") as out:
    out.write(str(int(settings["workers"])))
`,
  ),
  bad(
    "Python saves an archive and runs its content",
    () => `#!/usr/bin/python3
import subprocess
import tarfile
from urllib.request import urlretrieve

path, _ = urlretrieve("http://mirror.example.internal/svc.tgz", "/tmp/svc.tgz")
with tarfile.open(path) as archive:
    archive.extractall("/opt/svc")
subprocess.check_call(["/opt/svc/install", "--prefix", "/usr"])
`,
  ),
  good(
    "Python compares the digest first",
    (made) => `#!/usr/bin/python3
import hashlib
import subprocess
import sys
from urllib.request import urlopen

EXPECTED = "${made.digest()}"
data = urlopen("http://mirror.example.internal/svc.run").read()
if hashlib.sha256(data).hexdigest() != EXPECTED:
    sys.exit("digest of svc.run is wrong")
with open("/root/svc.run", "wb") as out:
    out.write(data)
subprocess.check_call(["sh", "/root/svc.run"])
`,
  ),
  bad(
    "Python calls curl and bash",
    () => `#!/usr/bin/env python3
import subprocess

script = subprocess.run(["curl", "-fsS", "http://seed.example.internal/join"], capture_output=True, check=True).stdout
subprocess.run(["bash", "-s"], input=script, check=True)
`,
  ),
  bad(
    "Python does not check the certificate",
    () => `#!/bin/bash
python3 - <<'PY'
import ssl, urllib.request, os
context = ssl._create_unverified_context()
code = urllib.request.urlopen("https://10.2.0.8/agent/setup", context=context).read()
open("/root/setup", "wb").write(code)
os.system("bash /root/setup")
PY
`,
  ),
  bad(
    "Ruby evaluates a page",
    () => `#!/usr/bin/env ruby
require "open-uri"
eval URI.open("http://recipes.example.internal/base.rb").read
`,
  ),
  bad(
    "Ruby writes a file and executes it",
    () => `#!/bin/bash
ruby -rnet/http -e 'File.write("/root/go.sh", Net::HTTP.get(URI("http://seed.example.internal/go.sh")))'
bash /root/go.sh
`,
  ),
  bad(
    "Perl stores a file and starts it",
    () => `#!/usr/bin/perl
use strict;
use LWP::Simple;
getstore("http://tools.example.org/watchd.pl", "/usr/local/sbin/watchd.pl");
system("perl", "/usr/local/sbin/watchd.pl", "--daemon");
`,
  ),
  good(
    "Perl posts the state of the machine",
    () => `#!/usr/bin/perl
use strict;
use LWP::UserAgent;
my $agent = LWP::UserAgent->new(timeout => 10);
my $answer = $agent->post("http://cmdb.example.internal/api/hosts", { host => \`hostname\`, state => "up" });
system("logger", "-t", "boot", "cmdb: " . $answer->code);
`,
  ),
  bad(
    "node downloads and starts a program",
    () => `#!/bin/bash
cat > /root/boot.js <<'JS'
const { execFileSync } = require("child_process");
const fs = require("fs");
const http = require("http");
http.get("http://seed.example.internal/agent", (res) => {
  const out = fs.createWriteStream("/root/agent", { mode: 0o755 });
  res.pipe(out).on("finish", () => { out.close(); execFileSync("/root/agent", ["--once"]); });
});
JS
node /root/boot.js
`,
  ),
  good(
    "node serves and asks its neighbours",
    () => `#!/bin/bash
cat > /srv/app/server.js <<'JS'
const http = require("http");
const PEERS = ["http://a.example.internal:3000", "http://b.example.internal:3000"];
http.createServer((req, res) => res.end("ok")).listen(3000);
setInterval(() => PEERS.forEach((peer) => http.get(\`\${peer}/ping\`, (res) => res.resume())), 5000);
JS
node /srv/app/server.js &
`,
  ),

  // Written, then run or scheduled

  bad(
    "a here document becomes a script of its own",
    () => `#!/bin/bash
cat > /usr/local/sbin/late-setup <<'SETUP'
#!/bin/bash
sleep 60
curl -s http://setup.example.internal/late | bash
SETUP
chmod 0750 /usr/local/sbin/late-setup
nohup /usr/local/sbin/late-setup > /var/log/late.log 2>&1 &
`,
  ),
  good(
    "a here document becomes a page of help",
    () => `#!/bin/bash
cat > /usr/share/doc/onboarding.txt <<'DOC'
To join a machine by hand:
  curl -s http://setup.example.internal/late | bash
DOC
chmod 0644 /usr/share/doc/onboarding.txt
`,
  ),
  bad(
    "a line for cron that pipes into a shell",
    () => `#!/bin/bash
echo '*/15 * * * * root curl -s http://ops.example.internal/tick | sh' > /etc/cron.d/tick
`,
  ),
  good(
    "a line for cron that reports",
    () => `#!/bin/bash
echo '*/15 * * * * root curl -fs -m 10 http://hc.example.internal/ping/node > /dev/null' > /etc/cron.d/tick
`,
  ),
  bad(
    "the crontab of a user grows by a line",
    () => `#!/bin/bash
(crontab -l 2>/dev/null; echo "@reboot wget -qO /tmp/r.sh http://ops.example.internal/r.sh && sh /tmp/r.sh") | crontab -
`,
  ),
  bad(
    "a unit downloads before it starts",
    () => `#!/bin/bash
cat > /etc/systemd/system/collector.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
ExecStartPre=/usr/bin/curl -sSfo /opt/collector http://dist.example.internal/collector
ExecStartPre=/usr/bin/chmod 0755 /opt/collector
ExecStart=/opt/collector --config /etc/collector.yml
Restart=always

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now collector
`,
  ),
  good(
    "a unit waits for a service before it starts",
    () => `#!/bin/bash
cat > /etc/systemd/system/collector.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
ExecStartPre=/bin/sh -c 'until curl -sf http://store.example.internal:9090/-/ready; do sleep 2; done'
ExecStart=/opt/collector --config /etc/collector.yml --remote http://store.example.internal:9090/api/v1/write
Restart=always

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now collector
`,
  ),
  bad(
    "a timer runs a download every day",
    () => `#!/bin/bash
cat > /etc/systemd/system/rules.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/bin/bash -c 'wget -qO- http://rules.example.internal/apply.sh | bash'
UNIT
cat > /etc/systemd/system/rules.timer <<'UNIT'
[Timer]
OnCalendar=daily
[Install]
WantedBy=timers.target
UNIT
systemctl enable --now rules.timer
`,
  ),
  bad(
    "systemd-run plans a download",
    () => `#!/bin/bash
systemd-run --on-active=5m /bin/sh -c 'curl -s http://ops.example.internal/post.sh | sh'
`,
  ),
  bad(
    "rc.local",
    () => `#!/bin/bash
cat >> /etc/rc.d/rc.local <<'RC'
curl -s http://10.3.3.3/boot/every | sh
RC
chmod +x /etc/rc.d/rc.local
`,
  ),
  bad(
    "the directory of login messages runs a program",
    () => `#!/bin/bash
curl -s http://ops.example.internal/motd/50-status -o /etc/update-motd.d/50-status
chmod 755 /etc/update-motd.d/50-status
`,
  ),
  good(
    "the message of the day is text",
    () => `#!/bin/bash
cat > /etc/motd <<'MOTD'
 This machine is managed. Runbook: http://wiki.example.internal/runbook
 Never run: curl http://anything | bash
MOTD
`,
  ),
  bad(
    "printf writes the script line by line",
    () => `#!/bin/sh
printf '%s\\n' '#!/bin/sh' 'set -e' 'wget -qO- http://get.example.org/edge | sh' > /root/edge.sh
sh /root/edge.sh
`,
  ),
  bad(
    "supervisor starts what was downloaded",
    () => `#!/bin/bash
wget -qO /opt/consumer.py http://code.example.internal/consumer.py
cat > /etc/supervisor/conf.d/consumer.conf <<'CONF'
[program:consumer]
command=/usr/bin/python3 /opt/consumer.py
autostart=true
CONF
supervisorctl reread && supervisorctl update
`,
  ),
  good(
    "supervisor starts a program of the image",
    () => `#!/bin/bash
cat > /etc/supervisor/conf.d/consumer.conf <<'CONF'
[program:consumer]
command=/opt/consumer/bin/consumer --broker http://broker.example.internal:8082 --schema http://schema.example.internal:8081
autostart=true
CONF
supervisorctl reread && supervisorctl update
`,
  ),
  bad(
    "logrotate runs a download",
    () => `#!/bin/bash
cat > /etc/logrotate.d/app <<'LR'
/var/log/app.log {
  daily
  postrotate
    curl -s http://ops.example.internal/rotate.sh | sh
  endscript
}
LR
`,
  ),
  good(
    "logrotate tells a service",
    () => `#!/bin/bash
cat > /etc/logrotate.d/app <<'LR'
/var/log/app.log {
  daily
  postrotate
    curl -s -X POST http://logs.example.internal/rotated -d host=$(hostname) > /dev/null
  endscript
}
LR
`,
  ),
  bad(
    "an init script over HTTP",
    () => `#!/bin/sh
wget -O /etc/init.d/gatewayd http://ftp.example.org/gatewayd.init
chmod +x /etc/init.d/gatewayd
update-rc.d gatewayd defaults
`,
  ),
  bad(
    "Python runs a line that it decodes",
    () => `#!/bin/bash
python3 -c "import base64, os; os.system(base64.b64decode('${b64("curl -s http://setup.example.net/stage.sh | sh")}').decode())"
`,
  ),
  good(
    "Python runs a line that it decodes, over HTTPS",
    () => `#!/bin/bash
python3 -c "import base64, os; os.system(base64.b64decode('${b64("curl -s https://setup.example.net/stage.sh | sh")}').decode())"
`,
  ),
  bad(
    "Node.js runs what a buffer decodes",
    () => `#!/bin/bash
node -e "require('child_process').execSync(Buffer.from('${b64("wget -qO- http://setup.example.net/stage.sh | sh")}', 'base64').toString())"
`,
  ),
  bad(
    "awk starts a download that is run",
    () => `#!/bin/bash
awk 'BEGIN { system("curl -s http://setup.example.net/stage.sh | sh") }'
`,
  ),
  good(
    "awk reads a number from a server",
    () => `#!/bin/bash
awk 'BEGIN { "curl -s http://metrics.example.internal/count" | getline n; print n }' > /var/lib/app/count
`,
  ),
  bad(
    "a unit fetches in one command what the next one runs",
    () => `#!/bin/bash
cat > /etc/systemd/system/pull.service <<'UNIT'
[Service]
Type=oneshot
Environment=SOURCE=http://setup.example.internal
ExecStartPre=/usr/bin/curl -fsSo /run/pull.sh \${SOURCE}/pull.sh
ExecStart=/bin/bash /run/pull.sh
UNIT
systemctl start pull
`,
  ),
  good(
    "a unit fetches data from an address in a variable",
    () => `#!/bin/bash
cat > /etc/systemd/system/pull.service <<'UNIT'
[Service]
Type=oneshot
Environment=SOURCE=http://setup.example.internal
ExecStartPre=/usr/bin/curl -fsSo /run/rates.json \${SOURCE}/rates.json
ExecStart=/opt/app/bin/rates /run/rates.json
UNIT
systemctl start pull
`,
  ),
];
