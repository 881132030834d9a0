/** Words of a shell script, with what is known of variables beyond what the reader of the syntax follows. */
import { plain, type Call, type Substitution } from "../steps";
import type { Flow } from "./boot";
import { expanded } from "./expand";

/** Words, and which word of the call each comes from. */
export interface Words {
  readonly words: readonly string[];
  /** Without them each is its own. */
  readonly origins: readonly number[] | undefined;
}

/** What the reader writes for the output of a script. */
const OUTPUT = "$(…)";

/** A word that is nothing but a variable. */
const VARIABLE = /(?<=[\s|;&(]|^)"?\$\{?([A-Za-z_]\w{0,60})(?:\[[@*]\])?\}?"?(?=[\s|;&)]|$)/g;

export const NAMED = /\$\{?([A-Za-z_]\w{0,60})\}?/g;

/** As much of a line as is looked at. */
const LINE = 4000;

export class ShellWords {
  private readonly values = new Map<string, string>();
  /** Variables whose value is the output of something, with the value as the reader writes it. */
  private readonly opaque = new Map<string, string>();
  private readonly lines: readonly string[];
  /** A variable stands for several words. */
  private opens = false;
  /** The last word of the last command. */
  last = "";

  constructor(
    text: string,
    /** What scripts within words print. */
    private readonly filled: ReadonlyMap<Substitution, Flow>,
  ) {
    this.lines = text.split("\n");
  }

  /** Remembers a variable; its value may be what a script prints. */
  assign(name: string, value: string, output: Flow): string {
    if (value.includes(OUTPUT)) this.opaque.set(name, value);
    else this.opaque.delete(name);
    const printed = lineOf(output);
    const known = expanded(plain(printed === undefined ? value : value.replace(OUTPUT, () => printed)), this.values);
    this.values.set(name, known);
    this.opens ||= /\s/.test(known);
    return known;
  }

  line(number: number): string {
    return (this.lines[number - 1] ?? "").slice(0, LINE);
  }

  /** The lines in which a call stands, with those of its here document. */
  raw(call: Call, withInput = true): string {
    let end = call.line;
    while (end < call.line + 12 && (this.lines[end - 1] ?? "").endsWith("\\")) end++;
    const here = call.input === undefined || !withInput ? 0 : Math.min(call.input.split("\n", 50).length, 50);
    const lines = this.lines.slice(call.line - 1, end + here).map((line) => line.slice(0, LINE));
    return lines.join("\n").slice(0, 2 * LINE);
  }

  wordsOf(call: Call): Words {
    const open = call.words.some((word) => word.includes("$") || (this.opens && /\s/.test(word)));
    if (!open) return { words: call.words, origins: undefined };
    const seen = new Map<string, number>();
    const words: string[] = [];
    const origins: number[] = [];
    for (const [index, word] of call.words.entries()) {
      const name = word === "$_" ? this.last : (this.filledWord(word, index, call) ?? this.known(word, call, seen));
      const parts = this.isSplit(word, call) ? name.trim().split(/\s+/) : [name];
      words.push(...parts);
      origins.push(...parts.map(() => index));
    }
    return { words, origins };
  }

  /** A word with the output of its own script, where the text shows that. */
  private filledWord(word: string, index: number, { substitutions }: Call): string | undefined {
    const own = substitutions.filter((each) => each.word === index);
    if (own.length === 0) return undefined;
    const texts = own.map((each) => lineOf(this.filled.get(each)));
    let at = 0;
    return word.replaceAll(OUTPUT, () => texts[at++] ?? OUTPUT);
  }

  /** A variable without quotes, or a whole array, stands for several words. */
  private isSplit(word: string, call: Call): boolean {
    if (!/\s/.test(word) || word.length > 2000 || this.values.size === 0) return false;
    for (const [mark, name = ""] of this.raw(call, false).matchAll(VARIABLE))
      if ((!mark.startsWith('"') || mark.includes("[")) && this.values.get(name) === plain(word)) return true;
    return false;
  }

  /** Variables whose value only running shows by their names, other operations on variables by their result. */
  known(word: string, call: Call, seen = new Map<string, number>()): string {
    if (!word.includes("$")) return word;
    if (this.opaque.size === 0 || !word.includes(OUTPUT)) return expanded(word, this.values);
    const found = this.opaqueIn(word, this.raw(call));
    const key = found[0]?.rest ?? "";
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    const chosen = found[turn] ?? found.at(-1);
    if (!chosen) return word;
    const { name, written } = chosen;
    const value = this.values.get(name) ?? OUTPUT;
    return word.replace(written, () => (value.includes(OUTPUT) ? written.replace(OUTPUT, () => `$${name}`) : value));
  }

  /** Variables in a line that a word may be filled with: what stands behind them there follows in the word. */
  private opaqueIn(word: string, raw: string): readonly { name: string; written: string; rest: string }[] {
    return [...raw.matchAll(NAMED)].flatMap(({ 0: mark, 1: name = "", index }) => {
      const written = this.opaque.get(name);
      const at = written === undefined ? -1 : word.indexOf(written);
      if (written === undefined || at < 0) return [];
      const rest = word.slice(at + written.length);
      return startsAs(raw.slice(index + mark.length), rest) ? [{ name, written, rest }] : [];
    });
  }
}

/** A text of one line that is all that flows. */
function lineOf(flow: Flow | undefined): string | undefined {
  const [only, other] = flow?.texts ?? [];
  const text = only?.text.trim() ?? "";
  const shown = other === undefined && flow?.sources.length === 0 && text !== "" && text.length < 500;
  return shown && !text.includes("\n") ? text : undefined;
}

/** Whether a text goes on with the rest of a word, up to what ends it. */
function startsAs(text: string, rest: string): boolean {
  const literal = rest.replace(/\$.*$/s, "");
  return text.startsWith(literal) && (literal !== rest || /^(?:["'\s;|&)>]|$)/.test(text.slice(literal.length)));
}
