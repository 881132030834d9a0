/** What is wrong with a JSON text, where parsers say nothing of it, or show a part of the text. */
import type * as Jsonc from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";

/** The line in which a text stops being JSON, counted from 1. */
export function brokenLine(text: string): number | undefined {
  const errors: ParseError[] = [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  (require("jsonc-parser") as typeof Jsonc).parse(text, errors, { disallowComments: true });
  const [first] = errors;
  return first && text.slice(0, first.offset).split("\n").length;
}

/** The first key that stands twice in one object; undefined where there is none. */
export function duplicateKey(text: string): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { parseTree } = require("jsonc-parser") as typeof Jsonc;
  const root = parseTree(text);
  return root && duplicateIn(root);
}

function duplicateIn({ type, children = [] }: Node): string | undefined {
  const keys = type === "object" ? children.map((property) => String(property.children?.[0]?.value)) : [];
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice ?? firstOf(children);
}

function firstOf(nodes: readonly Node[]): string | undefined {
  for (const node of nodes) {
    const twice = duplicateIn(node);
    if (twice !== undefined) return twice;
  }
  return undefined;
}
