/** What the tables name exists, and has the resource types they judge it by. */
import { catalogue } from "../../../../policies/iam/catalogue";
import managed from "../../../../policies/iam/data/managed-policies.json";
import { CREDENTIALS, SECRETS } from "../../../../policies/iam/judgements/credentials";
import { DATA } from "../../../../policies/iam/judgements/exfiltration";
import { ADVISED, managedAdvice } from "../../../../policies/iam/judgements/managed-advice";
import { METHODS } from "../../../../policies/iam/judgements/methods";
import { HARMLESS, OPENING_WRITES, opensResources } from "../../../../policies/iam/judgements/resource-exposure";
import { UNRESTRICTABLE, isRestrictable } from "../../../../policies/iam/judgements/restrictable";
import { TAGGING_WRITES, setsTags } from "../../../../policies/iam/judgements/tagging";
import { allowed } from "../../../../policies/iam/judgements/words";

const info = (action: string) => {
  const found = catalogue().action(action);
  if (found === undefined) throw new Error(`${action} is not in the catalogue`);
  return found;
};
const typesOf = (action: string): string[] => {
  const { required, optional } = info(action);
  return [...required, ...optional].map(({ name }) => name);
};
const EXPOSURES = [...CREDENTIALS, ...SECRETS, ...DATA];

test.each(METHODS.flatMap(({ name, needs }) => needs.map((need) => [name, need.action, need] as const)))(
  "%s calls %s on types it has",
  (_, action, { target, requires }) => {
    expect(info(action).name).toBe(action);
    expect(typesOf(action)).toEqual(expect.arrayContaining([...target, ...(requires ?? []).flat()]));
  },
);

test.each(EXPOSURES.map((exposure) => [exposure.action, exposure] as const))(
  "%s exists, and says what it is judged by",
  (action, { gain, target }) => {
    expect(info(action).name).toBe(action);
    expect(gain).toMatch(/^[a-z][^.]*[^. ]$/);
    const types = typesOf(action);
    expect(types).toEqual(expect.arrayContaining([...target]));
    // Where a call has several kinds of resources, the table says which counts.
    expect(target.length > 0 || types.length <= 1).toBe(true);
  },
);

test("names each exposure once", () => {
  const names = EXPOSURES.map(({ action }) => action);
  expect(new Set(names).size).toBe(names.length);
});

test.each([...OPENING_WRITES, ...HARMLESS, ...UNRESTRICTABLE, ...TAGGING_WRITES])("%s exists", (action) => {
  expect(info(action).name).toBe(action);
});

test("lists as exceptions only what the levels and types do not say", () => {
  for (const action of OPENING_WRITES) expect(info(action).levels).not.toContain("permissions");
  for (const action of HARMLESS) expect(info(action).levels).toContain("permissions");
  for (const action of TAGGING_WRITES) expect(info(action).levels).not.toContain("tagging");
  for (const action of UNRESTRICTABLE) expect(typesOf(action)).not.toEqual([]);
});

test.each([
  ["s3:PutBucketPolicy", true],
  ["rds:ModifyDBSnapshotAttribute", true],
  ["s3:PutObject", false],
  ["secretsmanager:ValidateResourcePolicy", false],
])("%s opens resources: %s", (action, expected) => {
  expect(opensResources(info(action))).toBe(expected);
});

test.each([
  ["ec2:CreateTags", true],
  ["ssm:AddTagsToResource", true],
  ["ec2:DeleteTags", false],
  ["lambda:UntagResource", false],
  ["codebuild:UpdateProject", true],
])("%s sets tags: %s", (action, expected) => {
  expect(setsTags(info(action))).toBe(expected);
});

test.each([
  ["s3:PutObject", true],
  ["logs:PutLogEvents", true],
  ["cloudwatch:PutMetricData", false],
  ["ssm:UpdateInstanceInformation", false],
  ["ssmmessages:CreateControlChannel", false],
  ["xray:PutTraceSegments", false],
])("%s can be limited to resources: %s", (action, expected) => {
  expect(isRestrictable(info(action))).toBe(expected);
});

test.each([...ADVISED])("%s is an AWS managed policy with advice", (name) => {
  expect(Object.keys(managed.policies)).toContain(name);
  const { instead, prescribed } = managedAdvice(name);
  expect(instead !== undefined || prescribed).toBe(true);
  for (const [, other = ""] of (instead ?? "").matchAll(/`(A[A-Za-z0-9_]+|CloudWatchA[A-Za-z]+|EC2I[A-Za-z]+)`/g))
    expect(Object.keys(managed.policies).map((path) => path.slice(path.indexOf("/") + 1))).toContain(other);
});

test("advises nothing about a policy it does not know", () => {
  const nothing = { instead: undefined, prescribed: false };
  expect(managedAdvice("Unheard")).toEqual(nothing);
  expect(managedAdvice("constructor")).toEqual(nothing);
});

test.each([
  ["s3", "read", "read every object in Amazon S3"],
  ["sqs", "tagging", "tag every Amazon SQS resource"],
  ["omics", "write", "write to every `omics` resource"],
  ["constructor", "list", "list every `constructor` resource"],
] as const)("says what %s %s allows", (prefix, doing, words) => {
  expect(allowed(prefix, doing)).toBe(words);
});
