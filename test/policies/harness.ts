import { judgePolicy, keyOf, type Finding } from "../../policies/judge";
import { Model } from "../../policies/machine/model";
import { UNKNOWN, type Properties, type ProviderRef, type StackResource } from "../../policies/machine/resource";
import { RULES } from "../../policies/rules";
import { readSettings } from "../../policies/settings";

/** Any unknown value. */
export const unknown = UNKNOWN;

/** Short names for the types that tests use most. */
const TYPES: Readonly<Record<string, string>> = {
  Instance: "aws:ec2/instance:Instance",
  SpotInstanceRequest: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  LaunchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  Group: "aws:autoscaling/group:Group",
  Fleet: "aws:ec2/fleet:Fleet",
  SpotFleetRequest: "aws:ec2/spotFleetRequest:SpotFleetRequest",
  NodeGroup: "aws:eks/nodeGroup:NodeGroup",
  CapacityProvider: "aws:ecs/capacityProvider:CapacityProvider",
  ComputeEnvironment: "aws:batch/computeEnvironment:ComputeEnvironment",
  InstanceMetadataDefaults: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  Ami: "aws:ec2/ami:Ami",
  Environment: "aws:elasticbeanstalk/environment:Environment",
  ConfigurationTemplate: "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
  Cluster: "aws:emr/cluster:Cluster",
  SecurityConfiguration: "aws:emr/securityConfiguration:SecurityConfiguration",
  NotebookInstance: "aws:sagemaker/notebookInstance:NotebookInstance",
  InfrastructureConfiguration: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
  GameServerGroup: "aws:gamelift/gameServerGroup:GameServerGroup",
  InstanceProfile: "aws:iam/instanceProfile:InstanceProfile",
  Role: "aws:iam/role:Role",
  Policy: "aws:iam/policy:Policy",
  RolePolicy: "aws:iam/rolePolicy:RolePolicy",
  RolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  PolicyAttachment: "aws:iam/policyAttachment:PolicyAttachment",
  RolePolicyAttachmentsExclusive: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  RolePoliciesExclusive: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
};

interface Extra {
  readonly outputs?: Properties;
  /** Names by property. */
  readonly edges?: Readonly<Record<string, readonly string[]>>;
  /** Names of plain dependencies; those of the edges where absent. */
  readonly dependsOn?: readonly string[];
  readonly parent?: string;
  readonly provider?: ProviderRef;
  /** Read with `.get()`: the inputs given are what it was read as. */
  readonly read?: true;
}

/** A resource as a test writes it; names stand for URNs and are resolved by `stack`. */
export interface Written extends Extra {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
}

export function resource(type: string, name: string, inputs: Properties, extra: Extra = {}): Written {
  return { type: TYPES[type] ?? type, name, inputs, ...extra };
}

/** Resolves names to URNs; unknown names lead to resources that the engine does not show. */
export function stack(written: readonly Written[]): StackResource[] {
  const urnOf = (name: string): string[] =>
    written.filter((each) => each.name === name).map((each) => `urn:pulumi:dev::test::${each.type}::${each.name}`);
  return written.map((each) => {
    const edges = Object.entries(each.edges ?? {}).map(([key, names]) => [key, names.flatMap(urnOf)] as const);
    return {
      urn: `urn:pulumi:dev::test::${each.type}::${each.name}`,
      type: each.type,
      name: each.name,
      inputs: each.read ? undefined : each.inputs,
      outputs: { ...each.inputs, ...each.outputs },
      parent: each.parent === undefined ? undefined : urnOf(each.parent)[0],
      provider: each.provider,
      dependencies: (each.dependsOn ?? Object.values(each.edges ?? {}).flat()).flatMap(urnOf),
      propertyDependencies: Object.fromEntries(edges),
      created: undefined,
    };
  });
}

/** What one policy makes of a stack: "violation web", "unverified web", sorted; nothing for a pass. */
export function verdicts(
  policy: string,
  written: readonly Written[],
  options: Readonly<Record<string, unknown>> = {},
): string[] {
  const { findings, unverified } = judged(policy, written, options);
  return [
    ...findings.map((finding) => `violation ${finding.resource}`),
    ...unverified.map((each) => `unverified ${each.resource.name}`),
  ].sort();
}

export function messages(
  policy: string,
  written: readonly Written[],
  options: Readonly<Record<string, unknown>> = {},
): string[] {
  return judged(policy, written, options).findings.map((finding) => finding.message);
}

/** Judges in both passes, as the pack does: what the resource pass says, the stack pass must confirm. */
function judged(policy: string, written: readonly Written[], options: Readonly<Record<string, unknown>>) {
  const rule = RULES.find((each) => each.name === policy);
  const settings = readSettings({ [policy]: { enforcementLevel: "mandatory", ...options } }).get(policy);
  if (!rule || !settings) throw new Error(`no policy ${policy}`);
  const resources = stack(written);
  const early = resources
    .filter((each) => each.inputs !== undefined)
    .flatMap((each) => judgePolicy(rule, Model.ofResource({ ...each, outputs: {} }), settings, TODAY).findings);
  const late = judgePolicy(rule, Model.ofStack(resources), settings, TODAY);
  confirm(early, late.findings);
  return late;
}

function confirm(early: readonly Finding[], late: readonly Finding[]): void {
  const keys = new Set(late.map(keyOf));
  const premature = early.filter((finding) => !keys.has(keyOf(finding)));
  if (premature.length > 0) throw new Error(`the resource pass alone reports ${premature.map(keyOf).join(", ")}`);
}

export const TODAY = "2026-11-25";

/** Options of a machine that nothing is wrong with. */
export const HARDENED = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 } as const;
