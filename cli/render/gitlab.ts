import { createHash } from "node:crypto";
import path from "node:path";
import type { Severity } from "../../policies/rules/rule";
import { findingsOf, fingerprintOf, standingOf, type PlacedFinding, type RunReport } from "../run-report";
import { timesTaken } from "./times-taken";
import { describeOutcome } from "./outcome";
import { placeOf, subjectOf, textOf } from "./place";
import { jsonText, printable } from "./sanitize";

type GitlabSeverity = "info" | "minor" | "major" | "critical" | "blocker";

const SEVERITIES: Readonly<Record<Severity, GitlabSeverity>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

/** Stands for the policy of what is no finding. */
const NOT_JUDGED = "not-judged";

/**
 * A code quality report (GitLab documentation: Code Quality, report format). A program that was not judged is an issue as
 * well: without it, its findings would look as if they were mended.
 */
export function renderGitlab(run: RunReport): string {
  const taken = new Map<string, number>();
  const issues = [...findingsOf(run).map(issueOf), ...notJudged(run)].map(({ fingerprint, ...issue }) => {
    // GitLab takes each fingerprint once, and one program judged twice in a run has findings of the same.
    const count = timesTaken(fingerprint, taken);
    return { ...issue, fingerprint: count === 1 ? fingerprint : `${fingerprint}-${String(count)}` };
  });
  return jsonText(issues);
}

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: GitlabSeverity;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issueOf(placed: PlacedFinding): Issue {
  const { finding } = placed;
  const { file, line } = placeOf(placed);
  const standing = standingOf(placed);
  return {
    description: `${subjectOf(placed)}: ${textOf(placed)}`,
    check_name: finding.policy,
    fingerprint: fingerprintOf(finding),
    severity: standing === "unverified" || standing === "exempted" ? "info" : SEVERITIES[finding.severity],
    location: { path: file, lines: { begin: line } },
  };
}

function notJudged({ failed, projects }: RunReport): readonly Issue[] {
  return [
    ...failed.map(({ directory, message }) => {
      const name = path.posix.normalize(directory).replace(/^(\.{0,2}\/)+|^\.+$|\/$/g, "");
      return brokenIssue(name === "" ? "Pulumi.yaml" : name, `${directory} was not judged: ${message}`);
    }),
    ...projects.flatMap(({ file, directory, outcome, seen, errors }) =>
      outcome.kind === "completed"
        ? []
        : [brokenIssue(file, `${directory}: ${[describeOutcome(outcome, seen), ...errors].join("\n")}`)],
    ),
  ];
}

function brokenIssue(file: string, text: string): Issue {
  return {
    description: printable(text),
    check_name: NOT_JUDGED,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([NOT_JUDGED, file]))
      .digest("hex")
      .slice(0, 32),
    severity: "critical",
    location: { path: file, lines: { begin: 1 } },
  };
}
