/** Ansible: playbooks, and modules that are called by themselves. */
import { isRecord, listOf, parseYaml } from "../yaml";
import type { Text } from "./boot";
import { named, type Command } from "./command";
import { carryOut, quoted, spotOf, str, type Resource, type Tools } from "./resource";

type Json = Readonly<Record<string, unknown>>;

export function playbook(tools: Tools, text: Text, folder: string): void {
  for (const play of listOf(parseYaml(text.text))) if (isRecord(play)) tasksOf(tools, text, play, folder);
}

const LISTS = ["pre_tasks", "roles", "tasks", "post_tasks", "handlers", "block", "rescue", "always"];

/** Tasks in order, those of blocks among them. */
function tasksOf(tools: Tools, text: Text, play: Json, folder: string): void {
  if (play["hosts"] === undefined) runTask(tools, text, play, folder);
  for (const key of LISTS)
    for (const task of listOf(play[key]))
      if (isRecord(task)) tasksOf(tools, text, { ...task, hosts: undefined }, folder);
}

/** `ansible HOSTS -m MODULE -a "key=value …"`. */
export function adHoc({ where, words }: Command): void {
  const after = (option: RegExp): string => words[words.findIndex((word) => option.test(word)) + 1] ?? "";
  const given = after(/^(?:-a|--args)$/);
  const pairs = [...given.matchAll(/(\w{1,40})=(?:"([^"]*)"|'([^']*)'|(\S+))/g)];
  const options = Object.fromEntries(pairs.map(([, key = "", a, b, c]) => [key, a ?? b ?? c ?? ""]));
  const module = after(/^(?:-m|--module-name)$/) || "command";
  const free = /^(?:[\w.]*\.)?(?:shell|command|raw)$/.test(module);
  runTask(where, { ...where.spot, text: given }, { [module]: free ? given : options }, where.folder);
}

function runTask(tools: Tools, text: Text, task: Json, folder: string): void {
  for (const [name, given] of Object.entries(task)) {
    const module = name.slice(name.lastIndexOf(".") + 1);
    const options: Json = isRecord(given) ? given : { cmd: given, name: given };
    const known = named(MODULES, module);
    if (/^(?:shell|command|raw|script)$/.test(module)) carryOut(tools, command(text, options, folder));
    else if (known) for (const resource of resources(text, options, known)) carryOut(tools, resource);
  }
}

function command(text: Text, options: Json, folder: string): Resource {
  const list = listOf(options["argv"]).map((word) => quoted(str(word)));
  const script = str(options["cmd"]) || list.join(" ");
  return {
    does: "runs",
    spot: spotOf(text, script.split("\n", 1)[0] ?? ""),
    script,
    folder: str(options["chdir"]) || folder,
  };
}

interface Module {
  readonly does: Resource["does"];
  /** Options that hold addresses or files. */
  readonly from: readonly string[];
  readonly use?: string;
}

const MODULES: Readonly<Record<string, Module>> = {
  get_url: { does: "writes", from: ["url"] },
  uri: { does: "writes", from: ["url"] },
  copy: { does: "writes", from: ["src"] },
  unarchive: { does: "unpacks", from: ["src"] },
  git: { does: "unpacks", from: ["repo"] },
  subversion: { does: "unpacks", from: ["repo"] },
  hg: { does: "unpacks", from: ["repo"] },
  yum: { does: "installs", from: ["name", "pkg"], use: "is installed by yum" },
  dnf: { does: "installs", from: ["name", "pkg"], use: "is installed by yum" },
  package: { does: "installs", from: ["name"], use: "is installed by a package manager" },
  zypper: { does: "installs", from: ["name"], use: "is installed by zypper" },
  apt: { does: "installs", from: ["deb"], use: "is installed by apt" },
  pip: { does: "installs", from: ["name", "requirements", "extra_args"], use: "is installed by pip" },
  npm: { does: "installs", from: ["registry", "name"], use: "is installed by npm" },
  gem: { does: "installs", from: ["repository", "gem_source"], use: "is installed by gem" },
  helm: { does: "installs", from: ["chart_repo_url", "chart_ref"], use: "is installed by Helm" },
  k8s: { does: "installs", from: ["src"], use: "is applied by kubectl" },
  docker_image: { does: "installs", from: ["load_path"], use: "is loaded as a container image" },
  win_get_url: { does: "writes", from: ["url"] },
  win_package: { does: "installs", from: ["path"], use: "is installed by Windows" },
  win_chocolatey: { does: "installs", from: ["source"], use: "is installed by Chocolatey" },
};

function resources(text: Text, options: Json, { does, from, use }: Module): readonly Resource[] {
  const words = from.flatMap((key) => [options[key]].flat().flatMap((value) => str(value).split(/\s+/)));
  const common = {
    does,
    digest: str(options["checksum"]),
    unchecked: options["validate_certs"] === false || options["validate_certs"] === "no",
    path: str(options["dest"]) || str(options["path"]),
    mode: str(options["mode"]),
    ...(use !== undefined && { use }),
  };
  return words.filter((word) => word !== "").map((source) => ({ ...common, source, spot: spotOf(text, source) }));
}
