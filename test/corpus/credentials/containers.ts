import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, gz, LOWER_DIGITS, opaque } from "../forms";

/** Containers, registries and Kubernetes. */
export const containers: readonly Case[] = [
  // Containers and registries

  bad(
    "docker login with a weak password",
    (made) => `#!/bin/bash
docker login registry.example.internal:5000 -u deploy -p ${made.weak()}
docker pull registry.example.internal:5000/app:7
`,
  ),
  good(
    "docker configuration with credential helpers",
    (made) => `#!/bin/bash
mkdir -p /root/.docker
cat > /root/.docker/config.json <<JSON
{
  "credsStore": "ecr-login",
  "credHelpers": { "${made.account()}.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login", "public.ecr.aws": "ecr-login" },
  "auths": { "https://index.docker.io/v1/": {} }
}
JSON
`,
  ),
  bad(
    "container variables by short and joined options",
    (made) => `#!/bin/bash
docker run -d --name minio -p9000:9000 -eMINIO_ROOT_USER=admin -eMINIO_ROOT_PASSWORD=${made.password(12)} -v /data:/data minio/minio server /data
`,
  ),
  good(
    "container variables that pass through or name a file",
    () => `#!/bin/bash
export API_TOKEN
docker run -d --name api --env API_TOKEN -e DB_PASSWORD -e POSTGRES_PASSWORD_FILE=/run/secrets/pg \\
  -e PASSWORD_MIN_LENGTH=12 -e SECRET_NAME=prod/api -e TOKEN_ISSUER=https://sso.example.internal \\
  --mount type=bind,src=/run/secrets,dst=/run/secrets,ro example/api:5
`,
  ),
  good(
    "compose file with secrets of files",
    () => `#!/bin/bash
cat > /opt/app/compose.yaml <<'YAML'
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db_password
      POSTGRES_HOST_AUTH_METHOD: scram-sha-256
    secrets: [db_password, { source: tls_key, target: server.key, mode: 0400 }]
  web:
    image: example/web:2
    environment:
      API_TOKEN: \${API_TOKEN:?set API_TOKEN}
      SESSION_SECRET:
secrets:
  db_password: { file: /run/app/db_password }
  tls_key: { environment: TLS_KEY }
YAML
`,
  ),
  bad(
    "docker secret from a literal",
    (made) => `#!/bin/bash
docker swarm init
printf %s '${made.symbols(20)}' | docker secret create smtp_password -
docker stack deploy -c /opt/stack.yml mail
`,
  ),
  good(
    "docker secret made at boot",
    () => `#!/bin/bash
docker swarm init
openssl rand -base64 24 | docker secret create db_root_password -
docker secret create site.key /run/site.key
docker service create --name db --secret source=db_root_password,target=root -e MYSQL_ROOT_PASSWORD_FILE=/run/secrets/root mysql:8.4
aws ssm put-parameter --name /swarm/worker-token --type SecureString --overwrite --value "$(docker swarm join-token -q worker)"
`,
  ),
  bad(
    "podman login and secret",
    (made) => `#!/bin/bash
podman login --username robot --password=${made.token(24)} quay.io
podman run -d --name web quay.io/example/web:1.9
`,
  ),
  good(
    "podman secret from the environment and an auth file",
    () => `#!/bin/bash
podman secret create --env=true db_password DB_PASSWORD
podman pull --authfile /run/containers/auth.json quay.io/example/web:1.9
podman run -d --name web --secret db_password,type=env,target=PGPASSWORD quay.io/example/web:1.9
podman login --get-login quay.io
`,
  ),
  bad(
    "crictl pull with credentials",
    (made) => `#!/bin/bash
crictl --runtime-endpoint unix:///run/containerd/containerd.sock pull --creds "puller:${made.password()}" registry.example.internal/base/pause:3.9
`,
  ),
  bad(
    "containerd registry authentication",
    (made) => `#!/bin/bash
cat >> /etc/containerd/config.toml <<'TOML'
[plugins."io.containerd.grpc.v1.cri".registry.configs."registry.example.internal".auth]
  username = "node"
  password = "${made.password(22)}"
TOML
systemctl restart containerd
`,
  ),
  bad(
    "containerd hosts file with a basic header",
    (made) => `#!/bin/bash
mkdir -p /etc/containerd/certs.d/registry.example.internal
cat > /etc/containerd/certs.d/registry.example.internal/hosts.toml <<TOML
server = "https://registry.example.internal"
[host."https://registry.example.internal".header]
  Authorization = "Basic ${b64(`node:${made.password()}`)}"
TOML
`,
  ),
  good(
    "containerd hosts file with mirrors and certificates",
    (made) => `#!/bin/bash
mkdir -p /etc/containerd/certs.d/docker.io
cat > /etc/containerd/certs.d/docker.io/hosts.toml <<TOML
server = "https://registry-1.docker.io"
[host."https://mirror.example.internal"]
  capabilities = ["pull", "resolve"]
  ca = "/etc/pki/mirror-ca.pem"
  client = [["/etc/pki/node.pem", "/etc/pki/node.key"]]
  [host."https://mirror.example.internal".header]
    X-Mirror-Id = "${made.uuid()}"
TOML
ctr images pull docker.io/library/redis@sha256:${made.digest()}
`,
  ),
  bad(
    "skopeo copies with source credentials",
    (made) => `#!/bin/bash
skopeo copy --src-creds=mirror:${made.phrase()} docker://registry.example.internal/tools/cli:4 oci:/srv/images/cli:4
`,
  ),
  good(
    "skopeo and crane with an auth file and digests",
    (made) => `#!/bin/bash
skopeo copy --authfile /run/auth.json --src-no-creds docker://docker.io/library/alpine@sha256:${made.digest()} oci:/srv/images/alpine:3
aws ecr get-login-password | skopeo login --username AWS --password-stdin "$REGISTRY"
crane digest "$REGISTRY/app:1" | grep -qx sha256:${made.digest()}
cosign verify --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity-regexp '^https://github.com/example/' "$REGISTRY/app:1"
`,
  ),
  bad(
    "ECS agent with dockercfg authentication",
    (made) => `#!/bin/bash
echo ECS_CLUSTER=web >> /etc/ecs/ecs.config
echo 'ECS_ENGINE_AUTH_TYPE=dockercfg' >> /etc/ecs/ecs.config
echo 'ECS_ENGINE_AUTH_DATA={"https://index.docker.io/v1/":{"auth":"${b64(`robot:${made.password(20)}`)}","email":"ops@example.com"}}' >> /etc/ecs/ecs.config
`,
  ),
  good(
    "ECS agent without registry authentication",
    () => `#!/bin/bash
cat <<'EOF' >> /etc/ecs/ecs.config
ECS_CLUSTER=web
ECS_ENGINE_AUTH_TYPE=
ECS_ENABLE_TASK_IAM_ROLE=true
ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true
ECS_AWSVPC_BLOCK_IMDS=true
ECS_INSTANCE_ATTRIBUTES={"auth":"none","key-rotation":"v2"}
EOF
`,
  ),
  good(
    "docker build with secret mounts",
    () => `#!/bin/bash
cat > /srv/src/Dockerfile <<'EOF'
FROM node:22-slim
ARG NPM_TOKEN
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
ENV API_TOKEN=\${API_TOKEN}
ENV SESSION_SECRET=""
EOF
DOCKER_BUILDKIT=1 docker build --secret id=npmrc,src=/run/npmrc --build-arg NPM_TOKEN -t web /srv/src
`,
  ),

  // Kubernetes

  bad(
    "Kubernetes Secret with data in base64",
    (made) => `#!/bin/bash
cat <<'YAML' | kubectl apply -f -
apiVersion: v1
kind: Secret
metadata:
  name: mail
  namespace: app
type: Opaque
data:
  user: ${b64("relay")}
  pass: ${b64(made.weak())}
YAML
`,
  ),
  bad(
    "Kubernetes Secret with stringData in a manifest directory",
    (made) => `#cloud-config
write_files:
  - path: /var/lib/rancher/k3s/server/manifests/app-secret.yaml
    permissions: "0600"
    content: |
      apiVersion: v1
      kind: Secret
      metadata: { name: app, namespace: default }
      stringData:
        cookie: "${made.token(32)}"
`,
  ),
  good(
    "Kubernetes pods with references to secrets",
    () => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: api }
spec:
  automountServiceAccountToken: false
  imagePullSecrets: [{ name: regcred }]
  containers:
    - name: api
      image: example/api:5
      env:
        - name: DB_PASSWORD
          valueFrom: { secretKeyRef: { name: db, key: password } }
        - name: API_TOKEN
          valueFrom:
            secretKeyRef:
              name: api-token
              key: token
      envFrom: [{ secretRef: { name: api-env } }]
  volumes:
    - name: token
      projected: { sources: [{ serviceAccountToken: { path: token, audience: vault, expirationSeconds: 3600 } }] }
YAML
`,
  ),
  good(
    "SealedSecret",
    (made) => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: app }
spec:
  encryptedData:
    password: AgBy${ciphertext(made, 5)}
  template:
    metadata: { name: db, namespace: app }
    type: Opaque
YAML
`,
  ),
  good(
    "secrets store driver with names of secrets",
    (made) => `#!/bin/bash
kubectl apply -f - <<'YAML'
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: app }
spec:
  provider: aws
  parameters:
    objects: |
      - objectName: "arn:aws:secretsmanager:eu-west-1:${made.account()}:secret:app/db-${opaque(made, 6)}"
        objectType: secretsmanager
        jmesPath: [{ path: password, objectAlias: dbPassword }]
  secretObjects:
    - secretName: db
      type: Opaque
      data: [{ objectName: dbPassword, key: password }]
YAML
`,
  ),
  bad(
    "kubectl create secret from a literal",
    (made) => `#!/bin/bash
export KUBECONFIG=/etc/rancher/rke2/rke2.yaml
kubectl -n monitoring create secret generic grafana --from-literal=admin-user=admin --from-literal=admin-password='${made.phrase()}' --dry-run=client -o yaml | kubectl apply -f -
`,
  ),
  good(
    "kubectl create secret from files and variables",
    () => `#!/bin/bash
kubectl -n app create secret tls site --cert=/etc/pki/site.crt --key=/etc/pki/site.key
kubectl -n app create secret generic mail --from-file=password=/run/secrets/mail --from-env-file=/run/app.env
kubectl -n app create secret generic session --from-literal=key="$(head -c 32 /dev/urandom | base64)"
kubectl -n app create secret docker-registry ecr --docker-server="$REGISTRY" --docker-username=AWS --docker-password="$(aws ecr get-login-password)"
kubectl -n app get secret mail -o jsonpath='{.data.password}' | base64 -d > /dev/null
`,
  ),
  bad(
    "kubectl create secret for a registry",
    (made) => `#!/bin/bash
kubectl create secret docker-registry regcred --docker-server=ghcr.io --docker-username=bot --docker-password=${made.password(24)} --docker-email=ops@example.com
`,
  ),
  bad(
    "k3s cluster token in its long form",
    (made) => `#!/bin/bash
curl -sfL https://get.k3s.io | K3S_URL=https://10.20.0.5:6443 K3S_TOKEN=K10${made.digest()}::server:${made.hex(32)} sh -
`,
  ),
  good(
    "k3s configuration with a token file",
    () => `#!/bin/bash
mkdir -p /etc/rancher/k3s
aws ssm get-parameter --name /k3s/token --with-decryption --query Parameter.Value --output text > /etc/rancher/k3s/token
cat > /etc/rancher/k3s/config.yaml <<'YAML'
server: https://k3s.example.internal:6443
token-file: /etc/rancher/k3s/token
secrets-encryption: true
node-label: ["tier=app"]
kube-apiserver-arg: ["service-account-issuer=https://oidc.example.internal", "anonymous-auth=false"]
YAML
curl -sfL https://get.k3s.io | sh -s - agent
`,
  ),
  bad(
    "rke2 configuration with a shared token",
    (made) => `#!/bin/bash
mkdir -p /etc/rancher/rke2
cat >/etc/rancher/rke2/config.yaml <<EOF
server: https://rke2.example.internal:9345
token: ${made.weak()}
tls-san:
  - rke2.example.internal
EOF
systemctl enable --now rke2-agent
`,
  ),
  bad(
    "microk8s join address with a token",
    (made) => `#!/bin/bash
snap install microk8s --classic
microk8s join 10.8.3.4:25000/${made.hex(32)}/${made.digest().slice(0, 12)} --worker
`,
  ),
  good(
    "microk8s add-node prints the join address at boot",
    () => `#!/bin/bash
snap install microk8s --classic
microk8s add-node --token-ttl 3600 --format json | jq -r '.urls[0]' > /run/join-url
aws ssm put-parameter --name /mk8s/join --type SecureString --overwrite --value "$(cat /run/join-url)"
microk8s join "$(cat /run/join-url)" --worker
`,
  ),
  bad(
    "k0s token file that holds a compressed kubeconfig",
    (made) => `#!/bin/bash
cat > /etc/k0s/token <<'EOF'
${gz(`apiVersion: v1
clusters:
- cluster: { server: "https://10.3.0.9:6443" }
  name: k0s
kind: Config
users:
- name: kubelet-bootstrap
  user:
    token: ${made.digest().slice(0, 6)}.${made.token(16, LOWER_DIGITS)}
`)}
EOF
k0s install worker --token-file /etc/k0s/token && k0s start
`,
  ),
  bad(
    "Rancher agent registration",
    (made) => `#!/bin/bash
curl -fL https://rancher.example.internal/system-agent-install.sh | sudo sh -s - --server https://rancher.example.internal --label cattle.io/os=linux --token ${made.token(54, LOWER_DIGITS)} --ca-checksum ${made.digest()} --worker
`,
  ),
  good(
    "Rancher agent with a fetched token and a checksum",
    (made) => `#!/bin/bash
TOKEN=$(aws secretsmanager get-secret-value --secret-id rancher/join --query SecretString --output text)
curl -fL https://rancher.example.internal/system-agent-install.sh | sudo sh -s - --server https://rancher.example.internal --token "$TOKEN" --ca-checksum ${made.digest()} --worker
`,
  ),
  bad(
    "bootstrap kubeconfig of a kubelet",
    (made) => `#!/bin/bash
kubectl config --kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf set-cluster prod --server=https://10.3.0.9:6443 --certificate-authority=/etc/kubernetes/pki/ca.crt
cat >> /etc/kubernetes/bootstrap-kubelet.conf <<EOF
users:
- name: tls-bootstrap-token-user
  user: {token: ${made.digest().slice(0, 6)}.${made.token(16, LOWER_DIGITS)}}
EOF
systemctl restart kubelet
`,
  ),
  good(
    "kubeconfig with exec authentication and a token file",
    (made) => `#!/bin/bash
cat > /root/.kube/config <<'YAML'
apiVersion: v1
kind: Config
clusters:
- name: prod
  cluster: { server: "https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com", certificate-authority-data: ${b64(made.certificate())} }
users:
- name: node
  user: { tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token, client-certificate: /var/lib/kubelet/pki/client.pem, client-key: /var/lib/kubelet/pki/client.pem }
- name: admin
  user:
    exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token, --cluster-name, prod] }
YAML
`,
  ),
  bad(
    "static token file of an API server",
    (made) => `#!/bin/bash
mkdir -p /etc/kubernetes/auth
cat > /etc/kubernetes/auth/known_tokens.csv <<EOF
${made.token(32)},deployer,1001,"system:masters"
EOF
sed -i 's|- kube-apiserver|&\\n    - --token-auth-file=/etc/kubernetes/auth/known_tokens.csv|' /etc/kubernetes/manifests/kube-apiserver.yaml
`,
  ),
  good(
    "API server flags that name key and token files",
    () => `#!/bin/bash
cat > /etc/default/kube-apiserver <<'EOF'
KUBE_API_ARGS="--token-auth-file=/etc/kubernetes/auth/known_tokens.csv --service-account-key-file=/etc/kubernetes/pki/sa.pub \\
 --service-account-signing-key-file=/etc/kubernetes/pki/sa.key --enable-bootstrap-token-auth=true --kubelet-client-key=/etc/kubernetes/pki/kubelet.key \\
 --oidc-client-id=kubernetes --oidc-username-claim=email --encryption-provider-config=/etc/kubernetes/enc.yaml"
EOF
`,
  ),
  bad(
    "encryption configuration of etcd",
    (made) => `#!/bin/bash
cat > /etc/kubernetes/enc.yaml <<'YAML'
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - aescbc:
          keys:
            - name: key1
              secret: ${made.base64(32)}
      - identity: {}
YAML
`,
  ),
  good(
    "encryption configuration of etcd with a key at boot and with KMS",
    () => `#!/bin/bash
cat > /etc/kubernetes/enc.yaml <<YAML
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - kms: { apiVersion: v2, name: aws, endpoint: "unix:///var/run/kmsplugin/socket.sock" }
      - aescbc: { keys: [{ name: key1, secret: "$(head -c 32 /dev/urandom | base64)" }] }
      - identity: {}
YAML
`,
  ),
  bad(
    "etcdctl with user and password",
    (made) => `#!/bin/bash
export ETCDCTL_API=3
etcdctl --endpoints=https://127.0.0.1:2379 --user root:${made.password()} snapshot save /var/backups/etcd.db
`,
  ),
  good(
    "etcd cluster token that only names the cluster",
    () => `#!/bin/bash
etcd --name "$(hostname)" --initial-cluster-token etcd-cluster-1 --initial-cluster-state new \\
  --initial-cluster a=https://10.0.0.1:2380,b=https://10.0.0.2:2380 --auth-token simple \\
  --cert-file /etc/etcd/server.crt --key-file /etc/etcd/server.key --client-cert-auth
`,
  ),
  good(
    "kubeadm makes its token and certificate key",
    (made) => `#!/bin/bash
CERT_KEY=$(kubeadm certs certificate-key)
kubeadm init --upload-certs --certificate-key "$CERT_KEY" --token-ttl 2h --skip-token-print
TOKEN=$(kubeadm token create --ttl 30m)
cat > /etc/kubernetes/join.yaml <<EOF
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken: { token: $TOKEN, apiServerEndpoint: "10.0.0.9:6443", caCertHashes: ["sha256:${made.digest()}"] }
controlPlane: { certificateKey: $CERT_KEY }
EOF
kubeadm join 10.0.0.9:6443 --discovery-file /etc/kubernetes/discovery.conf
`,
  ),
  bad(
    "helm value with a password and an escaped comma",
    (made) => `#!/bin/bash
helm upgrade --install rabbit oci://registry-1.docker.io/bitnamicharts/rabbitmq \\
  --set auth.username=app,auth.password=${made.password()},auth.erlangCookie="$ERLANG_COOKIE" \\
  --set 'extraPlugins=rabbitmq_shovel\\,rabbitmq_prometheus'
`,
  ),
  good(
    "helm values with roles, tags and names of secrets",
    (made) => `#!/bin/bash
helm upgrade --install app oci://ghcr.io/example/charts/app --version 4.1.0 \\
  --set image.tag=sha-${made.digest("sha1").slice(0, 7)} --set image.digest=sha256:${made.digest()} \\
  --set serviceAccount.annotations."eks\\.amazonaws\\.com/role-arn"=arn:aws:iam::${made.account()}:role/app \\
  --set auth.existingSecret=app-auth,auth.existingSecretPasswordKey=password \\
  --set 'global.imagePullSecrets[0]=regcred' --set tokens.ttl=15m --set secretStore.enabled=true --set-file tls.key=/run/tls.key
`,
  ),
  bad(
    "helm repository with a password",
    (made) => `#!/bin/bash
helm repo add internal https://charts.example.internal --username reader --password ${made.weak()} --pass-credentials
helm repo update
`,
  ),
  bad(
    "argocd login and repository",
    (made) => `#!/bin/bash
argocd login argocd.example.internal --username admin --password '${made.symbols()}' --grpc-web
argocd app sync web --prune
`,
  ),
  good(
    "argocd with the initial password of the cluster",
    () => `#!/bin/bash
argocd login argocd.example.internal --username admin --password "$(kubectl -n argocd get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d)" --grpc-web
argocd account update-password --current-password "$OLD" --new-password "$NEW"
argocd repo add git@github.com:example/deploy.git --ssh-private-key-path /run/deploy.key
kubectl -n argocd delete secret argocd-initial-admin-secret
`,
  ),
  bad(
    "IPsec key of Cilium",
    (made) => `#!/bin/bash
kubectl create -n kube-system secret generic cilium-ipsec-keys --from-literal=keys="3+ rfc4106(gcm(aes)) ${made.hex(40)} 128"
cilium install --version 1.16.4 --set encryption.enabled=true --set encryption.type=ipsec
`,
  ),
  good(
    "IPsec key of Cilium made at boot",
    () => `#!/bin/bash
kubectl create -n kube-system secret generic cilium-ipsec-keys \\
  --from-literal=keys="3+ rfc4106(gcm(aes)) $(dd if=/dev/urandom count=20 bs=1 2> /dev/null | xxd -p -c 64) 128"
cilium install --version 1.16.4 --set encryption.enabled=true --set encryption.type=ipsec --set encryption.ipsec.secretName=cilium-ipsec-keys
`,
  ),
  bad(
    "Weave network password",
    (made) => `#!/bin/bash
weave launch --password ${made.phrase()} --ipalloc-range 10.40.0.0/16 10.0.0.4 10.0.0.5
`,
  ),
  bad(
    "data plane token of Kuma",
    (made) => `#!/bin/bash
cat > /etc/kuma/token <<'EOF'
${made.jwt()}
EOF
kuma-dp run --cp-address=https://kuma.example.internal:5678 --dataplane-file=/etc/kuma/dp.yaml --dataplane-token-file=/etc/kuma/token
`,
  ),
  good(
    "mesh certificates come from files",
    (made) => `#!/bin/bash
kubectl create secret generic cacerts -n istio-system --from-file=/etc/pki/ca-cert.pem --from-file=/etc/pki/ca-key.pem --from-file=/etc/pki/root-cert.pem --from-file=/etc/pki/cert-chain.pem
linkerd install --identity-trust-anchors-file ca.crt --identity-issuer-certificate-file issuer.crt --identity-issuer-key-file issuer.key | kubectl apply -f -
step ca bootstrap --ca-url https://ca.example.internal --fingerprint ${made.digest()}
step ca certificate "$(hostname)" /etc/pki/host.crt /etc/pki/host.key --provisioner aws --provisioner-password-file /run/step.pass
spire-agent run -trustDomain example.internal -joinToken "$(cat /run/spire-token)" -config /etc/spire/agent.conf
`,
  ),
  bad(
    "SPIRE join token",
    (made) => `#!/bin/bash
/opt/spire/bin/spire-agent run -config /opt/spire/conf/agent.conf -joinToken ${made.uuidSecret()} &
`,
  ),

  // Containers and Kubernetes

  bad(
    "compose service whose command carries a password",
    (made) => `#!/bin/bash
mkdir -p /srv/stack && cd /srv/stack
cat > compose.yaml <<'YAML'
services:
  cache:
    image: redis:7.2-alpine
    restart: unless-stopped
    command: ["redis-server", "--appendonly", "yes", "--requirepass", "${made.password(20)}"]
    volumes: ["cache:/data"]
volumes:
  cache: {}
YAML
docker compose up -d
`,
  ),
  bad(
    "health check of a compose service with a joined password",
    (made) => `#cloud-config
write_files:
  - path: /srv/db/docker-compose.yml
    content: |
      services:
        db:
          image: mariadb:11
          env_file: /run/db.env
          healthcheck:
            test: ["CMD-SHELL", "mysqladmin ping -h 127.0.0.1 -uroot -p${made.password(12)} --silent"]
            interval: 10s
            retries: 5
runcmd:
  - docker compose -f /srv/db/docker-compose.yml up -d
`,
  ),
  bad(
    "client inside a running container",
    (made) => `#!/bin/bash
aws s3 cp s3://example-seed/shop.sql.gz - | gunzip | docker exec -i shop-db sh -c 'exec mysql -uroot -p"${made.password()}" shop'
`,
  ),
  bad(
    "swarm service updated with another environment entry",
    (made) => `#!/bin/bash
docker service update --detach --env-add LOG_LEVEL=info --env-add MAIL_PASSWORD=${made.password(12)} --image example/mailer:4.2 mailer
`,
  ),
  bad(
    "environment of a deployment set by kubectl",
    (made) => `#!/bin/bash
export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
kubectl -n shop set env deployment/checkout REGION=eu-central-1 PAYMENT_SECRET=${made.token(32)} RETRIES=3
kubectl -n shop rollout status deployment/checkout
`,
  ),
  bad(
    "secret patched with a JSON argument",
    (made) => `#!/bin/bash
kubectl patch secret grafana -n monitoring --type merge -p '{"stringData":{"admin-user":"admin","admin-password":"${made.symbols(16)}"}}'
`,
  ),
  bad(
    "generator of kustomize with literals",
    (made) => `#!/bin/bash
mkdir -p /opt/deploy/overlay
cat > /opt/deploy/overlay/kustomization.yaml <<'EOF'
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../base]
secretGenerator:
  - name: db
    literals:
      - username=shop
      - password=${made.password(18)}
EOF
kubectl apply -k /opt/deploy/overlay
`,
  ),
  bad(
    "static token of a kubectl user",
    (made) => `#!/bin/bash
kubectl config set-cluster prod --server=https://api.example.internal:6443 --certificate-authority=/etc/pki/k8s-ca.crt
kubectl config set-credentials deployer --token=${made.jwt()}
kubectl config set-context prod --cluster=prod --user=deployer
kubectl config use-context prod
`,
  ),
  bad(
    "pod whose arguments hold a password",
    (made) => `#!/bin/bash
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: pg-exporter, namespace: monitoring }
spec:
  selector: { matchLabels: { app: pg-exporter } }
  template:
    metadata: { labels: { app: pg-exporter } }
    spec:
      containers:
        - name: exporter
          image: example/pg-exporter:0.15
          args: ["--web.listen-address=:9187", "--db.user=metrics", "--db.password=${made.password()}"]
EOF
`,
  ),
  bad(
    "config map that holds the settings of a Java program",
    (made) => `#!/bin/bash
cat > /var/lib/rancher/k3s/server/manifests/billing.yaml <<'EOF'
apiVersion: v1
kind: ConfigMap
metadata:
  name: billing
data:
  application.yml: |
    spring:
      datasource:
        url: jdbc:postgresql://pg.example.internal:5432/billing
        username: billing
        password: ${made.weak()}
      jpa:
        open-in-view: false
EOF
`,
  ),
  bad(
    "Portainer with a bcrypt hash as an option",
    (made) => `#!/bin/bash
docker run -d -p 9443:9443 --name portainer --restart=always -v /var/run/docker.sock:/var/run/docker.sock -v portainer:/data \\
  portainer/portainer-ce:2.20.3 --admin-password='$2y$05$${made.token(53)}'
`,
  ),
  bad(
    "administrator token of a password manager as an argon2 hash",
    (made) => `#!/bin/bash
mkdir -p /srv/vw
cat > /srv/vw/.env <<'EOF'
DOMAIN=https://vault.example.com
SIGNUPS_ALLOWED=false
ADMIN_TOKEN='$argon2id$v=19$m=65540,t=3,p=4$${made.token(43)}$${made.token(43)}'
EOF
docker run -d --env-file /srv/vw/.env -v /srv/vw/data:/data -p 127.0.0.1:8080:80 vaultwarden/server:1.31.0
`,
  ),
  bad(
    "key pairs of a video server in YAML",
    (made) => `#!/bin/bash
cat > /etc/livekit.yaml <<EOF
port: 7880
rtc:
  udp_port: 7882
  use_external_ip: true
keys:
  APIb3Xw8QmZ2kTe: ${made.token(44)}
logging:
  level: info
EOF
systemctl restart livekit
`,
  ),
  good(
    "compose file whose commands take the environment",
    () => `#!/bin/bash
cat > /srv/stack/compose.yaml <<'YAML'
services:
  cache:
    image: redis:7.2-alpine
    command: redis-server --requirepass \${REDIS_PASSWORD:?set by the unit}
  db:
    image: mariadb:11
    environment:
      MARIADB_RANDOM_ROOT_PASSWORD: "1"
      MARIADB_PASSWORD_FILE: /run/secrets/db_password
    healthcheck:
      test: ["CMD-SHELL", "mysqladmin ping -uroot -p\\"$$MARIADB_ROOT_PASSWORD\\" --silent"]
    secrets: [db_password]
secrets:
  db_password:
    file: /run/shop/db_password
YAML
`,
  ),
  good(
    "client inside a container with the variable of that container",
    () => `#!/bin/bash
gunzip -c /tmp/shop.sql.gz | docker exec -i shop-db sh -c 'exec mysql -uroot -p"$MYSQL_ROOT_PASSWORD" shop'
docker exec shop-db bash -c 'PGPASSWORD=$POSTGRES_PASSWORD pg_isready -U "$POSTGRES_USER"'
`,
  ),
  good(
    "environment of a deployment from a secret of the cluster",
    () => `#!/bin/bash
kubectl -n shop set env deployment/checkout --from=secret/payment --prefix=PAYMENT_ TOKEN_TTL=900 SECRET_NAME=payment KEY_FORMAT=pem
kubectl -n shop set env deployment/checkout OLD_API_TOKEN- DB_PASSWORD-
`,
  ),
  good(
    "secret patched with a value made at boot",
    () => `#!/bin/bash
pw=$(openssl rand -base64 18)
kubectl patch secret grafana -n monitoring --type merge -p "{\\"stringData\\":{\\"admin-password\\":\\"$pw\\"}}"
kubectl patch serviceaccount default -p '{"imagePullSecrets":[{"name":"registry-login"}],"automountServiceAccountToken":false}'
kubectl patch secret old-token --type json -p '[{"op":"remove","path":"/data/password"}]'
`,
  ),
  good(
    "generators of kustomize with files",
    () => `#!/bin/bash
cat > /opt/deploy/kustomization.yaml <<'EOF'
kind: Kustomization
secretGenerator:
  - name: db
    envs: [/run/shop/db.env]
    options: { disableNameSuffixHash: true }
  - name: tls
    files: [tls.crt=/run/tls/tls.crt, tls.key=/run/tls/tls.key]
    type: kubernetes.io/tls
configMapGenerator:
  - name: settings
    literals: [TOKEN_TTL=900, PASSWORD_MIN_LENGTH=14, SECRET_PROVIDER=aws]
EOF
`,
  ),
  good(
    "kubectl user with a command and with a short token",
    () => `#!/bin/bash
kubectl config set-credentials eks --exec-api-version=client.authentication.k8s.io/v1beta1 --exec-command=aws --exec-arg=eks --exec-arg=get-token --exec-arg=--cluster-name --exec-arg=prod
kubectl config set-credentials deployer --token="$(kubectl create token deployer --duration=1h)"
kubectl config set-credentials admin --client-certificate=/etc/k8s/admin.crt --client-key=/etc/k8s/admin.key --embed-certs=false
kubectl get secret db -o jsonpath='{.data.password}' | base64 -d > /run/db-password
`,
  ),
  good(
    "pod whose arguments name files and variables",
    () => `#!/bin/bash
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: exporter }
spec:
  containers:
    - name: exporter
      image: example/pg-exporter:0.15
      args: ["--db.user=metrics", "--db.password=$(DB_PASSWORD)", "--web.key-file=/tls/tls.key", "--token-file=/var/run/secrets/tokens/api"]
      env:
        - name: DB_PASSWORD
          valueFrom: { secretKeyRef: { name: pg, key: password } }
  volumes:
    - name: tokens
      projected:
        sources:
          - serviceAccountToken: { path: api, audience: metrics, expirationSeconds: 3600 }
EOF
`,
  ),
  good(
    "Portainer and a password manager with files",
    () => `#!/bin/bash
docker run -d -p 9443:9443 -v /run/portainer:/run/p:ro portainer/portainer-ce:2.20.3 --admin-password-file /run/p/admin
docker run -d -e SIGNUPS_ALLOWED=false -e ADMIN_TOKEN_FILE=/run/secrets/admin_token -e PASSWORD_HINTS_ALLOWED=false \\
  -e PASSWORD_ITERATIONS=600000 -e DISABLE_ADMIN_TOKEN=false -e SHOW_PASSWORD_HINT=false vaultwarden/server:1.31.0
`,
  ),
  good(
    "video server with a file of keys",
    () => `#!/bin/bash
cat > /etc/livekit.yaml <<EOF
port: 7880
key_file: /run/livekit/keys.yaml
keys: {}
turn:
  enabled: true
  secret_file: /run/livekit/turn
webhook:
  api_key: $LIVEKIT_API_KEY_ID
EOF
`,
  ),
  good(
    "images whose names speak of secrets",
    (made) => `#!/bin/bash
docker pull ghcr.io/external-secrets/external-secrets:v0.9.20
docker pull docker.io/pglombardo/pwpush:1.41.4
docker pull example/token-service@sha256:${made.digest()}
docker pull example/password-rotator@sha256:${made.digest()}
docker run -d --name secretless --label app.key-rotation=weekly --label team=passport example/secretless-broker:2.0
`,
  ),
  bad(
    "registry of Bottlerocket with a login in base64",
    (made) => `[settings.host-containers.admin]
enabled = false

[[settings.container-registry.credentials]]
registry = "registry.example.internal"
auth = "${b64(`robot:${made.password(15)}`)}"
`,
  ),
  good(
    "registry of Bottlerocket whose login has no password",
    () => `[[settings.container-registry.credentials]]
registry = "registry.example.internal"
auth = "${b64("robot:")}"

[settings.kubernetes]
authentication-mode = "aws"
`,
  ),
  bad(
    "label of a proxy with a hash whose signs are doubled",
    (made) => `#!/bin/bash
cat > /srv/compose.yml <<'Y'
services:
  proxy:
    labels:
      - "traefik.http.middlewares.gate.basicauth.users=ops:$$2y$$10$$${made.token(53)}"
Y
`,
  ),
  good(
    "label of a proxy with a file of users",
    () => `#!/bin/bash
cat > /srv/compose.yml <<'Y'
services:
  proxy:
    labels:
      - "traefik.http.middlewares.gate.basicauth.usersfile=/run/secrets/users"
      - "traefik.http.middlewares.price.headers.customresponseheaders.X-Price=$$5 or $$6"
Y
`,
  ),
  bad(
    "entry of a Secret without a telling name",
    (made) => `#!/bin/bash
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Secret
metadata:
  name: billing
stringData:
  host: db.internal
  db: ${made.weak()}
EOF
`,
  ),
  bad(
    "entry of a Secret in base64 without a telling name",
    (made) => `#!/bin/bash
cat > /var/lib/rancher/k3s/server/manifests/billing.yaml <<'EOF'
apiVersion: v1
kind: Secret
metadata:
  name: billing
data:
  stripe: ${b64(made.hex())}
EOF
`,
  ),
  good(
    "entries of a Secret that are none, and of other kinds",
    () => `#!/bin/bash
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Secret
metadata:
  name: billing-7f3a21
stringData:
  username: billing_user1
  host: db1.internal
  url: postgres://app@db1/billing7
  region: eu-west-1
  db: \${DB_VALUE}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: build
data:
  release: build20240101x7
---
kind: Deployment
data:
  release: build20240101x7
spec:
  from:
    kind: Secret
EOF
`,
  ),
];
