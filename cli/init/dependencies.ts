/** What a pipeline installs before it can run the programs of a repository. */
import { existsSync } from "node:fs";
import path from "node:path";
import { wayTo, withParents } from "../directories";
import { projectsBelow } from "../inputs/discover";
import { NODE_TOOLS, PYTHON_TOOLS, type PackageTool } from "../languages/install";
import { projectFile } from "../project";

/** A command, and the directory to run it in, relative to the repository, with slashes. */
export interface Install {
  readonly directory: string;
  readonly command: string;
}

/** Files that ask for a command; the first that is there counts. */
const TOOLS: readonly Omit<PackageTool, "install">[] = [
  ...NODE_TOOLS,
  { file: "package.json", inPipeline: "npm install" },
  { file: "requirements.txt", inPipeline: "python3 -m venv venv && venv/bin/pip install -r requirements.txt" },
  ...PYTHON_TOOLS,
];

/** What the programs at and below a directory need: each from the nearest directory above it that says so. */
export function installsFor(root: string): readonly Install[] {
  const projects = [...(projectFile(root) === undefined ? [] : [root]), ...projectsBelow(root)];
  const found = projects.flatMap((project) => installFor(project, root));
  return [...new Map(found.map((install) => [install.directory, install])).values()];
}

function installFor(project: string, root: string): Install[] {
  for (const at of withParents(project)) {
    const command = TOOLS.find(({ file }) => existsSync(path.join(at, file)))?.inPipeline;
    const directory = wayTo(at, root) ?? "";
    if (command !== undefined) return [{ directory, command }];
    if (directory === "") break;
  }
  return [];
}
