// Makes the samples of test/cli/inputs: what the real CLI writes about the program test/engine/programs/inputs.
// Run with `npm run input-samples`, after `npm run engine`.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const TARGET = join(ROOT, "test/cli/inputs");
const { startProviders } = createRequire(import.meta.url)(join(ROOT, ".cache/build/tools/engine/provider.js"));

const workspace = mkdtempSync(join(tmpdir(), "input-samples-"));
const directory = join(workspace, "inputs");
const providers = await startProviders("us-west-2");
const environment = {
  HOME: workspace,
  PATH: [process.env.PATH, join(ROOT, ".cache/engine/bin"), join(ROOT, "tools/engine/bin")].join(delimiter),
  PULUMI_HOME: join(workspace, "home"),
  PULUMI_BACKEND_URL: `file://${join(workspace, "backend")}`,
  PULUMI_CONFIG_PASSPHRASE: "",
  PULUMI_DEBUG_COMMANDS: "true",
  PULUMI_DEBUG_PROVIDERS: providers.debugProviders,
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_EXPERIMENTAL: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
};
const STACK = ["--stack", "dev", "--non-interactive", "--color", "never"];
const STREAM = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/** Runs the CLI and gives what it prints on standard output, also where it fails. */
function pulumi(args, variables = {}) {
  return new Promise((done, fail) => {
    const options = { cwd: directory, env: { ...environment, ...variables }, stdio: ["ignore", "pipe", "inherit"] };
    const child = spawn("pulumi", args, options);
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("error", fail);
    child.on("close", () => done(text));
  });
}

/** Keeps a sample, without the directories of this machine. */
function keep(name, text) {
  const plain = text.replaceAll(/(\.\.\/)+[^"]*?\/node_modules\//g, "../node_modules/");
  writeFileSync(join(TARGET, name), plain.replaceAll(workspace, "/home/dev").replaceAll(ROOT, "/home/dev"));
}

async function preview(name, flags = [], variables = {}) {
  keep(name, await pulumi(["preview", ...STACK, "--json", ...flags], variables));
}

async function plan(name) {
  const file = join(workspace, name);
  await pulumi(["preview", ...STACK, "--save-plan", file]);
  keep(name, readFileSync(file, "utf8"));
}

mkdirSync(join(workspace, "backend"));
mkdirSync(TARGET, { recursive: true });
symlinkSync(join(ROOT, "node_modules"), join(workspace, "node_modules"));
cpSync(join(ROOT, "test/engine/programs/inputs"), directory, { recursive: true });
try {
  await pulumi(["stack", "init", "dev", "--non-interactive"]);
  await preview("preview-new.json");
  await preview("events-new.ndjson", [], STREAM);
  await plan("plan-new.json");
  await pulumi(["up", ...STACK, "--yes"]);
  keep("state.json", await pulumi(["stack", "export", "--stack", "dev"]));
  keep("state-secrets.json", await pulumi(["stack", "export", "--stack", "dev", "--show-secrets"]));
  await pulumi(["config", "set", "step", "second"]);
  await preview("preview-change.json");
  await preview("preview-sames.json", ["--show-sames"]);
  await preview("preview-refresh.json", ["--refresh"]);
  await preview("events-change.ndjson", [], STREAM);
  await plan("plan-change.json");
  const program = readFileSync(join(directory, "index.js"), "utf8");
  writeFileSync(join(directory, "index.js"), `${program}\nthrow new Error("the wheels came off");\n`);
  await preview("preview-failed.json", ["--show-sames"]);
  await preview("events-failed.ndjson", [], STREAM);
  keep("preview-destroy.json", await pulumi(["destroy", ...STACK, "--json", "--preview-only"]));
} finally {
  providers.stop();
  rmSync(workspace, { recursive: true });
}
