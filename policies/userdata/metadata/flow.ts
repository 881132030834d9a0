/** What a shell script does when a command succeeds, and when it fails. */
import { pushTo } from "../../collections";
import { printed } from "../print";
import { programOf, withoutWrappers, type Call, type Context, type Pipeline, type Step } from "../steps";

/** What follows an outcome. */
export interface Outcome {
  /** The script, or the check, ends with an error. */
  readonly stops: boolean;
  /** A loop ends. */
  readonly leaves: boolean;
  /** What is printed, and what is kept. */
  readonly says: string;
}

export interface Consequences {
  readonly success: Outcome;
  readonly failure: Outcome;
  /** Whether anything hangs on the outcome. */
  readonly decides: boolean;
  /** It is the condition of a loop. */
  readonly loops: boolean;
}

/** How the steps of a script hang together. */
export class Flow {
  private readonly positions = new Map<Step, number>();
  private readonly lists = new Map<number, Step[]>();
  private readonly conditions = new Map<number, Step[]>();
  private readonly branches = new Map<number, Step[]>();
  private readonly holders = new Map<Step, Step>();

  constructor(readonly steps: readonly Step[]) {
    for (const [index, step] of steps.entries()) {
      this.positions.set(step, index);
      const { list, conditionOf, branches } = step.context;
      pushTo(this.lists, list, step);
      if (conditionOf !== undefined) pushTo(this.conditions, conditionOf, step);
      for (const { of } of branches) pushTo(this.branches, of, step);
      for (const inner of innerSteps(step)) if (!this.holders.has(inner)) this.holders.set(inner, step);
    }
  }

  /** The step in whose words this one stands. */
  holder(step: Step): Step | undefined {
    return this.holders.get(step);
  }

  next(step: Step, count: number): readonly Step[] {
    const at = (this.positions.get(step) ?? this.steps.length) + 1;
    return this.steps.slice(at, at + count);
  }

  consequences(step: Step): Consequences {
    const { list, conditionOf, negated } = step.context;
    const decided = [list, ...(conditionOf === undefined ? [] : [conditionOf])];
    const yes: Step[] = [];
    const no: Step[] = [];
    let loops = false;
    for (const number of decided) {
      for (const [kind, each] of this.behind(number, step)) {
        if (kind === "loop") loops = true;
        else (kind === "then" ? yes : no).push(each);
      }
    }
    const [success, failure] = negated ? [outcome(no), outcome(yes)] : [outcome(yes), outcome(no)];
    return { success, failure, decides: yes.length + no.length > 0 || loops, loops };
  }

  /** Steps of a list, or of branches, that come after a step, and for which outcome. */
  private behind(number: number, step: Step): (readonly [kind: "then" | "else" | "loop", step: Step])[] {
    const list = this.after(this.lists.get(number) ?? [], step, 20);
    const branches = this.after(this.branches.get(number) ?? [], step, 40);
    return [
      ...list.flatMap((each) => {
        const { after: operator } = each.context;
        return operator === undefined ? [] : [[operator === "&&" ? "then" : "else", each] as const];
      }),
      ...branches.flatMap((each) => {
        const kind = kindIn(each.context, number);
        return kind === "then" || kind === "else" || kind === "loop" ? [[kind, each] as const] : [];
      }),
    ];
  }

  /** Up to `count` steps behind another one; steps are kept in their order. */
  private after(steps: readonly Step[], step: Step, count: number): readonly Step[] {
    const at = this.positions.get(step) ?? 0;
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const each = steps[middle];
      if (each && (this.positions.get(each) ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return steps.slice(low, low + count);
  }

  /** The call of the function that a step ends, if it does. */
  caller(step: Step): Pipeline | undefined {
    const of = step.context.branches.findLast(({ kind }) => kind === "function")?.of;
    const body = of === undefined ? [] : (this.branches.get(of) ?? []);
    const [first] = body;
    if (!first || body.at(-1) !== step) return undefined;
    const call = this.steps[(this.positions.get(first) ?? 0) - 1];
    return call?.kind === "pipeline" ? call : undefined;
  }

  /** The tests that choose the branches of an `if`, or the groups of a list. */
  deciding(number: number): readonly Step[] {
    return [...(this.conditions.get(number) ?? []).slice(0, 20), ...(this.lists.get(number) ?? []).slice(0, 20)];
  }
}

export function kindIn({ branches }: Context, of: number): string | undefined {
  return branches.find((branch) => branch.of === of)?.kind;
}

function innerSteps(step: Step): readonly Step[] {
  if (step.kind !== "pipeline") return step.scripts;
  return step.calls.flatMap(({ substitutions }) => substitutions.flatMap(({ steps }) => steps));
}

/** Programs, mostly functions of the script, that end it. */
const FAILS =
  /^(?:fail(?:ed|ure)?|die|abort|fatal|bail(?:_?out)?|err(?:or)?_?exit|exit_?with_?error|panic|not_ok|throw|croak)$/i;

function outcome(steps: readonly Step[]): Outcome {
  const calls = steps.flatMap((step) => (step.kind === "pipeline" ? step.calls : []));
  const set = steps.flatMap((step) => (step.kind === "assignment" ? [`${step.name}=${step.value}`] : []));
  return {
    stops: calls.some(ends),
    leaves: calls.some(({ words }) => words[0] === "break"),
    says: [...calls.map(said), ...set].join("\n").slice(0, 2000),
  };
}

function ends({ words }: Call): boolean {
  const [program = "", code = ""] = words;
  if (program === "exit" || program === "return") return code !== "" && code !== "0";
  return program === "false" || FAILS.test(program);
}

function said({ words }: Call): string {
  const inner = withoutWrappers(words);
  return (
    printed(inner) ??
    (/^(?:logger|wall|log|warn|info|err|error|ok|pass|bad|note)/i.test(programOf(inner)) ? inner.join(" ") : "")
  );
}
