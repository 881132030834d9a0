/** Commands that a program of awk starts, reads from or writes to. */
import { plain } from "./steps";

export const AWK = /^[gmn]?awk$/;

const STARTS =
  /\bsystem\s{0,9}\(\s{0,9}"([^"]{1,2000})"|"([^"]{1,2000})"\s{0,9}\|\s{0,9}getline\b|\|\s{0,9}"([^"]{1,2000})"/g;

/** The commands in a call of awk, each for a shell. */
export function commandsOfAwk(words: readonly string[]): readonly string[] {
  const program = plain(words.slice(1).find((word) => word.includes('"')) ?? "");
  return [...program.slice(0, 1 << 14).matchAll(STARTS)].map(([, a, b, c]) => a ?? b ?? c ?? "");
}
