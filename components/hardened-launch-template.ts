import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import type { HardenedLaunchTemplateArgs } from "./args";
import { aws } from "./aws";
import type { HardenedInstanceProfile } from "./hardened-instance-profile";
import { machineParts, type MachineParts } from "./machine";
import { DEFAULT_INSTANCE_TYPE } from "./plan/machine";
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
    const parts = machineParts(this, name, args);
    const launchTemplate = new (aws().ec2.LaunchTemplate)(
      name,
      ...transformed(args.transform?.launchTemplate, templateArgs(args, parts), { parent: this }),
    );
    this.launchTemplateId = launchTemplate.id;
    this.arn = launchTemplate.arn;
    this.latestVersion = launchTemplate.latestVersion.apply(String);
    this.nodes = { launchTemplate, profile: parts.profile };
    this.registerOutputs({ launchTemplateId: this.launchTemplateId, arn: this.arn, latestVersion: this.latestVersion });
  }
}

function templateArgs(args: HardenedLaunchTemplateArgs, parts: MachineParts): Aws.ec2.LaunchTemplateArgs {
  const { plan, ami, profile, profileName, userData, tags } = parts;
  const { size, type = "gp3", kmsKeyId } = args.rootVolume ?? {};
  return {
    imageId: ami,
    instanceType: args.instanceType ?? DEFAULT_INSTANCE_TYPE,
    updateDefaultVersion: true,
    metadataOptions: { ...plan.metadataOptions },
    monitoring: { enabled: args.monitoring ?? false },
    networkInterfaces: [
      {
        deviceIndex: 0,
        associatePublicIpAddress: String(args.associatePublicIpAddress ?? false),
        deleteOnTermination: "true",
        ...(args.securityGroupIds !== undefined && { securityGroups: args.securityGroupIds }),
      },
    ],
    blockDeviceMappings: [
      {
        deviceName: plan.image.rootDevice,
        ebs: {
          encrypted: "true",
          volumeType: type,
          deleteOnTermination: "true",
          ...(size !== undefined && { volumeSize: size }),
          ...(kmsKeyId !== undefined && { kmsKeyId }),
        },
      },
    ],
    ...(profileName !== undefined && {
      iamInstanceProfile: profile === undefined ? { name: profileName } : { arn: profile.arn },
    }),
    ...(userData && { userData: userData.base64 }),
    ...(args.keyName !== undefined && { keyName: args.keyName }),
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
    tags,
  };
}
