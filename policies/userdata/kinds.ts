/** What a text is: by what its container says, by its first line, by a file's name. */
import { memoized } from "../memo";
import type { Kind } from "./parts";

/** Formats of cloud-init that are containers or need a step of their own. */
export type Format =
  Kind | "archive" | "jsonp" | "boothook" | "part-handler" | "jinja" | "mime" | "windows" | "ec2launch" | "ignition";

/** Languages of programs besides that of shells, which is parsed. */
export const CODE = ["powershell", "batch", "python", "perl", "ruby", "javascript"] as const satisfies readonly Kind[];

/** By the start of the text, the longest first (cloud-init, "User data formats"; letter case and space before it do not matter). */
const PREFIXES: readonly (readonly [string, Format])[] = [
  ["#cloud-config-archive", "archive"],
  ["#cloud-config-jsonp", "jsonp"],
  ["#cloud-config", "cloud-config"],
  ["#cloud-boothook", "boothook"],
  ["#include", "include"],
  ["#part-handler", "part-handler"],
  ["## template:", "jinja"],
  ["#upstart-job", "text"],
  ["#ps1", "powershell"],
  ["rem cmd", "batch"],
];

/** By the type of a MIME part, as cloud-init knows it; other types leave it to the text. */
const TYPES: Readonly<Record<string, Format>> = {
  "text/cloud-config": "cloud-config",
  "text/cloud-config-archive": "archive",
  "text/cloud-config-jsonp": "jsonp",
  "text/cloud-boothook": "boothook",
  "text/jinja2": "jinja",
  "text/part-handler": "part-handler",
  "text/upstart-job": "text",
  "text/x-include-url": "include",
  "text/x-include-once-url": "include",
  "text/x-shellscript": "shell",
  "text/x-shellscript-per-boot": "shell",
  "text/x-shellscript-per-instance": "shell",
  "text/x-shellscript-per-once": "shell",
  "application/node.eks.aws": "yaml",
};

export function formatOfType(type: string): Format | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

/** Characters of names that are remembered. */
const PROGRAMS = 1 << 14;

const INTERPRETERS: readonly (readonly [RegExp, Kind])[] = [
  [/^(?:ba|da|k|z|a|fi)?sh$|^busybox$/, "shell"],
  [/^(?:python|pypy)[\d.]*$/, "python"],
  [/^(?:pwsh|powershell)(?:\.exe)?$/i, "powershell"],
  [/^perl/, "perl"],
  [/^ruby/, "ruby"],
  [/^(?:node|nodejs|deno|bun)$/, "javascript"],
];

/** The language that a program of this name or path reads. */
export const kindOfInterpreter: (program: string) => Kind | undefined = memoized((program) => {
  const name = program.slice(program.lastIndexOf("/") + 1);
  return INTERPRETERS.find(([mark]) => mark.test(name))?.[1];
}, PROGRAMS);

const EXTENSIONS: Readonly<Record<string, Kind>> = {
  sh: "shell",
  bash: "shell",
  ps1: "powershell",
  psm1: "powershell",
  bat: "batch",
  cmd: "batch",
  py: "python",
  pl: "perl",
  rb: "ruby",
  js: "javascript",
  json: "json",
  yaml: "yaml",
  yml: "yaml",
  toml: "toml",
};

export function kindOfFile(path: string): Kind | undefined {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

/** The kind that the `#!` line names; a script without a known interpreter is taken for shell. */
function kindOfShebang(text: string): Kind {
  const line = text.slice(2, 200).split("\n", 1)[0] ?? "";
  const words = line.trim().split(/\s+/);
  const named = words[0]?.endsWith("/env") ? words.slice(1).find((word) => !/^-|=/.test(word)) : words[0];
  return kindOfInterpreter(named ?? "") ?? "shell";
}

/** What the first characters say; undefined where they say nothing. */
export function formatOfStart(text: string): Format | undefined {
  const start = text.slice(0, 4096).trimStart();
  if (start.startsWith("#!")) return kindOfShebang(start);
  const lower = start.slice(0, 64).toLowerCase();
  return PREFIXES.find(([prefix]) => lower.startsWith(prefix))?.[1];
}

const HEADER = /^(?:content-type|mime-version|content-transfer-encoding|content-disposition)[ \t]*:/im;

/** A MIME message starts with headers, one of which is about its content. */
export function isMime(text: string): boolean {
  const start = text.slice(0, 4096).trimStart();
  const head = start.split("\n\n", 1)[0] ?? "";
  return /^[A-Za-z][A-Za-z0-9-]*[ \t]*:/.test(start) && HEADER.test(head);
}

const TASKS = /^\s{0,20}["']?tasks["']?\s*:/m;
const VERSION = /^["']?version["']?\s*:\s*["']?1/m;

/** What the whole text looks like, for user data that no first line tells. */
export function formatOfContent(text: string): Format | undefined {
  if (/<(?:powershell|script)>/i.test(text)) return "windows";
  if (/^\s*\{\s*["}]/.test(text)) return text.includes('"ignition"') ? "ignition" : "json";
  if (VERSION.test(text) && TASKS.test(text)) return "ec2launch";
  if (/^["']?apiVersion["']?[ \t]*:/m.test(text)) return "yaml";
  if (startsAsToml(text)) return "toml";
  return startsAsYaml(text) ? "yaml" : undefined;
}

/** The first lines that are no comments are a key and something below it, or several keys. */
function startsAsYaml(text: string): boolean {
  if (!text.includes(":")) return false;
  const lines = text
    .slice(0, 1 << 12)
    .split("\n")
    .filter((line) => !/^\s*(?:#|$|---\s*$)/.test(line))
    .slice(0, 3);
  return (
    lines.length > 1 &&
    /^[\w-]+:(?:\s|$)/.test(lines[0] ?? "") &&
    lines.every((line) => /^\s*(?:- )?["\w./-]+:(?:\s|$)|^\s*- /.test(line))
  );
}

/** The first line that is no comment is a table, or a setting, of Bottlerocket. */
function startsAsToml(text: string): boolean {
  if (!text.includes("settings")) return false;
  const first = text
    .slice(0, 1 << 16)
    .split("\n")
    .find((line) => !/^\s*(?:#|$)/.test(line));
  return first !== undefined && /^\s*(?:\[+\s*)?["']?settings["']?\s*[.=\]]/.test(first);
}
