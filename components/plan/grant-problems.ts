/** What is wrong with grants, whoever wrote them. */
import { arnCheck, keyCheck } from "../boot/secrets";
import { broadGrants } from "./broad";
import { statementsOf } from "./granted";
import type { Grant, ReadBucketGrant, ReadGrant } from "./grants";
import { found, problemsIn, type Problem } from "./problems";
import { isLater, type Value } from "./value";

/** Mistakes at `grants[0]`, `grants[1]`, …; only entries without one are judged for what they grant together. */
export function grantProblems(grants: readonly Grant[]): readonly Problem[] {
  const written = grants.map((grant, index) => ofGrant(grant, `grants[${String(index)}]`));
  const judged = grants.map((grant, index) => (written[index]?.length === 0 ? grant : {}));
  return [...written.flat(), ...repeatedNames(grants), ...broadGrants(judged)];
}

function ofGrant(grant: Grant, at: string): readonly Problem[] {
  const { readSecret, readParameter, readBucket, putMetrics, managedPolicies = [], acknowledgeBroad } = grant;
  return found(
    statementsOf(grant).length + managedPolicies.length === 0 && {
      property: at,
      reason: "grants nothing: write a statement or a policy, or leave it out.",
    },
    acknowledgeBroad?.trim() === "" && {
      property: `${at}.acknowledgeBroad`,
      reason: "write why the machine needs it, for whoever reviews the program, or leave it out.",
    },
    ...(readSecret ? reading("secret", readSecret, `${at}.readSecret`) : []),
    ...(readParameter ? reading("parameter", readParameter, `${at}.readParameter`) : []),
    ...(readBucket ? ofBucket(readBucket, `${at}.readBucket`) : []),
    putMetrics !== undefined &&
      !isLiteral(putMetrics, 1) && { property: `${at}.putMetrics`, reason: 'write a namespace, such as "Shop/Web".' },
    ...managedPolicies.map((arn, index) => ofManaged(arn, `${at}.managedPolicies[${String(index)}]`)),
  );
}

/** The same forms as those of the secrets that a machine fetches. */
function reading(source: "secret" | "parameter", { arn, kmsKey }: ReadGrant, at: string): readonly Problem[] {
  return problemsIn(at, [arnCheck("arn", source, arn), keyCheck(kmsKey)]);
}

const BUCKET = /^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]+[a-z0-9]$/;

function ofBucket({ bucketArn, prefix, kmsKey }: ReadBucketGrant, at: string): readonly Problem[] {
  return problemsIn(at, [
    [
      "bucketArn",
      isLater(bucketArn) || BUCKET.test(bucketArn),
      "write the ARN of one bucket, such as arn:aws:s3:::shop-releases.",
    ],
    [
      "prefix",
      isLiteral(prefix),
      'write what the keys begin with, such as "releases/": it has no wildcards and no variables.',
    ],
    keyCheck(kmsKey),
  ]);
}

function isLiteral(text: string, shortest = 0): boolean {
  return text.trim().length >= shortest && !/[*?]|\$\{/.test(text);
}

const MANAGED = /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/;

function ofManaged(arn: Value<string>, property: string): Problem | false {
  return (
    !isLater(arn) &&
    !MANAGED.test(arn) && {
      property,
      reason: "write its ARN, such as arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy.",
    }
  );
}

function repeatedNames(grants: readonly Grant[]): readonly Problem[] {
  const seen = new Set<string>();
  return grants.flatMap(({ statements = [] }, grant) =>
    statements.flatMap(({ Sid }, index) => {
      const isRepeated = Sid !== undefined && seen.has(Sid);
      if (Sid !== undefined) seen.add(Sid);
      const property = `grants[${String(grant)}].statements[${String(index)}].Sid`;
      return isRepeated ? [{ property, reason: "another statement has it: IAM refuses the policy then." }] : [];
    }),
  );
}
