/** Figures that were measured: kept with their day in docs/measured.json, and shown as tables from there. */
import { existsSync, readFileSync } from "node:fs";
import { table } from "./markdown";

export const FILE = "docs/measured.json";

/** What one run of a comparison has measured. */
export interface Measured {
  /** The day, YYYY-MM-DD in UTC, or the month. */
  readonly measured: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What could not be measured, and why. */
  readonly notes: readonly string[];
}

export type Figures = Readonly<Record<string, Measured>>;

/** All that is kept. */
export function read(): Figures {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Figures) : {};
}

/** The figures of a subject as a table, with their day. */
export function measuredTable(subject: string): string {
  const found = read()[subject];
  if (!found) throw new Error(`${FILE} has no ${subject}: measure it first, e.g. npm run compare -- --record`);
  const { measured, columns, rows, notes } = found;
  const missing = notes.length === 0 ? "" : ` Not measured: ${notes.join("; ")}.`;
  return `${table(columns, rows)}\n\nMeasured ${measured}.${missing}`;
}
