/** The actions of IAM as data/actions.json has them: what level they have and which resources and condition keys they take. */
import { matchesGlob } from "../glob";
import { Bits } from "./bits";
import type Data from "./data/actions.json";

/** The letter of a level in the data is its first. */
const LEVELS = { r: "read", l: "list", w: "write", t: "tagging", p: "permissions" } as const;

export type AccessLevel = (typeof LEVELS)[keyof typeof LEVELS];

export interface ResourceType {
  readonly name: string;
  /** The service in its ARNs, which is not always that of the action. */
  readonly service: string;
  /** Forms of its ARN, mostly one: `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`. */
  readonly arns: readonly string[];
  /** Keys that a request about such a resource can have, as far as the action supports them. */
  readonly conditionKeys: readonly string[];
}

/** An action without resource types is granted by `*` alone. */
export interface ActionInfo {
  /** Its number in the sets of the catalogue. */
  readonly id: number;
  readonly service: string;
  /** `iam:PassRole` */
  readonly name: string;
  readonly levels: readonly AccessLevel[];
  readonly required: readonly ResourceType[];
  readonly optional: readonly ResourceType[];
  /** Keys of the service and of tags that the action supports by itself, besides those of its resource types. */
  readonly conditionKeys: readonly string[];
}

type ServiceData = (typeof Data)["services"]["iam"];

/** A service's lines of data, read when they are asked for. */
class Service {
  private read: readonly ActionInfo[] | undefined;
  private ids: ReadonlyMap<string, number> | undefined;

  constructor(
    readonly prefix: string,
    /** Id of its first action. */
    readonly first: number,
    readonly data: ServiceData,
  ) {}

  /** Ids by lower-case name without the service. */
  get names(): ReadonlyMap<string, number> {
    this.ids ??= new Map(
      this.data.actions.map((line, index) => [halves(line, " ")[0].toLowerCase(), this.first + index]),
    );
    return this.ids;
  }

  get actions(): readonly ActionInfo[] {
    this.read ??= this.readActions();
    return this.read;
  }

  /** The services in the ARNs of its resource types. */
  arnServices(): string[] {
    return this.data.types.flatMap((line) => line.split("|").slice(2)).map(serviceIn);
  }

  private readActions(): ActionInfo[] {
    const types = this.data.types.map((line): ResourceType => {
      const [name = "", keys = "", ...arns] = line.split("|");
      return { name, service: serviceIn(arns[0] ?? ""), arns, conditionKeys: this.keysAt(keys) };
    });
    // Many actions of a service differ in their name only.
    const shared = new Map<string, ReturnType<Service["details"]>>();
    return this.data.actions.map((line, index): ActionInfo => {
      const [name, rest] = halves(line, " ");
      const details = shared.get(rest) ?? this.details(rest, types);
      shared.set(rest, details);
      return { id: this.first + index, service: this.prefix, name: `${this.prefix}:${name}`, ...details };
    });
  }

  private details(
    text: string,
    types: readonly ResourceType[],
  ): Pick<ActionInfo, "levels" | "required" | "optional" | "conditionKeys"> {
    const [letters = "", places = "", keys = ""] = text.split(" ");
    const [optional, required] = partition(split(places), (place) => place.endsWith("?"));
    return {
      levels: Array.from(letters, (letter) => LEVELS[letter as keyof typeof LEVELS]),
      required: required.map((place) => at(types, place)),
      optional: optional.map((place) => at(types, place.slice(0, -1))),
      conditionKeys: this.keysAt(keys),
    };
  }

  private keysAt(places: string): string[] {
    return split(places).map((place) => at(this.data.keys, place));
  }
}

/** A resource type, and the actions that take it. */
interface Taking {
  readonly type: ResourceType;
  readonly actions: ActionInfo[];
}

/** Stands for a service that the form of an ARN leaves open. */
const ANY_SERVICE = "*";

/** Sets of a pattern that are kept, enough for the longest document; a set takes 3 KB. */
const KEPT_PATTERNS = 4000;

export class Catalogue {
  /** Number of actions; ids are below it. */
  readonly size: number;
  /** Day of the data. */
  readonly date: string;
  /** The empty set. */
  readonly none: Bits;
  private readonly byPrefix: ReadonlyMap<string, Service>;
  private readonly byPattern = new Map<string, Bits>();
  private byArnService: ReadonlyMap<string, ReadonlySet<Service>> | undefined;
  private readonly takings = new Map<string, readonly Taking[]>();
  private readonly byLevel = new Map<AccessLevel, Bits>();

  constructor({ date, services }: typeof Data) {
    const byPrefix = new Map<string, Service>();
    let size = 0;
    for (const [prefix, data] of Object.entries<ServiceData>(services)) {
      byPrefix.set(prefix, new Service(prefix, size, data));
      size += data.actions.length;
    }
    this.size = size;
    this.date = date;
    this.byPrefix = byPrefix;
    this.none = this.bits([]);
  }

  /** Prefixes of all services. */
  get services(): readonly string[] {
    return [...this.byPrefix.keys()];
  }

  /** The action of a full name, in any case. */
  action(name: string): ActionInfo | undefined {
    const [prefix, rest] = halves(name.toLowerCase(), ":");
    const service = this.byPrefix.get(prefix);
    const id = service?.names.get(rest);
    return service && id !== undefined ? service.actions[id - service.first] : undefined;
  }

  /** Actions by their ids, in the order of the ids. */
  *actions(ids: Iterable<number>): Generator<ActionInfo> {
    const services = this.byPrefix.values();
    let service = services.next().value;
    for (const id of ids) {
      while (service && id >= service.first + service.data.actions.length) service = services.next().value;
      const action = service?.actions[id - service.first];
      if (action) yield action;
    }
  }

  ofService(prefix: string): readonly ActionInfo[] {
    return this.byPrefix.get(prefix.toLowerCase())?.actions ?? [];
  }

  /** Actions that have a level, alone or with another. */
  ofLevel(level: AccessLevel): Bits {
    const known = this.byLevel.get(level) ?? this.bits(this.idsOfLevel(level));
    this.byLevel.set(level, known);
    return known;
  }

  /**
   * Actions that a pattern of a policy names. It is compared as written, but for case. A service is written out, or all
   * are meant: IAM refuses a wildcard in its prefix.
   */
  expand(pattern: string): Bits {
    const key = pattern.toLowerCase().replace(/\*{2,}/g, "*");
    const known = this.byPattern.get(key);
    if (known) return known;
    const named = this.bits(this.matches(key));
    const [oldest] = this.byPattern.keys();
    if (oldest !== undefined && this.byPattern.size >= KEPT_PATTERNS) this.byPattern.delete(oldest);
    this.byPattern.set(key, named);
    return named;
  }

  /** Resource types with ARNs of a service, and the actions that take them, whichever their own service is. */
  takingArnsOf(service: string): readonly Taking[] {
    return [service, ANY_SERVICE].flatMap((each) => this.taking(each));
  }

  private taking(arnService: string): readonly Taking[] {
    this.byArnService ??= this.indexArns();
    const known = this.takings.get(arnService);
    if (known) return known;
    const takings = new Map<ResourceType, Taking>();
    for (const { actions } of this.byArnService.get(arnService) ?? []) {
      for (const action of actions) {
        for (const type of [...action.required, ...action.optional]) {
          if (!type.arns.some((arn) => serviceIn(arn) === arnService)) continue;
          const taking = takings.get(type) ?? { type, actions: [] };
          takings.set(type, taking);
          taking.actions.push(action);
        }
      }
    }
    const found = [...takings.values()];
    if (this.byArnService.has(arnService)) this.takings.set(arnService, found);
    return found;
  }

  /** Services by the service in the ARNs of their resource types, without reading their actions: those of all take 8 MB. */
  private indexArns(): ReadonlyMap<string, ReadonlySet<Service>> {
    const index = new Map<string, Set<Service>>();
    for (const service of this.byPrefix.values()) {
      for (const arnService of service.arnServices()) {
        index.set(arnService, (index.get(arnService) ?? new Set()).add(service));
      }
    }
    return index;
  }

  /** The set of some actions. */
  set(actions: readonly ActionInfo[]): Bits {
    return this.bits(actions.map(({ id }) => id));
  }

  /** What any of the sets has; nothing where there is none. */
  union(sets: readonly Bits[]): Bits {
    const [only] = sets;
    if (!only) return this.none;
    return sets.length === 1 ? only : Bits.union(this.size, sets);
  }

  private bits(ids: Iterable<number>): Bits {
    return Bits.of(this.size, ids);
  }

  private idsOfLevel(level: AccessLevel): number[] {
    const letter = level.charAt(0);
    const ids: number[] = [];
    for (const { first, data } of this.byPrefix.values()) {
      data.actions.forEach((line, index) => {
        const start = line.indexOf(" ") + 1;
        if (line.slice(start, line.indexOf(" ", start)).includes(letter)) ids.push(first + index);
      });
    }
    return ids;
  }

  private matches(pattern: string): number[] {
    if (pattern === "*" || pattern === "*:*") return Array.from({ length: this.size }, (_, id) => id);
    const [prefix, names] = halves(pattern, ":");
    const service = this.byPrefix.get(prefix);
    if (!service) return [];
    if (names === "*") return service.data.actions.map((_, index) => service.first + index);
    const [part = ""] = names.split(/[*?]/).sort((a, b) => b.length - a.length);
    // Looking for a part of it first is many times faster where thousands of patterns match nothing.
    return [...service.names].flatMap(([name, id]) => (name.includes(part) && matchesGlob(names, name) ? [id] : []));
  }
}

let loaded: Catalogue | undefined;

/** The catalogue, read on first use. */
export function catalogue(): Catalogue {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  loaded ??= new Catalogue(require("./data/actions.json") as typeof Data);
  return loaded;
}

/** What stands before and after the first separator. */
function halves(text: string, separator: string): [string, string] {
  const end = text.indexOf(separator);
  return end < 0 ? ["", ""] : [text.slice(0, end), text.slice(end + 1)];
}

/** Items of a comma-separated list, of which `-` is the empty one. */
function split(items: string): string[] {
  return items === "-" ? [] : items.split(",");
}

function serviceIn(arn: string): string {
  const [, , service = ""] = arn.split(":", 3);
  return service.includes("$") ? ANY_SERVICE : service;
}

function at<T>(items: readonly T[], place: string): T {
  const item = items[Number(place)];
  if (item === undefined) throw new Error(`the data has no place ${place}`);
  return item;
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
