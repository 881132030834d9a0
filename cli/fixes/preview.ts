/** `check --fix-preview`: shows what settles findings, and changes nothing. */
import type { JudgedRun } from "../check";
import type { ResourceRef, Report } from "../report";
import { changesOf, pathOf, shown, type Change, type ResourceChanges } from "./changes";
import type { Fix, ShownChange } from "./fixes";

/** The report with a fix for every resource that has one. */
export function withPreview(judged: JudgedRun): Report {
  const items = changesOf(judged.remedies()).map((each) => fixOf(judged, each, "proposed"));
  return judged.told({ ...judged.report, fixes: { items, diffs: [] } });
}

/** A fix as a report shows it. */
export function fixOf(
  { run, report }: JudgedRun,
  { urn, changes }: ResourceChanges,
  state: Fix["state"],
  reason?: string,
): Fix {
  const resource: ResourceRef = report.resources.find((each) => each.urn === urn) ?? { urn, name: urn, type: "" };
  return {
    resource: { name: resource.name, type: resource.type, urn },
    location: run.locations.get(urn),
    state,
    reason,
    changes: changes.map(shownChange),
  };
}

function shownChange({ keys, before, after, policies }: Change): ShownChange {
  return {
    path: pathOf(keys),
    before: before === undefined ? undefined : shown(before),
    after: JSON.stringify(after),
    policies,
  };
}
