/** Files of the package that are read, not loaded: compiled code lies deeper than its source. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { withParents } from "./directories";

/** The directory of the package's own package.json. */
function packageRoot(): string {
  return withParents(__dirname).find((at) => existsSync(path.join(at, "package.json"))) ?? __dirname;
}

/** A directory by its path within the package. */
export function packageDirectory(...segments: readonly string[]): string {
  return path.join(packageRoot(), ...segments);
}

/** Reads a file by its path within the package. */
export function packageFile(...segments: readonly string[]): string {
  return readFileSync(path.join(packageRoot(), ...segments), "utf8");
}

/** The package's own version. */
export function packageVersion(): string {
  const { version } = JSON.parse(packageFile("package.json")) as { version: string };
  return version;
}
