/** Commands as a user runs them, and what they take of the machine. */
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../compare/programs";

/** What a command took, with all that it started. */
export interface Taken {
  readonly seconds: number;
  readonly cpu: number;
  /** The most that one of its processes had at once. */
  readonly megabytes: number;
}

export interface Measured extends Taken {
  readonly code: number;
  readonly output: string;
}

/** Runs a command with its output in a file; fails where it ends with another code than 0 or 1, which says: found. */
export function measure(root: string, command: readonly string[], cwd: string): Measured {
  const folder = path.join(root, ".cache", "bench");
  mkdirSync(folder, { recursive: true });
  const [report, output] = [path.join(folder, "taken.json"), path.join(folder, "output")];
  const file = openSync(output, "w");
  try {
    run("python3", [path.join(root, "tools", "bench", "measure.py"), report, ...command], cwd, { stdout: file });
  } finally {
    closeSync(file);
  }
  const taken = JSON.parse(readFileSync(report, "utf8")) as Omit<Measured, "output">;
  if (taken.code !== 0 && taken.code !== 1) {
    throw new Error(`${command.slice(0, 4).join(" ")} ended with ${String(taken.code)}`);
  }
  return { ...taken, output: readFileSync(output, "utf8") };
}

/** The command line of this project, as built. */
export function cli(root: string, ...args: readonly string[]): string[] {
  return [process.execPath, path.join(root, "dist", "cli", "main.js"), ...args];
}

/** The middle of each, so that one disturbed run does not count. */
export function median(runs: readonly Taken[]): Taken {
  const middle = (value: (taken: Taken) => number): number => {
    const sorted = runs.map(value).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  };
  return {
    seconds: middle(({ seconds }) => seconds),
    cpu: middle(({ cpu }) => cpu),
    megabytes: middle(({ megabytes }) => megabytes),
  };
}
