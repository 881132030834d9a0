import { Command, CommanderError, Option } from "commander";
import { addBaseline } from "./baseline/options";
import type * as CheckCommand from "./check-command";
import type * as ExplainCommand from "./explain-command";
import { errorText } from "./failures";
import { addInit } from "./init/options";
import { withInputOptions, withRunOptions, type CheckFlags, type ExplainFlags } from "./flags";
import { readFormat, readOutput, readOutputFile, type Output } from "./outputs";
import { packageVersion } from "./package-files";
import { FORMATS } from "./render/formats";
import { ExitCode } from "./report";
import { readSelector } from "./selection";
import type { Terminal } from "./terminal";
import { JUDGE_PREVIEW } from "./preview-command";

const EXIT_CODES = `
Exit codes:
  0  no violation; advisory findings do not fail, unless --fail-on says so
  1  violations, also where the program failed after they were found
  2  not judged: the program failed or ran out of time, what runs its language is
     missing, or an option is wrong`;

const FAIL_ON_HELP =
  "what ends with 1: mandatory, advisory, unverified or none; critical, high, medium or low; or a policy; " +
  "repeatable (default: mandatory)";

const CHECK_HELP = `${EXIT_CODES}

PATH is the directory of a Pulumi program, a directory with programs below it, a
file that "pulumi preview --json", "pulumi preview --save-plan", "pulumi stack
export" or the engine's event log wrote, or - for such a file on standard input.

Examples:
  ec2-hardening check infra
  ec2-hardening check --all-stacks .
  ${JUDGE_PREVIEW}
  ec2-hardening check --stack prod --config aws:region=eu-west-1 infra
  ec2-hardening check --policy-pack-config policy-config.json infra
  ec2-hardening check --report sarif=check.sarif --report html=check.html infra
  ec2-hardening check --fail-on high --fail-on userdata-trusted-sources infra
  ec2-hardening check --only-changed before.json infra
  ec2-hardening check --format markdown --output summary.md infra network
  ec2-hardening check --fix-preview infra
  ec2-hardening check --fix infra`;

const EXPLAIN_HELP = `
NAME is the name of a machine, template, group, instance profile or role in the
program, its URN, or a glob on either (* any characters, ? one). For the name of a
policy, its page is printed: why, how to fix it, options, examples.

Exit codes:
  0  no violation by the role; advisory findings do not fail
  1  the role breaks a mandatory policy
  2  not judged: no such name, or several roles; the program failed or ran out
     of time; an option is wrong

Examples:
  ec2-hardening explain web
  ec2-hardening explain imds-hop-limit
  ec2-hardening explain app-role infra --stack prod
  ec2-hardening explain "*InstanceProfile::app" infra
  ec2-hardening explain web infra --format json > web.json`;

/** Runs the command line and returns its exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = ExitCode.CLEAN;
  const done = (code: number): void => {
    exitCode = code;
  };
  const command = buildCommand(terminal, {
    check: async (directories, flags) => {
      exitCode = await checkCommand().check(directories, flags, terminal);
    },
    explain: async (name, path, flags) => {
      exitCode = await explainCommand().explain(name, path, flags, terminal);
    },
  });
  addBaseline(command, terminal, done);
  addInit(command, terminal);
  try {
    await command.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.CLEAN : ExitCode.NOT_JUDGED;
    }
    terminal.stderr(`error: ${errorText(error)}\n`);
    return ExitCode.NOT_JUDGED;
  }
}

function checkCommand(): typeof CheckCommand {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  return require("./check-command") as typeof CheckCommand;
}

function explainCommand(): typeof ExplainCommand {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  return require("./explain-command") as typeof ExplainCommand;
}

interface Actions {
  readonly check: (directories: readonly string[], flags: CheckFlags) => Promise<void>;
  readonly explain: (name: string, path: string | undefined, flags: ExplainFlags) => Promise<void>;
}

function buildCommand(terminal: Terminal, { check, explain }: Actions): Command {
  const command = new Command("ec2-hardening")
    .description("Finds EC2 machines that give their credentials away, before they exist.")
    .version(packageVersion(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .showHelpAfterError("See ec2-hardening --help, or ec2-hardening COMMAND --help")
    .configureOutput({
      writeOut: (text) => {
        terminal.stdout(text);
      },
      writeErr: (text) => {
        terminal.stderr(text);
      },
    });
  withInputOptions(command.command("check").copyInheritedSettings(command))
    .description("Judge Pulumi programs without the Pulumi CLI, an account, credentials or network.")
    .option("--format <format>", `how to print the report: ${FORMATS.join(", ")}`, readFormat, "text")
    .option("--output <file>", "write the report to a file instead of printing it", readOutputFile)
    .option("--report <format=file>", "write one more report to a file; repeatable", collectOutput)
    .option("--fail-on <what>", FAIL_ON_HELP, readSelector)
    .option("--only-changed <report.json>", "count and show only what a previous JSON report does not have")
    .option("--quiet", "print only what fails the run (text)")
    .option("--fix-preview", "show the properties that settle findings, as a diff; change nothing (text, json, sarif)")
    .addOption(
      new Option(
        "--fix",
        "set those properties in TypeScript and JavaScript sources, proven by a second run",
      ).conflicts("fixPreview"),
    )
    .option("--verbose", "print what the program prints, URNs and source lines (text)")
    .addHelpText("after", CHECK_HELP)
    .action((directories: string[], flags: CheckFlags) => check(directories, flags));
  withRunOptions(command.command("explain").copyInheritedSettings(command))
    .description("Show what the role of a machine can really do, and what is wrong with it; or what a policy is about.")
    .argument("<name>", "a machine, instance profile or role of the program, or a policy")
    .argument("[path]", "directory of the Pulumi project, or a file that Pulumi wrote (default: .)")
    .option("--stack <name>", "stack to judge (default: dev, or the only one that has a Pulumi.NAME.yaml)")
    .option("--verbose", "print what the program prints, on standard error")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", EXPLAIN_HELP)
    .action((name: string, path: string | undefined, flags: ExplainFlags) => explain(name, path, flags));
  return command;
}

function collectOutput(value: string, previous: readonly Output[] = []): readonly Output[] {
  return [...previous, readOutput(value)];
}
