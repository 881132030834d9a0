/** Follows what comes over open channels through a shell script, step by step. */
import { readShell } from "../shell";
import { plain, programOf, withoutWrappers, type Call, type Step, type Substitution } from "../steps";
import type { Spot } from "../spot";
import { NOTHING, joined, type Boot, type Flow, type Scope, type Text } from "./boot";
import { Command, programName, type Runner, type Where } from "./command";
import { expanded } from "./expand";
import { gateOf } from "./gates";
import { pathOf } from "./paths";
import { setVariable, store } from "./settings";

type Pipeline = Extract<Step, { kind: "pipeline" }>;

/** Programs that read a script, or a list, from their input when they are called without one. */
const READS =
  /^(?:(?:ba|da|k|z|a)?sh|python|perl|ruby|node|php|crontab|at|batch|read|tar|cpio|tee|su|sudo|xargs|mapfile|readarray|cat|dd|docker|kubectl|source)$/;

/** Programs that bring what a group of commands behind them reads. */
const BRINGS =
  /^(?:curl|wget|cat|echo|printf|aria2c|GET|lynx|http|https|fetch|aws|zcat|gunzip|sed|tar|openssl|base64)$/;

/** A word that is nothing but a variable. */
const VARIABLE = /(?<=[\s|;&(]|^)"?\$\{?([A-Za-z_]\w{0,60})(?:\[[@*]\])?\}?"?(?=[\s|;&)]|$)/g;

/** Words, and which word of the call each comes from. */
interface Words {
  readonly words: readonly string[];
  /** Without them each is its own. */
  readonly origins: readonly number[] | undefined;
}

const EMPTY: Words = { words: [], origins: [] };

const NAMED = /\$\{?([A-Za-z_]\w{0,60})\}?/g;

export interface Tools {
  readonly boot: Boot;
  readonly run: Runner;
  readonly evaluate: (command: Command) => Flow;
}

/** Runs a script; what it prints is what flows on. */
export function runShell(tools: Tools, text: Text, input: Flow, folder: string): Flow {
  const steps = readShell(text.text);
  return steps ? new ShellRun(tools, text, inOrder(steps), input, folder).all() : NOTHING;
}

/** Steps in the order in which data flows. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const ordered: Step[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index];
    if (!step) continue;
    const body = step.kind === "pipeline" && step.calls.length > 1 ? bodyBehind(steps, index, step) : 0;
    ordered.push(...steps.slice(index + 1, index + 1 + body), step);
    index += body;
    if (step.kind === "pipeline" && brings(step.calls.at(-1))) bringForward(ordered, step);
  }
  return ordered;
}

/** The body of a function stands behind the pipe that it begins; what it prints flows into the pipe. */
function bodyBehind(steps: readonly Step[], index: number, { calls, context }: Pipeline): number {
  if (brings(calls[0])) return 0;
  let count = 0;
  for (let next = steps[index + 1]; next && count < 64; next = steps[index + 1 + count]) {
    if (next.context.list <= context.list || next.context.branches[context.branches.length]?.kind !== "function") break;
    count++;
  }
  return count;
}

function brings(call: Call | undefined): boolean {
  return BRINGS.test(programOf(withoutWrappers(call?.words ?? [])));
}

/** A group that reads what a pipe brings stands before it; it runs behind it. */
function bringForward(ordered: Step[], step: Pipeline): void {
  if ((ordered.at(-2)?.context.list ?? 0) <= step.context.list) return;
  const used = new Set(step.calls.flatMap(({ substitutions }) => substitutions.flatMap((each) => each.steps)));
  let first = ordered.length - 1;
  while (first > 0 && ordered.length - first < 64) {
    const before = ordered[first - 1];
    if (!before || before.context.list <= step.context.list || used.has(before)) break;
    first--;
  }
  if (first < ordered.length - 1) ordered.splice(first, 0, ...ordered.splice(-1));
}

class ShellRun {
  private readonly outputs = new Map<Step, Flow>();
  private readonly consumed = new Set<Step>();
  /** What scripts within words print. */
  private readonly filled = new Map<Substitution, Flow>();
  private readonly variables = new Map<string, Flow>();
  private readonly values = new Map<string, string>();
  /** Variables whose value is the output of something, with the value as the reader writes it. */
  private readonly opaque = new Map<string, string>();
  /** The last word of the last command. */
  private last = "";
  private readonly folders: string[] = [];
  private readonly lines: readonly string[];
  private readonly loops: { readonly number: number; readonly index: number }[] = [];
  private pipefail = false;
  /** A variable stands for several words. */
  private opens = false;

  constructor(
    private readonly tools: Tools,
    private readonly text: Text,
    private readonly steps: readonly Step[],
    private readonly input: Flow,
    private folder: string,
  ) {
    this.lines = text.text.split("\n");
  }

  all(): Flow {
    for (const [index, step] of this.steps.entries()) {
      this.leaveLoops(step);
      if (step.kind === "pipeline") this.pipeline(step, index);
      else this.assign(step);
    }
    this.leaveLoops(undefined);
    const printedBy = this.steps.filter((step) => !this.consumed.has(step));
    return joined(printedBy.map((step) => this.outputs.get(step) ?? NOTHING));
  }

  /** `until CHECK; do …; done`: the check succeeds when the loop has run. */
  private leaveLoops(step: Step | undefined): void {
    for (let top = this.loops.at(-1); top; top = this.loops.at(-1)) {
      const { number, index } = top;
      const inside = step?.context.conditionOf === number || step?.context.branches.some(({ of }) => of === number);
      if (inside === true) return;
      this.loops.pop();
      const check = this.steps[index];
      if (check?.kind === "pipeline") this.pipeline(check, index, true);
    }
  }

  private assign(step: Exclude<Step, Pipeline>): void {
    const { kind, name, value, scripts } = step;
    if (kind === "default") {
      this.values.set(name, value);
      return;
    }
    const flow = this.outputOf(scripts);
    const copied = [...value.matchAll(NAMED)].map(([, other = ""]) => this.variables.get(other) ?? NOTHING);
    const all = joined([flow, ...copied]);
    if (all === NOTHING) this.variables.delete(name);
    else this.variables.set(name, all);
    if (value.includes(OUTPUT)) this.opaque.set(name, value);
    else this.opaque.delete(name);
    const printed = lineOf(flow);
    const known = expanded(plain(printed === undefined ? value : value.replace(OUTPUT, () => printed)), this.values);
    this.values.set(name, known);
    this.opens ||= /\s/.test(known);
    setVariable(this.where(step, step.line, []), name, known);
  }

  /** What scripts print, but for those whose output went into words of others. */
  private outputOf(steps: readonly Step[]): Flow {
    const flow = joined(
      steps.filter((step) => !this.consumed.has(step)).map((step) => this.outputs.get(step) ?? NOTHING),
    );
    for (const step of steps) this.consumed.add(step);
    return flow;
  }

  private pipeline(step: Pipeline, index: number, again = false): void {
    const number = step.context.conditionOf;
    if (!again && number !== undefined && this.loops.length < 20 && step.calls.some(isCheck))
      this.loops.push({ number, index });
    for (const { substitutions } of step.calls)
      for (const each of substitutions) this.filled.set(each, this.outputOf(each.steps));
    const renamed = this.renamed(step.calls);
    const checks: Where["checks"] = [];
    let [flow, checkedBy] = [this.given(step, index), 0];
    for (const [at, call] of step.calls.entries()) {
      flow = this.call(call, renamed[at] ?? EMPTY, flow, step, checks);
      if (checks.length > 0 && checkedBy === 0) checkedBy = at + 1;
    }
    this.outputs.set(step, flow);
    const hidden = checkedBy > 0 && !this.pipefail && step.calls.slice(checkedBy).some((call) => !isGrep(call));
    if (!hidden) this.prove(checks, index);
  }

  /** What the checks of a pipeline vouch for, as far as a failure stops the script. */
  private prove(checks: Where["checks"], index: number): void {
    for (const { sources, negated } of checks) {
      const proof = gateOf({ steps: this.steps, run: this, pipefail: this.pipefail }, index, negated);
      if (proof) for (const source of sources) source.proofs.push(proof);
    }
  }

  /** What a pipeline reads that starts with a program that reads: a group before it, or what the script is given. */
  private given(step: Pipeline, index: number): Flow {
    const [first] = step.calls;
    const program = programName(withoutWrappers(first?.words ?? [])[0] ?? "");
    const inner = (this.steps[index - 1]?.context.list ?? 0) > step.context.list;
    const before: Step[] = [];
    for (let at = index - 1; at >= 0 && index - at < 64; at--) {
      const each = this.steps[at];
      if (!each || each.context.list <= step.context.list) break;
      if (!this.consumed.has(each)) before.push(each);
    }
    // What stands in words has been consumed by them.
    const group = inner ? before.filter((each) => each.kind === "pipeline") : [];
    if (group.length > 0 && first?.inputFile === undefined) return this.outputOf(group);
    if (!READS.test(program) || first?.inputFile !== undefined) return NOTHING;
    // A group, or the body of a function, reads what the pipe before it brings.
    return this.pipedInto(index) ?? this.input;
  }

  /** The output of the pipeline just before, if this one is part of a group or function that it flows into. */
  private pipedInto(index: number): Flow | undefined {
    const before = this.steps
      .slice(Math.max(index - 16, 0), index)
      .findLast((each) => each.kind === "pipeline" && this.outputs.get(each) !== NOTHING);
    const flow = before && this.outputs.get(before);
    const self = this.steps[index];
    const inside = self?.kind === "pipeline" && before?.kind === "pipeline" && this.isPiped(before, self);
    return inside ? flow : undefined;
  }

  private isPiped(before: Pipeline, self: Pipeline): boolean {
    const line =
      (this.lines[(before.calls.at(-1)?.line ?? 1) - 1] ?? "") + (this.lines[before.calls.at(-1)?.line ?? 1] ?? "");
    const grown = self.context.branches.length > before.context.branches.length;
    return (
      /\|\s*(?:while\b|\(|\{|$|if\b|for\b)/.test(line) ||
      (grown && before.calls.length > 1 && self.context.branches.at(-1)?.kind === "function")
    );
  }

  private call(call: Call, given: Words, before: Flow, step: Pipeline, checks: Where["checks"]): Flow {
    const piped = this.inputOf(call, before);
    let flow = NOTHING;
    for (const each of this.spread(given.words, piped)) {
      const inner = withoutWrappers(each);
      const offset = each.length - inner.length;
      const where = this.where(step, call.line, checks);
      for (const word of each.slice(0, offset)) this.prefix(where, word);
      const words: Words = { words: each, origins: given.origins };
      const held = (index: number, kind: "output" | "input file"): Flow => this.held(call, words, index + offset, kind);
      flow = joined([flow, this.tools.evaluate(new Command(where, inner, piped, held))]);
      this.takeEffect(inner, piped);
      this.last = inner.at(-1) ?? "";
    }
    this.copied(call, flow, step);
    if (call.files.length > 0) this.write(call, flow, this.where(step, call.line, checks));
    return flow;
  }

  /** `tee >(bash)`: what flows is read by another script. */
  private copied(call: Call, flow: Flow, step: Pipeline): void {
    for (const { kind, steps } of flow === NOTHING ? [] : call.substitutions) {
      const [first] = steps;
      if (kind !== "output file" || first?.kind !== "pipeline" || !first.calls[0]) continue;
      this.call(first.calls[0], { words: first.calls[0].words, origins: undefined }, flow, step, []);
    }
  }

  /** `NAME=value` behind `env` or `sudo`. */
  private prefix(where: Where, word: string): void {
    const [, name = "", value = ""] = /^(\w{1,60})=(.*)$/s.exec(word) ?? [];
    if (name !== "") setVariable(where, name, plain(value));
  }

  private where(step: Step | undefined, line: number, checks: Where["checks"]): Where {
    const { boot, run, evaluate } = this.tools;
    const scope: Scope = { run: this, context: step?.context };
    return { boot, run, evaluate, spot: this.spot(line), scope, folder: this.folder, checks };
  }

  private spot(line: number): Spot {
    return { path: this.text.path, line: this.text.line + line - 1 };
  }

  private inputOf(call: Call, before: Flow): Flow {
    const flows = [before];
    if (call.input !== undefined) flows.push({ ...NOTHING, texts: [this.hereText(call)] });
    for (const each of call.substitutions)
      if (each.word >= call.words.length) flows.push(this.filled.get(each) ?? NOTHING);
    if (call.input !== undefined) flows.push(...this.openIn(call.input, call));
    if (call.inputFile !== undefined)
      flows.push(this.tools.boot.at(pathOf(this.known(call.inputFile, call), this.folder)));
    return joined(flows);
  }

  private hereText(call: Call): Text {
    const line = this.lines[call.line - 1] ?? "";
    const document = /<<(?!<)/.test(line);
    const path = document ? `${this.text.path} → here document in line ${String(call.line)}` : this.text.path;
    return { text: call.input ?? "", path, line: document ? 1 : this.text.line + call.line - 1 };
  }

  /** What variables hold that a text is filled with. */
  private openIn(text: string, call: Call): readonly Flow[] {
    if (this.variables.size === 0 || !/\$/.test(text)) return [];
    const raw = text.includes("$(…)") ? this.raw(call) : text;
    return [...raw.matchAll(NAMED)].slice(0, 50).map(([, name = ""]) => this.variables.get(name) ?? NOTHING);
  }

  private held(call: Call, { words, origins }: Words, index: number, kind: "output" | "input file"): Flow {
    const flows = call.substitutions
      .filter((each) => each.word === (origins ? (origins[index] ?? -1) : index) && each.kind === kind)
      .map((each) => this.filled.get(each) ?? NOTHING);
    if (kind === "output" && this.variables.size > 0)
      for (const [, name = ""] of (words[index] ?? "").matchAll(NAMED)) flows.push(this.variables.get(name) ?? NOTHING);
    return joined(flows);
  }

  /** `xargs` puts what it reads behind the words, or in their place. */
  private spread(words: readonly string[], input: Flow): readonly (readonly string[])[] {
    const at = words.findIndex((word) => programName(word) === "xargs");
    if (at < 0 || input.texts.length === 0) return [words];
    const given = input.texts.flatMap(({ text }) => text.split(/\s+/)).filter((word) => word !== "");
    const inner = withoutWrappers(words.slice(at));
    const mark =
      /^-I(\S{1,10})$/.exec(words.find((word) => /^-I\S/.test(word)) ?? "")?.[1] ??
      (words.includes("-I") ? words[words.indexOf("-I") + 1] : undefined);
    if (mark === undefined) return [[...inner, ...given.slice(0, 50)]];
    return given.slice(0, 8).map((line) => inner.map((word) => word.replaceAll(mark, line)));
  }

  private takeEffect(words: readonly string[], input: Flow): void {
    const [program = "", first = "~"] = words;
    if (program === "cd" || program === "pushd") {
      if (program === "pushd") this.folders.push(this.folder);
      const folder = words.find((word, index) => index > 0 && !/^-./.test(word)) ?? first;
      this.folder = folder === "-" ? this.folder : pathOf(plain(folder), this.folder);
    } else if (program === "popd") this.folder = this.folders.pop() ?? this.folder;
    else if (program === "set" || program === "shopt")
      this.pipefail ||= words.includes("pipefail") && !words.includes("+o");
    else if (/^(?:read|mapfile|readarray)$/.test(program) && input !== NOTHING)
      for (const word of words.slice(1)) if (/^[A-Za-z_]\w*$/.test(word)) this.variables.set(word, input);
  }

  private write(call: Call, flow: Flow, where: Where): void {
    for (const file of call.files) store(where, pathOf(this.known(file, call), this.folder), flow, this.appends(call));
  }

  private appends(call: Call): boolean {
    const line = this.raw(call, false);
    return line.includes(">>") || line.includes(" -a ") || call.files.length > 1;
  }

  /** The lines in which a call stands. */
  private raw(call: Call, withInput = true): string {
    let end = call.line;
    while (end < call.line + 12 && (this.lines[end - 1] ?? "").endsWith("\\")) end++;
    const here = call.input === undefined || !withInput ? 0 : Math.min(call.input.split("\n").length, 50);
    return this.lines
      .slice(call.line - 1, end + here)
      .join("\n")
      .slice(0, 8000);
  }

  /** The words of calls, with what more is known of them than the reader of the syntax knows. */
  private renamed(calls: readonly Call[]): readonly Words[] {
    return calls.map((call) => {
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
    });
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
  private known(word: string, call: Call, seen = new Map<string, number>()): string {
    if (!word.includes("$")) return word;
    if (this.opaque.size === 0 || !word.includes(OUTPUT)) return expanded(word, this.values);
    const found = [...this.raw(call).matchAll(NAMED)].flatMap(({ 0: mark, 1: name = "", index, input }) => {
      const written = this.opaque.get(name);
      const at = written === undefined ? -1 : word.indexOf(written);
      const rest = word.slice(at + (written?.length ?? 0));
      return written !== undefined && at >= 0 && startsAs(input.slice(index + mark.length), rest)
        ? [{ name, written, rest }]
        : [];
    });
    const key = found[0]?.rest ?? "";
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    const chosen = found[turn] ?? found.at(-1);
    if (!chosen) return word;
    const value = this.values.get(chosen.name) ?? OUTPUT;
    return word.replace(chosen.written, () =>
      value.includes(OUTPUT) ? chosen.written.replace(OUTPUT, () => `$${chosen.name}`) : value,
    );
  }
}

/** What the reader writes for the output of a script. */
const OUTPUT = "$(…)";

/** A text of one line that is all that flows. */
function lineOf(flow: Flow | undefined): string | undefined {
  const [only, ...others] = flow?.texts ?? [];
  const text = only?.text.trim() ?? "";
  return others.length === 0 && flow?.sources.length === 0 && text !== "" && text.length < 500 && !text.includes("\n")
    ? text
    : undefined;
}

/** Whether a text goes on with the rest of a word, up to what ends it. */
function startsAs(text: string, rest: string): boolean {
  const literal = rest.replace(/\$.*$/s, "");
  return text.startsWith(literal) && (literal !== rest || /^(?:["'\s;|&)>]|$)/.test(text.slice(literal.length)));
}

function isCheck({ words }: Call): boolean {
  return /sum$|^(?:gpgv?2?|cosign|minisign|openssl|\[{1,2}|test)$/.test(programOf(withoutWrappers(words)));
}

function isGrep({ words }: Call): boolean {
  return /^[ef]?grep$|^findstr$/.test(programOf(withoutWrappers(words)));
}
