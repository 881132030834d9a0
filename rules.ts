/**
 * What own rules are made of, and the pack and the judge that run them. It is apart from the components, so that a
 * policy pack in TypeScript is not checked against the whole AWS SDK each time it starts.
 */
export { createPack, type PackArgs } from "./policies/create-pack";
export { judgeStack, type Exempted, type Finding, type GradedFinding, type Judgement } from "./policies/judge";
export {
  OptionsError,
  readSettings,
  type Exemption,
  type PackSettings,
  type PolicySettings,
} from "./policies/settings";
export { RULES as rules } from "./policies/rules";
export {
  defineRoleRule,
  defineRule,
  effectiveEndpoint,
  fix,
  OPEN,
  PASS,
  seen,
  unverified,
  violation,
  type OptionSchema,
  type RoleRule,
  type Rule,
  type RuleMetadata,
  type Verdict,
} from "./policies/rules/rule";
export type { MachineRole } from "./policies/iam/role";
export { exposureOf, type Answer, type Exposure } from "./policies/machine/exposure";
export type { Fact, Source } from "./policies/machine/fact";
export type { Attribute } from "./policies/machine/launch";
export type { Machine, Model } from "./policies/machine/model";
export { label, type StackResource } from "./policies/machine/resource";
export { decode } from "./policies/userdata/decode";
export type { Decoded, Part } from "./policies/userdata/parts";
