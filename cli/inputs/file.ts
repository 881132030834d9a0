/** Reads a file that Pulumi wrote, and keeps of it what every command needs to know of a run. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { configSecrets } from "../../policies/stack-config";
import { CheckError } from "../errors";
import type { Outcome, Stack } from "../host";
import { Redactor } from "../redact";
import { plural } from "../render/names";
import type { DirectoryRun } from "../run";
import { sourceFiles } from "../source-files";
import { textOf } from "../text-file";
import { readContent } from "./content";
import { positionsIn } from "./source";
import { readResources, type Content, type ReadResources } from "./written";
import { JUDGE_PREVIEW } from "../preview-command";

/** Reads a preview, an event log, an update plan or a state; of standard input where no file is named. */
export async function readFileInput(file: string | undefined): Promise<DirectoryRun> {
  const label = file ?? "standard input";
  const text = file === undefined ? await readStandardInput() : await readText(file);
  const { content, resources, secrets, hidden } = contentOf(text, label);
  const stack = stackOf(content);
  // Its positions are relative to the project, which is where the file is judged, if anywhere.
  const files = sourceFiles(process.cwd());
  const known = configSecrets(content.config, stack.name);
  return {
    resources,
    locations: files.locations(positionsIn(content, process.cwd())),
    parts: {
      directory: label,
      file: files.relative(path.resolve(label)) ?? label,
      stack,
      outcome: outcomeOf(content),
      errors: content.errors,
      hints: [],
    },
    notes: [...content.notes, ...hiddenNote(hidden, content.kind)],
    secrets: known,
    redactor: new Redactor([...secrets, ...known.map(({ value }) => value)]),
  };
}

/** Such files are as deep as the values in them: what a program cannot follow is not judged. */
function contentOf(text: string, label: string): { readonly content: Content } & ReadResources {
  try {
    const content = readContent(text, label);
    return { content, ...readResources(content) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CheckError(`${label} is nested too deeply to be judged. Look for the value in it that never ends.`);
  }
}

/** Read as it comes, too: the file may be a pipe. */
async function readText(file: string): Promise<string> {
  try {
    return textOf(await readFile(file));
  } catch (error) {
    throw new CheckError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Read as it comes: whoever writes it may take minutes. */
async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw new CheckError(`nothing comes on standard input. Pipe it in: ${JUDGE_PREVIEW}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Buffer));
  return textOf(Buffer.concat(chunks));
}

/** A URN is `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
function stackOf({ resources }: Content): Stack {
  const [urn = ""] = resources.keys();
  const [head = "", project = ""] = urn.split("::");
  return { name: head.split(":")[2] ?? "", project, organization: "organization" };
}

function outcomeOf({ complete }: Content): Outcome {
  return complete ? { kind: "completed" } : { kind: "failed", code: undefined, signal: undefined };
}

function hiddenNote(hidden: number, kind: string): string[] {
  if (hidden === 0) return [];
  const values = plural(hidden, "secret value is", "secret values are");
  const more = kind === "state" ? " Show them with: pulumi stack export --show-secrets" : "";
  return [`${values} not shown in the ${kind}: what hangs on it is unverified.${more}`];
}
