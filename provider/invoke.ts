import { isRecord, type Properties } from "../policies/machine/resource";
import { InvokeError } from "./invokes/arguments";
import { PURE } from "./invokes/aws";
import { cloudinitConfig } from "./invokes/cloudinit";
import { INNER_VALUES, REGISTRY_PASSWORD, lookupOf, typedArguments } from "./invokes/lookups";
import { std } from "./invokes/std";
import { goJson } from "./documents";
import type { InvokeResult, ProviderConfig } from "./provider";
import { ASSUMED_REGION, regionOf } from "./region";
import { expand, type Template, type TemplateContext } from "./templates";
import { mapValues, own, scalarText, text, withoutNulls } from "./values";

/**
 * What the real provider answers to a function call. What needs no account is computed exactly; what only AWS knows
 * gets its shape, and the strings made up for it are listed.
 */
export function invoke(token: string, args: Properties, config: ProviderConfig): InvokeResult {
  try {
    return withAssumedRegion(answer(token, withoutNulls(args), config), config);
  } catch (error) {
    // A RangeError is a text or a nesting beyond what JavaScript holds.
    if (error instanceof InvokeError || error instanceof RangeError) {
      return { result: {}, madeUp: [], failure: `invoking ${token}: ${error.message}` };
    }
    throw error;
  }
}

/** Of a machine and its network, what only AWS knows and no program can tell from what it sets itself: yes or no. */
export const GUESSED: ReadonlySet<string> = new Set([
  "assignIpv6AddressOnCreation",
  "associatePublicIpAddress",
  "mapPublicIpOnLaunch",
  "sourceDestCheck",
]);

/** The same answer with the other guess wherever it is one. */
export function invokeOtherwise(token: string, args: Properties, config: ProviderConfig): InvokeResult {
  const found = invoke(token, args, config);
  return { ...found, result: { ...guessedOtherwise(found.result), ...args } };
}

function guessedOtherwise(result: Properties): Properties {
  return mapValues(result, (value, key) => {
    if (GUESSED.has(key) && typeof value === "boolean") return !value;
    return Array.isArray(value) ? value.map(memberOtherwise) : memberOtherwise(value);
  });
}

function memberOtherwise(member: unknown): unknown {
  return isRecord(member) ? guessedOtherwise(member) : member;
}

function answer(token: string, args: Properties, config: ProviderConfig): InvokeResult {
  const pure = PURE.get(token);
  if (pure !== undefined) return exact(pure(args, config));
  if (token === "cloudinit:index/getConfig:getConfig") return exact(cloudinitConfig(args));
  if (token.startsWith("std:index:")) return standard(token.slice("std:index:".length), args);
  return lookUp(token, args, config);
}

/** Without a region of the provider, the one that stands for it is made up too. */
function withAssumedRegion(found: InvokeResult, config: ProviderConfig): InvokeResult {
  const assumed = text(config.region) === undefined && Object.values(found.result).includes(ASSUMED_REGION);
  return assumed ? { ...found, madeUp: [...found.madeUp, ASSUMED_REGION] } : found;
}

function exact(result: Properties): InvokeResult {
  return { result, madeUp: [], failure: undefined };
}

function standard(name: string, args: Properties): InvokeResult {
  const { result, varies } = std(name, args);
  return { ...exact({ result }), madeUp: varies ? [scalarText(result)] : [] };
}

function lookUp(token: string, given: Properties, config: ProviderConfig): InvokeResult {
  const args = typedArguments(token, given);
  const shape = lookupOf(token) ?? ordinaryShape(token, args);
  const seed = `${token} ${goJson(args) ?? ""}`;
  const madeUp = new Set<string>();
  const lookup = (name: string): unknown => {
    if (name === "owner") return (text(args.name) ?? "").startsWith("/aws/") ? "" : config.accountId;
    if (name === "parameterValue") return expand(parameterValue(scalarText(own(args, "name"))), context, name);
    if (name === "registryToken") return registryToken(context);
    const rare = RARE_NUMBERS.get(name);
    if (rare !== undefined) return madeUpNumber(rare, madeUp);
    if (name === "bareName") return scalarText(lookup("name")).replace(/^\//, "");
    const template = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const given = scalarText(own(args, name));
    if (given !== "") return given;
    return expand(template ?? `${name}-{hex12}`, context, name);
  };
  const context: TemplateContext = {
    seed,
    region: regionOf(args, config),
    accountId: config.accountId,
    lookup,
    madeUp,
  };
  const found = Object.entries(shape).map(([key, template]) => [key, expand(template, context, key)] as const);
  for (const template of INNER_VALUES.get(token) ?? []) expand(template, context);
  return { result: { ...Object.fromEntries(found), ...args }, madeUp: [...madeUp], failure: undefined };
}

/** Numbers that providers accept, and that a program does not happen to write by itself. */
const RARE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["hopLimit", 61],
  ["version", 918_273],
]);

function madeUpNumber(value: number, madeUp: Set<string>): number {
  madeUp.add(String(value));
  return value;
}

/** Programs decode it for the user's name and the password. */
function registryToken(context: TemplateContext): string {
  const token = Buffer.from(`AWS:${scalarText(expand(REGISTRY_PASSWORD, context))}`).toString("base64");
  context.madeUp.add(token);
  return token;
}

/** The public parameters of AWS that name an image hold its id, or a document with it. */
function parameterValue(name: string): string {
  if (!/^\/aws\/service\/.*(?:ami|image|bottlerocket)/.test(name)) return "value-{hex16}";
  return name.endsWith("/recommended") ? '{"image_id":"ami-{sharedHex17}"}' : "ami-{sharedHex17}";
}

/** A function that the table lacks: an id, and in the AWS packages a name and an ARN. */
function ordinaryShape(token: string, args: Properties): Readonly<Record<string, Template>> {
  const [packageName = "", file = "", functionName = ""] = token.split(":");
  const kind = functionName.replace(/^get/, "").toLowerCase() || "id";
  const id = `${kind}-{hex17}`;
  if (packageName !== "aws" && packageName !== "aws-native") return { id };
  const service = file.split("/")[0] ?? "";
  const named = text(own(args, "name")) === undefined ? { name: `${kind}-{hex12}` } : {};
  return { id, arn: `arn:{partition}:${service}:{region}:{account}:${kind}/{id}`, ...named };
}
