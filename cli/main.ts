#!/usr/bin/env node
import "./v8";
import { errorText } from "./failures";
import { runCommandLine } from "./commands";
import { ExitCode } from "./report";
import type { Terminal } from "./terminal";

/** Colours by the conventions of no-color.org and force-color.org, else on a terminal that can show them. */
function wantsColor(): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = process.env;
  if (no !== undefined && no !== "") {
    return false;
  }
  if (force !== undefined && force !== "") {
    return force !== "0" && force !== "false";
  }
  return process.stdout.isTTY && term !== "dumb";
}

function showProgress(text: string): void {
  process.stderr.write(`\r\u001b[K${text.slice(0, process.stderr.columns - 1)}`);
}

const terminal: Terminal = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  color: wantsColor(),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  progress: process.stderr.isTTY && process.env["TERM"] !== "dumb" ? showProgress : undefined,
};

// A reader such as `head` may close the pipe early; that is no failure of this program.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  terminal.stderr(
    `error: the report could not be printed (${error.code ?? error.message}). Give it a file: --output FILE\n`,
  );
  process.on("exit", (code) => {
    process.exitCode = code === ExitCode.CLEAN ? ExitCode.NOT_JUDGED : code;
  });
});

// What is printed there is told by the exit code as well.
process.stderr.on("error", () => undefined);

// Node ends with 1 by itself, which is the code of violations.
process.on("uncaughtException", (error) => {
  terminal.stderr(`error: ${errorText(error)}\n`);
  process.exit(ExitCode.NOT_JUDGED);
});

void runCommandLine(process.argv.slice(2), terminal).then((exitCode) => {
  process.exitCode = exitCode;
});
