import type { Value } from "./value";

/**
 * Values that each become a resource, once each, with what follows the component's name in that of the resource: what the
 * value says where it is written out, so that one that goes leaves the others alone, and its place among those that are
 * known only later.
 */
export function keysOf(
  values: readonly Value<string>[],
  keyOf: (value: string) => string = (value) => value,
): readonly (readonly [key: string, value: Value<string>])[] {
  let later = 0;
  return [...new Set(values)].map((value) => [typeof value === "string" ? keyOf(value) : String(later++), value]);
}
