import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { jsonOf, HOSTILE_PROGRAM, judged, MIXED, run } from "./fixture";

const schema = JSON.parse(readFileSync(path.join(__dirname, "../../../docs/schemas/check-1.json"), "utf8")) as Record<
  string,
  unknown
>;
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

interface Document {
  readonly summary: { readonly counts: Record<string, number>; readonly complete: boolean; readonly failed: number };
  readonly projects: readonly {
    readonly resources: readonly { readonly name: string; readonly findings: readonly Finding[] }[];
    readonly exempted: readonly { readonly finding: Finding; readonly reason: string }[];
    readonly machines: readonly unknown[];
  }[];
}
interface Finding {
  readonly policy: string;
  readonly fingerprint: string;
  readonly steps?: readonly string[];
}

const mixed = run([judged(MIXED)]);
const failed = run(
  [judged(HOSTILE_PROGRAM, { outcome: { kind: "failed", code: 1, signal: undefined }, errors: ["thrown"] })],
  [{ directory: "gone", message: "gone is not a directory." }],
);

test.each([
  ["a program with everything", mixed],
  ["hostile names, a program that failed and one that is missing", failed],
  ["nothing at all", run([judged([])])],
])("%s gives a document of the schema", (_what, given) => {
  const document: unknown = JSON.parse(jsonOf(given));
  expect([validate(document), validate.errors]).toEqual([true, null]);
});

test("the schema is strict enough to notice a field that it does not know", () => {
  expect(validate({ ...(JSON.parse(jsonOf(mixed)) as object), more: 1 })).toBe(false);
});

test("sums, findings, exemptions and machines are there", () => {
  const { summary, projects } = JSON.parse(jsonOf(mixed)) as Document;
  expect(summary).toMatchObject({ projects: 1, failed: 0, exempted: 1, complete: true });
  const findings = projects[0]?.resources.flatMap((each) => each.findings) ?? [];
  expect(summary.counts["mandatory"]).toBeGreaterThan(0);
  expect(Object.values(summary.counts).reduce((sum, each) => sum + each, 0)).toBe(findings.length);
  expect(projects[0]?.exempted.map(({ finding }) => finding.policy)).toEqual(["imds-instance-tags"]);
  expect(projects[0]?.machines).toHaveLength(8);
  const { summary: incomplete } = JSON.parse(jsonOf(failed)) as Document;
  expect(incomplete).toMatchObject({ failed: 1, complete: false });
});

test("an attack path is told step by step", () => {
  const { projects } = JSON.parse(jsonOf(mixed)) as Document;
  const path = projects[0]?.resources
    .find(({ name }) => name === "build")
    ?.findings.find(({ policy }) => policy === "imds-attack-path");
  expect(path?.steps).toEqual([
    "internet",
    "build (0.0.0.0/0:443)",
    "IMDSv1",
    "role deployer",
    "iam:PassRole + ec2:RunInstances",
    "administrator",
  ]);
});

test("the same program gives the same document, whatever the order of its resources; fingerprints differ", () => {
  const again = jsonOf(run([judged([...MIXED].reverse(), {})]));
  const prints = (text: string): string[] =>
    [...text.matchAll(/"fingerprint": "(\w+)"/g)].map(([, print]) => print ?? "");
  const known = prints(jsonOf(mixed));
  expect(prints(again)).toEqual(known);
  expect(new Set(known).size).toBe(known.length);
});
