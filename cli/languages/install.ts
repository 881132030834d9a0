/** How the packages of a program are installed. */
import { existsSync } from "node:fs";
import path from "node:path";
import { withParents } from "../directories";
import type { Project } from "../project";

/** A file that tells which tool keeps the packages, and its commands. */
export interface PackageTool {
  readonly file: string;
  readonly install: string;
  /** On a machine of a pipeline, which has no more than Node.js and Python: exactly what the file lists. */
  readonly inPipeline?: string;
}

const BUN = { install: "bun install", inPipeline: "npm install --global bun && bun install --frozen-lockfile" };
export const NODE_TOOLS: readonly PackageTool[] = [
  {
    file: "pnpm-lock.yaml",
    install: "pnpm install",
    inPipeline: "corepack enable && pnpm install --frozen-lockfile",
  },
  { file: "yarn.lock", install: "yarn install", inPipeline: "corepack enable && yarn install --immutable" },
  { file: "bun.lock", ...BUN },
  { file: "bun.lockb", ...BUN },
  { file: "package-lock.json", install: "npm install", inPipeline: "npm ci" },
  { file: "npm-shrinkwrap.json", install: "npm install", inPipeline: "npm ci" },
];
export const PYTHON_TOOLS: readonly PackageTool[] = [
  {
    file: "uv.lock",
    install: "uv sync",
    inPipeline: "python3 -m venv venv && venv/bin/pip install uv && venv/bin/uv sync --frozen",
  },
  { file: "poetry.lock", install: "poetry install" },
  { file: "Pipfile", install: "pipenv install" },
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
function commandOf(tools: readonly PackageTool[], root: string): string | undefined {
  const found = withParents(root).map((at) => tools.find(({ file }) => existsSync(path.join(at, file))));
  return found.find((tool) => tool !== undefined)?.install;
}
