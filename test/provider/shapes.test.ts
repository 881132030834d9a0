import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describedTypes, parseShape, shapeOf } from "../../provider/schema";
import { NAMED } from "../../provider/shapes/named";
import { sdkShape } from "./sdk-shapes";

const SDK = path.dirname(require.resolve("@pulumi/aws/package.json"));

test("the notation", () => {
  const shape = parseShape("name+ size:n! tags:m options{on:b mode+}+ rules[from:l to=]");
  expect([...shape].map(([name, { kind, flag }]) => [name, kind, flag])).toEqual([
    ["name", "string", "computed"],
    ["size", "number", "required"],
    ["tags", "map", "optional"],
    ["options", "block", "computed"],
    ["rules", "blocks", "optional"],
  ]);
  expect([...(shape.get("rules")?.fields ?? [])].map(([name, { kind, flag }]) => [name, kind, flag])).toEqual([
    ["from", "list", "optional"],
    ["to", "string", "output"],
  ]);
  expect(shapeOf("__proto__")).toBeUndefined();
});

test.each([...describedTypes()])("%s is what the SDK declares", (type, notation) => {
  expect(notation.trim().split(/\s+/).join(" ")).toBe(sdkShape(type));
});

test("the types with an optional name are those of the SDK", () => {
  const found = readdirSync(SDK, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "types" && entry.name !== "node_modules")
    .flatMap(({ name }) => namedFiles(name).map((file) => `${name}/${file}`));
  const listed = Object.entries(NAMED).flatMap(([module, files]) =>
    files
      .trim()
      .split(/\s+/)
      .map((file) => `${module}/${file}`),
  );
  expect(listed.sort()).toEqual(found.sort());
});

function namedFiles(module: string): string[] {
  return readdirSync(path.join(SDK, module))
    .filter((file) => file.endsWith(".d.ts"))
    .filter((file) => {
      const text = readFileSync(path.join(SDK, module, file), "utf8");
      const [, name] = /export declare class (\w+) extends pulumi\.CustomResource/.exec(text) ?? [];
      const args = name === undefined ? "" : (text.split(`export interface ${name}Args {`)[1] ?? "");
      return /^ {4}name\?: /m.test(args);
    })
    .map((file) => file.slice(0, -".d.ts".length));
}
