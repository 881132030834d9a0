/** `check`: judges programs and files side by side, prints in their order, and writes reports at the end. */
import type { PackSettings } from "../policies/settings";
import { judge, readPolicyConfig, type JudgedRun } from "./check";
import { onlyChanged, readPrevious } from "./changes";
import { errorText, failureText } from "./failures";
import { reportAndFix, type FixMode } from "./fixes";
import { runOptions, type CheckFlags } from "./flags";
import { inputsFrom, type Input } from "./inputs";
import { checkOutputs, STANDARD_OUTPUT, type Output } from "./outputs";
import { inParallel } from "./parallel";
import { Progress } from "./progress";
import { RENDERERS, type RenderOptions } from "./render";
import { showsMachines, type Format } from "./render/formats";
import { plural } from "./render/names";
import { heading, renderEnd, renderProject } from "./render/text";
import { ExitCode, type Report } from "./report";
import type { RunOptions } from "./run";
import { exitCodeOfRun, failuresOf, runReport, type FailedProject, type RunReport } from "./run-report";
import { checkSelectors, DEFAULT_FAIL_ON } from "./selection";
import type { Terminal } from "./terminal";
import { writeParts } from "./write-file";

/** What `check` is asked for. */
export interface CheckRequest {
  readonly inputs: readonly Input[];
  readonly policyPackConfig: string | undefined;
  readonly run: RunOptions;
  /** How many programs may run at once. */
  readonly jobs: number;
  /** What becomes of findings that a property settles; sources are edited by one run at a time. */
  readonly fixes: FixMode;
  readonly format: Format;
  /** Takes the place of standard output. */
  readonly output: string | undefined;
  /** Files to write besides. */
  readonly reports: readonly Output[];
  readonly render: RenderOptions;
  /** What the run is to fail on; undefined for mandatory findings. */
  readonly failOn: readonly string[] | undefined;
  /** A previous report (JSON): only what it does not have counts and is shown. */
  readonly onlyChanged: string | undefined;
}

/** Judges what the paths stand for. */
export function check(paths: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<number> {
  return runCheck(checkRequest(paths, flags, terminal), terminal);
}

function checkRequest(paths: readonly string[], flags: CheckFlags, terminal: Terminal): CheckRequest {
  return {
    inputs: inputsFrom(paths, flags),
    jobs: flags.jobs,
    policyPackConfig: flags.policyPackConfig,
    run: runOptions(flags, terminal),
    fixes: flags.fix ? "edit" : flags.fixPreview ? "preview" : "tell",
    format: flags.format,
    output: flags.output === STANDARD_OUTPUT ? undefined : flags.output,
    reports: flags.report ?? [],
    render: {
      color: flags.color && terminal.color,
      quiet: flags.quiet ?? false,
      verbose: flags.verbose ?? false,
      width: terminal.columns,
    },
    failOn: flags.failOn,
    onlyChanged: flags.onlyChanged,
  };
}

/** Runs it and returns the exit code. */
async function runCheck(request: CheckRequest, terminal: Terminal): Promise<number> {
  const { inputs, format, output, render, failOn = DEFAULT_FAIL_ON } = request;
  const settings = readPolicyConfig(request.policyPackConfig);
  checkSelectors(failOn, settings, "--fail-on");
  const previous = request.onlyChanged === undefined ? undefined : readPrevious(request.onlyChanged);
  const files = [...(output === undefined ? [] : [{ format, file: output }]), ...request.reports];
  checkOutputs(files);
  const isPrinted = format === "text" && output === undefined;
  const judged = await judgeInputs(request, settings, terminal, {
    withMachines: [format, ...request.reports.map((report) => report.format)].some(showsMachines),
    compare: (report) => (previous ? onlyChanged(report, previous) : report),
    show: (input, report) => {
      if (!isPrinted) return;
      if (inputs.length > 1) terminal.stdout((input === inputs[0] ? "" : "\n") + heading(input.label));
      if (report) terminal.stdout(renderProject(report, render));
    },
  });
  const run = runReport(settings, judged.projects, judged.failed);
  if (isPrinted) terminal.stdout(renderEnd(run, render));
  else if (output === undefined) for (const part of RENDERERS[format](run, render)) terminal.stdout(part);
  const isWritten = files.map((file) =>
    isDone(() => {
      writeOutput(file, run, plain(render));
    }, terminal),
  );
  if (request.failOn) terminal.stderr(verdict(failuresOf(run, failOn), failOn));
  return exitCodeOfRun(run, failOn) || (isWritten.every(Boolean) ? ExitCode.CLEAN : ExitCode.NOT_JUDGED);
}

/** What becomes of the reports as they come, in the order of the inputs. */
interface Handling {
  /** Whether the reports say of each machine what it is, found or not. */
  readonly withMachines?: boolean;
  readonly compare?: (report: Report) => Report;
  /** Prints one; undefined where it was not judged. */
  readonly show: (input: Input, report: Report | undefined) => void;
}

/** Judges inputs side by side, and tells on standard error what failed. */
export async function judgeInputs(
  request: Pick<CheckRequest, "inputs" | "jobs" | "run" | "fixes">,
  settings: PackSettings,
  terminal: Terminal,
  { withMachines = false, compare = (report) => report, show }: Handling,
): Promise<{ readonly projects: readonly Report[]; readonly failed: readonly FailedProject[] }> {
  const { inputs, fixes } = request;
  const jobs = fixes === "edit" ? 1 : request.jobs;
  const progress = new Progress(inputs.length, terminal.progress);
  const judged = inParallel(inputs, jobs, (input) =>
    progress.follow(input.label, () => outcomeOf(input, request, settings, withMachines)),
  );
  const projects: Report[] = [];
  const failed: FailedProject[] = [];
  for (const [index, input] of inputs.entries()) {
    const outcome = await judged[index];
    progress.clear();
    if (outcome === undefined) continue;
    if ("message" in outcome) {
      failed.push(outcome);
      show(input, undefined);
      terminal.stderr(`error: ${outcome.message}\n`);
    } else {
      const report = compare(outcome);
      projects.push(report);
      show(input, report);
      terminal.stderr(failureText(report, report.seen));
    }
  }
  progress.end();
  return { projects, failed };
}

/** Findings look the same whatever they fail: where that is not the usual, it is told. */
function verdict(failures: number, failOn: readonly string[]): string {
  const asked = failOn.map((word) => `--fail-on ${word}`).join(" ");
  return failures === 0 ? "" : `error: ${plural(failures, "finding")} at or above ${asked}\n`;
}

async function outcomeOf(
  input: Input,
  request: Pick<CheckRequest, "inputs" | "run" | "fixes">,
  settings: PackSettings,
  withMachines: boolean,
): Promise<Report | FailedProject> {
  const { onProgramLine } = request.run;
  const prefix = request.inputs.length > 1 ? `${input.label}: ` : "";
  const onLine =
    onProgramLine &&
    ((line: string) => {
      onProgramLine(prefix + line);
    });
  // An edit must not set what the types of an older SDK lack.
  const checkTypes = request.fixes === "edit";
  try {
    const run = async (): Promise<JudgedRun> =>
      judge(await input.run({ ...request.run, checkTypes, onProgramLine: onLine }), settings, withMachines);
    return await reportAndFix(run, request.fixes);
  } catch (error) {
    return { directory: input.label, message: errorText(error) };
  }
}

/** A file has neither colours nor the terminal's width. */
function plain(render: RenderOptions): RenderOptions {
  return { ...render, color: false, width: undefined };
}

/** Writes a report; directories that are missing are made. */
function writeOutput({ format, file }: Output, run: RunReport, options: RenderOptions): void {
  writeParts(file, RENDERERS[format](run, options), `the ${format} report`);
}

/** One report that cannot be written keeps none of the others. */
function isDone(write: () => void, terminal: Terminal): boolean {
  try {
    write();
    return true;
  } catch (error) {
    terminal.stderr(`error: ${errorText(error)}\n`);
    return false;
  }
}
