/** Scripts and commands that run once, in their order, until one fails. */
import type { BootPart } from "./part";
import { quoted, SAY, scriptPart, STATE } from "./shell";

/** A program of its own, which starts with `#!`. */
export interface Step {
  /** What the console names when it fails: the property that it comes from, such as `userData.scripts[0]`. */
  readonly name: string;
  readonly script: string;
}

/** Why a script cannot run; undefined where it can. */
export function scriptProblem(script: string): string | undefined {
  if (!script.startsWith("#!")) return `start it with the program that runs it, such as "#!/bin/bash"`;
  if (!/^#![ \t]*\/\S/.test(script)) return `write the whole path of the program after "#!", such as "#!/bin/bash"`;
  return script.includes("\0") ? "it holds a NUL character, which no script may" : undefined;
}

/** Commands as one step: one shell runs them all, so that `cd` and variables last, and the console names the one that fails. */
export function commandsStep(commands: readonly string[], name: string): Step {
  const lines = commands.flatMap((command, index) => [`at=${String(index)}`, command]);
  const script = [
    "#!/bin/bash",
    "set -euo pipefail",
    SAY,
    `trap 'status=$?; [ "$status" -eq 0 ] || say ${quoted(name)}"[$at] ended with status $status"' EXIT`,
    ...lines,
    "",
  ].join("\n");
  return { name, script };
}

/**
 * The part that runs steps. cloud-init runs every script of a message, also after one that failed: therefore they are
 * one script, which stops.
 * @param files paths that must be there before: cloud-init goes on where it could not write a file
 */
export function stepsPart(steps: readonly Step[], files: readonly string[] = []): BootPart {
  const folder = `${STATE}/steps`;
  return scriptPart(
    "steps",
    "runs steps in their order, and none after one that fails",
    [
      ...files.map((path) => `[ -e ${quoted(path)} ] || fail ${quoted(path)} "was not written, no step is run"`),
      // cloud-init sets none, and programs stop without it.
      'export HOME="' + "${HOME:-/root}" + '"',
      `install -d -m 0700 ${STATE} ${folder}`,
      ...steps.flatMap((step, index) => stepLines(step, `${folder}/${String(index + 1).padStart(2, "0")}`)),
    ].join("\n"),
  );
}

function stepLines({ name, script }: Step, file: string): string[] {
  const text = script.replaceAll("\r\n", "\n");
  const end = endFor(text);
  return [
    "",
    `cat > ${file} << '${end}'`,
    text.endsWith("\n") ? text.slice(0, -1) : text,
    end,
    `chmod 0700 ${file}`,
    `${file} || fail ${quoted(name)} "ended with status $?, no later step is run"`,
  ];
}

/** A word to end the text with that is no line of it. */
function endFor(text: string): string {
  const lines = new Set(text.split("\n"));
  for (let number = 1; ; number++) {
    const end = `END_OF_STEP_${String(number)}`;
    if (!lines.has(end)) return end;
  }
}
