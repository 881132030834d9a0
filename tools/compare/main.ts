/**
 * What this project finds, and what others do: credentials of the corpus, and machines and roles. `npm run compare`
 * prints tables; with `-- --record` they go into docs/measured.json, from which `npm run docs` makes the page. The
 * others are installed into `.cache/compare` in fixed versions; what cannot be had is a line that says why.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Made } from "../../test/corpus/corpus";
import { credentials } from "../../test/corpus/credentials";
import type { Measured } from "../docs/measured";
import { record } from "../docs/record";
import { gitleaks } from "./gitleaks";
import { ours, secretlint } from "./libraries";
import { CASES as MACHINES } from "./machine-cases";
import * as machines from "./machines";
import { checkov, detectSecrets } from "./programs";
import type { Places } from "./scanner";

const ROOT = path.resolve(__dirname, "../../../..");
const CREDENTIALS = Object.values(credentials).flat();
const TEXTS = CREDENTIALS.map(({ title, text }) => text(new Made(title)));

/** A tool over the cases of one subject. */
interface Tool {
  readonly name: string;
  readonly run: (places: Places) => Promise<Run>;
}

interface Run {
  readonly version: string;
  readonly reported: Iterable<number>;
  readonly seconds: number;
}

/** Installing is not timed; starting is, for those that are programs. */
async function timed(version: string, scan: () => Iterable<number> | Promise<Iterable<number>>): Promise<Run> {
  const begun = performance.now();
  const reported = await scan();
  return { version, reported, seconds: (performance.now() - begun) / 1000 };
}

const SCANNERS = [ours, checkov, detectSecrets("txt"), detectSecrets("conf"), secretlint, gitleaks].map(
  ({ name, prepare }): Tool => ({
    name,
    run: async (places) => {
      const { version, scan } = await prepare(places);
      return timed(version, () => scan(TEXTS));
    },
  }),
);

const JUDGES = [machines.ours, machines.checkov].map(({ name, prepare }): Tool => ({
  name,
  run: (places) => {
    const { version, scan } = prepare(places);
    return timed(version, scan);
  },
}));

interface Case {
  readonly title: string;
  readonly isBad: boolean;
}

/** Runs tools over cases. */
async function compare(what: string, cases: readonly Case[], tools: readonly Tool[]): Promise<Measured> {
  const bad = cases.filter(({ isBad }) => isBad).length;
  const columns = [what, `found of ${String(bad)}`, `false alarms of ${String(cases.length - bad)}`, "seconds"];
  const rows: (readonly string[])[] = [];
  const notes: string[] = [];
  const cache = path.join(ROOT, ".cache", "compare");
  mkdirSync(cache, { recursive: true });
  print(columns, columns);
  for (const { name, run } of tools) {
    const temporary = mkdtempSync(path.join(tmpdir(), "ec2-hardening-compare-"));
    try {
      const { version, reported, seconds } = await run({ root: ROOT, cache, temporary });
      const of = new Set(reported);
      const count = (isBad: boolean): string =>
        String(cases.filter((each, index) => each.isBad === isBad && of.has(index)).length);
      rows.push([`${name}, ${version}`, count(true), count(false), seconds.toFixed(1)]);
      print(columns, rows.at(-1) ?? []);
      if (process.argv.includes("--cases")) for (const line of wrong(cases, of)) console.log(`  ${line}`);
    } catch (error) {
      notes.push(`${name}: ${reason(error)}`);
      console.log(notes.at(-1));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  // Seconds of one run say too little to be kept.
  const figures = rows.map((row) => row.slice(0, -1));
  return { measured: new Date().toISOString().slice(0, 10), columns: columns.slice(0, -1), rows: figures, notes };
}

/** The cases that a tool gets wrong. */
function wrong(cases: readonly Case[], reported: ReadonlySet<number>): readonly string[] {
  return cases.flatMap(({ title, isBad }, index) =>
    isBad === reported.has(index) ? [] : [`${isBad ? "missed" : "false alarm"}: ${title}`],
  );
}

/** The first line of what went wrong. */
function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split("\n")[0] ?? "";
}

function print(columns: readonly string[], [name = "", ...figures]: readonly string[]): void {
  const padded = figures.map((figure, index) => figure.padStart(columns[index + 1]?.length ?? 0));
  console.log([name.padEnd(64), ...padded].join("  "));
}

async function main(): Promise<void> {
  const found = {
    machines: await compare(
      "machines and roles",
      MACHINES.map(({ title, bad }) => ({ title, isBad: bad })),
      JUDGES,
    ),
    credentials: await compare(
      "credentials in user data",
      CREDENTIALS.map(({ title, found: isBad }) => ({ title, isBad })),
      SCANNERS,
    ),
  };
  if (process.argv.includes("--record")) await record(found);
}

void main();
