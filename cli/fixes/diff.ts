/** Unified diffs, made of the edits themselves. */
import type { Edit } from "./layout";

const CONTEXT = 3;

/** Lines that are replaced, counted from 0; `to` is behind the last one. */
interface Replaced {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Applies edits that do not overlap; of several at one place the first one stands first. */
export function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .reverse()
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { start, end, text: put }) => changed.slice(0, start) + put + changed.slice(end), text);
}

/** What edits change in a file, as `diff -u` prints it. */
export function unifiedDiff(file: string, text: string, edits: readonly Edit[]): string {
  const lines = linesOf(text);
  const hunks: Replaced[][] = [];
  for (const replaced of replacedLines(text, lines, edits)) {
    const open = hunks.at(-1);
    if (open && replaced.from - (open.at(-1)?.to ?? 0) <= 2 * CONTEXT) open.push(replaced);
    else hunks.push([replaced]);
  }
  let shift = 0;
  const printed = hunks.map((hunk) => {
    const text = printHunk(lines, hunk, shift);
    shift += hunk.reduce((sum, { from, to, lines }) => sum + lines.length - (to - from), 0);
    return text;
  });
  return `--- a/${file}\n+++ b/${file}\n${printed.join("")}`;
}

function printHunk(lines: readonly string[], hunk: readonly Replaced[], shift: number): string {
  const from = Math.max(0, (hunk[0]?.from ?? 0) - CONTEXT);
  const to = Math.min(lines.length, (hunk.at(-1)?.to ?? 0) + CONTEXT);
  const body: string[] = [];
  let at = from;
  for (const replaced of hunk) {
    body.push(...lines.slice(at, replaced.from).map((line) => ` ${line}`));
    body.push(...lines.slice(replaced.from, replaced.to).map((line) => `-${line}`));
    body.push(...replaced.lines.map((line) => `+${line}`));
    at = replaced.to;
  }
  body.push(...lines.slice(at, to).map((line) => ` ${line}`));
  const added = hunk.reduce((sum, each) => sum + each.lines.length - (each.to - each.from), 0);
  const range = (start: number, count: number): string => `${String(start + 1)},${String(count)}`;
  const end = body.map((line) => (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`)).join("");
  return `@@ -${range(from, to - from)} +${range(from + shift, to - from + added)} @@\n${end}`;
}

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Edits as whole lines; those that touch one line are one. */
function replacedLines(text: string, lines: readonly string[], edits: readonly Edit[]): readonly Replaced[] {
  const starts: number[] = [];
  let position = 0;
  for (const line of lines) {
    starts.push(position);
    position += line.length;
  }
  const lineAt = (offset: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
  const groups: { from: number; to: number; edits: Edit[] }[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const [from, to] = [lineAt(edit.start), lineAt(edit.end) + 1];
    const open = groups.at(-1);
    if (open && from < open.to) {
      open.to = Math.max(open.to, to);
      open.edits.push(edit);
    } else groups.push({ from, to, edits: [edit] });
  }
  return joined(
    groups.map(({ from, to, edits: own }) => {
      const offset = starts[from] ?? 0;
      const moved = own.map((edit) => ({ ...edit, start: edit.start - offset, end: edit.end - offset }));
      return trimmed(lines, from, linesOf(applied(text.slice(offset, starts[to] ?? text.length), moved)), to);
    }),
  );
}

/** Lines that follow each other are replaced together. */
function joined(all: readonly Replaced[]): readonly Replaced[] {
  const result: Replaced[] = [];
  for (const each of all) {
    const last = result.at(-1);
    if (last?.to === each.from)
      result.splice(-1, 1, { ...each, from: last.from, lines: [...last.lines, ...each.lines] });
    else result.push(each);
  }
  return result;
}

/** Without the lines at both ends that stay as they are. */
function trimmed(lines: readonly string[], from: number, changed: readonly string[], to: number): Replaced {
  let [start, end] = [0, 0];
  const most = Math.min(to - from, changed.length);
  while (start < most && lines[from + start] === changed[start]) start += 1;
  while (end < most - start && lines[to - 1 - end] === changed.at(-1 - end)) end += 1;
  return { from: from + start, to: to - end, lines: changed.slice(start, changed.length - end) };
}
