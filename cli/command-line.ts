import { printableLine } from "./render/sanitize";

/** A command as one may paste it into a shell. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => shellWord(printableLine(word))).join(" ");
}

/** A word that a POSIX shell reads as it is written. */
export function shellWord(word: string): string {
  return /^[\w./:@=+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
