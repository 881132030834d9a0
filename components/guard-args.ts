/** What the components of platform teams take: one declaration for the shells and for the plans. */
import type * as pulumi from "@pulumi/pulumi";
import type * as aws from "@pulumi/aws";
import type { Transform } from "./args";

/** `MetadataNoToken` counts calls of version 1 that were answered, `MetadataNoTokenRejected` those that were refused. */
export type TokenMetric = "MetadataNoToken" | "MetadataNoTokenRejected";

/** Whom the alarms watch: with neither ids nor names, every machine of the account in the region. */
export interface ImdsUsageAlarmArgs {
  /** Ids of instances: `[web.instanceId]`. */
  readonly instanceIds?: readonly pulumi.Input<string>[];
  /** Names of Auto Scaling groups. */
  readonly autoScalingGroupNames?: readonly pulumi.Input<string>[];
  /** @default ["MetadataNoToken", "MetadataNoTokenRejected"] */
  readonly metrics?: readonly TokenMetric[];
  /**
   * ARNs of what an alarm starts, such as a topic of SNS. Without one an alarm only changes its state, which EventBridge sees.
   * @default []
   */
  readonly alarmActions?: readonly pulumi.Input<string>[];
  /**
   * Calls in one period that are still no alarm.
   * @default 0
   */
  readonly threshold?: number;
  /**
   * Seconds that are added up: a multiple of 60. Shorter than 300 takes detailed monitoring of the machines.
   * @default 300
   */
  readonly period?: number;
  /** @default none */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Changes to single resources. */
  readonly transform?: { readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> };
}

/** A policy of AWS Organizations: its attachments. The component then belongs into the management account. */
export interface OrganizationPolicyArgs {
  /**
   * Ids of the accounts, organizational units or roots that it holds for.
   * @default []: the policy is made, and attached to nothing
   */
  readonly targetIds?: readonly pulumi.Input<string>[];
}

export interface ServiceControlPolicyArgs extends OrganizationPolicyArgs {
  /**
   * The largest hop limit that a machine may start with.
   * @default 2
   */
  readonly maxHopLimit?: number;
  /**
   * ARNs of the principals, `*` for any part, that may change the metadata options of a machine that exists, and the defaults
   * of an account; nobody else may then. What deploys belongs to them: Pulumi changes machines in place.
   * @default whoever has the permission may, but nobody may make tokens optional
   */
  readonly administrators?: readonly string[];
  /**
   * Whether a machine may turn its own endpoint off where `administrators` are named. Machines with `imds: "boot-only"`
   * need it: without it they cannot finish their boot, and close the endpoint by firewall.
   * @default false
   */
  readonly allowBootOnly?: boolean;
}

export interface DeclarativePolicyArgs extends OrganizationPolicyArgs {
  /**
   * Whether a launch without required tokens fails. Turn it on when MetadataNoToken has been 0 everywhere for some time.
   * @default false: these are defaults, which a launch can override
   */
  readonly enforce?: boolean;
}

export interface ImdsGuardrailsArgs {
  /**
   * Regions whose account defaults are set. Takes version 7 of `@pulumi/aws`; with version 6 make one component a region, each
   * with a provider of its own.
   * @default ["the region of the provider"]
   */
  readonly regions?: readonly string[];
  /**
   * Whether the account's defaults for new machines are set. They do not touch machines that exist.
   * @default true
   */
  readonly accountDefaults?: boolean;
  /**
   * Hop limit of machines that do not say one. Container hosts on bridge networks need 2, and set it themselves: more than 1
   * here is a finding of `imds-hop-limit`.
   * @default 1
   */
  readonly httpPutResponseHopLimit?: number;
  /** @default none */
  readonly serviceControlPolicy?: ServiceControlPolicyArgs;
  /** @default none */
  readonly declarativePolicy?: DeclarativePolicyArgs;
  /** Tags of the policies. */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Changes to single resources. */
  readonly transform?: {
    readonly defaults?: Transform<aws.ec2.InstanceMetadataDefaultsArgs>;
    readonly policy?: Transform<aws.organizations.PolicyArgs>;
  };
}
