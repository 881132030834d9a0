/** Programs in TypeScript that run only where their types are known. */
import type { RunResult } from "./host";
import type { Project } from "./project";

/** How code in TypeScript fails where a name stands for nothing. */
const STANDS_FOR_NOTHING = /\bReferenceError: .* is not defined/;
const IN_TYPESCRIPT = /\.[cm]?ts:\d+:\d+/;

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

function mayLackTypes({ runtime }: Project, { outcome, errors }: RunResult): boolean {
  const isOpen = runtime === "nodejs" && process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] === undefined;
  if (!isOpen || outcome.kind !== "failed") return false;
  return errors.some((error) => STANDS_FOR_NOTHING.test(error) && IN_TYPESCRIPT.test(error));
}
