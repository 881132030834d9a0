/** The data files, as they have to be, and the notice that goes with them. */
import { readFileSync } from "node:fs";
import { actionsFile } from "./actions";
import { policiesFile } from "./policies";
import { SOURCES } from "./sources";

const ACTIONS = "policies/iam/data/actions.json";
const POLICIES = "policies/iam/data/managed-policies.json";

/** Every generated file, by its path. */
export function dataFiles(): ReadonlyMap<string, string> {
  const notices = [notice(ACTIONS, SOURCES.actions, "LICENSE.txt"), notice(POLICIES, SOURCES.policies, "LICENSE")];
  return new Map([
    [ACTIONS, text(actionsFile())],
    [POLICIES, text(policiesFile())],
    ["NOTICE", notices.join(`\n${"-".repeat(80)}\n\n`)],
  ]);
}

/** One action or policy a line, so that an update shows what has changed. */
function text(content: object): string {
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** The licence of the package that a file is made from. */
function notice(file: string, { root, name, version }: (typeof SOURCES)["actions"], licence: string): string {
  const heading = `${file} is distilled from the package ${name} ${version}, which has this licence:`;
  return `${heading}\n\n${readFileSync(`${root}/${licence}`, "utf8").trim()}\n`;
}
