/** Calls without a token that a script makes only where it could not get one. */
import type { Context, Step } from "../steps";
import { kindIn, type Flow } from "./flow";

export class Fallbacks {
  /** Branches, lists and conditions in which a token is asked for or sent. */
  private readonly branches = new Map<number, Set<string>>();
  private readonly lists = new Set<number>();
  private readonly alternatives = new Set<number>();
  private readonly conditions = new Set<number>();
  private any = false;
  private lines: readonly string[] | undefined;

  constructor(
    private readonly flow: Flow,
    private readonly text: string,
  ) {}

  /** Notes a call that asks for a token or sends one. */
  token(step: Step): void {
    this.any = true;
    for (const { list, after, conditionOf, branches } of this.contexts(step)) {
      this.lists.add(list);
      if (after === "||") this.alternatives.add(list);
      if (conditionOf !== undefined) this.conditions.add(conditionOf);
      for (const { of, kind } of branches) this.branches.set(of, (this.branches.get(of) ?? new Set()).add(kind));
    }
  }

  /** Whether a call is the other way for the case that there is no token, or one that a token follows. */
  holds(step: Step): boolean {
    return this.any && this.contexts(step).some((context) => this.isAlternative(context));
  }

  private contexts(step: Step): readonly Context[] {
    const found: Context[] = [];
    for (let each: Step | undefined = step; each && found.length < 8; each = this.flow.holder(each)) found.push(each.context);
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
    return this.flow.deciding(of).some((step) => this.testsToken(step, of));
  }

  /** `[ -z "$TOKEN" ]`, by the line that it stands in: its words have the value of the variable. */
  private testsToken(step: Step, of: number): boolean {
    if (step.kind !== "pipeline" || kindIn(step.context, of) !== undefined) return false;
    const test = step.calls.find(({ words }) => /^(?:\[\[?|test)$/.test(words[0] ?? ""));
    if (!test) return false;
    this.lines ??= this.text.split("\n");
    return /token|imds_?v|\bv[12]\b/i.test(this.lines[test.line - 1] ?? "");
  }
}
