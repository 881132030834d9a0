import type { MachineRole } from "../iam/role";
import { exposureOf } from "../machine/exposure";
import { isKnown, type Source } from "../machine/fact";
import type { Machine, Model } from "../machine/model";
import { label } from "../machine/resource";
import { sentence } from "./profile";
import { defineRoleRule, type Verdict } from "./rule";

interface Options {
  readonly purposeTag?: string;
}

type Open = Extract<Verdict, { kind: "unverified" }>;

/** What a machine is, or what would have to be known to tell; undefined where it is neither. */
type Side = { readonly is: string } | Open | undefined;

/**
 * | machines that carry the role                                     | verdict    |
 * |--------------------------------------------------------------------|------------|
 * | some have a public address, others have none                       | violation  |
 * | some have one value of the tag `purposeTag`, others another        | violation  |
 * | one of them may, by what is not known yet                          | unverified |
 * | one machine, or all alike; those without the tag are like any other | pass       |
 */
function check(role: MachineRole, model: Model, { purposeTag }: Options): readonly Verdict[] {
  const byAddress = compared(role, (machine) => addressOf(machine, model));
  const byPurpose = purposeTag === undefined ? undefined : compared(role, (machine) => purposeOf(machine, purposeTag));
  // Both have one root cause and one mend.
  if (byAddress?.kind === "differ") {
    const { a, b } = byAddress;
    const [out, within] = a.is === PUBLIC ? [a, b] : [b, a];
    return [violation(role, `${out.name}, which has a public address, and on ${within.name}, which has none`)];
  }
  if (byPurpose?.kind === "differ") {
    const { a, b } = byPurpose;
    return [violation(role, `${a.name} and on ${b.name}, whose values of the tag ${purposeTag ?? ""} differ`)];
  }
  return [byAddress, byPurpose].flatMap((each) => (each?.kind === "unverified" ? [each] : []));
}

interface Named {
  readonly name: string;
  readonly is: string;
}

/** Two machines that differ, or what would have to be known to tell; undefined where all are alike. */
function compared(
  { machines }: MachineRole,
  sideOf: (machine: Machine) => Side,
): { readonly kind: "differ"; readonly a: Named; readonly b: Named } | Open | undefined {
  const known: Named[] = [];
  const waiting: Open[] = [];
  for (const machine of machines) {
    const side = sideOf(machine);
    if (side && "is" in side) known.push({ name: label(machine.resource), ...side });
    else if (side) waiting.push(side);
  }
  const [a] = known;
  const b = known.find(({ is }) => is !== a?.is);
  if (a && b) return { kind: "differ", a, b };
  return known.length + waiting.length > 1 ? waiting[0] : undefined;
}

const PUBLIC = "public";

function addressOf(machine: Machine, model: Model): Side {
  const { address } = exposureOf(machine, model);
  if (address.state === "unknown") return unverified(address.source, address.waitsFor);
  return { is: address.state === "yes" ? PUBLIC : "private" };
}

function purposeOf(machine: Machine, tag: string): Side {
  const { known, uncertain, unknown } = machine.tags;
  const value = known.get(tag);
  if (value && isKnown(value)) return { is: JSON.stringify(value.value) };
  const open = uncertain.get(tag) ?? (value?.state === "unknown" ? value.source : value ? undefined : unknown);
  return open && unverified(open);
}

function violation(role: MachineRole, places: string): Verdict {
  return {
    kind: "violation",
    source: { urn: role.at[0].urn, path: "" },
    inherited: false,
    reason: `${sentence(role.label)} is on ${places}: whoever takes over the one has every permission of the other`,
    fix: "Give each of them a role and an instance profile of its own, with the permissions that it uses.",
  };
}

function unverified(source: Source, waitsFor?: string): Open {
  return { kind: "unverified", source, inherited: false, waitsFor };
}

export const profileNotShared = defineRoleRule<Options>({
  name: "profile-not-shared",
  displayName: "Give machines of different purpose their own role",
  description: "Machines that differ in exposure or purpose do not carry one role.",
  level: "advisory",
  severity: "low",
  rationale:
    "A role that an exposed machine shares with an internal one has the permissions of both: what takes over the first acts as the second, and logs do not tell them apart. The more machines share a role, the wider it grows.",
  remediationSteps:
    "Split the role by purpose: one role and one instance profile for machines with a public address, another for those without, and one for each value of the tag that tells purposes apart.",
  tags: ["iam", "instance-profile"],
  framework: {
    name: "NIST SP 800-53",
    version: "Rev. 5",
    reference: "AC-6",
    specification: "Least Privilege",
  },
  options: {
    purposeTag: {
      type: "string",
      minLength: 1,
      description:
        "The tag whose values tell purposes apart, e.g. Purpose; machines of different values share no role.",
    },
  },
  example: { purposeTag: "Purpose" },
  check,
});
