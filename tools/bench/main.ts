/**
 * Ratios measured in one run, since machines differ: `npm run bench` prints a table, `npm run bench -- --json` one JSON
 * array of `{name, value, limit, unit}`; names of sections ask for these alone. `--record` writes what the documentation
 * shows. Ratios of blocks that alternate take the least disturbed one, those of whole commands the middle one.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { RULES } from "../../policies/rules";
import { Analyzer } from "../analyzer";
import { record } from "../docs/record";
import { checkFigures } from "./check";
import { checkovSection } from "./checkov";
import { compare, ratio, reported, type Figure, type Section } from "./figures";
import { iamFigures } from "./iam";
import { emptyPack } from "./packs";
import { projectsSection, smallSection } from "./projects";
import { instance, mixedStack, roleStack } from "./stack";
import { userDataFigures } from "./user-data";

const ROOT = path.resolve(__dirname, "../../../..");

const least = (values: readonly number[]): number => Math.min(...values);

async function startOnce(directory: string): Promise<{ time: number; memory: number }> {
  const pack = await Analyzer.start(directory);
  const memory = residentMegabytes(pack.pid);
  pack.stop();
  return { time: pack.startTime, memory };
}

/** Resident memory of a process, from /proc; 0 where there is none. */
function residentMegabytes(pid: number): number {
  try {
    const pages = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
    return Number(pages ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function startFigures(): Promise<Figure[]> {
  const empty = emptyPack(ROOT, 0);
  const [ours, theirs]: [number[], number[]] = [[], []];
  let memory = 0;
  for (let i = 0; i < 12; i++) {
    const started = await startOnce(ROOT);
    ours.push(started.time);
    memory = Math.max(memory, started.memory);
    theirs.push((await startOnce(empty)).time);
  }
  return [
    ratio("pack start / empty pack", least(ours) / least(theirs), 1.1),
    reported("pack start", least(ours), "ms"),
    reported("pack memory after start", memory, "MB"),
  ];
}

async function analyzeFigures(ours: Analyzer, floor: Analyzer): Promise<Figure[]> {
  const one = instance("web");
  const block = (pack: Analyzer) => async (): Promise<void> => {
    for (let i = 0; i < 300; i++) await pack.analyze(one);
  };
  for (let i = 0; i < 4; i++) {
    await block(ours)();
    await block(floor)();
  }
  const [time = 0, least = 1] = await compare(12, [block(ours), block(floor)]);
  return [ratio("Analyze of one instance / SDK floor", time / least, 1.15)];
}

async function stackFigures(ours: Analyzer, floor: Analyzer): Promise<Figure[]> {
  const figures: Figure[] = [];
  const each: number[] = [];
  for (const [size, rounds] of [
    [1_000, 8],
    [10_000, 4],
    [50_000, 2],
  ] as const) {
    const stack = mixedStack(size);
    const [time = 0, least = 1] = await compare(
      rounds,
      [() => ours.analyzeStack(stack), () => floor.analyzeStack(stack)],
      async () => {
        for (const resource of stack) await ours.analyze(resource);
      },
    );
    each.push(time / size);
    figures.push(ratio(`AnalyzeStack of ${String(size)} / SDK floor`, time / least, 1.5));
    figures.push(reported(`AnalyzeStack of ${String(size)}`, time, "ms"));
  }
  figures.push(await roleFigure(ours, floor));
  const [, ofTen = 1, ofFifty = 1] = each;
  const memory = residentMegabytes(ours.pid);
  return [
    ...figures,
    ratio("AnalyzeStack a resource, 50000 / 10000", ofFifty / ofTen, 1.5),
    reported("pack memory after 50000 resources", memory, "MB"),
  ];
}

/** A thousand roles among ten thousand resources, each with a policy of its own. */
async function roleFigure(ours: Analyzer, floor: Analyzer): Promise<Figure> {
  const stack = roleStack(10_000);
  const [time = 0, least = 1] = await compare(4, [() => ours.analyzeStack(stack), () => floor.analyzeStack(stack)]);
  return ratio("AnalyzeStack of 10000 with 1000 roles / SDK floor", time / least, 1.5);
}

async function packFigures(): Promise<Figure[]> {
  const ours = await Analyzer.start(ROOT);
  const floor = await Analyzer.start(emptyPack(ROOT, RULES.length));
  try {
    return [...(await analyzeFigures(ours, floor)), ...(await stackFigures(ours, floor))];
  } finally {
    ours.stop();
    floor.stop();
  }
}

const SECTIONS: Readonly<Record<string, () => Section | Promise<Section>>> = {
  iam: () => ({ figures: iamFigures() }),
  pack: async () => ({ figures: [...(await startFigures()), ...(await packFigures())] }),
  program: async () => ({ figures: await checkFigures(ROOT) }),
  "user-data": async () => ({ figures: await userDataFigures() }),
  small: () => smallSection(ROOT),
  projects: () => projectsSection(ROOT),
  checkov: () => checkovSection(ROOT),
};

function print({ name, value, limit, unit }: Figure): void {
  const bound = limit === null ? "" : `  (at most ${String(limit)})`;
  const digits = unit === "ratio" ? 3 : unit === "s" ? 2 : limit === null ? 0 : 1;
  console.log(`${name.padEnd(60)} ${value.toFixed(digits).padStart(8)} ${unit}${bound}`);
}

/** Sections that are asked for, all where none is, and what could not be measured. */
async function main(args: readonly string[]): Promise<void> {
  const isJson = args.includes("--json");
  const names = args.filter((arg) => !arg.startsWith("--"));
  const asked = names.length === 0 ? Object.keys(SECTIONS) : names;
  const unknown = asked.find((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown !== undefined) throw new Error(`no section ${unknown}; there is: ${Object.keys(SECTIONS).join(", ")}`);
  const figures: Figure[] = [];
  for (const name of asked) {
    try {
      const section = await SECTIONS[name]?.();
      if (!section) continue;
      figures.push(...section.figures);
      if (!isJson) section.figures.forEach(print);
      if (args.includes("--record") && section.record) {
        await record({ [name]: { measured: new Date().toISOString().slice(0, 10), ...section.record, notes: [] } });
      }
    } catch (error) {
      console.error(`${name}: not measured: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  if (isJson) console.log(JSON.stringify(figures));
}

void main(process.argv.slice(2));
