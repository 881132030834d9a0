import type { Severity } from "../../policies/rules/rule";
import { findingsOf, fingerprintOf, standingOf, type PlacedFinding, type RunReport } from "../run-report";
import { placeOf, subjectOf, textOf } from "./place";

type GitlabSeverity = "info" | "minor" | "major" | "critical" | "blocker";

const SEVERITIES: Readonly<Record<Severity, GitlabSeverity>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

/** A code quality report (GitLab documentation: Code Quality, report format). */
export function renderGitlab(run: RunReport): string {
  const taken = new Map<string, number>();
  return `${JSON.stringify(
    findingsOf(run).map((placed) => issueOf(placed, taken)),
    null,
    2,
  )}\n`;
}

function issueOf(placed: PlacedFinding, taken: Map<string, number>): object {
  const { finding } = placed;
  const { file, line } = placeOf(placed);
  const standing = standingOf(placed);
  return {
    description: `${subjectOf(placed)}: ${textOf(placed)}`,
    check_name: finding.policy,
    fingerprint: distinct(fingerprintOf(finding), taken),
    severity: standing === "unverified" || standing === "exempted" ? "info" : SEVERITIES[finding.severity],
    location: { path: file, lines: { begin: line } },
  };
}

/** One program judged twice in a run has findings of one fingerprint; GitLab takes each only once. */
function distinct(fingerprint: string, taken: Map<string, number>): string {
  const count = (taken.get(fingerprint) ?? 0) + 1;
  taken.set(fingerprint, count);
  return count === 1 ? fingerprint : `${fingerprint}-${String(count)}`;
}
