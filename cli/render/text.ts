import pc from "picocolors";
import { componentOf } from "../../policies/component";
import type { GradedFinding } from "../../policies/judge";
import { kindOf, KINDS, type Report, type ResourceReport } from "../report";
import { totalsOf, type RunReport } from "../run-report";
import { renderBalance } from "./balance";
import { paintOf, SYMBOLS, type Colors } from "./colors";
import { fixesBlock } from "./fixes";
import type { RenderOptions } from "./index";
import { plural, shortType } from "./names";
import { subjectOf } from "./place";
import { printable, printableLine } from "./sanitize";
import { wrapped } from "./wrap";

/** A run for people: a block for each program, under its directory where there are several. */
export function renderText(run: RunReport, options: RenderOptions): string {
  const { projects, failed } = run;
  const several = projects.length + failed.length > 1;
  const blocks = projects.map(
    (project) => (several ? heading(titleOf(project, projects)) : "") + renderProject(project, options),
  );
  const errors = failed.map(
    ({ directory, message }) => `${several ? heading(directory) : ""}error: ${printable(message)}\n`,
  );
  return [...blocks, ...errors].join("\n") + renderEnd(run, options);
}

/** A directory that is judged in several stacks needs the stack to tell which. */
function titleOf({ directory, stack }: Report, projects: readonly Report[]): string {
  const isShared = projects.filter((each) => each.directory === directory).length > 1;
  return isShared ? `${directory} (${stack.name})` : directory;
}

/** What stands below all programs: a sum of several, and where they stand against the exemptions. */
export function renderEnd(run: RunReport, options: RenderOptions): string {
  return renderTotal(run, options) + renderBalance(run, options);
}

/** The line that sums up a run of several programs; empty for one, which has its own. */
function renderTotal(run: RunReport, options: RenderOptions): string {
  const asked = run.projects.length + run.failed.length;
  if (asked < 2) return "";
  const totals = totalsOf(run);
  const programs = `${plural(asked, "program")}${run.failed.length === 0 ? "" : `, ${String(run.failed.length)} not judged`}`;
  const text = summaryText(totals, totals.exempted, totals.complete ? "" : ", incomplete");
  return `\n${graded(`${programs}: ${text}`, totals, pc.createColors(options.color))}\n`;
}

/** What stands above a program's block. */
export function heading(directory: string): string {
  return `${printable(directory)}\n\n`;
}

/** One program: findings grouped by resource, then what is exempted, notices, and one line that sums up. */
export function renderProject(report: Report, options: RenderOptions): string {
  const colors = pc.createColors(options.color);
  const blocks = report.resources.map((resource) => resourceBlock(resource, options, colors));
  if (!options.quiet) {
    blocks.push(exemptedBlock(report, colors));
  }
  if (report.fixes) blocks.push(fixesBlock(report.fixes, colors) ?? "");
  blocks.push(noticeBlock(report, colors), summary(report, colors));
  return blocks.filter((block) => block !== "").join("\n\n") + "\n";
}

function resourceBlock(resource: ResourceReport, options: RenderOptions, colors: Colors): string {
  const findings = resource.findings.filter((finding) => !options.quiet || kindOf(finding) === "mandatory");
  if (findings.length === 0) {
    return "";
  }
  const lines = [title(resource, colors)];
  if (options.verbose) {
    lines.push(`  ${colors.dim(printableLine(resource.urn))}`);
    const { location } = resource;
    if (location) lines.push(`  ${colors.dim(`${printableLine(location.file)}:${String(location.line)}`)}`);
  }
  // Which component made it, and where to set a property there, is told once.
  const told = new Set<string>();
  for (const finding of findings) {
    const advice = componentOf(resource.urn, finding.path);
    const isTold = advice !== undefined && told.has(advice);
    const message = isTold ? withoutLine(finding.message, advice) : finding.message;
    if (advice !== undefined) told.add(advice);
    lines.push(...findingLines({ ...finding, message }, options, colors));
  }
  return lines.join("\n");
}

function withoutLine(text: string, line: string): string {
  return text.endsWith(`\n${line}`) ? text.slice(0, -line.length - 1) : text;
}

/** Name and type, and where components made it: the way from the outermost to the one whose argument sets it. */
function title(resource: ResourceReport, colors: Colors): string {
  const path = resource.components.map(({ name }) => printableLine(name)).reverse();
  const [maker] = resource.components;
  const place = maker === undefined ? "" : colors.dim(` in ${path.join(" › ")} (${shortType(maker.type)})`);
  return `${colors.underline(printableLine(resource.name))} ${colors.dim(`(${shortType(resource.type)})`)}${place}`;
}

function findingLines(finding: GradedFinding, { width }: RenderOptions, colors: Colors): string[] {
  const kind = kindOf(finding);
  const paint = paintOf(kind, colors);
  const head = `  ${paint(`${SYMBOLS[kind]} ${finding.level.padEnd(9)}`)}  ${colors.bold(finding.policy)}`;
  return [head, ...indented(finding.message, 6).flatMap((line) => wrapped(line, width))];
}

function exemptedBlock({ exempted }: Report, colors: Colors): string {
  if (exempted.length === 0) {
    return "";
  }
  const lines = exempted.map((placed) => {
    const { policy, reason, expires } = placed;
    return `  ${subjectOf(placed)}  ${policy}  until ${expires}: ${printableLine(reason)}`;
  });
  return [colors.dim("Exempted"), ...lines].join("\n");
}

function noticeBlock(report: Report, colors: Colors): string {
  return report.notices
    .map((notice) => {
      const [first = "", ...more] = printable(notice).split("\n");
      return [`${colors.cyan("notice:")} ${first}`, ...more.map((line) => `  ${line}`)].join("\n");
    })
    .join("\n");
}

function summary(report: Report, colors: Colors): string {
  const complete = report.outcome.kind === "completed";
  const incomplete = complete ? "" : ", incomplete: the program did not run to its end";
  const sums = { ...report, affected: report.resources.length, complete };
  return graded(summaryText(sums, report.exempted.length, incomplete), sums, colors);
}

type Sums = Pick<ReturnType<typeof totalsOf>, "counts" | "affected" | "judged" | "seen" | "complete">;

function summaryText({ counts, affected, judged, seen }: Sums, exempted: number, incomplete: string): string {
  const kinds = KINDS.filter((kind) => counts[kind] > 0);
  const of = `(${String(judged)} of ${plural(seen, "resource")} judged)`;
  const found =
    kinds.length === 0
      ? `no findings ${of}`
      : `${kinds.map((kind) => `${String(counts[kind])} ${kind}`).join(", ")} in ${plural(affected, "resource")} ${of}`;
  return `${found}${exempted === 0 ? "" : `, ${String(exempted)} exempted`}${incomplete}`;
}

function graded(text: string, { counts, complete }: Sums, colors: Colors): string {
  if (counts.mandatory > 0) return colors.red(`✖ ${text}`);
  return counts.advisory + counts.unverified === 0 && complete ? colors.green(`✔ ${text}`) : colors.yellow(`⚠ ${text}`);
}

function indented(text: string, width: number): string[] {
  return printable(text)
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(width) + line));
}
