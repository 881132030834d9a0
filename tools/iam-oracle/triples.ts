/** Generated documents, boundaries and requests. Every resource is concrete, and a context holds all conditions or none. */
import fc from "fast-check";
import type { RoleIdentity } from "../../policies/iam/role";

export const ROLE: RoleIdentity = {
  name: "app",
  path: "/",
  account: "111122223333",
  partition: "aws",
  tags: new Map([["team", "app"]]),
};

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export interface Triple {
  readonly documents: readonly Document[];
  readonly boundary: Document | undefined;
  readonly action: string;
  readonly resource: string;
}

/** Actions that a role's own policies decide alone (not so KMS and STS), and the ARNs they take: `N` stands for a name, `V` for one behind its kind, `P` for one that may have a path, `R` for a region, `A` for an account. */
const TARGETS: readonly (readonly [action: string, arn: string])[] = [
  ["s3:GetObject", "arn:aws:s3:::N/N"],
  ["s3:PutObject", "arn:aws:s3:::N/N"],
  ["s3:ListBucket", "arn:aws:s3:::N"],
  ["s3:ListAllMyBuckets", "*"],
  ["sqs:SendMessage", "arn:aws:sqs:R:A:N"],
  ["sqs:DeleteQueue", "arn:aws:sqs:R:A:N"],
  ["sns:Publish", "arn:aws:sns:R:A:N"],
  ["ssm:GetParameter", "arn:aws:ssm:R:A:parameter/P"],
  ["ssm:DescribeParameters", "*"],
  ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:R:A:secret:P"],
  ["rds:DeleteDBInstance", "arn:aws:rds:R:A:db:V"],
  ["iam:PassRole", "arn:aws:iam::A:role/P"],
  ["iam:PutRolePolicy", "arn:aws:iam::A:role/P"],
  ["iam:ListRoles", "*"],
  ["dynamodb:GetItem", "arn:aws:dynamodb:R:A:table/V"],
  ["lambda:InvokeFunction", "arn:aws:lambda:R:A:function:V"],
  ["ec2:TerminateInstances", "arn:aws:ec2:R:A:instance/V"],
  ["ec2:DescribeInstances", "*"],
  ["kinesis:PutRecord", "arn:aws:kinesis:R:A:stream/V"],
];

const NAMES = ["app", "app-1", "a", "db", "Prod"] as const;
const REGIONS = ["eu-west-1", "us-east-1"] as const;

const name = fc.constantFrom(...NAMES);
const path = fc.oneof(name, fc.constantFrom("prod/app", "a/b/app"));
const region = fc.constantFrom(...REGIONS);

/** Fills each letter of an ARN with a value of its own. */
function filled(arn: string, values: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const pieces = arn.split(/(?<=[:/])([NVPRA])(?=[:/]|$)/);
  return fc.tuple(...pieces.map((piece) => values[piece] ?? fc.constant(piece))).map((all) => all.join(""));
}

const concrete = (arn: string): fc.Arbitrary<string> =>
  filled(arn, { N: name, V: name, P: path, R: region, A: fc.constant(ROLE.account ?? "") });

/** Names of a policy: mostly those that occur, with wildcards in all places. */
const bare = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 4, arbitrary: fc.constantFrom("*", "app*", "*1", "a??", "*p*", "**", "?*", "a*-*", "APP") },
);

/** And variables; not in sqs, sns and s3, where iam-simulate takes a slash in them for the end of the kind. */
const withVariables = fc.oneof(
  { weight: 7, arbitrary: fc.oneof(bare, path, fc.constantFrom("p*/a?p", "*/app")) },
  { weight: 1, arbitrary: fc.constantFrom("${aws:PrincipalTag/team}", "${aws:PrincipalTag/none}", "${aws:username}") },
  { weight: 1, arbitrary: fc.constantFrom("${aws:PrincipalTag/none, 'db'}", "a${*}", "${aws:PrincipalTag/team}-?") },
);

function patternOf(arn: string): fc.Arbitrary<string> {
  const [, , service = "ec2"] = arn.split(":");
  const exact = filled(arn, {
    N: bare,
    V: withVariables,
    P: withVariables,
    R: fc.oneof(region, fc.constantFrom("*", "eu-*", "??-east-1")),
    A: fc.constantFrom("*", ROLE.account ?? "", "444455556666", "1111*"),
  });
  return fc.oneof(
    { weight: 5, arbitrary: exact },
    { weight: 2, arbitrary: fc.constant("*") },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        `arn:aws:${service}:*`,
        `arn:aws:${service}:*:*:*`,
        `arn:*:${service}:*:*:*`,
        `arn:aws:${service}`,
        "arn:aws:*",
        "arn:aws:glue:*:*:*",
        "arn:aws-cn:*:*:*:*",
        "**",
      ),
    },
  );
}

/** An action as a policy may write it. */
function actionPattern(action: string): fc.Arbitrary<string> {
  const [service = "", name = ""] = action.split(":");
  return fc.constantFrom(
    action,
    action,
    action.toLowerCase(),
    `${service}:*`,
    `${service.toUpperCase()}:${name.slice(0, 4)}*`,
    `${service}:?${name.slice(1)}`,
    `${service}:*${name.slice(-5)}`,
    "*",
  );
}

interface Holding {
  readonly operator: string;
  readonly key: string;
  readonly value: string;
  /** What the request must have for it to hold; undefined where the key must be absent. */
  readonly context: string | undefined;
}

/** Conditions on keys that every request may have. */
const CONDITIONS: readonly Holding[] = [
  { operator: "Bool", key: "aws:SecureTransport", value: "true", context: "true" },
  { operator: "StringEquals", key: "aws:RequestedRegion", value: "eu-west-1", context: "eu-west-1" },
  { operator: "StringLike", key: "aws:PrincipalOrgID", value: "o-*", context: "o-abc" },
  { operator: "IpAddress", key: "aws:SourceIp", value: "10.0.0.0/8", context: "10.1.2.3" },
  { operator: "StringEquals", key: "aws:SourceVpce", value: "vpce-1", context: "vpce-1" },
  { operator: "StringEquals", key: "aws:PrincipalTag/team", value: "app", context: "app" },
  { operator: "StringLike", key: "aws:PrincipalTag/team", value: "other*", context: "otherwise" },
  { operator: "Bool", key: "aws:MultiFactorAuthPresent", value: "true", context: "true" },
  { operator: "BoolIfExists", key: "aws:MultiFactorAuthPresent", value: "true", context: "true" },
  { operator: "Null", key: "aws:TokenIssueTime", value: "true", context: undefined },
  { operator: "Null", key: "aws:SourceVpce", value: "false", context: "vpce-1" },
  { operator: "DateLessThan", key: "aws:CurrentTime", value: "2020-01-01T00:00:00Z", context: "2019-01-01T00:00:00Z" },
  {
    operator: "DateGreaterThan",
    key: "aws:CurrentTime",
    value: "2020-01-01T00:00:00Z",
    context: "2027-01-01T00:00:00Z",
  },
  {
    operator: "ForAnyValue:StringEquals",
    key: "aws:CalledVia",
    value: "athena.amazonaws.com",
    context: "athena.amazonaws.com",
  },
];

/** What every request of the role has. */
export const OWN_TAGS: Readonly<Record<string, string>> = { "aws:PrincipalTag/team": "app" };

/** The context in which a condition of the list holds. */
export function contextOf(documents: readonly Document[]): Record<string, string | string[]> | undefined {
  const all = documents.flatMap(({ Statement }) =>
    Statement.flatMap(({ Condition }) => Object.entries(Condition ?? {})),
  );
  const context: Record<string, string | string[]> = { ...OWN_TAGS };
  for (const [operator, keys] of all) {
    for (const [key, value] of Object.entries(keys)) {
      const found = CONDITIONS.find((each) => each.operator === operator && each.key === key && each.value === value);
      if (found?.context === undefined) continue;
      const known = context[key];
      // What never holds together, or for the role, has no such context.
      if (known !== undefined && String(known) !== found.context) return undefined;
      context[key] = operator.startsWith("For") ? [found.context] : found.context;
    }
  }
  return context;
}

const condition = fc.constantFrom(...CONDITIONS).map(({ operator, key, value }) => ({ [operator]: { [key]: value } }));

function listed(of: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string | string[]> {
  const one = fc.oneof(...of);
  return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));
}

function statement(targets: typeof TARGETS): fc.Arbitrary<Statement> {
  const actions = listed(targets.map(([action]) => actionPattern(action)));
  const resources = listed(targets.map(([, arn]) => patternOf(arn)));
  return fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
      actionElement: fc.constantFrom("Action", "Action", "Action", "Action", "NotAction"),
      actions,
      resourceElement: fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
      resources,
      Condition: fc.option(condition, { freq: 2, nil: undefined }),
    })
    .map(({ Effect, actionElement, actions, resourceElement, resources, Condition }) => ({
      Effect: Effect,
      [actionElement]: actions,
      [resourceElement]: resources,
      ...(Condition && { Condition }),
    }));
}

function document(targets: typeof TARGETS, most: number): fc.Arbitrary<Document> {
  return fc.record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"),
    Statement: fc.array(statement(targets), { minLength: 1, maxLength: most }),
  });
}

/** A role's documents and what is asked of them; all are about one or two actions, so that they meet. */
export const triple: fc.Arbitrary<Triple> = fc
  .uniqueArray(fc.constantFrom(...TARGETS), { minLength: 1, maxLength: 2 })
  .chain((targets) =>
    fc.constantFrom(...targets).chain(([action, arn]) =>
      fc.record({
        documents: fc.array(document(targets, 3), { minLength: 1, maxLength: 2 }),
        boundary: fc.option(document(targets, 2), { freq: 2, nil: undefined }),
        action: fc.constant(action),
        resource: concrete(arn),
      }),
    ),
  );
