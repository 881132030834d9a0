import { CheckError } from "../errors";
import type { Program } from "../host";
import type { Project } from "../project";
import { node } from "./node";
import { python } from "./python";

/** How to run the programs of one language. */
export type Language = (project: Project, program: Omit<Program, "launch">) => Program["launch"];

const LANGUAGES: Readonly<Record<string, Language>> = { nodejs: node, python };

/** Prepares a program to be run; fails where its language is not supported, or something it needs is missing. */
export function prepare(project: Project, program: Omit<Program, "launch">): Program {
  const language = Object.hasOwn(LANGUAGES, project.runtime) ? LANGUAGES[project.runtime] : undefined;
  if (language === undefined) {
    throw new CheckError(
      `${project.root} is a ${project.runtime} program, which check does not run yet (only ${Object.keys(LANGUAGES).join(", ")}).\n` +
        "Judge it with the policy pack for now: pulumi preview --policy-pack node_modules/ec2-hardening",
    );
  }
  return { ...program, launch: language(project, program) };
}
