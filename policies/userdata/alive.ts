/** What of a shell script may run: not a branch whose condition never holds, a function that nothing calls, or what stands behind `exit`. */
import type { Branch, Context, Pipeline, Step } from "./steps";

/** How a command ends, where the text alone tells. */
type Outcome = boolean | undefined;

/**
 * The steps that may run.
 *
 * @param isFile - Whether the text is a file, whose functions another script may call.
 */
export function aliveIn(steps: readonly Step[], isFile: boolean): readonly Step[] {
  const follower = new Follower(steps, isFile);
  return steps.filter((step) => follower.runs(step));
}

class Follower {
  /** How lists of pipelines, and conditions, have ended so far, by their number. */
  private readonly outcomes = new Map<number, Outcome>();
  /** What a list is the condition of. */
  private readonly lists = new Map<number, number | undefined>();
  private readonly named: ReadonlySet<string>;
  private readonly changing: ReadonlySet<string>;
  private ended = false;

  constructor(steps: readonly Step[], isFile: boolean) {
    const uncalled = new Set(
      steps.flatMap(({ context }) => context.branches.flatMap((branch) => branch.uncalled ?? [])),
    );
    this.named = isFile ? uncalled : namesIn(steps, uncalled);
    this.changing = changingValues(steps);
  }

  runs(step: Step): boolean {
    const { context } = step;
    if (this.ended || this.isSkipped(context)) return false;
    for (const { of } of context.branches) if (this.lists.has(of)) this.forget(of);
    if (step.kind === "pipeline") this.follow(step);
    return true;
  }

  private isSkipped({ branches, list, after }: Context): boolean {
    if (branches.some((branch) => this.isDead(branch))) return true;
    const before = this.outcomes.get(list);
    return (after === "&&" && before === false) || (after === "||" && before === true);
  }

  private isDead({ of, kind, uncalled }: Branch): boolean {
    if (uncalled !== undefined) return !this.named.has(uncalled);
    const outcome = this.outcomes.get(of);
    return (kind === "then" && outcome === false) || (kind === "else" && outcome === true);
  }

  private follow({ calls, context }: Pipeline): void {
    const { list, after, negated, conditionOf, branches } = context;
    const [first] = calls;
    const found = calls.length === 1 && first ? this.outcomeOf(first.words) : undefined;
    const outcome = negated && found !== undefined ? !found : found;
    const all = joined(this.outcomes.get(list), after, outcome);
    this.outcomes.set(list, all);
    this.lists.set(list, conditionOf);
    if (conditionOf !== undefined && !branches.some(({ of }) => of === conditionOf))
      this.outcomes.set(conditionOf, all);
    const isByItself = calls.length === 1 && after === undefined && conditionOf === undefined;
    if (isByItself && branches.length === 0 && first?.words[0] === "exit") this.ended = true;
  }

  /** A group in a list has an outcome of its own, which is not followed. */
  private forget(list: number): void {
    this.outcomes.delete(list);
    const of = this.lists.get(list);
    if (of !== undefined) this.outcomes.delete(of);
  }

  private outcomeOf(words: readonly string[]): Outcome {
    const [program = "", ...rest] = words;
    if (program === "true" || program === ":") return true;
    if (program === "false") return false;
    if (!/^(?:test|\[|\[\[)$/.test(program)) return undefined;
    const [left, operator, right, ...more] = program === "test" ? rest : rest.slice(0, -1);
    if (right === undefined || more.length > 0 || !this.isFixed(left) || !this.isFixed(right)) return undefined;
    return COMPARES[operator ?? ""]?.(left ?? "", right);
  }

  /** Whether an operand is written there, and no value that a variable has only at times. */
  private isFixed(operand: string | undefined): boolean {
    return operand !== undefined && operand !== "" && !/[$`*?[]/.test(operand) && !this.changing.has(operand);
  }
}

const COMPARES: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  "=": (left, right) => left === right,
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "-eq": (left, right) => Number(left) === Number(right),
  "-ne": (left, right) => Number(left) !== Number(right),
};

function joined(before: Outcome, after: Context["after"], outcome: Outcome): Outcome {
  if (after === "&&") return before === true ? outcome : outcome === false ? false : undefined;
  if (after === "||") return before === false ? outcome : outcome === true ? true : undefined;
  return outcome;
}

/** Values of variables that the text sets more than once, and those that stand for a value from elsewhere. */
function changingValues(steps: readonly Step[]): ReadonlySet<string> {
  const values = new Map<string, Set<string>>();
  for (const step of steps) {
    if (step.kind === "pipeline") continue;
    const known = values.get(step.name) ?? new Set<string>();
    if (step.kind === "default") known.add("");
    values.set(step.name, known.add(step.value));
  }
  return new Set([...values.values()].flatMap((known) => (known.size > 1 ? [...known] : [])));
}

/** The functions that words elsewhere name: for a trap, another shell, or a call that was not followed. */
function namesIn(steps: readonly Step[], functions: ReadonlySet<string>): ReadonlySet<string> {
  const named = new Set<string>();
  let mentions = functions.size === 0 ? [] : steps.flatMap((step) => mentionsIn(step, functions));
  for (let round = 0; round < ROUNDS; round++) {
    const count = named.size;
    // What only a function names that nothing calls is not called either.
    for (const { name, from } of mentions) if (from.every((each) => named.has(each))) named.add(name);
    if (named.size === count) return named;
    mentions = mentions.filter(({ name }) => !named.has(name));
  }
  return functions;
}

/** How deep functions that nothing calls may name each other; from there on all of them may run. */
const ROUNDS = 8;

interface Mention {
  readonly name: string;
  readonly from: readonly string[];
}

function mentionsIn(step: Step, functions: ReadonlySet<string>): readonly Mention[] {
  if (step.kind !== "pipeline") return [];
  const from = step.context.branches.flatMap(({ uncalled }) => uncalled ?? []);
  const names = step.calls.flatMap(({ words }) => words.flatMap((word) => word.split(/[^\w:.-]+/)));
  return names.flatMap((name) => (functions.has(name) && !from.includes(name) ? [{ name, from }] : []));
}
