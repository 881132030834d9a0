/** Actions of IAM, one a line of JSON: name, levels, resource types and condition keys. */
import { date, list, named, readJson, SOURCES } from "./sources";

interface SourceAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly conditionKeys: readonly string[];
  readonly resourceTypes: readonly { name: string; required: boolean; conditionKeys: readonly string[] }[];
}

interface SourceType {
  readonly key: string;
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

/** What policies/iam/catalogue.ts reads. Numbers are places in the lists of the same service. */
export interface ActionsFile {
  readonly source: string;
  readonly date: string;
  readonly services: Readonly<Record<string, ServiceEntry>>;
}

interface ServiceEntry {
  readonly keys: readonly string[];
  /** Name, places of its condition keys, and its ARNs, separated by `|`. */
  readonly types: readonly string[];
  /** `PassRole w 9 0,3`: name, letters of levels, resource types (`?` where optional), condition keys. */
  readonly actions: readonly string[];
}

export function actionsFile(): ActionsFile {
  const { root, name, version, updatedAt = "" } = SOURCES.actions;
  const services = (readJson(`${root}/data/services.json`) as string[]).sort();
  return {
    source: `${name} ${version}`,
    date: date(updatedAt),
    services: Object.fromEntries(services.map((service) => [service, serviceEntry(root, service)])),
  };
}

function serviceEntry(root: string, service: string): ServiceEntry {
  const sourceTypes = readJson(`${root}/data/resourceTypes/${service}.json`) as Record<string, SourceType>;
  const sourceActions = readJson(`${root}/data/actions/${service}.json`) as Record<string, SourceAction>;
  const types = Object.values(sourceTypes).sort((a, b) => named(a.key, b.key));
  const actions = Object.values(sourceActions).sort((a, b) => named(a.name, b.name));
  const keys = [...new Set([...types.flatMap((type) => type.conditionKeys ?? []), ...actions.flatMap(keysOf)])].sort();
  const places = (of: readonly string[]): string => list(of.map((key) => keys.indexOf(key)).sort((a, b) => a - b));
  const typeNames = types.map(({ key }) => key);
  return {
    keys,
    types: types.map(({ key, conditionKeys = [], arn }) => [key, places(conditionKeys), ...arn.split(", ")].join("|")),
    actions: actions.map((action) =>
      [action.name, levels(action.accessLevel), typesOf(action, typeNames), places(keysOf(action))].join(" "),
    ),
  };
}

/** Keys of the action as such and of its rows for a resource type. */
function keysOf(action: SourceAction): string[] {
  const ofRows = action.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys);
  return [...new Set([...action.conditionKeys, ...ofRows])];
}

/** `Permissions management, Write` is `pw`. */
function levels(accessLevel: string): string {
  return accessLevel
    .split(", ")
    .map((level) => level.charAt(0).toLowerCase())
    .sort()
    .join("");
}

/** A type that is listed twice is required if either row requires it. */
function typesOf(action: SourceAction, names: readonly string[]): string {
  const rows = new Map<number, boolean>();
  for (const { name, required } of action.resourceTypes) {
    const place = names.indexOf(name);
    if (place < 0) throw new Error(`${action.name} names a resource type that its service lacks: ${name}`);
    rows.set(place, required || rows.get(place) === true);
  }
  return list([...rows].sort(([a], [b]) => a - b).map(([place, required]) => `${String(place)}${required ? "" : "?"}`));
}
