export { check } from "./check";
export { create } from "./create";
export { invoke } from "./invoke";
export { update } from "./update";
export type {
  CheckFailure,
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  InvokeResult,
  ProviderConfig,
  UpdateRequest,
} from "./provider";
