import path from "node:path";
import { runProgram, type RunOptions, type RunResult } from "../../cli/host";
import { prepare } from "../../cli/languages";
import { runCommandLine } from "../../cli/commands";
import { chooseStack, readProject, readStackConfig } from "../../cli/project";
import type { StackResource } from "../../policies/machine/resource";
import { check, create, invoke } from "../../provider";

/** Directory of a sample program; one elsewhere by its absolute path. */
export function programDirectory(name: string): string {
  return path.resolve(__dirname, "programs", name);
}

export interface HostOptions {
  readonly stack?: string;
  readonly config?: readonly string[];
  readonly run?: Partial<RunOptions>;
}

/** Runs a sample program and returns what it registered, without judging it. */
export function host(name: string, { stack: asked, config = [], run = {} }: HostOptions = {}): Promise<RunResult> {
  const project = readProject(programDirectory(name));
  const stack = chooseStack(project, asked);
  const program = prepare(project, { stack, config: readStackConfig(project, stack.name, config) });
  return runProgram(program, { model: { check, create, invoke }, timeoutSeconds: 60, ...run });
}

/** The resource of a name. */
export function named(result: RunResult, name: string): StackResource {
  const found = result.resources.find((resource) => resource.name === name);
  if (found === undefined) {
    throw new Error(`no ${name} among ${result.resources.map((resource) => resource.name).join(", ")}`);
  }
  return found;
}

/** Names of the resources that URNs lead to. */
export function names(urns: readonly string[] | undefined): string[] | undefined {
  return urns?.map((urn) => urn.split("::").at(-1) ?? "");
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line and captures what it prints. */
export async function command(...args: string[]): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  const exitCode = await runCommandLine(args, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    color: false,
    columns: undefined,
  });
  return { exitCode, stdout, stderr };
}
