import { accountDefault } from "../machine/defaults";
import { is, type Fact } from "../machine/fact";
import type { Machine, Model } from "../machine/model";
import { readsInstanceTags } from "../userdata/text";
import { defineRule, endpoint, fix, OPEN, PASS, seen, unverified, violation, type Verdict } from "./rule";

const ATTRIBUTE = "instanceMetadataTags";
const WHY = "every process on the machine, and every forged request, can then read the instance's tags";

/**
 * | tags in metadata | the machine's user data                   | verdict    |
 * |------------------|-------------------------------------------|------------|
 * | endpoint off     |                                           | pass       |
 * | enabled          | reads them                                | pass       |
 * | enabled          | does not, or there is none                | violation  |
 * | enabled          | unknown                                   | unverified |
 * | off              | reads them, and no account default helps  | violation  |
 * | off              | anything else                             | pass       |
 */
function check(machine: Machine, model: Model): Verdict {
  if (!machine.launch.expresses.has(ATTRIBUTE) || machine.launch.madeBy !== undefined) return PASS;
  const state = endpoint(machine);
  const fact = machine.option(ATTRIBUTE);
  if (state === "off") return PASS;
  if (fact.state === "inherited") return OPEN;
  if (fact.state === "unknown") return unverified(machine, ATTRIBUTE, fact);
  if (fact.state === "absent" || is(fact, "disabled")) return whereOff(machine, model, fact);
  const verdict = whereOn(machine, model, fact);
  return verdict.kind === "violation" && state === "pending" ? OPEN : verdict;
}

type Reads = boolean | "unknown" | "pending";

function reads(machine: Machine): Reads {
  const { userData } = machine;
  if (userData === "hidden") return machine.origin.kind === "pending" ? "pending" : "unknown";
  return userData === undefined ? false : (readsInstanceTags(userData) ?? "unknown");
}

function whereOn(machine: Machine, model: Model, fact: Fact): Verdict {
  // A template is right where one of its machines reads tags; the others are then reported themselves.
  const all = machine.role === "template" ? [machine, ...machine.users] : [machine];
  const readers = all.map(reads);
  if (readers.includes(true)) return PASS;
  if (!model.complete && (readers.includes("pending") || machine.role === "template")) return OPEN;
  if (readers.includes("unknown")) {
    const unread = all.find((each) => reads(each) === "unknown")?.userData;
    const source = unread && unread !== "hidden" ? unread.fact.source : fact.source;
    return { kind: "unverified", source, inherited: machine.takes(ATTRIBUTE), waitsFor: undefined };
  }
  const reason = `${seen(machine, fact, ["enabled"])}: ${WHY}`;
  return violation(machine, ATTRIBUTE, reason, fix(machine, ATTRIBUTE, "disabled"), "disabled");
}

function whereOff(machine: Machine, model: Model, fact: Fact): Verdict {
  if (machine.role === "account default" || reads(machine) !== true) return PASS;
  if (fact.state === "absent") {
    if (!model.complete) return OPEN;
    const byAccount = accountDefault(model, machine, ATTRIBUTE);
    if (is(byAccount, "enabled")) return PASS;
    if (byAccount.state === "unknown") return unverified(machine, ATTRIBUTE, byAccount);
  }
  const reason = `${seen(machine, fact, ["disabled"])}, but the user data reads meta-data/tags/instance`;
  return violation(
    machine,
    ATTRIBUTE,
    `${reason}: it gets a 404 at boot`,
    fix(machine, ATTRIBUTE, "enabled"),
    "enabled",
  );
}

export const imdsInstanceTags = defineRule<object>({
  name: "imds-instance-tags",
  displayName: "Keep instance tags out of IMDS",
  description: "Instance tags are readable through the metadata service only where the machine reads them.",
  level: "advisory",
  severity: "low",
  rationale:
    "With instanceMetadataTags enabled any process on the machine reads its tags without credentials. Tags often carry owners, project names and sometimes secrets, and they help an attacker to find the next target.",
  remediationSteps:
    'Set metadataOptions.instanceMetadataTags to "disabled", or to "enabled" where the boot script reads meta-data/tags/instance.',
  tags: ["imds", "tags"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  options: {},
  example: { exemptions: [{ resource: "runner-*", reason: "Agent reads its tags", expires: "2027-06-30" }] },
  roles: ["machine", "template", "account default"],
  remediates: true,
  check,
});
