/** `check`: judges programs and files side by side, prints in their order, and writes reports at the end. */
import { judgeRun, readPolicyConfig } from "./check";
import { errorText, failureText } from "./failures";
import type { Input } from "./inputs";
import { checkOutputs, writeOutput, type Output } from "./outputs";
import { inParallel } from "./parallel";
import { Progress } from "./progress";
import { RENDERERS, type Format, type RenderOptions } from "./render";
import { heading, renderProject, renderTotal } from "./render/text";
import { ExitCode, type Report } from "./report";
import type { RunOptions } from "./run";
import { exitCodeOfRun, runReport, type FailedProject } from "./run-report";
import type { Terminal } from "./terminal";

/** What `check` is asked for. */
export interface CheckRequest {
  readonly inputs: readonly Input[];
  readonly policyPackConfig: string | undefined;
  readonly run: RunOptions;
  /** How many programs may run at once. */
  readonly jobs: number;
  readonly format: Format;
  /** Takes the place of standard output. */
  readonly output: string | undefined;
  /** Files to write besides. */
  readonly reports: readonly Output[];
  readonly render: RenderOptions;
}

/** Runs it and returns the exit code. */
export async function runCheck(request: CheckRequest, terminal: Terminal): Promise<number> {
  const { inputs, format, output, render } = request;
  const settings = readPolicyConfig(request.policyPackConfig);
  const files = [...(output === undefined ? [] : [{ format, file: output }]), ...request.reports];
  checkOutputs(files);
  const isPrinted = format === "text" && output === undefined;
  const progress = new Progress(inputs.length, terminal.progress);
  const judged = inParallel(inputs, request.jobs, (input) =>
    progress.follow(input.label, () => outcomeOf(input, request, settings)),
  );
  const projects: Report[] = [];
  const failed: FailedProject[] = [];
  for (const [index, { label }] of inputs.entries()) {
    const outcome = await judged[index];
    progress.clear();
    if (isPrinted && inputs.length > 1) terminal.stdout((index === 0 ? "" : "\n") + heading(label));
    if (outcome === undefined) continue;
    if ("message" in outcome) {
      failed.push(outcome);
      terminal.stderr(`error: ${outcome.message}\n`);
    } else {
      projects.push(outcome);
      if (isPrinted) terminal.stdout(renderProject(outcome, render));
      terminal.stderr(failureText(outcome, outcome.seen));
    }
  }
  progress.end();
  const run = runReport(settings, projects, failed);
  if (isPrinted) terminal.stdout(renderTotal(run, render));
  else if (output === undefined) terminal.stdout(RENDERERS[format](run, render));
  const isWritten = files.map((file) =>
    isDone(() => {
      writeOutput(file, run, plain(render));
    }, terminal),
  );
  return exitCodeOfRun(run) || (isWritten.every(Boolean) ? ExitCode.CLEAN : ExitCode.NOT_JUDGED);
}

async function outcomeOf(
  input: Input,
  request: CheckRequest,
  settings: ReturnType<typeof readPolicyConfig>,
): Promise<Report | FailedProject> {
  const { onProgramLine } = request.run;
  const prefix = request.inputs.length > 1 ? `${input.label}: ` : "";
  const onLine =
    onProgramLine &&
    ((line: string) => {
      onProgramLine(prefix + line);
    });
  try {
    return judgeRun(await input.run({ ...request.run, onProgramLine: onLine }), settings);
  } catch (error) {
    return { directory: input.label, message: errorText(error) };
  }
}

/** A file has neither colours nor the terminal's width. */
function plain(render: RenderOptions): RenderOptions {
  return { ...render, color: false, width: undefined };
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
