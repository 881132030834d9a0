/**
 * What a function of AWS says about a network can only be guessed, and a guess of yes or no looks like what the program
 * sets. What differs between two runs, with one guess each, hangs on it and is not known.
 */
import { isRecord, UNKNOWN, type Properties, type StackResource } from "../policies/machine/resource";
import { GUESSED, invoke, invokeOtherwise } from "../provider";
import { mapValues } from "../provider/values";
import type { ProviderModel, RunResult } from "./host";

type Invoke = ProviderModel["invoke"];

/** Runs a program, and once more where a guess may have become a property that machines are judged by. */
export async function runWithoutGuesses(
  run: (invoke: Invoke, again: boolean) => Promise<RunResult>,
): Promise<RunResult> {
  const answers = { guessed: false };
  const watched: Invoke = (...call) => {
    const found = invoke(...call);
    answers.guessed ||= sets(found.result);
    return found;
  };
  const first = await run(watched, false);
  if (!answers.guessed || !first.resources.some(({ inputs }) => sets(inputs))) return first;
  const second = await run(invokeOtherwise, true);
  const others = new Map(second.resources.map((resource) => [resource.urn, resource]));
  return { ...first, resources: first.resources.map((resource) => agreed(resource, others.get(resource.urn))) };
}

/** Whether a value of that name is anywhere in it. */
function sets(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(sets);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(([key, member]) => (GUESSED.has(key) && isOpen(member)) || sets(member));
}

function agreed(resource: StackResource, other: StackResource | undefined): StackResource {
  if (!other) return resource;
  const { inputs, outputs } = resource;
  return {
    ...resource,
    inputs: inputs && other.inputs && agreedProperties(inputs, other.inputs),
    outputs: agreedProperties(outputs, other.outputs),
  };
}

function agreedProperties(first: Properties, second: Properties): Properties {
  return mapValues({ ...second, ...first }, (_, key) => agreedValue(first[key], second[key]));
}

function agreedValue(first: unknown, second: unknown): unknown {
  if (isRecord(first) && isRecord(second)) return agreedProperties(first, second);
  if (Array.isArray(first) && Array.isArray(second) && first.length === second.length) {
    return first.map((member, index) => agreedValue(member, second[index]));
  }
  return first !== second && isOpen(first) && isOpen(second) ? UNKNOWN : first;
}

/** A choice of a few. Other texts may differ from run to run by themselves. */
function isOpen(value: unknown): boolean {
  if (typeof value === "string") return /^[a-z-]*$/i.test(value);
  return value === undefined || typeof value === "boolean" || typeof value === "number";
}
