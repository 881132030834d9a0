/** Distils the data about IAM from the pinned packages: what actions there are, and what AWS managed policies say. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataFiles } from "./files";

for (const [file, content] of dataFiles()) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  console.log(`${file} written`);
}
