/** Follows a name such as `aws.ec2.Instance` to the package that it is imported from. */
import type { Parser, TypeScript } from "./typescript";

/** What an expression names in a package: `["ec2", "Instance"]` of `@pulumi/aws`. */
export interface Imported {
  readonly module: string;
  readonly path: readonly string[];
}

/** Undefined where the name is not imported in its file, or declared more than once. */
export function importedAs(ts: Parser, expression: TypeScript.Expression): Imported | undefined {
  return new Follower(ts, expression.getSourceFile()).follow(expression);
}

class Follower {
  /** A name that leads back to itself leads nowhere. */
  private readonly followed = new Set<string>();

  constructor(
    private readonly ts: Parser,
    private readonly source: TypeScript.SourceFile,
  ) {}

  follow(expression: TypeScript.Expression): Imported | undefined {
    const { ts } = this;
    if (ts.isPropertyAccessExpression(expression)) {
      const owner = this.follow(expression.expression);
      return owner && { ...owner, path: [...owner.path, expression.name.text] };
    }
    if (!ts.isIdentifier(expression)) return requiredBy(ts, expression);
    if (this.followed.has(expression.text)) return undefined;
    this.followed.add(expression.text);
    const found = this.declarations(expression.text);
    return found.length === 1 ? found[0] : undefined;
  }

  /** What a name is imported as, in each of its declarations. */
  private declarations(name: string): readonly (Imported | undefined)[] {
    const { ts } = this;
    const found: (Imported | undefined)[] = [];
    const visit = (node: TypeScript.Node): void => {
      if (ts.isImportDeclaration(node)) found.push(...imports(ts, node, name));
      else if (ts.isImportEqualsDeclaration(node)) {
        if (node.name.text === name) found.push(equated(ts, node));
      } else if (ts.isVariableDeclaration(node)) found.push(...this.variables(node, name));
      ts.forEachChild(node, visit);
    };
    visit(this.source);
    return found;
  }

  /** `const aws = require("@pulumi/aws")`, or parts of it, as `const { ec2: machines } = aws`. */
  private variables(node: TypeScript.VariableDeclaration, name: string): (Imported | undefined)[] {
    const { ts } = this;
    const { name: binding, initializer } = node;
    if (ts.isIdentifier(binding)) return binding.text === name ? [initializer && this.follow(initializer)] : [];
    if (!ts.isObjectBindingPattern(binding)) return [];
    const element = binding.elements.find((each) => ts.isIdentifier(each.name) && each.name.text === name);
    if (!element) return [];
    const key = element.propertyName ?? element.name;
    const owner = initializer && this.follow(initializer);
    return [owner && ts.isIdentifier(key) ? { ...owner, path: [...owner.path, key.text] } : undefined];
  }
}

/** `require("@pulumi/aws")`. */
function requiredBy(ts: Parser, expression: TypeScript.Expression): Imported | undefined {
  if (!ts.isCallExpression(expression) || !ts.isIdentifier(expression.expression)) return undefined;
  const [module] = expression.arguments;
  if (expression.expression.text !== "require" || !module || !ts.isStringLiteralLike(module)) return undefined;
  return { module: module.text, path: [] };
}

function imports(ts: Parser, node: TypeScript.ImportDeclaration, name: string): Imported[] {
  const { importClause: clause, moduleSpecifier } = node;
  if (!clause || !ts.isStringLiteral(moduleSpecifier)) return [];
  const module = moduleSpecifier.text;
  const { namedBindings: bindings } = clause;
  if (clause.name?.text === name) return [{ module, path: [] }];
  if (!bindings) return [];
  if (ts.isNamespaceImport(bindings)) return bindings.name.text === name ? [{ module, path: [] }] : [];
  return bindings.elements
    .filter((element) => element.name.text === name)
    .map((element) => ({ module, path: [(element.propertyName ?? element.name).text] }));
}

/** `import aws = require("@pulumi/aws")`. */
function equated(ts: Parser, { moduleReference }: TypeScript.ImportEqualsDeclaration): Imported | undefined {
  if (!ts.isExternalModuleReference(moduleReference)) return undefined;
  const { expression } = moduleReference;
  return ts.isStringLiteral(expression) ? { module: expression.text, path: [] } : undefined;
}
