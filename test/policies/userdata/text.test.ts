import { gzipSync } from "node:zlib";
import { joinsCluster, readsInstanceTags } from "../../../policies/userdata/text";
import { base64, multipart, userData } from "./harness";

const NODE = "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n";
const file = (path: string, content: string): string => JSON.stringify({ path, content });

test.each<readonly [title: string, text: string, mark: string | false | undefined]>([
  ["echo to ecs.config", "echo ECS_CLUSTER=a >> /etc/ecs/ecs.config", "ECS_CLUSTER"],
  ["a group of echoes", "{ echo A=b; echo ECS_CLUSTER=a; } >> /etc/ecs/ecs.config", "ECS_CLUSTER"],
  ["here document", "cat <<'EOF' > /etc/ecs/ecs.config\nECS_CLUSTER=a\nEOF", "ECS_CLUSTER"],
  ["here document and tee", "cat <<EOF | sudo tee /etc/ecs/ecs.config\nECS_CLUSTER=a\nEOF", "ECS_CLUSTER"],
  [
    "file of a cloud-config",
    `#cloud-config\nwrite_files: [${file("/etc/ecs/ecs.config", "ECS_CLUSTER=a")}]`,
    "ECS_CLUSTER",
  ],
  ["command of a cloud-config", "#cloud-config\nruncmd:\n- echo ECS_CLUSTER=a >> /etc/ecs/ecs.config", "ECS_CLUSTER"],
  ["bash -c", "sudo bash -c 'echo ECS_CLUSTER=a >> /etc/ecs/ecs.config'", "ECS_CLUSTER"],
  ["environment of a container", "docker run -e ECS_CLUSTER=a amazon/amazon-ecs-agent", "ECS_CLUSTER"],
  ["decoded in the script", `echo ${base64("ECS_CLUSTER=a")} | base64 -d > /etc/ecs/ecs.config`, "ECS_CLUSTER"],
  ["ECS on Windows", "<powershell>Initialize-ECSAgent -Cluster a</powershell>", "ECS_CLUSTER"],
  ["comment", "# ECS_CLUSTER=a\nid", false],
  ["comment behind a command", "id # ECS_CLUSTER=a", false],
  ["comment in the file", "cat > /etc/ecs/ecs.config <<E\n# ECS_CLUSTER=a\nE", false],
  ["printed", "echo ECS_CLUSTER=a", false],
  ["message of the day", "cat > /etc/motd <<E\nECS_CLUSTER=a /etc/eks/bootstrap.sh\nE", false],
  ["message of the day by cloud-config", `#cloud-config\nwrite_files: [${file("/etc/motd", "ECS_CLUSTER=a")}]`, false],
  ["docker alone", "docker run nginx", false],
  ["EKS", "#!/bin/bash\nset -e\n/etc/eks/bootstrap.sh prod --kubelet-extra-args a", "EKS bootstrap.sh"],
  ["EKS of a printed hint", "echo run /etc/eks/bootstrap.sh later", false],
  ["EKS on Windows", '<powershell>& "C:\\EKS\\Start-EKSBootstrap.ps1" -Name a</powershell>', "Start-EKSBootstrap.ps1"],
  ["PowerShell comment", "<powershell>\n# Start-EKSBootstrap.ps1\n</powershell>", false],
  ["NodeConfig part", multipart([`Content-Type: application/node.eks.aws\n\n${NODE}`]), "NodeConfig"],
  ["NodeConfig by itself", NODE, "NodeConfig"],
  ["NodeConfig in a file", `cat > /etc/eks/node.yaml <<E\n${NODE}E`, "NodeConfig"],
  ["Bottlerocket table", "[settings.kubernetes]\ncluster-name = 'a'", "Bottlerocket settings.kubernetes"],
  ["Bottlerocket dotted key", "[settings]\nkubernetes.cluster-name = 'a'", "Bottlerocket settings.kubernetes"],
  ["Bottlerocket inline table", "settings = { ecs = { cluster = 'a' } }", "Bottlerocket settings.ecs"],
  ["Bottlerocket without a cluster", "[settings.ntp]\ntime-servers = ['a']", false],
  ["Bottlerocket comment", "[settings.ntp]\n# [settings.ecs]", false],
  ["broken Bottlerocket", "[settings.ecs]\ncluster =", undefined],
  ["k3s", "curl -sfL https://get.k3s.io | K3S_URL=https://a:6443 sh -", "k3s"],
  [
    "k3s by its configuration",
    `#cloud-config\nwrite_files: [${file("/etc/rancher/k3s/config.yaml", "server: a")}]`,
    "k3s",
  ],
  ["rke2", "systemctl enable rke2-agent.service", "rke2"],
  ["kubeadm", "kubeadm join 10.0.0.1:6443 --config a", "kubeadm"],
  ["kubeadm asked for its version", "kubeadm version", false],
  ["nodeup", "./nodeup --conf=/a", "nodeup"],
  ["broken gzip", base64(gzipSync("echo hello world").subarray(0, 20)), undefined],
  [
    "evidence beside what cannot be decoded",
    `#cloud-config\nruncmd: [kubeadm init]\nwrite_files: [{encoding: b64, content: "%"}]`,
    "kubeadm",
  ],
])("joins a cluster: %s", (...[, text, mark]) => {
  expect(joinsCluster(userData(text))).toBe(mark);
});

const BASE = "http://169.254.169.254/latest/meta-data";

test.each<readonly [title: string, text: string, reads: boolean | undefined]>([
  ["curl", `curl -s ${BASE}/tags/instance/Name`, true],
  ["variable", `B=${BASE}; curl "$B/tags/instance/Name"`, true],
  ["two variables", `H=http://169.254.169.254; B=$H/latest/meta-data; N=$(curl \${B}/tags/instance)`, true],
  ["function", `get() { curl ${BASE}/$1; }\nget tags/instance/Name`, true],
  ["default of a variable", `curl "\${B:-${BASE}}/tags/instance"`, true],
  ["Python", `#!/usr/bin/python3\nB = "${BASE}"\nget(B + "/tags/instance")`, true],
  [
    "answer that Python prints",
    `#!/usr/bin/python3\nprint(requests.get("${BASE}/tags/instance/Name", headers=h).text)`,
    true,
  ],
  ["answer that PowerShell prints", `<powershell>Write-Host "$(irm ${BASE}/tags/instance/Name)"</powershell>`, true],
  ["printed by Python", `#!/usr/bin/python3\nprint("get ${BASE}/tags/instance/Name")`, false],
  ["PowerShell", `<powershell>irm "${BASE}/tags/instance/Name"</powershell>`, true],
  [
    "part in base64",
    multipart([
      `Content-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${base64(`curl ${BASE}/tags/instance`)}`,
    ]),
    true,
  ],
  ["script that is written", `cat > /opt/a.sh <<'E'\ncurl ${BASE}/tags/instance\nE`, true],
  ["comment", `# curl ${BASE}/tags/instance`, false],
  ["printed", `echo "see ${BASE}/tags/instance"`, false],
  ["other metadata", `curl ${BASE}/instance-id`, false],
  ["tags of another service", "aws s3 cp s3://a/tags/instance .", false],
  ["not decodable", "[settings.ecs]\ncluster =", undefined],
])("reads instance tags: %s", (...[, text, reads]) => {
  expect(readsInstanceTags(userData(text))).toBe(reads);
});
