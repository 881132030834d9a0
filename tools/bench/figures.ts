/** What the bench reports, and how it measures: blocks that alternate, of which the least disturbed counts. */
import type { Measured } from "../docs/measured";

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The most it may be; null for what is only reported. */
  readonly limit: number | null;
  readonly unit: string;
}

/** What one part of the bench measured. */
export interface Section {
  readonly figures: readonly Figure[];
  /** The table that the documentation shows of it. */
  readonly record?: Pick<Measured, "columns" | "rows">;
}

export function ratio(name: string, value: number, limit: number): Figure {
  return { name, value, limit, unit: "ratio" };
}

export function reported(name: string, value: number, unit: string): Figure {
  return { name, value, limit: null, unit };
}

type Action = () => unknown;

/** Least time of each in milliseconds; they take turns, and what comes before each round is not measured. */
export async function compare(rounds: number, actions: readonly Action[], before?: Action): Promise<number[]> {
  const least = actions.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    await before?.();
    for (const [index, action] of actions.entries()) {
      const begun = performance.now();
      await action();
      least[index] = Math.min(least[index] ?? Infinity, performance.now() - begun);
    }
  }
  return least;
}
