import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import { readSettings } from "../../policies/settings";
import { version } from "../../package.json";
import { actionErrors, shellcheck } from "./actions";
import { installsFor } from "../../cli/init/dependencies";
import { command } from "./harness";

jest.setTimeout(60_000);

const directory = mkdtempSync(path.join(tmpdir(), "init-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** A repository with the files that are given. */
function repository(name: string, files: Readonly<Record<string, string>> = {}): string {
  const root = path.join(directory, name);
  mkdirSync(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return root;
}

const NODE = "name: x\nruntime: nodejs\n";
const HOSTILE = "it's $(touch hacked) ${{ github.token }}";
const MONOREPO = {
  "package-lock.json": "{}",
  "network/Pulumi.yaml": NODE,
  "shop/Pulumi.yaml": NODE,
  "shop/pnpm-lock.yaml": "",
  "jobs/Pulumi.yaml": "name: y\nruntime: python\n",
  "jobs/requirements.txt": "pulumi",
  [`${HOSTILE}/Pulumi.yaml`]: NODE,
  [`${HOSTILE}/package-lock.json`]: "{}",
};

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly "working-directory"?: string;
}

test.each(["baseline", "containers", "report-only", "strict"])("preset %s: a valid configuration", async (preset) => {
  const root = repository(preset);
  const { exitCode, stdout, stderr } = await command("init", "--preset", preset, root);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const config = path.join(root, "policy-config.json");
  const text = readFileSync(config, "utf8");
  expect(text).toBe(readFileSync(`presets/${preset}.json`, "utf8"));
  expect(() => readSettings(JSON.parse(text))).not.toThrow();
  expect(stdout).toContain(`Next: npx ec2-hardening check --all-stacks --policy-pack-config ${config} ${root}`);
});

test("GitHub: a workflow without rights but those it needs, which installs what each program needs", async () => {
  const root = repository("github", MONOREPO);
  expect((await command("init", "--ci", "github", root)).exitCode).toBe(0);
  const text = readFileSync(path.join(root, ".github/workflows/ec2-hardening.yml"), "utf8");
  expect(actionErrors("workflow", text)).toEqual([]);
  expect(actionErrors("workflow", text.replace("!cancelled()", "!canceled()"))).not.toEqual([]);
  const workflow = load(text) as {
    readonly permissions: object;
    readonly jobs: { readonly check: { readonly permissions: object; readonly steps: readonly Step[] } };
  };
  const { permissions, steps } = workflow.jobs.check;
  expect(workflow.permissions).toEqual({});
  expect(permissions).toEqual({ contents: "read", "security-events": "write" });
  for (const { uses } of steps.filter((step) => step.uses)) expect(uses).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
  const installs = steps.filter(({ run }) => run && !run.includes("npx"));
  expect(installs.map((step) => [step["working-directory"], step.run?.split(" ")[0]])).toEqual([
    ["it's $(touch hacked) ${{ '${{' }} github.token }}", "npm"],
    ["jobs", "python3"],
    [undefined, "npm"],
    ["shop", "corepack"],
  ]);
  const check = steps.find(({ run }) => run?.includes("npx"))?.run ?? "";
  expect(check).toContain(`ec2-hardening@${version} check --all-stacks . `);
  for (const { run } of steps) expect(shellcheck(`#!/bin/bash\n${run ?? ""}\n`)).toBe("");
});

test("GitLab: a job, which an existing pipeline is asked to include", async () => {
  const root = repository("gitlab", { ...MONOREPO, ".gitlab-ci.yml": "stages: [test]\n" });
  const { stdout } = await command("init", "--ci", "gitlab", root);
  expect(stdout).toContain("include:\n  - local: .gitlab/ec2-hardening.yml");
  expect(readFileSync(path.join(root, ".gitlab-ci.yml"), "utf8")).toBe("stages: [test]\n");
  const { "ec2-hardening": job } = load(readFileSync(path.join(root, ".gitlab/ec2-hardening.yml"), "utf8")) as {
    readonly "ec2-hardening": { readonly script: readonly string[]; readonly artifacts: { readonly reports: object } };
  };
  expect(job.artifacts.reports).toEqual({ codequality: "gl-code-quality-report.json", junit: "ec2-hardening.xml" });
  expect(job.script.at(-1)).toContain(`ec2-hardening@${version} check --all-stacks . `);

  // The lines are run with stand-ins: each install starts in its own directory, and nothing of a name is run.
  const stubs = repository(
    "stubs",
    Object.fromEntries(["npm", "corepack", "pnpm", "python3", "npx"].map((each) => [each, ""])),
  );
  for (const each of ["npm", "corepack", "pnpm", "python3", "npx"]) {
    writeFileSync(path.join(stubs, each), '#!/bin/sh\necho "${PWD##*/}: ${0##*/} $1"\n', { mode: 0o755 });
    spawnSync("chmod", ["755", path.join(stubs, each)]);
  }
  const script = job.script.map((line) => line.replace("venv/bin/pip", "true")).join("\n");
  const { stdout: ran } = spawnSync("/bin/sh", ["-e"], {
    cwd: root,
    env: { PATH: `${stubs}:/usr/bin:/bin` },
    input: script,
    encoding: "utf8",
  });
  expect(ran.trim().split("\n")).toEqual([
    `${HOSTILE}: npm ci`,
    "jobs: python3 -m",
    "gitlab: npm ci",
    "shop: corepack enable",
    "shop: pnpm install",
    "gitlab: npx --yes",
  ]);
  expect(existsSync(path.join(root, "hacked"))).toBe(false);
});

test.each([
  [{ "bun.lock": "" }, "bun install --frozen-lockfile"],
  [{ "yarn.lock": "", "package.json": "{}" }, "yarn install --immutable"],
  [{ "npm-shrinkwrap.json": "{}" }, "npm ci"],
  [{ "package.json": "{}" }, "npm install"],
  [{ "uv.lock": "" }, "uv sync --frozen"],
  [{ "uv.lock": "", "requirements.txt": "" }, "pip install -r requirements.txt"],
])("a pipeline installs by %j", (files, installs) => {
  const root = repository(`by ${Object.keys(files).join(" ")}`, { ...files, "Pulumi.yaml": NODE });
  expect(installsFor(root)).toEqual([
    { directory: "", command: expect.stringMatching(new RegExp(`${installs}$`)) as string },
  ]);
});

test("GitLab without a pipeline: one that includes the job", async () => {
  const root = repository("gitlab-new");
  await command("init", "--ci", "gitlab", root);
  expect(load(readFileSync(path.join(root, ".gitlab-ci.yml"), "utf8"))).toEqual({
    include: [{ local: ".gitlab/ec2-hardening.yml" }],
  });
});

test("nothing is written where a file is in the way, unless it is forced", async () => {
  const root = repository("taken", { "policy-config.json": "{}" });
  const refused = await command("init", "--preset", "strict", "--ci", "github", root);
  expect([refused.exitCode, refused.stdout]).toEqual([2, ""]);
  expect(refused.stderr).toMatch(/policy-config\.json exists[^]*--force/);
  expect(existsSync(path.join(root, ".github"))).toBe(false);
  expect((await command("init", "--ci", "github", "--force", root)).exitCode).toBe(0);
  expect(readFileSync(path.join(root, "policy-config.json"), "utf8")).toContain("imds-require-v2");
});

test("a pipeline beside a configuration that is there: the configuration stays", async () => {
  const config = '{ "imds-hop-limit": "advisory" }';
  const root = repository("kept", { "policy-config.json": config });
  const { exitCode, stdout } = await command("init", "--ci", "github", root);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining(path.join(root, "policy-config.json"))]);
  expect(readFileSync(path.join(root, "policy-config.json"), "utf8")).toBe(config);
  expect(existsSync(path.join(root, ".github/workflows/ec2-hardening.yml"))).toBe(true);
  expect((await command("init", "--ci", "github", root)).exitCode).toBe(2);
});

test.each([
  ["a directory that is missing", ["init", path.join(directory, "missing")], "Give the root of the repository"],
  ["a preset that is none", ["init", "--preset", "hard", directory], "report-only"],
  ["a host that is none", ["init", "--ci", "jenkins", directory], "gitlab"],
])("%s is refused, and the message helps", async (_what, args, message) => {
  const { exitCode, stderr } = await command(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
