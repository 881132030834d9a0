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
  "replacement",
  "role",
  "severity",
  "state",
  "type",
  "value",
]);

/** Takes secrets out of what a report shows: names may be made from secret configuration. */
export function redactReport(report: Report, redactor: Redactor): Report {
  const { resources, exempted, exemptions, machines, notices, errors, fixes } = report;
  const told = { resources, exempted, exemptions, machines, notices, errors, ...(fixes && { fixes }) };
  return { ...report, ...redactor.redactIn(told, OWN_WORDS) };
}
