/** Statements of scripts that are no shell scripts, as far as following data through them needs it: words, strings, marks. */
import { groupOf } from "../credentials/groups";
import type { Kind } from "../parts";

export interface Token {
  /** A command is a string that a shell runs: between backquotes in Ruby and Perl. */
  readonly kind: "word" | "string" | "command" | "mark";
  readonly text: string;
  /** Variables within a string are filled in. */
  readonly filled: boolean;
}

export interface Statement {
  readonly tokens: readonly Token[];
  readonly line: number;
  /** How deep it stands in blocks: of braces, or by its indent. */
  readonly depth: number;
}

/** Languages whose blocks show by their indent here. */
const INDENTED: ReadonlySet<Kind> = new Set<Kind>(["python", "ruby"]);

const COMMENT: Partial<Record<Kind, RegExp>> = {
  python: /#[^\n]*/y,
  ruby: /#[^\n]*|^=begin[^]*?^=end/my,
  perl: /#[^\n]*/y,
  javascript: /\/\/[^\n]*|\/\*[^]*?\*\/|(?<=\s|^)#[^\n]*/my,
  powershell: /<#[^]*?#>|#[^\n]*/y,
};

const QUOTED = String.raw`[rbufRBUF]{0,2}("""[^]*?"""|'''[^]*?''')|[rbufRBUF]{0,2}"([^"\\]*(?:\\[^][^"\\]*)*)"|[rbufRBUF]{0,2}'([^'\\]*(?:\\[^][^'\\]*)*)'|\x60([^\x60\\]*(?:\\[^][^\x60\\]*)*)\x60`;
const STRING = new RegExp(QUOTED, "y");

/** Ruby and Perl have marks of their own for strings. */
const MARKED = new RegExp(
  String.raw`${QUOTED}|(?:%x|%q|%Q|%w|\bqx?|\bqq)(?:\(([^()]*)\)|\{([^{}]*)\}|\[([^[\]]*)\]|\/([^/\n]*)\/)`,
  "y",
);

/** In PowerShell strings a backquote escapes, a backslash does not. */
const POWERSHELL_STRING = /@'\n([^]*?)\n'@|@"\n([^]*?)\n"@|"([^"`]*(?:(?:`[^]|"")[^"`]*)*)"|'([^']*(?:''[^']*)*)'/y;

const STRINGS: Partial<Record<Kind, RegExp>> = { powershell: POWERSHELL_STRING, ruby: MARKED, perl: MARKED };

const WORD = /(?:[$@%&]{0,2}[A-Za-z_][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)*[?!]?|\d[\w.]*)/y;

/** Words of a command line: paths, addresses, options and variables. */
const POWERSHELL_WORD =
  /\[[A-Za-z][\w.]*\](?:::\w+)?|\$(?:\{[^{}\n]{1,80}\}|[\w:?^$]+)[^\s"'`(){};|,&=<>+]*|(?!\+\s|=)(?:[^\s"'`(){};|,&=<>@]|@(?=\w)|=(?=\S)|`[^\n])+/y;

const OPENING = new Set(["(", "["]);
const CLOSING = new Set([")", "]"]);
/** Behind these a statement goes on in the next line. */
const GOES_ON = /^(?:[,+|&=.(]|\|\||&&|->|=>|and|or|not|\\)$/;

/** Reads statements; stops where the text is no longer understood. */
export function statementsOf(text: string, kind: Kind): readonly Statement[] {
  return new Tokens(text, kind).all();
}

class Tokens {
  private readonly statements: Statement[] = [];
  private tokens: Token[] = [];
  private at = 0;
  private line = 1;
  private start = 1;
  private indent = 0;
  /** Open brackets in each open block. */
  private readonly blocks: number[] = [0];
  /** Braces of hashes among the open brackets. */
  private readonly braces: ("block" | "hash")[] = [];
  /** Where a here document that starts in this line ends. */
  private resume = 0;

  constructor(
    private readonly text: string,
    private readonly kind: Kind,
  ) {}

  all(): readonly Statement[] {
    this.measure();
    while (this.at < this.text.length && this.statements.length < 20_000) this.next();
    this.end();
    return this.statements;
  }

  private next(): void {
    const char = this.text[this.at] ?? "";
    if (char === "\n") this.newline();
    else if (char === " " || char === "\t" || char === "\r") this.at++;
    else if (!this.skip(COMMENT[this.kind]) && !this.continued() && !this.document() && !this.string() && !this.word())
      this.mark(char);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) {
      this.at += match[0].length;
      for (let found = match[0].indexOf("\n"); found >= 0; found = match[0].indexOf("\n", found + 1)) this.line++;
    }
    return match;
  }

  private skip(pattern: RegExp | undefined): boolean {
    // What stands between a word and the mark belongs to the word: `a#b`.
    const glued = this.kind === "powershell" && this.text[this.at] === "#" && /\S/.test(this.text[this.at - 1] ?? " ");
    return pattern !== undefined && !glued && this.match(pattern) !== null;
  }

  private continued(): boolean {
    return this.match(/[\\`][ \t]*\n/y) !== null;
  }

  /** `<<~END`: the lines below, up to one that is nothing but the mark. */
  private document(): boolean {
    if (this.kind !== "ruby" && this.kind !== "perl") return false;
    const [, quote = "", name] = this.match(/<<[~-]?(["']?)([A-Z_]{2,40})\1(?!\w)/y) ?? [];
    if (name === undefined) return false;
    const start = Math.max(this.resume, this.text.indexOf("\n", this.at));
    const end = new RegExp(`\\n[ \\t]{0,40}${name}[ \\t]*(?=\\n|$)`, "g");
    end.lastIndex = start;
    const found = end.exec(this.text);
    this.push("string", start < 0 || !found ? "" : this.text.slice(start + 1, found.index), quote !== "'");
    if (start >= 0 && found) this.resume = end.lastIndex;
    return true;
  }

  private newline(): void {
    if (this.resume > this.at) {
      this.line += this.text.slice(this.at, this.resume).split("\n").length - 1;
      this.at = this.resume;
      return;
    }
    this.at++;
    this.line++;
    const last = this.tokens.at(-1)?.text ?? "";
    const open = (this.blocks.at(-1) ?? 0) > 0;
    const chained =
      /^[ \t]*(?:\.[A-Za-z]|\|[^|])/.test(this.text.slice(this.at, this.at + 80)) && this.kind !== "python";
    if (!open && !GOES_ON.test(last) && !chained) this.end();
    if (this.tokens.length === 0) this.measure();
  }

  private measure(): void {
    this.indent = /^[ \t]*/.exec(this.text.slice(this.at, this.at + 200))?.[0].length ?? 0;
  }

  private end(): void {
    const depth = INDENTED.has(this.kind) ? this.indent : this.blocks.length - 1;
    if (this.tokens.length > 0) this.statements.push({ tokens: this.tokens, line: this.start, depth });
    this.tokens = [];
  }

  private push(kind: Token["kind"], text: string, filled = false): void {
    if (this.tokens.length === 0) this.start = this.line;
    if (this.tokens.length < 500) this.tokens.push({ kind, text, filled });
  }

  private string(): boolean {
    const powershell = this.kind === "powershell";
    const line = this.line;
    const match = this.match(STRINGS[this.kind] ?? STRING);
    if (!match) return false;
    const quoted = groupOf(match);
    const double = /^[a-z]{0,2}["`@%q]/i.test(match[0]) && !/^(?:@'|%[qw]|q[^qx])/.test(match[0]);
    const command = /^(?:%x|qx)/.test(match[0]) || (match[0].startsWith("`") && this.kind !== "javascript");
    const inner = /^("""|''')/.test(quoted) ? quoted.slice(3, -3) : quoted;
    const end = this.line;
    this.line = line;
    this.push(
      command ? "command" : "string",
      powershell ? unescapedPowershell(inner, double) : unescaped(inner, match[0]),
      double || /^[fF]/.test(match[0]),
    );
    this.line = end;
    return true;
  }

  private word(): boolean {
    const match = this.match(this.kind === "powershell" ? POWERSHELL_WORD : WORD);
    if (!match) return false;
    this.push("word", match[0]);
    return true;
  }

  private mark(char: string): void {
    const two = this.text.slice(this.at, this.at + 2);
    const mark = /^(?:\|\||&&|==|!=|=>|->|<=|>=|>>|::|=~)$/.test(two) ? two : char;
    if (char === ";" && (this.blocks.at(-1) ?? 0) === 0) this.end();
    else if (char === "{") this.open();
    else if (char === "}") this.close();
    else {
      const depth = this.blocks.length - 1;
      if (OPENING.has(char)) this.blocks[depth] = (this.blocks[depth] ?? 0) + 1;
      if (CLOSING.has(char)) this.blocks[depth] = Math.max(0, (this.blocks[depth] ?? 0) - 1);
      this.push("mark", mark === "=" && this.text.startsWith("===", this.at) ? "===" : mark);
      if (mark !== char) this.at++;
    }
    this.at++;
  }

  /** A block, unless it stands where a value does. */
  private open(): void {
    const last = this.tokens.at(-1)?.text ?? "";
    const before = this.text[this.at - 1] ?? "";
    const powershell = this.kind === "powershell" && before !== "@" && last !== "@";
    const block =
      powershell ||
      /^(?:\)|=>|else|try|finally|do|begin|process|end|BEGIN|eval|sub|->)$/.test(last) ||
      (last === "" && this.kind !== "python");
    this.braces.push(block && this.kind !== "python" ? "block" : "hash");
    if (this.braces.at(-1) === "hash") {
      this.blocks[this.blocks.length - 1] = (this.blocks.at(-1) ?? 0) + 1;
      this.push("mark", "{");
      return;
    }
    this.push("mark", "{");
    this.end();
    if (this.blocks.length < 200) this.blocks.push(0);
  }

  private close(): void {
    if (this.braces.pop() === "hash") {
      this.blocks[this.blocks.length - 1] = Math.max(0, (this.blocks.at(-1) ?? 0) - 1);
      this.push("mark", "}");
      return;
    }
    this.end();
    if (this.blocks.length > 1) this.blocks.pop();
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

function unescaped(text: string, written: string): string {
  if (/^[rR]/.test(written) || !text.includes("\\")) return text;
  return text.replaceAll(/\\([^])/g, (_, mark: string) => ESCAPES[mark] ?? mark);
}

function unescapedPowershell(text: string, double: boolean): string {
  if (!double) return text.replaceAll("''", "'");
  return text.replaceAll('""', '"').replaceAll(/`([^])/g, (_, mark: string) => ESCAPES[mark] ?? mark);
}
