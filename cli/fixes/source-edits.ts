/** What `--fix` would write, for reports that tell it without writing anything. */
import { groupedBy } from "../../policies/collections";
import { CheckError } from "../errors";
import type { DirectoryRun } from "../run";
import { sourceFiles } from "../source-files";
import type { ResourceChanges } from "./changes";
import { Files } from "./files";
import type { SourceEdit } from "./fixes";
import type { Edit } from "./layout";
import { planEdits } from "./sites";

/** Edits by the URN of the resource that they settle; none where an edit is not certain. */
export function sourceEdits(
  run: DirectoryRun,
  fixes: readonly ResourceChanges[],
): ReadonlyMap<string, readonly SourceEdit[]> {
  const { source, parts } = run;
  if (!source || parts.outcome.kind !== "completed" || fixes.length === 0) return new Map();
  const files = new Files(source.root);
  const names = sourceFiles(source.root);
  try {
    const { plans } = planEdits(run, source, files, fixes);
    return new Map(
      plans.flatMap(({ fixes: settled, file, edits }) => {
        const name = names.relative(file);
        if (name === undefined) return [];
        const placed = placedEdits(name, files.read(file), edits);
        return settled.map(({ urn }) => [urn, placed] as const);
      }),
    );
  } catch (error) {
    // Without a parser nothing is certain; --fix says what to install.
    if (error instanceof CheckError) return new Map();
    throw error;
  }
}

/** From the end of a file to its start, so that none moves what the next one is about. */
function placedEdits(file: string, text: string, edits: readonly Edit[]): readonly SourceEdit[] {
  return joined(edits).map(({ start, end, text: replacement }) => {
    const [from, to] = [positionAt(text, start), positionAt(text, end)];
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, replacement };
  });
}

/** What is put in at one place is put in at once. */
function joined(edits: readonly Edit[]): readonly Edit[] {
  return groupedBy(edits, ({ start, end }) => `${String(start)} ${String(end)}`)
    .map((group) => ({ ...group[0], text: group.map(({ text }) => text).join("") }))
    .sort((a, b) => b.start - a.start);
}

/** Line and column from 1, in UTF-16 units; a byte order mark is no column. */
function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(text.startsWith("\uFEFF") ? 1 : 0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: before.length - start + 1 };
}
