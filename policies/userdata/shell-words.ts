/** Words of a shell script with their variables followed, and what is redirected to and from where. */
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { LIMITS } from "./parts";
import { BACKQUOTE, DOLLAR, plain, type Step, type Substitution } from "./steps";

const ALL_ARGUMENTS = /^"?\$\{?[@*]\}?"?$/;
/** Redirections that write. */
const WRITES: ReadonlySet<string> = new Set([">", ">>", ">|", "&>", "&>>"]);
export const NONE: readonly string[] = [];
const FILES = { "<": "input file", ">": "output file" } as const;

/** Knows the variables, arrays and arguments of a script as far as it has been read. */
export abstract class WordReader {
  protected readonly variables = new Map<string, string>();
  private readonly arrays = new Map<string, readonly string[]>();
  protected positional: readonly string[] | undefined;
  /** The variable whose value is being read. */
  protected assigned: string | undefined;
  private budget: number = LIMITS.size;

  /** A script within a word runs before the word is there. */
  private substituted(
    { script, text, pos }: Unbash.CommandExpansionPart | Unbash.ProcessSubstitutionPart,
    word: number,
    kind: Substitution["kind"],
    substitutions: Substitution[] | undefined,
  ): void {
    // Backquotes with escapes in them are a text of their own for the parser.
    const offset = text.startsWith("`") && script?.pos === 0 ? pos + 1 : 0;
    const steps = this.inner(script, offset);
    substitutions?.push({ word, kind, steps });
  }

  /** The steps of a script within a word, in the branches of its command; its positions count from an offset. */
  protected abstract inner(script: Unbash.ParsedScript | undefined, offset: number): readonly Step[];

  /** Adds what a name is bound to as a step. */
  protected abstract bound(
    kind: "assignment" | "default",
    name: string,
    value: string,
    position: number,
    scripts?: readonly Step[],
  ): void;

  /** What a word without quotes becomes; arrays keep their elements. */
  protected split(word: Unbash.Word): readonly string[] {
    if (word.text === "$@" || word.text === '"$@"') return this.positional ?? [];
    const part = word.parts?.[0];
    const quoted = part?.type === "DoubleQuoted" || part?.type === "SingleQuoted";
    const elements = word.parts?.length === 1 ? this.elementsIn(part) : undefined;
    if (elements) return elements;
    const value = this.value(word);
    return part && !quoted ? value.split(/\s+/) : [value];
  }

  /** The elements, or the keys, of an array that an expansion names. */
  private elementsIn(part: Unbash.WordPart | undefined): readonly string[] | undefined {
    if (part?.type === "DoubleQuoted" && part.parts.length === 1) return this.elementsIn(part.parts[0]);
    if (part?.type !== "ParameterExpansion" || !part.index) return undefined;
    return this.arrays.get(part.parameter)?.map(part.prefix === "!" ? keyOf : elementOf);
  }

  /** Binds the variables of `read` to the fields of a line. */
  protected readInto(words: readonly string[], line: string): void {
    const names = words.slice(1).filter((word) => /^[A-Za-z_]\w*$/.test(word));
    const separator = this.variables.get("IFS") ?? "";
    const fields = line.trim().split(separator.trim() === "" ? /\s+/ : separator);
    for (const [index, name] of names.entries()) {
      const last = index === names.length - 1;
      this.variables.set(name, last ? fields.slice(index).join(separator || " ") : (fields[index] ?? ""));
    }
  }

  protected inputFile(
    all: readonly Unbash.Redirection[],
    substitutions: Substitution[],
    word: number,
  ): string | undefined {
    for (const each of all)
      if (each.type === "Redirect" && each.operator === "<" && each.target)
        return this.value(each.target, substitutions, word);
    return undefined;
  }

  protected argument(word: Unbash.CommandArgument, words: string[], substitutions: Substitution[]): void {
    if (word.type === "Assignment") {
      const value =
        word.value.type === "Word" ? this.value(word.value, substitutions, words.length) : this.elements(word.value);
      words.push(`${word.name}=${value}`);
    } else if (word.text.length < 7 && ALL_ARGUMENTS.test(word.text)) words.push(...(this.positional ?? []));
    else words.push(this.value(word, substitutions, words.length));
  }

  protected targets(redirects: readonly Unbash.Redirection[]): readonly string[] {
    if (redirects.length === 0) return NONE;
    const files: string[] = [];
    for (const redirect of redirects) {
      if (redirect.type !== "Redirect" || !redirect.target || !WRITES.has(redirect.operator)) continue;
      const stdout = redirect.descriptor?.type !== "FileDescriptor" || redirect.descriptor.value === 1;
      if (stdout) files.push(this.value(redirect.target));
    }
    return files;
  }

  protected input(
    redirects: readonly Unbash.Redirection[],
    substitutions: Substitution[],
    word: number,
  ): string | undefined {
    if (redirects.length === 0) return undefined;
    const last = redirects.findLast(({ type }) => type === "HereDoc" || type === "HereString");
    if (last?.type === "HereString") return last.target && plain(this.value(last.target, substitutions, word));
    return last?.type === "HereDoc" ? this.hereText(last, substitutions, word) : undefined;
  }

  /** Where the delimiter is not quoted, variables are followed, and a backslash keeps `$`, the backquote and itself. */
  private hereText({ body, operator, delimiter }: Unbash.HereDoc, substitutions: Substitution[], word: number): string {
    const tabs = (text: string): string => (operator === "<<-" ? text.replaceAll(/^\t+/gm, "") : text);
    if (delimiter?.quoted === true) return tabs(body.text);
    if (!body.parts) return tabs(unescaped(body.text));
    const text = body.parts
      .map((part) => (part.type === "Literal" ? unescaped(part.text) : plain(this.part(part, substitutions, word))))
      .join("");
    return tabs(text);
  }

  protected elements({ elements }: Unbash.ArrayValue, given?: { name: string; append?: boolean | undefined }): string {
    const values = elements.map((element) => this.value(element));
    const before = given?.append === true ? (this.arrays.get(given.name) ?? []) : [];
    if (given) this.arrays.set(given.name, [...before, ...values].slice(0, 100));
    return values.join(" ");
  }

  /** The value of a word; scripts in it run first. */
  protected value(word: Unbash.Word, substitutions?: Substitution[], index = 0): string {
    return word.parts ? this.joined(word.parts, substitutions, index) : literal(word.value);
  }

  private joined(parts: readonly Unbash.WordPart[], substitutions?: Substitution[], index = 0): string {
    let text = "";
    for (const part of parts) text += this.part(part, substitutions, index);
    return text;
  }

  private part(part: Unbash.WordPart, substitutions?: Substitution[], index = 0): string {
    switch (part.type) {
      case "Literal":
      case "SingleQuoted":
      case "AnsiCQuoted":
        return literal(part.value);
      case "DoubleQuoted":
      case "LocaleString":
        return this.joined(part.parts, substitutions, index);
      case "SimpleExpansion":
        return this.variable(part.text.slice(1)) ?? part.text;
      case "ParameterExpansion":
        return this.parameter(part);
      case "CommandExpansion":
        this.substituted(part, index, "output", substitutions);
        return "$(…)";
      case "ProcessSubstitution":
        this.substituted(part, index, FILES[part.operator], substitutions);
        return `${part.operator}(…)`;
      default:
        return part.text;
    }
  }

  private parameter(part: Unbash.ParameterExpansionPart): string {
    const { operation, parameter } = part;
    if (part.index) return this.element(part);
    const value = part.prefix === undefined ? this.variable(parameter) : undefined;
    if (!operation) return value ?? part.text;
    if (operation.type !== "Default" || !/^:?[-=]$/.test(operation.operator)) return part.text;
    const operand = this.value(operation.operand);
    // The default of an argument is that of the variable which takes it.
    this.bound("default", (/^\d$/.test(parameter) ? this.assigned : undefined) ?? parameter, operand, part.pos);
    if (operation.operator.endsWith("=") && value === undefined) this.variables.set(parameter, operand);
    return value ?? operand;
  }

  /** An element that a variable chooses stands for any of them: the first one. */
  private element({ parameter, index, prefix, operation, text }: Unbash.ParameterExpansionPart): string {
    const elements = this.arrays.get(parameter);
    if (!elements || operation || prefix === "#") return text;
    if (prefix === "!") return elements.map(keyOf).join(" ");
    const key = index ? this.value(index) : "";
    if (key === "@" || key === "*") return elements.map(elementOf).join(" ");
    const chosen = elements.find((each) => keyOf(each) === key) ?? elements[/^\d+$/.test(key) ? Number(key) : 0];
    return chosen === undefined ? text : elementOf(chosen);
  }

  /** The value of a variable, within what following variables may cost in all. */
  private variable(name: string): string | undefined {
    const value = /^\d$/.test(name) ? this.positional?.[Number(name) - 1] : this.variables.get(name);
    if (value === undefined || value.length > this.budget) return undefined;
    this.budget -= value.length;
    return value;
  }
}

/** What the shell does not expand. */
function literal(text: string): string {
  return text.includes("$") || text.includes("`") ? text.replaceAll("$", DOLLAR).replaceAll("`", BACKQUOTE) : text;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([$`\\\n])/g, (_, mark: string) => (mark === "\n" ? "" : mark));
}

/** `[key]=value` in an associative array. */
const ELEMENT = /^\[([^\]]*)\]=/;

function keyOf(element: string): string {
  return ELEMENT.exec(element)?.[1] ?? "";
}

function elementOf(element: string): string {
  return element.replace(ELEMENT, "");
}
