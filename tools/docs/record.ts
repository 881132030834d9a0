/** Writes down what was measured. */
import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { FILE, read, type Figures } from "./measured";

/** Keeps new figures; those of other subjects stay. */
export async function record(figures: Figures): Promise<void> {
  const style = await resolveConfig(FILE);
  writeFileSync(FILE, await format(JSON.stringify({ ...read(), ...figures }), { ...style, filepath: FILE }));
}
