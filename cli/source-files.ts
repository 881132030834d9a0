/** Source files as reports name them: relative to the repository, as code hosts expect it. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Position } from "./host";

/** A place in a file of the repository, counted from 1. */
export interface SourceLocation {
  /** Relative to the repository's root, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SourceFiles {
  /** Undefined for a file outside the repository. */
  relative(file: string): string | undefined;
  locations(positions: ReadonlyMap<string, Position>): ReadonlyMap<string, SourceLocation>;
}

/** Names files relative to the repository that a directory is in, or else to the current directory. */
export function sourceFiles(directory: string): SourceFiles {
  const base =
    repositoryOf(directory) ?? (relativeTo(process.cwd(), directory) === undefined ? directory : process.cwd());
  return {
    relative: (file) => relativeTo(base, file),
    locations: (positions) =>
      new Map(
        [...positions].flatMap(([urn, { file, line, column }]) => {
          const name = relativeTo(base, file);
          return name === undefined ? [] : [[urn, { file: name, line, column }] as const];
        }),
      ),
  };
}

/** The nearest directory with `.git`, which is a file in a worktree or submodule. */
function repositoryOf(directory: string): string | undefined {
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

function relativeTo(base: string, file: string): string | undefined {
  const relative = path.relative(base, file);
  const isOutside = relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return isOutside ? undefined : relative.split(path.sep).join("/");
}
