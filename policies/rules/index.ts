/** All rules, in the order in which they are judged and listed. */
import { imdsAttackPath } from "./imds-attack-path";
import { imdsDisableWhenUnneeded } from "./imds-disable-when-unneeded";
import { imdsHopLimit } from "./imds-hop-limit";
import { imdsInstanceTags } from "./imds-instance-tags";
import { imdsIpv6Endpoint } from "./imds-ipv6-endpoint";
import { imdsOsLockdown } from "./imds-os-lockdown";
import { imdsRequireV2 } from "./imds-require-v2";
import { imdsUsageAlarm } from "./imds-usage-alarm";
import { instancePatching } from "./instance-patching";
import { launchTemplateVersion } from "./launch-template-version";
import { profileNoAdmin } from "./profile-no-admin";
import { profileNoCredentialAccess } from "./profile-no-credential-access";
import { profileNoPrivilegeEscalation } from "./profile-no-privilege-escalation";
import { profileNotShared } from "./profile-not-shared";
import { profileScopedPermissions } from "./profile-scoped-permissions";
import { profileTrustPolicy } from "./profile-trust-policy";
import type { Rule } from "./rule";
import { unverifiedAtPreview } from "./unverified-at-preview";
import { userdataImdsv2Ready } from "./userdata-imdsv2-ready";
import { userdataNoCredentials } from "./userdata-no-credentials";
import { userdataTrustedSources } from "./userdata-trusted-sources";

/** Every rule of the pack; what collects from others comes last. */
export const RULES: readonly Rule[] = [
  imdsRequireV2,
  imdsHopLimit,
  imdsDisableWhenUnneeded,
  imdsIpv6Endpoint,
  imdsInstanceTags,
  launchTemplateVersion,
  userdataNoCredentials,
  userdataTrustedSources,
  userdataImdsv2Ready,
  profileNoAdmin,
  profileNoPrivilegeEscalation,
  profileNoCredentialAccess,
  profileScopedPermissions,
  profileTrustPolicy,
  profileNotShared,
  imdsAttackPath,
  imdsOsLockdown,
  instancePatching,
  imdsUsageAlarm,
  unverifiedAtPreview,
];
