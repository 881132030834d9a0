import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import type { HardenedLaunchTemplateArgs, RootVolumeArgs } from "./args";
import { aws } from "./aws";
import type { HardenedInstanceProfile } from "./hardened-instance-profile";
import { afterRole, machineParts, type MachineParts } from "./machine";
import { DEFAULT_INSTANCE_TYPE, planTemplate } from "./plan/machine";
import { transformed } from "./shell";

/**
 * A launch template for machines like those of HardenedInstance: for Auto Scaling groups, EKS node groups, ECS capacity
 * providers and fleets. Its newest version is its default version.
 */
export class HardenedLaunchTemplate extends pulumi.ComponentResource {
  /** Id of the launch template. */
  readonly launchTemplateId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** The newest version, as services that launch from it take it. */
  readonly latestVersion: pulumi.Output<string>;
  /** The resources behind it. */
  readonly nodes: {
    readonly launchTemplate: Aws.ec2.LaunchTemplate;
    readonly profile: HardenedInstanceProfile | undefined;
  };

  constructor(name: string, args: HardenedLaunchTemplateArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:HardenedLaunchTemplate", name, {}, opts);
    const parts = machineParts(this, name, args, planTemplate(args, name));
    const launchTemplate = new (aws().ec2.LaunchTemplate)(
      name,
      ...transformed(args.transform?.launchTemplate, templateArgs(args, parts), {
        parent: this,
        ...afterRole(parts.profile),
      }),
    );
    this.launchTemplateId = launchTemplate.id;
    this.arn = launchTemplate.arn;
    this.latestVersion = launchTemplate.latestVersion.apply(String);
    this.nodes = { launchTemplate, profile: parts.profile };
    this.registerOutputs({ launchTemplateId: this.launchTemplateId, arn: this.arn, latestVersion: this.latestVersion });
  }
}

function templateArgs(args: HardenedLaunchTemplateArgs, parts: MachineParts): Aws.ec2.LaunchTemplateArgs {
  const { plan, ami, userData, tags } = parts;
  const isLaunched = args.launchedBy !== undefined;
  const { instanceType = isLaunched ? undefined : DEFAULT_INSTANCE_TYPE } = args;
  return {
    ...(ami !== undefined && { imageId: ami }),
    ...(instanceType !== undefined && { instanceType }),
    updateDefaultVersion: true,
    metadataOptions: { ...plan.metadataOptions },
    monitoring: { enabled: args.monitoring ?? false },
    // A service adds its own security groups only where the template describes no interface.
    ...((args.securityGroupIds !== undefined || !isLaunched) && { networkInterfaces: [networkInterface(args)] }),
    blockDeviceMappings: [{ deviceName: plan.image.rootDevice, ebs: rootVolume(args.rootVolume) }],
    ...(!isLaunched && profileArgs(parts)),
    ...(userData && { userData: userData.base64 }),
    ...(args.keyName !== undefined && { keyName: args.keyName }),
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    tags,
  };
}

function rootVolume({
  size,
  type = "gp3",
  iops,
  kmsKeyId,
}: RootVolumeArgs = {}): Aws.types.input.ec2.LaunchTemplateBlockDeviceMappingEbs {
  return {
    encrypted: "true",
    volumeType: type,
    deleteOnTermination: "true",
    ...(size !== undefined && { volumeSize: size }),
    ...(iops !== undefined && { iops }),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
  };
}

function networkInterface({
  associatePublicIpAddress = false,
  securityGroupIds,
}: HardenedLaunchTemplateArgs): Aws.types.input.ec2.LaunchTemplateNetworkInterface {
  return {
    deviceIndex: 0,
    associatePublicIpAddress: String(associatePublicIpAddress),
    deleteOnTermination: "true",
    ...(securityGroupIds !== undefined && { securityGroups: securityGroupIds }),
  };
}

function profileArgs({ profile, profileName }: MachineParts): Pick<Aws.ec2.LaunchTemplateArgs, "iamInstanceProfile"> {
  if (profileName === undefined) return {};
  return { iamInstanceProfile: profile === undefined ? { name: profileName } : { arn: profile.arn } };
}
