import type { StackResource } from "../policies/machine/resource";
import { groupedBy } from "../policies/collections";
import type { ExemptionUse } from "../policies/exemptions";
import type { GradedFinding, Judgement } from "../policies/judge";
import { UNVERIFIED } from "../policies/unverified";
import type { Fixes } from "./fixes/fixes";
import type { Outcome, Stack } from "./host";
import { STACK_TYPE } from "./host/urn";
import type { Changes } from "./changes";
import type { MachineView } from "./machines";
import type { SourceLocation } from "./source-files";

/** What a finding counts as, from what weighs most to what weighs least. */
export const KINDS = ["mandatory", "advisory", "unverified"] as const;
export type Kind = (typeof KINDS)[number];

/** A resource of a program. */
export interface ResourceRef {
  readonly name: string;
  readonly type: string;
  readonly urn: string;
}

/** A finding, told from others of its policy in the same place of the same resource. */
export interface ReportedFinding extends GradedFinding {
  /** Counted from 1, in the order of lines and statements. */
  readonly occurrence: number;
}

/** A resource with what was found about it. */
export interface ResourceReport extends ResourceRef {
  /** The components that made it, nearest first. */
  readonly components: readonly ComponentRef[];
  /** Where the program creates it; undefined where its SDK does not tell. */
  readonly location: SourceLocation | undefined;
  readonly findings: readonly ReportedFinding[];
}

interface ComponentRef {
  readonly name: string;
  readonly type: string;
}

/** A finding that an exemption covers. */
export interface ExemptedReport {
  readonly resource: ResourceReport;
  readonly finding: ReportedFinding;
  readonly policy: string;
  readonly reason: string;
  readonly expires: string;
}

/** Everything a renderer needs to know of one judged program. */
export interface Report {
  readonly directory: string;
  /** The file that stands for the program where a finding has no place in its source: Pulumi.yaml. */
  readonly file: string;
  readonly stack: Stack;
  /** Resources with findings, in the judge's order. */
  readonly resources: readonly ResourceReport[];
  readonly exempted: readonly ExemptedReport[];
  /** Exemptions that may be about this program; where it did not run to its end, it may need all of them. */
  readonly exemptions: readonly ExemptionUse[];
  /** What differs from a previous report, where it is compared with one: the rest is left out. */
  readonly changes?: Changes | undefined;
  /** What was judged, with where each option comes from; none where no format of the run shows them. */
  readonly machines: readonly MachineView[];
  readonly notices: readonly string[];
  readonly counts: Readonly<Record<Kind, number>>;
  /** How many machines, things they launch with, and roles they carry were judged. */
  readonly judged: number;
  /** How many resources the program registered. */
  readonly seen: number;
  readonly outcome: Outcome;
  /** What went wrong, in the program's words. */
  readonly errors: readonly string[];
  readonly hints: readonly string[];
  /** What settles findings; undefined where nobody asked. */
  readonly fixes?: Fixes;
}

/** Exit codes of the contract. */
export const ExitCode = { CLEAN: 0, VIOLATIONS: 1, NOT_JUDGED: 2 } as const;

/** What a finding counts as; a remediation that has not run yet leaves a mandatory finding. */
export function kindOf(finding: Pick<GradedFinding, "level" | "policy">): Kind {
  if (finding.level !== "advisory") {
    return "mandatory";
  }
  return finding.policy === UNVERIFIED ? "unverified" : "advisory";
}

/** How many findings count as what. */
export function countsOf(findings: readonly GradedFinding[]): Report["counts"] {
  const counts = { mandatory: 0, advisory: 0, unverified: 0 };
  for (const finding of findings) counts[kindOf(finding)] += 1;
  return counts;
}

/** Every finding that stands. */
export function findingsIn({ resources }: Pick<Report, "resources">): readonly ReportedFinding[] {
  return resources.flatMap(({ findings }) => findings);
}

/** Parts of a report that the program's run decides. */
export type RunParts = Pick<Report, "directory" | "file" | "stack" | "outcome" | "errors" | "hints">;

/** What a report says of a judged program besides its run. */
export interface Judged {
  readonly judgement: Judgement;
  readonly machines: readonly MachineView[];
  /** Where the program creates its resources, by URN. */
  readonly locations: ReadonlyMap<string, SourceLocation>;
  readonly notes: readonly string[];
}

/** Groups findings by resource and counts them. */
export function buildReport(
  parts: RunParts,
  resources: readonly StackResource[],
  { judgement, machines, locations, notes }: Judged,
): Report {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const describe = (urn: string, list: readonly ReportedFinding[]): ResourceReport => ({
    ...describeResource(urn, byUrn),
    location: locations.get(urn),
    findings: list,
  });
  const occurrences = occurrencesOf([...judgement.findings, ...judgement.exempted]);
  const numbered = <Found extends GradedFinding>(finding: Found): Found & ReportedFinding => ({
    ...finding,
    occurrence: occurrences.get(finding) ?? 1,
  });
  return {
    ...parts,
    resources: groupedBy(judgement.findings, ({ urn }) => urn).map((list) => describe(list[0].urn, list.map(numbered))),
    exempted: judgement.exempted.map((each) => {
      const { exemption, ...finding } = numbered(each);
      const { reason, expires } = exemption;
      return { resource: describe(finding.urn, []), finding, policy: finding.policy, reason, expires };
    }),
    exemptions: judgement.exemptions.map((use) => ({
      ...use,
      isNeeded: use.isNeeded || parts.outcome.kind !== "completed",
    })),
    machines,
    notices: [...judgement.notices, ...notes],
    counts: countsOf(judgement.findings),
    judged: judgement.judged,
    seen: seenOf(resources),
  };
}

/** What tells findings apart that stand in one place, whichever line, statement or item of a list they are at. */
function occurrencesOf(findings: readonly GradedFinding[]): ReadonlyMap<GradedFinding, number> {
  const groups = groupedBy(findings, (finding) => JSON.stringify([finding.policy, finding.urn, stablePath(finding)]));
  const byLine = (a: GradedFinding, b: GradedFinding): number => a.path.localeCompare(b.path, "en", { numeric: true });
  return new Map(groups.flatMap((group) => [...group].sort(byLine).map((finding, i) => [finding, i + 1] as const)));
}

/** The path without numbers of lines and items, which change where something is added before them. */
export function stablePath({ path }: Pick<GradedFinding, "path">): string {
  return path.replace(/\[\d+\]/g, "[]").replace(/:\d+$/, "");
}

/** How many resources a program registered; the stack itself is none. */
export function seenOf(resources: readonly StackResource[]): number {
  return resources.filter(({ type }) => type !== STACK_TYPE).length;
}

function describeResource(
  urn: string,
  byUrn: ReadonlyMap<string, StackResource>,
): Omit<ResourceReport, "location" | "findings"> {
  const resource = byUrn.get(urn);
  return {
    urn,
    name: resource?.name ?? urn,
    type: resource?.type ?? "",
    components: resource === undefined ? [] : componentsAbove(resource, byUrn),
  };
}

function componentsAbove(resource: StackResource, byUrn: ReadonlyMap<string, StackResource>): ComponentRef[] {
  const components: ComponentRef[] = [];
  // A file may tell of parents in a circle.
  const seen = new Set<string>();
  let parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  while (parent !== undefined && parent.type !== STACK_TYPE && !seen.has(parent.urn)) {
    seen.add(parent.urn);
    if (parent.provider === undefined) {
      components.push({ name: parent.name, type: parent.type });
    }
    parent = parent.parent === undefined ? undefined : byUrn.get(parent.parent);
  }
  return components;
}
