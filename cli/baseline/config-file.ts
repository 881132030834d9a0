/** Changes exemptions in a policy configuration file, and leaves everything else in it as it was written. */
import { findNodeAtLocation, parseTree, type JSONPath, type Node } from "jsonc-parser";
import { isRecord } from "../../policies/machine/resource";
import type { Exemption, PackSettings } from "../../policies/settings";

/** An exemption of one policy. */
export interface PolicyExemption extends Exemption {
  readonly policy: string;
}

/** The text with exemptions taken out. */
export function withoutExemptions(text: string, gone: readonly PolicyExemption[]): string {
  const keys = new Set(gone.map(keyOf));
  let left = text;
  for (const policy of new Set(gone.map((each) => each.policy))) {
    const { path, entry } = entryOf(left, policy);
    const isKept = exemptionsOf(entry).map((exemption) => !keys.has(keyOf({ ...exemption, policy })));
    if (isKept.includes(false)) left = keptOnly(left, [...path, "exemptions"], isKept);
  }
  return left;
}

/** The text with exemptions added behind those that each policy has. A new entry says the level that holds already. */
export function withExemptions(text: string, added: readonly PolicyExemption[], settings: PackSettings): string {
  let grown = text;
  for (const policy of new Set(added.map((each) => each.policy))) {
    const { path, entry } = entryOf(grown, policy);
    const list = added
      .filter((each) => each.policy === policy)
      .map(({ resource, reason, expires }) => ({ resource, reason, expires }));
    const enforcementLevel = settings.get(policy)?.level;
    if (!isRecord(entry)) grown = put(grown, path, { enforcementLevel, exemptions: list });
    else if (exemptionsOf(entry).length === 0) grown = put(grown, [...path, "exemptions"], list);
    else grown = append(grown, [...path, "exemptions"], list);
  }
  return grown;
}

function keyOf({ policy, resource, reason, expires }: PolicyExemption): string {
  return JSON.stringify([policy, resource, reason, expires]);
}

/** Where a policy is configured: in the second version of the format, one level deeper. */
function entryOf(text: string, policy: string): { readonly path: JSONPath; readonly entry: unknown } {
  const content = JSON.parse(text) as unknown;
  const nested = isRecord(content) && content["version"] === 2 && isRecord(content["policies"]);
  const base = nested ? content["policies"] : content;
  return {
    path: nested ? ["policies", policy] : [policy],
    entry: isRecord(base) && Object.hasOwn(base, policy) ? base[policy] : undefined,
  };
}

function exemptionsOf(entry: unknown): readonly Exemption[] {
  const list = isRecord(entry) ? entry["exemptions"] : undefined;
  return Array.isArray(list) ? (list as readonly Exemption[]) : [];
}

/** Sets a value in an object. An object on one line gets lines of its own; what else there is stays as it is. */
function put(text: string, path: JSONPath, value: unknown): string {
  const key = String(path.at(-1));
  const old = nodeAt(text, path);
  if (old) return replaced(text, old, pretty(text, value, path.length));
  const parent = nodeAt(text, path.slice(0, -1));
  if (!parent) return text;
  const last = parent.children?.at(-1);
  const written = sourceOf(text, parent);
  if (!last || !written.includes("\n")) {
    const grown = { ...(JSON.parse(written) as object), [key]: value };
    return replaced(text, parent, pretty(text, grown, path.length - 1));
  }
  const property = `${JSON.stringify(key)}: ${pretty(text, value, path.length)}`;
  return inserted(text, endOf(last), `,${lineStart(text, path.length)}${property}`);
}

/** Adds to a list that is not empty. */
function append(text: string, path: JSONPath, items: readonly object[]): string {
  const list = nodeAt(text, path);
  const last = list?.children?.at(-1);
  if (!list || !last) return text;
  const written = sourceOf(text, list);
  if (!written.includes("\n")) {
    const grown = [...(JSON.parse(written) as unknown[]), ...items];
    return replaced(text, list, pretty(text, grown, path.length));
  }
  const depth = path.length + 1;
  const lines = items.map((item) => `,${lineStart(text, depth)}${pretty(text, item, depth)}`);
  return inserted(text, endOf(last), lines.join(""));
}

/** Takes items out of a list, each with the space before it; the first that stays takes the place of the first. */
function keptOnly(text: string, path: JSONPath, isKept: readonly boolean[]): string {
  const list = nodeAt(text, path);
  const items = list?.children ?? [];
  const [first, last] = [items[0], items.at(-1)];
  if (!list || !first || !last) return text;
  const kept = items.filter((_item, index) => isKept[index]);
  if (kept.length === 0) return replaced(text, list, "[]");
  const written = kept.map((item, place) => {
    const before = items[items.indexOf(item) - 1];
    const space = place === 0 || !before ? "" : text.slice(endOf(before), item.offset);
    return space + sourceOf(text, item);
  });
  const [start, end] = [text.slice(list.offset, first.offset), text.slice(endOf(last), endOf(list))];
  return replaced(text, list, start + written.join("") + end);
}

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const tree = parseTree(text);
  return tree && findNodeAtLocation(tree, path);
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function sourceOf(text: string, node: Node): string {
  return text.slice(node.offset, endOf(node));
}

function replaced(text: string, node: Node, by: string): string {
  return text.slice(0, node.offset) + by + text.slice(endOf(node));
}

function inserted(text: string, at: number, what: string): string {
  return text.slice(0, at) + what + text.slice(at);
}

/** A value as the file would write it: with its indentation and its line ends. */
function pretty(text: string, value: unknown, depth: number): string {
  return JSON.stringify(value, null, indentOf(text)).replaceAll("\n", lineStart(text, depth));
}

function lineStart(text: string, depth: number): string {
  return (text.includes("\r\n") ? "\r\n" : "\n") + indentOf(text).repeat(depth);
}

function indentOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
}
