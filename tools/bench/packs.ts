/** Packs to compare with: an empty one, and one with as many policies that do nothing. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes a pack with that many policies that do nothing in both passes; the directory it is in. */
export function emptyPack(root: string, policies: number): string {
  const directory = path.join(root, ".cache", "bench", `empty-${String(policies)}`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(directory, "node_modules"));
  writeFileSync(
    path.join(directory, "package.json"),
    JSON.stringify({ name: "empty", version: "1.0.0", main: "index.js" }),
  );
  writeFileSync(path.join(directory, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    path.join(directory, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
const policies = Array.from({ length: ${String(policies)} }, (_, i) => ({
  name: "policy-" + i,
  description: "Does nothing.",
  enforcementLevel: "mandatory",
  validateResource: () => {},
  validateStack: () => {},
}));
new PolicyPack("empty", { policies });
`,
  );
  return directory;
}
