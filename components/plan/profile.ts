import type { HardenedInstanceProfileArgs } from "../args";
import { broadGrants } from "./broad";
import { grantSessionManager, type Grant } from "./grants";
import type { Problem } from "./problems";
import { policyDocument, type PolicyDocument } from "./statements";
import type { Value } from "./value";

/** What a role is made of. */
export interface ProfilePlan {
  readonly problems: readonly Problem[];
  /** The document of its inline policy; undefined where it has none. */
  readonly inline: PolicyDocument | undefined;
  readonly managedPolicies: readonly Value<string>[];
}

/** Plans a role with its profile. */
export function planProfile(args: Pick<HardenedInstanceProfileArgs, "grants" | "sessionManager">): ProfilePlan {
  const { grants = [], sessionManager = true } = args;
  const all: readonly Grant[] = [...(sessionManager ? [grantSessionManager()] : []), ...grants];
  const statements = all.flatMap((grant) => grant.statements ?? []);
  return {
    problems: [...broadGrants(grants), ...emptyGrants(grants)],
    inline: statements.length === 0 ? undefined : policyDocument(statements),
    managedPolicies: [...new Set(all.flatMap(({ managedPolicies = [] }) => managedPolicies))],
  };
}

function emptyGrants(grants: readonly Grant[]): readonly Problem[] {
  return grants.flatMap(({ statements = [], managedPolicies = [] }, index) =>
    statements.length + managedPolicies.length > 0
      ? []
      : [
          {
            property: `grants[${String(index)}]`,
            reason: "grants nothing: write a statement or a policy, or leave it out.",
          },
        ],
  );
}
