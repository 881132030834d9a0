import { verdictsOn } from "./profile";
import { defineRoleRule } from "./rule";

/**
 * | the role, by all of its policies, within its boundary         | verdict                     |
 * |-----------------------------------------------------------------|-----------------------------|
 * | may do (nearly) everything on everything                        | violation                   |
 * | may change (nearly) everything in IAM, or everything but IAM    | violation                   |
 * | would, but for a boundary or a document that is not known       | unverified                  |
 * | else                                                            | pass                        |
 */
export const profileNoAdmin = defineRoleRule<object>({
  name: "profile-no-admin",
  displayName: "Give machines no administrator role",
  description: "The role behind the instance profile does not administer the account, IAM, or everything but IAM.",
  level: "mandatory",
  severity: "critical",
  rationale:
    "Every process on a machine, and every forged request that reaches its metadata service, gets the credentials of its role. If that role is an administrator, one flaw in one program is the loss of the account. Policies are judged together, as IAM does: two harmless halves make an administrator, and a permissions boundary or an unconditional Deny may take one back.",
  remediationSteps:
    "Replace the policy by one that names the actions the machine calls and the resources it calls them on; what deploys infrastructure belongs in a pipeline with a role of its own.",
  tags: ["iam", "instance-profile"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "IAM.1",
    specification: 'IAM policies should not allow full "*" administrative privileges',
  },
  options: {},
  example: {
    exemptions: [{ resource: "bootstrap-*", reason: "Builds the account, then is deleted", expires: "2027-06-30" }],
  },
  check: (role, model) => verdictsOn("administration", role, model),
});
