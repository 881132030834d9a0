import { isRecord, isUnknown, type Properties, UNKNOWN } from "../policies/machine/resource";
import type { CheckFailure } from "./provider";
import type { Field, Shape } from "./schema";
import { mapValues, numberOf } from "./values";

/** Brings every property to its schema type: `"1"` to a number, `true` to a string, a one-element list to its block. */
export function coerce(inputs: Properties, shape: Shape, failures: CheckFailure[], path = ""): Properties {
  return mapValues(inputs, (value, key) => {
    const field = shape.get(key);
    return field === undefined ? value : coerceValue(value, field, failures, path + key);
  });
}

function coerceValue(value: unknown, field: Field, failures: CheckFailure[], path: string): unknown {
  if (isUnknown(value)) return field.kind === "any" ? value : UNKNOWN;
  switch (field.kind) {
    case "string":
      return scalar(value, toText(value), "string", failures, path);
    case "number":
      return scalar(value, numberOf(value), "number", failures, path);
    case "boolean":
      return scalar(value, toBoolean(value), "boolean", failures, path);
    case "list":
      return coerceList(value, failures, path);
    case "map":
      return isRecord(value) ? value : mismatch(value, "map", failures, path);
    case "block":
      return coerceBlock(value, field.fields, failures, path);
    case "blocks":
      return coerceBlocks(value, field.fields, failures, path);
    case "any":
      return value;
  }
}

function scalar(value: unknown, coerced: unknown, kind: string, failures: CheckFailure[], path: string): unknown {
  return coerced === undefined ? mismatch(value, kind, failures, path) : coerced;
}

function mismatch(value: unknown, kind: string, failures: CheckFailure[], path: string): unknown {
  const seen = Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
  failures.push({ property: path, reason: `expected ${kind} type, got ${seen}` });
  return value;
}

function toText(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

function coerceList(value: unknown, failures: CheckFailure[], path: string): unknown {
  if (!Array.isArray(value)) return mismatch(value, "list", failures, path);
  return value.map((member: unknown, index) =>
    member === null || isUnknown(member)
      ? member
      : scalar(member, toText(member), "string", failures, `${path}[${String(index)}]`),
  );
}

function coerceBlock(value: unknown, fields: Shape, failures: CheckFailure[], path: string): unknown {
  const block: unknown = Array.isArray(value) && value.length <= 1 ? value[0] : value;
  if (block === undefined || isUnknown(block)) return block;
  return isRecord(block) ? coerce(block, fields, failures, `${path}.`) : mismatch(value, "object", failures, path);
}

function coerceBlocks(value: unknown, fields: Shape, failures: CheckFailure[], path: string): unknown {
  if (!Array.isArray(value)) return mismatch(value, "list", failures, path);
  return value.map((member: unknown, index) => coerceBlock(member, fields, failures, `${path}[${String(index)}]`));
}
