import { HIDDEN } from "../redact";
import { plural } from "../render/names";
import { subjectOf } from "../render/place";
import { printableLine } from "../render/sanitize";
import type { PlacedFinding, RunReport } from "../run-report";
import { commandLine } from "../command-line";
import { SEVERITIES } from "../selection";
import type { Baseline, BaselineRequest } from "./command";

/** How many findings are listed. */
const MOST_LISTED = 10;

/** What was written, what was not, and what to do next. */
export function describeBaseline(baseline: Baseline, run: RunReport, request: BaselineRequest): string {
  const blocks = [
    [written(baseline, run, request), ...counts(baseline.exempted), ...openNames(baseline)].join("\n"),
    listed("Critical: mend these first, whatever the exemptions say", critical(baseline.exempted)),
    listed("Not exempted again, because the exemption expired (--renew does)", baseline.expired),
    baseline.fixed === 0 ? "" : `${plural(baseline.fixed, "exemption")} no longer needed: --prune takes them out.`,
    next(request, baseline),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function written({ added, removed, exempted }: Baseline, run: RunReport, request: BaselineRequest): string {
  const { output, expires, owner } = request;
  const judged = plural(run.projects.length, "program");
  const file = printableLine(output);
  if (owner === undefined) {
    return removed.length === 0
      ? `Nothing to take out in ${judged}: no file was written.`
      : `${file}: ${plural(removed.length, "exemption")} taken out, which nothing in ${judged} needs.`;
  }
  const gone = removed.length === 0 ? "" : `, ${String(removed.length)} taken out`;
  if (added.length === 0) {
    return removed.length === 0
      ? `Nothing to exempt in ${judged}: no file was written.`
      : `${file}: nothing to exempt in ${judged}${gone}.`;
  }
  const findings = plural(exempted.length, "finding");
  return `${file}: ${plural(added.length, "exemption")} for ${findings} of ${judged} until ${expires}, owner ${printableLine(owner)}${gone}.`;
}

function counts(exempted: readonly PlacedFinding[]): string[] {
  return SEVERITIES.flatMap((severity) => {
    const count = exempted.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : [`  ${severity.padEnd(8)} ${String(count)}`];
  });
}

function openNames({ exempted }: Baseline): string[] {
  const open = exempted.filter(({ finding }) => finding.urn.includes(HIDDEN)).length;
  return open === 0
    ? []
    : [`  ${plural(open, "name")} made of secrets: a * stands for the secret, and may mean other resources too.`];
}

function critical(exempted: readonly PlacedFinding[]): readonly PlacedFinding[] {
  return exempted.filter(({ finding }) => finding.severity === "critical");
}

function listed(title: string, findings: readonly PlacedFinding[]): string {
  if (findings.length === 0) return "";
  const lines = findings.slice(0, MOST_LISTED).map((placed) => `  ${subjectOf(placed)}  ${placed.finding.policy}`);
  const more = findings.length - MOST_LISTED;
  return [`${title}:`, ...lines, ...(more > 0 ? [`  and ${String(more)} more`] : [])].join("\n");
}

function next({ asked, output, policyPackConfig }: BaselineRequest, { added, removed }: Baseline): string {
  const config = added.length + removed.length > 0 ? output : policyPackConfig;
  const flags = config === undefined ? [] : ["--policy-pack-config", config];
  return `Next: ${commandLine(["npx", "ec2-hardening", "check", ...flags, ...asked])}`;
}
