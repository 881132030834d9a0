import { breadthForAction, breadthOf } from "../../../policies/iam/breadth";
import { catalogue } from "../../../policies/iam/catalogue";
import type { Bound } from "../../../policies/iam/clauses";
import { Permissions } from "../../../policies/iam/permissions";
import type { RoleIdentity } from "../../../policies/iam/role";
import { unknown } from "../harness";
import { allow, deny, document, role, type Json } from "./roles";

function action(name: string) {
  const found = catalogue().action(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found;
}

function type(of: string, name: string) {
  const { required, optional } = action(of);
  const found = [...required, ...optional].find((each) => each.name === name);
  if (!found) throw new Error(`${of} takes no ${name}`);
  return found;
}

describe("breadth of a pattern for a resource type", () => {
  test.each([
    ["s3:GetObject", "object", "*", "all"],
    ["s3:GetObject", "object", "arn:aws:s3:::*", "all"],
    ["s3:GetObject", "object", "arn:aws:s3:::*/*", "all"],
    ["s3:GetObject", "object", "arn:aws:s3:::bucket/*", "some"],
    ["s3:GetObject", "object", "arn:aws:s3:::bucket/key", "named"],
    ["s3:GetObject", "object", "arn:aws:s3:::bucket", "none"],
    ["s3:GetObject", "object", "arn:aws:sqs:*:*:*", "none"],
    ["s3:ListBucket", "bucket", "arn:aws:s3:::*", "all"],
    ["s3:ListBucket", "bucket", "arn:aws:s3:::app-*", "some"],
    ["s3:ListBucket", "bucket", "arn:aws:s3:::bucket/*", "none"],
    ["s3:ListBucket", "bucket", "arn:aws:s3:::*/*", "none"],
    ["iam:PassRole", "role", "arn:aws:iam::*:role/*", "all"],
    ["iam:PassRole", "role", "arn:aws:iam::111122223333:*", "all"],
    ["iam:PassRole", "role", "arn:aws:iam::111122223333:role/*", "all"],
    ["iam:PassRole", "role", "arn:aws:iam::*:role/app-*", "some"],
    ["iam:PassRole", "role", "arn:aws:iam::*:role/service-role/*", "some"],
    ["iam:PassRole", "role", "arn:aws:iam::111122223333:role/app", "named"],
    ["iam:PassRole", "role", "arn:aws:iam::111122223333:user/*", "none"],
    ["iam:PassRole", "role", "arn:aws:iam::*:policy/*", "none"],
    ["ssm:SendCommand", "instance", "arn:aws:ec2:*:*:instance/*", "all"],
    ["ssm:SendCommand", "instance", "arn:aws:ec2:eu-west-1:111122223333:instance/*", "all"],
    ["ssm:SendCommand", "instance", "arn:aws:ec2:*:*:instance/i-*", "all"],
    ["ssm:SendCommand", "instance", "arn:aws:ec2:*:*:instance/i-0*", "some"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:*", "all"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*-??????", "all"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:*-*", "all"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:*??????", "all"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:*-?????", "some"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:shop/*-??????", "some"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:db-??????", "some"],
    ["secretsmanager:GetSecretValue", "Secret", "arn:aws:secretsmanager:*:*:secret:*-admin-??????", "some"],
    ["ssm:SendCommand", "document", "arn:aws:ssm:*:*:document/*", "all"],
    ["sqs:SendMessage", "queue", "arn:aws:sqs:*:*:?*", "all"],
    ["sqs:SendMessage", "queue", "arn:*:sqs:*:*:*", "all"],
  ] as const)("%s on %s: %s is %s", (of, name, pattern, expected) => {
    expect(breadthOf({ pattern, except: [] }, type(of, name))).toBe(expected);
  });

  test.each([
    ["what is excepted whole is none", "*", ["arn:aws:s3:::*"], "none"],
    ["what is excepted in part stays", "*", ["arn:aws:s3:::logs/*"], "all"],
    ["another type is no exception", "arn:aws:s3:::*", ["arn:aws:sqs:*:*:*"], "all"],
  ] as const)("%s", (_, pattern, except, expected) => {
    expect(breadthOf({ pattern, except }, type("s3:GetObject", "object"))).toBe(expected);
  });

  test.each([
    ["*", ["us-east-1"], "all"],
    ["*", ["us-*"], "all"],
    ["*", ["*"], "none"],
    ["arn:aws:sqs:*:*:*", ["us-east-1"], "all"],
    ["arn:aws:sqs:eu-west-1:*:*", ["us-east-1"], "all"],
    ["arn:aws:sqs:eu-west-1:*:*", ["us-east-1", "eu-west-1"], "none"],
    ["arn:aws:sqs:eu-west-1:*:*", ["eu-*"], "none"],
    ["*", ["?*"], "none"],
  ] as const)("%s less the queues of %j is %s", (pattern, regions, expected) => {
    const except = regions.map((region) => `arn:aws:sqs:${region}:*:*`);
    expect(breadthOf({ pattern, except }, type("sqs:SendMessage", "queue"))).toBe(expected);
  });

  test.each([
    ["111122223333", "111122223333", "none"],
    ["111122223333", undefined, "none"],
    ["*", "111122223333", "none"],
    ["444455556666", "111122223333", "all"],
  ] as const)("everything less the queues of %s, in %s, is %s", (denied, account, expected) => {
    const except = [`arn:aws:sqs:*:${denied}:*`];
    expect(breadthOf({ pattern: "*", except, account }, type("sqs:SendMessage", "queue"))).toBe(expected);
  });

  test.each([
    ["ec2:DescribeInstances", ["*"], "all"],
    ["ec2:DescribeInstances", ["**"], "all"],
    ["ec2:DescribeInstances", ["arn:aws:ec2:*:*:*"], "none"],
    ["iam:PassRole", ["arn:aws:iam::*:user/*", "arn:aws:iam::*:role/a"], "named"],
    ["ec2:RunInstances", ["arn:aws:ec2:*:*:instance/*"], "none"],
    ["ec2:RunInstances", ["arn:aws:ec2:*:*:*", "arn:aws:ec2:*::image/*"], "all"],
    ["cloudwatch:PutMetricData", ["*"], "all"],
  ] as const)("%s on %j is %s", (name, patterns, expected) => {
    const resources = patterns.map((pattern) => ({ pattern, except: [] }));
    expect(breadthForAction(resources, action(name))).toBe(expected);
  });
});

interface Given {
  readonly documents: readonly unknown[];
  readonly boundary?: unknown;
  readonly identity?: Partial<RoleIdentity>;
}

function reach(name: string, given: Given, bound: Bound = "lower"): string {
  return new Permissions(role(given), bound).reach(action(name)).breadth;
}

const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const only = (...statements: readonly Json[]): Given => ({ documents: [document(...statements)] });

describe("Allow and Deny", () => {
  test.each<[string, string, Given, string]>([
    ["nothing", "sqs:SendMessage", { documents: [] }, "none"],
    ["by name", "sqs:SendMessage", only(allow("sqs:SendMessage", QUEUE)), "named"],
    ["in any case", "sqs:SendMessage", only(allow("SQS:sendmessage")), "all"],
    ["by wildcard", "sqs:SendMessage", only(allow("sqs:Send*", "arn:aws:sqs:*:*:job*")), "some"],
    ["another action", "sqs:SendMessage", only(allow("sqs:DeleteMessage")), "none"],
    ["white space makes another action", "sqs:SendMessage", only(allow(" sqs:SendMessage")), "none"],
    ["NotAction", "sqs:SendMessage", only({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), "all"],
    ["NotAction that names it", "iam:PassRole", only({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), "none"],
    ["NotResource", "sqs:SendMessage", only({ Effect: "Allow", Action: "*", NotResource: QUEUE }), "all"],
    [
      "NotResource of the whole",
      "sqs:SendMessage",
      only({ Effect: "Allow", Action: "*", NotResource: "arn:aws:sqs:*:*:*" }),
      "none",
    ],
    ["the union of statements", "sqs:SendMessage", only(allow("sqs:*", QUEUE), allow("sqs:Send*")), "all"],
    [
      "the union of documents",
      "sqs:SendMessage",
      { documents: [document(allow("sqs:*", QUEUE)), document(allow("*"))] },
      "all",
    ],
    [
      "a Deny of another document",
      "sqs:SendMessage",
      { documents: [document(allow("*")), document(deny("sqs:*"))] },
      "none",
    ],
    ["a Deny of a name leaves the rest", "sqs:SendMessage", only(allow("*"), deny("sqs:*", QUEUE)), "all"],
    ["a Deny of that name", "sqs:SendMessage", only(allow("sqs:*", QUEUE), deny("*", QUEUE)), "none"],
    ["a Deny of every queue", "sqs:SendMessage", only(allow("*"), deny("sqs:*", "arn:aws:sqs:*:*:*")), "none"],
    [
      "a Deny in one region leaves the others",
      "sqs:SendMessage",
      only(allow("*"), deny("sqs:*", "arn:aws:sqs:us-east-1:*:*")),
      "all",
    ],
    [
      "a Deny in the only region",
      "sqs:SendMessage",
      only(allow("*", "arn:aws:sqs:us-east-1:*:*"), deny("sqs:*", "arn:aws:sqs:us-*:*:*")),
      "none",
    ],
    [
      "a Deny with a condition",
      "sqs:SendMessage",
      only(allow("*"), deny("*", "*", { Bool: { "aws:SecureTransport": "false" } })),
      "all",
    ],
    [
      "a Deny of all but",
      "sqs:SendMessage",
      only(allow("*"), { Effect: "Deny", NotAction: "s3:*", Resource: "*" }),
      "none",
    ],
    [
      "a Deny of all but that",
      "s3:GetObject",
      only(allow("*"), { Effect: "Deny", NotAction: "s3:*", Resource: "*" }),
      "all",
    ],
    [
      "a Deny of all resources but",
      "sqs:SendMessage",
      only(allow("*"), { Effect: "Deny", Action: "*", NotResource: QUEUE }),
      "named",
    ],
    [
      "a Deny of all resources but others",
      "sqs:SendMessage",
      only(allow("*"), { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::*" }),
      "none",
    ],
    [
      "a condition that narrows",
      "sqs:SendMessage",
      only(allow("*", "*", { StringEquals: { "aws:ResourceTag/a": "b" } })),
      "some",
    ],
    [
      "a condition that does not",
      "sqs:SendMessage",
      only(allow("*", "*", { Bool: { "aws:SecureTransport": "true" } })),
      "all",
    ],
    [
      "a condition that never holds",
      "sqs:SendMessage",
      only(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })),
      "none",
    ],
    ["a wildcard-only action on an ARN", "ec2:DescribeInstances", only(allow("ec2:*", "arn:aws:ec2:*:*:*")), "none"],
    ["a resource of another service", "sqs:SendMessage", only(allow("sqs:*", "arn:aws:s3:::*")), "none"],
    ["a short ARN", "sqs:SendMessage", only(allow("sqs:*", "arn:aws:sqs")), "all"],
    ["a variable that is never there", "s3:GetObject", only(allow("s3:*", "arn:aws:s3:::${aws:username}/*")), "none"],
    [
      "an exception by a variable that is never there",
      "s3:GetObject",
      only({ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::${aws:username}" }),
      "all",
    ],
    [
      "a value that is not known is one value",
      "s3:GetObject",
      only(allow("s3:*", "arn:aws:s3:::b/${aws:userid}")),
      "named",
    ],
    [
      "RunInstances without an image",
      "ec2:RunInstances",
      only(allow("ec2:RunInstances", "arn:aws:ec2:*:*:instance/*")),
      "none",
    ],
    [
      "RunInstances with an image of one name",
      "ec2:RunInstances",
      only(allow("ec2:RunInstances", ["arn:aws:ec2:*:*:*/*", "arn:aws:ec2:*::image/ami-1"])),
      "all",
    ],
  ])("%s", (_, name, given, expected) => {
    expect(reach(name, given)).toBe(expected);
  });

  test.each<[string, string, string, string]>([
    ["its own partition", "aws-cn", "arn:aws-cn:sqs:*:*:*", "all"],
    ["another partition", "aws-cn", "arn:aws:sqs:*:*:*", "none"],
    ["any partition", "aws-cn", "arn:*:sqs:*:*:*", "all"],
  ])("%s", (_, partition, pattern, expected) => {
    expect(reach("sqs:SendMessage", { ...only(allow("sqs:*", pattern)), identity: { partition } })).toBe(expected);
  });
});

test.each<[string, Json, string]>([
  ["no region is left out", { StringNotEquals: { "aws:RequestedRegion": [] } }, "none"],
  ["an empty region is left out", { StringNotEquals: { "aws:RequestedRegion": "" } }, "none"],
  ["an empty region is left out, if there is one", { StringNotLikeIfExists: { "aws:RequestedRegion": [""] } }, "none"],
  ["any region will do", { StringLike: { "aws:RequestedRegion": "*" } }, "none"],
  ["nothing is left out", { StringNotEquals: { "aws:ResourceTag/app": [] } }, "none"],
  ["what has an empty tag is left out", { StringNotEquals: { "aws:ResourceTag/app": "" } }, "all"],
  ["a region is left out", { StringNotEquals: { "aws:RequestedRegion": ["", "eu-west-1"] } }, "all"],
  ["a region that is not known is left out", { StringNotEquals: { "aws:RequestedRegion": [unknown] } }, "all"],
  ["no region is meant", { StringEquals: { "aws:RequestedRegion": [] } }, "all"],
  ["some value is not left out", { "ForAnyValue:StringNotEquals": { "aws:TagKeys": [] } }, "all"],
  ["one of two conditions holds", { StringLike: { "aws:RequestedRegion": "*", "aws:userid": "x" } }, "all"],
])("a Deny where %s", (_, condition, left) => {
  const permissions = new Permissions(role(only(allow("*"), deny("sqs:*", "*", condition))), "lower");
  expect(permissions.reach(action("sqs:SendMessage")).breadth).toBe(left);
});

test.each<[string, Given, boolean]>([
  ["everything", only(allow("*")), true],
  ["a Deny of every queue", only(allow("*"), deny("*", "arn:aws:sqs:*:*:*")), false],
  ["a Deny in one region", only(allow("*"), deny("*", "arn:aws:*:us-east-1:*:*")), true],
  [
    "a Deny but in one region",
    only(allow("*"), { Effect: "Deny", Action: "*", NotResource: "arn:aws:sqs:us-east-1:*:*" }),
    true,
  ],
  ["NotResource of every queue", only({ Effect: "Allow", Action: "*", NotResource: "arn:aws:sqs:*:*:*" }), false],
  ["NotResource in one region", only({ Effect: "Allow", Action: "*", NotResource: "arn:aws:*:us-east-1:*:*" }), true],
])("granted everywhere: %s", (_, given, expected) => {
  const { everywhere } = new Permissions(role(given), "lower");
  expect(everywhere.some(([, actions]) => actions.has(action("sqs:SendMessage").id))).toBe(expected);
});

describe("within a boundary", () => {
  const all = [document(allow("*"))];
  test.each<[string, string, Given, string]>([
    ["that allows it", "sqs:SendMessage", { documents: all, boundary: document(allow("sqs:*")) }, "all"],
    ["that allows another service", "s3:GetObject", { documents: all, boundary: document(allow("sqs:*")) }, "none"],
    ["grants nothing by itself", "sqs:SendMessage", { documents: [], boundary: document(allow("*")) }, "none"],
    ["of one queue", "sqs:SendMessage", { documents: all, boundary: document(allow("*", QUEUE)) }, "named"],
    [
      "of some queues, the grant of others",
      "sqs:SendMessage",
      { documents: [document(allow("*", QUEUE))], boundary: document(allow("*", "arn:aws:sqs:*:*:x*")) },
      "none",
    ],
    ["that denies", "sqs:SendMessage", { documents: all, boundary: document(allow("*"), deny("sqs:*")) }, "none"],
    [
      "with a condition that narrows",
      "sqs:SendMessage",
      { documents: all, boundary: document(allow("*", "*", { StringEquals: { "aws:ResourceTag/a": "b" } })) },
      "some",
    ],
    [
      "by NotAction",
      "iam:PassRole",
      { documents: all, boundary: document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) },
      "none",
    ],
  ])("%s", (_, name, given, expected) => {
    expect(reach(name, given)).toBe(expected);
  });

  test.each([
    ["ec2.amazonaws.com", "ec2.*", ["ec2.amazonaws.com"]],
    ["*.amazonaws.com", "ec2.amazonaws.com", ["ec2.amazonaws.com"]],
    ["ec2.amazonaws.com", "lambda.*", []],
  ])("a role for %s within one for %s", (granted, bound, expected) => {
    const pass = (service: string) => allow("iam:PassRole", "*", { StringLike: { "iam:PassedToService": service } });
    const given = { documents: [document(pass(granted))], boundary: document(pass(bound)) };
    const grants = new Permissions(role(given), "lower").grants(action("iam:PassRole"));
    expect(grants.flatMap(({ limits }) => limits.passedTo)).toEqual(expected);
  });
});

describe("what is not known: at least, and at most", () => {
  test.each<[string, Given, readonly [string, string]]>([
    ["a resource", only(allow("sqs:*", unknown)), ["none", "all"]],
    ["one of two resources", only(allow("sqs:*", [QUEUE, unknown])), ["named", "all"]],
    ["an action", only(allow(unknown)), ["none", "all"]],
    ["an effect", only({ Effect: unknown, Action: "*", Resource: "*" }), ["none", "all"]],
    ["all conditions", only({ ...allow("*"), Condition: unknown }), ["none", "all"]],
    ["what is denied", only(allow("*"), deny(unknown)), ["none", "all"]],
    ["on what it is denied", only(allow("*"), deny("*", unknown)), ["none", "all"]],
    ["what is excepted", only({ Effect: "Allow", NotAction: unknown, Resource: "*" }), ["none", "all"]],
    ["the boundary", { documents: [document(allow("*"))], boundary: unknown }, ["none", "all"]],
    [
      "a statement of the boundary",
      { documents: [document(allow("*"))], boundary: document(unknown) },
      ["none", "all"],
    ],
  ])("%s", (_, given, expected) => {
    expect([reach("sqs:SendMessage", given), reach("sqs:SendMessage", given, "upper")]).toEqual(expected);
  });
});

test("what is granted on everything is worked out for all actions at once", () => {
  const everywhere = (...statements: readonly Json[]): string[] => {
    const { everywhere: all } = new Permissions(role(only(...statements)), "lower");
    return all.map(([, actions]) => [...catalogue().actions(actions)].map(({ name }) => name).join());
  };
  expect(everywhere(allow("sqs:Send*"), allow("sqs:DeleteQueue", QUEUE))).toEqual(["sqs:SendMessage", ""]);
  expect(everywhere(allow("sqs:S*"), deny("sqs:SendMessage"), deny("sqs:set*"))).toEqual(["sqs:StartMessageMoveTask"]);
  expect(everywhere(allow("sqs:Send*"), deny("sqs:*", QUEUE))).toEqual(["sqs:SendMessage"]);
});
