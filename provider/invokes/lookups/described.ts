import { parseShape, type Field, type Shape } from "../../schema";
import type { Template } from "../../templates";
import type { Properties } from "../../../policies/machine/resource";
import { mapValues, numberOf } from "../../values";
import notations from "./described.json";
import { MADE_ON, NO_TAGS, type Lookup } from "./shape";

const NOTATIONS = new Map(Object.entries(notations));
const parsed = new Map<string, Shape>();

function shapeOf(token: string): Shape | undefined {
  const notation = NOTATIONS.get(token);
  if (notation === undefined) return undefined;
  const shape = parsed.get(token) ?? parseShape(notation);
  parsed.set(token, shape);
  return shape;
}

export function describedTokens(): Iterable<string> {
  return NOTATIONS.keys();
}

/** Something of the right type for all that a function always answers; undefined where the SDK does not describe it. */
export function describedLookup(token: string): Lookup | undefined {
  const shape = shapeOf(token);
  return shape && outputsOf(shape, token);
}

/** Arguments as the provider hands them back: numbers and booleans may be written as text. */
export function typedArguments(token: string, args: Properties): Properties {
  const shape = shapeOf(token);
  return shape ? mapValues(args, (value, key) => typed(value, shape.get(key)?.kind)) : args;
}

function typed(value: unknown, kind: Field["kind"] | undefined): unknown {
  if (typeof value !== "string") return value;
  if (kind === "boolean" && (value === "true" || value === "false")) return value === "true";
  return kind === "number" ? (numberOf(value) ?? value) : value;
}

function outputsOf(shape: Shape, token: string): Lookup {
  const outputs = [...shape].filter(([, { flag }]) => flag === "output");
  return Object.fromEntries(outputs.map(([name, field]) => [name, templateOf(name, field, token)]));
}

function templateOf(name: string, { kind, fields }: Field, token: string): Template {
  switch (kind) {
    case "number":
      return NUMBERS.get(name) ?? 1;
    case "boolean":
      return false;
    case "list":
      return [1, 2, 3].map(() => textOf(name.replace(/s$/, ""), token));
    case "block":
      return outputsOf(fields, token);
    case "blocks":
      return [outputsOf(fields, token)];
    case "map":
    case "any":
      return NO_TAGS;
    case "string":
      return textOf(name, token);
  }
}

/** Numbers that machines are judged by: those that no program writes, so that a made-up one can be told. */
const NUMBERS: ReadonlyMap<string, Template> = new Map([["httpPutResponseHopLimit", "{=hopLimit}"]]);

/** Texts by the end of their name: what programs take apart has to look like what it is. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^region$/, "{region}"],
  [/cidr(?:Block)?$/i, "{privateRange}"],
  [/(?:private|local)Ip(?:Address)?$/i, "{privateIp}"],
  [/Ip(?:Address)?$|^ip$/, "{publicIp}"],
  [/availabilityZone$|^zone$/i, "{region}a"],
  [/(?:ownerId|accountId|^account)$/i, "{account}"],
  [/(?:url|uri|endpoint)$/i, "https://host-{hex12}.{region}.{suffix}"],
  [/(?:json|policy|document)$/i, '{"Id":"not-known-{hex12}"}'],
  [/(?:At|Date|Time|Timestamp)$/, MADE_ON],
  [/vpcId$/i, "vpc-{hex17}"],
  [/subnetId$/i, "subnet-{hex17}"],
  [/securityGroupId$/i, "sg-{hex17}"],
];

function textOf(name: string, token: string): string {
  const service = token.split(":")[1]?.split("/")[0] ?? "";
  if (name === "arn" || name.endsWith("Arn"))
    return `arn:{partition}:${service}:{region}:{account}:${kindOf(token)}/{hex12}`;
  if (name === "id") return `${kindOf(token)}-{hex17}`;
  return TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? `${name.toLowerCase()}-{hex12}`;
}

/** What a function looks up: `subnet` of `getSubnets`. */
function kindOf(token: string): string {
  const name = token.split(":").at(-1) ?? "";
  return name.replace(/^get/, "").replace(/s$/, "").toLowerCase() || "id";
}
