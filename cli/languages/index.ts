import type { Program } from "../host";
import type { Project } from "../project";
import { go } from "./go";
import { hosted } from "./hosted";
import { bun, node } from "./node";
import { python } from "./python";
import { yamlSchemas } from "./yaml";

/** How to run the programs of one language. */
export type Language = (project: Project, program: Omit<Program, "launch">) => Program["launch"];

/** Languages whose programs need no host; any other is run by Pulumi's own host for it. */
const LANGUAGES: Readonly<Record<string, Language>> = { nodejs: node, bun, python, go };

/** Prepares a program to be run; fails where something it needs is missing. */
export function prepare(project: Project, program: Omit<Program, "launch">): Program {
  const language = Object.hasOwn(LANGUAGES, project.runtime) ? LANGUAGES[project.runtime] : undefined;
  const schemas = project.runtime === "yaml" ? yamlSchemas(project) : new Map<string, string>();
  return { ...program, schemas, launch: (language ?? hosted)(project, program) };
}
