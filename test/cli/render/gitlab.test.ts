import Ajv from "ajv";
import { renderGitlab } from "../../../cli/render/gitlab";
import { HOSTILE_PROGRAM, judged, MIXED, run } from "./fixture";

/** The fields that GitLab documents for a code quality report, all of which it requires. */
const validate = new Ajv({ allErrors: true }).compile({
  type: "array",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        properties: {
          path: { type: "string", pattern: "^(?![./])[^\\\\]+$" },
          lines: { type: "object", required: ["begin"], properties: { begin: { type: "integer", minimum: 1 } } },
        },
      },
    },
  },
});

interface Issue {
  readonly check_name: string;
  readonly description: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string };
}

function issues(given: ReturnType<typeof run>): readonly Issue[] {
  const all = JSON.parse(renderGitlab(given)) as readonly Issue[];
  expect([validate(all), validate.errors]).toEqual([true, null]);
  return all;
}

test.each([
  ["a program with everything", MIXED],
  ["hostile names", HOSTILE_PROGRAM],
  ["nothing", []],
])("%s has the documented fields", (_what, written) => {
  const report = judged(written);
  const { mandatory, advisory, unverified } = report.counts;
  expect(issues(run([report]))).toHaveLength(mandatory + advisory + unverified + report.exempted.length);
});

test("fingerprints are unique, also where one program is judged twice", () => {
  const prints = issues(run([judged(MIXED), judged(MIXED)])).map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
});

test("severities are the policies' own, and an exempted finding says so", () => {
  const all = issues(run([judged(MIXED)]));
  expect(all.find(({ check_name }) => check_name === "imds-require-v2")?.severity).toBe("critical");
  expect(all.find(({ check_name }) => check_name === "unverified-at-preview")?.severity).toBe("info");
  const exempted = all.find(({ check_name }) => check_name === "imds-instance-tags");
  expect([exempted?.severity, exempted?.description]).toEqual(["info", expect.stringContaining("Exempted until 2030")]);
});

test("a program that was not judged is an issue: without it, its findings would look mended", () => {
  const broken = judged(MIXED, { outcome: { kind: "ended-early" }, errors: ["it broke"] });
  const failed = ["./gone", ".", "../up", "/abs/x/"].map((directory) => ({ directory, message: "no Pulumi.yaml" }));
  const all = issues(run([broken], failed)).filter(({ check_name }) => check_name === "not-judged");
  expect(all.map(({ location }) => location.path)).toEqual(["gone", "Pulumi.yaml", "up", "abs/x", "infra/Pulumi.yaml"]);
  expect(all.at(-1)?.description).toContain("it broke");
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
});
