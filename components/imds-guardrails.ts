import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import { aws } from "./aws";
import type { ImdsGuardrailsArgs, OrganizationPolicyArgs } from "./guard-args";
import { keysOf } from "./plan/keys";
import { planGuardrails, type PlannedDefaults, type PlannedPolicy } from "./plan/guardrails";
import { inputOf, refuse, transformed } from "./shell";

/**
 * What holds for machines that nobody hardened: the account's defaults in each region and, for an organization, a service
 * control policy and a declarative policy.
 */
export class ImdsGuardrails extends pulumi.ComponentResource {
  /** ARNs of the policies of Organizations. */
  readonly policyArns: pulumi.Output<string[]>;
  /** The resources behind it. */
  readonly nodes: {
    readonly defaults: readonly Aws.ec2.InstanceMetadataDefaults[];
    readonly policies: readonly Aws.organizations.Policy[];
    readonly attachments: readonly Aws.organizations.PolicyAttachment[];
  };

  constructor(name: string, args: ImdsGuardrailsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:ImdsGuardrails", name, {}, opts);
    const plan = planGuardrails(args);
    refuse(`ImdsGuardrails ${name}`, [...plan.problems, ...versionProblems(args)]);
    const defaults = plan.defaults.map((planned) => this.defaults(name, planned, args));
    const policies = plan.policies.map((planned) => this.policy(name, planned, args));
    const attachments = plan.policies.flatMap((planned, index) =>
      this.attachments(name, planned, policies[index], targetsOf(planned, args)),
    );
    this.policyArns = pulumi.all(policies.map(({ arn }) => arn));
    this.nodes = { defaults, policies, attachments };
    this.registerOutputs({ policyArns: this.policyArns });
  }

  private defaults(
    name: string,
    { region, ...options }: PlannedDefaults,
    { transform }: ImdsGuardrailsArgs,
  ): Aws.ec2.InstanceMetadataDefaults {
    const inputs: Aws.ec2.InstanceMetadataDefaultsArgs = { ...options, ...(region !== undefined && { region }) };
    return new (aws().ec2.InstanceMetadataDefaults)(
      region === undefined ? name : `${name}-${region}`,
      ...transformed(transform?.defaults, inputs, { parent: this }),
    );
  }

  private policy(
    name: string,
    { kind, type, description, content }: PlannedPolicy,
    { transform, tags }: ImdsGuardrailsArgs,
  ): Aws.organizations.Policy {
    const inputs: Aws.organizations.PolicyArgs = { type, description, content, tags: { ...tags } };
    return new (aws().organizations.Policy)(
      `${name}-${kind}`,
      ...transformed(transform?.policy, inputs, { parent: this }),
    );
  }

  private attachments(
    name: string,
    { kind }: PlannedPolicy,
    policy: Aws.organizations.Policy | undefined,
    targetIds: readonly pulumi.Input<string>[],
  ): Aws.organizations.PolicyAttachment[] {
    if (!policy) return [];
    return keysOf(targetIds).map(
      ([key, targetId]) =>
        new (aws().organizations.PolicyAttachment)(
          `${name}-${kind}-${key}`,
          { policyId: policy.id, targetId: inputOf(targetId) },
          { parent: policy },
        ),
    );
  }
}

function targetsOf({ kind }: PlannedPolicy, args: ImdsGuardrailsArgs): readonly pulumi.Input<string>[] {
  const given: OrganizationPolicyArgs | undefined =
    kind === "service-control" ? args.serviceControlPolicy : args.declarativePolicy;
  return given?.targetIds ?? [];
}

/** Before version 7 the provider alone decides about the region, and would set the same defaults again and again. */
function versionProblems({ regions }: ImdsGuardrailsArgs): { property: string; reason: string }[] {
  if (regions === undefined || takesRegions()) return [];
  const reason = "takes version 7 of @pulumi/aws: make one component a region, each with a provider of its own.";
  return [{ property: "regions", reason }];
}

function takesRegions(): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- of whatever version the program has
  const { version } = require("@pulumi/aws/package.json") as { readonly version: string };
  return Number.parseInt(version, 10) >= 7;
}
