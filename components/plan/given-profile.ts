/** What a machine cannot have beside a profile that is given: the role of that is for the profile to say. */
import type { HardenedInstanceProfile } from "../hardened-instance-profile";
import { covers } from "./granted";
import type { Grant } from "./grants";
import type { PlannedArgs } from "./launched-by";
import { found, type Problem } from "./problems";

/** IAM API Reference, InstanceProfile. */
const NAME = /^[\w+=,.@-]{1,128}$/;

const AT_PROFILE = "the machine carries a given profile: write this at the profile, or leave profile out.";

/** `needs` are what boot calls, for each of `secrets` and then for `imds`. */
export function givenProfileProblems(args: PlannedArgs, needs: readonly Grant[]): readonly Problem[] {
  const { profile, grants = [], permissionsBoundary, sessionManager, imds } = args;
  if (profile === undefined || imds === "off") return [];
  return found(
    typeof profile === "string" &&
      !NAME.test(profile) && {
        property: "profile",
        reason: 'write the name of the profile, such as "web", which its ARN ends with, or give a component.',
      },
    grants.length > 0 && { property: "grants", reason: AT_PROFILE },
    permissionsBoundary !== undefined && { property: "permissionsBoundary", reason: AT_PROFILE },
    sessionManager !== undefined && { property: "sessionManager", reason: AT_PROFILE },
    ...needs.map((need, index) => needProblem(profile, need, index)),
  );
}

function needProblem(profile: NonNullable<PlannedArgs["profile"]>, need: Grant, index: number): Problem | false {
  const property = need.bootOnly === true ? "imds" : `secrets[${String(index)}]`;
  const grant = `${functionOf(need)}, in grants of a HardenedInstanceProfile`;
  if (!isComponent(profile)) {
    const reason = `takes a permission of the role, and of a profile by its name nobody sees whether it has it: give ${grant}, as profile, or leave profile out.`;
    return { property, reason };
  }
  const reason = `takes a permission that the given profile does not have: write ${grant}.`;
  return !covers(profile.grants, need) && { property, reason };
}

function functionOf({ readSecret, readParameter, bootOnly }: Grant): string {
  if (bootOnly === true) return "grantBootOnly()";
  const call = readSecret ? "grantReadSecret" : "grantReadParameter";
  const isKey = (readSecret ?? readParameter)?.kmsKey !== undefined;
  return `${call}(arn${isKey ? ", { kmsKey }" : ""})`;
}

/** An output or a name has no grants. */
function isComponent(profile: NonNullable<PlannedArgs["profile"]>): profile is HardenedInstanceProfile {
  return typeof profile === "object" && "grants" in profile && Array.isArray(profile.grants);
}
