/** Names that were perhaps meant. */

/** How many letters may be missing, too many, wrong or swapped. */
const MOST_SLIPS = 2;

/** The name that is nearest to a misspelt one; undefined where none is near. */
export function nearest(asked: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, slips: slipsBetween(asked.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= MOST_SLIPS && slips < name.length)
    .sort((a, b) => a.slips - b.slips);
  return best?.name;
}

/** Levenshtein's distance: how many letters to put in, take out or replace. */
function slipsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let line = 0; line < from.length; line++) {
    const next = [line + 1];
    for (let at = 0; at < to.length; at++) {
      const replaced = (row[at] ?? 0) + (from[line] === to[at] ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
