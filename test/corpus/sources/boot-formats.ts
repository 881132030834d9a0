import { b64, bad, good, type Case } from "../corpus";
import { gz } from "../forms";

/** Cloud-config and other formats of user data. */
export const bootFormats: readonly Case[] = [
  // Cloud-config and other formats

  bad(
    "the list form of runcmd saves and runs",
    () => `#cloud-config
hostname: edge-1
runcmd:
  - [wget, "http://seed.example.internal/edge.sh", -O, /run/edge.sh]
  - [sh, -xe, /run/edge.sh]
`,
  ),
  good(
    "the list form of runcmd reads a page",
    () => `#cloud-config
hostname: edge-1
runcmd:
  - [wget, "http://seed.example.internal/edge.txt", -O, /run/edge.txt]
  - [systemctl, restart, edge]
`,
  ),
  bad(
    "bootcmd with a download",
    () => `#cloud-config
bootcmd:
  - [cloud-init-per, once, firmware, sh, -c, "curl -s http://fw.example.internal/flash.sh -o /run/flash.sh; sh /run/flash.sh"]
`,
  ),
  bad(
    "a file with a source over HTTP, made executable",
    () => `#cloud-config
write_files:
  - path: /usr/local/bin/tune
    owner: root:root
    permissions: "0755"
    source:
      uri: http://config.example.internal/tune
runcmd:
  - /usr/local/bin/tune --now
`,
  ),
  good(
    "a file with a source over HTTP that is only read",
    () => `#cloud-config
write_files:
  - path: /var/lib/app/regions.csv
    owner: root:root
    permissions: "0644"
    source:
      uri: http://config.example.internal/regions.csv
runcmd:
  - systemctl restart app
`,
  ),
  bad(
    "a script in write_files that fetches",
    () => `#cloud-config
packages: [curl]
write_files:
  - path: /opt/init/run.sh
    permissions: "0700"
    content: |
      #!/bin/sh
      set -eu
      curl -sS http://artifacts.example.internal/bundle.tgz -o /tmp/bundle.tgz
      tar -C /opt/bundle -xzf /tmp/bundle.tgz
      exec /opt/bundle/start.sh
runcmd:
  - sh /opt/init/run.sh
`,
  ),
  good(
    "a configuration in write_files with upstreams",
    () => `#cloud-config
packages: [nginx]
write_files:
  - path: /etc/nginx/conf.d/site.conf
    content: |
      upstream app { server 10.1.2.3:8080; }
      server {
        listen 80;
        location / { proxy_pass http://app; }
        location /old { return 301 http://www.example.com/new; }
      }
runcmd:
  - systemctl restart nginx
`,
  ),
  bad(
    "include over HTTP",
    () => `#include
https://boot.example.com/base.yaml
http://boot.example.internal/role-web.yaml
`,
  ),
  good(
    "include over HTTPS with a comment",
    () => `#include
# http://boot.example.internal/role-web.yaml
https://boot.example.com/base.yaml
https://boot.example.com/role-web.yaml
`,
  ),
  bad(
    "include once over HTTP",
    () => `#include-once
http://10.0.0.2:8000/user-data/first.txt
`,
  ),
  bad(
    "an include part in a mail of several parts",
    () => `Content-Type: multipart/mixed; boundary="==BOOT=="
MIME-Version: 1.0

--==BOOT==
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
timezone: UTC

--==BOOT==
Content-Type: text/x-include-url; charset="us-ascii"

http://boot.example.internal/common.sh

--==BOOT==--
`,
  ),
  good(
    "an include part over HTTPS",
    () => `Content-Type: multipart/mixed; boundary="==BOOT=="
MIME-Version: 1.0

--==BOOT==
Content-Type: text/x-include-url; charset="us-ascii"

https://boot.example.com/common.sh

--==BOOT==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/sh
wget -q --spider http://boot.example.internal/alive && touch /run/alive

--==BOOT==--
`,
  ),
  bad(
    "a shell part encoded as base64",
    () => `Content-Type: multipart/mixed; boundary="b0b"
MIME-Version: 1.0

--b0b
Content-Type: text/x-shellscript
Content-Transfer-Encoding: base64

${b64("#!/bin/bash\nwget -qO /root/n.sh http://n.example.internal/n.sh\nbash /root/n.sh\n")}

--b0b--
`,
  ),
  bad(
    "an archive of cloud-config with an include",
    () => `#cloud-config-archive
- type: text/cloud-config
  content: |
    locale: en_US.UTF-8
- type: text/x-include-url
  content: |
    http://boot.example.internal/extra.yaml
`,
  ),
  bad(
    "the source of a package without a signature",
    () => `#cloud-config
apt:
  sources:
    internal.list:
      source: "deb [trusted=yes] http://apt.example.internal/ubuntu noble main"
packages:
  - internal-agent
`,
  ),
  good(
    "the source of a package with its key id",
    (made) => `#cloud-config
apt:
  sources:
    docker.list:
      source: "deb [arch=amd64 signed-by=$KEY_FILE] http://download.example.com/linux/ubuntu $RELEASE stable"
      keyid: ${made.digest("sha1").toUpperCase()}
      keyserver: hkps://keyserver.ubuntu.com
packages:
  - docker-ce
`,
  ),
  good(
    "mirrors and a proxy of apt",
    () => `#cloud-config
apt:
  primary:
    - arches: [default]
      uri: http://eu-central-1.ec2.archive.ubuntu.com/ubuntu/
  proxy: http://apt.example.internal:3142
package_update: true
packages: [htop, jq]
`,
  ),
  bad(
    "apt is told not to authenticate",
    () => `#cloud-config
apt:
  conf: |
    APT::Get::AllowUnauthenticated "true";
  sources:
    own:
      source: "deb http://deb.example.internal/ own main"
packages: [own-daemon]
`,
  ),
  bad(
    "a repository of yum without a check",
    () => `#cloud-config
yum_repos:
  build:
    name: build output
    baseurl: http://build.example.internal/rpms/
    enabled: true
    gpgcheck: false
packages:
  - build-agent
`,
  ),
  good(
    "a repository of yum with a check",
    () => `#cloud-config
yum_repos:
  build:
    name: build output
    baseurl: http://build.example.internal/rpms/
    enabled: true
    gpgcheck: true
    gpgkey: https://build.example.com/RPM-GPG-KEY-build
packages:
  - build-agent
`,
  ),
  bad(
    "a repository of yum whose key is fetched over HTTP",
    () => `#cloud-config
yum_repos:
  influx:
    name: time series
    baseurl: http://repos.example.org/rhel/$releasever/$basearch/stable
    gpgcheck: true
    gpgkey: http://repos.example.org/influx.key
packages: [influx]
`,
  ),
  bad(
    "a repository of zypper without a check",
    () => `#cloud-config
zypper:
  repos:
    - id: lab
      name: lab
      baseurl: http://lab.example.internal/sles15/
      enabled: 1
      gpgcheck: 0
packages: [lab-agent]
`,
  ),
  bad(
    "the omnibus address of Chef",
    () => `#cloud-config
chef:
  install_type: omnibus
  omnibus_url: http://omnitruck.example.internal/install.sh
  server_url: https://chef.example.com/organizations/ops
  run_list: ["recipe[base]"]
`,
  ),
  good(
    "Chef from its secure address",
    () => `#cloud-config
chef:
  install_type: omnibus
  omnibus_url: https://omnitruck.chef.io/install.sh
  server_url: https://chef.example.com/organizations/ops
  run_list: ["recipe[base]"]
phone_home:
  url: http://cmdb.example.internal/$INSTANCE_ID/
  post: [instance_id, hostname]
`,
  ),
  bad(
    "cloud-init's own ansible pulls over HTTP",
    () => `#cloud-config
ansible:
  install_method: pip
  package_name: ansible-core
  pull:
    url: "http://gitea.example.internal/ops/vm.git"
    playbook_name: ubuntu.yml
`,
  ),
  bad(
    "the installer of Puppet over HTTP",
    () => `#cloud-config
puppet:
  install: true
  install_type: aio
  aio_install_url: http://mirror.example.internal/puppet/install.sh
  conf:
    agent:
      server: puppet.example.internal
`,
  ),
  bad(
    "a variable of the jinja template",
    () => `## template: jinja
#cloud-config
{% set mirror = "http://mirror.example.internal" %}
runcmd:
  - curl -s {{ mirror }}/agents/{{ v1.region }}/install.sh | bash
`,
  ),
  good(
    "the jinja template of a web page",
    () => `## template: jinja
#cloud-config
write_files:
  - path: /var/www/html/index.html
    content: |
      <a href="http://status.example.com/">{{ v1.instance_id }}</a>
runcmd:
  - curl -s https://get.example.com/agents/{{ v1.region }}/install.sh | bash
`,
  ),
  bad(
    "a boothook",
    () => `#cloud-boothook
#!/bin/sh
cloud-init-per once ssh-ca sh -c 'curl -s http://ca.example.internal/setup | sh'
`,
  ),
  bad(
    "a handler of parts in Python",
    () => `#part-handler
import subprocess

def list_types():
    return ["text/x-role"]

def handle_part(data, ctype, filename, payload):
    if ctype == "__begin__":
        subprocess.call("wget -qO- http://roles.example.internal/setup.sh | sh", shell=True)
`,
  ),
  bad(
    "snap commands of cloud-config",
    () => `#cloud-config
snap:
  commands:
    0: wget -q http://snaps.example.internal/kiosk_2.snap -O /root/kiosk.snap
    1: snap install /root/kiosk.snap --dangerous
`,
  ),
  bad(
    "Ignition writes a program without a hash and a unit that runs it",
    () => `{
  "ignition": { "version": "3.4.0" },
  "storage": { "files": [ { "path": "/opt/bin/agent", "mode": 493, "contents": { "source": "http://dist.example.internal/agent" } } ] },
  "systemd": { "units": [ { "name": "agent.service", "enabled": true, "contents": "[Service]\\nExecStart=/opt/bin/agent\\n[Install]\\nWantedBy=multi-user.target\\n" } ] }
}
`,
  ),
  good(
    "Ignition verifies a program by its hash",
    (made) => `{
  "ignition": { "version": "3.4.0" },
  "storage": { "files": [ { "path": "/opt/bin/agent", "mode": 493, "contents": { "source": "http://dist.example.internal/agent", "verification": { "hash": "sha512-${made.digest("sha512")}" } } } ] },
  "systemd": { "units": [ { "name": "agent.service", "enabled": true, "contents": "[Service]\\nExecStart=/opt/bin/agent\\n[Install]\\nWantedBy=multi-user.target\\n" } ] }
}
`,
  ),
  bad(
    "a script in base64 inside write_files",
    () => `#cloud-config
write_files:
  - path: /var/lib/cloud/scripts/per-instance/join.sh
    permissions: "0755"
    encoding: b64
    content: ${b64("#!/bin/sh\ncurl -s http://join.example.internal/node | sh -s worker\n")}
`,
  ),
  good(
    "a page in base64 inside write_files",
    () => `#cloud-config
write_files:
  - path: /usr/share/nginx/html/index.html
    encoding: b64
    content: ${b64('<html xmlns="http://www.w3.org/1999/xhtml"><body><pre>curl http://example.org | sh</pre></body></html>\n')}
`,
  ),
  bad(
    "the whole text in base64",
    () => `${b64("#!/bin/bash\ndnf -y update\nyum install -y http://rpm.example.internal/base-1.noarch.rpm\n")}
`,
  ),
  bad(
    "compressed and run in line",
    () => `#!/bin/bash
echo ${gz("curl -s http://stage2.example.internal/run | bash\n")} | base64 -d | gunzip | bash
`,
  ),
  good(
    "compressed, decoded into a page",
    () => `#!/bin/bash
echo ${gz("See http://stage2.example.internal/run for help: curl ... | bash\n")} | base64 -d | gunzip > /usr/share/doc/help.txt
`,
  ),
  bad(
    "base64 in a variable is decoded by Python",
    () => `#!/bin/bash
PAYLOAD=${b64("import os\nos.system('curl -s http://py.example.internal/a | sh')\n")}
python3 -c "import base64; exec(base64.b64decode('$PAYLOAD'))"
`,
  ),
  bad(
    "a unit of a cloud-config of Flatcar",
    () => `#cloud-config
coreos:
  units:
    - name: join.service
      command: start
      content: |
        [Service]
        Type=oneshot
        ExecStart=/usr/bin/bash -c "curl -s http://setup.example.internal/join.sh | bash"
`,
  ),
  good(
    "a unit of a cloud-config of Flatcar over HTTPS",
    () => `#cloud-config
coreos:
  update:
    server: http://update.example.internal/v1/update
  units:
    - name: join.service
      command: start
      content: |
        [Service]
        Type=oneshot
        ExecStart=/usr/bin/bash -c "curl -s https://setup.example.com/join.sh | bash"
`,
  ),
  bad(
    "a program of EC2Launch with code among its arguments",
    () => `version: 1.0
tasks:
  - task: executeProgram
    inputs:
      - frequency: always
        path: powershell.exe
        arguments: ['-NoProfile', '-Command', 'irm http://setup.example.net/agent.ps1 | iex']
`,
  ),
  good(
    "a program of EC2Launch with an address among its arguments",
    () => `version: 1.0
tasks:
  - task: executeProgram
    inputs:
      - frequency: always
        path: C:\\Tools\\agent.exe
        arguments: ['--server', 'http://agents.example.internal:8080']
`,
  ),
  bad(
    "a file of EC2Launch that a program runs",
    () => `version: 1.0
tasks:
  - task: writeFile
    inputs:
      frequency: once
      destination: C:\\first.ps1
      content: |
        irm http://setup.example.net/agent.ps1 | iex
  - task: executeProgram
    inputs:
      - frequency: once
        path: powershell.exe
        arguments: ['-File', 'C:\\first.ps1']
`,
  ),
];
