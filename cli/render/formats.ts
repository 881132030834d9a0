/** What can be asked for without loading what writes it. */

/** Names of the formats of a report. */
export const FORMATS = ["text", "json", "sarif", "junit", "html", "markdown", "github", "gitlab"] as const;

export type Format = (typeof FORMATS)[number];

/** Formats that show the machines of a program, and not only what was found. */
const WITH_MACHINES: ReadonlySet<Format> = new Set(["json", "html"]);

/** Whether a format shows the machines. */
export function showsMachines(format: Format): boolean {
  return WITH_MACHINES.has(format);
}
