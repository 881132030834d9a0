import { verdictsOn } from "./profile";
import { defineRoleRule } from "./rule";

/**
 * | the role may, on everything of a kind                                  | verdict                            |
 * |--------------------------------------------------------------------------|------------------------------------|
 * | read secrets or parameters, or decrypt with keys                         | violation                          |
 * | take or mint credentials: keys, passwords, tokens                        | violation                          |
 * | the same by name, prefix or tag                                          | pass                               |
 * | secrets, behind a condition on the network                               | left to profile-scoped-permissions |
 * | something of it that hangs on what is not known                          | unverified                         |
 */
export const profileNoCredentialAccess = defineRoleRule<object>({
  name: "profile-no-credential-access",
  displayName: "Let no machine read every secret",
  description:
    "The role behind the instance profile cannot read every secret, parameter or key, nor mint credentials that last.",
  level: "mandatory",
  severity: "high",
  rationale:
    "A role that reads every parameter or secret hands the credentials of all other workloads to whoever takes over one machine, and a role that mints access keys or passwords lets them stay after the machine is gone. A name, a prefix or a tag is enough to confine it.",
  remediationSteps:
    "Name in Resource the secrets, the parameters by path, and the keys that the machine uses; leave making keys and passwords to people and pipelines.",
  tags: ["iam", "instance-profile", "secrets"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1555.006",
    specification: "Credentials from Password Stores: Cloud Secrets Management Stores",
  },
  options: {},
  example: { exemptions: [{ resource: "vault-*", reason: "Replicates all secrets by design", expires: "2027-06-30" }] },
  check: (role, model) => verdictsOn("credentials", role, model),
});
