import { InvalidArgumentError, type Command } from "commander";
import { withInputOptions, type InputFlags } from "../flags";
import { readSelector } from "../selection";
import type { Terminal } from "../terminal";
import type * as BaselineCommand from "./command";

/** Flags of `baseline`. */
export interface BaselineFlags extends InputFlags {
  readonly output: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly expires: string;
  readonly only?: readonly string[];
  readonly anyStack?: boolean;
  readonly renew?: boolean;
  readonly prune?: boolean;
  readonly force?: boolean;
}

const HELP = `
The exemptions are written into a policy configuration file, which check and
"pulumi --policy-pack-config" read. Each is for one policy and one resource, by
its URN. With --policy-pack-config, the file is the given one with exemptions
added: order and layout stay. After their last day the findings are back, and
are exempted again only with --renew.

Exit codes:
  0  done; what was written is printed, with the next command
  2  nothing was written: not everything was judged to its end, a file is in the
     way, or an option is wrong

Examples:
  ec2-hardening baseline --owner platform-team infra
  ec2-hardening baseline --owner OPS-1234 --expires 2027-03-31 --any-stack infra
  ec2-hardening baseline --owner web --only high --only unverified infra
  ec2-hardening baseline --owner web --policy-pack-config policy-config.json --prune
  ec2-hardening baseline --prune --policy-pack-config policy-config.json --all-stacks .`;

/** Adds the command; `done` takes its exit code. */
export function addBaseline(parent: Command, terminal: Terminal, done: (exitCode: number) => void): void {
  withInputOptions(parent.command("baseline").copyInheritedSettings(parent))
    .description("Write today's findings as exemptions with an owner and a last day, so that only new ones count.")
    .option(
      "--owner <name>",
      "who sees to the findings: a team, a person or a ticket (required, but for --prune alone)",
    )
    .option("--reason <text>", "why they may stay until then (default: that they are older than this baseline)")
    .option("--expires <date|days>", "the last day: YYYY-MM-DD, or a number of days from today", "90")
    .option(
      "--only <what>",
      "exempt only these: mandatory, advisory or unverified, critical to low (with what is above them), or a policy; repeatable",
      readSelector,
    )
    .option("--any-stack", "exempt a resource in every stack of its project, not only in the one that is judged")
    .option("--renew", "exempt again what an exemption that expired is about")
    .option("--prune", "take out exemptions that cover nothing in what is judged; without --owner, add none")
    .option("--output <file>", "file to write", readFile, "policy-config.json")
    .option("--force", "replace the file where it exists and is not the given configuration")
    .option("--verbose", "print what the programs print, on standard error")
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: BaselineFlags) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
      const { baseline } = require("./command") as typeof BaselineCommand;
      done(await baseline(paths, flags, terminal));
    });
}

/** The next command names the file, so that it has to be one. */
function readFile(file: string): string {
  if (file === "" || file === "-") throw new InvalidArgumentError("Give a file, e.g. --output policy-config.json.");
  return file;
}
