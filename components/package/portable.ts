/**
 * What other languages than TypeScript write instead. Their SDKs are made from a schema, which knows no functions: each of these
 * interfaces stands for the one of its name, and `given` makes that of what they hold.
 */
import {
  grantBootOnly,
  grantPutMetrics,
  grantReadBucket,
  grantReadParameter,
  grantReadSecret,
  grantSessionManager,
  type Grant as MadeGrant,
  type KeyOptions,
} from "../plan/grants";
import type { Value } from "../plan/value";

/** A secret or a parameter to read. */
export interface ReadGrant extends KeyOptions {
  /** Its ARN. */
  readonly arn: Value<string>;
}

/** A part of a bucket to read. */
export interface ReadBucketGrant {
  /** ARN of the bucket. */
  readonly bucketArn: Value<string>;
  /** What the keys begin with: `releases/`; an empty text is the whole bucket. */
  readonly prefix: string;
}

/** Permissions for a machine's role: what one entry names, together. */
export interface Grant extends MadeGrant {
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
  /** A machine's turning its own metadata service off: what `imds: "boot-only"` takes of a profile that is given by its name. */
  readonly bootOnly?: boolean;
}

/** The grants of one entry, as TypeScript programs make them. */
export function madeGrants(grant: Grant): readonly MadeGrant[] {
  const { readSecret, readParameter, readBucket, putMetrics, sessionManager = false, bootOnly = false, ...own } = grant;
  return [
    ...(readSecret ? [grantReadSecret(readSecret.arn, readSecret)] : []),
    ...(readParameter ? [grantReadParameter(readParameter.arn, readParameter)] : []),
    ...(readBucket ? [grantReadBucket(readBucket.bucketArn, readBucket.prefix)] : []),
    ...(putMetrics === undefined ? [] : [grantPutMetrics(putMetrics)]),
    ...(sessionManager ? [grantSessionManager()] : []),
    ...(bootOnly ? [grantBootOnly()] : []),
    ...(Object.keys(own).length > 0 ? [own] : []),
  ];
}
