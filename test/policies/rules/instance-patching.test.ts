import { messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "instance-patching";

function instance(userData?: unknown, more: Record<string, unknown> = {}): Written {
  return resource("Instance", "web", { ami: "ami-1", ...(userData !== undefined && { userData }), ...more });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const sh = (...lines: string[]) => ["#!/bin/bash", ...lines].join("\n");
const cc = (...lines: string[]) => ["#cloud-config", ...lines].join("\n");
const ps = (...lines: string[]) => ["<powershell>", ...lines, "</powershell>"].join("\n");

describe("patched at boot", () => {
  test.each<[string, string]>([
    ["dnf", sh("dnf -y upgrade --refresh")],
    ["dnf to the latest release", sh("dnf update -y --releasever=latest")],
    ["yum, security only", sh("sudo yum update -y --security")],
    ["yum under a condition", sh("if command -v yum; then yum -y update; fi")],
    ["yes to all", sh("yes | yum update")],
    [
      "apt",
      sh("apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -y -o Dpkg::Options::=--force-confold dist-upgrade"),
    ],
    ["apt, short", sh("apt update", "apt upgrade -qy")],
    ["zypper", sh("zypper -n patch")],
    ["apk", "#!/bin/sh\napk -U upgrade"],
    ["macOS", "#!/bin/zsh\nsoftwareupdate -i -a -R"],
    ["package_upgrade", cc("package_update: true", "package_upgrade: true")],
    ["package_upgrade alone updates the index too", cc("package_upgrade: yes")],
    ["Amazon Linux's word", cc("repo_upgrade: security")],
    ["runcmd", cc("runcmd:", "  - [dnf, -y, upgrade]")],
    ["a package of Debian", cc("packages:", "  - unattended-upgrades")],
    ["unattended-upgrades", sh("apt-get install -y unattended-upgrades")],
    ["unattended-upgrades now", sh("unattended-upgrade -v")],
    [
      "apt's schedule",
      cc(
        "write_files:",
        "  - path: /etc/apt/apt.conf.d/20auto-upgrades",
        "    content: |",
        '      APT::Periodic::Unattended-Upgrade "1";',
      ),
    ],
    ["dnf-automatic", sh("dnf install -y dnf-automatic", "systemctl enable --now dnf-automatic-install.timer")],
    [
      "dnf-automatic that applies",
      sh(
        "sed -i 's/^apply_updates.*/apply_updates = yes/' /etc/dnf/automatic.conf",
        "systemctl enable --now dnf-automatic.timer",
      ),
    ],
    [
      "yum-cron that applies",
      sh("sed -i 's/apply_updates = no/apply_updates = yes/' /etc/yum/yum-cron.conf", "systemctl enable yum-cron"),
    ],
    ["cron", cc("write_files:", "  - path: /etc/cron.d/patch", "    content: |", "      0 3 * * 0 root yum -y update")],
    [
      "a script that runs",
      cc(
        "write_files:",
        "  - path: /opt/patch.sh",
        "    content: |",
        "      #!/bin/sh",
        "      dnf -y upgrade",
        "runcmd:",
        "  - /opt/patch.sh",
      ),
    ],
    ["Windows", ps("Install-Module PSWindowsUpdate -Force", "Install-WindowsUpdate -AcceptAll -AutoReboot")],
    ["Windows, the other name", ps("Get-WindowsUpdate -AcceptAll -Install")],
    [
      "Bottlerocket's operator",
      '[settings.kubernetes]\ncluster-name = "c"\n[settings.kubernetes.node-labels]\n"bottlerocket.aws/updater-interface-version" = "2.0.0"\n',
    ],
  ])("%s", (_, userData) => {
    expect(verdicts(POLICY, [instance(userData)])).toEqual([]);
  });
});

describe("not patched at boot", () => {
  test.each<[string, string]>([
    ["another script", sh("dnf install -y nginx")],
    ["the index only", sh("apt-get update -y")],
    ["the index only, by cloud-init", cc("package_update: true")],
    ["turned off", cc("package_upgrade: false")],
    ["one package", sh("yum update -y openssl")],
    ["nobody answers", sh("dnf upgrade")],
    ["a look only", sh("yum check-update")],
    ["a comment", sh("# yum update -y")],
    ["printed only", sh('echo "yum update -y" > /etc/motd')],
    ["a timer that only looks", sh("dnf install -y dnf-automatic", "systemctl enable --now dnf-automatic.timer")],
    [
      "a timer that is turned off",
      sh("systemctl disable --now dnf-automatic-install.timer", "systemctl stop unattended-upgrades"),
    ],
    [
      "apt's schedule turned off",
      cc(
        "write_files:",
        "  - path: /etc/apt/apt.conf.d/20auto-upgrades",
        "    content: |",
        '      APT::Periodic::Unattended-Upgrade "0";',
      ),
    ],
    ["a dry run", sh("unattended-upgrade --dry-run")],
    ["a download", sh("yum -y update --downloadonly", "apt-get -dy upgrade", "zypper -n up --download-only")],
    ["a simulation", sh("apt-get -sy upgrade")],
    ["a branch that is never taken", sh("if false; then dnf -y upgrade; fi")],
    ["no header of cloud-config", "package_upgrade: true\npackages: []\n"],
    ["Windows: a comment", ps("# Install-WindowsUpdate -AcceptAll")],
    ["Windows: a list", ps("Get-WindowsUpdate")],
    ["Bottlerocket", '[settings.updates]\nversion-lock = "latest"\n'],
  ])("%s", (_, userData) => {
    expect(verdicts(POLICY, [instance(userData)])).toEqual(["violation web"]);
  });
});

const ASSOCIATION = "aws:ssm/association:Association";
const association = (targets: unknown, more: Record<string, unknown> = {}, edges?: readonly string[]) =>
  resource(
    ASSOCIATION,
    "patch",
    {
      name: "AWS-RunPatchBaseline",
      parameters: { Operation: "Install" },
      ...(targets !== undefined && { targets }),
      ...more,
    },
    edges ? { edges: { targets: edges } } : {},
  );
const tag = (key: string, ...values: unknown[]) => [{ key: `tag:${key}`, values }];
const tagged = (tags: unknown) => instance(undefined, { tags });

describe("Systems Manager", () => {
  test.each<[string, Written[], string[]]>([
    ["an instance by its id", [instance(), association([{ key: "InstanceIds", values: [unknown] }], {}, ["web"])], []],
    [
      "an instance of known id",
      [{ ...instance(), outputs: { id: "i-1" } }, association([{ key: "InstanceIds", values: ["i-1"] }])],
      [],
    ],
    [
      "another instance",
      [{ ...instance(), outputs: { id: "i-1" } }, association([{ key: "InstanceIds", values: ["i-2"] }])],
      ["violation web"],
    ],
    ["all instances", [instance(), association([{ key: "InstanceIds", values: ["*"] }])], []],
    [
      "the old property",
      [
        instance(),
        resource(
          ASSOCIATION,
          "patch",
          { name: "AWS-RunPatchBaseline", instanceId: unknown },
          { edges: { instanceId: ["web"] } },
        ),
      ],
      [],
    ],
    ["a tag", [tagged({ Patch: "weekly" }), association(tag("Patch", "daily", "weekly"))], []],
    ["another value", [tagged({ Patch: "none" }), association(tag("Patch", "weekly"))], ["violation web"]],
    ["no tag", [instance(), association(tag("Patch", "weekly"))], ["violation web"]],
    ["a tag's key", [tagged({ Patch: "x" }), association([{ key: "tag-key", values: ["Patch"] }])], []],
    [
      "two tags, one of them missing",
      [tagged({ Patch: "a" }), association([...tag("Patch", "a"), ...tag("Env", "prod")])],
      ["violation web"],
    ],
    ["unknown tags", [tagged(unknown), association(tag("Patch", "weekly"))], ["unverified web"]],
    ["an unknown value", [tagged({ Patch: "a" }), association(tag("Patch", unknown))], ["unverified web"]],
    [
      "a resource group",
      [instance(), association([{ key: "resource-groups:Name", values: ["g"] }])],
      ["unverified web"],
    ],
    [
      "a scan",
      [tagged({ P: "1" }), association(tag("P", "1"), { parameters: { Operation: "Scan" } })],
      ["violation web"],
    ],
    [
      "an unknown operation",
      [tagged({ P: "1" }), association(tag("P", "1"), { parameters: { Operation: unknown } })],
      ["unverified web"],
    ],
    ["an unknown document", [tagged({ P: "1" }), association(tag("P", "1"), { name: unknown })], ["unverified web"]],
    [
      "another document",
      [tagged({ P: "1" }), association(tag("P", "1"), { name: "AWS-UpdateSSMAgent" })],
      ["violation web"],
    ],
    [
      "commands",
      [
        tagged({ P: "1" }),
        association(tag("P", "1"), { name: "AWS-RunShellScript", parameters: { commands: "dnf -y upgrade" } }),
      ],
      [],
    ],
    [
      "other commands",
      [tagged({ P: "1" }), association(tag("P", "1"), { name: "AWS-RunShellScript", parameters: { commands: "id" } })],
      ["violation web"],
    ],
    [
      "commands of PowerShell",
      [
        tagged({ P: "1" }),
        association(tag("P", "1"), {
          name: "AWS-RunPowerShellScript",
          parameters: { commands: "Install-WindowsUpdate -AcceptAll" },
        }),
      ],
      [],
    ],
    [
      "another region",
      [
        tagged({ P: "1", x: "" }),
        { ...association(tag("P", "1"), { region: "us-east-1" }) },
        resource("Instance", "eu", { region: "eu-west-1", tags: { P: "1" } }),
      ],
      ["violation eu"],
    ],
    [
      "an instance of CloudFormation",
      [
        resource("aws-native:ec2:Instance", "web", { tags: [{ key: "P", value: "1" }] }),
        resource("aws-native:ssm:Association", "patch", {
          name: "AWS-RunPatchBaseline",
          parameters: { Operation: ["Install"] },
          targets: tag("P", "1"),
        }),
      ],
      [],
    ],
    [
      "a group by its tag",
      [
        resource("Group", "asg", { name: "g", launchTemplate: { id: "lt-0" } }),
        association(tag("aws:autoscaling:groupName", "g")),
      ],
      [],
    ],
    ["a baseline alone", [instance(), resource("aws:ssm/patchBaseline:PatchBaseline", "b", {})], ["violation web"]],
    ["unknown user data", [instance(unknown)], ["unverified web"]],
    [
      "unknown user data, but an association",
      [instance(unknown), association([{ key: "InstanceIds", values: ["*"] }])],
      [],
    ],
    ["more is fetched by cloud-init", [instance("#include\nhttps://example.com/boot\n")], ["unverified web"]],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("maintenance windows", () => {
  const target = resource("aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", "t", { targets: tag("P", "1") });
  const task = (
    operation: string,
    more: Record<string, unknown> = {},
    edges: Record<string, readonly string[]> = { targets: ["t"] },
  ) =>
    resource(
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
      "task",
      {
        taskArn: "AWS-RunPatchBaseline",
        taskType: "RUN_COMMAND",
        targets: [{ key: "WindowTargetIds", values: [unknown] }],
        taskInvocationParameters: {
          runCommandParameters: { parameters: [{ name: "Operation", values: [operation] }] },
        },
        ...more,
      },
      { edges },
    );

  const opened = (enabled: unknown) =>
    resource("aws:ssm/maintenanceWindow:MaintenanceWindow", "w", { ...(enabled !== undefined && { enabled }) });
  const inWindow = task("Install", { windowId: unknown }, { targets: ["t"], windowId: ["w"] });

  test.each<[string, Written[], string[]]>([
    ["a task whose target reaches the machine", [tagged({ P: "1" }), target, task("Install")], []],
    ["a target that does not", [tagged({ P: "2" }), target, task("Install")], ["violation web"]],
    ["a scan", [tagged({ P: "1" }), target, task("Scan")], ["violation web"]],
    [
      "a document of automation",
      [tagged({ P: "1" }), target, task("", { taskArn: "AWS-PatchInstanceWithRollback" })],
      [],
    ],
    ["targets of its own", [instance(), task("Install", { targets: [{ key: "InstanceIds", values: ["*"] }] })], []],
    ["no task", [tagged({ P: "1" }), target], ["violation web"]],
    ["a window that is open", [tagged({ P: "1" }), target, opened(true), inWindow], []],
    ["a window that is turned off", [tagged({ P: "1" }), target, opened("false"), inWindow], ["violation web"]],
    ["a window of which nothing is known", [tagged({ P: "1" }), target, opened(unknown), inWindow], ["unverified web"]],
    ["a window that says nothing", [tagged({ P: "1" }), target, opened(undefined), inWindow], []],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("templates and services", () => {
  const lt = (userData?: string, more: Record<string, unknown> = {}) =>
    resource("LaunchTemplate", "lt", {
      name: "lt-1",
      ...(userData !== undefined && { userData: base64(userData) }),
      ...more,
    });
  const group = (name: string, more: Record<string, unknown> = {}) =>
    resource("Group", name, { launchTemplate: { name: "lt-1", version: "$Latest" }, ...more });

  test.each<[string, Written[], string[]]>([
    ["patched", [lt(sh("dnf -y upgrade")), group("a")], []],
    ["not patched: once, at the template", [lt(), group("a"), group("b")], ["violation lt"]],
    ["by itself", [lt("id")], ["violation lt"]],
    [
      "patched by the tag of its group",
      [lt(), group("a", { tags: [{ key: "P", value: "1", propagateAtLaunch: true }] }), association(tag("P", "1"))],
      [],
    ],
    [
      "a tag that does not propagate",
      [lt(), group("a", { tags: [{ key: "P", value: "1", propagateAtLaunch: false }] }), association(tag("P", "1"))],
      ["violation lt"],
    ],
    [
      "patched by its own tags",
      [
        lt(undefined, { tagSpecifications: [{ resourceType: "instance", tags: { P: "1" } }] }),
        association(tag("P", "1")),
      ],
      [],
    ],
    ["a node group without a template", [resource("NodeGroup", "ng", { clusterName: "c" })], ["unverified ng"]],
    ["SageMaker", [resource("NotebookInstance", "n", { roleArn: "r" })], []],
    ["Image Builder", [resource("InfrastructureConfiguration", "i", { name: "i" })], []],
    ["EMR", [resource("Cluster", "c", { releaseLabel: "emr-7.0.0" })], []],
    [
      "ECS managed instances",
      [resource("CapacityProvider", "cp", { managedInstancesProvider: { instanceLaunchTemplate: {} } })],
      [],
    ],
    ["Beanstalk without managed updates", [resource("Environment", "e", { settings: [] })], ["violation e"]],
    [
      "Beanstalk with managed updates",
      [
        resource("Environment", "e", {
          settings: [
            { namespace: "aws:elasticbeanstalk:managedactions", name: "ManagedActionsEnabled", value: "true" },
          ],
        }),
      ],
      [],
    ],
    [
      "Beanstalk, unknown",
      [
        resource("Environment", "e", {
          settings: [
            { namespace: "aws:elasticbeanstalk:managedactions", name: "ManagedActionsEnabled", value: unknown },
          ],
        }),
      ],
      ["unverified e"],
    ],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

test("the message says where the update would stand, and that a scan is none", () => {
  expect(messages(POLICY, [instance("id")])[0]).toMatch(/^userData installs no updates/);
  const scan = association(tag("P", "1"), { parameters: { Operation: "Scan" } });
  expect(messages(POLICY, [tagged({ P: "1" }), scan])[0]).toContain("the task patch only looks");
});
