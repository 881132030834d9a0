/** Steps of a shell script in the order in which data flows: groups and functions stand elsewhere in the list. */
import { programOf, withoutWrappers, type Call, type Pipeline, type Step } from "../steps";

/** Programs that bring what a group of commands behind them reads. */
const BRINGS =
  /^(?:curl|wget|cat|echo|printf|aria2c|GET|lynx|http|https|fetch|aws|zcat|gunzip|sed|tar|openssl|base64)$/;

/** Steps that one pipeline looks back or forward over. */
const REACH = 64;

export function inOrder(steps: readonly Step[]): readonly Step[] {
  const ordered: Step[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index];
    if (!step) continue;
    const body = step.kind === "pipeline" && step.calls.length > 1 ? bodyBehind(steps, index, step) : 0;
    ordered.push(...steps.slice(index + 1, index + 1 + body), step);
    index += body;
    if (step.kind === "pipeline" && brings(step.calls.at(-1))) bringForward(ordered, step);
  }
  return ordered;
}

function brings(call: Call | undefined): boolean {
  return BRINGS.test(programOf(withoutWrappers(call?.words ?? [])));
}

/** The body of a function stands behind the pipe that it begins; what it prints flows into the pipe. */
function bodyBehind(steps: readonly Step[], index: number, { calls, context }: Pipeline): number {
  if (brings(calls[0])) return 0;
  let count = 0;
  for (let next = steps[index + 1]; next && count < REACH; next = steps[index + 1 + count]) {
    if (next.context.list <= context.list || next.context.branches[context.branches.length]?.kind !== "function") break;
    count++;
  }
  return count;
}

/** A group that reads what a pipe brings stands before it; it runs behind it. */
function bringForward(ordered: Step[], step: Pipeline): void {
  if ((ordered.at(-2)?.context.list ?? 0) <= step.context.list) return;
  const used = new Set(step.calls.flatMap(({ substitutions }) => substitutions.flatMap((each) => each.steps)));
  let first = ordered.length - 1;
  while (first > 0 && ordered.length - first < REACH) {
    const before = ordered[first - 1];
    if (!before || before.context.list <= step.context.list || used.has(before)) break;
    first--;
  }
  if (first < ordered.length - 1) ordered.splice(first, 0, ...ordered.splice(-1));
}

/** The steps just before one that belong to it: a group in its pipe, or scripts in its words. */
export function stepsWithin(steps: readonly Step[], index: number): readonly Step[] {
  const list = steps[index]?.context.list ?? 0;
  let first = index;
  while (first > 0 && index - first < REACH && (steps[first - 1]?.context.list ?? 0) > list) first--;
  return steps.slice(first, index);
}
