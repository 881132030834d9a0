/** `--only-changed`: leaves out of a report what a previous one has. */
import { isRecord } from "../policies/machine/resource";
import { CheckError } from "./errors";
import { plural } from "./render/names";
import { countsOf, findingsIn, type Report } from "./report";
import { readTextFile } from "./text-file";
import { fingerprintOf } from "./run-report";

/** What a previous run found, by the stack that it found it in. */
export interface Previous {
  readonly file: string;
  readonly stacks: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How a program differs from a previous report. */
export interface Changes {
  /** Findings that are left out, because the previous report has them. */
  readonly left: number;
  /** Findings of the previous report that are gone. */
  readonly fixed: number;
}

/** Reads a report that `check --format json` wrote. */
export function readPrevious(file: string): Previous {
  const document = parse(file);
  const projects = document["projects"];
  if (document["version"] !== 1 || !Array.isArray(projects)) throw unusable(file, "is no report of version 1");
  if (projects.some((project: unknown) => isRecord(project) && project["changes"] !== undefined)) {
    throw unusable(file, "was itself written with --only-changed, so that most is left out");
  }
  const stacks = new Map<string, Set<string>>();
  for (const project of projects as unknown[]) {
    const key = isRecord(project) ? stackKey(project["stack"]) : "";
    const found = stacks.get(key) ?? new Set();
    stacks.set(key, new Set([...found, ...fingerprintsIn(project)]));
  }
  return { file, stacks };
}

function parse(file: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(readTextFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw unusable(file, code === undefined ? "is no JSON" : `cannot be read (${code})`);
  }
  if (!isRecord(document)) throw unusable(file, "is no report");
  return document;
}

function unusable(file: string, why: string): CheckError {
  return new CheckError(
    `--only-changed ${file}: ${why}. Give a report that a full run wrote, e.g. ec2-hardening check --report json=before.json .`,
  );
}

/** Findings that stood; what was exempted then is a change where it stands now. */
function fingerprintsIn(project: unknown): string[] {
  const resources = isRecord(project) && Array.isArray(project["resources"]) ? project["resources"] : [];
  return resources.flatMap((resource: unknown) => {
    const findings = isRecord(resource) && Array.isArray(resource["findings"]) ? resource["findings"] : [];
    return findings.flatMap((finding: unknown) =>
      isRecord(finding) && typeof finding["fingerprint"] === "string" ? [finding["fingerprint"]] : [],
    );
  });
}

function stackKey(stack: unknown): string {
  return isRecord(stack) ? JSON.stringify([stack["project"], stack["name"]]) : "";
}

/** The report with only what the previous one does not have, and a notice that says what is missing. */
export function onlyChanged(report: Report, { file, stacks }: Previous): Report {
  const before = stacks.get(stackKey(report.stack)) ?? new Set();
  const found = findingsIn(report);
  const here = new Set([...found, ...report.exempted.map(({ finding }) => finding)].map(fingerprintOf));
  const changed = found.filter((finding) => !before.has(fingerprintOf(finding)));
  const changes = {
    left: found.length - changed.length,
    // A program that did not run to its end has not shown what is gone.
    fixed: report.outcome.kind === "completed" ? [...before].filter((each) => !here.has(each)).length : 0,
  };
  const kept = new Set(changed);
  return {
    ...report,
    resources: report.resources
      .map((resource) => ({ ...resource, findings: resource.findings.filter((finding) => kept.has(finding)) }))
      .filter(({ findings }) => findings.length > 0),
    counts: countsOf(changed),
    changes,
    notices: [
      ...report.notices,
      `Compared with ${file}: ${plural(changes.left, "finding")} left out, ${String(changes.fixed)} fixed.`,
    ],
  };
}
