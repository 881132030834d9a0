import { isRecord, type Properties } from "../../../policies/machine/resource";
import { compareBytes, goJson } from "../../documents";
import { isSet, listOf, MAX_DEPTH, own, scalarText } from "../../values";
import { integerArgument, InvokeError, listArgument, mapArgument, numberArgument, stringArgument } from "../arguments";

type Fn = (args: Properties) => unknown;

const MAX_RANGE = 1024;
const input = (args: Properties): readonly unknown[] => listArgument(args, "input");
const texts = (args: Properties, name: string): string[] => listArgument(args, name).map(scalarText);

/** Functions of the std package on lists and objects, by name. */
export const COLLECTIONS: Readonly<Record<string, Fn>> = {
  alltrue: (args) => input(args).every(isTrue),
  anytrue: (args) => input(args).some(isTrue),
  chunklist: (args) => chunks(input(args), integerArgument(args, "size", 0, Number.MAX_SAFE_INTEGER)),
  coalesce: (args) => firstOf(input(args), (value) => isSet(value) && value !== ""),
  coalescelist: (args) => firstOf(input(args), (value) => listOf(value).length > 0),
  compact: (args) => input(args).filter((value) => isSet(value) && value !== ""),
  concat: (args) => input(args).flatMap(listOf),
  contains: (args) => input(args).some((value) => same(value, own(args, "element"))),
  distinct: (args) => distinct(input(args)),
  element: (args) => element(input(args), integerArgument(args, "index", 0, Number.MAX_SAFE_INTEGER)),
  flatten: (args) => input(args).flat(MAX_DEPTH),
  keys: (args) => Object.keys(mapArgument(args, "input")).sort(compareBytes),
  length: (args) => lengthOf(own(args, "input")),
  lookup: (args) => lookup(args),
  map: (args) => pairs(listArgument(args, "args")),
  matchkeys: (args) => texts(args, "values").filter((value) => texts(args, "searchList").includes(value)),
  max: (args) => extreme(numbers(args), (left, right) => Math.max(left, right)),
  merge: (args) =>
    Object.fromEntries(
      input(args)
        .filter(isRecord)
        .flatMap((one) => Object.entries(one)),
    ),
  min: (args) => extreme(numbers(args), (left, right) => Math.min(left, right)),
  range: (args) =>
    range(numberArgument(args, "start", 0), numberArgument(args, "limit"), numberArgument(args, "step", 1)),
  reverse: (args) => [...input(args)].reverse(),
  setintersection: (args) => intersection(input(args).map(listOf)),
  slice: (args) => slice(args),
  sort: (args) => texts(args, "input").sort(compareBytes),
  sum: (args) => numbers(args).reduce((total, one) => total + one, 0),
  tolist: input,
  toset: (args) => distinct(input(args)),
  transpose: (args) => transpose(mapArgument(args, "input")),
  values: (args) => sortedEntries(mapArgument(args, "input")).map(([, value]) => value),
  zipmap: (args) => zip(texts(args, "keys"), listArgument(args, "values")),
};

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function same(left: unknown, right: unknown): boolean {
  return goJson(left) === goJson(right);
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [goJson(value), value])).values()];
}

function firstOf(values: readonly unknown[], wanted: (value: unknown) => boolean): unknown {
  const found = values.find(wanted);
  if (found === undefined) throw new InvokeError("no argument has a value");
  return found;
}

function chunks(values: readonly unknown[], size: number): unknown[] {
  if (size === 0) return [values];
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function element(values: readonly unknown[], index: number): unknown {
  if (values.length === 0) throw new InvokeError("the list is empty");
  return values[index % values.length];
}

function lengthOf(value: unknown): number {
  if (typeof value === "string") return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  throw new InvokeError("only text, a list or an object has a length");
}

function lookup(args: Properties): unknown {
  const found = own(mapArgument(args, "map"), stringArgument(args, "key")) ?? own(args, "default");
  if (found === undefined) throw new InvokeError("the key is not in the map, and there is no default");
  return found;
}

function pairs(values: readonly unknown[]): Properties {
  if (values.length % 2 !== 0) throw new InvokeError("expected an even number of arguments");
  return Object.fromEntries(chunks(values, 2).map((pair) => [scalarText(listOf(pair)[0]), listOf(pair)[1]]));
}

function numbers(args: Properties): number[] {
  return input(args).map((value) => numberArgument({ value }, "value"));
}

function extreme(values: readonly number[], pick: (left: number, right: number) => number): number {
  const [first, ...rest] = values;
  if (first === undefined) throw new InvokeError("the list is empty");
  return rest.reduce(pick, first);
}

function range(start: number, limit: number, step: number): number[] {
  const length = Math.max(Math.ceil((limit - start) / step), 0);
  if (step === 0 || !(length <= MAX_RANGE)) throw new InvokeError(`a range has at most ${String(MAX_RANGE)} values`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function intersection(lists: readonly (readonly unknown[])[]): unknown[] {
  const [first = [], ...rest] = lists;
  return distinct(first).filter((value) => rest.every((list) => list.some((other) => same(value, other))));
}

function slice(args: Properties): unknown[] {
  const list = listArgument(args, "list");
  const from = integerArgument(args, "from", 0, list.length, 0);
  return list.slice(from, integerArgument(args, "to", from, list.length, list.length));
}

function sortedEntries(value: Properties): [string, unknown][] {
  return Object.entries(value).sort(([left], [right]) => compareBytes(left, right));
}

function transpose(value: Properties): Properties {
  const transposed = new Map<string, string[]>();
  for (const [key, members] of sortedEntries(value)) {
    for (const member of listOf(members).map(scalarText)) {
      transposed.set(member, [...(transposed.get(member) ?? []), key]);
    }
  }
  return Object.fromEntries(transposed);
}

function zip(keys: readonly string[], values: readonly unknown[]): Properties {
  if (keys.length !== values.length) throw new InvokeError("keys and values differ in number");
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}
