import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const CACHE = path.resolve(__dirname, "../../.cache");
const PACKAGES = ["pulumi==3.272.0", "pulumi-aws==7.51.1"];

/**
 * A virtual environment with Pulumi's SDK and AWS package, made once with pip and kept in `.cache`: a minute the first
 * time, and it needs Python 3.10 or later with venv and a package index.
 */
export function pythonEnvironment(): string {
  const environment = path.join(CACHE, "python");
  const stamp = path.join(environment, PACKAGES.join("+"));
  if (!existsSync(stamp)) {
    const partial = path.join(CACHE, `python-${String(process.pid)}`);
    mkdirSync(CACHE, { recursive: true });
    run("python3", "-m", "venv", partial);
    run(path.join(partial, "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", ...PACKAGES);
    writeFileSync(path.join(partial, PACKAGES.join("+")), "");
    rmSync(environment, { recursive: true, force: true });
    renameSync(partial, environment);
  }
  return environment;
}

function run(command: string, ...args: string[]): void {
  try {
    execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    throw new Error(`these tests need Python 3.10 or later with venv, and pip with an index: ${String(error)}`);
  }
}
