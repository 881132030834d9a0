import { renderProject } from "../../../cli/render/text";
import type { Report, ReportedFinding } from "../../../cli/report";
import { exitCodeOfRun, runReport } from "../../../cli/run-report";
import { readSettings } from "../../../policies/settings";

function finding(policy: string, level: ReportedFinding["level"], message = "Set it."): ReportedFinding {
  return { policy, level, message, severity: "high", urn: "urn:web", resource: "web", path: "", occurrence: 1 };
}

function report(change: Partial<Report> = {}): Report {
  return {
    directory: ".",
    file: "Pulumi.yaml",
    stack: { name: "dev", project: "shop", organization: "organization" },
    resources: [],
    exempted: [],
    exemptions: [],
    machines: [],
    notices: [],
    counts: { mandatory: 0, advisory: 0, unverified: 0 },
    judged: 1,
    seen: 3,
    outcome: { kind: "completed" },
    errors: [],
    hints: [],
    ...change,
  };
}

const web = { urn: "urn:web", name: "web", type: "aws:ec2/instance:Instance", components: [], location: undefined };
const mixed = report({
  resources: [
    {
      ...web,
      findings: [
        finding("imds-require-v2", "mandatory", "Line one.\n  indented\n\u001b[2Jclear"),
        finding("imds-ipv6-endpoint", "advisory"),
        finding("unverified-at-preview", "advisory"),
      ],
    },
  ],
  counts: { mandatory: 1, advisory: 1, unverified: 1 },
  notices: ["An exemption matched nothing."],
});
const plain = { color: false, quiet: false, verbose: false };

test("findings stand under their resource, and one line sums up", () => {
  expect(renderProject(mixed, plain)).toBe(`web (aws:ec2:Instance)
  ✖ mandatory  imds-require-v2
      Line one.
        indented
      \\u001b[2Jclear
  ⚠ advisory   imds-ipv6-endpoint
      Set it.
  ? advisory   unverified-at-preview
      Set it.

notice: An exemption matched nothing.

✖ 1 mandatory, 1 advisory, 1 unverified in 1 resource (1 of 3 resources judged)
`);
});

test("quiet keeps violations, notices and the sum", () => {
  const text = renderProject(mixed, { ...plain, quiet: true });
  expect(text).toMatch(/imds-require-v2[^]*notice: An exemption/);
  expect(text).not.toMatch(/imds-ipv6-endpoint|unverified-at-preview/);
});

test("every exempted finding has a line, however many there are", () => {
  const names = Array.from({ length: 60 }, (_, index) => `web-${String(index)}`);
  const exempted = names.map((name) => ({
    resource: { ...web, name, findings: [] },
    finding: finding("imds-require-v2", "mandatory"),
    policy: "imds-require-v2",
    reason: "Moves in spring",
    expires: "2030-03-31",
  }));
  const lines = renderProject(report({ exempted }), plain).split("\n");
  expect(lines.filter((line) => line.includes("2030-03-31"))).toEqual(
    names.map((name) => `  ${name} (aws:ec2:Instance)  imds-require-v2  until 2030-03-31: Moves in spring`),
  );
});

test("colours are there only where they are wanted", () => {
  expect(renderProject(mixed, { ...plain, color: true })).toContain("\u001b[31m");
  expect(renderProject(mixed, plain)).not.toContain("\u001b");
});

test.each([
  ["clean", report(), 0],
  ["a violation", mixed, 1],
  ["a violation in a program that failed", report({ ...mixed, outcome: { kind: "ended-early" } }), 1],
  ["a program that failed", report({ outcome: { kind: "timed-out", seconds: 1 } }), 2],
])("exit code: %s", (_what, given, code) => {
  expect(exitCodeOfRun(runReport(readSettings(), [given]), ["mandatory"])).toBe(code);
});
