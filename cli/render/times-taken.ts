/** How often a key has been taken, this time included. Some readers keep only one thing of a name. */
export function timesTaken(key: string, taken: Map<string, number>): number {
  const count = (taken.get(key) ?? 0) + 1;
  taken.set(key, count);
  return count;
}
