/** How programs for Node.js are started: with whatever SDK and tools they were written for. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepare } from "../../cli/languages";
import { installCommand } from "../../cli/languages/install";
import { chooseStack, readProject, readStackConfig } from "../../cli/project";

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

/** Runs what would run the program, against no engine. */
function launched(): string {
  const project = readProject(root);
  const stack = chooseStack(project, undefined);
  const config = readStackConfig(project, stack.name, []);
  const { command, args, cwd, env } = prepare(project, { stack, config }).launch("127.0.0.1:1", new Map());
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
  ["nothing", {}, "npm install"],
  ["a lock file of pnpm", { "pnpm-lock.yaml": "" }, "pnpm install"],
  ["one of yarn", { "yarn.lock": "" }, "yarn install"],
  ["the runtime's option", { "Pulumi.yaml": withOption("nodejs", "packagemanager: bun") }, "bun install"],
  [
    "requirements",
    { "Pulumi.yaml": withOption("python", "") },
    "python3 -m venv venv && venv/bin/pip install -r requirements.txt",
  ],
  ["a lock file of uv", { "Pulumi.yaml": withOption("python", ""), "uv.lock": "" }, "uv sync"],
  ["a toolchain", { "Pulumi.yaml": withOption("python", "toolchain: poetry") }, "poetry install"],
  ["Go", { "Pulumi.yaml": "name: old\nruntime: go\n" }, "go mod tidy"],
])("packages are installed as %s says", (_what, files, expected) => {
  write(files);
  expect(installCommand(readProject(root))).toBe(expected);
});

function withOption(name: string, option: string): string {
  return `name: old\nruntime:\n  name: ${name}\n  options: { ${option} }\n`;
}
