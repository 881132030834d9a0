import { limitsOf, NO_LIMITS } from "../../../policies/iam/conditions";
import { readDocument } from "../../../policies/iam/document";
import type { RoleIdentity } from "../../../policies/iam/role";
import { unknown } from "../harness";
import { allow, document, OWN, type Json } from "./roles";

const TODAY = "2026-09-26";

function limits(Condition: Json, identity: Partial<RoleIdentity> = {}) {
  const [statement] = readDocument(document(allow("ec2:*", "*", Condition)), "permissions").statements;
  if (!statement) throw new Error("no statement");
  return limitsOf(statement, { ...OWN, ...identity }, TODAY);
}

/** What a condition does, in one word. */
function effect(Condition: Json, identity: Partial<RoleIdentity> = {}): string {
  const { dead, narrowed, byTag, contextual, passedTo } = limits(Condition, identity);
  if (dead) return "dead";
  if (byTag) return "tag";
  if (narrowed) return "narrows";
  if (contextual) return "context";
  return passedTo ? "passed to" : "none";
}

test("no condition limits nothing", () => {
  expect(limits({})).toEqual(NO_LIMITS);
});

describe("narrowing: what is acted on or handed over", () => {
  test.each([
    ["aws:ResourceTag/app", "tag"],
    ["ec2:ResourceTag/app", "tag"],
    ["ssm:resourceTag/app", "tag"],
    ["aws:RequestTag/app", "narrows"],
    ["ec2:CreateAction", "narrows"],
    ["ec2:Attribute/HttpTokens", "narrows"],
    ["kms:ResourceAliases", "narrows"],
    ["kms:EncryptionContext:app", "narrows"],
    ["kms:EncryptionContextKeys", "narrows"],
    ["kms:ViaService", "narrows"],
    ["aws:CalledViaFirst", "narrows"],
    ["ecs:cluster", "narrows"],
    ["cloudwatch:namespace", "narrows"],
    ["iam:PassedToService", "passed to"],
    ["iam:PolicyARN", "narrows"],
    ["iam:PermissionsBoundary", "narrows"],
    ["iam:AssociatedResourceArn", "narrows"],
    ["s3:prefix", "narrows"],
    ["dynamodb:LeadingKeys", "narrows"],
  ])("%s: %s", (key, expected) => {
    expect(effect({ StringEquals: { [key]: "x" } })).toBe(expected);
  });
});

test.each([
  "aws:SourceVpc",
  "aws:SourceVpce",
  "aws:VpcSourceIp",
  "ec2:SourceInstanceARN",
  "aws:Ec2InstanceSourceVpc",
  "aws:Ec2InstanceSourcePrivateIPv4",
])("contextual: %s", (key) => {
  expect(effect({ StringEquals: { [key]: "x" } })).toBe("context");
});

describe("not narrowing", () => {
  test.each([
    ["aws:SecureTransport", "true"],
    ["aws:RequestedRegion", "eu-west-1"],
    ["aws:PrincipalAccount", "111122223333"],
    ["aws:PrincipalOrgID", "o-1"],
    ["aws:PrincipalTag/app", "x"],
    ["aws:userid", "x"],
    ["aws:UserAgent", "x"],
    ["kms:CallerAccount", "111122223333"],
    ["sts:ExternalId", "x"],
    ["sts:RoleSessionName", "x"],
    ["ec2:osuser", "ec2-user"],
    ["aws:ResourceOrgID", "o-1"],
    ["aws:ResourceAccount", "111122223333"],
  ])("%s", (key, value) => {
    expect(effect({ StringEquals: { [key]: value } })).toBe("none");
  });

  test.each<[string, Json]>([
    ["a negated operator", { StringNotEquals: { "aws:ResourceTag/app": "x" } }],
    ["IfExists", { StringEqualsIfExists: { "aws:ResourceTag/app": "x" } }],
    ["ForAllValues", { "ForAllValues:StringEquals": { "aws:RequestTag/app": "x" } }],
    ["ForAnyValue on TagKeys", { "ForAnyValue:StringEquals": { "aws:TagKeys": "x" } }],
    ["a star for a value", { StringLike: { "aws:ResourceTag/app": "*" } }],
    ["a star among the values", { StringLike: { "aws:ResourceTag/app": ["x", "**"] } }],
    ["any text", { StringLike: { "aws:ResourceTag/app": "?*" } }],
    ["any alias", { "ForAnyValue:StringLike": { "kms:ResourceAliases": ["alias/app", "alias/*"] } }],
    ["any service in between", { StringLike: { "kms:ViaService": "*.amazonaws.com" } }],
    ["any cluster", { ArnLike: { "ecs:cluster": "arn:aws:ecs:*:*:cluster/*" } }],
    ["any cluster of one region", { ArnLike: { "ecs:cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/*" } }],
    ["any secret", { StringLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:*:*:secret:*" } }],
    ["any object", { StringLike: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::*/*" } }],
    ["a policy that may be the administrator's", { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/*" } }],
    ["the whole internet", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }],
    ["Null true on a tag", { Null: { "aws:ResourceTag/app": "true" } }],
    ["Null false on what is no name", { Null: { "aws:SecureTransport": "false" } }],
    ["a switch that is off", { Bool: { "aws:ViaAWSService": "false" } }],
    ["seconds that are to come", { DateLessThan: { "aws:EpochTime": "4102444800" } }],
    ["a time limit that is to come", { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } }],
    ["a time that has begun", { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }],
  ])("%s", (_, condition) => {
    expect(effect(condition)).toBe("none");
  });
});

test.each<[string, Json, string]>([
  ["Null false on a tag: it must be there", { Null: { "aws:ResourceTag/app": "false" } }, "tag"],
  ["ForAllValues on TagKeys", { "ForAllValues:StringEquals": { "aws:TagKeys": ["x"] } }, "narrows"],
  ["a prefix", { StringLike: { "aws:ResourceTag/app": "web-*" } }, "tag"],
  ["values of one character", { StringLike: { "aws:ResourceTag/app": "?" } }, "tag"],
  ["aliases of a prefix", { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/app-*" } }, "narrows"],
  ["the alias that is written so", { StringEquals: { "kms:RequestAlias": "alias/*" } }, "narrows"],
  ["one service of any region", { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } }, "narrows"],
  ["clusters of a prefix", { ArnLike: { "ecs:cluster": "arn:aws:ecs:*:*:cluster/app-*" } }, "narrows"],
  ["objects of one bucket", { StringLike: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::app/*" } }, "narrows"],
  ["a role for any machine", { ArnLike: { "iam:AssociatedResourceArn": "arn:aws:ec2:*:*:instance/*" } }, "passed to"],
  ["a role for one machine", { ArnLike: { "iam:AssociatedResourceArn": "arn:aws:ec2:*:*:instance/i-1" } }, "narrows"],
  ["equal to a star", { StringEquals: { "aws:ResourceTag/app": "*" } }, "tag"],
  ["policies of a path", { ArnLike: { "iam:PolicyARN": "arn:aws:iam::*:policy/apps/*" } }, "narrows"],
  ["a tag and a name", { StringEquals: { "aws:ResourceTag/app": "x", "ecs:cluster": "y" } }, "narrows"],
  ["a value that is not known", { StringEquals: { "aws:ResourceTag/app": unknown } }, "tag"],
  ["a service that is not known", { StringEquals: { "iam:PassedToService": unknown } }, "narrows"],
  ["a network", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "context"],
])("%s", (_, condition, expected) => {
  expect(effect(condition)).toBe(expected);
});

describe("dead for a role on a machine", () => {
  test.each<[string, Json]>([
    ["MFA", { Bool: { "aws:MultiFactorAuthPresent": "true" } }],
    ["age of MFA", { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } }],
    ["a user's name", { StringEquals: { "aws:username": "deploy" } }],
    ["another kind of principal", { StringEquals: { "aws:PrincipalType": "User" } }],
    ["no time of issue", { Null: { "aws:TokenIssueTime": "true" } }],
    ["the ARN of a calling service", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } }],
    ["the account of a calling service", { StringEquals: { "aws:SourceAccount": "111122223333" } }],
    ["a service as the caller", { Bool: { "aws:PrincipalIsAWSService": "true" } }],
    ["a time that is over", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }],
    ["a time in seconds that is over", { DateLessThan: { "aws:EpochTime": "1500000000" } }],
    ["a number of seconds that is over", { NumericLessThanEquals: { "aws:EpochTime": 1500000000 } }],
    ["a name there must be and is not", { Null: { "aws:username": "false" } }],
    ["another role", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/other" } }],
    ["no value at all", { StringEquals: { "aws:ResourceTag/app": [] } }],
    ["no region", { StringEquals: { "aws:RequestedRegion": [] } }],
    ["an empty region", { StringEquals: { "aws:RequestedRegion": "" } }],
    ["an empty region, if there is one", { StringLikeIfExists: { "aws:RequestedRegion": [""] } }],
    ["a variable that is never there", { StringEquals: { "aws:ResourceTag/owner": "${aws:username}" } }],
  ])("%s", (_, condition) => {
    expect(effect(condition)).toBe("dead");
  });

  test.each<[string, Json]>([
    ["MFA if it exists", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }],
    ["no MFA", { Bool: { "aws:MultiFactorAuthPresent": "false" } }],
    ["all of the tags that a request has, where it has none", { "ForAllValues:StringEquals": { "aws:TagKeys": [] } }],
    ["no value excepted", { StringNotEquals: { "aws:ResourceTag/app": [] } }],
    ["an empty region among others", { StringEquals: { "aws:RequestedRegion": ["", "eu-west-1"] } }],
    ["its kind of principal", { StringEquals: { "aws:PrincipalType": ["User", "AssumedRole"] } }],
    ["its own ARN", { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/app" } }],
    ["roles of its kind", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/a*" } }],
    ["another role excepted", { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/other" } }],
  ])("live: %s", (_, condition) => {
    expect(effect(condition)).toBe("none");
  });
});

describe("its own tags", () => {
  const tags = new Map([["Team", "web"]]);
  test.each<[string, Json, ReadonlyMap<string, string> | undefined, string]>([
    ["a tag it has", { StringEquals: { "aws:PrincipalTag/team": "web" } }, tags, "none"],
    ["a pattern of it", { StringLike: { "aws:PrincipalTag/team": "w*" } }, tags, "none"],
    ["another value", { StringEquals: { "aws:PrincipalTag/team": "db" } }, tags, "dead"],
    ["a tag it lacks", { StringEquals: { "aws:PrincipalTag/app": "db" } }, tags, "dead"],
    ["a tag it lacks, if it exists", { StringEqualsIfExists: { "aws:PrincipalTag/app": "db" } }, tags, "none"],
    ["tags that are not known", { StringEquals: { "aws:PrincipalTag/app": "db" } }, undefined, "none"],
  ])("%s", (_, condition, of, expected) => {
    expect(effect(condition, { tags: of })).toBe(expected);
  });
});

test("what must be tagged, and which services a role may go to, is kept", () => {
  const Condition = {
    StringLike: { "aws:ResourceTag/App": ["web", "db-*"] },
    StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ecs.amazonaws.com"] },
    StringEqualsIgnoreCase: { "iam:PassedToService": "EC2.amazonaws.com" },
  };
  expect(limits(Condition)).toMatchObject({
    tags: [{ key: "app", values: ["web", "db-*"] }],
    passedTo: ["ec2.amazonaws.com"],
  });
});

test.each<[string, Json, readonly string[]]>([
  [
    "a service and a pattern of it",
    { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" }, StringLike: { "iam:PassedToService": "e*" } },
    ["ec2.amazonaws.com"],
  ],
  [
    "two services",
    { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" }, StringLike: { "iam:PassedToService": "lambda.*" } },
    [],
  ],
  [
    "the service of any function",
    { ArnLike: { "iam:AssociatedResourceArn": "arn:aws:lambda:*:*:function:*" } },
    ["lambda*"],
  ],
])("a role may go to %s", (_, Condition, expected) => {
  expect(limits(Condition).passedTo).toEqual(expected);
});
