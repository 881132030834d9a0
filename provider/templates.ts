import { partitionOf } from "../policies/machine/arn";
import { derived, derivedHex, derivedUuid } from "./hash";
import { dnsSuffixOf } from "./region";
import { MAX_DEPTH, scalarText } from "./values";

/**
 * A value with placeholders in its strings: `{region}`, `{account}`, `{partition}` and `{suffix}` of the provider,
 * `{hexN}`, `{digitsN}`, `{capsN}`, `{charsN}`, `{mixedN}`, `{uuid}` and addresses made up from a seed (`{shared…}`: the same
 * at every place), and names that the caller defines. A string that is nothing but `{=NAME}` becomes that value whatever its type.
 */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [key: string]: Template };

export interface TemplateContext {
  readonly seed: string;
  readonly region: string;
  readonly accountId: string;
  /** Values by placeholder name. */
  lookup(name: string): unknown;
  /** Collects every string that holds something made up. */
  readonly madeUp: Set<string>;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** Fills in every placeholder of a template. */
export function expand(template: Template, context: TemplateContext, place = "", depth = 0): unknown {
  if (depth > MAX_DEPTH) return template;
  if (typeof template === "string") return expandText(template, context, place);
  if (typeof template !== "object" || template === null) return template;
  const inner = (member: Template, key: string): unknown => expand(member, context, `${place}/${key}`, depth + 1);
  if (isList(template)) return template.map((member, index) => inner(member, String(index)));
  return Object.fromEntries(Object.entries(template).map(([key, member]) => [key, inner(member, key)]));
}

function isList(template: Template): template is readonly Template[] {
  return Array.isArray(template);
}

function expandText(template: string, context: TemplateContext, place: string): unknown {
  const whole = /^\{=(\w+)\}$/.exec(template)?.[1];
  if (whole !== undefined) return context.lookup(whole);
  const made: string[] = [];
  const result = template.replaceAll(/\{(\w+)\}/g, (_placeholder, name: string) => {
    const invented = invent(name, context.seed, place);
    const value = invented ?? fixed(name, context) ?? scalarText(context.lookup(name));
    if (invented !== undefined || context.madeUp.has(value)) made.push(value);
    return value;
  });
  if (made.length > 0) context.madeUp.add(result);
  return result;
}

function fixed(name: string, { region, accountId }: TemplateContext): string | undefined {
  switch (name) {
    case "region":
      return region;
    case "account":
      return accountId;
    case "partition":
      return partitionOf(region);
    case "suffix":
      return dnsSuffixOf(region);
    default:
      return undefined;
  }
}

type Maker = (seed: string, length: number, shared: string) => string;

/** What AWS makes at random. What is shared, and addresses, are the same at every place of one answer. */
const MAKERS = new Map<string, Maker>([
  ["hex", derivedHex],
  ["digits", (seed, length) => derived(seed, length, DIGITS)],
  ["caps", (seed, length) => derived(seed, length, LETTERS.toUpperCase() + DIGITS)],
  ["chars", (seed, length) => derived(seed, length, LETTERS + DIGITS)],
  ["mixed", (seed, length) => derived(seed, length, LETTERS + LETTERS.toUpperCase() + DIGITS)],
  ["uuid", derivedUuid],
  ["sharedHex", (_seed, length, shared) => derivedHex(shared, length)],
  ["sharedChars", (_seed, length, shared) => derived(shared, length, LETTERS + DIGITS)],
  ["privateIp", (_seed, _length, shared) => ["10", "0", octet(shared, 0), octet(shared, 2)].join(".")],
  ["privateIpDashed", (_seed, _length, shared) => ["10", "0", octet(shared, 0), octet(shared, 2)].join("-")],
  ["privateRange", (seed) => `10.${octet(seed, 0)}.0.0/16`],
  ["publicIp", (_seed, _length, shared) => ["203", "0", "113", octet(shared, 4)].join(".")],
  ["publicIpDashed", (_seed, _length, shared) => ["203", "0", "113", octet(shared, 4)].join("-")],
]);

function invent(name: string, seed: string, place: string): string | undefined {
  const [, kind = "", length = ""] = /^([a-zA-Z]+)(\d*)$/.exec(name) ?? [];
  return MAKERS.get(kind)?.(`${seed}#${place}`, Number(length), seed);
}

function octet(seed: string, offset: number): string {
  return String(4 + (Number.parseInt(derivedHex(`${seed}#address`, 6).slice(offset, offset + 2), 16) % 250));
}
