/** The known methods of privilege escalation, in one list. */
import type { Method } from "./method";
import { LATERAL_METHODS } from "./methods-lateral";
import { PASS_ROLE_METHODS } from "./methods-pass-role";
import { SELF_METHODS } from "./methods-self";

/** Every method, each under one name; by `tier` they are judged alike. */
export const METHODS: readonly Method[] = [...SELF_METHODS, ...PASS_ROLE_METHODS, ...LATERAL_METHODS];
