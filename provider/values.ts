import { isRecord, isUnknown, type Properties } from "../policies/machine/resource";

/** Deeper values are passed on as they are: no provider property nests like that, and recursion has to end. */
export const MAX_DEPTH = 200;

/** A list, or nothing where the value is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value's own property; inherited ones such as `constructor` do not exist. */
export function own(object: unknown, key: string): unknown {
  return isRecord(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A known, non-empty string. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
}

/** The text of a scalar; objects and lists have none, and may not even convert. */
export function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Whether a text is base64 with its padding. */
export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

/** A number, also where it arrives as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Whether a value is set: neither absent nor null. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a value is unknown or holds an unknown one at any depth. */
export function containsUnknown(value: unknown, depth = 0): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return false;
  return Object.values(value).some((member) => containsUnknown(member, depth + 1));
}

/** Maps the values of an object; what maps to undefined is left out. */
export function mapValues(object: Properties, map: (value: unknown, key: string) => unknown): Properties {
  return Object.fromEntries(
    Object.entries(object)
      .map(([key, value]) => [key, map(value, key)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** Leaves out what is undefined. */
export function defined(object: Properties): Properties {
  return mapValues(object, (value) => value);
}

/** Drops null properties at every depth; list elements keep their places. */
export function withoutNulls(object: Properties, depth = 0): Properties {
  if (depth > MAX_DEPTH) return object;
  const clean = (value: unknown, level: number): unknown => {
    if (level > MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map((member) => clean(member, level + 1));
    return isRecord(value) ? withoutNulls(value, level + 1) : value;
  };
  return mapValues(object, (value) => (value === null ? undefined : clean(value, depth)));
}
