/** Flags that several commands share. */
import { InvalidArgumentError, type Command } from "commander";
import type { Output } from "./outputs";
import { defaultJobs } from "./parallel";
import type { Format } from "./render/formats";
import { printable } from "./render/sanitize";
import type { RunOptions } from "./run";
import type { Terminal } from "./terminal";

/** Flags of every command that runs a program. */
export interface RunFlags {
  readonly config?: readonly string[];
  readonly policyPackConfig?: string;
  readonly timeout: number;
  readonly color: boolean;
  readonly verbose?: boolean;
}

/** Flags of commands that judge several programs. */
export interface InputFlags extends RunFlags {
  readonly stack?: readonly string[];
  readonly allStacks?: boolean;
  readonly jobs: number;
}

/** Flags of `check`. */
export interface CheckFlags extends InputFlags {
  readonly format: Format;
  readonly output?: string;
  readonly report?: readonly Output[];
  readonly quiet?: boolean;
  readonly failOn?: readonly string[];
  readonly onlyChanged?: string;
  readonly fix?: boolean;
  readonly fixPreview?: boolean;
}

/** Flags of `explain`. */
export interface ExplainFlags extends RunFlags {
  readonly stack?: string;
  readonly format: "text" | "json";
}

/** Adds the flags of every command that runs a program. */
export function withRunOptions(command: Command): Command {
  return command
    .option("--config <key=value>", "set a configuration value; repeatable", collect)
    .option("--policy-pack-config <file>", "levels and options of the policies, as pulumi takes them (JSON)")
    .option("--timeout <seconds>", "time limit for each program, in seconds", seconds, 300)
    .option("--no-color", "print without colours");
}

/** Adds the flags of commands that judge several programs. */
export function withInputOptions(command: Command): Command {
  return withRunOptions(command)
    .argument("[path...]", "programs, directories with programs, or files that Pulumi wrote (default: .)")
    .option("--stack <name>", "stack to judge (default: dev, or the only one that has a file); repeatable", collect)
    .option("--all-stacks", "judge every stack that has a Pulumi.NAME.yaml")
    .option("--jobs <count>", "how many programs may run at once", count, defaultJobs());
}

/** How to run programs. */
export function runOptions(flags: RunFlags, terminal: Terminal): RunOptions {
  return {
    config: flags.config ?? [],
    timeoutSeconds: flags.timeout,
    onProgramLine: flags.verbose
      ? (line) => {
          terminal.stderr(`${printable(line)}\n`);
        }
      : undefined,
  };
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1024) {
    throw new InvalidArgumentError("Give a number of programs, e.g. --jobs 4.");
  }
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || value > 86_400) {
    throw new InvalidArgumentError("Give a number of seconds, e.g. --timeout 300.");
  }
  return value;
}
