/** Command lines as programs of Windows and scripts read them: words with quotes around some. */

/** The words of a line; quotes are gone, a doubled single quote is one. */
export function commandLine(line: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of line.slice(0, 1 << 14).matchAll(/(?:"[^"]*"|'(?:[^']|'')*'|[^\s"'])+/g))
    words.push(
      word.replaceAll(
        /"([^"]*)"|'((?:[^']|'')*)'/g,
        (_, double?: string, single?: string) => double ?? (single ?? "").replaceAll("''", "'"),
      ),
    );
  return words;
}
