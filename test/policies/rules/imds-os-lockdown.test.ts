import { gzipSync } from "node:zlib";
import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-os-lockdown";
const V6 = { ...HARDENED, httpProtocolIpv6: "enabled" };

function instance(userData: unknown, metadataOptions: unknown = HARDENED, more: Record<string, unknown> = {}): Written {
  return resource("Instance", "web", { metadataOptions, ...(userData !== undefined && { userData }), ...more });
}

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const sh = (...lines: string[]) => ["#!/bin/bash", ...lines].join("\n");

const IPTABLES = "iptables -A OUTPUT -p tcp -d 169.254.169.254 -m owner ! --uid-owner root -j REJECT";
const IP6TABLES = "ip6tables -A OUTPUT -p tcp -d fd00:ec2::254 -m owner ! --uid-owner root -j REJECT";

const NFT = `table inet imds_lockdown
delete table inet imds_lockdown
table inet imds_lockdown {
  set v4 { type ipv4_addr; elements = { 169.254.169.254 } }
  set v6 { type ipv6_addr; elements = { fd00:ec2::254 } }
  set uids { type uid; elements = { 0, 1001 } }
  chain output { type filter hook output priority filter - 10; policy accept;
    ip daddr @v4 jump imds
    ip6 daddr @v6 jump imds
  }
  chain imds {
    meta skuid @uids accept
    meta l4proto tcp counter reject with tcp reset
    counter drop
  }
}
`;
const nftFile = (ruleset: string, load = "nft -f /etc/imds.nft") =>
  sh(`cat > /etc/imds.nft <<'RULES'`, ruleset, "RULES", load);
const nftChain = (...rules: string[]) =>
  nftFile(`table inet imds {
    chain output {
      type filter hook output priority 0; policy accept;
      ${rules.join("\n      ")}
    }
  }`);

const cloudConfig = (path: string, content: string, command: string) =>
  `#cloud-config
write_files:
  - path: ${path}
    encoding: b64
    content: ${base64(content)}
runcmd:
  - ${command}
`;

const rule = (users: string) => `ip rule add uidrange ${users} to 169.254.169.254 prohibit`;

const UNIT = "[Service]\nType=oneshot\nExecStart=/usr/sbin/nft -f /etc/imds.nft\n";
const unitOf = (more: string, command: string) =>
  cloudConfig("/etc/systemd/system/imds.service", UNIT + more, command).replace(
    "runcmd:",
    `  - path: /etc/imds.nft\n    encoding: b64\n    content: ${base64(NFT)}\nruncmd:`,
  );
const ignition = (enabled: boolean) =>
  JSON.stringify({
    ignition: { version: "3.4.0" },
    storage: { files: [{ path: "/etc/imds.nft", contents: { source: `data:;base64,${base64(NFT)}` } }] },
    systemd: { units: [{ name: "imds.service", enabled, contents: UNIT }] },
  });

const POWERSHELL = `<powershell>
$sddl = "O:LSD:(D;;CC;;;$ExceptionPrincipalSID)(A;;CC;;;$BlockPrincipalSID)"
New-NetFirewallRule -DisplayName "Block metadata" -Action block -Direction out \`
  -Protocol TCP -RemoteAddress 169.254.169.254 -LocalUser $sddl
</powershell>`;

const closed: [string, string][] = [
  ["iptables: all but one user", sh(IPTABLES)],
  ["a group", sh("iptables -I OUTPUT -d 169.254.169.254/32 -m owner ! --gid-owner imds -j DROP")],
  [
    "options by their long names",
    sh("iptables --append OUTPUT --destination 169.254.169.254 --match owner ! --uid-owner 0 --jump DROP"),
  ],
  [
    "the old place of the exclamation mark",
    sh("iptables -A OUTPUT -d 169.254.169.254 -m owner --uid-owner ! root -j DROP"),
  ],
  [
    "accept some, then drop",
    sh(
      "for u in root app; do",
      "iptables -A OUTPUT -d 169.254.169.254 -m owner --uid-owner $u -j ACCEPT",
      "done",
      "iptables -A OUTPUT -d 169.254.169.254 -j DROP",
    ),
  ],
  [
    "inserted in the reverse order",
    sh(
      "iptables -I OUTPUT -d 169.254.169.254 -j DROP",
      "iptables -I OUTPUT -d 169.254.169.254 -m owner --uid-owner root -j ACCEPT",
    ),
  ],
  [
    "a chain of its own",
    sh(
      "iptables -N IMDS",
      "iptables -A IMDS -m owner --uid-owner root -j RETURN",
      "iptables -A IMDS -j REJECT",
      "iptables -A OUTPUT -d 169.254.169.254 -j IMDS",
    ),
  ],
  [
    "a network that holds the address",
    sh("iptables -A OUTPUT -d 169.254.169.0/24 -m owner ! --uid-owner root -j DROP"),
  ],
  [
    "an address in a variable",
    sh("IMDS=169.254.169.254", "iptables -w -A OUTPUT -d $IMDS -m owner ! --uid-owner root -j DROP"),
  ],
  [
    "established connections first",
    sh("iptables -A OUTPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT", IPTABLES),
  ],
  [
    "ports of the service",
    sh("iptables -A OUTPUT -p tcp --dport 80 -d 169.254.169.254 -m owner ! --uid-owner root -j DROP"),
  ],
  [
    "iptables-restore",
    sh(
      "iptables-restore -n <<'EOF'",
      "*filter",
      ":OUTPUT ACCEPT [0:0]",
      "-A OUTPUT -d 169.254.169.254/32 -m owner ! --uid-owner 0 -j DROP",
      "COMMIT",
      "EOF",
    ),
  ],
  [
    "a file of iptables-persistent",
    cloudConfig(
      "/etc/iptables/rules.v4",
      "*filter\n-A OUTPUT -d 169.254.169.254/32 -m owner ! --uid-owner 0 -j DROP\nCOMMIT\n",
      "netfilter-persistent reload",
    ),
  ],
  [
    "firewalld",
    sh(
      "firewall-cmd --permanent --direct --add-rule ipv4 filter OUTPUT 0 -d 169.254.169.254 -m owner ! --uid-owner root -j REJECT",
    ),
  ],
  ["nft: a file", nftFile(NFT)],
  ["nft: standard input", sh("nft -f - <<'EOF'", NFT, "EOF")],
  ["nft: a pipe", sh(`cat > /etc/imds.nft <<'EOF'`, NFT, "EOF", "cat /etc/imds.nft | nft -f -")],
  ["nft: the service's own file", cloudConfig("/etc/nftables.conf", NFT, "systemctl enable --now nftables")],
  [
    "nft: a file that the service's includes",
    cloudConfig(
      "/etc/sysconfig/nftables.conf",
      'include "/etc/nftables/x.nft"\n' + NFT,
      "systemctl restart nftables.service",
    ),
  ],
  ["nft: all but a set", nftChain("ip daddr 169.254.169.254 meta skuid != { 0, 1001 } reject")],
  ["nft: names", nftChain('ip daddr 169.254.169.254 skuid != "root" drop')],
  [
    "nft: a variable",
    nftFile(
      `define IMDS = { 169.254.169.254, fd00:ec2::254 }\ntable ip t {\n chain o {\n  type filter hook output priority 0;\n  ip daddr $IMDS skuid != 0 drop\n }\n}`,
    ),
  ],
  [
    "nft: single commands",
    sh(
      "nft add table inet t",
      "nft 'add chain inet t o { type filter hook output priority 0; }'",
      "nft add rule inet t o ip daddr 169.254.169.254 skuid != 0 reject",
    ),
  ],
  [
    "nft: a policy of drop",
    nftFile(
      `table inet t {\n chain o {\n  type filter hook output priority 0; policy drop;\n  skuid { 0, 1000 } accept\n  ip daddr != 169.254.0.0/16 accept\n }\n}`,
    ),
  ],
  ["nft: a unit loads it", unitOf("", "systemctl enable --now imds")],
  ["a boothook", `#cloud-boothook\n#!/bin/bash\n${IPTABLES}\n`],
  ["a script that is written and run", cloudConfig("/usr/local/sbin/lock.sh", sh(IPTABLES), "/usr/local/sbin/lock.sh")],
  ["within another shell", sh(`sudo bash -c '${IPTABLES}'`)],
  ["Gruntwork's ip-lockdown", sh("/usr/local/bin/ip-lockdown 169.254.169.254 root app")],
  ["a routing rule", sh("ip rule add uidrange 1000-65000 to 169.254.169.254 prohibit")],
  ["iptables: ordinary users", sh("iptables -A OUTPUT -d 169.254.169.254 -m owner --uid-owner 1000-65534 -j DROP")],
  ["nft: ordinary users", nftChain("ip daddr 169.254.169.254 meta skuid >= 1000 drop")],
  ["a shell that reads a here document", sh("if id; then sudo bash -e -s <<'EOF'", IPTABLES, "EOF", "fi")],
  ["a here document in a function", sh("lock() {", "bash <<'EOF'", IPTABLES, "EOF", "}", "lock")],
  ["a here document through a pipe", sh("cat <<'EOF' | bash", IPTABLES, "EOF")],
  ["saved rules beside others", sh(IPTABLES, "iptables-restore --noflush <<'EOF'", "*filter", "COMMIT", "EOF")],
  ["routing rules for all but one user", sh(rule("1-1000"), rule("1002-4294967294"))],
  ["a routing rule that replaces another", sh(rule("1-65000"), rule("1-65000").replace("add", "del"), rule("1-65000"))],
  ["deleted before it is added", sh(IPTABLES.replace("-A", "-D"), IPTABLES)],
  ["checked before it is added", sh(`${IPTABLES.replace("-A", "-C")} || ${IPTABLES}`)],
  ["checked before it is loaded", nftFile(NFT, "nft -c -f /etc/imds.nft && nft -f /etc/imds.nft")],
  ["a script that can also undo it", sh(`case "$1" in`, "stop) iptables -F ;;", `*) ${IPTABLES} ;;`, "esac")],
  ["a function that is called", sh(`lock() { ${IPTABLES}; }`, "lock")],
  ["a function that a trap calls", sh(`lock() { ${IPTABLES}; }`, "trap lock EXIT")],
  ["the branch that is taken", sh(`MODE=strict; if [ "$MODE" = strict ]; then ${IPTABLES}; fi`)],
  ["one of two branches", sh(`if command -v iptables; then ${IPTABLES}; else exit 1; fi`)],
  [
    "a unit that stops with it",
    unitOf("ExecStop=/usr/sbin/nft delete table inet imds_lockdown\n", "systemctl enable imds"),
  ],
  ["a unit in a variable", unitOf("", "U=$(cat /run/unit); systemctl enable --now $U")],
  [
    "a unit by a link",
    unitOf("", "ln -s /etc/systemd/system/imds.service /etc/systemd/system/multi-user.target.wants/imds.service"),
  ],
  ["a unit of Ignition", ignition(true)],
  ["Windows", POWERSHELL],
  [
    "netsh",
    "<script>\nnetsh advfirewall firewall add rule name=imds dir=out action=block remoteip=169.254.169.254\n</script>",
  ],
];

describe("closed for others", () => {
  test.each(closed)("%s", (_, userData) => {
    expect(verdicts(POLICY, [instance(userData)])).toEqual([]);
  });
});

const left: [string, string][] = [
  ["another script", sh("dnf install -y nginx")],
  ["a comment", sh(`# ${IPTABLES}`)],
  ["printed only", sh(`echo "${IPTABLES}"`)],
  ["accept rules alone", sh("iptables -A OUTPUT -d 169.254.169.254 -m owner --uid-owner root -j ACCEPT")],
  ["a rule for one user", sh("iptables -A OUTPUT -d 169.254.169.254 -m owner --uid-owner nobody -j DROP")],
  ["everybody accepted before", sh("iptables -A OUTPUT -d 169.254.0.0/16 -j ACCEPT", IPTABLES)],
  [
    "a range of all users",
    sh("iptables -A OUTPUT -m owner --uid-owner 0-65535 -j ACCEPT", "iptables -A OUTPUT -d 169.254.169.254 -j DROP"),
  ],
  [
    "containers only",
    sh("iptables -I DOCKER-USER -d 169.254.169.254 -j DROP", "iptables -I FORWARD -d 169.254.169.254 -j DROP"),
  ],
  ["another address", sh("iptables -A OUTPUT -d 169.254.170.2 -m owner ! --uid-owner root -j DROP")],
  ["the table nat", sh("iptables -t nat -A OUTPUT -d 169.254.169.254 -m owner ! --uid-owner root -j DROP")],
  ["another protocol", sh("iptables -A OUTPUT -p udp -d 169.254.169.254 -m owner ! --uid-owner root -j DROP")],
  ["flushed afterwards", sh(IPTABLES, "iptables -F OUTPUT")],
  ["a file that nothing loads", sh(`cat > /etc/imds.nft <<'EOF'`, NFT, "EOF")],
  ["a script that nothing runs", cloudConfig("/opt/lock.sh", sh(IPTABLES), "id")],
  ["a script that is only made executable", cloudConfig("/opt/lock.sh", sh(IPTABLES), "chmod +x /opt/lock.sh")],
  [
    "a script with the mode of a program",
    `#cloud-config\nwrite_files:\n  - path: /opt/lock.sh\n    permissions: '0755'\n    content: |\n      #!/bin/sh\n      ${IPTABLES}\n`,
  ],
  ["a unit that nothing starts", unitOf("", "systemctl daemon-reload")],
  ["a unit that is disabled", unitOf("", "systemctl disable imds.service")],
  ["another unit is started", unitOf("", "systemctl enable --now web.service")],
  ["a unit that Ignition does not enable", ignition(false)],
  ["nft: users of the system", nftChain("ip daddr 169.254.169.254 meta skuid < 1000 drop")],
  ["a here document in a branch that is never taken", sh("if false; then bash <<'EOF'", IPTABLES, "EOF", "fi")],
  ["the wrong end", sh("iptables -A OUTPUT -s 169.254.169.254 -m owner ! --uid-owner root -j DROP")],
  ["saved rules replace others", sh(IPTABLES, "iptables-restore <<'EOF'", "*filter", "COMMIT", "EOF")],
  [
    "firewalld, removed again",
    sh(
      ...["add", "remove"].map(
        (verb) =>
          `firewall-cmd --direct --${verb}-rule ipv4 filter OUTPUT 0 -d 169.254.169.254 -m owner ! --uid-owner root -j DROP`,
      ),
    ),
  ],
  ["only checked", nftFile(NFT, "nft -c -f /etc/imds.nft")],
  ["deleted afterwards", sh(IPTABLES, IPTABLES.replace("-A", "-D"))],
  ["deleted by its number", sh(IPTABLES, "iptables -D OUTPUT 1")],
  ["a branch that is never taken", sh(`if false; then ${IPTABLES}; fi`)],
  ["the other branch is taken", sh(`LOCK=no; if [ "$LOCK" = yes ]; then ${IPTABLES}; fi`)],
  ["behind false", sh(`false && ${IPTABLES}`)],
  ["behind exit", sh("exit 0", IPTABLES)],
  ["a function that nothing calls", sh(`lock() { ${IPTABLES}; }`, "id")],
  ["a routing rule in a branch that is never taken", sh(`if false; then ${rule("1-65000")}; fi`)],
  ["a routing rule for one user", sh(rule("1001-1001"))],
  ["a routing rule that is taken away", sh(rule("1-65000"), rule("1-65000").replace("add", "del"))],
  ["a routing rule for what comes from elsewhere", sh("ip rule add iif eth1 to 169.254.169.254 prohibit")],
  ["a routing rule about the source", sh("ip rule add from 169.254.169.254 prohibit")],
  [
    "nft: the wrong hook",
    nftFile(`table inet t {\n chain i {\n  type filter hook input priority 0;\n  ip daddr 169.254.169.254 drop\n }\n}`),
  ],
  ["nft: no hook", nftFile(`table inet t {\n chain i {\n  ip daddr 169.254.169.254 skuid != 0 drop\n }\n}`)],
  ["nft: accepted before", nftChain("accept", "ip daddr 169.254.169.254 skuid != 0 drop")],
  ["nft: flushed", nftFile(NFT, "nft -f /etc/imds.nft; nft flush ruleset")],
  [
    "one service only",
    cloudConfig(
      "/etc/systemd/system/web.service",
      "[Service]\nIPAddressDeny=169.254.169.254/32\nExecStart=/usr/bin/web\n",
      "systemctl enable --now web",
    ),
  ],
  ["Windows: what comes in", POWERSHELL.replace("-Direction out", "-Direction in")],
  ["Windows: a comment", POWERSHELL.replace("New-Net", "# New-Net")],
];

describe("left open", () => {
  test.each(left)("%s", (_, userData) => {
    expect(verdicts(POLICY, [instance(userData)])).toEqual(["violation web"]);
  });
});

test.each<[string, Written[], string[]]>([
  ["no user data", [instance(undefined)], ["violation web"]],
  ["endpoint off", [instance(undefined, { httpEndpoint: "disabled" })], []],
  [
    "endpoint off by the account",
    [
      resource("InstanceMetadataDefaults", "d", { httpEndpoint: "disabled" }),
      resource("Instance", "web", { ami: "ami-1" }),
    ],
    [],
  ],
  ["endpoint unknown, open", [instance("id", { ...HARDENED, httpEndpoint: unknown })], ["unverified web"]],
  ["endpoint unknown, closed", [instance(sh(IPTABLES), { ...HARDENED, httpEndpoint: unknown })], []],
  ["user data unknown", [instance(unknown)], ["unverified web"]],
  [
    "user data that is no gzip",
    [instance(undefined, HARDENED, { userDataBase64: base64(Buffer.from([0x1f, 0x8b, 8, 0, 1])) })],
    ["unverified web"],
  ],
  ["more is fetched by cloud-init", [instance("#include\nhttps://example.com/boot.sh\n")], ["unverified web"]],
  ["gzip", [instance(undefined, HARDENED, { userDataBase64: base64(gzipSync(sh(IPTABLES))) })], []],
  ["IPv6 on, both closed", [instance(sh(IPTABLES, IP6TABLES), V6)], []],
  ["IPv6 on, nft for both", [instance(nftFile(NFT), V6)], []],
  ["IPv6 on, only IPv4 closed", [instance(sh(IPTABLES), V6)], ["violation web"]],
  [
    "IPv6 on, nft for IPv4 only",
    [instance(nftChain("ip daddr 169.254.169.254 skuid != 0 reject"), V6)],
    ["violation web"],
  ],
  ["IPv6 off, only IPv6 closed", [instance(sh(IP6TABLES))], ["violation web"]],
  [
    "IPv6 unknown, only IPv4 closed",
    [instance(sh(IPTABLES), { ...HARDENED, httpProtocolIpv6: unknown })],
    ["unverified web"],
  ],
  ["a routing rule of IPv6", [instance(sh(IPTABLES, "ip -6 route add blackhole fd00:ec2::254/128"), V6)], []],
  ["a spot request", [resource("SpotInstanceRequest", "spot", { userData: "id" })], ["violation spot"]],
  ["SageMaker takes no user data", [resource("NotebookInstance", "n", { roleArn: "r" })], []],
  ["a node group without a template", [resource("NodeGroup", "ng", { clusterName: "c" })], ["unverified ng"]],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

describe("templates", () => {
  const lt = (userData: string | undefined, metadataOptions: unknown = HARDENED) =>
    resource("LaunchTemplate", "lt", {
      name: "lt-1",
      metadataOptions,
      ...(userData !== undefined && { userData: base64(userData) }),
    });
  const group = (name: string) => resource("Group", name, { launchTemplate: { name: "lt-1", version: "$Latest" } });
  const from = (name: string, more: Record<string, unknown> = {}) =>
    resource("Instance", name, { launchTemplate: { name: "lt-1", version: "$Latest" }, ...more });

  test.each<[string, Written[], string[]]>([
    ["closed", [lt(sh(IPTABLES)), group("a")], []],
    ["open: once, at the template", [lt("id"), group("a"), group("b")], ["violation lt"]],
    ["no user data: once, at the template", [lt(undefined), group("a")], ["violation lt"]],
    ["by itself", [lt("id")], ["violation lt"]],
    ["every machine has its own", [lt(undefined), from("a", { userData: sh(IPTABLES) })], []],
    [
      "one machine replaces it by an open one",
      [lt(sh(IPTABLES)), from("a"), from("b", { userData: "id" })],
      ["violation b"],
    ],
    [
      "one machine turns IPv6 on",
      [lt(sh(IPTABLES)), from("a", { metadataOptions: { httpProtocolIpv6: "enabled" } })],
      ["violation a"],
    ],
    [
      "one machine turns the endpoint off",
      [lt("id"), from("a", { metadataOptions: { httpEndpoint: "disabled" } })],
      [],
    ],
    [
      "unknown: once",
      [resource("LaunchTemplate", "lt", { name: "lt-1", userData: unknown }), group("a")],
      ["unverified lt"],
    ],
    ["outside the stack", [resource("Group", "a", { launchTemplate: { id: "lt-0" } })], ["unverified a"]],
    ["a launch configuration", [resource("LaunchConfiguration", "lc", { userData: sh(IPTABLES) })], []],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

test("the message names the address that is open", () => {
  expect(messages(POLICY, [instance(sh(IPTABLES), V6)])[0]).toContain("fd00:ec2::254");
  expect(messages(POLICY, [instance("id")])[0]).toContain("userData");
});
