/** What the shells share: how a plan becomes arguments of resources. */
import * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./args";
import { problemText, type Problem } from "./plan/problems";
import type { PolicyDocument } from "./plan/statements";
import { isJoined, type Value } from "./plan/value";

/** Stops the program where inputs are wrong, with all mistakes at once. */
export function refuse(what: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const errors = problems.map(({ property, reason }) => ({ propertyPath: property, reason }));
  throw new pulumi.InputPropertiesError({ message: problemText(what, problems), errors });
}

/** The arguments of a resource, changed as the user wants them. */
export function transformed<Args>(
  transform: Transform<Args> | undefined,
  args: Args,
  opts: pulumi.CustomResourceOptions,
): [Args, pulumi.CustomResourceOptions] {
  const changed: unknown = transform?.(args, opts);
  if (changed instanceof Promise)
    refuse("A transform", [{ property: "transform", reason: "is asynchronous: what it changes later is lost." }]);
  return [isOther(changed, args, opts) ? (changed as Args) : args, opts];
}

/** An arrow function without braces returns what it assigns: that is no other set of arguments. */
function isOther(changed: unknown, args: unknown, opts: object): boolean {
  if (typeof changed !== "object" || changed === null || Object.getPrototypeOf(changed) !== Object.prototype)
    return false;
  return !holds(args, changed) && !holds(opts, changed);
}

function holds(value: unknown, wanted: unknown): boolean {
  if (value === wanted) return true;
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return false;
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return Object.values(value).some((inner) => holds(inner, wanted));
}

/** A policy document as IAM takes it, as soon as all of it is known. */
export function documentJson(document: PolicyDocument): pulumi.Output<string> {
  return pulumi.jsonStringify(concatenated(document));
}

function concatenated(value: unknown): unknown {
  if (isJoined(value)) return pulumi.concat(...value.join.map((piece) => inputOf(piece)));
  if (Array.isArray(value)) return value.map(concatenated);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, concatenated(inner)]));
}

/** A value of the plan as an input of a resource. */
export function inputOf<T>(value: Value<T>): pulumi.Input<T> {
  return value as pulumi.Input<T>;
}
