/** Reading raw property values without trusting their shape. */
import type { Fact, Source } from "./fact";
import { isRecord, isUnknown, type Properties } from "./resource";

/** Stands for a value whose surroundings have the wrong type, e.g. a string where an object belongs. */
export const MALFORMED: unique symbol = Symbol("malformed");

/** A list as the program gives it: each item, or one cursor that is unknown. */
export type Items = readonly Cursor[];

/**
 * A place in a resource's properties. Below an absent or unknown value everything is absent or unknown; below a value
 * of the wrong type everything is malformed, so that a wrong shape never reads as "not set".
 */
export class Cursor {
  private constructor(
    private readonly urn: string,
    readonly path: string,
    readonly value: unknown,
  ) {}

  static of(urn: string, properties: Properties): Cursor {
    return new Cursor(urn, "", properties);
  }

  get source(): Source {
    return { urn: this.urn, path: this.path };
  }

  get isAbsent(): boolean {
    return this.value === undefined;
  }

  get isUnknown(): boolean {
    return isUnknown(this.value);
  }

  /** The property of that name; of something unknown, the unknown itself. */
  at(key: string): Cursor {
    if (this.isUnknown) return this;
    return new Cursor(this.urn, this.path === "" ? key : `${this.path}.${key}`, childOf(this.value, key));
  }

  /** A nested object. A list of one stands for its item, as the provider takes it; an empty list for nothing. */
  block(key: string): Cursor {
    const child = this.at(key);
    if (!Array.isArray(child.value) || child.value.length > 1) return child;
    return new Cursor(this.urn, child.path, clean(child.value[0]));
  }

  /** The items of a list. A single object stands for a list of one. */
  items(key: string): Items {
    const list = this.at(key);
    if (list.isAbsent) return [];
    if (!Array.isArray(list.value)) return [list];
    return list.value.map((item, i) => new Cursor(this.urn, `${list.path}[${String(i)}]`, clean(item)));
  }

  /** The same place with the value that stands elsewhere, e.g. in a parsed document. */
  replace(value: unknown, path = this.path): Cursor {
    return new Cursor(this.urn, path, clean(value));
  }

  /** The value here as a fact. */
  get fact(): Fact {
    if (this.isAbsent) return { state: "absent", source: this.source };
    if (this.isUnknown) return { state: "unknown", source: this.source };
    return { state: "known", value: this.value, source: this.source };
  }

  /** The value here if it is a string that says something. */
  get text(): string | undefined {
    return typeof this.value === "string" && !this.isUnknown ? this.value : undefined;
  }

  /** Names of the properties here. */
  get keys(): readonly string[] {
    return isRecord(this.value) ? Object.keys(this.value) : [];
  }
}

/** Null and the empty string are absent: that is how providers read them. */
function clean(value: unknown): unknown {
  return value === null || value === "" ? undefined : value;
}

function childOf(parent: unknown, key: string): unknown {
  if (parent === undefined || isUnknown(parent)) return parent;
  if (!isRecord(parent)) return MALFORMED;
  return Object.hasOwn(parent, key) ? clean(parent[key]) : undefined;
}

/** The integer a value stands for; numbers may arrive as strings. Undefined where it stands for none. */
export function integer(value: unknown): number | undefined {
  const number = typeof value === "string" && /^-?(0|[1-9]\d*)$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** The boolean a value stands for; booleans may arrive as strings. Undefined where it stands for none. */
export function boolean(value: unknown): boolean | undefined {
  if (value === true || value === false) return value;
  if (typeof value !== "string") return undefined;
  const word = value.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}
