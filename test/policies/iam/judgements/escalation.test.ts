/** Every method of escalation alone, and what takes it away. */
import { catalogue } from "../../../../policies/iam/catalogue";
import type { Method } from "../../../../policies/iam/judgements/method";
import { METHODS } from "../../../../policies/iam/judgements/methods";
import { unknown } from "../../harness";
import { ACCOUNT, allow, codes, deny, document, issues, mandatory, open, program, role, type Json } from "../roles";

const DIRECT = METHODS.filter(({ needs, tier }) => needs.length > 0 && tier !== "tagging");
const each = DIRECT.map((method) => [method.name, method] as const);
const actionsOf = ({ needs }: Method): string[] => [...new Set(needs.map(({ action }) => action))];
const judged = (...statements: readonly Json[]) => role({ documents: [document(...statements)] });

/** Whether the method itself is reported as one that works, whatever else its actions break. */
function isReported({ needs }: Method, of: ReturnType<typeof role>): boolean {
  const text = needs.map(({ action }) => action).join(" + ");
  return issues(of).some(({ concern, actions }) => concern === "escalation" && actions.includes(text));
}

test.each(each)("%s alone is escalation", (_, method) => {
  expect(isReported(method, judged(allow(actionsOf(method))))).toBe(true);
});

test.each(each)("%s over several documents is escalation", (_, method) => {
  const documents = actionsOf(method).map((action) => document(allow(action.toUpperCase())));
  expect(isReported(method, role({ documents }))).toBe(true);
});

test.each(each)("%s without any one of its actions is not complete", (_, method) => {
  for (const missing of actionsOf(method)) {
    const rest = actionsOf(method).filter((action) => action !== missing);
    if (rest.length > 0) expect(isReported(method, judged(allow(rest)))).toBe(false);
    expect(isReported(method, judged(allow(actionsOf(method)), deny(missing)))).toBe(false);
  }
});

test.each(each)("%s outside the boundary is none", (_, method) => {
  const documents = [document(allow(actionsOf(method)))];
  expect(isReported(method, role({ documents, boundary: document(allow("sqs:*")) }))).toBe(false);
  expect(isReported(method, role({ documents, boundary: document(allow("*")) }))).toBe(true);
});

test.each(each)("%s behind what is not known is unverified", (_, method) => {
  const [first = "", ...rest] = actionsOf(method);
  const statements = [{ ...allow(first), Resource: unknown }, ...(rest.length > 0 ? [allow(rest)] : [])];
  const of = judged(...statements);
  expect(isReported(method, of)).toBe(false);
  if (!mandatory(of).includes("escalation")) expect(open(of)).toContain("escalation");
});

test.each(each)("%s under a condition that is no limit", (_, method) => {
  const Condition = { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
  expect(isReported(method, judged(allow(actionsOf(method), "*", Condition)))).toBe(true);
});

/** An ARN of one thing of the first type that decides. */
function named({ needs }: Method): string[] {
  const types = needs.flatMap(({ action, target }) => {
    const { required = [], optional = [] } = catalogue().action(action) ?? {};
    return [...required, ...optional].filter(({ name }) => target.includes(name));
  });
  const values: Readonly<Record<string, string>> = { Partition: "aws", Account: ACCOUNT, Region: "eu-west-1" };
  const fill = (arn: string) => arn.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? "harmless");
  return types.flatMap(({ arns }) => arns.map(fill));
}

const RESTRICTABLE = each.filter(([, method]) => named(method).length > 0);

test.each(RESTRICTABLE)("%s on something that is named is no mandatory finding", (_, method) => {
  const targeted = method.needs.filter(({ target }) => target.length > 0).map(({ action }) => action);
  const others = actionsOf(method).filter((action) => !targeted.includes(action));
  const statements = [allow(targeted, named(method)), ...(others.length > 0 ? [allow(others)] : [])];
  expect(isReported(method, judged(...statements))).toBe(false);
});

test("but for settings of the account, every method can be limited to resources", () => {
  expect(each.filter(([, method]) => named(method).length === 0).map(([name]) => name)).toEqual([
    "IMDSDefaultsDowngrade",
  ]);
});

test("shorthands consist of methods that are judged by themselves", () => {
  const names = DIRECT.map(({ name }) => name);
  for (const { consistsOf } of METHODS) expect(names).toEqual(expect.arrayContaining([...consistsOf]));
  expect(mandatory(judged(allow("iam:*")))).toEqual(["administration"]);
  expect(mandatory(judged(allow("iam:Put*")))).toEqual(["escalation"]);
});

describe("the own role", () => {
  const self = `arn:aws:iam::${ACCOUNT}:role/app`;
  test.each<[string, Json, readonly string[]]>([
    ["by its ARN", allow("iam:PutRolePolicy", self), ["privesc-self"]],
    ["by a prefix that has it", allow("iam:AttachRolePolicy", "arn:aws:iam::*:role/a*"), ["privesc-self"]],
    ["another role", allow("iam:PutRolePolicy", `${self}-2`), ["iam-write-named"]],
    ["another path", allow("iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/apps/*`), ["iam-write-named"]],
    ["all but it", { Effect: "Allow", Action: "iam:PutRolePolicy", NotResource: self }, ["privesc-self"]],
    [
      "with a boundary to be kept",
      allow("iam:PutRolePolicy", self, { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } }),
      ["iam-write-named"],
    ],
    [
      "with harmless policies only",
      allow("iam:AttachRolePolicy", "*", { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } }),
      ["iam-write-named"],
    ],
    ["policies of AWS, which nobody writes", allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*"), []],
  ])("%s", (_, statement, expected) => {
    expect(codes(judged(statement)).filter((code) => /privesc|iam-write/.test(code))).toEqual(expected);
  });

  test("another role that it may also take", () => {
    const statement = allow(["iam:PutRolePolicy", "sts:AssumeRole"], `arn:aws:iam::${ACCOUNT}:role/other`);
    expect(codes(judged(statement))).toContain("privesc-self");
  });
});

describe("roles passed", () => {
  const pass = (Resource: string, Condition?: Json) => [
    allow("iam:PassRole", Resource, Condition),
    allow("ec2:RunInstances"),
  ];
  const to = (service: string) => ({ StringEquals: { "iam:PassedToService": service } });
  test.each<[string, readonly Json[], boolean]>([
    ["to the very service", pass("*", to("ec2.amazonaws.com")), true],
    ["to another service", pass("*", to("lambda.amazonaws.com")), false],
    ["to services by wildcard", pass("*", { StringLike: { "iam:PassedToService": "e*.amazonaws.com" } }), true],
    ["by tags, which do not count", pass("*", { StringEquals: { "aws:ResourceTag/a": "b" } }), true],
    ["by name", pass(`arn:aws:iam::${ACCOUNT}:role/worker`), false],
    ["of every path", pass("arn:aws:iam::*:role/*"), true],
  ])("%s", (_, statements, expected) => {
    expect(mandatory(judged(...statements)).includes("escalation")).toBe(expected);
  });
});

describe("reach in the program", () => {
  const trust = (Principal: unknown) => document({ Effect: "Allow", Action: "sts:AssumeRole", Principal });
  const other = (name: string, documents: readonly unknown[], Principal: unknown = { Service: "ec2.amazonaws.com" }) =>
    role({ documents, trust: trust(Principal), identity: { name }, label: `role ${name}` });
  const admin = other("deploy", [document(allow("*"))]);
  const harmless = other("deploy", [document(allow("sqs:SendMessage", `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`))]);
  const arn = `arn:aws:iam::${ACCOUNT}:role/deploy`;
  const passing = judged(allow("iam:PassRole", arn), allow("ec2:RunInstances"));

  test("a named role that is stronger", () => {
    expect(mandatory(passing, program([passing, admin]))).toEqual(["escalation"]);
  });

  test.each<[string, ReturnType<typeof role>]>([
    ["is harmless", harmless],
    ["another service takes", other("deploy", [document(allow("*"))], { Service: "lambda.amazonaws.com" })],
    ["has another name", other("other", [document(allow("*"))])],
  ])("a named role that %s", (_, target) => {
    expect(mandatory(passing, program([passing, target]))).toEqual([]);
  });

  test.each<[string, unknown, boolean]>([
    ["by its ARN", { AWS: `arn:aws:iam::${ACCOUNT}:role/app` }, true],
    ["by its account", { AWS: ACCOUNT }, true],
    ["everyone", "*", true],
    ["another role only", { AWS: `arn:aws:iam::${ACCOUNT}:role/other` }, false],
    ["another account only", { AWS: "444455556666" }, false],
    ["a service only", { Service: "ec2.amazonaws.com" }, false],
  ])("a stronger role to assume that admits it %s: %#", (_, Principal, expected) => {
    const caller = judged(allow("sts:AssumeRole", arn));
    const target = other("deploy", [document(allow("*"))], Principal);
    expect(mandatory(caller, program([caller, target])).includes("escalation")).toBe(expected);
  });

  test.each<[string, Json, boolean]>([
    ["by its id", allow("ssm:SendCommand", ["arn:aws:ec2:*:*:instance/i-1", "arn:aws:ssm:*:*:document/*"]), true],
    ["by another id", allow("ssm:SendCommand", ["arn:aws:ec2:*:*:instance/i-2", "arn:aws:ssm:*:*:document/*"]), false],
    ["by its tag", allow("ssm:SendCommand", "*", { StringEquals: { "aws:ResourceTag/app": "ci" } }), true],
    ["by another tag", allow("ssm:SendCommand", "*", { StringEquals: { "aws:ResourceTag/app": "web" } }), false],
  ])("a machine with a stronger role, %s", (_, statement, expected) => {
    const caller = judged(statement);
    const carrier = { label: "ci", role: admin, tags: new Map([["app", "ci"]]), ids: ["instance/i-1"] };
    expect(mandatory(caller, program([caller, admin], [carrier])).includes("escalation")).toBe(expected);
  });

  test.each<[string, ReturnType<typeof role>, readonly string[]]>([
    ["is stronger", admin, ["escalation"]],
    ["is harmless", harmless, []],
    ["has another name", other("other", [document(allow("*"))]), []],
  ])("the trust policy, rewritten, of a named role that %s", (_, target, expected) => {
    const caller = judged(allow("iam:UpdateAssumeRolePolicy", arn));
    expect(mandatory(caller, program([caller, target]))).toEqual(expected);
  });

  test("other policies of a named role that is stronger, which it cannot take, are no escalation", () => {
    const caller = judged(allow("iam:PutRolePolicy", arn));
    expect(mandatory(caller, program([caller, admin]))).toEqual([]);
  });

  describe("in its own words", () => {
    const ci = { label: "ci", role: admin, tags: new Map([["app", "ci"]]), ids: ["instance/i-1"] };
    const command = (id: string) => allow("ssm:SendCommand", [`arn:aws:ec2:*:*:instance/${id}`, DOCUMENTS]);
    const DOCUMENTS = "arn:aws:ssm:*:*:document/*";
    const some = "arn:aws:iam::444455556666:role/audit";
    const A_PART = "what its names, prefixes or tags pick out";
    const UNSHOWN = "roles of which the program shows none that is stronger";

    test.each<[string, readonly Json[], target: string, gain: RegExp]>([
      ["all roles", [allow("sts:AssumeRole")], "every role", /assumes every role that trusts the account/],
      ["a stronger role's trust", [allow("iam:UpdateAssumeRolePolicy", arn)], "the stronger role deploy", /gets its/],
      [
        "a stronger role, passed",
        [allow("iam:PassRole", arn), allow("ec2:RunInstances")],
        "the stronger role deploy",
        /^gets its permissions$/,
      ],
      [
        "a machine that carries a stronger role",
        [command("i-1")],
        "ci, which carries the stronger role deploy",
        /^gets its permissions$/,
      ],
      ["a machine that is not shown", [command("i-2")], A_PART, /as strong as the strongest role behind them/],
      ["a role that is not shown", [allow("sts:AssumeRole", some)], UNSHOWN, /as strong as the strongest of them/],
      ["another role", [allow("iam:PutRolePolicy", `${arn}-2`)], A_PART, /stronger where it can use one of them/],
      [
        "another role that it takes",
        [allow(["iam:PutRolePolicy", "sts:AssumeRole"], `${arn}-2`)],
        "roles that it may take",
        /^rewrites one of them and acts as it$/,
      ],
      [
        "metadata options of a tag",
        [allow("ec2:ModifyInstanceMetadataOptions", "*", { StringEquals: { "aws:ResourceTag/app": "x" } })],
        A_PART,
        /^turns IMDSv1 back on/,
      ],
    ])("%s", (_, statements, target, gain) => {
      const caller = judged(...statements);
      const [issue] = issues(caller, program([caller, admin], [ci]));
      expect(issue?.target).toBe(target);
      expect(issue?.gain).toMatch(gain);
    });
  });

  test("of one statement, what reaches everything is said before what reaches less", () => {
    const caller = judged(allow("iam:UpdateAssumeRolePolicy", [arn, `arn:aws:iam::${ACCOUNT}:role/app`]));
    const both = judged(allow(["iam:UpdateAssumeRolePolicy", "iam:PutUserPolicy"], [arn, "arn:aws:iam::*:user/*"]));
    expect(issues(caller, program([caller, admin])).map(({ target }) => target)).toContain("its own role");
    expect(issues(both, program([both, admin])).map(({ target }) => target)).toContain("everything");
  });

  test("its own machine is no target", () => {
    const caller = judged(allow("ssm:SendCommand", ["arn:aws:ec2:*:*:instance/i-1", "arn:aws:ssm:*:*:document/*"]));
    const carrier = { label: "web", role: caller, tags: new Map<string, string>(), ids: ["instance/i-1"] };
    expect(mandatory(caller, program([caller, admin], [carrier]))).toEqual([]);
  });
});

describe("tags that it sets itself", () => {
  const byTag = allow("ssm:SendCommand", "*", { StringEquals: { "aws:ResourceTag/app": "web" } });
  test.each<[string, readonly Json[], boolean]>([
    ["none", [byTag], false],
    ["every machine's", [byTag, allow("ec2:CreateTags")], true],
    [
      "at creation only",
      [byTag, allow("ec2:CreateTags", "*", { StringEquals: { "ec2:CreateAction": "RunInstances" } })],
      false,
    ],
    [
      "other keys only",
      [byTag, allow("ec2:CreateTags", "*", { "ForAllValues:StringEquals": { "aws:TagKeys": ["cost"] } })],
      false,
    ],
    ["taking tags away", [byTag, allow("ec2:DeleteTags")], false],
    [
      "the key that is asked for",
      [byTag, allow("ec2:CreateTags", "*", { "ForAllValues:StringEquals": { "aws:TagKeys": ["Name", "App"] } })],
      true,
    ],
    [
      "keys of a pattern that has it",
      [byTag, allow("ec2:CreateTags", "*", { "ForAllValues:StringLike": { "aws:TagKeys": ["a*"] } })],
      true,
    ],
    ["its value", [byTag, allow("ec2:CreateTags", "*", { StringEquals: { "aws:RequestTag/app": "web" } })], true],
    [
      "another value of it",
      [byTag, allow("ec2:CreateTags", "*", { StringEquals: { "aws:RequestTag/app": "db" } })],
      false,
    ],
    ["another tag", [byTag, allow("ec2:CreateTags", "*", { StringEquals: { "aws:RequestTag/env": "dev" } })], false],
    [
      "the key, on what has the tag already",
      [
        byTag,
        allow("ec2:CreateTags", "*", {
          "ForAllValues:StringEquals": { "aws:TagKeys": ["app"] },
          StringEquals: { "aws:ResourceTag/app": "web" },
        }),
      ],
      false,
    ],
    [
      "the key, on one machine",
      [
        byTag,
        allow("ec2:CreateTags", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", {
          "ForAllValues:StringEquals": { "aws:TagKeys": ["app"] },
        }),
      ],
      false,
    ],
  ])("%s", (_, statements, expected) => {
    expect(mandatory(judged(...statements)).includes("escalation")).toBe(expected);
  });
});

describe("one wildcard", () => {
  const found = (...statements: readonly Json[]) =>
    issues(judged(...statements)).flatMap(({ concern, code }) => (concern === "escalation" ? [code] : []));
  test.each<[string, readonly Json[], readonly string[]]>([
    ["that makes it root on every machine", [allow("ec2:*")], ["privesc-lateral"]],
    ["that only turns version 1 back on", [allow("ec2:ModifyInstanceMetadata*")], ["imds-downgrade"]],
    [
      "beside another one",
      [allow(["ec2:ModifyInstanceMetadata*", "lambda:Update*"])],
      ["imds-downgrade", "privesc-lateral"],
    ],
    [
      "in another statement",
      [allow("ec2:ModifyInstanceMetadata*"), allow("ec2:*", "*"), deny("ec2:ModifyInstanceMetadataOptions")],
      ["imds-downgrade", "privesc-lateral"],
    ],
  ])("%s", (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });
});

describe("the metadata service", () => {
  const modify = (Condition?: Json, Resource = "*") => allow("ec2:ModifyInstanceMetadataOptions", Resource, Condition);
  test.each<[string, Json, boolean]>([
    ["of every machine", modify(), true],
    ["only to make it stricter", modify({ StringEquals: { "ec2:Attribute/HttpTokens": "required" } }), false],
    [
      "required wherever it is given",
      modify({ StringEqualsIfExists: { "ec2:Attribute/HttpTokens": "required" } }),
      false,
    ],
    [
      "the endpoint off where it is given, and tokens alone",
      modify({ StringEqualsIfExists: { "ec2:Attribute/HttpEndpoint": "disabled" } }),
      true,
    ],
    [
      "the endpoint off for all values, and tokens alone",
      modify({ "ForAllValues:StringEquals": { "ec2:Attribute/HttpEndpoint": "disabled" } }),
      true,
    ],
    ["of machines that require tokens now", modify({ StringEquals: { "ec2:MetadataHttpTokens": "required" } }), true],
    ["next to a hop limit", modify({ NumericLessThan: { "ec2:Attribute/HttpPutResponseHopLimit": "3" } }), true],
    ["to whatever it likes", modify({ StringEquals: { "ec2:Attribute/HttpTokens": ["required", "optional"] } }), true],
    ["of itself", modify(undefined, "${ec2:SourceInstanceARN}"), true],
    [
      "as itself, which names the caller",
      modify({ ArnEquals: { "ec2:SourceInstanceARN": "arn:aws:ec2:*:*:instance/i-1" } }),
      true,
    ],
    ["of a tag", modify({ StringEquals: { "aws:ResourceTag/app": "x" } }), false],
  ])("%s", (_, statement, expected) => {
    expect(mandatory(judged(statement)).includes("escalation")).toBe(expected);
  });
});
