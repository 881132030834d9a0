/** Texts that people hand over, as their shells and tools write them. */
import { constants } from "node:buffer";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Encodings by the mark that a text begins with. Windows PowerShell writes UTF-16 where output is redirected. */
const MARKS = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
] as const;
const GZIP = [0x1f, 0x8b];

/** Reads a text file. What it fails with is the system's own error. */
export function readTextFile(file: string): string {
  return textOf(readFileSync(file));
}

/** The same of a file that may not be there: empty where it cannot be read. */
export function textIn(file: string): string {
  try {
    return readTextFile(file);
  } catch {
    return "";
  }
}

/** The text of a file: UTF-8, or what its mark says; compressed ones are opened, as self-managed backends keep states. */
export function textOf(bytes: Buffer): string {
  if (startsWith(bytes, GZIP)) return textOf(gunzipSync(bytes, { maxOutputLength: constants.MAX_STRING_LENGTH }));
  const marked = MARKS.find(([, mark]) => startsWith(bytes, mark));
  return marked === undefined ? bytes.toString("utf8") : new TextDecoder(marked[0]).decode(bytes);
}

function startsWith(bytes: Buffer, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
