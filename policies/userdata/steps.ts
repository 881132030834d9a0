/** The words of what a shell script does. */
/** One command of a pipeline. */
export interface Call {
  /**
   * The program and its arguments, with variables of the script followed where their value is written there. What stays
   * open stands as `$NAME`, `${…}` or `$(…)`; a dollar sign that the shell takes literally is `DOLLAR`.
   */
  readonly words: readonly string[];
  /** Scripts whose output is, or whose file name stands for, a part of a word: `$(…)`, `<(…)`. */
  readonly substitutions: readonly Substitution[];
  /** The text of its here document, or here string. */
  readonly input: string | undefined;
  /** The file that its input comes from. */
  readonly inputFile: string | undefined;
  /** Files that its output goes to. */
  readonly files: readonly string[];
  readonly line: number;
}

export interface Substitution {
  /** Which word it stands in; behind the last one: in its input. */
  readonly word: number;
  readonly kind: "output" | "input file" | "output file";
  readonly steps: readonly Step[];
}

/** Where a pipeline stands among others. */
export interface Context {
  /** The list of pipelines that `&&` and `||` join; each has a number. */
  readonly list: number;
  /** What stands before it in the list. */
  readonly after: "&&" | "||" | undefined;
  /** `set -e` holds: a failure ends the script, unless the pipeline is a condition or another one follows behind `||`. */
  readonly errexit: boolean;
  readonly negated: boolean;
  /** The `if` or loop whose condition it belongs to, or the list that it decides from within a group. */
  readonly conditionOf: number | undefined;
  /** The branches it stands in, outermost first. */
  readonly branches: readonly Branch[];
}

export interface Branch {
  /** The number of the `if`, loop, `case` or function, or of the list that a group stands in behind `&&` or `||`. */
  readonly of: number;
  readonly kind: "then" | "else" | "loop" | "case" | "function";
  /** The name of the function, where the text does not call it. */
  readonly uncalled?: string;
}

/** A pipeline, an assignment by itself, or the default of a variable. */
export type Step =
  | { readonly kind: "pipeline"; readonly calls: readonly Call[]; readonly context: Context }
  | {
      readonly kind: "assignment" | "default";
      readonly name: string;
      readonly value: string;
      /** What the value is the output of. */
      readonly scripts: readonly Step[];
      readonly line: number;
      readonly context: Context;
    };

export type Pipeline = Extract<Step, { kind: "pipeline" }>;

/** A dollar sign or a backquote in words that means itself. */
export const DOLLAR = "\uE024";
export const BACKQUOTE = "\uE060";
const MARKED = /[\uE024\uE060]/;

/** A word as it is for the program that gets it. */
export function plain(word: string): string {
  return MARKED.test(word) ? word.replaceAll(DOLLAR, "$").replaceAll(BACKQUOTE, "`") : word;
}

/** Programs that run another one, with their options that take a value. */
const WRAPPERS: ReadonlyMap<string, RegExp> = new Map([
  ["sudo", /^-[ughpCTrtD]$|^--(?:user|group)$/],
  ["env", /^-[uCS]$/],
  ["nice", /^-n$/],
  ["ionice", /^-[cnp]$/],
  ["timeout", /^-[sk]$/],
  ["stdbuf", /^-[ioe]$/],
  ["xargs", /^-[nIPLd]$/],
  ["exec", /^-a$/],
  ["flock", /^-[wE]$/],
  ...["nohup", "time", "command", "builtin", "setsid", "doas", "retry", "cloud-init-per"].map(
    (name) => [name, /^$/] as const,
  ),
]);

/** Wrappers whose first argument is not the program. */
const TAKES_ONE: ReadonlySet<string> = new Set(["timeout", "flock", "cloud-init-per"]);

/** The words from the program that really runs on: `sudo -u app env A=b tee f` runs `tee`. */
export function withoutWrappers(words: readonly string[]): readonly string[] {
  let at = 0;
  let name = words[0] ?? "";
  for (let valued = WRAPPERS.get(name); valued; valued = WRAPPERS.get(name)) {
    at++;
    while (at < words.length && /^-|^\w+=/.test(words[at] ?? "")) at += valued.test(words[at] ?? "") ? 2 : 1;
    if (TAKES_ONE.has(name)) at += name === "cloud-init-per" ? 2 : 1;
    name = words[at] ?? "";
  }
  return at > 0 && at < words.length ? words.slice(at) : words;
}

/** The name of a program without its folder. */
export function programOf(words: readonly string[]): string {
  const name = words[0] ?? "";
  return name.slice(name.lastIndexOf("/") + 1);
}
