import { describedLookup, describedTokens } from "./described";
import { EC2 } from "./ec2";
import { SERVICES } from "./services";
import type { Lookup } from "./shape";

export { typedArguments } from "./described";
export { INNER_VALUES, REGISTRY_PASSWORD } from "./services";

const KNOWN: ReadonlyMap<string, Lookup> = new Map([...EC2, ...SERVICES]);

/**
 * The shape of what only AWS knows: by the tables, and of what they lack, by the types of the SDK. Arguments of the call
 * take precedence; `{name}` and its like are arguments, which come back as made up where the call leaves them open.
 */
export function lookupOf(token: string): Lookup | undefined {
  const known = KNOWN.get(token);
  const described = describedLookup(token);
  return known || described ? { ...described, ...known } : undefined;
}

/** Functions whose answer has a shape. */
export function lookupTokens(): readonly string[] {
  return [...new Set([...KNOWN.keys(), ...describedTokens()])];
}
