import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommandLine } from "../../cli/commands";
import { FORMATS } from "../../cli/render/formats";
import { command, programDirectory, type CommandResult } from "./harness";

jest.setTimeout(120_000);

const directory = mkdtempSync(path.join(tmpdir(), "reports-"));
const EMPTY = path.join(directory, "empty");
mkdirSync(EMPTY);
afterAll(() => rmSync(directory, { recursive: true }));

const target = (name: string): string => path.join(directory, name);
const read = (name: string): string => readFileSync(target(name), "utf8");

interface Document {
  readonly projects: readonly {
    readonly directory: string;
    readonly file: string;
    readonly resources: readonly { readonly name: string; readonly location?: { file: string; line: number } }[];
    readonly machines: readonly { readonly resource: { readonly name: string } }[];
  }[];
  readonly failed: readonly { readonly directory: string; readonly message: string }[];
}

const SECRET = "acme-holdings";
const PROGRAM = "test/cli/programs/reported";

/** One run with every format at once, of a program, one that is missing and one without a project. */
let run: Promise<CommandResult> | undefined;
function everyFormat(): Promise<CommandResult> {
  const reports = FORMATS.flatMap((format) => ["--report", `${format}=${target(`every/${format}`)}`]);
  run ??= command("check", programDirectory("reported"), EMPTY, ...reports);
  return run;
}

test("every format is written at once, next to the text that is printed", async () => {
  const { exitCode, stdout, stderr } = await everyFormat();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("imds-require-v2");
  expect(stderr).toContain("has no Pulumi.yaml");
  for (const format of FORMATS) expect(read(`every/${format}`)).toContain("imds-require-v2");
  expect(read("every/text")).toContain(stdout.trimEnd().split("\n").at(-1));
});

test("one report holds every program of the run, and those that were not judged", async () => {
  await everyFormat();
  const { projects, failed } = JSON.parse(read("every/json")) as Document;
  expect(projects.map((each) => [each.directory, each.file])).toEqual([
    [programDirectory("reported"), `${PROGRAM}/Pulumi.yaml`],
  ]);
  expect(failed.map((each) => each.directory)).toEqual([EMPTY]);
  expect(failed[0]?.message).toContain("has no Pulumi.yaml");
});

test("a resource is where the program's own source creates it, by the line of the TypeScript", async () => {
  await everyFormat();
  const { projects } = JSON.parse(read("every/json")) as Document;
  const found = new Map(projects[0]?.resources.map(({ name, location }) => [name, location]));
  const lineOf = (file: string, text: string): number =>
    readFileSync(path.join(PROGRAM, file), "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1;
  expect(found.get("app-machine")).toMatchObject({
    file: `${PROGRAM}/lib/server.ts`,
    line: lineOf("lib/server.ts", "new aws.ec2.Instance"),
  });
  expect(found.get("web-[secret]")).toMatchObject({ file: `${PROGRAM}/index.ts`, line: lineOf("index.ts", "web-$") });
  expect(found.get("bastion")?.file).toBe(`${PROGRAM}/index.ts`);
});

test("no format shows a secret that a name was made of", async () => {
  const { stdout } = await everyFormat();
  for (const text of [stdout, ...FORMATS.map((format) => read(`every/${format}`))]) {
    expect(text).not.toContain(SECRET);
    expect(text).toMatch(/web-(\[|&#91;)secret/);
  }
});

test("--output takes the place of standard output", async () => {
  const result = await command("check", "--format", "json", "--output", target("new/deep/out.json"), PROGRAM);
  expect(result).toEqual({ exitCode: 1, stdout: "", stderr: "" });
  expect((JSON.parse(read("new/deep/out.json")) as Document).projects).toHaveLength(1);
});

test("another format is printed as it is", async () => {
  const { stdout } = await command("check", "--format", "github", PROGRAM);
  expect(stdout).toMatch(new RegExp(`^::error file=${PROGRAM}/`));
});

test.each([
  ["a format that there is not", ["--format", "yaml"], "There is: text, json, sarif"],
  ["a report without a file", ["--report", "html"], "--report sarif=ec2-hardening.sarif"],
  ["a report of a format that there is not", ["--report", "pdf=x"], "There is: text, json, sarif"],
  [
    "two reports in one file",
    ["--report", `html=${target("same")}`, "--report", `sarif=${target("same")}`],
    "a file of its own",
  ],
])("%s is refused before anything runs", async (_what, args, message) => {
  const result = await command("check", ...args, PROGRAM);
  expect(result.stderr).toContain(message);
  expect([result.exitCode, result.stdout]).toEqual([2, ""]);
  expect(existsSync(target("same"))).toBe(false);
});

test("a report that cannot be written says what to do, keeps none of the others, and does not pass", async () => {
  mkdirSync(target("taken"));
  writeFileSync(target("file"), "");
  const config = target("off.json");
  writeFileSync(config, '{"all": "disabled"}');
  const reports = [`json=${target("taken")}`, `sarif=${target("file/below")}`, `html=${target("good.html")}`];
  const result = await command(
    "check",
    "--policy-pack-config",
    config,
    ...reports.flatMap((each) => ["--report", each]),
    programDirectory("esm"),
  );
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("give the name of a file in it");
  expect(result.stderr).toContain("give a path below a directory");
  expect(read("good.html")).toContain("No findings");
});

test("nothing is written where nothing could be judged because of a wrong option", async () => {
  const result = await command("check", "--policy-pack-config", "/missing.json", "--output", target("never"), PROGRAM);
  expect(result.exitCode).toBe(2);
  expect(existsSync(target("never"))).toBe(false);
});

test("colours and width are the terminal's: files have neither", async () => {
  let stdout = "";
  const terminal = { stdout: (text: string) => (stdout += text), stderr: () => undefined, color: true, columns: 60 };
  await runCommandLine(["check", PROGRAM, "--report", `text=${target("plain.txt")}`], terminal);
  expect(stdout).toContain("\u001b[31m");
  const lines = stdout
    .replace(/\u001b\[\d+m/g, "")
    .split("\n")
    .filter((line) => line.startsWith("      "));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(read("plain.txt")).not.toContain("\u001b");
  expect(
    read("plain.txt")
      .split("\n")
      .some((line) => line.length > 80),
  ).toBe(true);
});
