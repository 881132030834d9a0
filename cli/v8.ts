/**
 * Settings of V8 for a process that runs for a second or two and reads much once; loaded before anything else. What they are
 * worth is measured by `npm run bench -- checkov`.
 */
import { setFlagsFromString } from "node:v8";

/**
 * By line of Node.js, which each have a word of their own for it: code is optimised once it has run so many times as often as
 * by default. What runs for a second hardly earns back what its optimisation takes.
 */
const OPTIMISE_LATER: Readonly<Record<string, string>> = {
  20: "--interrupt-budget=202752",
  22: "--invocation-count-for-turbofan=30000",
  24: "--invocation-count-for-turbofan=30000",
};

/** V8 complains about words that it does not know, so that later lines of Node.js run as they are. */
const optimiseLater = OPTIMISE_LATER[process.versions.node.split(".", 1)[0] ?? ""];
if (optimiseLater !== undefined) {
  setFlagsFromString(optimiseLater);
  // Long functions, and what is inlined into others, take the compiler more memory than all of a stack.
  setFlagsFromString("--max-optimized-bytecode-size=1500");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=230");
  // New objects stay in 1 MB instead of in up to 16, twice: most are gone after the resource that they are made for.
  setFlagsFromString("--semi-space-growth-factor=1");
  // The others are collected before they have grown by two fifths.
  setFlagsFromString("--heap-growing-percent=40");
}
