import { isRecord } from "../../policies/machine/resource";
import { CheckError } from "../errors";
import { readPlan } from "./plan";
import { isEvent, readEvents, readPreview } from "./preview";
import { readState } from "./state";
import type { Content } from "./written";
import { PREVIEW } from "../preview-command";

const ACCEPTED = `Give a directory of a Pulumi program, or a file that one of these wrote:
  ${PREVIEW} > preview.json
  pulumi stack export > state.json`;

/** Reads what Pulumi wrote, whatever the file is called. */
export function readContent(text: string, label: string): Content {
  if (text.trim() === "") throw new CheckError(`${label} is empty. ${ACCEPTED}`);
  const content = recognised(parse(text)) ?? eventsIn(text);
  if (content !== undefined) return content;
  // What JSON.parse says would show a part of the file.
  const why =
    /^\s*\{/.test(text) && json(text) === undefined
      ? "is not valid JSON: it may be cut off"
      : "is nothing that check can read";
  throw new CheckError(`${label} ${why}. ${ACCEPTED}`);
}

function recognised(value: unknown): Content | undefined {
  if (!isRecord(value)) return undefined;
  const { deployment, checkpoint, resourcePlans, version } = value;
  if (isRecord(deployment)) return readState(deployment, version);
  if (isRecord(checkpoint)) return readState(isRecord(checkpoint["latest"]) ? checkpoint["latest"] : {}, version);
  if (isRecord(resourcePlans)) return readPlan(resourcePlans);
  return Array.isArray(value["steps"]) || isRecord(value["changeSummary"]) || isPreviewWithoutSteps(value)
    ? readPreview(value)
    : undefined;
}

/** A preview that failed at once has no steps. */
function isPreviewWithoutSteps(value: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(value["diagnostics"]) && "duration" in value;
}

function eventsIn(text: string): Content | undefined {
  const events = text.split("\n").flatMap((line) => (line.startsWith('{"') ? [json(line)] : []));
  const known = events.filter(isEvent);
  return known.length === 0 ? undefined : readEvents(known);
}

/** JSON, also where what the CLI says to people stands around it. */
function parse(text: string): unknown {
  const start = /^\{/m.exec(text)?.index ?? 0;
  return json(text) ?? json(text.slice(start, text.lastIndexOf("\n}") + 2));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
