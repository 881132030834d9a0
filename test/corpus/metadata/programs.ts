import { b64, bad, good, type Case } from "../corpus";

/** Calls in other languages. */
export const programs: readonly Case[] = [
  // Other languages

  bad(
    "urlopen of Python",
    () => `#!/usr/bin/env python3
from urllib.request import urlopen

instance = urlopen("http://169.254.169.254/latest/meta-data/instance-id", timeout=2).read().decode()
with open("/etc/instance-id", "w") as out:
    out.write(instance)
`,
  ),
  good(
    "urllib of Python with a token",
    () => `#!/usr/bin/env python3
from urllib.request import Request, urlopen

BASE = "http://169.254.169.254/latest"
ask = Request(BASE + "/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
token = urlopen(ask, timeout=2).read().decode()
request = Request(BASE + "/meta-data/instance-id")
request.add_header("X-aws-ec2-metadata-token", token)
with open("/etc/instance-id", "w") as out:
    out.write(urlopen(request, timeout=2).read().decode())
`,
  ),
  bad(
    "Python 2 with a tuple of names",
    () => `#!/bin/bash
python - <<'PY'
import urllib2
for name in ("instance-id", "placement/availability-zone"):
    print(urllib2.urlopen("http://169.254.169.254/latest/meta-data/%s" % name).read())
PY
`,
  ),
  bad(
    "requests of Python",
    () => `#!/bin/bash
pip3 install requests
python3 -c 'import requests; print(requests.get("http://169.254.169.254/latest/dynamic/instance-identity/document", timeout=1).json()["region"])' > /etc/region
`,
  ),
  good(
    "a session of Python carries the token",
    () => `#!/usr/bin/env python3
import requests

session = requests.Session()
token = session.put(
    "http://169.254.169.254/latest/api/token",
    headers={"X-aws-ec2-metadata-token-ttl-seconds": "300"},
    timeout=2,
).text
session.headers.update({"X-aws-ec2-metadata-token": token})
document = session.get("http://169.254.169.254/latest/dynamic/instance-identity/document", timeout=2).json()
print(document["region"], file=open("/etc/region", "w"))
`,
  ),
  bad(
    "a session of Python without a token",
    () => `#!/usr/bin/env python3
import requests

session = requests.Session()
session.headers.update({"User-Agent": "boot/1.0"})
answer = session.get("http://169.254.169.254/latest/meta-data/placement/region", timeout=2)
open("/etc/region", "w").write(answer.text)
`,
  ),
  bad(
    "http.client of Python",
    () => `#!/usr/bin/env python3
import http.client

conn = http.client.HTTPConnection("169.254.169.254", timeout=2)
conn.request("GET", "/latest/meta-data/local-ipv4")
address = conn.getresponse().read().decode()
open("/etc/own-ip", "w").write(address)
`,
  ),
  good(
    "http.client of Python with a token",
    () => `#!/usr/bin/env python3
import http.client

conn = http.client.HTTPConnection("169.254.169.254", timeout=2)
conn.request("PUT", "/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
token = conn.getresponse().read().decode()
conn.request("GET", "/latest/meta-data/local-ipv4", headers={"X-aws-ec2-metadata-token": token})
open("/etc/own-ip", "w").write(conn.getresponse().read().decode())
`,
  ),
  bad(
    "the address in pieces of Python",
    () => `#!/usr/bin/env python3
import urllib.request

IMDS = "http://169.254.169.254"
VERSION = "latest"


def read(path):
    return urllib.request.urlopen(f"{IMDS}/{VERSION}/meta-data/{path}").read().decode()


with open("/etc/node.conf", "w") as out:
    out.write("zone=" + read("placement/availability-zone") + "\\n")
`,
  ),
  good(
    "an opener of Python adds the header",
    () => `#!/usr/bin/env python3
import urllib.request as web

URL = "http://169.254.169.254/latest"
opener = web.build_opener()
ask = web.Request(f"{URL}/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"}, method="PUT")
opener.addheaders = [("X-aws-ec2-metadata-token", web.urlopen(ask).read().decode())]
print(opener.open(f"{URL}/meta-data/placement/availability-zone").read().decode())
`,
  ),
  bad(
    "urllib3 of Python in a handler of parts",
    () => `#part-handler
import urllib3

def list_types():
    return ["text/x-node"]

def handle_part(data, ctype, filename, payload):
    if ctype == "__end__":
        pool = urllib3.PoolManager()
        name = pool.request("GET", "http://169.254.169.254/latest/meta-data/local-hostname").data
        open("/etc/node-name", "wb").write(name)
`,
  ),
  bad(
    "net/http of Ruby",
    () => `#!/usr/bin/env ruby
require "net/http"
zone = Net::HTTP.get(URI("http://169.254.169.254/latest/meta-data/placement/availability-zone"))
File.write("/etc/zone", zone)
`,
  ),
  good(
    "net/http of Ruby with a token",
    () => `#!/usr/bin/env ruby
require "net/http"
Net::HTTP.start("169.254.169.254", 80) do |http|
  token = http.send_request("PUT", "/latest/api/token", nil, "X-aws-ec2-metadata-token-ttl-seconds" => "60").body
  zone = http.get("/latest/meta-data/placement/availability-zone", "X-aws-ec2-metadata-token" => token).body
  File.write("/etc/zone", zone)
end
`,
  ),
  bad(
    "open-uri of Ruby on one line",
    () => `#!/bin/bash
ruby -ropen-uri -e 'puts URI.open("http://169.254.169.254/latest/meta-data/instance-type").read' > /etc/instance-type
`,
  ),
  bad(
    "LWP of Perl",
    () => `#!/usr/bin/perl
use strict;
use LWP::Simple;
my $id = get("http://169.254.169.254/latest/meta-data/instance-id") or die "no metadata";
open(my $out, ">", "/etc/instance-id") or die;
print $out $id;
`,
  ),
  good(
    "HTTP::Tiny of Perl with a token",
    () => `#!/usr/bin/perl
use strict;
use HTTP::Tiny;
my $base  = "http://169.254.169.254/latest";
my $http  = HTTP::Tiny->new(timeout => 2);
my $token = $http->put("$base/api/token", { headers => { "X-aws-ec2-metadata-token-ttl-seconds" => "60" } })->{content};
my $id    = $http->get("$base/meta-data/instance-id", { headers => { "X-aws-ec2-metadata-token" => $token } })->{content};
open(my $out, ">", "/etc/instance-id") or die;
print $out $id;
`,
  ),
  bad(
    "HTTP::Tiny of Perl on one line",
    () => `#!/bin/bash
ZONE=$(perl -MHTTP::Tiny -e 'print HTTP::Tiny->new->get("http://169.254.169.254/latest/meta-data/placement/availability-zone")->{content}')
echo "zone=$ZONE" >> /etc/app.conf
`,
  ),
  bad(
    "http.get of node",
    () => `#!/bin/bash
cat > /root/id.js <<'JS'
const http = require("http");
http.get({ host: "169.254.169.254", path: "/latest/meta-data/instance-id" }, (res) => {
  res.pipe(require("fs").createWriteStream("/etc/instance-id"));
});
JS
node /root/id.js
`,
  ),
  bad(
    "fetch of node",
    () => `#!/bin/bash
node --input-type=module -e 'const r = await fetch("http://169.254.169.254/latest/meta-data/placement/region"); console.log(await r.text())' > /etc/region
`,
  ),
  good(
    "fetch of node with a token",
    () => `#!/bin/bash
cat > /root/region.mjs <<'JS'
const base = "http://169.254.169.254/latest";
const token = await (await fetch(\`\${base}/api/token\`, { method: "PUT", headers: { "X-aws-ec2-metadata-token-ttl-seconds": "60" } })).text();
const headers = { "X-aws-ec2-metadata-token": token };
console.log(await (await fetch(\`\${base}/meta-data/placement/region\`, { headers })).text());
JS
node /root/region.mjs > /etc/region
`,
  ),
  bad(
    "axios in a service",
    () => `#!/bin/bash
cat > /srv/reg/register.js <<'JS'
const axios = require("axios");
(async () => {
  const { data } = await axios.get("http://169.254.169.254/latest/meta-data/local-ipv4", { timeout: 1000 });
  await axios.post("http://registry.example.internal/nodes", { address: data });
})();
JS
cd /srv/reg && npm install axios@1 && node register.js
`,
  ),
  bad(
    "http.Get of Go",
    () => `#!/bin/bash
cat > /root/main.go <<'GO'
package main

import (
	"io"
	"net/http"
	"os"
)

func main() {
	resp, err := http.Get("http://169.254.169.254/latest/meta-data/instance-id")
	if err != nil {
		os.Exit(1)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	os.WriteFile("/etc/instance-id", body, 0o644)
}
GO
go run /root/main.go
`,
  ),
  good(
    "requests of Go with a token",
    () => `#!/bin/bash
cat > /root/main.go <<'GO'
package main

import (
	"io"
	"net/http"
	"os"
)

const base = "http://169.254.169.254/latest/"

func call(method, path, header, value string) string {
	req, _ := http.NewRequest(method, base+path, nil)
	req.Header.Set(header, value)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		os.Exit(1)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

func main() {
	token := call("PUT", "api/token", "X-aws-ec2-metadata-token-ttl-seconds", "60")
	os.WriteFile("/etc/instance-id", []byte(call("GET", "meta-data/instance-id", "X-aws-ec2-metadata-token", token)), 0o644)
}
GO
go run /root/main.go
`,
  ),
  bad(
    "file_get_contents of PHP",
    () => `#!/bin/bash
php -r 'file_put_contents("/etc/instance-id", file_get_contents("http://169.254.169.254/latest/meta-data/instance-id"));'
`,
  ),
  good(
    "streams of PHP with a token",
    () => `#!/bin/bash
cat > /root/id.php <<'PHP'
<?php
$base = 'http://169.254.169.254/latest';
$put = stream_context_create(['http' => ['method' => 'PUT', 'header' => 'X-aws-ec2-metadata-token-ttl-seconds: 60']]);
$token = file_get_contents("$base/api/token", false, $put);
$get = stream_context_create(['http' => ['header' => "X-aws-ec2-metadata-token: $token"]]);
file_put_contents('/etc/instance-id', file_get_contents("$base/meta-data/instance-id", false, $get));
PHP
php /root/id.php
`,
  ),
  bad(
    "curl of PHP in the page of the web server",
    () => `#!/bin/bash
yum install -y httpd php
cat > /var/www/html/index.php <<'PHP'
<?php
$ch = curl_init('http://169.254.169.254/latest/meta-data/placement/availability-zone');
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
echo 'Served from ' . curl_exec($ch);
PHP
systemctl enable --now httpd
`,
  ),
  bad(
    "a module of Ansible asks without a header",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.uri:
        url: http://169.254.169.254/latest/meta-data/instance-id
        return_content: true
      register: id
    - ansible.builtin.copy:
        content: "{{ id.content }}"
        dest: /etc/instance-id
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "a module of Ansible sends the token",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.uri:
        url: http://169.254.169.254/latest/api/token
        method: PUT
        headers: { X-aws-ec2-metadata-token-ttl-seconds: "60" }
        return_content: true
      register: token
    - ansible.builtin.uri:
        url: http://169.254.169.254/latest/meta-data/instance-id
        headers:
          X-aws-ec2-metadata-token: "{{ token.content }}"
        return_content: true
      register: id
    - ansible.builtin.copy: { content: "{{ id.content }}", dest: /etc/instance-id }
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "the facts of Ansible",
    () => `#!/bin/bash
ansible-galaxy collection install amazon.aws
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - amazon.aws.ec2_metadata_facts:
    - ansible.builtin.debug: { var: ansible_ec2_instance_id }
YML
ansible-playbook /root/site.yml
`,
  ),
  bad(
    "a data source of Terraform",
    () => `#!/bin/bash
mkdir -p /opt/tf && cat > /opt/tf/main.tf <<'TF'
data "http" "zone" {
  url = "http://169.254.169.254/latest/meta-data/placement/availability-zone"
}
resource "local_file" "zone" {
  filename = "/etc/zone"
  content  = data.http.zone.response_body
}
TF
terraform -chdir=/opt/tf init && terraform -chdir=/opt/tf apply -auto-approve
`,
  ),
  bad(
    "Python runs a script that it decodes",
    () => `#!/bin/bash
python3 -c "import base64, subprocess; subprocess.run(['bash', '-c', base64.b64decode('${b64("#!/bin/bash\ncurl -s http://169.254.169.254/latest/meta-data/ami-id > /etc/ami\n")}').decode()])"
`,
  ),
  bad(
    "PowerShell evaluates a line that it decodes",
    () => `<powershell>
$code = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${b64("irm http://169.254.169.254/latest/meta-data/instance-id | Out-File C:\\iid.txt")}'))
Invoke-Expression $code
</powershell>
`,
  ),
  bad(
    "Groovy reads a URL",
    () => `#!/bin/bash
groovy -e 'println "http://169.254.169.254/latest/meta-data/instance-id".toURL().text' > /etc/instance-id
`,
  ),
  bad(
    "playbook with a request on one line",
    () => `#!/bin/bash
cat > /root/site.yml <<'Y'
- hosts: localhost
  tasks:
    - uri: { return_content: true, url: "http://169.254.169.254/latest/meta-data/instance-id" }
      register: id
Y
ansible-playbook -c local /root/site.yml
`,
  ),
  good(
    "playbook with a request on one line and a token",
    () => `#!/bin/bash
cat > /root/site.yml <<'Y'
- hosts: localhost
  tasks:
    - uri: { url: "http://169.254.169.254/latest/api/token", method: PUT, return_content: true, headers: { X-aws-ec2-metadata-token-ttl-seconds: "60" } }
      register: token
    - uri: { url: "http://169.254.169.254/latest/meta-data/instance-id", return_content: true, headers: { X-aws-ec2-metadata-token: "{{ token.content }}" } }
      register: id
Y
ansible-playbook -c local /root/site.yml
`,
  ),
];
