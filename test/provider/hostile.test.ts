import fc from "fast-check";
import type { Properties } from "../../policies/machine/resource";
import { UNKNOWN } from "../../policies/machine/resource";
import { check, create, invoke, update } from "../../provider";
import { lookupTokens } from "../../provider/invokes/lookups";
import { describedTypes, shapeOf } from "../../provider/schema";
import { CONFIG, CONFIGURATION, GROUP, INSTANCE, POLICY, request, ROLE, TEMPLATE, unmarked } from "./requests";

const TYPES = [
  ...describedTypes().keys(),
  "aws:lambda/function:Function",
  "aws:foo/bar:Bar",
  "aws-native:ec2:LaunchTemplate",
  "random:index/randomPassword:RandomPassword",
  "random:index/randomId:RandomId",
  "random:index/randomPet:RandomPet",
  "random:index/randomInteger:RandomInteger",
  "random:index/randomShuffle:RandomShuffle",
  "cloudinit:index/config:Config",
  "other:index:Thing",
  "__proto__",
  "",
];

/** One of each way through the code. */
const DEEP_TYPES = [INSTANCE, TEMPLATE, CONFIGURATION, GROUP, ROLE, POLICY, ...TYPES.slice(describedTypes().size)];

const STD = (
  "abs base64decode cidrhost cidrsubnet cidrsubnets coalesce concat csvdecode distinct element flatten format " +
  "formatlist indent join jsondecode jsonencode keys length lookup map matchkeys merge parseint range regex replace " +
  "slice split substr sum timeadd title transpose trim urlencode values zipmap constructor"
).split(" ");

const TOKENS = [
  // The tables come first; of what the SDK describes, each goes the same way.
  ...lookupTokens().filter((_token, at) => at < 50 || at % 40 === 0),
  ...STD.map((name) => `std:index:${name}`),
  "aws:iam/getPolicyDocument:getPolicyDocument",
  "aws:index/getArn:getArn",
  "aws:index/getRegion:getRegion",
  "aws:index/getServicePrincipal:getServicePrincipal",
  "cloudinit:index/getConfig:getConfig",
  "aws:foo/getBar:getBar",
  "",
];

/** JSON with the values that break careless code: unknowns, prototype names, objects that do not convert to text. */
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, true, -1, 0, 1e21, "", "1", UNKNOWN, "{", "/(/", "a\ud800", "&{x}", "{hex5}"),
    fc.string(),
    fc.double({ noNaN: true }),
  ),
  any: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "valueOf", "length"), fc.string()),
      tie("any"),
      { maxKeys: 3 },
    ),
  ),
})).any;

/** Properties under the names that a type or function knows, with arbitrary values. */
function properties(names: readonly string[]): fc.Arbitrary<Properties> {
  const name = fc.oneof(fc.constantFrom(...names, "__proto__"), fc.string());
  return fc.dictionary(name, value, { maxKeys: 6 });
}

const resource = fc
  .constantFrom(...TYPES)
  .chain((type) =>
    fc.tuple(
      fc.constant(type),
      properties([...(shapeOf(type)?.keys() ?? ["name", "tags", "length", "inputs", "min"])]),
    ),
  );

const ARGUMENTS = (
  "input args separator text search replace spaces list from to map key default keys values newbits netnum host pattern " +
  "string offset length element index base limit step statements sourcePolicyDocuments overridePolicyDocuments version " +
  "policyId parts boundary gzip base64Encode name arn id serviceName region secretId tags cutset duration timestamp"
).split(" ");
const call = fc.tuple(fc.constantFrom(...TOKENS), properties(ARGUMENTS));

test("nothing throws on a resource, and every answer is JSON", () => {
  fc.assert(
    fc.property(resource, ([type, inputs]) => {
      const subject = request(type, inputs);
      for (const given of [inputs, check(subject).inputs]) {
        for (const mode of ["preview", "create"] as const) {
          const result = create({ ...subject, inputs: given, mode });
          expect(typeof result.id).toBe("string");
          expect(() => JSON.stringify(result)).not.toThrow();
          expect(() => update({ ...subject, inputs: given, mode, id: "x", state: inputs })).not.toThrow();
        }
      }
    }),
    { numRuns: 400 },
  );
});

test("nothing throws on a function, and its failure has no result", () => {
  fc.assert(
    fc.property(call, ([token, args]) => {
      const { result, failure } = invoke(token, args, CONFIG);
      expect(() => JSON.stringify(result)).not.toThrow();
      if (failure !== undefined) expect(result).toEqual({});
    }),
    { numRuns: 1000 },
  );
});

test("checking twice changes nothing more", () => {
  fc.assert(
    fc.property(resource, ([type, inputs]) => {
      const once = unmarked(check(request(type, inputs)).inputs) as Properties;
      expect(unmarked(check(request(type, once)).inputs)).toEqual(once);
    }),
    { numRuns: 200 },
  );
});

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let result: unknown = "x";
  for (let level = 0; level < depth; level++) result = wrap(result);
  return result;
}

describe.each<[shape: string, wrap: (inner: unknown) => unknown]>([
  ["objects", (inner) => ({ a: inner })],
  ["lists", (inner) => [inner]],
  ["both", (inner) => ({ a: [inner] })],
])("%s nested twenty thousand deep", (_shape, wrap) => {
  const deep = nested(20_000, wrap);

  test.each(DEEP_TYPES)("%s", (type) => {
    const names = [...(shapeOf(type)?.keys() ?? ["name", "policy"])];
    const inputs = Object.fromEntries(names.map((name) => [name, deep]));
    const subject = request(type, inputs);
    const checked = check(subject);
    expect(checked.inputs).toBeDefined();
    for (const mode of ["preview", "create"] as const) {
      const result = create({ ...subject, inputs: checked.inputs, mode });
      expect(update({ ...subject, inputs, mode, id: "x", state: result.outputs }).id).toBe("x");
    }
  });

  test("arguments of functions", () => {
    const args = Object.fromEntries(ARGUMENTS.map((name) => [name, deep]));
    for (const token of TOKENS) expect(() => invoke(token, args, CONFIG)).not.toThrow();
  });
});

test("long text is no trouble", () => {
  const long = "x".repeat(5_000_000);
  const { failures } = check(request("aws:ec2/instance:Instance", { ami: "a", instanceType: "t", userData: long }));
  expect(failures).toHaveLength(1);
  expect(failures[0]?.reason.length).toBeLessThan(200);
  const encoded = { imageId: "a", instanceType: "t", userDataBase64: long };
  expect(check(request(CONFIGURATION, encoded)).failures).toEqual([]);
  expect(invoke("std:index:base64gzip", { input: long }, CONFIG).failure).toBeUndefined();
});
