/** Follows what comes over open channels through scripts in Python, Ruby, Perl, JavaScript, PHP, R and PowerShell. */
import { fromBase64, toText } from "../encodings";
import type { Kind } from "../parts";
import type { Spot } from "../spot";
import { isAddress } from "./addresses";
import { NOTHING, from, joined, type Boot, type Flow, type Scope, type Source, type Text } from "./boot";
import { Command, type Runner, type Where } from "./command";
import {
  COMPARES,
  DIFFERS,
  DIGESTS,
  EVALUATES,
  FETCHES,
  MAKES_EXECUTABLE,
  OPENS,
  READS,
  SAVES,
  STARTS,
  STOPS,
  UNCHECKED,
  UNCHECKED_FROM_HERE,
  UNPACKS,
  WRITES,
} from "./marks";
import { pathOf } from "./paths";
import { powershell } from "./powershell";
import { setVariable } from "./settings";
import { statementsOf, type Statement, type Token } from "./tokens";

export interface Tools {
  readonly boot: Boot;
  readonly run: Runner;
  readonly evaluate: (command: Command) => Flow;
}

/** Runs a script; what flows out of it is not followed. */
export function runScript(tools: Tools, text: Text, kind: Kind, input: Flow, folder: string): Flow {
  return new ScriptRun(tools, text, kind, input, folder).all();
}

/** A value that stands in a statement: a string, or a variable with what is known of it. */
export interface Value {
  readonly text: string;
  /** Which token it starts at. */
  readonly at: number;
  readonly isString: boolean;
  /** What it holds. */
  readonly flow: Flow;
}

/** A statement with what is known of its words. */
export interface Read {
  readonly statement: Statement;
  /** Its words and marks; strings stand as two quotes. */
  readonly code: string;
  readonly values: readonly Value[];
  /** What its variables hold. */
  readonly held: Flow;
  readonly where: Where;
}

const JOINS = /(?:^|\.)(?:join|joinpath|Combine)$|^Join-Path$|^Path$/;

export class ScriptRun {
  readonly values = new Map<string, string>();
  private readonly flows = new Map<string, Flow>();
  /** Variables that hold the digest of something. */
  private readonly digests = new Map<string, readonly Source[]>();
  private readonly insecure = new Set<string>();
  private readonly functions = new Map<string, Defined>();
  /** Calls of functions that were followed, and how deep the current one is. */
  private called = 0;
  private depth = 0;
  private readonly statements: readonly Statement[];
  private unchecked: boolean;
  folder: string;

  constructor(
    readonly tools: Tools,
    private readonly text: Text,
    readonly kind: Kind,
    private readonly input: Flow,
    folder: string,
  ) {
    this.folder = folder;
    this.statements = statementsOf(text.text, kind);
    this.unchecked = tools.boot.unchecked.has(kind === "javascript" ? "node" : kind);
  }

  all(): Flow {
    this.findFunctions();
    for (const [index, statement] of this.statements.entries()) this.statement(statement, index);
    return NOTHING;
  }

  /** Functions by what their bodies do. */
  private findFunctions(): void {
    for (const [index, statement] of this.statements.entries()) {
      const defined = definedBy(statement);
      if (!defined || this.functions.size >= 200) continue;
      const parameters = defined.parameters.length > 0 ? defined.parameters : this.block(index).flatMap(unpackedBy);
      this.functions.set(defined.name, { parameters, index });
    }
  }

  /** The statements of the block that a statement opens. */
  private block(index: number): readonly Statement[] {
    const depth = this.statements[index]?.depth ?? 0;
    let end = index + 1;
    while (end < index + 200 && (this.statements[end]?.depth ?? -1) > depth) end++;
    return this.statements.slice(index + 1, end);
  }

  /** Runs a statement; what it yields flows on, where it is the last one of a function. */
  private statement(statement: Statement, index: number): Returned {
    const read = this.read(statement, index);
    const { code } = read;
    if (UNCHECKED.test(code) || UNCHECKED_FROM_HERE.test(code)) this.mistrust(statement, code);
    this.bindBlock(statement, read);
    if (this.compares(read, index)) return { flow: NOTHING, text: undefined };
    const fetched = this.fetched(read);
    const called = this.call(read, index);
    const flow = joined([read.held, fetched, this.readFrom(read), called.flow]);
    const left = assignedBy(statement);
    this.move(read, flow, fetched);
    const out = joined([this.run(read, flow, fetched), flow]);
    this.assign(left, read, out, called.text);
    return { flow: out, text: read.values[0]?.text };
  }

  /** A function of the script is called: its body runs with what it is given. */
  private call({ statement, values }: Read, index: number): Returned {
    const { tokens } = statement;
    const at = tokens.findIndex(({ kind, text }) => kind === "word" && this.functions.has(lastName(text)));
    const defined = at < 0 ? undefined : this.functions.get(lastName(tokens[at]?.text ?? ""));
    if (!defined || defined.index === index || this.depth > 2 || this.called > 200)
      return { flow: NOTHING, text: undefined };
    this.called++;
    this.depth++;
    for (const [place, name] of defined.parameters.entries())
      this.bind(name, argumentAt(tokens, values, at, place, name));
    const body = this.block(defined.index);
    const results = body.map((each, offset) => this.statement(each, defined.index + 1 + offset));
    this.depth--;
    const returned = results.filter(
      (_, offset) =>
        /^(?:return|Write-Output)$/.test(body[offset]?.tokens[0]?.text ?? "") || offset === body.length - 1,
    );
    return { flow: joined(returned.map(({ flow }) => flow)), text: returned.at(-1)?.text };
  }

  private bind(name: string, value: Value | undefined): void {
    if (value) this.values.set(name, value.text);
    else this.values.delete(name);
    if (value && value.flow !== NOTHING) this.flows.set(name, value.flow);
    else this.flows.delete(name);
  }

  private read(statement: Statement, index: number): Read {
    const { tokens, line } = statement;
    const spot: Spot = { path: this.text.path, line: this.text.line + line - 1 };
    const scope: Scope = { run: this, context: undefined, at: index };
    const where: Where = { ...this.tools, spot, scope, folder: this.folder, checks: [] };
    const left = assignedBy(statement);
    const held = joined(tokens.slice(left.end).map((token) => this.flowOf(token)));
    return { statement, code: codeOf(tokens), values: this.valuesIn(tokens, left.end), held, where };
  }

  /** What a token holds: a variable, or a string that variables are filled into. */
  private flowOf({ kind, text, filled }: Token): Flow {
    if (kind === "word" && /\bstdin\b/i.test(text)) return this.input;
    if (kind === "word")
      return this.flows.get(text) ?? this.flows.get(baseOf(text)) ?? this.flows.get(nameOf(text)) ?? NOTHING;
    if (!filled || this.flows.size === 0) return NOTHING;
    return joined(
      [...text.matchAll(/[$#]\{?\(?\$?([A-Za-z_]\w{0,60})/g), ...text.matchAll(/\{([A-Za-z_]\w{0,60})/g)].map(
        ([, name = ""]) => this.flows.get(name) ?? NOTHING,
      ),
    );
  }

  private valuesIn(tokens: readonly Token[], start: number): readonly Value[] {
    const found: Value[] = [];
    for (let at = start; at < tokens.length; at++) {
      const token = tokens[at];
      if (!token || token.kind === "mark") continue;
      const value = this.valueOf(token);
      if (value === undefined) continue;
      const last = found.at(-1);
      const glue = tokens[at - 1]?.text;
      const flow = this.flowOf(token);
      const adjacent = this.kind === "python" && token.kind === "string" && tokens[at - 1]?.kind === "string";
      if (
        last &&
        (glue === "+" || (this.kind !== "powershell" && /^\.\.?$/.test(glue ?? "")) || adjacent) &&
        last.at >= at - 40
      )
        found.splice(-1, 1, { ...last, text: last.text + value, flow: joined([last.flow, flow]) });
      else found.push({ text: value, at, isString: token.kind !== "word", flow });
    }
    return joinedPaths(tokens, found);
  }

  private valueOf({ kind, text, filled }: Token): string | undefined {
    if (kind !== "word") return filled ? this.fill(text) : text;
    const name = nameOf(text);
    const known = this.values.get(name) ?? (text.includes(".") ? undefined : this.values.get(text));
    if (known !== undefined && text.replace(/^[$@%]+/, "") === name) return known;
    if (this.kind !== "powershell")
      return this.flows.has(baseOf(text)) || /^[A-Z_]+$|^\$/.test(text) ? `$${name}` : undefined;
    return this.fill(text);
  }

  /** Variables within a string. */
  private fill(text: string): string {
    if (!/[$#{]/.test(text)) return text;
    const known = (mark: string, name: string): string =>
      this.values.get(name) ?? this.values.get(name.replace(/^env:/i, "env:")) ?? mark;
    return text
      .replaceAll(/\$\(\$(\w{1,60})\)|#\{(\w{1,60})\}|\$\{(\w{1,60})\}/g, (mark, a?: string, b?: string, c?: string) =>
        known(mark, a ?? b ?? c ?? ""),
      )
      .replaceAll(/\$(?!env:)(\w{1,60})/gi, known)
      .replaceAll(/\{([A-Za-z_]\w{0,60})\}/g, (mark, name: string) =>
        this.kind === "python" ? known(mark, name) : mark,
      );
  }

  /** From here on, or for what a variable does. */
  private mistrust(statement: Statement, code: string): void {
    if (UNCHECKED_FROM_HERE.test(code)) this.unchecked = true;
    const name = assignedBy(statement).names[0] ?? baseOf(statement.tokens[0]?.text ?? "");
    if (name !== "") this.insecure.add(name);
  }

  private isUnchecked({ code, statement }: Read): boolean {
    return (
      this.unchecked ||
      UNCHECKED.test(code) ||
      statement.tokens.some(({ kind, text }) => kind === "word" && this.insecure.has(baseOf(text)))
    );
  }

  /** What comes from the addresses of a statement that fetches. */
  private fetched(read: Read): Flow {
    const { code, values, where } = read;
    if (!FETCHES.test(code)) return NOTHING;
    const handling = {
      unchecked: this.isUnchecked(read),
      bare: this.kind === "powershell" && /\b(?:iwr|irm|Invoke-\w+|curl|wget)\b/i.test(code),
    };
    const sources = values.flatMap(({ text }) =>
      text.length < 4000 ? (this.tools.boot.source(text.trim(), where.spot, handling) ?? []) : [],
    );
    return from(sources);
  }

  /** What files hold that are read, unpacked or copied. */
  private readFrom({ code, values }: Read): Flow {
    if (![READS, WRITES, UNPACKS, DIGESTS].some((mark) => mark.test(code))) return NOTHING;
    return joined(values.map(({ text }) => from(this.tools.boot.at(this.path(text)).sources)));
  }

  path(text: string): string {
    return pathOf(text, this.folder);
  }

  /** Files and folders get what a statement writes, saves or unpacks. */
  private move({ code, values, statement, where }: Read, flow: Flow, fetched: Flow): void {
    if (flow.sources.length === 0) return;
    const { boot } = this.tools;
    const saves = fetched !== NOTHING && SAVES.test(code);
    const writes = WRITES.test(code) || saves;
    for (const { text, at } of [...values, ...this.openedIn(statement)]) {
      if (isAddress(text) || text.length > 500) continue;
      if (UNPACKS.test(code) && boot.at(this.path(text)) === NOTHING) boot.unpack(this.path(text), flow);
      else if (writes && this.isTarget(statement, at, text)) boot.put(this.path(text), flow, statement.depth > 0);
    }
    if (/chmod|mode/.test(code) && MAKES_EXECUTABLE.test(shownOf(statement.tokens)))
      boot.use(flow.sources, "is made executable", where.scope);
  }

  /** Files that variables stand for whose methods are called. */
  private openedIn({ tokens }: Statement): readonly Value[] {
    return tokens.flatMap(({ kind, text }, at) => {
      const path = kind === "word" && /\w(?:\.|->)\w/.test(text) ? this.values.get(baseOf(text)) : undefined;
      return path === undefined ? [] : [{ text: path, at, isString: true, flow: NOTHING }];
    });
  }

  /** In PowerShell the options say what a word is; elsewhere whatever looks like a path may be where to. */
  private isTarget({ tokens }: Statement, at: number, text: string): boolean {
    const option = tokens[at - 1]?.text ?? "";
    if (this.kind === "powershell" && /^-[A-Za-z]/.test(option))
      return /^-(?:OutFile|o|Destination|Path|FilePath|LiteralPath|NewName|Target|Value)$/i.test(option);
    return /[\\/.$]|^[\w-]+$/.test(text) && !/[\s<>|{}]/.test(text.slice(0, 200));
  }

  /** What a statement starts, or evaluates. */
  private run(read: Read, flow: Flow, fetched: Flow): Flow {
    const { code, where } = read;
    if (this.kind === "powershell") {
      const done = powershell(this, read, flow);
      if (done) return done;
    }
    if (EVALUATES[this.kind]?.test(code) === true) this.evaluate(read, flow);
    if (/chmod/.test(code) && MAKES_EXECUTABLE.test(shownOf(read.statement.tokens)))
      for (const { text } of read.values)
        where.boot.use(where.boot.at(this.path(text)).sources, "is made executable", where.scope);
    if (!STARTS.test(code) && !read.statement.tokens.some(({ kind }) => kind === "command")) return NOTHING;
    return this.start(read, joined([flow, fetched]));
  }

  private evaluate({ values, where, code }: Read, flow: Flow): void {
    const { boot } = this.tools;
    boot.use(flow.sources, `is run by ${LANGUAGES[this.kind] ?? "a script"}`, where.scope);
    for (const { text } of values) {
      boot.use(boot.at(this.path(text)).sources, `is run by ${LANGUAGES[this.kind] ?? "a script"}`, where.scope);
      const bytes =
        /b64decode|decode64|FromBase64|atob|base64/i.test(code) && text.length > 15 ? fromBase64(text) : undefined;
      const inner = bytes && toText(bytes);
      if (inner !== undefined) this.tools.run({ ...where.spot, text: inner }, this.kind, NOTHING, this.folder);
    }
    // R installs and reads from addresses by the same names by which others take files.
    if (/install\.packages|install_url|install_git|\bsource\b/.test(code))
      boot.use(
        values.flatMap(({ text }) => boot.source(text, where.spot) ?? []),
        "is run by R",
        where.scope,
      );
  }

  /** A list of words is a command; one string is a line for a shell. */
  private start({ values, where, statement }: Read, flow: Flow): Flow {
    const strings = values.filter(({ text }) => text !== "");
    const [first] = strings.filter(({ isString }) => isString);
    if (!first) return this.startWords(strings, where, flow);
    const line = /\s/.test(first.text.trim()) || statement.tokens[first.at]?.kind === "command";
    if (line)
      return this.tools.run(
        { ...where.spot, text: first.text },
        this.kind === "powershell" ? "batch" : "shell",
        flow,
        this.folder,
      );
    return this.startWords(strings, where, flow);
  }

  startWords(values: readonly Value[], where: Where, input: Flow): Flow {
    // `sys.executable` is Python.
    const python = this.kind === "python" && values[0]?.text.startsWith("-") === true;
    const words = [...(python ? ["python"] : []), ...values.map(({ text }) => text)];
    const held = (index: number): Flow => values[index - (python ? 1 : 0)]?.flow ?? NOTHING;
    return words.length === 0 ? NOTHING : this.tools.evaluate(new Command(where, words, input, held));
  }

  /** Variables get values, and what flows. */
  private assign({ names }: Assigned, { values, code, statement }: Read, flow: Flow, returned?: string): void {
    const named = [...names, ...parametersOf(statement)];
    const [only] = values;
    for (const name of named) {
      if (flow === NOTHING) this.flows.delete(name);
      else this.flows.set(name, flow);
      if (DIGESTS.test(code) && flow.sources.length > 0) this.digests.set(name, flow.sources);
      if (/^env:/i.test(name)) setVariable(this.read(statement, 0).where, name.slice(4), only?.text ?? "");
      const path = values.find(({ text }) => !isAddress(text) && !/^[rwabxt+]{1,3}$/.test(text));
      if (returned !== undefined && values.length === 0) this.values.set(name, returned);
      else if (OPENS.test(code) && path) this.values.set(name, path.text);
      else if (only && values.length === 1 && isPlain(statement)) this.values.set(name, only.text);
      else if (only && /\s-f\s|%|\bformat\b|Join-Path|join/.test(code)) this.values.set(name, only.text);
      else if (this.kind === "powershell" && flow.sources.length === 0 && !only) this.values.delete(name);
    }
  }

  /** `with open(…) as out:` and the like name their files for the block below. */
  private bindBlock(statement: Statement, read: Read): void {
    for (const { at, name } of namedFiles(statement)) {
      const value = read.values.find((each) => each.at < at && !/^[rwabxt+]{1,3}$/.test(each.text));
      if (value) this.values.set(name, value.text);
    }
  }

  /** A digest is compared: what it speaks for is trusted where a difference stops the script. */
  private compares(read: Read, index: number): boolean {
    const { tokens } = read.statement;
    const operator = tokens.findIndex(
      ({ kind, text }) => kind !== "string" && COMPARES.test(text) && text !== "=" && text !== "in" && text !== "not",
    );
    const called = tokens.findIndex(({ text }) => /compare_digest|timingSafeEqual|hash_equals|Equals$/.test(text));
    if (operator < 0 && called < 0) return false;
    const sides = operator < 0 ? [tokens, []] : [tokens.slice(0, operator), tokens.slice(operator + 1)];
    const [left = [], right = []] = sides;
    const isDigest = (side: readonly Token[]): boolean =>
      DIGESTS.test(codeOf(side)) || side.some(({ text }) => this.digests.has(baseOf(text)));
    const digest = isDigest(left) ? left : isDigest(right) ? right : undefined;
    if (!digest) return false;
    const expected = digest === left ? right : left;
    const sources = this.digested(digest);
    if (sources.length === 0 || this.isOpen(expected)) return false;
    this.prove(sources, index, isNegative(read.statement, operator));
    return true;
  }

  private digested(side: readonly Token[]): readonly Source[] {
    const names = side.flatMap(({ text }) => this.digests.get(baseOf(text)) ?? []);
    const files = this.valuesIn(side, 0).flatMap(({ text }) => this.tools.boot.at(this.path(text)).sources);
    const held = joined(side.map((token) => this.flowOf(token))).sources;
    return [...new Set([...names, ...files, ...held])];
  }

  private isOpen(side: readonly Token[]): boolean {
    const others = side.filter(({ text }) => !this.digests.has(baseOf(text)));
    return joined(others.map((token) => this.flowOf(token))).sources.some(({ proofs }) => proofs.length === 0);
  }

  private prove(sources: readonly Source[], index: number, negative: boolean): void {
    const block = this.block(index);
    const self = codeOf(this.statements[index]?.tokens ?? []);
    const other = this.statements[index + block.length + 1];
    const otherwise =
      other && /^\s*(?:else|otherwise|elif|elsif)\b/.test(codeOf(other.tokens))
        ? this.block(index + block.length + 1)
        : [];
    const stops = (each: readonly Statement[]): boolean => each.some(({ tokens }) => STOPS.test(codeOf(tokens)));
    const ends = STOPS.test(self) || stops(negative ? block : otherwise);
    const proof = ends
      ? (): boolean => true
      : negative
        ? undefined
        : (scope: Scope | undefined): boolean => scope?.run !== this || (scope.at ?? 0) <= index + block.length;
    if (proof) for (const source of sources) source.proofs.push(proof);
  }
}

const LANGUAGES: Partial<Record<Kind, string>> = {
  python: "Python",
  ruby: "Ruby",
  perl: "Perl",
  javascript: "a script",
  powershell: "PowerShell",
};

/** The words and marks of a statement. */
function codeOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, text }) => (kind === "word" || kind === "mark" ? text : '""'))
    .join(" ")
    .replaceAll(" . ", ".");
}

function shownOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text.slice(0, 100)).join(" ");
}

/** `name.method` is about `name`; marks before it are no part of it. */
function baseOf(word: string): string {
  return nameOf(word).split(/\.|->|::/, 1)[0] ?? "";
}

function nameOf(word: string): string {
  return word.replace(/^[$@%&]{1,2}\{?/, "").replace(/\}$/, "");
}

interface Assigned {
  readonly names: readonly string[];
  /** The token behind the mark. */
  readonly end: number;
}

/** `a, b = …` and `my $a = …`. */
function assignedBy({ tokens }: Statement): Assigned {
  const end = tokens.slice(0, 12).findIndex(({ kind, text }) => kind === "mark" && (text === "=" || text === "<"));
  const before = tokens.slice(0, Math.max(end, 0));
  const clean =
    end > 0 && before.every(({ kind, text }) => kind === "word" || (kind === "mark" && /^[,()[\]{}:|<*-]$/.test(text)));
  if (!clean || tokens[end]?.text === "<") return { names: [], end: 0 };
  const names = before.filter(
    ({ kind, text }) => kind === "word" && !/^(?:my|our|local|var|let|const|auto|final|static|\[\w+\])$/.test(text),
  );
  return { names: names.map(({ text }) => nameOf(text)), end: end + 1 };
}

/** `for x in …`, `with … as x`, `(x) =>`, `|x|`. */
function parametersOf({ tokens }: Statement): readonly string[] {
  const names: string[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    const next = tokens[index + 1];
    if (kind !== "word" || !next) continue;
    const before = tokens[index - 1]?.text ?? "";
    if (before === "as" || (next.text === "in" && /^(?:for|foreach|\()$/.test(before)) || next.text === "=>")
      names.push(nameOf(text));
    if (next.text === ")" && tokens[index + 2]?.text === "=>") names.push(nameOf(text));
    if (before === "|" && next.text === "|") names.push(nameOf(text));
    if (before === "(" && tokens[index - 2]?.text === "function") names.push(nameOf(text));
  }
  return names;
}

/** Files that a statement opens and names. */
function namedFiles({ tokens }: Statement): readonly { at: number; name: string }[] {
  if (!OPENS.test(codeOf(tokens))) return [];
  return tokens.flatMap(({ kind, text }, at) => {
    const before = tokens[at - 1]?.text ?? "";
    const named =
      kind === "word" &&
      (before === "as" ||
        (before === "|" && tokens[at + 1]?.text === "|") ||
        (/^[$@]/.test(text) && tokens[at - 1]?.text === "(" && /open$/.test(tokens[at - 2]?.text ?? "")));
    return named ? [{ at: before === "(" ? 999 : at, name: nameOf(text) }] : [];
  });
}

/** What a function yields: what flows out of it, and a text where it is known. */
interface Returned {
  readonly flow: Flow;
  readonly text: string | undefined;
}

interface Defined {
  readonly parameters: readonly string[];
  /** The statement that opens its body. */
  readonly index: number;
}

/** A function that a statement defines, with the names of its parameters. */
function definedBy({ tokens }: Statement): { name: string; parameters: readonly string[] } | undefined {
  const at = tokens.slice(0, 5).findIndex(({ text }) => /^(?:def|function|sub|func)$/i.test(text));
  const arrow = at < 0 && tokens.some(({ text }) => text === "=>") && /^(?:const|let|var)$/.test(tokens[0]?.text ?? "");
  const name = arrow ? tokens[1]?.text : tokens[at + 1]?.text;
  if ((at < 0 && !arrow) || name === undefined || !/^[\w-]{2,60}$/.test(name)) return undefined;
  return { name, parameters: parametersBehind(tokens) };
}

/** Names behind the first parenthesis: each stands behind it or behind a comma. */
function parametersBehind(tokens: readonly Token[]): readonly string[] {
  const start = tokens.findIndex(({ text }) => text === "(");
  if (start < 0) return [];
  const names = tokens.slice(start + 1, start + 40).filter(({ kind, text }, at) => {
    const before = tokens[start + at]?.text ?? "";
    return (
      kind === "word" &&
      !/^(?:self|this)$/.test(text) &&
      (before === "(" || before === "," || before === "]" || /^\[\w+\]$/.test(before)) &&
      !/^\[/.test(text)
    );
  });
  return names.map(({ text }) => nameOf(text));
}

/** Parameters that the body itself takes: `param($a, $b)`, `my ($a, $b) = @_`, `my $a = shift`. */
function unpackedBy(statement: Statement): readonly string[] {
  const [first] = statement.tokens;
  if (/^param$/i.test(first?.text ?? "")) return parametersBehind(statement.tokens);
  const takes = statement.tokens.some(({ text }) => text === "@_" || text === "shift");
  return takes ? assignedBy(statement).names : [];
}

function lastName(word: string): string {
  return word.slice(Math.max(word.lastIndexOf("."), word.lastIndexOf(">")) + 1);
}

/** What a call gives for a parameter: by its name, or by its place between commas or options. */
function argumentAt(
  tokens: readonly Token[],
  values: readonly Value[],
  call: number,
  place: number,
  name: string,
): Value | undefined {
  const isOption = (token: Token | undefined): boolean =>
    nameOf(token?.text ?? "")
      .replace(/^-/, "")
      .toLowerCase() === name.toLowerCase();
  const named = values.find(
    ({ at }) =>
      at > call + 1 && (isOption(tokens[at - 1]) || (tokens[at - 1]?.text === "=" && isOption(tokens[at - 2]))),
  );
  if (named) return named;
  let turn = 0;
  const open = tokens[call + 1]?.text === "(";
  for (let at = call + (open ? 2 : 1); at < tokens.length; at++) {
    const value = values.find((each) => each.at === at);
    if (value && turn === place) return value;
    if (tokens[at]?.text === "," || (!open && value)) turn++;
  }
  return undefined;
}

/** Calls whose result is the text that they are given. */
const KEEPS = /^(?:str|String|URI|URL|Path|Uri|new|\w*\.?(?:join|joinpath|format|parse))$/;

/** An assignment of nothing but strings and variables. */
function isPlain({ tokens }: Statement): boolean {
  return tokens.every(({ kind, text }, at) => {
    const calls = kind === "word" && tokens[at + 1]?.text === "(" && tokens[at + 1]?.kind === "mark";
    return calls ? KEEPS.test(text) : kind !== "mark" || /^[=+.,():]$/.test(text);
  });
}

/** A difference leads into the block, or to the end of the statement. */
function isNegative({ tokens }: Statement, operator: number): boolean {
  const differs = operator >= 0 && DIFFERS.test(tokens[operator]?.text ?? "");
  const turned = tokens.some(({ text }) => /^(?:!|not|-not|unless|-not\s*)$/.test(text));
  return differs !== turned;
}

/** Parts of a path that a function joins. */
function joinedPaths(tokens: readonly Token[], values: readonly Value[]): readonly Value[] {
  const at = tokens.findIndex(({ kind, text }) => kind === "word" && JOINS.test(text));
  if (at < 0) return values;
  const parts = values.filter((value) => value.at > at && !value.text.startsWith("-") && !isAddress(value.text));
  if (parts.length < 2) return values;
  const text = parts
    .slice(0, 4)
    .map((part) => part.text)
    .join("/");
  const whole = { text, at: parts[0]?.at ?? 0, isString: true, flow: joined(parts.map(({ flow }) => flow)) };
  return [...values.filter((value) => !parts.includes(value) && value.at !== at && !value.text.startsWith("-")), whole];
}
