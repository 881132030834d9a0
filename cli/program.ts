import { readFileSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { checkProgram, readPolicyConfig } from "./check";
import { CheckError } from "./errors";
import { explainExitCode, explainProgram } from "./explain";
import { RENDERERS, type RenderOptions } from "./render";
import { renderExplanation } from "./render/explain";
import { explanationJson } from "./render/explain-json";
import { describeOutcome } from "./render/outcome";
import { printable } from "./render/sanitize";
import { ExitCode, exitCodeOf, seenOf, type RunParts } from "./report";
import type { RunOptions } from "./run";

/** Where the command line prints. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** How wide it is; undefined where it is no terminal. */
  readonly columns: number | undefined;
}

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
  readonly quiet?: boolean;
}

interface ExplainFlags extends RunFlags {
  readonly format: "text" | "json";
}

const MAX_ERROR_LINES = 24;

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
  ec2-hardening check --policy-pack-config policy-config.json infra`;

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
      exitCode = await runCheck(directories, flags, terminal);
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
    .option("--quiet", "print violations only")
    .option("--verbose", "print what the program prints, and URNs")
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

async function runCheck(directories: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<number> {
  const settings = readPolicyConfig(flags.policyPackConfig);
  const codes: number[] = [];
  for (const directory of directories.length === 0 ? ["."] : directories) {
    if (directories.length > 1) {
      terminal.stdout(`${codes.length === 0 ? "" : "\n"}${printable(directory)}\n\n`);
    }
    codes.push(await checkOne(directory, settings, flags, terminal));
  }
  return codes.includes(ExitCode.VIOLATIONS) ? ExitCode.VIOLATIONS : Math.max(...codes);
}

async function checkOne(
  directory: string,
  settings: ReturnType<typeof readPolicyConfig>,
  flags: CheckFlags,
  terminal: Terminal,
): Promise<number> {
  try {
    const report = await checkProgram(directory, settings, runOptions(flags, terminal));
    terminal.stdout(RENDERERS.text(report, renderOptions(flags, terminal)));
    terminal.stderr(failureText(report, report.seen));
    return exitCodeOf(report);
  } catch (error) {
    terminal.stderr(`error: ${errorText(error)}\n`);
    return ExitCode.NOT_JUDGED;
  }
}

function renderOptions(flags: CheckFlags, terminal: Terminal): RenderOptions {
  return { color: flags.color && terminal.color, quiet: flags.quiet ?? false, verbose: flags.verbose ?? false };
}

function failureText({ outcome, errors, hints }: RunParts, seen: number): string {
  if (outcome.kind === "completed") {
    return "";
  }
  const lines = [
    `error: ${describeOutcome(outcome, seen)}`,
    ...errors.flatMap(errorLines),
    ...hints.map((hint) => `hint: ${hint}`),
  ];
  return `\n${printable(lines.join("\n"))}\n`;
}

/** The start of an error: an inspected one may fill screens. */
function errorLines(error: string): string[] {
  const lines = error.trimEnd().split("\n");
  const more = lines.length > MAX_ERROR_LINES ? [`… ${String(lines.length - MAX_ERROR_LINES)} more lines`] : [];
  return [...lines.slice(0, MAX_ERROR_LINES), ...more].map((line) => `  ${line}`);
}

/** An expected error says what to do; any other is a fault of this program, and its stack helps to report it. */
function errorText(error: unknown): string {
  if (error instanceof CheckError) {
    return printable(error.message);
  }
  return printable(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 86_400) {
    throw new InvalidArgumentError("Give a number of seconds, e.g. --timeout 300.");
  }
  return value;
}

/** The package's own version; compiled code lies one directory deeper than its source. */
function packageVersion(): string {
  for (const up of ["..", "../.."]) {
    try {
      const content = JSON.parse(readFileSync(path.join(__dirname, up, "package.json"), "utf8")) as { version: string };
      return content.version;
    } catch {
      continue;
    }
  }
  return "unknown";
}
