import { readFileSync } from "node:fs";
import path from "node:path";
import { validateXML } from "xmllint-wasm";
import { renderJunit } from "../../../cli/render/junit";
import type { Report } from "../../../cli/report";
import type { RunReport } from "../../../cli/run-report";
import { HARDENED, resource, type Written } from "../../policies/harness";
import { HOSTILE_PROGRAM, judged, MIXED, run } from "./fixture";

/** The schema by which Jenkins reads reports: https://github.com/jenkinsci/xunit-plugin. */
const SCHEMA = readFileSync(path.join(__dirname, "junit-10.xsd"), "utf8");

async function errorsIn(contents: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: "report.xml", contents }], schema: [SCHEMA] });
  return errors.map(({ message }) => message);
}

function numbers(xml: string, element: string): Record<string, number> {
  const [, attributes = ""] = new RegExp(`<${element} ([^>]*)>`).exec(xml) ?? [];
  return Object.fromEntries(
    [...attributes.matchAll(/(\w+)="(\d+)"/g)].map(([, key = "", value]) => [key, Number(value)]),
  );
}

const count = (xml: string, part: string): number => xml.split(part).length - 1;

const broken = judged(MIXED, { outcome: { kind: "ended-early" }, errors: ["a\u0000b"] });

test.each<[string, RunReport]>([
  ["a program with everything", run([judged(MIXED)])],
  ["hostile names", run([judged(HOSTILE_PROGRAM)])],
  ["programs that failed", run([broken], [{ directory: "<gone>", message: "gone & lost" }])],
  ["nothing at all", run([])],
])("%s is valid by the schema", async (_what, given) => {
  expect(await errorsIn(renderJunit(given))).toEqual([]);
});

test("the schema notices what is wrong", async () => {
  expect(await errorsIn("<testsuites><testcase/></testsuites>")).not.toEqual([]);
});

test("only mandatory findings fail, what else is found is skipped, and the numbers say so", () => {
  const report = judged(MIXED);
  const xml = renderJunit(run([report]));
  const { advisory, mandatory, unverified } = report.counts;
  expect(count(xml, "<failure ")).toBe(mandatory);
  expect(count(xml, "<skipped ")).toBe(advisory + unverified + 1);
  expect(numbers(xml, "testsuite")).toMatchObject({
    tests: count(xml, "<testcase "),
    failures: mandatory,
    errors: 0,
    skipped: advisory + unverified + 1,
  });
  expect(numbers(xml, "testsuites")).toMatchObject({ tests: count(xml, "<testcase "), failures: mandatory });
});

test("what did not run to its end is an error", () => {
  const xml = renderJunit(run([broken], [{ directory: "gone", message: "lost" }]));
  expect(count(xml, "<error ")).toBe(2);
  // And one of how it stands against the exemptions.
  expect(count(xml, "<testsuite ")).toBe(3);
});

/** What GitLab reads of a report: it keeps one case of a suite, class and name (lib/gitlab/ci/reports/test_case.rb). */
function keysIn(xml: string): string[] {
  return xml
    .split("<testsuite ")
    .flatMap((suite, index) =>
      [...suite.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map(([, ...key]) =>
        [index, ...key].join(" "),
      ),
    );
}

test("cases have names of their own, which stay where lines move", () => {
  const fetching = (lines: string): Written =>
    resource("Instance", "boot", { metadataOptions: HARDENED, userData: `#!/bin/bash\n${lines}` });
  const install = "curl http://example.com/a.sh | bash\ncurl http://example.com/b.sh | bash\n";
  // Two machines of one name, made by different components.
  const withTwin = (report: Report): Report => {
    const twins = report.resources.filter(({ name }) => name === "web").map((each) => ({ ...each, urn: "urn:twin" }));
    return { ...report, resources: [...report.resources, ...twins] };
  };
  const keys = keysIn(renderJunit(run([withTwin(judged([...MIXED, fetching(install)]))])));
  expect(keys.filter((key) => key.includes("imds-require-v2 web (aws:ec2:Instance)"))).toHaveLength(2);
  expect(new Set(keys).size).toBe(keys.length);
  const moved = keysIn(renderJunit(run([withTwin(judged([...MIXED, fetching(`set -eu\n${install}`)]))])));
  expect([...moved].sort()).toEqual([...keys].sort());
});

test("suites tell their sums, notices, and how the run stands against the exemptions", async () => {
  const xml = renderJunit(run([judged(MIXED), judged(MIXED.slice(0, 1), { directory: "other" })]));
  expect(await errorsIn(xml)).toEqual([]);
  expect(xml).toContain(`<property name="exempted" value="1"/>`);
  expect(xml).toContain("One &lt;i&gt;notice&lt;/i&gt;.");
  const [, balance = ""] = xml.split(`<testsuite name="Against the exemptions"`);
  expect(balance).toContain(`<property name="known" value="1"/>`);
});

test("no character gets out of a text, or into one where XML has no place for it", async () => {
  const units = Array.from({ length: 0x300 }, (_, i) => i).concat([
    0x2028, 0xd800, 0xdc00, 0xfeff, 0xfffd, 0xfffe, 0xffff,
  ]);
  const text = `]]>&<"'${units.map((unit) => String.fromCharCode(unit)).join("")}\u{1f600}\u{1fffe}\ud83d`;
  const report = judged([resource("Instance", text, { metadataOptions: {} })], {
    notices: [text],
    errors: [text],
    directory: text,
  });
  expect(await errorsIn(renderJunit(run([report], [{ directory: text, message: text }])))).toEqual([]);
});
