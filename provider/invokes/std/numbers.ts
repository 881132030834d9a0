import type { Properties } from "../../../policies/machine/resource";
import { own } from "../../values";
import { integerArgument, InvokeError, listArgument, numberArgument, stringArgument } from "../arguments";
import { addressAt, netmask, subnet, subnets } from "./cidr";

type Fn = (args: Properties) => unknown;

const input = (args: Properties): number => numberArgument(args, "input");
const HUGE = Number.MAX_SAFE_INTEGER;

/** Functions of the std package on numbers, addresses and times, by name. */
export const NUMBERS: Readonly<Record<string, Fn>> = {
  abs: (args) => Math.abs(input(args)),
  ceil: (args) => Math.ceil(input(args)),
  cidrhost: (args) => addressAt(stringArgument(args, "input"), integerArgument(args, "host", -HUGE, HUGE)),
  cidrnetmask: (args) => netmask(stringArgument(args, "input")),
  cidrsubnet: (args) =>
    subnet(
      stringArgument(args, "input"),
      integerArgument(args, "newbits", 0, 128),
      integerArgument(args, "netnum", 0, HUGE),
    ),
  cidrsubnets: (args) =>
    subnets(
      stringArgument(args, "input"),
      listArgument(args, "newbits").map((value) => integerArgument({ value }, "value", 1, 128)),
    ),
  floor: (args) => Math.floor(input(args)),
  log: (args) => finite(Math.log(input(args)) / Math.log(numberArgument(args, "base"))),
  parseint: (args) => parseInteger(stringArgument(args, "input"), integerArgument(args, "base", 2, 36, 10)),
  pow: (args) => finite(numberArgument(args, "base") ** numberArgument(args, "exponent")),
  signum: (args) => Math.sign(input(args)),
  timeadd: (args) => addTime(instant(args, "timestamp"), stringArgument(args, "duration")),
  timecmp: (args) => Math.sign(instant(args, "timestampa") - instant(args, "timestampb")),
  tobool: (args) => toBoolean(own(args, "input")),
  tonumber: (args) => (own(args, "input") === null ? null : input(args)),
};

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new InvokeError("the result is not a number");
}

function parseInteger(value: string, base: number): number {
  const digits = value.replace(/^[+-]/, "").toLowerCase();
  const valid = digits !== "" && Array.from(digits).every((digit) => Number.parseInt(digit, 36) < base);
  if (!valid) throw new InvokeError(`the input is not a whole number in base ${String(base)}`);
  return Number.parseInt(value, base);
}

function toBoolean(value: unknown): boolean | null {
  if (value === null || typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  throw new InvokeError("the input is not a boolean");
}

function instant(args: Properties, name: string): number {
  const value = stringArgument(args, name);
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(milliseconds)) throw new InvokeError(`argument "${name}" is not an RFC 3339 timestamp`);
  return milliseconds;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function addTime(start: number, duration: string): string {
  const body = duration.replace(/^[+-]/, "");
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smh]))+$/.test(body)) throw new InvokeError("the duration is not valid");
  const parts = [...body.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)];
  const length = parts.reduce((total, [, count, unit]) => total + Number(count) * (UNITS[unit ?? ""] ?? 0), 0);
  const moment = new Date(start + (duration.startsWith("-") ? -length : length));
  if (Number.isNaN(moment.getTime())) throw new InvokeError("the result is out of range");
  return moment.toISOString().replace(/\.000Z$/, "Z");
}
