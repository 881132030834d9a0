/** Code of languages other than shell, as statements without comments: enough to see which values meet in a request. */

export type Language =
  "python" | "perl" | "ruby" | "javascript" | "php" | "go" | "lua" | "powershell" | "batch" | "other";

export interface Statement {
  readonly number: number;
  readonly text: string;
  /** The same without the content of strings. */
  readonly bare: string;
  readonly line: number;
  readonly indent: number;
  /** The statement whose block it stands in. */
  readonly parent: number | undefined;
}

interface Syntax {
  readonly line: RegExp;
  readonly block?: readonly [string, string];
  /** Quotes of strings; others mean what the language does with them. */
  readonly quotes: string;
  /** A string may go on in the next line. */
  readonly multiline: string;
  readonly escape: string;
  /** A statement ends with its line. */
  readonly byLine: boolean;
  /** Blocks are told by braces; else by the indent. */
  readonly braces: boolean;
}

const HASH = /#/y;
const SLASHES = /\/\//y;
const C: Syntax = {
  line: SLASHES,
  block: ["/*", "*/"],
  quotes: "\"'`",
  multiline: "`",
  escape: "\\",
  byLine: true,
  braces: true,
};
const SYNTAX: Readonly<Record<Language, Syntax>> = {
  python: { line: HASH, quotes: "\"'", multiline: "", escape: "\\", byLine: true, braces: false },
  ruby: { line: HASH, quotes: "\"'", multiline: "\"'", escape: "\\", byLine: true, braces: false },
  perl: { line: HASH, quotes: "\"'", multiline: "\"'", escape: "\\", byLine: false, braces: true },
  javascript: C,
  go: C,
  other: { ...C, line: /\/\/|#/y },
  php: { ...C, line: /\/\/|#(?!\[)/y, quotes: "\"'", multiline: "\"'", byLine: false },
  lua: { line: /--/y, block: ["--[[", "]]"], quotes: "\"'", multiline: "", escape: "\\", byLine: true, braces: false },
  powershell: {
    line: HASH,
    block: ["<#", "#>"],
    quotes: "\"'",
    multiline: "\"'",
    escape: "`",
    byLine: true,
    braces: true,
  },
  batch: { line: /(?:rem\b|::)/iy, quotes: "", multiline: "", escape: "^", byLine: true, braces: false },
};

/** Expressions within strings. */
const FILLED: Readonly<Partial<Record<Language, RegExp>>> = {
  powershell: /\$\([^)"]{1,300}/g,
  javascript: /\$\{[^}]{1,300}/g,
  ruby: /#\{[^}]{1,300}/g,
  python: /\{\w[\w.]{0,40}\([^}]{1,300}/g,
};

/** How far a string may go, in characters. */
const STRING = 4096;
/** Statements of one text that are looked at. */
const STATEMENTS = 20_000;

export function statementsOf(text: string, language: Language): readonly Statement[] {
  const splitter = new Splitter(text, language, SYNTAX[language]);
  const statements = splitter.split();
  return SYNTAX[language].braces ? statements : byIndent(statements);
}

/** Blocks by their indent. */
function byIndent(statements: readonly Statement[]): readonly Statement[] {
  const open: number[] = [];
  return statements.map((statement, index) => {
    while (open.length > 0 && (statements[open.at(-1) ?? 0]?.indent ?? 0) >= statement.indent) open.pop();
    const parent = open.at(-1);
    open.push(index);
    return { ...statement, parent };
  });
}

class Splitter {
  private readonly found: Statement[] = [];
  /** The text of the statement so far, and the same without strings. */
  private whole = "";
  private bare = "";
  private at = 0;
  private lineNumber = 1;
  private lineStart = 0;
  private startLine = 1;
  private indent = 0;
  private nextFrom = 0;
  private nextEnd = -1;
  private depth = 0;
  /** Blocks around: the statement that opens each, and the depth of brackets there. */
  private readonly frames: { readonly opener: number | undefined; readonly depth: number }[] = [];

  constructor(
    private readonly text: string,
    private readonly language: Language,
    private readonly syntax: Syntax,
  ) {}

  split(): Statement[] {
    while (this.at < this.text.length && this.found.length < STATEMENTS) {
      if (this.comment() || this.string()) continue;
      this.character(this.text[this.at] ?? "");
    }
    this.end();
    return this.found;
  }

  /** Whether a comment was skipped. */
  private comment(): boolean {
    const { block, line } = this.syntax;
    if (block && this.text.startsWith(block[0], this.at)) {
      const end = this.text.indexOf(block[1], this.at + block[0].length);
      this.skip(end < 0 ? this.text.length : end + block[1].length);
      return true;
    }
    const before = this.at === 0 ? "\n" : (this.text[this.at - 1] ?? "\n");
    const starts = this.language === "batch" ? this.bare.trim().replace("@", "") === "" : /[\s;{}(),]/.test(before);
    line.lastIndex = this.at;
    if (!starts || !line.test(this.text)) return false;
    this.skip(this.lineEnd(this.at));
    return true;
  }

  /** Where the line of a position ends; looked for once a line. */
  private lineEnd(from: number): number {
    if (from > this.nextEnd || from < this.nextFrom) {
      const end = this.text.indexOf("\n", from);
      this.nextEnd = end < 0 ? this.text.length : end;
      this.nextFrom = from;
    }
    return this.nextEnd;
  }

  private skip(to: number): void {
    for (let at = this.lineEnd(this.at); at < to; at = this.lineEnd(at + 1)) {
      this.lineNumber++;
      this.lineStart = at + 1;
    }
    this.at = to;
  }

  /** Whether a string was taken. */
  private string(): boolean {
    const quote = this.text[this.at] ?? "";
    if (!this.syntax.quotes.includes(quote)) return false;
    const open = this.opening(quote);
    const end = this.closing(open, quote);
    if (this.bare === "") this.begin();
    const content = this.text.slice(this.at, end);
    this.whole += content;
    this.bare += `${quote}${this.filledIn(content, quote)}${quote}`;
    this.skip(end);
    return true;
  }

  /** Expressions that the language evaluates within a string. */
  private filledIn(content: string, quote: string): string {
    const mark = FILLED[this.language];
    if (!mark || (quote === "'" && this.language !== "python")) return "";
    return (content.match(mark) ?? []).join(" ");
  }

  /** What opens the string; more than one character for texts of several lines. */
  private opening(quote: string): string {
    if (this.language === "python" && this.text.startsWith(quote.repeat(3), this.at)) return quote.repeat(3);
    if (this.language === "powershell" && this.text[this.at - 1] === "@") return `\n${quote}@`;
    return quote;
  }

  private closing(open: string, quote: string): number {
    if (open.length > 1) {
      const close = this.text.indexOf(open, this.at + 1 + (open.startsWith("\n") ? 0 : 2));
      return close < 0 ? this.text.length : close + open.length;
    }
    const lineEnd = this.lineEnd(this.at);
    const last = this.syntax.multiline.includes(quote) ? Math.min(this.text.length, this.at + STRING) : lineEnd;
    for (let at = this.at + 1; at < last; at++) {
      if (this.text[at] === this.syntax.escape) at++;
      else if (this.text[at] === quote) return at + 1;
    }
    return lineEnd;
  }

  private character(character: string): void {
    this.at++;
    if (character === "\n") this.newline();
    else if (this.bare !== "" || !/\s/.test(character)) this.mark(character);
  }

  private mark(character: string): void {
    const { braces } = this.syntax;
    const frame = this.frames.at(-1);
    if (braces && character === "{" && !this.opensLiteral()) this.open();
    else if (braces && character === "}" && this.depth === frame?.depth) this.close();
    else if (character === ";" && this.depth === (frame?.depth ?? 0)) this.end();
    else this.take(character);
  }

  private take(character: string): void {
    if (this.bare === "") this.begin();
    if (this.language !== "batch" && "([{".includes(character)) this.depth++;
    if (")]}".includes(character)) this.depth = Math.max(this.frames.at(-1)?.depth ?? 0, this.depth - 1);
    this.whole += character;
    this.bare += character;
  }

  private begin(): void {
    this.startLine = this.lineNumber;
    this.indent = /^[ \t]*/.exec(this.text.slice(this.lineStart, this.lineStart + 200))?.[0].length ?? 0;
  }

  private newline(): void {
    const goesOn =
      this.depth > (this.frames.at(-1)?.depth ?? 0) ||
      !this.syntax.byLine ||
      /(?:[\\|+,=.^`]|&&)[ \t\r]{0,8}$/.test(this.text.slice(Math.max(0, this.at - 12), this.at - 1)) ||
      /^\s{0,80}(?:\.|->|\|\s|\+\s)/.test(this.text.slice(this.at, this.at + 90));
    this.lineNumber++;
    this.lineStart = this.at;
    if (this.bare === "") return;
    if (!goesOn) this.end();
    this.whole += this.bare === "" ? "" : "\n";
    this.bare += this.bare === "" ? "" : " ";
  }

  /** Whether a brace opens a value, rather than a block. */
  private opensLiteral(): boolean {
    if (this.bare === "") return false;
    const text = this.text.slice(Math.max(0, this.at - 40), this.at - 1);
    const before = text.trimEnd();
    const last = before.at(-1) ?? "";
    const touches = before.length === text.length;
    if (this.language === "powershell") return last === "@" || (touches && last === "$");
    if (this.language === "go" && touches && last !== ")") return true;
    if (this.language === "perl" && (before.endsWith("=>") || (touches && last !== ")"))) return true;
    return /[=([,:?&|+]$|\b(?:return|await|yield)$/.test(before);
  }

  private open(): void {
    const opener = this.end();
    this.frames.push({ opener: opener ?? this.frames.at(-1)?.opener, depth: this.depth });
  }

  private close(): void {
    this.end();
    this.frames.pop();
    // Behind a block, brackets around it may still be open.
    this.depth = Math.max(this.depth, this.frames.at(-1)?.depth ?? 0);
  }

  /** Ends the statement; its number where it has any text. */
  private end(): number | undefined {
    const bare = this.bare.trim();
    const text = this.whole.trim();
    [this.whole, this.bare] = ["", ""];
    if (bare === "") return undefined;
    const { startLine: line, indent } = this;
    const number = this.found.length;
    this.found.push({ number, text, bare, line, indent, parent: this.frames.at(-1)?.opener });
    return number;
  }
}
