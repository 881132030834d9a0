/** What the README shows of `explain`. */
import { explainProgram } from "../../cli/explain";
import { renderExplanation } from "../../cli/render/explain";
import { readSettings } from "../../policies/settings";

const PROGRAM = "test/cli/programs/explain";
const NAME = "web";
const CONFIG = ["password=made-up", "prefix=private"];
const LEFT_OUT = "[…]";

/** The command and what it prints, shortened. */
export async function explained(): Promise<string> {
  const options = { config: CONFIG, timeoutSeconds: 120 };
  const { explanation } = await explainProgram(NAME, PROGRAM, readSettings(), options);
  const parts = renderExplanation(explanation, { color: false, width: undefined }).trim().split("\n\n");
  const linesOf = (heading: string): readonly string[] => {
    const part = parts.find((each) => each.startsWith(`${heading}\n`));
    if (part === undefined) throw new Error(`explain prints no part ${heading}`);
    return part.split("\n");
  };
  const [policies, permissions] = [linesOf("Policies"), linesOf("What it may do")];
  const [heading = "", ...services] = permissions;
  return [
    `$ npx ec2-hardening explain ${NAME}`,
    parts[0] ?? "",
    linesOf("Carried by").join("\n"),
    LEFT_OUT,
    policies.slice(0, placeOf("  A2", policies)).join("\n"),
    LEFT_OUT,
    [heading, ...services.slice(placeOf("  Amazon S3", services))].join("\n"),
  ].join("\n\n");
}

function placeOf(start: string, lines: readonly string[]): number {
  const place = lines.findIndex((line) => line.startsWith(start));
  if (place < 0) throw new Error(`explain prints no line that begins by ${start.trim()}`);
  return place;
}
