/** The known methods of privilege escalation, in one list. */
import type { Method } from "./method";
import { LATERAL_METHODS } from "./methods-lateral";
import { PASS_ROLE_METHODS } from "./methods-pass-role";
import { SELF_METHODS } from "./methods-self";

/** Every method, each under one name; by `tier` they are judged alike. */
export const METHODS: readonly Method[] = [...SELF_METHODS, ...PASS_ROLE_METHODS, ...LATERAL_METHODS];

const TARGETS: ReadonlyMap<string, readonly string[]> = new Map(
  METHODS.flatMap(({ tier, needs }) => (tier === "tagging" ? [] : needs)).flatMap(({ action, target }) =>
    target.length > 0 ? [[action, target]] : [],
  ),
);

/** Resource types by which an action of a method is judged, of the several that a call is checked against. */
export function decidingTypes(action: string): readonly string[] {
  return TARGETS.get(action) ?? [];
}
