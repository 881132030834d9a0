/** What a program needs before it runs, by what it fails with. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Project } from "../project";
import { buildCommand, developWith, installFrom } from "./install";

/** How programs lack a package, by its name; a file of their own begins with a dot or a slash, an alias with a mark. */
const LACKS_PACKAGE = [
  /Cannot find (?:module|package) '((?![~#]|@\/)[^'./][^']*)'/,
  /error TS6053: File '([^'./][^']*)' not found/,
  /No module named '([^'.]+)/,
  /no required module provides package ([^\s;]+)/,
];

/** How a program for Node.js tells that its first file is not there. */
const LACKS_MAIN =
  /Cannot find module '([^']+)'\. Please verify that the package\.json has a valid "main"|No entrypoint found in /;

const LACKS_HOOKS = /Unknown file extension "\.[cm]?ts"/;

/** TypeScript 7 is a program of its own, and offers nothing to those in JavaScript. */
const LACKS_COMPILER = /Cannot read properties of undefined \(reading '(?:readFile|fileExists)'\)[^]*ts-node/;

/** What to do about a program's packages, its build and what translates it. */
export function preparationHints(errors: readonly string[], project: Project): string[] {
  const says = (pattern: RegExp): boolean => errors.some((error) => pattern.test(error));
  return [
    ...packageHints(errors, project),
    ...(says(LACKS_MAIN)
      ? [`the main file that package.json names does not exist. Build the program first: ${buildCommand(project)}`]
      : []),
    ...(says(LACKS_HOOKS)
      ? [
          `recent versions of Pulumi's SDK run ES modules in TypeScript by ts-node: ${developWith("ts-node", project.root)}`,
        ]
      : []),
    ...(says(LACKS_COMPILER)
      ? [`ts-node needs a TypeScript before version 7: ${developWith("typescript@6", project.root)}`]
      : []),
  ];
}

function packageHints(errors: readonly string[], project: Project): string[] {
  const named = errors.flatMap((error) => LACKS_PACKAGE.flatMap((each) => each.exec(error)?.[1] ?? []));
  const lacking = named.filter((name) => !isOwn(name, project.root));
  if (lacking.length === 0) return [];
  return [`the program lacks ${[...new Set(lacking)].join(", ")}. Install its packages: ${installFrom(project)}`];
}

/** Whether a name leads to a file of the project, from a place that does not find it. */
function isOwn(name: string, root: string): boolean {
  const [first = ""] = name.split("/");
  return ["", ".py"].some((extension) => existsSync(path.join(root, first + extension)));
}
