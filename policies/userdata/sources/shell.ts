/** Follows what comes over open channels through a shell script, step by step. */
import { readShell } from "../shell";
import { plain, programOf, withoutWrappers, type Call, type Pipeline, type Step, type Substitution } from "../steps";
import type { Spot } from "../spot";
import { NOTHING, joined, type Flow, type Scope, type Text } from "./boot";
import { Command, programName, type Tools, type Where } from "./command";
import { gateOf } from "./gates";
import { inOrder, stepsWithin } from "./order";
import { pathOf } from "./paths";
import { setVariable, store } from "./settings";
import { NAMED, ShellWords, type Words } from "./words";

/** Programs that read a script, or a list, from their input when they are called without one. */
const READS =
  /^(?:(?:ba|da|k|z|a)?sh|python|perl|ruby|node|php|crontab|at|batch|read|tar|cpio|tee|su|sudo|xargs|mapfile|readarray|cat|dd|docker|kubectl|source)$/;

/** Runs a script; what it prints is what flows on. */
export function runShell(tools: Tools, text: Text, input: Flow, folder: string): Flow {
  const steps = readShell(text.text);
  return steps ? new ShellRun(tools, text, inOrder(steps), input, folder).all() : NOTHING;
}

class ShellRun {
  private readonly outputs = new Map<Step, Flow>();
  private readonly consumed = new Set<Step>();
  /** What scripts within words print. */
  private readonly filled = new Map<Substitution, Flow>();
  private readonly variables = new Map<string, Flow>();
  private readonly words: ShellWords;
  private readonly folders: string[] = [];
  private readonly loops: { readonly number: number; readonly index: number }[] = [];
  private pipefail = false;

  constructor(
    private readonly tools: Tools,
    private readonly text: Text,
    private readonly steps: readonly Step[],
    private readonly input: Flow,
    private folder: string,
  ) {
    this.words = new ShellWords(text.text, this.filled);
  }

  all(): Flow {
    for (const [index, step] of this.steps.entries()) {
      this.leaveLoops(step);
      if (step.kind === "pipeline") {
        this.enterLoop(step, index);
        this.pipeline(step, index);
      } else this.assign(step);
    }
    this.leaveLoops(undefined);
    return this.outputOf(this.steps);
  }

  private enterLoop({ calls, context }: Pipeline, index: number): void {
    const number = context.conditionOf;
    if (number !== undefined && this.loops.length < 20 && calls.some(isCheck)) this.loops.push({ number, index });
  }

  /** `until CHECK; do …; done`: the check succeeds when the loop has run. */
  private leaveLoops(step: Step | undefined): void {
    for (let top = this.loops.at(-1); top; top = this.loops.at(-1)) {
      const { number, index } = top;
      const inside = step?.context.conditionOf === number || step?.context.branches.some(({ of }) => of === number);
      if (inside === true) return;
      this.loops.pop();
      const check = this.steps[index];
      if (check?.kind === "pipeline") this.pipeline(check, index);
    }
  }

  private assign(step: Exclude<Step, Pipeline>): void {
    const { kind, name, value, scripts, line } = step;
    const flow = this.outputOf(scripts);
    const known = this.words.assign(name, value, flow);
    if (kind === "default") return;
    const copied = [...value.matchAll(NAMED)].map(([, other = ""]) => this.variables.get(other) ?? NOTHING);
    this.variables.set(name, joined([flow, ...copied]));
    setVariable(this.where(step, line, []), name, known);
  }

  /** What scripts print, but for those whose output went elsewhere. */
  private outputOf(steps: readonly Step[]): Flow {
    const open = steps.filter((step) => !this.consumed.has(step));
    for (const step of steps) this.consumed.add(step);
    return joined(open.map((step) => this.outputs.get(step) ?? NOTHING));
  }

  private pipeline(step: Pipeline, index: number): void {
    for (const { substitutions } of step.calls)
      for (const each of substitutions) this.filled.set(each, this.outputOf(each.steps));
    const checks: Where["checks"] = [];
    let [flow, checked] = [this.given(step, index), step.calls.length];
    for (const [at, call] of step.calls.entries()) {
      flow = this.call(call, this.words.wordsOf(call), flow, step, checks);
      if (checks.length > 0) checked = Math.min(checked, at + 1);
    }
    this.outputs.set(step, flow);
    // A pipe succeeds where its last program does.
    if (this.pipefail || step.calls.slice(checked).every(isGrep)) this.prove(checks, index);
  }

  /** What the checks of a pipeline vouch for, as far as a failure stops the script. */
  private prove(checks: Where["checks"], index: number): void {
    for (const { sources, negated } of checks) {
      const proof = gateOf({ steps: this.steps, run: this }, index, negated);
      if (proof) for (const source of sources) source.proofs.push(proof);
    }
  }

  /** What a pipeline reads: a group that it starts with, what a pipe around it brings, or the input of the script. */
  private given({ calls }: Pipeline, index: number): Flow {
    const [first] = calls;
    if (first?.inputFile !== undefined) return NOTHING;
    const group = stepsWithin(this.steps, index).filter((each) => each.kind === "pipeline" && !this.consumed.has(each));
    if (group.length > 0) return this.outputOf(group);
    const program = programName(withoutWrappers(first?.words ?? [])[0] ?? "");
    return READS.test(program) ? (this.pipedInto(index) ?? this.input) : NOTHING;
  }

  /** The output of the pipeline before, if this one is part of a group or function that it flows into. */
  private pipedInto(index: number): Flow | undefined {
    const self = this.steps[index];
    const before = this.steps
      .slice(Math.max(index - 16, 0), index)
      .findLast((each) => each.kind === "pipeline" && this.outputs.get(each) !== NOTHING);
    if (self?.kind !== "pipeline" || before?.kind !== "pipeline") return undefined;
    const last = before.calls.at(-1)?.line ?? 1;
    const grown = self.context.branches.length > before.context.branches.length;
    const called = grown && before.calls.length > 1 && self.context.branches.at(-1)?.kind === "function";
    const piped = /\|\s*(?:while\b|\(|\{|$|if\b|for\b)/.test(this.words.line(last) + this.words.line(last + 1));
    return called || piped ? this.outputs.get(before) : undefined;
  }

  private call(call: Call, given: Words, before: Flow, step: Pipeline, checks: Where["checks"]): Flow {
    const piped = this.inputOf(call, before);
    const where = this.where(step, call.line, checks);
    const flows = spread(given.words, piped).map((each) => {
      const inner = withoutWrappers(each);
      const offset = each.length - inner.length;
      for (const word of each.slice(0, offset)) setPrefix(where, word);
      const words: Words = { words: each, origins: given.origins };
      const held = (index: number, kind: "output" | "input file"): Flow => this.held(call, words, index + offset, kind);
      const flow = this.tools.evaluate(new Command(where, inner, piped, held));
      this.takeEffect(inner, piped);
      return flow;
    });
    const flow = joined(flows);
    this.copy(call, flow, step);
    for (const file of call.files)
      store(where, pathOf(this.words.known(file, call), where.folder), flow, this.appends(call));
    return flow;
  }

  /** `tee >(bash)`: what flows is read by another script. */
  private copy({ substitutions }: Call, flow: Flow, step: Pipeline): void {
    for (const { kind, steps } of flow === NOTHING ? [] : substitutions) {
      const first = steps[0]?.kind === "pipeline" ? steps[0].calls[0] : undefined;
      if (kind === "output file" && first) this.call(first, { words: first.words, origins: undefined }, flow, step, []);
    }
  }

  private where(step: Step, line: number, checks: Where["checks"]): Where {
    const { boot, run, evaluate } = this.tools;
    const scope: Scope = { run: this, context: step.context };
    return { boot, run, evaluate, spot: this.spot(line), scope, folder: this.folder, checks };
  }

  private spot(line: number): Spot {
    return { path: this.text.path, line: this.text.line + line - 1 };
  }

  private inputOf(call: Call, before: Flow): Flow {
    const { input, inputFile, substitutions, words } = call;
    const flows = [before];
    for (const each of substitutions) if (each.word >= words.length) flows.push(this.filled.get(each) ?? NOTHING);
    if (input !== undefined)
      flows.push({ ...NOTHING, texts: [this.hereText(call, input)] }, ...this.openIn(input, call));
    if (inputFile !== undefined) flows.push(this.tools.boot.at(pathOf(this.words.known(inputFile, call), this.folder)));
    return joined(flows);
  }

  private hereText({ line }: Call, text: string): Text {
    if (!/<<(?!<)/.test(this.words.line(line))) return { text, ...this.spot(line) };
    return { text, path: `${this.text.path} → here document in line ${String(line)}`, line: 1 };
  }

  /** What variables hold that a text is filled with. */
  private openIn(text: string, call: Call): readonly Flow[] {
    if (this.variables.size === 0 || !text.includes("$")) return [];
    const raw = text.includes("$(…)") ? this.words.raw(call) : text;
    return [...raw.slice(0, 1 << 14).matchAll(NAMED)].map(([, name = ""]) => this.variables.get(name) ?? NOTHING);
  }

  /** What is filled into a word, or what the file holds that it stands for. */
  private held({ substitutions }: Call, { words, origins }: Words, index: number, kind: string): Flow {
    const origin = origins ? (origins[index] ?? -1) : index;
    const own = substitutions.filter((each) => each.word === origin && each.kind === kind);
    const flows = own.map((each) => this.filled.get(each) ?? NOTHING);
    if (kind === "output" && this.variables.size > 0)
      for (const [, name = ""] of (words[index] ?? "").matchAll(NAMED)) flows.push(this.variables.get(name) ?? NOTHING);
    return joined(flows);
  }

  /** What commands do to the shell itself. */
  private takeEffect(words: readonly string[], input: Flow): void {
    const [program = ""] = words;
    this.words.last = words.at(-1) ?? "";
    if (program === "cd" || program === "pushd") this.goTo(program, words);
    else if (program === "popd") this.folder = this.folders.pop() ?? this.folder;
    else if (program === "set" && words.includes("pipefail")) this.pipefail ||= !words.includes("+o");
    else if (/^(?:read|mapfile|readarray)$/.test(program) && input !== NOTHING)
      for (const word of words.slice(1)) if (/^[A-Za-z_]\w*$/.test(word)) this.variables.set(word, input);
  }

  private goTo(program: string, words: readonly string[]): void {
    if (program === "pushd") this.folders.push(this.folder);
    const folder = words.find((word, index) => index > 0 && !/^-./.test(word)) ?? "~";
    if (folder !== "-") this.folder = pathOf(plain(folder), this.folder);
  }

  private appends(call: Call): boolean {
    const line = this.words.raw(call, false);
    return line.includes(">>") || line.includes(" -a ") || call.files.length > 1;
  }
}

/** `NAME=value` behind `env` or `sudo`. */
function setPrefix(where: Where, word: string): void {
  const [, name = "", value = ""] = /^(\w{1,60})=(.*)$/s.exec(word) ?? [];
  if (name !== "") setVariable(where, name, plain(value));
}

/** `xargs` puts what it reads behind the words, or in their place. */
function spread(words: readonly string[], input: Flow): readonly (readonly string[])[] {
  if (input.texts.length === 0) return [words];
  const at = words.findIndex((word) => programName(word) === "xargs");
  if (at < 0) return [words];
  const given = input.texts.flatMap(({ text }) => text.slice(0, 1 << 14).split(/\s+/)).filter((word) => word !== "");
  const inner = withoutWrappers(words.slice(at));
  const option = words.findIndex((word) => word.startsWith("-I"));
  const mark = option < 0 ? "" : (words[option] ?? "").slice(2) || (words[option + 1] ?? "");
  if (mark === "") return [[...inner, ...given.slice(0, 50)]];
  return given.slice(0, 8).map((line) => inner.map((word) => word.replaceAll(mark, line)));
}

function isCheck({ words }: Call): boolean {
  return /sum$|^(?:gpgv?2?|cosign|minisign|openssl|\[{1,2}|test)$/.test(programOf(withoutWrappers(words)));
}

function isGrep({ words }: Call): boolean {
  return /^[ef]?grep$|^findstr$/.test(programOf(withoutWrappers(words)));
}
