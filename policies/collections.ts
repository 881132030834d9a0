/** Small additions to what JavaScript has for collections. */

/** Adds to the list of a key. */
export function pushTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Items by a key, each group in the order of the items and none of them empty. */
export function groupedBy<Item>(items: readonly Item[], key: (item: Item) => unknown): [Item, ...Item[]][] {
  const groups = new Map<unknown, [Item, ...Item[]]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups.values()];
}

/** A list or record with every value changed; the same one where none is, so that what is only read is not copied. */
export function changedIn<T extends readonly unknown[] | Readonly<Record<string, unknown>>>(
  value: T,
  change: (item: unknown, key: string) => unknown,
): T {
  const from = value as Readonly<Record<string, unknown>>;
  let made: Record<string, unknown> | undefined;
  for (const key of Object.keys(from)) {
    const before = from[key];
    const after = change(before, key);
    if (after === before) continue;
    made ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...from }) as Record<string, unknown>;
    made[key] = after;
  }
  return (made ?? value) as T;
}
