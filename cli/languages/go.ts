import { existsSync } from "node:fs";
import path from "node:path";
import { CheckError } from "../errors";
import type { Program } from "../host";
import type { Project } from "../project";
import { entryPoint } from "./entry";
import { configVariables, isolatedEnvironment } from "./environment";
import { onPath } from "./path";
import { JUDGE_PREVIEW } from "../preview-command";

/** Builds and runs Go programs, which take everything from their environment; or runs the binary that is given. */
export function go(project: Project, { stack, config }: Omit<Program, "launch">): Program["launch"] {
  const { directory, entry } = entryPoint(project);
  const [command, ...args] = commandOf(project, entry);
  return (address) => ({
    command,
    args,
    cwd: directory,
    env: {
      ...isolatedEnvironment(),
      PULUMI_ORGANIZATION: stack.organization,
      PULUMI_PROJECT: stack.project,
      PULUMI_ROOT_DIRECTORY: project.root,
      PULUMI_STACK: stack.name,
      ...configVariables(config),
      PULUMI_DRY_RUN: "true",
      PULUMI_PARALLEL: "16",
      PULUMI_MONITOR: address,
      PULUMI_ENGINE: address,
    },
  });
}

function commandOf(project: Project, entry: string): readonly [string, ...string[]] {
  const { binary } = project.runtimeOptions;
  if (typeof binary === "string" && binary !== "") {
    const built = path.resolve(project.root, binary);
    if (existsSync(built)) return [built];
    throw new CheckError(`${binary}, the binary that Pulumi.yaml names, does not exist. Build the program first.`);
  }
  const compiler = onPath("go");
  if (compiler !== undefined) return [compiler, "run", entry];
  throw new CheckError(
    `${project.root} is a Go program, and go is not on the PATH. Install it (https://go.dev/dl/), or judge a preview:\n` +
      `  ${JUDGE_PREVIEW}`,
  );
}
