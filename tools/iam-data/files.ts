/** The data files, as they have to be. */
import { actionsFile } from "./actions";
import { policiesFile } from "./policies";

/** Every data file, by its path. */
export function dataFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["policies/iam/data/actions.json", text(actionsFile())],
    ["policies/iam/data/managed-policies.json", text(policiesFile())],
  ]);
}

/** One action or policy a line, so that an update shows what has changed. */
function text(content: object): string {
  return `${JSON.stringify(content, null, 1)}\n`;
}
