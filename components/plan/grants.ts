/** What a machine's role may do, as plain data. */
import { bootOnlyStatements } from "../boot/boot-only";
import { secretStatements } from "../boot/secrets";
import type { Statement } from "./statements";
import { joined, type Value } from "./value";

interface Acknowledged {
  /**
   * Why the machine needs what is refused as broad: a sentence for whoever reviews the program. The policies of this
   * package judge the role as before.
   */
  readonly acknowledgeBroad?: string;
}

/** Permissions for a machine's role. Make them with the functions `grant…`. */
export interface Grant extends Acknowledged {
  /** Statements of an inline policy. */
  readonly statements?: readonly Statement[];
  /** ARNs of managed policies. */
  readonly managedPolicies?: readonly Value<string>[];
}

export interface KeyOptions {
  /**
   * ARN of the customer managed KMS key that encrypts it.
   * @default the key that AWS manages, which needs no permission
   */
  readonly kmsKey?: Value<string>;
}

/**
 * Reading one secret of Secrets Manager.
 * @param arn ARN of the secret
 */
export function grantReadSecret(arn: Value<string>, options: KeyOptions = {}): Grant {
  return { statements: secretStatements([{ secret: arn, ...options }]) };
}

/**
 * Reading one parameter of Systems Manager's Parameter Store.
 * @param arn ARN of the parameter
 */
export function grantReadParameter(arn: Value<string>, options: KeyOptions = {}): Grant {
  return { statements: secretStatements([{ parameter: arn, ...options }]) };
}

/**
 * Reading the objects of a bucket below a prefix, and listing them.
 * @param bucketArn ARN of the bucket
 * @param prefix what the keys begin with: `releases/`; an empty text is the whole bucket
 */
export function grantReadBucket(bucketArn: Value<string>, prefix: string): Grant {
  const list: Statement = { Action: "s3:ListBucket", Resource: bucketArn };
  const below = { Condition: { StringLike: { "s3:prefix": `${prefix}*` } } };
  return {
    statements: [
      { Action: "s3:GetObject", Resource: joined(bucketArn, `/${prefix}*`) },
      prefix === "" ? list : { ...list, ...below },
    ],
  };
}

/**
 * Writing metrics of one namespace to CloudWatch.
 * @param namespace namespace of the metrics: `Shop/Web`
 */
export function grantPutMetrics(namespace: string): Grant {
  const only = { StringEquals: { "cloudwatch:namespace": namespace } };
  return { statements: [{ Action: "cloudwatch:PutMetricData", Resource: "*", Condition: only }] };
}

/**
 * Sessions by Systems Manager's Session Manager, and no more than these need. (Systems Manager User Guide, "Create a custom
 * IAM role for Session Manager".)
 */
export function grantSessionManager(): Grant {
  return {
    statements: [
      {
        Sid: "SessionManager",
        Action: [
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
    ],
  };
}

/**
 * A machine's turning its own metadata service off, and nothing else: what `imds: "boot-only"` takes. Machines get it with
 * their own role; a profile that is given by its name needs it.
 */
export function grantBootOnly(): Grant {
  return { statements: bootOnlyStatements() };
}

/** Statements of your own. What is broad in them is refused, unless it is acknowledged. */
export function grantStatements(statements: readonly Statement[], options: Acknowledged = {}): Grant {
  return { statements, ...options };
}

/** Managed policies, by their ARNs. A broad one of AWS is refused, unless it is acknowledged. */
export function grantManagedPolicies(arns: readonly Value<string>[], options: Acknowledged = {}): Grant {
  return { managedPolicies: arns, ...options };
}
