/** What may be known only later: an Output of Pulumi. The planner hands it on and never looks into it. */
export interface Later {
  readonly apply: unknown;
}

/** A value that may be known only later. */
export type Value<T> = T | Later;

export function isLater(value: unknown): value is Later {
  return typeof value === "object" && value !== null && "apply" in value;
}
