/** Where in user data something stands: a part, by the way to it, and a line of its text from 1 on. */
export interface Spot {
  readonly path: string;
  readonly line: number;
}

/** The ends of the lines of the text that was asked for last: one text is asked for again and again. */
let latest: { readonly text: string; readonly ends: readonly number[] } = { text: "", ends: [] };

/** Where the lines of a text end. */
export function lineEnds(text: string): readonly number[] {
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  return ends;
}

/** The line of an offset, by where lines end. */
export function lineIn(ends: readonly number[], offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** The line of an offset of a text. */
export function lineAt(text: string, offset: number): number {
  if (latest.text !== text) latest = { text, ends: lineEnds(text) };
  return lineIn(latest.ends, offset);
}
