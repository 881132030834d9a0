/** Walks the syntax tree of a shell script and follows its variables, functions and loops as far as the text shows them. */
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { meantBy } from "./decoders";
import { printed } from "./print";
import { Scope } from "./shell-scope";
import { lineEnds, lineIn } from "./spot";
import { NONE, WordReader } from "./shell-words";
import { plain, programOf, withoutWrappers, type Call, type Step, type Substitution } from "./steps";

/** How many characters of functions and loops are followed in all, beyond a quarter of the whole text. */
const FOLLOWED = 1 << 13;
/** Rounds of one loop. */
const LOOP = 8;
const DEPTH = 4;

const DECLARES: ReadonlySet<string> = new Set(["export", "local", "declare", "readonly", "typeset"]);
const WRITERS: ReadonlySet<string> = new Set(["tee", "sponge", "install", "cp", "dd"]);

type Body = Unbash.Function["body"];

export class Reader extends WordReader {
  private steps: Step[] = [];
  private readonly functions = new Map<string, { readonly body: Body; called: boolean }>();
  private readonly lines: readonly number[];
  private readonly mayFollow: number;
  private followed = 0;
  private depth = 0;
  private count = 0;
  /** Where the text begins that positions count in. */
  private offset = 0;
  private errexit: boolean;
  /** Where the command stands whose words are read. */
  private current = Scope.TOP;

  constructor(
    text: string,
    private readonly forEachChild: typeof Unbash.forEachChild,
  ) {
    super();
    this.lines = lineEnds(text);
    this.mayFollow = FOLLOWED + text.length / 4;
    this.errexit = /^#![^\n]*\s-[a-z]*e/.test(text);
  }

  read(script: Unbash.ParsedScript): readonly Step[] {
    this.walk(script, Scope.TOP);
    // What the text never calls may be called from elsewhere.
    for (const [name, { body, called }] of this.functions)
      if (!called) this.inFunction(body, undefined, Scope.TOP, name);
    return this.steps;
  }

  private walk(node: Unbash.SyntaxNode, scope: Scope): void {
    this.current = scope;
    switch (node.type) {
      case "Statement":
        this.walk(node.command, scope.asList(++this.count));
        break;
      case "AndOr":
        this.andOr(node, scope);
        break;
      case "Command":
        this.pipeline([node], scope);
        break;
      case "Pipeline":
        this.pipeline(node.commands, scope.asPipeline(node.prefixes.some(isNegation)));
        break;
      case "Redirected":
        this.redirected(node, scope);
        break;
      case "Function":
        this.functions.set(node.name.value, { body: node.body, called: false });
        break;
      case "If":
        this.branch(node, scope);
        break;
      case "For":
      case "Select":
        this.loop(node, scope);
        break;
      case "While":
        this.loopBody(node, scope, []);
        break;
      case "TestCommand":
        this.test(node, scope);
        break;
      case "Word":
        this.value(node);
        break;
      default:
        this.children(node, node.type === "Case" ? scope.within("case", ++this.count) : scope);
    }
  }

  private children(node: Unbash.SyntaxNode, scope: Scope): void {
    this.forEachChild(node, (child) => {
      this.walk(child, scope);
    });
  }

  private andOr(node: Unbash.AndOr, scope: Scope): void {
    for (const [index, command] of node.commands.entries()) {
      const after = index === 0 ? scope.after : node.operators[index - 1];
      const inner = isGroup(command) ? scope.asGroup(after, index < node.commands.length - 1) : scope;
      this.walk(command, inner.behind(after));
    }
  }

  private branch(node: Unbash.If, scope: Scope): void {
    const number = ++this.count;
    this.walk(node.clause, scope.asCondition(number));
    this.walk(node.then, scope.within("then", number));
    const rest = scope.within("else", number);
    for (const { clause, then } of node.elif) {
      const inner = ++this.count;
      this.walk(clause, rest.asCondition(inner));
      this.walk(then, rest.within("then", inner));
    }
    if (node.else) this.walk(node.else, rest);
  }

  /** The body once for each value, as long as there are few. */
  private loop(node: Unbash.For | Unbash.Select, scope: Scope): void {
    const inner = scope.within("loop", ++this.count);
    const values = node.wordlist?.flatMap((word) => this.split(word)) ?? this.positional ?? [];
    let walked = false;
    for (const value of values.slice(0, LOOP)) {
      if (!this.follows(node.body)) break;
      this.variables.set(node.name.value, value);
      this.walk(node.body, inner);
      walked = true;
    }
    if (!walked) this.walk(node.body, inner);
  }

  private redirected(node: Unbash.Redirected, scope: Scope): void {
    const files = [...this.targets(node.redirects), ...scope.files].slice(0, 8);
    const input = this.input(node.redirects, [], 0);
    this.inputFile(node.redirects, [], 0);
    if (node.command.type === "While") this.loopBody(node.command, scope.into(files), (input ?? "").split("\n"));
    else this.walk(node.command, scope.into(files));
  }

  /** `while read -r a b; do …; done`: once for each line, as long as there are few. */
  private loopBody(node: Unbash.While, scope: Scope, lines: readonly string[]): void {
    const number = ++this.count;
    this.walk(node.clause, scope.asCondition(number));
    const inner = scope.within("loop", number);
    const read = this.steps
      .findLast((step) => step.kind === "pipeline")
      ?.calls.find(({ words }) => words[0] === "read");
    const given = read ? lines.filter((line) => line.trim() !== "").slice(0, LOOP) : [];
    for (const line of given) {
      if (!this.follows(node.body)) break;
      this.readInto(read?.words ?? [], line);
      this.walk(node.body, inner);
    }
    if (given.length === 0) this.walk(node.body, inner);
  }

  private pipeline(commands: readonly Unbash.CommandNode[], scope: Scope): void {
    const calls: Call[] = [];
    let given: string | undefined;
    const last = commands.at(-1);
    const ends = last?.type === "Command" ? this.ready(last, scope.files) : undefined;
    const sink = commands.length > 1 && ends ? ends.files : scope.files;
    for (const command of commands) {
      if (command.type !== "Command") {
        const from = this.steps.length;
        this.walk(command, scope.into(sink));
        given = printedBy(this.steps.slice(from));
        continue;
      }
      const ready = command === last && ends ? ends : this.ready(command, NONE);
      const call = given !== undefined && ready.input === undefined ? { ...ready, input: given } : ready;
      given = undefined;
      if (call.words.length > 0) calls.push(call);
    }
    if (calls.length === 0) return;
    this.steps.push({ kind: "pipeline", calls: kept(calls), context: scope.context(this.errexit) });
    this.takeEffect(calls, scope);
  }

  /** `[[ … ]]`, as a call of that name. */
  private test(node: Unbash.TestCommand, scope: Scope): void {
    const words = ["[["];
    const substitutions: Substitution[] = [];
    const operand = (word: Unbash.Word): void => {
      words.push(this.value(word, substitutions, words.length));
    };
    const add = (each: Unbash.TestExpression): void => {
      if (each.type === "TestLogical") each.operands.forEach(add);
      else if (each.type === "TestGroup") add(each.expression);
      else if (each.type === "TestNot") {
        words.push("!");
        add(each.operand);
      } else if (each.type === "TestUnary") {
        words.push(each.operator);
        operand(each.operand);
      } else {
        operand(each.left);
        words.push(each.operator);
        operand(each.right);
      }
    };
    add(node.expression);
    const call = { words: [...words, "]]"], substitutions, files: [], input: undefined, inputFile: undefined };
    this.steps.push({
      kind: "pipeline",
      calls: [{ ...call, line: this.line(node.pos) }],
      context: scope.context(this.errexit),
    });
  }

  /** What calls do to what follows: functions run, `set`, `shift` and `read` change the shell. */
  private takeEffect(calls: readonly Call[], scope: Scope): void {
    const [first] = calls;
    if (first) this.changeShell(first);
    for (const call of calls) {
      // A function may have the name of a wrapper.
      const program = this.functions.has(call.words[0] ?? "") ? call.words : withoutWrappers(call.words);
      const called = this.functions.get(program[0] ?? "");
      if (called) this.call(called, program.slice(1), call.files, scope);
    }
  }

  private changeShell({ words, input }: Call): void {
    const name = words[0];
    if (name === "set") this.set(words);
    else if (name === "shift") this.positional = this.positional?.slice(Number(words[1] ?? 1));
    else if (name === "read" && input !== undefined) this.readInto(words, input.split("\n", 1)[0] ?? "");
  }

  /** Whether the text of one more round or call is within what following may cost. */
  private follows({ pos, end }: { pos: number; end: number }): boolean {
    this.followed += end - pos;
    return this.followed <= this.mayFollow;
  }

  private set(words: readonly string[]): void {
    for (const word of words.slice(1)) {
      if (/^-[a-z]*e/.test(word) || word === "errexit") this.errexit = !words.includes("+o");
      if (/^\+[a-z]*e/.test(word)) this.errexit = false;
    }
    const at = words.indexOf("--");
    if (at > 0) this.positional = words.slice(at + 1);
  }

  private call(
    called: { body: Body; called: boolean },
    args: readonly string[],
    files: readonly string[],
    scope: Scope,
  ): void {
    if (this.depth >= DEPTH || !this.follows(called.body)) return;
    called.called = true;
    this.inFunction(called.body, args, scope.into([...files, ...scope.files].slice(0, 8)));
  }

  private inFunction(body: Body, args: readonly string[] | undefined, scope: Scope, uncalled?: string): void {
    const outer = this.positional;
    this.positional = args;
    this.depth++;
    this.walk(body, scope.within("function", ++this.count, uncalled));
    this.depth--;
    this.positional = outer;
  }

  /** A command with its words; its assignments and substitutions become steps before it. Its output also goes to `outer`. */
  private ready(command: Unbash.Command, outer: readonly string[]): Call {
    this.assign(command);
    const substitutions: Substitution[] = [];
    const words: string[] = [];
    if (command.name) this.argument(command.name, words, substitutions);
    for (const word of command.args) this.argument(word, words, substitutions);
    const own = joined(this.targets(command.redirects), writtenFiles(words));
    const inputFile = this.inputFile(command.redirects, substitutions, words.length);
    return {
      words: kept(words),
      substitutions: kept(substitutions),
      files: joined(own, outer),
      inputFile,
      input: this.input(command.redirects, substitutions, words.length),
      line: this.line(command.pos),
    };
  }

  private assign(command: Unbash.Command): void {
    const name = command.name?.value ?? "";
    const declares = DECLARES.has(name);
    for (const each of declares || !command.name ? [...command.prefix, ...command.args] : command.prefix) {
      if (each.type !== "Assignment") continue;
      const substitutions: Substitution[] = [];
      this.assigned = each.name;
      const value =
        each.value.type === "Word" ? this.value(each.value, substitutions) : this.elements(each.value, each);
      this.assigned = undefined;
      const before = each.append === true ? (this.variables.get(each.name) ?? "") : "";
      // An assignment before a command holds for that command only, but for what `read` splits by.
      if (declares || !command.name || name === "read")
        this.variables.set(each.name, before + meantBy(value, substitutions));
      this.bound("assignment", each.name, before + value, each.pos, stepsOf(substitutions));
    }
    if (name === "printf") this.printfInto(command);
  }

  /** `printf -v NAME FORMAT VALUE` assigns. */
  private printfInto(command: Unbash.Command): void {
    const [option, name, format, ...values] = command.args;
    if (option?.text !== "-v" || name?.type !== "Word" || !format) return;
    const words = [format, ...values].map((word) => (word.type === "Word" ? this.value(word) : ""));
    const value = printed(["printf", ...words]) ?? "";
    this.variables.set(name.value, value);
    this.bound("assignment", name.value, value, command.pos);
  }

  protected override bound(
    kind: "assignment" | "default",
    name: string,
    value: string,
    position: number,
    scripts: readonly Step[] = [],
  ): void {
    this.steps.push({
      kind,
      name,
      value,
      scripts,
      line: this.line(position),
      context: this.current.context(this.errexit),
    });
  }

  private line(position: number): number {
    return lineIn(this.lines, position + this.offset);
  }

  /** The steps of a script within a word, in the branches of its command. They stand in the list of all steps, too. */
  protected override inner(script: Unbash.ParsedScript | undefined, offset: number): readonly Step[] {
    if (!script) return [];
    const from = this.steps.length;
    const outer = this.current;
    this.offset += offset;
    this.walk(script, Scope.inBranches(outer.branches));
    this.offset -= offset;
    this.current = outer;
    return this.steps.slice(from);
  }
}

/** Steps are kept as long as their script is: without the room that a list takes to grow, and one empty list for all. */
function kept<Item>(list: readonly Item[]): readonly Item[] {
  return list.length === 0 ? EMPTY : list.slice();
}

const EMPTY: readonly never[] = [];

function joined(first: readonly string[], second: readonly string[]): readonly string[] {
  if (second.length === 0) return kept(first);
  return first.length === 0 ? second : [...first, ...second];
}

function stepsOf(substitutions: readonly Substitution[]): readonly Step[] {
  return substitutions.length === 0 ? EMPTY : substitutions.flatMap(({ steps }) => steps);
}

function isNegation({ type }: { readonly type: string }): boolean {
  return type === "Negation";
}

/** Braces, parentheses, and conditions and loops as one command of a list. */
function isGroup(node: Unbash.PipelineNode): boolean {
  const { type } = node.type === "Redirected" ? node.command : node;
  return type !== "Command" && type !== "Pipeline" && type !== "TestCommand" && type !== "ArithmeticCommand";
}

/** What the commands of a group print. */
function printedBy(steps: readonly Step[]): string | undefined {
  const lines = steps
    .flatMap((step) => (step.kind === "pipeline" ? step.calls : []))
    .map(({ words }) => printed(words));
  const known = lines.filter((line) => line !== undefined);
  return known.length > 0 ? plain(known.join("\n")) : undefined;
}

/** Files that a program writes its standard input to. */
function writtenFiles(words: readonly string[]): readonly string[] {
  const call = withoutWrappers(words);
  const program = programOf(call);
  if (!WRITERS.has(program)) return NONE;
  if (program === "dd") return call.filter((word) => word.startsWith("of=")).map((word) => word.slice(3));
  const writes = program === "tee" || program === "sponge";
  if (!writes && !call.includes("/dev/stdin") && !call.includes("-")) return NONE;
  const operands = call.slice(1).filter((word) => !/^-./.test(word));
  return writes ? operands : operands.slice(-1);
}
