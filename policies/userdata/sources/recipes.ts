/** Recipes of Chef, states of Salt and manifests of Puppet. */
import { isRecord, listOf, parseYaml } from "../yaml";
import { isAddress } from "./addresses";
import type { Text } from "./boot";
import { carryOut, spotOf, str, type Resource, type Tools } from "./resource";

const CHEF: readonly (readonly [RegExp, Resource["does"]])[] = [
  [/^(?:execute|bash|script)$/, "runs"],
  [/^(?:\w+_)?package$|_gem$/, "installs"],
  [/^(?:git|ark|archive_file|tar_extract)$/, "unpacks"],
  [/^(?:remote_file|file|cookbook_file)$/, "writes"],
];

interface Block {
  readonly does: Resource["does"];
  readonly name: string;
  readonly line: number;
  readonly body: Map<string, string>;
}

/** Resources of Chef: `type 'name' do … end`. */
export function recipe(tools: Tools, text: Text, folder: string): void {
  let open: Block | undefined;
  for (const [index, line] of text.text.split("\n").entries()) {
    const starts = blockOf(line, index);
    if (open && !starts) property(line, open.body);
    open = starts ?? open;
    const ends = starts ? !/\bdo\s*$/.test(line) : /^\s*end\b/.test(line);
    if (open && ends) carryOut(tools, ofChef(text, open, folder));
    if (ends) open = undefined;
  }
}

function blockOf(line: string, index: number): Block | undefined {
  const [, type = "", name] =
    /^\s{0,20}(\w{2,30})[\s(]{1,9}['"]([^'"]{1,500})['"]\)?\s{0,9}(?:do\s{0,9})?$/.exec(line) ?? [];
  const does = CHEF.find(([pattern]) => pattern.test(type))?.[1];
  return name !== undefined && does ? { does, name, line: index, body: new Map() } : undefined;
}

function property(line: string, body: Map<string, string>): void {
  const [, key, value] = /^\s{0,20}(\w{2,30})[\s(]{1,9}\[?\s{0,9}['"]?([^'"\]]{1,500})/.exec(line) ?? [];
  if (key !== undefined && value !== undefined) body.set(key, value.trim());
}

function ofChef(text: Text, { does, name, line, body }: Block, folder: string): Resource {
  const source =
    body.get("source") ??
    body.get("repository") ??
    body.get("url") ??
    (isAddress(name) || does === "installs" ? name : "");
  return {
    does,
    spot: { path: text.path, line: text.line + line },
    ...(does === "runs" && { script: body.get("command") ?? body.get("code") ?? name }),
    folder: body.get("cwd") ?? folder,
    source,
    digest: body.get("checksum") ?? "",
    path: body.get("path") ?? body.get("destination") ?? name,
    mode: body.get("mode") ?? "",
    use: "is installed by Chef",
  };
}

type Json = Readonly<Record<string, unknown>>;

const SALT: readonly (readonly [RegExp, Resource["does"]])[] = [
  [/^cmd\./, "runs"],
  [/^(?:archive|git)\./, "unpacks"],
  [/^(?:pkg|pip)\./, "installs"],
  [/^file\./, "writes"],
];

/** States of Salt: a name, then modules with lists of options. */
export function states(tools: Tools, text: Text, folder: string): void {
  const document = parseYaml(text.text);
  for (const [name, state] of isRecord(document) ? Object.entries(document) : [])
    for (const [call, given] of isRecord(state) ? Object.entries(state) : []) {
      const does = SALT.find(([pattern]) => pattern.test(call))?.[1];
      const options = Object.assign({ name }, ...listOf(given).filter(isRecord)) as Json;
      if (does) for (const resource of ofSalt(text, does, call, options, folder)) carryOut(tools, resource);
    }
}

function ofSalt(text: Text, does: Resource["does"], call: string, options: Json, folder: string): readonly Resource[] {
  const name = str(options["name"]);
  const own = call.startsWith("git.") ? name : str(options["source"]);
  const packages = listOf(options["sources"]).flatMap((each) => (isRecord(each) ? Object.values(each).map(str) : []));
  return (packages.length > 0 ? packages : [own]).map((source) => ({
    does,
    spot: spotOf(text, source === "" ? name : source),
    ...(does === "runs" && call !== "cmd.script" && { script: name }),
    folder: str(options["cwd"]) || folder,
    source,
    digest: str(options["source_hash"]),
    path: str(options["target"]) || name,
    mode: str(options["mode"]),
    use: "is installed by Salt",
  }));
}

const PUPPET: Readonly<Record<string, Resource["does"]>> = {
  exec: "runs",
  package: "installs",
  vcsrepo: "unpacks",
  archive: "unpacks",
  file: "writes",
};

const DECLARED = /\b(exec|package|file|vcsrepo|archive)\s{0,9}\{\s{0,9}(['"])(.{1,500}?)\2\s{0,9}:([^}]{0,2000})\}/gs;

/** Puppet: `type { 'name': key => 'value' }`. */
export function manifest(tools: Tools, text: Text, folder: string): void {
  for (const [all, type = "", , name = "", body = ""] of text.text.matchAll(DECLARED))
    carryOut(tools, ofPuppet(type, name, body, spotOf(text, all.slice(0, 60)), folder));
}

function ofPuppet(type: string, name: string, body: string, spot: Resource["spot"], folder: string): Resource {
  const pairs = [...body.matchAll(/\b(\w{2,30})\s{0,9}=>\s{0,9}['"]([^'"]{1,500})['"]/g)];
  const values = new Map(pairs.map(([, key = "", value = ""]) => [key, value]));
  const value = (...keys: readonly string[]): string =>
    keys.map((key) => values.get(key) ?? "").find((each) => each !== "") ?? "";
  const does = type === "archive" && !values.has("extract_path") ? "writes" : (PUPPET[type] ?? "writes");
  return {
    does,
    spot,
    ...(does === "runs" && { script: value("command") || name }),
    folder: value("cwd") || folder,
    source: value("source"),
    digest: value("checksum"),
    path: value("extract_path", "target", "path") || name,
    mode: value("mode"),
    use: "is installed by Puppet",
  };
}
