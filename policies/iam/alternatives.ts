/** Roles to which one of several policies is attached: every role that may be meant. */
import { sourcesOf, type PolicySource, type Role } from "./role";

type Policies = readonly PolicySource[];

/** More roles than these are not told apart: each is judged on its own. */
const MOST_ALTERNATIVES = 32;

/** Each role that this one may be; itself where nothing is left open, or too much. */
export function alternatives(role: Role): readonly Role[] {
  const { policies, boundary } = role;
  if (!sourcesOf(role).some(({ oneOf }) => oneOf)) return [role];
  const attached = combined(policies);
  const limits = boundary ? combined([boundary]).map(([limit]) => limit) : [undefined];
  if (attached.length * limits.length > MOST_ALTERNATIVES) return [role];
  return attached.flatMap((each) => limits.map((limit) => ({ ...role, policies: each, boundary: limit })));
}

/** Every way to read a list of policies; what would make too many is left as it is. */
function combined(policies: Policies): readonly Policies[] {
  return policies.reduce<readonly Policies[]>(
    (before, policy) => {
      const meant = meanings(policy);
      const ways = before.length * meant.length > MOST_ALTERNATIVES ? [[policy]] : meant;
      return before.flatMap((first) => ways.map((then) => [...first, ...then]));
    },
    [[]],
  );
}

function meanings(policy: PolicySource): readonly Policies[] {
  return policy.oneOf?.flatMap(combined) ?? [[policy]];
}
