/** What components take, without the words: by this table the plans check what programs without types give. */
import type { Components, Property, Type } from "./model";

export function argumentTable({ components, objects, enums }: Components): object {
  return {
    components: Object.fromEntries(components.map((component) => [component.name, types(component.arguments)])),
    objects: Object.fromEntries([...objects.values()].map(({ name, properties }) => [name, types(properties)])),
    enums: Object.fromEntries([...enums.values()].map(({ name, values }) => [name, values])),
  };
}

function types(properties: readonly Property[]): object {
  return Object.fromEntries(properties.map(({ name, optional, type }) => [name, { optional, type: bare(type) }]));
}

/** What only TypeScript can say is its business. */
function bare(type: Type): object {
  const { kind, later } = type;
  switch (type.kind) {
    case "list":
    case "map":
      return { kind, later, of: bare(type.of) };
    case "choice":
      return { kind, later, of: type.of.map(bare) };
    case "typescript":
      return { kind, later };
    default:
      return type;
  }
}
