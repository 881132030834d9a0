/** Whether a machine has drawn the characters: their class changes often, which it rarely does in words. */
export function isMixed(value: string): boolean {
  const [digits, upper, lower] = [/\d/g, /[A-Z]/g, /[a-z]/g].map((each) => value.match(each)?.length ?? 0);
  const enough = (digits ?? 0) >= 1 && (upper ?? 0) >= 3 && (lower ?? 0) >= 3;
  return enough && changes(value) >= value.length * RATE;
}

/** The share of characters behind which the class changes. */
const RATE = 0.38;

/** How often a digit, a capital or a small letter follows one of another class. */
function changes(value: string): number {
  let [count, last] = [0, 0];
  for (let at = 0; at < value.length; at++) {
    const kind = classOf(value.charCodeAt(at));
    if (kind !== last && kind !== 0 && last !== 0) count++;
    last = kind;
  }
  return count;
}

/** A part of a path: a word, a number in hexadecimal, or too short to tell. */
export function isWord(value: string): boolean {
  return value.length <= 4 || /^[\da-f]+$/.test(value) || changes(value) < value.length * 0.45;
}

/** 1 for digits, 2 for capitals, 3 for small letters, 0 for anything else. */
function classOf(code: number): 0 | 1 | 2 | 3 {
  if (code >= 48 && code <= 57) return 1;
  if (code >= 65 && code <= 90) return 2;
  return code >= 97 && code <= 122 ? 3 : 0;
}
