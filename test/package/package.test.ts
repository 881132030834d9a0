import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { rules } from "../../index";

const ROOT = path.resolve(__dirname, "../..");
const temporary = mkdtempSync(path.join(os.tmpdir(), "ec2-hardening-"));
let tarball = "";
let files: string[] = [];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

beforeAll(() => {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", temporary];
  const answer = JSON.parse(execFileSync("npm", args, { cwd: ROOT }).toString()) as Packed[] | Record<string, Packed>;
  const packed = Array.isArray(answer) ? answer[0] : Object.values(answer)[0];
  if (!packed) throw new Error("npm pack told nothing");
  tarball = path.join(temporary, path.basename(packed.filename));
  files = packed.files.map((file) => file.path);
}, 60_000);
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** Runs a tool that is an ES module; what the script prints is JSON. */
function esm(script: string): unknown {
  const args = ["--input-type=module", "-e", script, tarball];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT }).toString());
}

test("only what users need is packed", () => {
  const outside = files.filter(
    (file) =>
      !/^(dist\/((policies|provider|cli)\/.*\.(js|d\.ts)|policies\/iam\/data\/[a-z-]+\.json)|presets\/[a-z-]+\.json)$/.test(
        file,
      ),
  );
  expect(outside.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE",
    "PulumiPolicy.yaml",
    "README.md",
    "SECURITY.md",
    "cli/render/html/page.css",
    "cli/render/html/page.js",
    "dist/index.d.ts",
    "dist/index.js",
    "package.json",
  ]);
  expect(files).toContain("dist/policies/index.js");
  expect(files).toContain("dist/cli/main.js");
  expect(files).toContain("dist/policies/iam/data/actions.json");
  expect(files).toContain("dist/policies/iam/data/managed-policies.json");
});

test("publint finds nothing wrong", () => {
  const messages = esm(`
    import { readFileSync } from "node:fs";
    import { publint } from "publint";
    const bytes = new Uint8Array(readFileSync(process.argv[1])).buffer;
    const { messages } = await publint({ pack: { tarball: bytes }, strict: true });
    console.log(JSON.stringify(messages));
  `);
  expect(messages).toEqual([]);
});

test("arethetypeswrong finds nothing wrong", () => {
  const problems = esm(`
    import { readFileSync } from "node:fs";
    import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
    const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(process.argv[1]))));
    console.log(JSON.stringify(checked.types ? checked.problems : "no types"));
  `);
  expect(problems).toEqual([]);
}, 60_000);

test("at most 12 production dependencies, none with an install script", () => {
  const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(12);
  for (const name of Object.keys(dependencies)) {
    const { scripts = {} } = JSON.parse(
      readFileSync(path.join(ROOT, "node_modules", name, "package.json"), "utf8"),
    ) as { scripts?: Record<string, string> };
    expect(Object.keys(scripts).filter((script) => /^(pre|post)?install$/.test(script))).toEqual([]);
  }
});

test("the package exports its rules", () => {
  expect(rules.map(({ name }) => name)).toContain("imds-require-v2");
});

test("the pack loads neither @pulumi/aws nor what only wrong options need", () => {
  const script = `
    process.chdir(process.argv[1]);
    require(process.argv[1]);
    setImmediate(() => {
      const loaded = Object.keys(require.cache).filter((file) => /\\/node_modules\\/(@pulumi\\/aws|ajv|commander|smol-toml|unbash|yaml|@secretlint)\\//.test(file) || /^\\/dist\\/(cli|provider|policies\\/iam\\/data)\\//.test(file.slice(process.argv[1].length)));
      console.log("LOADED " + JSON.stringify(loaded));
      process.exit(0);
    });`;
  const output = execFileSync(process.execPath, ["-e", script, ROOT], { cwd: ROOT }).toString();
  expect(/LOADED (.*)/.exec(output)?.[1]).toBe("[]");
});
