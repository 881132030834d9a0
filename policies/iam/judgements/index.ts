/** Everything that is wrong with what a role may do, each root cause once. */
import type { Bound } from "../clauses";
import { Permissions } from "../permissions";
import type { Role } from "../role";
import { administration } from "./administration";
import { escalations } from "./escalation";
import { giveaways } from "./giveaways";
import { keyOf, type Issue } from "./issue";
import { ofManaged } from "./managed-policies";
import type { Program } from "./program";
import { overbroad } from "./scope";

/** The issues of a role within its program. */
export function issuesOf(role: Role, bound: Bound, program: Program): readonly Issue[] {
  const permissions = new Permissions(role, bound);
  if (permissions.allows.length === 0 && role.policies.length === 0) return [];
  const admin = administration(permissions);
  if (admin?.code === "full-admin") return [admin];
  const all = [...escalations(permissions, role, program), ...giveaways(permissions), ...overbroad(permissions, role)];
  const others = admin ? all.filter((issue) => !isConsequence(issue, admin)) : all;
  return distinct([...(admin ? [admin] : []), ...ofManaged(others, role)]);
}

/** What the statements of an administrator allow goes without saying. */
function isConsequence({ clauses: [cause] }: Issue, { clauses }: Issue): boolean {
  return clauses.some(({ policy, statement }) => policy === cause.policy && statement === cause.statement);
}

function distinct(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [keyOf(issue), issue])).values()];
}
