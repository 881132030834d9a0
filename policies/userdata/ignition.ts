/** Ignition configurations: files and units that they write (Ignition, "Configuration specifications" 2 and 3). */
import { fromDataUrl } from "./encodings";
import { inside, type File, type Place, type Visitor } from "./parts";
import { isRecord, listOf } from "./yaml";

type Json = Readonly<Record<string, unknown>>;

/** Visits what an Ignition configuration holds in data URLs and in units. */
export function visitIgnition(text: string, place: Place, visitor: Visitor): void {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    visitor.out.fail(place, "it is not valid JSON");
  }
  if (!isRecord(config)) return;
  for (const [index, file] of listOf(at(config, "storage", "files")).entries()) {
    if (isRecord(file)) visitFile(file, `storage.files[${String(index)}]`, place, visitor);
  }
  for (const [index, volume] of listOf(at(config, "storage", "luks")).entries()) {
    const key = at(volume, "keyFile");
    const file = { file: { path: "luks.keyfile" } };
    if (isRecord(key)) visitSource(key, inside(place, `storage.luks[${String(index)}].keyFile`, file), visitor);
  }
  const links = listOf(at(config, "storage", "links")).map((link) => at(link, "path"));
  for (const [key, directory] of [
    ["systemd", "/etc/systemd/system"],
    ["networkd", "/etc/systemd/network"],
  ] as const) {
    for (const [index, unit] of listOf(at(config, key, "units")).entries()) {
      if (isRecord(unit)) visitUnit(unit, links, `${key}.units[${String(index)}]`, directory, place, visitor);
    }
  }
  visitReferences(at(config, "ignition", "config"), place, visitor);
}

/** Configurations that this one is merged with, or replaced by. */
function visitReferences(config: unknown, place: Place, visitor: Visitor): void {
  if (!isRecord(config)) return;
  for (const key of ["merge", "append", "replace"]) {
    const sources = isRecord(config[key]) ? [config[key]] : listOf(config[key]);
    for (const [index, source] of sources.entries()) {
      const step = `ignition.config.${key}[${String(index)}]`;
      if (isRecord(source)) visitSource(source, inside(place, step), visitor);
    }
  }
}

function visitFile(file: Json, step: string, place: Place, visitor: Visitor): void {
  const { path, mode, contents } = file;
  const known: File | undefined =
    typeof path === "string" ? { path, ...(typeof mode === "number" && { mode: octal(mode) }) } : undefined;
  const more = known ? { file: known } : {};
  if (isRecord(contents)) visitSource(contents, inside(place, step, more), visitor);
  for (const [index, source] of listOf(file["append"]).entries()) {
    if (isRecord(source)) visitSource(source, inside(place, `${step}.append[${String(index)}]`, more), visitor);
  }
}

/** Ignition writes modes as decimal numbers. */
function octal(mode: number): string {
  return `0${Math.trunc(Math.abs(mode)).toString(8)}`;
}

/** Whatever `compression` says, gzip shows by itself. */
function visitSource(contents: Json, place: Place, visitor: Visitor): void {
  const { source } = contents;
  if (typeof source !== "string" || !/^data:/i.test(source)) return;
  const bytes = fromDataUrl(source);
  if (!bytes) visitor.out.fail(place, "it is not base64");
  else if (visitor.out.took(bytes.length, place)) visitor.bytes(bytes, place);
}

function visitUnit(
  unit: Json,
  links: readonly unknown[],
  step: string,
  directory: string,
  place: Place,
  visitor: Visitor,
): void {
  const name = typeof unit["name"] === "string" ? unit["name"] : "";
  // `enable` is the word of version 1; a link is what enabling makes.
  const isEnabled = unit["enabled"] === true || unit["enable"] === true || links.some((link) => isWanted(link, name));
  const file = (path: string): { file: File } => ({ file: { path, ...(isEnabled && { isEnabled }) } });
  const { contents } = unit;
  if (typeof contents === "string") visitor.text(contents, inside(place, step, file(`${directory}/${name}`)));
  for (const [index, drop] of listOf(unit["dropins"]).entries()) {
    if (!isRecord(drop) || typeof drop["contents"] !== "string") continue;
    const path = `${directory}/${name}.d/${typeof drop["name"] === "string" ? drop["name"] : ""}`;
    visitor.text(drop["contents"], inside(place, `${step}.dropins[${String(index)}]`, file(path)));
  }
}

function isWanted(link: unknown, unit: string): boolean {
  return typeof link === "string" && /\.(?:wants|requires)\/[^/]+$/.test(link) && link.endsWith(`/${unit}`);
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}
