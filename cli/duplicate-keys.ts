/** Keys that a JSON text has twice: parsers take the last one and say nothing. */
import type * as Jsonc from "jsonc-parser";
import type { Node } from "jsonc-parser";

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
