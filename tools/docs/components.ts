/** The pages of the components, from the declarations of what they take and give. */
import { readFileSync } from "node:fs";
import type { Api, Component, ObjectType, Property, Type } from "../api/model";
import { code, table } from "./markdown";
import { componentSample } from "./samples";

const FOLDER = "docs/components";

/** Every page, by its path. */
export function componentPages(api: Api): ReadonlyMap<string, string> {
  const files = new Map(api.components.map((component) => [`${FOLDER}/${component.name}.md`, page(component, api)]));
  return files.set(`${FOLDER}/README.md`, index(api));
}

function page(component: Component, api: Api): string {
  const sample = componentSample(component.name);
  const sections = [
    "<!-- Made by `npm run docs` from components/. -->",
    `# ${component.name}`,
    component.description,
    `${sample.caption}:`,
    code("ts", sample.code),
    "## Arguments",
    propertyTable(component.arguments, api),
    ...objectsOf(component.arguments, api).flatMap((object) => objectSection(object, api)),
    "## Outputs",
    table(
      ["output", "type", "meaning"],
      component.outputs.map(({ name, type, description }) => [
        `\`${name}\``,
        `\`${typeText(type, api)}\``,
        oneLine(description),
      ]),
    ),
    "[All components](README.md)",
  ];
  return `${sections.join("\n\n")}\n`;
}

function objectSection({ name, description, properties }: ObjectType, api: Api): string[] {
  return [`### ${name}`, ...(description === "" ? [] : [oneLine(description)]), propertyTable(properties, api)];
}

function propertyTable(properties: readonly Property[], api: Api): string {
  const rows = properties.map((property) => [
    `\`${property.name}\``,
    `\`${typeText(property.type, api)}\``,
    property.optional ? oneLine(property.default ?? "") : "required",
    oneLine(property.description),
  ]);
  return table(["name", "type", "default", "meaning"], rows);
}

/** The objects that properties hold, and those that these hold. */
function objectsOf(properties: readonly Property[], api: Api): readonly ObjectType[] {
  const found = new Set<ObjectType>();
  const visit = (type: Type): void => {
    if (type.kind === "list" || type.kind === "map") visit(type.of);
    if (type.kind === "choice") type.of.forEach(visit);
    const object = type.kind === "object" ? api.objects.get(type.name) : undefined;
    if (object === undefined || found.has(object)) return;
    found.add(object);
    for (const property of object.properties) visit(property.type);
  };
  for (const { type } of properties) visit(type);
  return [...found];
}

function typeText(type: Type, api: Api): string {
  return type.later ? `Input<${bareText(type, api)}>` : bareText(type, api);
}

function bareText(type: Type, api: Api): string {
  switch (type.kind) {
    case "list":
      return type.of.kind === "choice" || type.of.kind === "enum"
        ? `(${typeText(type.of, api)})[]`
        : `${typeText(type.of, api)}[]`;
    case "map":
      return `Record<string, ${typeText(type.of, api)}>`;
    case "choice":
      return type.of.map((each) => typeText(each, api)).join(" | ");
    case "object":
    case "component":
      return type.name;
    case "enum":
      return (api.enums.get(type.name)?.values ?? []).map((value) => JSON.stringify(value)).join(" | ");
    default:
      return type.written ?? type.kind;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

function index(api: Api): string {
  const sections = [
    "<!-- Made by `npm run docs` from components/. -->",
    "# Components",
    table(
      ["component", "what it is"],
      api.components.map(({ name, description }) => [`[\`${name}\`](${name}.md)`, oneLine(description)]),
    ),
    "## Functions",
    "Those named `grant…` say what a machine's role may do, for the argument `grants`.",
    table(
      ["function", "what it gives"],
      api.functions.map(({ name, description, parameters }) => [
        `\`${name}(${parameters.map((parameter) => parameterText(parameter, api)).join(", ")})\``,
        oneLine(description),
      ]),
    ),
    "## In other languages",
    "The package has a plugin for programs in YAML, Python, Go, C# and Java. It needs Node.js where Pulumi runs:",
    code("sh", "npm install ec2-hardening @pulumi/aws\npulumi package add ./node_modules/ec2-hardening/plugin"),
    "Names are those of the tables, as the language writes them. There are no functions: each entry of `grants` names what it grants, and Pulumi's own transforms change single resources. `profile` takes the name of a profile, and a group has a template of its own. In YAML ([examples/yaml](../../examples/yaml/Pulumi.yaml)):",
    code("yaml", readFileSync("examples/yaml/Pulumi.yaml", "utf8")),
    "In Python ([examples/python](../../examples/python/__main__.py)):",
    code("python", readFileSync("examples/python/__main__.py", "utf8")),
  ];
  return `${sections.join("\n\n")}\n`;
}

function parameterText({ name, optional, type }: Property, api: Api): string {
  const options = type.kind === "object" ? api.objects.get(type.name)?.properties : undefined;
  const text =
    options === undefined ? typeText(type, api) : `{ ${options.map((each) => parameterText(each, api)).join("; ")} }`;
  return `${name}${optional ? "?" : ""}: ${text}`;
}
