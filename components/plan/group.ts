import type { HardenedAutoScalingGroupArgs, HardenedLaunchTemplateArgs } from "../args";
import { planMachine } from "./machine";
import { found, type Problem } from "./problems";
import { argumentsOf, wellFormed } from "./shape";

export interface GroupPlan {
  readonly problems: readonly Problem[];
  /** Those of the arguments that describe the machines. */
  readonly machine: HardenedLaunchTemplateArgs;
  readonly minSize: number;
  readonly maxSize: number;
  readonly healthCheckType: "EC2" | "ELB";
  readonly healthCheckGracePeriod: number;
  /** Undefined where machines stay until something else replaces them. */
  readonly refresh: { readonly minHealthyPercentage: number; readonly instanceWarmup: number | undefined } | undefined;
}

/** Plans a group around its template. */
export function planGroup(given: HardenedAutoScalingGroupArgs, name: string): GroupPlan {
  const { args, problems } = wellFormed("HardenedAutoScalingGroup", given);
  const { minSize = 1, healthCheckGracePeriod = 300, targetGroupArns, instanceRefresh = {} } = args;
  const { maxSize = Math.max(minSize, args.desiredCapacity ?? 0) } = args;
  const machine = machineOf(args);
  return {
    problems: [
      ...problems,
      ...sizeProblems(minSize, maxSize, args.desiredCapacity),
      ...numberProblems(args, healthCheckGracePeriod),
      ...(args.template === undefined ? planMachine(machine, name).problems : templateProblems(machine)),
    ],
    machine,
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

function machineOf(args: HardenedAutoScalingGroupArgs): HardenedLaunchTemplateArgs {
  const names = new Set(argumentsOf("HardenedLaunchTemplate"));
  return Object.fromEntries(Object.entries(args).filter(([name]) => names.has(name)));
}

/** Amazon EC2 Auto Scaling API Reference, RefreshPreferences; the rest is seconds. */
function numberProblems(
  { subnetIds, instanceRefresh }: HardenedAutoScalingGroupArgs,
  grace: number,
): readonly Problem[] {
  const { minHealthyPercentage = 90, instanceWarmup = 0 } = instanceRefresh === false ? {} : (instanceRefresh ?? {});
  const seconds = "write whole seconds, 0 or more.";
  return found(
    Array.isArray(subnetIds) && subnetIds.length === 0 && { property: "subnetIds", reason: "name one subnet or more." },
    !isWhole(grace) && { property: "healthCheckGracePeriod", reason: seconds },
    !isWhole(instanceWarmup) && { property: "instanceRefresh.instanceWarmup", reason: seconds },
    !(isWhole(minHealthyPercentage) && minHealthyPercentage <= 100) && {
      property: "instanceRefresh.minHealthyPercentage",
      reason: "write a whole number from 0 to 100.",
    },
  );
}

function isWhole(number: number): boolean {
  return Number.isInteger(number) && number >= 0;
}

function sizeProblems(minSize: number, maxSize: number, desired: number | undefined): readonly Problem[] {
  const count = "write a whole number, 0 or more.";
  return found(
    !isWhole(minSize) && { property: "minSize", reason: count },
    !isWhole(maxSize) && { property: "maxSize", reason: count },
    maxSize < minSize && { property: "maxSize", reason: "is below minSize: raise it, or lower minSize." },
    desired !== undefined &&
      !(isWhole(desired) && desired >= minSize && desired <= maxSize) && {
        property: "desiredCapacity",
        reason: "write a whole number from minSize to maxSize, or leave it out.",
      },
  );
}

function templateProblems(machine: HardenedLaunchTemplateArgs): readonly Problem[] {
  const given: readonly (readonly [string, unknown])[] = Object.entries(machine);
  return given
    .filter(([property, value]) => value !== undefined && !OF_BOTH.includes(property))
    .map(([property]) => ({
      property,
      reason: "the group launches from a given template: write this at the template, or leave template out.",
    }));
}

/** The group has tags and transforms of its own. */
const OF_BOTH: readonly string[] = ["tags", "transform"];
