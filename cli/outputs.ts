/** Where reports go: standard output, and files. */
import path from "node:path";
import { InvalidArgumentError } from "commander";
import { CheckError } from "./errors";
import { FORMATS, type Format } from "./render/formats";

/** A report to write. */
export interface Output {
  readonly format: Format;
  readonly file: string;
}

/** How standard output is named on the command line. */
export const STANDARD_OUTPUT = "-";

const LIST = FORMATS.join(", ");

/** Reads `FORMAT=FILE`. */
export function readOutput(text: string): Output {
  const [, name = "", file = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (file === "" || name === "") {
    throw new InvalidArgumentError("Give FORMAT=FILE, e.g. --report sarif=ec2-hardening.sarif.");
  }
  if (file === STANDARD_OUTPUT)
    throw new InvalidArgumentError(`What --format ${name} gives is printed, without a file.`);
  return { format: readFormat(name), file };
}

/** Reads the file of `--output`. */
export function readOutputFile(file: string): string {
  if (file === "") throw new InvalidArgumentError("Give the name of a file, e.g. --output report.txt.");
  return file;
}

/** Reads the name of a format. */
export function readFormat(name: string): Format {
  const format = FORMATS.find((each) => each === name);
  if (format === undefined) throw new InvalidArgumentError(`There is: ${LIST}.`);
  return format;
}

/** Two reports in one file would overwrite each other: better to say so before anything runs. */
export function checkOutputs(outputs: readonly Output[]): void {
  const taken = new Set<string>();
  for (const { file } of outputs) {
    const full = path.resolve(file);
    if (taken.has(full)) throw new CheckError(`two reports are to be written to ${file}. Give each a file of its own.`);
    taken.add(full);
  }
}
