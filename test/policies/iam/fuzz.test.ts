import fc from "fast-check";
import { judgeRole } from "../../../policies/iam/judgement";
import { trustOf } from "../../../policies/iam/trust";
import { unknown } from "../harness";
import { program, role } from "./roles";

/** Documents to try: a long run sets FUZZ_DOCUMENTS. */
const DOCUMENTS = Number(process.env["FUZZ_DOCUMENTS"] ?? 300);

/** Seconds that nobody would wait for one document. */
const BUDGET = 2;

const WILD = [
  "*?*?*",
  "*".repeat(3000),
  "?*".repeat(1000),
  "*a".repeat(1020),
  "s3:*?*?*Get*",
  "arn:*:*:*:*:*?*?*x",
  "***:***",
];
const NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "",
  "\u0000",
  "\ud800",
  "😀",
  "${",
  "${}",
  "${aws:username}",
  "arn:",
  "arn:aws:s3:::",
];
const WORDS = [
  "Allow",
  "Deny",
  "*",
  "s3:*",
  "iam:PassRole",
  "ec2:RunInstances",
  "arn:aws:iam::*:role/*",
  "2012-10-17",
  unknown,
];

const text = fc.oneof(
  fc.constantFrom(...WORDS, ...WORDS, ...WILD, ...NAMES),
  fc.string(),
  fc.string({ unit: "binary", maxLength: 50 }),
  fc
    .tuple(fc.constantFrom("a", "*", "?", "*?", "${", "\ud800", ":"), fc.constantFrom(10, 2000, 100_000))
    .map(([piece, times]) => piece.repeat(times)),
);
const leaf: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, undefined) },
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("AWS", "Service", "StringLike", "ForAllValues:Null")), tie("value"), {
      maxKeys: 4,
    }),
  ),
}));
const list = fc.oneof(text, fc.array(text, { maxLength: 8 }), value);
const KEYS = [
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "Principal",
  "NotPrincipal",
  "Sid",
];
const statement = fc.record(
  {
    Effect: fc.oneof({ weight: 5, arbitrary: fc.constantFrom("Allow", "Deny") }, { weight: 1, arbitrary: value }),
    Action: list,
    NotAction: list,
    Resource: list,
    NotResource: list,
    Condition: fc.oneof(
      value,
      fc.dictionary(fc.constantFrom("StringLike", "Null", "Bool"), fc.dictionary(text, list, { maxKeys: 3 }), {
        maxKeys: 3,
      }),
    ),
    Principal: list,
    Sid: text,
  },
  { requiredKeys: ["Effect"] },
);
const hostile = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      Version: fc.constantFrom("2012-10-17", "2008-10-17"),
      Statement: fc.oneof(fc.array(statement, { maxLength: 6 }), value),
    }),
  },
  { weight: 2, arbitrary: value },
);

/** The same as text: with keys that stand twice, cut off, or nested without end. */
const written = fc.tuple(hostile, fc.constantFrom("as it is", "twice", "cut", "deep")).map(([document, how]) => {
  const plain = (JSON.stringify(document) as string | undefined) ?? "null";
  if (how === "twice") return plain.replaceAll(/"(Action|Resource|Statement)":/g, '"$1":"*","$1":');
  if (how === "cut") return plain.slice(0, plain.length / 2);
  return how === "deep" ? "[".repeat(20_000) + plain : plain;
});

interface Slowest {
  readonly seconds: number;
  readonly document: string;
}

test(`${String(DOCUMENTS)} hostile documents are judged, each in a moment`, () => {
  let slowest: Slowest = { seconds: 0, document: "" };
  const one = fc.oneof(hostile, written);
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), fc.option(one, { freq: 3 }), (documents, boundary) => {
      const begun = performance.now();
      const of = role({ documents, boundary: boundary ?? undefined, trust: documents[0] });
      judgeRole(of, program([]));
      trustOf(of);
      const seconds = (performance.now() - begun) / 1000;
      if (seconds > slowest.seconds)
        slowest = { seconds, document: JSON.stringify([documents, boundary]).slice(0, 500) };
    }),
    { numRuns: Math.ceil(DOCUMENTS / 2), endOnFailure: true },
  );
  if (DOCUMENTS > 1000) console.log(`slowest: ${slowest.seconds.toFixed(2)} s, ${slowest.document}`);
  expect(slowest.seconds).toBeLessThan(BUDGET);
}, 3_600_000);

const many = (count: number, each: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => each(i));
const statements = (Action: unknown, Resource: unknown, Effect = "Allow") => ({ Effect, Action, Resource });

test.each<[string, unknown]>([
  ["1 MB of one action", { Statement: statements("s3:" + "a".repeat(1 << 20), "*") }],
  ["1 MB of stars", { Statement: statements("*".repeat(1 << 20), "*".repeat(1 << 20)) }],
  [
    "thousands of actions",
    {
      Statement: statements(
        many(20_000, (i) => `s3:*${String(i)}*`),
        "*",
      ),
    },
  ],
  [
    "thousands of resources",
    {
      Statement: statements(
        "*",
        many(1_400, (i) => `arn:aws:s3:::*${String(i)}*`),
      ),
    },
  ],
  [
    "thousands of statements",
    { Statement: many(499, String).map((i) => statements("ec2:*", `arn:aws:ec2:*:*:*/${i}*`)) },
  ],
  [
    "hundreds of Denies of hundreds",
    {
      Statement: [
        statements(
          "*",
          many(400, (i) => `*${String(i)}*?`),
        ),
        statements(
          "*",
          many(400, (i) => `?*${String(i)}x*`),
          "Deny",
        ),
      ],
    },
  ],
  [
    "patterns that are made to take long",
    {
      Statement: [
        statements(
          "*",
          many(20, (i) => "*?".repeat(1000) + String(i)),
        ),
        statements(
          "*",
          many(20, (i) => "?*a".repeat(600) + String(i)),
          "Deny",
        ),
      ],
    },
  ],
  ["nesting without end", "[".repeat(1 << 19)],
])("%s", (_, document) => {
  const begun = performance.now();
  judgeRole(role({ documents: [document], boundary: document }), program([]));
  expect((performance.now() - begun) / 1000).toBeLessThan(20);
});

test("names of elements that are not there are none of an object's own", () => {
  for (const key of KEYS)
    expect(judgeRole(role({ documents: [`{"__proto__":{"Statement":{"${key}":"*"}}}`] }), program([])).issues).toEqual(
      [],
    );
});
