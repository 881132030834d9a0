/** YAML as cloud-init's parser reads it (version 1.1), loaded only where there is some. */
import { isRecord as isObject } from "../machine/resource";
import { memoized } from "../memo";
import type * as YamlModule from "js-yaml";

/** A marker for `{{` and `}}`, which a template puts where YAML expects a mapping. */
const BRACES: readonly (readonly [string, string])[] = [
  ["{{", "\uE000"],
  ["}}", "\uE001"],
];

interface Library {
  readonly loadAll: (text: string, options: YamlModule.LoadOptions) => unknown[];
  readonly options: YamlModule.LoadOptions;
}

let library: Library | undefined;

function loaded(): Library {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { loadAll, YAML11_SCHEMA, strTag, seqTag, mapTag } = require("js-yaml") as typeof YamlModule;
  // Tags of a language or a tool, such as `!Ref`, say what becomes of a value: it is read as it stands.
  const tags = ["!", "tag:"].flatMap((tagName) =>
    [strTag, seqTag, mapTag].map((tag) => ({ ...tag, tagName, matchByTagPrefix: true })),
  );
  // As in Python, a key that is repeated counts as it stands last.
  return { loadAll, options: { schema: YAML11_SCHEMA.withTags(tags), json: true, maxDepth: 200, maxAliases: 1000 } };
}

/** The value of a document; undefined where it is not valid. Expressions of a template are kept as text. */
export const parseYaml: (text: string) => unknown = memoized((text) => {
  library ??= loaded();
  const template = text.includes("{{") || text.includes("{%");
  try {
    const [value = null, ...others] = library.loadAll(template ? withoutTags(text) : text, library.options);
    if (others.length > 0 || multiplies(value, text)) return undefined;
    return template ? restored(value) : value;
  } catch {
    return undefined;
  }
});

/** A value with an anchor, and one that is an alias, where a value may begin. */
const ANCHOR = /([:[{,-][ \t]+|^[ \t]*)&([\w-]{1,60})[ \t]+(?=[^\s#])/gm;
const ALIAS = /([:[{,-][ \t]+)\*([\w-]{1,60})(?=[ \t]*(?:[,\]}#\n]|$))/gm;

/** A text line by line as it is meant: values without their anchors, and those of one line in place of aliases. */
export function withAliases(text: string): string {
  if (!/&\w/.test(text)) return text;
  const values = new Map<string, string>();
  const bare = text.replaceAll(ANCHOR, (anchor: string, before: string, name: string, at: number, all: string) => {
    const rest = all.slice(at + anchor.length);
    const value = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{[|>&*!][^\n]{0,999}?)(?=[ \t]*(?:[,}\]]|#|\n|$))/.exec(rest)?.[0];
    if (value !== undefined) values.set(name, value);
    return before;
  });
  return bare.replaceAll(ALIAS, (alias, before: string, name: string) => {
    const value = values.get(name);
    return value === undefined ? alias : before + value;
  });
}

/** More values than this are made by aliases, not written. */
const REPEATED = 1 << 14;

/** Whether aliases make far more of a document than is written there. */
function multiplies(value: unknown, { length }: string): boolean {
  return sizeOf(value, new Map()) > length + REPEATED;
}

/** How many values there are, with those that aliases repeat; what holds itself has no end. */
function sizeOf(value: unknown, known: Map<unknown, number>): number {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, Infinity);
  let size = 1;
  for (const each of Object.values(value)) size += sizeOf(each, known);
  known.set(value, size);
  return size;
}

/** Statements and comments of Jinja print nothing by themselves. */
function withoutTags(text: string): string {
  const kept = text.replaceAll(/\{%[^%]*%\}|\{#[^#]*#\}/g, "");
  return BRACES.reduce((all, [brace, mark]) => all.replaceAll(brace, mark), kept);
}

function restored(value: unknown): unknown {
  if (typeof value === "string") return BRACES.reduce((all, [brace, mark]) => all.replaceAll(mark, brace), value);
  if (Array.isArray(value)) return value.map(restored);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, restored(each)]));
}

/** A mapping, as parsers of YAML, JSON and TOML give it. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !(value instanceof Uint8Array);
}

/** The entries of a list; none where it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
