/** Finds the expression that creates a resource, where the program says it stands. */
import type { Position } from "../host";
import { Left } from "./left";
import { importedAs } from "./imports";
import type { Parser, TypeScript } from "./typescript";

/** `new aws.ec2.Instance("web", {…})`, or the call of it by a class that extends it. */
export type Creation = (TypeScript.NewExpression | TypeScript.CallExpression) & {
  readonly arguments: TypeScript.NodeArray<TypeScript.Expression>;
};

/** Resources that are created at one place. */
export interface Created {
  readonly type: string;
  readonly names: readonly string[];
}

/** The object literal that holds a resource's arguments. */
export function argumentsAt(
  ts: Parser,
  source: TypeScript.SourceFile,
  position: Position,
  created: Created,
): TypeScript.ObjectLiteralExpression {
  const creation = creationAt(ts, source, position, created);
  if (creation.arguments.some((argument) => ts.isSpreadElement(argument))) {
    throw new Left("its arguments come from a spread");
  }
  const [, given] = creation.arguments;
  if (given === undefined) throw new Left("it is created without arguments");
  const literal = unwrapped(ts, given);
  if (ts.isObjectLiteralExpression(literal)) return literal;
  throw new Left(
    ts.isIdentifier(literal) ? `its arguments are the variable ${literal.text}` : "its arguments are computed",
  );
}

function creationAt(ts: Parser, source: TypeScript.SourceFile, position: Position, created: Created): Creation {
  const here = creationsOn(ts, source, position.line);
  const matching = here.filter((each) => isOf(ts, each, created.type));
  const exact = matching.filter((each) => columnOf(source, each) === position.column);
  const candidates = (exact.length > 0 ? exact : matching).filter((each) => mayBeNamed(ts, each, created.names));
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  if (candidates.length > 1) throw new Left("several resources of its type are created on this line");
  const [other] = here;
  throw new Left(
    other === undefined
      ? "no expression on this line creates it"
      : `${other.expression.getText(source)} creates it, which takes arguments of its own`,
  );
}

/** Everything on a line that may create a resource. */
function creationsOn(ts: Parser, source: TypeScript.SourceFile, line: number): readonly Creation[] {
  const found: Creation[] = [];
  const visit = (node: TypeScript.Node): void => {
    const isCreation =
      (ts.isNewExpression(node) && node.arguments !== undefined) ||
      (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword);
    if (isCreation && lineOf(source, node) === line) found.push(node as Creation);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function lineOf(source: TypeScript.SourceFile, node: TypeScript.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

function columnOf(source: TypeScript.SourceFile, node: TypeScript.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).character + 1;
}

/** Whether it calls the class of a type such as `aws:ec2/instance:Instance`, by an import of this file. */
function isOf(ts: Parser, creation: Creation, type: string): boolean {
  const callee = ts.isNewExpression(creation) ? creation.expression : baseOf(ts, creation);
  const imported = callee && importedAs(ts, callee);
  const [provider = ""] = type.split(":");
  return (
    imported?.path.at(-1) === type.split(":").at(-1) &&
    (imported?.module === `@pulumi/${provider}` || imported?.module.startsWith(`@pulumi/${provider}/`) === true)
  );
}

/** What the class around a call of `super` extends. */
function baseOf(ts: Parser, call: TypeScript.Node): TypeScript.Expression | undefined {
  let node: TypeScript.Node = call;
  while (!ts.isSourceFile(node) && !ts.isClassLike(node)) node = node.parent;
  if (!ts.isClassLike(node)) return undefined;
  const heritage = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return heritage?.types[0]?.expression;
}

/** A literal name tells resources apart that are created on one line. */
function mayBeNamed(ts: Parser, { arguments: [name] }: Creation, names: readonly string[]): boolean {
  return name === undefined || !ts.isStringLiteralLike(name) || names.includes(name.text);
}

/** An expression without what only the type checker sees. */
export function unwrapped(ts: Parser, node: TypeScript.Expression): TypeScript.Expression {
  const isWrapper =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node);
  return isWrapper ? unwrapped(ts, node.expression) : node;
}
