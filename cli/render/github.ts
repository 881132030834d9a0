import { findingsOf, standingOf, totalsOf, type PlacedFinding, type RunReport } from "../run-report";
import { balanceLine } from "./balance";
import { plural } from "./names";
import { describeOutcome } from "./outcome";
import { byWeight, placeOf, subjectOf, textOf } from "./place";
import { clipped, printable, printableLine } from "./sanitize";

const COMMANDS = { mandatory: "error", advisory: "warning", unverified: "notice", exempted: "notice" } as const;

/** Annotations of a kind that GitHub makes of one step; what comes later is in the step's log only. */
const MOST_SHOWN = 10;
/** Characters of a title that an annotation may have (REST API: Check runs). */
const LONGEST_TITLE = 255;

interface Command {
  readonly name: (typeof COMMANDS)[keyof typeof COMMANDS];
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * Annotations as workflow commands (GitHub documentation: Workflow commands for GitHub Actions), one a line. What GitHub
 * does not show is at the end: a summary, and what was not judged, come first, and then what weighs most.
 */
export function renderGithub(run: RunReport): string {
  const findings = [...findingsOf(run)].sort(byWeight).map(findingCommand);
  const all = [...notJudged(run), ...findings];
  const lines = [...summaryOf(run, all), ...all].map(written);
  return lines.map((line) => `${line}\n`).join("");
}

function findingCommand(placed: PlacedFinding): Command {
  const { file, line, column } = placeOf(placed);
  const standing = standingOf(placed);
  const title = `${placed.finding.policy}: ${subjectOf(placed)}${standing === "exempted" ? " (exempted)" : ""}`;
  const place = { file, line: String(line), ...(column !== undefined && { col: String(column) }) };
  return { name: COMMANDS[standing], properties: { ...place, title }, message: textOf(placed) };
}

function notJudged({ failed, projects }: RunReport): readonly Command[] {
  return [
    ...failed.map(({ directory, message }): Command => {
      return {
        name: "error",
        properties: { title: `${printableLine(directory)} was not judged` },
        message: printable(message),
      };
    }),
    ...projects.flatMap(({ file, outcome, seen, errors }): Command[] => {
      if (outcome.kind === "completed") return [];
      const title = "The program did not run to its end";
      const message = printable([describeOutcome(outcome, seen), ...errors].join("\n"));
      return [{ name: "error", properties: { file: printableLine(file), title }, message }];
    }),
  ];
}

/** What the annotations do not tell one by one: sums, the exemptions, and how many of them GitHub leaves out. */
function summaryOf(run: RunReport, commands: readonly Command[]): readonly Command[] {
  const { exempted } = totalsOf(run);
  const balance = balanceLine(run);
  const hidden = (["error", "warning", "notice"] as const).flatMap((name) => {
    // The summary itself is a notice.
    const room = name === "notice" ? MOST_SHOWN - 1 : MOST_SHOWN;
    const count = commands.filter((each) => each.name === name).length;
    return count > room ? [`${String(count - room)} of ${plural(count, name)}`] : [];
  });
  const lines = [
    ...(exempted === 0 ? [] : [`${plural(exempted, "finding")} exempted.`]),
    ...(balance === "" ? [] : [`Against the exemptions: ${balance}.`]),
    ...(hidden.length === 0
      ? []
      : [`GitHub shows no annotation for ${hidden.join(", ")}: the log of this step and the other reports have all.`]),
  ];
  if (lines.length === 0) return [];
  return [{ name: "notice", properties: { title: "EC2 hardening" }, message: lines.join("\n") }];
}

function written({ name, properties, message }: Command): string {
  const { title = "", ...place } = properties;
  return command(name, { ...place, title: clipped(title, LONGEST_TITLE) }, message);
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

/** As `escapeData` of @actions/core does. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As `escapeProperty` of @actions/core does. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
