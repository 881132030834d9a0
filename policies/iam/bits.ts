/** A set of small numbers below a limit, as bits: here, of actions by their ids. It never changes; sets that are combined have one limit. */
export class Bits implements Iterable<number> {
  private constructor(private readonly words: Uint32Array) {}

  static of(limit: number, members: Iterable<number>): Bits {
    const words = new Uint32Array(Math.ceil(limit / 32));
    for (const member of members) words[member >>> 5] = (words[member >>> 5] ?? 0) | (1 << (member & 31));
    return new Bits(words);
  }

  /** What any of the sets has. */
  static union(limit: number, sets: readonly Bits[]): Bits {
    const words = new Uint32Array(Math.ceil(limit / 32));
    for (const set of sets) for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) | set.word(i);
    return new Bits(words);
  }

  and(other: Bits): Bits {
    const words = this.words.slice();
    for (let i = 0; i < words.length; i++) words[i] = this.word(i) & other.word(i);
    return new Bits(words);
  }

  or(other: Bits): Bits {
    return new Bits(this.words.map((word, index) => word | other.word(index)));
  }

  minus(other: Bits): Bits {
    const words = this.words.slice();
    for (let i = 0; i < words.length; i++) words[i] = this.word(i) & ~other.word(i);
    return new Bits(words);
  }

  has(member: number): boolean {
    return (this.word(member >>> 5) & (1 << (member & 31))) !== 0;
  }

  get isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  get count(): number {
    return this.words.reduce((count, word) => (word === 0 ? count : count + ones(word)), 0);
  }

  /** Members in ascending order. */
  [Symbol.iterator](): Iterator<number> {
    const members: number[] = [];
    this.words.forEach((word, index) => {
      for (let rest = word; rest !== 0; rest &= rest - 1) members.push(index * 32 + 31 - Math.clz32(rest & -rest));
    });
    return members.values();
  }

  private word(index: number): number {
    return this.words[index] ?? 0;
  }
}

/** How many bits of a word are set: sums of two, of four, of eight, and of all. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
