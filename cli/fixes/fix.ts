/** `check --fix`: edits a program, runs it again, and keeps only what is proven to settle its findings. */
import path from "node:path";
import { judge, type JudgedRun } from "../check";
import type { PackSettings } from "../../policies/settings";
import { errorText } from "../failures";
import type { Report } from "../report";
import type { DirectoryRun, ProgramSource } from "../run";
import { changesOf, type ResourceChanges } from "./changes";
import { applied, unifiedDiff } from "./diff";
import { Files } from "./files";
import type { Fix } from "./fixes";
import { fixOf } from "./preview";
import { faultIn, type Fault } from "./proof";
import { planEdits, type LeftFix, type Plan } from "./sites";

/** Runs a program, edits it where that is unambiguous, and reports what it is then. */
export async function fixProgram(run: () => Promise<DirectoryRun>, settings: PackSettings): Promise<Report> {
  const before = judge(await run(), settings);
  const fixes = changesOf(before.remedies());
  const { source, parts } = before.run;
  const leave = (reason: string): Report => reported(before, before, fixes, { reason });
  if (fixes.length === 0) return reported(before, before, fixes, {});
  if (!source) return leave("there is no program to edit, only what Pulumi wrote of one");
  if (parts.outcome.kind !== "completed") return leave("the program does not run to its end");
  const files = new Files(source.root);
  const { plans, left } = planEdits(before.run, source, files, fixes);
  const prover = new Prover(before, files, async () => judge(await run(), settings));
  const after = await files.guarded(() => prover.prove(plans));
  return reported(before, after, fixes, {
    left: [...left, ...prover.left],
    diffs: diffsOf(prover.kept, files, source),
  });
}

/** Tries edits out. */
class Prover {
  /** Edits that settle what they are for. */
  kept: readonly Plan[] = [];
  readonly left: LeftFix[] = [];

  constructor(
    private readonly before: JudgedRun,
    private readonly files: Files,
    private readonly run: () => Promise<JudgedRun>,
  ) {}

  /** Keeps the edits that hold, and returns what the program is with them. */
  async prove(plans: readonly Plan[]): Promise<JudgedRun> {
    let rest = plans;
    while (rest.length > 0) {
      const tried = await this.attempt(rest);
      if ("after" in tried) {
        this.kept = rest;
        return tried.after;
      }
      const blamed = rest.length === 1 ? rest : tried.plans;
      // Nothing tells which of them it is.
      if (blamed.length === 0) return this.oneByOne(rest);
      this.leave(blamed, tried.reason);
      rest = rest.filter((each) => !blamed.includes(each));
    }
    this.files.restore();
    return this.before;
  }

  private async oneByOne(plans: readonly Plan[]): Promise<JudgedRun> {
    let last = this.before;
    for (const each of plans) {
      const tried = await this.attempt([...this.kept, each]);
      if ("after" in tried) {
        this.kept = [...this.kept, each];
        last = tried.after;
      } else this.leave([each], tried.reason);
    }
    this.files.write(textsOf(this.kept, this.files));
    return last;
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
  const byFile = new Map<string, Plan["edits"]>();
  for (const { file, edits } of plans) byFile.set(file, [...(byFile.get(file) ?? []), ...edits]);
  return byFile;
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

function reported(before: JudgedRun, after: JudgedRun, fixes: readonly ResourceChanges[], results: Results): Report {
  const reasons = new Map(results.left?.map(({ fix, reason }) => [fix.urn, reason]));
  const items = fixes.map((each): Fix => {
    const reason = results.reason ?? reasons.get(each.urn);
    return fixOf(before, each, reason === undefined ? "fixed" : "left", reason);
  });
  return after.told({ ...after.report, fixes: { items, diffs: results.diffs ?? [] } });
}
