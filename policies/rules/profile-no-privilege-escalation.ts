import { verdictsOn } from "./profile";
import { defineRoleRule } from "./rule";

/**
 * | the role may                                                                | verdict                       |
 * |-------------------------------------------------------------------------------|-------------------------------|
 * | rewrite its own policies, trust or boundary, or those of everyone             | violation                     |
 * | pass every role to a service that it may set to work                          | violation                     |
 * | pass, assume, or command the machine of, a role of the program that is stronger | violation                     |
 * | command every machine or workload, or turn IMDSv1 back on                     | violation                     |
 * | the same by name, prefix or tag, and nothing stronger is in reach             | left to profile-scoped-permissions |
 * | something of it that hangs on what is not known                               | unverified                    |
 */
export const profileNoPrivilegeEscalation = defineRoleRule<object>({
  name: "profile-no-privilege-escalation",
  displayName: "Let no machine make itself stronger",
  description: "The role behind the instance profile cannot make itself, or reach, something stronger.",
  level: "mandatory",
  severity: "high",
  rationale:
    "A role need not be an administrator to become one: the right to write its own policy, to pass a stronger role to a machine or function of its making, or to run commands on a machine that carries one is enough. Ninety-nine such methods are known and looked for, over all policies of the role together. What the role may reach is looked up in the program: a named role is harmless or stronger by its own policies and by whom it trusts.",
  remediationSteps:
    "Name in Resource the roles, machines and functions that the machine works on, none of them stronger than itself; leave writing IAM and metadata options to what deploys.",
  tags: ["iam", "instance-profile", "privilege-escalation"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1098.003",
    specification: "Account Manipulation: Additional Cloud Roles",
  },
  options: {},
  example: {
    exemptions: [{ resource: "ci-runner-*", reason: "Deploys until the move to the pipeline", expires: "2027-06-30" }],
  },
  check: (role, model) => verdictsOn("escalation", role, model),
});
