import { readdirSync } from "node:fs";
import path from "node:path";
import { Option, type Command } from "commander";
import { packageDirectory } from "../package-files";
import type { Terminal } from "../terminal";
import type * as InitCommand from "./command";

/** Flags of `init`. */
export interface InitFlags {
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

/** The preset that is written where none is asked for. */
export const DEFAULT_PRESET = "baseline";

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
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
      const { init } = require("./command") as typeof InitCommand;
      terminal.stdout(init(directory, flags));
    });
}
