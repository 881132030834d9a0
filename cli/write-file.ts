/** Writes files for people; directories that are missing are made. */
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CheckError } from "./errors";

/** Writes one; `what` names the content in the error where it cannot be written. */
export function writeNew(file: string, content: string, what: string): void {
  writeParts(file, [content], what);
}

/** The same for what is too long to be held as one text. */
export function writeParts(file: string, parts: Iterable<string>, what: string): void {
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    writeInto(openSync(file, "w"), parts);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What makes the parts has failed, not the file.
    if (code === undefined) throw error;
    throw new CheckError(`${what} cannot be written to ${file} (${code}). ${advice(code)}`);
  }
}

function writeInto(descriptor: number, parts: Iterable<string>): void {
  try {
    for (const part of parts) writeFileSync(descriptor, part);
  } finally {
    closeSync(descriptor);
  }
}

function advice(code: string): string {
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
