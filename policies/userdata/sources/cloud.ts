/** What cloud-init, Ignition and Bottlerocket take from addresses by themselves. */
import type { Part } from "../parts";
import { isRecord, listOf, parseYaml } from "../yaml";
import { isAddress } from "./addresses";
import { from, type Boot, type Text } from "./boot";
import type { Where } from "./command";
import { spotOf, str } from "./resource";
import { isExecutable } from "./move";
import { addList, addRepository, addSettings, learnApt } from "./repositories";
import { setVariable } from "./settings";

const BY_CLOUD_INIT = "is taken by cloud-init";

/** Addresses, a line each, whose content is user data again. */
export function include(boot: Boot, { text, path }: Part): void {
  for (const [index, line] of text.split("\n").entries()) {
    const address = line.replace(/^\s{0,99}#include(?:-once)?\b/i, "").trim();
    const source = isAddress(address) ? boot.source(address, { path, line: index + 1 }) : undefined;
    if (source) boot.use([source], BY_CLOUD_INIT, undefined);
  }
}

type Json = Readonly<Record<string, unknown>>;

const record = (value: unknown): Json => (isRecord(value) ? value : {});

/** Keys of a cloud-config below which addresses matter here. */
const KEYS =
  /^[\s-]{0,20}["']?(?:write_files|apt|apt_sources|yum_repos|zypper|chef|puppet|ansible|salt_minion|packages|package|rh_subscription|snap|ca_certs|rpi|landscape|environment|autoinstall|apk_repos|drivers|pip|mirrors|sources|repos|yum_repo_dir)["']?\s*:/m;

/** Reads a cloud-config; what its commands do stands in parts of its own. */
export function cloudConfig(where: Where, { text, path }: Part): void {
  if (!/:\/\//.test(text) || !KEYS.test(text)) return;
  const whole: Text = { text, path, line: 1 };
  const config = parseYaml(text);
  for (const each of [record(config), record(record(record(config)["autoinstall"])["user-data"])]) {
    writeFiles(where.boot, whole, each);
    apt(where, whole, each);
    yum(where.boot, whole, each);
    tools(where, whole, each);
  }
}

/** Files with a source. */
function writeFiles(boot: Boot, text: Text, config: Json): void {
  for (const file of listOf(config["write_files"]).map(record)) {
    const uri = str(record(file["source"])["uri"]);
    const source = boot.source(uri, spotOf(text, uri));
    if (!source) continue;
    boot.put(str(file["path"]), from([source]));
    if (isExecutable(str(file["permissions"]))) boot.use([source], "is made executable", undefined);
  }
}

function apt(where: Where, text: Text, config: Json): void {
  const { boot } = where;
  const settings = record(config["apt"]);
  learnApt(boot, str(settings["conf"]));
  addList(boot, { ...spotOf(text, "sources_list"), text: str(settings["sources_list"]) });
  for (const mirror of [settings["primary"], settings["security"]].flatMap(listOf).map(record)) {
    const address = str(mirror["uri"]);
    addRepository(boot, { kind: "apt", address, spot: spotOf(text, address), unsigned: false, keys: [] });
  }
  const sources = settings["sources"] ?? config["apt_sources"];
  for (const entry of (Array.isArray(sources) ? sources : Object.values(record(sources))).map(record)) {
    const line = str(entry["source"]);
    const spot = spotOf(text, line);
    addList(boot, { ...spot, text: line });
    // A key server is asked over an open channel by default, but for a key by its fingerprint.
    if (/^https?:/.test(line)) addRepository(boot, { kind: "apt", address: line, spot, unsigned: false, keys: [] });
  }
}

function yum(boot: Boot, text: Text, config: Json): void {
  for (const repository of Object.values(record(config["yum_repos"])).map(record))
    settingsOf(boot, "yum", text, repository);
  for (const repository of listOf(record(config["zypper"])["repos"]).map(record))
    settingsOf(boot, "zypper", text, repository);
}

function settingsOf(boot: Boot, kind: "yum" | "zypper", text: Text, repository: Json): void {
  const base = [repository["baseurl"] ?? repository["mirrorlist"] ?? repository["metalink"]].flat().map(str).join(" ");
  addSettings(boot, kind, { ...spotOf(text, base.split(" ", 1)[0] ?? ""), text: base }, (key) => {
    const value = repository[key];
    return value === undefined ? undefined : [value].flat().map(str).join(" ");
  });
}

/** Modules that fetch something, by the way to the address. */
const MODULES: readonly (readonly [way: readonly string[], use: string])[] = [
  [["chef", "omnibus_url"], "is run by a shell"],
  [["puppet", "aio_install_url"], "is run by a shell"],
  [["ansible", "pull", "url"], "is applied by Ansible"],
  [["salt_minion", "pkg_url"], BY_CLOUD_INIT],
  [["drivers", "nvidia", "url"], BY_CLOUD_INIT],
];

function tools({ boot, ...where }: Where, text: Text, config: Json): void {
  const take = (address: string, use: string): void => {
    const source = boot.source(address, spotOf(text, address));
    if (source) boot.use([source], use, undefined);
  };
  for (const [way, use] of MODULES) take(str(way.reduce<unknown>((value, key) => record(value)[key], config)), use);
  for (const pull of listOf(record(config["ansible"])["pull"]).map(record))
    take(str(pull["url"]), "is applied by Ansible");
  const galaxy = record(record(config["ansible"])["galaxy"]);
  for (const words of listOf(galaxy["actions"]))
    for (const word of listOf(words)) take(str(word), "is installed by Ansible");
  for (const entry of listOf(config["packages"]))
    for (const word of [entry].flat(2)) take(str(word), "is installed by a package manager");
  for (const [name, value] of Object.entries(record(config["environment"])))
    setVariable({ boot, ...where }, name, str(value));
}

/** Files that Ignition fetches, and configurations that it merges. */
export function ignition(boot: Boot, { text, path }: Part): void {
  const config = parsed(text);
  const whole: Text = { text, path, line: 1 };
  const storage = record(record(config)["storage"]);
  for (const file of listOf(storage["files"]).map(record)) {
    const contents = [record(file["contents"]), ...listOf(file["append"]).map(record)];
    const sources = contents.flatMap((each) => sourceOf(boot, whole, each));
    if (sources.length === 0) continue;
    boot.put(str(file["path"]), from(sources));
    const mode = typeof file["mode"] === "number" ? file["mode"] : 0;
    if ((mode & 0o111) !== 0) boot.use(sources, "is made executable", undefined);
  }
  const references = record(record(record(config)["ignition"])["config"]);
  for (const key of ["merge", "append", "replace"])
    for (const each of [references[key]].flat().map(record))
      boot.use(sourceOf(boot, whole, each), "is merged into the configuration", undefined);
}

function sourceOf(boot: Boot, text: Text, contents: Json): ReturnType<typeof from>["sources"] {
  const address = str(contents["source"]);
  const vouched = str(record(contents["verification"])["hash"]) !== "";
  const source = boot.source(address, spotOf(text, address), { vouched });
  return source ? [source] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
