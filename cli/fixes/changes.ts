/** Remedies as changes of single properties, each with the policies that ask for it. */
import { boolean, integer } from "../../policies/machine/cursor";
import { isRecord } from "../../policies/machine/resource";
import type { Remedy } from "../../policies/remediate";
import { ANOTHER_VALUE } from "./fixes";
import { SHOWN_VALUES } from "../machines";

/** A step into inputs: the name of a property, or the index in a list. */
export type Key = string | number;

/** One property to set. */
export interface Change {
  readonly keys: readonly Key[];
  /** Undefined where it is not set. */
  readonly before: unknown;
  /** Plain data: what a remediation writes. */
  readonly after: unknown;
  readonly policies: readonly string[];
}

/** Everything that is to be set on one resource. */
export interface ResourceChanges {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The inputs as they are. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

/** Joins the remedies of each resource: one property is set once, whichever policies ask for it. */
export function changesOf(remedies: readonly Remedy[]): readonly ResourceChanges[] {
  const byUrn = new Map<string, ResourceChanges>();
  for (const { policy, resource, inputs: changed } of remedies) {
    const { urn, type, name, inputs = {} } = resource;
    const changes = merged(byUrn.get(urn)?.changes ?? [], differences(inputs, changed), policy);
    byUrn.set(urn, { urn, type, name, inputs, changes });
  }
  return [...byUrn.values()];
}

function merged(known: readonly Change[], more: readonly Difference[], policy: string): readonly Change[] {
  const changes = new Map(known.map((change) => [pathOf(change.keys), change]));
  for (const difference of more) {
    const path = pathOf(difference.keys);
    const policies = [...(changes.get(path)?.policies ?? []), policy];
    changes.set(path, { ...difference, policies });
  }
  return [...changes.values()];
}

type Difference = Omit<Change, "policies">;

/** Where two records or lists differ, down to single properties. */
function differences(before: unknown, after: unknown, above: readonly Key[] = []): readonly Difference[] {
  const keys: readonly Key[] = Array.isArray(after) ? [...after.keys()] : Object.keys(after as object);
  return keys.flatMap((key) => {
    const [old, value] = [valueAt(before, key), valueAt(after, key)];
    if (Object.is(old, value)) return [];
    // A new item of a list is one change: half of it would mean nothing.
    const isNewItem = Array.isArray(after) && old === undefined;
    const isNested = Array.isArray(value)
      ? Array.isArray(old)
      : isRecord(value) && (old === undefined || isRecord(old));
    if (isNested && !isNewItem) return differences(old, value, [...above, key]);
    return [{ keys: [...above, key], before: written(before, key), after: value }];
  });
}

function valueAt(value: unknown, key: Key): unknown {
  if (Array.isArray(value)) return (value[Number(key)] as unknown) ?? undefined;
  return isRecord(value) && Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined;
}

/** What the program sets at a key: providers list the defaults that they fill in beside them. */
export function written(value: unknown, key: Key): unknown {
  const filled = isRecord(value) ? value["__defaults"] : undefined;
  return Array.isArray(filled) && filled.includes(key) ? undefined : valueAt(value, key);
}

/** `launchTemplateConfigs[0].metadataOptions`. */
export function pathOf(keys: readonly Key[]): string {
  return keys.reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${String(key)}]` : path === "" ? key : `${path}.${key}`),
    "",
  );
}

/** A value as a report may show it: no other text of the program is shown. */
export function shown(value: unknown): string {
  const isPlain =
    typeof value === "number" || boolean(value) !== undefined || integer(value) !== undefined || isValueOfEc2(value);
  return isPlain ? JSON.stringify(value) : ANOTHER_VALUE;
}

function isValueOfEc2(value: unknown): boolean {
  return Object.values(SHOWN_VALUES).some((values) => values.some((each) => each === value));
}
