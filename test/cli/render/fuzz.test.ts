import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import type { Fix } from "../../../cli/fixes/fixes";
import { RENDERERS, type Renderer } from "../../../cli/render";
import type { Report } from "../../../cli/report";
import { jsonOf, judged, MIXED, run } from "./fixture";

const schema = JSON.parse(readFileSync(path.join(__dirname, "../../../docs/schemas/check-1.json"), "utf8")) as object;
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

const RUNS = Number(process.env["FUZZ_REPORTS"] ?? 40);

/** Any text, halves of surrogate pairs and controls included. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const line = fc.integer({ min: 1, max: 1e6 });
const location = fc.option(fc.record({ file: text, line, column: line }), { nil: undefined });
const component = fc.record({ name: text, type: text });
const day = fc.constantFrom("2024-02-29", "2030-01-31");
const count = fc.nat(9);

const finding = fc.record({
  policy: fc.constantFrom("imds-require-v2", "unverified-at-preview", "imds-attack-path", "profile-no-admin"),
  level: fc.constantFrom("mandatory" as const, "advisory" as const, "remediate" as const),
  severity: fc.constantFrom("low" as const, "medium" as const, "high" as const, "critical" as const),
  resource: text,
  urn: text,
  path: text,
  message: text,
  occurrence: fc.integer({ min: 1, max: 9 }),
});
const named = { name: text, type: text, urn: text };
const resource = fc.record({ ...named, components: fc.array(component, { maxLength: 3 }), location });
const change = fc.record({
  path: text,
  before: fc.constantFrom(undefined, "(another value)", '"optional"', "3", "true"),
  after: fc.constantFrom('"required"', "1", '{"httpTokens":"required"}', '[{"a":1}]'),
  policies: fc.constantFrom(["imds-require-v2"], ["imds-require-v2", "imds-hop-limit"]),
});
const edit = fc.record({ file: text, line, column: line, endLine: line, endColumn: line, replacement: text });
const fix: fc.Arbitrary<Fix> = fc.record({
  resource: fc.record(named),
  location,
  state: fc.constantFrom("proposed" as const, "fixed" as const, "left" as const),
  reason: fc.option(text, { nil: undefined }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  edits: fc.option(fc.array(edit, { minLength: 1, maxLength: 2 }), { nil: undefined }),
});
const outcome: fc.Arbitrary<Report["outcome"]> = fc.constantFrom(
  { kind: "completed" },
  { kind: "ended-early" },
  { kind: "timed-out", seconds: 3 },
  { kind: "failed", code: 1, signal: undefined },
);

const { machines } = judged(MIXED);
const report: fc.Arbitrary<Report> = fc.record({
  directory: text,
  file: text,
  stack: fc.record({ name: text, project: text, organization: text }),
  resources: fc.array(
    fc
      .tuple(resource, fc.array(finding, { minLength: 1, maxLength: 3 }))
      .map(([each, findings]) => ({ ...each, findings })),
    { maxLength: 3 },
  ),
  exempted: fc.array(
    fc.tuple(resource, finding, text, day).map(([each, found, reason, expires]) => {
      return { resource: { ...each, findings: [] }, finding: found, policy: found.policy, reason, expires };
    }),
    { maxLength: 2 },
  ),
  exemptions: fc.array(
    fc.record({
      policy: fc.constant("imds-require-v2"),
      resource: text,
      reason: text,
      expires: day,
      isNeeded: fc.boolean(),
    }),
    {
      maxLength: 3,
    },
  ),
  changes: fc.option(fc.record({ left: count, fixed: count }), { nil: undefined }),
  machines: fc.constantFrom([], machines),
  notices: fc.array(text, { maxLength: 2 }),
  counts: fc.record({ mandatory: count, advisory: count, unverified: count }),
  judged: count,
  seen: count,
  outcome,
  errors: fc.array(text, { maxLength: 2 }),
  hints: fc.array(text, { maxLength: 2 }),
  fixes: fc.record({ items: fc.array(fix, { maxLength: 2 }), diffs: fc.constant([]) }),
});
const failed = fc.array(fc.record({ directory: text, message: text }), { maxLength: 2 });

test("whatever a report holds, its JSON is a document of the schema", () => {
  fc.assert(
    fc.property(fc.array(report, { maxLength: 2 }), failed, (projects, gone) => {
      const document: unknown = JSON.parse(jsonOf(run(projects, gone)));
      expect([validate(document), validate.errors]).toEqual([true, null]);
    }),
    { numRuns: RUNS },
  );
});

test("and every format is text that UTF-8 and a terminal can take", () => {
  fc.assert(
    fc.property(fc.array(report, { maxLength: 2 }), failed, (projects, gone) => {
      for (const [format, render] of Object.entries<Renderer>(RENDERERS)) {
        const written = [...render(run(projects, gone), { color: false, quiet: false, verbose: true })].join("");
        expect([
          format,
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(written)?.[0],
        ]).toEqual([format, undefined]);
      }
    }),
    { numRuns: RUNS },
  );
});
