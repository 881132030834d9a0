/**
 * Settings of V8 for a process that runs for seconds and reads much once; loaded before anything else. What they are worth
 * is measured by `npm run bench -- checkov`.
 */
import { setFlagsFromString } from "node:v8";

/**
 * By line of Node.js, which each have a word of their own for it: code is optimised once it has run ten times as often as by
 * default. What runs for a second never earns back what its optimisation takes.
 */
const OPTIMISE_LATER: Readonly<Record<string, string>> = {
  20: "--interrupt-budget=675840",
  22: "--invocation-count-for-turbofan=30000",
  24: "--invocation-count-for-turbofan=30000",
};

/** V8 complains about words that it does not know, so that later lines of Node.js run as they are. */
const optimiseLater = OPTIMISE_LATER[process.versions.node.split(".", 1)[0] ?? ""];
if (optimiseLater !== undefined) {
  setFlagsFromString(optimiseLater);
  // New objects stay in 1 MB instead of in up to 16, twice: most are gone after the resource that they are made for.
  setFlagsFromString("--semi-space-growth-factor=1");
  // The others are collected before they have grown by a fifth.
  setFlagsFromString("--heap-growing-percent=20");
}
