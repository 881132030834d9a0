/** What tools of configuration management do with one resource, whatever they call it. */
import type { Spot } from "../spot";
import { NOTHING, from, type Boot, type Flow, type Text } from "./boot";
import type { Where } from "./command";
import { isExecutable } from "./move";
import { baseName } from "./paths";

export type Tools = Pick<Where, "boot" | "run">;

export interface Resource {
  readonly does: "runs" | "installs" | "unpacks" | "writes";
  readonly spot: Spot;
  /** The commands that it runs. */
  readonly script?: string;
  readonly folder?: string;
  /** Where its content comes from: an address, or a file. */
  readonly source?: string;
  /** A digest that it compares. */
  readonly digest?: string;
  readonly unchecked?: boolean;
  /** Where its content goes to. */
  readonly path?: string;
  readonly mode?: string;
  readonly use?: string;
}

export function carryOut({ boot, run }: Tools, resource: Resource): void {
  const { does, spot, script, folder = "", path = "", mode = "", use = "is installed" } = resource;
  const flow = contentOf(boot, resource);
  if (does === "runs") {
    boot.use(flow.sources, "is run by a shell", undefined);
    if (script !== undefined) run({ ...spot, text: script }, "shell", NOTHING, folder);
  } else if (does === "installs") boot.use(flow.sources, use, undefined);
  else if (does === "unpacks") boot.unpack(path, flow === NOTHING ? boot.at(path) : flow);
  else {
    boot.put(path, flow);
    for (const { address } of flow.sources) boot.put(`${path}/${baseName(address)}`, flow);
    if (isExecutable(mode)) boot.use(flow.sources, "is made executable", undefined);
  }
}

function contentOf(boot: Boot, { source, spot, digest = "", unchecked }: Resource): Flow {
  if (source === undefined || source === "") return NOTHING;
  // A digest that is fetched itself speaks only if it comes over a closed channel.
  const vouched = digest !== "" && !/(?:^|:)(?:http|ftp):\/\//i.test(digest);
  const found = boot.source(source, spot, { vouched, unchecked: unchecked === true });
  return found ? from([found]) : boot.below(source);
}

/** The line of a value in its document. */
export function spotOf(text: Text, value: string): Spot {
  const at = value === "" ? -1 : text.text.indexOf(value);
  return { path: text.path, line: text.line + text.text.slice(0, Math.max(at, 0)).split("\n").length - 1 };
}

export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

export function str(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
