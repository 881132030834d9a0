import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import Ajv from "ajv-draft-04";
import type { Log, Result } from "sarif";
import { MOST_RESULTS, renderSarif } from "../../../cli/render/sarif";
import { resource, type Written } from "../../policies/harness";
import { HOSTILE_PROGRAM, judged, many, MIXED, run } from "./fixture";

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
  const suppressed = results.filter(({ suppressions }) => suppressions?.length);
  expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.justification])).toEqual([
    ["imds-instance-tags", "The agent reads <b>tags</b> (until 2030-01-31)"],
  ]);
});

test("a run tells of all its results whether they are suppressed, or of none (SARIF 2.1.0, 3.27.23)", () => {
  const given = (written: readonly Written[]): unknown[] => [
    ...new Set(resultsOf(sarif(run([judged(written)]))).map(({ suppressions }) => suppressions === undefined)),
  ];
  expect(given(MIXED)).toEqual([false]);
  expect(given(many(2))).toEqual([true]);
});

test("sums are those of the report, with where it stands against the exemptions", () => {
  const [first] = sarif(mixed).runs;
  const { counts, balance } = first?.properties as Record<string, Record<string, unknown>>;
  expect(counts).toMatchObject({ exempted: 1 });
  expect(balance).toMatchObject({ new: 13, known: 1, expired: 0, fixed: [] });
  const texts = first?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text);
  expect(texts).toContain("Against the exemptions: 13 new, 1 known, 0 fixed, 0 expired.");
});

test("what GitHub documents as limits is kept (SARIF support for code scanning)", () => {
  const rules = sarif(mixed).runs[0]?.tool.driver.rules ?? [];
  expect(rules.length).toBeGreaterThan(10);
  for (const rule of rules) {
    // More tags make it refuse the file; it shows ten.
    expect(rule.properties?.tags?.length).toBeLessThanOrEqual(10);
    expect(rule.name?.length).toBeLessThanOrEqual(255);
    for (const text of [rule.shortDescription?.text, rule.fullDescription?.text]) {
      expect(text?.length).toBeGreaterThan(0);
      expect(text?.length).toBeLessThanOrEqual(1024);
    }
  }
});

test("more results than GitHub takes are cut to those that weigh most, and the rest is told", () => {
  const report = judged(many(10));
  const size = Math.ceil((MOST_RESULTS + 1) / 20);
  const copies = Array.from({ length: size }, () => report.resources).flat();
  const text = renderSarif(run([{ ...report, resources: copies }]));
  const [first] = (JSON.parse(text) as Log).runs;
  expect(first?.results).toHaveLength(MOST_RESULTS);
  const left = copies.flatMap(({ findings }) => findings).length - MOST_RESULTS;
  const told = first?.invocations?.[0]?.toolExecutionNotifications?.at(-1)?.message.text;
  expect(told).toContain(`${String(left)} findings left out`);
  const errors = copies.flatMap(({ findings }) => findings).filter(({ level }) => level === "mandatory").length;
  expect(first?.results?.filter(({ level }) => level === "error")).toHaveLength(errors);
  // GitHub takes 10 MB, compressed.
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

test("fingerprints differ where one program is judged twice in a run", () => {
  const hashes = resultsOf(sarif(run([judged(MIXED), judged(MIXED, { directory: "copy" })]))).map(
    ({ partialFingerprints }) => partialFingerprints?.["primaryLocationLineHash"],
  );
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("a fix is what --fix would write: on the findings that it settles, with regions of the file", () => {
  const report = judged(MIXED);
  const web = report.resources.find(({ name }) => name === "web");
  if (!web) throw new Error("MIXED has a machine web");
  const edits = [
    { file: "a b/index.ts", line: 4, column: 3, endLine: 4, endColumn: 3, replacement: ", httpPutResponseHopLimit: 1" },
    { file: "a b/index.ts", line: 3, column: 18, endLine: 3, endColumn: 28, replacement: '"required"' },
  ];
  const change = { path: "metadataOptions.httpTokens", before: '"optional"', after: '"required"' };
  const items = [
    {
      resource: web,
      location: web.location,
      state: "proposed",
      reason: undefined,
      changes: [{ ...change, policies: ["imds-require-v2"] }],
      edits,
    },
  ] as const;
  const fixed = resultsOf(sarif(run([{ ...report, fixes: { items, diffs: [] } }]))).filter(({ fixes }) => fixes);
  expect(fixed.map(({ ruleId, locations }) => [ruleId, locations?.[0]?.logicalLocations?.[0]?.name])).toEqual([
    ["imds-require-v2", "web"],
  ]);
  expect(fixed[0]?.fixes?.[0]?.artifactChanges).toEqual([
    {
      artifactLocation: { uri: "a%20b/index.ts", uriBaseId: "%SRCROOT%" },
      replacements: [
        {
          deletedRegion: { startLine: 4, startColumn: 3, endLine: 4, endColumn: 3 },
          insertedContent: { text: ", httpPutResponseHopLimit: 1" },
        },
        {
          deletedRegion: { startLine: 3, startColumn: 18, endLine: 3, endColumn: 28 },
          insertedContent: { text: '"required"' },
        },
      ],
    },
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

test("a name is neither a link nor a placeholder", () => {
  const texts = resultsOf(sarif(run([judged(HOSTILE_PROGRAM)]))).map(({ message }) => message.text ?? "");
  expect(texts.some((text) => text.includes("[x"))).toBe(true);
  for (const text of texts) expect(text).not.toMatch(/[^\\]\]\(/);
  const [result] = resultsOf(sarif(run([judged([resource("Instance", "web-{0}", { metadataOptions: {} })])])));
  expect(result?.message.text).toContain("web-{{0}} (");
});
