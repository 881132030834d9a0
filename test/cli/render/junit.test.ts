import { readFileSync } from "node:fs";
import path from "node:path";
import { validateXML } from "xmllint-wasm";
import { renderJunit } from "../../../cli/render/junit";
import type { RunReport } from "../../../cli/run-report";
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
  expect(count(xml, "<testsuite ")).toBe(2);
});
