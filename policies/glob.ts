/**
 * `*` stands for any characters and `?` for one, in names and URNs alike; everything else for itself. Shell globs differ
 * (`*` stops at a slash, `[…]` and `{…}` are special), so none of their libraries fits.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let [g, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (glob[g] === "*") {
      star = g++;
      mark = t;
    } else if (g < glob.length && (glob[g] === "?" || glob[g] === text[t])) {
      g++;
      t++;
    } else if (star >= 0) {
      g = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (glob[g] === "*") g++;
  return g === glob.length;
}

/** Whether any of the globs matches the whole text. */
export function matcher(globs: readonly string[]): (text: string) => boolean {
  return (text) => globs.some((glob) => matchesGlob(glob, text));
}
