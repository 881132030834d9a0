/** What tests of real scripts and networks need of the system. */
import { spawnSync } from "node:child_process";

/** Fails where a program of the system is missing: what cannot be shown is not shown. */
export function needTools(...tools: readonly string[]): void {
  const missing = tools.filter((tool) => spawnSync("which", [tool]).status !== 0);
  if (missing.length > 0)
    throw new Error(`${missing.join(", ")}: missing. As root, node tools/packages.mjs installs what these tests need.`);
  if (process.getuid?.() !== 0) throw new Error("These tests make namespaces: run them as root.");
}
