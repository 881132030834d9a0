/** Where in user data something stands: a part, by the way to it, and a line of its text from 1 on. */
export interface Spot {
  readonly path: string;
  readonly line: number;
}

/** The line of an offset, for the few places that are reported. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
