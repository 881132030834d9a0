/** How `check` treats findings that a property settles. */
import type { JudgedRun } from "../check";
import type { Report } from "../report";
import type * as Fix from "./fix";
import type * as Preview from "./preview";

/** `tell`: as findings only. `preview`: with the properties to set. `edit`: set in the program. */
export type FixMode = "tell" | "preview" | "edit";

/** Reports what a run finds; `edit` runs it more than once. */
export async function reportAndFix(run: () => Promise<JudgedRun>, mode: FixMode): Promise<Report> {
  if (mode === "edit") return fixed(run);
  const judged = await run();
  return mode === "preview" ? previewed(judged) : judged.told(judged.report);
}

function fixed(run: () => Promise<JudgedRun>): Promise<Report> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  return (require("./fix") as typeof Fix).fixProgram(run);
}

function previewed(judged: JudgedRun): Report {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  return (require("./preview") as typeof Preview).withPreview(judged);
}
