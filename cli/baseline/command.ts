/** `baseline`: writes today's findings as exemptions, each with an owner and a last day. */
import { existsSync, realpathSync } from "node:fs";
import { today, readPolicyConfig } from "../check";
import { judgeInputs, type CheckRequest } from "../check-command";
import { CheckError } from "../errors";
import { runOptions, type InputFlags } from "../flags";
import { inputsFrom } from "../inputs";
import { HIDDEN } from "../redact";
import { ExitCode } from "../report";
import { findingsOf, runReport, totalsOf, type PlacedFinding, type RunReport } from "../run-report";
import { checkSelectors, selects } from "../selection";
import type { Terminal } from "../terminal";
import { readTextFile } from "../text-file";
import { writeNew } from "../write-file";
import { balanceOf } from "../balance";
import { withExemptions, withoutExemptions, type PolicyExemption } from "./config-file";
import type { BaselineFlags } from "./options";
import { describeBaseline } from "./summary";

/** What `baseline` is asked for. */
export interface BaselineRequest extends Pick<CheckRequest, "inputs" | "run" | "jobs" | "policyPackConfig"> {
  /** Stacks and paths as the user gave them, for the next command. */
  readonly asked: readonly string[];
  readonly output: string;
  readonly reason: string;
  /** Undefined where nothing new is to be exempted. */
  readonly owner: string | undefined;
  /** The last day that the exemptions hold, YYYY-MM-DD. */
  readonly expires: string;
  /** Which findings; undefined for all of them. */
  readonly only: readonly string[] | undefined;
  /** Whether an exemption holds in every stack of the project. */
  readonly anyStack: boolean;
  /** Whether expired exemptions begin anew. */
  readonly renew: boolean;
  /** Whether exemptions that cover nothing go. */
  readonly prune: boolean;
  readonly force: boolean;
}

/** What was written. */
export interface Baseline {
  readonly exempted: readonly PlacedFinding[];
  readonly added: readonly PolicyExemption[];
  readonly removed: readonly PolicyExemption[];
  /** Findings whose exemption expired, left as they are. */
  readonly expired: readonly PlacedFinding[];
  /** Fixed exemptions that are still there. */
  readonly fixed: number;
}

/** Writes a baseline of what the paths stand for, and returns the exit code. */
export function baseline(paths: readonly string[], flags: BaselineFlags, terminal: Terminal): Promise<number> {
  const { output, policyPackConfig, jobs, only } = flags;
  const request = {
    ...{ output, policyPackConfig, jobs, only },
    asked: [...stackWords(flags), ...paths],
    inputs: inputsFrom(paths, flags),
    run: runOptions(flags, terminal),
    owner: ownerOf(flags),
    reason: text("--reason", flags.reason ?? `Older than the baseline of ${today()}`),
    expires: lastDay(flags.expires),
    anyStack: flags.anyStack ?? false,
    renew: flags.renew ?? false,
    prune: flags.prune ?? false,
    force: flags.force ?? false,
  };
  return runBaseline(request, terminal);
}

function stackWords({ stack = [], allStacks = false }: InputFlags): string[] {
  return [...stack.flatMap((name) => ["--stack", name]), ...(allStacks ? ["--all-stacks"] : [])];
}

/** Nobody, where exemptions are only taken out. */
function ownerOf({ owner, prune, renew, anyStack, reason, only, policyPackConfig }: BaselineFlags): string | undefined {
  if (owner !== undefined) return text("--owner", owner);
  const onlyPrunes = prune && !renew && !anyStack && reason === undefined && only === undefined;
  if (!onlyPrunes) {
    throw new CheckError(
      '--owner is missing: give who sees to the findings, e.g. --owner "platform team". --prune alone exempts nothing, and needs none.',
    );
  }
  if (policyPackConfig === undefined) {
    throw new CheckError("--prune takes exemptions out of a configuration: give it with --policy-pack-config FILE.");
  }
  return undefined;
}

function text(option: string, value: string): string {
  if (value.trim() === "") throw new CheckError(`${option} is empty. Give a text, e.g. ${option} "platform team".`);
  return value.trim();
}

/** Runs it and returns the exit code. */
async function runBaseline(request: BaselineRequest, terminal: Terminal): Promise<number> {
  const { policyPackConfig: config, output, only } = request;
  checkOutput(request);
  const settings = readPolicyConfig(config);
  checkSelectors(only ?? [], settings, "--only");
  const judged = await judgeInputs({ ...request, fixes: "tell" }, settings, terminal, { show: () => undefined });
  const run = runReport(settings, judged.projects, judged.failed);
  if (!totalsOf(run).complete) {
    terminal.stderr("error: no baseline was written: not everything was judged to its end. Mend that first.\n");
    return ExitCode.NOT_JUDGED;
  }
  const baseline = baselineOf(run, request);
  const { added, removed } = baseline;
  if (added.length + removed.length > 0) {
    const before = config === undefined ? "{}\n" : readTextFile(config);
    writeNew(output, withExemptions(withoutExemptions(before, removed), added, settings), "the baseline");
  }
  terminal.stdout(describeBaseline(baseline, run, request));
  return ExitCode.CLEAN;
}

/** A file may be rewritten where it is the configuration that was given, and otherwise only when that is asked for. */
function checkOutput({ policyPackConfig: config, output, force }: BaselineRequest): void {
  if (force || !existsSync(output)) return;
  if (config !== undefined && existsSync(config) && realpathSync(config) === realpathSync(output)) return;
  throw new CheckError(
    `${output} exists. To add to it: --policy-pack-config ${output}. To replace it: --force. Or give another file with --output FILE.`,
  );
}

function baselineOf(run: RunReport, request: BaselineRequest): Baseline {
  const { only, renew, prune, owner } = request;
  const standing = (owner === undefined ? [] : findingsOf(run))
    .filter(({ exempted }) => exempted === undefined)
    .filter(({ finding }) => only === undefined || selects(only, finding));
  const expired = renew ? [] : standing.filter(({ finding }) => finding.expired !== undefined);
  const exempted = standing.filter((placed) => !expired.includes(placed));
  const added = new Map<string, PolicyExemption>();
  const why = `${request.reason} (owner: ${owner ?? ""})`;
  for (const { finding } of exempted) {
    const exemption = exemptionFor(finding, why, request);
    added.set(`${exemption.policy} ${exemption.resource}`, exemption);
  }
  const fixed = balanceOf(run)?.fixed ?? [];
  const outlived = exempted.flatMap(({ finding: { policy, expired: old } }) => {
    // One that names more than this resource stays, for whatever else it is about.
    return old && added.has(`${policy} ${old.resource}`) ? [{ policy, ...old }] : [];
  });
  return {
    exempted,
    added: [...added.values()],
    removed: [...outlived, ...(prune ? fixed : [])],
    expired,
    fixed: prune ? 0 : fixed.length,
  };
}

function exemptionFor(
  finding: PlacedFinding["finding"],
  reason: string,
  { expires, anyStack }: BaselineRequest,
): PolicyExemption {
  return { policy: finding.policy, resource: globOf(finding.urn, anyStack), reason, expires };
}

/**
 * A glob that means the resource of a URN. Reports show no secret, and neither does a file: where a name is made of one,
 * the glob leaves it open. A star in a name would mean more than itself.
 */
function globOf(urn: string, anyStack: boolean): string {
  const literal = urn.replaceAll("*", "?").replaceAll(HIDDEN, "*");
  return anyStack ? literal.replace(/^urn:pulumi:.*?::/, "urn:pulumi:*::") : literal;
}

/** The last day that exemptions hold, from a number of days or a date. */
function lastDay(text: string): string {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  const date = new Date(`${days === undefined ? text : today()}T00:00:00Z`);
  if (days !== undefined) date.setUTCDate(date.getUTCDate() + days);
  const day = Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
  if (day === "" || (days === undefined && day !== text)) {
    throw new CheckError(`--expires ${text}: give a number of days or a date as YYYY-MM-DD, e.g. --expires 90.`);
  }
  if (day < today()) {
    throw new CheckError(`--expires ${text}: this day is over, so nothing would be exempted. Give a later one.`);
  }
  return day;
}
