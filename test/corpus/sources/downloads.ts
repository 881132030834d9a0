import { bad, good, type Case } from "../corpus";

/** What is saved, unpacked or cloned, and then run. */
export const downloads: readonly Case[] = [
  // Saved, then run

  bad(
    "a program for /usr/local/bin by tee",
    () => `#!/bin/bash
curl -fsSL http://dl.example.net/jq-linux-amd64 | sudo tee /usr/local/bin/jq > /dev/null
sudo chmod a+rx /usr/local/bin/jq
`,
  ),
  bad(
    "install sets the mode",
    () => `#!/bin/bash
curl -Lo /tmp/yq http://dl.example.net/yq_linux_arm64
install -o root -g root -m 0755 /tmp/yq /usr/bin/yq
`,
  ),
  good(
    "install sets the mode of a list",
    () => `#!/bin/bash
curl -Lo /tmp/words http://dl.example.net/words.txt
install -o root -g root -m 0644 /tmp/words /usr/share/dict/words
`,
  ),
  bad(
    "cd, then the name that the server gives",
    () => `#!/bin/bash
cd /opt
curl -O http://vendor.example.org/dist/setup-2.4.bin
chmod u+x setup-2.4.bin
./setup-2.4.bin -i silent
`,
  ),
  bad(
    "wget with a directory prefix",
    () => `#!/bin/bash
wget -q -P /var/tmp http://vendor.example.org/dist/configure.pl
perl /var/tmp/configure.pl --defaults
`,
  ),
  good(
    "wget with a directory prefix of a table",
    () => `#!/bin/bash
wget -q -P /var/tmp http://vendor.example.org/dist/prices.csv
perl /opt/import/load.pl /var/tmp/prices.csv
`,
  ),
  bad(
    "downloaded, moved and scheduled by its place",
    () => `#!/bin/bash
curl -s http://ops.example.internal/scripts/cleanup -o /tmp/cleanup
mv /tmp/cleanup /etc/cron.daily/cleanup
chmod 755 /etc/cron.daily/cleanup
`,
  ),
  bad(
    "several hops until the program runs",
    () => `#!/bin/bash
set -e
work=$(mktemp -d)
wget -qO "$work/pkg.zip" http://share.example.internal/pkg.zip
unzip -q "$work/pkg.zip" -d "$work/out"
cp -r "$work/out/pkg" /opt/pkg
ln -s /opt/pkg/bin/pkgd /usr/local/sbin/pkgd
/usr/local/sbin/pkgd --register
`,
  ),
  good(
    "several hops of data",
    () => `#!/bin/bash
set -e
work=$(mktemp -d)
wget -qO "$work/maps.zip" http://share.example.internal/maps.zip
unzip -q "$work/maps.zip" -d "$work/out"
cp -r "$work/out/tiles" /var/lib/tiles
chown -R tiles: /var/lib/tiles
`,
  ),
  bad(
    "a function downloads whatever it is told",
    () => `#!/bin/bash
fetch() {
  curl --silent --fail --retry 5 "http://packages.example.internal/$1" --output "$2"
}
fetch tools/motd.txt /etc/motd
fetch tools/firstboot.sh /root/firstboot.sh
bash /root/firstboot.sh
`,
  ),
  good(
    "a function downloads texts, the script comes from the bucket",
    () => `#!/bin/bash
fetch() {
  curl --silent --fail --retry 5 "http://packages.example.internal/$1" --output "$2"
}
fetch tools/banner.txt /etc/motd
aws s3 cp s3://packages-example/tools/firstboot.sh /root/firstboot.sh
bash /root/firstboot.sh
`,
  ),
  bad(
    "the scheme is a variable of its own",
    () => `#!/bin/bash
PROTO=http
HOST=repo.example.internal
FILE=bootstrap.sh
wget -q "\${PROTO}://\${HOST}/pub/\${FILE}" -O "/root/\${FILE}"
chmod 700 "/root/\${FILE}" && "/root/\${FILE}"
`,
  ),
  good(
    "the scheme is a variable and secure",
    () => `#!/bin/bash
PROTO=https
HOST=repo.example.com
FILE=bootstrap.sh
wget -q "\${PROTO}://\${HOST}/pub/\${FILE}" -O "/root/\${FILE}"
chmod 700 "/root/\${FILE}" && "/root/\${FILE}"
`,
  ),
  bad(
    "the default of an expansion is the mirror",
    () => `#!/bin/bash
: "\${MIRROR:=http://mirror.example.internal/tools}"
curl -fsS "$MIRROR/collector" -o /usr/local/bin/collector
chmod +x /usr/local/bin/collector
collector --version
`,
  ),
  bad(
    "a loop over two mirrors",
    () => `#!/bin/bash
for base in http://m1.example.internal http://m2.example.internal; do
  if curl -fsS "$base/setup.sh" -o /tmp/setup.sh; then
    break
  fi
done
bash /tmp/setup.sh
`,
  ),
  good(
    "a loop waits for two services, then starts what is there",
    () => `#!/bin/bash
for base in http://queue.example.internal:8161 http://search.example.internal:9200; do
  until curl -fsS "$base/" > /dev/null; do sleep 5; done
done
bash /opt/app/start.sh
`,
  ),
  bad(
    "an array of parts",
    () => `#!/bin/bash
parts=(http://parts.example.net/a.sh http://parts.example.net/b.sh)
for part in "\${parts[@]}"; do
  curl -fsS "$part" > "/run/$(basename "$part")"
done
for file in /run/*.sh; do bash "$file"; done
`,
  ),
  bad(
    "an associative array gives the place of each tool",
    () => `#!/bin/bash
declare -A tool=(
  [kubectl]=http://cache.example.internal/k8s/kubectl
  [helm]=http://cache.example.internal/helm/helm
)
for name in "\${!tool[@]}"; do
  curl -sLo "/usr/local/bin/$name" "\${tool[$name]}"
  chmod 0755 "/usr/local/bin/$name"
done
`,
  ),
  good(
    "an associative array of health addresses",
    () => `#!/bin/bash
declare -A check=(
  [api]=http://api.example.internal:8080/health
  [web]=http://web.example.internal/health
)
for name in "\${!check[@]}"; do
  curl -sf "\${check[$name]}" > /dev/null && echo "$name up" >> /var/log/boot-checks
done
chmod 0644 /var/log/boot-checks
`,
  ),
  bad(
    "find makes executable what was unpacked",
    () => `#!/bin/bash
mkdir -p /opt/hooks
curl -s http://ops.example.internal/hooks.tgz | tar xz -C /opt/hooks
find /opt/hooks -name '*.sh' -exec chmod +x {} \\; -exec {} \\;
`,
  ),
  bad(
    "run-parts runs the directory",
    () => `#!/bin/bash
wget -q -r -np -nH --cut-dirs=2 -P /opt/parts http://ops.example.internal/boot/parts/
chmod -R 755 /opt/parts
run-parts /opt/parts
`,
  ),
  bad(
    "a directory by xargs from a list of names",
    () => `#!/bin/bash
cd /srv/steps
printf '%s\\n' 01-net.sh 02-app.sh | xargs -n1 -I@ wget -q http://steps.example.internal/@
for s in ./*.sh; do sh "$s" || exit 1; done
`,
  ),
  good(
    "a directory of documents by xargs",
    () => `#!/bin/bash
cd /srv/www/docs
printf '%s\\n' install.html faq.html | xargs -n1 -I@ wget -q http://docs.example.internal/@
chown -R nginx: /srv/www/docs
`,
  ),
  bad(
    "a configuration file of curl names the address",
    () => `#!/bin/bash
cat > /tmp/dl.cfg <<'CFG'
url = "http://dist.example.internal/agent/install.sh"
output = "/tmp/install.sh"
silent
fail
CFG
curl -K /tmp/dl.cfg
sh /tmp/install.sh
`,
  ),
  bad(
    "wget reads its addresses from a list",
    () => `#!/bin/bash
cat > /tmp/list <<EOF
http://dist.example.internal/a.rpm
http://dist.example.internal/b.rpm
EOF
wget -q -i /tmp/list -P /tmp/rpms
rpm -Uvh /tmp/rpms/*.rpm
`,
  ),
  bad(
    "the scheme is replaced before the download",
    () => `#!/bin/bash
URL=https://get.example.internal/agent.sh
curl -fsS "\${URL/https:/http:}" -o /tmp/agent.sh
bash /tmp/agent.sh
`,
  ),
  good(
    "the address is set anew before the download",
    () => `#!/bin/bash
URL=http://get.example.internal/agent.sh
URL=https://get.example.com/agent.sh
curl -fsS "$URL" -o /tmp/agent.sh
bash /tmp/agent.sh
`,
  ),
  good(
    "one that the text does not show",
    () => `#!/bin/bash
source /etc/boot.env
curl -fsS "$BOOTSTRAP_URL" -o /tmp/agent.sh
bash /tmp/agent.sh
`,
  ),
  good(
    "the address comes from a parameter",
    () => `#!/bin/bash
URL=$(aws ssm get-parameter --name /boot/url --query Parameter.Value --output text)
curl -fsS "$URL/agent.sh" | bash
`,
  ),
  good(
    "a version is read over HTTP, the package over HTTPS",
    () => `#!/bin/bash
VERSION=$(curl -s http://releases.example.internal/agent/latest.txt)
curl -fsSLo /tmp/agent.rpm "https://releases.example.com/agent/agent-\${VERSION}.x86_64.rpm"
rpm -i /tmp/agent.rpm
`,
  ),
  bad(
    "a Java program by HTTP under a unit",
    () => `#!/bin/bash
yum install -y java-17-amazon-corretto-headless
curl -s -o /opt/svc/svc.jar http://nexus.example.internal/repository/releases/svc/3.1.0/svc-3.1.0.jar
cat > /etc/systemd/system/svc.service <<'UNIT'
[Unit]
After=network-online.target
[Service]
ExecStart=/usr/bin/java -Xmx512m -jar /opt/svc/svc.jar
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now svc
`,
  ),
  good(
    "a Java program by HTTPS that talks to services over HTTP",
    () => `#!/bin/bash
yum install -y java-17-amazon-corretto-headless
curl -s -o /opt/svc/svc.jar https://nexus.example.com/repository/releases/svc/3.1.0/svc-3.1.0.jar
cat > /etc/systemd/system/svc.service <<'UNIT'
[Unit]
After=network-online.target
Documentation=http://wiki.example.internal/svc
[Service]
Environment=QUEUE_URL=http://queue.example.internal:8161 REGISTRY=http://10.1.0.4:8761/eureka
ExecStart=/usr/bin/java -Dhttp.proxyHost=proxy.example.internal -jar /opt/svc/svc.jar
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now svc
`,
  ),
  bad(
    "a web application for Tomcat",
    () => `#!/bin/bash
dnf install -y tomcat9
wget -qO /usr/share/tomcat/webapps/ROOT.war http://ci.example.internal/job/shop/lastSuccessfulBuild/artifact/target/shop.war
systemctl enable --now tomcat9
`,
  ),
  good(
    "static pages for a web server",
    () => `#!/bin/bash
dnf install -y nginx
curl -s http://ci.example.internal/job/site/lastSuccessfulBuild/artifact/site.tar.gz | tar xz -C /usr/share/nginx/html
systemctl enable --now nginx
`,
  ),
  bad(
    "a unit file from the network",
    () => `#!/bin/bash
curl -s http://ops.example.internal/units/agent.service > /etc/systemd/system/agent.service
systemctl daemon-reload
systemctl enable --now agent.service
`,
  ),
  bad(
    "a script put into profile.d",
    () => `#!/bin/bash
wget -q -O /etc/profile.d/company.sh http://ops.example.internal/shell/company.sh
`,
  ),
  bad(
    "appended to bashrc",
    () => `#!/bin/bash
curl -s http://ops.example.internal/dotfiles/aliases.sh >> /home/ec2-user/.bashrc
chown ec2-user: /home/ec2-user/.bashrc
`,
  ),
  good(
    "a list for an application goes to its directory",
    () => `#!/bin/bash
wget -q -O /etc/postfix/blocked_domains http://ops.example.internal/mail/blocked.txt
postmap /etc/postfix/blocked_domains
systemctl reload postfix
`,
  ),
  bad(
    "per-boot scripts of cloud-init",
    () => `#!/bin/bash
cd /var/lib/cloud/scripts/per-boot
curl -s http://ops.example.internal/perboot/tune.sh -o tune.sh
chmod +x tune.sh
`,
  ),
  bad(
    "a static pod from the network",
    () => `#!/bin/bash
curl -s http://bootstrap.example.internal/manifests/proxy.yaml -o /etc/kubernetes/manifests/proxy.yaml
systemctl restart kubelet
`,
  ),
  bad(
    "a kernel and its image for kexec",
    () => `#!/bin/bash
curl -s -o /boot/vmlinuz-lab http://pxe.example.internal/vmlinuz
curl -s -o /boot/initrd-lab http://pxe.example.internal/initrd
kexec -l /boot/vmlinuz-lab --initrd=/boot/initrd-lab --reuse-cmdline
kexec -e
`,
  ),
  bad(
    "a kernel module",
    () => `#!/bin/bash
wget -qO /lib/modules/extra.ko http://drivers.example.org/6.1/extra.ko
insmod /lib/modules/extra.ko
`,
  ),
  good(
    "firmware tables that nothing runs",
    () => `#!/bin/bash
wget -qO /var/lib/usbutils/usb.ids http://drivers.example.org/usb.ids
lsusb > /var/log/usb.txt
`,
  ),

  // Unpacked or cloned, and run from there

  bad(
    "a runtime unpacked into /usr/local",
    () => `#!/bin/bash
curl -s http://cache.example.internal/node-v20.11.1-linux-x64.tar.xz | tar -xJ -C /usr/local --strip-components=1
cd /srv/app
node server.js &
`,
  ),
  good(
    "a runtime over HTTPS, a data set over HTTP",
    () => `#!/bin/bash
curl -s https://nodejs.example.org/node-v20.11.1-linux-x64.tar.xz | tar -xJ -C /usr/local --strip-components=1
curl -s http://data.example.internal/seed.json.xz | xz -d > /srv/app/seed.json
cd /srv/app
node server.js &
`,
  ),
  bad(
    "sources are compiled",
    () => `#!/bin/bash
yum groupinstall -y "Development Tools"
cd /usr/src
wget http://ftp.example.org/pub/redis/redis-5.0.7.tar.gz
tar zxf redis-5.0.7.tar.gz
cd redis-5.0.7
make && make install
`,
  ),
  bad(
    "an rpm taken apart by cpio",
    () => `#!/bin/bash
mkdir /opt/legacy && cd /opt/legacy
curl -s http://old.example.org/legacy-1.0.rpm | rpm2cpio | cpio -idm
./usr/bin/legacy --daemon
`,
  ),
  bad(
    "an image mounted and its installer run",
    () => `#!/bin/bash
wget -q http://iso.example.internal/tools.iso -O /root/tools.iso
mount -o loop,ro /root/tools.iso /mnt
/mnt/linux/autorun.sh -n
`,
  ),
  good(
    "an image mounted for its data",
    () => `#!/bin/bash
wget -q http://iso.example.internal/maps.iso -O /root/maps.iso
mount -o loop,ro /root/maps.iso /srv/maps
`,
  ),
  bad(
    "git by its own protocol",
    () => `#!/bin/bash
git clone git://git.example.org/infra/dotfiles.git /root/dotfiles
cd /root/dotfiles && ./install
`,
  ),
  bad(
    "git over HTTP, a branch, a virtual environment",
    () => `#!/bin/bash
git clone -b stable http://gitlab.example.internal/data/worker.git /opt/worker
python3 -m venv /opt/venv
/opt/venv/bin/pip install -r /opt/worker/requirements.txt
/opt/venv/bin/python /opt/worker/main.py
`,
  ),
  good(
    "git over HTTP of documents",
    () => `#!/bin/bash
git clone --depth 1 http://gitlab.example.internal/docs/handbook.git /usr/share/nginx/html/handbook
systemctl reload nginx
`,
  ),
  bad(
    "insteadOf turns HTTPS into HTTP",
    () => `#!/bin/bash
git config --global url."http://gitmirror.example.internal/".insteadOf "https://github.com/"
git clone https://github.com/example/provision.git /opt/provision
/opt/provision/run.sh
`,
  ),
  good(
    "insteadOf turns git into HTTPS",
    () => `#!/bin/bash
git config --global url."https://github.com/".insteadOf "git://github.com/"
git clone git://github.com/example/provision.git /opt/provision
/opt/provision/run.sh
`,
  ),
  bad(
    "a remote over HTTP, then cmake",
    () => `#!/bin/bash
cd /opt/src
git init -q && git remote add origin http://git.example.internal/native/codec.git
git pull -q origin main
cmake -S . -B build && cmake --build build --target install
`,
  ),
  bad(
    "Subversion over HTTP",
    () => `#!/bin/bash
svn export --quiet http://svn.example.internal/repos/ops/trunk/host /opt/host
sh /opt/host/setup.sh
`,
  ),
  bad(
    "Mercurial over HTTP and setup.py",
    () => `#!/bin/bash
hg clone http://hg.example.org/tool /opt/tool
cd /opt/tool && python3 setup.py install
`,
  ),
  good(
    "a tag whose signature is verified",
    () => `#!/bin/bash
set -euo pipefail
gpg --import /usr/share/keys/release.asc
git clone http://git.example.internal/infra/host.git /opt/host
cd /opt/host
git verify-tag v3.2
git checkout -q v3.2
./install.sh
`,
  ),
  good(
    "a clone by SSH beside an address of the web site",
    () => `#!/bin/bash
# see http://git.example.internal/infra/host
GIT_SSH_COMMAND="ssh -i /root/.ssh/deploy" git clone ssh://git@git.example.internal:2222/infra/host.git /opt/host
/opt/host/install.sh
`,
  ),
  good(
    "a file share of Windows",
    () => `<script>
copy \\\\files.example.internal\\deploy\\agent\\setup.exe C:\\Windows\\Temp\\setup.exe
start /wait C:\\Windows\\Temp\\setup.exe /quiet
</script>
`,
  ),
  good(
    "copied by scp and run",
    () => `#!/bin/bash
scp -q deploy@build.example.internal:/srv/out/install.sh /root/install.sh
sh /root/install.sh
`,
  ),
  bad(
    "an address that printf puts together",
    () => `#!/bin/bash
printf -v ADDRESS 'http://%s/%s' setup.example.internal stage.sh
curl -fsS "$ADDRESS" | bash
`,
  ),
  // Other protocols in clear

  bad(
    "tools of an rsync daemon",
    () => `#!/bin/bash
rsync -az --delete rsync://mirror.example.internal/tools/ /opt/tools/
/opt/tools/setup.sh
`,
  ),
  bad(
    "a module of an rsync daemon",
    () => `#!/bin/bash
rsync -a --password-file /root/.rsync boot@mirror.example.internal::scripts /opt/scripts
bash /opt/scripts/stage2.sh
`,
  ),
  good(
    "rsync over a shell, of data, and to a daemon",
    () => `#!/bin/bash
rsync -a -e ssh mirror.example.internal::tools /opt/tools
rsync -a deploy@mirror.example.internal:scripts/ /opt/scripts/
rsync -a rsync://mirror.example.internal/media/ /srv/media/
rsync -a /opt/tools/ rsync://mirror.example.internal/backup/
/opt/tools/setup.sh && /opt/scripts/stage2.sh
`,
  ),
  bad(
    "a script by TFTP",
    () => `#!/bin/bash
cd /tmp
tftp 10.20.0.5 -m binary -c get pxe/stage2.sh
sh stage2.sh
`,
  ),
  bad(
    "a script by the TFTP of BusyBox",
    () => `#!/bin/sh
busybox tftp -g -l /tmp/s.sh -r pxe/stage2.sh 10.20.0.5
sh /tmp/s.sh
`,
  ),
  good(
    "a table by TFTP, and a log sent by it",
    () => `#!/bin/bash
tftp 10.20.0.5 -c get hosts.csv
tftp 10.20.0.5 -c put boot.sh
sh boot.sh
`,
  ),
  bad(
    "an export of a Subversion server in clear",
    () => `#!/bin/bash
svn export -q svn://code.example.internal/ops/trunk /opt/ops
/opt/ops/bin/up
`,
  ),
  good(
    "an export of a Subversion server over SSH",
    () => `#!/bin/bash
svn export -q svn+ssh://code.example.internal/ops/trunk /opt/ops
/opt/ops/bin/up
`,
  ),
  bad(
    "a folder that lftp mirrors",
    () => `#!/bin/bash
lftp -e "mirror --parallel=4 /boot /opt/boot; quit" ftp.example.internal
sh /opt/boot/up.sh
`,
  ),
  good(
    "a folder that lftp sends",
    () => `#!/bin/bash
lftp -e "mirror -R /opt/boot /backup; quit" ftp.example.internal
sh /opt/boot/up.sh
`,
  ),
  bad(
    "programs of an rsync daemon",
    () => `#!/bin/bash
rsync -a rsync://mirror.example.internal/bin/ /usr/local/bin/
`,
  ),
  bad(
    "a folder of a server that lftp opens",
    () => `#!/bin/bash
lftp -c "open -u boot,\\$PW ftp.example.internal; mirror scripts /opt/scripts"
bash /opt/scripts/a.sh
`,
  ),
  good(
    "a folder of a server that lftp opens over SSH or TLS",
    () => `#!/bin/bash
lftp -c "open sftp://files.example.internal; mirror scripts /opt/scripts"
lftp -c "open ftps://files.example.internal; mirror more /opt/more"
bash /opt/scripts/a.sh && bash /opt/more/a.sh
`,
  ),
  good(
    "curl that refuses HTTP",
    () => `#!/bin/bash
curl --proto '=https' -fsSL http://get.acme.example/install.sh | bash
curl --proto =https,ftps -fsSL get.acme.example/agent.sh | bash
`,
  ),
  bad(
    "curl that takes HTTP among others, or more than by default",
    () => `#!/bin/bash
curl --proto '=http,https' -fsSL http://get.acme.example/install.sh | bash
`,
  ),
  bad(
    "lwp-download to a file by its name",
    () => `#!/bin/bash
lwp-download http://ops.example.internal/setup.pl /tmp/x.pl && perl /tmp/x.pl
`,
  ),
  good(
    "lwp-download of data to a file by its name",
    () => `#!/bin/bash
lwp-download http://ops.example.internal/hosts.txt /tmp/hosts.txt
lwp-download https://ops.example.internal/setup.pl /tmp/x.pl && perl /tmp/x.pl
`,
  ),
  good(
    "scripts that browsers of a terminal show over HTTPS, beside an open address",
    () => `#!/bin/bash
curl -s http://ops.example.internal/health
lynx -source https://ops.example.internal/a.sh | sh
GET https://ops.example.internal/b.sh | sh
`,
  ),
];
