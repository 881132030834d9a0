import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findInputs } from "../../cli/inputs";
import { defaultJobs, inParallel } from "../../cli/parallel";
import { command } from "./harness";

jest.setTimeout(120_000);

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "several-"));
  symlinkSync(path.resolve(__dirname, "../../node_modules"), path.join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A program whose machine requires tokens where the stack's configuration says so. */
function program(place: string, stacks: Readonly<Record<string, string>> = {}): string {
  const directory = path.join(root, place);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "Pulumi.yaml"), `name: ${path.basename(place)}\nruntime: nodejs\n`);
  for (const [stack, tokens] of Object.entries(stacks))
    writeFileSync(path.join(directory, `Pulumi.${stack}.yaml`), `config:\n  tokens: ${tokens}\n`);
  writeFileSync(
    path.join(directory, "index.js"),
    `const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
console.log("hello from " + pulumi.getStack());
const httpTokens = new pulumi.Config().get("tokens") ?? "required";
new aws.ec2.Instance("web", {
  ami: "ami-1",
  instanceType: "t3.micro",
  keyName: "operator",
  metadataOptions: { httpTokens, httpPutResponseHopLimit: 1 },
});
`,
  );
  return directory;
}

test("every stack of a project, each under its name, with one sum and one exit code", async () => {
  const shop = program("shop", { dev: "required", prod: "optional", test: "required" });
  const result = await command("check", "--all-stacks", shop);
  const titles = result.stdout.split("\n").filter((line) => line.startsWith(shop));
  expect(titles).toEqual(["dev", "prod", "test"].map((stack) => `${shop} (${stack})`));
  expect(result.stdout).toMatch(/✖ 3 programs: 1 mandatory in 1 resource \(3 of 3 resources judged\)\n$/);
  expect([result.exitCode, result.stderr]).toEqual([1, ""]);
  const some = await command("check", "--stack", "dev", "--stack", "test", shop);
  expect(some.stdout).toMatch(/✔ 2 programs: no findings \(2 of 2 resources judged\)\n$/);
  expect(some.exitCode).toBe(0);
});

test("a stack that is perhaps misspelt is not judged without its configuration", async () => {
  const shop = program("shop", { prod: "optional", test: "required" });
  const misspelt = await command("check", "--stack", "prdo", "--stack", "test", shop);
  expect(misspelt.stderr).toContain(
    `${shop} has no Pulumi.prdo.yaml. Did you mean --stack prod? There is: prod, test.`,
  );
  expect(misspelt.stdout).toContain("no findings (1 of 1 resource judged)");
  expect(misspelt.exitCode).toBe(2);
  const another = await command("check", "--stack", "review-7", shop);
  expect([another.exitCode, another.stdout]).toEqual([
    0,
    expect.stringContaining("judged without configuration of a stack. There is: prod, test."),
  ]);
  const given = await command("check", "--stack", "review-7", "--config", "tokens=required", shop);
  expect([given.exitCode, given.stdout]).toEqual([0, expect.stringContaining("there is no Pulumi.review-7.yaml")]);
  const empty = program("empty", { prod: "required" });
  writeFileSync(path.join(empty, "Pulumi.plain.yaml"), "");
  expect((await command("check", "--stack", "plain", empty)).exitCode).toBe(0);
});

test("projects below a directory, but not those of packages, environments and hidden folders", async () => {
  for (const place of ["b/web", "b/web/nested", "a", ".hidden/x", "a/node_modules/y", "env/z", "c/vendor/v"])
    program(place);
  writeFileSync(path.join(root, "env/pyvenv.cfg"), "");
  symlinkSync(root, path.join(root, "c/loop"));
  const result = await command("check", "--verbose", "--jobs", "2", root);
  const found = ["a", "b/web", "b/web/nested"].map((place) => path.join(root, place));
  expect(result.stdout.split("\n").filter((line) => line.startsWith(root))).toEqual(found);
  found.forEach((directory) => expect(result.stderr).toContain(`${directory}: hello from dev`));
  expect(result.stdout).toMatch(/✔ 3 programs: no findings/);
  expect(result.exitCode).toBe(0);
});

test("what cannot be judged keeps no other from being judged, and is counted", async () => {
  const missing = path.join(root, "missing");
  const empty = path.join(root, "empty");
  mkdirSync(empty);
  const bad = program("bad", { dev: "optional" });
  const result = await command("check", missing, empty, bad);
  expect(result.stderr).toContain("missing does not exist");
  expect(result.stderr).toContain("empty has no Pulumi.yaml, nor has a directory below it");
  expect(result.stdout).toMatch(/✖ 3 programs, 2 not judged: 1 mandatory in 1 resource .*, incomplete\n$/);
  expect(result.exitCode).toBe(1);
  const none = await command("check", missing, empty);
  expect(none.exitCode).toBe(2);
});

test("a program that is named twice is judged once, each stack by itself", () => {
  const shop = program("shop", { prod: "required", staging: "required" });
  symlinkSync(shop, path.join(root, "link"));
  const paths = [shop, `${shop}/`, path.join(root, "link"), root];
  const labels = (names: readonly string[], all: boolean): string[] =>
    findInputs(paths, { names, all }).map(({ label }) => path.relative(root, label));
  expect(labels(["prod"], false)).toEqual(["shop"]);
  expect(labels(["prod", "acme/shop/prod", "staging"], false)).toEqual(["shop (prod)", "shop (staging)"]);
  expect(labels([], true)).toEqual(["shop (prod)", "shop (staging)"]);
});

test("work is done side by side, so many at once, and answered in order", async () => {
  let [now, most] = [0, 0];
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, item % 3));
    now -= 1;
    if (item === 4) throw new Error("four");
    return item * 2;
  };
  const settled = await Promise.allSettled(inParallel([...Array(20).keys()], 3, work));
  expect(most).toBe(3);
  expect(settled.map((each) => (each.status === "fulfilled" ? each.value : "failed")).slice(3, 6)).toEqual([
    6,
    "failed",
    10,
  ]);
  expect(defaultJobs()).toBeGreaterThan(0);
});
