/** Secrets in the configuration of a stack, as the engine hands it to the pack and to programs. */
import { membersOf, textsIn, type SecretValue } from "./machine/secrets";
import { promiseOf } from "./userdata/credentials/names";

/**
 * Values whose key says secret, token, password or key, or that are secrets of the stack. `stack` is its name, which is
 * none.
 */
export function configSecrets(
  config: Iterable<readonly [key: string, value: string]>,
  stack: string,
  secretKeys: ReadonlySet<string> = new Set(),
): SecretValue[] {
  const secrets: SecretValue[] = [];
  for (const [key, value] of config) {
    const name = key.slice(key.lastIndexOf(":") + 1);
    const all = secretKeys.has(key) || promiseOf(name) !== undefined;
    for (const text of all ? textsIn(value) : named(membersOf(value), 0))
      if (text !== stack) secrets.push({ value: text, from: "a secret of the stack's configuration" });
  }
  return secrets;
}

/** Members of a structured value whose own name says it. */
function named(value: unknown, depth: number): string[] {
  if (typeof value !== "object" || value === null || depth > 4) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    promiseOf(key) === undefined ? named(each, depth + 1) : textsIn(each),
  );
}
