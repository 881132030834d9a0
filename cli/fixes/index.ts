/** How `check` treats findings that a property settles. */
import type { JudgedRun } from "../check";
import type { Report } from "../report";
import { fixProgram } from "./fix";
import { withPreview } from "./preview";

/** `tell`: as findings only. `preview`: with the properties to set. `edit`: set in the program. */
export type FixMode = "tell" | "preview" | "edit";

/** Reports what a run finds; `edit` runs it more than once. */
export async function reportAndFix(run: () => Promise<JudgedRun>, mode: FixMode): Promise<Report> {
  if (mode === "edit") return fixProgram(run);
  const judged = await run();
  return mode === "preview" ? withPreview(judged) : judged.told(judged.report);
}
