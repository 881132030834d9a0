import MarkdownIt from "markdown-it";
import type { Browser } from "playwright-core";
import { renderMarkdown } from "../../../cli/render/markdown";
import type { FailedProject, RunReport } from "../../../cli/run-report";
import { ruleUrl } from "../../../policies/rules/rule";
import { RULES } from "../../../policies/rules";
import { resource } from "../../policies/harness";
import { startBrowser } from "./browser";
import { HOSTILE, HOSTILE_PROGRAM, judged, many, MIXED, run } from "./fixture";

jest.setTimeout(60_000);

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

interface Seen {
  readonly links: readonly string[];
  readonly elements: readonly string[];
  /** Texts outside code, where a code host looks for mentions. */
  readonly prose: string;
  readonly code: readonly string[];
  readonly open: number;
  readonly details: number;
}

/** What a reader sees of it: rendered with HTML and links as code hosts do, and looked at in a browser. */
async function seen(markdown: string): Promise<Seen> {
  const html = new MarkdownIt({ html: true, linkify: true }).render(markdown);
  const page = await browser.newPage();
  await page.setContent(`<body>${html}</body>`);
  const found = await page.evaluate(`(() => {
    const all = [...document.body.querySelectorAll("*")];
    const code = [...document.querySelectorAll("code")].map((each) => each.textContent);
    const links = [...document.querySelectorAll("[href], [src]")].map((each) => each.getAttribute("href") ?? each.src);
    const details = document.querySelectorAll("details").length;
    const open = document.querySelectorAll("details[open]").length;
    const elements = [...new Set(all.map((each) => each.localName))];
    document.querySelectorAll("code").forEach((each) => each.remove());
    return { links, elements, code, open, details, prose: document.body.textContent };
  })()`);
  await page.close();
  return found as Seen;
}

const none = judged([]);

function failing(count: number): FailedProject[] {
  return Array.from({ length: count }, (_, i) => ({ directory: String(i), message: "x".repeat(1000) }));
}

const PAGES = new Set(RULES.map(({ name }) => ruleUrl(name)));

test("what fails is open, the rest folded, and the numbers are in a table", async () => {
  const report = judged(MIXED);
  const { open, prose, elements } = await seen(renderMarkdown(run([report])));
  expect(open).toBe(report.counts.mandatory);
  expect(elements).toEqual(expect.arrayContaining(["h2", "table", "details", "summary"]));
  expect(prose).toContain(`${String(report.counts.mandatory)} violations`);
});

test("nothing of a name gets out of its code: no link, no element, no mention", async () => {
  const { links, elements, prose, code } = await seen(renderMarkdown(run([judged(HOSTILE_PROGRAM)])));
  expect(links.filter((link) => !PAGES.has(link))).toEqual([]);
  for (const element of ["script", "img", "b", "i", "ol"]) expect(elements).not.toContain(element);
  expect(prose).not.toMatch(/@team|#1\b|example\.com|hacked/);
  expect(code).toContain(HOSTILE[1]);
});

test("several programs have a row each, and failures stand first", async () => {
  const failed = [{ directory: "gone `</code>`", message: "``` gone ```\n@team" }];
  const { prose, code } = await seen(renderMarkdown(run([judged(MIXED), judged([])], failed)));
  expect(code).toContain("gone `</code>`");
  expect(code.some((each) => each.includes("``` gone ```\n@team"))).toBe(true);
  expect(prose).not.toContain("@team");
});

test("a comment's limit is kept, and what is left out is counted", () => {
  const report = judged(many(400));
  const text = renderMarkdown(run([report]));
  expect(text.length).toBeLessThanOrEqual(65_536);
  const [, left = "0"] = /\*\*(\d+) more findings\*\*/.exec(text) ?? [];
  const { mandatory, advisory } = report.counts;
  const shown = [...text.matchAll(/<summary>(🔴|🟡)/gu)].length;
  expect(shown).toBeGreaterThan(50);
  expect(shown + Number(left)).toBe(mandatory + advisory);
  expect(text.split("<details").length - 1).toBe(text.split("</details>").length - 1);
});

test.each<[string, () => RunReport]>([
  ["programs that failed", () => run([], failing(200))],
  ["one failure that is long", () => run([], [{ directory: "x".repeat(100_000), message: "`y`\n".repeat(50_000) }])],
  ["programs", () => run(Array.from({ length: 1500 }, (_, i) => ({ ...none, directory: `program-${String(i)}` })))],
  [
    "notices",
    () => run([judged(MIXED, { notices: Array.from({ length: 500 }, (_, i) => `${String(i)} ${"x".repeat(500)}`) })]),
  ],
  ["names", () => run([judged([resource("Instance", "<`|@x>".repeat(20_000), { metadataOptions: {} }), ...MIXED])])],
  ["findings", () => run([judged(many(400))])],
])(
  "the limit is kept with too many or too long %s, everything that is opened is closed, and it says so",
  async (what, given) => {
    const text = renderMarkdown(given());
    expect(text.length).toBeLessThanOrEqual(65_536);
    const { details, prose, code } = await seen(text);
    expect(details).toBe(text.split("<details").length - 1);
    expect(what === "names" ? code.join("\n") : [prose, ...code].join("\n")).toMatch(/more|…/);
    // Nothing stands after a block that was not closed.
    expect(text.trimEnd()).toMatch(/(<\/details>|`{3,}|has all\.|expired|\|)$/);
  },
);

test("the exemptions that can go are listed, and where the run stands", async () => {
  const report = judged(MIXED);
  const fixed = {
    resource: "<b>@team`",
    policy: "imds-require-v2",
    reason: "r",
    expires: "2030-01-31",
    isNeeded: false,
  };
  const exemptions = [...report.exemptions, fixed];
  const { prose, code } = await seen(renderMarkdown(run([{ ...report, exemptions }])));
  expect(prose).toContain("Against the exemptions: 13 new, 1 known, 1 fixed, 0 expired");
  expect(code.join("\n")).toContain("<b>@team`  imds-require-v2  until 2030-01-31");
  expect(prose).not.toContain("@team");
});

test("no findings are good news", () => {
  expect(renderMarkdown(run([judged([])]))).toContain("🟢");
});
