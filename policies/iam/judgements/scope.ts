/** What is wider than it need be without being dangerous by itself: wildcards, writes on everything, dead statements. */
import type { Bits } from "../bits";
import { breadthForAction, breadthOf, widest } from "../breadth";
import { catalogue, type ActionInfo } from "../catalogue";
import type { Clause } from "../clauses";
import { parseArn } from "../../machine/arn";
import { isAction, type Statement } from "../document";
import type { Permissions } from "../permissions";
import type { PolicySource, Role } from "../role";
import { statementsOf } from "../statements";
import type { Code, Issue } from "./issue";
import { decidingTypes } from "./methods";
import { opensResources } from "./resource-exposure";
import { isRestrictable } from "./restrictable";

/** Issues of every statement, the gravest of each alone, less the actions that graver ones are about. */
export function overbroad(permissions: Permissions, role: Role, grave: readonly Issue[]): readonly Issue[] {
  const granted = permissions.everywhere.filter(([, actions]) => !actions.isEmpty);
  return [
    ...granted.flatMap(([clause, actions]) => ofStatement(permissions, clause, actions, reportedOf(clause, grave))),
    ...role.policies.filter(({ managed }) => managed === undefined).flatMap((policy) => deadIn(policy, permissions)),
  ];
}

interface Kind {
  readonly code: Code;
  readonly gain: string;
  readonly fix: string;
}

const KINDS = {
  everythingBut: {
    code: "notaction-allow",
    gain: "may do whatever AWS adds tomorrow as well",
    fix: "list the actions in `Action` in place of `NotAction`",
  },
  elsewhere: {
    code: "notresource-allow",
    gain: "reaches whatever is made tomorrow as well",
    fix: "list the resources in `Resource` in place of `NotResource`",
  },
  wholeService: {
    code: "service-wildcard",
    gain: "does whatever the service can, deleting included",
    fix: "list the actions that the machine calls, and the resources it calls them on",
  },
  exposure: {
    code: "resource-exposure",
    gain: "opens resources to other accounts, or to everyone",
    fix: "leave resource policies to what deploys the resources, or name them in `Resource`",
  },
  write: {
    code: "write-star",
    gain: "acts on what belongs to every other workload in the account",
    fix: "name in `Resource` what the machine writes to",
  },
  tag: {
    code: "tag-star",
    gain: "relabels what other policies and bills go by",
    fix: "name in `Resource` what the machine tags",
  },
} as const satisfies Record<string, Kind>;

/** Actions of a statement that are reported already. */
function reportedOf({ policy, statement }: Clause, grave: readonly Issue[]): ReadonlySet<string> {
  const ofIt = grave.filter(({ clauses }) =>
    clauses.some((each) => each.policy === policy && each.statement === statement),
  );
  return new Set(ofIt.flatMap(({ actions }) => actions.flatMap((action) => action.split(" + "))));
}

function ofStatement(
  permissions: Permissions,
  clause: Clause,
  granted: Bits,
  reported: ReadonlySet<string>,
): readonly Issue[] {
  const { statement } = clause;
  if (statement.actions.negated) return [issue(KINDS.everythingBut, clause, ["everything but what `NotAction` names"])];
  const whole = wholeServices(statement, granted);
  if (whole.length > 0) return [issue(KINDS.wholeService, clause, whole)];
  const actions = [...catalogue().actions(granted.and(changing()))]
    .filter(isRestrictable)
    .filter((action) => reachesAll(permissions, clause, action));
  for (const [kind, is] of CHANGES) {
    const names = actions.filter(is).flatMap(({ name }) => (reported.has(name) ? [] : [name]));
    if (names.length > 0) return [issue(kind, clause, names)];
  }
  return statement.resources.negated ? [{ ...issue(KINDS.elsewhere, clause, ["its actions"]), target: ELSEWHERE }] : [];
}

const ELSEWHERE = "everything but what `NotResource` names";

/** Of what a call takes together, the narrowest decides: every document and some machines are some machines. */
function reachesAll(permissions: Permissions, clause: Clause, action: ActionInfo): boolean {
  const types = decidingTypes(action.name);
  const together = takesTogether(action);
  if (types.length === 0 && !together) return true;
  const grants = permissions.grants(action).filter((grant) => grant.clause === clause);
  const breadths = [...action.required, ...action.optional]
    .filter(({ name }) => types.length === 0 || types.includes(name))
    .map((type) => widest(grants.map((grant) => breadthOf(grant, type))));
  if (types.length > 0) return breadths.includes("all");
  const named = breadths.filter((breadth) => breadth !== "none");
  return named.length > 1 && named.every((breadth) => breadth === "all");
}

/**
 * Whether the optional types of an action are parts of one call: an address and a machine, all of which it is checked
 * against. Elsewhere they are mostly kinds of the one thing that a call names, as for tags.
 */
function takesTogether({ service, levels, required, optional }: ActionInfo): boolean {
  return service === "ec2" && required.length === 0 && optional.length > 1 && !levels.includes("tagging");
}

function issue({ code, gain, fix }: Kind, clause: Clause, actions: readonly string[]): Issue {
  return { concern: "scope", code, clauses: [clause], actions, target: "everything", gain, fix };
}

/** The gravest first. */
const CHANGES: readonly (readonly [Kind, (action: ActionInfo) => boolean])[] = [
  [KINDS.exposure, opensResources],
  [KINDS.write, ({ levels }) => levels.includes("write") && !levels.includes("tagging")],
  [KINDS.tag, ({ levels }) => levels.includes("tagging")],
];

/** Actions that change anything. */
function changing(): Bits {
  const levels = (["permissions", "write", "tagging"] as const).map((level) => catalogue().ofLevel(level));
  return levels.reduce((a, b) => a.or(b));
}

/** Services that a pattern names whole, and of which most is granted on everything. */
function wholeServices({ actions: { patterns } }: Statement, granted: Bits): readonly string[] {
  const written = patterns.filter((pattern) => /^(?:\*+|[\w-]+:\*+|\*+:\*+)$/.test(pattern));
  return [...new Set(written)].filter((pattern) => {
    const all = catalogue().expand(pattern);
    return !all.isEmpty && granted.and(all).count > all.count / 2;
  });
}

/** Statements and actions that grant nothing, so that whoever wrote them is mistaken about what the machine may do. */
function deadIn(policy: PolicySource, permissions: Permissions): readonly Issue[] {
  return statementsOf(policy).statements.flatMap((statement) => {
    const { patterns } = statement.actions;
    // What has not even the form of an action makes IAM refuse the document, which is reported as such.
    if (!patterns.every(isAction)) return [];
    const unknown = patterns.filter((pattern) => catalogue().expand(pattern).isEmpty);
    if (unknown.length > 0) return [deadIssue("unknown-action", policy, statement)];
    return isDead(statement, policy, permissions) ? [deadIssue("dead-statement", policy, statement)] : [];
  });
}

function isDead(statement: Statement, policy: PolicySource, permissions: Permissions): boolean {
  if (statement.effect !== "Allow" || statement.open || statement.actions.open || statement.resources.open)
    return false;
  const clause = permissions.allows.find((each) => each.statement === statement && each.policy === policy);
  if (!clause) return true;
  if (clause.actions.count > MOST_TRIED) return false;
  return [...catalogue().actions(clause.actions)].every((action) => !fits(clause, action));
}

/**
 * Whether one of the resources is something that the action takes. A call without resources is granted by everything of
 * its service as well: AWS's own policies have `s3:ListAllMyBuckets` on `arn:aws:s3:::*`.
 */
function fits({ resources }: Clause, { required, optional, ...action }: ActionInfo): boolean {
  const whole = resources.map(({ pattern }) => parseArn(pattern)).filter((arn) => arn?.resource === "*");
  if (required.length + optional.length === 0 && whole.some((arn) => arn?.service === action.service)) return true;
  return breadthForAction(resources, { ...action, required: [], optional: [...required, ...optional] }) !== "none";
}

/** Of a statement about more actions, some will fit. */
const MOST_TRIED = 40;

function deadIssue(code: "unknown-action" | "dead-statement", policy: PolicySource, statement: Statement): Issue {
  const isUnknown = code === "unknown-action";
  return {
    concern: "scope",
    code,
    clauses: [{ policy, statement }],
    actions: [],
    target: "",
    gain: isUnknown
      ? "names an action that IAM does not know, so that it does less than it says"
      : "grants nothing: it never holds for a role on a machine, or names resources that its actions do not take",
    fix: isUnknown ? "correct the name of the action" : "remove the statement, or correct its resources and conditions",
  };
}
