/** Bottlerocket's settings, and the texts that they hold in base64 (Bottlerocket, "Settings reference"). */
import type * as TomlModule from "smol-toml" with { "resolution-mode": "require" };
import { fromBase64 } from "./encodings";
import { inside, type Place, type Visitor } from "./parts";
import { isRecord } from "./yaml";

/** The tables of a TOML document; undefined where it is not valid. */
export function parseToml(text: string): Readonly<Record<string, unknown>> | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { parse } = require("smol-toml") as typeof TomlModule;
  try {
    return parse(text, { maxDepth: 100 });
  } catch {
    return undefined;
  }
}

/** Settings of every container, pod or authority that take base64. */
const ENCODED: readonly (readonly [string, string])[] = [
  ["host-containers", "user-data"],
  ["bootstrap-containers", "user-data"],
  ["pki", "data"],
];

/** Visits the texts that settings hold in base64. */
export function visitToml(text: string, place: Place, visitor: Visitor): void {
  const settings = parseToml(text)?.["settings"];
  if (settings === undefined && /^\s*\[*\s*settings\b/m.test(text)) visitor.out.fail(place, "it is not valid TOML");
  if (!isRecord(settings)) return;
  for (const [table, key] of ENCODED) visitTable(settings[table], `settings.${table}`, key, place, visitor);
  const kubernetes = settings["kubernetes"];
  if (!isRecord(kubernetes)) return;
  visitTable(kubernetes["static-pods"], "settings.kubernetes.static-pods", "manifest", place, visitor);
}

/** Containers that every Bottlerocket has; other names are the program's. */
const SHOWN: ReadonlySet<string> = new Set(["admin", "control"]);

function visitTable(table: unknown, path: string, key: string, place: Place, visitor: Visitor): void {
  if (!isRecord(table)) return;
  for (const [name, entry] of Object.entries(table)) {
    const value = isRecord(entry) ? entry[key] : undefined;
    if (typeof value !== "string") continue;
    const at = inside(place, `${path}.${SHOWN.has(name) ? name : "…"}.${key}`);
    const bytes = fromBase64(value);
    if (!bytes) visitor.out.fail(at, "it is not base64");
    else if (visitor.out.took(bytes.length, at)) visitor.bytes(bytes, at);
  }
}
