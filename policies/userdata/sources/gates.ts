/** Whether a check that fails keeps a script from what follows, and how far that holds. */
import { programOf, withoutWrappers, type Branch, type Context, type Pipeline, type Step } from "../steps";
import type { Proof } from "./boot";

export interface Script {
  readonly steps: readonly Step[];
  /** The script, as scopes name it. */
  readonly run: object;
}

/** Programs and common names of functions that end a script, or this round of it. */
const STOPS =
  /^(?:exit|return|false|die|fail\w*|abort\w*|fatal\w*|bail\w*|panic|halt|poweroff|shutdown|reboot|kill|continue|break|terminate\w*|quit|err(?:or)?_?exit|exit_?\w*|error|err|stop\w*|rm|unlink|shred)$/i;

/** What follows a check within how many steps. */
const REACH = 40;

/** Where the success of the check at an index holds; nothing where its failure changes nothing. */
export function gateOf(script: Script, index: number, negated: boolean, depth = 0): Proof | undefined {
  const step = script.steps[index];
  if (step?.kind !== "pipeline") return undefined;
  const { context } = step;
  const fails = negated !== context.negated;
  const status = statusOf(script, index);
  if (status !== undefined) return gateOf(script, status.index, status.negated !== fails, depth + 1);
  const condition = context.conditionOf;
  if (condition !== undefined) return ofCondition(script, index, condition, fails);
  return ofList(script, index, context.list, fails) ?? ofFunction(script, index, context, negated, depth);
}

/** `[ $? -ne 0 ]` right behind the check. */
function statusOf({ steps }: Script, index: number): { index: number; negated: boolean } | undefined {
  const next = steps[index + 1];
  const call = next?.kind === "pipeline" ? next.calls[0] : undefined;
  if (!call || !/^\[{1,2}$|^test$/.test(call.words[0] ?? "") || !call.words.includes("$?")) return undefined;
  return { index: index + 1, negated: call.words.some((word) => /^(?:-ne|!=|-gt)$/.test(word)) };
}

/** The check decides over the branches of an `if`, of a loop, or of the list around a group. */
function ofCondition(script: Script, index: number, condition: number, fails: boolean): Proof | undefined {
  const { steps, run } = script;
  const good = fails ? "else" : "then";
  const bad = fails ? "then" : "else";
  const following = after(steps, index);
  if (following.some((step) => inBranch(step, condition, bad) && stops(step))) return rest(script, index);
  // `until CHECK; do …; done` goes on only where it succeeds.
  if (following.some((step) => inBranch(step, condition, "loop"))) return rest(script, index);
  const direct = ofList(script, index, condition, fails);
  if (direct) return direct;
  return (scope) =>
    scope === undefined ||
    (scope.run === run && scope.context?.branches.some(({ of, kind }) => of === condition && kind === good) === true);
}

/** The check stands in a list of `&&` and `||`, or alone. */
function ofList(script: Script, index: number, list: number, fails: boolean): Proof | undefined {
  const { steps, run } = script;
  const self = steps[index];
  const errexit = self?.kind === "pipeline" && self.context.errexit;
  const following = after(steps, index).filter(
    ({ context }) => context.list === list || context.branches.some(({ of }) => of === list),
  );
  const [bad, kind] = fails ? (["&&", "then"] as const) : (["||", "else"] as const);
  const onFailure = following.filter((step) => step.context.after === bad || inBranch(step, list, kind));
  if (onFailure.some(stops) || onFailure.some((step) => diesInside(steps, steps.indexOf(step, index))))
    return rest(script, index);
  if (onFailure.length > 0 && !fails) return undefined;
  if (following.length === 0) return errexit && !fails ? rest(script, index) : undefined;
  if (fails) return undefined;
  return (scope) => scope === undefined || (scope.run === run && followsIn(scope.context, list));
}

function followsIn(context: Context | undefined, list: number): boolean {
  return (
    context !== undefined &&
    ((context.list === list && context.after === "&&") ||
      context.branches.some(({ of, kind }) => of === list && kind === "then"))
  );
}

/** The last command of a function decides for who calls it. */
function ofFunction(
  script: Script,
  index: number,
  context: Context,
  negated: boolean,
  depth: number,
): Proof | undefined {
  const body = context.branches.findLast(({ kind }) => kind === "function");
  if (!body || depth > 3) return undefined;
  const { steps } = script;
  const inside = (step: Step | undefined): boolean => step?.kind === "pipeline" && within(step.context, body);
  if (after(steps, index).some((step) => inside(step) && step.context.list > context.list)) return undefined;
  let caller = index;
  while (caller >= 0 && (inside(steps[caller]) || steps[caller]?.kind !== "pipeline")) caller--;
  return caller >= 0 ? gateOf(script, caller, negated, depth + 1) : undefined;
}

/** From here on the check has succeeded, but only on the way that led through it. */
function rest({ run, steps }: Script, index: number): Proof {
  const step = steps[index];
  const branches =
    step?.kind === "pipeline"
      ? step.context.branches.filter(({ kind }) => kind === "then" || kind === "else" || kind === "case")
      : [];
  return (scope) => {
    if (scope === undefined || scope.run !== run) return true;
    return branches.every((branch) => within(scope.context, branch));
  };
}

function within(context: Context | undefined, { of, kind }: Branch): boolean {
  return context?.branches.some((branch) => branch.of === of && branch.kind === kind) === true;
}

function inBranch({ context }: Pipeline, of: number, kind: Branch["kind"]): boolean {
  return within(context, { of, kind });
}

function after(steps: readonly Step[], index: number): readonly Pipeline[] {
  return steps.slice(index + 1, index + 1 + REACH).filter((step) => step.kind === "pipeline");
}

function stops({ calls }: Pipeline): boolean {
  return calls.some(({ words }) => STOPS.test(programOf(withoutWrappers(words))));
}

/** A function that is called and exits. */
function diesInside(steps: readonly Step[], index: number): boolean {
  const list = steps[index]?.context.list ?? 0;
  return after(steps, index)
    .slice(0, 10)
    .some(
      ({ context, ...step }) =>
        context.list > list && context.branches.some(({ kind }) => kind === "function") && stops({ context, ...step }),
    );
}
