/** Files of the package that are read, not loaded: compiled code lies deeper than its source. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The directory of the package's own package.json. */
function packageRoot(): string {
  let at = __dirname;
  while (!existsSync(path.join(at, "package.json")) && at !== path.dirname(at)) at = path.dirname(at);
  return at;
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
