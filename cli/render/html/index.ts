/** One self-contained page: no network, no framework, and nothing that a name in it could run. */
import { createHash } from "node:crypto";
import { packageFile } from "../../package-files";
import {
  findingsOf,
  standingOf,
  STANDINGS,
  totalsOf,
  type RunReport,
  type Standing,
  type Totals,
} from "../../run-report";
import { balanceOf } from "../../balance";
import { SEVERITIES } from "../../selection";
import { escapeMarkup as text } from "../markup";
import { plural } from "../names";
import { describeOutcome } from "../outcome";
import { printable, printableLine } from "../sanitize";
import { attackGraph, attackPathsOf, MOST_LANES, STEP_NAMES, type AttackPath } from "./attack-graph";
import { pageData, projectName } from "./data";

const MEANINGS = {
  mandatory: "fail the run",
  advisory: "worth mending",
  unverified: "not known at preview",
  exempted: "accepted until a day",
} as const satisfies Record<Standing, string>;

/** What the numbers against the exemptions mean, in their order. */
const BALANCE = {
  new: "not exempted",
  known: "exempted",
  expired: "no longer exempted",
  fixed: "exempted, and found no more",
} as const;

/** Paths that are told step by step; the findings tell the others too. */
const MOST_TOLD = 200;

/** The page of a run. */
export function renderHtml(run: RunReport): string {
  const style = packageFile("cli", "render", "html", "page.css").trim();
  const script = packageFile("cli", "render", "html", "page.js").trim();
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const totals = totalsOf(run);
  const paths = attackPathsOf(run);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(headline(totals))} · EC2 hardening</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to findings</a>
${header(run, totals)}
<main>
${overview(run, totals)}
${attackSection(paths)}
${findings(run)}
${MACHINES}
</main>
<footer><p>Made by ec2-hardening ${text(run.version)}. This file is complete: it loads nothing.</p></footer>
<script type="application/json" id="data">${inScript(JSON.stringify(pageData(run)))}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/** JSON in a script element: nothing in it can end the element or open a comment. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
}

function headline({ counts: { mandatory, advisory, unverified }, complete }: Totals): string {
  if (mandatory > 0) return plural(mandatory, "violation");
  if (!complete) return "Not judged to the end";
  return advisory + unverified > 0 ? "No violation" : "No findings";
}

function header({ projects, failed }: RunReport, totals: Totals): string {
  const [only] = projects;
  const subject =
    only && projects.length + failed.length === 1
      ? projectName(only)
      : plural(projects.length + failed.length, "program");
  const mood = totals.counts.mandatory > 0 ? "bad" : totals.complete ? "good" : "open";
  const { judged, seen, affected } = totals;
  const judgedOf = judged === 0 ? "no machine or role among" : `${String(judged)} judged of`;
  const detail = `${judgedOf} ${plural(seen, "resource")}${affected === 0 ? "" : `, ${String(affected)} with findings`}`;
  return `<header class="top">
<p class="brand">EC2 hardening</p>
<h1 class="${mood}">${text(headline(totals))}</h1>
<p class="subject">${text(subject)} · ${text(detail)}</p>
<nav aria-label="Sections"><a href="#overview">Overview</a><a href="#paths">Attack paths</a><a href="#findings">Findings</a><a href="#machines">Machines</a></nav>
</header>`;
}

function overview(run: RunReport, { counts, exempted }: Totals): string {
  const numbers = { ...counts, exempted };
  const cards = STANDINGS.map(
    (each) =>
      `<li class="${each}${numbers[each] === 0 ? " none" : ""}"><a href="#findings" data-level="${each}"><strong>${String(numbers[each])}</strong> <span>${each}</span><small>${MEANINGS[each]}</small></a></li>`,
  );
  return `<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">Overview</h2>
<ul class="cards">${cards.join("")}</ul>
${[failures(run), balance(run), policies(run), projectTable(run), notices(run)].filter((part) => part !== "").join("\n")}
</section>`;
}

/** Where the run stands against the exemptions; empty where there are none. */
function balance(run: RunReport): string {
  const sums = balanceOf(run);
  if (sums === undefined) return "";
  const { fixed, ...counts } = sums;
  const numbers = { ...counts, fixed: fixed.length };
  const cells = (Object.keys(BALANCE) as (keyof typeof BALANCE)[]).map(
    (each) => `<div><dt>${each}</dt><dd><strong>${String(numbers[each])}</strong> ${BALANCE[each]}</dd></div>`,
  );
  const rows = fixed.map(
    ({ resource, policy, expires, reason }) =>
      `<tr><th scope="row"><code>${text(printableLine(resource))}</code></th><td>${text(policy)}</td><td>${text(expires)}</td><td>${text(printableLine(reason))}</td></tr>`,
  );
  const list =
    rows.length === 0
      ? ""
      : `<details class="fixed"><summary>${plural(rows.length, "exemption")} that can go</summary>
<div class="scroll" role="region" aria-label="Exemptions that can go" tabindex="0"><table class="exemptions"><thead><tr><th scope="col">Resource</th><th scope="col">Policy</th><th scope="col">Last day</th><th scope="col">Reason</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`;
  return `<h3>Against the exemptions</h3><dl class="balance">${cells.join("")}</dl>${list}`;
}

/** Policies with findings, most first; the bars are the table's own cells. */
function policies(run: RunReport): string {
  const placed = findingsOf(run);
  const rows = run.policies
    .map(({ rule }) => {
      const found = placed.filter(({ finding }) => finding.policy === rule.name);
      const by = STANDINGS.map((each) => found.filter((one) => standingOf(one) === each).length);
      return { rule, total: found.length, by };
    })
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  const most = Math.max(1, ...rows.map(({ total }) => total));
  if (rows.length === 0)
    return `<p class="calm clean">Nothing was found by ${plural(run.policies.length, "policy", "policies")}.</p>`;
  const body = rows.map(({ rule, total, by }) => {
    const bars = by.map((count, i) => (count === 0 ? "" : bar(STANDINGS[i] ?? "mandatory", by, i, most)));
    return `<tr><th scope="row"><a href="#findings" data-policy="${text(rule.name)}">${text(rule.name)}</a></th><td>${text(rule.displayName)}</td><td>${rule.severity}</td><td class="number">${String(total)}</td><td class="bar" aria-hidden="true"><svg viewBox="0 0 100 8" preserveAspectRatio="none">${bars.join("")}</svg></td></tr>`;
  });
  return `<h3>By policy</h3>
<div class="scroll" role="region" aria-label="Findings by policy" tabindex="0"><table class="policies">
<thead><tr><th scope="col">Policy</th><th scope="col">Asks for</th><th scope="col">Severity</th><th scope="col" class="number">Findings</th><td></td></tr></thead>
<tbody>${body.join("\n")}</tbody></table></div>`;
}

function bar(standing: string, by: readonly number[], index: number, most: number): string {
  const start = by.slice(0, index).reduce((sum, each) => sum + each, 0);
  const scale = (count: number): string => ((count / most) * 100).toFixed(2);
  return `<rect class="${standing}" x="${scale(start)}" width="${scale(by[index] ?? 0)}" height="8"/>`;
}

function projectTable({ projects, failed }: RunReport): string {
  if (projects.length + failed.length < 2) return "";
  const rows = projects.map((project) => {
    const { counts, judged, seen, exempted } = project;
    const numbers = [counts.mandatory, counts.advisory, counts.unverified, exempted.length];
    const cells = numbers.map((each) => `<td class="number">${String(each)}</td>`).join("");
    return `<tr><th scope="row">${text(projectName(project))}</th>${cells}<td class="number">${String(judged)} of ${String(seen)}</td></tr>`;
  });
  const heads = [...STANDINGS, "judged"].map((each) => `<th scope="col" class="number">${each}</th>`).join("");
  return `<h3>By program</h3>
<div class="scroll" role="region" aria-label="Findings by program" tabindex="0"><table class="programs"><thead><tr><th scope="col">Program</th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function failures({ projects, failed }: RunReport): string {
  const messages = [
    ...failed.map(({ directory, message }) => [`${printableLine(directory)} was not judged`, message] as const),
    ...projects.flatMap((project) => {
      const { outcome, errors, hints, seen } = project;
      if (outcome.kind === "completed") return [];
      return [[projectName(project), [describeOutcome(outcome, seen), ...errors, ...hints].join("\n")] as const];
    }),
  ];
  return messages
    .map(
      ([title, message]) => `<div class="note bad"><h3>${text(title)}</h3><pre>${text(printable(message))}</pre></div>`,
    )
    .join("");
}

function notices({ projects }: RunReport): string {
  const all = [...new Set(projects.flatMap((project) => project.notices))];
  if (all.length === 0) return "";
  return `<h3>Notices</h3><ul class="notices">${all.map((each) => `<li>${text(printable(each))}</li>`).join("")}</ul>`;
}

function attackSection(paths: readonly AttackPath[]): string {
  const title = `<h2 id="paths-title">Attack paths</h2>`;
  if (paths.length === 0) {
    return `<section id="paths" aria-labelledby="paths-title">${title}<p class="calm">No machine is at once reachable, weak and worth stealing from.</p></section>`;
  }
  const drawn = Math.min(paths.length, MOST_LANES);
  const left = paths.length > drawn ? ` The picture shows the first ${String(drawn)} of ${String(paths.length)}.` : "";
  const list = paths
    .slice(0, MOST_TOLD)
    .map(
      ({ steps }) =>
        `<li><ol>${steps.map((step, i) => `<li class="${i === 2 ? "weak" : i === 5 ? "gain" : "step"}"><small>${STEP_NAMES[i] ?? ""}</small><span>${text(step)}</span></li>`).join("")}</ol></li>`,
    );
  return `<section id="paths" aria-labelledby="paths-title">${title}
<p>Ways from outside to what a role gives. Cutting one anywhere is enough; its weakness is the cheapest place.${left}</p>
<figure class="scroll" role="region" aria-label="Attack paths, drawn" tabindex="0">${attackGraph(paths)}</figure>
<details class="paths"><summary>${paths.length > MOST_TOLD ? `The first ${String(MOST_TOLD)} paths` : "Each path"}, step by step</summary><ul>${list.join("\n")}</ul></details></section>`;
}

/** A field of a filter with its label. */
function field(id: string, name: string, control: string): string {
  return `<div class="field for-${id}"><label for="filter-${id}">${name}</label>${control}</div>`;
}

function choice(id: string, name: string, values: readonly string[] = []): string {
  const options = values.map((each) => `<option>${each}</option>`).join("");
  return field(id, name, `<select id="filter-${id}"><option value="">all</option>${options}</select>`);
}

function findings(run: RunReport): string {
  const severities = new Set(findingsOf(run).map(({ finding }) => finding.severity));
  return `<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
<noscript><p class="note">The list and the machines need JavaScript, which is turned off here. Other formats of the report do without.</p></noscript>
<form id="filters" role="search" aria-label="Filter findings" hidden>
${field("text", "Text", `<input type="search" id="filter-text" autocomplete="off" placeholder="in any message">`)}
${field("resource", "Resource", `<input type="search" id="filter-resource" autocomplete="off" list="resource-names" placeholder="part of a name">`)}
${choice("policy", "Policy")}
${choice("level", "Level", STANDINGS)}
${choice(
  "severity",
  "Severity",
  SEVERITIES.filter((each) => severities.has(each)),
)}
${run.projects.length > 1 ? choice("program", "Program and stack") : ""}
<datalist id="resource-names"></datalist>
<div class="actions"><button type="reset">Clear</button><button type="button" id="expand" aria-pressed="false">Expand all</button></div>
</form>
<p id="shown" role="status" class="calm"></p>
<ol id="list" class="list"></ol>
</section>`;
}

const MACHINES = `<section id="machines" aria-labelledby="machines-title">
<h2 id="machines-title">Machines</h2>
<p>What EC2 gets for each metadata option, and where that is set.</p>
<form id="machine-filters" role="search" aria-label="Find machines" hidden>${field("machine", "Machine", `<input type="search" id="filter-machine" autocomplete="off" placeholder="part of a name or type">`)}</form>
<p id="machines-shown" role="status" class="calm"></p>
<div id="machine-list" class="list"></div>
</section>`;
