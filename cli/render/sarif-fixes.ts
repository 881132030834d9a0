/** Fixes of results (SARIF 2.1.0, 3.55): what `--fix` would write, where that is certain. */
import type { ArtifactChange, ArtifactLocation, Fix as SarifFix } from "sarif";
import { groupedBy } from "../../policies/collections";
import type { Fix, SourceEdit } from "../fixes/fixes";
import type { PlacedFinding, RunReport } from "../run-report";
import { printable } from "./sanitize";

interface WithFixes {
  readonly fixes?: SarifFix[];
}

/** What settles a finding, from what the report's fixes tell. */
export function sarifFixes(
  { projects }: RunReport,
  locatedAt: (file: string) => ArtifactLocation,
): (placed: PlacedFinding) => WithFixes {
  const byProject = new Map(
    projects.map((project) => [project, new Map(project.fixes?.items.map((fix) => [fix.resource.urn, fix]))]),
  );
  return ({ project, resource, finding, exempted }) => {
    const fix = byProject.get(project)?.get(resource.urn);
    if (!fix?.edits || exempted || !fix.changes.some(({ policies }) => policies.includes(finding.policy))) return {};
    return { fixes: [{ description: { text: describe(fix) }, artifactChanges: changesOf(fix.edits, locatedAt) }] };
  };
}

/** All of a resource is set at once: parts of it would be written to the same place. */
function describe({ changes }: Fix): string {
  return printable(`Set ${changes.map(({ path, after }) => `${path} to ${after}`).join(", ")}.`);
}

function changesOf(edits: readonly SourceEdit[], locatedAt: (file: string) => ArtifactLocation): ArtifactChange[] {
  return groupedBy(edits, ({ file }) => file).map((group) => ({
    artifactLocation: locatedAt(group[0].file),
    replacements: group.map(({ line, column, endLine, endColumn, replacement }) => ({
      deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
      insertedContent: { text: replacement },
    })),
  }));
}
