import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** The full path of a program on the path; undefined where there is none. */
export function onPath(name: string): string | undefined {
  const directories = (process.env["PATH"] ?? "").split(path.delimiter);
  return inDirectories(
    name,
    directories.filter((directory) => directory !== ""),
  );
}

/** The full path of a program in the first of the directories that has it. */
export function inDirectories(name: string, directories: readonly string[]): string | undefined {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  return directories.flatMap((directory) => names.map((each) => path.join(directory, each))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
