/** How often the class of the characters changes: rarely in words, often where a machine has drawn them. */
export function isMixed(value: string): boolean {
  const counts = [0, 0, 0, 0];
  let [changes, last] = [0, 0];
  for (let at = 0; at < value.length; at++) {
    const kind = classOf(value.charCodeAt(at));
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind !== last && kind !== 0 && last !== 0) changes++;
    last = kind;
  }
  const [, digits = 0, upper = 0, lower = 0] = counts;
  const enough = digits >= 1 && upper >= 3 && lower >= 3;
  return enough && changes >= value.length * 0.38;
}

/** 1 for digits, 2 for capitals, 3 for small letters, 0 for anything else. */
function classOf(code: number): 0 | 1 | 2 | 3 {
  if (code >= 48 && code <= 57) return 1;
  if (code >= 65 && code <= 90) return 2;
  return code >= 97 && code <= 122 ? 3 : 0;
}
