import type { Machine, Model } from "../machine/model";
import { patchedBySystemsManager } from "../machine/patch-tasks";
import type * as Patching from "../userdata/patching";
import { defineRule, OPEN, PASS, type Verdict } from "./rule";
import { asTemplate, bootPlace, bootText, mayHaveUserData, seenBootText, type BootText } from "./userdata";

const WHY = "the machine keeps the holes that its image was made with";
const AT_BOOT =
  "Update at boot (package_upgrade: true in a #cloud-config, dnf upgrade -y, unattended-upgrades), or add an aws.ssm.Association of AWS-RunPatchBaseline with Operation: Install that reaches it.";
const MANAGED =
  'Turn managed platform updates on: ManagedActionsEnabled "true" in namespace aws:elasticbeanstalk:managedactions.';

/**
 * | what patches the machine                                         | verdict    |
 * |------------------------------------------------------------------|------------|
 * | its service, its user data, or Systems Manager                   | pass       |
 * | a task of Systems Manager that may reach it, or may install      | unverified |
 * | nothing, but user data is unknown or not to be decoded in part   | unverified |
 * | nothing                                                          | violation  |
 */
function check(machine: Machine, model: Model): Verdict {
  const judged = (each: Machine): Verdict => judge(each, model);
  return machine.role === "template" ? asTemplate(machine, model, judged) : judged(machine);
}

function judge(machine: Machine, model: Model): Verdict {
  const byService = patchedByService(machine);
  if (byService === true) return PASS;
  const boot = bootText(machine);
  const byBoot = patchedAtBoot(boot);
  if (byBoot === true) return PASS;
  // Associations are resources of their own.
  if (!model.complete) return OPEN;
  const { state, task } = patchedBySystemsManager(model, machine);
  if (state === true) return PASS;
  const place = bootPlace(machine);
  const question = (waitsFor: string | undefined): Verdict => ({ ...place, kind: "unverified", waitsFor });
  if (state === "unknown") return question(`what the task ${task ?? ""} does`);
  if (byService === "unknown") return question("ManagedActionsEnabled");
  if (boot.state === "unknown") return question(boot.waitsFor);
  if (byBoot === undefined) return question("text that can be decoded");
  return unpatched(machine, boot, task);
}

function patchedByService({ launch, origin }: Machine): boolean | "unknown" | undefined {
  const template = origin.kind === "template" ? origin.template.launch.service?.patches : undefined;
  return launch.service?.patches ?? template;
}

function patchedAtBoot(boot: BootText): boolean | undefined {
  if (boot.state !== "known") return boot.state === "none" ? false : undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { patches } = require("../userdata/patching") as typeof Patching;
  return patches(boot.decoded);
}

function unpatched(machine: Machine, boot: BootText, task: string | undefined): Verdict {
  const takesUserData = mayHaveUserData(machine);
  const only = task === undefined ? "" : `, and the task ${task} only looks for what is missing`;
  const text = boot.state === "none" ? "is not set" : "installs no updates";
  const seen = takesUserData
    ? `${seenBootText(machine)} ${text}`
    : `${machine.launch.service?.name ?? "the service"} does not update its machines here`;
  return {
    ...bootPlace(machine),
    kind: "violation",
    reason: `${seen}${only === "" && takesUserData ? ", and no association patches it" : only}: ${WHY}`,
    fix: takesUserData ? AT_BOOT : MANAGED,
  };
}

export const instancePatching = defineRule<object>({
  name: "instance-patching",
  displayName: "Patch machines",
  description: "Machines install updates at boot, or Systems Manager patches them.",
  level: "disabled",
  severity: "low",
  rationale:
    "An image is as old as the day it was made on. Holes that have been known since then are what lets an attacker onto the machine and to its role. Updates at boot close them before the machine serves anyone; Systems Manager closes them on machines that live for long.",
  remediationSteps:
    "Update at boot (package_upgrade, dnf upgrade -y, unattended-upgrades), or patch with Systems Manager: an association or a maintenance window task of AWS-RunPatchBaseline with Operation Install whose targets reach the machine.",
  tags: ["patching", "user-data", "systems-manager"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "SSM.2",
    specification:
      "EC2 instances managed by Systems Manager should have a patch compliance status of COMPLIANT after a patch installation",
  },
  options: {},
  example: { exemptions: [{ resource: "worker-*", reason: "Rebuilt weekly from a new image", expires: "2027-06-30" }] },
  roles: ["machine", "template"],
  remediates: false,
  check,
});
