import { existsSync, readdirSync, readFileSync } from "node:fs";
import { RULES } from "../policies/rules";
import { ruleUrl } from "../policies/rules/rule";

const FOLDER = "policies/rules";

/** Rules that have a file, by the files that declare one. */
const FILES = readdirSync(FOLDER)
  .filter((file) => /= define(?:Role)?Rule[<(]/.test(readFileSync(`${FOLDER}/${file}`, "utf8")))
  .map((file) => file.replace(/\.ts$/, ""));

const NAMES = RULES.map(({ name }) => name);
const README = readFileSync("README.md", "utf8");

test("every rule file is in the list, and every rule of the list has its file", () => {
  expect(FILES.length).toBeGreaterThan(0);
  expect([...NAMES].sort()).toEqual([...FILES].sort());
});

test("names are unique", () => {
  expect(new Set(NAMES).size).toBe(NAMES.length);
});

test("what could not be judged is listed last, after the policies that leave it", () => {
  expect(NAMES.at(-1)).toBe("unverified-at-preview");
});

test("there are no pages and samples of rules that do not exist", () => {
  const pages = readdirSync("docs/rules").filter((file) => file !== "README.md");
  expect(pages.sort()).toEqual(NAMES.map((name) => `${name}.md`).sort());
  const samples = readdirSync("docs/samples").filter(
    (folder) => !["components", "cookbook", "guides", "own-rule"].includes(folder),
  );
  expect(samples.sort()).toEqual([...NAMES].sort());
});

describe.each(RULES.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  test("says what holds, why, and how to fix it", () => {
    const { displayName, description, rationale, remediationSteps } = rule;
    for (const text of [displayName, description, rationale, remediationSteps]) {
      expect(text.trim()).not.toBe("");
      expect(text).toBe(text.trim());
    }
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(displayName).not.toMatch(/\.$/);
  });

  test("is tagged with words that are its own", () => {
    expect(rule.tags.length).toBeGreaterThan(0);
    expect(new Set(rule.tags).size).toBe(rule.tags.length);
  });

  test("describes every option, with a default or none", () => {
    for (const schema of Object.values(rule.options)) expect(schema.description).toMatch(/\.$/);
  });

  test("has a page, where its url leads", () => {
    expect(ruleUrl(name)).toMatch(new RegExp(`^https://.*/docs/rules/${name}\\.md$`));
    expect(existsSync(`docs/rules/${name}.md`)).toBe(true);
  });

  test("has a test, and samples that it finds and that it leaves alone", () => {
    const needed = [
      `test/policies/rules/${name}.test.ts`,
      ...["bad.ts", "good.ts", "notes.md"].map((file) => `docs/samples/${name}/${file}`),
    ];
    expect(needed.filter((file) => !existsSync(file))).toEqual([]);
  });

  test("is in every preset, the README, the index of pages and the change log", () => {
    const presets = readdirSync("presets").map((file) => `presets/${file}`);
    for (const file of presets) {
      expect(Object.keys(JSON.parse(readFileSync(file, "utf8")) as object)).toContain(name);
    }
    expect(README).toContain(`[\`${name}\`](docs/rules/${name}.md)`);
    expect(readFileSync("docs/rules/README.md", "utf8")).toContain(`[\`${name}\`](${name}.md)`);
    expect(readFileSync("CHANGELOG.md", "utf8")).toContain(`\`${name}\``);
  });
});
