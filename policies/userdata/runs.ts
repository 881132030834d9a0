/** Long runs of characters of one class, such as keys and base64 are: most of a text is skipped without being looked at. */

/** A class of ASCII characters, by their codes. */
export type CharacterClass = Readonly<Uint8Array>;

/** The class of letters and digits, and of those given. */
export function lettersAnd(others: string): CharacterClass {
  const characters = new Uint8Array(128);
  for (let code = 0; code < 128; code++)
    if (/[A-Za-z\d]/.test(String.fromCharCode(code)) || others.includes(String.fromCharCode(code)))
      characters[code] = 1;
  return characters;
}

function isIn(characters: CharacterClass, code: number): boolean {
  return code < 128 && characters[code] === 1;
}

/** Where runs of at least that many characters begin. A run that long has one of every so many characters. */
function startsOfRuns(text: string, characters: CharacterClass, least: number): number[] {
  const starts: number[] = [];
  let start = 0;
  while (start + least <= text.length) {
    let at = start + least - 1;
    while (at >= start && isIn(characters, text.charCodeAt(at))) at--;
    if (at < start) {
      starts.push(start);
      at = start + least;
      while (at < text.length && isIn(characters, text.charCodeAt(at))) at++;
    }
    start = at + 1;
  }
  return starts;
}

/** The matches of a sticky pattern where such runs begin. */
export function matchesAtRuns(
  text: string,
  { pattern, characters, least }: { pattern: RegExp; characters: CharacterClass; least: number },
): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  for (const start of startsOfRuns(text, characters, least)) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match) matches.push(match);
  }
  return matches;
}
