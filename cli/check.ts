import { judgeModel } from "../policies/judge";
import { Model } from "../policies/machine/model";
import { remediesIn, type Remedy } from "../policies/remediate";
import { OptionsError, readSettings, type PackSettings } from "../policies/settings";
import { brokenLine, duplicateKey } from "./duplicate-keys";
import { CheckError } from "./errors";
import { machineViews } from "./machines";
import { readTextFile } from "./text-file";
import { buildReport, type Report } from "./report";
import { redactReport } from "./report-redaction";
import { runInput } from "./inputs";
import type { DirectoryRun, RunOptions } from "./run";

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
    return parsed(readTextFile(file));
  } catch (error) {
    throw new CheckError(
      `--policy-pack-config ${file}: ${whyUnreadable(error)}. Give a JSON file such as {"all": "advisory"}; ec2-hardening init writes one.`,
    );
  }
}

function parsed(text: string): unknown {
  const content = jsonIn(text);
  const twice = duplicateKey(text);
  if (twice !== undefined) throw new SyntaxError(`"${twice}" stands there twice, of which only one counts`);
  return content;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const line = brokenLine(text);
    throw new SyntaxError(`it is not valid JSON${line === undefined ? "" : `: see line ${String(line)}`}`);
  }
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  return code === "EISDIR" ? "it is a directory" : message;
}

/** Runs the program in a directory and judges what it registers. */
export async function checkProgram(directory: string, settings: PackSettings, options: RunOptions): Promise<Report> {
  const judged = judge(await runInput(directory, options), settings, false);
  return judged.told(judged.report);
}

/** A run that is judged, with what it takes to mend what was found. */
export interface JudgedRun {
  readonly run: DirectoryRun;
  /** With secrets in it, and no machines: not to be shown before it is `told`. */
  readonly report: Report;
  /** What settles findings that stand. */
  readonly remedies: () => readonly Remedy[];
  /** The same report without secrets, and with the machines where they are asked for. */
  readonly told: (report: Report) => Report;
}

/** Judges a run and keeps the model that it was judged by. Machines are described only for a report that shows them. */
export function judge(run: DirectoryRun, settings: PackSettings, withMachines: boolean): JudgedRun {
  const { parts, resources, locations, notes } = run;
  const model = Model.ofStack(resources, () => run.secrets);
  const judgement = judgeModel(model, settings, today());
  return {
    run,
    report: buildReport(parts, resources, { judgement, machines: [], locations, notes }),
    remedies: () => remediesIn(model, settings, judgement.findings),
    told: (report) =>
      redactReport(
        { ...report, machines: withMachines ? machineViews(model) : [] },
        run.redactor.and(model.secrets.map(({ value }) => value)),
      ),
  };
}

/** The day in UTC, by which exemptions expire. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
