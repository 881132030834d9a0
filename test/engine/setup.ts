import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Gets the CLI, and installs the pack into an empty project as its users do: from the packed tarball. */
export default function setup(): void {
  execFileSync(process.execPath, ["tools/engine/get.mjs"], { cwd: ROOT, stdio: "inherit" });
  npm(ROOT, "run", "build");
  const project = mkdtempSync(join(tmpdir(), "ec2-hardening-pack-"));
  npm(ROOT, "pack", "--ignore-scripts", "--pack-destination", project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "platform", version: "1.0.0", private: true }));
  npm(project, "install", "--prefer-offline", "--no-audit", "--no-fund", `./${tarball()}`);
  process.env.EC2_HARDENING_PACK_PROJECT = project;
}

function tarball(): string {
  const { name, version } = JSON.parse(npm(ROOT, "pkg", "get", "name", "version")) as { name: string; version: string };
  return `${name}-${version}.tgz`;
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", [...args, "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
