/** What a pipeline installs before it can run the programs of a repository. */
import { existsSync } from "node:fs";
import path from "node:path";
import { wayTo, withParents } from "../directories";
import { projectsBelow } from "../inputs/discover";
import { projectFile } from "../project";

/** A command, and the directory to run it in, relative to the repository, with slashes. */
export interface Install {
  readonly directory: string;
  readonly command: string;
}

const BUN = "npm install --global bun && bun install --frozen-lockfile";

/**
 * Commands by the file that asks for them; the first that is there counts. They install exactly what is locked, on a machine
 * that has no more than Node.js and Python.
 */
const COMMANDS: readonly (readonly [string, string])[] = [
  ["package-lock.json", "npm ci"],
  ["npm-shrinkwrap.json", "npm ci"],
  ["pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile"],
  ["yarn.lock", "corepack enable && yarn install --immutable"],
  ["bun.lock", BUN],
  ["bun.lockb", BUN],
  ["package.json", "npm install"],
  ["requirements.txt", "python3 -m venv venv && venv/bin/pip install -r requirements.txt"],
  ["uv.lock", "python3 -m venv venv && venv/bin/pip install uv && venv/bin/uv sync --frozen"],
];

/** What the programs at and below a directory need: each from the nearest directory above it that says so. */
export function installsFor(root: string): readonly Install[] {
  const projects = [...(projectFile(root) === undefined ? [] : [root]), ...projectsBelow(root)];
  const found = projects.flatMap((project) => installFor(project, root));
  return [...new Map(found.map((install) => [install.directory, install])).values()];
}

function installFor(project: string, root: string): Install[] {
  for (const at of withParents(project)) {
    const command = COMMANDS.find(([file]) => existsSync(path.join(at, file)))?.[1];
    const directory = wayTo(at, root) ?? "";
    if (command !== undefined) return [{ directory, command }];
    if (directory === "") break;
  }
  return [];
}
