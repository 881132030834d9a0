/** Paths of files as scripts write them, in one form. */

/** Far beyond what scripts write. */
const LONGEST = 1000;

const WINDOWS = /^[A-Za-z]:(?:[\\/]|$)|\\|^%\w+%|^\$env:/i;

/** The path in one form: without `.` and `..`, `~` followed, Windows paths in small letters with slashes. */
export function pathOf(word: string, folder = ""): string {
  if (word.length + folder.length > LONGEST) return word.slice(0, LONGEST);
  if (word.startsWith("/") && !/[\\$%~]|\/[./]|\/$/.test(word)) return word;
  const windows = WINDOWS.test(word);
  const text = windows ? word.replaceAll("\\", "/").toLowerCase() : word;
  const home = text
    .replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, "/root")
    .replaceAll(/\$\{(\w{1,60})\}/g, (_, name: string) => `$${name}`)
    .replace(/^%(\w{1,60})%/, (_, name: string) => `$env:${name}`);
  return cleaned(isAbsolute(home) || folder === "" ? home : `${folder}/${home}`);
}

/** From the root, or from a folder that a variable names. */
function isAbsolute(path: string): boolean {
  return /^(?:\/|[a-z]:\/|\$|<\(|>\()/i.test(path);
}

function cleaned(path: string): string {
  if (!/\/\.{0,2}(?:\/|$)|^\.{1,2}(?:\/|$)/.test(path)) return path;
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "." && name !== "") names.push(name);
  }
  return (path.startsWith("/") ? "/" : "") + names.join("/");
}

export function isPattern(path: string): boolean {
  return /^[^\s{]*[*?[{]\S*$/.test(path.slice(0, 1000));
}

/** Whether a pattern of the shell may mean a path; `*` stands for folders as well. */
export function covers(pattern: string, path: string): boolean {
  const start = pattern.slice(0, pattern.search(/[*?[{]/));
  const end = pattern.slice(Math.max(...["*", "?", "]", "}"].map((mark) => pattern.lastIndexOf(mark))) + 1);
  if (start === "" && path.startsWith("/")) return false;
  // A name that only the running script fills in may end in anything.
  const open = /\$[^/]*$/.test(path);
  return path.length >= start.length + end.length && path.startsWith(start) && (open || path.endsWith(end));
}

/** Whether a path leads into a folder. */
export function within(folder: string, path: string): boolean {
  if (folder === "") return path !== "" && !isAbsolute(path);
  return path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

export function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes("\\") ? name.slice(name.lastIndexOf("\\") + 1) : name;
}
