/**
 * What user data does, as lines to look for marks in: commands that are run, assignments, configuration that is
 * written. Comments do not count, nor does text that is only shown.
 */
import { parseToml } from "./bottlerocket";
import { doneBy } from "./code-actions";
import { CODE, kindOfInterpreter } from "./kinds";
import type { Language } from "./metadata/statements";
import { perObject } from "../memo";
import type { Decoded, Kind, Part } from "./parts";
import { readShell } from "./shell";
import { plain, withoutWrappers, type Call, type Step } from "./steps";
import { isRecord } from "./yaml";

/** The lines, and whether some of the text could not be read. */
export interface Actions {
  readonly lines: readonly string[];
  readonly complete: boolean;
}

/** What the parts do, worked out once. */
export const actionsOf = perObject(({ parts, problems }: Decoded): Actions => {
  const lines: string[] = [];
  let complete = problems.length === 0;
  for (const part of parts) {
    const found = actions(part);
    if (found === undefined) complete = false;
    else for (const line of found) lines.push(line);
  }
  return { lines, complete };
});

function actions({ text, kind, file }: Part): readonly string[] | undefined {
  if (file && isDocument(file.path)) return [];
  if (kind === "shell") return ofShell(text, 0);
  if (isLanguage(kind)) return ofScript(text, kind);
  if (kind === "toml") return ofToml(text);
  if (kind === "include" || CLUSTER_DOCUMENT.test(text)) return withoutComments(text);
  // What a cloud-config does stands in parts of its own.
  return file && kind !== "cloud-config" ? ofFile(file.path, text) : [];
}

function isLanguage(kind: Kind): kind is (typeof CODE)[number] {
  return CODE.some((language) => language === kind);
}

/** Documents that only a node of a cluster is given. */
const CLUSTER_DOCUMENT = /^[\s{,-]*["']?apiVersion["']?\s{0,9}:\s{0,9}["']?(?:node\.eks\.aws|kubeadm\.k8s\.io)\//m;

/** Files for people to read. */
function isDocument(path: string): boolean {
  return /\.(?:md|txt|html?|rst|log|adoc)$|\/(?:motd|issue|README)\b|\/update-motd\.d\/|\/usr\/share\/doc\//i.test(
    path,
  );
}

/** Files that set variables or options of a service; a name that is not known may be one of them. */
const CONFIGURATION =
  /ecs|kube|rancher|\.(?:env|conf|config|cfg|service|ini)$|\/etc\/(?:default|sysconfig|environment|profile)|^\$/i;

function ofFile(path: string, text: string): readonly string[] {
  return isDocument(path) || !CONFIGURATION.test(path) ? [] : [`write ${path}`, ...withoutComments(text)];
}

function withoutComments(text: string): string[] {
  return text.split("\n").filter((line) => !/^\s*(?:#|\/\/)/.test(line));
}

/** What code does; what it writes counts unless it is a document. */
function ofScript(text: string, language: Language): string[] {
  const counts = (statement: string): boolean => !isDocument(statement.trimEnd().replace(/["']$/, ""));
  return doneBy(text, language, counts).flatMap((statement) => statement.split("\n"));
}

function ofToml(text: string): readonly string[] {
  const settings = parseToml(text)?.["settings"];
  return isRecord(settings) ? Object.keys(settings).map((name) => `settings.${name}`) : [];
}

/** Programs whose arguments are only shown, compared or looked for. */
const SHOWS =
  /^(?:echo|printf|cat|logger|wall|grep|egrep|fgrep|test|\[|\[\[|ls|file|stat|head|tail|less|which|type|rm|:|true|false)$/;

function ofShell(text: string, depth: number): string[] | undefined {
  const steps = readShell(text);
  return steps?.flatMap((step) => ofStep(step, depth));
}

function ofStep(step: Step, depth: number): string[] {
  if (step.kind !== "pipeline") return step.kind === "assignment" ? [`${step.name}=${step.value}`] : [];
  return step.calls.flatMap((call, index) => ofCall(call, step.calls, index, depth));
}

function ofCall(call: Call, calls: readonly Call[], index: number, depth: number): string[] {
  const words = withoutWrappers(call.words);
  const program = (words[0] ?? "").replace(/^.*\//, "");
  if (program === "echo" || program === "printf") return printed(words, calls.slice(index, index + 9), depth);
  if (SHOWS.test(program)) return [];
  const script = scriptOf(program, words);
  if (script !== undefined) return depth < 3 ? (ofShell(script, depth + 1) ?? []) : [];
  return [words.join(" "), ...call.words.filter((word) => /^\w+=/.test(word))];
}

/** What `echo` prints counts where it goes to a file or to a shell. */
function printed(words: readonly string[], [call, ...next]: readonly Call[], depth: number): string[] {
  const text = plain(words.slice(1).join(" ")).replaceAll("\\n", "\n");
  const toShell = next.some((call) => kindOfInterpreter(withoutWrappers(call.words)[0] ?? "") === "shell");
  if (toShell && depth < 3) return ofShell(text, depth + 1) ?? [];
  const files = [...(call?.files ?? []), ...next.flatMap((each) => each.files)];
  return files.flatMap((file) => ofFile(file, text.replaceAll(/^-[neE]+\s/g, "")));
}

/** The script that is an argument: `bash -c '…'`, `su - app -c '…'`, `eval "…"`. */
export function scriptOf(program: string, words: readonly string[]): string | undefined {
  if (program === "eval") return plain(words.slice(1).join(" "));
  if (kindOfInterpreter(program) !== "shell" && program !== "su" && program !== "runuser") return undefined;
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  const script = option < 0 ? undefined : words[option + 1];
  return script && plain(script);
}
