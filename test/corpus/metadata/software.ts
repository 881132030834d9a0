import { bad, good, type Case } from "../corpus";

/** Software below the minimum. */
export const software: readonly Case[] = [
  // Software below the minimum

  bad(
    "an old AWS CLI by pip",
    () => `#!/bin/bash
pip3 install awscli==1.16.288
aws s3 sync s3://assets-example /srv/assets
`,
  ),
  good(
    "the first AWS CLI that is new enough",
    () => `#!/bin/bash
pip3 install awscli==1.16.289
aws s3 sync s3://assets-example /srv/assets
`,
  ),
  bad(
    "the bundle of an old AWS CLI",
    () => `#!/bin/bash
curl -s https://s3.amazonaws.com/aws-cli/awscli-bundle-1.16.200.zip -o /tmp/awscli.zip
unzip -q /tmp/awscli.zip -d /tmp
/tmp/awscli-bundle/install -i /usr/local/aws -b /usr/local/bin/aws
`,
  ),
  good(
    "an early AWS CLI of version 2",
    () => `#!/bin/bash
curl -s https://awscli.amazonaws.com/awscli-exe-linux-x86_64-2.0.30.zip -o /tmp/awscliv2.zip
unzip -q /tmp/awscliv2.zip -d /tmp
/tmp/aws/install
`,
  ),
  bad(
    "an old package of Ubuntu",
    () => `#!/bin/bash
apt-get update
apt-get install -y --allow-downgrades awscli=1.14.44-1ubuntu1
`,
  ),
  good(
    "a newer package of Ubuntu",
    () => `#!/bin/bash
apt-get update
apt-get install -y awscli=1.22.34-1
`,
  ),
  bad(
    "an old installer for Windows",
    () => `<powershell>
Start-Process msiexec.exe -Wait -ArgumentList '/i https://s3.amazonaws.com/aws-cli/AWSCLI64PY3-1.16.170.msi /qn'
aws s3 cp s3://win-example/setup.ps1 C:\\setup.ps1
</powershell>
`,
  ),
  bad(
    "Chocolatey pins an old AWS CLI",
    () => `<powershell>
choco install awscli --version=1.16.70 -y
</powershell>
`,
  ),
  good(
    "Chocolatey pins version 2",
    () => `<powershell>
choco install awscli --version=2.15.0 -y
choco install awstools.powershell --version=4.1.500 -y
</powershell>
`,
  ),
  bad(
    "an old package of EPEL",
    () => `#!/bin/bash
yum install -y epel-release
yum install -y awscli-1.14.28-5.el7_5.1.noarch
`,
  ),
  bad(
    "pipx and an old AWS CLI",
    () => `#!/bin/bash
pipx install 'awscli==1.15.85'
`,
  ),
  bad(
    "an upper bound of boto3 below the minimum",
    () => `#!/bin/bash
/opt/venv/bin/pip install 'boto3>=1.9,<1.12'
/opt/venv/bin/python /opt/job/run.py
`,
  ),
  good(
    "an upper bound of boto3 above the minimum",
    () => `#!/bin/bash
/opt/venv/bin/pip install 'boto3>=1.9,<2'
/opt/venv/bin/python /opt/job/run.py
`,
  ),
  good(
    "only a lower bound of boto3",
    () => `#!/bin/bash
/opt/venv/bin/pip install 'boto3>=1.9.0' 'botocore>1.12'
/opt/venv/bin/python /opt/job/run.py
`,
  ),
  bad(
    "a compatible release of boto3",
    () => `#!/bin/bash
python3 -m pip install --user 'boto3~=1.9.253'
`,
  ),
  good(
    "a compatible release of boto3 with two numbers",
    () => `#!/bin/bash
python3 -m pip install --user 'boto3~=1.9'
`,
  ),
  bad(
    "botocore in requirements of write_files",
    () => `#cloud-config
write_files:
  - path: /opt/app/requirements.txt
    content: |
      flask==1.1.1
      boto3==1.10.50
      botocore==1.13.24
      requests>=2.22
runcmd:
  - pip3 install -r /opt/app/requirements.txt
`,
  ),
  good(
    "requirements with packages of like names",
    () => `#cloud-config
write_files:
  - path: /opt/app/requirements.txt
    content: |
      boto3==1.28.57
      botocore==1.31.57
      boto3-stubs==1.9.100
      moto==1.3.14
      s3transfer==0.2.1
      awscli-local==0.20
runcmd:
  - pip3 install -r /opt/app/requirements.txt
`,
  ),
  bad(
    "a wildcard of boto3",
    () => `#!/bin/bash
cat > /srv/requirements.txt <<'REQ'
boto3==1.9.*
redis==3.5.3
REQ
python3 -m pip install -r /srv/requirements.txt
`,
  ),
  bad(
    "constraints hold botocore down",
    () => `#!/bin/bash
echo 'botocore<=1.12.253' > /etc/pip-constraints.txt
export PIP_CONSTRAINT=/etc/pip-constraints.txt
pip3 install boto3
`,
  ),
  bad(
    "conda pins boto3",
    () => `#!/bin/bash
/opt/conda/bin/conda install -y -c conda-forge boto3=1.9.66 pandas
`,
  ),
  bad(
    "a playbook with an old boto3",
    () => `#!/bin/bash
cat > /root/base.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.pip:
        name: boto3
        version: 1.10.2
YML
ansible-playbook /root/base.yml
`,
  ),
  bad(
    "an old SDK for node",
    () => `#!/bin/bash
cd /srv/app
npm install aws-sdk@2.700.0 express@4
node server.js &
`,
  ),
  bad(
    "an old SDK in package.json",
    () => `#!/bin/bash
cat > /srv/app/package.json <<'JSON'
{ "name": "app", "private": true, "dependencies": { "aws-sdk": "~2.600.0", "express": "^4.17.0" } }
JSON
cd /srv/app && npm install --production && npm start
`,
  ),
  good(
    "a caret in package.json",
    () => `#!/bin/bash
cat > /srv/app/package.json <<'JSON'
{ "name": "app", "private": true, "dependencies": { "aws-sdk": "^2.600.0", "@aws-sdk/client-s3": "3.10.0", "aws-sdk-mock": "4.5.0" } }
JSON
cd /srv/app && npm install --production && npm start
`,
  ),
  good(
    "a newer SDK for node",
    () => `#!/bin/bash
cd /srv/app && npm install aws-sdk@2.1550.0 @aws-sdk/client-sqs@3.0.0
node server.js &
`,
  ),
  bad(
    "yarn adds an old SDK",
    () => `#!/bin/bash
cd /srv/app && yarn add aws-sdk@2.721.0 --exact
node worker.js &
`,
  ),
  bad(
    "an old SDK for Ruby",
    () => `#!/bin/bash
gem install aws-sdk-core -v 3.70.0
gem install aws-sdk-s3 -v 1.48.0 --conservative
ruby /opt/job.rb
`,
  ),
  bad(
    "a Gemfile with a narrow bound",
    () => `#!/bin/bash
cat > /srv/job/Gemfile <<'GEM'
source "https://rubygems.org"
gem "aws-sdk-core", "~> 3.60.0"
GEM
cd /srv/job && bundle install
`,
  ),
  good(
    "a Gemfile with a wide bound",
    () => `#!/bin/bash
cat > /srv/job/Gemfile <<'GEM'
source "https://rubygems.org"
gem "aws-sdk-core", "~> 3.60"
gem "aws-sdk-s3", "~> 1.60"
GEM
cd /srv/job && bundle install
`,
  ),
  good(
    "a gem of one service has its own numbers",
    () => `#!/bin/bash
gem install aws-sdk-s3 -v 1.142.0
gem install aws-sdk-dynamodb --version 1.98.0
ruby /opt/job.rb
`,
  ),
  bad(
    "an old SDK for PHP",
    () => `#!/bin/bash
cd /var/www/app && composer require aws/aws-sdk-php:3.100.0 --no-interaction
systemctl restart php-fpm
`,
  ),
  bad(
    "the second SDK for PHP",
    () => `#!/bin/bash
cat > /var/www/app/composer.json <<'JSON'
{ "require": { "php": ">=7.0", "aws/aws-sdk-php": "2.8.*" } }
JSON
cd /var/www/app && composer install --no-dev
`,
  ),
  good(
    "a newer SDK for PHP",
    () => `#!/bin/bash
cat > /var/www/app/composer.json <<'JSON'
{ "require": { "php": ">=8.1", "aws/aws-sdk-php": "^3.100" } }
JSON
cd /var/www/app && composer install --no-dev
`,
  ),
  bad(
    "an old SDK for Go",
    () => `#!/bin/bash
cd /opt/src/tool
go get github.com/aws/aws-sdk-go@v1.25.30
go build -o /usr/local/bin/tool . && /usr/local/bin/tool
`,
  ),
  bad(
    "a go.mod with an old SDK",
    () => `#!/bin/bash
mkdir -p /opt/src/tool && cd /opt/src/tool && cp /opt/main.go .
cat > go.mod <<'MOD'
module example.com/tool

go 1.13

require github.com/aws/aws-sdk-go v1.19.0
MOD
go run .
`,
  ),
  good(
    "newer SDKs for Go",
    () => `#!/bin/bash
cd /opt/src/tool
go get github.com/aws/aws-sdk-go@v1.44.0 github.com/aws/aws-sdk-go-v2@v1.24.0 github.com/aws/aws-sdk-go-v2/config@v1.0.0
go build -o /usr/local/bin/tool . && /usr/local/bin/tool
`,
  ),
  bad(
    "an old SDK for Java",
    () => `#!/bin/bash
cat > /opt/job/pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId><artifactId>job</artifactId><version>1.0</version>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>aws-java-sdk-s3</artifactId>
      <version>1.11.600</version>
    </dependency>
  </dependencies>
</project>
XML
cd /opt/job && mvn -q compile exec:java
`,
  ),
  good(
    "a newer SDK for Java",
    () => `#!/bin/bash
cat > /opt/job/pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId><artifactId>job</artifactId><version>1.0</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.awssdk</groupId>
      <artifactId>s3</artifactId>
      <version>2.20.26</version>
    </dependency>
  </dependencies>
</project>
XML
cd /opt/job && mvn -q compile exec:java
`,
  ),
  bad(
    "Gradle with an old SDK",
    () => `#!/bin/bash
cat > /opt/job/build.gradle <<'GRADLE'
plugins { id 'application' }
dependencies {
  implementation 'com.amazonaws:aws-java-sdk-sqs:1.11.500'
}
GRADLE
cd /opt/job && gradle run
`,
  ),
  bad(
    "the second SDK for Java, too early",
    () => `#!/bin/bash
mvn -q dependency:get -Dartifact=software.amazon.awssdk:s3:2.5.0
java -cp "/root/.m2/repository/*:/opt/job.jar" com.example.Job
`,
  ),
  bad(
    "the tools for PowerShell, too early",
    () => `<powershell>
Install-Module -Name AWSPowerShell -RequiredVersion 3.3.618.0 -Force
Copy-S3Object -BucketName win-example -Key setup.ps1 -LocalFile C:\\setup.ps1
</powershell>
`,
  ),
  good(
    "the tools for PowerShell, new enough",
    () => `<powershell>
Install-Module -Name AWS.Tools.Installer -MinimumVersion 1.0.2 -Force
Install-Module -Name AWSPowerShell -RequiredVersion 4.1.510 -Force
Copy-S3Object -BucketName win-example -Key setup.ps1 -LocalFile C:\\setup.ps1
</powershell>
`,
  ),
  bad(
    "an old agent of Systems Manager by its address",
    () => `#!/bin/bash
yum install -y https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/2.3.662.0/linux_amd64/amazon-ssm-agent.rpm
systemctl enable --now amazon-ssm-agent
`,
  ),
  good(
    "a newer agent of Systems Manager by its address",
    () => `#!/bin/bash
yum install -y https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/3.2.1705.0/linux_amd64/amazon-ssm-agent.rpm
systemctl enable --now amazon-ssm-agent
`,
  ),
  bad(
    "an old agent of Systems Manager on Windows",
    () => `<powershell>
Invoke-WebRequest https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.2.607.0/windows_amd64/AmazonSSMAgentSetup.exe -OutFile C:\\ssm.exe
Start-Process C:\\ssm.exe -ArgumentList '/S' -Wait
</powershell>
`,
  ),
  good(
    "the latest agents",
    () => `#!/bin/bash
wget -q https://aws-codedeploy-eu-west-1.s3.eu-west-1.amazonaws.com/latest/install -O /root/install
chmod +x /root/install && /root/install auto
wget -q https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/debian_amd64/amazon-ssm-agent.deb
dpkg -i amazon-ssm-agent.deb
`,
  ),
  bad(
    "an old agent of CodeDeploy",
    () => `#!/bin/bash
wget -q https://aws-codedeploy-us-east-1.s3.us-east-1.amazonaws.com/latest/install -O /root/install
chmod +x /root/install
/root/install auto -v releases/codedeploy-agent-1.0-1.1597.noarch.rpm
`,
  ),
  good(
    "a newer agent of CodeDeploy",
    () => `#!/bin/bash
wget -q https://aws-codedeploy-us-east-1.s3.us-east-1.amazonaws.com/latest/install -O /root/install
chmod +x /root/install
/root/install auto -v releases/codedeploy-agent-1.3.2-1902.noarch.rpm
`,
  ),
  bad(
    "an old agent of Kinesis",
    () => `#!/bin/bash
yum install -y https://s3.amazonaws.com/streaming-data-agent/aws-kinesis-agent-1.1.6-1.amzn1.noarch.rpm
service aws-kinesis-agent start
`,
  ),
  bad(
    "a version in a variable",
    () => `#!/bin/bash
BOTO_VERSION=1.9.42
pip3 install "boto3==\${BOTO_VERSION}"
`,
  ),
  good(
    "a newer version in a variable",
    () => `#!/bin/bash
BOTO_VERSION=1.34.42
CLI_VERSION=1.32.42
pip3 install "boto3==\${BOTO_VERSION}" "awscli==\${CLI_VERSION}"
`,
  ),
  bad(
    "an old SDK for C++ is built",
    () => `#!/bin/bash
git clone --depth 1 --branch 1.7.100 https://github.com/aws/aws-sdk-cpp.git /usr/src/aws-sdk-cpp
cmake -S /usr/src/aws-sdk-cpp -B /usr/src/build -DBUILD_ONLY=s3
make -C /usr/src/build install
`,
  ),
  good(
    "a comment about an old version",
    () => `#!/bin/bash
# pip3 install boto3==1.9.42 could not speak version 2 of the metadata service
pip3 install boto3
npm install -g aws-cdk@2.100.0
`,
  ),
  bad(
    "a Dockerfile with an old AWS CLI",
    () => `#!/bin/bash
mkdir -p /opt/cli && cat > /opt/cli/Dockerfile <<'DOCKER'
FROM python:3.7-alpine
RUN pip install awscli==1.16.40
ENTRYPOINT ["aws"]
DOCKER
docker build -t cli /opt/cli
docker run --rm --network host cli s3 ls
`,
  ),
  bad(
    "a tilde in a file of Poetry",
    () => `#!/bin/bash
cat > /opt/app/pyproject.toml <<'TOML'
[tool.poetry.dependencies]
python = "^3.9"
boto3 = "~1.9"
TOML
cd /opt/app && poetry install
`,
  ),
  good(
    "a caret in a file of Poetry",
    () => `#!/bin/bash
cat > /opt/app/pyproject.toml <<'TOML'
[tool.poetry.dependencies]
python = "^3.9"
boto3 = "^1.9"
TOML
cd /opt/app && poetry install
`,
  ),
];
