import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import ts from "typescript";
import { rules } from "../../index";

const ROOT = path.resolve(__dirname, "../..");
const temporary = mkdtempSync(path.join(os.tmpdir(), "ec2-hardening-"));
let tarball = "";
let files: string[] = [];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: unknown;
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
      !/^(dist\/((policies|provider|cli|components)\/.*\.(js|d\.ts)|policies\/iam\/data\/[a-z-]+\.json)|presets\/[a-z-]+\.json)$/.test(
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
    "dist/components/package/schema.json",
    "dist/components/plan/arguments.json",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/provider/invokes/lookups/described.json",
    "dist/rules.d.ts",
    "dist/rules.js",
    "package.json",
    "plugin/PulumiPlugin.yaml",
    "plugin/index.js",
    "plugin/package.json",
  ]);
  expect(files).toContain("dist/policies/index.js");
  expect(files).toContain("dist/cli/main.js");
  expect(files).toContain("dist/components/index.js");
  expect(files).toContain("dist/policies/iam/data/actions.json");
  expect(files).toContain("dist/policies/iam/data/managed-policies.json");
});

test("the plugin needs nothing but the package around it, and has its version", () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), "utf8")) as Manifest;
  const plugin = read("plugin/package.json");
  expect(plugin.version).toBe(read("package.json").version);
  // Pulumi installs what a plugin depends on, which would be a second copy of everything.
  expect(plugin.dependencies).toBeUndefined();
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

const IMPORTED = `
  const loaded = Object.keys(require.cache).filter((file) => /node_modules.@pulumi.aws./.test(file)).length;
  console.log(JSON.stringify([typeof HardenedInstance, rules.length > 0, loaded]));`;

test.each([
  ["CommonJS", "commonjs", `const { HardenedInstance, rules } = require("ec2-hardening");`],
  [
    "an ES module",
    "module",
    `import { HardenedInstance, rules } from "ec2-hardening"; import module from "node:module"; const require = module.createRequire("/");`,
  ],
])("%s imports components and rules, without the AWS SDK", (_what, type, head) => {
  const args = [`--input-type=${type}`, "-e", `${head}${IMPORTED}; process.exit(0);`];
  const output = execFileSync(process.execPath, args, { cwd: ROOT }).toString();
  expect(JSON.parse(output)).toEqual(["function", true, 0]);
});

const CONSUMER = `
import { grantReadBucket, HardenedInstance, rules, type HardenedInstanceArgs } from "ec2-hardening";
import { createPack, defineRule, PASS } from "ec2-hardening/rules";
import type * as pulumi from "@pulumi/pulumi";

export const mine = defineRule<{ readonly limit: number }>({
  ...rules[0]!,
  check: (machine, _model, { limit }) => (machine.option("httpTokens").state === "known" && limit > 0 ? PASS : []),
});
export const start = (): void => createPack("mine", { rules: [...rules, mine] });

const args: HardenedInstanceArgs = { imds: "required", grants: [grantReadBucket("arn:aws:s3:::b", "p/")] };
export const id: pulumi.Output<string> = new HardenedInstance("web", args).instanceId;
export const names: readonly string[] = rules.map(({ name }) => name);
// @ts-expect-error -- a mode that there is none of
export const wrong: HardenedInstanceArgs = { imds: "on" };
`;

test.each([
  ["node16", "consumer.cts", ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
  ["node16", "consumer.mts", ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
  // What the templates of Pulumi set.
  ["node", "consumer.ts", ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10],
])(
  "types are found with module resolution %s from %s",
  (_resolution, name, module, moduleResolution) => {
    const directory = path.join(ROOT, ".cache", "consumer");
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, "package.json"), '{ "name": "consumer", "private": true }');
    const file = path.join(directory, name);
    writeFileSync(file, CONSUMER);
    const options = {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    };
    const program = ts.createProgram([file], options);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    expect(messages).toEqual([]);
  },
  120_000,
);

const COMMAND_LINE = path.join(ROOT, "dist/cli/main.js");
const CLEAN = path.join(ROOT, "test/cli/inputs/preview-destroy.json");
const VIOLATING = path.join(ROOT, "test/cli/inputs/state.json");

test.each([
  [CLEAN, 2],
  [VIOLATING, 1],
])("a report of %s that cannot be printed is told, and ends with %d", (input, exitCode) => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [COMMAND_LINE, "check", input], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  expect(stderr).toContain("error: the report could not be printed (ENOSPC)");
  expect(status).toBe(exitCode);
});

test("a fault of the command line itself is no violation", () => {
  const fault = path.join(temporary, "fault.js");
  writeFileSync(fault, "setImmediate(() => { throw new Error('a fault'); });");
  const { status, stderr } = spawnSync(process.execPath, ["--require", fault, COMMAND_LINE, "check", CLEAN], {
    encoding: "utf8",
  });
  expect(stderr).toContain("a fault");
  expect(status).toBe(2);
});
