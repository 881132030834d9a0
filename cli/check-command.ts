/** `check`: judges programs one after the other, prints as it goes, and writes reports at the end. */
import { readPolicyConfig } from "./check";
import { errorText, failureText } from "./failures";
import { judgeAndFix, type FixMode } from "./fixes";
import { checkOutputs, writeOutput, type Output } from "./outputs";
import { RENDERERS, type Format, type RenderOptions } from "./render";
import { heading, renderProject } from "./render/text";
import { ExitCode, type Report } from "./report";
import { runDirectory, type RunOptions } from "./run";
import { exitCodeOfRun, runReport, type FailedProject } from "./run-report";
import type { Terminal } from "./terminal";

/** What `check` is asked for. */
export interface CheckRequest {
  readonly directories: readonly string[];
  readonly policyPackConfig: string | undefined;
  readonly run: RunOptions;
  readonly fixes: FixMode;
  readonly format: Format;
  /** Takes the place of standard output. */
  readonly output: string | undefined;
  /** Files to write besides. */
  readonly reports: readonly Output[];
  readonly render: RenderOptions;
}

/** Runs it and returns the exit code. */
export async function runCheck(request: CheckRequest, terminal: Terminal): Promise<number> {
  const { directories, format, output, render } = request;
  const settings = readPolicyConfig(request.policyPackConfig);
  const files = [...(output === undefined ? [] : [{ format, file: output }]), ...request.reports];
  checkOutputs(files);
  const isPrinted = format === "text" && output === undefined;
  const projects: Report[] = [];
  const failed: FailedProject[] = [];
  for (const [index, directory] of directories.entries()) {
    if (isPrinted && directories.length > 1) terminal.stdout((index === 0 ? "" : "\n") + heading(directory));
    try {
      const report = await judgeAndFix(() => runDirectory(directory, request.run), settings, request.fixes);
      projects.push(report);
      if (isPrinted) terminal.stdout(renderProject(report, render));
      terminal.stderr(failureText(report, report.seen));
    } catch (error) {
      const message = errorText(error);
      failed.push({ directory, message });
      terminal.stderr(`error: ${message}\n`);
    }
  }
  const run = runReport(settings, projects, failed);
  if (!isPrinted && output === undefined) terminal.stdout(RENDERERS[format](run, render));
  const isWritten = files.map((file) =>
    isDone(() => {
      writeOutput(file, run, plain(render));
    }, terminal),
  );
  return exitCodeOfRun(run) || (isWritten.every(Boolean) ? ExitCode.CLEAN : ExitCode.NOT_JUDGED);
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
