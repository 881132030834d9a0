import { changedIn } from "../../policies/collections";
import { isRecord, UNKNOWN, type Properties } from "../../policies/machine/resource";
import { isSecret, unwrap } from "../host/wire";

/** What the engine writes for a secret where it shows none. */
const HIDDEN = "[secret]";

/** Properties as the judge takes them, and what the engine kept to itself. */
export interface ReadValues {
  readonly properties: Properties;
  /** Secrets that the file shows, as text. */
  readonly secrets: readonly string[];
  /** How many secrets it does not show: they are unknown. */
  readonly hidden: number;
}

/** Reads properties of a resource as the engine writes them. */
export function readValues(written: unknown): ReadValues {
  const seen = { secrets: [] as string[], hidden: 0 };
  const plain = unwrap(isRecord(written) ? changedIn(written, (value) => opened(value, seen)) : {}).value;
  return { properties: withoutNotes(isRecord(plain) ? plain : {}), ...seen };
}

/** The SDK's and the provider's own notes, such as `__defaults`, are no properties. */
function withoutNotes(properties: Properties): Properties {
  const isNote = (key: string): boolean => key.startsWith("__");
  if (!Object.keys(properties).some(isNote)) return properties;
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !isNote(key)));
}

interface Seen {
  readonly secrets: string[];
  hidden: number;
}

/** Secrets in place of their envelopes: what they say, where the file shows it, else unknown. */
function opened(value: unknown, seen: Seen): unknown {
  if (value === HIDDEN) return hide(seen);
  if (Array.isArray(value)) return changedIn(value, (item) => opened(item, seen));
  if (!isRecord(value)) return value;
  if (!isSecret(value)) return changedIn(value, (item) => opened(item, seen));
  const { plaintext } = value;
  if (typeof plaintext !== "string") return "value" in value ? opened(value["value"], seen) : hide(seen);
  return shown(plaintext, seen);
}

function hide(seen: Seen): string {
  seen.hidden += 1;
  return UNKNOWN;
}

/** The plain text of a secret is JSON. */
function shown(plaintext: string, seen: Seen): unknown {
  try {
    const value: unknown = JSON.parse(plaintext);
    seen.secrets.push(...texts(value));
    return opened(value, seen);
  } catch {
    return hide(seen);
  }
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
