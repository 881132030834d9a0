/** How a command of a shell script hangs together with what surrounds it. */
import type { Branch, Context } from "./steps";

const DEEP = 16;
const NO_FILES: readonly string[] = [];

/** Written out as a class: a scope is made for every statement, and copying objects costs more than all else there. */
export class Scope {
  private constructor(
    /** Where the output goes. */
    readonly files: readonly string[],
    private readonly conditionOf: number | undefined,
    readonly branches: readonly Branch[],
    readonly list: number,
    readonly after: "&&" | "||" | undefined,
    private readonly negated: boolean,
  ) {}

  static readonly TOP = Scope.inBranches([]);

  /** A script by itself, in the branches of what holds it. */
  static inBranches(branches: readonly Branch[]): Scope {
    return new Scope(NO_FILES, undefined, branches, 0, undefined, false);
  }

  /** A list of pipelines. */
  asList(list: number): Scope {
    return new Scope(this.files, this.conditionOf, this.branches, list, undefined, false);
  }

  behind(after: Scope["after"]): Scope {
    if (after === this.after) return this;
    return new Scope(this.files, this.conditionOf, this.branches, this.list, after, this.negated);
  }

  asPipeline(negated: boolean): Scope {
    if (negated === this.negated) return this;
    return new Scope(this.files, this.conditionOf, this.branches, this.list, this.after, negated);
  }

  into(files: readonly string[]): Scope {
    if (files.length === 0 && this.files.length === 0) return this;
    return new Scope(files, this.conditionOf, this.branches, this.list, this.after, this.negated);
  }

  asCondition(of: number): Scope {
    return new Scope(this.files, of, this.branches, this.list, this.after, this.negated);
  }

  within(kind: Branch["kind"], of: number, uncalled?: string): Scope {
    const branches = [...this.branches.slice(0, DEEP), uncalled === undefined ? { of, kind } : { of, kind, uncalled }];
    return new Scope(this.files, undefined, branches, this.list, this.after, this.negated);
  }

  /**
   * Commands in braces or parentheses are lists of their own: what they hang on is the list around them, and they may
   * decide what comes behind them in it.
   */
  asGroup(after: Scope["after"], decides: boolean): Scope {
    const inner = after ? this.within(after === "&&" ? "then" : "else", this.list) : this;
    return decides ? inner.asCondition(this.list) : inner;
  }

  context(errexit: boolean): Context {
    const { list, after, negated, conditionOf, branches } = this;
    return { list, after, errexit, negated, conditionOf, branches };
  }
}
