/** What the rules about user data share: known texts are decoded, everything else is a question. */
import type { UserData } from "../machine/launch";
import type { Machine, Model } from "../machine/model";
import { decode } from "../userdata/decode";
import type { Decoded } from "../userdata/parts";
import type { Spot } from "../userdata/spot";
import { onTemplate, OPEN, PASS, type Place, type Verdict } from "./rule";

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

/** What a machine runs at boot, wherever it takes that from. */
export type BootText =
  | { readonly state: "known"; readonly decoded: Decoded }
  | { readonly state: "none" }
  /** The template that only the stack pass sees. */
  | { readonly state: "pending" }
  | { readonly state: "unknown"; readonly waitsFor: string | undefined };

/** The user data that a machine starts with: its own, or else its template's. */
export function bootText({ userData, launch, origin }: Machine): BootText {
  if (userData === "hidden") {
    return origin.kind === "hidden" ? { state: "unknown", waitsFor: origin.waitsFor } : { state: "pending" };
  }
  if (userData === undefined || userData.fact.state === "absent") {
    return launch.madeBy === undefined ? { state: "none" } : { state: "unknown", waitsFor: launch.madeBy };
  }
  if (userData.fact.state === "known") return { state: "known", decoded: decode(userData) };
  return { state: "unknown", waitsFor: undefined };
}

/** Where the user data stands, or would stand. */
export function bootPlace(machine: Machine): Place {
  const inherited = takesUserData(machine);
  const owner = inherited && machine.origin.kind === "template" ? machine.origin.template : machine;
  const { launch, resource } = owner;
  const unset = { urn: resource.urn, path: [launch.path, "userData"].filter((part) => part !== "").join(".") };
  return { source: launch.userData?.fact.source ?? unset, inherited };
}

/** The same for a message: path, and the template where that is another resource. */
export function seenBootText(machine: Machine): string {
  const { source, inherited } = bootPlace(machine);
  const owner = inherited && machine.origin.kind === "template" ? machine.origin.template : machine;
  return `${source.path}${onTemplate(machine, owner)}`;
}

function takesUserData({ origin, launch }: Machine): boolean {
  return origin.kind === "template" && launch.userData === undefined;
}

/** Whether the program can give the machine user data at all: some services leave no place for it. */
export function mayHaveUserData({ launch }: Machine): boolean {
  return launch.service === undefined || launch.madeBy !== undefined || launch.template?.target === "launch template";
}

/**
 * A template's fault is a fault where a machine takes the user data from it and is not right for another reason; without
 * machines of the program it is judged by itself.
 */
export function asTemplate(template: Machine, model: Model, judge: (machine: Machine) => Verdict): Verdict {
  const verdict = judge(template);
  if (verdict.kind === "pass" || verdict.kind === "open") return verdict;
  if (!model.complete) return OPEN;
  const users = template.users.filter(({ origin }) => origin.kind === "template");
  const same = (user: Machine): boolean => takesUserData(user) && judge(user).kind === verdict.kind;
  return users.length === 0 || users.some(same) ? verdict : PASS;
}
