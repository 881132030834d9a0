/** `init`: writes a first configuration and a pipeline, and says what comes next. */
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { Option, type Command } from "commander";
import { commandLine } from "../command-line";
import { CheckError } from "../errors";
import { packageDirectory, packageFile } from "../package-files";
import { printable } from "../render/sanitize";
import type { Terminal } from "../terminal";
import { writeNew } from "../write-file";
import { installsFor } from "./dependencies";
import { CONFIG, type CiFile } from "./files";
import { githubFiles } from "./github";
import { gitlabFiles } from "./gitlab";

interface InitFlags {
  readonly preset?: string;
  readonly ci?: "github" | "gitlab";
  readonly force?: boolean;
}

const HELP = `
Presets:
  report-only  every policy reports, none stops an update
  baseline     the first step: IMDSv1, credentials in user data, administrators
  containers   fleets of container hosts
  strict       every policy stops the update

A file that exists is left alone, and then none is written, unless --force is given.
With --ci alone, a configuration that exists is kept, and the pipeline reads it.

Exit codes:
  0  the files were written
  2  none was written

Examples:
  ec2-hardening init
  ec2-hardening init --preset strict --ci github
  ec2-hardening init --ci gitlab infra`;

const DEFAULT_PRESET = "baseline";

/** Adds the command. */
export function addInit(parent: Command, terminal: Terminal): void {
  const presets = readdirSync(packageDirectory("presets")).map((file) => path.basename(file, ".json"));
  parent
    .command("init")
    .copyInheritedSettings(parent)
    .description("Write a first policy configuration, and a pipeline that checks every change.")
    .argument("[directory]", "root of the repository", ".")
    .addOption(
      new Option("--preset <name>", `what the configuration starts from (default: "${DEFAULT_PRESET}")`).choices(
        presets,
      ),
    )
    .addOption(new Option("--ci <host>", "write a pipeline for this host too").choices(["github", "gitlab"]))
    .option("--force", "replace files that exist")
    .addHelpText("after", HELP)
    .action((directory: string, flags: InitFlags) => {
      terminal.stdout(init(directory, flags));
    });
}

function init(directory: string, { preset, ci, force }: InitFlags): string {
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
