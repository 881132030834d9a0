/** Distils what functions of the AWS provider answer from the declarations of the pinned SDK. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const SDK = path.dirname(require.resolve("@pulumi/aws/package.json"));
const FILE = path.join("provider", "invokes", "lookups", "described.json");
/** Deeper blocks than these are left open. */
const DEEPEST = 2;

/** The files that declare functions, relative to the SDK. */
function declarations(): string[] {
  return readdirSync(SDK, { recursive: true, encoding: "utf8" }).filter((file) => /^(\w+\/)?get\w+\.d\.ts$/.test(file));
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

/** Interfaces by name, those in namespaces by `namespace.name`. */
function interfacesIn(source: ts.SourceFile): Interfaces {
  const found = new Map<string, ts.InterfaceDeclaration>();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isInterfaceDeclaration(node)) found.set(`${prefix}${node.name.text}`, node);
    if (ts.isModuleDeclaration(node))
      ts.forEachChild(node, (child) => {
        visit(child, `${prefix}${node.name.text}.`);
      });
    if (ts.isModuleBlock(node) || ts.isSourceFile(node))
      ts.forEachChild(node, (child) => {
        visit(child, prefix);
      });
  };
  visit(source, "");
  return found;
}

/** Members of an interface in the notation of `provider/schema.ts`: what is always answered is an output. */
function notation(of: ts.InterfaceDeclaration, nested: Interfaces, depth: number): string {
  return of.members
    .filter(ts.isPropertySignature)
    .map((member) => {
      const name = (member.name as ts.Identifier).text;
      return `${name}${kindOf(member.type, nested, depth)}${member.questionToken ? "" : "="}`;
    })
    .join(" ");
}

function kindOf(type: ts.TypeNode | undefined, nested: Interfaces, depth: number): string {
  if (type === undefined) return ":a";
  if (type.kind === ts.SyntaxKind.StringKeyword) return "";
  if (type.kind === ts.SyntaxKind.NumberKeyword) return ":n";
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return ":b";
  if (ts.isTypeLiteralNode(type)) return ":m";
  if (ts.isArrayTypeNode(type)) {
    if (ts.isTypeReferenceNode(type.elementType)) return block(type.elementType, nested, depth, "[", "]");
    return ":l";
  }
  if (ts.isTypeReferenceNode(type)) return block(type, nested, depth, "{", "}");
  if (ts.isUnionTypeNode(type)) return kindOf(type.types[0], nested, depth);
  return ":a";
}

function block(type: ts.TypeReferenceNode, nested: Interfaces, depth: number, open: string, close: string): string {
  const declaration = nested.get(type.typeName.getText().replace(/^outputs\./, ""));
  // Enumerations are strings.
  if (declaration === undefined) return open === "[" ? ":l" : "";
  return depth >= DEEPEST ? (open === "[" ? ":l" : ":m") : `${open}${notation(declaration, nested, depth + 1)}${close}`;
}

const outputs = interfacesIn(parse(path.join(SDK, "types", "output.d.ts")));
const described = new Map<string, string>();
for (const file of declarations().sort()) {
  const token = /runtime\.invoke\("([^"]+)"/.exec(
    readFileSync(path.join(SDK, file.replace(/\.d\.ts$/, ".js")), "utf8"),
  )?.[1];
  const result = [...interfacesIn(parse(path.join(SDK, file))).values()].find(({ name }) =>
    name.text.endsWith("Result"),
  );
  if (token !== undefined && result !== undefined) described.set(token, notation(result, outputs, 0));
}
writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(described), undefined, 1)}\n`);
console.log(`${FILE} written: ${String(described.size)} functions`);
