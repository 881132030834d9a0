import { findingsOf, standingOf, type RunReport } from "../run-report";
import { placeOf, subjectOf, textOf } from "./place";
import { printable } from "./sanitize";

const COMMANDS = { mandatory: "error", advisory: "warning", unverified: "notice", exempted: "notice" } as const;

/** Annotations as workflow commands (GitHub documentation: Workflow commands for GitHub Actions), one a line. */
export function renderGithub(run: RunReport): string {
  const findings = findingsOf(run).map((placed) => {
    const { file, line, column } = placeOf(placed);
    const title = `${placed.finding.policy}: ${subjectOf(placed)}`;
    const place = { file, line: String(line), ...(column !== undefined && { col: String(column) }) };
    return command(COMMANDS[standingOf(placed)], { ...place, title }, textOf(placed));
  });
  const failed = run.failed.map(({ directory, message }) =>
    command("error", { title: `${printable(directory)} was not judged` }, printable(message)),
  );
  const broken = run.projects
    .filter(({ outcome }) => outcome.kind !== "completed")
    .map(({ file, errors }) =>
      command("error", { file, title: "The program did not run to its end" }, printable(errors.join("\n"))),
    );
  return [...findings, ...failed, ...broken].map((line) => `${line}\n`).join("");
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
