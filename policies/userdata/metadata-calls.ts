/** What in user data still speaks version 1 of the metadata service: calls without a token, and software pinned to old versions. */
import { mentionsMetadata, metadataUrl, namesToken } from "./metadata/address";
import { lineUses } from "./metadata/lines";
import { scriptUses, type Use } from "./metadata/scripts";
import { shellUses, type Shared } from "./metadata/shell-calls";
import { Texts, type Running } from "./metadata/texts";
import type { Decoded } from "./parts";
import { commandsIn } from "./sources/places";
import type { Spot } from "./spot";

export type OldMetadataUse =
  | (Spot & {
      readonly kind: "call";
      /** What calls: "curl", "Invoke-RestMethod", "a Python script". */
      readonly by: string;
    })
  | (Spot & {
      readonly kind: "software";
      readonly name: string;
      /** The version that is pinned, or the highest that a bound allows. */
      readonly version: string;
      /** The first version that speaks version 2. */
      readonly minimum: string;
    });

const known = new WeakMap<Decoded, readonly OldMetadataUse[]>();

/** In the order of the text; one a call or a pinned software. */
export function oldMetadataUses(decoded: Decoded): readonly OldMetadataUse[] {
  const uses = known.get(decoded) ?? find(decoded);
  known.set(decoded, uses);
  return uses;
}

function find(decoded: Decoded): readonly OldMetadataUse[] {
  const calls = decoded.parts.some(({ text }) => mentionsMetadata(text) || OTHERS.test(text));
  if (!calls) return [];
  const texts = new Texts(decoded);
  const found: OldMetadataUse[] = callsIn(texts);
  return sorted(found, decoded);
}

/** Calls of programs and libraries that know the address themselves. */
const OTHERS = /ec2metadata\/ec2-metadata|get_instance_(?:metadata|userdata|identity)/;

function callsIn(texts: Texts): OldMetadataUse[] {
  const shared = sharedBy(texts);
  return texts.running.flatMap((running) =>
    usesIn(running, shared).map(({ line, by }): OldMetadataUse => ({
      kind: "call",
      path: running.path,
      line: running.lineOf(line),
      by,
    })),
  );
}

function usesIn({ text, reading }: Running, shared: Shared): readonly Use[] {
  switch (reading) {
    case "shell":
    case "cron":
    case "unit":
    case "supervisor":
    case "logrotate":
    case "upstart":
      return commandsIn(text, reading).flatMap(({ script, line }) =>
        shellUses(script, shared).map((use) => ({ ...use, line: line + use.line - 1 })),
      );
    case "lines":
      return lineUses(text, shared);
    case "include":
      return text.split("\n").flatMap((each, index) => (metadataUrl(each.trim()) === "metadata" ? [{ line: index + 1, by: "cloud-init" }] : []));
    default:
      return scriptUses(text, reading);
  }
}

const ASSIGNMENT =
  /(?:^|[\s;"'])([A-Za-z_]\w{0,60})\+?=[("']{0,2}([^\n;"']{1,300})/g;
const FUNCTION = /(?:^|[\s;&|])(?:function\s{1,9}([\w:.-]{1,60})|([\w:.-]{1,60})\s{0,9}\(\s{0,9}\)\s{0,9}[{(\n])/g;

/** What scripts know from each other. */
function sharedBy(texts: Texts): Shared {
  const variables = new Map<string, string>();
  const functions = new Set<string>();
  let token = false;
  for (const text of texts.all) {
    const names = namesToken(text);
    token ||= names;
    if (names || mentionsMetadata(text))
      for (const [, name = "", value = ""] of text.matchAll(ASSIGNMENT))
        if (mentionsMetadata(value) || namesToken(value)) variables.set(name, value.trim());
    if (text.includes("()") || text.includes("function "))
      for (const [, first, second] of text.matchAll(FUNCTION)) functions.add(first ?? second ?? "");
  }
  return { variables, functions, namesToken: token, written: (path) => texts.written(path) };
}

function keyOf(use: OldMetadataUse): string {
  return `${use.kind === "call" ? "" : use.name}:${String(use.line)}:${use.path}`;
}

/** By part and line, each once. */
function sorted(found: readonly OldMetadataUse[], { parts }: Decoded): readonly OldMetadataUse[] {
  const order = new Map(parts.map(({ path }, index) => [path, index]));
  const once = new Map(found.map((use) => [keyOf(use), use]));
  return [...once.values()].sort(
    (one, other) => (order.get(one.path) ?? 0) - (order.get(other.path) ?? 0) || one.line - other.line,
  );
}
