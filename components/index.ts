/** Components: EC2 machines that are right from the start. */
export type {
  FileArgs,
  HardenedAutoScalingGroupArgs,
  HardenedInstanceArgs,
  HardenedInstanceProfileArgs,
  HardenedLaunchTemplateArgs,
  InstanceRefreshArgs,
  LaunchingService,
  MachineArgs,
  ProfileTransforms,
  RootVolumeArgs,
  Transform,
  UserDataArgs,
} from "./args";
export type {
  DeclarativePolicyArgs,
  ImdsGuardrailsArgs,
  ImdsUsageAlarmArgs,
  OrganizationPolicyArgs,
  ServiceControlPolicyArgs,
  TokenMetric,
} from "./guard-args";
export type { RebootWindow } from "./boot/patching";
export type { SecretArgs } from "./boot/secrets";
export { HardenedAutoScalingGroup } from "./hardened-auto-scaling-group";
export { HardenedInstance } from "./hardened-instance";
export { HardenedInstanceProfile } from "./hardened-instance-profile";
export { HardenedLaunchTemplate } from "./hardened-launch-template";
export { ImdsGuardrails } from "./imds-guardrails";
export { ImdsUsageAlarm } from "./imds-usage-alarm";
export {
  grantBootOnly,
  grantManagedPolicies,
  grantPutMetrics,
  grantReadBucket,
  grantReadParameter,
  grantReadSecret,
  grantSessionManager,
  grantStatements,
  type Grant,
} from "./plan/grants";
export { declarativeDocument, serviceControlDocument } from "./plan/guardrails";
export type { Architecture, Image } from "./plan/images";
export type { Statement } from "./plan/statements";
