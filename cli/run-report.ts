/** What one run of `check` tells: every program that it was asked about, in one report. */
import { createHash } from "node:crypto";
import type { GradedFinding } from "../policies/judge";
import { RULES } from "../policies/rules";
import type { Rule } from "../policies/rules/rule";
import type { PackSettings } from "../policies/settings";
import { packageVersion } from "./package-files";
import {
  ExitCode,
  findingsIn,
  kindOf,
  KINDS,
  stablePath,
  type ExemptedReport,
  type Kind,
  type Report,
  type ReportedFinding,
  type ResourceReport,
} from "./report";
import { selects } from "./selection";

/** A program that could not be judged at all. */
export interface FailedProject {
  readonly directory: string;
  /** What went wrong, and what to do next. */
  readonly message: string;
}

export interface RunReport {
  readonly version: string;
  /** The policies that were not disabled, in the order of the catalogue. */
  readonly policies: readonly ReportedPolicy[];
  readonly projects: readonly Report[];
  readonly failed: readonly FailedProject[];
}

/** A policy with the level that it ran at. */
export interface ReportedPolicy {
  readonly rule: Rule;
  readonly level: GradedFinding["level"];
}

/** Sums over all programs. */
export interface Totals {
  readonly counts: Readonly<Record<Kind, number>>;
  readonly exempted: number;
  /** Resources with findings. */
  readonly affected: number;
  readonly judged: number;
  readonly seen: number;
  /** Whether every program ran to its end. */
  readonly complete: boolean;
}

/** A finding with the resource and the program it is about; and the exemption that covers it. */
export interface PlacedFinding {
  readonly project: Report;
  readonly resource: ResourceReport;
  readonly finding: ReportedFinding;
  readonly exempted: ExemptedReport | undefined;
}

/** Joins what was judged into one report. */
export function runReport(
  settings: PackSettings,
  projects: readonly Report[],
  failed: readonly FailedProject[] = [],
): RunReport {
  const policies = RULES.flatMap((rule) => {
    const level = settings.get(rule.name)?.level ?? "disabled";
    return level === "disabled" ? [] : [{ rule, level }];
  });
  return { version: packageVersion(), policies, projects, failed };
}

export function totalsOf({ projects, failed }: RunReport): Totals {
  const sum = (count: (project: Report) => number): number => projects.reduce((all, each) => all + count(each), 0);
  return {
    counts: {
      mandatory: sum(({ counts }) => counts.mandatory),
      advisory: sum(({ counts }) => counts.advisory),
      unverified: sum(({ counts }) => counts.unverified),
    },
    exempted: sum(({ exempted }) => exempted.length),
    affected: sum(({ resources }) => resources.length),
    judged: sum(({ judged }) => judged),
    seen: sum(({ seen }) => seen),
    complete: failed.length === 0 && projects.every(({ outcome }) => outcome.kind === "completed"),
  };
}

/** The exit code of a run: what it is to fail on outweighs programs that could not be judged. */
export function exitCodeOfRun(run: RunReport, failOn: readonly string[]): number {
  if (failuresOf(run, failOn) > 0) return ExitCode.VIOLATIONS;
  return totalsOf(run).complete ? ExitCode.CLEAN : ExitCode.NOT_JUDGED;
}

/** How many findings a run is to fail on. */
export function failuresOf({ projects }: Pick<RunReport, "projects">, failOn: readonly string[]): number {
  return projects.flatMap(findingsIn).filter((finding) => selects(failOn, finding)).length;
}

/** Everything that was found in the order of the reports, what is exempted at the end of its program. */
export function findingsOf({ projects }: RunReport): readonly PlacedFinding[] {
  return projects.flatMap((project) => [
    ...project.resources.flatMap((resource) =>
      resource.findings.map((finding) => ({ project, resource, finding, exempted: undefined })),
    ),
    ...project.exempted.map((exempted) => ({
      project,
      resource: exempted.resource,
      finding: exempted.finding,
      exempted,
    })),
  ]);
}

/** What a placed finding counts as, from what weighs most to what weighs least. */
export const STANDINGS = [...KINDS, "exempted"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a placed finding counts as, in words. */
export function standingOf({ finding, exempted }: Pick<PlacedFinding, "finding" | "exempted">): Standing {
  return exempted === undefined ? kindOf(finding) : "exempted";
}

/**
 * Tells a finding from all others of its stack, on whatever line it is: policy, resource (by its URN), property, and which
 * of several there it is. It stays the same while the program changes around it.
 */
export function fingerprintOf(finding: ReportedFinding): string {
  const { policy, urn, occurrence } = finding;
  return createHash("sha256")
    .update(JSON.stringify([policy, urn, stablePath(finding), occurrence]))
    .digest("hex")
    .slice(0, 32);
}
