/** Source files as reports name them: relative to the repository, as code hosts expect it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { wayTo, withParents } from "./directories";
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
  const base = repositoryOf(directory) ?? (wayTo(directory, process.cwd()) === undefined ? directory : process.cwd());
  return {
    relative: (file) => wayTo(file, base),
    locations: (positions) =>
      new Map(
        [...positions].flatMap(([urn, { file, line, column }]) => {
          const name = wayTo(file, base);
          return name === undefined ? [] : [[urn, { file: name, line, column }] as const];
        }),
      ),
  };
}

/** The nearest directory with `.git`, which is a file in a worktree or submodule. */
function repositoryOf(directory: string): string | undefined {
  return withParents(directory).find((at) => existsSync(path.join(at, ".git")));
}
