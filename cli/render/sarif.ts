import path from "node:path";
import type { Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import { ruleUrl, type Severity } from "../../policies/rules/rule";
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
import { describeOutcome } from "./outcome";
import { placeOf, subjectOf, textOf } from "./place";
import { printable } from "./sanitize";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";

const LEVELS = { mandatory: "error", advisory: "warning", unverified: "note" } as const satisfies Record<Kind, string>;

/** Scores by which GitHub shows a severity (SARIF support for code scanning: over 9.0 critical, 7.0 high, 4.0 medium). */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/** SARIF 2.1.0: one run, with every policy that was not disabled as a rule. */
export function renderSarif(run: RunReport): string {
  const rules = run.policies.map(descriptor);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
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
          { executionSuccessful: totalsOf(run).complete, toolExecutionNotifications: notificationsOf(run) },
        ],
        columnKind: "utf16CodeUnits",
        results: findingsOf(run).map((placed) => resultOf(placed, indexes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
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

function resultOf(placed: PlacedFinding, indexes: ReadonlyMap<string, number>): Result {
  const { finding, exempted } = placed;
  const standing = standingOf(placed);
  const fingerprint = fingerprintOf(finding);
  return {
    ruleId: finding.policy,
    ruleIndex: indexes.get(finding.policy) ?? -1,
    level: standing === "exempted" ? "note" : LEVELS[standing],
    message: { text: withoutLinks(`${subjectOf(placed)}: ${textOf(placed)}`) },
    locations: [locationOf(placed)],
    // The first is the one that GitHub compares.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "ec2HardeningFinding/v1": fingerprint },
    ...(exempted && {
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: `${printable(exempted.reason)} (until ${exempted.expires})`,
        },
      ],
    }),
    properties: {
      severity: finding.severity,
      property: finding.path,
      resourceType: placed.resource.type,
      stack: placed.project.stack.name,
      ...(finding.steps && { attackPath: finding.steps }),
    },
  };
}

/** A name must not become a link (SARIF 2.1.0, 3.11.6 Messages with embedded links). */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "\\](");
}

function locationOf(placed: PlacedFinding): Location {
  const { file, line, column } = placeOf(placed);
  const { name, urn } = placed.resource;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: ROOT },
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    },
    logicalLocations: [{ name, fullyQualifiedName: urn, kind: "resource" }],
  };
}

/** A relative reference: a first segment with a colon must not be taken for a scheme. */
function uriOf(file: string): string {
  return path.posix.normalize(file).split("/").map(encodeURIComponent).join("/");
}

/** What went wrong, and what a run tells besides findings. */
function notificationsOf(run: RunReport): Notification[] {
  const failed = run.failed.map(({ directory, message }): Notification => ({
    level: "error",
    message: { text: `${printable(directory)}: ${printable(message)}` },
  }));
  const told = run.projects.flatMap(({ outcome, seen, errors, notices }): Notification[] => [
    ...(outcome.kind === "completed" ? [] : [[describeOutcome(outcome, seen), ...errors].join("\n")]).map(
      (text): Notification => ({ level: "error", message: { text: printable(text) } }),
    ),
    ...notices.map((notice): Notification => ({ level: "note", message: { text: printable(notice) } })),
  ]);
  return [...failed, ...told];
}
