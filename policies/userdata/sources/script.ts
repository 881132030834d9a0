/** Follows what comes over open channels through scripts in Python, Ruby, Perl, JavaScript, PHP, R and PowerShell. */
import type { Kind } from "../parts";
import { isAddress } from "./addresses";
import { NOTHING, from, joined, type Flow, type Scope, type Source, type Text } from "./boot";
import { Command, type Tools, type Where } from "./command";
import {
  DIGESTS,
  EVALUATES,
  FETCHES,
  MAKES_EXECUTABLE,
  OPENS,
  READS,
  SAVES,
  STARTS,
  UNCHECKED,
  UNCHECKED_FROM_HERE,
  UNPACKS,
  WRITES,
} from "./marks";
import { pathOf } from "./paths";
import { powershell } from "./powershell";
import { blockOf, proofOf } from "./script-blocks";
import { setVariable } from "./settings";
import {
  assignedBy,
  baseOf,
  codeOf,
  comparisonIn,
  definedBy,
  isPlain,
  lastName,
  openedBy,
  parametersOf,
  shownOf,
  unpackedBy,
  type Assigned,
} from "./syntax";
import { statementsOf, type Statement, type Token } from "./tokens";
import { Variables, argumentNamed, argumentsBehind, valueOf, type Value } from "./variables";
import { withDecoded, writtenBy } from "./written";

/** Runs a script; what flows out of it is not followed. */
export function runScript(tools: Tools, text: Text, kind: Kind, input: Flow, folder: string): Flow {
  new ScriptRun(tools, text, kind, input, folder).all();
  return NOTHING;
}

/** A statement with what is known of its words. */
export interface Read {
  readonly statement: Statement;
  readonly code: string;
  readonly values: readonly Value[];
  /** What its variables hold. */
  readonly held: Flow;
  readonly where: Where;
}

/** What a statement or a function yields: what flows out of it, and a text where it is known. */
interface Result {
  readonly flow: Flow;
  readonly text: string | undefined;
}

const NO_RESULT: Result = { flow: NOTHING, text: undefined };

/** Modes of files. */
const MODE = /^[rwabxt+<>|:]{1,5}$/;

export class ScriptRun {
  readonly variables: Variables;
  /** Variables that hold the digest of something. */
  private readonly digests = new Map<string, readonly Source[]>();
  private readonly insecure = new Set<string>();
  private readonly functions = new Map<string, { readonly parameters: readonly string[]; readonly index: number }>();
  /** Calls of functions that were followed, and how deep the current one is. */
  private called = 0;
  private depth = 0;
  private readonly statements: readonly Statement[];
  private unchecked: boolean;

  constructor(
    readonly tools: Tools,
    private readonly text: Text,
    readonly kind: Kind,
    input: Flow,
    public folder: string,
  ) {
    this.variables = new Variables(kind, input);
    this.statements = statementsOf(text.text, kind);
    this.unchecked = tools.boot.unchecked.has(kind === "javascript" ? "node" : kind);
  }

  all(): void {
    for (const { file, text } of writtenBy(this.text, this.kind)) this.tools.boot.write(this.path(file), [text]);
    for (const [index, statement] of this.statements.entries()) this.define(statement, index);
    for (const [index, statement] of this.statements.entries()) this.statement(statement, index);
  }

  private define(statement: Statement, index: number): void {
    const defined = definedBy(statement);
    if (!defined || this.functions.size >= 200) return;
    const parameters =
      defined.parameters.length > 0 ? defined.parameters : blockOf(this.statements, index).flatMap(unpackedBy);
    this.functions.set(defined.name, { parameters, index });
  }

  /** Runs a statement; what it yields flows on, where it is the last one of a function. */
  private statement(statement: Statement, index: number): Result {
    const read = this.read(statement, index);
    if (UNCHECKED.test(read.code) || UNCHECKED_FROM_HERE.test(read.code)) this.mistrust(read);
    for (const name of openedBy(statement)) this.open(name, read);
    if (this.compares(read, index)) return NO_RESULT;
    const called = this.call(read, index);
    const whole = called === NO_RESULT ? read : { ...read, values: called.values };
    const fetched = this.fetched(whole);
    const flow = joined([whole.held, fetched, this.readFrom(whole), called.flow]);
    this.move(whole, flow, fetched);
    const out = joined([this.run(whole, flow), flow]);
    this.assign(assignedBy(statement), whole, out);
    return { flow: out, text: whole.values[0]?.text };
  }

  private read(statement: Statement, index: number): Read {
    const { tokens, line } = statement;
    const { boot, run, evaluate } = this.tools;
    const spot = { path: this.text.path, line: this.text.line + line - 1 };
    const scope: Scope = { run: this, context: undefined, at: index };
    const { end } = assignedBy(statement);
    return {
      statement,
      code: codeOf(tokens),
      values: this.variables.valuesIn(tokens, end),
      held: joined(tokens.slice(end).map((token) => this.variables.heldBy(token))),
      where: { boot, run, evaluate, spot, scope, folder: this.folder, checks: [] },
    };
  }

  /** A file that a statement opens stands behind a name. */
  private open(name: string, { values }: Read): void {
    const path = values.find(({ text }) => !MODE.test(text) && !text.startsWith("$"));
    if (path) this.variables.texts.set(name, path.text);
  }

  /** A function of the script is called: its body runs with what it is given, and its result takes its place. */
  private call({ statement: { tokens }, values }: Read, index: number): Result & { readonly values: readonly Value[] } {
    const at = tokens.findIndex(({ kind, text }) => kind === "word" && this.functions.has(lastName(text)));
    const defined = at < 0 ? undefined : this.functions.get(lastName(tokens[at]?.text ?? ""));
    if (!defined || defined.index === index || this.depth > 2 || this.called > 200) return { ...NO_RESULT, values };
    this.called++;
    this.depth++;
    const given = argumentsBehind(tokens, values, at);
    for (const [place, name] of defined.parameters.entries())
      this.variables.bind(name, argumentNamed(given, name) ?? given[place]?.[0]);
    const { flow, text } = this.body(defined.index);
    this.depth--;
    const taken = new Set(given.flat());
    const result = text === undefined ? [] : [{ ...valueOf(text, flow), at }];
    return {
      flow,
      text,
      values: [...values.filter((value) => !taken.has(value)), ...result].sort((a, b) => a.at - b.at),
    };
  }

  /** What a function returns, or the last statement of it yields. */
  private body(index: number): Result {
    const body = blockOf(this.statements, index);
    const results = body.map((each, offset) => this.statement(each, index + 1 + offset));
    const returned = results.filter((_, at) => {
      const first = body[at]?.tokens[0]?.text ?? "";
      return /^(?:return|Write-Output)$/.test(first) || at === body.length - 1;
    });
    const last = body.at(-1)?.tokens[0]?.text === "return" ? returned.at(-1)?.text : undefined;
    return { flow: joined(returned.map(({ flow }) => flow)), text: last };
  }

  /** From here on, or for what a variable does. */
  private mistrust({ statement, code }: Read): void {
    if (UNCHECKED_FROM_HERE.test(code)) this.unchecked = true;
    const name = assignedBy(statement).names[0] ?? baseOf(statement.tokens[0]?.text ?? "");
    if (name !== "") this.insecure.add(name);
  }

  private isUnchecked({ code, statement }: Read): boolean {
    const named = statement.tokens.some(({ kind, text }) => kind === "word" && this.insecure.has(baseOf(text)));
    return this.unchecked || named || UNCHECKED.test(code);
  }

  /** What comes from the addresses of a statement that fetches. */
  private fetched(read: Read): Flow {
    const { code, values, where, statement } = read;
    const within = this.kind === "powershell" ? statement.tokens.map((token) => this.fetchedWithin(token, read)) : [];
    if (!FETCHES.test(code)) return joined(within);
    const bare = this.kind === "powershell" && /\b(?:iwr|irm|Invoke-\w+|curl|wget)\b/i.test(code);
    const handling = { unchecked: this.isUnchecked(read), bare };
    const short = values.filter(({ text }) => text.length < 4000);
    const sources = short.flatMap(({ text }) => this.tools.boot.source(text.trim(), where.spot, handling) ?? []);
    return joined([from(sources), ...within]);
  }

  /** A string of PowerShell may hold a call: `"& { $(irm ADDRESS) }"`. */
  private fetchedWithin({ kind, text, filled }: Token, { where }: Read): Flow {
    const start = kind === "string" && filled ? text.indexOf("$(") : -1;
    const end = start < 0 ? -1 : text.lastIndexOf(")");
    if (start < 0 || end < start || !FETCHES.test(text)) return NOTHING;
    const inner = statementsOf(text.slice(start + 2, end), "powershell");
    return joined(inner.map((statement) => this.fetched({ ...this.read({ ...statement, line: 1 }, 0), where })));
  }

  path(text: string): string {
    return pathOf(text, this.folder);
  }

  private at(text: string): readonly Source[] {
    return this.tools.boot.at(this.path(text)).sources;
  }

  /** What files hold that are read, unpacked, copied or digested. */
  private readFrom({ code, values, statement }: Read): Flow {
    if (![READS, WRITES, UNPACKS, DIGESTS, OPENS].some((mark) => mark.test(code))) return NOTHING;
    return joined([...values, ...this.openedIn(statement)].map(({ text }) => from(this.at(text))));
  }

  /** Files and folders get what a statement writes, saves or unpacks. */
  private move({ code, values, statement, where }: Read, flow: Flow, fetched: Flow): void {
    const content = withDecoded(flow, values, where.spot);
    if (content === NOTHING) return;
    const { boot } = this.tools;
    const shown = shownOf(statement.tokens);
    const saves = SAVES.test(code) || /:content_file|OutFile/.test(shown) || values.some(isSaved);
    const writes = WRITES.test(code) || (saves && fetched !== NOTHING);
    const named = [...values, ...this.openedIn(statement)].filter(({ text }) => !isAddress(text) && text.length < 500);
    for (const value of named) {
      const path = this.path(value.text);
      if (UNPACKS.test(code) && boot.at(path) === NOTHING) boot.unpack(path, flow);
      else if (writes && this.isTarget(value)) boot.put(path, content, statement.depth > 0);
    }
    if (/chmod|mode/.test(code) && MAKES_EXECUTABLE.test(shown))
      boot.use(flow.sources, "is made executable", where.scope);
  }

  /** Files that variables stand for whose methods are called. */
  private openedIn({ tokens }: Statement): readonly Value[] {
    return tokens.flatMap(({ kind, text }, at) => {
      const path = kind === "word" && /\w(?:\.|->)\w/.test(text) ? this.variables.texts.get(baseOf(text)) : undefined;
      return path === undefined ? [] : [{ ...valueOf(path), at }];
    });
  }

  /** In PowerShell the options say what a word is; elsewhere whatever looks like a path may be where to. */
  private isTarget({ text, option }: Value): boolean {
    if (this.kind === "powershell" && option !== "")
      return /^-(?:OutFile|o|Destination|Path|FilePath|LiteralPath|NewName|Target|Value)$/i.test(option);
    return /[\\/.$]|^[\w-]+$/.test(text) && !/[\s<>|{}]/.test(text.slice(0, 200));
  }

  /** What a statement evaluates, makes executable or starts. */
  private run(read: Read, flow: Flow): Flow {
    const { code, where, values, statement } = read;
    if (EVALUATES[this.kind]?.test(code) === true) this.evaluate(read, flow);
    const done = this.kind === "powershell" ? powershell(this, read, flow) : undefined;
    if (done) return done;
    if (/chmod/.test(code) && MAKES_EXECUTABLE.test(shownOf(statement.tokens)))
      for (const { text } of values) this.tools.boot.use(this.at(text), "is made executable", where.scope);
    const starts = STARTS.test(code) || statement.tokens.some(({ kind }) => kind === "command");
    return starts ? this.start(read, flow) : NOTHING;
  }

  /** Code is run that flows here, lies in a file, or is decoded. */
  private evaluate({ values, where, code }: Read, flow: Flow): void {
    const { boot } = this.tools;
    const use = `is run by ${LANGUAGES[this.kind] ?? "a script"}`;
    boot.use([...flow.sources, ...values.flatMap(({ text }) => this.at(text))], use, where.scope);
    for (const { text } of values) this.runCode(text, where);
    // R installs and runs from addresses by the same names by which others take files.
    if (!/install\.packages|install_url|install_git|\bsource\b/.test(code)) return;
    const sources = [...values.flatMap(({ text }) => boot.source(text, where.spot) ?? []), ...boot.indexesOf("R")];
    boot.use(sources, "is run by R", where.scope);
  }

  /** A text that is no name and no address. */
  private runCode(text: string, where: Where): void {
    if (text.length < 8 || !/[\s(|]/.test(text.trim()) || isAddress(text.trim())) return;
    this.tools.run({ ...where.spot, text }, this.kind, NOTHING, this.folder);
  }

  /** A list of words is a command; one string is a line for a shell. */
  private start({ values, where, statement }: Read, flow: Flow): Flow {
    const { tokens } = statement;
    const words = values.filter(({ text, at }) => text !== "" && tokens[at - 2]?.text !== "require");
    const first = words.find(({ isString }) => isString);
    if (!first || !(/\s/.test(first.text.trim()) || tokens[first.at]?.kind === "command"))
      return this.startWords(words, where, flow);
    const kind = this.kind === "powershell" ? "batch" : "shell";
    return this.tools.run({ ...where.spot, text: first.text }, kind, flow, this.folder);
  }

  startWords(values: readonly Value[], where: Where, input: Flow): Flow {
    // `sys.executable` is Python.
    const own = this.kind === "python" && values[0]?.text.startsWith("-") === true ? [valueOf("python")] : [];
    const all = [...own, ...values];
    const held = (index: number): Flow => all[index]?.flow ?? NOTHING;
    const words = all.map(({ text }) => text);
    return words.length === 0 ? NOTHING : this.tools.evaluate(new Command(where, words, input, held));
  }

  /** Variables get values, and what flows. */
  private assign({ names, adds }: Assigned, read: Read, flow: Flow): void {
    const { code, statement, where } = read;
    for (const name of [...names, ...parametersOf(statement)]) {
      const all = adds ? joined([flow, this.variables.flows.get(name) ?? NOTHING]) : flow;
      this.variables.flow(name, all);
      if (DIGESTS.test(code) && flow.sources.length > 0) this.digests.set(name, flow.sources);
      const text = this.assigned(read);
      if (text !== undefined)
        this.variables.texts.set(name, adds ? (this.variables.texts.get(name) ?? "") + text : text);
      else if (!adds && names.includes(name)) this.variables.texts.delete(name);
      if (/^env:/i.test(name)) setVariable(where, name.slice(4), text ?? "");
      this.list(name, read);
      if (code.includes("@ {"))
        this.variables.options.set(
          name,
          read.values.filter(({ option }) => option !== ""),
        );
    }
  }

  /** `$a = @('/i', $file)`, `$a = '/i', $file`. */
  private list(name: string, { statement, values }: Read): void {
    if (this.kind !== "powershell") return;
    const start = statement.tokens.findIndex(({ text }) => text === "=") + 1;
    const [first, second] = statement.tokens.slice(start);
    const isList = (first?.text === "@" && second?.text === "(") || second?.text === ",";
    if (start > 0 && isList) this.variables.lists.set(name, values.slice(0, 50));
    else this.variables.lists.delete(name);
  }

  /** The text that a statement assigns, if it is no more than that, or the file that it opens. */
  private assigned({ values, code, statement }: Read): string | undefined {
    const [only] = values;
    const decoded = values.find((value) => value.decoded);
    if (decoded) return decoded.text;
    const path = values.find(({ text }) => !isAddress(text) && !MODE.test(text));
    if (OPENS.test(code) && path) return path.text;
    const plain = values.length === 1 && (isPlain(statement) || /\s-f\s|%|\bformat\b|Join-Path|join/.test(code));
    const result =
      values.length === 1 &&
      only?.at !== undefined &&
      this.functions.has(lastName(statement.tokens[only.at]?.text ?? ""));
    return plain || result ? only?.text : undefined;
  }

  /** A digest is compared: what it speaks for is trusted where a difference stops the script. */
  private compares({ statement }: Read, index: number): boolean {
    const comparison = comparisonIn(statement);
    const digest = comparison?.sides.find((side) => this.isDigest(side));
    if (!comparison || !digest) return false;
    const sources = this.digested(digest);
    const others = comparison.sides.filter((side) => side !== digest).flat();
    if (sources.length === 0 || this.isOpen(others)) return false;
    const proof = proofOf({ statements: this.statements, run: this }, index, comparison.negative);
    if (proof) for (const source of sources) source.proofs.push(proof);
    return true;
  }

  private isDigest(side: readonly Token[]): boolean {
    return DIGESTS.test(codeOf(side)) || side.some(({ text }) => this.digests.has(baseOf(text)));
  }

  private digested(side: readonly Token[]): readonly Source[] {
    const names = side.flatMap(({ text }) => this.digests.get(baseOf(text)) ?? []);
    const files = this.variables.valuesIn(side).flatMap(({ text }) => this.at(text));
    const held = joined(side.map((token) => this.variables.heldBy(token))).sources;
    return [...new Set([...names, ...files, ...held])];
  }

  private isOpen(side: readonly Token[]): boolean {
    const others = side.filter(({ text }) => !this.digests.has(baseOf(text)));
    const held = joined(others.map((token) => this.variables.heldBy(token)));
    return held.sources.some(({ proofs }) => proofs.length === 0);
  }
}

const LANGUAGES: Partial<Record<Kind, string>> = {
  python: "Python",
  ruby: "Ruby",
  perl: "Perl",
  powershell: "PowerShell",
};

function isSaved({ option }: Value): boolean {
  return /^-(?:OutFile|Destination)$/i.test(option);
}
