/** Changes exemptions in a policy configuration file, and leaves everything else in it as it was written. */
import { applyEdits, modify, type FormattingOptions, type JSONPath } from "jsonc-parser";
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
    const list = exemptionsOf(entry);
    // From the end, so that those before keep their places.
    for (const [index, exemption] of [...list.entries()].reverse()) {
      if (keys.has(keyOf({ ...exemption, policy }))) left = edited(left, [...path, "exemptions", index], undefined);
    }
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
    if (!isRecord(entry)) {
      const enforcementLevel = settings.get(policy)?.level;
      grown = edited(grown, path, { enforcementLevel, exemptions: list });
    } else if (entry["exemptions"] === undefined) {
      grown = edited(grown, [...path, "exemptions"], list);
    } else {
      for (const each of list) grown = edited(grown, [...path, "exemptions", -1], each, true);
    }
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

function edited(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: formattingOf(text), isArrayInsertion }));
}

/** Written as the file is written: its indentation and its line ends. */
function formattingOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
  return { insertSpaces: !indent.startsWith("\t"), tabSize: indent.length, eol: text.includes("\r\n") ? "\r\n" : "\n" };
}
