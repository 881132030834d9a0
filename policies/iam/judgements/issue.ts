/** What is wrong with what a role may do. */
import type { Clause } from "../clauses";
import { policyKey } from "../role";

/** What an issue is about; each is judged by a policy of its own. */
export type Concern = "administration" | "escalation" | "credentials" | "scope";

/** Codes of the taxonomy, for reports and for what one issue makes of another. */
export type Code =
  | "full-admin"
  | "iam-admin"
  | "power-user"
  | "privesc-self"
  | "iam-write-named"
  | "privesc-passrole"
  | "passrole-star"
  | "assumerole-star"
  | "privesc-lateral"
  | "imds-downgrade"
  | "credentials"
  | "long-lived-creds"
  | "exfil-secrets"
  | "exfil-data"
  | "resource-exposure"
  | "service-wildcard"
  | "write-star"
  | "tag-star"
  | "notaction-allow"
  | "notresource-allow"
  | "managed-broad"
  | "managed-deprecated"
  | "unknown-action"
  | "dead-statement";

/** A statement of a policy. */
export type Cause = Pick<Clause, "policy" | "statement">;

export interface Issue {
  readonly concern: Concern;
  readonly code: Code;
  /** Statements that grant it; the first is the one to change. */
  readonly clauses: readonly [Cause, ...Cause[]];
  /** What is granted, as a list for a message: `iam:PassRole + ec2:RunInstances`. */
  readonly actions: readonly string[];
  /** On what: `everything`, `its own role`, `the stronger role deploy`. */
  readonly target: string;
  /** What an attacker does with it, in one clause. */
  readonly gain: string;
  /** What to write instead, in one clause. */
  readonly fix: string;
  /** Whether it reads everything of a kind, which makes a role worth stealing though it breaks no mandatory policy. */
  readonly readsEverything?: true;
}

/** Tells the statements of one role apart, in the order of their policies and places. */
export function causeKey({ policy, statement }: Cause): string {
  return `${policyKey(policy)} ${String(statement.index).padStart(4, "0")}`;
}

/** What tells two issues of one role apart: a statement is reported once for each of its faults. */
export function keyOf({ concern, code, clauses: [cause] }: Issue): string {
  return `${concern} ${code} ${causeKey(cause)}`;
}
