/**
 * How many credentials of the corpus this project finds, and how many other scanners do: `npm run compare` prints a
 * table. The others are installed into `.cache/compare` in fixed versions; what cannot be had is a line that says why.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Made } from "../../test/corpus/corpus";
import { credentials } from "../../test/corpus/credentials";
import { gitleaks } from "./gitleaks";
import { ours, secretlint } from "./libraries";
import { checkov, detectSecrets } from "./programs";
import type { Places, Scanner } from "./scanner";

const ROOT = path.resolve(__dirname, "../../../..");
const CASES = Object.values(credentials).flat();
const SCANNERS: readonly Scanner[] = [ours, checkov, detectSecrets("txt"), detectSecrets("conf"), secretlint, gitleaks];

type Row = readonly [name: string, found: string, falseAlarms: string, seconds: string];

const HEAD: Row = [
  "scanner",
  `found of ${String(CASES.filter(({ found }) => found).length)}`,
  `false alarms of ${String(CASES.filter(({ found }) => !found).length)}`,
  "seconds",
];

/** Installing is not timed; starting is, for those that are programs. */
async function measure({ name, prepare }: Scanner, texts: readonly string[], places: Places): Promise<Row> {
  const { version, scan } = await prepare(places);
  const begun = performance.now();
  const reported = new Set(await scan(texts));
  const seconds = (performance.now() - begun) / 1000;
  const count = (found: boolean): string =>
    String(CASES.filter((each, index) => each.found === found && reported.has(index)).length);
  return [`${name}, ${version}`, count(true), count(false), seconds.toFixed(1)];
}

/** The first line of what went wrong. */
function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split("\n")[0] ?? "";
}

function print([name, ...figures]: Row): void {
  const columns = figures.map((figure, index) => figure.padStart(HEAD[index + 1]?.length ?? 0));
  console.log([name.padEnd(64), ...columns].join("  "));
}

async function main(): Promise<void> {
  const texts = CASES.map(({ title, text }) => text(new Made(title)));
  const cache = path.join(ROOT, ".cache", "compare");
  mkdirSync(cache, { recursive: true });
  print(HEAD);
  for (const scanner of SCANNERS) {
    const temporary = mkdtempSync(path.join(tmpdir(), "ec2-hardening-compare-"));
    try {
      print(await measure(scanner, texts, { root: ROOT, cache, temporary }));
    } catch (error) {
      console.log(`${scanner.name}: ${reason(error)}`);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
}

void main();
