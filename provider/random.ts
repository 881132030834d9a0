import { isUnknown, type Properties, UNKNOWN } from "../policies/machine/resource";
import { derived, derivedHex, derivedUuid } from "./hash";
import type { CreateRequest, CreateResult } from "./provider";
import { listOf, mapValues, numberOf, own, scalarText, text } from "./values";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";
const PET_WORDS =
  "amber brave calm dusty eager fleet gentle hardy ideal jolly keen lucid mellow noble otter panda".split(" ");
const DEFAULT_PET_LENGTH = 2;
const MAX_LENGTH = 4096;

interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

type Maker = (inputs: Properties, seed: string) => Made;

const MAKERS = new Map<string, Maker>([
  ["random:index/randomPassword:RandomPassword", password],
  ["random:index/randomString:RandomString", string],
  ["random:index/randomId:RandomId", identifier],
  ["random:index/randomBytes:RandomBytes", bytes],
  ["random:index/randomPet:RandomPet", pet],
  ["random:index/randomInteger:RandomInteger", integer],
  ["random:index/randomUuid:RandomUuid", uuid],
  ["random:index/randomUuid4:RandomUuid4", uuid],
  ["random:index/randomUuid7:RandomUuid7", uuid],
  ["random:index/randomShuffle:RandomShuffle", shuffle],
]);

/** What the random provider answers to Create, or undefined for a type that it does not have. */
export function createRandom(request: CreateRequest): CreateResult | undefined {
  const make = MAKERS.get(request.type);
  if (make === undefined) return undefined;
  const { id, outputs } = make(request.inputs, request.urn);
  const settings = { ...characterClasses(request.type), ...request.inputs };
  if (request.mode === "create") return { id, outputs: { ...settings, ...outputs, id } };
  return { id: "", outputs: { ...settings, ...mapValues(outputs, () => UNKNOWN), id: UNKNOWN } };
}

function characterClasses(type: string): Properties {
  if (!/:Random(?:Password|String)$/.test(type)) return {};
  const minimums = { minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 };
  return { ...minimums, lower: true, upper: true, numeric: true, number: true, special: true };
}

function count(value: unknown, fallback: number): number {
  return Math.min(Math.max(Math.trunc(numberOf(value) ?? fallback), 0), MAX_LENGTH);
}

function characters(inputs: Properties, seed: string): string {
  const classes = [
    [inputs.lower, inputs.minLower, LOWER],
    [inputs.upper, inputs.minUpper, UPPER],
    [inputs.numeric ?? inputs.number, inputs.minNumeric, DIGITS],
    [inputs.special, inputs.minSpecial, text(inputs.overrideSpecial) ?? SPECIAL],
  ] as const;
  const alphabet = classes.map(([wanted, , symbols]) => (wanted === false ? "" : symbols)).join("");
  const least = classes
    .map(([, minimum, symbols]) => derived(`${seed}${symbols}`, count(minimum, 0), symbols))
    .join("");
  const length = count(inputs.length, 16);
  return (least + derived(seed, length, alphabet === "" ? LOWER : alphabet)).slice(0, length);
}

function password(inputs: Properties, seed: string): Made {
  const bcryptHash = `$2a$10$${derived(`${seed}#bcrypt`, 53, `./${UPPER}${LOWER}${DIGITS}`)}`;
  return { id: "none", outputs: { result: characters(inputs, seed), bcryptHash } };
}

function string(inputs: Properties, seed: string): Made {
  const result = characters(inputs, seed);
  return { id: result, outputs: { result } };
}

function identifier(inputs: Properties, seed: string): Made {
  const hex = derivedHex(seed, count(inputs.byteLength, 8) * 2);
  const content = Buffer.from(hex, "hex");
  const prefix = text(inputs.prefix) ?? "";
  const encoded = {
    hex,
    dec: BigInt(`0x0${hex}`).toString(),
    b64Std: content.toString("base64"),
    b64Url: content.toString("base64url"),
  };
  return { id: encoded.b64Url, outputs: mapValues(encoded, (value) => prefix + scalarText(value)) };
}

function bytes(inputs: Properties, seed: string): Made {
  const hex = derivedHex(seed, count(inputs.length, 16) * 2);
  return { id: "none", outputs: { hex, base64: Buffer.from(hex, "hex").toString("base64") } };
}

function pet(inputs: Properties, seed: string): Made {
  const words = Array.from({ length: count(inputs.length, DEFAULT_PET_LENGTH) }, (_, index) => {
    return PET_WORDS[Number.parseInt(derivedHex(`${seed}#${String(index)}`, 1), 16)] ?? "";
  });
  const separator = typeof inputs.separator === "string" && !isUnknown(inputs.separator) ? inputs.separator : "-";
  const prefix = text(inputs.prefix);
  return { id: [...(prefix === undefined ? [] : [prefix]), ...words].join(separator), outputs: {} };
}

function integer(inputs: Properties, seed: string): Made {
  const low = numberOf(inputs.min) ?? 0;
  const span = (numberOf(inputs.max) ?? 0) - low + 1;
  const drawn = Number.parseInt(derivedHex(seed, 12), 16);
  const result = span >= 1 ? low + (drawn % span) : 0;
  return { id: String(result), outputs: { result } };
}

function uuid(_inputs: Properties, seed: string): Made {
  const result = derivedUuid(seed);
  return { id: result, outputs: { result } };
}

function shuffle(inputs: Properties, seed: string): Made {
  const ranked = listOf(own(inputs, "inputs")).map(
    (value, index) => [derivedHex(`${seed}#${String(index)}`, 16), value] as const,
  );
  const order = ranked.sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
  const results = order.slice(0, count(inputs.resultCount, order.length));
  return { id: "-", outputs: { results } };
}
