import { readFileSync } from "node:fs";
import { judgeStack, type Finding, type Judgement } from "../policies/judge";
import { OptionsError, readSettings, type PackSettings } from "../policies/settings";
import { configSecrets } from "../policies/stack-config";
import { check, create, invoke } from "../provider";
import { CheckError } from "./errors";
import { runProgram, type LogEntry, type RunResult } from "./host";
import { prepare } from "./languages";
import { chooseStack, listStacks, readProject, readStackConfig, type LoadedConfig, type Project } from "./project";
import { Redactor } from "./redact";
import { buildReport, type Report } from "./report";

/** What to judge, and how. */
export interface CheckOptions {
  readonly stack?: string | undefined;
  readonly config: readonly string[];
  readonly timeoutSeconds: number;
  /** Receives what the program prints and logs, line by line. */
  readonly onProgramLine?: ((line: string) => void) | undefined;
}

const MODEL = { check, create, invoke };

/** Reads the policies' configuration, in the form that `pulumi --policy-pack-config` takes. */
export function readPolicyConfig(file: string | undefined): PackSettings {
  return file === undefined ? readSettings() : settingsOf(file, readJson(file));
}

function settingsOf(file: string, content: unknown): PackSettings {
  try {
    return readSettings(content);
  } catch (error) {
    throw error instanceof OptionsError ? new CheckError(`${file}: ${error.message}`) : error;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckError(`--policy-pack-config ${file}: ${reason}. Give a JSON file such as {"all": "advisory"}.`);
  }
}

/** Runs the program in a directory and judges what it registers. */
export async function checkProgram(directory: string, settings: PackSettings, options: CheckOptions): Promise<Report> {
  const project = readProject(directory);
  const stack = chooseStack(project, options.stack);
  const config = readStackConfig(project, stack.name, options.config);
  const program = prepare(project, { stack, config });
  const redactor = new Redactor(config);
  const onLine = options.onProgramLine && ((line: string) => options.onProgramLine?.(redactor.redact(line)));
  const result = await runProgram(program, {
    model: MODEL,
    timeoutSeconds: options.timeoutSeconds,
    ...(onLine
      ? {
          onLine,
          onLog: (entry: LogEntry) => {
            logLines(entry).forEach(onLine);
          },
        }
      : {}),
  });
  const { outcome, errors } = result;
  const notes = [...stackNotes(project, options.stack, stack.name, config), ...result.notes];
  const parts = { directory, stack, outcome, notes, errors: errors.map((error) => redactor.redact(error)) };
  const hints = hintsFor(result, project, stack.name, config);
  const judgement = redacted(
    judgeStack(result.resources, settings, today(), configSecrets(config.values, stack.name, config.secretKeys)),
    redactor,
  );
  return buildReport({ ...parts, hints }, result.resources, judgement);
}

/** Names may be made from secret configuration. */
function redacted(judgement: Judgement, redactor: Redactor): Judgement {
  const clean = <T extends Finding>(finding: T): T => ({ ...finding, message: redactor.redact(finding.message) });
  return { ...judgement, findings: judgement.findings.map(clean), exempted: judgement.exempted.map(clean) };
}

/** The day in UTC, by which exemptions expire. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The SDK's debug messages hold every value of the program, secrets too. */
function logLines({ severity, message }: LogEntry): string[] {
  return severity === "debug" ? [] : [`${severity}: ${message}`];
}

/** A stack asked for by name that has no configuration, while others have: perhaps misspelt. */
function stackNotes(project: Project, asked: string | undefined, stack: string, config: LoadedConfig): string[] {
  const others = listStacks(project);
  if (asked === undefined || config.file !== undefined || others.length === 0) {
    return [];
  }
  return [`there is no Pulumi.${stack}.yaml: judged without configuration of a stack. There is: ${others.join(", ")}.`];
}

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
  if (says("No AWS region has been configured")) {
    hints.push("the program asks for its region: give it with --config aws:region=REGION, or in the stack's file.");
  }
  if (says("heap out of memory")) {
    hints.push('give the program more memory in Pulumi.yaml: runtime options nodeargs: "--max-old-space-size=8192".');
  }
  return hints;
}
