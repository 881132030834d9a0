export { check } from "./check";
export { create } from "./create";
export { invoke } from "./invoke";
export { update } from "./update";
export type { CheckRequest, CheckResult, CreateResult, ProviderConfig } from "./provider";
