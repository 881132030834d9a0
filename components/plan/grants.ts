/** What a machine's role may do, as plain data. */
import type { Statement } from "./statements";
import type { Value } from "./value";

interface Acknowledged {
  /**
   * Why the machine needs what is refused as broad: a sentence for whoever reviews the program. The policies of this
   * package judge the role as before.
   */
  readonly acknowledgeBroad?: string;
}

export interface KeyOptions {
  /**
   * ARN of the customer managed KMS key that encrypts it.
   * @default the key that AWS manages, which needs no permission
   */
  readonly kmsKey?: Value<string>;
}

/** A secret or a parameter to read. */
export interface ReadGrant extends KeyOptions {
  /** Its ARN. */
  readonly arn: Value<string>;
}

/** A part of a bucket to read. */
export interface ReadBucketGrant extends KeyOptions {
  /** ARN of the bucket. */
  readonly bucketArn: Value<string>;
  /** What the keys begin with: `releases/`; an empty text is the whole bucket. */
  readonly prefix: string;
}

/** Permissions for a machine's role: what one entry names, together. The functions `grant…` make entries. */
export interface Grant extends Acknowledged {
  /** Reading one secret of Secrets Manager. */
  readonly readSecret?: ReadGrant;
  /** Reading one parameter of Systems Manager's Parameter Store. */
  readonly readParameter?: ReadGrant;
  /** Reading the objects of a bucket below a prefix, and listing them. */
  readonly readBucket?: ReadBucketGrant;
  /** Writing metrics of one namespace to CloudWatch: `Shop/Web`. */
  readonly putMetrics?: string;
  /** Sessions by Systems Manager's Session Manager, and no more than these need. */
  readonly sessionManager?: boolean;
  /** A machine's turning its own metadata service off: what `imds: "boot-only"` takes. */
  readonly bootOnly?: boolean;
  /** Statements of an inline policy. */
  readonly statements?: readonly Statement[];
  /** ARNs of managed policies. */
  readonly managedPolicies?: readonly Value<string>[];
}

/**
 * Reading one secret of Secrets Manager.
 * @param arn ARN of the secret
 */
export function grantReadSecret(arn: Value<string>, options: KeyOptions = {}): Grant {
  return { readSecret: { arn, ...options } };
}

/**
 * Reading one parameter of Systems Manager's Parameter Store.
 * @param arn ARN of the parameter
 */
export function grantReadParameter(arn: Value<string>, options: KeyOptions = {}): Grant {
  return { readParameter: { arn, ...options } };
}

/**
 * Reading the objects of a bucket below a prefix, and listing them.
 * @param bucketArn ARN of the bucket
 * @param prefix what the keys begin with: `releases/`; an empty text is the whole bucket
 */
export function grantReadBucket(bucketArn: Value<string>, prefix: string, options: KeyOptions = {}): Grant {
  return { readBucket: { bucketArn, prefix, ...options } };
}

/**
 * Writing metrics of one namespace to CloudWatch.
 * @param namespace namespace of the metrics: `Shop/Web`
 */
export function grantPutMetrics(namespace: string): Grant {
  return { putMetrics: namespace };
}

/** Sessions by Systems Manager's Session Manager, and no more than these need. */
export function grantSessionManager(): Grant {
  return { sessionManager: true };
}

/**
 * A machine's turning its own metadata service off, and nothing else: what `imds: "boot-only"` takes. Machines get it with
 * their own role; a HardenedInstanceProfile that they are given needs it.
 */
export function grantBootOnly(): Grant {
  return { bootOnly: true };
}

/** Statements of your own. What is broad in them is refused, unless it is acknowledged. */
export function grantStatements(statements: readonly Statement[], options: Acknowledged = {}): Grant {
  return { statements, ...options };
}

/** Managed policies, by their ARNs. A broad one of AWS is refused, unless it is acknowledged. */
export function grantManagedPolicies(arns: readonly Value<string>[], options: Acknowledged = {}): Grant {
  return { managedPolicies: arns, ...options };
}
