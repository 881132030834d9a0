/** Finds many words in one pass over a text, so that each pattern is tried only where its word stands. */
export class Finder {
  /** The number of a bucket, by the key of the first characters of the words in it; 0 for none. */
  private readonly buckets = new Uint16Array(KEYS);
  private readonly words: string[][] = [[]];
  /** Words that are too short for a key. */
  private readonly short: string[] = [];

  constructor(words: Iterable<string>) {
    for (const word of new Set(words)) {
      if (word.length < KEY_LENGTH) this.short.push(word);
      else this.bucket(keyOf(word)).push(word);
    }
  }

  private bucket(key: number): string[] {
    const words = this.words[this.buckets[key] ?? 0];
    if (words && words !== this.words[0]) return words;
    this.buckets[key] = this.words.length;
    const added: string[] = [];
    this.words.push(added);
    return added;
  }

  /** Calls back where words stand, in the order of the text; for a word of one or two characters once, before the others. */
  each(text: string, found: (word: string, at: number) => void): void {
    for (const word of this.short) if (text.includes(word)) found(word, text.indexOf(word));
    let key = 0;
    for (let at = 0; at < text.length; at++) {
      key = nextKey(key, text.charCodeAt(at));
      const bucket = this.buckets[key] ?? 0;
      if (bucket === 0) continue;
      const start = at + 1 - KEY_LENGTH;
      for (const word of this.words[bucket] ?? []) if (text.startsWith(word, start)) found(word, start);
    }
  }

  /** Which of the words a text has. */
  in(text: string): ReadonlySet<string> {
    const all = new Set<string>();
    this.each(text, (word) => all.add(word));
    return all;
  }
}

/** A key is made of the last three characters: with each one more it moves by a third of its bits. */
const KEY_LENGTH = 3;
const KEY_SHIFT = 5;
const KEYS = 1 << (KEY_LENGTH * KEY_SHIFT);

function nextKey(key: number, code: number): number {
  return ((key << KEY_SHIFT) ^ code) & (KEYS - 1);
}

function keyOf(word: string): number {
  let key = 0;
  for (let at = 0; at < KEY_LENGTH; at++) key = nextKey(key, word.charCodeAt(at));
  return key;
}
