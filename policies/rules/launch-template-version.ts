import type { Machine } from "../machine/model";
import { label } from "../machine/resource";
import type { LaunchedVersion } from "../machine/version";
import { defineRule, OPEN, PASS, type Place, type Verdict } from "./rule";

const WHY = "the machines keep starting from an older version, whatever the template says now";

/**
 * | version that is launched                                             | verdict    |
 * |------------------------------------------------------------------------|------------|
 * | $Latest, the template's own output, updateDefaultVersion, a new template | pass       |
 * | $Default or none, of a template that exists                              | violation  |
 * | a number below the latest                                                | violation  |
 * | anything that cannot be compared                                         | unverified |
 * | any, of a template outside the stack                                     | pass       |
 */
function check(machine: Machine): Verdict {
  const reference = machine.launch.template;
  if (reference?.target !== "launch template") return PASS;
  if (machine.origin.kind === "pending") return OPEN;
  const place = { source: { ...reference.source, path: `${reference.source.path}.version` }, inherited: false };
  const { version, named } = machine;
  const isSet = reference.version.state !== "absent";
  // Of a template outside the stack the program describes no version to compare with.
  return version && named ? checkVersion(place, isSet, version, named) : PASS;
}

function checkVersion(place: Place, isSet: boolean, version: LaunchedVersion, named: Machine): Verdict {
  const template = label(named.resource);
  const { path } = place.source;
  const toLatest = `${path} to the template's latest version, or to "$Latest".`;
  switch (version.stale) {
    case "default": {
      const canUpdate = named.subject.reading.updatesDefaultVersion !== undefined && !named.subject.isRead;
      return {
        ...place,
        kind: "violation",
        reason: `${path} ${isSet ? "is $Default" : "is not set, so it is $Default"} of launch template ${template}, which does not move with the program: ${WHY}`,
        fix: canUpdate ? `Set updateDefaultVersion: true on ${template}, or ${toLatest}` : `Set ${toLatest}`,
      };
    }
    case "pinned":
      return {
        ...place,
        kind: "violation",
        reason: `${path} pins ${version.seen} of launch template ${template}, which is not its latest: ${WHY}`,
        fix: `Set ${toLatest}`,
      };
    case undefined:
      if (version.described !== undefined) return PASS;
      return { ...place, kind: "unverified", waitsFor: `${version.seen} of launch template ${template}` };
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
