import { gzipSync } from "node:zlib";
import { decode } from "../../../policies/userdata/decode";
import { oldMetadataUses, type OldMetadataUse } from "../../../policies/userdata/metadata-calls";
import { base64, userData } from "./harness";

const U = "http://169.254.169.254/latest/meta-data";
const TOK =
  'TOKEN=$(curl -sX PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300")';
const H = '-H "X-aws-ec2-metadata-token: $TOKEN"';

function sh(text: string): string {
  return `#!/bin/bash\n${text}\n`;
}

function ps(text: string): string {
  return `<powershell>\n${text}\n</powershell>\n`;
}

/** The line, behind the way to the part where it is not the whole user data. */
function shown(use: OldMetadataUse): string {
  const part = use.path.replace(/^userData(?: → )?/, "");
  const what = use.kind === "call" ? use.by : `${use.name} ${use.version} < ${use.minimum}`;
  return `${part === "" ? "" : `${part}: `}${String(use.line)} ${what}`;
}

function found(text: string): string[] {
  return oldMetadataUses(decode(userData(text))).map(shown);
}

type Row = readonly [title: string, text: string, expected: readonly string[]];

test.each<Row>([
  ["decimal", sh(`curl -s http://2852039166/latest/meta-data/instance-id > /x`), ["2 curl"]],
  ["in backquotes with backquotes in them", sh(`echo start\nX=\`\n  curl -s ${U}/\\\`echo ami-id\\\`\n\``), ["4 curl"]],
  [
    "source of a file",
    `#cloud-config\nwrite_files:\n  - path: /x\n    source:\n      uri: ${U}/ami-id\n`,
    ["5 cloud-init"],
  ],
  [
    "source of a file of Ignition",
    JSON.stringify({ ignition: { version: "3.4.0" }, storage: { files: [{ path: "/x", contents: { source: U } }] } }),
    ["1 Ignition"],
  ],
  ["hex", sh(`curl -s http://0xA9FEA9FE/latest/meta-data/instance-id > /x`), ["2 curl"]],
  ["octal", sh(`wget -qO- http://0251.0376.0251.0376/latest/meta-data/`), ["2 wget"]],
  ["mapped", sh(`curl -gs 'http://[::ffff:169.254.169.254]/latest/meta-data/' > /x`), ["2 curl"]],
  ["v6 long", sh(`curl -gs 'http://[fd00:ec2:0:0:0:0:0:254]/latest/meta-data/' > /x`), ["2 curl"]],
  ["v6 upper", sh(`curl -gs 'http://[FD00:EC2::254]/latest/meta-data/' > /x`), ["2 curl"]],
  [
    "v6 py",
    `#!/usr/bin/env python3\nimport urllib.request\nprint(urllib.request.urlopen("http://[fd00:ec2::254]/latest/meta-data/instance-id").read())\n`,
    ["3 a Python script"],
  ],
  [
    "instance-data region",
    sh(`curl -s http://instance-data.us-west-2.compute.internal/latest/meta-data/ > /x`),
    ["2 curl"],
  ],
  ["port", sh(`curl -s http://169.254.169.254:80/latest/meta-data/ > /x`), ["2 curl"]],
  ["double slash", sh(`curl -s http://169.254.169.254//latest//meta-data/ > /x`), ["2 curl"]],
  ["root", sh(`curl -s http://169.254.169.254/ > /versions`), ["2 curl"]],
  [
    "s3 key instance-data",
    sh(`aws s3 cp s3://instance-data/latest/x /x; curl -s https://instance-data.example.com/latest/x`),
    [],
  ],
  ["link local others", sh(`curl -s http://169.254.170.2/v2/credentials; chronyc add server 169.254.169.123`), []],
  ["openstack", sh(`curl -s http://169.254.169.254/openstack/latest/meta_data.json`), []],
  ["digitalocean", sh(`curl -s http://169.254.169.254/metadata/v1/id`), []],
  ["oracle", sh(`curl -s -H "Authorization: Bearer Oracle" http://169.254.169.254/opc/v2/instance/`), []],
  ["cmd in var", sh('MD="curl -s http://169.254.169.254/latest/meta-data/"\nID=`${MD}/instance-id`'), ["3 curl"]],
  ["curl var", sh(`CURL="curl -sf --retry 3"\nID=$($CURL ${U}/instance-id)`), ["3 curl"]],
  [
    "curl var with header",
    sh(`${TOK}\nCURL="curl -sf -H X-aws-ec2-metadata-token:$TOKEN"\nID=$($CURL ${U}/instance-id)`),
    [],
  ],
  ["opts var", sh(`OPTS="-s -f -m 5"\nID=$(curl $OPTS ${U}/instance-id)`), ["3 curl"]],
  [
    "readonly base",
    sh(`readonly MD=${U}\nfor k in instance-id ami-id; do curl -s "$MD/$k" > /run/$k; done`),
    ["3 curl"],
  ],
  ["while read <()", sh(`while read -r m; do echo $m; done < <(curl -s ${U}/network/interfaces/macs/)`), ["2 curl"]],
  ["pipe while", sh(`curl -s ${U}/ | while read k; do echo $k; done`), ["2 curl"]],
  ["case", sh(`case $(curl -s ${U}/instance-type) in t3*) echo small > /etc/size;; esac`), ["2 curl"]],
  ["test", sh(`if [[ $(curl -s ${U}/placement/region) == eu-* ]]; then echo eu > /etc/geo; fi`), ["2 curl"]],
  [
    "assign local",
    sh(`main() { local id; id=$(curl -fsS ${U}/instance-id) || return 1; echo "$id" > /x; }\nmain`),
    ["2 curl"],
  ],
  ["declare", sh(`declare -r ID="$(curl -s ${U}/instance-id)"\necho $ID > /x`), ["2 curl"]],
  ["heredoc sub", sh(`cat > /etc/app.conf <<EOF\nhost=$(curl -s ${U}/local-ipv4)\nEOF`), ["3 curl"]],
  ["motd sub", sh(`cat > /etc/motd <<EOF\nid $(curl -s ${U}/instance-id)\nEOF`), ["3 curl"]],
  ["motd escaped", sh(`cat > /etc/motd <<EOF\nid \\$(curl -s ${U}/instance-id)\nEOF`), []],
  ["sed -i", sh(`sed -i "s/__IP__/$(curl -s ${U}/local-ipv4)/" /etc/app.conf`), ["2 curl"]],
  ["export", sh(`export PUBLIC_IP=$(curl -s ${U}/public-ipv4)\ndocker run -e IP=$PUBLIC_IP app`), ["2 curl"]],
  ["docker env", sh(`docker run -d -e HOST_IP=$(wget -qO- ${U}/local-ipv4) app:1`), ["2 wget"]],
  ["docker run curl", sh(`docker run --rm --network host curlimages/curl:8.5.0 -s ${U}/instance-id > /x`), ["2 curl"]],
  ["docker exec sh -c", sh(`docker exec app sh -c 'wget -qO- ${U}/instance-id > /tmp/id'`), ["2 wget"]],
  ["netns", sh(`ip netns exec blue curl -s ${U}/local-ipv4 > /x`), ["2 curl"]],
  ["nsenter", sh(`nsenter -t 1 -n curl -s ${U}/local-ipv4 > /x`), ["2 curl"]],
  ["chroot", sh(`chroot /mnt curl -s ${U}/local-ipv4 > /x`), ["2 curl"]],
  ["systemd-run", sh(`systemd-run --on-boot=60 /usr/bin/curl -s -o /run/id ${U}/instance-id`), ["2 curl"]],
  ["timeout/nice", sh(`timeout 5 nice -n 10 curl -s ${U}/instance-id > /x`), ["2 curl"]],
  [
    "retry fn",
    sh(
      `retry() { local n=$1; shift; for i in 1 2 3; do "$@" && return; sleep $n; done; }\nID=$(retry 5 curl -sf ${U}/instance-id)`,
    ),
    ["2 curl"],
  ],
  ["eval", sh(`eval "ID=\\$(curl -s ${U}/instance-id)"\necho $ID > /x`), ["2 curl"]],
  ["trap", sh(`trap 'curl -s ${U}/instance-id > /var/log/last' EXIT`), ["2 curl"]],
  ["at", sh(`echo "curl -s ${U}/instance-id > /x" | at now + 5 minutes`), ["2 curl"]],
  ["at heredoc", sh(`at now + 1 minute <<'E'\ncurl -s ${U}/instance-id > /x\nE`), ["3 curl"]],
  [
    "crontab group",
    sh(`(crontab -l 2>/dev/null; echo "*/5 * * * * curl -s ${U}/spot/instance-action | logger") | crontab -`),
    ["3 curl"],
  ],
  ["crontab pipe", sh(`echo "@reboot curl -s ${U}/instance-id > /x" | crontab -`), ["2 curl"]],
  ["crontab file", sh(`echo "*/5 * * * * curl -s ${U}/instance-id > /x" > /tmp/cr\ncrontab /tmp/cr`), ["2 curl"]],
  [
    "cron.d echo",
    sh(`echo "* * * * * root wget -qO /run/az ${U}/placement/availability-zone" > /etc/cron.d/az`),
    ["2 wget"],
  ],
  [
    "cron.d tee",
    sh(`echo "* * * * * root wget -qO /run/az ${U}/placement/availability-zone" | sudo tee /etc/cron.d/az`),
    ["2 wget"],
  ],
  ["rc.local append", sh(`echo "curl -s ${U}/public-ipv4 > /etc/pubip" >> /etc/rc.local`), ["2 curl"]],
  [
    "profile.d",
    sh(`cat > /etc/profile.d/az.sh <<'E'\nexport AZ=$(curl -s ${U}/placement/availability-zone)\nE`),
    ["here document in line 2: 1 curl"],
  ],
  ["bashrc", sh(`echo 'export IID=$(curl -s ${U}/instance-id)' >> /home/ec2-user/.bashrc`), ["2 curl"]],
  [
    "init.d",
    sh(`cat > /etc/init.d/hn <<'E'\n#!/bin/sh\nhostname $(curl -s ${U}/local-hostname)\nE\nchmod +x /etc/init.d/hn`),
    ["here document in line 2: 2 curl"],
  ],
  [
    "unit pre",
    sh(
      `cat > /etc/systemd/system/a.service <<'E'\n[Service]\nExecStartPre=/bin/sh -c '/usr/bin/curl -s ${U}/local-ipv4 > /run/ip'\nExecStart=/usr/bin/a\nE`,
    ),
    ["here document in line 2: 2 curl"],
  ],
  [
    "unit direct",
    sh(`cat > /etc/systemd/system/a.service <<'E'\n[Service]\nExecStart=/usr/bin/curl -o /run/ip ${U}/local-ipv4\nE`),
    ["here document in line 2: 2 curl"],
  ],
  [
    "unit token",
    sh(
      `cat > /etc/systemd/system/a.service <<'E'\n[Service]\nExecStartPre=/bin/sh -c 'T=$$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); curl -s -H "X-aws-ec2-metadata-token: $$T" ${U}/local-ipv4 > /run/ip'\nExecStart=/usr/bin/a\nE`,
    ),
    [],
  ],
  [
    "udev",
    sh(
      `cat > /etc/udev/rules.d/99-x.rules <<'E'\nSUBSYSTEM=="net", ACTION=="add", RUN+="/bin/sh -c 'curl -s ${U}/mac > /run/mac'"\nE`,
    ),
    ["here document in line 2: 1 curl"],
  ],
  [
    "script run later",
    sh(`cat > /opt/id.sh <<'E'\n#!/bin/bash\ncurl -s ${U}/instance-id\nE\nchmod +x /opt/id.sh\n/opt/id.sh > /x`),
    ["here document in line 2: 2 curl"],
  ],
  [
    "script bash",
    sh(`cat > /opt/id.sh <<'E'\ncurl -s ${U}/instance-id\nE\nbash /opt/id.sh`),
    ["here document in line 2: 1 curl"],
  ],
  [
    "script sourced",
    sh(`cat > /opt/lib.sh <<'E'\nget_id() { curl -s ${U}/instance-id; }\nE\nsource /opt/lib.sh\nget_id`),
    ["here document in line 2: 1 curl"],
  ],
  [
    "script relative",
    sh(`cd /opt\ncat > id.sh <<'E'\ncurl -s ${U}/instance-id\nE\nchmod 755 id.sh && ./id.sh`),
    ["here document in line 3: 1 curl"],
  ],
  [
    "script via var",
    sh(`F=/opt/id.sh\ncat > "$F" <<'E'\ncurl -s ${U}/instance-id\nE\nsh "$F"`),
    ["here document in line 3: 1 curl"],
  ],
  [
    "mktemp",
    sh(`F=$(mktemp)\ncat > "$F" <<'E'\ncurl -s ${U}/instance-id\nE\nbash "$F"`),
    ["here document in line 3: 1 curl"],
  ],
  [
    "mv into cron",
    sh(`cat > /tmp/j <<'E'\n#!/bin/sh\ncurl -s ${U}/instance-id > /x\nE\nmv /tmp/j /etc/cron.hourly/j`),
    ["here document in line 2: 2 curl"],
  ],
  [
    "install",
    sh(`install -m 755 /dev/stdin /usr/local/bin/iid <<'E'\n#!/bin/sh\nexec curl -s ${U}/instance-id\nE`),
    ["here document in line 2: 2 curl"],
  ],
  [
    "install with a mode",
    sh(`cat > /tmp/iid <<'E'\ncurl -s ${U}/instance-id\nE\ninstall -m 755 /tmp/iid /srv/iid`),
    ["here document in line 2: 1 curl"],
  ],
  [
    "install with a joined mode",
    sh(`cat > /tmp/iid <<'E'\ncurl -s ${U}/instance-id\nE\ninstall -m755 /tmp/iid /srv/iid`),
    ["here document in line 2: 1 curl"],
  ],
  [
    "install with a long mode",
    sh(`cat > /tmp/iid <<'E'\ncurl -s ${U}/instance-id\nE\ninstall --mode=755 /tmp/iid /srv/iid`),
    ["here document in line 2: 1 curl"],
  ],
  [
    "install without a mode to run",
    sh(`cat > /tmp/iid <<'E'\ncurl -s ${U}/instance-id\nE\ninstall -m644 /tmp/iid /srv/iid`),
    [],
  ],
  ["script not run", sh(`cat > /opt/example.sh <<'E'\ncurl -s ${U}/instance-id\nE`), []],
  [
    "readme",
    sh(`cat > /home/ec2-user/README.md <<'E'\ncurl -s ${U}/instance-id\nE\nchown ec2-user /home/ec2-user/README.md`),
    [],
  ],
  ["txt note", sh(`echo "curl ${U}/instance-id shows the id" > /root/notes.txt\ncat /root/notes.txt`), []],
  ["doc uploaded", sh(`cat > /tmp/runbook.md <<'E'\ncurl ${U}/\nE\naws s3 cp /tmp/runbook.md s3://docs-example/`), []],
  ["echo", sh(`echo "try: curl ${U}/instance-id"`), []],
  ["cat console", sh(`cat <<E\ncurl ${U}/\nE`), []],
  ["logger", sh(`logger "curl ${U}/ is off"`), []],
  ["issue", sh(`printf 'Use curl ${U}/ no more\\n' > /etc/issue`), []],
  [
    "update-motd.d",
    sh(
      `cat > /etc/update-motd.d/60-id <<'E'\n#!/bin/sh\necho "id: $(curl -s ${U}/instance-id)"\nE\nchmod +x /etc/update-motd.d/60-id`,
    ),
    ["here document in line 2: 2 curl"],
  ],
  [
    "update-motd.d echo",
    sh(
      `cat > /etc/update-motd.d/60-id <<'E'\n#!/bin/sh\necho "use curl ${U}/instance-id"\nE\nchmod +x /etc/update-motd.d/60-id`,
    ),
    [],
  ],
  [
    "python -c",
    sh(`python3 -c 'import urllib.request as u; print(u.urlopen("${U}/instance-id").read().decode())' > /x`),
    ["2 a Python script"],
  ],
  [
    "python2 -c",
    sh(`AZ=$(python -c "import urllib2; print urllib2.urlopen('${U}/placement/availability-zone').read()")`),
    ["2 a Python script"],
  ],
  ["perl -e", sh(`perl -MLWP::Simple -e 'print get("${U}/instance-id")' > /x`), ["2 a Perl script"]],
  ["ruby open-uri", sh(`ruby -ropen-uri -e 'puts URI.open("${U}/instance-id").read' > /x`), ["2 a Ruby script"]],
  [
    "node -e",
    sh(`node -e "require('http').get('${U}/instance-id', r => r.pipe(process.stdout))" > /x`),
    ["2 a Node.js script"],
  ],
  ["php -r", sh(`php -r 'echo file_get_contents("${U}/instance-id");' > /x`), ["2 a PHP script"]],
  ["pwsh -c", sh(`pwsh -Command "Invoke-RestMethod ${U}/instance-id" > /x`), ["2 Invoke-RestMethod"]],
  [
    "python heredoc out",
    sh(`python3 - <<'PY' > /etc/iid\nimport requests\nprint(requests.get("${U}/instance-id", timeout=2).text)\nPY`),
    ["here document in line 2: 2 a Python script"],
  ],
  [
    "perl heredoc",
    sh(
      `perl <<'PL'\nuse HTTP::Tiny;\nmy $r = HTTP::Tiny->new(timeout => 2)->get("${U}/instance-id");\nprint $r->{content};\nPL`,
    ),
    ["here document in line 2: 2 a Perl script"],
  ],
  [
    "php heredoc",
    sh(`php <<'PHP' > /x\n<?php\n$id = file_get_contents('${U}/instance-id');\necho $id;\nPHP`),
    ["4 a PHP script"],
  ],
  [
    "python file unit",
    sh(
      `cat > /opt/agent.py <<'PY'\nimport urllib.request\nBASE = "http://169.254.169.254/latest/meta-data/"\ndef get(p):\n    return urllib.request.urlopen(BASE + p, timeout=2).read().decode()\nprint(get("instance-id"))\nPY\ncat > /etc/systemd/system/agent.service <<'E'\n[Service]\nExecStart=/usr/bin/python3 /opt/agent.py\nE\nsystemctl enable --now agent`,
    ),
    ["here document in line 2: 4 a Python script"],
  ],
  [
    "boto utils",
    `#!/usr/bin/env python\nimport boto.utils\nmd = boto.utils.get_instance_metadata()\nprint(md['instance-id'])\n`,
    ["3 boto"],
  ],
  [
    "boto from",
    `#!/usr/bin/env python\nfrom boto.utils import get_instance_metadata\nprint(get_instance_metadata()['placement'])\n`,
    ["3 boto"],
  ],
  ["os.system", `#!/usr/bin/python3\nimport os\nos.system("curl -s ${U}/instance-id > /x")\n`, ["3 a Python script"]],
  [
    "subprocess list",
    `#!/usr/bin/python3\nimport subprocess\niid = subprocess.check_output(["curl", "-s", "${U}/instance-id"]).decode()\nopen("/x","w").write(iid)\n`,
    ["3 a Python script"],
  ],
  [
    "subprocess list token",
    `#!/usr/bin/python3\nimport subprocess\ntok = subprocess.check_output(["curl", "-s", "-X", "PUT", "-H", "X-aws-ec2-metadata-token-ttl-seconds: 60", "http://169.254.169.254/latest/api/token"]).decode()\niid = subprocess.check_output(["curl", "-s", "-H", "X-aws-ec2-metadata-token: " + tok, "${U}/instance-id"]).decode()\n`,
    [],
  ],
  [
    "py mixed",
    `#!/usr/bin/python3\nimport requests\nB = "http://169.254.169.254/latest"\nt = requests.put(B + "/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}).text\niid = requests.get(B + "/meta-data/instance-id", headers={"X-aws-ec2-metadata-token": t}).text\naz = requests.get(B + "/meta-data/placement/availability-zone").text\n`,
    ["6 a Python script"],
  ],
  [
    "py helper class",
    `#!/usr/bin/python3\nimport urllib.request\nclass Imds:\n    URL = "http://169.254.169.254"\n    def _call(self, path, headers=None, method="GET"):\n        req = urllib.request.Request(self.URL + path, headers=headers or {}, method=method)\n        return urllib.request.urlopen(req, timeout=2).read().decode()\n    def token(self):\n        return self._call("/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "60"}, "PUT")\n    def get(self, path):\n        return self._call("/latest/meta-data/" + path, {"X-aws-ec2-metadata-token": self.token()})\nprint(Imds().get("instance-id"))\n`,
    [],
  ],
  [
    "py add_header",
    `#!/usr/bin/python3\nimport urllib.request\nreq = urllib.request.Request("http://169.254.169.254/latest/api/token", method="PUT")\nreq.add_header("X-aws-ec2-metadata-token-ttl-seconds", "60")\ntok = urllib.request.urlopen(req).read().decode()\nreq = urllib.request.Request("${U}/instance-id")\nreq.add_header("X-aws-ec2-metadata-token", tok)\nprint(urllib.request.urlopen(req).read().decode())\n`,
    [],
  ],
  [
    "py httpclient const",
    `#!/usr/bin/python3\nimport http.client\nHDR = "X-aws-ec2-metadata-token"\nc = http.client.HTTPConnection("169.254.169.254", timeout=2)\nc.request("PUT", "/latest/api/token", headers={HDR + "-ttl-seconds": "60"})\nt = c.getresponse().read().decode()\nc.request("GET", "/latest/meta-data/instance-id", headers={HDR: t})\nprint(c.getresponse().read().decode())\n`,
    [],
  ],
  [
    "py fallback 401",
    `#!/usr/bin/python3\nimport requests\nr = requests.get("${U}/instance-id", timeout=2)\nif r.status_code == 401:\n    t = requests.put("http://169.254.169.254/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}).text\n    r = requests.get("${U}/instance-id", headers={"X-aws-ec2-metadata-token": t})\nprint(r.text)\n`,
    [],
  ],
  [
    "py no_proxy",
    `#!/usr/bin/python3\nimport os, boto3\nos.environ["NO_PROXY"] = "169.254.169.254,localhost"\nprint(boto3.client("sts").get_caller_identity())\n`,
    [],
  ],
  [
    "py docs",
    `#!/usr/bin/python3\n# urlopen("${U}/instance-id")\nimport boto3\nprint("formerly curl ${U}/instance-id")\nboto3.client("s3").list_buckets()\n`,
    [],
  ],
  [
    "py ssrf guard",
    `#!/usr/bin/python3\nimport requests\nBLOCKED = {"169.254.169.254", "fd00:ec2::254"}\ndef fetch(url):\n    host = url.split("/")[2]\n    if host in BLOCKED:\n        raise ValueError("refused")\n    return requests.get(url).text\nprint(fetch("https://example.com/"))\n`,
    [],
  ],
  [
    "ruby net http start",
    `#!/usr/bin/env ruby\nrequire 'net/http'\nNet::HTTP.start('169.254.169.254', 80) do |http|\n  puts http.get('/latest/meta-data/instance-id').body\nend\n`,
    ["3 a Ruby script"],
  ],
  [
    "ruby token",
    `#!/usr/bin/env ruby\nrequire 'net/http'\nhttp = Net::HTTP.new('169.254.169.254', 80)\nput = Net::HTTP::Put.new('/latest/api/token')\nput['X-aws-ec2-metadata-token-ttl-seconds'] = '60'\ntoken = http.request(put).body\nget = Net::HTTP::Get.new('/latest/meta-data/instance-id')\nget['X-aws-ec2-metadata-token'] = token\nputs http.request(get).body\n`,
    [],
  ],
  [
    "ruby backtick",
    "#!/usr/bin/env ruby\nid = `curl -s " + U + "/instance-id`\nFile.write('/x', id)\n",
    ["2 a Ruby script"],
  ],
  [
    "perl lwp",
    `#!/usr/bin/perl\nuse LWP::UserAgent;\nmy $ua = LWP::UserAgent->new(timeout => 2);\nmy $base = 'http://169.254.169.254/latest/meta-data';\nmy $res = $ua->get("$base/instance-id");\nprint $res->content;\n`,
    ["5 a Perl script"],
  ],
  [
    "perl lwp token",
    `#!/usr/bin/perl\nuse LWP::UserAgent;\nmy $ua = LWP::UserAgent->new(timeout => 2);\nmy $t = $ua->put('http://169.254.169.254/latest/api/token', 'X-aws-ec2-metadata-token-ttl-seconds' => 60)->content;\n$ua->default_header('X-aws-ec2-metadata-token' => $t);\nprint $ua->get('${U}/instance-id')->content;\n`,
    [],
  ],
  [
    "node options",
    `#!/usr/bin/env node\nconst http = require('http');\nconst options = {\n  host: '169.254.169.254',\n  path: '/latest/meta-data/instance-id',\n};\nhttp.request(options, (res) => {\n  res.on('data', (d) => process.stdout.write(d));\n}).end();\n`,
    ["7 a Node.js script"],
  ],
  [
    "node options token",
    `#!/usr/bin/env node\nconst http = require('http');\nfunction call(method, path, headers) {\n  return new Promise((resolve) => {\n    const req = http.request({ host: '169.254.169.254', method, path, headers }, (res) => {\n      let body = '';\n      res.on('data', (d) => { body += d; });\n      res.on('end', () => resolve(body));\n    });\n    req.end();\n  });\n}\n(async () => {\n  const token = await call('PUT', '/latest/api/token', { 'X-aws-ec2-metadata-token-ttl-seconds': '60' });\n  const id = await call('GET', '/latest/meta-data/instance-id', { 'X-aws-ec2-metadata-token': token });\n  console.log(id);\n})();\n`,
    [],
  ],
  [
    "node axios",
    `#!/usr/bin/env node\nconst axios = require('axios');\naxios.get('${U}/instance-id').then(({ data }) => console.log(data));\n`,
    ["3 a Node.js script"],
  ],
  [
    "node fetch async",
    `#!/usr/bin/env node\n(async () => {\n  const res = await fetch(\`http://169.254.169.254/latest/meta-data/\${process.argv[2]}\`);\n  console.log(await res.text());\n})();\n`,
    ["3 a Node.js script"],
  ],
  [
    "php curl",
    sh(
      `cat > /var/www/html/index.php <<'E'\n<html><?php\n$ch = curl_init();\ncurl_setopt($ch, CURLOPT_URL, "${U}/instance-id");\ncurl_setopt($ch, CURLOPT_RETURNTRANSFER, true);\n$id = curl_exec($ch);\necho "<p>$id</p>";\n?></html>\nE\nsystemctl start httpd`,
    ),
    ["here document in line 2: 5 a PHP script"],
  ],
  [
    "php curl token",
    sh(
      `cat > /var/www/html/index.php <<'E'\n<html><?php\nfunction imds($method, $url, $headers) {\n  $ch = curl_init($url);\n  curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);\n  curl_setopt($ch, CURLOPT_HTTPHEADER, $headers);\n  curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);\n  return curl_exec($ch);\n}\n$t = imds("PUT", "http://169.254.169.254/latest/api/token", ["X-aws-ec2-metadata-token-ttl-seconds: 60"]);\necho imds("GET", "${U}/instance-id", ["X-aws-ec2-metadata-token: $t"]);\n?></html>\nE\nsystemctl start httpd`,
    ),
    [],
  ],
  ["html js only", sh(`cat > /var/www/html/index.html <<'E'\n<pre>curl ${U}/instance-id</pre>\nE`), []],
  [
    "go run",
    sh(
      `cat > /opt/id/main.go <<'GO'\npackage main\n\nimport (\n\t"io"\n\t"net/http"\n\t"os"\n)\n\nfunc main() {\n\tresp, err := http.Get("${U}/instance-id")\n\tif err != nil {\n\t\tos.Exit(1)\n\t}\n\tdefer resp.Body.Close()\n\tio.Copy(os.Stdout, resp.Body)\n}\nGO\ngo run /opt/id/main.go`,
    ),
    ["here document in line 2: 10 a Go program"],
  ],
  [
    "go token",
    sh(
      `cat > /opt/id/main.go <<'GO'\npackage main\n\nimport (\n\t"fmt"\n\t"io"\n\t"net/http"\n)\n\nconst base = "http://169.254.169.254/latest"\n\nfunc do(req *http.Request) string {\n\tresp, err := http.DefaultClient.Do(req)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\tdefer resp.Body.Close()\n\tb, _ := io.ReadAll(resp.Body)\n\treturn string(b)\n}\n\nfunc main() {\n\treq, _ := http.NewRequest(http.MethodPut, base+"/api/token", nil)\n\treq.Header.Set("X-aws-ec2-metadata-token-ttl-seconds", "60")\n\ttoken := do(req)\n\treq, _ = http.NewRequest(http.MethodGet, base+"/meta-data/instance-id", nil)\n\treq.Header.Set("X-aws-ec2-metadata-token", token)\n\tfmt.Println(do(req))\n}\nGO\ngo run /opt/id/main.go`,
    ),
    [],
  ],
  ["irm", ps(`$id = irm ${U}/instance-id\nRename-Computer $id`), ["<powershell>: 2 Invoke-RestMethod"]],
  [
    "iwr content",
    ps(`$id = (Invoke-WebRequest -UseBasicParsing -Uri ${U}/instance-id).Content`),
    ["<powershell>: 2 Invoke-WebRequest"],
  ],
  ["curl alias", ps(`$id = (curl ${U}/instance-id -UseBasicParsing).Content`), ["<powershell>: 2 Invoke-WebRequest"]],
  [
    "webclient",
    ps(`$wc = New-Object System.Net.WebClient\n$id = $wc.DownloadString("${U}/instance-id")`),
    ["<powershell>: 3 WebClient"],
  ],
  [
    "webclient inline",
    ps(`(New-Object Net.WebClient).DownloadFile("${U}/instance-id", "C:\\id.txt")`),
    ["<powershell>: 2 WebClient"],
  ],
  [
    "httpwebrequest",
    ps(`$r = [System.Net.HttpWebRequest]::Create("${U}/instance-id")\n$s = $r.GetResponse().GetResponseStream()`),
    ["<powershell>: 3 a PowerShell script"],
  ],
  [
    "base var",
    ps(
      `$base = "http://169.254.169.254/latest/meta-data"\n$az = Invoke-RestMethod "$base/placement/availability-zone"`,
    ),
    ["<powershell>: 3 Invoke-RestMethod"],
  ],
  [
    "fn",
    ps(
      `function Get-Meta($path) { Invoke-RestMethod -Uri "http://169.254.169.254/latest/meta-data/$path" }\n$id = Get-Meta "instance-id"`,
    ),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "fn token",
    ps(
      `function Get-Meta {\n  param([string]$Path)\n  $t = Invoke-RestMethod -Method Put -Uri http://169.254.169.254/latest/api/token -Headers @{'X-aws-ec2-metadata-token-ttl-seconds'='60'}\n  Invoke-RestMethod -Uri "http://169.254.169.254/latest/meta-data/$Path" -Headers @{'X-aws-ec2-metadata-token'=$t}\n}\n$id = Get-Meta instance-id`,
    ),
    [],
  ],
  [
    "headers add",
    ps(
      `$t = irm -Method PUT -Uri http://169.254.169.254/latest/api/token -Headers @{"X-aws-ec2-metadata-token-ttl-seconds"="60"}\n$wc = New-Object Net.WebClient\n$wc.Headers.Add("X-aws-ec2-metadata-token", $t)\n$id = $wc.DownloadString("${U}/instance-id")`,
    ),
    [],
  ],
  [
    "token fetched not sent",
    ps(
      `$t = irm -Method PUT -Uri http://169.254.169.254/latest/api/token -Headers @{"X-aws-ec2-metadata-token-ttl-seconds"="60"}\n$id = irm -Uri ${U}/instance-id`,
    ),
    ["<powershell>: 3 Invoke-RestMethod"],
  ],
  [
    "backtick continuation",
    ps("$id = Invoke-RestMethod `\n  -Method Get `\n  -Uri " + U + "/instance-id"),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "backtick continuation token",
    ps(
      "$t = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds'='60'} -Method PUT -Uri http://169.254.169.254/latest/api/token\n$id = Invoke-RestMethod `\n  -Headers @{\n    'X-aws-ec2-metadata-token' = $t\n  } `\n  -Uri " +
        U +
        "/instance-id",
    ),
    [],
  ],
  [
    "ps firewall",
    ps(
      `New-NetFirewallRule -DisplayName imds -Direction Outbound -RemoteAddress 169.254.169.254 -Action Block -LocalUser $sd\nroute add 169.254.169.254 mask 255.255.255.255 10.0.0.1\n[Net.WebRequest]::DefaultWebProxy = New-Object Net.WebProxy("http://p:3128", $true, @("169.254.169.254"))`,
    ),
    [],
  ],
  ["ps write-host", ps(`Write-Host "use irm ${U}/instance-id"\n# irm ${U}/x\n<# irm ${U}/y #>`), []],
  ["ps get-ec2", ps(`$id = Get-EC2InstanceMetadata -Category InstanceId`), []],
  [
    "ps iex",
    ps(`Invoke-Expression "irm ${U}/instance-id | Out-File C:\\id.txt"`),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps scheduled action",
    ps(
      `$a = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-Command "irm ${U}/spot/instance-action"'\nRegister-ScheduledTask -TaskName x -Action $a -Trigger (New-ScheduledTaskTrigger -AtStartup)`,
    ),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  ["batch curl", "<script>\ncurl.exe -s " + U + "/instance-id > C:\\id.txt\n</script>\n", ["<script>: 2 curl"]],
  [
    "batch for",
    "<script>\nfor /f %%i in ('curl -s " + U + "/instance-id') do set ID=%%i\n</script>\n",
    ["<script>: 2 curl"],
  ],
  [
    "batch ps",
    "<script>\npowershell -Command \"(New-Object Net.WebClient).DownloadString('" +
      U +
      "/instance-id')\" > C:\\id.txt\n</script>\n",
    ["<script>: 2 WebClient"],
  ],
  [
    "batch var",
    "<script>\nset BASE=" + U + "\ncurl -s %BASE%/instance-id -o C:\\id.txt\n</script>\n",
    ["<script>: 3 curl"],
  ],
  ["batch rem", "<script>\nrem curl -s " + U + "/instance-id\necho curl " + U + "\n</script>\n", []],
  [
    "batch certutil",
    "<script>\ncertutil -urlcache -f " + U + "/instance-id C:\\id.txt\n</script>\n",
    ["<script>: 2 certutil"],
  ],
  [
    "batch bitsadmin",
    "<script>\nbitsadmin /transfer j " + U + "/instance-id C:\\id.txt\n</script>\n",
    ["<script>: 2 BITS"],
  ],
  ["basic", sh(`${TOK}\ncurl -s ${H} ${U}/instance-id > /x`), []],
  ["--header=", sh(`${TOK}\ncurl -s --header="X-aws-ec2-metadata-token: $TOKEN" ${U}/instance-id > /x`), []],
  ["header var", sh(`${TOK}\nHDR="X-aws-ec2-metadata-token: $TOKEN"\ncurl -s -H "$HDR" ${U}/instance-id > /x`), []],
  [
    "array append",
    sh(`${TOK}\nARGS=(-s -f)\nARGS+=(-H "X-aws-ec2-metadata-token: $TOKEN")\ncurl "\${ARGS[@]}" ${U}/instance-id > /x`),
    [],
  ],
  ["opt expansions", sh(`${TOK}\ncurl -s \${TOKEN:+-H "X-aws-ec2-metadata-token: $TOKEN"} ${U}/instance-id > /x`), []],
  [
    "H@file",
    sh(`${TOK}\necho "X-aws-ec2-metadata-token: $TOKEN" > /run/hdr\ncurl -s -H @/run/hdr ${U}/instance-id > /x`),
    [],
  ],
  [
    "K file",
    sh(
      `${TOK}\nprintf 'header = "X-aws-ec2-metadata-token: %s"\\n' "$TOKEN" > /run/c\ncurl -s -K /run/c ${U}/instance-id > /x`,
    ),
    [],
  ],
  [
    "if else",
    sh(
      `${TOK}\nif [ -n "$TOKEN" ]; then\n  ID=$(curl -s ${H} ${U}/instance-id)\nelse\n  ID=$(curl -s ${U}/instance-id)\nfi`,
    ),
    [],
  ],
  ["fallback ||", sh(`${TOK}\nID=$(curl -sf ${H} ${U}/instance-id || curl -sf ${U}/instance-id)`), []],
  [
    "fn fallback",
    sh(
      `imds() {\n  if [ -n "$TOKEN" ]; then\n    curl -sf ${H} "${U}/$1"\n  else\n    curl -sf "${U}/$1"\n  fi\n}\n${TOK}\nimds instance-id`,
    ),
    [],
  ],
  [
    "v1 first then v2",
    sh(`ID=$(curl -sf ${U}/instance-id) || {\n  ${TOK}\n  ID=$(curl -s ${H} ${U}/instance-id)\n}`),
    [],
  ],
  [
    "v1 first if empty",
    sh(`ID=$(curl -sf ${U}/instance-id)\nif [ -z "$ID" ]; then\n  ${TOK}\n  ID=$(curl -s ${H} ${U}/instance-id)\nfi`),
    [],
  ],
  ["empty header", sh(`curl -s -H "X-aws-ec2-metadata-token: " ${U}/instance-id > /x`), ["2 curl"]],
  ["second forgets", sh(`${TOK}\ncurl -s ${H} ${U}/instance-id > /x\ncurl -s ${U}/ami-id > /y`), ["4 curl"]],
  [
    "wget token",
    sh(
      `T=$(wget -qO- --method=PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)\nwget -qO- --header "X-aws-ec2-metadata-token: $T" ${U}/instance-id`,
    ),
    [],
  ],
  ["fn named curl", sh(`${TOK}\ncurl() { command curl -s ${H} "$@"; }\nID=$(curl ${U}/instance-id)`), []],
  ["fn named fetch", sh(`${TOK}\nfetch() { curl -s ${H} "$1"; }\nID=$(fetch ${U}/instance-id)`), []],
  [
    "token from file",
    sh(
      `curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60" -o /run/t\ncurl -s -H "X-aws-ec2-metadata-token: $(cat /run/t)" ${U}/instance-id > /x`,
    ),
    [],
  ],
  [
    "httpie token",
    sh(
      `T=$(http -b PUT http://169.254.169.254/latest/api/token X-aws-ec2-metadata-token-ttl-seconds:60)\nhttp -b ${U}/instance-id X-aws-ec2-metadata-token:$T`,
    ),
    [],
  ],
  ["httpie", sh(`http -b GET ${U}/instance-id > /x`), ["2 HTTPie"]],
  ["aria2c", sh(`aria2c -q -d /run -o iid ${U}/instance-id`), ["2 aria2c"]],
  [
    "nc",
    sh(
      `printf 'GET /latest/meta-data/instance-id HTTP/1.0\\r\\nHost: 169.254.169.254\\r\\n\\r\\n' | nc 169.254.169.254 80 | tail -1 > /x`,
    ),
    ["2 nc"],
  ],
  ["nc group", sh(`{ echo "GET /latest/meta-data/instance-id HTTP/1.0"; echo; } | nc 169.254.169.254 80`), ["2 nc"]],
  ["nc -z", sh(`nc -z -w 2 169.254.169.254 80 && echo up`), []],
  [
    "dev tcp",
    sh(
      `exec 3<>/dev/tcp/169.254.169.254/80\necho -e "GET /latest/meta-data/instance-id HTTP/1.0\\r\\n\\r\\n" >&3\ncat <&3 > /x`,
    ),
    ["3 bash /dev/tcp"],
  ],
  ["dev tcp probe", sh(`timeout 1 bash -c '</dev/tcp/169.254.169.254/80' && echo up`), []],
  ["ping", sh(`ping -c1 169.254.169.254; traceroute 169.254.169.254`), []],
  [
    "noproxy",
    sh(
      `curl --noproxy 169.254.169.254 -s https://example.com/x -o /x; curl -H "Host: 169.254.169.254" https://example.com/`,
    ),
    [],
  ],
  ["ssrf test", sh(`curl -s "https://app.example.com/fetch?url=${U}/" -o /x`), []],
  ["post data", sh(`curl -s -d 'see ${U}/instance-id' https://hooks.example.com/x`), []],
  [
    "http_code",
    sh(`code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\n[ "$code" = "401" ] && echo "IMDSv1 disabled"`),
    [],
  ],
  [
    "http_code case",
    sh(`case "$(curl -s -o /dev/null -w '%{http_code}' ${U}/)" in\n  401) echo ok;;\n  *) exit 1;;\nesac`),
    [],
  ],
  ["&& exit", sh(`curl -sf ${U}/ >/dev/null && exit 1`), []],
  ["&& group", sh(`curl -sf -o /dev/null ${U}/ && { echo "IMDSv1 is open"; exit 1; } || true`), []],
  ["if fail", sh(`if curl -sf --max-time 2 ${U}/instance-id > /dev/null; then fail "IMDSv1 reachable"; fi`), []],
  ["! curl", sh(`set -e\n! curl -sf -o /dev/null ${U}/`), []],
  [
    "if ! curl",
    sh(`if ! curl -sf -m 2 ${U}/ -o /dev/null; then echo "IMDSv1 refused"; else echo "IMDSv1 on"; exit 1; fi`),
    [],
  ],
  ["if ! curl needs", sh(`if ! curl -sf -m 2 ${U}/ -o /dev/null; then echo "no metadata"; exit 1; fi`), ["2 curl"]],
  ["|| exit", sh(`curl -sf ${U}/instance-id -o /etc/iid || exit 1`), ["2 curl"]],
  ["until", sh(`until curl -sf ${U}/instance-id > /dev/null; do sleep 1; done`), ["2 curl"]],
  [
    "wait 200",
    sh(`until [ "$(curl -s -o /dev/null -w '%{http_code}' ${U}/instance-id)" = "200" ]; do sleep 1; done`),
    ["2 curl"],
  ],
  [
    "while ne 200",
    sh(`while [ $(curl -s -o /dev/null -w '%{http_code}' ${U}/iam/security-credentials/) -ne 200 ]; do sleep 1; done`),
    ["2 curl"],
  ],
  ["is ec2", sh(`if curl -sf -m 1 ${U}/ > /dev/null; then echo ec2 > /etc/cloud; fi`), ["2 curl"]],
  ["$?", sh(`curl -sf -m 2 ${U}/ > /dev/null 2>&1\nif [ $? -eq 0 ]; then echo "IMDSv1 works" >&2; exit 1; fi`), []],
  ["nobody", sh(`sudo -u nobody curl -s -m 2 ${U}/ && { echo bad; exit 1; }`), []],
  [
    "nobody if",
    sh(`if sudo -u nobody curl -sf -m 2 ${U}/ >/dev/null 2>&1; then echo "lockdown broken"; exit 1; fi`),
    [],
  ],
  ["nobody || ", sh(`sudo -u nobody curl -s --max-time 3 ${U}/ || echo "locked down"`), []],
  ["user saves", sh(`sudo -u ec2-user curl -s ${U}/instance-id -o /home/ec2-user/iid`), ["2 curl"]],
  ["user captures", sh(`ID=$(sudo -u app curl -s ${U}/instance-id)`), ["2 curl"]],
  ["head grep 401", sh(`curl -sI ${U}/ | head -1 | grep -q 401 || exit 1`), []],
  ["-z sub", sh(`[ -z "$(curl -sf ${U}/)" ] || { echo "v1 on"; exit 1; }`), []],
  [
    "py proof",
    `#!/usr/bin/python3\nimport requests, sys\nr = requests.get("${U}/", timeout=2)\nif r.status_code != 401:\n    sys.exit("IMDSv1 still on")\n`,
    [],
  ],
  [
    "py assert",
    `#!/usr/bin/python3\nimport requests\nassert requests.get("${U}/", timeout=2).status_code == 401\n`,
    [],
  ],
  ["runcmd", `#cloud-config\nruncmd:\n  - curl -s ${U}/instance-id > /etc/iid\n`, ["runcmd: 1 curl"]],
  ["runcmd list", `#cloud-config\nruncmd:\n  - [sh, -c, "curl -s ${U}/instance-id > /etc/iid"]\n`, ["runcmd: 1 curl"]],
  [
    "bootcmd",
    `#cloud-config\nbootcmd:\n  - [cloud-init-per, once, iid, sh, -c, "wget -qO /etc/iid ${U}/instance-id"]\n`,
    ["bootcmd: 1 wget"],
  ],
  [
    "write_files exec",
    `#cloud-config\nwrite_files:\n  - path: /usr/local/bin/iid\n    permissions: '0755'\n    content: |\n      #!/bin/sh\n      curl -s ${U}/instance-id\n`,
    ["write_files[0]: 2 curl"],
  ],
  [
    "write_files run",
    `#cloud-config\nwrite_files:\n  - path: /opt/iid.sh\n    content: |\n      curl -s ${U}/instance-id\nruncmd:\n  - bash /opt/iid.sh\n`,
    ["write_files[0]: 1 curl"],
  ],
  [
    "write_files b64 cron",
    `#cloud-config\nwrite_files:\n  - path: /etc/cron.d/iid\n    encoding: b64\n    content: ${base64(`*/5 * * * * root curl -s ${U}/instance-id > /x\n`)}\n`,
    ["write_files[0]: 1 curl"],
  ],
  [
    "write_files doc",
    `#cloud-config\nwrite_files:\n  - path: /etc/motd\n    content: |\n      curl -s ${U}/instance-id\n  - path: /usr/share/doc/x/README\n    content: curl ${U}\n`,
    [],
  ],
  [
    "datasource",
    `#cloud-config\ndatasource:\n  Ec2:\n    metadata_urls: ["http://169.254.169.254:80"]\n    max_wait: 120\n`,
    [],
  ],
  [
    "b64 pipe",
    sh(`echo ${base64(`curl -s ${U}/instance-id > /x\n`)} | base64 -d | bash`),
    ["base64 in line 2: 1 curl"],
  ],
  [
    "b64 file run",
    sh(
      `echo ${base64(`#!/bin/sh\ncurl -s ${U}/instance-id > /x\n`)} | base64 -d > /opt/a.sh\nchmod +x /opt/a.sh\n/opt/a.sh`,
    ),
    ["base64 in line 2: 2 curl"],
  ],
  ["b64 file not run", sh(`echo ${base64(`curl -s ${U}/instance-id > /x\n`)} | base64 -d > /opt/notes.txt`), []],
  [
    "part handler",
    'Content-Type: multipart/mixed; boundary="X"\nMIME-Version: 1.0\n\n--X\nContent-Type: text/cloud-boothook\n\n#!/bin/sh\ncurl -s ' +
      U +
      "/instance-id > /x\n--X--\n",
    ["part 1 (text/cloud-boothook) → boothook: 2 curl"],
  ],
  [
    "ec2launch",
    `version: 1.0\ntasks:\n- task: executeScript\n  inputs:\n  - frequency: always\n    type: powershell\n    content: |-\n      $id = Invoke-RestMethod ${U}/instance-id\n`,
    ["tasks[0].inputs[0].content: 1 Invoke-RestMethod"],
  ],
  [
    "ec2-metadata download",
    sh(
      `wget -q http://s3.amazonaws.com/ec2metadata/ec2-metadata -O /usr/local/bin/ec2-metadata\nchmod u+x /usr/local/bin/ec2-metadata\nec2-metadata -i > /x`,
    ),
    ["2 ec2-metadata"],
  ],
  ["fn url printed", sh(`imds_url() { echo "${U}/$1"; }\ncurl -s "$(imds_url instance-id)" > /x`), ["3 curl"]],
  [
    "fn header printed",
    sh(`${TOK}\nhdr() { echo "X-aws-ec2-metadata-token: $TOKEN"; }\ncurl -s -H "$(hdr)" ${U}/instance-id > /x`),
    [],
  ],
  [
    "urls array",
    sh(`URLS=(${U}/instance-id ${U}/ami-id)\nfor u in "\${URLS[@]}"; do curl -s $u >> /x; done`),
    ["3 curl"],
  ],
  ["urls array at once", sh(`URLS=(${U}/instance-id ${U}/ami-id)\ncurl -s "\${URLS[@]}" >> /x`), ["3 curl"]],
  ["brace", sh(`curl -s ${U}/{instance-id,ami-id} > /x`), ["2 curl"]],
  [
    "env default",
    sh(
      `EP=\${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}\ncurl -s "$EP/latest/meta-data/instance-id" > /x`,
    ),
    ["3 curl"],
  ],
  [
    "assign default",
    sh(`curl -fsSL "http://\${METADATA_IP:=169.254.169.254}/latest/meta-data/instance-id" > /x`),
    ["2 curl"],
  ],
  [
    "conf sourced",
    sh(
      `cat > /etc/imds.conf <<'E'\nIMDS=${U}\nE\n. /etc/imds.conf\ncat > /opt/x.sh <<'E'\n. /etc/imds.conf\ncurl -s $IMDS/instance-id\nE\nbash /opt/x.sh`,
    ),
    ["here document in line 6: 2 curl"],
  ],
  ["user-data pipe", sh(`curl -s http://169.254.169.254/latest/user-data | bash`), ["2 curl"]],
  ["source user-data", sh(`source <(curl -s http://169.254.169.254/latest/user-data)`), ["2 curl"]],
  ["parallel", sh(`parallel curl -s ${U}/{} ::: instance-id ami-id > /x`), ["2 curl"]],
  ["xargs -I", sh(`printf '%s\\n' instance-id ami-id | xargs -I{} curl -s ${U}/{} > /x`), ["2 curl"]],
  ["w3m", sh(`w3m -dump ${U}/instance-id > /x`), ["2 a text browser"]],
  ["links", sh(`links -source ${U}/instance-id > /x`), ["2 a text browser"]],
  ["axel", sh(`axel -q -o /run/id ${U}/instance-id`), ["2 an HTTP client"]],
  [
    "awk inet",
    sh(
      `gawk 'BEGIN{s="/inet/tcp/0/169.254.169.254/80"; print "GET /latest/meta-data/instance-id HTTP/1.0\\r\\n\\r\\n" |& s; while((s |& getline l)>0) print l}' > /x`,
    ),
    ["2 awk"],
  ],
  ["R", sh(`Rscript -e 'cat(readLines("${U}/instance-id"))' > /x`), ["2 a script"]],
  [
    "lua",
    sh(
      `cat > /opt/a.lua <<'E'\nlocal http = require("socket.http")\nprint(http.request("${U}/instance-id"))\nE\nlua /opt/a.lua`,
    ),
    ["here document in line 2: 2 a Lua script"],
  ],
  [
    "tcl",
    sh(
      `cat > /opt/a.tcl <<'E'\npackage require http\nset t [http::geturl ${U}/instance-id]\nputs [http::data $t]\nE\ntclsh /opt/a.tcl`,
    ),
    ["here document in line 2: 2 a script"],
  ],
  [
    "groovy jenkins",
    sh(
      `cat > /var/lib/jenkins/init.groovy.d/id.groovy <<'E'\ndef id = new URL("${U}/instance-id").text\nE\nsystemctl restart jenkins`,
    ),
    ["here document in line 2: 1 a script"],
  ],
  ["makefile", sh(`printf 'id:\\n\\tcurl -s ${U}/instance-id > id\\n' > /opt/Makefile\nmake -C /opt id`), ["2 curl"]],
  [
    "compose command",
    sh(
      `cat > /opt/docker-compose.yml <<'E'\nservices:\n  a:\n    image: alpine\n    command: ["sh", "-c", "wget -qO- ${U}/instance-id && sleep 1d"]\nE\ncd /opt && docker-compose up -d`,
    ),
    ["here document in line 2: 4 wget"],
  ],
  [
    "k8s pod",
    sh(
      `kubectl apply -f - <<'E'\nspec:\n  containers:\n  - image: alpine\n    command: ["sh", "-c", "wget -qO /id ${U}/instance-id"]\nE`,
    ),
    ["6 wget"],
  ],
  [
    "static pod file",
    sh(
      `cat > /etc/kubernetes/manifests/p.yaml <<'E'\nspec:\n  containers:\n  - image: curlimages/curl\n    args: ["-s", "${U}/instance-id"]\n    command: [curl]\nE`,
    ),
    ["here document in line 2: 4 a container"],
  ],
  [
    "supervisor",
    sh(
      `cat > /etc/supervisor/conf.d/p.conf <<'E'\n[program:p]\ncommand=/bin/sh -c "while true; do curl -s ${U}/spot/instance-action; sleep 5; done"\nE`,
    ),
    ["here document in line 2: 2 curl"],
  ],
  [
    "logrotate",
    sh(
      `cat > /etc/logrotate.d/a <<'E'\n/var/log/a.log {\n postrotate\n aws s3 cp /var/log/a.log.1 s3://logs-example/$(curl -s ${U}/instance-id)/\n endscript\n}\nE`,
    ),
    ["here document in line 2: 3 curl"],
  ],
  [
    "upstart",
    sh(
      `cat > /etc/init/a.conf <<'E'\nstart on runlevel [2345]\nscript\n  export ID=$(curl -s ${U}/instance-id)\n  exec /usr/bin/a\nend script\nE`,
    ),
    ["here document in line 2: 3 curl"],
  ],
  ["ansible uri adhoc", sh(`ansible localhost -m uri -a "url=${U}/instance-id return_content=yes"`), ["2 Ansible"]],
  [
    "ansible get_url",
    sh(
      `cat > /opt/p.yml <<'E'\n- hosts: localhost\n  tasks:\n    - get_url:\n        url: ${U}/instance-id\n        dest: /etc/iid\nE\nansible-playbook /opt/p.yml`,
    ),
    ["here document in line 2: 4 Ansible"],
  ],
  [
    "ansible shell",
    sh(
      `cat > /opt/p.yml <<'E'\n- hosts: localhost\n  tasks:\n    - shell: curl -s ${U}/instance-id > /etc/iid\nE\nansible-playbook -i localhost, /opt/p.yml`,
    ),
    ["here document in line 2: 3 curl"],
  ],
  [
    "py socket",
    `#!/usr/bin/python3\nimport socket\ns = socket.create_connection(("169.254.169.254", 80))\ns.sendall(b"GET /latest/meta-data/instance-id HTTP/1.0\\r\\nHost: 169.254.169.254\\r\\n\\r\\n")\nprint(s.recv(4096))\n`,
    ["4 a Python script"],
  ],
  [
    "perl socket",
    `#!/usr/bin/perl\nuse IO::Socket::INET;\nmy $s = IO::Socket::INET->new(PeerAddr => '169.254.169.254', PeerPort => 80);\nprint $s "GET /latest/meta-data/instance-id HTTP/1.0\\r\\n\\r\\n";\nprint while <$s>;\n`,
    ["4 a Perl script"],
  ],
  [
    "py format",
    `#!/usr/bin/python3\nimport urllib.request\nURL = "http://169.254.169.254/latest/meta-data/{}"\nfor k in ("instance-id", "ami-id"):\n    print(urllib.request.urlopen(URL.format(k)).read())\n`,
    ["5 a Python script"],
  ],
  [
    "py join",
    `#!/usr/bin/python3\nfrom urllib.parse import urljoin\nimport requests\nb = "http://169.254.169.254"\nprint(requests.get(urljoin(b, "/latest/meta-data/instance-id")).text)\n`,
    ["5 a Python script"],
  ],
  [
    "py aiohttp",
    `#!/usr/bin/python3\nimport asyncio, aiohttp\nasync def main():\n    async with aiohttp.ClientSession() as s:\n        async with s.get("${U}/instance-id") as r:\n            print(await r.text())\nasyncio.run(main())\n`,
    ["5 a Python script"],
  ],
  [
    "py aiohttp token",
    `#!/usr/bin/python3\nimport asyncio, aiohttp\nasync def main():\n    async with aiohttp.ClientSession() as s:\n        async with s.put("http://169.254.169.254/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}) as r:\n            t = await r.text()\n        async with s.get("${U}/instance-id", headers={"X-aws-ec2-metadata-token": t}) as r:\n            print(await r.text())\nasyncio.run(main())\n`,
    [],
  ],
  [
    "py module consts",
    `#!/usr/bin/python3\nimport requests\nIMDS = "http://169.254.169.254/latest"\ndef token():\n    return requests.put(f"{IMDS}/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "21600"}, timeout=2).text\ndef headers():\n    return {"X-aws-ec2-metadata-token": token()}\ndef get(path):\n    return requests.get(f"{IMDS}/meta-data/{path}", headers=headers(), timeout=2).text\nprint(get("instance-id"))\n`,
    [],
  ],
  [
    "py lambda/dict",
    `#!/usr/bin/python3\nimport requests\nh = {}\nh["X-aws-ec2-metadata-token"] = requests.put("http://169.254.169.254/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}).text\nget = lambda p: requests.get("${U}/" + p, headers=h).text\nprint(get("ami-id"))\n`,
    [],
  ],
  [
    "py httpx",
    `#!/usr/bin/python3\nimport httpx\nprint(httpx.get("${U}/instance-id", timeout=2).text)\n`,
    ["3 a Python script"],
  ],
  [
    "py pycurl",
    `#!/usr/bin/python3\nimport pycurl\nfrom io import BytesIO\nb = BytesIO()\nc = pycurl.Curl()\nc.setopt(c.URL, "${U}/instance-id")\nc.setopt(c.WRITEDATA, b)\nc.perform()\n`,
    ["8 a Python script"],
  ],
  [
    "py popen",
    `#!/usr/bin/python3\nimport os\naz = os.popen('curl -s ${U}/placement/availability-zone').read()\nopen('/x','w').write(az)\n`,
    ["3 a Python script"],
  ],
  [
    "py shell=True f",
    `#!/usr/bin/python3\nimport subprocess\ndef md(k):\n    return subprocess.run(f"curl -s http://169.254.169.254/latest/meta-data/{k}", shell=True, capture_output=True, text=True).stdout\nprint(md("instance-id"))\n`,
    ["4 a Python script"],
  ],
  [
    "boto3 region",
    `#!/usr/bin/python3\nimport boto3\nfrom botocore.utils import IMDSFetcher\nprint(IMDSFetcher()._fetch_metadata_token())\n`,
    [],
  ],
  [
    "py ec2_metadata",
    `#!/usr/bin/python3\nfrom ec2_metadata import ec2_metadata\nprint(ec2_metadata.instance_id)\n`,
    [],
  ],
  [
    "ruby get_response",
    `#!/usr/bin/ruby\nrequire 'net/http'\nuri = URI('${U}/instance-id')\nres = Net::HTTP.get_response(uri)\nputs res.body\n`,
    ["4 a Ruby script"],
  ],
  [
    "ruby httparty",
    `#!/usr/bin/ruby\nrequire 'httparty'\nputs HTTParty.get("${U}/instance-id").body\n`,
    ["3 a Ruby script"],
  ],
  [
    "ruby open-uri token",
    `#!/usr/bin/ruby\nrequire 'open-uri'\nrequire 'net/http'\nt = Net::HTTP.start('169.254.169.254') { |h| h.request_put('/latest/api/token', '', 'X-aws-ec2-metadata-token-ttl-seconds' => '60').body }\nputs URI.open('${U}/instance-id', 'X-aws-ec2-metadata-token' => t).read\n`,
    [],
  ],
  [
    "node http callback string",
    `#!/usr/bin/env node\nconst http = require('http');\nhttp.get('${U}/instance-id', (res) => {\n  let d = '';\n  res.on('data', c => d += c);\n  res.on('end', () => { require('fs').writeFileSync('/x', d); });\n});\n`,
    ["3 a Node.js script"],
  ],
  [
    "node exec",
    `#!/usr/bin/env node\nconst { execSync } = require('child_process');\nconst id = execSync('curl -s ${U}/instance-id').toString();\n`,
    ["3 a Node.js script"],
  ],
  [
    "node axios instance",
    `#!/usr/bin/env node\nconst axios = require('axios');\nconst imds = axios.create({ baseURL: 'http://169.254.169.254/latest', timeout: 1000 });\nasync function main() {\n  const { data: token } = await imds.put('/api/token', null, { headers: { 'X-aws-ec2-metadata-token-ttl-seconds': 60 } });\n  imds.defaults.headers.common['X-aws-ec2-metadata-token'] = token;\n  const { data } = await imds.get('/meta-data/instance-id');\n  console.log(data);\n}\nmain();\n`,
    [],
  ],
  [
    "node axios instance v1",
    `#!/usr/bin/env node\nconst axios = require('axios');\nconst imds = axios.create({ baseURL: 'http://169.254.169.254/latest', timeout: 1000 });\nimds.get('/meta-data/instance-id').then(({ data }) => console.log(data));\n`,
    ["3 a Node.js script"],
  ],
  [
    "node fetch helper",
    `#!/usr/bin/env node\nconst base = 'http://169.254.169.254/latest';\nasync function getToken() {\n  const res = await fetch(base + '/api/token', { method: 'PUT', headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' } });\n  return res.text();\n}\nasync function get(path) {\n  const token = await getToken();\n  const res = await fetch(\`\${base}/meta-data/\${path}\`, { headers: { 'X-aws-ec2-metadata-token': token } });\n  return res.text();\n}\nget('instance-id').then(console.log);\n`,
    [],
  ],
  [
    "ps httpclient",
    ps(`$c = [System.Net.Http.HttpClient]::new()\n$id = $c.GetStringAsync("${U}/instance-id").Result`),
    ["<powershell>: 3 a PowerShell script"],
  ],
  [
    "ps -f",
    ps(
      `$base = 'http://169.254.169.254/latest/meta-data'\n$uri = '{0}/{1}' -f $base, 'instance-id'\n$id = Invoke-RestMethod -Uri $uri`,
    ),
    ["<powershell>: 4 Invoke-RestMethod"],
  ],
  [
    "ps other header",
    ps(`$id = Invoke-RestMethod -Headers @{ Accept = 'text/plain' } -Uri ${U}/instance-id`),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps try",
    ps(`try { $id = Invoke-RestMethod -Uri ${U}/instance-id -TimeoutSec 2 } catch { $id = 'unknown' }`),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps job",
    ps(`Start-Job -ScriptBlock { Invoke-RestMethod ${U}/instance-id | Out-File C:\\id.txt }`),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps foreach",
    ps(`foreach ($k in 'instance-id','ami-id') { $v[$k] = Invoke-RestMethod "${U}/$k" }`),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps setx",
    ps(`[Environment]::SetEnvironmentVariable('IID', (Invoke-RestMethod ${U}/instance-id), 'Machine')`),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps file then run",
    ps(
      `Set-Content -Path C:\\boot.ps1 -Value 'Invoke-RestMethod ${U}/instance-id | Out-File C:\\id.txt'\npowershell -File C:\\boot.ps1`,
    ),
    ["<powershell>: 2 Invoke-RestMethod"],
  ],
  [
    "ps file doc",
    ps(`Set-Content -Path C:\\Users\\Public\\Desktop\\readme.txt -Value 'curl ${U}/instance-id needs a token now'`),
    [],
  ],
  [
    "ps splat token",
    ps(
      `$tok = Invoke-RestMethod -Method Put -Headers @{'X-aws-ec2-metadata-token-ttl-seconds'='60'} -Uri http://169.254.169.254/latest/api/token\n$p = @{\n  Headers = @{'X-aws-ec2-metadata-token' = $tok}\n  TimeoutSec = 5\n}\n$id = Invoke-RestMethod -Uri ${U}/instance-id @p\n$az = Invoke-RestMethod -Uri ${U}/placement/availability-zone @p`,
    ),
    [],
  ],
  [
    "ps proof",
    ps(
      `try {\n  $r = Invoke-WebRequest -UseBasicParsing ${U}/ -TimeoutSec 2\n  Write-Error 'IMDSv1 is enabled'\n  exit 1\n} catch { Write-Output 'blocked' }`,
    ),
    [],
  ],
  [
    "ps default param",
    ps(
      `$t = irm -Method PUT http://169.254.169.254/latest/api/token -Headers @{'X-aws-ec2-metadata-token-ttl-seconds'='60'}\n$PSDefaultParameterValues['Invoke-RestMethod:Headers'] = @{ 'X-aws-ec2-metadata-token' = $t }\n$id = irm ${U}/instance-id`,
    ),
    [],
  ],
  [
    "vbs",
    ps(
      `@'\nSet h = CreateObject("MSXML2.XMLHTTP")\nh.Open "GET", "${U}/instance-id", False\nh.Send\n'@ | Set-Content C:\\id.vbs\ncscript C:\\id.vbs`,
    ),
    ["<powershell>: 4 a script"],
  ],
  [
    "fn proof",
    sh(`v1_open() { curl -sf -m 2 -o /dev/null ${U}/; }\nif v1_open; then echo "IMDSv1 open" >&2; exit 1; fi`),
    [],
  ],
  ["assert_eq", sh(`assert_eq "$(curl -s -o /dev/null -w '%{http_code}' ${U}/)" 401`), []],
  ["status -I", sh(`STATUS=$(curl -sI ${U}/ | awk 'NR==1{print $2}')\n[ "$STATUS" = 401 ] || exit 1`), []],
  ["-v grep", sh(`curl -sv ${U}/ 2>&1 | grep -q 'HTTP/1.1 401' || exit 1`), []],
  ["timeout sudo", sh(`timeout 3 sudo -u nobody curl -s ${U}/ > /dev/null && exit 1`), []],
  [
    "docker lockdown",
    sh(`docker run --rm curlimages/curl:8.5.0 -sf -m 2 ${U}/ > /dev/null && { echo "containers reach IMDS"; exit 1; }`),
    [],
  ],
  ["setpriv", sh(`if setpriv --reuid=nobody --clear-groups curl -sf -m 2 ${U}/ >/dev/null; then exit 1; fi`), []],
  ["su -c", sh(`su -s /bin/sh nobody -c "curl -s -m 2 ${U}/" && exit 1\nexit 0`), []],
  [
    "v2 then v1 if empty",
    sh(`${TOK}\nID=$(curl -sf ${H} ${U}/instance-id)\nif [ -z "$ID" ]; then\n  ID=$(curl -sf ${U}/instance-id)\nfi`),
    [],
  ],
  [
    "v2 else early return",
    sh(
      `get() {\n  if [ "\${IMDS_VERSION}" = v2 ]; then curl -s ${H} "${U}/$1"; return; fi\n  echo none\n}\n${TOK}\nget ami-id`,
    ),
    [],
  ],
  [
    "hosts/nginx",
    sh(
      `cat > /etc/nginx/conf.d/deny.conf <<'E'\nlocation ~* 169\\.254\\.169\\.254 { return 403; }\nE\necho '169.254.169.254 instance-data' >> /etc/hosts`,
    ),
    [],
  ],
  [
    "modify opts",
    sh(`aws ec2 modify-instance-metadata-options --instance-id $ID --http-tokens required --http-endpoint enabled`),
    [],
  ],
  ["block comment", sh(`: <<'DOC'\ncurl -s ${U}/instance-id\nDOC\ntrue`), []],
  ["herestring motd", sh(`cat > /etc/motd <<< "curl ${U}/ is off"`), []],
  [
    "terraform headers",
    sh(
      `cat > main.tf <<'E'\ndata "http" "id" {\n  url = "${U}/instance-id"\n  request_headers = { "X-aws-ec2-metadata-token" = var.token }\n}\nE\nterraform apply -auto-approve`,
    ),
    [],
  ],
  ["sed on script", sh(`sed -i 's#curl http://169.254.169.254/latest/#imds-get /#' /opt/vendor/boot.sh`), []],
  ["grep audit", sh(`grep -rn 'curl.*169.254.169.254/latest' /opt/vendor || true`), []],
  ["tcpdump", sh(`tcpdump -c 10 host 169.254.169.254 &`), []],
  ["git commit msg", sh(`git commit -m "stop using curl ${U}/"`), []],
  ["ec2metadata", sh(`ec2metadata --instance-id > /x; cloud-init query ds.meta_data.instance_id; ec2-metadata -z`), []],
  ["alias", sh(`cat > /etc/profile.d/a.sh <<'E'\nalias iid='ec2-metadata -i'\nE`), []],
  [
    "test emulator",
    sh(
      `AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:1338 curl -s http://127.0.0.1:1338/latest/meta-data/instance-id`,
    ),
    [],
  ],
  ["bad header name", sh(`${TOK}\ncurl -s -H "X-aws-metadata-token: $TOKEN" ${U}/instance-id > /x`), ["3 curl"]],
  ["ttl header", sh(`curl -s -H "X-aws-ec2-metadata-token-ttl-seconds: 60" ${U}/instance-id > /x`), ["2 curl"]],
  [
    "commented token",
    sh(`# ${TOK}\ncurl -s ${U}/instance-id > /x # -H "X-aws-ec2-metadata-token: $TOKEN"`),
    ["3 curl"],
  ],
  ["crlf", sh(`curl -s ${U}/instance-id > /x`).replace(/\n/g, "\r\n"), ["2 curl"]],
  [
    "req ok",
    sh(`cat > requirements.txt <<'E'\nboto3>=1.9.0\nbotocore\nawscli>1.16\nE\npip install -r requirements.txt`),
    [],
  ],
  [
    "rpm -q",
    sh(`rpm -q amazon-ssm-agent-2.3.50.0 || true; yum remove -y awscli-1.14.28; rm -f /tmp/awscli-bundle-1.16.1.zip`),
    [],
  ],
  ["status log", sh(`curl -s -o /dev/null -w "%{http_code}" ${U}/ >> /var/log/imds-check.log`), []],
  ["status echo", sh(`echo "v1: $(curl -s -o /dev/null -w '%{http_code}' ${U}/)"`), []],
  ["resp grep", sh(`R=$(curl -s ${U}/)\nif echo "$R" | grep -q '401'; then echo ok; else exit 1; fi`), []],
  ["resp test", sh(`R=$(curl -s ${U}/)\n[[ "$R" == *Unauthorized* ]] || exit 1`), []],
  ["sudo bash -c save", sh(`sudo -E -u ec2-user bash -c 'curl -s ${U}/instance-id > ~/id'`), ["2 curl"]],
  ["su - c", sh(`su - ec2-user -c "curl -s ${U}/instance-id > id.txt"`), ["2 curl"]],
  [
    "unit env",
    sh(
      `cat > /etc/systemd/system/a.service <<'E'\n[Service]\nEnvironment=BASE=${U}\nExecStart=/bin/sh -c 'curl -s $BASE/instance-id > /run/id'\nE`,
    ),
    ["here document in line 2: 3 curl"],
  ],
  ["ps env", ps(`$env:IMDS = "${U}"\n$id = irm "$env:IMDS/instance-id"`), ["<powershell>: 3 Invoke-RestMethod"]],
  ["docker entrypoint", sh(`docker run --rm --entrypoint sh alpine -c 'wget -qO- ${U}/instance-id' > /x`), ["2 wget"]],
  ["kubectl run", sh(`kubectl run x --image=curlimages/curl -- curl -s ${U}/instance-id`), ["2 curl"]],
  [
    "tf local-exec",
    sh(
      `cat > main.tf <<'E'\nresource "null_resource" "x" {\n  provisioner "local-exec" {\n    command = "curl -s ${U}/instance-id > id"\n  }\n}\nE\nterraform apply -auto-approve`,
    ),
    ["here document in line 2: 3 curl"],
  ],
  [
    "tee no out",
    sh(
      `sudo tee /usr/local/bin/foo > /dev/null <<'E'\n#!/bin/bash\ncurl -s ${U}/instance-id\nE\nsudo chmod +x /usr/local/bin/foo`,
    ),
    ["here document in line 2: 2 curl"],
  ],
  [
    "rc.d append",
    sh(`cat <<'E' | sudo tee -a /etc/rc.d/rc.local\ncurl -s ${U}/instance-id > /x\nE`),
    ["here document in line 2: 1 curl"],
  ],
  [
    "nohup file",
    sh(
      `cat > /opt/x <<'E'\n#!/usr/bin/env bash\nwhile true; do curl -s ${U}/spot/termination-time; sleep 5; done\nE\nchmod 0700 /opt/x\nnohup /opt/x > /dev/null 2>&1 &`,
    ),
    ["here document in line 2: 2 curl"],
  ],
  [
    "sudo bash heredoc",
    sh(`sudo -i -u app bash <<'E'\ncurl -s ${U}/instance-id > ~/id\nE`),
    ["here document in line 2: 1 curl"],
  ],
  ["docker exec heredoc", sh(`docker exec -i app bash <<'E'\nwget -qO /id ${U}/instance-id\nE`), ["3 wget"]],
  [
    "echo service",
    sh(
      `printf '[Service]\\nExecStart=/bin/sh -c "curl -s ${U}/instance-id > /run/id"\\n' > /etc/systemd/system/x.service\nsystemctl enable --now x`,
    ),
    ["2 curl"],
  ],
  ["ssh", sh(`ssh bastion.example.internal "curl -s ${U}/instance-id"`), []],
  ["aws ssm doc", sh(`aws ssm describe-instance-information --output text`), []],
  [
    "post then get in one",
    sh(`curl -s -X POST -d "id=$(curl -s ${U}/instance-id)" https://api.example.com/register`),
    ["2 curl"],
  ],
  [
    "jq",
    sh(
      `REGION=$(curl -s http://169.254.169.254/latest/dynamic/instance-identity/document | jq -r .region)\nexport AWS_DEFAULT_REGION=$REGION`,
    ),
    ["2 curl"],
  ],
  [
    "loop macs",
    sh(
      `for mac in $(curl -s ${U}/network/interfaces/macs/); do\n  ip=$(curl -s ${U}/network/interfaces/macs/\${mac}/local-ipv4s)\n  echo "$ip" >> /etc/ips\ndone`,
    ),
    ["2 curl", "3 curl"],
  ],
  [
    "spot loop",
    sh(
      `while sleep 5; do\n  if [ -z $(curl -Is http://169.254.169.254/latest/meta-data/spot/termination-time | head -1 | grep 404 | cut -d ' ' -f 2) ]; then\n    systemctl stop app\n    break\n  fi\ndone`,
    ),
    ["3 curl"],
  ],
  [
    "spot http_code 200",
    sh(
      `while true; do\n  CODE=$(curl -s -o /dev/null -w '%{http_code}' ${U}/spot/instance-action)\n  if [ "$CODE" -eq 200 ]; then\n    /opt/drain.sh\n    break\n  fi\n  sleep 5\ndone`,
    ),
    ["3 curl"],
  ],
  [
    "spot wget",
    sh(`while ! wget -q --spider ${U}/spot/termination-time; do sleep 5; done\nsystemctl stop app`),
    ["2 wget"],
  ],
  [
    "asg lifecycle",
    sh(`STATE=$(curl -s ${U}/autoscaling/target-lifecycle-state)\nif [ "$STATE" = "Terminated" ]; then /opt/bye; fi`),
    ["2 curl"],
  ],
  [
    "creds",
    sh(`ROLE=$(curl -s ${U}/iam/security-credentials/)\ncurl -s ${U}/iam/security-credentials/$ROLE > /run/creds.json`),
    ["2 curl", "3 curl"],
  ],
  [
    "pub key",
    sh(`mkdir -p /root/.ssh\ncurl -s ${U}/public-keys/0/openssh-key >> /root/.ssh/authorized_keys`),
    ["3 curl"],
  ],
  ["etcd discovery", sh(`cat > /etc/etcd.env <<EOF\nETCD_NAME=$(curl -s ${U}/instance-id)\nEOF`), ["3 curl"]],
  [
    "consul config",
    sh(`LOCAL_IPV4=$(curl -s ${U}/local-ipv4)\ncat > /etc/consul.d/c.json <<EOF\n{"bind_addr":"$LOCAL_IPV4"}\nEOF`),
    ["2 curl"],
  ],
  [
    "mixed helpers v2",
    sh(
      `set -euo pipefail\nimds_token() { curl -fsS -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300"; }\nimds() { local path=$1; curl -fsS -H "X-aws-ec2-metadata-token: \${IMDS_TOKEN}" "http://169.254.169.254/latest/\${path}"; }\nIMDS_TOKEN="$(imds_token)"\nREGION="$(imds dynamic/instance-identity/document | jq -r .region)"\nIID="$(imds meta-data/instance-id)"`,
    ),
    [],
  ],
  [
    "rancher style",
    sh(
      `publicIP() { curl -H "X-aws-ec2-metadata-token: \${TOKEN}" -s http://169.254.169.254/latest/meta-data/public-ipv4; }\nTOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")\nexport IP=$(publicIP)`,
    ),
    [],
  ],
  [
    "gitlab runner style",
    sh(
      `token=$(curl -f -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 600")\nINSTANCE_ID=$(curl -f -H "X-aws-ec2-metadata-token: $token" -v http://169.254.169.254/latest/meta-data/instance-id)`,
    ),
    [],
  ],
  [
    "multi-line header",
    sh(
      `${TOK}\ncurl -s \\\n  -H "X-aws-ec2-metadata-token: $TOKEN" \\\n  -H "Accept: text/plain" \\\n  "${U}/instance-id" > /x`,
    ),
    [],
  ],
  [
    "xargs header",
    sh(
      `${TOK}\nprintf '%s\\n' instance-id ami-id | xargs -I% curl -s -H "X-aws-ec2-metadata-token: $TOKEN" ${U}/% > /x`,
    ),
    [],
  ],
  [
    "parallel token",
    sh(`${TOK}\nexport TOKEN\nparallel "curl -s -H 'X-aws-ec2-metadata-token: $TOKEN' ${U}/{}" ::: instance-id ami-id`),
    [],
  ],
  [
    "export hdr profile",
    sh(
      `cat > /etc/profile.d/imds.sh <<'E'\nexport IMDS_TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')\nexport IMDS_HDR="X-aws-ec2-metadata-token: $IMDS_TOKEN"\nE\ncat > /opt/x.sh <<'E'\n. /etc/profile.d/imds.sh\ncurl -s -H "$IMDS_HDR" ${U}/instance-id\nE\nbash /opt/x.sh`,
    ),
    [],
  ],
  [
    "curlrc",
    sh(`${TOK}\necho "header = \\"X-aws-ec2-metadata-token: $TOKEN\\"" > ~/.curlrc\ncurl -s ${U}/instance-id > /x`),
    [],
  ],
  [
    "two scripts one bad",
    `Content-Type: multipart/mixed; boundary="B"\nMIME-Version: 1.0\n\n--B\nContent-Type: text/x-shellscript\n\n#!/bin/bash\n${TOK}\ncurl -s ${H} ${U}/instance-id > /x\n--B\nContent-Type: text/x-shellscript\n\n#!/bin/bash\ncurl -s ${U}/ami-id > /y\n--B--\n`,
    ["part 2 (text/x-shellscript): 2 curl"],
  ],
  [
    "python in cloud-config",
    `#cloud-config\nwrite_files:\n  - path: /opt/a.py\n    content: |\n      import urllib.request\n      print(urllib.request.urlopen("${U}/instance-id").read())\nruncmd:\n  - [python3, /opt/a.py]\n`,
    ["write_files[0]: 2 a Python script"],
  ],
  [
    "gz b64",
    `#cloud-config\nwrite_files:\n  - path: /etc/cron.hourly/x\n    encoding: gz+b64\n    content: ${gzipSync("#!/bin/sh\ncurl -s " + U + "/instance-id > /x\n").toString("base64")}\n`,
    ["write_files[0] → gzip: 2 curl"],
  ],
  [
    "jinja",
    `## template: jinja\n#cloud-config\nruncmd:\n  - curl -s ${U}/instance-id > /etc/iid-{{ v1.region }}\n`,
    ["jinja → runcmd: 1 curl"],
  ],
  ["nested 3 deep", sh(`bash -c "sh -c 'bash -c \\"curl -s ${U}/instance-id > /x\\"'"`), ["2 curl"]],
  [
    "perl backtick",
    `#!/usr/bin/perl\nmy $id = \`curl -s ${U}/instance-id\`;\nopen(my $f, '>', '/x'); print $f $id;\n`,
    ["2 a Perl script"],
  ],
  ["perl getstore", `#!/usr/bin/perl\nuse LWP::Simple;\ngetstore('${U}/instance-id', '/x');\n`, ["3 a Perl script"]],
  [
    "php shebang",
    `#!/usr/bin/php\n<?php\n$md = 'http://169.254.169.254/latest/meta-data/';\n$id = trim(file_get_contents($md . 'instance-id'));\nfile_put_contents('/x', $id);\n`,
    ["4 a PHP script"],
  ],
  [
    "php guzzle",
    sh(
      `cat > /opt/a.php <<'E'\n<?php\nrequire 'vendor/autoload.php';\n$c = new GuzzleHttp\\Client(['base_uri' => 'http://169.254.169.254']);\necho $c->get('/latest/meta-data/instance-id')->getBody();\nE\nphp /opt/a.php`,
    ),
    ["here document in line 2: 4 a PHP script"],
  ],
  [
    "node http2 lines",
    `#!/usr/bin/env node\nconst http = require('http');\nconst url = 'http://169.254.169.254/latest/dynamic/instance-identity/document';\nhttp.get(url, { timeout: 1000 }, (res) => {\n  let raw = '';\n  res.on('data', (c) => { raw += c; });\n  res.on('end', () => console.log(JSON.parse(raw).region));\n});\n`,
    ["4 a Node.js script"],
  ],
  [
    "node got",
    `#!/usr/bin/env node\nconst got = require('got');\n(async () => { console.log((await got('${U}/instance-id')).body); })();\n`,
    ["3 a Node.js script"],
  ],
  ["deno", sh(`deno eval "console.log(await (await fetch('${U}/instance-id')).text())" > /x`), ["2 a Node.js script"]],
  [
    "java single file",
    sh(
      `cat > /opt/A.java <<'E'\nimport java.net.*;\nimport java.io.*;\nclass A { public static void main(String[] a) throws Exception {\n  BufferedReader r = new BufferedReader(new InputStreamReader(new URL("${U}/instance-id").openStream()));\n  System.out.println(r.readLine());\n} }\nE\njava /opt/A.java`,
    ),
    ["here document in line 2: 4 a script"],
  ],
  [
    "rust? cargo",
    sh(
      `cat > /opt/m/src/main.rs <<'E'\nfn main() { println!("{}", reqwest::blocking::get("${U}/instance-id").unwrap().text().unwrap()); }\nE\ncd /opt/m && cargo run /opt/m/src/main.rs`,
    ),
    ["here document in line 2: 1 a script"],
  ],
  [
    "flask app",
    sh(
      `cat > /opt/app/app.py <<'E'\nfrom flask import Flask\nimport requests\napp = Flask(__name__)\n@app.route("/")\ndef index():\n    return requests.get("${U}/instance-id").text\nE\ncd /opt/app && gunicorn -b 0.0.0.0:80 app:app --daemon`,
    ),
    ["here document in line 2: 6 a Python script"],
  ],
  [
    "flask env",
    sh(
      `cat > /opt/app/server.py <<'E'\nfrom flask import Flask\nimport urllib.request\napp = Flask(__name__)\n@app.route("/az")\ndef az():\n    return urllib.request.urlopen("${U}/placement/availability-zone").read()\nE\nexport FLASK_APP=/opt/app/server.py\nflask run --host 0.0.0.0 &`,
    ),
    ["here document in line 2: 6 a Python script"],
  ],
  [
    "express pm2",
    sh(
      `cat > /srv/app.js <<'E'\nconst express = require('express');\nconst axios = require('axios');\nconst app = express();\napp.get('/', async (req, res) => {\n  const { data } = await axios.get('${U}/instance-id');\n  res.send(data);\n});\napp.listen(80);\nE\npm2 start /srv/app.js`,
    ),
    ["here document in line 2: 5 a Node.js script"],
  ],
  [
    "npm start",
    sh(
      `cat > /srv/package.json <<'E'\n{"scripts":{"start":"node index.js"}}\nE\ncat > /srv/index.js <<'E'\nrequire('http').get('${U}/instance-id', r => r.pipe(process.stdout));\nE\ncd /srv && npm start`,
    ),
    ["here document in line 5: 1 a Node.js script"],
  ],
  [
    "python unused module",
    sh(
      `cat > /opt/examples/old.py <<'E'\nimport requests\nprint(requests.get("${U}/instance-id").text)\nE\nls /opt/examples`,
    ),
    [],
  ],
  ["awk print", sh(`ID=$(curl -s ${U}/instance-id | awk '{print $1}')`), ["2 curl"]],
  ["test -n", sh(`[ -n "$(curl -s -m 1 ${U}/instance-id)" ] && touch /etc/is-ec2`), ["2 curl"]],
  ["ping && curl", sh(`ping -c1 -W1 169.254.169.254 && curl -s ${U}/instance-id > /x`), ["2 curl"]],
  ["time curl", sh(`time curl -s ${U}/instance-id`), ["2 curl"]],
  ["curl twice diff", sh(`diff <(curl -s ${U}/instance-id) /etc/old-id || reboot`), ["2 curl"]],
  ["mapfile", sh(`mapfile -t IPS < <(curl -s ${U}/local-ipv4)`), ["2 curl"]],
  ["here-string", sh(`read -r ID <<< "$(curl -s ${U}/instance-id)"`), ["2 curl"]],
  ["printf -v", sh(`printf -v ID '%s' "$(curl -s ${U}/instance-id)"`), ["2 curl"]],
  ["arith/index", sh(`declare -A M; M[id]=$(curl -s ${U}/instance-id); echo "\${M[id]}" > /x`), ["2 curl"]],
  ["array of", sh(`ids=( $(curl -s ${U}/instance-id) $(hostname) )`), ["2 curl"]],
  ["zone subst", sh(`REGION=\${AZ:-$(curl -s ${U}/placement/region)}`), ["2 curl"]],
  [
    "&& chain",
    sh(`yum -y update && ID=$(curl -s ${U}/instance-id) && aws ec2 create-tags --resources $ID --tags Key=a,Value=b`),
    ["2 curl"],
  ],
  ["background", sh(`curl -s ${U}/instance-id > /x &`), ["2 curl"]],
  ["subshell", sh(`(cd /tmp; curl -sO ${U}/instance-id)`), ["2 curl"]],
  ["-O", sh(`cd /run && curl -sO ${U}/instance-id`), ["2 curl"]],
  ["wget plain", sh(`wget ${U}/instance-id`), ["2 wget"]],
  ["until ping curl", sh(`until [ -n "$IP" ]; do IP=$(curl -s ${U}/local-ipv4); sleep 1; done`), ["2 curl"]],
  [
    "until token",
    sh(
      `until TOKEN=$(curl -sf -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); do sleep 1; done\nIP=$(curl -s ${H} ${U}/local-ipv4)`,
    ),
    [],
  ],
  [
    "detect by 200",
    sh(`if [ "$(curl -s -o /dev/null -w '%{http_code}' ${U}/)" = 200 ]; then touch /etc/is-ec2; fi`),
    ["2 curl"],
  ],
  [
    "detect by 200 var",
    sh(`code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\nif [ "$code" = 200 ]; then PLATFORM=aws; fi`),
    ["2 curl"],
  ],
  [
    "200 is bad var",
    sh(
      `code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\nif [ "$code" = 200 ]; then RESULT=fail; else RESULT=ok; fi`,
    ),
    [],
  ],
  [
    "200 alarm",
    sh(
      `code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\nif [ "$code" -eq 200 ]; then logger -p auth.warn "IMDSv1 is enabled"; fi`,
    ),
    [],
  ],
  [
    "401 stops",
    sh(`R=$(curl -s ${U}/instance-id)\nif echo "$R" | grep -q 401; then echo "cannot read id"; exit 1; fi`),
    ["2 curl"],
  ],
  [
    "401 test stops",
    sh(`code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\n[ "$code" = 401 ] && exit 1`),
    ["2 curl"],
  ],
  ["not 401 stops", sh(`code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\n[ "$code" != 401 ] && exit 1`), []],
  [
    "-eq 401 || exit",
    sh(`code=$(curl -s -o /dev/null -w '%{http_code}' ${U}/)\n[[ $code -eq 401 ]] || { echo "v1 on: $code"; exit 1; }`),
    [],
  ],
  ["until 401", sh(`until [ "$(curl -s -o /dev/null -w '%{http_code}' ${U}/)" = 401 ]; do sleep 1; done`), []],
  ["grep 200 exit", sh(`curl -sI ${U}/ | grep -q "200 OK" && exit 1`), []],
  ["grep 200 or exit", sh(`curl -sI ${U}/ | grep -q "200 OK" || exit 1`), ["2 curl"]],
  ["for break", sh(`for i in 1 2 3; do curl -sf ${U}/ >/dev/null && break; sleep 1; done`), ["2 curl"]],
  ["exit 0 not ec2", sh(`curl -sf -m 2 ${U}/ > /dev/null || { echo "Not running on EC2"; exit 0; }`), ["2 curl"]],
  ["start app", sh(`curl -sf -o /dev/null ${U}/ && systemctl start app`), ["2 curl"]],
  ["status msg", sh(`echo "IMDSv1 status: $(curl -s -o /dev/null -w '%{http_code}' ${U}/)" > /var/log/imds.txt`), []],
  [
    "two users",
    sh(
      `for u in nobody www-data; do\n  if sudo -u "$u" curl -s -o /dev/null -m 2 ${U}/; then echo "$u can reach IMDS"; exit 1; fi\ndone`,
    ),
    [],
  ],
  [
    "root ok others not",
    sh(`sudo -u app curl -sf -m 2 -o /dev/null ${U}/ && echo "app not locked out" >&2 || echo "app locked out"`),
    [],
  ],
  [
    "fn check",
    sh(
      `check() { local code; code=$(curl -s -o /dev/null -w '%{http_code}' "${U}/"); [ "$code" = 401 ]; }\ncheck || exit 1`,
    ),
    [],
  ],
  ["imds tests", sh(`if curl -s -m 2 ${U}/ | grep -q instance-id; then echo "IMDSv1 still enabled"; exit 1; fi`), []],
  [
    "systemd unit check",
    sh(
      `cat > /etc/systemd/system/imds-check.service <<'E'\n[Service]\nType=oneshot\nExecStart=/bin/sh -c 'test "$(curl -s -o /dev/null -w "%%{http_code}" ${U}/)" = 401'\nE`,
    ),
    [],
  ],
  [
    "python proof http",
    `#!/usr/bin/python3\nimport urllib.request, urllib.error, sys\ntry:\n    urllib.request.urlopen("${U}/", timeout=2)\n    print("IMDSv1 reachable")\n    sys.exit(1)\nexcept urllib.error.HTTPError:\n    print("ok")\n`,
    [],
  ],
  [
    "cron check",
    sh(
      `echo '*/10 * * * * root [ "$(curl -s -o /dev/null -w "\\%{http_code}" ${U}/)" = 401 ] || logger "IMDSv1 is open"' > /etc/cron.d/imds`,
    ),
    [],
  ],
  [
    "options of an array, added to in a branch",
    sh(
      `${TOK}\nOPTS=(-s -H "X-aws-ec2-metadata-token: $TOKEN")\nif [ -n "$NIC" ]; then\n  OPTS+=(--interface "$NIC")\nfi\nID=$(curl "\${OPTS[@]}" ${U}/instance-id)`,
    ),
    [],
  ],
  [
    "token variable that starts empty",
    sh(`TOKEN=""\nget_token() { ${TOK}; }\nget_id() { curl -s ${H} ${U}/instance-id; }\nget_token\nTOKEN=""\nget_id`),
    [],
  ],
  ["two calls in one line", sh(`A=$(curl -s ${U}/a); B=$(curl -s ${U}/b)`), ["2 curl"]],
])("calls: %s", (...[, text, expected]) => {
  expect(found(text)).toEqual(expected);
});

test.each<Row>([
  ["pip3 awscli", sh(`pip3 install awscli==1.16.100`), ["2 AWS CLI 1.16.100 < 1.16.289"]],
  ["pip upper", sh(`pip install "boto3<1.12"`), ["2 boto3 1.12 < 1.12.6"]],
  ["pip <=", sh(`pip install 'boto3<=1.12.5'`), ["2 boto3 1.12.5 < 1.12.6"]],
  ["pip <=ok", sh(`pip install 'boto3<=1.12.6'`), []],
  ["pip unpinned", sh(`pip install boto3 awscli`), []],
  ["pip >=", sh(`pip install 'boto3>=1.9'`), []],
  ["pip uninstall", sh(`pip uninstall -y boto3==1.9.0`), []],
  [
    "pip -m",
    sh(`python3 -m pip install boto3==1.10.0 botocore==1.13.0`),
    ["2 boto3 1.10.0 < 1.12.6", "2 botocore 1.13.0 < 1.13.25"],
  ],
  ["venv pip", sh(`/opt/venv/bin/pip install --no-cache-dir boto3==1.9.0`), ["2 boto3 1.9.0 < 1.12.6"]],
  ["sudo -H pip", sh(`sudo -H pip install boto3==1.9.0`), ["2 boto3 1.9.0 < 1.12.6"]],
  [
    "bash -c pip",
    sh(`bash -c "source /opt/venv/bin/activate && pip install boto3==1.9.0"`),
    ["2 boto3 1.9.0 < 1.12.6"],
  ],
  ["stubs", sh(`pip install boto3-stubs==1.9.0 botocore-stubs==1.0 types-boto3==1.0.2`), []],
  [
    "requirements -r",
    sh(`cat > /opt/req/base.txt <<'E'\nboto3==1.9.0\nE\npip install -r /opt/req/base.txt`),
    ["here document in line 2: 1 boto3 1.9.0 < 1.12.6"],
  ],
  ["requirements unused", sh(`cat > /opt/docs/deps.md <<'E'\nboto3==1.9.0\nE`), []],
  ["npm", sh(`npm install -g aws-sdk@2.600.0`), ["2 AWS SDK for JavaScript 2.600.0 < 2.722.0"]],
  ["npm i ~", sh(`npm i --save 'aws-sdk@~2.600.0'`), ["2 AWS SDK for JavaScript 2.600.0 < 2.722.0"]],
  ["npm ^", sh(`npm i aws-sdk@^2.600.0`), []],
  ["npm 2", sh(`npm i aws-sdk@2`), []],
  ["npm v3", sh(`npm i @aws-sdk/client-s3@3.1.0`), []],
  ["npm <", sh(`npm i 'aws-sdk@<2.700.0'`), ["2 AWS SDK for JavaScript 2.700.0 < 2.722.0"]],
  ["npm x", sh(`npm i aws-sdk@2.600.x`), ["2 AWS SDK for JavaScript 2.600 < 2.722.0"]],
  ["gem", sh(`gem install aws-sdk-core -v 3.70.0`), ["2 AWS SDK for Ruby 3.70.0 < 3.79.0"]],
  ["gem ver=", sh(`gem install aws-sdk-core --version=3.70.0`), ["2 AWS SDK for Ruby 3.70.0 < 3.79.0"]],
  ["gem colon", sh(`gem install aws-sdk-core:3.70.0`), ["2 AWS SDK for Ruby 3.70.0 < 3.79.0"]],
  ["gem v2", sh(`gem install aws-sdk -v '~> 2'`), ["2 AWS SDK for Ruby 2 < 3.79.0"]],
  ["gem v3 meta", sh(`gem install aws-sdk -v 3.1.0`), []],
  ["gem ~> 3", sh(`gem install aws-sdk-core -v '~> 3.0'`), []],
  ["gem ok", sh(`gem install aws-sdk-core -v 3.191.0`), []],
  ["composer", sh(`composer require "aws/aws-sdk-php:~3.100.0"`), ["2 AWS SDK for PHP 3.100.0 < 3.147.7"]],
  ["composer space", sh(`composer require aws/aws-sdk-php "3.100.*"`), ["2 AWS SDK for PHP 3.100 < 3.147.7"]],
  ["composer ~3.100", sh(`composer require aws/aws-sdk-php:~3.100`), []],
  ["composer ^", sh(`composer require aws/aws-sdk-php:^3.0`), []],
  ["go get", sh(`go get github.com/aws/aws-sdk-go@v1.20.0`), ["2 AWS SDK for Go 1.20.0 < 1.25.38"]],
  ["go latest", sh(`go get github.com/aws/aws-sdk-go@latest`), []],
  ["go v2", sh(`go get github.com/aws/aws-sdk-go-v2@v0.18.0`), ["2 AWS SDK for Go v2 0.18.0 < 0.19.0"]],
  ["go v2 config", sh(`go get github.com/aws/aws-sdk-go-v2/config@v0.1.0`), []],
  [
    "mvn",
    sh(`mvn dependency:get -Dartifact=com.amazonaws:aws-java-sdk-core:1.11.500`),
    ["2 AWS SDK for Java 1.11.500 < 1.11.678"],
  ],
  [
    "jar",
    sh(
      `curl -sO https://repo1.maven.org/maven2/com/amazonaws/aws-java-sdk-bundle/1.11.375/aws-java-sdk-bundle-1.11.375.jar`,
    ),
    ["2 AWS SDK for Java 1.11.375 < 1.11.678"],
  ],
  [
    "jar ok",
    sh(
      `curl -sO https://repo1.maven.org/maven2/com/amazonaws/aws-java-sdk-bundle/1.12.262/aws-java-sdk-bundle-1.12.262.jar`,
    ),
    [],
  ],
  [
    "spark packages",
    sh(`spark-submit --packages com.amazonaws:aws-java-sdk:1.7.4,org.apache.hadoop:hadoop-aws:2.7.3 job.py`),
    ["2 AWS SDK for Java 1.7.4 < 1.11.678"],
  ],
  [
    "java2 jar",
    sh(`wget https://repo1.maven.org/maven2/software/amazon/awssdk/bundle/2.10.0/bundle-2.10.0.jar`),
    ["2 AWS SDK for Java 2.x 2.10.0 < 2.10.21"],
  ],
  ["dotnet", sh(`dotnet add package AWSSDK.Core --version 3.3.100`), ["2 AWS SDK for .NET 3.3.100 < 3.3.634.1"]],
  ["dotnet ok", sh(`dotnet add package AWSSDK.S3 --version 3.7.300`), []],
  ["yum awscli", sh(`yum install -y awscli-1.14.28`), ["2 AWS CLI 1.14.28 < 1.16.289"]],
  ["apt awscli", sh(`apt-get install -y awscli=1.14.44-1ubuntu1`), ["2 AWS CLI 1.14.44 < 1.16.289"]],
  ["apt ok", sh(`apt-get install -y awscli=1.18.69-1ubuntu0.20.04.1`), []],
  ["apt glob", sh(`apt-get install -y 'awscli=1.14.*'`), ["2 AWS CLI 1.14 < 1.16.289"]],
  [
    "bundle",
    sh(`curl "https://s3.amazonaws.com/aws-cli/awscli-bundle-1.16.100.zip" -o b.zip`),
    ["2 AWS CLI 1.16.100 < 1.16.289"],
  ],
  ["bundle latest", sh(`curl "https://s3.amazonaws.com/aws-cli/awscli-bundle.zip" -o b.zip`), []],
  ["v2 zip", sh(`curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64-2.0.6.zip -o c.zip`), []],
  ["v2 latest", sh(`curl https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip -o c.zip`), []],
  [
    "ssm url",
    sh(
      `yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.3.714.0/linux_amd64/amazon-ssm-agent.rpm`,
    ),
    ["2 SSM agent 2.3.714.0 < 2.3.814.0"],
  ],
  [
    "ssm latest",
    sh(
      `yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm`,
    ),
    [],
  ],
  ["ssm yum", sh(`yum install -y amazon-ssm-agent-2.3.372.0`), ["2 SSM agent 2.3.372.0 < 2.3.814.0"]],
  ["ssm ok", sh(`yum install -y amazon-ssm-agent-3.1.1732.0`), []],
  [
    "ssm var",
    sh(
      `V=2.3.50.0\ncurl -o a.rpm https://s3.eu-central-1.amazonaws.com/amazon-ssm-eu-central-1/$V/linux_amd64/amazon-ssm-agent.rpm`,
    ),
    ["3 SSM agent 2.3.50.0 < 2.3.814.0"],
  ],
  ["ssm apt", sh(`apt-get install amazon-ssm-agent=2.3.10.0-1`), ["2 SSM agent 2.3.10.0 < 2.3.814.0"]],
  [
    "codedeploy",
    sh(`wget https://aws-codedeploy-us-east-1.s3.amazonaws.com/releases/codedeploy-agent-1.1.2-1855.noarch.rpm`),
    ["2 CodeDeploy agent 1.1.2 < 1.2.0"],
  ],
  [
    "codedeploy deb",
    sh(`./install auto -v releases/codedeploy-agent_1.0-1.1597_all.deb`),
    ["2 CodeDeploy agent 1.0 < 1.2.0"],
  ],
  ["codedeploy ok", sh(`./install auto -v releases/codedeploy-agent-1.3.2-1902.noarch.rpm`), []],
  ["kinesis", sh(`yum install -y aws-kinesis-agent-1.1.6`), ["2 Kinesis agent 1.1.6 < 2.0.0"]],
  ["kinesis2", sh(`yum install -y aws-kinesis-agent-2.0.8-1.amzn2`), []],
  [
    "kinesis git",
    sh(`git clone -b 1.1.3 https://github.com/awslabs/amazon-kinesis-agent.git`),
    ["2 Kinesis agent 1.1.3 < 2.0.0"],
  ],
  ["datadog apt", sh(`apt-get install -y datadog-agent=1:7.40.0-1`), ["2 Datadog agent 7.40.0 < 7.64.0"]],
  [
    "datadog env",
    sh(
      `DD_API_KEY=$K DD_AGENT_MAJOR_VERSION=7 DD_AGENT_MINOR_VERSION=50.3 bash -c "$(curl -L https://install.datadoghq.com/scripts/install_script_agent7.sh)"`,
    ),
    ["2 Datadog agent 7.50.3 < 7.64.0"],
  ],
  ["datadog ok", sh(`apt-get install -y datadog-agent=1:7.66.0-1`), []],
  [
    "datadog prefer",
    sh(
      `apt-get install -y datadog-agent=1:7.40.0-1\necho 'ec2_prefer_imdsv2: true' >> /etc/datadog-agent/datadog.yaml`,
    ),
    [],
  ],
  ["datadog img", sh(`docker run -d gcr.io/datadoghq/agent:7.50.0`), ["2 Datadog agent 7.50.0 < 7.64.0"]],
  ["datadog 7", sh(`docker run -d gcr.io/datadoghq/agent:7`), []],
  ["datadog img prefer", sh(`docker run -d -e DD_EC2_PREFER_IMDSV2=true gcr.io/datadoghq/agent:7.50.0`), []],
  ["kube2iam", sh(`docker run -d --net host jtblin/kube2iam:0.10.9 --iptables=true`), ["2 kube2iam 0.10.9 < 0.13.0"]],
  ["kube2iam latest", sh(`docker run -d jtblin/kube2iam:latest`), []],
  ["kiam", sh(`docker pull quay.io/uswitch/kiam:v3.4`), ["2 kiam 3.4 < 3.6"]],
  ["ecs agent", sh(`docker run -d amazon/amazon-ecs-agent:v1.30.0`), ["2 ECS agent 1.30.0 < 1.36.0"]],
  ["ecs agent latest", sh(`docker run -d amazon/amazon-ecs-agent:latest`), []],
  ["ecs-init", sh(`yum install -y ecs-init-1.30.0-1`), ["2 ECS agent 1.30.0 < 1.36.0"]],
  ["cli image", sh(`docker run --rm amazon/aws-cli:1.16.100 s3 ls`), ["2 AWS CLI 1.16.100 < 1.16.289"]],
  ["cli image 2", sh(`docker run --rm amazon/aws-cli:2.0.6 s3 ls`), []],
  ["cloud-init", sh(`apt-get install -y cloud-init=18.5-1`), ["2 cloud-init 18.5 < 20.1"]],
  ["cloud-init ok", sh(`apt-get install -y cloud-init=23.1`), []],
  ["pip list in array", sh(`PKGS=(boto3==1.9.0 flask==2.0)\npip install "\${PKGS[@]}"`), ["3 boto3 1.9.0 < 1.12.6"]],
  ["loop", sh(`for p in boto3==1.9.0 requests; do pip install $p; done`), ["2 boto3 1.9.0 < 1.12.6"]],
  ["echo pin", sh(`echo "boto3==1.9.0 is old"`), []],
  ["grep pin", sh(`pip freeze | grep boto3==1.9.0`), []],
  ["comment", sh(`# pip install boto3==1.9.0`), []],
  ["conda", sh(`conda install -y boto3=1.9.66`), ["2 boto3 1.9.66 < 1.12.6"]],
  [
    "dockerfile",
    sh(`cat > Dockerfile <<'E'\nFROM python:3.6\nRUN pip install boto3==1.9.0\nE\ndocker build -t x .`),
    ["here document in line 2: 2 boto3 1.9.0 < 1.12.6"],
  ],
  [
    "compose",
    sh(`cat > docker-compose.yml <<'E'\nservices:\n  k:\n    image: jtblin/kube2iam:0.8.0\nE\ndocker-compose up -d`),
    ["here document in line 2: 3 kube2iam 0.8.0 < 0.13.0"],
  ],
  [
    "k8s manifest",
    sh(`cat > /etc/kubernetes/manifests/k.yaml <<'E'\nspec:\n  containers:\n  - image: jtblin/kube2iam:0.10.9\nE`),
    ["here document in line 2: 3 kube2iam 0.10.9 < 0.13.0"],
  ],
  [
    "kubectl apply",
    sh(`kubectl apply -f - <<'E'\nspec:\n  containers:\n  - image: "jtblin/kube2iam:0.10.9"\nE`),
    ["5 kube2iam 0.10.9 < 0.13.0"],
  ],
  [
    "pipfile",
    sh(`cat > Pipfile <<'E'\n[packages]\nboto3 = "==1.9.0"\nE\npipenv install`),
    ["here document in line 2: 2 boto3 1.9.0 < 1.12.6"],
  ],
  ["poetry", sh(`poetry add boto3@1.9.0`), ["2 boto3 1.9.0 < 1.12.6"]],
  [
    "package.json exact",
    sh(`cat > package.json <<'E'\n{"dependencies":{"aws-sdk":"2.500.0"}}\nE\nnpm ci`),
    ["here document in line 2: 1 AWS SDK for JavaScript 2.500.0 < 2.722.0"],
  ],
  [
    "cpp",
    sh(`wget https://github.com/aws/aws-sdk-cpp/archive/1.7.200.tar.gz`),
    ["2 AWS SDK for C++ 1.7.200 < 1.7.229"],
  ],
  [
    "phar",
    sh(`wget https://github.com/aws/aws-sdk-php/releases/download/3.100.0/aws.phar`),
    ["2 AWS SDK for PHP 3.100.0 < 3.147.7"],
  ],
  ["versionlock", sh(`yum versionlock add awscli-1.14.28`), ["2 AWS CLI 1.14.28 < 1.16.289"]],
  ["efs", sh(`yum install -y amazon-efs-utils-1.18-1.amzn2`), ["2 amazon-efs-utils 1.18 < 1.22"]],
  ["multi line", sh(`pip install \\\n  flask \\\n  boto3==1.9.0`), ["2 boto3 1.9.0 < 1.12.6"]],
  ["s3 path", sh(`aws s3 cp s3://b/boto3-layer-1.0.zip /x`), []],
  [
    "pip url whl",
    sh(`pip install https://files.pythonhosted.org/packages/aa/boto3-1.9.0-py2.py3-none-any.whl`),
    ["2 boto3 1.9.0 < 1.12.6"],
  ],
  ["pip git", sh(`pip install git+https://github.com/boto/boto3@1.9.0`), ["2 boto3 1.9.0 < 1.12.6"]],
  [
    "ps",
    ps(`Install-Module -Name AWSPowerShell.NetCore -RequiredVersion 3.3.618.0 -Force`),
    ["<powershell>: 2 AWS Tools for PowerShell 3.3.618.0 < 4.0.1.0"],
  ],
  [
    "ps max",
    ps(`Install-Module AWS.Tools.Common -MaximumVersion 4.0.0.0`),
    ["<powershell>: 2 AWS Tools for PowerShell 4.0.0.0 < 4.0.1.0"],
  ],
  ["ps min", ps(`Install-Module AWS.Tools.Common -MinimumVersion 3.0.0.0`), []],
  [
    "ps ssm",
    ps(
      `Invoke-WebRequest https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.3.714.0/windows_amd64/AmazonSSMAgentSetup.exe -OutFile s.exe`,
    ),
    ["<powershell>: 2 SSM agent 2.3.714.0 < 2.3.814.0"],
  ],
  ["ps pip", ps(`python -m pip install boto3==1.9.0`), ["<powershell>: 2 boto3 1.9.0 < 1.12.6"]],
  [
    "ps var",
    ps(`$v = '3.3.618.0'\nInstall-Module AWSPowerShell -RequiredVersion $v`),
    ["<powershell>: 3 AWS Tools for PowerShell 3.3.618.0 < 4.0.1.0"],
  ],
  ["choco", ps(`choco install awscli --version 1.16.100 -y`), ["<powershell>: 2 AWS CLI 1.16.100 < 1.16.289"]],
  [
    "msi",
    ps(`msiexec /i https://s3.amazonaws.com/aws-cli/AWSCLI64-1.16.100.msi /qn`),
    ["<powershell>: 2 AWS CLI 1.16.100 < 1.16.289"],
  ],
  [
    "codedeploy msi",
    ps(
      `Read-S3Object -BucketName aws-codedeploy-us-east-1 -Key releases/codedeploy-agent-1.1.2.1855.msi -File c:\\c.msi`,
    ),
    ["<powershell>: 2 CodeDeploy agent 1.1.2.1855 < 1.2.0"],
  ],
  ["cc", `#cloud-config\npackages:\n  - [awscli, 1.14.44-1ubuntu1]\n`, ["3 AWS CLI 1.14.44 < 1.16.289"]],
  ["cc =", `#cloud-config\npackages:\n  - awscli=1.14.44-1ubuntu1\n`, ["3 AWS CLI 1.14.44 < 1.16.289"]],
  ["cc ok", `#cloud-config\npackages:\n  - awscli\n  - jq\n`, []],
  ["cc runcmd", `#cloud-config\nruncmd:\n  - [pip3, install, "boto3==1.9.0"]\n`, ["runcmd: 1 boto3 1.9.0 < 1.12.6"]],
  [
    "sbt",
    sh(`cat > build.sbt <<'E'\nlibraryDependencies += "com.amazonaws" % "aws-java-sdk-s3" % "1.11.500"\nE\nsbt run`),
    ["here document in line 2: 1 AWS SDK for Java 1.11.500 < 1.11.678"],
  ],
  [
    "gradle map",
    sh(
      `cat > build.gradle <<'E'\ndependencies {\n  compile group: 'com.amazonaws', name: 'aws-java-sdk', version: '1.11.500'\n}\nE\n./gradlew run`,
    ),
    ["here document in line 2: 2 AWS SDK for Java 1.11.500 < 1.11.678"],
  ],
  [
    "mvn -D",
    sh(`mvn dependency:get -DgroupId=com.amazonaws -DartifactId=aws-java-sdk-core -Dversion=1.11.500`),
    ["2 AWS SDK for Java 1.11.500 < 1.11.678"],
  ],
  [
    "pom property",
    sh(
      `cat > pom.xml <<'E'\n<project><properties><aws.version>1.11.500</aws.version></properties><dependencies><dependency>\n<groupId>com.amazonaws</groupId>\n<artifactId>aws-java-sdk-s3</artifactId>\n<version>\${aws.version}</version>\n</dependency></dependencies></project>\nE\nmvn -q package`,
    ),
    ["here document in line 2: 4 AWS SDK for Java 1.11.500 < 1.11.678"],
  ],
  [
    "csproj",
    sh(
      `cat > a.csproj <<'E'\n<Project><ItemGroup><PackageReference Include="AWSSDK.Core" Version="3.3.100" /></ItemGroup></Project>\nE\ndotnet run`,
    ),
    ["here document in line 2: 1 AWS SDK for .NET 3.3.100 < 3.3.634.1"],
  ],
  [
    "pip windows",
    ps(`& "C:\\Python37\\Scripts\\pip.exe" install boto3==1.9.0`),
    ["<powershell>: 2 boto3 1.9.0 < 1.12.6"],
  ],
  ["req via stdin", sh(`echo "boto3==1.9.0" | pip install -r /dev/stdin`), ["2 boto3 1.9.0 < 1.12.6"]],
  ["req heredoc stdin", sh(`pip install -r /dev/stdin <<'E'\nboto3==1.9.0\nE`), ["3 boto3 1.9.0 < 1.12.6"]],
  [
    "req in docker",
    sh(
      `cat > requirements.txt <<'E'\nboto3==1.9.0\nE\ncat > Dockerfile <<'E'\nFROM python:3\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nE\ndocker build .`,
    ),
    ["here document in line 2: 1 boto3 1.9.0 < 1.12.6"],
  ],
  [
    "ansible pip inline",
    sh(`cat > p.yml <<'E'\n- hosts: all\n  tasks:\n  - pip: name=boto3 version=1.9.0\nE\nansible-playbook p.yml`),
    ["here document in line 2: 3 boto3 1.9.0 < 1.12.6"],
  ],
  ["ansible adhoc pip", sh(`ansible localhost -m pip -a "name=boto3 version=1.9.0"`), ["2 boto3 1.9.0 < 1.12.6"]],
  [
    "helm tag",
    sh(`helm upgrade --install kube2iam kube2iam/kube2iam --set image.tag=0.10.9`),
    ["2 kube2iam 0.10.9 < 0.13.0"],
  ],
  [
    "yum url localinstall",
    sh(
      `rpm -ivh https://s3.amazonaws.com/amazoncloudwatch-agent/x.rpm https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/2.3.50.0/linux_amd64/amazon-ssm-agent.rpm`,
    ),
    ["2 SSM agent 2.3.50.0 < 2.3.814.0"],
  ],
  [
    "calls and versions in their order",
    sh(
      `pip install boto3==1.9.0\ncurl -s ${U}/a > /x\ncat > /opt/y.sh <<'E'\nwget -qO- ${U}/b\nE\nbash /opt/y.sh\ngem install aws-sdk-core -v 3.70.0`,
    ),
    ["2 boto3 1.9.0 < 1.12.6", "3 curl", "8 AWS SDK for Ruby 3.70.0 < 3.79.0", "here document in line 4: 1 wget"],
  ],
])("versions: %s", (...[, text, expected]) => {
  expect(found(text)).toEqual(expected);
});

const UNTIL = 1 << 18;

test.each<readonly [title: string, start: string, repeated: string]>([
  ["calls", "#!/bin/bash\n", `curl -s ${U}/a > /b\n`],
  ["calls in one line", "#!/bin/bash\n", `curl -s ${U}/a;`],
  ["branches", "#!/bin/bash\n", `if [ -n "$TOKEN" ]; then A=$(curl ${H} ${U}/a); else A=$(curl ${U}/a); fi\n`],
  ["quotes", `#!/usr/bin/python3\nu = "${U}/"\n`, `"'`],
  ["requests", "#!/usr/bin/python3\n", `a = requests.get(b + "${U}/")\n`],
  ["braces", `#!/usr/bin/env node\nfetch("${U}/")\n`, "({["],
  ["expressions in strings", `<powershell>\nirm ${U}/\n`, '"$('],
  ["versions", "#!/bin/bash\n", "pip install boto3==1.9.0\n"],
  ["names of packages", "#!/bin/bash\nyum install ", "aws-java-sdk-"],
  ["copies", "#!/bin/bash\n# 169.254.169.254\n", "cp /a/b /a/c; cp /a/c /a/b; bash /a/c\n"],
])("time grows with the length: %s", (...[, start, repeated]) => {
  const text = start + repeated.repeat(UNTIL / repeated.length);
  const decoded = decode(userData(text));
  const before = performance.now();
  oldMetadataUses(decoded);
  expect(performance.now() - before).toBeLessThan(10_000);
});
