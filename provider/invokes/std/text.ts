import type { Properties } from "../../../policies/machine/resource";
import { integerArgument, InvokeError, listArgument, stringArgument } from "../arguments";
import { format, formatList } from "./format";

type Fn = (args: Properties) => unknown;

const input = (args: Properties): string => stringArgument(args, "input");
const MAX_INDENT = 1024;

/** Functions on text of the std package, by name. */
export const TEXT: Readonly<Record<string, Fn>> = {
  basename: (args) => lastSegment(input(args)),
  chomp: (args) => input(args).replace(/[\r\n]+$/, ""),
  dirname: (args) => directory(input(args)),
  endswith: (args) => input(args).endsWith(stringArgument(args, "suffix")),
  format: (args) => format(input(args), listArgument(args, "args")),
  formatlist: (args) => formatList(input(args), listArgument(args, "args")),
  indent: (args) => indent(input(args), integerArgument(args, "spaces", 0, MAX_INDENT)),
  join: (args) => listArgument(args, "input").map(scalar).join(stringArgument(args, "separator")),
  lower: (args) => input(args).toLowerCase(),
  regex: (args) => captured(pattern(stringArgument(args, "pattern"), "").exec(stringArgument(args, "string"))),
  regexall: (args) =>
    [...stringArgument(args, "string").matchAll(pattern(stringArgument(args, "pattern"), "g"))].map(captured),
  replace: (args) =>
    replace(stringArgument(args, "text"), stringArgument(args, "search"), stringArgument(args, "replace")),
  split: (args) => stringArgument(args, "text").split(stringArgument(args, "separator")),
  startswith: (args) => input(args).startsWith(stringArgument(args, "prefix")),
  strrev: (args) => Array.from(input(args)).reverse().join(""),
  substr: (args) => substring(args),
  title: (args) =>
    input(args).replaceAll(
      /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    ),
  tostring: (args) => (args.input === null ? null : scalar(args.input)),
  trim: (args) => trim(input(args), stringArgument(args, "cutset")),
  trimprefix: (args) => withoutPrefix(input(args), stringArgument(args, "prefix")),
  trimspace: (args) => input(args).trim(),
  trimsuffix: (args) => withoutSuffix(input(args), stringArgument(args, "suffix")),
  upper: (args) => input(args).toUpperCase(),
};

function scalar(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new InvokeError("expected a string, a number or a boolean");
}

/** Go's `path.Base`. */
function lastSegment(value: string): string {
  if (value === "") return ".";
  return value.replace(/\/+$/, "").split("/").at(-1) || "/";
}

/** Go's `path.Dir`, of a path that is clean. */
function directory(value: string): string {
  const slash = value.lastIndexOf("/");
  return slash === -1 ? "." : value.slice(0, slash).replace(/\/+$/, "") || "/";
}

function indent(value: string, spaces: number): string {
  return value.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

function replace(value: string, search: string, replacement: string): string {
  const inner = /^\/(.+)\/$/s.exec(search)?.[1];
  if (inner === undefined) return value.split(search).join(replacement);
  return value.replaceAll(pattern(inner, "g"), replacement.replaceAll(/\$\{(\d+)\}/g, "$$$1"));
}

/** A Go pattern as JavaScript has it: flags in front, and another spelling of named groups. */
function pattern(source: string, flags: string): RegExp {
  const [leading = "", inline = ""] = /^\(\?([ims]+)\)/.exec(source) ?? [];
  try {
    return new RegExp(source.slice(leading.length).replaceAll("(?P<", "(?<"), `${flags}${inline}u`);
  } catch {
    throw new InvokeError("the regular expression is not valid");
  }
}

function captured(match: RegExpExecArray | null): unknown {
  if (match === null) throw new InvokeError("the regular expression matches nothing");
  if (match.groups !== undefined) return { ...match.groups };
  return match.length === 1 ? match[0] : match.slice(1).map((group) => (group as string | undefined) ?? null);
}

function substring(args: Properties): string {
  const characters = Array.from(input(args));
  const offset = integerArgument(args, "offset", -characters.length, characters.length);
  const length = integerArgument(args, "length", -1, Number.MAX_SAFE_INTEGER);
  const start = offset < 0 ? characters.length + offset : offset;
  return characters.slice(start, length === -1 ? undefined : start + length).join("");
}

function trim(value: string, cutset: string): string {
  const cut = new Set(cutset);
  const characters = Array.from(value);
  const start = characters.findIndex((character) => !cut.has(character));
  const end = characters.findLastIndex((character) => !cut.has(character));
  return start === -1 ? "" : characters.slice(start, end + 1).join("");
}

function withoutPrefix(value: string, prefix: string): string {
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

function withoutSuffix(value: string, suffix: string): string {
  return suffix !== "" && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
}
