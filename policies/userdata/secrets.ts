/** Known secrets of the program and of its configuration in the texts of user data, whatever stands around them. */
import type { SecretValue } from "../machine/secrets";
import { perObject } from "../memo";
import type { Decoded } from "./parts";
import { lineAt, type Spot } from "./spot";

/** Where a secret stands, and what it is. */
export interface HeldSecret extends Spot {
  readonly from: string;
}

/** Finds secrets in decoded texts: each once, where it stands first. The same text is searched once. */
export const secretFinder = perObject((secrets: readonly SecretValue[]) =>
  perObject((decoded: Decoded) => heldSecrets(decoded, secrets)),
);

function heldSecrets({ parts }: Decoded, secrets: readonly SecretValue[]): readonly HeldSecret[] {
  const held: HeldSecret[] = [];
  const seen = new Set<string>();
  for (const { value, from } of secrets) {
    if (seen.has(value)) continue;
    seen.add(value);
    const spot = spotOf(parts, value) ?? spotOf(parts, JSON.stringify(value).slice(1, -1));
    if (spot) held.push({ ...spot, from });
  }
  return held;
}

/** The innermost text that has it: what is decoded comes after what holds it. */
function spotOf(parts: Decoded["parts"], value: string): Spot | undefined {
  for (const { text, path } of parts) {
    const at = text.indexOf(value);
    if (at >= 0) return { path, line: lineAt(text, at) };
  }
  return undefined;
}
