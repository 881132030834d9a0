/** The programs of docs/samples: what a rule finds and what it leaves alone, run through `check`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkProgram } from "../../cli/check";
import type { Report } from "../../cli/report";
import { readSettings } from "../../policies/settings";

export interface Sample {
  readonly rule: string;
  /** File name without its extension: `bad`, `good` or one of them with a suffix. */
  readonly name: string;
  readonly kind: "bad" | "good";
  /** Its first line, which is a comment. */
  readonly caption: string;
  readonly code: string;
  /** Text of the policy configuration it is judged with, where it needs one. */
  readonly config: string | undefined;
}

const SAMPLES = "docs/samples";
const SCRATCH = ".cache/docs";
/** Programs that run at a time; one takes a second or two, most of it to load the SDK. */
const AT_A_TIME = 2;

/** The samples of one rule, bad ones first. */
export function samplesOf(rule: string): readonly Sample[] {
  const directory = path.join(SAMPLES, rule);
  const names = readdirSync(directory).filter((file) => file.endsWith(".ts"));
  return names
    .map((file) => file.replace(/\.ts$/, ""))
    .sort()
    .map((name) => readSample(rule, directory, name, readdirSync(directory)));
}

/** The program that shows a component. It is judged by the strictest preset. */
export function componentSample(component: string): Sample {
  const directory = path.join(SAMPLES, "components");
  const read = { rule: "components", name: component, kind: "good", ...readProgram(directory, component) } as const;
  return { ...read, config: readFileSync("presets/strict.json", "utf8") };
}

/** A program of the cookbook, with what is to be known about it. */
export interface Recipe extends Sample {
  readonly notes: string;
}

/** A recipe of the cookbook. It is judged by the strictest preset. */
export function recipe(name: string): Recipe {
  const directory = path.join(SAMPLES, "cookbook");
  return {
    rule: "cookbook",
    name,
    kind: "good",
    ...readProgram(directory, name),
    config: readFileSync("presets/strict.json", "utf8"),
    notes: readFileSync(path.join(directory, `${name}.md`), "utf8").trim(),
  };
}

function readProgram(directory: string, name: string): Pick<Sample, "caption" | "code"> {
  const [first = "", ...rest] = readFileSync(path.join(directory, `${name}.ts`), "utf8").split("\n");
  if (!first.startsWith("// ")) throw new Error(`${directory}/${name}.ts: its first line says what it shows, as // …`);
  return { caption: first.slice(3), code: rest.join("\n").trim() };
}

function readSample(rule: string, directory: string, name: string, files: readonly string[]): Sample {
  if (!/^(bad|good)(-|$)/.test(name)) throw new Error(`${directory}/${name}.ts: samples are called bad… or good…`);
  const hasConfig = files.includes(`${name}.json`);
  return {
    rule,
    name,
    kind: name.startsWith("bad") ? "bad" : "good",
    ...readProgram(directory, name),
    config: hasConfig ? readFileSync(path.join(directory, `${name}.json`), "utf8").trim() : undefined,
  };
}

/** Runs samples, each as a project of its own. */
export function runSamples(samples: readonly Sample[]): Promise<ReadonlyMap<Sample, Report>> {
  return mapConcurrently(samples, (sample) => judge(makeProject(sample), sample.config));
}

/** Runs programs of the repository with their default configuration. */
export function runPrograms(directories: readonly string[]): Promise<ReadonlyMap<string, Report>> {
  return mapConcurrently(directories, (directory) => judge(directory, undefined));
}

/** Judges a program without type-checking it again, which `tsc` does for all of them at once. */
export async function judge(directory: string, config: string | undefined): Promise<Report> {
  process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
  const settings = readSettings(config === undefined ? {} : JSON.parse(config));
  const report = await checkProgram(directory, settings, { config: [], timeoutSeconds: 120 });
  if (report.outcome.kind === "completed") return report;
  throw new Error(`${directory} did not run to its end: ${report.errors.join("\n")}`);
}

/** A directory from which the repository's packages are found. */
function makeProject({ rule, name, code }: Sample): string {
  const directory = path.join(SCRATCH, `${rule}-${name}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "Pulumi.yaml"), "name: sample\nruntime: nodejs\n");
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ name: "sample", private: true }));
  writeFileSync(path.join(directory, "index.ts"), code);
  return directory;
}

/** Results in the order of the items, whichever ends first. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  run: (item: T) => Promise<R>,
): Promise<ReadonlyMap<T, R>> {
  const results: (readonly [T, R])[] = [];
  const queue = [...items.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = [next[1], await run(next[1])];
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return new Map(results);
}
