/** What is known of the variables of a script: texts, and what flows in them. */
import { fromBase64, toText } from "../encodings";
import type { Kind } from "../parts";
import { isAddress } from "./addresses";
import { NOTHING, joined, type Flow } from "./boot";
import { baseOf, nameOf } from "./syntax";
import type { Token } from "./tokens";

/** A value that stands in a statement: a string, or a variable with what is known of it. */
export interface Value {
  readonly text: string;
  /** Which token it starts at. */
  readonly at: number;
  readonly isString: boolean;
  /** The option or the name that it is given to: `-OutFile`. */
  readonly option: string;
  /** What it holds. */
  readonly flow: Flow;
  /** A literal that the script decodes; the text is what comes out. */
  readonly decoded?: boolean;
}

export function valueOf(text: string, flow = NOTHING): Value {
  return { text, at: 0, isString: true, option: "", flow };
}

/** Calls that decode base64. */
const DECODES =
  /(?:^|[.:>\]])(?:(?:standard_|urlsafe_)?b64decode|(?:strict_|urlsafe_)?decode64|decode_base64|base64_decode|FromBase64String|atob)$/i;

/** What a literal decodes to: the argument of such a call, or a buffer with the name of the encoding behind it. */
function decodedAt(tokens: readonly Token[], at: number): string | undefined {
  const [token, name] = [tokens[at], tokens[at - 2]?.text ?? ""];
  if (token?.kind !== "string" || tokens[at - 1]?.text !== "(") return undefined;
  if (!DECODES.test(name) && !(/\bBuffer(?:\.from)?$/.test(name) && tokens[at + 2]?.text === "base64"))
    return undefined;
  const bytes = fromBase64(token.text);
  return bytes && toText(bytes);
}

const JOINS = /(?:^|\.)(?:join|joinpath|Combine)$|^Join-Path$|^Path$/;

export class Variables {
  readonly texts = new Map<string, string>();
  readonly flows = new Map<string, Flow>();
  /** Hashes that stand for options of a command. */
  readonly options = new Map<string, readonly Value[]>();
  /** Lists of words, which stand for arguments. */
  readonly lists = new Map<string, readonly Value[]>();

  constructor(
    private readonly kind: Kind,
    private readonly input: Flow,
  ) {}

  bind(name: string, value: Value | undefined): void {
    if (value) this.texts.set(name, value.text);
    else this.texts.delete(name);
    this.flow(name, value?.flow ?? NOTHING);
  }

  flow(name: string, flow: Flow): void {
    if (flow === NOTHING) this.flows.delete(name);
    else this.flows.set(name, flow);
  }

  /** What a token holds: a variable, or a string that variables are filled into. */
  heldBy({ kind, text, filled }: Token): Flow {
    if (kind === "word" && /\bstdin\b/i.test(text)) return this.input;
    if (kind === "word")
      return this.flows.get(text) ?? this.flows.get(nameOf(text)) ?? this.flows.get(baseOf(text)) ?? NOTHING;
    if (!filled || this.flows.size === 0) return NOTHING;
    const names = [...text.matchAll(/[$#]\{?\(?\$?([A-Za-z_]\w{0,60})|\{([A-Za-z_]\w{0,60})/g)];
    return joined(names.map(([, a, b]) => this.flows.get(a ?? b ?? "") ?? NOTHING));
  }

  /** Strings and variables in order; those that an operator or a function joins are one. */
  valuesIn(tokens: readonly Token[], start = 0): readonly Value[] {
    const found: Value[] = [];
    for (let at = start; at < tokens.length; at++) {
      const token = tokens[at];
      if (!token || token.kind === "mark") continue;
      const several = this.severalOf(token, optionBefore(tokens, at));
      if (several) found.push(...several.map((value) => ({ ...value, at })));
      const text = several ? undefined : this.textOf(token);
      if (text !== undefined) this.add(found, tokens, at, text);
    }
    return joinedPaths(tokens, formatted(tokens, found));
  }

  /** What a variable stands for that holds options or a list. */
  private severalOf({ kind, text }: Token, option: string): readonly Value[] | undefined {
    if (kind !== "word" || !/^[@$]/.test(text)) return undefined;
    const list = this.lists.get(nameOf(text.slice(1)))?.map((value) => ({ ...value, option }));
    return text.startsWith("@") ? (this.options.get(text.slice(1)) ?? list) : list;
  }

  private add(found: Value[], tokens: readonly Token[], at: number, text: string): void {
    const token = tokens[at];
    const last = found.at(-1);
    if (!token) return;
    const decoded = decodedAt(tokens, at);
    if (decoded !== undefined) {
      found.push({ ...valueOf(decoded), at, decoded: true });
      return;
    }
    const flow = this.heldBy(token);
    const glue = tokens[at - 1];
    const adjacent = this.kind === "python" && token.kind === "string" && glue?.kind === "string";
    const operator = glue?.text === "+" || (this.kind !== "powershell" && /^\.\.?$/.test(glue?.text ?? ""));
    if (last && (operator || adjacent))
      found.splice(-1, 1, { ...last, text: last.text + text, flow: joined([last.flow, flow]) });
    else found.push({ text, at, isString: token.kind !== "word", option: optionBefore(tokens, at), flow });
  }

  /** The text of a string or of a variable; a variable that is not known but holds something stands for itself. */
  private textOf({ kind, text, filled }: Token): string | undefined {
    if (kind !== "word") return filled ? this.fill(text) : text;
    const name = nameOf(text);
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    if (this.kind === "powershell") return this.fill(text);
    return this.flows.has(baseOf(text)) || /^[A-Z_]+$|^\$/.test(text) ? `$${name}` : undefined;
  }

  /** Variables within a string. */
  fill(text: string): string {
    if (!/[$#{]/.test(text)) return text;
    const known = (mark: string, ...names: unknown[]): string => {
      const name = names.find((each): each is string => typeof each === "string") ?? "";
      return this.texts.get(nameOf(name)) ?? mark;
    };
    const marked = text
      .replaceAll(/\$\(\$(\w{1,60})\)|#\{@?([\w.]{1,60})\}|\$\{([\w.]{1,60})\}/g, known)
      .replaceAll(/\$(?!env:)(\w{1,60})/gi, known);
    return this.kind === "python" ? marked.replaceAll(/\{([A-Za-z_][\w.]{0,60})\}/g, known) : marked;
  }
}

/** `-Option value`, `name=value`, `name: value`. */
function optionBefore(tokens: readonly Token[], at: number): string {
  const before = tokens[at - 1]?.text ?? "";
  if (/^-[A-Za-z]/.test(before)) return before;
  if (/^[A-Za-z]\w{0,60}=$/.test(before)) return `-${before.slice(0, -1)}`;
  return /^(?:=|:|=>)$/.test(before) ? `-${nameOf(tokens[at - 2]?.text ?? "")}` : "";
}

/** A text with places for others: `"{}/x".format(a)`, `"%s/x" % a`, `"{0}/x" -f $a`. */
function formatted(tokens: readonly Token[], values: readonly Value[]): readonly Value[] {
  const at = tokens.findIndex(
    ({ kind, text }) =>
      (kind === "mark" && text === "%") || (kind === "word" && /^(?:-f|format|sprintf|\.format)$/.test(text)),
  );
  const pattern = values.find(({ text }) => /\{\d?\}|%s/.test(text));
  if (at < 0 || !pattern) return values;
  const given = values.filter((value) => value.at > Math.max(at, pattern.at) && !value.text.startsWith("-"));
  let turn = 0;
  const text = pattern.text.replaceAll(
    /\{(\d?)\}|%s/g,
    (mark, place?: string) => given[Number(place === undefined || place === "" ? turn++ : place)]?.text ?? mark,
  );
  const whole = { ...pattern, text, flow: joined([pattern.flow, ...given.map(({ flow }) => flow)]) };
  return values.flatMap((value) =>
    value === pattern ? whole : given.includes(value) || value.text === "-f" ? [] : value,
  );
}

/** Parts of a path that a function joins. */
function joinedPaths(tokens: readonly Token[], values: readonly Value[]): readonly Value[] {
  const at = tokens.findIndex(({ kind, text }) => kind === "word" && JOINS.test(text));
  if (at < 0) return values;
  const parts = values
    .filter((value) => value.at > at && !value.text.startsWith("-") && !isAddress(value.text))
    .slice(0, 4);
  const [first] = parts;
  if (!first || parts.length < 2) return values;
  const text = parts.map((part) => part.text).join("/");
  const whole = { ...first, text, flow: joined(parts.map(({ flow }) => flow)), option: "" };
  return [...values.filter((value) => !parts.includes(value) && value.at !== at && !value.text.startsWith("-")), whole];
}

/** What a call gives, by places between commas, or between words where there are no parentheses. */
export function argumentsBehind(
  tokens: readonly Token[],
  values: readonly Value[],
  call: number,
): readonly (readonly Value[])[] {
  const open = tokens[call + 1]?.text === "(";
  const end = open ? closing(tokens, call + 1) : tokens.length;
  const given: Value[][] = [[]];
  for (let at = call + 1; at < end; at++) {
    const value = values.find((each) => each.at === at);
    if (value) given.at(-1)?.push(value);
    const ends = open ? tokens[at]?.text === "," : value?.option === "";
    if (ends) given.push([]);
  }
  return given;
}

/** Where a parenthesis is closed. */
function closing(tokens: readonly Token[], start: number): number {
  let depth = 0;
  const end = tokens.findIndex(({ kind, text }, at) => {
    if (at >= start && kind === "mark" && text === "(") depth++;
    if (at >= start && kind === "mark" && text === ")") depth--;
    return at >= start && depth === 0;
  });
  return end < 0 ? tokens.length : end;
}

/** An argument that is given by its name. */
export function argumentNamed(given: readonly (readonly Value[])[], name: string): Value | undefined {
  return given.flat().find(({ option }) => option !== "" && option.slice(1).toLowerCase() === name.toLowerCase());
}
