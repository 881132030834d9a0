import { bad, good, type Case } from "../corpus";

/** Packages of languages. */
export const languagePackages: readonly Case[] = [
  // Package managers of languages

  bad(
    "pip with an index over HTTP",
    () => `#!/bin/bash
pip3 install -i http://pypi.example.internal:8081/simple --trusted-host pypi.example.internal flask==2.3.2
`,
  ),
  bad(
    "a second index in the configuration of pip",
    () => `#!/bin/bash
cat > /etc/pip.conf <<'PIP'
[global]
extra-index-url = http://pypi.example.internal/simple
trusted-host = pypi.example.internal
PIP
python3 -m pip install internal-worker
`,
  ),
  bad(
    "the index of pip is in the environment",
    () => `#!/bin/bash
export PIP_INDEX_URL=http://devpi.example.internal/root/prod/+simple/
export PIP_TRUSTED_HOST=devpi.example.internal
pip install --no-cache-dir gunicorn
`,
  ),
  good(
    "pip behind a proxy with a time-out",
    () => `#!/bin/bash
export http_proxy=http://squid.example.internal:3128
pip install --proxy http://squid.example.internal:3128 --timeout 60 --no-cache-dir gunicorn
`,
  ),
  bad(
    "pip finds links on a page",
    () => `#!/bin/bash
pip install --no-index --find-links=http://wheels.example.internal/cp311/ --trusted-host wheels.example.internal torch
`,
  ),
  good(
    "pip finds links in a directory",
    () => `#!/bin/bash
aws s3 sync s3://wheels-example/cp311/ /opt/wheels/
pip install --no-index --find-links=/opt/wheels torch
curl -s -d "host=$(hostname)" http://tracker.example.internal/installed
`,
  ),
  bad(
    "a wheel by its address",
    () => `#!/bin/bash
/opt/venv/bin/pip install http://wheels.example.internal/worker-1.8.0-py3-none-any.whl
`,
  ),
  bad(
    "pip from a repository by git",
    () => `#!/bin/bash
pip3 install "git+git://git.example.org/lib/metrics.git@v1.3#egg=metrics"
`,
  ),
  good(
    "pip from a repository by SSH",
    () => `#!/bin/bash
pip3 install "git+ssh://git@git.example.org/lib/metrics.git@v1.3#egg=metrics"
`,
  ),
  bad(
    "requirements come over HTTP",
    () => `#!/bin/bash
python3 -m pip install -r http://config.example.internal/worker/requirements.txt
`,
  ),
  good(
    "requirements with digests switch pip's check on",
    (made) => `#!/bin/bash
set -e
cat > /opt/requirements.txt <<'REQ'
certifi==2024.2.2 \\
    --hash=sha256:${made.digest()}
idna==3.6 \\
    --hash=sha256:${made.digest()}
REQ
pip3 install --no-deps -r /opt/requirements.txt --index-url http://pypi.example.internal/simple --trusted-host pypi.example.internal
`,
  ),
  bad(
    "pipx with an index over HTTP",
    () => `#!/bin/bash
pipx install --index-url http://pypi.example.internal/simple ansible-core
`,
  ),
  bad(
    "uv with an index over HTTP",
    () => `#!/bin/bash
curl -LsSf https://astral.sh/uv/install.sh | sh
/root/.local/bin/uv pip install --system --extra-index-url http://pypi.example.internal/simple vllm-plugin
`,
  ),
  bad(
    "conda with a channel over HTTP",
    () => `#!/bin/bash
/opt/conda/bin/conda install -y -c http://conda.example.internal/bio --override-channels samtools
`,
  ),
  bad(
    "npm registry for one command",
    () => `#!/bin/bash
cd /srv/app && npm install --omit=dev --no-package-lock --registry=http://npm.example.internal:4873
`,
  ),
  bad(
    "npmrc names the registry of a scope",
    () => `#!/bin/bash
cat > /root/.npmrc <<'RC'
@tools:registry=http://verdaccio.example.internal:4873/
RC
npm install --global @tools/agent
`,
  ),
  good(
    "npmrc names a proxy and the secure registry",
    () => `#!/bin/bash
cat > /root/.npmrc <<'RC'
registry=https://registry.npmjs.org/
proxy=http://proxy.example.internal:3128/
https-proxy=http://proxy.example.internal:3128/
RC
npm install --global pm2
`,
  ),
  bad(
    "npm installs an archive by its address",
    () => `#!/bin/bash
npm install -g http://files.example.internal/npm/agent-3.0.1.tgz
`,
  ),
  bad(
    "yarn with a registry over HTTP",
    () => `#!/bin/bash
corepack enable
yarn config set npmRegistryServer http://npm.example.internal
yarn config set unsafeHttpWhitelist npm.example.internal
cd /srv/app && yarn add @tools/reporter && yarn run reporter
`,
  ),
  bad(
    "gem with a source over HTTP",
    () => `#!/bin/bash
gem install --clear-sources --source http://gems.example.internal/ fluentd -v 1.16.3
`,
  ),
  bad(
    "Bundler with a mirror over HTTP",
    () => `#!/bin/bash
cd /srv/rails
bundle config set --global mirror.https://rubygems.org http://gems.example.internal
bundle install --jobs 4
`,
  ),
  good(
    "a Gemfile with the secure source",
    () => `#!/bin/bash
cat > /srv/rails/Gemfile <<'GEM'
source "https://rubygems.org"
# homepage: http://rails.example.org
gem "puma", "~> 6.4"
GEM
cd /srv/rails && bundle install
`,
  ),
  bad(
    "a Gemfile with a source over HTTP",
    () => `#!/bin/bash
cat > /srv/ops/Gemfile <<'GEM'
source "http://gems.example.internal"
gem "ops-tools"
GEM
cd /srv/ops && bundle install && bundle exec ops-tools boot
`,
  ),
  bad(
    "Composer may use HTTP",
    () => `#!/bin/bash
cd /var/www/shop
composer config secure-http false
composer config repositories.internal composer http://satis.example.internal
composer require --no-interaction internal/checkout
`,
  ),
  bad(
    "cpanm with a mirror over HTTP",
    () => `#!/bin/bash
cpanm --mirror http://cpan.example.internal --mirror-only Mojolicious
`,
  ),
  bad(
    "R installs packages over HTTP",
    () => `#!/bin/bash
dnf install -y R
Rscript -e 'install.packages("shiny", repos="http://cran.example.org/")'
`,
  ),
  good(
    "R installs packages over HTTPS and reads a table over HTTP",
    () => `#!/bin/bash
dnf install -y R
Rscript -e 'install.packages("shiny", repos="https://cran.example.org/")'
Rscript -e 'write.csv(read.csv("http://data.example.internal/rates.csv"), "/srv/rates.csv")'
`,
  ),
  bad(
    "Go without its checksum database",
    () => `#!/bin/bash
export GOPROXY=http://athens.example.internal:3000 GOSUMDB=off GOBIN=/usr/local/bin
go install git.example.internal/ops/runner@latest
`,
  ),
  bad(
    "cargo from a repository over HTTP",
    () => `#!/bin/bash
cargo install --git http://gitea.example.internal/ops/relay.git --root /usr/local
`,
  ),
  bad(
    "Maven fetches a program from HTTP",
    () => `#!/bin/bash
mvn -q dependency:get -DremoteRepositories=http://nexus.example.internal/repository/public -Dartifact=com.example:tool:2.1:jar -Dtransitive=false
mvn -q dependency:copy -Dartifact=com.example:tool:2.1:jar -DoutputDirectory=/opt/tool
java -jar /opt/tool/tool-2.1.jar
`,
  ),
  good(
    "settings of Maven hold a name space",
    () => `#!/bin/bash
mkdir -p /root/.m2
cat > /root/.m2/settings.xml <<'XML'
<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://maven.apache.org/SETTINGS/1.0.0 http://maven.apache.org/xsd/settings-1.0.0.xsd">
  <mirrors>
    <mirror><id>corp</id><mirrorOf>*</mirrorOf><url>https://nexus.example.com/repository/public</url></mirror>
  </mirrors>
</settings>
XML
cd /srv/app && mvn -q package && java -jar target/app.jar
`,
  ),
  bad(
    "a plugin of a search engine",
    () => `#!/bin/bash
/usr/share/elasticsearch/bin/elasticsearch-plugin install --batch http://plugins.example.internal/analysis-icu-8.12.0.zip
systemctl restart elasticsearch
`,
  ),
  bad(
    "a plugin of a dashboard",
    () => `#!/bin/bash
grafana-cli --pluginUrl http://plugins.example.internal/worldmap.zip plugins install worldmap-panel
systemctl restart grafana-server
`,
  ),
  bad(
    "a plugin of WordPress",
    () => `#!/bin/bash
sudo -u www-data wp --path=/var/www/html plugin install http://plugins.example.net/cache-booster.zip --activate
`,
  ),
  good(
    "WordPress gets its own address",
    () => `#!/bin/bash
sudo -u www-data wp --path=/var/www/html core install --url=http://blog.example.com --title=Blog --admin_user=editor --admin_email=ops@example.com --skip-email --prompt=admin_password < /run/pw
sudo -u www-data wp --path=/var/www/html option update siteurl http://blog.example.com
`,
  ),
  bad(
    "a snap without a signature",
    () => `#!/bin/bash
curl -so /root/probe.snap http://snaps.example.internal/probe_1.snap
snap install --dangerous /root/probe.snap
`,
  ),
  bad(
    "the host of the default index is not checked",
    () => `#!/bin/bash
pip3 install --trusted-host pypi.org --trusted-host files.pythonhosted.org gunicorn
`,
  ),
  bad(
    "the host of the default index is not checked by a setting",
    () => `#!/bin/bash
cat > /etc/pip.conf <<'CONF'
[global]
timeout = 60
trusted-host = pypi.org files.pythonhosted.org
CONF
pip3 install gunicorn
`,
  ),
  good(
    "an authority of the company for the default index",
    () => `#!/bin/bash
pip3 config set global.cert /etc/pki/corp.pem
pip3 install --cert /etc/pki/corp.pem gunicorn
`,
  ),
  bad(
    "a requirement by its address",
    () => `#!/bin/bash
cat > /opt/app/requirements.txt <<'REQ'
flask==3.0.3
core @ http://wheels.example.internal/core-1.2-py3-none-any.whl
REQ
pip3 install -r /opt/app/requirements.txt
`,
  ),
  good(
    "a requirement by its address over HTTPS, and a link in a comment",
    () => `#!/bin/bash
cat > /opt/app/requirements.txt <<'REQ'
# see http://wiki.example.internal/core
flask==3.0.3
core @ https://wheels.example.com/core-1.2-py3-none-any.whl
REQ
pip3 install -r /opt/app/requirements.txt
`,
  ),
  bad(
    "a dependency of a package.json by its address",
    () => `#!/bin/bash
cat > /opt/app/package.json <<'JSON'
{ "name": "app", "version": "1.0.0", "dependencies": { "core": "http://npm.example.internal/core-1.0.0.tgz" } }
JSON
cd /opt/app && npm install
`,
  ),
  good(
    "the homepage in a package.json",
    () => `#!/bin/bash
cat > /opt/app/package.json <<'JSON'
{
  "name": "app",
  "version": "1.0.0",
  "homepage": "http://app.example.internal",
  "repository": { "type": "git", "url": "git+http://git.example.internal/app.git" },
  "dependencies": { "express": "^4.19.0" }
}
JSON
cd /opt/app && npm install
`,
  ),
  bad(
    "a source of a Pipfile",
    () => `#!/bin/bash
cat > /opt/app/Pipfile <<'TOML'
[[source]]
name = "company"
url = "http://pypi.example.internal/simple"
verify_ssl = true

[packages]
celery = "*"
TOML
cd /opt/app && pipenv install --deploy
`,
  ),
];
