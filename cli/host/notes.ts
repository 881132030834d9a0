/** What a run could not do as Pulumi would, said once each. */
export class Notes {
  private readonly counts = new Map<string, number>();

  /** Records that `note` applies; it is told once, with a count. */
  add(note: string): void {
    this.counts.set(note, (this.counts.get(note) ?? 0) + 1);
  }

  list(): string[] {
    return [...this.counts].map(([note, count]) => (count === 1 ? note : `${note} (${String(count)} times)`));
  }
}
