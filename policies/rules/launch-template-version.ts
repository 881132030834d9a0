import type { Machine } from "../machine/model";
import { defineRule, OPEN, PASS, type Verdict } from "./rule";

const WHY = "the machines keep starting from an older version, whatever the template says now";

/**
 * | version that is launched                                             | verdict    |
 * |------------------------------------------------------------------------|------------|
 * | $Latest, the template's own output, updateDefaultVersion, a new template | pass       |
 * | $Default or none, of a template that exists                              | violation  |
 * | a number below the latest                                                | violation  |
 * | anything that cannot be compared                                         | unverified |
 */
function check(machine: Machine): Verdict {
  const reference = machine.launch.template;
  if (reference?.target !== "launch template") return PASS;
  if (machine.origin.kind === "pending") return OPEN;
  const { source } = reference;
  const path = `${source.path}.version`;
  const { version, named } = machine;
  if (!version || !named) {
    const latest = reference.version.state === "known" && reference.version.value === "$Latest";
    const waitsFor = machine.origin.kind === "hidden" ? machine.origin.waitsFor : undefined;
    return latest ? PASS : { kind: "unverified", source: { ...source, path }, inherited: false, waitsFor };
  }
  const template = named.resource.name;
  const where = { source: { ...source, path }, inherited: false };
  switch (version.stale) {
    case "default":
      return {
        ...where,
        kind: "violation",
        message: `${path} launches $Default of launch template ${template}, which does not move with the program: ${WHY}. Set updateDefaultVersion: true on ${template}, or ${path} to its latestVersion or "$Latest".`,
      };
    case "pinned":
      return {
        ...where,
        kind: "violation",
        message: `${path} pins ${version.seen} of launch template ${template}, which is not its latest: ${WHY}. Set ${path} to its latestVersion or "$Latest".`,
      };
    case undefined:
      if (version.described !== undefined) return PASS;
      return { ...where, kind: "unverified", waitsFor: `${version.seen} of launch template ${template}` };
  }
}

export const launchTemplateVersion = defineRule<object>({
  name: "launch-template-version",
  displayName: "Launch the hardened template version",
  description: "Groups and machines start from the version of the launch template that the program describes.",
  level: "advisory",
  severity: "medium",
  rationale:
    "Every change to a launch template makes a new version. A launcher that takes $Default, which stays at the first version unless updateDefaultVersion is set, or that pins a number, keeps starting machines from an old version, so a hardened template changes nothing.",
  remediationSteps:
    'Launch template.latestVersion or "$Latest", or set updateDefaultVersion: true on the launch template.',
  tags: ["launch-template"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "EC2.170",
    specification: "EC2 launch templates should use Instance Metadata Service Version 2 (IMDSv2)",
  },
  options: {},
  example: { exemptions: [{ resource: "canary", reason: "Pinned for a comparison", expires: "2027-06-30" }] },
  roles: ["machine"],
  remediates: false,
  check,
});
