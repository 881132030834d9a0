/** What may be known only later: an Output of Pulumi or a promise. The planner hands it on and never looks into it. */
export type Later = { readonly apply: unknown } | { readonly then: unknown };

/** A value that may be known only later. */
export type Value<T> = T | Later;

export function isLater(value: unknown): value is Later {
  return typeof value === "object" && value !== null && ("apply" in value || "then" in value);
}

/**
 * A text whose pieces may be known only later.
 * @internal
 */
export interface Joined {
  readonly join: readonly Value<string>[];
}

export type Text = Value<string> | Joined;

export function isJoined(value: unknown): value is Joined {
  return typeof value === "object" && value !== null && "join" in value && Array.isArray(value.join);
}

/** Puts a text together: at once where all of it is known. */
export function joined(...pieces: readonly Value<string>[]): Text {
  return pieces.every((piece) => typeof piece === "string") ? pieces.join("") : { join: pieces };
}

/** Whether all of it is known now, down to its leaves. */
export function isKnownNow(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return !isLater(value) && Object.values(value).every(isKnownNow);
}
