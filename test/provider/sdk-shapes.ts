import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const SDK = path.dirname(require.resolve("@pulumi/aws/package.json"));

type Members = Map<string, { readonly type: ts.TypeNode; readonly optional: boolean }>;

const NONE: Members = new Map();

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(SDK, file), "utf8"), ts.ScriptTarget.ES2022, false);
}

function membersOf(nodes: readonly ts.Node[]): Members {
  const members: Members = new Map();
  for (const node of nodes) {
    if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) continue;
    if (node.type === undefined || !ts.isIdentifier(node.name)) continue;
    if (node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword)) continue;
    members.set(node.name.text, { type: node.type, optional: node.questionToken !== undefined });
  }
  return members;
}

/** Interfaces of `types/input.d.ts` or `types/output.d.ts` by `module.Name`. */
function interfacesOf(file: string): ReadonlyMap<string, Members> {
  const found = new Map<string, Members>();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isModuleDeclaration(node) && node.body !== undefined) {
      ts.forEachChild(node.body, (child) => {
        visit(child, `${prefix}${node.name.text}.`);
      });
    } else if (ts.isInterfaceDeclaration(node)) {
      found.set(`${prefix}${node.name.text}`, membersOf([...node.members]));
    }
  };
  ts.forEachChild(parse(file), (node) => {
    visit(node, "");
  });
  return found;
}

let nested: { input: ReadonlyMap<string, Members>; output: ReadonlyMap<string, Members> } | undefined;

function nestedTypes(): { input: ReadonlyMap<string, Members>; output: ReadonlyMap<string, Members> } {
  nested ??= { input: interfacesOf("types/input.d.ts"), output: interfacesOf("types/output.d.ts") };
  return nested;
}

/** Strips `pulumi.Output<…>`, and reports whether `undefined` was among the alternatives. */
function unwrap(type: ts.TypeNode): { readonly type: ts.TypeNode; readonly optional: boolean } {
  if (ts.isTypeReferenceNode(type) && nameOf(type) === "pulumi.Output") {
    const inner = type.typeArguments?.[0];
    if (inner !== undefined) return unwrap(inner);
  }
  if (!ts.isUnionTypeNode(type)) return { type, optional: false };
  const rest = type.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
  return { type: rest[0] ?? type, optional: rest.length < type.types.length };
}

function nameOf(type: ts.TypeReferenceNode): string {
  const parts: string[] = [];
  for (let name: ts.EntityName = type.typeName; ; name = name.left) {
    parts.unshift(ts.isIdentifier(name) ? name.text : name.right.text);
    if (ts.isIdentifier(name)) return parts.join(".");
  }
}

function kindOf(type: ts.TypeNode): string {
  if (type.kind === ts.SyntaxKind.NumberKeyword) return ":n";
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return ":b";
  if (ts.isTypeLiteralNode(type)) return ":m";
  if (ts.isArrayTypeNode(type)) {
    const fields = fieldsOf(type.elementType);
    return fields === undefined ? (kindOf(type.elementType) === "" ? ":l" : ":a") : `[${fields}]`;
  }
  const fields = fieldsOf(type);
  return fields === undefined ? "" : `{${fields}}`;
}

function fieldsOf(type: ts.TypeNode): string | undefined {
  if (!ts.isTypeReferenceNode(type) || !nameOf(type).startsWith("outputs.")) return undefined;
  const name = nameOf(type).slice("outputs.".length);
  const { input, output } = nestedTypes();
  return describe(output.get(name) ?? NONE, input.get(name) ?? NONE);
}

function describe(outputs: Members, inputs: Members): string {
  return [...outputs]
    .map(([name, member]) => {
      const { type, optional } = unwrap(member.type);
      const input = inputs.get(name);
      const flag = input === undefined ? "=" : !input.optional ? "!" : optional || member.optional ? "" : "+";
      return `${name}${kindOf(type)}${flag}`;
    })
    .join(" ");
}

/** The shape of one resource type in the notation of `provider/shapes`, read from the declarations of @pulumi/aws. */
export function sdkShape(token: string): string {
  const [, file = "", name = ""] = token.split(":");
  const source = parse(`${file}.d.ts`);
  let outputs: Members = new Map();
  let inputs: Members = new Map();
  ts.forEachChild(source, (node) => {
    if (ts.isClassDeclaration(node) && node.name?.text === name) outputs = membersOf([...node.members]);
    if (ts.isInterfaceDeclaration(node) && node.name.text === `${name}Args`) inputs = membersOf([...node.members]);
  });
  return describe(outputs, inputs);
}
