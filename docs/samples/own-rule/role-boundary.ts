import { defineRoleRule, type MachineRole, type Verdict } from "ec2-hardening/rules";

function check({ boundary, label, resource }: MachineRole): readonly Verdict[] {
  // A role that is set outside this program is judged where it is made.
  if (boundary !== undefined || resource === undefined) return [];
  return [
    {
      kind: "violation",
      source: { urn: resource.urn, path: "permissionsBoundary" },
      inherited: false,
      reason: `permissionsBoundary is not set on ${label}: whatever is attached to it later counts in full`,
      fix: "Set permissionsBoundary to the ARN of the boundary of your account.",
    },
  ];
}

export const roleBoundary = defineRoleRule<object>({
  name: "acme-role-boundary",
  displayName: "Bound the roles of machines",
  description: "Every role that a machine carries has a permissions boundary.",
  level: "advisory",
  severity: "medium",
  rationale: "A boundary keeps a policy that is attached by mistake from making an administrator of a machine.",
  remediationSteps: "Set permissionsBoundary on the role.",
  tags: ["iam"],
  options: {},
  example: {},
  check,
});
