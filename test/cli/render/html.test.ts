import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { renderHtml } from "../../../cli/render/html";
import type { RunReport } from "../../../cli/run-report";
import { startBrowser } from "./browser";
import { HOSTILE, HOSTILE_PROGRAM, judged, many, manyPaths, MIXED, run } from "./fixture";

jest.setTimeout(120_000);

const directory = mkdtempSync(path.join(tmpdir(), "report-"));
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** Errors and messages of the console, and requests other than for the file itself. */
  readonly complaints: string[];
}

interface Look {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

/** Opens a report as a reader does: from a file. */
async function opened(report: RunReport, { width = 1280, scheme = "light" }: Look = {}): Promise<Opened> {
  const file = path.join(directory, "report.html");
  writeFileSync(file, renderHtml(report));
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address && request.url() !== "data:,") complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints };
}

const mixed = judged(MIXED);
const total = Object.values(mixed.counts).reduce((sum, each) => sum + each, 0) + mixed.exempted.length;

/** Policies and resources that the list shows. */
async function listed(page: Page): Promise<string[]> {
  return page.locator("#list .resource").evaluateAll((resources) =>
    resources.flatMap((resource) => {
      const text = (element: { textContent: string | null } | null): string => element?.textContent ?? "";
      const each = resource as unknown as {
        querySelector(selector: string): { textContent: string | null } | null;
        querySelectorAll(selector: string): Iterable<{ textContent: string | null }>;
      };
      return [...each.querySelectorAll("summary strong")].map(
        (policy) => `${text(each.querySelector("h3"))} ${text(policy)}`,
      );
    }),
  );
}

/** What the list shows once it has so many findings: filters wait for the end of typing. */
async function eventually(page: Page, count: number): Promise<string[]> {
  await shows(page.locator("#list details"), count);
  return listed(page);
}

async function shows(locator: Locator, count: number): Promise<void> {
  for (let i = 0; i < 100 && (await locator.count()) !== count; i += 1) await setTimeout(50);
  expect(await locator.count()).toBe(count);
}

test("opens without a complaint or a request, and shows every finding", async () => {
  const { page, complaints } = await opened(run([mixed]));
  expect(await listed(page)).toHaveLength(total);
  expect(await page.locator("h1").textContent()).toBe(`${String(mixed.counts.mandatory)} violations`);
  expect(await page.locator(".cards strong").allTextContents()).toEqual(
    [mixed.counts.mandatory, mixed.counts.advisory, mixed.counts.unverified, 1].map(String),
  );
  expect(complaints).toEqual([]);
  await page.close();
});

test("filters by policy, level, resource and text, together, and can be cleared", async () => {
  const { page, complaints } = await opened(run([mixed]));
  await page.getByLabel("Policy", { exact: true }).selectOption("imds-require-v2");
  expect(await eventually(page, 3)).toEqual(["build imds-require-v2", "shop imds-require-v2", "web imds-require-v2"]);
  await page.getByLabel("Resource", { exact: true }).fill("sho");
  expect(await eventually(page, 1)).toEqual(["shop imds-require-v2"]);
  expect(await page.locator("#shown").textContent()).toBe(`1 of ${String(total)} findings in 1 resource`);
  await page.getByRole("button", { name: "Clear" }).click();
  await eventually(page, total);
  await page.getByLabel("Level", { exact: true }).selectOption("exempted");
  expect(await eventually(page, 1)).toEqual(["tagged imds-instance-tags"]);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("Text", { exact: true }).fill("passrole administrator");
  expect(await eventually(page, 1)).toEqual(["build imds-attack-path"]);
  await page.getByLabel("Text", { exact: true }).fill("no such words");
  await eventually(page, 0);
  expect(await page.locator("#shown").textContent()).toContain("No finding matches");
  expect(complaints).toEqual([]);
  await page.close();
});

test("filters by severity, and by program and stack where there are several", async () => {
  const prod = judged(MIXED, { stack: { name: "prod", project: "shop", organization: "organization" } });
  const { page, complaints } = await opened(run([mixed, prod]));
  await page.getByLabel("Severity", { exact: true }).selectOption("critical");
  expect(await eventually(page, 8)).toContain("nat imds-attack-path");
  await page.getByLabel("Program and stack").selectOption("infra (shop/prod)");
  await eventually(page, 4);
  expect(await page.locator("#list .meta").first().textContent()).toContain("infra (shop/prod)");
  await page.getByRole("button", { name: "Clear" }).click();
  await eventually(page, 2 * total);
  expect(await page.locator(".machine .type").first().textContent()).toContain("infra (shop/dev)");
  expect(complaints).toEqual([]);
  await page.close();
  const { page: single } = await opened(run([mixed]));
  expect(await single.getByLabel("Program and stack").count()).toBe(0);
  await single.close();
});

const GONE = {
  policy: "imds-require-v2",
  resource: HOSTILE[0],
  reason: HOSTILE[1],
  expires: "2030-01-31",
  isNeeded: false,
};

test("tells where the run stands against the exemptions, and which can go", async () => {
  const { page, complaints } = await opened(run([{ ...mixed, exemptions: [...mixed.exemptions, GONE] }]));
  expect(await page.locator(".balance dt").allTextContents()).toEqual(["new", "known", "expired", "fixed"]);
  expect(await page.locator(".balance strong").allTextContents()).toEqual(["13", "1", "0", "1"]);
  await page.locator(".fixed summary").click();
  expect(await page.locator(".exemptions tbody").textContent()).toBe(
    `${HOSTILE[0]}imds-require-v22030-01-31${HOSTILE[1]}`,
  );
  expect(complaints).toEqual([]);
  await page.close();
});

test("on paper everything is open, in dark colours on white, and closed again afterwards", async () => {
  const { page } = await opened(run([{ ...mixed, exemptions: [...mixed.exemptions, GONE] }]), { scheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  // As paper is wide.
  await page.setViewportSize({ width: 720, height: 1000 });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await page.locator("#list details:not([open])").count()).toBe(0);
  expect(await page.locator(".message").first().isVisible()).toBe(true);
  expect(await page.getByRole("img", { name: "Attack paths" }).isVisible()).toBe(true);
  expect(await page.locator("form:visible, nav:visible").count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(29, 32, 37)");
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await page.locator("#list details[open]").count()).toBe(0);
  await page.close();
});

test("numbers of the overview lead to what they count", async () => {
  const { page } = await opened(run([mixed]));
  await page.locator(".cards .unverified a").click();
  await eventually(page, mixed.counts.unverified);
  await page.getByRole("link", { name: "imds-hop-limit" }).click();
  expect(await eventually(page, 1)).toEqual(["nat imds-hop-limit"]);
  await page.close();
});

test("attack paths are drawn: boxes within the picture, arrows between them, shared roles once", async () => {
  const { page } = await opened(run([mixed]));
  const picture = page.getByRole("img", { name: "Attack paths" });
  expect(await picture.isVisible()).toBe(true);
  const boxes = picture.locator("svg");
  const titles = await boxes.locator("title").allTextContents();
  expect(titles.filter((title) => title === "role reader")).toHaveLength(1);
  expect(titles.filter((title) => title === "IMDSv1")).toHaveLength(3);
  expect(titles).toEqual(expect.arrayContaining(["internet", "forwarded traffic", "administrator", "hop limit 2"]));
  const outer = await picture.boundingBox();
  for (const box of await boxes.all()) {
    const inner = await box.boundingBox();
    expect(inner && outer && inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1).toBe(true);
    expect(inner && inner.width > 50 && inner.height > 15).toBe(true);
  }
  expect(await picture.locator(".edge").count()).toBeGreaterThanOrEqual(titles.length - 2);
  await page.close();
});

test("a machine's options say where they come from", async () => {
  const { page } = await opened(run([mixed]));
  const group = page.locator(".machine", { hasText: "aws:autoscaling:Group" });
  await group.locator("summary").click();
  const rows = await group.locator("tbody tr").allTextContents();
  expect(rows[0]).toBe("httpTokensnot known yetmetadataOptions.httpTokens of workers (aws:ec2:LaunchTemplate)");
  expect(rows).toHaveLength(5);
  const web = page.locator(".resource", { has: page.getByRole("heading", { name: "web", exact: true }) });
  await web.getByRole("link", { name: "Its options" }).click();
  const described = page.locator(".machine[open]", { hasText: "role reader" });
  await described.waitFor();
  expect(await described.locator("tbody tr").first().textContent()).toBe(
    "httpTokensoptionalmetadataOptions.httpTokens",
  );
  expect(await described.locator("dl").textContent()).toContain("can be reached (0.0.0.0/0:443)");
  await page.close();
});

test("machines are found by name", async () => {
  const { page } = await opened(run([mixed]));
  await page.getByLabel("Machine", { exact: true }).fill("LaunchTemplate");
  await shows(page.locator(".machine"), 1);
  expect(await page.locator("#machines-shown").textContent()).toContain("1 of 8");
  await page.close();
});

test("everything can be done with the keyboard", async () => {
  const { page } = await opened(run([mixed]));
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").textContent()).toBe("Skip to findings");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Expand all" }).focus();
  await page.keyboard.press("Enter");
  expect(await page.locator("#list details[open]").count()).toBe(total);
  await page.locator(".machine summary").first().focus();
  await page.keyboard.press("Enter");
  await shows(page.locator(".machine[open] table"), 1);
  await page.close();
});

test("hostile names are shown as text and do nothing", async () => {
  const failed = [{ directory: HOSTILE[0], message: HOSTILE[1] }];
  const { page, complaints } = await opened(run([judged(HOSTILE_PROGRAM, { notices: [HOSTILE[1]] })], failed));
  const names = await page.locator("#list h3").allTextContents();
  for (const name of [HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[4], HOSTILE[6], HOSTILE[7]])
    expect(names).toContain(name);
  await page.getByRole("button", { name: "Expand all" }).click();
  for (const summary of await page.locator(".machine summary").all()) await summary.click();
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("img[src], body b, body i, script:not([type])").count()).toBe(1);
  expect(complaints).toEqual([]);
  await page.close();
});

/** Every text of a report replaced, but the words by which the page tells things apart. */
function hostile<T>(value: T, text: string, key = ""): T {
  const own = ["level", "severity", "state", "kind", "role", "profile", "policy", "attribute"];
  if (typeof value === "string") return (own.includes(key) ? value : text) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => hostile(each, text)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, hostile(each as unknown, text, name)]),
  ) as T;
}

test.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))(
  "%s in every field of a report is text",
  async (_name, text) => {
    const fixed = { ...mixed, exemptions: [...mixed.exemptions, GONE], errors: [text], hints: [text] };
    const report = hostile({ ...fixed, outcome: { kind: "ended-early" } as const }, text);
    const { page, complaints } = await opened(run([report, mixed], [{ directory: text, message: text }]), {
      width: 390,
    });
    await page.getByRole("button", { name: "Expand all" }).click();
    await page.evaluate(`for (const each of document.querySelectorAll("details")) each.open = true`);
    await page.locator(".machine table").last().waitFor();
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(await page.locator("img, body b, body i, script:not([type])").count()).toBe(1);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  },
);

test("what forbids foreign code is in force: neither an inline script nor a request gets through", async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { page, complaints } = await opened(run([mixed]));
  await page.evaluate(`(() => {
    const script = document.createElement("script");
    script.textContent = "window.hacked = 3";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "http://127.0.0.1:${String(port)}/pixel";
    document.body.append(image);
    return new Promise((resolve) => (image.onload = image.onerror = resolve));
  })()`);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(complaints.filter((each) => each.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(2);
  expect(asked).toBe(0);
  server.close();
  await page.close();
});

describe.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"],
] as const)("%i wide, %s", (width, scheme) => {
  test("is accessible, and nothing is wider than the window", async () => {
    const { page, complaints } = await opened(run([mixed, judged(HOSTILE_PROGRAM)]), { width, scheme });
    await page.getByRole("button", { name: "Expand all" }).click();
    await page.locator(".machine summary").first().click();
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(", ")))`,
    );
    expect(violations).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test.each([
  ["of as many machines", many(1000)],
  ["with an attack path for each machine", manyPaths(334)],
])("stays under a megabyte with 1,000 findings %s", (_what, written) => {
  const report = judged(written);
  const { mandatory, advisory } = report.counts;
  expect(mandatory + advisory).toBeGreaterThanOrEqual(1000);
  expect(Buffer.byteLength(renderHtml(run([report])))).toBeLessThan(1_000_000);
});

test("a program without findings, and none at all, give a page as well", async () => {
  for (const report of [run([judged([])]), run([])]) {
    const { page, complaints } = await opened(report);
    expect(await page.locator("h1").textContent()).toBe("No findings");
    expect(await page.locator("#shown").textContent()).toBe("There are none.");
    expect(complaints).toEqual([]);
    await page.close();
  }
});
