import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import type { HardenedAutoScalingGroupArgs } from "./args";
import { aws } from "./aws";
import { HardenedLaunchTemplate } from "./hardened-launch-template";
import { planGroup, type GroupPlan } from "./plan/group";
import { refuse, transformed } from "./shell";

/** An Auto Scaling group whose machines start from the newest version of a HardenedLaunchTemplate. */
export class HardenedAutoScalingGroup extends pulumi.ComponentResource {
  /** Name of the Auto Scaling group. */
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** The resources behind it. */
  readonly nodes: {
    readonly autoScalingGroup: Aws.autoscaling.Group;
    readonly template: HardenedLaunchTemplate;
  };

  constructor(name: string, args: HardenedAutoScalingGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:HardenedAutoScalingGroup", name, {}, opts);
    const plan = planGroup(args, name);
    refuse(`HardenedAutoScalingGroup ${name}`, plan.problems);
    const template = args.template ?? new HardenedLaunchTemplate(name, plan.machine, { parent: this });
    const autoScalingGroup = new (aws().autoscaling.Group)(
      name,
      ...transformed(args.transform?.autoScalingGroup, groupArgs(name, args, plan, template), { parent: this }),
    );
    this.name = autoScalingGroup.name;
    this.arn = autoScalingGroup.arn;
    this.nodes = { autoScalingGroup, template };
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}

function groupArgs(
  name: string,
  { subnetIds, desiredCapacity, targetGroupArns, tags }: HardenedAutoScalingGroupArgs,
  { minSize, maxSize, healthCheckType, healthCheckGracePeriod, refresh }: GroupPlan,
  template: HardenedLaunchTemplate,
): Aws.autoscaling.GroupArgs {
  return {
    launchTemplate: { id: template.launchTemplateId, version: template.latestVersion },
    vpcZoneIdentifiers: subnetIds,
    minSize,
    maxSize,
    ...(desiredCapacity !== undefined && { desiredCapacity }),
    ...(targetGroupArns !== undefined && { targetGroupArns }),
    healthCheckType,
    healthCheckGracePeriod,
    ...(refresh && {
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          minHealthyPercentage: refresh.minHealthyPercentage,
          ...(refresh.instanceWarmup !== undefined && { instanceWarmup: String(refresh.instanceWarmup) }),
        },
      },
    }),
    // The template tags machines and volumes.
    tags: Object.entries({ Name: name, ...tags }).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
  };
}
