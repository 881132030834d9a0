/** Runs the program of a directory, and keeps what every command needs to know of that run. */
import type { StackResource } from "../policies/machine/resource";
import type { SecretValue } from "../policies/machine/secrets";
import { configSecrets } from "../policies/stack-config";
import { check, create } from "../provider";
import { nearest } from "./alike";
import { CheckError } from "./errors";
import { runWithoutGuesses } from "./guesses";
import { runProgram, type LogEntry, type Position, type RunResult } from "./host";
import { automationAdvice } from "./inputs/automation";
import { prepare } from "./languages";
import { preparationHints } from "./languages/hints";
import { missingConfig } from "./missing-config";
import { missingVariables } from "./missing-variables";
import { chooseStack, listStacks, readProject, readStackConfig, type LoadedConfig, type Project } from "./project";
import { Redactor } from "./redact";
import type { RunParts } from "./report";
import { sourceFiles, type SourceLocation } from "./source-files";
import { JUDGE_PREVIEW } from "./preview-command";
import { runWithTypes } from "./with-types";

/** What to run, and how. */
export interface RunOptions {
  readonly stack?: string | undefined;
  readonly config: readonly string[];
  readonly timeoutSeconds: number;
  /** Whether a program in TypeScript has to pass its type check, which takes longer than all the rest. */
  readonly checkTypes?: boolean | undefined;
  /** Receives what the program prints and logs, line by line. */
  readonly onProgramLine?: ((line: string) => void) | undefined;
}

/** A program that was run. */
export interface DirectoryRun {
  readonly resources: readonly StackResource[];
  /** Where the program creates them, by URN. */
  readonly locations: ReadonlyMap<string, SourceLocation>;
  /** What a report tells of the run. */
  readonly parts: RunParts;
  /** What this run could not do as Pulumi would. */
  readonly notes: readonly string[];
  /** Secrets of the configuration. */
  readonly secrets: readonly SecretValue[];
  readonly redactor: Redactor;
  /** The program itself; undefined where something else shows the resources. */
  readonly source?: ProgramSource;
}

/** Where a program is written. */
export interface ProgramSource {
  /** Directory of Pulumi.yaml. */
  readonly root: string;
  /** Where it creates its resources, by URN. */
  readonly positions: ReadonlyMap<string, Position>;
}

/** Runs the program in a directory, without the Pulumi CLI. */
export async function runDirectory(directory: string, options: RunOptions): Promise<DirectoryRun> {
  const project = readProject(directory);
  const stack = chooseStack(project, options.stack);
  const config = readStackConfig(project, stack.name, options.config);
  refuseMisspelt(project, options, stack.name, config);
  const redactor = Redactor.of(config);
  const secrets = configSecrets(config.values, stack.name, config.secretKeys);
  const telling = secrets.map(({ value }) => value).filter((value) => !config.placeholders.includes(value));
  const printed = redactor.and(telling).andEncoded();
  const onLine = options.onProgramLine && ((line: string) => options.onProgramLine?.(printed.redact(line)));
  const heard = onLine && {
    onLine,
    onLog: (entry: LogEntry) => {
      logLines(entry).forEach(onLine);
    },
  };
  const result = await runWithTypes(project, options.checkTypes, (checkTypes, isTyped) => {
    const program = prepare(project, { stack, config, checkTypes });
    const { timeoutSeconds } = options;
    return runWithoutGuesses((invoke, again) =>
      runProgram(program, { model: { check, create, invoke }, timeoutSeconds, ...(isTyped || again ? {} : heard) }),
    );
  });
  const { outcome } = result;
  const missing = await missingConfig(result, project, { stack, config }, options.timeoutSeconds);
  const notes = [...stackNotes(project, options, stack.name, config), ...result.notes];
  // What it prints was told as it came, where that was asked for.
  const told = onLine && result.arePrinted ? [] : result.errors;
  const errors = told.map((error) => printed.redact(error));
  const hints = [...missing, ...hintsFor(result, project, stack.name, config)];
  const files = sourceFiles(project.root);
  return {
    resources: result.resources,
    locations: files.locations(result.positions),
    parts: { directory, file: files.relative(project.file) ?? "Pulumi.yaml", stack, outcome, errors, hints },
    notes,
    secrets,
    redactor,
    source: { root: project.root, positions: result.positions },
  };
}

/** The SDK's debug messages hold every value of the program, secrets too; errors are told at the end. */
function logLines({ severity, message }: LogEntry): string[] {
  return severity === "debug" || severity === "error" ? [] : [`${severity}: ${message}`];
}

/** What stands for the configuration of a stack without a file. */
function stackNotes(project: Project, asked: RunOptions, stack: string, config: LoadedConfig): string[] {
  if (config.isTemplate) {
    return [`there is no Pulumi.${stack}.yaml: judged with the values that pulumi new would write into it.`];
  }
  const others = listStacks(project);
  if (asked.stack === undefined || config.file !== undefined || others.length === 0) return [];
  const judged = asked.config.length > 0 ? "with what --config gives" : "without configuration of a stack";
  return [`there is no Pulumi.${stack}.yaml: judged ${judged}. There is: ${others.join(", ")}.`];
}

/** A stack needs no file; one that has none, and the name of another but for a slip, is misspelt. */
function refuseMisspelt(project: Project, asked: RunOptions, stack: string, { file }: LoadedConfig): void {
  if (asked.stack === undefined || file !== undefined || asked.config.length > 0) return;
  const others = listStacks(project);
  const meant = nearest(stack, others);
  if (meant === undefined) return;
  throw new CheckError(
    [
      `${project.root} has no Pulumi.${stack}.yaml. Did you mean --stack ${meant}? There is: ${others.join(", ")}.`,
      "A stack that has no configuration takes an empty file, or its values with --config KEY=VALUE.",
    ].join("\n"),
  );
}

/** What programs say that could not reach something. */
const REACHES_OUT = [
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT)\b/,
  /NameResolutionError|name resolution|Name or service not known|no such host|UnknownHostException|\bgaierror\b/i,
  /Max retries exceeded|Could not connect to the endpoint|certificate fingerprint at the issuer|docker daemon/i,
  /(?:Unable to locate|Could not load|failed to retrieve) credentials|NoCredentialProviders|You must specify a region/i,
];

/** Likely reasons why a program failed here that would not fail under Pulumi. */
function hintsFor({ outcome, errors }: RunResult, project: Project, stack: string, config: LoadedConfig): string[] {
  if (outcome.kind === "completed") {
    return [];
  }
  const hints: string[] = [];
  const says = (text: string): boolean => errors.some((error) => error.includes(text));
  const stacks = listStacks(project);
  if (config.file === undefined && (stacks.length > 0 || says("configuration variable"))) {
    const others = stacks.length === 0 ? "" : ` Stacks with one: ${stacks.join(", ")} (--stack NAME).`;
    hints.push(`there is no Pulumi.${stack}.yaml, so only --config gives the program its configuration.${others}`);
  }
  if (config.environments) {
    hints.push("environments (Pulumi ESC) are not opened here: give what they set with --config KEY=VALUE.");
  }
  if (config.placeholders.length > 0) {
    hints.push(
      `encrypted values of the stack, ${String(config.placeholders.length)} here, are replaced by placeholders. ` +
        "Give one that must be a number or JSON with --config KEY=VALUE.",
    );
  }
  hints.push(...preparationHints(errors, project));
  hints.push(...missingVariables(errors, project.root));
  hints.push(...surroundingHints(errors, config));
  const automation = automationAdvice(project.root);
  if (automation !== "") {
    hints.push(`${project.root}: ${automation}`);
  }
  if (says("heap out of memory")) {
    hints.push('give the program more memory in Pulumi.yaml: runtime options nodeargs: "--max-old-space-size=8192".');
  }
  return hints;
}

/** What a program fails without that is neither its own nor configuration by name. */
function surroundingHints(errors: readonly string[], config: LoadedConfig): string[] {
  const hints: string[] = [];
  const lacksRegion =
    !config.values.has("aws:region") && !process.env["AWS_REGION"] && !process.env["AWS_DEFAULT_REGION"];
  if (lacksRegion && errors.some((error) => /region|availability.?zone/i.test(error))) {
    hints.push(
      "no region is configured, for a program that may read it: --config aws:region=REGION, or the stack's file.",
    );
  }
  if (errors.some((error) => REACHES_OUT.some((each) => each.test(error)))) {
    hints.push(
      "the program itself reaches for a network, an account or Docker. Ids are made up here, so that code in an apply runs " +
        `which a preview of new resources skips. Judge one instead: ${JUDGE_PREVIEW}`,
    );
  }
  return hints;
}
