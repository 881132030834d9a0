/** Documents that tools carry out: Dockerfiles, Makefiles, playbooks, recipes, states and Compose files. */
import { isRecord, listOf, parseYaml } from "../yaml";
import { NOTHING, from, type Boot, type Flow, type Text } from "./boot";
import { named, type Command, type Runner } from "./command";
import { isAddress } from "./addresses";
import { isExecutable } from "./move";
import { baseName } from "./paths";

interface Tools {
  readonly boot: Boot;
  readonly run: Runner;
}

type Carrier = (tools: Tools, text: Text, folder: string) => void;

/** Which document a command carries out: files among its words, or the one in its folder. */
const DOCUMENTS: readonly (readonly [program: RegExp, file: RegExp, carry: Carrier])[] = [
  [
    /^(?:docker|podman|buildah|nerdctl|kaniko)$/,
    /(?:^|\/)(?:[\w.-]*Dockerfile|Containerfile)[\w.-]*$|\.[Dd]ockerfile$/,
    dockerfile,
  ],
  [/^(?:docker|podman|docker-compose|podman-compose|nerdctl)$/, /\.ya?ml$/, compose],
  [/^g?make$/, /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/, makefile],
  [/^ansible(?:-playbook|-pull)?$/, /\.(?:ya?ml|json)$/, playbook],
  [/^(?:chef-(?:solo|client|apply|run|zero)|cinc-\w+)$/, /\.rb$/, recipe],
  [/^salt-(?:call|ssh)$/, /\.sls$/, states],
  [/^puppet$/, /\.pp$/, manifest],
  [/^(?:just|task|rake)$/, /(?:^|\/)(?:[Jj]ustfile|Taskfile\.ya?ml)$/, makefile],
];

/** Carries out the documents of a command. */
export function carryOut(command: Command): undefined {
  const known = DOCUMENTS.filter(([program]) => program.test(command.program));
  if (known.length === 0) return undefined;
  const { boot, run } = command.where;
  if (command.program === "ansible") adHoc(command);
  const state = command.words.findIndex((word) => /^cmd\.(?:run|shell|script)\w*$/.test(word));
  if (state > 0) run({ ...command.where.spot, text: command.word(state + 1) }, "shell", NOTHING, command.where.folder);
  const given = command.words.some((word) => /^-$|^\/dev\/stdin$/.test(word)) ? command.input.texts : [];
  for (const text of given) known[0]?.[2]({ boot, run }, text, command.where.folder);
  for (const [path, texts] of boot.texts) {
    const carry = known.find(([, file]) => file.test(path))?.[2];
    if (!carry || !isMeant(command, path)) continue;
    for (const text of texts) carry({ boot, run }, text, path.slice(0, Math.max(path.lastIndexOf("/"), 0)));
  }
  return undefined;
}

/** The path, its folder, or the name of the state stands among the words, or it lies in the working directory. */
function isMeant(command: Command, path: string): boolean {
  const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
  const name = baseName(path).replace(/\.\w+$/, "");
  if (
    command.words.some(
      (_, index) =>
        index > 0 && [path, folder].includes(command.path(command.word(index).replace(/^-{1,2}[\w-]+=|^-[Cf]/, ""))),
    )
  )
    return true;
  return folder === command.where.folder || (/\.sls$/.test(path) && command.words.includes(name));
}

/** `ansible HOSTS -m MODULE -a "key=value …"`. */
function adHoc({ where, words }: Command): void {
  const after = (option: RegExp): string => words[words.findIndex((word) => option.test(word)) + 1] ?? "";
  const given = after(/^(?:-a|--args)$/);
  const options = Object.fromEntries(
    [...given.matchAll(/(\w{1,40})=(?:"([^"]*)"|'([^']*)'|(\S+))/g)].map(([, key = "", a, b, c]) => [
      key,
      a ?? b ?? c ?? "",
    ]),
  );
  const module = after(/^(?:-m|--module-name)$/) || "command";
  const task = /^(?:[\w.]*\.)?(?:shell|command|raw)$/.test(module) ? given : options;
  runTask(where, { ...where.spot, text: given }, { [module]: task }, where.folder);
}

/** Where a line of a document stands. */
function lineOf(text: Text, index: number): { path: string; line: number } {
  return { path: text.path, line: text.line + index };
}

/** Lines with those behind a backslash joined to them. */
function joinedLines(text: string): readonly { text: string; index: number }[] {
  const found: { text: string; index: number }[] = [];
  let held = "";
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (held === "") start = index;
    if (/^\s*#/.test(line)) continue;
    if (line.endsWith("\\") && held.length < 1 << 16) held += `${line.slice(0, -1)} `;
    else {
      found.push({ text: held + line, index: start });
      held = "";
    }
  }
  return found;
}

/** `RUN` is for a shell, `ADD` fetches. */
function dockerfile({ boot, run }: Tools, text: Text): void {
  for (const { text: line, index } of joinedLines(text.text)) {
    const spot = lineOf(text, index);
    const [, instruction = "", rest = ""] = /^\s{0,20}(RUN|ADD)\s+(.*)$/is.exec(line) ?? [];
    if (instruction.toUpperCase() === "RUN") {
      const list = /^\s*\[/.test(rest) ? listOf(parseYaml(rest)).map(String) : [];
      const script = list.length > 0 ? list.map(quoted).join(" ") : rest.replace(/^(?:--\S+\s+)+/, "");
      run({ ...spot, text: `set -e; ${script}` }, "shell", NOTHING, "/");
    } else if (instruction !== "" && !/(?:^|\s)--checksum=/.test(rest))
      boot.use(
        rest.split(/\s+/).flatMap((word) => boot.source(word, spot) ?? []),
        "is built into a container image",
        undefined,
      );
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Recipes with the variables of the file. */
function makefile({ run }: Tools, text: Text, folder: string): void {
  const variables = new Map<string, string>();
  const fill = (line: string): string =>
    line.replaceAll(/\$[({](\w{1,60})[)}]/g, (mark, name: string) => variables.get(name) ?? mark);
  const lines: string[] = [];
  let target = "";
  let last = 0;
  for (const { text: line, index } of joinedLines(text.text)) {
    const [, name, value] = /^(?:export\s+)?(\w{1,60})\s{0,9}(?::{0,3}|\?|\+)=\s{0,9}(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) variables.set(name, fill(value));
    target = /^([^\s:=#][^:=]{0,200}):(?!=)/.exec(line)?.[1]?.trim() ?? target;
    if (!/^[\t ]+\S/.test(line)) continue;
    while (last < index) {
      lines.push("");
      last++;
    }
    lines.push(
      fill(line)
        .replace(/^\s+[@+-]*/, "")
        .replaceAll("$@", target)
        .replaceAll("$$", "$"),
    );
    last++;
  }
  // Programs of a recipe stand before those that use them only in the order in which they are made.
  const script = lines.join("\n");
  run({ ...text, text: script }, "shell", NOTHING, folder);
  run({ ...text, text: script }, "shell", NOTHING, folder);
}

/** Commands of services; images are trusted. */
function compose({ run }: Tools, text: Text): void {
  const document = text.text.includes("://") ? parseYaml(text.text) : undefined;
  const services = isRecord(document) ? document["services"] : undefined;
  for (const service of isRecord(services) ? Object.values(services) : []) {
    if (!isRecord(service)) continue;
    for (const key of ["command", "entrypoint"]) {
      const value = service[key];
      const line = Array.isArray(value)
        ? value.map((word) => quoted(String(word))).join(" ")
        : typeof value === "string"
          ? value
          : "";
      if (line !== "") run({ ...text, text: line }, "shell", NOTHING, "/");
    }
  }
}

type Json = Readonly<Record<string, unknown>>;

function playbook(tools: Tools, text: Text, folder: string): void {
  for (const play of listOf(parseYaml(text.text))) if (isRecord(play)) tasksOf(tools, text, play, folder);
}

/** Tasks in blocks, in order. */
function tasksOf(tools: Tools, text: Text, play: Json, folder: string): void {
  for (const key of ["pre_tasks", "roles", "tasks", "post_tasks", "handlers", "block", "rescue", "always"])
    for (const task of listOf(play[key])) {
      if (!isRecord(task)) continue;
      runTask(tools, text, task, folder);
      if (key !== "tasks" || task["block"] !== undefined) tasksOf(tools, text, task, folder);
    }
  if (play["hosts"] === undefined && play["block"] === undefined) runTask(tools, text, play, folder);
}

const str = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

function runTask({ boot, run }: Tools, text: Text, task: Json, folder: string): void {
  for (const [name, given] of Object.entries(task)) {
    const module = name.slice(name.lastIndexOf(".") + 1);
    const options: Json = isRecord(given) ? given : { cmd: given, name: given, _raw: given };
    if (/^(?:shell|command|raw|script)$/.test(module)) {
      const script =
        str(options["cmd"]) ||
        str(options["_raw"]) ||
        listOf(options["argv"])
          .map((word) => quoted(str(word)))
          .join(" ");
      run({ ...text, text: script }, "shell", NOTHING, str(options["chdir"]) || folder);
    } else fetchTask(boot, text, module, options);
  }
}

/** Modules that fetch, by what they do with it. */
const MODULES: Readonly<Record<string, { readonly address: readonly string[]; readonly use?: string }>> = {
  get_url: { address: ["url"] },
  uri: { address: ["url"] },
  unarchive: { address: ["src"] },
  git: { address: ["repo"] },
  subversion: { address: ["repo"] },
  hg: { address: ["repo"] },
  yum: { address: ["name", "pkg"], use: "is installed by yum" },
  dnf: { address: ["name", "pkg"], use: "is installed by yum" },
  package: { address: ["name"], use: "is installed by a package manager" },
  zypper: { address: ["name"], use: "is installed by zypper" },
  apt: { address: ["deb"], use: "is installed by apt" },
  pip: { address: ["name", "requirements", "extra_args"], use: "is installed by pip" },
  npm: { address: ["registry", "name"], use: "is installed by npm" },
  gem: { address: ["repository", "gem_source"], use: "is installed by gem" },
  helm: { address: ["chart_repo_url", "chart_ref"], use: "is installed by Helm" },
  k8s: { address: ["src"], use: "is applied by kubectl" },
  docker_image: { address: ["load_path"], use: "is loaded as a container image" },
  win_get_url: { address: ["url"] },
  win_package: { address: ["path"], use: "is installed by Windows" },
  win_chocolatey: { address: ["source"], use: "is installed by Chocolatey" },
};

function fetchTask(boot: Boot, text: Text, module: string, options: Json): void {
  const known = named(MODULES, module);
  if (!known) return;
  const dest = str(options["dest"]) || str(options["path"]);
  const unchecked = options["validate_certs"] === false || options["validate_certs"] === "no";
  const words = known.address.flatMap((key) => [options[key]].flat().flatMap((value) => str(value).split(/\s+/)));
  const sources = words.flatMap((word) =>
    str(options["checksum"]) === "" ? (boot.source(word, spotOf(text, word), { unchecked }) ?? []) : [],
  );
  if (known.use !== undefined) {
    const files = words.map((word) => (isAddress(word) ? NOTHING : boot.below(word)));
    boot.use([...sources, ...files.flatMap((file) => file.sources)], known.use, undefined);
  } else carried(boot, module, dest, from(sources), str(options["src"]), str(options["mode"]));
}

function carried(boot: Boot, module: string, dest: string, flow: Flow, src: string, mode: string): void {
  if (module === "unarchive" || module === "git" || module === "subversion" || module === "hg")
    boot.unpack(dest, flow === NOTHING ? boot.at(src) : flow);
  else {
    boot.put(dest, flow);
    for (const source of flow.sources) boot.put(`${dest}/${baseName(source.address)}`, flow);
    if (isExecutable(mode)) boot.use(flow.sources, "is made executable", undefined);
  }
}

/** The line of a value in its document. */
export function spotOf(text: Text, value: string): { path: string; line: number } {
  const at = text.text.indexOf(value);
  return { path: text.path, line: text.line + Math.max(0, text.text.slice(0, Math.max(at, 0)).split("\n").length - 1) };
}

/** Resources of Chef: `type 'name' do … end`. */
function recipe({ boot, run }: Tools, text: Text, folder: string): void {
  const lines = text.text.split("\n");
  let open: { type: string; name: string; start: number; body: Map<string, string> } | undefined;
  for (const [index, line] of lines.entries()) {
    if (/^\s*#/.test(line)) continue;
    const [, type, name] = /^\s{0,20}(\w{2,30})[\s(]{1,9}['"]([^'"]{1,500})['"]\)?\s*(?:do\s*$)?/.exec(line) ?? [];
    if (type !== undefined && name !== undefined && RESOURCES.test(type)) {
      open = { type, name, start: index, body: new Map() };
      if (/\bdo\s*$/.test(line)) continue;
      resource({ boot, run }, text, open, folder);
      open = undefined;
    } else if (open && /^\s*end\b/.test(line)) {
      resource({ boot, run }, text, open, folder);
      open = undefined;
    } else if (open) {
      const [, key, value] = /^\s{0,20}(\w{2,30})[\s(]{1,9}\[?\s{0,9}['"]?([^'"\]]{1,500})/.exec(line) ?? [];
      if (key !== undefined && value !== undefined) open.body.set(key, value.trim());
    }
  }
}

const RESOURCES =
  /^(?:remote_file|execute|bash|script|rpm_package|dpkg_package|package|yum_package|dnf_package|windows_package|git|ark|archive_file|tar_extract|gem_package|python_package|chef_gem|yum_repository|apt_repository|file|cookbook_file|msu_package|chocolatey_package)$/;

function resource(
  { boot, run }: Tools,
  text: Text,
  { type, name, start, body }: { type: string; name: string; start: number; body: ReadonlyMap<string, string> },
  folder: string,
): void {
  const spot = lineOf(text, start);
  const source = body.get("source") ?? body.get("repository") ?? body.get("url") ?? (isAddress(name) ? name : "");
  const fetched = body.has("checksum")
    ? NOTHING
    : from([boot.source(source, spot)].filter((each) => each !== undefined));
  const path = body.get("path") ?? body.get("destination") ?? name;
  if (/^(?:execute|bash|script)$/.test(type))
    run({ ...spot, text: body.get("command") ?? body.get("code") ?? name }, "shell", NOTHING, folder);
  else if (/_package$|^package$|_gem$/.test(type))
    boot.use([...fetched.sources, ...boot.at(source).sources], "is installed by Chef", undefined);
  else if (/^(?:git|ark|archive_file|tar_extract)$/.test(type))
    boot.unpack(path, fetched === NOTHING ? boot.at(path) : fetched);
  else {
    boot.put(path, fetched);
    if (isExecutable(body.get("mode") ?? "")) boot.use(fetched.sources, "is made executable", undefined);
  }
}

/** States of Salt: a name, then modules with lists of options. */
function states({ boot, run }: Tools, text: Text, folder: string): void {
  const document = parseYaml(text.text);
  for (const [name, state] of isRecord(document) ? Object.entries(document) : []) {
    if (!isRecord(state)) continue;
    for (const [call, given] of Object.entries(state)) {
      const options: Json = Object.assign({ name }, ...listOf(given).filter(isRecord)) as Json;
      const source = str(options["source"]);
      const spot = spotOf(text, source === "" ? name : source);
      const vouched = str(options["source_hash"]) !== "" && !isAddress(str(options["source_hash"]));
      const flow = from(vouched ? [] : [boot.source(source, spot)].filter((each) => each !== undefined));
      if (/^cmd\./.test(call))
        run({ ...spot, text: str(options["name"]) }, "shell", NOTHING, str(options["cwd"]) || folder);
      if (call === "cmd.script") boot.use(flow.sources, "is run by a shell", undefined);
      else if (/^archive\./.test(call)) boot.unpack(str(options["name"]), flow);
      else if (/^pkg\./.test(call))
        boot.use(
          listOf(options["sources"])
            .flatMap((each) => (isRecord(each) ? Object.values(each) : []))
            .flatMap((each) => boot.source(str(each), spot) ?? []),
          "is installed by Salt",
          undefined,
        );
      else if (/^git\./.test(call))
        boot.unpack(
          str(options["target"]),
          from([boot.source(str(options["name"]), spot)].filter((each) => each !== undefined)),
        );
      else if (/^file\./.test(call)) {
        boot.put(str(options["name"]), flow);
        if (isExecutable(str(options["mode"]))) boot.use(flow.sources, "is made executable", undefined);
      }
    }
  }
}

/** Puppet: commands of `exec`, sources of packages. */
function manifest({ boot, run }: Tools, text: Text, folder: string): void {
  for (const match of text.text.matchAll(
    /\b(exec|package|file|vcsrepo|archive)\s{0,9}\{\s{0,9}(['"])(.{1,500}?)\2\s{0,9}:([^}]{0,2000})\}/gs,
  )) {
    const [, type = "", , name = "", body = ""] = match;
    const value = (key: string): string =>
      new RegExp(`\\b${key}\\s{0,9}=>\\s{0,9}['"]([^'"]{1,500})['"]`).exec(body)?.[1] ?? "";
    const spot = spotOf(text, match[0].slice(0, 60));
    const source = value("checksum") === "" ? boot.source(value("source"), spot) : undefined;
    const flow = from(source ? [source] : []);
    const path = value("path") || value("target") || value("extract_path") || name;
    if (type === "exec") run({ ...spot, text: value("command") || name }, "shell", NOTHING, value("cwd") || folder);
    else if (type === "package")
      boot.use([...flow.sources, ...boot.at(value("source")).sources], "is installed by Puppet", undefined);
    else if (type === "vcsrepo" || value("extract_path") !== "") boot.unpack(path, flow);
    else {
      boot.put(path, flow);
      if (isExecutable(value("mode"))) boot.use(flow.sources, "is made executable", undefined);
    }
  }
}
