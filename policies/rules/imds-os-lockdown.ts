import { is } from "../machine/fact";
import type { Machine, Model } from "../machine/model";
import type * as Lockdown from "../userdata/lockdown";
import { defineRule, effectiveEndpoint, OPEN, PASS, unverified, type Verdict } from "./rule";
import { asTemplate, bootPlace, bootText, mayHaveUserData, seenBootText } from "./userdata";

const WHY = "every process on the machine can take the role's keys";
const V4 = "169.254.169.254";
const V6 = "fd00:ec2::254";

/**
 * | endpoint         | what boot does to users who are not named       | verdict    |
 * |------------------|-------------------------------------------------|------------|
 * | off              |                                                 | pass       |
 * | on, or absent    | closes it on every address that is on           | pass       |
 * | on, or absent    | leaves one open, or there is no user data       | violation  |
 * | on, or absent    | user data unknown, or not to be decoded in part | unverified |
 * | unknown          | leaves one open                                 | unverified |
 */
function check(machine: Machine, model: Model): Verdict {
  const judged = (each: Machine): Verdict => judge(each, model);
  return machine.role === "template" ? asTemplate(machine, model, judged) : judged(machine);
}

function judge(machine: Machine, model: Model): Verdict {
  const endpoint = effectiveEndpoint(machine, model);
  if (endpoint === "off" || !mayHaveUserData(machine)) return PASS;
  const verdict = byBootText(machine);
  if (verdict.kind !== "violation") return verdict;
  if (endpoint === "pending") return OPEN;
  return endpoint === "unknown" ? unverified(machine, "httpEndpoint", machine.option("httpEndpoint")) : verdict;
}

function byBootText(machine: Machine): Verdict {
  const boot = bootText(machine);
  switch (boot.state) {
    case "pending":
      return OPEN;
    case "unknown":
      return { ...bootPlace(machine), kind: "unverified", waitsFor: boot.waitsFor };
    case "none":
      return open(machine, `${seenBootText(machine)} is not set`, V4);
    case "known": {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
      const { lockdownOf } = require("../userdata/lockdown") as typeof Lockdown;
      return byLockdown(machine, lockdownOf(boot.decoded));
    }
  }
}

function byLockdown(machine: Machine, { closed, complete }: Lockdown.Lockdown): Verdict {
  const seen = seenBootText(machine);
  const verdict = (address: string, reason: string): Verdict =>
    complete
      ? open(machine, reason, address)
      : { ...bootPlace(machine), kind: "unverified", waitsFor: "text that can be decoded" };
  if (!closed.has("v4")) return verdict(V4, `${seen} does not lock ${V4} down to named users`);
  const ipv6 = machine.option("httpProtocolIpv6");
  if (closed.has("v6") || ipv6.state === "absent" || is(ipv6, "disabled")) return PASS;
  if (ipv6.state === "unknown") return unverified(machine, "httpProtocolIpv6", ipv6);
  if (ipv6.state === "inherited") return OPEN;
  return verdict(V6, `${seen} locks ${V4} down, but not ${V6}, which httpProtocolIpv6 turns on`);
}

function open(machine: Machine, reason: string, address: string): Verdict {
  const isV6 = address === V6;
  const rule = `${isV6 ? "ip6" : "ip"} daddr ${address} meta skuid != { root } reject`;
  return {
    ...bootPlace(machine),
    kind: "violation",
    reason: `${reason}: ${WHY}`,
    fix: `Load a rule for the hook output at boot, such as nft's "${rule}" with the users that need it${isV6 ? ', or set httpProtocolIpv6: "disabled"' : ""}.`,
  };
}

export const imdsOsLockdown = defineRule<object>({
  name: "imds-os-lockdown",
  displayName: "Lock IMDS down to named OS users",
  description: "User data makes a firewall of the machine that lets only named users reach the metadata service.",
  level: "disabled",
  severity: "low",
  rationale:
    "Required tokens stop forged requests, not code that runs on the machine: a web application that is taken over fetches a token like any other process. A rule on the owner of the socket leaves the metadata service to the few users that need it, on its IPv4 address and, where that is on, on its IPv6 address.",
  remediationSteps:
    "Load nftables or iptables rules on the owner of the socket in user data, before anything else is started, for 169.254.169.254 and, where the IPv6 endpoint is on, for fd00:ec2::254.",
  tags: ["imds", "user-data", "firewall"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  options: {},
  example: { exemptions: [{ resource: "builder-*", reason: "The image locks it down", expires: "2027-06-30" }] },
  roles: ["machine", "template"],
  remediates: false,
  check,
});
