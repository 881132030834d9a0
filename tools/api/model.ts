/** What users write and get: the components as their source declares them, which the documents and the schema are made from. */
export interface Api extends Components {
  readonly functions: readonly GrantFunction[];
  /** The components alone, without what only functions take. */
  readonly withoutFunctions: Components;
}

export interface Components {
  readonly components: readonly Component[];
  /** Interfaces and enumerations that arguments use, by name, in the order in which they are met. */
  readonly objects: ReadonlyMap<string, ObjectType>;
  readonly enums: ReadonlyMap<string, EnumType>;
}

export interface Component {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly Property[];
  readonly outputs: readonly Property[];
}

/** A function that makes arguments. */
export interface GrantFunction {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly Property[];
}

export interface ObjectType {
  readonly name: string;
  readonly description: string;
  readonly properties: readonly Property[];
}

export interface EnumType {
  readonly name: string;
  readonly description: string;
  readonly values: readonly string[];
}

export interface Property {
  readonly name: string;
  readonly description: string;
  /** What `@default` says. */
  readonly default: string | undefined;
  readonly optional: boolean;
  readonly type: Type;
}

/** A type that is `later` may be an Output of Pulumi. */
export type Type = { readonly later: boolean } &
  /** `written` where TypeScript takes but one value of it, such as `false`. */
  (
    | { readonly kind: "string" | "number" | "boolean" | "any"; readonly written?: string }
    | { readonly kind: "list" | "map"; readonly of: Type }
    | { readonly kind: "object" | "enum" | "component"; readonly name: string }
    | { readonly kind: "choice"; readonly of: readonly Type[] }
    /** A function or another thing that only a TypeScript program can give, as the source writes it. */
    | { readonly kind: "typescript"; readonly written: string }
  );
