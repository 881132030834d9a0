/** Figures that the documentation shows, in `docs/measured.json`: written by the bench, never by hand. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";

/** Puts what a section measured, with when and where, in the place of what it measured before. */
export function record(root: string, section: string, measured: Readonly<Record<string, unknown>>): void {
  const file = path.join(root, "docs", "measured.json");
  const before = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) as {
    readonly speed?: Readonly<Record<string, unknown>>;
  };
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { readonly version: string };
  const at = {
    date: new Date().toISOString().slice(0, 10),
    version,
    node: process.versions.node,
    cores: cpus().length,
  };
  const all = { ...before, speed: { ...before.speed, [section]: { ...at, ...measured } } };
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}
