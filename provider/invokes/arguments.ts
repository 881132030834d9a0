import { isRecord, type Properties } from "../../policies/machine/resource";
import { numberOf, own } from "../values";

/** Why a function refuses its arguments: becomes the failure of the invoke, and never leaves it as an exception. */
export class InvokeError extends Error {
  override readonly name = "InvokeError";
}

/** A value that has to be a string; numbers and booleans become one as they do on the wire. */
export function stringArgument(args: Properties, name: string, fallback?: string): string {
  const value = own(args, name) ?? fallback;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new InvokeError(`argument "${name}" must be a string`);
}

/** A value that has to be a number. */
export function numberArgument(args: Properties, name: string, fallback?: number): number {
  const number = numberOf(own(args, name) ?? fallback);
  if (number !== undefined) return number;
  throw new InvokeError(`argument "${name}" must be a number`);
}

/** A value that has to be a whole number within bounds. */
export function integerArgument(args: Properties, name: string, low: number, high: number, fallback?: number): number {
  const value = numberArgument(args, name, fallback);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new InvokeError(`argument "${name}" must be a whole number between ${String(low)} and ${String(high)}`);
}

/** A value that has to be a list. */
export function listArgument(args: Properties, name: string): readonly unknown[] {
  const value = own(args, name);
  if (Array.isArray(value)) return value;
  throw new InvokeError(`argument "${name}" must be a list`);
}

/** A value that has to be an object. */
export function mapArgument(args: Properties, name: string): Properties {
  const value = own(args, name);
  if (isRecord(value)) return value;
  throw new InvokeError(`argument "${name}" must be an object`);
}
