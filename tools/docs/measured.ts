/** Figures that were measured: kept with their day in docs/measured.json, and shown as tables from there. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { table } from "./markdown";

const FILE = "docs/measured.json";

/** What one run of a comparison has measured. */
export interface Measured {
  /** The day, YYYY-MM-DD in UTC, or the month. */
  readonly measured: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What could not be measured, and why. */
  readonly notes: readonly string[];
}

type Figures = Readonly<Record<string, Measured>>;

function read(): Figures {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Figures) : {};
}

/** Keeps new figures; those of other subjects stay. */
export async function record(figures: Figures): Promise<void> {
  const style = await resolveConfig(FILE);
  writeFileSync(FILE, await format(JSON.stringify({ ...read(), ...figures }), { ...style, filepath: FILE }));
}

/** The figures of a subject as a table, with their day. */
export function measuredTable(subject: string): string {
  const found = read()[subject];
  if (!found) throw new Error(`${FILE} has no ${subject}: measure it first, e.g. npm run compare -- --record`);
  const { measured, columns, rows, notes } = found;
  const missing = notes.length === 0 ? "" : ` Not measured: ${notes.join("; ")}.`;
  return `${table(columns, rows)}\n\nMeasured ${measured}.${missing}`;
}
