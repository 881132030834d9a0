/** Walks the syntax tree of a shell script and follows its variables, functions and loops as far as the text shows them. */
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { LIMITS } from "./parts";
import { printed } from "./print";
import {
  BACKQUOTE,
  DOLLAR,
  plain,
  programOf,
  withoutWrappers,
  type Branch,
  type Call,
  type Context,
  type Step,
  type Substitution,
} from "./steps";

/** How much of functions and loops is followed in all: this many characters, or what the whole text has. */
const FOLLOWED = 1 << 14;
/** Rounds of one loop. */
const LOOP = 8;
const DEPTH = 4;

/** How what is walked hangs together with what surrounds it. */
interface Scope {
  /** Where the output goes. */
  readonly files: readonly string[];
  readonly conditionOf: number | undefined;
  readonly branches: readonly Branch[];
  readonly list: number;
  readonly after: "&&" | "||" | undefined;
  readonly negated: boolean;
}

const TOP: Scope = { files: [], conditionOf: undefined, branches: [], list: 0, after: undefined, negated: false };

type Body = Unbash.Function["body"];

export class Reader {
  private steps: Step[] = [];
  private readonly variables = new Map<string, string>();
  private readonly arrays = new Map<string, readonly string[]>();
  private readonly functions = new Map<string, { readonly body: Body; called: boolean }>();
  private positional: readonly string[] | undefined;
  private readonly lines: readonly number[];
  private readonly mayFollow: number;
  private budget: number = LIMITS.size;
  private followed = 0;
  private depth = 0;
  private count = 0;
  private errexit: boolean;
  /** Where the command stands whose words are read. */
  private current: Scope = TOP;

  constructor(
    text: string,
    private readonly forEachChild: typeof Unbash.forEachChild,
  ) {
    const lines: number[] = [];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.push(at);
    this.lines = lines;
    this.mayFollow = Math.max(FOLLOWED, text.length);
    this.errexit = /^#![^\n]*\s-[a-z]*e/.test(text);
  }

  read(script: Unbash.ParsedScript): readonly Step[] {
    this.walk(script, TOP);
    // What the text never calls may be called from elsewhere.
    for (const { body, called } of this.functions.values()) if (!called) this.inFunction(body, undefined, TOP);
    return this.steps;
  }

  private walk(node: Unbash.SyntaxNode, scope: Scope): void {
    this.current = scope;
    switch (node.type) {
      case "Statement":
        this.walk(node.command, { ...scope, list: ++this.count, after: undefined, negated: false });
        break;
      case "AndOr":
        this.andOr(node, scope);
        break;
      case "Command":
        this.pipeline([node], scope);
        break;
      case "Pipeline":
        this.pipeline(node.commands, { ...scope, negated: node.prefixes.some(({ type }) => type === "Negation") });
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
        this.children(node, node.type === "Case" ? this.within(scope, "case", ++this.count) : scope);
    }
  }

  private children(node: Unbash.SyntaxNode, scope: Scope): void {
    this.forEachChild(node, (child) => {
      this.walk(child, scope);
    });
  }

  private within(scope: Scope, kind: Branch["kind"], of: number): Scope {
    return { ...scope, conditionOf: undefined, branches: [...scope.branches.slice(0, 16), { of, kind }] };
  }

  private andOr(node: Unbash.AndOr, scope: Scope): void {
    for (const [index, command] of node.commands.entries()) {
      const after = index === 0 ? scope.after : node.operators[index - 1];
      const inner = isGroup(command) ? this.grouped(scope, after, index < node.commands.length - 1) : scope;
      this.walk(command, { ...inner, after });
    }
  }

  /** Commands in braces or parentheses are lists of their own: what they hang on is the list around them. */
  private grouped(scope: Scope, after: Scope["after"], decides: boolean): Scope {
    const inner = after ? this.within(scope, after === "&&" ? "then" : "else", scope.list) : scope;
    return decides ? { ...inner, conditionOf: scope.list } : inner;
  }

  private branch(node: Unbash.If, scope: Scope): void {
    const number = ++this.count;
    this.walk(node.clause, { ...scope, conditionOf: number });
    this.walk(node.then, this.within(scope, "then", number));
    const rest = this.within(scope, "else", number);
    for (const { clause, then } of node.elif) {
      const inner = ++this.count;
      this.walk(clause, { ...rest, conditionOf: inner });
      this.walk(then, this.within(rest, "then", inner));
    }
    if (node.else) this.walk(node.else, rest);
  }

  /** The body once for each value, as long as there are few. */
  private loop(node: Unbash.For | Unbash.Select, scope: Scope): void {
    const inner = this.within(scope, "loop", ++this.count);
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

  /** What a word without quotes becomes; arrays keep their elements. */
  private split(word: Unbash.Word): readonly string[] {
    const [part] = word.parts ?? [];
    const inner = part?.type === "DoubleQuoted" && word.parts?.length === 1 ? part.parts[0] : part;
    if (inner?.type === "ParameterExpansion" && inner.index) {
      const elements = this.arrays.get(inner.parameter);
      if (elements) return elements.map((each) => (inner.prefix === "!" ? keyOf(each) : elementOf(each)));
    }
    if (word.text === "$@" || word.text === '"$@"') return this.positional ?? [];
    const value = this.value(word);
    return part && part.type !== "DoubleQuoted" && part.type !== "SingleQuoted" ? value.split(/\s+/) : [value];
  }

  private redirected(node: Unbash.Redirected, scope: Scope): void {
    const files = [...this.targets(node.redirects), ...scope.files].slice(0, 8);
    const input = this.input(node.redirects, [], 0);
    this.inputFile(node.redirects, [], 0);
    if (node.command.type === "While") this.loopBody(node.command, { ...scope, files }, (input ?? "").split("\n"));
    else this.walk(node.command, { ...scope, files });
  }

  /** `while read -r a b; do …; done`: once for each line, as long as there are few. */
  private loopBody(node: Unbash.While, scope: Scope, lines: readonly string[]): void {
    const number = ++this.count;
    this.walk(node.clause, { ...scope, conditionOf: number });
    const inner = this.within(scope, "loop", number);
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

  /** Binds the variables of `read` to the fields of a line. */
  private readInto(words: readonly string[], line: string): void {
    const names = words.slice(1).filter((word) => /^[A-Za-z_]\w*$/.test(word));
    const separator = this.variables.get("IFS") ?? "";
    const fields = line.trim().split(separator.trim() === "" ? /\s+/ : separator);
    for (const [index, name] of names.entries()) {
      const last = index === names.length - 1;
      this.variables.set(name, last ? fields.slice(index).join(separator || " ") : (fields[index] ?? ""));
    }
  }

  private pipeline(commands: readonly Unbash.CommandNode[], scope: Scope): void {
    const calls: Call[] = [];
    let given: string | undefined;
    const last = commands.at(-1);
    const ends = last?.type === "Command" ? this.ready(last) : undefined;
    const sink = commands.length > 1 && ends ? [...ends.files, ...scope.files] : scope.files;
    for (const command of commands) {
      if (command.type !== "Command") {
        const from = this.steps.length;
        this.walk(command, { ...scope, files: sink });
        given = printedBy(this.steps.slice(from));
        continue;
      }
      const ready = command === last && ends ? ends : this.ready(command);
      const call = given !== undefined && ready.input === undefined ? { ...ready, input: given } : ready;
      given = undefined;
      if (call.words.length > 0)
        calls.push(command === last ? { ...call, files: [...call.files, ...scope.files] } : call);
    }
    if (calls.length === 0) return;
    this.steps.push({ kind: "pipeline", calls, context: this.context(scope) });
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
      context: this.context(scope),
    });
  }

  private context({ list, after, negated, conditionOf, branches }: Scope): Context {
    return { list, after, negated, conditionOf, branches, errexit: this.errexit };
  }

  /** What calls do to what follows: functions run, `set`, `shift` and `read` change the shell. */
  private takeEffect(calls: readonly Call[], scope: Scope): void {
    const [first] = calls;
    const words = first?.words ?? [];
    const name = words[0] ?? "";
    if (name === "set") this.set(words);
    else if (name === "shift") this.positional = this.positional?.slice(Number(words[1] ?? 1));
    else if (name === "read" && first?.input !== undefined) this.readInto(words, first.input.split("\n", 1)[0] ?? "");
    for (const call of calls) {
      const program = withoutWrappers(call.words);
      const called = this.functions.get(program[0] ?? "");
      if (called) this.call(called, program.slice(1), call.files, scope);
    }
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
    this.inFunction(called.body, args, { ...scope, files: [...files, ...scope.files].slice(0, 8) });
  }

  private inFunction(body: Body, args: readonly string[] | undefined, scope: Scope): void {
    const outer = this.positional;
    this.positional = args;
    this.depth++;
    this.walk(body, this.within(scope, "function", ++this.count));
    this.depth--;
    this.positional = outer;
  }

  /** A command with its words; its assignments and substitutions become steps before it. */
  private ready(command: Unbash.Command): Call {
    this.assign(command);
    const substitutions: Substitution[] = [];
    const words: string[] = [];
    for (const word of [command.name, ...command.args]) if (word) this.argument(word, words, substitutions);
    const files = [...this.targets(command.redirects), ...writtenFiles(words)];
    const inputFile = this.inputFile(command.redirects, substitutions, words.length);
    return {
      words,
      substitutions,
      files,
      inputFile,
      input: this.input(command.redirects, substitutions, words.length),
      line: this.line(command.pos),
    };
  }

  private inputFile(
    all: readonly Unbash.Redirection[],
    substitutions: Substitution[],
    word: number,
  ): string | undefined {
    for (const each of all)
      if (each.type === "Redirect" && each.operator === "<" && each.target)
        return this.value(each.target, substitutions, word);
    return undefined;
  }

  private argument(word: Unbash.CommandArgument, words: string[], substitutions: Substitution[]): void {
    if (word.type === "Assignment") {
      const value =
        word.value.type === "Word" ? this.value(word.value, substitutions, words.length) : this.elements(word.value);
      words.push(`${word.name}=${value}`);
    } else if (/^"?\$\{?[@*]\}?"?$/.test(word.text)) words.push(...(this.positional ?? []));
    else words.push(this.value(word, substitutions, words.length));
  }

  private targets(redirects: readonly Unbash.Redirection[]): string[] {
    return redirects.flatMap((redirect) => {
      if (redirect.type !== "Redirect" || !redirect.target || !/^(?:>|>>|>\||&>|&>>)$/.test(redirect.operator))
        return [];
      const stdout = redirect.descriptor?.type !== "FileDescriptor" || redirect.descriptor.value === 1;
      return stdout ? [this.value(redirect.target)] : [];
    });
  }

  private input(
    redirects: readonly Unbash.Redirection[],
    substitutions: Substitution[],
    word: number,
  ): string | undefined {
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

  private assign(command: Unbash.Command): void {
    const name = command.name?.value ?? "";
    const declares = /^(?:export|local|declare|readonly|typeset)$/.test(name);
    for (const each of declares || !command.name ? [...command.prefix, ...command.args] : command.prefix) {
      if (each.type !== "Assignment") continue;
      const substitutions: Substitution[] = [];
      const value =
        each.value.type === "Word" ? this.value(each.value, substitutions) : this.elements(each.value, each.name);
      const all = each.append === true ? (this.variables.get(each.name) ?? "") + value : value;
      // An assignment before a command holds for that command only, but for what `read` splits by.
      if (declares || !command.name || name === "read") this.variables.set(each.name, all);
      const scripts = substitutions.flatMap(({ steps }) => steps);
      this.bound("assignment", each.name, all, each.pos, scripts);
    }
    if (name === "printf") this.printfInto(command);
  }

  /** `printf -v NAME FORMAT VALUE` assigns. */
  private printfInto(command: Unbash.Command): void {
    const [option, name, format, ...values] = command.args;
    if (option?.text !== "-v" || name?.type !== "Word" || !format) return;
    const words = [format, ...values].map((word) => (word.type === "Word" ? this.value(word) : ""));
    const value = words.length > 1 ? words.slice(1).join("") : (words[0] ?? "");
    this.variables.set(name.value, value);
    this.bound("assignment", name.value, value, command.pos);
  }

  private bound(
    kind: "assignment" | "default",
    name: string,
    value: string,
    position: number,
    scripts: readonly Step[] = [],
  ): void {
    this.steps.push({ kind, name, value, scripts, line: this.line(position), context: this.context(this.current) });
  }

  private elements({ elements }: Unbash.ArrayValue, name?: string): string {
    const values = elements.map((element) => this.value(element));
    if (name !== undefined) this.arrays.set(name, values.slice(0, 100));
    return values.join(" ");
  }

  /** The value of a word; scripts in it run first. */
  private value(word: Unbash.Word, substitutions?: Substitution[], index = 0): string {
    if (!word.parts) return literal(word.value);
    return word.parts.map((part) => this.part(part, substitutions, index)).join("");
  }

  private part(part: Unbash.WordPart, substitutions?: Substitution[], index = 0): string {
    switch (part.type) {
      case "Literal":
      case "SingleQuoted":
      case "AnsiCQuoted":
        return literal(part.value);
      case "DoubleQuoted":
      case "LocaleString":
        return part.parts.map((each) => this.part(each, substitutions, index)).join("");
      case "SimpleExpansion":
        return this.variable(part.text.slice(1)) ?? part.text;
      case "ParameterExpansion":
        return this.parameter(part);
      case "CommandExpansion":
      case "ProcessSubstitution": {
        const kind = part.type === "CommandExpansion" ? "output" : part.operator === "<" ? "input file" : "output file";
        const steps = this.inner(part.script);
        substitutions?.push({ word: index, kind, steps });
        return kind === "output" ? "$(…)" : `${part.type === "ProcessSubstitution" ? part.operator : ""}(…)`;
      }
      default:
        return part.text;
    }
  }

  /** The steps of a script within a word, in the branches of its command. They stand in the list of all steps, too. */
  private inner(script: Unbash.ParsedScript | undefined): readonly Step[] {
    if (!script) return [];
    const from = this.steps.length;
    const outer = this.current;
    this.walk(script, { ...TOP, branches: outer.branches });
    this.current = outer;
    return this.steps.slice(from);
  }

  private parameter(part: Unbash.ParameterExpansionPart): string {
    const { operation, parameter } = part;
    if (part.index) return this.element(part);
    const value = part.prefix === undefined ? this.variable(parameter) : undefined;
    if (!operation) return value ?? part.text;
    if (operation.type !== "Default" || !/^:?[-=]$/.test(operation.operator)) return part.text;
    const operand = this.value(operation.operand);
    this.bound("default", parameter, operand, part.pos);
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

  private line(position: number): number {
    let low = 0;
    let high = this.lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lines[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }
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

/** What the shell does not expand. */
function literal(text: string): string {
  return /[$`]/.test(text) ? text.replaceAll("$", DOLLAR).replaceAll("`", BACKQUOTE) : text;
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

/** Files that a program writes its standard input to. */
function writtenFiles(words: readonly string[]): readonly string[] {
  const call = withoutWrappers(words);
  const program = programOf(call);
  const rest = call.slice(1).filter((word) => !/^-./.test(word));
  if (program === "tee" || program === "sponge") return rest;
  const copies = /^(?:install|cp)$/.test(program) && (rest.includes("/dev/stdin") || rest.includes("-"));
  if (copies) return rest.slice(-1);
  return program === "dd" ? rest.filter((word) => word.startsWith("of=")).map((word) => word.slice(3)) : [];
}
