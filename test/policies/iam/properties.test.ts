/** What has to hold for any documents. */
import fc from "fast-check";
import { judgeRole } from "../../../policies/iam/judgement";
import type { Issue } from "../../../policies/iam/judgements/issue";
import { METHODS } from "../../../policies/iam/judgements/methods";
import { ACCOUNT, document, program, role, type Json } from "./roles";

const RUNS = Number(process.env["IAM_RUNS"] ?? 40);

const METHOD_ACTIONS = METHODS.flatMap(({ needs }) => needs.map(({ action }) => action));
const OTHERS = [
  "s3:GetObject",
  "s3:*",
  "ssm:GetParameter",
  "kms:Decrypt",
  "sqs:SendMessage",
  "ec2:Describe*",
  "ec2:CreateTags",
];
const MORE = [
  "iam:*",
  "iam:Put*",
  "ec2:*",
  "*",
  "s3:PutBucketPolicy",
  "ssm:*",
  "rds:CreateDBSnapshot",
  "ec2:GetPasswordData",
];

const action = fc.oneof(fc.constantFrom(...METHOD_ACTIONS), fc.constantFrom(...OTHERS, ...MORE));
const resource = fc.constantFrom(
  ...["*", "*", "*", "arn:aws:s3:::*", "arn:aws:s3:::logs/*", "arn:aws:iam::*:role/*", "arn:aws:iam::*:*"],
  ...[`arn:aws:iam::${ACCOUNT}:role/app`, "arn:aws:iam::*:role/other-*", "arn:aws:ec2:*:*:*", "arn:aws:ssm:*:*:*"],
  ...["arn:aws:ec2:*:*:instance/i-1", "arn:aws:sqs:*:*:jobs", "arn:aws:lambda:*:*:function:*"],
);
const condition = fc.constantFrom<Json>(
  { Bool: { "aws:SecureTransport": "true" } },
  { StringEquals: { "aws:ResourceTag/app": "web" } },
  { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
);
const list = (of: fc.Arbitrary<string>) => fc.array(of, { minLength: 1, maxLength: 4 });

const grant = fc
  .record({
    Effect: fc.constant("Allow"),
    actions: list(action),
    negated: fc.constantFrom("", "", "", "", "", "Not"),
    resources: list(resource),
    other: fc.constantFrom("", "", "", "", "Not"),
    Condition: fc.option(condition, { freq: 3, nil: undefined }),
  })
  .map(({ Effect, actions, negated, resources, other, Condition }): Json => ({
    Effect,
    [`${negated}Action`]: actions,
    [`${other}Resource`]: resources,
    ...(Condition && { Condition }),
  }));
const refusal = fc.record({ Effect: fc.constant("Deny"), Action: list(action), Resource: list(resource) });
const statements = fc.array(fc.oneof({ weight: 4, arbitrary: grant }, { weight: 1, arbitrary: refusal }), {
  minLength: 1,
  maxLength: 4,
});
const documents = fc.array(statements, { minLength: 1, maxLength: 3 });

type Documents = readonly (readonly Json[])[];

const judge = (of: Documents, boundary?: readonly Json[]): readonly Issue[] =>
  judgeRole(
    role({ documents: of.map((each) => document(...each)), ...(boundary && { boundary: document(...boundary) }) }),
    program([]),
  ).issues;

/** Which mandatory concerns are broken, and by which actions on what. */
function concerns(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map(({ concern }) => concern))].filter((concern) => concern !== "scope").sort();
}

/**
 * What a role is told of mandatory policies, statements aside. An administrator need not be told the rest, nor of version 1
 * who is told by the same statement that it is root on every machine.
 */
function told(issues: readonly Issue[]): string[] {
  const admin = issues.filter(({ concern }) => concern === "administration");
  const rest = issues.filter(({ code }) => code !== "imds-downgrade");
  const each = (admin.length > 0 ? admin : rest).flatMap(({ concern, code, actions }) =>
    concern === "scope" ? [] : actions.map((name) => `${concern} ${code} ${name}`),
  );
  return [...new Set(each)].sort();
}

const assert = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, holds), { numRuns: RUNS });

test("the order of statements and policies does not matter", () => {
  assert(documents, (of) => {
    const reversed = [...of].reverse().map((each) => [...each].reverse());
    expect(told(judge(reversed))).toEqual(told(judge(of)));
  });
});

test("a document split in two changes nothing", () => {
  assert(documents, (of) => {
    expect(told(judge(of.flatMap((each) => each.map((one) => [one]))))).toEqual(told(judge(of)));
    expect(told(judge([of.flat()]))).toEqual(told(judge(of)));
  });
});

test("the case of actions changes nothing", () => {
  const changed = (each: Json, change: (text: string) => string): Json =>
    Object.fromEntries(
      Object.entries(each).map(([key, value]) => [
        key,
        key.endsWith("Action") ? (value as string[]).map(change) : value,
      ]),
    );
  assert(documents, (of) => {
    const upper = of.map((all) => all.map((each) => changed(each, (text) => text.toUpperCase())));
    const lower = of.map((all) => all.map((each) => changed(each, (text) => text.toLowerCase())));
    expect(told(judge(upper))).toEqual(told(judge(of)));
    expect(told(judge(lower))).toEqual(told(judge(of)));
  });
});

const isAdministrator = (issues: readonly Issue[]): boolean =>
  issues.some(({ concern }) => concern === "administration");

test("an Allow more removes no concern", () => {
  assert(fc.tuple(documents, grant), ([of, more]) => {
    const after = judge([...of, [more]]);
    if (!isAdministrator(after)) expect(concerns(after)).toEqual(expect.arrayContaining(concerns(judge(of))));
  });
});

test("an Allow more removes nothing that is told, but what an administrator has anyway", () => {
  assert(fc.tuple(documents, grant), ([of, more]) => {
    const after = judge([...of, [more]]);
    if (!isAdministrator(after)) expect(told(after)).toEqual(expect.arrayContaining(told(judge(of))));
  });
});

test("an unconditional Deny adds no concern", () => {
  assert(fc.tuple(documents, refusal), ([of, deny]) => {
    const before = judge(of);
    if (!isAdministrator(before))
      expect(concerns(before)).toEqual(expect.arrayContaining(concerns(judge([...of, [deny]]))));
  });
});

test("a boundary adds no concern", () => {
  assert(fc.tuple(documents, statements), ([of, boundary]) => {
    const before = judge(of);
    if (!isAdministrator(before)) expect(told(before)).toEqual(expect.arrayContaining(told(judge(of, boundary))));
  });
});
