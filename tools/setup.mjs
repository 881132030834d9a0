// Installs and builds what is missing, so that `npm test` and `npm run demo` work as the first command on a clone.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const INSTALLED = "node_modules/.package-lock.json";
const isStale = !existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync("package-lock.json").mtimeMs;

if (isStale) run("npm", ["ci"]);
run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
await import("./link.mjs");

/** Runs a command with its output on standard error, so that standard output stays the caller's. */
function run(command, args) {
  try {
    execFileSync(command, args, { stdio: ["ignore", 2, 2] });
  } catch (error) {
    console.error(`${command} ${args.join(" ")} failed; mend that first and run the command again.`);
    process.exit(error.status ?? 1);
  }
}
