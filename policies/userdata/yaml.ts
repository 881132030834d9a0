/** YAML as cloud-init's parser reads it (version 1.1), loaded only where there is some. */
import { isRecord as isObject } from "../machine/resource";
import { memoized } from "./memo";
import type * as YamlModule from "yaml";

/** A marker for `{{` and `}}`, which a template puts where YAML expects a mapping. */
const BRACES: readonly (readonly [string, string])[] = [
  ["{{", "\uE000"],
  ["}}", "\uE001"],
];

let library: typeof YamlModule | undefined;

function loaded(): typeof YamlModule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  library ??= require("yaml") as typeof YamlModule;
  return library;
}

/** The value of a document; undefined where it is not valid. Expressions of a template are kept as text. */
export const parseYaml: (text: string) => unknown = memoized((text) => {
  if (nestsDeeply(text)) return undefined;
  const { parseDocument } = loaded();
  const template = text.includes("{{") || text.includes("{%");
  try {
    // Comparing every key with every other one takes time that grows with the square of their number.
    const options = {
      version: "1.1",
      uniqueKeys: false,
      merge: true,
      logLevel: "silent",
      prettyErrors: false,
    } as const;
    const document = parseDocument(template ? withoutTags(text) : text, options);
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return template ? restored(value) : value;
  } catch {
    // Nested too deeply for the parser, or aliases that multiply.
    return undefined;
  }
});

/** Brackets that stay open: far beyond what people write, and within what the parser's stack allows. */
const BRACKETS = 200;

/** Indicators in a row (`- - - `, `? ? ? `), a deep indent, and anchors or tags in a row, which cost the parser too much. */
const COSTLY = [/(?:[-?:][ \t]{1,9}){50}/, /^[ \t]{500}[ \t]*\S/m, /(?<!\S)(?:[&!*]\S{0,100}\s{1,100}){20}/];

function nestsDeeply(text: string): boolean {
  if (COSTLY.some((pattern) => pattern.test(text))) return true;
  let depth = 0;
  for (const { 0: mark } of text.matchAll(/[[{\]}]/g)) {
    depth = Math.max(0, depth + (mark === "[" || mark === "{" ? 1 : -1));
    if (depth > BRACKETS) return true;
  }
  return false;
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
