/** What in user data still speaks version 1 of the metadata service: calls without a token, and software pinned to old versions. */
import { hasEmptyHeader, mentionsMetadata, metadataUrl, namesToken } from "./metadata/address";
import { lineUses } from "./metadata/lines";
import { scriptUses, type Use } from "./metadata/scripts";
import { shellUses, type Shared } from "./metadata/shell-calls";
import { pinsInCloudConfig } from "./metadata/manifests";
import { pinsOf } from "./metadata/packages";
import { Texts, type Running } from "./metadata/texts";
import { DATADOG, mayPin } from "./metadata/versions";
import { perObject } from "../memo";
import type { Decoded, Part } from "./parts";
import { commandsIn } from "./sources/places";
import { lineAt, type Spot } from "./spot";
import { isRecord, listOf, parseYaml } from "./yaml";

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

/** In the order of the text; one a call or a pinned software. */
export const oldMetadataUses = perObject(find);

function find(decoded: Decoded): readonly OldMetadataUse[] {
  const calls = decoded.parts.some(({ text }) => mentionsMetadata(text) || OTHERS.test(text));
  const software = decoded.parts.some(({ text }) => mayPin(text));
  if (!calls && !software) return [];
  const texts = new Texts(decoded);
  return sorted(
    [
      ...(calls ? [...callsIn(texts), ...decoded.parts.flatMap(takenIn)] : []),
      ...(software ? softwareIn(texts, decoded) : []),
    ],
    decoded,
  );
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

/** What cloud-init or Ignition takes from the service itself, by the address of a file's content. */
function takenIn({ text, kind, path }: Part): OldMetadataUse[] {
  const by = kind === "cloud-config" ? "cloud-init" : kind === "json" && text.includes('"ignition"') ? "Ignition" : "";
  if (by === "" || !mentionsMetadata(text)) return [];
  return fileSources(parseYaml(text))
    .filter(({ uri, headers }) => metadataUrl(uri) === "metadata" && !headers.some(namesToken))
    .map(({ uri }) => ({ kind: "call", path, line: lineAt(text, Math.max(text.indexOf(uri), 0)), by }));
}

interface FileSource {
  readonly uri: string;
  readonly headers: readonly string[];
}

/** `write_files[].source` of a cloud-config, `storage.files[].contents` of Ignition. */
function fileSources(config: unknown): readonly FileSource[] {
  if (!isRecord(config)) return [];
  const storage = isRecord(config["storage"]) ? config["storage"] : {};
  const files = [...listOf(config["write_files"]), ...listOf(storage["files"])].filter(isRecord);
  return files
    .flatMap(({ source, contents }) => [source, contents])
    .filter(isRecord)
    .flatMap(({ uri, source, headers }) => {
      const address = uri ?? source;
      const names = isRecord(headers) ? Object.keys(headers) : [];
      return typeof address === "string" ? [{ uri: address, headers: names }] : [];
    });
}

function softwareIn(texts: Texts, { parts }: Decoded): OldMetadataUse[] {
  const told = parts.some(({ text }) => PREFERS.test(text));
  const found = [
    ...texts.running.flatMap((running) =>
      pinsOf(running).map((pin) => ({ ...pin, path: running.path, line: running.lineOf(pin.line) })),
    ),
    ...parts
      .filter(({ kind, text }) => kind === "cloud-config" && mayPin(text))
      .flatMap(({ text, path }) => pinsInCloudConfig(text).map((pin) => ({ ...pin, path }))),
  ];
  return found
    .filter(({ name }) => !(told && name === DATADOG.name))
    .map(({ name, version, minimum, path, line }) => ({ kind: "software", name, version, minimum, path, line }));
}

/** The setting by which the Datadog agent speaks version 2 before it does so by default. */
const PREFERS = /ec2_prefer_imdsv2["']?\s{0,9}[:=]\s{0,9}["']?true/i;

function usesIn({ text, reading }: Running, shared: Shared): readonly Use[] {
  switch (reading) {
    case "shell":
    case "cron":
    case "unit":
    case "supervisor":
    case "logrotate":
    case "upstart":
    case "apt":
      return commandsIn(text, reading).flatMap(({ script, line }) =>
        shellUses(script, shared).map((use) => ({ ...use, line: line + use.line - 1 })),
      );
    case "lines":
      return lineUses(text, shared);
    case "include":
      return text
        .split("\n")
        .flatMap((each, index) =>
          metadataUrl(each.trim()) === "metadata" ? [{ line: index + 1, by: "cloud-init" }] : [],
        );
    default:
      return scriptUses(text, reading);
  }
}

const ASSIGNMENT = /(?:^|[\s;"'=])(?!Environment=)([A-Za-z_]\w{0,60})\+?=[("']{0,2}([^\n;"']{1,300})/gm;
const FUNCTION = /(?:^|[\s;&|])(?:function\s{1,9}([\w:.-]{1,60})|([\w:.-]{1,60})\s{0,9}\(\s{0,9}\)\s{0,9}[{(\n])/g;

/** What scripts know from each other. */
function sharedBy(texts: Texts): Shared {
  return {
    variables: new Map(texts.all.flatMap(variablesIn)),
    functions: new Set(texts.all.flatMap(functionsIn)),
    namesToken: texts.all.some(namesToken),
    emptyHeader: texts.all.some(hasEmptyHeader),
    written: (path) => texts.written(path),
  };
}

/** Variables that hold an address or a header as it stands, not the output of a call. */
function variablesIn(text: string): (readonly [name: string, value: string])[] {
  if (!namesToken(text) && !mentionsMetadata(text)) return [];
  return [...text.matchAll(ASSIGNMENT)]
    .map(([, name = "", value = ""]) => [name, value.trim()] as const)
    .filter(([, value]) => !/^\$\(|`/.test(value) && (mentionsMetadata(value) || namesToken(value)));
}

function functionsIn(text: string): string[] {
  if (!text.includes("(") && !text.includes("function ")) return [];
  return [...text.matchAll(FUNCTION)].map(([, first, second]) => first ?? second ?? "");
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
