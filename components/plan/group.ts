import type { HardenedAutoScalingGroupArgs } from "../args";
import { found, type Problem } from "./problems";

export interface GroupPlan {
  readonly problems: readonly Problem[];
  readonly minSize: number;
  readonly maxSize: number;
  readonly healthCheckType: "EC2" | "ELB";
  readonly healthCheckGracePeriod: number;
  /** Undefined where machines stay until something else replaces them. */
  readonly refresh: { readonly minHealthyPercentage: number; readonly instanceWarmup: number | undefined } | undefined;
}

/** Arguments that a given template has already. */
const OF_MACHINE = [
  "image",
  "ami",
  "instanceType",
  "architecture",
  "imds",
  "allowedUsers",
  "containerHost",
  "containerInterfaces",
  "userData",
  "secrets",
  "patching",
  "rebootWindow",
  "profile",
  "grants",
  "permissionsBoundary",
  "sessionManager",
  "rootVolume",
  "monitoring",
  "keyName",
  "associatePublicIpAddress",
  "securityGroupIds",
] as const satisfies readonly (keyof HardenedAutoScalingGroupArgs)[];

/** Plans a group around its template. */
export function planGroup(args: HardenedAutoScalingGroupArgs): GroupPlan {
  const { minSize = 1, healthCheckGracePeriod = 300, targetGroupArns, instanceRefresh = {} } = args;
  const { maxSize = Math.max(minSize, args.desiredCapacity ?? 0) } = args;
  return {
    problems: [...sizeProblems(minSize, maxSize, args.desiredCapacity), ...templateProblems(args)],
    minSize,
    maxSize,
    healthCheckType: args.healthCheckType ?? (targetGroupArns === undefined ? "EC2" : "ELB"),
    healthCheckGracePeriod,
    refresh:
      instanceRefresh === false
        ? undefined
        : {
            minHealthyPercentage: instanceRefresh.minHealthyPercentage ?? 90,
            instanceWarmup: instanceRefresh.instanceWarmup,
          },
  };
}

function sizeProblems(minSize: number, maxSize: number, desired: number | undefined): readonly Problem[] {
  const isCount = (size: number): boolean => Number.isInteger(size) && size >= 0;
  const count = "write a whole number, 0 or more.";
  return found(
    !isCount(minSize) && { property: "minSize", reason: count },
    !isCount(maxSize) && { property: "maxSize", reason: count },
    maxSize < minSize && { property: "maxSize", reason: "is below minSize: raise it, or lower minSize." },
    desired !== undefined &&
      !(isCount(desired) && desired >= minSize && desired <= maxSize) && {
        property: "desiredCapacity",
        reason: "write a whole number from minSize to maxSize, or leave it out.",
      },
  );
}

function templateProblems(args: HardenedAutoScalingGroupArgs): readonly Problem[] {
  if (args.template === undefined) return [];
  return OF_MACHINE.filter((property) => args[property] !== undefined).map((property) => ({
    property,
    reason: "the group launches from a given template: write this at the template, or leave template out.",
  }));
}
