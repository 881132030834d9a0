import { decode } from "../../../policies/userdata/decode";
import { lockdownOf } from "../../../policies/userdata/lockdown";
import { patches } from "../../../policies/userdata/patching";
import { userData } from "./harness";

const script = (text: string) => decode(userData(`#!/bin/bash\n${text}`));
const closed = (text: string) => [...lockdownOf(script(text)).closed].sort();
const nft = (ruleset: string) => closed(`nft -f - <<'RULES'\n${ruleset}\nRULES\n`);
const windows = (text: string) => [...lockdownOf(decode(userData(`<powershell>\n${text}\n</powershell>\n`))).closed];
const BLOCK = "New-NetFirewallRule -DisplayName imds -Direction Outbound -RemoteAddress 169.254.169.254 -Action Block";
const inet = (rules: string, head = "type filter hook output priority 0;") =>
  nft(`table inet t {\n chain o {\n ${head}\n ${rules}\n }\n}`);

test.each<[string, string[], string[]]>([
  ["nothing", nft(""), []],
  ["both families by one rule", inet("skuid != 0 drop"), ["v4", "v6"]],
  [
    "a table of IPv4 closes IPv4",
    nft("table ip t {\n chain o {\n type filter hook output priority 0;\n skuid != 0 drop\n }\n}"),
    ["v4"],
  ],
  ["a goto does not come back", inet("goto own\n drop\n }\n chain own {\n skuid 0 accept"), []],
  ["a jump comes back", inet("jump own\n drop\n }\n chain own {\n skuid 0 accept"), ["v4", "v6"]],
  ["a chain that jumps to itself", inet("jump o\n drop"), ["v4", "v6"]],
  ["only established connections", inet("ct state established,related drop"), []],
  ["another interface", inet("oifname docker0 drop"), []],
  ["a rate", inet("limit rate 10/second drop"), []],
  ["a comment hides a rule", inet("# skuid != 0 drop"), []],
  [
    "an element that is added later",
    closed(
      "nft add table ip t; nft add set ip t imds '{ type ipv4_addr; }'; nft add chain ip t o '{ type filter hook output priority 0; }'; nft add rule ip t o ip daddr @imds skuid != 0 drop",
    ),
    [],
  ],
  [
    "a set before its rule",
    closed(
      "nft add table ip t; nft add set ip t imds '{ type ipv4_addr; }'; nft add element ip t imds '{ 169.254.169.254 }'; nft add chain ip t o '{ type filter hook output priority 0; }'; nft add rule ip t o ip daddr @imds skuid != 0 drop",
    ),
    ["v4"],
  ],
  [
    "IPv6 in another spelling",
    closed("ip6tables -A OUTPUT -d fd00:0ec2:0:0::0254/128 -m owner ! --uid-owner 0 -j DROP"),
    ["v6"],
  ],
  ["a network of IPv6", closed("ip6tables -A OUTPUT -d fd00:ec2::/32 -j DROP"), ["v6"]],
  ["an address next to it", closed("ip6tables -A OUTPUT -d fd00:ec2::253 -j DROP"), []],
  ["an insert before", closed("iptables -A OUTPUT -d 169.254.169.254 -j DROP; iptables -I OUTPUT 1 -j ACCEPT"), []],
  ["a rule of Windows", windows(BLOCK), ["v4"]],
  ["a rule of Windows that is off", windows(`${BLOCK} -Enabled False`), []],
  ["a rule of Windows that is on", windows(`${BLOCK} -Enabled True`), ["v4"]],
  ["a rule of Windows that is removed", windows(`${BLOCK}\nRemove-NetFirewallRule -DisplayName imds`), []],
  ["a rule of Windows that is made anew", windows(`Remove-NetFirewallRule -DisplayName imds\n${BLOCK}`), ["v4"]],
  ["a rule of Windows that is printed", windows(`Write-Host '${BLOCK}'`), []],
  ["a policy", closed("iptables -P OUTPUT DROP; iptables -A OUTPUT ! -d 169.254.169.254 -j ACCEPT"), ["v4"]],
])("%s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

test("what a ruleset costs does not grow with how often it is loaded", () => {
  const includes = 'include "/etc/x"\n'.repeat(4000);
  const loads = "nft -f /etc/x.nft\n".repeat(4000);
  const texts = [
    `cat > /etc/x.nft <<'E'\n${includes}E\n${loads}`,
    "iptables -N C; iptables -I OUTPUT -j C; iptables -F\n".repeat(4000),
    "iptables -A OUTPUT -j C\n".repeat(4000) + "iptables -D OUTPUT -j D\n".repeat(4000),
    "ip rule add prohibit to 169.254.169.254\nip rule del to 169.254.169.254 uidrange 1-2\n".repeat(4000),
    "f() { g; }; g() { f; }\n[ a = b ] || x\n".repeat(4000),
    "nft add rule a '{ { { {'\n".repeat(4000),
    "bash -c 'bash -c \"bash -c id\"'\n".repeat(4000),
  ];
  const start = Date.now();
  for (const text of texts) {
    lockdownOf(script(text));
    patches(script(text));
  }
  expect(Date.now() - start).toBeLessThan(15_000);
});
