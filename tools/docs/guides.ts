/**
 * Pages that are written by hand: their commands are run, in order, in a repository of their own, and what they show of
 * programs and files is put in. A page says with comments what stands where:
 *
 *     <!-- sh … -->                             commands that are run and not shown
 *     <!-- output --> … <!-- /output -->       what the commands of the block above print; with a word, from it on
 *     <!-- file PATH --> … <!-- /file -->      a file of the repository
 *     <!-- written PATH --> … <!-- /written --> a file that a command above has written
 *     <!-- table NAME --> … <!-- /table -->    a table of what was measured
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { code } from "./markdown";
import { measuredTable } from "./measured";

const FOLDER = "docs";
const SAMPLES = "docs/samples/guides";
/** Pages by the repository that their commands are run in; the others are about several programs. */
const SINGLE: ReadonlySet<string> = new Set(["quick-start"]);
/** Pages that are made from samples as a whole. */
const MADE: ReadonlySet<string> = new Set(["cookbook"]);

/** A block of commands, as it ran. */
export interface Ran {
  readonly script: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Of each call of the command line: how it ended, and its arguments. */
  readonly calls: readonly { readonly exitCode: number; readonly args: string }[];
}

/** A page with what its commands did. */
export interface Guide {
  readonly file: string;
  readonly directory: string;
  readonly ran: readonly Ran[];
}

/** Names of the pages that are written by hand. */
export function guideNames(): readonly string[] {
  const pages = readdirSync(FOLDER).filter((file) => file.endsWith(".md"));
  return pages.map((file) => path.basename(file, ".md")).filter((name) => !MADE.has(name));
}

/** Runs all commands of a page. */
export async function runGuide(name: string): Promise<Guide> {
  const file = `${FOLDER}/${name}.md`;
  const directory = makeRepository(name);
  const ran: Ran[] = [];
  for (const script of scriptsOf(readFileSync(file, "utf8"))) ran.push(await runScript(script, directory));
  return { file, directory, ran };
}

function scriptsOf(text: string): readonly string[] {
  return [...text.matchAll(/^(?:```|<!-- )sh\n([^]*?)^(?:```|-->)$/gm)].map(([, script = ""]) => script);
}

/** A repository with the sample programs, on two branches. */
function makeRepository(name: string): string {
  const directory = path.resolve(".cache/docs/guides", name);
  rmSync(directory, { recursive: true, force: true });
  cpSync(path.join(SAMPLES, SINGLE.has(name) ? "program" : "estate"), directory, { recursive: true });
  symlinkSync(path.resolve("node_modules"), path.join(directory, "node_modules"), "junction");
  writeFileSync(path.join(directory, ".gitignore"), "node_modules\n");
  const git = (...args: readonly string[]): void => {
    const settings = ["user.name=docs", "user.email=docs@example.com", "commit.gpgsign=false"];
    spawnSync("git", [...settings.flatMap((each) => ["-c", each]), ...args], { cwd: directory });
  };
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Programs");
  git("branch", "my-branch");
  git("remote", "add", "origin", `file://${directory}`);
  return directory;
}

const CLI = path.resolve("dist/cli/main.js");
const CALLS = ".git/calls";

/** Programs that commands call: this package's own is real, installing is not, and Pulumi answers from a file. */
const PROGRAMS = {
  "ec2-hardening": `node "${CLI}" "$@"; code=$?; printf '%s\\t%s\\n' "$code" "$*" >> "$CALLS"; exit "$code"`,
  npx: 'while [ "${1#-}" != "$1" ]; do shift; done\ncase "$1" in ec2-hardening | ec2-hardening@*) shift; exec ec2-hardening "$@" ;; esac\nexit 127',
  npm: "exit 0",
  pulumi: `case "$*" in *--json*) cat "${path.resolve("test/cli/inputs/preview-sames.json")}" ;; *export*) cat "${path.resolve("test/cli/inputs/state.json")}" ;; esac`,
} as const;

function makePrograms(): string {
  const directory = path.resolve(".cache/docs/bin");
  mkdirSync(directory, { recursive: true });
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(path.join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return directory;
}

/** Runs commands in a directory as a person would type them: one that fails does not stop the next. */
export async function runScript(script: string, directory: string): Promise<Ran> {
  const calls = path.join(directory, CALLS);
  rmSync(calls, { force: true });
  const env = {
    PATH: [makePrograms(), path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter),
    HOME: directory,
    CALLS: calls,
    NO_COLOR: "1",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  const child = spawn("bash", ["-s"], { cwd: directory, env, timeout: 300_000 });
  child.stdin.end(script);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding("utf8"));
  const texts = Promise.all([stdout?.toArray(), stderr?.toArray()]);
  const [out = [], err = []] = (await texts) as string[][];
  return { script, stdout: out.join(""), stderr: err.join(""), calls: readCalls(calls) };
}

function readCalls(file: string): Ran["calls"] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const [exitCode, args = ""] = line.split("\t");
    return { exitCode: Number(exitCode), args };
  });
}

const BLOCK = /(<!-- (output|file|written|table)(?: (\S+))? -->\n)[^]*?(<!-- \/\2 -->)/g;

/** The page with what it shows, as it is now. */
export function guidePage({ file, directory, ran }: Guide): string {
  const text = readFileSync(file, "utf8");
  return text.replaceAll(
    BLOCK,
    (_all, open: string, kind: string, what: string | undefined, close: string, at: number) => {
      const content = (): string => {
        switch (kind) {
          case "output":
            return code("text", outputOf(ran[scriptsOf(text.slice(0, at)).length - 1], what));
          case "file":
            return fileBlock(what ?? "", what ?? "");
          case "written":
            return fileBlock(what ?? "", path.join(directory, what ?? ""));
          default:
            return measuredTable(what ?? "");
        }
      };
      return `${open}\n${content()}\n\n${close}`;
    },
  );
}

/** What was printed; with a word, from the line that it begins. */
function outputOf(ran: Ran | undefined, word: string | undefined): string {
  if (!ran) throw new Error("an output stands below the commands that print it");
  const text = ran.stdout.replaceAll(dayIn(90), "YYYY-MM-DD").trim();
  return word === undefined ? text : text.slice(text.search(new RegExp(`^${word}\\b`, "m")));
}

/** The last day of exemptions that are written today. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ".ts": "ts",
  ".json": "json",
  ".yml": "yaml",
  ".yaml": "yaml",
  ".sh": "bash",
  ".txt": "text",
};

function fileBlock(name: string, file: string): string {
  return code(LANGUAGES[path.extname(name)] ?? "groovy", readFileSync(file, "utf8"));
}
