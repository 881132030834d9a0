/** Work on a text is done once, however many machines and rules ask for it. */

/** Characters of texts that one memory keeps. */
const ROOM = 1 << 23;

/** Remembers what `work` made of the latest texts, of as many characters in all. */
export function memoized<Result>(work: (text: string) => Result, room = ROOM): (text: string) => Result {
  const known = new Map<string, Result>();
  let size = 0;
  return (text) => {
    if (known.has(text)) return known.get(text) as Result;
    const result = work(text);
    if (size + text.length > room) {
      known.clear();
      size = 0;
    }
    if (text.length <= room) {
      known.set(text, result);
      size += text.length;
    }
    return result;
  };
}
