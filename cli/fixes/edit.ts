/** Turns changes of a resource's inputs into edits of the object literal that sets them. */
import { isDeepStrictEqual } from "node:util";
import { pathOf, written, type Change, type Key } from "./changes";
import { unwrapped } from "./creation";
import { Layout, type Container, type Edit, type Entry } from "./layout";
import { Left } from "./left";
import type { Parser, TypeScript } from "./typescript";

/** Values to set, by the way to them. */
type Wanted = Map<Key, Wanted | { readonly value: unknown }>;

/** Plans the edits; `inputs` are those of every resource that the literal makes, by which it is known to be what sets them. */
export function editsFor(
  ts: Parser,
  literal: TypeScript.ObjectLiteralExpression,
  changes: readonly Change[],
  inputs: readonly unknown[],
): readonly Edit[] {
  const planner = new Planner(ts, literal.getSourceFile());
  return planner.set(literal, wantedOf(changes), inputs, []);
}

function wantedOf(changes: readonly Change[]): Wanted {
  const root: Wanted = new Map();
  for (const { keys, after } of changes) {
    let at = root;
    keys.forEach((key, index) => {
      const known = at.get(key);
      if (index === keys.length - 1) at.set(key, { value: after });
      else if (known instanceof Map) at = known;
      else at.set(key, (at = new Map()));
    });
  }
  return root;
}

class Planner {
  private readonly layout: Layout;

  constructor(
    private readonly ts: Parser,
    source: TypeScript.SourceFile,
  ) {
    this.layout = new Layout(ts, source);
  }

  /** Sets what is wanted below a container, and adds at its end what is not there yet. */
  set(container: Container, wanted: Wanted, inputs: readonly unknown[], above: readonly Key[]): readonly Edit[] {
    const edits: Edit[] = [];
    const missing: Entry[] = [];
    for (const [key, want] of wanted) {
      const own = inputs.map((each) => written(each, key));
      const value = this.valueAt(container, key, [...above, key]);
      if (value !== undefined) edits.push(...this.change(value, want, own, [...above, key]));
      else {
        if (own.some((each) => each !== undefined))
          throw new Left(`${pathOf([...above, key])} is set on the way: by a transformation, or by the provider`);
        missing.push([typeof key === "string" ? key : undefined, plain(want)]);
      }
    }
    return missing.length === 0 ? edits : [...edits, ...this.layout.append(container, missing)];
  }

  private change(
    node: TypeScript.Expression,
    want: Wanted | { readonly value: unknown },
    inputs: readonly unknown[],
    path: readonly Key[],
  ): readonly Edit[] {
    const { ts } = this;
    const value = unwrapped(ts, node);
    if (want instanceof Map) {
      const isContainer = ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value);
      if (!isContainer) throw new Left(`${pathOf(path)} is computed`);
      return this.set(value, want, inputs, path);
    }
    const literal = this.literal(value);
    if (!literal) throw new Left(`${pathOf(path)} is computed`);
    if (inputs.some((each) => !isDeepStrictEqual(each, literal.value))) {
      throw new Left(`${pathOf(path)} is another value than the program writes: something changes it on the way`);
    }
    return [this.layout.replace(value, want.value)];
  }

  /** What a literal stands for; undefined for other expressions. */
  private literal(node: TypeScript.Expression): { readonly value: unknown } | undefined {
    const { ts } = this;
    if (ts.isStringLiteralLike(node)) return { value: node.text };
    if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
      return ts.isNumericLiteral(node.operand) ? { value: -Number(node.operand.text) } : undefined;
    }
    switch (node.kind) {
      case ts.SyntaxKind.TrueKeyword:
        return { value: true };
      case ts.SyntaxKind.FalseKeyword:
        return { value: false };
      case ts.SyntaxKind.NullKeyword:
        return { value: undefined };
      default:
        return ts.isIdentifier(node) && node.text === "undefined" ? { value: undefined } : undefined;
    }
  }

  /** What stands at a key, where it is what counts; undefined where nothing does. */
  private valueAt(container: Container, key: Key, path: readonly Key[]): TypeScript.Expression | undefined {
    return this.ts.isArrayLiteralExpression(container)
      ? this.itemAt(container, key)
      : this.propertyAt(container, String(key), path);
  }

  private itemAt({ elements }: TypeScript.ArrayLiteralExpression, key: Key): TypeScript.Expression | undefined {
    if (elements.some((element) => this.ts.isSpreadElement(element))) throw new Left("a list holds a spread");
    // The providers take a block for a list of one, and the other way round.
    if (typeof key === "string") throw new Left(`${key} stands in a list`);
    return elements[key];
  }

  private propertyAt(
    { properties }: TypeScript.ObjectLiteralExpression,
    key: string,
    path: readonly Key[],
  ): TypeScript.Expression | undefined {
    const { ts } = this;
    let found: TypeScript.ObjectLiteralElementLike | undefined;
    for (const property of properties) {
      const name = this.nameOf(property);
      // What comes last wins: a spread, or a name that is computed, changes nothing that stands behind it.
      if (name === undefined || name === key) found = property;
    }
    if (found === undefined) return undefined;
    if (ts.isSpreadAssignment(found)) throw new Left(`${pathOf(path)} may come from a spread`);
    if (ts.isPropertyAssignment(found) && this.nameOf(found) === key) return found.initializer;
    throw new Left(
      ts.isShorthandPropertyAssignment(found) ? `${pathOf(path)} is a variable` : `${pathOf(path)} is computed`,
    );
  }

  /** Undefined where only a run can tell. */
  private nameOf({ name }: TypeScript.ObjectLiteralElementLike): string | undefined {
    const { ts } = this;
    if (name === undefined) return undefined;
    if (ts.isComputedPropertyName(name)) {
      return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
    }
    return ts.isPrivateIdentifier(name) ? undefined : name.text;
  }
}

function plain(want: Wanted | { readonly value: unknown }): unknown {
  if (!(want instanceof Map)) return want.value;
  const entries = [...want].map(([key, value]) => [key, plain(value)] as const);
  return typeof entries[0]?.[0] === "number" ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
