/**
 * Compares what `Permissions` grants with iam-simulate: `npm run iam-oracle`. It is under the AGPL, so it is no dependency:
 * it is installed into `.cache/iam-oracle` in a fixed version and answers in a process of its own. Ends with 1 where the
 * two differ and no row of `contract.ts` says why.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { DIFFERENCES, type Difference } from "./contract";
import { grantOf, type Granted } from "./grant";
import { contextOf, OWN_TAGS, ROLE, triple, type Document, type Triple } from "./triples";

const ROOT = path.resolve(__dirname, "../../../..");
const CACHE = path.join(ROOT, ".cache", "iam-oracle");
const VERSION = "0.1.173";
const TRIPLES = Number(process.env["TRIPLES"] ?? 6000);
const SEED = Number(process.env["SEED"] ?? 1);

interface Question {
  readonly triple: Triple;
  readonly context: Record<string, string | string[]>;
  /** Whether all conditions of the documents hold in it. */
  readonly isHeld: boolean;
}

function install(): void {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path.join(CACHE, "package.json"), JSON.stringify({ private: true }));
  const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save"];
  execFileSync("npm", ["install", ...options, `@cloud-copilot/iam-simulate@${VERSION}`], {
    cwd: CACHE,
    stdio: "ignore",
  });
}

/** What iam-simulate answers: whether each request is allowed. */
function simulated(questions: readonly Question[]): readonly boolean[] {
  const input = questions.map(({ triple: { documents, boundary, action, resource }, context }) => ({
    principal: `arn:aws:sts::${ROLE.account ?? ""}:assumed-role/${ROLE.name ?? ""}/i-0`,
    account: ROLE.account,
    ...{ action, resource, documents, boundary },
    context,
  }));
  const script = path.join(ROOT, "tools", "iam-oracle", "simulate.mjs");
  const output = execFileSync("node", [script, CACHE], { input: JSON.stringify(input), maxBuffer: 1 << 28 });
  const answers = JSON.parse(output.toString()) as { readonly answer?: string; readonly error?: string }[];
  return answers.map(({ answer, error }, index) => {
    if (error !== undefined) throw new Error(`${error}\n${JSON.stringify(input[index])}`);
    return answer === "Allowed";
  });
}

function documentsOf({ documents, boundary }: Triple): readonly Document[] {
  return boundary ? [...documents, boundary] : documents;
}

/** Every request is asked where its conditions hold, if they can hold at once, and without any context. */
function questionsOf(all: readonly Triple[]): Question[] {
  return all.flatMap((each) => {
    const context = contextOf(documentsOf(each));
    const hasConditions = documentsOf(each).some(({ Statement }) => Statement.some(({ Condition }) => Condition));
    const bare = hasConditions ? [{ triple: each, context: { ...OWN_TAGS }, isHeld: false }] : [];
    return context === undefined ? bare : [{ triple: each, context, isHeld: true }, ...bare];
  });
}

/** A grant without conditions holds always, one with them where they hold; what is not granted is allowed never. */
function agrees(granted: Granted, isHeld: boolean, isAllowed: boolean): boolean {
  if (granted === "never") return !isAllowed;
  if (granted === "always" || isHeld) return isAllowed;
  return true;
}

function main(): void {
  install();
  const questions = questionsOf(fc.sample(triple, { numRuns: TRIPLES, seed: SEED }));
  const answers = simulated(questions);
  let open = questions.filter((each, index) => !agrees(grantOf(each.triple), each.isHeld, answers[index] === true));
  const allowed = answers.filter(Boolean).length;
  console.log(`${String(TRIPLES)} triples, ${String(questions.length)} requests, ${String(allowed)} of them allowed`);
  console.log(`${String(open.length)} differ`);
  for (const difference of DIFFERENCES) open = unexplained(difference, open);
  for (const { triple: each, isHeld } of open.slice(0, 5)) console.log(JSON.stringify({ ...each, isHeld }, null, 1));
  console.log(`${String(open.length)} of them unexplained`);
  process.exitCode = open.length === 0 ? 0 : 1;
}

/** What still differs with documents in which the contract makes no difference. */
function unexplained({ reason, without, sameAs }: Difference, open: readonly Question[]): Question[] {
  if (open.length === 0) return [];
  const changed = (change: (of: Triple) => Triple): Question[] =>
    open.map((each) => ({ ...each, triple: change(each.triple) }));
  const questions = changed(without);
  const answers = simulated(questions);
  const before = sameAs ? simulated(changed(sameAs)) : answers;
  const isExplained = questions.map(
    ({ triple: each, isHeld }, index) =>
      answers[index] === before[index] && agrees(grantOf(each), isHeld, answers[index] === true),
  );
  const left = open.filter((_, index) => isExplained[index] !== true);
  console.log(`${String(open.length - left.length).padStart(6)} ${reason}`);
  return left;
}

main();
