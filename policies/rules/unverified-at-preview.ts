import { UNVERIFIED } from "../unverified";
import { defineRule, PASS } from "./rule";

/** The other policies report what they could not judge; the judge collects it into one finding a resource. */
export const unverifiedAtPreview = defineRule<object>({
  name: UNVERIFIED,
  displayName: "List what could not be judged",
  description: "Everything the other policies look at is known at preview.",
  level: "advisory",
  severity: "medium",
  rationale:
    "A value that is computed during the update, or set outside the stack, can be right or wrong; nobody knows at preview. Passing it silently would hide a hole, and calling it a violation would cry wolf, so it is listed with what it waits for.",
  remediationSteps:
    'Set the property to a value that is known at preview, or bring what sets it into the stack. To fail closed, make this policy mandatory or set onUnverified to "violation" on the policy concerned.',
  tags: ["preview"],
  options: {},
  example: { exemptions: [{ resource: "shared-*", reason: "Template of the platform team", expires: "2027-06-30" }] },
  roles: [],
  remediates: false,
  check: () => PASS,
});
