/** How the packages of a program are installed. */
import { existsSync } from "node:fs";
import path from "node:path";
import { withParents } from "../directories";
import type { Project } from "../project";

/** A file that tells which tool keeps the packages, and that tool's command. */
type Tool = readonly [file: string, command: string];

const NODE_TOOLS: readonly Tool[] = [
  ["pnpm-lock.yaml", "pnpm install"],
  ["yarn.lock", "yarn install"],
  ["bun.lock", "bun install"],
  ["bun.lockb", "bun install"],
  ["package-lock.json", "npm install"],
];
const PYTHON_TOOLS: readonly Tool[] = [
  ["uv.lock", "uv sync"],
  ["poetry.lock", "poetry install"],
  ["Pipfile", "pipenv install"],
];

/** The command that does it from anywhere. */
export function installFrom(project: Project): string {
  const command = installCommand(project);
  return command === "npm install" ? `${command} --prefix ${project.root}` : `cd ${project.root} && ${command}`;
}

/**
 * The command to run in the project's directory.
 * @param environment a virtual environment of Python that does not exist yet
 */
export function installCommand(project: Project, environment?: string): string {
  switch (project.runtime) {
    case "python":
      return pythonCommand(project, environment);
    case "go":
      return "go mod tidy";
    default:
      return nodeCommand(project);
  }
}

function nodeCommand({ root, runtimeOptions }: Project): string {
  const { packagemanager } = runtimeOptions;
  if (typeof packagemanager === "string") return `${packagemanager} install`;
  return commandOf(NODE_TOOLS, root) ?? "npm install";
}

function pythonCommand({ root, runtimeOptions }: Project, environment?: string): string {
  const { toolchain } = runtimeOptions;
  if (toolchain === "poetry") return "poetry install";
  if (toolchain === "uv") return "uv sync";
  const kept = commandOf(PYTHON_TOOLS, root);
  if (kept !== undefined && !existsSync(path.join(root, "requirements.txt"))) return kept;
  const venv = environment ?? "venv";
  const folder = process.platform === "win32" ? "Scripts" : "bin";
  return `python3 -m venv ${venv} && ${path.join(venv, folder, "pip")} install -r requirements.txt`;
}

/** The tool of a project, or of the workspace that it belongs to. */
function commandOf(tools: readonly Tool[], root: string): string | undefined {
  const found = withParents(root).map((at) => tools.find(([file]) => existsSync(path.join(at, file))));
  return found.find((tool) => tool !== undefined)?.[1];
}
