/** Finds Pulumi's own language hosts, and says how they are started. */
import { spawnSync } from "node:child_process";
import { readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { isolatedEnvironment } from "./environment";
import { inDirectories, onPath } from "./path";

const HELP_MS = 5_000;

/**
 * The host of a language, where the CLI looks for it and in its order: the PATH, the directory of the CLI itself, its
 * plugins. The CLI's installer may have put it where the PATH of a pipeline does not lead.
 */
export function findHost(runtime: string): string | undefined {
  const name = `pulumi-language-${runtime}`;
  const home = process.env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi");
  return onPath(name) ?? inDirectories(name, [...besideCli(), path.join(home, "bin"), ...plugins(home, runtime)]);
}

function besideCli(): string[] {
  const cli = onPath("pulumi");
  return cli === undefined ? [] : [path.dirname(realpathSync(cli))];
}

/** Directories of the plugins for a language, `language-NAME-vVERSION`: the newest first. */
function plugins(home: string, runtime: string): string[] {
  const prefix = `language-${runtime}-v`;
  const all = path.join(home, "plugins");
  return namesIn(all)
    .filter((name) => name.startsWith(prefix))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => path.join(all, name));
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  } catch {
    return [];
  }
}

/**
 * Options of a program as flags, as far as its host knows them: the CLI gave them so until the end of 2025, and hosts
 * of that time take them in no other way (pulumi/pulumi#21054). A host that is given a flag it does not know ends.
 */
export function flagsOf(command: string, options: Readonly<Record<string, unknown>>): string[] {
  const plain = Object.entries(options).filter(([, value]) => ["string", "boolean", "number"].includes(typeof value));
  if (plain.length === 0) return [];
  const { stdout, stderr } = spawnSync(command, ["-help"], {
    encoding: "utf8",
    env: isolatedEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: HELP_MS,
    killSignal: "SIGKILL",
  });
  const known = new Set([...`${stdout}\n${stderr}`.matchAll(/^ *--?([a-z][\w-]*)/gm)].map(([, name]) => name));
  return plain.filter(([key]) => known.has(key)).map(([key, value]) => `-${key}=${String(value)}`);
}
