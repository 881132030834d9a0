/** Remedies as changes of single properties, each with the policies that ask for it. */
import { boolean, integer } from "../../policies/machine/cursor";
import { isRecord } from "../../policies/machine/resource";
import type { Remedy } from "../../policies/remediate";
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
  /** The inputs as they are. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

/** Joins the remedies of each resource: one property is set once, whichever policies ask for it. */
export function changesOf(remedies: readonly Remedy[]): readonly ResourceChanges[] {
  const byUrn = new Map<string, ResourceChanges>();
  for (const { policy, resource, inputs: changed } of remedies) {
    const { urn, inputs = {} } = resource;
    const changes = merged(byUrn.get(urn)?.changes ?? [], differences(inputs, changed), policy);
    byUrn.set(urn, { urn, inputs, changes });
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

/** Where two values differ, down to single properties; in an order of their own. */
function differences(before: unknown, after: unknown, keys: readonly Key[] = []): readonly Difference[] {
  if (isRecord(after) && (before === undefined || isRecord(before))) {
    return Object.entries(after).flatMap(([key, value]) => differences(written(before, key), value, [...keys, key]));
  }
  if (Array.isArray(after) && (before === undefined || Array.isArray(before))) {
    return after.flatMap((value: unknown, index) => {
      const own = written(before, index);
      // A new item of a list is one change: half of it would mean nothing.
      return own === undefined ? [{ keys: [...keys, index], before: own, after: value }] : differences(own, value, [...keys, index]);
    });
  }
  return Object.is(before, after) ? [] : [{ keys, before, after }];
}

/** What the program sets at a key: providers list the defaults that they fill in beside them. */
export function written(value: unknown, key: Key): unknown {
  if (Array.isArray(value)) return (value[Number(key)] as unknown) ?? undefined;
  if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
  const filled = value["__defaults"];
  return Array.isArray(filled) && filled.includes(key) ? undefined : (value[key] ?? undefined);
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
  return isPlain ? JSON.stringify(value) : "(another value)";
}

function isValueOfEc2(value: unknown): boolean {
  return Object.values(SHOWN_VALUES).some((values) => values.some((each) => each === value));
}
