/** How `check` treats findings that a property settles. */
import type { PackSettings } from "../../policies/settings";
import { judge } from "../check";
import type { Report } from "../report";
import type { DirectoryRun } from "../run";
import { fixProgram } from "./fix";
import { withPreview } from "./preview";

/** `tell`: as findings only. `preview`: with the properties to set. `edit`: set in the program. */
export type FixMode = "tell" | "preview" | "edit";

/** Judges what a run registers; `edit` runs it more than once. */
export async function judgeAndFix(
  run: () => Promise<DirectoryRun>,
  settings: PackSettings,
  mode: FixMode,
): Promise<Report> {
  if (mode === "edit") return fixProgram(run, settings);
  const judged = judge(await run(), settings);
  return mode === "preview" ? withPreview(judged) : judged.told(judged.report);
}
