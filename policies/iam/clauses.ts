/** Statements of a role's documents, resolved for that role: which actions they are about, and which resources. */
import type { Bits } from "./bits";
import { catalogue } from "./catalogue";
import { parseArn } from "../machine/arn";
import { perObject } from "../memo";
import { alwaysHolds, limitsOf, NO_LIMITS, variablesOf, type Limits } from "./conditions";
import type { Names, Statement } from "./document";
import type { Resources } from "./breadth";
import { completed, generalized, intersects, substituted } from "./pattern";
import type { PolicySource, RoleIdentity } from "./role";
import { statementsOf } from "./statements";

/**
 * What is not known yet is read twice: the lower bound grants only what is certain, the upper bound whatever is possible.
 */
export type Bound = "lower" | "upper";

/** A statement of a policy of the role. */
export interface Clause {
  readonly policy: PolicySource;
  readonly statement: Statement;
  readonly actions: Bits;
  readonly resources: readonly Resources[];
  readonly limits: Limits;
}

/** Clauses of one effect from a policy. Those that can never hold for the role are left out. */
export function clausesOf(
  policy: PolicySource,
  role: RoleIdentity,
  effect: Statement["effect"],
  bound: Bound,
): readonly Clause[] {
  const { statements } = statementsOf(policy, role.partition);
  // Of a Deny the certain bound is the one that takes away whatever is possible.
  const isGenerous = (effect === "Allow") === (bound === "upper");
  return statements
    .filter((statement) => isOf(statement, effect, isGenerous))
    .flatMap((statement) => clause(policy, statement, role, isGenerous) ?? []);
}

/** A Deny takes away for certain only where no condition says when. */
function isOf(statement: Statement, effect: Statement["effect"], isGenerous: boolean): boolean {
  if (statement.open && !isGenerous) return false;
  return statement.effect === effect && (effect === "Allow" || statement.conditions.every(alwaysHolds));
}

function clause(
  policy: PolicySource,
  statement: Statement,
  role: RoleIdentity,
  isGenerous: boolean,
): Clause | undefined {
  const limits = statement.conditions.length === 0 ? NO_LIMITS : limitsOf(statement, role, catalogue().date);
  const resources = limits.dead ? [] : resourcesOf(statement, role, isGenerous);
  if (resources.length === 0) return undefined;
  const actions = actionsOf(statement.actions, isGenerous);
  return actions.isEmpty ? undefined : { policy, statement, actions, resources, limits };
}

/** Actions that the element names; of a list with something unknown, everything or nothing more. */
function actionsOf(names: Names, isGenerous: boolean): Bits {
  if (!names.open || names.negated === isGenerous) return namedBy(names);
  return isGenerous ? catalogue().expand("*") : catalogue().union([]);
}

const namedBy = perObject(({ negated, patterns }: Names): Bits => {
  const named = catalogue().union(patterns.map((pattern) => catalogue().expand(pattern)));
  return negated ? catalogue().expand("*").minus(named) : named;
});

function resourcesOf({ resources, hasVariables }: Statement, role: RoleIdentity, isGenerous: boolean): Resources[] {
  const { negated, open } = resources;
  const { account } = role;
  if (open && isGenerous && !negated) return [{ pattern: "*", except: [], account }];
  if (open && !isGenerous && negated) return [];
  const fill = (written: string): string | undefined =>
    hasVariables ? substituted(written, variablesOf(role)) : written;
  // An exception whose variable is not there may be about anything.
  const patterns = resources.patterns.flatMap((written) => {
    const filled = fill(written) ?? (negated ? generalized(written) : undefined);
    return filled === undefined ? [] : (ofPartition(filled, role) ?? []);
  });
  if (negated) return [{ pattern: "*", except: patterns, account }];
  return patterns.map((pattern) => ({ pattern, except: [], account }));
}

/** A pattern of the role's own partition, with missing parts filled in. */
function ofPartition(filled: string, role: RoleIdentity): string | undefined {
  const pattern = completed(filled);
  const { partition = "*" } = parseArn(pattern ?? "") ?? {};
  return role.partition === undefined || intersects(partition, role.partition) ? pattern : undefined;
}
