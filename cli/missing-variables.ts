/** Variables of the environment that a program fails without, where the line that failed reads them. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { wayTo } from "./directories";
import { isolatedEnvironment } from "./languages/environment";
import { textIn } from "./text-file";

/** How programs read one, in JavaScript and in Python. */
const READ = [
  /\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s*["'`](\w+)["'`]\s*\])/g,
  /\bos\.(?:environ(?:\.get)?|getenv)\s*[[(]\s*["'](\w+)["']/g,
];
/** Folders of packages: their lines are not the program's. */
const PACKAGES = /[\\/](?:node_modules|site-packages)[\\/]/;

/** A frame of a stack. */
const FRAME = /(?:\(|at (?:async )?)(?:file:\/\/)?([^()\n]+?):(\d+):\d+/g;
const PYTHON_FRAME = /File "([^"\n]+)", line (\d+)/g;

/** What to set, each with the line that reads it. */
export function missingVariables(errors: readonly string[], root: string): string[] {
  const given = isolatedEnvironment();
  const read = errors.flatMap((error) => readAt(failedAt(error, root), root));
  const missing = new Map(read.filter(({ name }) => given[name] === undefined).map((each) => [each.name, each.at]));
  return [...missing].map(([name, at]) =>
    process.env[name] === undefined
      ? `${at} reads the environment variable ${name}, which is not set. Set it where this command is run: ${name}=VALUE.`
      : `${at} reads the environment variable ${name}, which is kept from programs here: it leads to an account.`,
  );
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** The innermost line of the program in a stack, which JavaScript tells first and Python last. */
function failedAt(error: string, root: string): Place | undefined {
  const roots = [root, realpathSync(root)];
  const isOwn = ({ file }: Place): boolean =>
    roots.some((each) => wayTo(file, each) !== undefined) && !PACKAGES.test(file) && existsSync(file);
  const python = framesIn(error, PYTHON_FRAME, root).filter(isOwn);
  return python.at(-1) ?? framesIn(error, FRAME, root).find(isOwn);
}

function framesIn(error: string, frame: RegExp, root: string): readonly Place[] {
  return [...error.matchAll(frame)].map(([, file = "", line]) => ({
    file: path.resolve(root, file),
    line: Number(line),
  }));
}

function readAt(place: Place | undefined, root: string): { readonly name: string; readonly at: string }[] {
  if (!place) return [];
  const at = `${wayTo(place.file, root) ?? path.basename(place.file)}:${String(place.line)}`;
  return namesIn(textIn(place.file).split("\n")[place.line - 1] ?? "").map((name) => ({ name, at }));
}

function namesIn(line: string): string[] {
  return READ.flatMap((each) => [...line.matchAll(each)].flatMap(([, first, second]) => first ?? second ?? []));
}
