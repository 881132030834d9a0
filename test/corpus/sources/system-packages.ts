import { bad, good, type Case } from "../corpus";

/** Packages and repositories of the system. */
export const systemPackages: readonly Case[] = [
  // apt and dpkg

  good(
    "Ubuntu's mirrors over HTTP",
    () => `#!/bin/bash
cat > /etc/apt/sources.list <<'LIST'
deb http://eu-west-1.ec2.archive.ubuntu.com/ubuntu/ noble main restricted universe
deb http://security.ubuntu.com/ubuntu noble-security main restricted universe
LIST
apt-get update && apt-get install -y nginx jq
`,
  ),
  bad(
    "a source that is trusted without a signature",
    () => `#!/bin/bash
echo 'deb [trusted=yes] http://apt.example.internal/ stable main' > /etc/apt/sources.list.d/internal.list
apt-get update
apt-get install -y internal-agent
`,
  ),
  bad(
    "the option stands beside the architecture",
    () => `#!/bin/bash
printf 'deb [arch=amd64 allow-insecure=yes] http://apt.example.net/debian bookworm main\\n' | tee /etc/apt/sources.list.d/net.list
apt-get update -qq && apt-get -y install netwatch
`,
  ),
  good(
    "the options beside the architecture are harmless",
    () => `#!/bin/bash
curl -fsSL https://apt.example.net/key.gpg | gpg --dearmor -o /usr/share/keyrings/net.gpg
printf 'deb [arch=amd64 signed-by=/usr/share/keyrings/net.gpg] http://apt.example.net/debian bookworm main\\n' | tee /etc/apt/sources.list.d/net.list
apt-get update -qq && apt-get -y install netwatch
`,
  ),
  bad(
    "a source in the new format that is trusted",
    () => `#!/bin/bash
cat > /etc/apt/sources.list.d/lab.sources <<'SRC'
Types: deb
URIs: http://lab.example.internal/debian
Suites: bookworm
Components: main
Trusted: yes
SRC
apt-get update && apt-get install -y lab-tools
`,
  ),
  good(
    "a source in the new format with a key in the text",
    () => `#!/bin/bash
cat > /etc/apt/sources.list.d/lab.sources <<'SRC'
Types: deb
URIs: http://lab.example.internal/debian
Suites: bookworm
Components: main
Signed-By: /etc/apt/keyrings/lab.asc
SRC
aws s3 cp s3://keys-example/lab.asc /etc/apt/keyrings/lab.asc
apt-get update && apt-get install -y lab-tools
`,
  ),
  bad(
    "the key comes over HTTP",
    () => `#!/bin/bash
wget -qO - http://apt.example.org/archive.key | apt-key add -
echo "deb http://apt.example.org/ubuntu jammy main" > /etc/apt/sources.list.d/org.list
apt-get update
apt-get install -y orgd
`,
  ),
  bad(
    "a key ring over HTTP behind signed-by",
    () => `#!/bin/bash
install -d -m 0755 /etc/apt/keyrings
curl -s http://packages.example.org/gpg | gpg --dearmor > /etc/apt/keyrings/org.gpg
echo "deb [signed-by=/etc/apt/keyrings/org.gpg] http://packages.example.org/apt stable main" > /etc/apt/sources.list.d/org.list
apt-get update && apt-get install -y orgd
`,
  ),
  good(
    "the key over HTTPS with apt-key",
    () => `#!/bin/bash
curl -fsSL https://apt.example.org/archive.key | apt-key add -
add-apt-repository -y "deb http://apt.example.org/ubuntu jammy main"
apt-get update
apt-get install -y orgd
`,
  ),
  good(
    "the key over HTTP has the digest of the text",
    (made) => `#!/bin/bash
set -e
curl -s http://apt.example.org/archive.key -o /tmp/archive.key
echo "${made.digest()}  /tmp/archive.key" | sha256sum -c -
gpg --dearmor < /tmp/archive.key > /etc/apt/keyrings/org.gpg
echo "deb [signed-by=/etc/apt/keyrings/org.gpg] http://apt.example.org/ubuntu jammy main" > /etc/apt/sources.list.d/org.list
apt-get update
apt-get install -y orgd
`,
  ),
  bad(
    "apt takes what nobody signed",
    () => `#!/bin/bash
echo "deb http://10.0.9.4/apt ./" >> /etc/apt/sources.list
apt-get update --allow-insecure-repositories
apt-get install -y --allow-unauthenticated mytool
`,
  ),
  bad(
    "the setting of apt is written to a file",
    () => `#!/bin/bash
echo 'APT::Get::AllowUnauthenticated "true";' > /etc/apt/apt.conf.d/99unsigned
echo "deb http://deb.example.internal/ ./" > /etc/apt/sources.list.d/deb.list
apt update
apt install -y billing-daemon
`,
  ),
  bad(
    "the setting of apt is an option of the command",
    () => `#!/bin/bash
echo "deb http://deb.example.internal/ ./" > /etc/apt/sources.list.d/deb.list
apt-get -o Acquire::AllowInsecureRepositories=true -o APT::Get::AllowUnauthenticated=true update
apt-get -o APT::Get::AllowUnauthenticated=true install -y billing-daemon
`,
  ),
  good(
    "settings of apt for proxies and pipelines",
    () => `#!/bin/bash
cat > /etc/apt/apt.conf.d/90boot <<'CONF'
Acquire::http::Proxy "http://apt-cacher.example.internal:3142";
Acquire::http::Pipeline-Depth "0";
APT::Get::Assume-Yes "true";
APT::Periodic::Unattended-Upgrade "1";
CONF
apt-get update && apt-get install unattended-upgrades
`,
  ),
  bad(
    "a deb file by wget and apt",
    () => `#!/bin/bash
wget http://dl.example.net/pool/w/watch/watch_4.2_amd64.deb -P /tmp
apt-get install -y /tmp/watch_4.2_amd64.deb
`,
  ),
  bad(
    "gdebi installs a file",
    () => `#!/bin/bash
apt-get install -y gdebi-core
curl -so /root/shiny.deb http://rs.example.net/shiny-server-1.5.20-amd64.deb
gdebi -n /root/shiny.deb
`,
  ),
  bad(
    "dpkg takes all files of a directory",
    () => `#!/bin/bash
mkdir /tmp/debs && cd /tmp/debs
for p in libfoo1_1.2_amd64.deb foo_1.2_amd64.deb; do
  curl -sO "http://pool.example.internal/$p"
done
dpkg --install ./*.deb || apt-get -f -y install
`,
  ),
  good(
    "dpkg only lists what a file holds",
    () => `#!/bin/bash
curl -so /tmp/foo.deb http://pool.example.internal/foo_1.2_amd64.deb
dpkg-deb --contents /tmp/foo.deb > /var/log/foo.contents
`,
  ),
  good(
    "a deb file over HTTPS",
    () => `#!/bin/bash
# mirror: http://dl.example.net/pool/w/watch/
wget https://dl.example.net/pool/w/watch/watch_4.2_amd64.deb -P /tmp
dpkg -i /tmp/watch_4.2_amd64.deb
`,
  ),
  good(
    "debootstrap verifies the release",
    () => `#!/bin/bash
apt-get install -y debootstrap
debootstrap --variant=minbase bookworm /srv/chroot http://deb.debian.org/debian
chroot /srv/chroot /bin/sh -c 'apt-get update && apt-get install -y build-essential'
`,
  ),
  bad(
    "debootstrap does not check",
    () => `#!/bin/bash
debootstrap --no-check-gpg stretch /srv/chroot http://archive.example.org/debian
chroot /srv/chroot /bin/bash -c 'apt-get install -y build-essential'
`,
  ),
  good(
    "a commented source that would be trusted",
    () => `#!/bin/bash
cat > /etc/apt/sources.list.d/test.list <<'LIST'
# deb [trusted=yes] http://apt.example.internal/ testing main
deb http://deb.debian.org/debian bookworm-backports main
LIST
apt-get update && apt-get install -y -t bookworm-backports cockpit
`,
  ),
  good(
    "a command that deletes what is trusted",
    () => `#!/bin/bash
sed -i 's/\\[trusted=yes\\] //' /etc/apt/sources.list
apt-get update
apt-get upgrade -y
`,
  ),

  // yum, dnf, rpm and zypper

  bad(
    "a repository without a check",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/internal.repo <<'REPO'
[internal]
name=Internal packages
baseurl=http://yum.example.internal/el$releasever/$basearch/
enabled=1
gpgcheck=0
REPO
yum install -y internal-agent
`,
  ),
  good(
    "a repository with a check and a key of the machine",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/internal.repo <<'REPO'
[internal]
name=Internal packages
baseurl=http://yum.example.internal/el$releasever/$basearch/
enabled=1
gpgcheck=1
repo_gpgcheck=0
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-internal
REPO
yum install -y internal-agent
`,
  ),
  bad(
    "the key of the repository over HTTP",
    () => `#!/bin/bash
tee /etc/yum.repos.d/stack.repo > /dev/null <<'REPO'
[stack-8.x]
name=Stack repository
baseurl=http://artifacts.example.org/packages/8.x/yum
gpgcheck=1
gpgkey=http://artifacts.example.org/GPG-KEY-stack
enabled=1
autorefresh=1
REPO
dnf install -y stack-server
`,
  ),
  good(
    "the key of the repository over HTTPS",
    () => `#!/bin/bash
tee /etc/yum.repos.d/stack.repo > /dev/null <<'REPO'
[stack-8.x]
name=Stack repository
baseurl=http://artifacts.example.org/packages/8.x/yum
gpgcheck=1
gpgkey=https://artifacts.example.org/GPG-KEY-stack
enabled=1
REPO
dnf install -y stack-server
`,
  ),
  bad(
    "rpm imports a key over HTTP",
    () => `#!/bin/bash
rpm --import http://repo.example.org/RPM-GPG-KEY-example
yum-config-manager --add-repo http://repo.example.org/el8/
yum install -y example-db
`,
  ),
  good(
    "rpm imports a key over HTTPS",
    () => `#!/bin/bash
rpm --import https://repo.example.org/RPM-GPG-KEY-example
yum-config-manager --add-repo http://repo.example.org/el8/
yum install -y example-db
`,
  ),
  bad(
    "the file of the repository itself comes over HTTP",
    () => `#!/bin/bash
dnf install -y 'dnf-command(config-manager)'
dnf config-manager --add-repo http://download.example.org/linux/example-ce.repo
dnf install -y example-ce
`,
  ),
  bad(
    "the file of the repository saved with curl",
    () => `#!/bin/bash
curl -s http://download.example.org/linux/tools.repo -o /etc/yum.repos.d/tools.repo
yum -y install tools-server
`,
  ),
  good(
    "the file of the repository over HTTPS",
    () => `#!/bin/bash
curl -s https://download.example.org/linux/tools.repo -o /etc/yum.repos.d/tools.repo
yum -y install tools-server
`,
  ),
  bad(
    "sed switches the check off",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/mirror.repo <<REPO
[mirror]
name=mirror
baseurl=http://10.8.0.20/rhel8/BaseOS
gpgcheck=1
REPO
sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.repos.d/mirror.repo
yum install -y httpd
`,
  ),
  good(
    "sed moves the repositories to a vault",
    () => `#!/bin/bash
sed -i -e 's/^mirrorlist=/#mirrorlist=/' -e 's|^#\\?baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/CentOS-*.repo
yum clean all
yum install -y httpd
`,
  ),
  bad(
    "the check is off for one transaction",
    () => `#!/bin/bash
dnf install -y --repofrompath=lab,http://lab.example.internal/el9 --nogpgcheck --repo=lab lab-agent
`,
  ),
  good(
    "the check is on for one transaction",
    () => `#!/bin/bash
dnf install -y --repofrompath=lab,http://lab.example.internal/el9 --setopt=lab.gpgcheck=1 --setopt=lab.gpgkey=file:///etc/pki/rpm-gpg/lab --repo=lab lab-agent
`,
  ),
  bad(
    "yum installs from an address",
    () => `#!/bin/bash
yum -y install http://rpms.example.org/enterprise/8/remi-release-8.rpm
`,
  ),
  good(
    "yum installs from a secure address",
    () => `#!/bin/bash
yum -y install https://dl.fedoraproject.org/pub/epel/epel-release-latest-8.noarch.rpm
yum -y install --enablerepo=epel htop
`,
  ),
  bad(
    "localinstall of a file from a release page",
    () => `#!/bin/bash
ver=2.14.0
wget "http://grafana.example.org/release/grafana-$ver-1.x86_64.rpm"
yum localinstall -y "grafana-$ver-1.x86_64.rpm"
`,
  ),
  bad(
    "HTTPS without a check, packages without a signature",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/corp.repo <<'REPO'
[corp]
name=corp
baseurl=https://satellite.example.internal/pulp/repos/corp
sslverify=0
gpgcheck=0
REPO
dnf -y install corp-baseline
`,
  ),
  good(
    "HTTPS without a check, packages with a signature",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/corp.repo <<'REPO'
[corp]
name=corp
baseurl=https://satellite.example.internal/pulp/repos/corp
sslverify=0
gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-corp
REPO
dnf -y install corp-baseline
`,
  ),
  good(
    "unsigned packages from a secure repository",
    () => `#!/bin/bash
cat > /etc/yum.repos.d/copr.repo <<'REPO'
[copr]
name=copr
baseurl=https://copr.example.org/results/tools/epel-9-$basearch/
gpgcheck=0
REPO
dnf -y install tools
`,
  ),
  bad(
    "zypper without a check",
    () => `#!/bin/bash
zypper --non-interactive addrepo --no-gpgcheck http://download.example.org/repositories/home:/tools/SLE_15/ tools
zypper --non-interactive install tools
`,
  ),
  good(
    "zypper as it comes",
    () => `#!/bin/bash
zypper --non-interactive addrepo http://download.example.org/distribution/leap/15.6/repo/oss/ oss
zypper --non-interactive refresh
zypper --non-interactive install vim
`,
  ),
  bad(
    "zypper takes the keys of the repository itself",
    () => `#!/bin/bash
zypper ar -f http://download.example.org/repositories/network/SLE_15_SP5 network
zypper --gpg-auto-import-keys ref
zypper -n in iperf3
`,
  ),
  bad(
    "zypper ignores signatures of one run",
    () => `#!/bin/bash
zypper ar http://10.7.0.3/sles15/ local
zypper --non-interactive --no-gpg-checks install --auto-agree-with-licenses sap-tools
`,
  ),
  bad(
    "pacman accepts unsigned packages",
    () => `#!/bin/bash
cat >> /etc/pacman.conf <<'CONF'
[extra-lab]
SigLevel = Never
Server = http://arch.example.internal/$repo/os/$arch
CONF
pacman -Sy --noconfirm lab-agent
`,
  ),
  bad(
    "apk accepts an untrusted file",
    () => `#!/bin/sh
wget -O /tmp/glibc.apk http://alpine.example.org/glibc-2.35.apk
apk add --allow-untrusted /tmp/glibc.apk
`,
  ),
  bad(
    "a hook of apt",
    () => `#!/bin/bash
cat > /etc/apt/apt.conf.d/90hook <<'CONF'
APT::Update::Post-Invoke-Success {
  "test -x /usr/bin/needrestart || true";
  "wget -qO- http://ops.example.internal/after-update.sh | sh";
};
CONF
apt-get update
`,
  ),
  good(
    "a hook of apt that reports",
    () => `#!/bin/bash
cat > /etc/apt/apt.conf.d/90hook <<'CONF'
DPkg::Post-Invoke { "curl -fsS -d updated=1 http://ops.example.internal/beat >/dev/null || true"; };
CONF
apt-get update
`,
  ),
];
