import type { Properties } from "../../policies/machine/resource";
import { check, create } from "../../provider";
import type { CheckRequest, CheckResult, CreateResult, ProviderConfig } from "../../provider";

export const CONFIG: ProviderConfig = { region: "us-west-2", defaultTags: {}, accountId: "123456789012" };

/** A string of the wire that stands for a value known later. */
export { UNKNOWN } from "../../policies/machine/resource";

export function request(type: string, inputs: Properties, name = "web", config = CONFIG): CheckRequest {
  return { type, urn: `urn:pulumi:dev::project::${type}::${name}`, name, inputs, config };
}

export function checked(type: string, inputs: Properties, name = "web", config = CONFIG): CheckResult {
  return check(request(type, inputs, name, config));
}

/** Create on what Check made of the inputs. */
export function made(
  type: string,
  inputs: Properties,
  mode: "preview" | "create",
  name = "web",
  config = CONFIG,
): CreateResult {
  return create({ ...request(type, checked(type, inputs, name, config).inputs, name, config), mode });
}

/** Inputs without the bridge's own marks. */
export function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "__defaults");
  return Object.fromEntries(entries.map(([key, member]) => [key, unmarked(member)]));
}

export const INSTANCE = "aws:ec2/instance:Instance";
export const SPOT = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
export const GROUP = "aws:autoscaling/group:Group";
export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const POLICY = "aws:iam/policy:Policy";
export const MACHINE: Properties = { ami: "ami-1", instanceType: "t3.micro" };
export const TRUST = '{"Version":"2012-10-17","Statement":[]}';
