import { IAM } from "./shapes/iam";
import { LAUNCHERS } from "./shapes/launchers";
import { MACHINES } from "./shapes/machines";
import { NETWORK } from "./shapes/network";
import { SERVICES } from "./shapes/services";

/**
 * One property of a resource type. Shapes are written as `NAME KIND FLAG` without spaces between the three:
 * kind `:n` number, `:b` boolean, `:l` list of strings, `:m` map, `:a` anything, `{…}` one block, `[…]` list of blocks,
 * none = string; flag `!` required, `+` computed where unset, `=` output only, none = optional.
 */
export interface Field {
  readonly kind: "string" | "number" | "boolean" | "list" | "map" | "any" | "block" | "blocks";
  readonly flag: "required" | "computed" | "output" | "optional";
  /** The properties of a block; empty for every other kind. */
  readonly fields: Shape;
}

export type Shape = ReadonlyMap<string, Field>;

const KINDS: Readonly<Record<string, Field["kind"]>> = {
  n: "number",
  b: "boolean",
  l: "list",
  m: "map",
  a: "any",
};
const FLAGS: Readonly<Record<string, Field["flag"]>> = { "!": "required", "+": "computed", "=": "output" };
const NO_FIELDS: Shape = new Map();

/** Reads the notation. */
export function parseShape(notation: string): Shape {
  const tokens = notation.match(/[A-Za-z0-9_]+|:[a-z]|[[\]{}!+=]/g) ?? [];
  let next = 0;
  const kind = (): Pick<Field, "kind" | "fields"> => {
    const token = tokens[next];
    if (token === "{" || token === "[") {
      next++;
      return { kind: token === "{" ? "block" : "blocks", fields: members() };
    }
    if (token?.startsWith(":") !== true) return { kind: "string", fields: NO_FIELDS };
    next++;
    return { kind: KINDS[token.slice(1)] ?? "any", fields: NO_FIELDS };
  };
  const members = (): Shape => {
    const shape = new Map<string, Field>();
    for (let name = tokens[next++]; name !== undefined && name !== "}" && name !== "]"; name = tokens[next++]) {
      const { kind: found, fields } = kind();
      const flag = FLAGS[tokens[next] ?? ""];
      if (flag !== undefined) next++;
      shape.set(name, { kind: found, flag: flag ?? "optional", fields });
    }
    return shape;
  };
  return members();
}

const NOTATIONS = new Map(Object.entries({ ...MACHINES, ...LAUNCHERS, ...IAM, ...NETWORK, ...SERVICES }));
const parsed = new Map<string, Shape>();

/** Every described type with its notation. */
export function describedTypes(): ReadonlyMap<string, string> {
  return NOTATIONS;
}

/** The properties of a type, or undefined where it is not described. */
export function shapeOf(type: string): Shape | undefined {
  const notation = NOTATIONS.get(type);
  if (notation === undefined) return undefined;
  const shape = parsed.get(type) ?? parseShape(notation);
  parsed.set(type, shape);
  return shape;
}
