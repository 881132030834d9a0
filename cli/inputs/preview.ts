/** `pulumi preview --json`, and the engine's events: one JSON text a line. */
import { isRecord, type Properties } from "../../policies/machine/resource";
import { text, type Content, type Written } from "./written";

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
  const errors = listOf(preview["diagnostics"]).filter(isError).map(messageOf);
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
      "is unverified. Make it with: pulumi preview --json --show-sames",
  ];
}

/** Whether a line of a file is an event of the engine. */
export function isEvent(line: unknown): line is Properties {
  return isRecord(line) && typeof line["sequence"] === "number" && typeof line["timestamp"] === "number";
}

/** Reads events of a preview or an update. */
export function readEvents(events: readonly Properties[]): Content {
  const steps = new Steps();
  const errors: string[] = [];
  let [config, result]: [unknown, unknown] = [undefined, undefined];
  for (const event of events) {
    config ??= partOf(event, "preludeEvent")?.["config"];
    const summary = partOf(event, "summaryEvent");
    if (summary) result = summary["result"] ?? "succeeded";
    const diagnostic = partOf(event, "diagnosticEvent");
    if (diagnostic && isError(diagnostic)) errors.push(messageOf(diagnostic));
    const step = partOf(partOf(event, "resourcePreEvent") ?? partOf(event, "resOutputsEvent"), "metadata");
    const urn = text(step?.["urn"]);
    if (step && urn !== undefined) steps.take(step["op"], urn, step["old"], step["new"]);
  }
  if (result === undefined) errors.push("the events stop before the summary: the run had not ended.");
  return {
    kind: "event log",
    resources: steps.resources,
    config: readConfig(config),
    errors,
    complete: errors.length === 0 && result !== "failed",
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
