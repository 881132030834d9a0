import { label } from "../../policies/machine/resource";
import { ruleUrl } from "../../policies/rules/rule";
import { balanceOf } from "../balance";
import { KINDS, type Report } from "../report";
import { findingsOf, standingOf, totalsOf, type PlacedFinding, type RunReport, type Totals } from "../run-report";
import { balanceLine } from "./balance";
import { plural, shortType } from "./names";
import { describeOutcome } from "./outcome";
import { byWeight, placeOf, textOf } from "./place";
import { clipped, printable, printableLine } from "./sanitize";
import { wrapped } from "./wrap";

/** Characters that a comment on GitHub may have. */
const LONGEST = 65_536;
/** How much of it there is for what stands around the findings, so that it leaves room for them. */
const ROOM = { table: 12_000, failures: 12_000, notices: 6_000 } as const;
const LONGEST_TEXT = 4_000;
const LONGEST_NAME = 200;
const WIDTH = 100;
/** How many exemptions are listed. */
const MOST_EXEMPTIONS = 20;

const MARKS = { mandatory: "🔴", advisory: "🟡", unverified: "🔵", exempted: "⚪" } as const;

/** A summary for a pull request: what fails is open, the rest folded, and as much of it as a comment may hold. */
export function renderMarkdown(run: RunReport): string {
  const totals = totalsOf(run);
  const head = [headline(totals), ...table(run, totals), ...failures(run)];
  const foot = [...balanceBlock(run), ...noticesOf(run)];
  const blocks = [...findingsOf(run)].sort(byWeight).map((placed) => blockOf(placed, run.projects.length > 1));
  const room = LONGEST - lengthOf([...head, ...foot]);
  const findings = within(
    blocks,
    room,
    (left) => `**${plural(left, "more finding")}** left out here: the HTML or JSON report has all.`,
  );
  return `${[...head, ...findings, ...foot].join("\n\n")}\n`;
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

/** As many parts as there is room for, and what says how many are left out. */
function within(parts: readonly string[], room: number, more: (left: number) => string): readonly string[] {
  if (lengthOf(parts) <= room) return parts;
  const statement = (shown: number): string => more(parts.length - shown);
  let shown = 0;
  let used = lengthOf([statement(0)]);
  for (const part of parts) {
    used += lengthOf([part]);
    if (used > room) break;
    shown += 1;
  }
  return [...parts.slice(0, shown), statement(shown)];
}

function headline({ counts, complete }: Totals): string {
  const { mandatory, advisory, unverified } = counts;
  const open = complete ? "" : " – incomplete";
  if (mandatory > 0) {
    return `## 🔴 EC2 hardening: ${plural(mandatory, "violation")}${open}`;
  }
  const rest = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${String(counts[kind])} ${kind}`);
  if (advisory + unverified > 0) return `## 🟡 EC2 hardening: no violation, ${rest.join(", ")}${open}`;
  return complete ? "## 🟢 EC2 hardening: no findings" : "## ⚪ EC2 hardening: not judged to the end";
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table({ projects }: RunReport, { counts, exempted, judged, seen }: Totals): string[] {
  const numbers = [
    counts.mandatory,
    counts.advisory,
    counts.unverified,
    exempted,
    `${String(judged)} of ${String(seen)}`,
  ];
  const names = ["🔴 mandatory", "🟡 advisory", "🔵 unverified", "⚪ exempted", "resources judged"];
  if (projects.length < 2) return [[row(names), row(names.map(() => "---")), row(numbers)].join("\n")];
  const rows = within(projects.map(projectRow), ROOM.table, (left) =>
    row([plural(left, "more program"), ...names.map(() => "")]),
  );
  return [
    [row(["project", ...names]), row(["---", ...names.map(() => "---")]), ...rows, row(["all", ...numbers])].join("\n"),
  ];
}

function projectRow({ directory, stack, counts, exempted, judged, seen }: Report): string {
  return row([
    code(`${directory} (${stack.name})`),
    counts.mandatory,
    counts.advisory,
    counts.unverified,
    exempted.length,
    `${String(judged)} of ${String(seen)}`,
  ]);
}

function failures({ failed, projects }: RunReport): readonly string[] {
  const broken = projects.flatMap(({ directory, outcome, seen, errors }) =>
    outcome.kind === "completed"
      ? []
      : [
          `⚠️ ${code(directory)} did not run to its end:\n\n${fence([describeOutcome(outcome, seen), ...errors].join("\n"))}`,
        ],
  );
  const gone = failed.map(({ directory, message }) => `⚠️ ${code(directory)} was not judged:\n\n${fence(message)}`);
  return within([...gone, ...broken], ROOM.failures, (left) => {
    return `⚠️ **${plural(left, "more program")}** not judged, or not to the end: the HTML or JSON report has all.`;
  });
}

function blockOf(placed: PlacedFinding, several: boolean): string {
  const { finding, resource, project } = placed;
  const standing = standingOf(placed);
  const { file, line, column } = placeOf(placed);
  const where = column === undefined ? code(file) : code(`${file}:${String(line)}`);
  const of = several ? ` of ${code(project.directory)}` : "";
  const link = `<a href="${ruleUrl(finding.policy)}">${finding.policy}</a>`;
  const summary = `${MARKS[standing]} ${code(label(resource))} ${link} <sub>${finding.severity}</sub>`;
  return [
    `<details${standing === "mandatory" ? " open" : ""}><summary>${summary}</summary>`,
    fence(textOf(placed)),
    `${code(shortType(resource.type))} at ${where}${of}`,
    "</details>",
  ].join("\n\n");
}

/** Where the run stands against the exemptions, and which of these can go. */
function balanceBlock(run: RunReport): readonly string[] {
  const balance = balanceOf(run);
  if (balance === undefined) return [];
  const line = `Against the exemptions: ${balanceLine(run)}`;
  const { fixed } = balance;
  if (fixed.length === 0) return [line];
  const left = fixed.length - MOST_EXEMPTIONS;
  const listed = fixed
    .slice(0, MOST_EXEMPTIONS)
    .map(({ resource, policy, expires }) => `${clipped(resource, LONGEST_NAME)}  ${policy}  until ${expires}`);
  const summary = `<summary>${plural(fixed.length, "exemption")} that can go</summary>`;
  return [
    line,
    `<details>${summary}`,
    fence([...listed, ...(left > 0 ? [`and ${String(left)} more`] : [])].join("\n")),
    "</details>",
  ];
}

function noticesOf({ projects }: RunReport): readonly string[] {
  const notices = [...new Set(projects.flatMap((each) => each.notices))].map((each) => clipped(each, LONGEST_TEXT));
  if (notices.length === 0) return [];
  const lines = within(notices, ROOM.notices, (left) => `and ${plural(left, "more notice")}`);
  return ["**Notices**", fence(lines.join("\n"), ROOM.notices)];
}

/** Names as code: neither Markdown nor HTML, nor a mention of somebody, can be made of them. */
function code(text: string): string {
  const escaped = clipped(printableLine(text), LONGEST_NAME).replace(
    /[^\p{L}\p{N} /-]/gu,
    (char) => `&#${String(char.codePointAt(0))};`,
  );
  return `<code>${escaped}</code>`;
}

/** A block in which everything is literal: its fence is longer than any row of backticks in it. */
function fence(text: string, most = LONGEST_TEXT): string {
  const lines = printable(text)
    .split("\n")
    .flatMap((line) => wrapped(line, WIDTH));
  const literal = clipped(lines.join("\n"), most);
  const longest = Math.max(2, ...[...literal.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}text\n${literal}\n${ticks}`;
}
