/** What versions a constraint of a package manager allows at most. */
import type { Ecosystem, Software } from "./versions";

type Version = readonly number[];

/** The highest version that is allowed. */
interface Bound {
  readonly version: Version;
  /** It is allowed itself. */
  readonly inclusive: boolean;
  readonly text: string;
}

const NUMBER = /\d{1,9}(?:\.\d{1,9}){0,6}/;

/** The version, where a constraint allows only versions below the minimum; a lower bound allows any. */
export function tooOld(constraint: string, ecosystem: Ecosystem, { minimum, below }: Software): string | undefined {
  const bounds = constraint
    .slice(0, 200)
    .split(/\|{1,2}/)
    .map((each) => boundOf(each, ecosystem));
  const least = versionOf(minimum);
  if (bounds.length === 0 || !bounds.every((bound) => bound !== undefined && isBelow(bound, least))) return undefined;
  const [first] = bounds;
  if (first === undefined || (below !== undefined && !isBelow(first, versionOf(below)))) return undefined;
  return first.text;
}

function isBelow({ version, inclusive }: Bound, least: Version): boolean {
  const order = compared(version, least);
  return inclusive ? order < 0 : order <= 0;
}

function versionOf(text: string): Version {
  return text.split(".").map(Number);
}

function compared(one: Version, other: Version): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The lowest of the upper bounds that a constraint lists. */
function boundOf(constraint: string, ecosystem: Ecosystem): Bound | undefined {
  const text = constraint.trim().replaceAll(/["']/g, "");
  const range = /^[[(]([^,\])]{0,40})(,?)([^\])]{0,40})[\])]$/.exec(text);
  if (range) return ofRange(range, text);
  const span = /^v?[\d.x*]{1,30}\s{1,9}-\s{1,9}v?(\d[\d.]{0,30})$/.exec(text);
  const parts = span ? [`<=${span[1] ?? ""}`] : text.split(/,|\s{1,9}(?=[<>=!~^])/);
  return parts
    .map((part) => ofComparison(part.trim(), ecosystem))
    .filter((bound) => bound !== undefined)
    .sort((one, other) => compared(one.version, other.version) || Number(one.inclusive) - Number(other.inclusive))[0];
}

/** `[1.0]`, `(,1.12)`, `[1.9,1.12]` of Maven and NuGet. */
function ofRange([, low = "", comma = "", high = ""]: RegExpExecArray, text: string): Bound | undefined {
  const number = NUMBER.exec(comma === "" ? low : high)?.[0];
  return number === undefined ? undefined : { version: versionOf(number), inclusive: text.endsWith("]"), text: number };
}

const COMPARISON =
  /^(===?|=|<=?|>=?|!=|~=|~>|~|\^|@)?\s{0,9}(?:\d{1,3}:(?=\d))?v?(\d{1,9}(?:\.\d{1,9}){0,6})(\.?[*xX+])?/;

const allButLast = (version: Version): number => Math.max(version.length - 1, 1);

/** How many of the first numbers an operator keeps. */
const KEPT: Readonly<Record<string, (version: Version, ecosystem: Ecosystem) => number>> = {
  "^": (version) => (version[0] === 0 ? 2 : 1),
  "~=": allButLast,
  "~>": allButLast,
  "~": (version, ecosystem) => (ecosystem === "composer" ? allButLast(version) : Math.min(version.length, 2)),
};

function ofComparison(part: string, ecosystem: Ecosystem): Bound | undefined {
  const [, operator = "", text, wild] = COMPARISON.exec(part) ?? [];
  if (text === undefined || /^(?:>|>=|!=)$/.test(operator)) return undefined;
  const version = versionOf(text);
  if (operator === "<" || operator === "<=") return { version, inclusive: operator === "<=", text };
  const kept = KEPT[operator]?.(version, ecosystem);
  if (kept !== undefined) return next(version, kept, text);
  if (wild !== undefined || floats(version, ecosystem, operator)) return next(version, version.length, text);
  return { version, inclusive: true, text };
}

/** A version of fewer numbers stands for the latest one that starts with them. */
function floats(version: Version, ecosystem: Ecosystem, operator: string): boolean {
  if (ecosystem === "npm" || ecosystem === "image") return version.length < 3;
  return (
    (ecosystem === "conda" && operator === "=") ||
    ((ecosystem === "system" || ecosystem === "go") && version.length < 2)
  );
}

/** Up to, without, the next version in the first so many numbers. */
function next(version: Version, count: number, text: string): Bound {
  const kept = version.slice(0, count);
  return { version: [...kept.slice(0, -1), (kept.at(-1) ?? 0) + 1], inclusive: false, text };
}
