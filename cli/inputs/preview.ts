/** `pulumi preview --json`, and the engine's events: one JSON text a line. */
import { isRecord, type Properties } from "../../policies/machine/resource";
import { text, type Content, type Written } from "./written";
import { PREVIEW } from "../preview-command";

const CREATES: ReadonlySet<unknown> = new Set(["create", "create-replacement", "replace"]);
const READS: ReadonlySet<unknown> = new Set(["read", "read-replacement"]);
const ENDS: ReadonlySet<unknown> = new Set(["delete", "discard"]);

/** Follows the steps of a run: what the stack holds at its end. */
class Steps {
  readonly resources = new Map<string, Written>();

  /** Takes a step from one state of a resource to the next. Of a replacement, only what takes the place counts. */
  take(op: unknown, urn: string, before: unknown, after: unknown): void {
    if (isRecord(after)) {
      const state = READS.has(op) ? { ...after, external: true } : after;
      this.resources.set(urn, { state, created: CREATES.has(op) });
    } else if (op === "refresh" || (ENDS.has(op) && !(isRecord(before) && before["delete"] === true))) {
      this.resources.delete(urn);
    }
  }
}

/** Reads a preview: steps with their states, diagnostics, and how many steps there were of each kind. */
export function readPreview(preview: Properties): Content {
  const steps = new Steps();
  const shown = listOf(preview["steps"]);
  for (const step of shown) {
    const urn = text(step["urn"]);
    if (urn !== undefined) steps.take(step["op"], urn, step["oldState"], step["newState"]);
  }
  const errors = toldErrors(listOf(preview["diagnostics"]).filter(isError).map(messageOf));
  return {
    kind: "preview",
    resources: steps.resources,
    config: readConfig(preview["config"]),
    errors,
    complete: errors.length === 0 && isRecord(preview["changeSummary"]),
    notes: leftOut(shown, preview["changeSummary"]),
  };
}

/** A preview leaves out what stays as it is, unless it is told not to. */
function leftOut(shown: readonly Properties[], summary: unknown): string[] {
  const all = isRecord(summary) ? Number(summary["same"] ?? 0) : 0;
  const refreshed = shown.some(({ op }) => op === "refresh");
  const missing = all - shown.filter(({ op }) => op === "same").length;
  if (!(missing > 0) || refreshed) return [];
  return [
    `${String(missing)} unchanged resources are not in the preview, so they are not judged, and what depends on them ` +
      `is unverified. Make it with: ${PREVIEW}`,
  ];
}

/** Whether a line of a file is an event of the engine. */
export function isEvent(line: unknown): line is Properties {
  return isRecord(line) && typeof line["sequence"] === "number" && typeof line["timestamp"] === "number";
}

/** Follows the events of a run to its end. */
class Events {
  readonly steps = new Steps();
  /** Errors that were logged, and what the CLI says last. */
  readonly logged: string[] = [];
  config: unknown;
  result: unknown;
  /** Whether a policy ends the run: it does so once the program is done. */
  isStopped = false;

  take(event: Properties): void {
    this.config ??= partOf(event, "preludeEvent")?.["config"];
    const summary = partOf(event, "summaryEvent");
    if (summary) this.result = summary["result"] ?? "succeeded";
    const diagnostic = partOf(event, "diagnosticEvent");
    if (diagnostic && isError(diagnostic)) this.logged.push(messageOf(diagnostic));
    this.isStopped ||= isViolation(partOf(event, "policyEvent"));
    const step = partOf(partOf(event, "resourcePreEvent") ?? partOf(event, "resOutputsEvent"), "metadata");
    const urn = text(step?.["urn"]);
    if (step && urn !== undefined) this.steps.take(step["op"], urn, step["old"], step["new"]);
  }

  /** Why the program did not come to its end; empty where it did. */
  errors(): string[] {
    if (this.result === undefined)
      return [...this.logged, "the events stop before the summary: the run had not ended."];
    return this.isStopped && this.logged.every(isClosing) ? [] : toldErrors(this.logged);
  }
}

/** Reads events of a preview or an update. */
export function readEvents(events: readonly Properties[]): Content {
  const read = new Events();
  events.forEach((event) => {
    read.take(event);
  });
  const errors = read.errors();
  const isUntold = errors.length === 0 && read.result === "failed" && !read.isStopped;
  return {
    kind: "event log",
    resources: read.steps.resources,
    config: readConfig(read.config),
    errors,
    complete: errors.length === 0 && !isUntold,
    notes: [
      "events do not tell what a resource depends on: a value that is not known yet cannot be followed to the resource " +
        "it comes from, and stays unverified. `pulumi preview --json` tells it.",
    ],
  };
}

function partOf(event: Properties | undefined, key: string): Properties | undefined {
  const part = event?.[key];
  return isRecord(part) ? part : undefined;
}

function isError({ severity }: Properties): boolean {
  return severity === "error" || severity === "fatal";
}

/** What the CLI says last of a run that fails, for whatever reason. */
function isClosing(message: string): boolean {
  return /^(?:preview|update|refresh|destroy) failed$/.test(message);
}

/** A preview does not tell what policies said, but only that it failed. */
function toldErrors(errors: readonly string[]): string[] {
  if (errors.length === 0 || !errors.every(isClosing)) return [...errors];
  return [
    `${errors.join("; ")}, without an error of the program: policies that it was given have stopped it, most likely. ` +
      "Judge a preview without --policy-pack, or its event log.",
  ];
}

/** A finding of a policy that ends a run; one that is exempted does not. */
function isViolation(event: Properties | undefined): boolean {
  return event?.["enforcementLevel"] === "mandatory" && listOf(event["exceptions"]).length === 0;
}

function messageOf({ message }: Properties): string {
  return (text(message) ?? "").replace(/^error: /, "").trimEnd();
}

function readConfig(config: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(isRecord(config) ? config : {});
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function listOf(value: unknown): readonly Properties[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
