/**
 * Whether arguments are what their declarations say, for programs without types: `arguments.json` is made from the
 * interfaces by `npm run docs`.
 */
import declared from "./arguments.json";
import type { Problem } from "./problems";
import { isJoined, isLater } from "./value";

/** A type, as tools/api reads it. */
interface Shape {
  readonly kind: string;
  /** Whether it may be known only later. */
  readonly later: boolean;
  /** Name of an interface or an enumeration. */
  readonly name?: string | undefined;
  /** What lists and maps hold, or what a choice is between. */
  readonly of?: Shape | readonly Shape[] | undefined;
  /** The one value that there is. */
  readonly written?: string | undefined;
}

interface Argument {
  readonly optional: boolean;
  readonly type: Shape;
}

type Arguments = Readonly<Record<string, Argument>>;

const COMPONENTS: Readonly<Record<string, Arguments>> = declared.components;
const OBJECTS: Readonly<Record<string, Arguments>> = declared.objects;
const ENUMS: Readonly<Record<string, readonly string[]>> = declared.enums;

/** What those who come from the raw resources look for. */
const INSTEAD: Readonly<Record<string, string>> = {
  vpcSecurityGroupIds: "securityGroupIds",
  securityGroups: "securityGroupIds",
  vpcZoneIdentifiers: "subnetIds",
  iamInstanceProfile: "profile",
  instanceProfile: "profile",
  role: "profile or grants",
  metadataOptions: "imds and containerHost",
  rootBlockDevice: "rootVolume",
  blockDeviceMappings: "rootVolume",
  imageId: "image or ami",
  userDataBase64: "userData",
  launchTemplate: "template",
};

/** The arguments that a component takes, by their names. */
export function argumentsOf(component: string): readonly string[] {
  return Object.keys(COMPONENTS[component] ?? {});
}

/** Arguments that are what their types say, and what is wrong with the others. */
export interface WellFormed<Args> {
  readonly args: Args;
  readonly problems: readonly Problem[];
}

/** Tells what is wrong with arguments, and leaves out those that are, so that the others can still be looked at. */
export function wellFormed<Args extends object>(component: string, args: Args): WellFormed<Args> {
  if (!isPlain(args)) {
    const problems = [{ property: "args", reason: "write the arguments as an object." }];
    return { args: {} as Args, problems };
  }
  const problems = propertyMistakes("", args, COMPONENTS[component] ?? {});
  const wrong = new Set(problems.map(({ property }) => /^\w+/.exec(property)?.[0]));
  const right = Object.entries(args).filter(([name]) => !wrong.has(name));
  return { args: wrong.size === 0 ? args : (Object.fromEntries(right) as Args), problems };
}

function propertyMistakes(at: string, given: object, known: Arguments): readonly Problem[] {
  const prefix = at === "" ? "" : `${at}.`;
  const values = new Map<string, unknown>(Object.entries(given).filter(([, value]) => value !== undefined));
  const unknown = [...values.keys()].filter((name) => !Object.hasOwn(known, name));
  return [
    ...unknown.map((name) => ({ property: prefix + name, reason: unknownReason(name, known) })),
    ...Object.entries(known).flatMap(([name, { optional, type }]) => {
      if (values.has(name)) return mistakes(prefix + name, values.get(name), type);
      return optional ? [] : [{ property: prefix + name, reason: "is missing." }];
    }),
  ];
}

function unknownReason(name: string, known: Arguments): string {
  const names = Object.keys(known);
  const same = names.find((each) => each.toLowerCase() === name.toLowerCase());
  const instead = same ?? (name in INSTEAD ? INSTEAD[name] : undefined);
  const transform = "transform" in known ? " Options of single resources go through transform." : "";
  if (instead !== undefined) return `there is no such argument: write ${instead}.`;
  return `there is no such argument, but ${names.join(", ")}.${transform}`;
}

function mistakes(at: string, value: unknown, type: Shape): readonly Problem[] {
  if (value === null || value === undefined) {
    return [{ property: at, reason: `is ${String(value)}: write ${words(type)}, or leave it out.` }];
  }
  if (isLater(value) || isJoined(value)) {
    const reason = "is a secret or known only later, and decides what there is: write its value out.";
    return mayBeLater(type) ? [] : [{ property: at, reason }];
  }
  return innerMistakes(at, value, type) ?? [{ property: at, reason: `write ${words(type)}.` }];
}

/** Mistakes in what a value holds; undefined where it is of another type altogether. */
function innerMistakes(at: string, value: unknown, type: Shape): readonly Problem[] | undefined {
  switch (type.kind) {
    case "any":
      return [];
    case "list":
      return Array.isArray(value) ? itemMistakes(at, value, type) : undefined;
    case "map":
      return isPlain(value) ? entryMistakes(at, value, type) : undefined;
    case "object":
      return isPlain(value) ? propertyMistakes(at, value, OBJECTS[type.name ?? ""] ?? {}) : undefined;
    case "choice":
      return choiceMistakes(at, value, listOf(type));
    default:
      return isOne(value, type) ? [] : undefined;
  }
}

function itemMistakes(at: string, values: readonly unknown[], type: Shape): readonly Problem[] {
  const [item] = listOf(type);
  return item === undefined ? [] : values.flatMap((each, index) => mistakes(`${at}[${String(index)}]`, each, item));
}

function entryMistakes(at: string, values: object, type: Shape): readonly Problem[] {
  const [item] = listOf(type);
  const entries: readonly [string, unknown][] = Object.entries(values);
  return entries.flatMap(([name, each]) =>
    item === undefined || each === undefined ? [] : mistakes(`${at}.${name}`, each, item),
  );
}

/** What is wrong with the one of the choice that the value is meant as, where that is plain. */
function choiceMistakes(at: string, value: unknown, choices: readonly Shape[]): readonly Problem[] | undefined {
  const tried = choices.map((choice) => innerMistakes(at, value, choice)).filter((problems) => problems !== undefined);
  return tried.find((problems) => problems.length === 0) ?? tried[0];
}

/** Values that hold no others. */
function isOne(value: unknown, { kind, name = "", written }: Shape): boolean {
  switch (kind) {
    case "number":
      return Number.isFinite(value);
    case "enum":
      return typeof value === "string" && (ENUMS[name] ?? []).includes(value);
    case "component":
      return typeof value === "object" && value !== null && "urn" in value;
    case "typescript":
      return isPlain(value) && Object.values(value).every((each) => each === undefined || typeof each === "function");
    default:
      return typeof value === kind && (written === undefined || String(value) === written);
  }
}

function mayBeLater(type: Shape): boolean {
  return type.later || type.kind === "any" || (type.kind === "choice" && listOf(type).some(mayBeLater));
}

function listOf({ of = [] }: Shape): readonly Shape[] {
  return Array.isArray(of) ? (of as readonly Shape[]) : [of as Shape];
}

const NOUNS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  list: "a list",
  map: "an object",
  typescript: "an object of functions",
};

/** What to write for a type. */
function words(type: Shape): string {
  const { kind, name = "", written } = type;
  if (kind === "enum") return `one of ${(ENUMS[name] ?? []).map((each) => `"${each}"`).join(", ")}`;
  if (kind === "component") return `a ${name}`;
  if (kind === "object") return "an object";
  if (kind === "choice") return listOf(type).map(words).join(" or ");
  return written ?? NOUNS[kind] ?? kind;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !isLater(value);
}
