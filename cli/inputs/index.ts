/** From what stands on the command line to what is judged: stacks of programs, and files that Pulumi wrote. */
import { realpathSync, statSync, type Stats } from "node:fs";
import path from "node:path";
import { CheckError } from "../errors";
import type { InputFlags } from "../flags";
import { chooseStack, listStacks, projectFile, readProject } from "../project";
import type * as Run from "../run";
import type { DirectoryRun, RunOptions } from "../run";
import { automationAdvice } from "./automation";
import { projectsBelow } from "./discover";
import type * as File from "./file";

/** How standard input is named on the command line. */
const STANDARD_INPUT = "-";

/** One thing to judge. */
export interface Input {
  /** As the user would name it. */
  readonly label: string;
  /** What it is, however it is named: the same thing is judged once. */
  readonly identity: string;
  run(options: RunOptions): Promise<DirectoryRun>;
}

/** Which stacks of the programs to judge. */
export interface Stacks {
  /** By name; none means the one that each project has or `dev`. */
  readonly names: readonly string[];
  /** Every stack that has a configuration file. */
  readonly all: boolean;
}

/** What the paths of a command line stand for. */
export function inputsFrom(paths: readonly string[], { stack, allStacks }: InputFlags): Input[] {
  return findInputs(paths.length === 0 ? ["."] : paths, { names: stack ?? [], all: allStacks ?? false });
}

/**
 * Everything that the paths stand for, in their order and each once. What is wrong with one of them is told when it is
 * run.
 */
export function findInputs(paths: readonly string[], stacks: Stacks): Input[] {
  const found = new Map<string, Input>();
  for (const input of paths.flatMap((asked) => inputsOrFailure(asked, stacks))) {
    if (!found.has(input.identity)) found.set(input.identity, input);
  }
  return [...found.values()];
}

function inputsOrFailure(asked: string, stacks: Stacks): Input[] {
  try {
    return inputsOf(asked, stacks);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    return [{ label: asked, identity: asked, run: () => Promise.reject(failure) }];
  }
}

/** The one thing that a path stands for. */
export async function runInput(asked: string, options: RunOptions): Promise<DirectoryRun> {
  return isFile(asked) ? readFile(asked) : runDirectory(asked, options);
}

/** Reading a file takes nothing of what it takes to run a program. */
function readFile(asked: string): Promise<DirectoryRun> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  return (require("./file") as typeof File).readFileInput(asked === STANDARD_INPUT ? undefined : asked);
}

function runDirectory(directory: string, options: RunOptions): Promise<DirectoryRun> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  return (require("../run") as typeof Run).runDirectory(directory, options);
}

function inputsOf(asked: string, stacks: Stacks): Input[] {
  if (asked === "") throw new CheckError('"" is no path. Give the directory of a Pulumi project, e.g. check infra/.');
  if (isFile(asked)) {
    const run = (): Promise<DirectoryRun> => runInput(asked, { config: [], timeoutSeconds: 0 });
    return [{ label: asked, identity: asked === STANDARD_INPUT ? asked : realpathSync(asked), run }];
  }
  if (projectFile(path.resolve(asked)) !== undefined || !isDirectory(asked)) return stacksOf(asked, stacks);
  const found = projectsBelow(asked);
  if (found.length === 0) {
    throw new CheckError(
      `${asked} has no Pulumi.yaml, nor has a directory below it. Give the directory of a Pulumi project, e.g. check infra/.` +
        `\n${automationAdvice(asked)}`.trimEnd(),
    );
  }
  return found.flatMap((directory) => stacksOf(directory, stacks));
}

/** The stacks of one project: where there are several, they stand in the label. */
function stacksOf(directory: string, { names, all }: Stacks): Input[] {
  const asked = all ? everyStack(directory) : names.length === 0 ? [undefined] : [...new Set(names)];
  return asked.map((stack) => ({
    label: asked.length === 1 || stack === undefined ? directory : `${directory} (${stack})`,
    identity: JSON.stringify([realpath(directory), stack?.split("/").at(-1)]),
    run: (options) => runDirectory(directory, { ...options, stack }),
  }));
}

function everyStack(directory: string): (string | undefined)[] {
  const project = readProject(directory);
  const stacks = listStacks(project);
  return stacks.length === 0 ? [chooseStack(project, undefined).name] : stacks;
}

/** What is there and no directory is read, be it a pipe: `check <(pulumi preview --json)`. */
function isFile(asked: string): boolean {
  return asked === STANDARD_INPUT || statOf(asked)?.isDirectory() === false;
}

function isDirectory(asked: string): boolean {
  return statOf(asked)?.isDirectory() ?? false;
}

function statOf(asked: string): Stats | undefined {
  try {
    return statSync(asked, { throwIfNoEntry: false });
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    throw new CheckError(`${asked} cannot be read (${code}). Give a directory or a file that you may read.`);
  }
}

function realpath(directory: string): string {
  return isDirectory(directory) ? realpathSync(directory) : directory;
}
