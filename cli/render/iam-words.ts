/** Statements and principals of IAM in words. */
import type { ElementRow, StatementRow, TrustRow } from "../../policies/iam/explain";

const MOST_PATTERNS = 8;

/** `Allow s3:GetObject on arn:aws:s3:::app/*, where a condition on aws:sourcevpc holds`. */
export function inWords({ effect, actions, resources, conditions, partlyUnknown }: StatementRow): string {
  const keys = [...new Set(conditions.map(({ key }) => key))].join(" and ");
  const where = keys === "" ? "" : `, where a condition on ${keys} holds`;
  const open = partlyUnknown ? ", with a part that is not known" : "";
  const idle = effect === "Deny" && conditions.length > 0 ? "; not relied on" : "";
  return `${effect} ${element(actions)} on ${element(resources)}${where}${open}${idle}`;
}

function element({ patterns, negated, partlyUnknown }: ElementRow): string {
  const all = [...patterns, ...(partlyUnknown ? ["what is not known"] : [])];
  const list = firstOf(all, MOST_PATTERNS);
  return negated ? `everything but ${list}` : list;
}

/** Who may take a role: `Service ec2.amazonaws.com, which runs the machine`. */
export function admitted(
  { kind, value, conditional }: TrustRow["admits"][number],
  expected: readonly string[],
): string {
  const isExpected = kind === "Service" && expected.some((service) => value.startsWith(`${service}.`));
  const why = isExpected ? ", which runs the machine" : conditional ? ", under a condition" : "";
  if (kind === "NotPrincipal") return `everyone but those that NotPrincipal names${why}`;
  return kind === "*" || value === "*" ? `everyone${why}` : `${kind} ${value}${why}`;
}

/** The first of a list, and how many more there are. */
export function firstOf(items: readonly string[], most: number): string {
  const more = items.length - most;
  return items.slice(0, most).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
}
