/** Kubernetes: the commands that containers of a manifest are started with. */
import { isRecord, listOf, parseYaml } from "../yaml";
import { NOTHING, type Text } from "./boot";
import { quoted, spotOf, str, type Tools } from "./resource";

/** From the manifest to a container, the command of its probe included, and some. */
const DEPTH = 14;

/** Runs what the documents of a manifest start; images are trusted. */
export function workload(tools: Tools, text: Text): void {
  if (!/\b(?:command|args)["']?\s*:/.test(text.text)) return;
  for (const document of text.text.split(/^---.*$/m)) visit(tools, text, parseYaml(document), 0);
}

function visit(tools: Tools, text: Text, value: unknown, depth: number): void {
  if (depth > DEPTH) return;
  if (isRecord(value)) startContainer(tools, text, value);
  const inner = isRecord(value) ? Object.values(value) : listOf(value);
  for (const each of inner) visit(tools, text, each, depth + 1);
}

/** Arguments alone are those of the program in the image. */
function startContainer({ run }: Tools, text: Text, { command, args }: Readonly<Record<string, unknown>>): void {
  const words = [...listOf(command), ...listOf(args)].map(str);
  if (listOf(command).length === 0 && !/^-\w*c$/.test(words[0] ?? "")) return;
  const all = listOf(command).length === 0 ? ["sh", ...words] : words;
  const longest = [...words].sort((one, other) => other.length - one.length)[0] ?? "";
  run({ ...spotOf(text, longest.split("\n", 1)[0] ?? ""), text: all.map(quoted).join(" ") }, "shell", NOTHING, "/");
}
