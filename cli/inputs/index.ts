/** From what stands on the command line to what is judged: stacks of programs, and files that Pulumi wrote. */
import { statSync } from "node:fs";
import path from "node:path";
import { CheckError } from "../errors";
import { chooseStack, listStacks, projectFile, readProject } from "../project";
import { runDirectory, type DirectoryRun, type RunOptions } from "../run";
import { automationAdvice } from "./automation";
import { projectsBelow } from "./discover";
import { readFileInput, STANDARD_INPUT } from "./file";

/** One thing to judge. */
export interface Input {
  /** As the user would name it. */
  readonly label: string;
  run(options: RunOptions): Promise<DirectoryRun>;
}

/** Which stacks of the programs to judge. */
export interface Stacks {
  /** By name; none means the one that each project has or `dev`. */
  readonly names: readonly string[];
  /** Every stack that has a configuration file. */
  readonly all: boolean;
}

/** Everything that the paths stand for, in their order. What is wrong with one of them is told when it is run. */
export function findInputs(paths: readonly string[], stacks: Stacks): Input[] {
  return paths.flatMap((asked) => {
    try {
      return inputsOf(asked, stacks);
    } catch (error) {
      return [{ label: asked, run: () => Promise.reject(error instanceof Error ? error : new Error(String(error))) }];
    }
  });
}

/** The one thing that a path stands for. */
export async function runInput(asked: string, options: RunOptions): Promise<DirectoryRun> {
  return isFile(asked) ? readFileInput(asked) : runDirectory(asked, options);
}

function inputsOf(asked: string, stacks: Stacks): Input[] {
  if (isFile(asked)) return [{ label: asked, run: () => runInput(asked, { config: [], timeoutSeconds: 0 }) }];
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
    run: (options) => runDirectory(directory, { ...options, stack }),
  }));
}

function everyStack(directory: string): (string | undefined)[] {
  const project = readProject(directory);
  const stacks = listStacks(project);
  return stacks.length === 0 ? [chooseStack(project, undefined).name] : stacks;
}

function isFile(asked: string): boolean {
  return asked === STANDARD_INPUT || (statSync(asked, { throwIfNoEntry: false })?.isFile() ?? false);
}

function isDirectory(asked: string): boolean {
  return statSync(asked, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
