import type { HardenedInstanceProfileArgs } from "../args";
import { grantProblems } from "./grant-problems";
import { statementsOf } from "./granted";
import { grantSessionManager, type Grant } from "./grants";
import { keysOf } from "./keys";
import type { Problem } from "./problems";
import { wellFormed } from "./shape";
import { policyDocument, type PolicyDocument } from "./statements";
import { isKnownNow, type Value } from "./value";

/** What a role is made of. */
export interface ProfilePlan {
  readonly problems: readonly Problem[];
  /** Everything that the role may do. */
  readonly grants: readonly Grant[];
  /** The document of its inline policy; undefined where it has none. */
  readonly inline: PolicyDocument | undefined;
  /** Managed policies, each with what tells its attachment from others. */
  readonly managedPolicies: readonly (readonly [key: string, arn: Value<string>])[];
}

/** Plans a role with its profile. */
export function planProfile(args: HardenedInstanceProfileArgs): ProfilePlan {
  const { args: formed, problems } = wellFormed("HardenedInstanceProfile", args);
  const { grants: given = [], sessionManager = true } = formed;
  const isAdded = sessionManager && !given.some((grant) => grant.sessionManager === true);
  const grants = isAdded ? [...given, grantSessionManager()] : given;
  const statements = statementsOf(...grants);
  const inline = statements.length === 0 ? undefined : policyDocument(statements);
  return {
    problems: [...problems, ...grantProblems(given), ...sizeProblems(inline)],
    grants,
    inline,
    managedPolicies: keysOf(
      grants.flatMap(({ managedPolicies = [] }) => managedPolicies),
      nameOfPolicy,
    ),
  };
}

/** Characters of all inline policies of a role (IAM User Guide, "IAM and AWS STS quotas"). */
const INLINE_LIMIT = 10_240;

function sizeProblems(inline: PolicyDocument | undefined): readonly Problem[] {
  const over = isKnownNow(inline) ? JSON.stringify(inline ?? "").length - INLINE_LIMIT : 0;
  const reason = `what they allow is ${String(over)} characters above the ${String(INLINE_LIMIT)} that a role takes: put resources with one prefix, or into managed policies.`;
  return over > 0 ? [{ property: "grants", reason }] : [];
}

/** Of a policy of AWS its path and name, of another one its account as well. */
function nameOfPolicy(arn: string): string {
  const [, , , , account = "", resource = ""] = arn.split(":");
  const name = resource.replace(/^policy\//, "");
  return account === "aws" ? name : `${account}/${name}`;
}
