/** Calls without a token that a script makes only where it could not get one. */
import type { Context, Step } from "../steps";
import { kindIn, type Flow } from "./flow";

export class Fallbacks {
  /** Branches, lists and conditions in which a token is asked for or sent. */
  private readonly branches = new Map<number, Set<string>>();
  private readonly lists = new Set<number>();
  private readonly alternatives = new Set<number>();
  private readonly conditions = new Set<number>();
  /** Variables that hold a token, or what was read with one. */
  private readonly answers: string[] = [];
  private any = false;
  private lines: readonly string[] | undefined;

  constructor(
    private readonly flow: Flow,
    private readonly text: string,
  ) {}

  /** Notes a call that asks for a token or sends one. */
  token(step: Step): void {
    this.any = true;
    const holder = this.flow.holder(step);
    if (holder?.kind === "assignment" && this.answers.length < 100) this.answers.push(holder.name);
    for (const { list, after, conditionOf, branches } of this.contexts(step)) {
      this.lists.add(list);
      if (after === "||") this.alternatives.add(list);
      if (conditionOf !== undefined) this.conditions.add(conditionOf);
      for (const { of, kind } of branches) this.branches.set(of, (this.branches.get(of) ?? new Set()).add(kind));
    }
  }

  /** Whether a call is the other way for the case that there is no token, or one that a token follows. */
  holds(step: Step): boolean {
    return this.any && (this.contexts(step).some((context) => this.isAlternative(context)) || this.isAsked(step));
  }

  /** Whether a token follows where the answer is missing: `if [ -z "$ID" ]; then TOKEN=…`. */
  private isAsked(step: Step): boolean {
    const holder = this.flow.holder(step);
    if (holder?.kind !== "assignment") return false;
    const numbers = [...this.branches.keys()].slice(0, 50);
    return numbers.some((of) => this.flow.deciding(of).some((each) => this.testsName(each, of, holder.name)));
  }

  private contexts(step: Step): readonly Context[] {
    const found: Context[] = [];
    for (let each: Step | undefined = step; each && found.length < 8; each = this.flow.holder(each))
      found.push(each.context);
    return found;
  }

  private isAlternative({ list, after, branches }: Context): boolean {
    if (after === "||" && this.lists.has(list)) return true;
    if (this.lists.has(list) && this.alternatives.has(list)) return true;
    if (this.branches.get(list)?.has("else") === true) return true;
    return branches.some(({ of, kind }) => kind !== "loop" && kind !== "function" && this.isOtherBranch(of, kind));
  }

  private isOtherBranch(of: number, kind: string): boolean {
    const others = this.branches.get(of);
    if (others && (kind === "case" || [...others].some((other) => other !== kind))) return true;
    if (kind === "else" && (this.lists.has(of) || this.conditions.has(of))) return true;
    return this.flow
      .deciding(of)
      .some(
        (step) =>
          TOKEN.test(this.testIn(step, of) ?? "") || this.answers.some((name) => this.testsName(step, of, name)),
      );
  }

  /** `[ -z "$NAME" ]` */
  private testsName(step: Step, of: number, name: string): boolean {
    const test = this.testIn(step, of) ?? "";
    return (
      /-[zn]\b|["'\s]{2}|==? *(?:""|'')/.test(test) && [`$${name}`, `\${${name}`].some((each) => test.includes(each))
    );
  }

  /** The line of a test: its words have the values of variables, not their names. */
  private testIn(step: Step, of: number): string | undefined {
    if (step.kind !== "pipeline" || kindIn(step.context, of) !== undefined) return undefined;
    const test = step.calls.find(({ words }) => /^(?:\[\[?|test)$/.test(words[0] ?? ""));
    if (!test) return undefined;
    this.lines ??= this.text.split("\n");
    return this.lines[test.line - 1];
  }
}

const TOKEN = /token|imds_?v|\bv[12]\b/i;
