import { printableLine } from "./render/sanitize";

/** Work that takes less needs no word about it. */
const QUIET_MS = 2000;
const TICK_MS = 1000;

/** One line on a terminal that tells how far long work has come, and that is gone before anything else is printed. */
export class Progress {
  private readonly running = new Set<string>();
  private readonly started = Date.now();
  private readonly timer: NodeJS.Timeout | undefined;
  private done = 0;

  /** @param show puts a text in place of the one before; undefined where nobody watches */
  constructor(
    private readonly total: number,
    private readonly show: ((text: string) => void) | undefined,
  ) {
    const tick = (): void => {
      if (show) this.tick(show);
    };
    this.timer = show && setInterval(tick, TICK_MS).unref();
  }

  /** Follows work on one thing. */
  async follow<T>(label: string, work: () => Promise<T>): Promise<T> {
    this.running.add(label);
    try {
      return await work();
    } finally {
      this.running.delete(label);
      this.done += 1;
    }
  }

  /** Makes room for what is printed. */
  clear(): void {
    this.show?.("");
  }

  end(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private tick(show: (text: string) => void): void {
    const elapsed = Date.now() - this.started;
    if (elapsed < QUIET_MS) return;
    const count = this.total === 1 ? "" : `${String(this.done)} of ${String(this.total)} judged, `;
    show(
      `${count}running ${[...this.running].map(printableLine).join(", ")} (${String(Math.round(elapsed / 1000))} s)`,
    );
  }
}
