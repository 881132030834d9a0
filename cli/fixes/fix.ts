/** `check --fix`: edits a program, runs it again, and keeps only what is proven to settle its findings. */
import path from "node:path";
import { groupedBy } from "../../policies/collections";
import type { JudgedRun } from "../check";
import { errorText } from "../failures";
import type { Report } from "../report";
import type { ProgramSource } from "../run";
import { changesOf, type ResourceChanges } from "./changes";
import { applied, unifiedDiff } from "./diff";
import { Files } from "./files";
import type { Fix } from "./fixes";
import { fixOf } from "./preview";
import { faultIn, type Fault } from "./proof";
import { planEdits, type LeftFix, type Plan } from "./sites";

/** Runs a program, edits it where that is unambiguous, and reports what it is then. */
export async function fixProgram(run: () => Promise<JudgedRun>): Promise<Report> {
  const before = await run();
  const fixes = changesOf(before.remedies());
  const { source, parts } = before.run;
  const leave = (reason: string): Report => reported(before, fixes, { reason });
  if (fixes.length === 0) return reported(before, fixes, {});
  if (!source) return leave("there is no program to edit, only what Pulumi wrote of one");
  if (parts.outcome.kind !== "completed") return leave("the program does not run to its end");
  const files = new Files(source.root);
  const { plans, left } = planEdits(before.run, source, files, fixes);
  const prover = new Prover(before, files, run);
  const after = await files.guarded(() => prover.prove(plans));
  return reported(after, fixes, {
    left: [...left, ...prover.left],
    diffs: diffsOf(prover.kept, files, source),
  });
}

/** Tries edits out. */
class Prover {
  /** Edits that settle what they are for. */
  kept: readonly Plan[] = [];
  readonly left: LeftFix[] = [];
  /** The program with the edits that are kept. */
  private last: JudgedRun;

  constructor(
    private readonly before: JudgedRun,
    private readonly files: Files,
    private readonly run: () => Promise<JudgedRun>,
  ) {
    this.last = before;
  }

  /** Keeps the edits that hold, and returns what the program is with them. */
  async prove(plans: readonly Plan[]): Promise<JudgedRun> {
    await this.settle(plans);
    this.files.write(textsOf(this.kept, this.files));
    return this.last;
  }

  /** Tries edits on top of those that are kept; where nothing tells which of them is at fault, by halves. */
  private async settle(plans: readonly Plan[]): Promise<void> {
    if (plans.length === 0) return;
    const together = [...this.kept, ...plans];
    const tried = await this.attempt(together);
    if ("after" in tried) {
      this.kept = together;
      this.last = tried.after;
      return;
    }
    const blamed = plans.length === 1 ? plans : plans.filter((each) => tried.plans.includes(each));
    if (blamed.length > 0) {
      this.leave(blamed, tried.reason);
      await this.settle(plans.filter((each) => !blamed.includes(each)));
      return;
    }
    const half = Math.ceil(plans.length / 2);
    await this.settle(plans.slice(0, half));
    await this.settle(plans.slice(half));
  }

  private leave(plans: readonly Plan[], reason: string): void {
    for (const { fixes } of plans) this.left.push(...fixes.map((fix) => ({ fix, reason: `${reason}; taken back` })));
  }

  private async attempt(plans: readonly Plan[]): Promise<Fault | { readonly after: JudgedRun }> {
    this.files.write(textsOf(plans, this.files));
    let after: JudgedRun;
    try {
      after = await this.run();
    } catch (error) {
      return { plans: [], reason: `the program could not be judged with it: ${errorText(error)}` };
    }
    return faultIn(this.before, after, plans) ?? { after };
  }
}

function textsOf(plans: readonly Plan[], files: Files): ReadonlyMap<string, string> {
  return new Map([...editsByFile(plans)].map(([file, edits]) => [file, applied(files.read(file), edits)]));
}

function editsByFile(plans: readonly Plan[]): ReadonlyMap<string, Plan["edits"]> {
  const groups = groupedBy(plans, ({ file }) => file);
  return new Map(groups.map((group) => [group[0].file, group.flatMap(({ edits }) => edits)]));
}

function diffsOf(plans: readonly Plan[], files: Files, { root }: ProgramSource): readonly string[] {
  return [...editsByFile(plans)].map(([file, edits]) =>
    unifiedDiff(path.relative(root, file).split(path.sep).join("/"), files.read(file), edits),
  );
}

interface Results {
  /** Why everything is left. */
  readonly reason?: string;
  readonly left?: readonly LeftFix[];
  readonly diffs?: readonly string[];
}

function reported(after: JudgedRun, fixes: readonly ResourceChanges[], results: Results): Report {
  const reasons = new Map(results.left?.map(({ fix, reason }) => [fix.urn, reason]));
  const items = fixes.map((each): Fix => {
    const reason = results.reason ?? reasons.get(each.urn);
    return fixOf(after, each, reason === undefined ? "fixed" : "left", reason);
  });
  return after.told({ ...after.report, fixes: { items, diffs: results.diffs ?? [] } });
}
