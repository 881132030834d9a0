import path from "node:path";
import type { ArtifactLocation, Location, Log, Notification, ReportingDescriptor, Result, Run } from "sarif";
import { ruleUrl, type Severity } from "../../policies/rules/rule";
import { balanceOf } from "../balance";
import {
  findingsOf,
  fingerprintOf,
  standingOf,
  totalsOf,
  type PlacedFinding,
  type ReportedPolicy,
  type RunReport,
} from "../run-report";
import type { Kind } from "../report";
import { balanceLine } from "./balance";
import { timesTaken } from "./times-taken";
import { wellFormed } from "./markup";
import { plural } from "./names";
import { describeOutcome } from "./outcome";
import { byWeight, placeOf, subjectOf, textOf } from "./place";
import { jsonText, printable } from "./sanitize";
import { sarifFixes } from "./sarif-fixes";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";

const LEVELS = { mandatory: "error", advisory: "warning", unverified: "note" } as const satisfies Record<Kind, string>;

/** Scores by which GitHub shows a severity (SARIF support for code scanning: over 9.0 critical, 7.0 high, 4.0 medium). */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/** More results in a run make GitHub refuse the file (SARIF support for code scanning, limits). */
export const MOST_RESULTS = 25_000;

/** SARIF 2.1.0: one run, with every policy that was not disabled as a rule. */
export function renderSarif(run: RunReport): string {
  const rules = run.policies.map(descriptor);
  const { results, left } = resultsOf(run);
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ec2-hardening",
            semanticVersion: run.version,
            informationUri: "https://github.com/ec2-hardening/ec2-hardening",
            rules,
          },
        },
        automationDetails: { id: "ec2-hardening/" },
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        invocations: [
          { executionSuccessful: totalsOf(run).complete, toolExecutionNotifications: notificationsOf(run, left) },
        ],
        columnKind: "utf16CodeUnits",
        results,
        ...sumsOf(run),
      },
    ],
  };
  return jsonText(log);
}

function descriptor({ rule, level }: ReportedPolicy): ReportingDescriptor {
  const { name, displayName, description, rationale, remediationSteps, tags, severity } = rule;
  const url = ruleUrl(name);
  return {
    id: name,
    name: displayName,
    shortDescription: { text: displayName },
    fullDescription: { text: description },
    help: {
      text: `${description}\n\n${rationale}\n\nHow to fix it: ${remediationSteps}`,
      markdown: `${description}\n\n## Why\n\n${rationale}\n\n## How to fix it\n\n${remediationSteps}\n\n[All about ${name}](${url})`,
    },
    helpUri: url,
    defaultConfiguration: { level: level === "advisory" ? "warning" : "error" },
    properties: {
      tags: ["security", ...tags],
      precision: "very-high",
      "problem.severity": level === "advisory" ? "warning" : "error",
      "security-severity": SCORES[severity],
    },
  };
}

/** As many as code hosts take: of more, those that weigh most. */
function resultsOf(run: RunReport): { readonly results: Result[]; readonly left: number } {
  const all = findingsOf(run);
  const shown = all.length > MOST_RESULTS ? [...all].sort(byWeight).slice(0, MOST_RESULTS) : all;
  const taken = new Map<string, number>();
  const fixes = sarifFixes(run, locatedAt);
  const indexes = new Map(run.policies.map(({ rule }, index) => [rule.name, index]));
  // A run tells for all results whether they are suppressed, or for none (SARIF 2.1.0, 3.27.23).
  const isAny = shown.some(({ exempted }) => exempted !== undefined);
  return {
    results: shown.map((placed) => ({
      ...resultOf(placed, indexes, taken),
      ...(isAny && { suppressions: suppressionsOf(placed) }),
      ...fixes(placed),
    })),
    left: all.length - shown.length,
  };
}

function resultOf(placed: PlacedFinding, indexes: ReadonlyMap<string, number>, taken: Map<string, number>): Result {
  const { finding } = placed;
  const standing = standingOf(placed);
  const fingerprint = fingerprintOf(finding);
  return {
    ruleId: finding.policy,
    ruleIndex: indexes.get(finding.policy) ?? -1,
    level: standing === "exempted" ? "note" : LEVELS[standing],
    message: { text: literal(`${subjectOf(placed)}: ${textOf(placed)}`) },
    locations: [locationOf(placed)],
    // The first is the one that GitHub compares; its number tells apart what has the same.
    partialFingerprints: {
      primaryLocationLineHash: `${fingerprint}:${String(timesTaken(fingerprint, taken))}`,
      "ec2HardeningFinding/v1": fingerprint,
    },
    properties: {
      severity: finding.severity,
      property: finding.path,
      resourceType: placed.resource.type,
      stack: placed.project.stack.name,
      ...(finding.steps && { attackPath: finding.steps }),
    },
  };
}

function suppressionsOf({ exempted }: PlacedFinding): Result["suppressions"] {
  if (exempted === undefined) return [];
  const justification = `${printable(exempted.reason)} (until ${exempted.expires})`;
  return [{ kind: "external", status: "accepted", justification }];
}

/** How many of what there are, and where they stand against the exemptions. */
function sumsOf(run: RunReport): Pick<Run, "properties"> {
  const { counts, exempted } = totalsOf(run);
  const balance = balanceOf(run);
  const fixed = balance?.fixed.map(({ policy, resource, reason, expires }) => ({ policy, resource, reason, expires }));
  return { properties: { counts: { ...counts, exempted }, ...(balance && { balance: { ...balance, fixed } }) } };
}

/**
 * A name must become neither a link nor a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6). Other braces stay single: what
 * shows messages takes only numbers in braces for placeholders, and a doubled brace would be pasted into programs.
 */
function literal(text: string): string {
  return text.replaceAll("](", "\\](").replace(/\{(\d+)\}/g, "{{$1}}");
}

function locationOf(placed: PlacedFinding): Location {
  const { file, line, column } = placeOf(placed);
  const { name, urn } = placed.resource;
  return {
    physicalLocation: {
      artifactLocation: locatedAt(file),
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    },
    logicalLocations: [{ name, fullyQualifiedName: urn, kind: "resource" }],
  };
}

function locatedAt(file: string): ArtifactLocation {
  return { uri: uriOf(file), uriBaseId: ROOT };
}

/** A relative reference: a first segment with a colon must not be taken for a scheme. */
function uriOf(file: string): string {
  const segments = path.posix.normalize(wellFormed(file)).split("/");
  return segments.map(encodeURIComponent).join("/");
}

/** What went wrong, and what a run tells besides findings. */
function notificationsOf(run: RunReport, left: number): Notification[] {
  const failed = run.failed.map(({ directory, message }): Notification => ({
    level: "error",
    message: { text: literal(`${printable(directory)}: ${printable(message)}`) },
  }));
  const told = run.projects.flatMap(({ outcome, seen, errors, notices }): Notification[] => [
    ...(outcome.kind === "completed" ? [] : [[describeOutcome(outcome, seen), ...errors].join("\n")]).map(
      (text): Notification => ({ level: "error", message: { text: literal(printable(text)) } }),
    ),
    ...notices.map((notice): Notification => ({ level: "note", message: { text: literal(printable(notice)) } })),
  ]);
  const balance = balanceLine(run);
  const sums = [
    ...(balance === "" ? [] : [`Against the exemptions: ${balance}.`]),
    ...(left === 0 ? [] : [`${plural(left, "finding")} left out here: GitHub takes ${String(MOST_RESULTS)} at most.`]),
  ].map((text): Notification => ({ level: "note", message: { text } }));
  return [...failed, ...told, ...sums];
}
