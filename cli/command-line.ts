import { quoted } from "../components/boot/shell";
import { printableLine } from "./render/sanitize";

/** A command as one may paste it into a shell. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => quoted(printableLine(word))).join(" ");
}
