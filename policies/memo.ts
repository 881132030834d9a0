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
const USUAL_ROOM = 1 << 23;

/** Memories are made when their modules are loaded, so that no caller can hand it to them. No result depends on it. */
let room = USUAL_ROOM;

/** Does something during which memories keep less: what goes through a stack once needs a text for a moment only. */
export function rememberingLess(characters: number, action: () => void): void {
  room = characters;
  try {
    action();
  } finally {
    room = USUAL_ROOM;
  }
}

/**
 * Remembers what `work` made of the latest texts.
 *
 * @param most - Characters of all texts that are kept, where there is room for more.
 */
export function memoized<Result>(work: (text: string) => Result, most = Infinity): (text: string) => Result {
  const known = new Map<string, Result>();
  let size = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const result = work(text);
    // The latest text is kept whatever its size: every rule asks for it in turn.
    if (size + text.length > Math.min(most, room)) {
      known.clear();
      size = 0;
    }
    known.set(text, result);
    size += text.length;
    return result;
  };
}
