import { existsSync, readdirSync, type Dirent } from "node:fs";
import path from "node:path";
import { projectFile } from "../project";

/** Folders of packages; what is hidden, and Python's environments, are left out too. */
const PACKAGES: ReadonlySet<string> = new Set(["node_modules", "site-packages", "vendor"]);

/** The directories of projects below one that is none, in order. Links are not followed. */
export function projectsBelow(directory: string): string[] {
  return folders(directory)
    .map(({ name }) => path.join(directory, name))
    .flatMap((folder) => [...(projectFile(folder) === undefined ? [] : [folder]), ...projectsBelow(folder)]);
}

/** The files of a program in its directory and below, without those of packages. */
export function ownFiles(directory: string): string[] {
  const here = entries(directory).filter((entry) => entry.isFile());
  return [
    ...here.map(({ name }) => path.join(directory, name)),
    ...folders(directory).flatMap(({ name }) => ownFiles(path.join(directory, name))),
  ];
}

function folders(directory: string): Dirent[] {
  return entries(directory)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !PACKAGES.has(entry.name))
    .filter(({ name }) => !existsSync(path.join(directory, name, "pyvenv.cfg")))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What cannot be read holds nothing to judge. */
function entries(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
