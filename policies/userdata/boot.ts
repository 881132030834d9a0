/** What a machine runs at boot, or by a schedule that boot sets up: commands with what they read, and other scripts. */
import { scriptOf } from "./actions";
import { aliveIn } from "./alive";
import { Texts, type Running } from "./metadata/texts";
import { perObject } from "../memo";
import type { Decoded, Part } from "./parts";
import { printed } from "./print";
import { readShell } from "./shell";
import { baseName } from "./sources/paths";
import { commandsIn, type Language } from "./sources/places";
import { plain, programOf, withoutWrappers, type Pipeline, type Step } from "./steps";

/** A command that runs. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  /** What it reads, where the text tells. */
  readonly input: string | undefined;
  /** Something before it in the pipeline answers what it asks. */
  readonly isPiped: boolean;
  /** It stands in a branch that is not always taken. */
  readonly isConditional: boolean;
}

/** A text in another language than shell that runs. */
export type Script = Pick<Running, "text" | "reading">;

export interface Boot {
  readonly commands: readonly Command[];
  readonly scripts: readonly Script[];
  /** What is written to a file, by its path or the name at its end. */
  readonly textOf: (path: string) => string | undefined;
  readonly files: readonly { readonly place: string; readonly text: string }[];
  readonly parts: readonly Part[];
  /** Whether that is all: nothing is left undecoded, or fetched by cloud-init itself. */
  readonly complete: boolean;
}

/** Worked out once for each text. */
export const bootOf = perObject((decoded: Decoded): Boot => {
  const texts = new Texts(decoded, true);
  const { files } = texts;
  const byName = new Map<string, string>();
  for (const { place, text } of files) {
    const before = byName.get(baseName(place));
    byName.set(baseName(place), before === undefined ? text : `${before}\n${text}`);
  }
  const textOf = (path: string): string | undefined => byName.get(baseName(path));
  const shell = texts.running.flatMap(shellOf);
  const steps = shell.flatMap(({ text, isFile }) => withNested(text, isFile, 0));
  return {
    commands: steps.flatMap((each) =>
      (each ?? []).flatMap((step) => (step.kind === "pipeline" ? commandsOf(step, textOf) : [])),
    ),
    scripts: texts.running.filter(({ reading }) => SCRIPTS.test(reading)),
    textOf,
    files,
    parts: decoded.parts,
    complete:
      decoded.problems.length === 0 &&
      decoded.parts.every(({ kind }) => kind !== "include") &&
      steps.every((each) => each !== undefined),
  };
});

/** The steps of a script, and of those that are arguments in it: `bash -c '…'`; undefined for what cannot be read. */
function withNested(text: string, isFile: boolean, depth: number): readonly (readonly Step[] | undefined)[] {
  const read = readShell(text);
  const steps = read && aliveIn(read, isFile);
  const calls = (steps ?? []).flatMap((step) => (step.kind === "pipeline" ? step.calls : []));
  const nested = calls.flatMap((call) => {
    const words = withoutWrappers(call.words);
    return scriptOf(programOf(words), words) ?? [];
  });
  return [steps, ...(depth < NESTED ? nested.flatMap((script) => withNested(script, false, depth + 1)) : [])];
}

const NESTED = 3;
const SCRIPTS = /^(?:powershell|batch)$/;
const COMMANDS = /^(?:shell|cron|unit|supervisor|logrotate|upstart)$/;

/** What a unit runs when it ends undoes what it has done. */
const ENDS = /^\s{0,20}ExecStop(?:Post)?\s{0,9}=/;

function shellOf({ text, reading, isFile }: Running): readonly { readonly text: string; readonly isFile: boolean }[] {
  if (!COMMANDS.test(reading)) return [];
  const run = reading === "unit" ? text.split("\n").filter((line) => !ENDS.test(line)) : undefined;
  return commandsIn(run?.join("\n") ?? text, reading as Language).map(({ script }) => ({ text: script, isFile }));
}

function commandsOf({ calls, context }: Pipeline, textOf: Boot["textOf"]): Command[] {
  const { after, branches } = context;
  const isConditional = after !== undefined || branches.some(({ kind }) => /^(?:then|else|case)$/.test(kind));
  let before: string | undefined;
  return calls.map((call, index) => {
    const words = withoutWrappers(call.words).map(plain);
    const input = call.input ?? (call.inputFile === undefined ? before : textOf(call.inputFile));
    before = outputOf(words, textOf);
    return { program: programOf(words), words, input: input && plain(input), isPiped: index > 0, isConditional };
  });
}

/** What a command hands on to the next one: a text that it prints, or a file that it shows. */
function outputOf(words: readonly string[], textOf: Boot["textOf"]): string | undefined {
  if (programOf(words) !== "cat") return printed(words);
  const file = words.find((word, index) => index > 0 && textOf(word) !== undefined);
  return file === undefined ? undefined : textOf(file);
}
