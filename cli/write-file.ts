/** Writes files for people; directories that are missing are made. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CheckError } from "./errors";

/** Writes one; `what` names the content in the error where it cannot be written. */
export function writeNew(file: string, content: string, what: string): void {
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    writeFileSync(file, content);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CheckError(`${what} cannot be written to ${file} (${code ?? "unknown error"}). ${advice(code)}`);
  }
}

function advice(code: string | undefined): string {
  switch (code) {
    case "EISDIR":
      return "It is a directory: give the name of a file in it.";
    case "EEXIST":
    case "ENOTDIR":
      return "A part of its path is a file: give a path below a directory.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "Give a file in a directory that you may write to.";
    case "ENOSPC":
    case "EDQUOT":
      return "There is no room left on its disk: free some, or give a file on another one.";
    default:
      return "Give another file.";
  }
}
