/** Scripts and commands that run once, in their order, until one fails. */
import type { BootFile } from "./files";
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

/** Why a command cannot run; undefined where it can. */
export function commandProblem(command: string): string | undefined {
  return command.includes("\0") ? "it holds a NUL character, which no command may" : undefined;
}

/**
 * Commands as one step: the lines of one shell as they stand, so that `cd`, variables and all that takes several lines
 * last. The console names the one that fails by the number of its line, never by its text.
 */
export function commandsStep(commands: readonly string[], name: string): Step {
  const texts = commands.map((command) => command.replaceAll("\r\n", "\n"));
  const lengths = texts.map((text) => text.split("\n").length);
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0));
  return { name, script: `${[...reporting(name, starts), ...texts].join("\n")}\n` };
}

/**
 * A failure has the line of the command in ERR, where the outermost of BASH_LINENO is that of the call; `exit` and unset
 * variables have none in EXIT, therefore DEBUG notes it, and leaves `$_` as it was. Where the commands set traps of their
 * own, whoever runs the step still says that it failed.
 */
function reporting(name: string, starts: readonly number[]): string[] {
  const lines = (before: number): string[] => [
    "#!/bin/bash",
    "set -Eeuo pipefail",
    ...SAY.split("\n"),
    `ec2_hardening_at=(${starts.map((start) => String(before + 1 + start)).join(" ")})`,
    "ec2_hardening_line=0",
    "ec2_hardening_report() {",
    "  local status=$1 line=${2:-${BASH_LINENO[-2]}} index=0",
    '  [ "$status" -ne 0 ] && [ "$BASH_SUBSHELL" -eq 0 ] && [ "$ec2_hardening_line" -ge 0 ] || return 0',
    "  ec2_hardening_line=-1",
    '  while [ "${ec2_hardening_at[index + 1]:-$((line + 1))}" -le "$line" ]; do index=$((index + 1)); done',
    `  say ${quoted(name)}"[$index] ended with status $status"`,
    "}",
    `trap 'ec2_hardening_report "$?" ""' ERR`,
    `trap 'ec2_hardening_report "$?" "$ec2_hardening_line"' EXIT`,
    `trap ': "$((ec2_hardening_line = LINENO > ${String(before)} && ec2_hardening_line >= 0 ? LINENO : ec2_hardening_line))" "$_"' DEBUG`,
  ];
  return lines(lines(0).length);
}

/**
 * The part that runs steps. cloud-init runs every script of a message, also after one that failed: therefore they are
 * one script, which stops.
 * @param files what must be there before: cloud-init goes on where it could not write a file, or give it to its owner
 */
export function stepsPart(steps: readonly Step[], files: readonly Pick<BootFile, "path" | "owner">[] = []): BootPart {
  const folder = `${STATE}/steps`;
  return scriptPart(
    "steps",
    "runs steps in their order, and none after one that fails",
    [
      ...files.map(isWritten),
      // cloud-init sets none, and programs stop without it.
      'export HOME="' + "${HOME:-/root}" + '"',
      `install -d -m 0700 ${STATE} ${folder}`,
      ...steps.flatMap((step, index) => stepLines(step, `${folder}/${String(index + 1).padStart(2, "0")}`)),
    ].join("\n"),
  );
}

function isWritten({ path, owner = "root:root" }: Pick<BootFile, "path" | "owner">): string {
  const form = owner.includes(":") ? "%U:%G" : "%U";
  return `[ "$(stat -L -c ${form} ${quoted(path)})" = ${owner} ] || fail ${quoted(path)} "was not written, or is not ${owner}'s, no step is run"`;
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
