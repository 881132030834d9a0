import { bad, good, type Case } from "../corpus";

/** Containers, clusters and configuration management. */
export const tools: readonly Case[] = [
  // Containers and clusters

  bad(
    "a container image by pipe",
    () => `#!/bin/bash
curl -s http://images.example.internal/worker.tar.gz | docker load
docker run -d --restart always worker:3
`,
  ),
  good(
    "a container from a registry, told about an upstream",
    () => `#!/bin/bash
docker pull registry.example.com/worker:3
docker run -d --restart always -e UPSTREAM=http://api.example.internal:8080 --health-cmd 'curl -f http://localhost/health' registry.example.com/worker:3
`,
  ),
  bad(
    "a build context by its address",
    () => `#!/bin/bash
docker build -t site http://ci.example.internal/contexts/site.tar.gz
docker run -d -p 80:80 site
`,
  ),
  bad(
    "a Dockerfile with a download that nobody checks",
    () => `#!/bin/bash
mkdir -p /opt/img && cd /opt/img
cat > Dockerfile <<'DOCKER'
FROM debian:12-slim
ADD http://dist.example.org/relay-1.2-linux.tar.gz /opt/
RUN tar -C /opt -xzf /opt/relay-1.2-linux.tar.gz
ENTRYPOINT ["/opt/relay/relay"]
DOCKER
docker build -t relay . && docker run -d relay
`,
  ),
  good(
    "a Dockerfile with a digest",
    (made) => `#!/bin/bash
set -e
mkdir -p /opt/img && cd /opt/img
cat > Dockerfile <<'DOCKER'
# syntax=docker/dockerfile:1
FROM debian:12-slim
ADD --checksum=sha256:${made.digest()} http://dist.example.org/relay-1.2-linux.tar.gz /opt/
RUN tar -C /opt -xzf /opt/relay-1.2-linux.tar.gz
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:9000/ || exit 1
ENTRYPOINT ["/opt/relay/relay"]
DOCKER
docker build -t relay . && docker run -d relay
`,
  ),
  bad(
    "Compose reads a file from the network",
    () => `#!/bin/bash
curl -s http://deploy.example.internal/stacks/shop.yml -o /opt/shop.yml
docker compose -f /opt/shop.yml up -d
`,
  ),
  good(
    "a Compose file with addresses of services",
    () => `#!/bin/bash
cat > /opt/shop.yml <<'YML'
services:
  web:
    image: registry.example.com/shop:4
    environment:
      SEARCH_URL: http://search:9200
      COLLECTOR: http://otel.example.internal:4318/v1/traces
    healthcheck:
      test: ["CMD", "curl", "-fs", "http://localhost:8080/ready"]
YML
docker compose -f /opt/shop.yml up -d
`,
  ),
  bad(
    "kubectl applies an address",
    () => `#!/bin/bash
export KUBECONFIG=/etc/kubernetes/admin.conf
kubectl apply -f http://manifests.example.org/cni/v3/calico.yaml
`,
  ),
  bad(
    "kubectl gets its manifest from a pipe",
    () => `#!/bin/bash
curl -s http://manifests.example.internal/agents.yaml | sed "s/CLUSTER/$(hostname)/" | kubectl --kubeconfig /etc/rancher/k3s/k3s.yaml apply -f -
`,
  ),
  good(
    "kubectl does not verify the API server of a status question",
    () => `#!/bin/bash
until kubectl --insecure-skip-tls-verify --server https://10.0.0.5:6443 get --raw /readyz; do sleep 5; done
kubectl apply -f https://manifests.example.org/cni/v3/calico.yaml
`,
  ),
  bad(
    "Helm from a repository over HTTP",
    () => `#!/bin/bash
helm repo add museum http://chartmuseum.example.internal:8080
helm repo update
helm upgrade --install ingress museum/ingress --namespace edge --create-namespace
`,
  ),
  good(
    "Helm verifies what a repository over HTTP gives",
    () => `#!/bin/bash
set -e
helm repo add museum http://chartmuseum.example.internal:8080
helm install ingress museum/ingress --verify --keyring /etc/helm/pubring.gpg --namespace edge
`,
  ),
  bad(
    "a chart by its address",
    () => `#!/bin/bash
helm install metrics http://charts.example.internal/metrics-0.9.1.tgz --set replicas=2
`,
  ),
  good(
    "a chart from an OCI registry with values that are addresses",
    () => `#!/bin/bash
helm install metrics oci://registry.example.com/charts/metrics --version 0.9.1 --set remoteWrite=http://mimir.example.internal/api/v1/push
`,
  ),
  bad(
    "Helm does not check the certificate of the repository",
    () => `#!/bin/bash
helm repo add --insecure-skip-tls-verify internal https://charts.example.internal
helm install base internal/base
`,
  ),
  bad(
    "kustomize applies a clone over HTTP",
    () => `#!/bin/bash
git clone http://gitea.example.internal/platform/base.git /opt/base
kubectl apply -k /opt/base/overlays/prod
`,
  ),

  // Configuration management

  bad(
    "ansible-pull over HTTP",
    () => `#!/bin/bash
pip3 install ansible-core
ansible-pull -U http://gitlab.example.internal/ops/playbooks.git -i localhost, site.yml
`,
  ),
  good(
    "ansible-pull verifies the commit",
    () => `#!/bin/bash
pip3 install ansible-core
gpg --import /etc/pki/ops.asc
ansible-pull --verify-commit -U http://gitlab.example.internal/ops/playbooks.git -i localhost, site.yml
`,
  ),
  good(
    "ansible-pull over SSH",
    () => `#!/bin/bash
ansible-pull --accept-host-key --private-key /root/.ssh/deploy -U git@gitlab.example.internal:ops/playbooks.git -i localhost, site.yml
`,
  ),
  bad(
    "a collection by its address",
    () => `#!/bin/bash
ansible-galaxy collection install http://galaxy.example.internal/download/acme-linux-2.0.0.tar.gz
ansible-playbook -i localhost, -c local /opt/site.yml
`,
  ),
  bad(
    "a playbook that downloads and runs",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - name: installer
      ansible.builtin.get_url:
        url: http://vendor.example.internal/agent/install.sh
        dest: /root/install.sh
        mode: "0700"
    - name: run it
      ansible.builtin.command: /root/install.sh --accept
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "a playbook that knows the digest",
    (made) => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - name: installer
      ansible.builtin.get_url:
        url: http://vendor.example.internal/agent/install.sh
        dest: /root/install.sh
        mode: "0700"
        checksum: "sha256:${made.digest()}"
    - name: run it
      ansible.builtin.command: /root/install.sh --accept
YML
ansible-playbook /root/site.yml
`,
  ),
  good(
    "a playbook that asks for health",
    () => `#!/bin/bash
cat > /root/site.yml <<'YML'
- hosts: localhost
  connection: local
  tasks:
    - ansible.builtin.uri:
        url: http://app.example.internal:8080/health
        status_code: 200
      retries: 10
      delay: 3
    - ansible.builtin.systemd:
        name: app
        state: started
YML
ansible-playbook /root/site.yml
`,
  ),
  bad(
    "the installer of Chef over HTTP",
    () => `#!/bin/bash
curl -L http://omnitruck.example.internal/install.sh | bash -s -- -v 18
`,
  ),
  bad(
    "chef-solo with cookbooks from an address",
    () => `#!/bin/bash
curl -L https://omnitruck.chef.io/install.sh | bash -s -- -v 18
chef-solo -c /etc/chef/solo.rb -j /etc/chef/node.json -r http://cookbooks.example.internal/solo.tar.gz
`,
  ),
  bad(
    "a recipe in a file, run by chef-apply",
    () => `#!/bin/bash
cat > /root/setup.rb <<'RUBY'
remote_file '/opt/agent.run' do
  source 'http://vendor.example.internal/agent.run'
  mode '0755'
end
execute '/opt/agent.run --quiet'
RUBY
chef-apply /root/setup.rb
`,
  ),
  good(
    "a recipe with a checksum",
    (made) => `#!/bin/bash
cat > /root/setup.rb <<'RUBY'
remote_file '/opt/agent.run' do
  source 'http://vendor.example.internal/agent.run'
  checksum '${made.digest()}'
  mode '0755'
end
execute '/opt/agent.run --quiet'
RUBY
chef-apply /root/setup.rb
`,
  ),
  bad(
    "modules of Puppet from a forge over HTTP",
    () => `#!/bin/bash
/opt/puppetlabs/bin/puppet module install --module_repository http://forge.example.internal acme-base
/opt/puppetlabs/bin/puppet apply -e 'include acme_base'
`,
  ),
  bad(
    "the bootstrap of Salt",
    () => `#!/bin/bash
curl -o bootstrap-salt.sh -L http://bootstrap.example.org/salt
sudo sh bootstrap-salt.sh -P -A salt.example.internal
`,
  ),
  good(
    "Salt finds its master",
    () => `#!/bin/bash
curl -o bootstrap-salt.sh -L https://bootstrap.example.org/salt
sudo sh bootstrap-salt.sh -P -A salt.example.internal
# docs: http://docs.example.org/salt
salt-call --local grains.setval role web
`,
  ),
  bad(
    "a Makefile that downloads and runs",
    () => `#!/bin/bash
cat > /opt/Makefile <<'MAKE'
BASE := http://dist.example.internal

all: agent
	./agent --install

agent:
	curl -s $(BASE)/agent -o $@
	chmod +x $@
MAKE
make -C /opt
`,
  ),
  bad(
    "the command of a container in a manifest",
    () => `#!/bin/bash
cat <<'YAML' | kubectl apply -f -
apiVersion: v1
kind: Namespace
metadata:
  name: seed
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: seed
spec:
  schedule: "*/10 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: seed
              image: docker.io/library/alpine:3.19
              command: ["sh", "-c"]
              args:
                - wget -qO- http://seed.example.internal/load.sh | sh
YAML
`,
  ),
  good(
    "the probe and the environment of a container in a manifest",
    () => `#!/bin/bash
cat <<'YAML' | kubectl apply -f -
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          image: docker.io/library/alpine:3.19
          command: ["/bin/shop", "--api", "http://api.example.internal:8080"]
          env:
            - name: SEED_URL
              value: http://seed.example.internal/load.sh
          livenessProbe:
            exec:
              command: ["wget", "-qO-", "http://localhost:8080/health"]
YAML
`,
  ),
  bad(
    "a manifest where K3s applies it",
    () => `#!/bin/bash
cat > /var/lib/rancher/k3s/server/manifests/seed.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata:
  name: seed
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: seed
          image: docker.io/library/alpine:3.19
          command: ["sh", "-c", "wget -qO- http://seed.example.internal/load.sh | sh"]
YAML
`,
  ),
  bad(
    "Chef installs a package that it fetched before",
    () => `#!/bin/bash
cat > /opt/base.rb <<'RB'
remote_file '/var/cache/agent.rpm' do
  source 'http://packages.example.internal/agent.rpm'
end
rpm_package '/var/cache/agent.rpm'
RB
chef-apply /opt/base.rb
`,
  ),
  good(
    "Chef installs a package that it fetched over HTTPS",
    () => `#!/bin/bash
cat > /opt/base.rb <<'RB'
remote_file '/var/cache/agent.rpm' do
  source 'https://packages.example.com/agent.rpm'
end
rpm_package '/var/cache/agent.rpm'
package 'nginx'
RB
chef-apply /opt/base.rb
`,
  ),
  bad(
    "a module of Terraform",
    () => `#!/bin/bash
mkdir -p /opt/base
cat > /opt/base/main.tf <<'HCL'
module "base" {
  source = "http://modules.example.internal/base.zip"
}
HCL
cd /opt/base && terraform init && terraform apply -auto-approve
`,
  ),
  good(
    "a module of Terraform over HTTPS with an endpoint",
    () => `#!/bin/bash
mkdir -p /opt/base
cat > /opt/base/main.tf <<'HCL'
module "base" {
  source   = "git::https://git.example.com/base.git?ref=v2"
  endpoint = "http://api.example.internal"
}
HCL
cd /opt/base && terraform init && terraform apply -auto-approve
`,
  ),
  bad(
    "file that Compose takes from wherever it is called",
    () => `#!/bin/bash
curl -so docker-compose.yml http://files.example.internal/docker-compose.yml
docker compose up -d
`,
  ),
  good(
    "file that Compose would take, beside the one that it is given",
    () => `#!/bin/bash
curl -so docker-compose.yml http://files.example.internal/docker-compose.yml
docker compose -f /srv/app/compose.yml up -d
`,
  ),
  bad(
    "job of Nomad that is piped",
    () => `#!/bin/bash
curl -s http://files.example.internal/app.nomad | nomad job run -
`,
  ),
  good(
    "job of Nomad that is only looked at",
    () => `#!/bin/bash
curl -s http://files.example.internal/app.nomad | nomad job validate -
`,
  ),
];
