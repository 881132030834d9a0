import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv-draft-04";
import type { Log, Result } from "sarif";
import { renderSarif } from "../../../cli/render/sarif";
import { HOSTILE_PROGRAM, judged, MIXED, run } from "./fixture";

/** The schema that OASIS published, as the matchers of Microsoft's SARIF tools carry it. */
const SCHEMA = path.join(
  path.dirname(require.resolve("@microsoft/jest-sarif/package.json")),
  "lib/schemas/sarif-2.1.0-rtm.5.json",
);
const schema = JSON.parse(readFileSync(SCHEMA, "utf8")) as Record<string, unknown>;
const formats = { uri: /^[a-z][a-z0-9+.-]*:\S*$/i, "uri-reference": /^[^\s<>"\\^`{|}]*$/, "date-time": true } as const;
const validate = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile(schema);

function sarif(given: ReturnType<typeof run>): Log {
  const log = JSON.parse(renderSarif(given)) as Log;
  expect([validate(log), validate.errors]).toEqual([true, null]);
  return log;
}

function resultsOf(log: Log): readonly Result[] {
  return log.runs[0]?.results ?? [];
}

const mixed = run([judged(MIXED)]);

test.each([
  ["a program with everything", mixed],
  ["hostile names", run([judged(HOSTILE_PROGRAM)])],
  ["nothing at all", run([])],
])("%s is valid", (_what, given) => {
  expect(sarif(given).version).toBe("2.1.0");
});

test("the schema notices what is wrong", () => {
  expect(validate({ version: "2.1.0", runs: [{ tool: {} }] })).toBe(false);
});

test("every result has its rule, with help, a level and a score", () => {
  const log = sarif(mixed);
  const rules = log.runs[0]?.tool.driver.rules ?? [];
  expect(resultsOf(log).length).toBeGreaterThan(5);
  for (const { ruleId, ruleIndex } of resultsOf(log)) {
    const rule = rules[ruleIndex ?? -1];
    expect(rule?.id).toBe(ruleId);
    expect(rule?.help?.markdown).toContain(`docs/rules/${String(ruleId)}.md`);
    expect(Number(rule?.properties?.["security-severity"])).toBeGreaterThan(0);
    expect(rule?.properties?.tags).toContain("security");
  }
});

test("levels follow what a finding counts as; an exempted one is suppressed with its reason", () => {
  const results = resultsOf(sarif(mixed));
  const levels = (policy: string): unknown[] => [
    ...new Set(results.filter(({ ruleId }) => ruleId === policy).map(({ level }) => level)),
  ];
  expect(levels("imds-require-v2")).toEqual(["error"]);
  expect(levels("imds-attack-path")).toEqual(["warning"]);
  expect(levels("unverified-at-preview")).toEqual(["note"]);
  const suppressed = results.filter(({ suppressions }) => suppressions);
  expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.justification])).toEqual([
    ["imds-instance-tags", "The agent reads <b>tags</b> (until 2030-01-31)"],
  ]);
});

test("a result is where the resource is created, or else at Pulumi.yaml, and always names the resource", () => {
  const results = resultsOf(sarif(mixed));
  const places = new Map(
    results.map(({ locations }) => [
      locations?.[0]?.logicalLocations?.[0]?.name,
      [locations?.[0]?.physicalLocation?.artifactLocation?.uri, locations?.[0]?.physicalLocation?.region?.startColumn],
    ]),
  );
  expect(places.get("web")).toEqual(["infra/index.ts", 5]);
  expect(places.get("outside")).toEqual(["infra/Pulumi.yaml", undefined]);
});

test("fingerprints stay when the lines move, and tell findings apart", () => {
  const moved = judged(MIXED);
  const shifted = {
    ...moved,
    resources: moved.resources.map((each) => ({
      ...each,
      location: each.location && { ...each.location, line: each.location.line + 40 },
    })),
  };
  const prints = (given: ReturnType<typeof run>): unknown[] =>
    resultsOf(sarif(given)).map(({ partialFingerprints }) => partialFingerprints);
  expect(prints(run([shifted]))).toEqual(prints(mixed));
  expect(new Set(prints(mixed).map((each) => JSON.stringify(each))).size).toBe(prints(mixed).length);
});

test("a program that failed makes the invocation one that did", () => {
  const broken = judged(MIXED, { outcome: { kind: "timed-out", seconds: 3 } });
  const [invocation] = sarif(run([broken], [{ directory: "x", message: "no Pulumi.yaml" }])).runs[0]?.invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications?.filter(({ level }) => level === "error")).toHaveLength(2);
});

test("a name is no link", () => {
  const texts = resultsOf(sarif(run([judged(HOSTILE_PROGRAM)]))).map(({ message }) => message.text ?? "");
  expect(texts.some((text) => text.includes("[x"))).toBe(true);
  for (const text of texts) expect(text).not.toMatch(/[^\\]\]\(/);
});
