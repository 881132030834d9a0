/** Roles that administer everything, IAM, or everything but IAM. */
import type { Bits } from "../bits";
import { catalogue } from "../catalogue";
import type { Clause } from "../clauses";
import type { Permissions } from "../permissions";
import { causeKey, type Issue } from "./issue";

/** So much of what there is counts as all of it: a few denied actions leave an administrator one. */
const NEARLY_ALL = 0.75;

/** The issue of an administrator; nothing where the role is none. */
export function administration(permissions: Permissions): Issue | undefined {
  const granted = permissions.everywhere.filter(([, actions]) => !actions.isEmpty);
  const [first] = granted;
  if (!first) return undefined;
  const all = granted.map(([, actions]) => actions).reduce((a, b) => a.or(b));
  const { iam, others } = halves();
  const [hasIam, hasOthers] = [isNearlyAll(all, iam), isNearlyAll(all, others)];
  if (!hasIam && !hasOthers) return undefined;
  const wanted = hasIam && hasOthers ? iam.or(others) : hasIam ? iam : others;
  const [clause, ...more] = byShare(granted, wanted);
  const shared = { concern: "administration", clauses: [clause ?? first[0], ...more] } as const;
  if (hasIam && hasOthers) {
    return {
      ...shared,
      code: "full-admin",
      actions: ["*"],
      target: "everything",
      gain: "owns the account",
      fix: WRITE_WHAT_IS_USED,
    };
  }
  if (hasIam) {
    return {
      ...shared,
      code: "iam-admin",
      actions: ["iam:*"],
      target: "everything",
      gain: "gives itself every other permission",
      fix: "leave IAM to what deploys the machine, and name the few reads it needs",
    };
  }
  return {
    ...shared,
    code: "power-user",
    actions: ["everything but iam:*"],
    target: "everything",
    gain: "reads, changes and deletes whatever the account holds",
    fix: WRITE_WHAT_IS_USED,
  };
}

const WRITE_WHAT_IS_USED = "name the actions that the machine calls, and the resources it calls them on";

/** Statements that grant a good part of it, the greatest first. */
function byShare(granted: readonly (readonly [Clause, Bits])[], wanted: Bits): Clause[] {
  const shares = granted.map(([clause, actions]) => [clause, actions.and(wanted).count] as const);
  const total = wanted.count;
  return (
    shares
      .filter(([, count]) => count > total / 50)
      // Equal ones in an order that does not depend on that of the policies.
      .sort(([a, most], [b, least]) => least - most || (causeKey(a) < causeKey(b) ? -1 : 1))
      .map(([clause]) => clause)
  );
}

function isNearlyAll(actions: Bits, of: Bits): boolean {
  return actions.and(of).count >= NEARLY_ALL * of.count;
}

let known: { readonly iam: Bits; readonly others: Bits } | undefined;

/** What changes IAM, and everything else. */
function halves(): { readonly iam: Bits; readonly others: Bits } {
  if (known) return known;
  const every = catalogue().expand("iam:*");
  const changes = catalogue().ofLevel("write").or(catalogue().ofLevel("permissions"));
  known = { iam: every.and(changes), others: catalogue().expand("*").minus(every) };
  return known;
}
