import { b64, bad, good, type Case } from "../corpus";
import { gz } from "../forms";

/** Texts that are written, and then run or scheduled. */
export const written: readonly Case[] = [
  // Written, then run or scheduled

  bad(
    "a script for cron",
    () => `#!/bin/bash
cat > /etc/cron.hourly/report <<'CRON'
#!/bin/bash
ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
aws cloudwatch put-metric-data --namespace Host --metric-name Up --value 1 --dimensions InstanceId=$ID
CRON
chmod 755 /etc/cron.hourly/report
`,
  ),
  good(
    "a script for cron with a token",
    () => `#!/bin/bash
cat > /etc/cron.hourly/report <<'CRON'
#!/bin/bash
TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')
ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)
aws cloudwatch put-metric-data --namespace Host --metric-name Up --value 1 --dimensions InstanceId=$ID
CRON
chmod 755 /etc/cron.hourly/report
`,
  ),
  bad(
    "a line of a crontab",
    () => `#!/bin/bash
echo '@reboot root curl -s http://169.254.169.254/latest/meta-data/public-ipv4 > /var/www/html/ip.txt' > /etc/cron.d/public-ip
`,
  ),
  bad(
    "a unit reads its address before the start",
    () => `#!/bin/bash
cat > /etc/systemd/system/gossip.service <<'UNIT'
[Unit]
After=network-online.target
[Service]
ExecStartPre=/bin/sh -c 'echo ADDR=$(curl -s http://169.254.169.254/latest/meta-data/local-ipv4) > /run/gossip.env'
EnvironmentFile=-/run/gossip.env
ExecStart=/usr/local/bin/gossip -bind \${ADDR}
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now gossip
`,
  ),
  good(
    "a unit reads its address with a token",
    () => `#!/bin/bash
cat > /etc/systemd/system/gossip.service <<'UNIT'
[Unit]
After=network-online.target
[Service]
ExecStartPre=/bin/sh -c 'T=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60"); echo ADDR=$(curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/local-ipv4) > /run/gossip.env'
EnvironmentFile=-/run/gossip.env
ExecStart=/usr/local/bin/gossip -bind \${ADDR}
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now gossip
`,
  ),
  bad(
    "a timer runs a written script",
    () => `#!/bin/bash
install -d /opt/ops
tee /opt/ops/dns.sh > /dev/null <<'SH'
#!/bin/sh
ip=$(wget -qO- http://169.254.169.254/latest/meta-data/public-ipv4)
aws route53 change-resource-record-sets --hosted-zone-id Z0EXAMPLE --change-batch "$(sed "s/IP/$ip/" /opt/ops/change.json)"
SH
chmod +x /opt/ops/dns.sh
cat > /etc/systemd/system/dns.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/opt/ops/dns.sh
UNIT
cat > /etc/systemd/system/dns.timer <<'UNIT'
[Timer]
OnBootSec=1min
OnUnitActiveSec=5min
[Install]
WantedBy=timers.target
UNIT
systemctl enable --now dns.timer
`,
  ),
  bad(
    "write_files and runcmd",
    () => `#cloud-config
write_files:
  - path: /opt/setup/id.sh
    permissions: "0755"
    content: |
      #!/bin/bash
      curl -s http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
runcmd:
  - /opt/setup/id.sh
`,
  ),
  good(
    "write_files and runcmd with a token",
    () => `#cloud-config
write_files:
  - path: /opt/setup/id.sh
    permissions: "0755"
    content: |
      #!/bin/bash
      T=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
      curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id
runcmd:
  - /opt/setup/id.sh
`,
  ),
  good(
    "a document in write_files",
    () => `#cloud-config
write_files:
  - path: /usr/share/doc/metadata/README.md
    permissions: "0644"
    content: |
      # Metadata
      Version 1 looked like this and is off:

          curl -s http://169.254.169.254/latest/meta-data/instance-id

      Use \`ec2-metadata -i\`.
runcmd:
  - systemctl restart motd
`,
  ),
  bad(
    "the list form of runcmd",
    () => `#cloud-config
runcmd:
  - [curl, -s, -o, /etc/instance-id, "http://169.254.169.254/latest/meta-data/instance-id"]
  - [systemctl, restart, app]
`,
  ),
  bad(
    "bootcmd",
    () => `#cloud-config
bootcmd:
  - echo "127.0.1.1 $(wget -qO- http://169.254.169.254/latest/meta-data/local-hostname)" >> /etc/hosts
`,
  ),
  good(
    "cloud-config asks cloud-init",
    () => `## template: jinja
#cloud-config
runcmd:
  - echo "127.0.1.1 {{ ds.meta_data.local_hostname }}" >> /etc/hosts
  - cloud-init query ds.meta_data.instance_id > /etc/instance-id
  - cloud-init query v1.region > /etc/region
`,
  ),
  bad(
    "a boothook",
    () => `#cloud-boothook
#!/bin/sh
REGION=$(curl -s http://169.254.169.254/latest/meta-data/placement/region)
echo "repo_upgrade: none" >> /etc/cloud/cloud.cfg.d/90_upgrade.cfg
echo "$REGION" > /etc/yum/vars/awsregion
`,
  ),
  bad(
    "a profile reads at each login",
    () => `#!/bin/bash
cat > /etc/profile.d/prompt.sh <<'SH'
INSTANCE_ID=$(curl -s -m 1 http://169.254.169.254/latest/meta-data/instance-id)
export PS1="[\\u@$INSTANCE_ID \\W]\\\\$ "
SH
`,
  ),
  good(
    "a profile reads at each login by a tool",
    () => `#!/bin/bash
cat > /etc/profile.d/prompt.sh <<'SH'
# formerly: curl -s http://169.254.169.254/latest/meta-data/instance-id
INSTANCE_ID=$(ec2-metadata --quiet --instance-id)
export PS1="[\\u@$INSTANCE_ID \\W]\\\\$ "
SH
`,
  ),
  bad(
    "a script in base64 is decoded and run",
    () => `#!/bin/bash
echo ${b64("#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id\n")} | base64 -d > /root/id.sh
sh /root/id.sh
`,
  ),
  good(
    "a script in base64 with a token",
    () => `#!/bin/bash
echo ${b64("#!/bin/sh\nT=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')\ncurl -s -H \"X-aws-ec2-metadata-token: $T\" http://169.254.169.254/latest/meta-data/instance-id > /etc/instance-id\n")} | base64 -d > /root/id.sh
sh /root/id.sh
`,
  ),
  bad(
    "a compressed script in write_files",
    () => `#cloud-config
write_files:
  - path: /var/lib/cloud/scripts/per-boot/zone.sh
    permissions: "0755"
    encoding: gz+b64
    content: ${gz("#!/bin/sh\nwget -q -O /etc/zone http://169.254.169.254/latest/meta-data/placement/availability-zone\n")}
`,
  ),
  bad(
    "the whole text in base64",
    () => `${b64("#!/bin/bash\nEC2_ID=$(curl http://169.254.169.254/latest/meta-data/instance-id)\necho $EC2_ID > /etc/id\n")}
`,
  ),
  good(
    "the whole text in base64 with a token",
    () => `${b64("#!/bin/bash\nTOKEN=$(curl -X PUT -s http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')\ncurl -s -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/latest/meta-data/instance-id > /etc/id\n")}
`,
  ),
  bad(
    "a shell part of a mail with several parts",
    () => `Content-Type: multipart/mixed; boundary="//"
MIME-Version: 1.0

--//
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
package_update: true

--//
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
MAC=$(curl -s http://169.254.169.254/latest/meta-data/network/interfaces/macs/ | head -n1)
echo "$MAC" > /etc/mac

--//--
`,
  ),
  good(
    "the user data of a node with a token",
    () => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="==NODE=="

--==NODE==
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
set -ex
TOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
ID=$(curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)
/etc/eks/bootstrap.sh cluster-a --kubelet-extra-args "--node-labels=instance=$ID"

--==NODE==--
`,
  ),
  bad(
    "the index page of a test machine",
    () => `#!/bin/bash
yum install -y httpd
systemctl start httpd
EC2AZ=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone)
echo '<center><h1>This instance is in AZ: AZID</h1></center>' > /var/www/html/index.txt
sed "s/AZID/$EC2AZ/" /var/www/html/index.txt > /var/www/html/index.html
`,
  ),
  bad(
    "a Dockerfile whose entry point reads",
    () => `#!/bin/bash
mkdir -p /opt/side && cd /opt/side
cat > run.sh <<'SH'
#!/bin/sh
export HOST=$(wget -qO- http://169.254.169.254/latest/meta-data/local-ipv4)
exec /side --host "$HOST"
SH
printf 'FROM alpine:3.20\\nCOPY side run.sh /\\nCMD ["/bin/sh", "/run.sh"]\\n' > Dockerfile
docker build -t side . && docker run -d --network host side
`,
  ),
  bad(
    "an executed script is made by printf",
    () => `#!/bin/sh
printf '#!/bin/sh\\ncurl -s http://169.254.169.254/latest/meta-data/%s\\n' instance-id > /usr/local/bin/my-id
chmod +x /usr/local/bin/my-id
/usr/local/bin/my-id > /etc/instance-id
`,
  ),
  bad(
    "a long script with one old call",
    () => `#!/bin/bash
set -euo pipefail
exec > /var/log/user-data.log 2>&1

TOKEN=$(curl -sS -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")
imds() { curl -sS -H "X-aws-ec2-metadata-token: $TOKEN" "http://169.254.169.254/latest/$1"; }

REGION=$(imds meta-data/placement/region)
INSTANCE_ID=$(imds meta-data/instance-id)
aws configure set default.region "$REGION"

dnf -y install amazon-cloudwatch-agent nginx
cat > /opt/aws/amazon-cloudwatch-agent/etc/config.json <<'JSON'
{ "metrics": { "append_dimensions": { "InstanceId": "\${aws:InstanceId}" } } }
JSON
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/opt/aws/amazon-cloudwatch-agent/etc/config.json

# registration
aws elbv2 register-targets --target-group-arn "$(aws ssm get-parameter --name /tg --query Parameter.Value --output text)" --targets "Id=$INSTANCE_ID"
curl -s -X POST http://cmdb.example.internal/hosts -d "id=$INSTANCE_ID" -d "type=$(curl -s http://169.254.169.254/latest/meta-data/instance-type)"
`,
  ),
  bad(
    "a hook of apt",
    () => `#!/bin/bash
cat > /etc/apt/apt.conf.d/90tag <<'CONF'
DPkg::Post-Invoke { "curl -s http://169.254.169.254/latest/meta-data/instance-id > /var/lib/app/id"; };
CONF
`,
  ),
  good(
    "a hook of apt, with a token",
    () => `#!/bin/bash
cat > /etc/apt/apt.conf.d/90tag <<'CONF'
DPkg::Post-Invoke { "T=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'); curl -s -H 'X-aws-ec2-metadata-token: '$T http://169.254.169.254/latest/meta-data/instance-id > /var/lib/app/id"; };
CONF
`,
  ),
  bad(
    "a file of cloud-config whose content comes from the service",
    () => `#cloud-config
write_files:
  - path: /etc/app/document.json
    source:
      uri: http://169.254.169.254/latest/dynamic/instance-identity/document
`,
  ),
  good(
    "a file of cloud-config whose content comes from a server",
    () => `#cloud-config
write_files:
  - path: /etc/app/document.json
    source:
      uri: https://config.example.com/document.json
  - path: /etc/app/no-proxy
    content: 169.254.169.254
`,
  ),
  bad(
    "a file of Ignition whose content comes from the service",
    () => `{"ignition":{"version":"3.4.0"},"storage":{"files":[{"path":"/etc/app/zone","contents":{"source":"http://169.254.169.254/latest/meta-data/placement/availability-zone"}}]}}
`,
  ),
  bad(
    "a command in a manifest of Puppet",
    () => `#!/bin/bash
cat > /opt/zone.pp <<'PP'
exec { 'zone':
  command => '/usr/bin/curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone -o /etc/zone',
}
PP
puppet apply /opt/zone.pp
`,
  ),
  bad(
    "a command that Telegraf runs",
    () => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/life.conf <<'TOML'
[[inputs.exec]]
  commands = ["curl -s http://169.254.169.254/latest/meta-data/instance-life-cycle"]
  data_format = "value"
TOML
systemctl restart telegraf
`,
  ),
  good(
    "a measurement of Telegraf that names the address",
    () => `#!/bin/bash
cat > /etc/telegraf/telegraf.d/ping.conf <<'TOML'
[[inputs.ping]]
  urls = ["169.254.169.254"]
  count = 1
TOML
systemctl restart telegraf
`,
  ),
  bad(
    "a unit of a cloud-config of Flatcar",
    () => `#cloud-config
coreos:
  units:
    - name: ip.service
      command: start
      content: |
        [Service]
        Type=oneshot
        ExecStart=/usr/bin/sh -c 'curl -s http://169.254.169.254/latest/meta-data/local-ipv4 > /run/ip'
`,
  ),
  bad(
    "a script that carries itself behind a mark",
    () => `#!/bin/bash
sed '1,/^__SCRIPT__$/d' "$0" | base64 -d | bash
exit 0
__SCRIPT__
${b64("#!/bin/bash\ncurl -s http://169.254.169.254/latest/meta-data/ami-id > /etc/ami\n")}
`,
  ),
  bad(
    "a variable of a unit holds the address",
    () => `#!/bin/bash
cat > /etc/systemd/system/zone.service <<'UNIT'
[Service]
Type=oneshot
Environment=IMDS=http://169.254.169.254/latest/meta-data
ExecStart=/usr/bin/curl -so /etc/zone \${IMDS}/placement/availability-zone
UNIT
systemctl start zone
`,
  ),
];
