import { containerHost } from "../machine/container-host";
import type { Machine, Model } from "../machine/model";
import { defineRule, effectiveEndpoint, fix, OPEN, PASS, seen, unverified, violation, type Verdict } from "./rule";

const ATTRIBUTE = "httpEndpoint";

/**
 * | endpoint       | a profile, user data, a key pair or a service that adds them | verdict             |
 * |----------------|----------------------------------------------------------------|---------------------|
 * | on, or absent  | none of them                                                   | violation           |
 * | on, or absent  | any, also unknown                                              | pass                |
 * | on, or absent  | none, in a template of container hosts for another stack       | pass                |
 * | off            | a profile or user data                                         | violation (reverse) |
 * | unknown        |                                                                | unverified          |
 */
function check(machine: Machine, model: Model): Verdict {
  if (!machine.launch.expresses.has(ATTRIBUTE) || machine.launch.madeBy !== undefined) return PASS;
  switch (effectiveEndpoint(machine, model)) {
    case "pending":
      return OPEN;
    case "unknown":
      return unverified(machine, ATTRIBUTE, machine.option(ATTRIBUTE));
    case "off":
      return brokenBy(machine);
    default:
      return unneeded(machine, model);
  }
}

/** What needs the endpoint, in words. Unknown counts as present. */
function needs(machine: Machine): readonly string[] {
  const { profile, userData, keyName, launch } = machine;
  return [
    ...(profile === undefined ? [] : ["an instance profile"]),
    ...(userData === undefined ? [] : ["user data"]),
    ...(keyName.state === "absent" ? [] : ["a key pair"]),
    ...(launch.service === undefined ? [] : [launch.service.name]),
  ];
}

function unneeded(machine: Machine, model: Model): Verdict {
  // A template counts what its users add, and a service that takes over a group adds a role and a boot script.
  const all = machine.role === "template" ? [machine, ...machine.users] : [machine];
  if (all.some((each) => needs(each).length > 0 || model.takenOverBy(each.resource) !== undefined)) return PASS;
  if (isCompletedElsewhere(machine, model)) return PASS;
  if (!model.complete && (machine.role === "template" || machine.origin.kind === "pending")) return OPEN;
  const what = seen(machine, machine.option(ATTRIBUTE), ["enabled"]);
  const reason = `${what}, and nothing here needs it (no instance profile, no user data, no key pair)`;
  const why = "an open metadata service is only of use to an attacker";
  return violation(
    machine,
    ATTRIBUTE,
    `${reason}: ${why}`,
    fix(machine, ATTRIBUTE, "disabled", "; no other option matters then"),
  );
}

/** A template that nothing of the program uses, and whose machines it marks as container hosts: their service adds the rest. */
function isCompletedElsewhere(machine: Machine, model: Model): boolean {
  if (machine.role !== "template" || machine.users.length > 0) return false;
  return containerHost(model, machine, () => false).state === "yes";
}

/** The endpoint is off although something cannot do without it. */
function brokenBy(machine: Machine): Verdict {
  const consequences = [
    ...(machine.profile === undefined || machine.profile === "hidden"
      ? []
      : ["the credentials of the instance profile cannot be read"]),
    ...(machine.userData === undefined || machine.userData === "hidden" ? [] : ["the user data never runs"]),
  ];
  if (consequences.length === 0) return PASS;
  const off = machine.option(ATTRIBUTE);
  const what = off.state === "absent" ? "an account default turns httpEndpoint off" : seen(machine, off, ["disabled"]);
  const reason = `${what}: ${consequences.join(" and ")}`;
  const instead = `${fix(machine, ATTRIBUTE, "enabled")} Keep httpTokens: "required" next to it, or remove what needs the endpoint.`;
  return violation(machine, ATTRIBUTE, reason, instead);
}

export const imdsDisableWhenUnneeded = defineRule<object>({
  name: "imds-disable-when-unneeded",
  displayName: "Turn IMDS off where nothing needs it",
  description: "The metadata service is off where nothing on the machine reads it, and on where something does.",
  level: "advisory",
  severity: "low",
  rationale:
    "A machine without an instance profile, user data or key pair has no use for the metadata service, while an attacker on it still reads the machine's identity and network from it. The other way round, a machine whose endpoint is off never runs its user data and cannot read the credentials of its profile.",
  remediationSteps:
    'Set metadataOptions.httpEndpoint to "disabled" where nothing needs metadata, and to "enabled" with required tokens where something does.',
  tags: ["imds", "least-privilege"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  options: {},
  example: { exemptions: [{ resource: "bastion-*", reason: "Inventory agent reads metadata", expires: "2027-06-30" }] },
  roles: ["machine", "template"],
  remediates: false,
  check,
});
