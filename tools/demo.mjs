// Shows what the pack says of a program with most faults, and of the same fleet done right.
import { spawnSync } from "node:child_process";

const EXPECTED = { vulnerable: 1, hardened: 0 };

for (const [example, expected] of Object.entries(EXPECTED)) {
  const command = ["dist/cli/main.js", "check", `examples/${example}`];
  console.log(`\n$ ec2-hardening check examples/${example}\n`);
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  console.log(`exit code ${status}`);
  if (status !== expected) {
    console.error(`examples/${example} should end with ${expected}: this is a fault of the project, please report it.`);
    process.exit(1);
  }
}
