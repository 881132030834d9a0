import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { load } from "js-yaml";
import { version } from "../package.json";
import { actionErrors, shellcheck } from "./cli/actions";

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

const TEXT = readFileSync("action.yml", "utf8");
const action = load(TEXT) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly [Step] };
};
const [step] = action.runs.steps;

const directory = mkdtempSync(path.join(tmpdir(), "action-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Stands in for npx: writes down its words, each closed by a zero, and ends as it is told. */
writeFileSync(path.join(directory, "npx"), '#!/bin/sh\nprintf "%s\\0" "$@" > "$RECORD"\nexit "$CODE"\n', {
  mode: 0o755,
});

interface Ran {
  readonly code: number | null;
  readonly words: readonly string[];
  readonly outputs: string;
}

/** Runs the step as GitHub's runner does. */
function run(inputs: Readonly<Record<string, string>>, code = 0): Ran {
  const [script, record, output] = ["step.sh", "words", "output"].map((name) => path.join(directory, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(script, step.run);
  writeFileSync(output, "");
  const value = (text: string): string =>
    text.replace(
      /^\$\{\{ inputs\.([\w-]+) \}\}$/,
      (_all, name: string) => inputs[name] ?? action.inputs[name]?.default ?? "?",
    );
  const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)]));
  const { status } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd: directory,
    env: {
      ...env,
      PATH: `${directory}:/usr/bin:/bin`,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: "/summary",
      RECORD: record,
      CODE: String(code),
    },
  });
  return {
    code: status,
    words: readFileSync(record, "utf8").split("\0").slice(0, -1),
    outputs: readFileSync(output, "utf8"),
  };
}

const FIRST = ["--yes", `ec2-hardening@${version}`, "check", "--format=github", "--report=markdown=/summary"];

test("GitHub's own parser finds nothing wrong, and does find what is", () => {
  expect(actionErrors("action", TEXT)).toEqual([]);
  expect(actionErrors("action", TEXT.replace("using: composite", "using: composed"))).not.toEqual([]);
  expect(actionErrors("action", TEXT.replace("shell: bash", "shel: bash"))).not.toEqual([]);
});

test("no expression stands in the script, and shellcheck finds nothing in it", () => {
  expect(step.run).not.toContain("${{");
  expect(shellcheck(`#!/bin/bash\n${step.run}`)).toBe("");
});

test("without inputs: this version checks the repository, annotates, sums up and writes SARIF", () => {
  const { code, words, outputs } = run({});
  expect(code).toBe(0);
  expect(words).toEqual([...FIRST, "--fail-on=mandatory", "--report=sarif=ec2-hardening.sarif", "--", "."]);
  expect(outputs).toBe("exit-code=0\nsarif=ec2-hardening.sarif\n");
});

test("inputs of several lines become options, and the exit code is handed on", () => {
  const { code, words, outputs } = run(
    {
      path: "infra\nnet work\n",
      stack: "prod\r\ndev",
      "policy-pack-config": "policy-config.json",
      "fail-on": "high\nimds-attack-path",
      "only-changed": "before.json",
      reports: "html=a.html\njunit=b.xml\n",
      sarif: "",
    },
    1,
  );
  expect(code).toBe(1);
  expect(words.slice(FIRST.length)).toEqual([
    "--stack=prod",
    "--stack=dev",
    "--policy-pack-config=policy-config.json",
    "--fail-on=high",
    "--fail-on=imds-attack-path",
    "--only-changed=before.json",
    "--report=html=a.html",
    "--report=junit=b.xml",
    "--",
    "infra",
    "net work",
  ]);
  expect(outputs).toBe("exit-code=1\nsarif=\n");
});

test("every stack, where that is asked for in so many words", () => {
  expect(run({ "all-stacks": "true" }).words).toContain("--all-stacks");
  expect(run({ "all-stacks": "--config=a=b" }).words).not.toContain("--config=a=b");
});

test("inputs are words, whatever they hold", () => {
  const hostile = "'; touch hacked; $(touch hacked) `touch hacked` \" * --config=a=b";
  const inputs = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, hostile]));
  const { words, outputs } = run({ ...inputs, sarif: `${hostile}\nexit-code=7` });
  // All but all-stacks, which is true or not.
  expect(words.filter((word) => word.includes("touch")).length).toBe(Object.keys(action.inputs).length - 1);
  expect(words.at(-1)).toBe(hostile);
  expect(words.at(-2)).toBe("--");
  expect(outputs).toBe(`exit-code=0\nsarif=${hostile}\n`);
  expect(() => readFileSync(path.join(directory, "hacked"))).toThrow("ENOENT");
});
