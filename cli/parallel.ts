import { availableParallelism, totalmem } from "node:os";

/** What a program with the AWS package takes. */
const BYTES_A_RUN = 512 * 1024 * 1024;

/** How many programs this machine runs at once, by its cores and its memory. */
export function defaultJobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / BYTES_A_RUN)));
}

/** Starts work on all items, so many at once, and gives what becomes of each in their order. */
export function inParallel<T, R>(items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R>[] {
  const waiting: (() => void)[] = [];
  let free = jobs;
  const turn = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const done = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return items.map(async (item) => {
    await turn();
    try {
      return await work(item);
    } finally {
      done();
    }
  });
}
