import pc from "picocolors";
import type { GradedFinding } from "../../policies/judge";
import { kindOf, type Report, type ResourceReport } from "../report";
import type { RunReport } from "../run-report";
import { paintOf, SYMBOLS, type Colors } from "./colors";
import { fixesBlock } from "./fixes";
import type { RenderOptions } from "./index";
import { plural, shortType } from "./names";
import { printable, printableLine } from "./sanitize";
import { wrapped } from "./wrap";

/** A run for people: a block for each program, under its directory where there are several. */
export function renderText({ projects, failed }: RunReport, options: RenderOptions): string {
  const several = projects.length + failed.length > 1;
  const blocks = projects.map(
    (project) => (several ? heading(project.directory) : "") + renderProject(project, options),
  );
  const errors = failed.map(
    ({ directory, message }) => `${several ? heading(directory) : ""}error: ${printable(message)}\n`,
  );
  return [...blocks, ...errors].join("\n");
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
  lines.push(...findings.flatMap((finding) => findingLines(finding, options, colors)));
  return lines.join("\n");
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

function exemptedBlock(report: Report, colors: Colors): string {
  if (report.exempted.length === 0) {
    return "";
  }
  const lines = report.exempted.map(({ resource, policy, reason, expires }) => {
    const subject = `${printableLine(resource.name)} (${shortType(resource.type)})`;
    return `  ${subject}  ${policy}  until ${expires}: ${printableLine(reason)}`;
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
  const { mandatory, advisory, unverified } = report.counts;
  const exempted = report.exempted.length === 0 ? "" : `, ${String(report.exempted.length)} exempted`;
  const incomplete = report.outcome.kind === "completed" ? "" : ", incomplete: the program did not run to its end";
  const counts = (["mandatory", "advisory", "unverified"] as const).filter((kind) => report.counts[kind] > 0);
  const judged = `${String(report.judged)} of ${plural(report.seen, "resource")} judged`;
  const found =
    counts.length === 0
      ? `no findings (${judged})`
      : `${counts.map((kind) => `${String(report.counts[kind])} ${kind}`).join(", ")} in ${plural(report.resources.length, "resource")} (${judged})`;
  const text = `${found}${exempted}${incomplete}`;
  if (mandatory > 0) {
    return colors.red(`✖ ${text}`);
  }
  return advisory + unverified === 0 && incomplete === "" ? colors.green(`✔ ${text}`) : colors.yellow(`⚠ ${text}`);
}

function indented(text: string, width: number): string[] {
  return printable(text)
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(width) + line));
}
