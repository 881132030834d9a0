/** Documents that tools carry out: which command takes which, and those of containers and of make. */
import { memoized } from "../../memo";
import { isRecord, listOf, parseYaml } from "../yaml";
import { NOTHING, type Text } from "./boot";
import type { Command } from "./command";
import { baseName, folderOf } from "./paths";
import { adHoc, playbook } from "./playbooks";
import { manifest, recipe, states } from "./recipes";
import { quoted, type Tools } from "./resource";
import { workload } from "./workloads";

type Carrier = (tools: Tools, text: Text, folder: string) => void;

/** Which document a command carries out: files among its words, or the one in its folder. */
const DOCUMENTS: readonly (readonly [program: RegExp, file: RegExp, carry: Carrier])[] = [
  [/^(?:docker|podman|buildah|nerdctl|kaniko)$/, /(?:^|\/)(?:[\w.-]*Dockerfile|Containerfile)[\w.-]*$/i, dockerfile],
  [/^(?:docker|podman|docker-compose|podman-compose|nerdctl)$/, /\.ya?ml$/, compose],
  [/^g?make$/, /(?:^|\/)(?:GNU)?makefile$|\.mk$/i, makefile],
  [/^(?:just|task)$/, /(?:^|\/)(?:justfile|Taskfile\.ya?ml)$/i, makefile],
  [/^ansible(?:-playbook|-pull)?$/, /\.(?:ya?ml|json)$/, playbook],
  [/^(?:chef-(?:solo|client|apply|run|zero)|cinc-\w+)$/, /\.rb$/, recipe],
  [/^salt-(?:call|ssh)$/, /\.sls$/, states],
  [/^puppet$/, /\.pp$/, manifest],
  [/^(?:kubectl|oc|k3s|rke2|microk8s)$/, /\.(?:ya?ml|json)$/, workload],
];

/** Those of a program. */
const documentsOf = memoized((name) => DOCUMENTS.filter(([program]) => program.test(name)), 1 << 12);

/** Carries out the documents of a command, which does more than that. */
export function carryOutDocuments(command: Command): undefined {
  const known = documentsOf(command.program);
  if (known.length === 0) return undefined;
  direct(command);
  const { boot, run } = command.where;
  const given = command.words.some((word) => /^-$|^\/dev\/stdin$/.test(word)) ? command.input.texts : [];
  for (const text of given) known[0]?.[2]({ boot, run }, text, command.where.folder);
  for (const [path, texts] of boot.texts) {
    const carry = known.find(([, file]) => file.test(path))?.[2];
    if (carry && isMeant(command, path)) for (const text of texts) carry({ boot, run }, text, folderOf(path));
  }
  return undefined;
}

/** Modules and functions that are called without a document. */
function direct(command: Command): void {
  if (command.program === "ansible") adHoc(command);
  const state = command.words.findIndex((word) => /^cmd\.(?:run|shell|script)\w*$/.test(word));
  if (state > 0) command.run({ ...command.where.spot, text: command.word(state + 1) }, "shell");
}

/** The path, its folder, or the name of the state stands among the words, or it lies in the working directory. */
function isMeant(command: Command, path: string): boolean {
  const folder = folderOf(path);
  const paths = command.words.slice(1).map((word) => command.path(word.replace(/^-{1,2}[\w-]+=|^-[Cf]/, "")));
  if (paths.includes(path) || paths.includes(folder)) return true;
  const name = baseName(path).replace(/\.\w+$/, "");
  return folder === command.where.folder || (path.endsWith(".sls") && command.words.includes(name));
}

/** Lines with those behind a backslash joined to them, without comments. */
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
    const spot = { path: text.path, line: text.line + index };
    const [, instruction = "", rest = ""] = /^\s{0,20}(RUN|ADD)\s+(.*)$/is.exec(line) ?? [];
    if (instruction.toUpperCase() === "RUN") run({ ...spot, text: `set -e; ${scriptOf(rest)}` }, "shell", NOTHING, "/");
    else if (instruction !== "") {
      const vouched = /(?:^|\s)--checksum=/.test(rest);
      const sources = rest.split(/\s+/).flatMap((word) => boot.source(word, spot, { vouched }) ?? []);
      boot.use(sources, "is built into a container image", undefined);
    }
  }
}

/** A line for a shell, or a list of words. */
function scriptOf(rest: string): string {
  const words = /^\s*\[/.test(rest) ? listOf(parseYaml(rest)).map(String) : [];
  return words.length > 0 ? words.map(quoted).join(" ") : rest.replace(/^(?:--\S+\s+)+/, "");
}

/** Recipes with the variables of the file. */
function makefile({ run }: Tools, text: Text, folder: string): void {
  const variables = new Map<string, string>();
  const fill = (line: string): string =>
    line.replaceAll(/\$[({](\w{1,60})[)}]/g, (mark, name: string) => variables.get(name) ?? mark);
  const lines: string[] = [];
  let target = "";
  for (const { text: line, index } of joinedLines(text.text)) {
    const [, name, value] = /^(?:export\s+)?(\w{1,60})\s{0,9}(?::{0,3}|\?|\+)=\s{0,9}(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) variables.set(name, fill(value));
    target = /^([^\s:=#][^:=]{0,200}):(?!=)/.exec(line)?.[1]?.trim() ?? target;
    if (/^[\t ]+\S/.test(line)) lines[index] = recipeLine(fill(line), target);
  }
  const script = { ...text, text: Array.from(lines, (line: string | undefined) => line ?? "").join("\n") };
  // What is made first may stand last.
  for (let round = 0; round < 2; round++) run(script, "shell", NOTHING, folder);
}

function recipeLine(line: string, target: string): string {
  return line
    .replace(/^\s+[@+-]*/, "")
    .replaceAll("$@", target)
    .replaceAll("$$", "$");
}

/** Commands of services; images are trusted. */
function compose({ run }: Tools, text: Text): void {
  const document = text.text.includes("://") ? parseYaml(text.text) : undefined;
  const services = isRecord(document) ? document["services"] : undefined;
  for (const service of isRecord(services) ? Object.values(services) : [])
    for (const key of ["command", "entrypoint"]) {
      const value = isRecord(service) ? service[key] : undefined;
      const line = Array.isArray(value) ? value.map((word) => quoted(String(word))).join(" ") : value;
      if (typeof line === "string") run({ ...text, text: line }, "shell", NOTHING, "/");
    }
}
