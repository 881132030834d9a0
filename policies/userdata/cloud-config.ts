/** Files, scripts and binary values in cloud-config, cloud-config archives and JSON patches of cloud-config. */
import { fromBase64, isGzip } from "./encodings";
import { formatOfStart, formatOfType } from "./kinds";
import { inside, type File, type Place } from "./parts";
import type { TypedVisitor } from "./mime";
import { isRecord, listOf, parseYaml } from "./yaml";

/** What a cloud-config holds that is text of another kind. */
export function visitCloudConfig(text: string, place: Place, visitor: TypedVisitor): void {
  const config = parseYaml(text);
  if (config === undefined) visitor.out.fail(place, "it is not valid YAML");
  else visitConfig(config, place, visitor);
}

function visitConfig(config: unknown, place: Place, visitor: TypedVisitor): void {
  if (!isRecord(config)) return;
  for (const [index, file] of listOf(config["write_files"]).entries()) {
    if (isRecord(file)) visitFile(file, inside(place, `write_files[${String(index)}]`, fileOf(file)), visitor);
  }
  for (const key of ["bootcmd", "runcmd"]) visitCommands(config[key], inside(place, key), visitor);
  const snap = config["snap"];
  if (isRecord(snap)) visitCommands(snap["commands"], inside(place, "snap.commands"), visitor);
  const coreos = config["coreos"];
  if (isRecord(coreos)) visitUnits(coreos["units"], inside(place, "coreos"), visitor);
  const autoinstall = config["autoinstall"];
  if (isRecord(autoinstall)) visitAutoinstall(autoinstall, inside(place, "autoinstall"), visitor);
  visitBinary(config, place, visitor);
}

/** Units of systemd, and what is added to them, in cloud-configs of CoreOS and Flatcar. */
function visitUnits(units: unknown, place: Place, visitor: TypedVisitor): void {
  for (const [index, unit] of listOf(units).entries()) {
    if (!isRecord(unit)) continue;
    const name = typeof unit["name"] === "string" ? unit["name"] : "x.service";
    const path = `/etc/systemd/system/${name}`;
    const added = listOf(unit["drop-ins"]).map((each, at) => [each, `${path}.d/${String(at)}.conf`] as const);
    for (const [each, file] of [[unit, path] as const, ...added]) {
      const content = isRecord(each) ? each["content"] : undefined;
      if (typeof content === "string")
        visitor.text(content, inside(place, `units[${String(index)}]`, { file: { path: file } }));
    }
  }
}

/** The installer's commands, and the cloud-config of the machine it installs. */
function visitAutoinstall(config: Readonly<Record<string, unknown>>, place: Place, visitor: TypedVisitor): void {
  for (const key of ["early-commands", "late-commands"]) visitCommands(config[key], inside(place, key), visitor);
  if (visitor.out.mayEnter(place)) visitConfig(config["user-data"], inside(place, "user-data"), visitor);
}

function fileOf(file: Readonly<Record<string, unknown>>): { file?: File } {
  const { path, permissions } = file;
  if (typeof path !== "string") return {};
  // A bare 0755 is an octal number in YAML 1.1.
  const mode = typeof permissions === "number" ? `0${permissions.toString(8)}` : permissions;
  return { file: { path, ...(typeof mode === "string" && { mode }) } };
}

/** Any other spelling is taken for plain text (cloud-init, cc_write_files). */
const GZIP = new Set(["gz", "gzip"]);
const BASE64 = new Set(["b64", "base64", "gz+b64", "gz+base64", "gzip+b64", "gzip+base64"]);

function visitFile(file: Readonly<Record<string, unknown>>, place: Place, visitor: TypedVisitor): void {
  const { content, encoding } = file;
  const spelled = typeof encoding === "string" ? encoding.trim().toLowerCase() : "";
  if (typeof content !== "string") {
    if (content instanceof Uint8Array) visitEncoded(Buffer.from(content), spelled, place, visitor);
    return;
  }
  if (!BASE64.has(spelled)) {
    if (GZIP.has(spelled)) visitor.out.fail(place, "it is not valid gzip");
    visitor.text(content, place);
    return;
  }
  const bytes = fromBase64(content);
  if (bytes) visitDecoded(bytes, spelled, place, visitor);
  else {
    visitor.out.fail(place, "it is not base64");
    visitor.text(content, place);
  }
}

/** Binary content whose encoding may name base64 once more. */
function visitEncoded(content: Buffer, spelled: string, place: Place, visitor: TypedVisitor): void {
  const bytes = BASE64.has(spelled) ? fromBase64(content.toString("latin1")) : content;
  if (bytes) visitDecoded(bytes, spelled, place, visitor);
  else visitor.out.fail(place, "it is not base64");
}

function visitDecoded(bytes: Buffer, spelled: string, place: Place, visitor: TypedVisitor): void {
  if (!visitor.out.took(bytes.length, place)) return;
  if (spelled.startsWith("gz") && !isGzip(bytes)) visitor.out.fail(place, "it is not valid gzip");
  visitor.bytes(bytes, place);
}

/** Cloud-init writes one script for `sh` of all commands, with the words of a list quoted (cloud-init, shellify). */
function visitCommands(commands: unknown, place: Place, visitor: TypedVisitor): void {
  const list = isRecord(commands)
    ? Object.values(commands)
    : typeof commands === "string"
      ? [commands]
      : listOf(commands);
  const lines = list.map(shellLine).filter((line) => line !== "");
  if (lines.length > 0) visitor.typed(Buffer.from(lines.join("\n")), "text/x-shellscript", place);
}

function shellLine(command: unknown): string {
  if (Array.isArray(command)) return command.map((word) => `'${scalar(word).replaceAll("'", "'\\''")}'`).join(" ");
  return scalar(command);
}

function scalar(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Values tagged `!!binary`, but for those of files. Keys may be anything, so that values are counted. */
function visitBinary(config: Readonly<Record<string, unknown>>, place: Place, visitor: TypedVisitor): void {
  let count = 0;
  const visit = (value: unknown): void => {
    if (value instanceof Uint8Array) {
      const at = inside(place, `!!binary ${String(++count)}`, { kind: "text" });
      if (visitor.out.took(value.length, place)) visitor.bytes(Buffer.from(value), at);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) Object.values(value).forEach(visit);
  };
  for (const [key, value] of Object.entries(config)) if (key !== "write_files") visit(value);
}

/** A list of texts, each with a type or a telling first line. */
export function visitArchive(text: string, place: Place, visitor: TypedVisitor): void {
  const entries = parseYaml(text);
  if (!Array.isArray(entries)) {
    if (entries !== null) visitor.out.fail(place, "it is not valid YAML");
    return;
  }
  for (const [index, entry] of entries.entries())
    visitEntry(entry, inside(place, `entry ${String(index + 1)}`), visitor);
}

function visitEntry(entry: unknown, place: Place, visitor: TypedVisitor): void {
  const content = isRecord(entry) ? entry["content"] : entry;
  const type = isRecord(entry) && typeof entry["type"] === "string" ? entry["type"].trim().toLowerCase() : undefined;
  const bytes =
    typeof content === "string" ? Buffer.from(content) : content instanceof Uint8Array ? content : undefined;
  if (!bytes || !visitor.out.mayEnter(place)) return;
  // Without a type the text tells, and is a cloud-config where it does not (cloud-init, user_data.py).
  const told =
    type ?? (formatOfStart(Buffer.from(bytes).toString("latin1", 0, 200)) ? "text/plain" : "text/cloud-config");
  const shown = type !== undefined && formatOfType(type) ? { ...place, path: `${place.path} (${type})` } : place;
  visitor.typed(Buffer.from(bytes), told, shown);
}

/** The commands and files that patches add. */
export function visitJsonPatches(text: string, place: Place, visitor: TypedVisitor): void {
  const patches = parsed(text.trimStart().replace(/^#cloud-config-jsonp[^\n]*/i, ""));
  if (!Array.isArray(patches)) {
    visitor.out.fail(place, "it is not valid JSON");
    return;
  }
  const config: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const patch of patches) if (isRecord(patch)) applyPatch(config, patch);
  visitConfig(config, place, visitor);
}

/** What is added at or below a key of the first level; the order within a list does not matter here. */
function applyPatch(config: Record<string, unknown>, { op, path, value }: Readonly<Record<string, unknown>>): void {
  if ((op !== "add" && op !== "replace") || typeof path !== "string") return;
  const [, key = "", ...rest] = path.split("/", 4);
  const before = config[key];
  if (rest.length === 0) config[key] = value;
  else if (Array.isArray(before)) before.push(value);
  else config[key] = [value];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
