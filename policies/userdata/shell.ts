/** What a shell script does, from its syntax: commands with their words, what they read and write, and assignments. */
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { LIMITS } from "./parts";

/** One command of a pipeline. */
export interface Call {
  /** The program and its arguments, with variables of the script followed where their value is written there. */
  readonly words: readonly string[];
  /** The text of its here document, or here string. */
  readonly input: string | undefined;
  /** Files that its output goes to. */
  readonly files: readonly string[];
  readonly line: number;
}

/** A pipeline, or an assignment by itself. */
export type Step =
  | { readonly kind: "pipeline"; readonly calls: readonly Call[] }
  | { readonly kind: "assignment"; readonly name: string; readonly value: string };

/** The parser looks for the end of the line once for every here document in it: their number times its length is bounded. */
const HEREDOC_COST = 1 << 28;

/** What the here documents of a text cost the parser. A line goes on behind a backslash and within quotes. */
function heredocCost(text: string): number {
  const open = new Set<string>();
  let [cost, count, start] = [0, 0, 0];
  for (const { 0: mark, index } of text.matchAll(/<<|["'`\n]|\\[^]/g)) {
    if (mark === "<<") count++;
    else if (mark === "\n" && open.size === 0) {
      cost += count * (index - start);
      [count, start] = [0, index];
    } else if (mark.length === 1 && mark !== "\n" && !open.delete(mark)) open.add(mark);
  }
  return cost + count * (text.length - start);
}

/** The steps of a script in the order of its text; undefined where reading it would take too long. */
export function readShell(text: string): readonly Step[] | undefined {
  if (text.includes("<<") && heredocCost(text) > HEREDOC_COST) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { parse, forEachChild } = require("unbash") as typeof Unbash;
  const reader = new Reader(text, forEachChild);
  try {
    reader.walk(parse(text), []);
    return reader.steps;
  } catch {
    // Nested too deeply for the stack.
    return undefined;
  }
}

class Reader {
  readonly steps: Step[] = [];
  private readonly variables = new Map<string, string>();
  private readonly lines: readonly number[];
  private budget: number = LIMITS.size;

  constructor(
    text: string,
    private readonly forEachChild: typeof Unbash.forEachChild,
  ) {
    const lines: number[] = [];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.push(at);
    this.lines = lines;
  }

  /** `files` are where the output of what is walked goes. */
  walk(node: Unbash.SyntaxNode, files: readonly string[]): void {
    if (node.type === "Command") this.pipeline([node], files);
    else if (node.type === "Pipeline") this.pipeline(node.commands, files);
    else if (node.type === "Redirected") this.children(node, [...this.targets(node.redirects), ...files].slice(0, 8));
    else this.children(node, files);
  }

  private children(node: Unbash.SyntaxNode, files: readonly string[]): void {
    this.forEachChild(node, (child) => {
      this.walk(child, files);
    });
  }

  private pipeline(commands: readonly Unbash.CommandNode[], files: readonly string[]): void {
    const calls: Call[] = [];
    const last = commands.at(-1);
    const sink = commands.length > 1 && last?.type === "Command" ? [...this.written(last), ...files] : files;
    for (const command of commands) {
      if (command.type === "Command") {
        // Assignments and substitutions come first, since the words may use them.
        this.children(command, []);
        this.assign(command);
        if (command.name) calls.push(this.call(command, command === last ? files : []));
      } else this.walk(command, sink);
    }
    if (calls.length > 0) this.steps.push({ kind: "pipeline", calls });
  }

  private call(command: Unbash.Command, inherited: readonly string[]): Call {
    const words = [command.name, ...command.args].map((word) => (word ? this.argument(word) : ""));
    const files = [...this.targets(command.redirects), ...teeFiles(words), ...inherited];
    return { words, files, input: this.input(command.redirects), line: this.line(command.pos) };
  }

  /** Files of the last command of a pipeline. */
  private written(command: Unbash.Command): readonly string[] {
    const words = [command.name, ...command.args].map((word) => (word ? this.argument(word) : ""));
    return [...this.targets(command.redirects), ...teeFiles(words)];
  }

  private targets(redirects: readonly Unbash.Redirection[]): string[] {
    return redirects.flatMap((redirect) => {
      if (redirect.type !== "Redirect" || !redirect.target || !/^(?:>|>>|>\||&>|&>>)$/.test(redirect.operator))
        return [];
      const stdout = redirect.descriptor?.type !== "FileDescriptor" || redirect.descriptor.value === 1;
      return stdout ? [this.value(redirect.target)] : [];
    });
  }

  private input(redirects: readonly Unbash.Redirection[]): string | undefined {
    const last = redirects.findLast(({ type }) => type === "HereDoc" || type === "HereString");
    if (last?.type === "HereString") return last.target && this.value(last.target);
    return last?.type === "HereDoc" ? hereText(last) : undefined;
  }

  private assign(command: Unbash.Command): void {
    const declares = /^(?:export|local|declare|readonly|typeset)$/.test(command.name?.value ?? "");
    const set = [...(declares || !command.name ? [...command.prefix, ...command.args] : command.prefix)];
    for (const each of set) {
      if (each.type !== "Assignment") continue;
      const value = each.value.type === "Word" ? this.value(each.value) : this.elements(each.value);
      // An assignment before a command holds for that command only.
      if (declares || !command.name) this.variables.set(each.name, value);
      this.steps.push({ kind: "assignment", name: each.name, value });
    }
  }

  private elements({ elements }: Unbash.ArrayValue): string {
    return elements.map((element) => this.value(element)).join(" ");
  }

  private argument(word: Unbash.CommandArgument): string {
    if (word.type === "Word") return this.value(word);
    return `${word.name}=${word.value.type === "Word" ? this.value(word.value) : this.elements(word.value)}`;
  }

  private value(word: Unbash.Word): string {
    return word.parts ? word.parts.map((part) => this.part(part)).join("") : word.value;
  }

  private part(part: Unbash.WordPart): string {
    switch (part.type) {
      case "Literal":
      case "SingleQuoted":
      case "AnsiCQuoted":
        return part.value;
      case "DoubleQuoted":
      case "LocaleString":
        return part.parts.map((each) => this.part(each)).join("");
      case "SimpleExpansion":
        return this.variable(part.text.slice(1)) ?? part.text;
      case "ParameterExpansion":
        return this.parameter(part);
      default:
        return part.text;
    }
  }

  private parameter(part: Unbash.ParameterExpansionPart): string {
    const { operation } = part;
    const value = part.prefix === undefined && !part.index ? this.variable(part.parameter) : undefined;
    if (!operation) return value ?? part.text;
    if (operation.type !== "Default" || !/^:?[-=]$/.test(operation.operator)) return part.text;
    return value ?? this.value(operation.operand);
  }

  /** The value of a variable, within what following variables may cost in all. */
  private variable(name: string): string | undefined {
    const value = this.variables.get(name);
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

/** Where the delimiter is not quoted, a backslash keeps `$`, the backquote and itself from being special. */
function hereText({ body, operator, delimiter }: Unbash.HereDoc): string {
  const text = operator === "<<-" ? body.text.replaceAll(/^\t+/gm, "") : body.text;
  return delimiter?.quoted === true
    ? text
    : text.replaceAll(/\\([$`\\\n])/g, (_, mark: string) => (mark === "\n" ? "" : mark));
}

function teeFiles(words: readonly string[]): readonly string[] {
  const [program, ...rest] = withoutWrappers(words);
  return program !== undefined && /(?:^|\/)tee$/.test(program) ? rest.filter((word) => !word.startsWith("-")) : [];
}

/** Programs that run another one, with their options that take a value. */
const WRAPPERS: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ughpCTrtD]$|^--(?:user|group)$/,
  env: /^-[uCS]$/,
  nice: /^-n$/,
  ionice: /^-[cnp]$/,
  timeout: /^-[sk]$/,
  stdbuf: /^-[ioe]$/,
  xargs: /^-[nIPLd]$/,
  exec: /^-a$/,
  ...Object.fromEntries(["nohup", "time", "command", "builtin", "setsid", "doas"].map((name) => [name, /^$/])),
};

/** The words from the program that really runs on: `sudo -u app env A=b tee f` runs `tee`. */
export function withoutWrappers(words: readonly string[]): readonly string[] {
  let at = 0;
  let name = words[0] ?? "";
  while (Object.hasOwn(WRAPPERS, name)) {
    at++;
    while (at < words.length && /^-|^\w+=/.test(words[at] ?? ""))
      at += WRAPPERS[name]?.test(words[at] ?? "") === true ? 2 : 1;
    if (name === "timeout") at++;
    name = words[at] ?? "";
  }
  return at < words.length ? words.slice(at) : words;
}
