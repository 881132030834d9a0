/** What grants become in IAM: statements, and whether these allow what something needs. */
import { matchesGlob } from "../../policies/glob";
import { bootOnlyStatements } from "../boot/boot-only";
import { domainOf, secretStatements, type SecretArgs } from "../boot/secrets";
import type { Grant, ReadBucketGrant } from "./grants";
import type { Statement } from "./statements";
import { isJoined, isLater, joined, type Text } from "./value";

/** Systems Manager User Guide, "Create a custom IAM role for Session Manager". */
const SESSIONS: Statement = {
  Action: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};

/** The statements of grants: what several of them read, one statement reads. */
export function statementsOf(...grants: readonly Grant[]): readonly Statement[] {
  return [...secretStatements(grants.flatMap(secretsOf)), ...grants.flatMap(otherStatements)];
}

function secretsOf({ readSecret, readParameter }: Grant): readonly SecretArgs[] {
  return [
    ...(readSecret ? [{ secret: readSecret.arn, kmsKey: readSecret.kmsKey }] : []),
    ...(readParameter ? [{ parameter: readParameter.arn, kmsKey: readParameter.kmsKey }] : []),
  ];
}

function otherStatements(grant: Grant): readonly Statement[] {
  const { readBucket, putMetrics, sessionManager, bootOnly, statements = [] } = grant;
  return [
    ...(readBucket ? bucketStatements(readBucket) : []),
    ...(putMetrics === undefined ? [] : [metricsStatement(putMetrics)]),
    ...(sessionManager === true ? [SESSIONS] : []),
    ...(bootOnly === true ? bootOnlyStatements().map(withoutName) : []),
    ...statements,
  ];
}

/** The names of statements are the user's: of two equal ones IAM refuses the policy. */
function withoutName({ Effect, Action, Resource, Condition }: Statement): Statement {
  return { ...(Effect && { Effect }), Action, Resource, ...(Condition && { Condition }) };
}

function bucketStatements({ bucketArn, prefix, kmsKey }: ReadBucketGrant): readonly Statement[] {
  const objects = joined(bucketArn, `/${prefix}*`);
  const list: Statement = { Action: "s3:ListBucket", Resource: bucketArn };
  const below = { Condition: { StringLike: { "s3:prefix": `${prefix}*` } } };
  const read: readonly Statement[] = [
    { Action: "s3:GetObject", Resource: objects },
    prefix === "" ? list : { ...list, ...below },
  ];
  if (kmsKey === undefined) return read;
  // S3 User Guide, "Using server-side encryption with AWS KMS keys": the context is the object, or the bucket with a bucket key.
  const via = `s3.*.${domainOf(bucketArn)}`;
  const Condition = { StringLike: { "kms:ViaService": via, "kms:EncryptionContext:aws:s3:arn": [bucketArn, objects] } };
  return [...read, { Action: "kms:Decrypt", Resource: kmsKey, Condition }];
}

function metricsStatement(namespace: string): Statement {
  const only = { StringEquals: { "cloudwatch:namespace": namespace } };
  return { Action: "cloudwatch:PutMetricData", Resource: "*", Condition: only };
}

/** Whether grants allow everything that another one does, as far as actions and resources tell. */
export function covers(grants: readonly Grant[], needed: Grant): boolean {
  const granted = statementsOf(...grants).filter(({ Effect = "Allow" }) => Effect === "Allow");
  return statementsOf(needed).every((need) => listed(need.Action).every((action) => allows(granted, action, need)));
}

function allows(granted: readonly Statement[], action: string, { Resource }: Statement): boolean {
  return granted.some(
    (statement) =>
      listed(statement.Action).some((each) => matchesGlob(each.toLowerCase(), action.toLowerCase())) &&
      listed(Resource).every((wanted) => listed(statement.Resource).some((each) => names(each, wanted))),
  );
}

/** What is known only later may be the one as well as the other. */
function names(pattern: Text, resource: Text): boolean {
  const [isOpen, isWanted] = [pattern, resource].map((each) => isLater(each) || isJoined(each));
  if (isOpen === true || isWanted === true) return true;
  return typeof pattern === "string" && typeof resource === "string" && matchesGlob(pattern, resource);
}

function listed<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
