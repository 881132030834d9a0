import {
  findingsOf,
  standingOf,
  STANDINGS,
  totalsOf,
  type PlacedFinding,
  type RunReport,
  type Totals,
} from "../run-report";
import { label } from "../../policies/machine/resource";
import { ruleUrl } from "../../policies/rules/rule";
import { balanceLine } from "./balance";
import { plural, shortType } from "./names";
import { placeOf, textOf } from "./place";
import { printable, printableLine } from "./sanitize";
import { wrapped } from "./wrap";

/** Characters that a comment on GitHub may have; what is cut off is counted, and has to fit in too. */
const LONGEST = 65_536;
const RESERVED = 600;
const WIDTH = 100;

const MARKS = { mandatory: "🔴", advisory: "🟡", unverified: "🔵", exempted: "⚪" } as const;

/** A summary for a pull request: what fails is open, the rest folded, and as much of it as a comment may hold. */
export function renderMarkdown(run: RunReport): string {
  const totals = totalsOf(run);
  const balance = balanceLine(run);
  const head = [
    headline(totals),
    ...table(run, totals),
    ...(balance === "" ? [] : [`Against the exemptions: ${balance}`]),
    ...failures(run),
  ].join("\n\n");
  const findings = [...findingsOf(run)].sort((a, b) => rank(a) - rank(b));
  const blocks = findings.map((placed) => blockOf(placed, run.projects.length > 1));
  const notices = noticesOf(run);
  const room = LONGEST - RESERVED - head.length - notices.length;
  const shown = fitting(blocks, room);
  const left = blocks.length - shown.length;
  const more = left > 0 ? [`**${plural(left, "more finding")}** left out here: the HTML or JSON report has all.`] : [];
  const parts = [head, ...shown, ...more, ...(notices === "" || room < 0 ? [] : [notices])];
  return `${parts.join("\n\n").slice(0, LONGEST - 1)}\n`;
}

function rank(placed: PlacedFinding): number {
  return STANDINGS.indexOf(standingOf(placed));
}

function fitting(blocks: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = blocks.findIndex((block) => (used += block.length + 2) > room);
  return end < 0 ? blocks : blocks.slice(0, end);
}

function headline({ counts, complete }: Totals): string {
  const { mandatory, advisory, unverified } = counts;
  const open = complete ? "" : " – incomplete";
  if (mandatory > 0) {
    return `## 🔴 EC2 hardening: ${plural(mandatory, "violation")}${open}`;
  }
  const rest = advisory + unverified;
  if (rest > 0) return `## 🟡 EC2 hardening: ${plural(rest, "advisory finding")}, no violation${open}`;
  return complete ? "## 🟢 EC2 hardening: no findings" : "## ⚪ EC2 hardening: not judged to the end";
}

function table({ projects }: RunReport, { counts, exempted, judged, seen }: Totals): string[] {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  const numbers = [
    counts.mandatory,
    counts.advisory,
    counts.unverified,
    exempted,
    `${String(judged)} of ${String(seen)}`,
  ];
  const names = ["🔴 mandatory", "🟡 advisory", "🔵 unverified", "⚪ exempted", "resources judged"];
  if (projects.length < 2) return [[row(names), row(names.map(() => "---")), row(numbers)].join("\n")];
  const rows = projects.map((each) => {
    const { mandatory, advisory, unverified } = each.counts;
    const all = `${String(each.judged)} of ${String(each.seen)}`;
    return row([
      code(`${each.directory} (${each.stack.name})`),
      mandatory,
      advisory,
      unverified,
      each.exempted.length,
      all,
    ]);
  });
  return [
    [row(["project", ...names]), row(["---", ...names.map(() => "---")]), ...rows, row(["all", ...numbers])].join("\n"),
  ];
}

function failures({ failed, projects }: RunReport): string[] {
  const broken = projects.filter(({ outcome }) => outcome.kind !== "completed");
  return [
    ...failed.map(({ directory, message }) => `⚠️ ${code(directory)} was not judged:\n\n${fence(printable(message))}`),
    ...broken.map(({ directory, errors }) => {
      const shown = errors.length === 0 ? "" : `\n\n${fence(printable(errors.join("\n")).slice(0, 2000))}`;
      return `⚠️ The program in ${code(directory)} did not run to its end.${shown}`;
    }),
  ];
}

function blockOf(placed: PlacedFinding, several: boolean): string {
  const { finding, resource, project } = placed;
  const standing = standingOf(placed);
  const { file, line, column } = placeOf(placed);
  const where = column === undefined ? code(file) : code(`${file}:${String(line)}`);
  const of = several ? ` of ${code(project.directory)}` : "";
  const link = `<a href="${ruleUrl(finding.policy)}">${finding.policy}</a>`;
  const summary = `${MARKS[standing]} ${code(label(resource))} ${link} <sub>${finding.severity}</sub>`;
  const text = textOf(placed)
    .split("\n")
    .flatMap((each) => wrapped(each, WIDTH))
    .join("\n");
  return [
    `<details${standing === "mandatory" ? " open" : ""}><summary>${summary}</summary>`,
    fence(text),
    `${code(shortType(resource.type))} at ${where}${of}`,
    "</details>",
  ].join("\n\n");
}

function noticesOf({ projects }: RunReport): string {
  const notices = [...new Set(projects.flatMap((each) => each.notices))];
  return notices.length === 0 ? "" : `**Notices**\n\n${fence(notices.map(printable).join("\n"))}`;
}

/** Names as code: neither Markdown nor HTML, nor a mention of somebody, can be made of them. */
function code(text: string): string {
  const escaped = printableLine(text).replace(/[^\p{L}\p{N} /-]/gu, (char) => `&#${String(char.codePointAt(0))};`);
  return `<code>${escaped}</code>`;
}

/** A block in which everything is literal: its fence is longer than any row of backticks in it. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}text\n${text}\n${ticks}`;
}
