// Runs the protocol tests, and a check of the examples, on every Node version that the package supports.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

/** The oldest that is supported, and the latest of each supported line. */
const VERSIONS = ["20.19.0", "22", "24"];

const { platform, arch, env } = process;
for (const version of VERSIONS) {
  const node = install(version);
  console.log(`\nNode ${execFileSync(node, ["--version"]).toString().trim()}`);
  run(process.execPath, ["node_modules/jest/bin/jest.js", "test/protocol"], { ...env, PACK_NODE: node });
  run(node, ["dist/cli/main.js", "check", "examples/hardened"]);
}

/** The binary of a Node version, as its npm package ships it. */
function install(version) {
  const prefix = path.resolve(".cache", "node", version);
  const binary = path.join(prefix, "node_modules", `node-${platform}-${arch}`, "bin", "node");
  if (!existsSync(binary)) {
    mkdirSync(prefix, { recursive: true });
    run("npm", ["install", "--prefix", prefix, "--no-save", "--no-audit", `node-${platform}-${arch}@${version}`]);
  }
  return binary;
}

function run(command, args, environment = env) {
  try {
    execFileSync(command, args, { stdio: "inherit", env: environment });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
