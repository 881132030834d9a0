/** What a role may do for certain, by service and by how far it reaches. */
import type { Breadth } from "./breadth";
import { catalogue, type AccessLevel, type ActionInfo } from "./catalogue";
import { allowed, serviceName } from "./judgements/words";
import { isRestrictable } from "./judgements/restrictable";
import { Permissions, type Grant } from "./permissions";
import type { Clause } from "./clauses";
import type { Role } from "./role";

/** How far a permission reaches: everything of its kind, what a prefix or a condition picks out, or what is named. */
export type Extent = "everything" | "part" | "named";

/** Permissions on one service that reach equally far. */
export interface PermissionRow {
  readonly extent: Extent;
  /** Whether a policy could limit it to some resources: IAM grants some actions on everything, or not at all. */
  readonly limitable: boolean;
  /** Levels of access, the gravest first. */
  readonly access: readonly AccessLevel[];
  /** The same in plain words. */
  readonly allows: string;
  /** `s3:*` stands for every action of the service. */
  readonly actions: readonly string[];
  /** Patterns of resources; none where it is everything. */
  readonly resources: readonly string[];
  /** Patterns of resources that a Deny takes away again. */
  readonly except: readonly string[];
  /** Only where a condition holds. */
  readonly conditional: boolean;
  /** Ids of the statements that grant it. */
  readonly statements: readonly string[];
}

/** What a role may do with one service, the gravest first. */
export interface ServiceRow {
  /** The prefix of its actions. */
  readonly service: string;
  readonly name: string;
  readonly permissions: readonly PermissionRow[];
}

const EXTENTS: Readonly<Record<Exclude<Breadth, "none">, Extent>> = { all: "everything", some: "part", named: "named" };
const ORDER: readonly Extent[] = ["everything", "part", "named"];
const LEVELS = ["permissions", "write", "read", "list", "tagging"] as const satisfies readonly AccessLevel[];

interface Group {
  readonly service: string;
  readonly extent: Extent;
  readonly conditional: boolean;
  readonly actions: readonly Granted[];
}

interface Granted {
  readonly action: ActionInfo;
  readonly grants: readonly Grant[];
}

/** The permissions of a role, services in the order of how grave the gravest of each is. */
export function effective(role: Role, idOf: (clause: Clause) => string): readonly ServiceRow[] {
  const services = new Map<string, PermissionRow[]>();
  for (const group of grouped(new Permissions(role, "lower"))) {
    const rows = services.get(group.service) ?? [];
    services.set(group.service, rows);
    rows.push(rowOf(group, idOf));
  }
  return [...services]
    .map(([service, rows]) => ({ service, name: serviceName(service), permissions: rows.sort(byGravity) }))
    .sort((a, b) => compare(a, b) || (a.service < b.service ? -1 : 1));
}

function grouped(permissions: Permissions): readonly Group[] {
  const groups = new Map<string, Group & { readonly actions: Granted[] }>();
  const every = catalogue().union(permissions.allows.map(({ actions }) => actions));
  for (const action of catalogue().actions(every)) {
    const { breadth, grants } = permissions.reach(action);
    if (breadth === "none") continue;
    const { service } = action;
    const extent = EXTENTS[breadth];
    const conditional = grants.every(({ clause }) => clause.statement.conditions.length > 0);
    const key = `${service} ${extent} ${String(conditional)}`;
    const group = groups.get(key) ?? { service, extent, conditional, actions: [] };
    groups.set(key, group);
    group.actions.push({ action, grants });
  }
  return [...groups.values()].flatMap(split);
}

/** Apart from what could be limited, what could not; a whole service stays together. */
function split(group: Group): readonly Group[] {
  if (group.extent !== "everything" || isWhole(group)) return [group];
  const free = group.actions.filter(({ action }) => isRestrictable(action));
  const others = group.actions.filter(({ action }) => !isRestrictable(action));
  return [free, others].flatMap((actions) => (actions.length === 0 ? [] : [{ ...group, actions }]));
}

function isWhole({ service, actions }: Group): boolean {
  return actions.length === catalogue().ofService(service).length;
}

function rowOf(group: Group, idOf: (clause: Clause) => string): PermissionRow {
  const { service, extent, conditional } = group;
  const actions = group.actions.map(({ action }) => action);
  const grants = [...new Set(group.actions.flatMap((each) => each.grants))];
  const limitable = actions.some(isRestrictable);
  return {
    extent,
    limitable,
    access: LEVELS.filter((level) => actions.some(({ levels }) => levels.includes(level))),
    allows: inWords(service, extent === "everything" && limitable, actions),
    actions: isWhole(group) ? [`${service}:*`] : actions.map(({ name }) => name),
    resources: extent === "everything" ? [] : distinct(grants.map(({ pattern }) => pattern)),
    except: distinct(grants.flatMap(({ except }) => except)),
    conditional,
    statements: distinct(grants.map(({ clause }) => idOf(clause))),
  };
}

const VERBS: Readonly<Record<AccessLevel, string>> = {
  permissions: "change who may use",
  write: "change",
  read: "read",
  list: "list",
  tagging: "tag",
};

/** The gravest level that an action has decides what it counts as. */
function levelOf({ levels }: ActionInfo): AccessLevel {
  return LEVELS.find((level) => levels.includes(level)) ?? "read";
}

/** Words for everything of a service where most of a level is granted on everything; else how much of it is. */
function inWords(service: string, isWide: boolean, actions: readonly ActionInfo[]): string {
  const phrases = LEVELS.flatMap((level) => {
    const count = ofLevel(actions, level);
    const all = ofLevel(catalogue().ofService(service), level);
    if (count === 0) return [];
    if (isWide && count > all / 2) return [allowed(service, level)];
    return [`${VERBS[level]} (${String(count)} of ${String(all)} actions)`];
  });
  return phrases.join("; ");
}

function ofLevel(actions: readonly ActionInfo[], level: AccessLevel): number {
  return actions.filter((action) => levelOf(action) === level).length;
}

function byGravity(a: PermissionRow, b: PermissionRow): number {
  return (
    ORDER.indexOf(a.extent) - ORDER.indexOf(b.extent) ||
    Number(b.limitable) - Number(a.limitable) ||
    gravity(a) - gravity(b)
  );
}

/** Of services that are equally grave, those that have a name here are better known. */
function compare(a: ServiceRow, b: ServiceRow): number {
  const [[first], [second]] = [a.permissions, b.permissions];
  const isBare = ({ name }: ServiceRow): number => Number(name.startsWith("`"));
  return (first && second ? byGravity(first, second) : 0) || isBare(a) - isBare(b);
}

function gravity({ access: [first] }: PermissionRow): number {
  return first === undefined ? LEVELS.length : LEVELS.indexOf(first);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
