/** Commands within files that are no scripts: manifests, rules, configuration of what starts programs. */
import { metadataUrl, mentionsMetadata, namesToken } from "./address";
import type { Use } from "./scripts";
import { shellUses, type Shared } from "./shell-calls";

/** Where a command starts within a line. */
const COMMAND =
  /(?<![\w.-])(?:\/[\w./-]{1,60}\/)?(?:curl|wget|aria2c|python[\d.]{0,4}\s{1,3}-c|(?:ba|da)?sh\s{1,3}-\w{0,3}c|perl\s{1,3}-\w{0,3}e|ruby\s{1,3}-\w{0,3}e)(?=["'\s,\]])/;

/** A request of a playbook, or of another description of what to fetch. */
const ADDRESS =
  /^\s{0,60}(?:-\s{1,9})?(?:[\w.]{1,60}:\s{0,9}\{\s{0,9}(?:[^{}\n]{0,300},\s{0,9})?)?["']?(?:url|uri|src)["']?\s{0,9}[:=]\s{0,9}["']?([^\s"',]{1,300})/;

/** What a container is started with. */
const ARGUMENTS = /^\s{0,60}(?:-\s{1,9})?["']?(?:args|command|entrypoint|cmd)["']?\s{0,9}[:=[]/i;

export function lineUses(text: string, shared: Shared): readonly Use[] {
  if (!mentionsMetadata(text) && shared.variables.size === 0) return [];
  const uses: Use[] = [];
  let held = "";
  let start = 1;
  for (const [index, line] of text.split("\n").entries()) {
    if (held === "") start = index + 1;
    if (/^\s{0,99}(?:#|\/\/)/.test(line)) continue;
    if (line.endsWith("\\") && held.length < 8192) {
      held += `${line.slice(0, -1)} `;
      continue;
    }
    uses.push(...usesOf(held + line, text, shared).map((by) => ({ line: start, by })));
    held = "";
  }
  return uses;
}

function usesOf(line: string, text: string, shared: Shared): readonly string[] {
  const start = COMMAND.exec(line)?.index;
  if (start !== undefined)
    return (
      [commandFrom(line, start), withoutMarks(line.slice(start))]
        .map((each) => shellUses(each, shared))
        .find((uses) => uses.length > 0)
        ?.slice(0, 1)
        .map(({ by }) => by) ?? []
    );
  if (ARGUMENTS.test(line) && !namesToken(text))
    return line.split(/["'\s,[\]]+/).some((word) => metadataUrl(word) === "metadata") ? ["a container"] : [];
  const url = ADDRESS.exec(line)?.[1];
  return url !== undefined && metadataUrl(url) === "metadata" && !namesToken(text) ? [readerOf(text)] : [];
}

/** What reads a description of a request. */
function readerOf(text: string): string {
  if (/^\s{0,9}(?:data|resource)\s{1,9}"/m.test(text)) return "Terraform";
  return /^\s{0,20}-?\s{0,9}(?:hosts|tasks|ansible\.\w[\w.]{0,40})\s{0,9}:/m.test(text)
    ? "Ansible"
    : "a configuration file";
}

/** The command up to the quote that encloses it. */
function commandFrom(line: string, start: number): string {
  const quote = /["']/.exec(line[start - 1] ?? "")?.[0];
  const end = quote === undefined ? -1 : line.indexOf(quote, start);
  return line.slice(start, end < 0 ? undefined : end);
}

/** A list of words as in JSON, as one command. */
function withoutMarks(text: string): string {
  return text.replaceAll(/["']\s{0,9},\s{0,9}["']/g, " ").replaceAll(/["'\]]{1,3}\s{0,9}[,;}]?\s{0,9}$/g, "");
}
