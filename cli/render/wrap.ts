/** Narrower than this no text is broken: it would not be read any better. */
const NARROWEST = 20;

/** A line in lines of a width, broken at spaces; a longer word, such as an ARN, stays whole. */
export function wrapped(line: string, width: number | undefined): string[] {
  if (width === undefined || line.length <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.trim().split(" ")) {
    if (current === "") current = indent + word;
    else if (current.length + 1 + word.length <= Math.max(width, NARROWEST)) current += ` ${word}`;
    else {
      lines.push(current);
      current = indent + word;
    }
  }
  return [...lines, current];
}
