import { findingsOf, standingOf, type FailedProject, type PlacedFinding, type RunReport } from "../run-report";
import { balanceOf } from "../balance";
import { kindOf, stablePath, type Report } from "../report";
import { timesTaken } from "./times-taken";
import { element, escapeMarkup } from "./markup";
import { describeOutcome } from "./outcome";
import { firstLine, placeOf, subjectOf, textOf } from "./place";
import { printable, printableLine } from "./sanitize";

/** A test suite: the cases with what they count as. */
interface Suite {
  readonly name: string;
  /** What there is to know besides: sums, by name. */
  readonly properties?: Readonly<Record<string, number>>;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  /** What a run tells besides findings. */
  readonly notes?: readonly string[];
}

/**
 * JUnit's XML: a suite for each program, a case for each finding and for each policy that found nothing. Only mandatory
 * findings fail; the others are skipped cases, so that a pipeline is as red as the exit code says.
 */
export function renderJunit(run: RunReport): string {
  const suites = [
    ...run.projects.map((project) => suiteOf(project, run)),
    ...run.failed.map(failedSuite),
    ...balanceSuite(run),
  ];
  const sum = (count: (suite: Suite) => number): number => suites.reduce((all, suite) => all + count(suite), 0);
  const attributes = {
    name: "ec2-hardening",
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ failures }) => failures),
    errors: sum(({ errors }) => errors),
  };
  const content = suites.map((suite) => `\n${suiteElement(suite)}`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, `${content}\n`)}\n`;
}

function suiteOf(project: Report, run: RunReport): Suite {
  const findings = findingsOf({ ...run, projects: [project] });
  const found = new Set(findings.map(({ finding }) => finding.policy));
  const passed = run.policies
    .filter(({ rule }) => !found.has(rule.name))
    .map(({ rule }) => element("testcase", { classname: rule.name, name: rule.displayName }));
  const { outcome, errors, stack, seen } = project;
  const broken =
    outcome.kind === "completed" ? [] : [errorCase(describeOutcome(outcome, seen), printable(errors.join("\n")))];
  const failures = findings.filter((placed) => standingOf(placed) === "mandatory").length;
  const taken = new Map<string, number>();
  return {
    name: printableLine(`${project.directory} (${stack.project}/${stack.name})`),
    properties: { ...project.counts, exempted: project.exempted.length },
    cases: [...findings.map((placed) => caseOf(placed, taken)), ...passed, ...broken],
    failures,
    errors: broken.length,
    skipped: findings.length - failures,
    notes: project.notices,
  };
}

/** Of cases that are called alike, GitLab keeps one; it compares them by name, which is to stay where lines move. */
function caseOf(placed: PlacedFinding, taken: Map<string, number>): string {
  const { finding, exempted } = placed;
  const { file, line } = placeOf(placed);
  const text = `${textOf(placed)}\n${file}:${String(line)}`;
  const name = `${subjectOf(placed)} ${printableLine(stablePath(finding))}`.trimEnd();
  const count = timesTaken(JSON.stringify([finding.policy, name]), taken);
  const attributes = { classname: finding.policy, name: count === 1 ? name : `${name} #${String(count)}` };
  const result =
    exempted === undefined && kindOf(finding) === "mandatory"
      ? element("failure", { type: finding.policy, message: firstLine(text) }, escapeMarkup(text))
      : element("skipped", { message: `${standingOf(placed)}: ${firstLine(text)}` }, escapeMarkup(text));
  return element("testcase", attributes, result);
}

function failedSuite({ directory, message }: FailedProject): Suite {
  const cases = [errorCase("The program was not judged", printable(message))];
  return { name: printableLine(directory), cases, failures: 0, errors: 1, skipped: 0 };
}

/** Where the run stands against the exemptions: a suite without cases, since nothing of it passes or fails. */
function balanceSuite(run: RunReport): Suite[] {
  const balance = balanceOf(run);
  if (balance === undefined) return [];
  const properties = { ...balance, fixed: balance.fixed.length };
  const notes = balance.fixed.map(
    ({ resource, policy, expires }) => `Fixed: ${resource} ${policy}, exempted until ${expires}`,
  );
  return [{ name: "Against the exemptions", properties, cases: [], failures: 0, errors: 0, skipped: 0, notes }];
}

function errorCase(message: string, text: string): string {
  const error = element("error", { type: "not-judged", message }, escapeMarkup(text === "" ? message : text));
  return element("testcase", { classname: "ec2-hardening", name: "The program runs to its end" }, error);
}

function suiteElement({ name, properties = {}, cases, failures, errors, skipped, notes = [] }: Suite): string {
  const sums = Object.entries(properties).map(([key, value]) => element("property", { name: key, value }));
  const parts = [
    ...(sums.length === 0 ? [] : [element("properties", {}, sums.join(""))]),
    ...cases,
    ...(notes.length === 0 ? [] : [element("system-out", {}, escapeMarkup(notes.map(printable).join("\n")))]),
  ];
  const content = parts.map((each) => `\n${each}`).join("");
  return element(
    "testsuite",
    { name, tests: cases.length, failures, errors, skipped },
    content === "" ? "" : `${content}\n`,
  );
}
