/** The Pulumi schema of the components: what SDKs of other languages are made from (Pulumi docs, "Package Schema"). */
import { readFileSync } from "node:fs";
import type { Component, Components, EnumType, ObjectType, Property, Type } from "./model";

const PACKAGE = "ec2-hardening";
/** An SDK has the version of the schema that it is made from. */
const VERSIONED = { respectSchemaVersion: true };
const LANGUAGES = { nodejs: VERSIONED, python: VERSIONED, csharp: VERSIONED, java: VERSIONED, go: VERSIONED };

/** The schema as a JSON document. */
export function schema(api: Components): object {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const objects = [...api.objects.values()];
  return {
    name: PACKAGE,
    version,
    description: "EC2 machines that do not give their credentials away",
    license: "Apache-2.0",
    language: LANGUAGES,
    resources: Object.fromEntries(api.components.map((component) => [token(component.name), resource(component)])),
    types: {
      ...Object.fromEntries(objects.map((object) => [token(object.name), objectType(object)])),
      ...Object.fromEntries([...api.enums.values()].map((type) => [token(type.name), enumType(type)])),
    },
  };
}

/** SDKs add `Args` to the names of inputs themselves. */
function token(name: string): string {
  return `${PACKAGE}:index:${name.replace(/Args$/, "")}`;
}

function resource({ description, arguments: inputs, outputs }: Component): object {
  const given = inputs.filter(isPortable);
  return {
    isComponent: true,
    description,
    inputProperties: inputProperties(given),
    requiredInputs: required(given),
    properties: Object.fromEntries(
      outputs.map(({ name, ...output }) => [name, { ...described(output), ...outputType(output.type) }]),
    ),
    required: required(outputs),
  };
}

function objectType({ description, properties }: ObjectType): object {
  const given = properties.filter(isPortable);
  return {
    type: "object",
    ...described({ description }),
    properties: inputProperties(given),
    required: required(given),
  };
}

function enumType({ description, values }: EnumType): object {
  return { type: "string", ...described({ description }), enum: values.map((value) => ({ value })) };
}

/** Functions are for TypeScript programs, where elsewhere there are Pulumi's own transforms; and so are components themselves. */
function isPortable({ type }: { readonly type: Type }): boolean {
  return type.kind !== "typescript" && type.kind !== "component";
}

function required(properties: readonly Property[]): string[] {
  return properties
    .filter(({ optional }) => !optional)
    .map(({ name }) => name)
    .sort();
}

function inputProperties(properties: readonly Property[]): object {
  return Object.fromEntries(
    properties.map(({ name, ...property }) => [name, { ...described(property), ...inputType(property.type) }]),
  );
}

function described(property: { description: string; default?: string | undefined }): { description?: string } {
  const parts = [property.description, ...(property.default === undefined ? [] : [`Default: ${property.default}.`])];
  const description = parts.filter((part) => part !== "").join("\n\n");
  return description === "" ? {} : { description };
}

/** What has to be known when the program runs is plain. */
function inputType(type: Type): object {
  const isOpen = type.later || type.kind === "any" || (type.kind === "choice" && type.of.some(({ later }) => later));
  return { ...shape(type, inputType), ...(!isOpen && { plain: true }) };
}

function outputType(type: Type): object {
  return shape(type, outputType);
}

function shape(type: Type, inner: (type: Type) => object): object {
  switch (type.kind) {
    case "any":
      return { $ref: "pulumi.json#/Any" };
    case "list":
      return { type: "array", items: inner(type.of) };
    case "map":
      return { type: "object", additionalProperties: inner(type.of) };
    case "object":
    case "enum":
      return { $ref: `#/types/${token(type.name)}` };
    case "choice": {
      const [first, ...others] = type.of.filter((each) => isPortable({ type: each }));
      return first && others.length === 0 ? inner(first) : { oneOf: type.of.map(inner) };
    }
    case "number":
      // Whatever the arguments count is whole.
      return { type: "integer" };
    case "component":
    case "typescript":
      throw new Error(`only TypeScript programs can give a ${type.kind}: ${JSON.stringify(type)}`);
    case "string":
    case "boolean":
      return { type: type.kind };
  }
}
