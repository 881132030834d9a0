// Runs the protocol tests, and a check of an example, on every Node version that the package supports; then the packed
// package beside the oldest SDK that it accepts, and beside the one that npm takes for the oldest line of Node.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

const { version, dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const OLDEST_SDK = dependencies["@pulumi/pulumi"].replace("^", "");
/** The last that runs on Node 20. */
const SDK_OF_NODE_20 = "3.248.0";
[OLDEST_SDK, SDK_OF_NODE_20].forEach(checkWithSdk);

/** Installs the package as a program with an older SDK would, and checks that program. */
function checkWithSdk(sdk) {
  console.log(`\n@pulumi/pulumi ${sdk}`);
  const directory = path.resolve(".cache", "sdk", sdk);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", directory]);
  writeFileSync(path.join(directory, "package.json"), "{}");
  const aws = `@pulumi/aws@${devDependencies["@pulumi/aws"]}`;
  const typescript = `typescript@${devDependencies.typescript}`;
  const packed = path.join(directory, `ec2-hardening-${version}.tgz`);
  run("npm", ["install", "--prefix", directory, "--no-audit", `@pulumi/pulumi@${sdk}`, aws, typescript, packed]);
  cpSync("examples/hardened", path.join(directory, "program"), { recursive: true });
  const command = path.join(directory, "node_modules", "ec2-hardening", "dist", "cli", "main.js");
  run(process.execPath, [command, "check", path.join(directory, "program")]);
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
