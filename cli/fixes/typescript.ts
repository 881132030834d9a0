/** TypeScript's own parser, as it is installed with the program that is edited. */
import { createRequire } from "node:module";
import path from "node:path";
import type * as TypeScript from "typescript";
import { CheckError } from "../errors";
import { developWith } from "../languages/install";

export type Parser = typeof TypeScript;
export type { TypeScript };

/** Extensions of the files that it reads. */
const KINDS: Readonly<Record<string, keyof typeof TypeScript.ScriptKind>> = {
  ".ts": "TS",
  ".mts": "TS",
  ".cts": "TS",
  ".tsx": "TSX",
  ".js": "JS",
  ".mjs": "JS",
  ".cjs": "JS",
  ".jsx": "JSX",
};

/** Whether a file is in a language that is edited. */
export function isEditable(file: string): boolean {
  return path.extname(file) in KINDS;
}

/** Loads the parser as a file of the project in a directory would. */
export function loadParser(file: string, directory: string): Parser {
  const require = createRequire(file);
  const advice = `--fix reads programs with it. Run: ${developWith("typescript@5", directory)}`;
  let found: Partial<Parser>;
  try {
    found = require("typescript") as Partial<Parser>;
  } catch {
    throw new CheckError(`typescript is not installed in ${directory}. ${advice}`);
  }
  if (typeof found.createSourceFile !== "function" || typeof found.isSatisfiesExpression !== "function") {
    const version = found.version ?? "that is installed";
    throw new CheckError(`typescript ${version} in ${directory} has no parser of version 4.9 to 5. ${advice}`);
  }
  return found as Parser;
}

/** A file as it is parsed. */
export function parse(ts: Parser, file: string, text: string): TypeScript.SourceFile {
  const kind = ts.ScriptKind[KINDS[path.extname(file)] ?? "TS"];
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
}
