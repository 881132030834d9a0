import { readDocument } from "../../../policies/iam/document";
import { unknown } from "../harness";
import { allow, document } from "./roles";

const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
const ANY = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

const read = (value: unknown) => readDocument(value, "permissions");
const first = (value: unknown) => read(value).statements[0];

describe("read as IAM does", () => {
  test.each<[string, unknown]>([
    ["an object", document(ANY)],
    ["its text", JSON.stringify(document(ANY))],
    ["text with white space", `\n  ${JSON.stringify(document(ANY), null, 2)}\n`],
    ["one statement that is no list", { Version: "2012-10-17", Statement: ANY }],
    ["lists of one", document({ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] })],
    [
      "names of elements in any case",
      { version: "2012-10-17", statement: [{ effect: "Allow", action: "s3:GetObject", resource: "*" }] },
    ],
    ["an Id, which means nothing here", { ...document(ANY), Id: "policy" }],
    ["elements that are null", document({ ...ANY, NotAction: null, Condition: null })],
  ])("%s", (_, value) => {
    const { statements, problem } = read(value);
    expect(problem).toBeUndefined();
    expect(statements).toEqual([
      {
        effect: "Allow",
        actions: { negated: false, patterns: ["s3:GetObject"], open: false },
        resources: { negated: false, patterns: ["*"], open: false },
        principals: [],
        exceptPrincipals: false,
        conditions: [],
        open: false,
        sid: undefined,
        index: 0,
        hasVariables: true,
      },
    ]);
  });

  test("variables only where the version says so", () => {
    expect(first({ Statement: ANY })?.hasVariables).toBe(false);
    expect(first({ Version: "2008-10-17", Statement: ANY })?.hasVariables).toBe(false);
    expect(first(document(ANY))?.hasVariables).toBe(true);
  });

  test("the negated elements", () => {
    const { actions, resources } =
      first(document({ Effect: "Deny", NotAction: "iam:*", NotResource: ["a", "*"] })) ?? {};
    expect(actions).toEqual({ negated: true, patterns: ["iam:*"], open: false });
    expect(resources).toEqual({ negated: true, patterns: ["a", "*"], open: false });
  });

  test("conditions in lower case, with values of any kind", () => {
    const Condition = {
      "ForAllValues:StringLikeIfExists": { "aws:ResourceTag/App": ["a", "B*"] },
      Bool: { "aws:SecureTransport": true },
      NumericLessThan: { "s3:max-keys": 10 },
    };
    expect(first(document({ ...ANY, Condition }))?.conditions).toEqual([
      { operator: "forallvalues:stringlikeifexists", key: "aws:resourcetag/app", values: ["a", "B*"], open: false },
      { operator: "bool", key: "aws:securetransport", values: ["true"], open: false },
      { operator: "numericlessthan", key: "s3:max-keys", values: ["10"], open: false },
    ]);
  });

  test.each<[string, unknown, readonly { kind: string; value: string }[]]>([
    ["one service", { Service: "ec2.amazonaws.com" }, [{ kind: "Service", value: "ec2.amazonaws.com" }]],
    ["a star", "*", [{ kind: "*", value: "*" }]],
    [
      "several kinds",
      { AWS: ["111122223333", "*"], Federated: "x" },
      [
        { kind: "AWS", value: "111122223333" },
        { kind: "AWS", value: "*" },
        { kind: "Federated", value: "x" },
      ],
    ],
  ])("principals: %s", (_, Principal, expected) => {
    const { statements, problem } = readDocument(document({ ...TRUST, Principal }), "trust");
    expect([problem, statements[0]?.principals]).toEqual([undefined, expected]);
  });
});

describe("not known yet", () => {
  test.each<[string, unknown, object]>([
    [
      "one of the statements",
      unknown,
      { effect: "Allow", open: true, actions: { negated: false, patterns: [], open: true } },
    ],
    ["the effect", { ...ANY, Effect: unknown }, { effect: "Allow", open: true }],
    [
      "an action of several",
      { ...ANY, Action: ["s3:*", unknown] },
      { actions: { negated: false, patterns: ["s3:*"], open: true } },
    ],
    ["the resource", { ...ANY, Resource: unknown }, { resources: { negated: false, patterns: [], open: true } }],
    ["all conditions", { ...ANY, Condition: unknown }, { open: true, conditions: [] }],
    [
      "a value of a condition",
      { ...ANY, Condition: { StringEquals: { "aws:PrincipalTag/a": unknown } } },
      { open: false, conditions: [{ operator: "stringequals", key: "aws:principaltag/a", values: [], open: true }] },
    ],
  ])("%s", (_, statement, expected) => {
    const { statements, problem } = read(document(statement));
    expect(problem).toBeUndefined();
    expect(statements[0]).toMatchObject(expected);
  });

  test("all statements are anything", () => {
    const { statements, problem } = read({ Version: "2012-10-17", Statement: unknown });
    expect(problem).toBeUndefined();
    expect(statements).toMatchObject([{ effect: "Allow", open: true, actions: { open: true } }]);
    const trust = readDocument({ Version: "2012-10-17", Statement: unknown }, "trust");
    expect([trust.problem, trust.statements[0]?.open]).toEqual([undefined, true]);
  });

  test("the version, with which variables may be filled in", () => {
    const { statements, problem } = read({ Version: unknown, Statement: ANY });
    expect([problem, statements[0]?.hasVariables]).toEqual([undefined, true]);
  });

  test("a principal", () => {
    for (const Principal of [unknown, { AWS: unknown }, { Service: ["ec2.amazonaws.com", unknown] }]) {
      const { statements, problem } = readDocument(document({ ...TRUST, Principal }), "trust");
      expect([problem, statements[0]?.open]).toEqual([undefined, true]);
    }
  });
});

describe("refused by IAM, with the reason", () => {
  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /no valid JSON/],
    ["empty text", "", /no valid JSON/],
    ["JSON that is no object", "[]", /no object/],
    ["a number", 1, /no object/],
    ["nothing", undefined, /no object/],
    ["no Statement", { Version: "2012-10-17" }, /no statement/],
    ["an unheard Version", { Version: "2012-10-18", Statement: ANY }, /Version/],
    ["a Version that is a number", { Version: 2012, Statement: ANY }, /Version/],
    ["a statement that is text", document("Allow"), /statement 0 is no object/],
    ["no Effect", document({ Action: "s3:*", Resource: "*" }), /no Effect/],
    ["an Effect in another case", document({ ...ANY, Effect: "allow" }), /no Effect/],
    ["no Action", document({ Effect: "Allow", Resource: "*" }), /no Action/],
    ["no Resource", document({ Effect: "Allow", Action: "s3:*" }), /no Resource/],
    ["Action and NotAction", document({ ...ANY, NotAction: "s3:*" }), /both Action and NotAction/],
    ["Resource and NotResource", document({ ...ANY, NotResource: "*" }), /both Resource and NotResource/],
    ["an action that is a number", document({ ...ANY, Action: ["s3:*", 1] }), /Action that is no text/],
    ["an action without a service", document(allow("GetObject")), /not written as service:Action/],
    ["an action with a star for its service", document(allow("*:GetObject")), /not written as service:Action/],
    ["a resource that is a bare name", document(allow("s3:*", "bucket")), /neither an ARN nor \*/],
    ["a Principal", document({ ...ANY, Principal: "*" }), /Principal/],
    ["a condition that is text", document({ ...ANY, Condition: "x" }), /Condition that is no object/],
    ["an operator that IAM lacks", document({ ...ANY, Condition: { StringIs: { a: "b" } } }), /operator/],
    ["an operator without a key", document({ ...ANY, Condition: { StringEquals: "a" } }), /without a key/],
    ["two Sids that are one", document({ ...ANY, Sid: "A" }, { ...ANY, Sid: "A" }), /one Sid/],
    ["too many statements", document(...Array.from({ length: 2001 }, () => ANY)), /longer than any policy/],
    [
      "too many actions",
      document(allow(Array.from({ length: 4001 }, (_, i) => `ec2:*${String(i)}*`))),
      /longer than any policy/,
    ],
    ["too long a text", JSON.stringify(document(ANY)).padEnd(1 << 21), /longer than any policy/],
  ])("%s", (_, value, reason) => {
    expect(read(value).problem).toMatch(reason);
  });

  test("a trust policy without a Principal", () => {
    expect(readDocument(document({ Effect: "Allow", Action: "sts:AssumeRole" }), "trust").problem).toMatch(
      /no Principal/,
    );
    expect(readDocument(document({ ...TRUST, Principal: 1 }), "trust").problem).toMatch(/Principal that is no object/);
  });

  test("what is right of it is read all the same", () => {
    expect(read(document(ANY, { Effect: "allow" })).statements).toHaveLength(1);
  });
});

test.each(["__proto__", "constructor", "toString"])("%s is a name like any other", (name) => {
  const text = `{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"${name}":{"${name}":"x"}}}}`;
  expect(read(text).problem).toMatch(/operator/);
  expect(read(`{"${name}":{}}`).problem).toMatch(/no statement/);
});

test("of two keys that are one, the last counts, as JSON has it", () => {
  const { statements } = read(
    '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"a:b","Action":"s3:*","Resource":"*"}}',
  );
  expect([statements[0]?.effect, statements[0]?.actions.patterns]).toEqual(["Allow", ["s3:*"]]);
});
