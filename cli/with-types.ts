/** Programs in TypeScript that run only where their types are known. */
import type { RunResult } from "./host";
import { ownFiles } from "./inputs/discover";
import type { Project } from "./project";
import { textIn } from "./text-file";

/** How code in TypeScript fails where a name stands for nothing. */
const STANDS_FOR_NOTHING = /\b(?:ReferenceError: .* is not defined|TypeError: Cannot read properties of undefined)/;
const IN_TYPESCRIPT = /\.[cm]?ts:\d+:\d+/;
const CONST_ENUM = /\bconst\s+enum\b/;

/**
 * Runs a program without checking its types, and with them where it may have failed for that: what a `declare const enum`
 * stands for is known to the type check alone. The second run counts where it reaches the end.
 */
export async function runWithTypes(
  project: Project,
  asked: boolean | undefined,
  run: (checkTypes: boolean | undefined, again: boolean) => Promise<RunResult>,
): Promise<RunResult> {
  const first = await run(asked, false);
  if (asked || !mayLackTypes(project, first)) return first;
  const second = await run(true, true);
  return second.outcome.kind === "completed" ? second : first;
}

function mayLackTypes({ runtime, root }: Project, { outcome, errors }: RunResult): boolean {
  const isOpen = runtime === "nodejs" && process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] === undefined;
  if (!isOpen || outcome.kind !== "failed") return false;
  const isNothing = errors.some((error) => STANDS_FOR_NOTHING.test(error) && IN_TYPESCRIPT.test(error));
  return isNothing && ownFiles(root).some((file) => /\.[cm]?ts$/.test(file) && CONST_ENUM.test(textIn(file)));
}
