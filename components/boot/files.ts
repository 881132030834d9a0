/** Files and settings of cloud-init. */
import * as yaml from "js-yaml";
import type { FileArgs } from "../args";
import { problemsIn, type Problem } from "../plan/problems";
import type { BootPart } from "./part";
import { USER_NAME } from "./user-names";

/** A file whose content is known. */
export interface BootFile extends FileArgs {
  readonly content?: string;
  readonly contentBase64?: string;
}

/** What is wrong with a file that is written at `at`. */
export function fileProblems(at: string, file: BootFile): Problem[] {
  const { path, content, contentBase64, owner, permissions } = file;
  return problemsIn(at, [
    ["path", isFilePath(path), `write an absolute path without "." and "..", such as "/etc/app.conf".`],
    ["path", !/^\/run\/secrets(?:\/|$)/.test(path), "this folder is for secrets, and empty after a restart."],
    ["", (content === undefined) !== (contentBase64 === undefined), "give content (text) or contentBase64 (bytes)."],
    ["contentBase64", contentBase64 === undefined || BASE64.test(contentBase64), "write base64 without line breaks."],
    [
      "owner",
      owner === undefined || OWNER.test(owner),
      `write the names of a user or "user:group", such as "root:app".`,
    ],
    ["permissions", permissions === undefined || MODE.test(permissions), `write octal digits, such as "0640".`],
  ]);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** By name only: cloud-init looks numbers up as names (`util.chownbyname`). */
const OWNER = new RegExp(`^${USER_NAME}(?::${USER_NAME})?$`);
/** Octal digits of permissions. */
export const MODE = /^[0-7]{3,4}$/;
/** A user or a group, by name or number. */
export const USER = new RegExp(`^(?:${USER_NAME}|[0-9]{1,10})$`);

/** Whether a path names a file, in one way only. */
export function isFilePath(path: string): boolean {
  return (
    path.startsWith("/") &&
    !/[\0-\x1f\x7f]/.test(path) &&
    path
      .slice(1)
      .split("/")
      .every((each) => each !== "" && each !== "." && each !== "..")
  );
}

/** Where one of the paths is another one's, or below it: a file cannot be a folder too. */
export function sharedPaths(paths: readonly (string | undefined)[]): number[] {
  return paths.flatMap((path, index) =>
    path !== undefined && paths.slice(0, index).some((other) => other !== undefined && isShared(path, other))
      ? [index]
      : [],
  );
}

function isShared(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/** Files as settings of cloud-init. */
export function filesPart(files: readonly BootFile[], name = "files"): BootPart {
  return cloudConfigPart(name, { write_files: files.map(written) });
}

function written({ path, content, contentBase64, owner = "root:root", permissions = "0644" }: BootFile): object {
  return {
    path,
    owner,
    permissions,
    ...(contentBase64 === undefined ? { content } : { encoding: "b64", content: contentBase64 }),
    // Files are written before users are made, and one whose owner is missing ends the writing of all that follow.
    ...(/^root(?::root)?$/.test(owner) ? {} : { defer: true }),
  };
}

/** Settings of cloud-init, given as an object. */
export function cloudConfigPart(name: string, config: object): BootPart {
  const text = yaml.dump(config, { lineWidth: -1, noRefs: true });
  return { name, kind: "cloud-config", content: `#cloud-config\n${text}` };
}

/** Why settings of cloud-init cannot be joined with others; undefined where they can. */
export function cloudConfigProblem(config: object | string): string | undefined {
  if (typeof config !== "string")
    return isWritable(config) ? keyProblem(config) : "write texts, numbers, true, false, lists and objects of these";
  const text = withoutMark(config);
  if (/^\s*##\s*template:/i.test(text))
    return "templates (## template: jinja) are not supported here, write the settings out";
  try {
    const value = yaml.load(text, { schema: yaml.YAML11_SCHEMA });
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return keyProblem(value);
    return "write a mapping of cloud-init's modules, such as { packages: [nginx] }";
  } catch (error) {
    return `it is not valid YAML (${error instanceof yaml.YAMLException ? error.reason : "unreadable"})`;
  }
}

/** What decides over more than the settings that it stands among. */
const OTHERS: Readonly<Record<string, string>> = {
  merge_how: "it would decide over the settings of others too",
  merge_type: "it would decide over the settings of others too",
  cloud_init_modules: "the boot needs the modules of the image",
  cloud_config_modules: "the boot needs the modules of the image",
  cloud_final_modules: "the boot needs the modules of the image",
};

function keyProblem(config: object): string | undefined {
  if ("runcmd" in config)
    return "cloud-init runs runcmd after all else, also where the boot has failed: write it in userData.commands";
  const other = Object.entries(OTHERS).find(([key]) => key in config);
  return other && `leave ${other[0]} out: ${other[1]}`;
}

/** Whether YAML can say all of it: texts, numbers, true, false, dates, lists and objects of these. */
function isWritable(config: object): boolean {
  try {
    yaml.dump(config);
    return true;
  } catch {
    return false;
  }
}

/** Editors put a byte order mark before text, with which cloud-init does not know the first line. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** Settings of cloud-init given as text, with the first line that cloud-init knows them by. */
export function cloudConfigText(name: string, text: string): BootPart {
  const lines = withoutMark(text).replaceAll("\r\n", "\n");
  return { name, kind: "cloud-config", content: /^#cloud-config\s*\n/.test(lines) ? lines : `#cloud-config\n${lines}` };
}
