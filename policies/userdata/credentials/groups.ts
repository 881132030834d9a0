/** Groups of a match: those of alternatives that did not match are not there. */

/** The groups that took part in a match. */
export function groupsOf(match: RegExpExecArray): string[] {
  const groups: readonly (string | undefined)[] = match.slice(1);
  return groups.filter((group) => group !== undefined);
}

/** The first of them. */
export function groupOf(match: RegExpExecArray): string {
  return groupsOf(match)[0] ?? "";
}
