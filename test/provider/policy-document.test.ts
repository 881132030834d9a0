import { crc32 } from "node:zlib";
import type { Properties } from "../../policies/machine/resource";
import { invoke } from "../../provider";
import { CONFIG } from "./requests";

const TOKEN = "aws:iam/getPolicyDocument:getPolicyDocument";

function answer(args: Properties): Properties {
  const { result, madeUp, failure } = invoke(TOKEN, args, CONFIG);
  expect(failure).toBeUndefined();
  expect(madeUp).toEqual([]);
  return result;
}

function document(args: Properties): unknown {
  return JSON.parse(String(answer(args).json));
}

function statements(...list: Properties[]): unknown {
  return (document({ statements: list }) as { Statement: unknown }).Statement;
}

const json = (...list: Properties[]): string => JSON.stringify({ Version: "2012-10-17", Statement: list });

test("text is exact: key order, two spaces, and a form without them", () => {
  const { json, minifiedJson } = answer({
    policyId: "P",
    statements: [
      {
        conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
        principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
        resources: ["*"],
        actions: ["sts:AssumeRole"],
        sid: "One",
      },
    ],
  });
  expect(json).toBe(`{
  "Version": "2012-10-17",
  "Id": "P",
  "Statement": [
    {
      "Sid": "One",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "*",
      "Principal": {
        "Service": "ec2.amazonaws.com"
      },
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "true"
        }
      }
    }
  ]
}`);
  expect(minifiedJson).toBe(JSON.stringify(JSON.parse(String(json))));
});

test("the id is the decimal CRC-32 of the text", () => {
  const { id, json } = answer({ statements: [{ actions: ["s3:GetObject"], resources: ["é"] }] });
  expect(id).toBe(String(crc32(String(json))));
});

test("what Go escapes", () => {
  expect(answer({ statements: [{ sid: "A", actions: ["a:<&>"] }] }).minifiedJson).toContain("a:\\u003c\\u0026\\u003e");
});

test("arguments come back with their defaults", () => {
  expect(answer({ statements: [{ actions: ["a:b"] }] })).toMatchObject({
    version: "2012-10-17",
    statements: [{ actions: ["a:b"], effect: "Allow" }],
  });
});

test.each<[what: string, statement: Properties, expected: Properties]>([
  ["effect defaults to Allow", {}, { Effect: "Allow" }],
  ["one action is text", { actions: ["a:b"] }, { Effect: "Allow", Action: "a:b" }],
  [
    "several are sorted downwards",
    { actions: ["a:b", "c:d", "b:c"] },
    { Effect: "Allow", Action: ["c:d", "b:c", "a:b"] },
  ],
  ["and distinct", { notActions: ["a:b", "a:b"] }, { Effect: "Allow", NotAction: "a:b" }],
  ["empty lists are left out", { effect: "Deny", actions: [], resources: [] }, { Effect: "Deny" }],
  ["variables in resources", { resources: ["&{aws:username}"] }, { Effect: "Allow", Resource: "${aws:username}" }],
  ["but not in actions", { actions: ["&{x}"] }, { Effect: "Allow", Action: "&{x}" }],
  ["everyone", { principals: [{ type: "*", identifiers: ["*"] }] }, { Effect: "Allow", Principal: "*" }],
  [
    "every AWS account",
    { principals: [{ type: "AWS", identifiers: ["*"] }] },
    { Effect: "Allow", Principal: { AWS: "*" } },
  ],
  [
    "principals by type",
    {
      principals: [
        { type: "Service", identifiers: ["ec2.amazonaws.com"] },
        { type: "AWS", identifiers: ["1", "2"] },
        { type: "AWS", identifiers: ["3"] },
      ],
    },
    { Effect: "Allow", Principal: { AWS: ["2", "1", "3"], Service: "ec2.amazonaws.com" } },
  ],
  [
    "who is left out",
    { notPrincipals: [{ type: "AWS", identifiers: ["1"] }] },
    { Effect: "Allow", NotPrincipal: { AWS: "1" } },
  ],
  [
    "conditions by test and variable, values in their order",
    {
      conditions: [
        { test: "StringLike", variable: "b", values: ["2", "1"] },
        { test: "StringEquals", variable: "a", values: ["&{x}"] },
        { test: "StringLike", variable: "a", values: ["1"] },
      ],
    },
    { Effect: "Allow", Condition: { StringEquals: { a: "${x}" }, StringLike: { a: "1", b: ["2", "1"] } } },
  ],
])("%s", (_what, statement, expected) => {
  expect(statements(statement)).toEqual([expected]);
});

describe("other documents", () => {
  const a = { Sid: "A", Effect: "Allow", Action: "a:1", Resource: "*" };
  const b = { Sid: "B", Effect: "Allow", Action: ["b:1", "b:2"], Resource: "*" };
  const nameless = { Effect: "Allow", Action: "n:1", Resource: "*" };

  test("sources come first, in order, and keep the order of their lists", () => {
    expect(document({ sourcePolicyDocuments: [json(a), json(b)], statements: [{ actions: ["c:1"] }] })).toEqual({
      Version: "2012-10-17",
      Statement: [a, b, { Effect: "Allow", Action: "c:1" }],
    });
  });

  test("a statement replaces its namesake of a source in place", () => {
    const result = document({ sourcePolicyDocuments: [json(a, b)], statements: [{ sid: "A", actions: ["z:1"] }] });
    expect(result).toMatchObject({ Statement: [{ Sid: "A", Action: "z:1" }, b] });
  });

  test("overrides replace in place or append, the last one last", () => {
    const overridePolicyDocuments = [json({ ...a, Action: "o:1" }, nameless), json({ ...a, Action: "o:2" })];
    const result = document({ overridePolicyDocuments, statements: [{ sid: "A", actions: ["z:1"] }, { sid: "C" }] });
    expect(result).toMatchObject({ Statement: [{ Action: "o:2" }, { Sid: "C" }, nameless] });
  });

  test("statements without a Sid are always appended", () => {
    expect(document({ sourcePolicyDocuments: [json(nameless), json(nameless)] })).toMatchObject({
      Statement: [nameless, nameless],
    });
  });

  test("the highest version and the last id win", () => {
    const old = JSON.stringify({ Version: "2008-10-17", Id: "old", Statement: a });
    const next = JSON.stringify({ Version: "2020-01-01", Id: "new", Statement: [] });
    expect(document({ version: "2008-10-17", sourcePolicyDocuments: [old], overridePolicyDocuments: [next] })).toEqual({
      Version: "2020-01-01",
      Id: "new",
      Statement: [a],
    });
    expect(document({ sourcePolicyDocuments: [old] })).toMatchObject({ Version: "2012-10-17", Id: "old" });
  });

  test("principals and conditions are written anew", () => {
    const source = { ...a, Principal: { AWS: ["1"] }, Condition: { Bool: { "aws:x": true, "aws:a": ["1", "2"] } } };
    expect(document({ sourcePolicyDocuments: [json(source)] })).toMatchObject({
      Statement: [{ Principal: { AWS: ["1"] }, Condition: { Bool: { "aws:a": ["1", "2"], "aws:x": "true" } } }],
    });
  });

  test("empty ones are passed over; nothing at all is a document without statements", () => {
    expect(document({ sourcePolicyDocuments: [""], statements: [] })).toEqual({ Version: "2012-10-17" });
  });
});

test.each<[what: string, args: Properties, words: string]>([
  ["the same Sid twice", { statements: [{ sid: "A" }, { sid: "A" }] }, "duplicate Sid (A)"],
  [
    "the same Sid in two sources",
    { sourcePolicyDocuments: [json({ Sid: "A" }), json({ Sid: "A" })] },
    "duplicate Sid (A) in source_policy_documents",
  ],
  ["a Sid of other characters", { statements: [{ sid: "a b" }] }, "must consist of"],
  ["another effect", { statements: [{ effect: "allow" }] }, "effect"],
  ["another version", { version: "2010-01-01" }, "2010-01-01"],
  ["a variable in the old version", { version: "2008-10-17", statements: [{ resources: ["&{x}"] }] }, "&{x}"],
  ["a source that is no JSON", { sourcePolicyDocuments: ["{"] }, "sourcePolicyDocuments[0]"],
])("%s fails", (_what, args, words) => {
  expect(invoke(TOKEN, args, CONFIG).failure).toContain(words);
});
