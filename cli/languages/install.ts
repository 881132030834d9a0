/** How the packages of a program are installed. */
import { existsSync } from "node:fs";
import path from "node:path";
import { isRecord } from "../../policies/machine/resource";
import { withParents } from "../directories";
import type { Project } from "../project";
import { textIn } from "../text-file";

/** A tool that keeps packages, by the files that it leaves in a project. */
type Tool = readonly [name: string, files: readonly string[]];

const NODE_TOOLS: readonly Tool[] = [
  ["pnpm", ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.yaml"]],
  ["yarn", ["yarn.lock", ".yarnrc.yml", ".yarnrc", ".pnp.cjs"]],
  ["bun", ["bun.lock", "bun.lockb"]],
  ["npm", ["package-lock.json", "npm-shrinkwrap.json"]],
];

/** Those that Pulumi knows, which goes by their locks where a project names no toolchain; others keep packages as well. */
const PYTHON_TOOLCHAINS: readonly Tool[] = [
  ["uv", ["uv.lock"]],
  ["poetry", ["poetry.lock"]],
];
const OTHER_PYTHON_TOOLS: readonly Tool[] = [
  ["pdm", ["pdm.lock"]],
  ["pipenv", ["Pipfile", "Pipfile.lock"]],
];

/** What tells a tool in a pyproject.toml for which nothing is locked yet. */
const IN_PYPROJECT: readonly (readonly [name: string, mark: RegExp])[] = [
  ["uv", /^\[tool\.uv\b|"uv_build\b/m],
  ["poetry", /^\[tool\.poetry\b|\bpoetry[.-]core\b/m],
  ["pdm", /^\[tool\.pdm\b|"pdm-backend\b/m],
];

/** The command that does it from anywhere. Package managers find the workspace from the directory they are started in. */
export function installFrom(project: Project): string {
  return inDirectory(project.root, installCommand(project));
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
      return `${nodeTool(project)} install`;
  }
}

/** The command that builds a program for Node.js from anywhere. */
export function buildCommand(project: Project): string {
  return inDirectory(project.root, `${nodeTool(project)} run build`);
}

/** The command that adds a package to those that a program for Node.js in a directory is developed with. */
export function developWith(name: string, directory: string): string {
  const tool = toolOf(directory) ?? "npm";
  const add = { npm: "install --save-dev", pnpm: "add --save-dev" }[tool] ?? "add --dev";
  return inDirectory(directory, `${tool} ${add} ${name}`);
}

function inDirectory(directory: string, command: string): string {
  return `cd ${word(directory)} && ${command}`;
}

/** A word of a command for a shell, as people copy it. */
function word(text: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The package manager of a program for Node.js or Bun. */
function nodeTool({ root, runtime, runtimeOptions }: Project): string {
  const { packagemanager } = runtimeOptions;
  if (runtime === "bun") return "bun";
  return known(packagemanager, NODE_TOOLS) ?? toolOf(root) ?? "npm";
}

/** The package manager that a directory, or the nearest one above it, tells. */
function toolOf(directory: string): string | undefined {
  return nearest(directory, (at) => declaredTool(at) ?? toolIn(at, NODE_TOOLS));
}

/** What a package.json asks for by `packageManager`, as Corepack reads it, or by `devEngines`. */
function declaredTool(directory: string): string | undefined {
  const content = jsonIn(path.join(directory, "package.json"));
  const { packageManager, devEngines } = content;
  if (typeof packageManager === "string") return known(packageManager.split("@")[0], NODE_TOOLS);
  const engine = isRecord(devEngines) ? devEngines["packageManager"] : undefined;
  return isRecord(engine) ? known(engine["name"], NODE_TOOLS) : undefined;
}

/** A name of one of the tools: it becomes part of a command that people run. */
function known(name: unknown, tools: readonly Tool[]): string | undefined {
  return tools.find(([each]) => each === name)?.[0];
}

function jsonIn(file: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(textIn(file));
    return isRecord(content) ? content : {};
  } catch {
    return {};
  }
}

/** The toolchain of a program in Python, as Pulumi chooses it. */
export function pythonToolchain({ root, runtimeOptions }: Project): string {
  const { toolchain } = runtimeOptions;
  if (toolchain === "pip") return toolchain;
  return known(toolchain, PYTHON_TOOLCHAINS) ?? nearest(root, (at) => toolIn(at, PYTHON_TOOLCHAINS)) ?? "pip";
}

function pythonCommand(project: Project, environment?: string): string {
  const { root } = project;
  const toolchain = pythonToolchain(project);
  const hasRequirements = existsSync(path.join(root, "requirements.txt"));
  const pyproject = textIn(path.join(root, "pyproject.toml"));
  const tool = toolchain === "pip" && !hasRequirements ? otherTool(root, pyproject) : toolchain;
  if (tool === "uv") return "uv sync";
  if (tool !== "pip") return `${tool} install`;
  const venv = environment ?? "venv";
  const pip = path.join(venv, process.platform === "win32" ? "Scripts" : "bin", "pip");
  const packages = hasRequirements || pyproject === "" ? "-r requirements.txt" : ".";
  return `python3 -m venv ${word(venv)} && ${word(pip)} install ${packages}`;
}

function otherTool(root: string, pyproject: string): string {
  const locked = nearest(root, (at) => toolIn(at, OTHER_PYTHON_TOOLS));
  return locked ?? IN_PYPROJECT.find(([, mark]) => mark.test(pyproject))?.[0] ?? "pip";
}

function toolIn(directory: string, tools: readonly Tool[]): string | undefined {
  return tools.find(([, files]) => files.some((file) => existsSync(path.join(directory, file))))?.[0];
}

/** The answer for a project, or for the workspace that it belongs to. */
function nearest(root: string, answer: (directory: string) => string | undefined): string | undefined {
  return withParents(root)
    .map(answer)
    .find((found) => found !== undefined);
}
