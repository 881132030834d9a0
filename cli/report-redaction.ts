import type { Redactor } from "./redact";
import type { Report } from "./report";

/** Words of this project's own tables, by the key they stand under: a secret that is spelt alike hides nothing there. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "after",
  "attribute",
  "before",
  "expires",
  "kind",
  "level",
  "policies",
  "policy",
  "profile",
  "role",
  "severity",
  "state",
  "type",
  "value",
]);

/** Takes secrets out of what a report shows: names may be made from secret configuration. */
export function redactReport(report: Report, redactor: Redactor): Report {
  const redact = (text: string): string => redactor.redact(text);
  const { resources, exempted, exemptions, machines, notices, errors, fixes } = report;
  const told = { resources, exempted, exemptions, machines, notices, errors, ...(fixes && { fixes }) };
  return { ...report, ...everyText(told, redact) };
}

/** Plain data with every text in it changed. */
function everyText<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => everyText(each, change)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) => [
    key,
    OWN_WORDS.has(key) ? each : everyText(each, change),
  ]);
  return Object.fromEntries(entries) as T;
}
