import { statSync } from "node:fs";
import path from "node:path";
import { CheckError } from "../errors";
import type { Project } from "../project";

/** Where a program is run, and what is run there. */
export interface EntryPoint {
  readonly directory: string;
  /** Relative to the directory; `.` is the directory itself. */
  readonly entry: string;
}

/** The entry point of a project: `main` names a directory or a file below the root. */
export function entryPoint(project: Project): EntryPoint {
  if (project.main === undefined) {
    return { directory: project.root, entry: "." };
  }
  const main = path.resolve(project.root, project.main);
  if (main !== project.root && !main.startsWith(project.root + path.sep) && !path.isAbsolute(project.main)) {
    throw new CheckError(`main: ${project.main} in Pulumi.yaml leads out of ${project.root}; it must be below it.`);
  }
  const stats = statSync(main, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new CheckError(
      `main: ${project.main} in Pulumi.yaml does not exist. Build the program first, or correct it.`,
    );
  }
  return stats.isDirectory()
    ? { directory: main, entry: "." }
    : { directory: path.dirname(main), entry: path.basename(main) };
}
