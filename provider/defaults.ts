import { METADATA_DEFAULTS } from "../policies/machine/readers/instance";
import { isRecord, type Properties } from "../policies/machine/resource";
import { isUnknown, UNKNOWN } from "../policies/machine/resource";
import type { ProviderConfig } from "./provider";
import { shapeOf } from "./schema";
import { containsUnknown, mapValues, own } from "./values";

const BLOCK_DEVICES = {
  rootBlockDevice: { deleteOnTermination: true },
  ebsBlockDevices: { deleteOnTermination: true },
};
const INSTANCE = {
  ...BLOCK_DEVICES,
  sourceDestCheck: true,
  getPasswordData: false,
  userDataReplaceOnChange: false,
  launchTemplate: { version: "$Default" },
  metadataOptions: METADATA_DEFAULTS,
};

/**
 * Defaults of the Terraform schema by type. A nested object applies within that block where the program gives it, and
 * never creates it. A launch template has none: its options stay as written.
 */
const DEFAULTS = new Map<string, Properties>([
  ["aws:ec2/instance:Instance", INSTANCE],
  [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    { ...INSTANCE, spotType: "persistent", instanceInterruptionBehavior: "terminate", waitForFulfillment: false },
  ],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", { ...BLOCK_DEVICES, enableMonitoring: true }],
  [
    "aws:autoscaling/group:Group",
    {
      healthCheckGracePeriod: 300,
      metricsGranularity: "1Minute",
      waitForCapacityTimeout: "10m",
      forceDelete: false,
      forceDeleteWarmPool: false,
      ignoreFailedScalingActivities: false,
      protectFromScaleIn: false,
      instanceRefresh: {
        preferences: {
          maxHealthyPercentage: 100,
          scaleInProtectedInstances: "Ignore",
          standbyInstances: "Ignore",
          skipMatching: false,
        },
      },
    },
  ],
  ["aws:iam/role:Role", { maxSessionDuration: 3600, path: "/", forceDetachPolicies: false }],
  ["aws:iam/instanceProfile:InstanceProfile", { path: "/" }],
  ["aws:iam/policy:Policy", { path: "/" }],
  ["aws:iam/user:User", { path: "/", forceDestroy: false }],
  [
    "aws:eks/cluster:Cluster",
    { bootstrapSelfManagedAddons: true, vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: false } },
  ],
  ["aws:ec2/securityGroup:SecurityGroup", { description: "Managed by Pulumi", revokeRulesOnDelete: false }],
  ["aws:ec2/vpc:Vpc", { enableDnsSupport: true, instanceTenancy: "default" }],
  ["aws:ec2/natGateway:NatGateway", { connectivityType: "public" }],
  [
    "aws:kms/key:Key",
    {
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
    },
  ],
  ["aws:secretsmanager/secret:Secret", { recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false }],
  [
    "aws:rds/instance:Instance",
    { autoMinorVersionUpgrade: true, deleteAutomatedBackups: true, skipFinalSnapshot: false },
  ],
  ["aws:sqs/queue:Queue", { maxMessageSize: 262144, messageRetentionSeconds: 345600 }],
]);

// Since bridge 3.127 Check leaves out defaults that are false, 0 or ""; the plan still has them.
type Stage = "check" | "plan";

/** Applies a type's defaults. Check notes in `__defaults` what it filled in; the plan adds the falsy ones. */
export function applyDefaults(type: string, inputs: Properties, stage: Stage): Properties {
  const defaults = DEFAULTS.get(type);
  return defaults === undefined ? inputs : fill(inputs, defaults, stage);
}

function fill(value: Properties, defaults: Properties, stage: Stage): Properties {
  const filled: Record<string, unknown> = { ...value };
  const names: string[] = [];
  for (const [key, fallback] of Object.entries(defaults)) {
    const given = own(value, key);
    if (isRecord(fallback)) {
      if (given !== undefined) filled[key] = fillBlock(given, fallback, stage);
    } else if (given === undefined && (stage === "plan" || Boolean(fallback))) {
      filled[key] = fallback;
      names.push(key);
    }
  }
  return stage === "check" ? { ...filled, __defaults: names.sort() } : filled;
}

function fillBlock(value: unknown, defaults: Properties, stage: Stage): unknown {
  const one = (block: unknown): unknown => (isRecord(block) ? fill(block, defaults, stage) : block);
  return Array.isArray(value) ? value.map(one) : one(value);
}

// Whole modules, and single files of others, whose resources have no `region` argument.
const GLOBAL_MODULES = new Set(
  (
    "account bcmdata billing budgets cloudfront costexplorer costoptimizationhub cur globalaccelerator iam " +
    "networkmanager notifications organizations rolesanywhere route53 route53domains route53recoverycontrol " +
    "route53recoveryreadiness savingsplans shield uxc waf"
  ).split(" "),
);
const GLOBAL_FILES = new Set(
  (
    "backup/globalSettings bedrock/useCaseForModelAccess chime/sdkvoiceGlobalSettings " +
    "cloudtrail/organizationDelegatedAdminAccount directconnect/gateway directconnect/hostedConnection " +
    "ec2/vpcIpamOrganizationAdminAccount fms/adminAccount ram/sharingWithOrganization s3/accountPublicAccessBlock " +
    "servicecatalog/organizationsAccess"
  ).split(" "),
);

function isRegional(type: string): boolean {
  const [packageName, file = ""] = type.split(":");
  if (packageName !== "aws") return false;
  if (/^route53\/(?:profiles|resolver)/.test(file)) return true;
  return !GLOBAL_MODULES.has(file.split("/")[0] ?? "") && !GLOBAL_FILES.has(file);
}

/** Adds what version 7 of the provider puts on every resource: the region and the tags with the provider's own. */
export function applyProviderInputs(type: string, inputs: Properties, config: ProviderConfig): Properties {
  const located = isRegional(type) && inputs.region === undefined && config.region !== undefined;
  const regional = located ? { ...inputs, region: config.region } : inputs;
  const tagsAll = allTags(type, inputs.tags, config);
  return tagsAll === undefined ? regional : { ...regional, tagsAll };
}

function allTags(type: string, tags: unknown, config: ProviderConfig): unknown {
  const shape = shapeOf(type);
  const takesTags = shape === undefined ? type.startsWith("aws:") && isRecord(tags) : shape.has("tagsAll");
  if (!takesTags) return undefined;
  if (tags === undefined) return { ...config.defaultTags };
  if (containsUnknown(tags)) return UNKNOWN;
  return isRecord(tags) ? { ...config.defaultTags, ...tags } : undefined;
}

/** Puts an empty `__defaults` on every block that has none yet, as the bridge does. */
export function markBlocks(type: string, inputs: Properties): Properties {
  const shape = shapeOf(type);
  return type.startsWith("aws:") ? { __defaults: [], ...mark(inputs, shape) } : inputs;
}

function mark(value: Properties, shape: ReturnType<typeof shapeOf>): Properties {
  return mapValues(value, (member, key) => {
    const field = shape?.get(key);
    if (field?.kind !== "block" && field?.kind !== "blocks") return member;
    const block = (one: unknown): unknown =>
      isRecord(one) && !isUnknown(one) ? { __defaults: [], ...mark(one, field.fields) } : one;
    return Array.isArray(member) ? member.map(block) : block(member);
  });
}
