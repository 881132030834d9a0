/** `init`: writes a first configuration and a pipeline, and says what comes next. */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { commandLine } from "../command-line";
import { CheckError } from "../errors";
import { packageFile } from "../package-files";
import { printable } from "../render/sanitize";
import { writeNew } from "../write-file";
import { installsFor } from "./dependencies";
import { CONFIG, type CiFile } from "./files";
import { githubFiles } from "./github";
import { gitlabFiles } from "./gitlab";
import { DEFAULT_PRESET, type InitFlags } from "./options";

/** Writes the files, and returns what there is to say of them. */
export function init(directory: string, { preset, ci, force }: InitFlags): string {
  if (!(statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    throw new CheckError(`${directory} is not a directory. Give the root of the repository, e.g. ec2-hardening init .`);
  }
  const config = path.join(directory, CONFIG);
  const kept = ci !== undefined && preset === undefined && !force && existsSync(config);
  const files: readonly CiFile[] = [
    ...(kept ? [] : [{ file: CONFIG, content: packageFile("presets", `${preset ?? DEFAULT_PRESET}.json`) }]),
    ...ciFiles(directory, ci),
  ];
  const taken = files.map(({ file }) => path.join(directory, file)).filter((file) => existsSync(file));
  if (taken.length > 0 && !force) {
    const verb = taken.length === 1 ? "exists" : "exist";
    throw new CheckError(`${taken.join(", ")} ${verb}; nothing was written. Replace with --force, or move away first.`);
  }
  for (const { file, content } of files) writeNew(path.join(directory, file), content, "the file");
  const flags = ["--all-stacks", "--policy-pack-config", config, directory];
  return printable(
    [
      ...(kept ? [`Kept: ${config}`] : []),
      ...files.map(({ file }) => `Written: ${path.join(directory, file)}`),
      ...files.flatMap(({ note }) => (note === undefined ? [] : [`\n${note}`])),
      `\nNext: ${commandLine(["npx", "ec2-hardening", "check", ...flags])}`,
      `Where that finds much: ${commandLine(["npx", "ec2-hardening", "baseline", "--owner", "TEAM", "--output", config, ...flags])}\n`,
    ].join("\n"),
  );
}

function ciFiles(directory: string, ci: InitFlags["ci"]): readonly CiFile[] {
  if (ci === undefined) return [];
  const installs = installsFor(directory);
  return ci === "github"
    ? githubFiles(installs)
    : gitlabFiles(installs, existsSync(path.join(directory, ".gitlab-ci.yml")));
}
