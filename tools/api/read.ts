/** Reads the components' source with TypeScript's own compiler. */
import path from "node:path";
import ts from "typescript";
import type { Api, Component, EnumType, GrantFunction, ObjectType, Property, Type } from "./model";

/** What TypeScript programs import. */
const ENTRY = "components/index.ts";

/** Everything that `components/index.ts` exports and users call. */
export function readApi(entry = ENTRY): Api {
  return new Reader(entry).api();
}

class Reader {
  readonly #checker: ts.TypeChecker;
  readonly #exports: readonly ts.Symbol[];
  readonly #objects = new Map<string, ObjectType>();
  readonly #enums = new Map<string, EnumType>();

  constructor(entry: string) {
    const { config } = ts.readConfigFile("tsconfig.json", (name) => ts.sys.readFile(name)) as { config: unknown };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
    const program = ts.createProgram([path.resolve(entry)], options);
    this.#checker = program.getTypeChecker();
    this.#exports = this.#exportsOf(program, entry);
  }

  #exportsOf(program: ts.Program, entry: string): ts.Symbol[] {
    const source = program.getSourceFile(path.resolve(entry));
    const module = source && this.#checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry} is no module`);
    return this.#checker.getExportsOfModule(module).map((symbol) => this.#resolve(symbol));
  }

  api(): Api {
    const components = this.#declared(ts.isClassDeclaration).flatMap(([symbol, node]) => this.#component(symbol, node));
    // Before functions add what they take.
    const withoutFunctions = { components, objects: new Map(this.#objects), enums: new Map(this.#enums) };
    const functions = this.#declared(ts.isFunctionDeclaration).map(([symbol, node]) => this.#function(symbol, node));
    return { components, functions, objects: this.#objects, enums: this.#enums, withoutFunctions };
  }

  #declared<N extends ts.Declaration>(is: (node: ts.Node) => node is N): [ts.Symbol, N][] {
    return this.#exports.flatMap((symbol) => {
      const node = symbol.declarations?.find(is);
      return node ? [[symbol, node] as [ts.Symbol, N]] : [];
    });
  }

  #resolve(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #component(symbol: ts.Symbol, node: ts.ClassDeclaration): Component[] {
    const constructor = node.members.find(ts.isConstructorDeclaration);
    const args = constructor?.parameters[1]?.type;
    if (!this.#isComponent(symbol) || args === undefined) return [];
    const described = { name: symbol.name, description: this.#describe(symbol) };
    const properties = this.#properties(symbol.name, this.#checker.getTypeFromTypeNode(args));
    return [{ ...described, arguments: properties, outputs: this.#outputs(node) }];
  }

  #isComponent(symbol: ts.Symbol): boolean {
    const bases = this.#checker.getBaseTypes(this.#checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType);
    return bases.some((base) => base.symbol.name === "ComponentResource" || this.#isComponent(base.symbol));
  }

  #outputs(node: ts.ClassDeclaration): Property[] {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
    return node.members.filter(ts.isPropertyDeclaration).flatMap((member) => {
      const name = member.name.getText();
      const inner = member.type && typeArgument(member.type, "Output");
      if (inner === undefined || ts.getCombinedModifierFlags(member) & hidden || ts.isPrivateIdentifier(member.name))
        return [];
      const symbol = this.#checker.getSymbolAtLocation(member.name);
      return symbol ? [this.#property(name, symbol, inner)] : [];
    });
  }

  #function(symbol: ts.Symbol, node: ts.FunctionDeclaration): GrantFunction {
    const parameters = node.parameters.flatMap((parameter) => {
      const declared = this.#checker.getSymbolAtLocation(parameter.name);
      return declared && parameter.type ? [this.#property(symbol.name, declared, parameter.type)] : [];
    });
    return { name: symbol.name, description: this.#describe(symbol), parameters };
  }

  #properties(owner: string, type: ts.Type): Property[] {
    return this.#checker.getPropertiesOfType(type).flatMap((symbol) => {
      const declaration = symbol.valueDeclaration;
      if (!declaration) return [];
      if (ts.isMethodSignature(declaration)) return [this.#method(symbol, declaration)];
      if (!ts.isPropertySignature(declaration) || !declaration.type)
        throw new Error(`${owner}.${symbol.name} is no plain property`);
      return [this.#property(owner, symbol, declaration.type)];
    });
  }

  #method(symbol: ts.Symbol, declaration: ts.MethodSignature): Property {
    return { name: symbol.name, ...this.#tags(symbol), optional: true, type: typescriptOnly(declaration) };
  }

  #property(owner: string, symbol: ts.Symbol, node: ts.TypeNode): Property {
    const declaration = symbol.valueDeclaration;
    const place = declaration && ts.isInterfaceDeclaration(declaration.parent) ? declaration.parent.name.text : owner;
    const type = this.#type(node, `${place}.${symbol.name}`);
    return {
      name: symbol.name,
      ...this.#tags(symbol),
      optional: declaration !== undefined && mayBeLeftOut(declaration),
      type,
    };
  }

  #tags(symbol: ts.Symbol): { description: string; default: string | undefined } {
    const tag = symbol.getJsDocTags(this.#checker).find(({ name }) => name === "default");
    return { description: this.#describe(symbol), default: tag && ts.displayPartsToString(tag.text) };
  }

  #describe(symbol: ts.Symbol): string {
    return ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
  }

  #type(node: ts.TypeNode, where: string): Type {
    const input = typeArgument(node, "Input") ?? typeArgument(node, "Value");
    if (input) return { ...this.#type(input, where), later: true };
    if (ts.isParenthesizedTypeNode(node)) return this.#type(node.type, where);
    if (ts.isTypeOperatorNode(node)) return this.#type(node.type, where);
    if (ts.isArrayTypeNode(node)) return { kind: "list", of: this.#type(node.elementType, where), later: false };
    const values = words(this.#checker.getTypeFromTypeNode(node));
    if (values && !ts.isTypeReferenceNode(node)) return this.#enum(titled(where), "", values, where);
    if (ts.isUnionTypeNode(node)) return this.#union(node, where);
    if (ts.isTypeLiteralNode(node))
      return this.#object(titled(where), "", this.#checker.getTypeFromTypeNode(node), node);
    if (ts.isTypeReferenceNode(node)) return this.#reference(node, where);
    const isLiteral = ts.isLiteralTypeNode(node);
    const kind = KEYWORDS.get(isLiteral ? node.literal.kind : node.kind);
    return kind ? { kind, later: false, ...(isLiteral && { written: node.getText() }) } : typescriptOnly(node);
  }

  #union(node: ts.UnionTypeNode, where: string): Type {
    const members = node.types.filter((member) => !this.#isInternal(member));
    const [first, ...others] = members.map((member) => this.#type(member, where));
    if (first === undefined) throw new Error(`${where} has no type`);
    if (others.length === 0) return first;
    const choices = [first, ...others].flatMap((type) => (type.kind === "choice" ? type.of : [type]));
    return { kind: "choice", of: choices, later: false };
  }

  /** What only the components write themselves, or is no value at all. */
  #isInternal(node: ts.TypeNode): boolean {
    if (node.kind === ts.SyntaxKind.UndefinedKeyword) return true;
    const symbol = ts.isTypeReferenceNode(node) && this.#checker.getSymbolAtLocation(node.typeName);
    return (
      symbol !== undefined &&
      symbol !== false &&
      this.#resolve(symbol)
        .getJsDocTags()
        .some(({ name }) => name === "internal")
    );
  }

  #enum(name: string, description: string, values: readonly string[], where: string): Type {
    const known = this.#enums.get(name);
    if (known && known.values.join() !== values.join()) throw new Error(`${where}: there are two enumerations ${name}`);
    this.#enums.set(name, { name, description, values });
    return { kind: "enum", name, later: false };
  }

  #object(name: string, description: string, type: ts.Type, node: ts.TypeNode): Type {
    if (!this.#objects.has(name)) {
      // Listed before what it holds.
      this.#objects.set(name, { name, description, properties: [] });
      this.#objects.set(name, { name, description, properties: this.#properties(name, type) });
    }
    if (this.#objects.get(name)?.properties.some((property) => property.type.kind !== "typescript"))
      return { kind: "object", name, later: false };
    this.#objects.delete(name);
    return typescriptOnly(node);
  }

  #reference(node: ts.TypeReferenceNode, where: string): Type {
    const [first, second] = node.typeArguments ?? [];
    const name = node.typeName.getText();
    if (first && /^(Readonly)?Array$/.test(name)) return { kind: "list", of: this.#type(first, where), later: false };
    if (first && name === "Readonly") return this.#type(first, where);
    if (second && name === "Record") return { kind: "map", of: this.#type(second, where), later: false };
    const symbol = this.#resolve(this.#checker.getSymbolAtLocation(node.typeName) ?? unknownName(name, where));
    return this.#named(symbol, node, where);
  }

  #named(symbol: ts.Symbol, node: ts.TypeReferenceNode, where: string): Type {
    const [declaration] = symbol.declarations ?? [];
    if (declaration && ts.isTypeAliasDeclaration(declaration)) return this.#alias(symbol, declaration, node, where);
    if (declaration && ts.isInterfaceDeclaration(declaration))
      return this.#object(symbol.name, this.#describe(symbol), this.#checker.getDeclaredTypeOfSymbol(symbol), node);
    const own = declaration && ts.isClassDeclaration(declaration) && this.#isComponent(symbol);
    return own ? { kind: "component", name: symbol.name, later: false } : typescriptOnly(node);
  }

  #alias(symbol: ts.Symbol, { type }: ts.TypeAliasDeclaration, node: ts.TypeNode, where: string): Type {
    const values = words(this.#checker.getDeclaredTypeOfSymbol(symbol));
    if (values) return this.#enum(symbol.name, this.#describe(symbol), values, where);
    if (ts.isTypeLiteralNode(type))
      return this.#object(symbol.name, this.#describe(symbol), this.#checker.getDeclaredTypeOfSymbol(symbol), node);
    return this.#type(type, where);
  }
}

const KEYWORDS: ReadonlyMap<ts.SyntaxKind, "string" | "number" | "boolean" | "any"> = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.TrueKeyword, "boolean"],
  [ts.SyntaxKind.FalseKeyword, "boolean"],
  [ts.SyntaxKind.UnknownKeyword, "any"],
  [ts.SyntaxKind.AnyKeyword, "any"],
] as const);

/** What `Input<…>`, or another wrapper of that name, holds. */
function typeArgument(node: ts.TypeNode, wrapper: string): ts.TypeNode | undefined {
  if (!ts.isTypeReferenceNode(node)) return undefined;
  return node.typeName.getText().split(".").at(-1) === wrapper ? node.typeArguments?.[0] : undefined;
}

function mayBeLeftOut(declaration: ts.Declaration): boolean {
  if (ts.isPropertySignature(declaration)) return declaration.questionToken !== undefined;
  return ts.isParameter(declaration) && (declaration.questionToken ?? declaration.initializer) !== undefined;
}

function typescriptOnly(node: ts.Node): Type {
  return { kind: "typescript", later: false, written: node.getText().replace(/\s+/g, " ") };
}

/** The words that a type allows, where these are all it allows. */
function words(type: ts.Type): string[] | undefined {
  const members = type.isUnion() ? type.types : [type];
  const defined = members.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  const literals = defined.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
  return literals.length > 0 && literals.length === defined.length ? literals : undefined;
}

/** The name of a type that has none, by where it stands: `RootVolumeArgs.type` is a `RootVolumeType`. */
function titled(where: string): string {
  const [owner = "", property = ""] = where.split(".");
  return `${owner.replace(/Args$/, "")}${property.charAt(0).toUpperCase()}${property.slice(1)}`;
}

function unknownName(name: string, where: string): never {
  throw new Error(`${where}: ${name} is not declared`);
}
