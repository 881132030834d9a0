/** How a file is written, so that what is put in looks like the rest. */
import { isRecord } from "../../policies/machine/resource";
import type { Parser, TypeScript } from "./typescript";

/** A list of things in braces or brackets. */
export type Container = TypeScript.ObjectLiteralExpression | TypeScript.ArrayLiteralExpression;

/** Replaces a part of a text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A property, or an item of a list, to write. */
export type Entry = readonly [key: string | undefined, value: unknown];

interface Style {
  /** Names of properties stand in quotes. */
  readonly isQuoted: boolean;
  /** Between braces and what is in them. */
  readonly space?: string;
  /** Undefined where everything goes on one line. */
  readonly tall?: { readonly indent: string; readonly unit: string; readonly comma: string };
}

/** The habits of one file. */
export class Layout {
  private readonly eol: string;
  private readonly quote: string;
  private readonly unit: string;

  constructor(
    private readonly ts: Parser,
    private readonly source: TypeScript.SourceFile,
  ) {
    const { text } = source;
    this.eol = /\r?\n/.exec(text)?.[0] ?? "\n";
    this.quote = quoteOf(ts, source);
    this.unit = /^(\t| {2,8})(?=[^\s*])/m.exec(text)?.[1] ?? "  ";
  }

  /** A literal in place of another one, in its quotes. */
  replace(node: TypeScript.Expression, value: unknown): Edit {
    const start = node.getStart(this.source);
    const own = this.source.text.charAt(start);
    return { start, end: node.getEnd(), text: this.literal(value, own === "'" || own === '"' ? own : this.quote) };
  }

  /** Puts properties or items at the end of a container, each in a line of its own where that is how it is written. */
  append(container: Container, entries: readonly Entry[]): readonly Edit[] {
    return this.isTall(container) ? this.appendLines(container, entries) : [this.appendInline(container, entries)];
  }

  private appendInline(container: Container, entries: readonly Entry[]): Edit {
    const start = container.getStart(this.source) + 1;
    const last = this.itemsOf(container).at(-1);
    const space = last === undefined || this.source.text.charAt(start) === " " ? " " : "";
    const style = { isQuoted: this.isQuoted(container), space };
    const list = entries.map((entry) => this.entry(entry, style)).join(", ");
    return last
      ? { start: last.getEnd(), end: last.getEnd(), text: `, ${list}` }
      : { start, end: container.getEnd() - 1, text: `${space}${list}${space}` };
  }

  private appendLines(container: Container, entries: readonly Entry[]): readonly Edit[] {
    const items = this.itemsOf(container);
    const last = items.at(-1);
    const start = container.getStart(this.source);
    const outer = this.indentAt(start);
    const indent = last ? this.indentAt(last.getStart(this.source)) : outer + this.unit;
    const unit = indent.length > outer.length && indent.startsWith(outer) ? indent.slice(outer.length) : this.unit;
    const comma = !last || items.hasTrailingComma ? "," : "";
    const style = { isQuoted: this.isQuoted(container), tall: { indent, unit, comma } };
    const list = entries.map((entry) => indent + this.entry(entry, style)).join(`,${this.eol}`) + comma;
    if (!last)
      return [{ start: start + 1, end: container.getEnd() - 1, text: `${this.eol}${list}${this.eol}${outer}` }];
    const end = this.endOfLine(comma === "" ? last.getEnd() : items.end);
    const added = { start: end, end, text: this.eol + list };
    return comma === "" ? [{ start: last.getEnd(), end: last.getEnd(), text: "," }, added] : [added];
  }

  /** Behind the comment that ends a line: it belongs to what stands before it. */
  private endOfLine(from: number): number {
    return this.ts.getTrailingCommentRanges(this.source.text, from)?.at(-1)?.end ?? from;
  }

  /** Whether the items of a container stand in lines of their own. */
  private isTall(container: Container): boolean {
    const end = this.itemsOf(container)[0]?.getStart(this.source) ?? container.getEnd();
    return this.source.text.slice(container.getStart(this.source), end).includes("\n");
  }

  private itemsOf(container: Container): TypeScript.NodeArray<TypeScript.Node> {
    return this.ts.isArrayLiteralExpression(container) ? container.elements : container.properties;
  }

  private entry([key, value]: Entry, style: Style): string {
    const written = this.value(value, style);
    return key === undefined ? written : `${style.isQuoted ? this.literal(key, this.quote) : key}: ${written}`;
  }

  private value(value: unknown, style: Style): string {
    const { isQuoted, tall, space = " " } = style;
    if (Array.isArray(value)) return `[${value.map((each) => this.value(each, { isQuoted, space })).join(", ")}]`;
    if (!isRecord(value)) return this.literal(value, this.quote);
    const entries = Object.entries(value);
    if (!tall) return `{${space}${entries.map((entry) => this.entry(entry, style)).join(", ")}${space}}`;
    const inner = { ...style, tall: { ...tall, indent: tall.indent + tall.unit } };
    const lines = entries.map((entry) => inner.tall.indent + this.entry(entry, inner));
    return `{${this.eol}${lines.join(`,${this.eol}`)}${tall.comma}${this.eol}${tall.indent}}`;
  }

  private literal(value: unknown, quote: string): string {
    const json = JSON.stringify(value);
    return typeof value === "string" && quote === "'" ? `'${json.slice(1, -1).replaceAll("'", "\\'")}'` : json;
  }

  private indentAt(position: number): string {
    const { text } = this.source;
    const start = text.lastIndexOf("\n", position - 1) + 1;
    return /^\uFEFF?([\t ]*)/.exec(text.slice(start, position))?.[1] ?? "";
  }

  private isQuoted(container: Container): boolean {
    if (this.ts.isArrayLiteralExpression(container)) return false;
    const { properties } = container;
    return properties.length > 0 && properties.every(({ name }) => name !== undefined && this.ts.isStringLiteral(name));
  }
}

/** The quotes that most strings of a file have. */
function quoteOf(ts: Parser, source: TypeScript.SourceFile): string {
  let single = 0;
  const visit = (node: TypeScript.Node): void => {
    if (ts.isStringLiteral(node)) single += source.text.charAt(node.getStart(source)) === "'" ? 1 : -1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return single > 0 ? "'" : '"';
}
