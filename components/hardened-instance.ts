import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import { BOOT_ONLY_IGNORED } from "./boot/boot-only";
import type { HardenedInstanceArgs, RootVolumeArgs } from "./args";
import { aws } from "./aws";
import type { HardenedInstanceProfile } from "./hardened-instance-profile";
import { afterRole, machineParts, type MachineParts } from "./machine";
import { DEFAULT_INSTANCE_TYPE, planInstance } from "./plan/machine";
import { transformed } from "./shell";

/** Stays as it was where a machine is adopted: a change would replace the machine, or stop it for nothing. */
const KEPT_ON_ADOPTION = ["ami", "rootBlockDevice", "associatePublicIpAddress", "userData", "userDataBase64"];

/**
 * An EC2 instance without the ways by which machines give their credentials away: tokens for the metadata service, no
 * public address, no key pair, an encrypted disk, and a role of its own with what is granted and no more.
 */
export class HardenedInstance extends pulumi.ComponentResource {
  /** Id of the EC2 instance. */
  readonly instanceId: pulumi.Output<string>;
  /** ARN of the EC2 instance. */
  readonly arn: pulumi.Output<string>;
  readonly privateIp: pulumi.Output<string>;
  /** Empty where it has no public address. */
  readonly publicIp: pulumi.Output<string>;
  /** The resources behind it. */
  readonly nodes: { readonly instance: Aws.ec2.Instance; readonly profile: HardenedInstanceProfile | undefined };

  constructor(name: string, args: HardenedInstanceArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:HardenedInstance", name, {}, opts);
    const parts = machineParts(this, name, args, planInstance(args, name));
    const instance = new (aws().ec2.Instance)(
      name,
      ...transformed(args.transform?.instance, instanceArgs(args, parts), this.instanceOptions(args, parts)),
    );
    this.instanceId = instance.id;
    this.arn = instance.arn;
    this.privateIp = instance.privateIp;
    this.publicIp = instance.publicIp;
    this.nodes = { instance, profile: parts.profile };
    this.registerOutputs({
      instanceId: instance.id,
      arn: instance.arn,
      privateIp: instance.privateIp,
      publicIp: instance.publicIp,
    });
  }

  private instanceOptions(args: HardenedInstanceArgs, { profile }: MachineParts): pulumi.CustomResourceOptions {
    const { adopt, ami, imds, replaceOnNewImage = typeof ami === "string" } = args;
    const kept = [
      ...(replaceOnNewImage ? [] : ["ami"]),
      ...(imds === "boot-only" ? BOOT_ONLY_IGNORED : []),
      ...(adopt === undefined ? [] : KEPT_ON_ADOPTION),
    ];
    return {
      parent: this,
      ...afterRole(profile),
      ...(kept.length > 0 && { ignoreChanges: [...new Set(kept)] }),
      ...(adopt !== undefined && { aliases: [adopted(adopt)] }),
    };
  }
}

function adopted(adopt: string): string | pulumi.Alias {
  return adopt.startsWith("urn:") ? adopt : { name: adopt, parent: pulumi.rootStackResource };
}

function instanceArgs(
  args: HardenedInstanceArgs,
  { plan, ami, profileName, userData, tags }: MachineParts,
): Aws.ec2.InstanceArgs {
  return {
    ...(ami !== undefined && { ami }),
    instanceType: args.instanceType ?? DEFAULT_INSTANCE_TYPE,
    metadataOptions: { ...plan.metadataOptions },
    associatePublicIpAddress: args.associatePublicIpAddress ?? false,
    monitoring: args.monitoring ?? false,
    rootBlockDevice: rootVolume(args.rootVolume, tags),
    ...(profileName !== undefined && { iamInstanceProfile: profileName }),
    ...userData?.instance,
    ...(args.replaceOnNewUserData === true && { userDataReplaceOnChange: true }),
    ...(args.subnetId !== undefined && { subnetId: args.subnetId }),
    ...(args.securityGroupIds !== undefined && { vpcSecurityGroupIds: args.securityGroupIds }),
    ...(args.keyName !== undefined && { keyName: args.keyName }),
    tags,
  };
}

function rootVolume(
  { size, type = "gp3", iops, kmsKeyId }: RootVolumeArgs = {},
  tags: MachineParts["tags"],
): Aws.types.input.ec2.InstanceRootBlockDevice {
  return {
    encrypted: true,
    volumeType: type,
    ...(size !== undefined && { volumeSize: size }),
    ...(iops !== undefined && { iops }),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    tags,
  };
}
