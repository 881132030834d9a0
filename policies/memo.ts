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
let usualRoom = 1 << 23;

/** Does something during which memories keep less: what goes through a stack once needs a text for a moment only. */
export function rememberingLess<Result>(room: number, action: () => Result): Result {
  const before = usualRoom;
  usualRoom = room;
  try {
    return action();
  } finally {
    usualRoom = before;
  }
}

/** Remembers what `work` made of the latest texts, of as many characters in all. */
export function memoized<Result>(work: (text: string) => Result, most = Infinity): (text: string) => Result {
  const known = new Map<string, Result>();
  let size = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const result = work(text);
    // The latest text is kept whatever its size: every rule asks for it in turn.
    if (size + text.length > Math.min(most, usualRoom)) {
      known.clear();
      size = 0;
    }
    known.set(text, result);
    size += text.length;
    return result;
  };
}
