/** What a role can get at in its program: other roles, and machines that carry one. */
import { parseArn } from "../../machine/arn";
import { matches } from "../pattern";
import type { TagLimit } from "../conditions";
import type { Resources } from "../breadth";
import type { Identity, Role } from "../role";

/** A machine, or a template of machines, as a target. */
export interface Carrier {
  readonly label: string;
  readonly role: Role;
  /** Known tags by key in lower case. */
  readonly tags: ReadonlyMap<string, string>;
  /** What ARNs name it by: `instance/i-…`, `launch-template/lt-…`. */
  readonly ids: readonly string[];
}

/** Whether two are one role: a machine's and the program's are objects of their own. */
export function isSameRole(a: Role, b: Role): boolean {
  return a === b || (a.resource !== undefined && a.resource === b.resource);
}

/** The other roles and machines of a program, and which of them are stronger than a role that breaks no rule. */
export interface Program {
  readonly roles: readonly Role[];
  readonly carriers: readonly Carrier[];
  /** Whether its policies alone break a mandatory rule. */
  isStrong(role: Role): boolean;
}

/** Whether resources name a role; an account that is not known matches any. */
export function namesRole({ pattern, except }: Resources, role: Role): boolean {
  return (
    namesEntity(pattern, "role", role.identity) && !except.some((each) => namesEntity(each, "role", role.identity))
  );
}

/** Whether a pattern names an IAM entity for certain. */
export function namesEntity(
  pattern: string,
  kind: "role" | "policy",
  { name, path, account, partition }: Identity,
): boolean {
  if (pattern === "*") return true;
  const written = parseArn(pattern);
  const place = (known: string | undefined, part = "", other: string): string =>
    known ?? (/^[^*?]+$/.test(part) ? part : other);
  const [where, owner] = [
    place(partition, written?.partition, "aws"),
    place(account, written?.account, "123456789012"),
  ];
  const start = `arn:${where}:iam::${owner}:${kind}`;
  // Of a name that is not known, only a pattern for every name is certain.
  return matches(pattern, `${start}${path ?? "/"}${name ?? "\u0003"}`);
}

/** Whether a machine carries the tags that a condition asks for. */
export function hasTags({ tags }: Carrier, limits: readonly TagLimit[]): boolean {
  return limits.every(({ key, values }) => {
    const value = tags.get(key);
    return value !== undefined && values.some((each) => matches(each, value));
  });
}

/** Whether resources name a machine or template by its id. */
export function namesId({ pattern, except }: Resources, ids: readonly string[]): boolean {
  const hit = (glob: string): boolean =>
    ids.some((id) => glob === "*" || matches(glob.slice(glob.lastIndexOf(":") + 1), id));
  return hit(pattern) && !except.some(hit);
}
