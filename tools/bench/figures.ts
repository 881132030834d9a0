/** What the bench reports, and how it measures: blocks that alternate, of which the least disturbed counts. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** The most it may be; null for what is only reported. */
  readonly limit: number | null;
  readonly unit: string;
}

export function ratio(name: string, value: number, limit: number): Figure {
  return { name, value, limit, unit: "ratio" };
}

export function reported(name: string, value: number, unit: string): Figure {
  return { name, value, limit: null, unit };
}

type Action = () => Promise<unknown>;

async function timed(action: Action): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

/** Least time of each of the two, in milliseconds; what comes before each round is not measured. */
export async function compare(rounds: number, a: Action, b: Action, before?: Action): Promise<[number, number]> {
  const [ofA, ofB]: [number[], number[]] = [[], []];
  for (let i = 0; i < rounds; i++) {
    await before?.();
    ofA.push(await timed(a));
    ofB.push(await timed(b));
  }
  return [Math.min(...ofA), Math.min(...ofB)];
}
