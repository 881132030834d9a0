import { is } from "../machine/fact";
import type { Machine } from "../machine/model";
import { defineRule, endpoint, fix, OPEN, PASS, seen, unverified, violation, type Verdict } from "./rule";

const ATTRIBUTE = "httpProtocolIpv6";
const WHY = "fd00:ec2::254 is a second way to the role's keys, which firewall rules for 169.254.169.254 do not cover";

/** Violation where enabled, unless the endpoint is off. Not set is off: EC2 and accounts have no other default. */
function check(machine: Machine): Verdict {
  if (!machine.launch.expresses.has(ATTRIBUTE) || machine.launch.madeBy !== undefined) return PASS;
  const state = endpoint(machine);
  const fact = machine.option(ATTRIBUTE);
  if (state === "off" || fact.state === "absent" || is(fact, "disabled")) return PASS;
  if (fact.state === "unknown") return unverified(machine, ATTRIBUTE, fact);
  if (fact.state === "inherited" || state === "pending") return OPEN;
  const reason = `${seen(machine, fact, ["enabled"])}: ${WHY}`;
  return violation(machine, ATTRIBUTE, reason, fix(machine, ATTRIBUTE, "disabled"), "disabled");
}

export const imdsIpv6Endpoint = defineRule<object>({
  name: "imds-ipv6-endpoint",
  displayName: "Keep the IPv6 endpoint of IMDS off",
  description: "The metadata service listens on IPv6 only where that is needed.",
  level: "advisory",
  severity: "low",
  rationale:
    "With httpProtocolIpv6 enabled the metadata service also answers on fd00:ec2::254. Host firewalls and lock-down rules are usually written for the IPv4 address alone and leave this one open.",
  remediationSteps: 'Set metadataOptions.httpProtocolIpv6 to "disabled", or exempt the machines that need it.',
  tags: ["imds", "ipv6"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  options: {},
  example: { exemptions: [{ resource: "v6-*", reason: "IPv6-only subnet", expires: "2027-06-30" }] },
  roles: ["machine", "template"],
  remediates: true,
  check,
});
