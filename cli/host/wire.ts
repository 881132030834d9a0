import { changedIn } from "../../policies/collections";
import { isRecord, isUnknown, UNKNOWN } from "../../policies/machine/resource";

/** Values as the SDK puts them on the wire: JSON in which signed objects stand for secrets, outputs and resources. */
export type Wire = Record<string, unknown>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** A value without its wrappers, and what the wrappers said. */
export interface Unwrapped {
  readonly value: unknown;
  readonly secret: boolean;
  /** URNs that output values carried along. */
  readonly dependencies: ReadonlySet<string>;
}

/** Takes secrets, output values and resource references apart, at any depth. */
export function unwrap(value: unknown): Unwrapped {
  const seen = { secret: false, dependencies: new Set<string>() };
  return { value: strip(value, seen), secret: seen.secret, dependencies: seen.dependencies };
}

interface Seen {
  secret: boolean;
  readonly dependencies: Set<string>;
}

function strip(value: unknown, seen: Seen): unknown {
  if (Array.isArray(value)) {
    return changedIn(value, (item) => strip(item, seen));
  }
  if (!isRecord(value)) {
    return value;
  }
  switch (value[SIGNATURE]) {
    case SECRET:
      seen.secret = true;
      return strip(value["value"], seen);
    case OUTPUT:
      return stripOutput(value, seen);
    case RESOURCE:
      return stripReference(value, seen);
    default:
      return changedIn(value, (item) => strip(item, seen));
  }
}

function stripOutput(output: Wire, seen: Seen): unknown {
  seen.secret ||= output["secret"] === true;
  for (const urn of Array.isArray(output["dependencies"]) ? output["dependencies"] : []) {
    seen.dependencies.add(String(urn));
  }
  return output["value"] === undefined ? UNKNOWN : strip(output["value"], seen);
}

/** The engine hands providers the id of a custom resource, and the URN of a component, which has no id. */
function stripReference(reference: Wire, seen: Seen): unknown {
  if (!("id" in reference)) {
    return reference["urn"];
  }
  return reference["id"] === "" ? UNKNOWN : strip(reference["id"], seen);
}

/** Whether a value is the envelope of a secret. */
export function isSecret(value: Wire): boolean {
  return value[SIGNATURE] === SECRET;
}

/** Marks a value as secret. */
export function secret(value: unknown): Wire {
  return { [SIGNATURE]: SECRET, value };
}

/** An output value that carries dependencies, as the engine hands properties to transforms. */
export function output(value: unknown, dependencies: readonly string[]): unknown {
  if (dependencies.length === 0) {
    return value;
  }
  const inner = unwrapOne(value);
  return {
    [SIGNATURE]: OUTPUT,
    ...(isUnknown(inner.value) ? {} : { value: inner.value }),
    ...(inner.secret ? { secret: true } : {}),
    dependencies: [...new Set([...inner.dependencies, ...dependencies])],
  };
}

function unwrapOne(value: unknown): { value: unknown; secret: boolean; dependencies: readonly string[] } {
  if (isRecord(value) && value[SIGNATURE] === SECRET) {
    return { value: value["value"], secret: true, dependencies: [] };
  }
  if (isRecord(value) && value[SIGNATURE] === OUTPUT) {
    const dependencies = Array.isArray(value["dependencies"]) ? value["dependencies"].map(String) : [];
    return { value: "value" in value ? value["value"] : UNKNOWN, secret: value["secret"] === true, dependencies };
  }
  return { value, secret: false, dependencies: [] };
}

/** Replaces every string that is one of `strings`, and every such number, by the unknown sentinel, at any depth. */
export function hide(value: unknown, strings: ReadonlySet<string>): unknown {
  if (typeof value === "string" || typeof value === "number") {
    return strings.has(String(value)) ? UNKNOWN : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => hide(item, strings));
  }
  return isRecord(value) ? mapValues(value, (item) => hide(item, strings)) : value;
}

/** Applies a function to every value of a record; keys such as `__proto__` stay ordinary keys. */
export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
