import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { readPolicyConfig } from "./check";
import { runCheck, type CheckRequest } from "./check-command";
import { explainExitCode, explainProgram } from "./explain";
import { errorText, failureText } from "./failures";
import { readFormat, readOutput, type Output } from "./outputs";
import { packageVersion } from "./package-files";
import { FORMATS, type Format } from "./render";
import { renderExplanation } from "./render/explain";
import { explanationJson } from "./render/explain-json";
import { printable } from "./render/sanitize";
import { ExitCode, seenOf } from "./report";
import type { RunOptions } from "./run";
import type { Terminal } from "./terminal";

/** Flags of every command that runs a program. */
interface RunFlags {
  readonly stack?: string;
  readonly config?: readonly string[];
  readonly policyPackConfig?: string;
  readonly timeout: number;
  readonly color: boolean;
  readonly verbose?: boolean;
}

interface CheckFlags extends RunFlags {
  readonly format: Format;
  readonly output?: string;
  readonly report?: readonly Output[];
  readonly quiet?: boolean;
  readonly fix?: boolean;
  readonly fixPreview?: boolean;
}

interface ExplainFlags extends RunFlags {
  readonly format: "text" | "json";
}

const EXIT_CODES = `
Exit codes:
  0  no violation; advisory findings do not fail
  1  violations, also where the program failed after they were found
  2  not judged: the program failed, ran out of time or is in a language not
     supported yet, or an option is wrong`;

const CHECK_HELP = `${EXIT_CODES}

Examples:
  ec2-hardening check infra
  ec2-hardening check --stack prod --config aws:region=eu-west-1 infra
  ec2-hardening check --policy-pack-config policy-config.json infra
  ec2-hardening check --report sarif=check.sarif --report html=check.html infra
  ec2-hardening check --format markdown --output summary.md infra network
  ec2-hardening check --fix-preview infra
  ec2-hardening check --fix infra`;

const EXPLAIN_HELP = `
NAME is the name of a machine, template, group, instance profile or role in the
program, its URN, or a glob on either (* any characters, ? one).

Exit codes:
  0  no violation by the role; advisory findings do not fail
  1  the role breaks a mandatory policy
  2  not judged: no such name, or several roles; the program failed or ran out
     of time; an option is wrong

Examples:
  ec2-hardening explain web
  ec2-hardening explain app-role infra --stack prod
  ec2-hardening explain "*InstanceProfile::app" infra
  ec2-hardening explain web infra --format json > web.json`;

/** Runs the command line and returns its exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = ExitCode.CLEAN;
  const command = buildCommand(terminal, {
    check: async (directories, flags) => {
      exitCode = await runCheck(checkRequest(directories, flags, terminal), terminal);
    },
    explain: async (name, directory, flags) => {
      exitCode = await runExplain(name, directory, flags, terminal);
    },
  });
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

interface Actions {
  readonly check: (directories: readonly string[], flags: CheckFlags) => Promise<void>;
  readonly explain: (name: string, directory: string, flags: ExplainFlags) => Promise<void>;
}

function buildCommand(terminal: Terminal, { check, explain }: Actions): Command {
  const command = new Command("ec2-hardening")
    .description("Finds EC2 machines that give their credentials away, before they exist.")
    .version(packageVersion(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.stdout(text);
      },
      writeErr: (text) => {
        terminal.stderr(text);
      },
    });
  withRunOptions(command.command("check").copyInheritedSettings(command))
    .description("Judge Pulumi programs without the Pulumi CLI, an account, credentials or network.")
    .argument("[dir...]", "directories of Pulumi projects (default: the current one)")
    .option("--format <format>", `how to print the report: ${FORMATS.join(", ")}`, readFormat, "text")
    .option("--output <file>", "write the report to a file instead of printing it")
    .option("--report <format=file>", "write one more report to a file; repeatable", collectOutput)
    .option("--quiet", "print violations only (text)")
    .option("--fix-preview", "show the properties that settle findings, as a diff; change nothing (text, json)")
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
    .description(
      "Show what the role of a machine can really do, which statements allow it, and what is wrong with them.",
    )
    .argument("<name>", "a machine, instance profile or role of the program")
    .argument("[dir]", "directory of the Pulumi project", ".")
    .option("--verbose", "print what the program prints, on standard error")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .addHelpText("after", EXPLAIN_HELP)
    .action((name: string, directory: string, flags: ExplainFlags) => explain(name, directory, flags));
  return command;
}

function withRunOptions(command: Command): Command {
  return command
    .option("--stack <name>", "stack to judge (default: dev, or the only one that has a Pulumi.NAME.yaml)")
    .option("--config <key=value>", "set a configuration value; repeatable", collect)
    .option("--policy-pack-config <file>", "levels and options of the policies, as pulumi takes them (JSON)")
    .option("--timeout <seconds>", "time limit for each program, in seconds", seconds, 300)
    .option("--no-color", "print without colours");
}

async function runExplain(name: string, directory: string, flags: ExplainFlags, terminal: Terminal): Promise<number> {
  const settings = readPolicyConfig(flags.policyPackConfig);
  const { explanation, run } = await explainProgram(name, directory, settings, runOptions(flags, terminal));
  const { color, columns } = terminal;
  terminal.stdout(
    flags.format === "json"
      ? explanationJson(explanation)
      : renderExplanation(explanation, { color: flags.color && color, width: columns }),
  );
  terminal.stderr(failureText(run.parts, seenOf(run.resources)));
  return explainExitCode(explanation);
}

function runOptions(flags: RunFlags, terminal: Terminal): RunOptions {
  return {
    stack: flags.stack,
    config: flags.config ?? [],
    timeoutSeconds: flags.timeout,
    onProgramLine: flags.verbose
      ? (line) => {
          terminal.stderr(`${printable(line)}\n`);
        }
      : undefined,
  };
}

function checkRequest(directories: readonly string[], flags: CheckFlags, terminal: Terminal): CheckRequest {
  return {
    directories: directories.length === 0 ? ["."] : directories,
    policyPackConfig: flags.policyPackConfig,
    run: runOptions(flags, terminal),
    fixes: flags.fix ? "edit" : flags.fixPreview ? "preview" : "tell",
    format: flags.format,
    output: flags.output,
    reports: flags.report ?? [],
    render: {
      color: flags.color && terminal.color,
      quiet: flags.quiet ?? false,
      verbose: flags.verbose ?? false,
      width: terminal.columns,
    },
  };
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function collectOutput(value: string, previous: readonly Output[] = []): readonly Output[] {
  return [...previous, readOutput(value)];
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 86_400) {
    throw new InvalidArgumentError("Give a number of seconds, e.g. --timeout 300.");
  }
  return value;
}
