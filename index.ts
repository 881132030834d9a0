/** The catalogue of rules, and the judge that runs them over a stack. */
export { judgeStack, type Exempted, type Finding, type GradedFinding, type Judgement } from "./policies/judge";
export {
  OptionsError,
  readSettings,
  type Exemption,
  type PackSettings,
  type PolicySettings,
} from "./policies/settings";
export { RULES as rules } from "./policies/rules";
export type { Rule, RuleMetadata, Verdict } from "./policies/rules/rule";
export type { StackResource } from "./policies/machine/resource";
export * from "./components";
