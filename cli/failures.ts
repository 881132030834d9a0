/** What goes wrong, as the command line tells it. */
import { CheckError } from "./errors";
import { describeOutcome } from "./render/outcome";
import { printable } from "./render/sanitize";
import type { RunParts } from "./report";

const MAX_ERROR_LINES = 24;
/** How many of them are those that it begins with. */
const FIRST_LINES = 16;

/** How a program's run ended that did not reach its end; empty for one that did. */
export function failureText({ outcome, errors, hints }: RunParts, seen: number): string {
  if (outcome.kind === "completed") {
    return "";
  }
  const lines = [
    `error: ${describeOutcome(outcome, seen)}`,
    ...errors.flatMap(errorLines),
    ...hints.map((hint) => `hint: ${hint}`),
  ];
  return `\n${printable(lines.join("\n"))}\n`;
}

/** The start and the end of an error: an inspected one may fill screens, and Python says last what went wrong. */
function errorLines(error: string): string[] {
  const lines = error.trimEnd().split("\n");
  const omitted = lines.length - MAX_ERROR_LINES;
  const shown =
    omitted > 0
      ? [...lines.slice(0, FIRST_LINES), `… ${String(omitted)} more lines`, ...lines.slice(FIRST_LINES + omitted)]
      : lines;
  return shown.map((line) => `  ${line}`);
}

/** An expected error says what to do; any other is a fault of this program, and its stack helps to report it. */
export function errorText(error: unknown): string {
  if (error instanceof CheckError) {
    return printable(error.message);
  }
  return printable(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
