import type { Explanation } from "../explain";
import { jsonText } from "./sanitize";

/** Raised where a field is removed, or means something else; a new one raises nothing. */
const VERSION = 1;

/** An explanation as docs/schemas/explain-1.json describes it; what is not there is left out. */
export function explanationJson({ outcome, ...explanation }: Explanation): string {
  return jsonText({ version: VERSION, ...explanation, complete: outcome.kind === "completed" });
}
