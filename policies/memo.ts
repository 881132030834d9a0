/** Work on a text is done once, however many machines and rules ask for it. */

/** Remembers what `work` made of an object, such as decoded user data, for as long as the object is there. */
export function perObject<Key extends object, Result>(work: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.result;
    const result = work(key);
    known.set(key, { result });
    return result;
  };
}

/** Characters of texts that one memory keeps. */
const ROOM = 1 << 23;

/** Remembers what `work` made of the latest texts, of as many characters in all. */
export function memoized<Result>(work: (text: string) => Result, room = ROOM): (text: string) => Result {
  const known = new Map<string, Result>();
  let size = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
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
