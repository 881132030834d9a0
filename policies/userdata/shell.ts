/** What a shell script does, from its syntax: commands with their words, what they read and write, and assignments. */
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { memoized } from "../memo";
import { Reader } from "./shell-reader";
import type { Step } from "./steps";

/** The parser looks for the end of the line once for every here document in it: their number times its length is bounded. */
const HEREDOC_COST = 1 << 28;

/** What the here documents of a text cost the parser. A line goes on behind a backslash and within quotes. */
function heredocCost(text: string): number {
  const open = new Set<string>();
  let [cost, count, start] = [0, 0, 0];
  for (const { 0: mark, index } of text.matchAll(/<<|["'`\n]|\\[^]/g)) {
    if (mark === "<<") count++;
    else if (mark === "\n" && open.size === 0) {
      cost += count * (index - start);
      [count, start] = [0, index];
    } else if (mark.length === 1 && mark !== "\n" && !open.delete(mark)) open.add(mark);
  }
  return cost + count * (text.length - start);
}

let parser: typeof Unbash | undefined;

function loaded(): typeof Unbash {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  parser ??= require("unbash") as typeof Unbash;
  return parser;
}

/** Whether a text is too short for its here documents to cost too much, however many they are. */
function isShort({ length }: string): boolean {
  return (length / 2) * length <= HEREDOC_COST;
}

/** The steps of a script in the order in which they run; undefined where reading it would take too long. */
export const readShell: (text: string) => readonly Step[] | undefined = memoized((text) => {
  if (!isShort(text) && heredocCost(text) > HEREDOC_COST) return undefined;
  const { parse, forEachChild } = loaded();
  try {
    const reader = new Reader(text, forEachChild);
    return reader.read(parse(text));
  } catch {
    // Nested too deeply for the stack.
    return undefined;
  }
});
