import type { Outcome } from "../host";
import { plural } from "./names";

/** Says how a run ended that did not reach its end, and what to do about it. */
export function describeOutcome(outcome: Exclude<Outcome, { kind: "completed" }>, seen: number): string {
  const resources = plural(seen, "resource");
  switch (outcome.kind) {
    case "timed-out":
      return `the program did not end within ${String(outcome.seconds)} s; it had registered ${resources}. Give it more time with --timeout SECONDS, or find what keeps it running.`;
    case "ended-early":
      return `the program exited before it was done, after registering ${resources}. Remove its call of process.exit.`;
    case "failed":
      return `the program failed${exitText(outcome)} after registering ${resources}.`;
  }
}

/** A file that tells of a run does not tell how its program ended. */
function exitText({ code, signal }: { code: number | undefined; signal: string | undefined }): string {
  if (signal !== undefined) return ` (signal ${signal})`;
  return code === undefined ? "" : ` (exit code ${String(code)})`;
}
