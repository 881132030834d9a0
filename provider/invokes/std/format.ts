import { goJson } from "../../documents";
import { numberOf } from "../../values";
import { InvokeError } from "../arguments";

const MAX_WIDTH = 1024;
const MAX_LENGTH = 16 * 1024 * 1024;
const VERB = /%(?:%|([-+ 0#]*)(\d*)(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;

/** `format`: the verbs of Go that Terraform keeps. */
export function format(template: string, values: readonly unknown[]): string {
  let next = 0;
  const result = template.replaceAll(
    VERB,
    (whole, flags: string, width: string, precision: string | undefined, index: string | undefined, verb: string) => {
      if (whole === "%%") return "%";
      const place: number = index === undefined ? next : Number(index) - 1;
      next = place + 1;
      if (place < 0 || place >= values.length) throw new InvokeError(`not enough arguments for "${whole}"`);
      return pad(print(verb, values[place], flags, precision), flags, Math.min(Number(width), MAX_WIDTH), verb);
    },
  );
  if (result.length > MAX_LENGTH) throw new InvokeError("the result is too long");
  return result;
}

/** `formatlist`: lists of one length give a result for each element, other values repeat. */
export function formatList(template: string, values: readonly unknown[]): string[] {
  const lengths = values.filter((value) => Array.isArray(value)).map((value) => value.length);
  const length = lengths[0] ?? 1;
  if (lengths.some((other) => other !== length)) throw new InvokeError("the lists differ in length");
  return Array.from({ length }, (_, index) =>
    format(
      template,
      values.map((value: unknown) => (Array.isArray(value) ? (value as unknown[])[index] : value)),
    ),
  );
}

function print(verb: string, value: unknown, flags: string, precision: string | undefined): string {
  switch (verb) {
    case "s":
      return text(value);
    case "v":
      return plain(value);
    case "q":
      return JSON.stringify(text(value));
    case "t":
      return text(value);
    case "d":
      return signed(Math.trunc(number(value)), flags, (one) => String(one));
    case "x":
    case "X":
      return hex(value, verb);
    case "b":
      return Math.trunc(number(value)).toString(2);
    case "o":
      return Math.trunc(number(value)).toString(8);
    case "f":
      return signed(number(value), flags, (one) => one.toFixed(Math.min(Number(precision ?? 6), 100)));
    case "e":
      return number(value).toExponential(Math.min(Number(precision ?? 6), 100));
    case "g":
      return String(number(value));
    default:
      throw new InvokeError(`unsupported format verb "%${verb}"`);
  }
}

function signed(value: number, flags: string, show: (value: number) => string): string {
  return flags.includes("+") && value >= 0 ? `+${show(value)}` : show(value);
}

function hex(value: unknown, verb: string): string {
  const digits =
    typeof value === "string" ? Buffer.from(value, "utf8").toString("hex") : Math.trunc(number(value)).toString(16);
  return verb === "X" ? digits.toUpperCase() : digits;
}

function text(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new InvokeError("a list or an object cannot be printed as a string");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : (goJson(value) ?? "");
}

function number(value: unknown): number {
  const converted = numberOf(value);
  if (converted !== undefined) return converted;
  throw new InvokeError("a number is required");
}

function pad(value: string, flags: string, width: number, verb: string): string {
  if (flags.includes("-")) return value.padEnd(width);
  return value.padStart(width, flags.includes("0") && /[bdefgoxX]/.test(verb) ? "0" : " ");
}
