/** How programs for Node.js are started: with whatever SDK and tools they were written for. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepare } from "../../cli/languages";
import { installCommand, installFrom } from "../../cli/languages/install";
import { chooseStack, readProject, readStackConfig } from "../../cli/project";
import { host, named } from "./harness";

jest.setTimeout(60_000);

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "node-"));
  write({ "Pulumi.yaml": "name: old\nruntime: nodejs\n", "index.js": "" });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

/** Gives the program the packages that this one is developed with. */
function installed(): void {
  symlinkSync(path.resolve(__dirname, "../../node_modules"), path.join(root, "node_modules"));
}

/** Runs what would run the program, against no engine. */
function launched(checkTypes?: boolean): string {
  const project = readProject(root);
  const stack = chooseStack(project, undefined);
  const config = readStackConfig(project, stack.name, []);
  const { command, args, cwd, env } = prepare(project, { stack, config, checkTypes }).launch("127.0.0.1:1", new Map());
  const { stdout, stderr } = spawnSync(command, [...args], { cwd, env, encoding: "utf8" });
  return stdout + stderr;
}

/**
 * As SDKs of version 2, and of 3 before 3.40, are made: their modules load each other in a circle, one keeps another
 * that failed to load where that begins elsewhere than in `index.js`, and settings are read as they are loaded.
 */
const OLD_SDK = {
  "package.json": '{ "main": "index.js" }',
  "index.js": 'require("./runtime"); require("./resource");',
  "resource.js": 'require("./runtime"); exports.Resource = class {};',
  "metadata.js": 'const runtime = require("./runtime"); exports.read = () => runtime.settings.read;',
  "runtime/index.js":
    'require("../metadata"); exports.stack = require("./stack"); exports.settings = require("./settings");',
  "runtime/stack.js": 'const { Resource } = require("../resource"); exports.Stack = class extends Resource {};',
  "runtime/settings.js":
    "const { PULUMI_NODEJS_PROJECT: name, PULUMI_NODEJS_STACK: stack, PULUMI_NODEJS_DRY_RUN: dry } = process.env;" +
    "exports.read = [name, stack, dry].join(' ');",
  "runtime/debuggable.js": "exports.debuggablePromise = (promise) => promise;",
  "log/index.js": "",
  "cmd/run/index.js":
    'require("../.."); require("ts-node").register({ typeCheck: true }); console.log(require("../../metadata").read());',
  "node_modules/ts-node/index.js":
    "exports.register = ({ typeCheck, transpileOnly }) => console.log(typeCheck, transpileOnly);",
};

test("an old SDK is loaded in its own order, knows the program and its stack by then, and checks no types", () => {
  write(
    Object.fromEntries(Object.entries(OLD_SDK).map(([name, text]) => [`node_modules/@pulumi/pulumi/${name}`, text])),
  );
  expect(launched()).toBe("false true\nold dev true\n");
});

test.each([
  ["a function, as Node.js tells it", "Error", "at main (/app/index.ts:3:1)"],
  ["a function, as ts-node does", "[object Object]", "at Object.<anonymous> (/app/index.ts:3:1)"],
  ["a module, at the end", "Error: ", "at /app/index.ts:3:1"],
  ["a module that waited", "Error: ", "at async /app/index.ts:3:1\\n at async run (/sdk/run.js:1:1)"],
])("an SDK that takes the first frame finds it in %s", (_what, head, frame) => {
  const sdk = ["new Resource (/sdk/a.js:1:1)", "new CustomResource (/sdk/a.js:1:1)", "new Bucket (/aws/b.js:1:1)"];
  const stack = [head, ...sdk.map((each) => `    at ${each}`), `    ${frame}`].join("\\n");
  write({
    "node_modules/@pulumi/pulumi/index.js": "",
    "node_modules/@pulumi/pulumi/log/index.js": "",
    "node_modules/@pulumi/pulumi/runtime/debuggable.js": "",
    "node_modules/@pulumi/pulumi/resource.js": "exports.Resource = class {};",
    "node_modules/@pulumi/pulumi/cmd/run/index.js":
      'const { file, line, col } = require("../../resource").Resource.sourcePositionRegExp.exec("STACK").groups;'.replace(
        "STACK",
        stack,
      ) + "console.log(file, line, col);",
  });
  expect(launched()).toBe("/app/index.ts 3 1\n");
});

test.each([
  ["not", false, "true true\n"],
  ["as the project says where they are asked for", true, "undefined undefined\n"],
])("types are checked %s, by the SDK and by what runs its ES modules", (_when, asked, expected) => {
  const { PULUMI_NODEJS_TRANSPILE_ONLY: own, TS_NODE_TRANSPILE_ONLY: modules } = { ...process.env };
  expect([own, modules]).toEqual([undefined, undefined]);
  const print = "console.log(process.env.PULUMI_NODEJS_TRANSPILE_ONLY, process.env.TS_NODE_TRANSPILE_ONLY)";
  write({ "node_modules/@pulumi/pulumi/cmd/run/index.js": print });
  expect(launched(asked)).toBe(expected);
});

const MACHINE = `import * as aws from "@pulumi/aws";
interface Size {
  readonly type: string;
}
const size: Size = { type: "t3.micro" };
new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: size.type });
`;

test("what TypeScript says of options does not stop a program whose types are not checked", async () => {
  installed();
  const compilerOptions = { module: "commonjs", moduleResolution: "bundler", baseUrl: ".", paths: { "a*": ["b*"] } };
  write({ "index.ts": MACHINE, "tsconfig.json": JSON.stringify({ compilerOptions }) });
  rmSync(path.join(root, "index.js"));
  const result = await host(root);
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(result.positions.get(named(result, "web").urn)).toMatchObject({ line: 6, column: 1 });
});

/** Hooks that translate TypeScript on the way, as tsx and ts-node do. */
const HOOKS = `
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const compilerOptions = { module: "esnext", target: "es2022", inlineSourceMap: true };
  const file = readFileSync(fileURLToPath(url), "utf8");
  const source = ts.transpileModule(file, { fileName: url, compilerOptions }).outputText;
  return { format: "module", source, shortCircuit: true };
}
`;
const REGISTER = 'import { register } from "node:module";\nregister("./hooks.mjs", import.meta.url);\n';

test.each([
  ["arguments of Node.js", 'typescript: false, nodeargs: "--import ./register.mjs"', "index.ts", {}],
  ["the program", "typescript: false", "index.mjs", { "index.mjs": REGISTER + 'await import("./index.ts");\n' }],
])(
  "resources lie where the source has them, if %s bring hooks that translate it",
  async (_what, options, main, files) => {
    installed();
    write({
      "Pulumi.yaml": withOption("nodejs", options),
      "package.json": JSON.stringify({ type: "module", main }),
      "index.ts": MACHINE,
      "hooks.mjs": HOOKS,
      "register.mjs": REGISTER,
      ...files,
    });
    const result = await host(root);
    expect(result.errors).toEqual([]);
    const position = result.positions.get(named(result, "web").urn);
    expect(position).toMatchObject({ file: path.join(root, "index.ts"), line: 6, column: 1 });
  },
);

/** As Yarn writes it, which tells `require` where packages are and keeps none in node_modules. */
const PNP = `
const Module = require("module");
const path = require("path");
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  name.startsWith("@pulumi/") ? path.join(__dirname, "cache", name, "index.js") : resolve(name, ...rest);
`;

test("packages that Yarn keeps by Plug'n'Play are found, in a workspace below, and by what runs the program", () => {
  const loaded = 'import("virtual:module").then((found) => console.log(require("@pulumi/other"), found.default))';
  write({
    ".pnp.cjs": PNP,
    ".pnp.loader.mjs":
      "export const resolve = (name, context, next) =>" +
      'name === "virtual:module" ? { url: "data:text/javascript,export default 2", shortCircuit: true } : next(name);',
    "cache/@pulumi/pulumi/cmd/run/index.js": loaded,
    "cache/@pulumi/other/index.js": "module.exports = 1;",
    "packages/infra/Pulumi.yaml": "name: infra\nruntime: nodejs\n",
  });
  root = path.join(root, "packages/infra");
  expect(launched()).toBe("1 2\n");
  root = path.join(root, "../..");
});

const POETRY = '[build-system]\nrequires = ["poetry-core"]\n';

test.each([
  ["nothing", {}, "npm install"],
  ["a lock file of pnpm", { "pnpm-lock.yaml": "" }, "pnpm install"],
  ["a workspace of pnpm", { "pnpm-workspace.yaml": "" }, "pnpm install"],
  ["one of yarn", { "yarn.lock": "" }, "yarn install"],
  ["a table of yarn", { ".pnp.cjs": "" }, "yarn install"],
  ["package.json", { "package.json": '{ "packageManager": "pnpm@10.1.0", "private": true }' }, "pnpm install"],
  ["its engines", { "package.json": '{ "devEngines": { "packageManager": { "name": "yarn" } } }' }, "yarn install"],
  ["a package.json with a tool nobody knows", { "package.json": '{ "packageManager": "a;b@1" }' }, "npm install"],
  ["the runtime's option", { "Pulumi.yaml": withOption("nodejs", "packagemanager: bun") }, "bun install"],
  [
    "an option that leaves it to Pulumi",
    { "Pulumi.yaml": withOption("nodejs", "packagemanager: auto"), "yarn.lock": "" },
    "yarn install",
  ],
  ["the runtime", { "Pulumi.yaml": "name: old\nruntime: bun\n", "yarn.lock": "" }, "bun install"],
  [
    "requirements",
    { "Pulumi.yaml": withOption("python", ""), "requirements.txt": "", "pyproject.toml": POETRY },
    "python3 -m venv venv && venv/bin/pip install -r requirements.txt",
  ],
  ["a lock file of uv", { "Pulumi.yaml": withOption("python", ""), "uv.lock": "" }, "uv sync"],
  ["a toolchain", { "Pulumi.yaml": withOption("python", "toolchain: poetry") }, "poetry install"],
  ["a project of Poetry", { "Pulumi.yaml": withOption("python", ""), "pyproject.toml": POETRY }, "poetry install"],
  [
    "a project of any tool",
    { "Pulumi.yaml": withOption("python", "toolchain: pip"), "pyproject.toml": "[project]\n" },
    "python3 -m venv venv && venv/bin/pip install .",
  ],
  ["Go", { "Pulumi.yaml": "name: old\nruntime: go\n" }, "go mod tidy"],
])("packages are installed as %s says", (_what, files, expected) => {
  write(files);
  expect(installCommand(readProject(root))).toBe(expected);
});

test("a directory is named so that a shell takes it for one", () => {
  write({ "it's mine/Pulumi.yaml": "name: old\nruntime: nodejs\n" });
  const quoted = `'${path.join(root, "it'\\''s mine")}'`;
  expect(installFrom(readProject(path.join(root, "it's mine")))).toBe(`cd ${quoted} && npm install`);
});

function withOption(name: string, option: string): string {
  return `name: old\nruntime:\n  name: ${name}\n  options: { ${option} }\n`;
}
