/** Whether an edited program is what it was, less the findings that the edits are for. */
import type { JudgedRun } from "../check";
import { fingerprintOf } from "../run-report";
import { findingsIn, type Report } from "../report";
import type { Plan } from "./sites";

/** What speaks against edits. */
export interface Fault {
  /** The edits at fault; none where nothing tells which. */
  readonly plans: readonly Plan[];
  readonly reason: string;
}

/** Undefined where every finding is gone, nothing new appeared and the program runs as before. */
export function faultIn(before: JudgedRun, after: JudgedRun, plans: readonly Plan[]): Fault | undefined {
  return brokenBy(before, after) ?? staying(after.report, plans) ?? brought(before.report, after.report, plans);
}

function brokenBy(before: JudgedRun, after: JudgedRun): Fault | undefined {
  const { outcome, errors } = after.report;
  if (outcome.kind !== "completed") {
    const [line = ""] = (errors[0] ?? "").split("\n").filter((each) => /\S/.test(each) && !each.endsWith(":"));
    return { plans: [], reason: `the program no longer runs with it${line === "" ? "" : ` (${line.trim()})`}` };
  }
  const urns = new Set(after.run.resources.map(({ urn }) => urn));
  const missing = before.run.resources.find(({ urn }) => !urns.has(urn));
  return missing && { plans: [], reason: `the program no longer creates ${missing.name} with it` };
}

function staying(report: Report, plans: readonly Plan[]): Fault | undefined {
  const stays = new Set(findingsIn(report).map(({ policy, urn }) => `${policy} ${urn}`));
  const isIn = (policy: string, urn: string): boolean => stays.has(`${policy} ${urn}`);
  const policiesOf = ({ fixes }: Plan): readonly string[] =>
    fixes.flatMap(({ urn, changes }) => changes.flatMap(({ policies }) => policies.filter((each) => isIn(each, urn))));
  const blamed = plans.filter((each) => policiesOf(each).length > 0);
  const [first] = blamed;
  return first && { plans: blamed, reason: `${policiesOf(first)[0] ?? "the finding"} stays all the same` };
}

function brought(before: Report, after: Report, plans: readonly Plan[]): Fault | undefined {
  const known = new Set(findingsIn(before).map(fingerprintOf));
  const fresh = findingsIn(after).filter((finding) => !known.has(fingerprintOf(finding)));
  const [first] = fresh;
  if (!first) return undefined;
  const urns = new Set(fresh.map(({ urn }) => urn));
  const blamed = plans.filter(({ fixes }) => fixes.some(({ urn }) => urns.has(urn)));
  return { plans: blamed, reason: `${first.policy} is then found on ${first.resource}` };
}
