import { verdictsOn } from "./profile";
import { defineRoleRule } from "./rule";

/**
 * | the role                                                                        | verdict   |
 * |-----------------------------------------------------------------------------------|-----------|
 * | has a whole service, `NotAction`, or writes, tags or resource policies on everything | violation |
 * | reads everything of a kind: objects, items, messages, logs                         | violation |
 * | could escalate within a name, a prefix or a tag                                    | violation |
 * | carries an AWS managed policy that is broad or given up                            | violation |
 * | has a statement that grants nothing, or an action that does not exist              | violation |
 */
export const profileScopedPermissions = defineRoleRule<object>({
  name: "profile-scoped-permissions",
  displayName: "Scope what machines may do",
  description: "The role behind the instance profile names the actions and resources that the machine uses.",
  level: "advisory",
  severity: "medium",
  rationale:
    "What a machine's role may do is what a stolen credential may do. Wildcards over a service, writes on every resource and AWS managed policies that are made for people are rarely what a machine needs, and they turn a small flaw into a large one.",
  remediationSteps:
    "Write the actions that the machine calls and the resources it calls them on; replace broad AWS managed policies by the narrower ones that the message names.",
  tags: ["iam", "instance-profile", "least-privilege"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "IAM.21",
    specification: "IAM customer managed policies that you create should not allow wildcard actions for services",
  },
  options: {},
  example: {
    exemptions: [{ resource: "legacy-*", reason: "Scoped with the move to containers", expires: "2027-06-30" }],
  },
  check: (role, model) => verdictsOn("scope", role, model),
});
