/** What the rules about user data share: known texts are decoded, everything else is a question. */
import type { UserData } from "../machine/launch";
import type { Machine, Model } from "../machine/model";
import { decode } from "../userdata/decode";
import type { Decoded } from "../userdata/parts";
import type { Spot } from "../userdata/spot";
import { OPEN, PASS, type Verdict } from "./rule";

/** The user data that a launch sets itself: what it takes from a template is judged there. */
export function decodedUserData(machine: Machine, model: Model): Verdict | Decoded {
  const { userData } = machine.launch;
  if (!userData || userData.fact.state === "absent") return PASS;
  if (userData.fact.state === "known") return decode(userData);
  return model.complete ? question(userData, undefined) : OPEN;
}

/** Whether it is a verdict already. */
export function isVerdict(value: Verdict | Decoded): value is Verdict {
  return "kind" in value;
}

export function question({ fact }: UserData, waitsFor: string | undefined): Verdict {
  return { kind: "unverified", source: fact.source, inherited: false, waitsFor };
}

/** Findings, and a question for what could not be decoded. */
export function verdicts(machine: Machine, { problems }: Decoded, found: readonly Verdict[]): readonly Verdict[] {
  const { userData } = machine.launch;
  const [problem] = problems;
  if (!userData || !problem) return found.length > 0 ? found : [PASS];
  const step = problem.path.split(" → ").slice(1).join(" → ");
  const where = step === "" ? "" : ` (${step})`;
  return [...found, question(userData, `text that can be decoded: ${problem.reason}${where}`)];
}

/** `userData → gzip:12`: the line of the text that the path leads to. */
function spotted({ path, line }: Spot): string {
  return `${path}:${String(line)}`;
}

/** A finding at a place of the user data. */
export function findingAt(machine: Machine, spot: Spot, reason: string, fix: string): Verdict {
  const { urn } = machine.resource;
  return {
    kind: "violation",
    source: { urn, path: spotted(spot) },
    inherited: false,
    reason: `${spotted(spot)} ${reason}`,
    fix,
  };
}
