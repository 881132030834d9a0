/** Command lines as programs of Windows and scripts read them: words with quotes around some. */

/** What PowerShell takes as code: all that stands behind the option. Single quotes in it are its own. */
const CODE =
  /^(\s{0,20}(?:"[^"]{0,200}\\|[^\s"]{0,200}\\)?(?:powershell|pwsh)(?:\.exe)?"?\s(?:.{0,300}?\s)?[-/]c(?:ommand)?)\s+(\S.*)$/is;

/** The words of a line; quotes are gone, a doubled single quote is one. */
export function commandLine(line: string): readonly string[] {
  const [, start, code = ""] = CODE.exec(line.slice(0, 1 << 14)) ?? [];
  return start === undefined ? wordsOf(line) : [...wordsOf(start), code.replaceAll('"', "").trim()];
}

function wordsOf(line: string): readonly string[] {
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
