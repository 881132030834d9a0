import { createRequire } from "node:module";
import path from "node:path";
import { CheckError } from "../errors";
import type { Program } from "../host";
import type { Project } from "../project";
import { entryPoint } from "./entry";
import { configVariables, isolatedEnvironment } from "./environment";
import { preload } from "./preload";

/** Runs TypeScript and JavaScript programs with the SDK that is installed with them, as Pulumi's language host does. */
export function node(project: Project, program: Omit<Program, "launch">): Program["launch"] {
  const { directory, entry } = entryPoint(project);
  const runner = findRunner(directory, project);
  const { stack } = program;
  return (address) => ({
    command: process.execPath,
    args: [
      ...preload(runner),
      ...nodeArguments(project),
      runner,
      ...flag("monitor", address),
      ...flag("engine", address),
      ...flag("project", stack.project),
      ...flag("stack", stack.name),
      ...flag("organization", stack.organization),
      ...flag("root-directory", project.root),
      ...flag("pwd", directory),
      ...flag("parallel", "16"),
      "--dry-run=true",
      entry,
    ],
    cwd: directory,
    env: { ...isolatedEnvironment(), ...sdkEnvironment(project, program) },
  });
}

function flag(name: string, value: string): [string, string] {
  return [`--${name}`, value];
}

function findRunner(directory: string, project: Project): string {
  try {
    return createRequire(path.join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new CheckError(
      `@pulumi/pulumi is not installed in ${project.root}. Run: npm install --prefix ${project.root}`,
    );
  }
}

function nodeArguments(project: Project): string[] {
  const given = project.runtimeOptions["nodeargs"];
  return typeof given === "string" ? given.split(/\s+/).filter((argument) => argument !== "") : [];
}

function sdkEnvironment(project: Project, program: Omit<Program, "launch">): NodeJS.ProcessEnv {
  const { typescript, tsconfig } = project.runtimeOptions;
  const { config } = program;
  const values = new Map([...config.values].map(([key, value]) => [key.replace(":", ":config:"), value]));
  return {
    ...configVariables({ ...config, values }),
    ...(typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
  };
}
