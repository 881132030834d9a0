/** `check --fix-preview`: shows what settles findings, and changes nothing. */
import type { JudgedRun } from "../check";
import type { Report } from "../report";
import { changesOf, pathOf, shown, type Change, type ResourceChanges } from "./changes";
import type { Fix, ShownChange } from "./fixes";
import { sourceEdits } from "./source-edits";

/** The report with a fix for every resource that has one. */
export function withPreview(judged: JudgedRun): Report {
  const changes = changesOf(judged.remedies());
  const edits = sourceEdits(judged.run, changes);
  const items = changes.map((each) => ({ ...fixOf(judged, each, "proposed"), edits: edits.get(each.urn) }));
  return judged.told({ ...judged.report, fixes: { items, diffs: [] } });
}

/** A fix as a report shows it. */
export function fixOf(
  { run }: JudgedRun,
  { urn, type, name, changes }: ResourceChanges,
  state: Fix["state"],
  reason?: string,
): Fix {
  const location = run.locations.get(urn);
  return {
    resource: { name, type, urn },
    location,
    state,
    reason,
    changes: changes.map(shownChange),
    edits: undefined,
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
