/** AWS managed policies that a role can have, as data/managed-policies.json has them: each in its latest version. */
import type Data from "./data/managed-policies.json";

export interface ManagedDocument {
  /** The parsed document, which the caller may keep. */
  readonly document: unknown;
  /** `v2` */
  readonly version: string;
  /** Day of the data; AWS may have changed the policy since. */
  readonly date: string;
}

let loaded: typeof Data | undefined;

/**
 * The document of the AWS managed policy whose ARN has this name after `policy/`, with its path: `job-function/Billing`.
 * The data is that of partition `aws`; elsewhere ARNs in the document name their own partition.
 */
export function managedDocument(name: string, partition = "aws"): ManagedDocument | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  loaded ??= require("./data/managed-policies.json") as typeof Data;
  const policies: Readonly<Record<string, string>> = loaded.policies;
  const entry = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (entry === undefined) return undefined;
  const space = entry.indexOf(" ");
  const start = JSON.stringify(`arn:${partition}:`).slice(0, -1);
  const text = entry.slice(space + 1).replaceAll('"arn:aws:', () => start);
  return { document: JSON.parse(text), version: entry.slice(0, space), date: loaded.date };
}

export interface Deprecation {
  /** The policy that AWS names in its place, if there is one. */
  readonly replacement: string | undefined;
}

/**
 * Policies that AWS has deprecated or says it will, by their name with its path. The data does not tell, and AWS lists a
 * deprecated policy no longer. Sources: the description in the AWS Managed Policy Reference ("on a deprecation path",
 * "will soon be deprecated"), or the page named.
 */
const DEPRECATED: Readonly<Record<string, string | undefined>> = {
  "service-role/AmazonEC2RoleforSSM": "AmazonSSMManagedInstanceCore",
  "service-role/AWSElasticBeanstalkService": "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
  // Amazon EMR Management Guide, emr-managed-iam-policies and emr-iam-role-for-ec2
  "service-role/AmazonElasticMapReduceforEC2Role": undefined,
  "service-role/AmazonElasticMapReduceRole": "service-role/AmazonEMRServicePolicy_v2",
  AmazonElasticMapReduceFullAccess: "AmazonEMRFullAccessPolicy_v2",
  AmazonElasticMapReduceReadOnlyAccess: "AmazonEMRReadOnlyAccessPolicy_v2",
  // Amazon ECS Developer Guide, security-iam-awsmanpol-deprecated-policies
  AmazonEC2ContainerServiceFullAccess: "AmazonECS_FullAccess",
  "service-role/AmazonEC2ContainerServiceRole": undefined,
  "service-role/AmazonEC2ContainerServiceAutoscaleRole": undefined,
  // AWS Lambda Developer Guide, access-control-identity-based
  AWSLambdaFullAccess: "AWSLambda_FullAccess",
  AWSLambdaReadOnlyAccess: "AWSLambda_ReadOnlyAccess",
};

/** Whether AWS advises against a managed policy, and for what. */
export function deprecation(name: string): Deprecation | undefined {
  return Object.hasOwn(DEPRECATED, name) ? { replacement: DEPRECATED[name] } : undefined;
}
