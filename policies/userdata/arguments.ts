/** Options and operands of a command, by which of its options take a value. */
import { plain } from "./steps";

/** An option with its value, or a word by itself. */
export interface Argument {
  /** Without dashes; empty for words that are no options. */
  readonly name: string;
  readonly value: string;
  /** Which word the value stands in. */
  readonly index: number;
}

export interface Syntax {
  /** Letters of short options that take a value. */
  readonly short: string;
  /** Long options that take a value in the next word. */
  readonly long: RegExp;
  /** Words of more than one letter behind a single dash are one option: `-out`. */
  readonly words?: boolean;
}

/** Options and words in order. */
export function argumentsOf(words: readonly string[], { short, long, words: whole }: Syntax): readonly Argument[] {
  const found: Argument[] = [];
  for (let index = 1; index < words.length; index++) {
    const word = plain(words[index] ?? "");
    if (word === "--")
      return [...found, ...words.slice(index + 1).map((value, at) => plainWord(value, index + 1 + at))];
    if (word.startsWith("--") || (whole === true && /^-[A-Za-z]{2}/.test(word)))
      index = longOption(words, index, long, found);
    else if (/^-[^-\s]/.test(word)) index = cluster(words, index, short, found);
    else found.push(plainWord(word, index));
  }
  return found;
}

/** A long option with its value, in the same word or the next one. */
function longOption(words: readonly string[], index: number, long: RegExp, found: Argument[]): number {
  const [, name = "", value] = /^--?([^=]*)(?:=(.*))?$/s.exec(plain(words[index] ?? "")) ?? [];
  const next = value === undefined && long.test(name);
  found.push({ name, value: next ? plain(words[index + 1] ?? "") : (value ?? ""), index: next ? index + 1 : index });
  return next ? index + 1 : index;
}

function plainWord(value: string, index: number): Argument {
  return { name: "", value: plain(value), index };
}

/** Short options in one word; the first that takes a value takes the rest of it, or the next word. */
function cluster(words: readonly string[], index: number, short: string, found: Argument[]): number {
  const letters = plain(words[index] ?? "").slice(1);
  for (let at = 0; at < Math.min(letters.length, 20); at++) {
    const name = letters[at] ?? "";
    if (!short.includes(name)) {
      found.push({ name, value: "", index });
      continue;
    }
    const rest = letters.slice(at + 1).replace(/^=/, "");
    if (rest !== "") found.push({ name, value: rest, index });
    else found.push({ name, value: plain(words[index + 1] ?? ""), index: index + 1 });
    return rest === "" ? index + 1 : index;
  }
  return index;
}

export function valuesOf(found: readonly Argument[], names: RegExp): readonly string[] {
  return found.filter(({ name }) => name !== "" && names.test(name)).map(({ value }) => value);
}

export function has(found: readonly Argument[], names: RegExp): boolean {
  return found.some(({ name }) => name !== "" && names.test(name));
}

export function operands(found: readonly Argument[]): readonly Argument[] {
  return found.filter(({ name }) => name === "");
}
