/** Everything that is wrong with what a role may do, each root cause once. */
import type { Bound } from "../clauses";
import { Permissions } from "../permissions";
import type { Role } from "../role";
import { administration } from "./administration";
import { escalations } from "./escalation";
import { giveaways } from "./giveaways";
import { keyOf, type Issue } from "./issue";
import { isPrescribed, ofManaged } from "./managed-policies";
import type { Program } from "./program";
import { overbroad } from "./scope";
import { perWildcard } from "./wildcards";

/** The issues of a role within its program. */
export function issuesOf(written: Role, bound: Bound, program: Program): readonly Issue[] {
  if (written.policies.length === 0) return [];
  const role = withPrescribedLast(written);
  const permissions = new Permissions(role, bound);
  const admin = administration(permissions);
  if (admin?.code === "full-admin") return ofManaged([admin], role);
  const grave = [...escalations(permissions, written, program), ...giveaways(permissions)];
  const all = [...grave, ...overbroad(permissions, role, grave)];
  const others = admin ? all.filter((issue) => !isConsequence(issue, admin)) : all;
  return perWildcard(distinct(ofManaged(admin ? [admin, ...others] : others, role)));
}

/** What is granted twice is the fault of the policy that the machine does not have to have. */
function withPrescribedLast(role: Role): Role {
  const [prescribed, others] = [
    role.policies.filter(isPrescribed),
    role.policies.filter((each) => !isPrescribed(each)),
  ];
  return prescribed.length === 0 ? role : { ...role, policies: [...others, ...prescribed] };
}

/** What the statements of an administrator allow goes without saying. */
function isConsequence({ clauses: [cause] }: Issue, { clauses }: Issue): boolean {
  const isManaged = cause.policy.managed !== undefined;
  return clauses.some(
    ({ policy, statement }) => policy === cause.policy && (isManaged || statement === cause.statement),
  );
}

function distinct(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [keyOf(issue), issue])).values()];
}
