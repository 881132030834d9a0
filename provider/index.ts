export { check } from "./check";
export { create } from "./create";
export { GUESSED, invoke, invokeOtherwise } from "./invoke";
export { update } from "./update";
export type { CheckRequest, CheckResult, CreateResult, ProviderConfig } from "./provider";
