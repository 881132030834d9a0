/** What a shell script carries as data: here documents for files and interpreters, and literals that it decodes. */
import { decoderOf } from "./decoders";
import { gunzip, isGzip } from "./encodings";
import { kindOfInterpreter } from "./kinds";
import { inside, type Place, type Visitor } from "./parts";
import { printed } from "./print";
import { readShell } from "./shell";
import { plain, programOf, withoutWrappers, type Call } from "./steps";

/** Data on its way through a pipeline. */
interface Flow {
  /** A text as it stands in the script, or the bytes that something decoded. */
  readonly content: string | Buffer;
  /** It comes from a here document or a here string. */
  readonly here: boolean;
}

/** Visits here documents and decoded literals of a script. */
export function visitInline(text: string, place: Place, visitor: Visitor): void {
  const decodes = /base(?:64|32)|decode64|b64decode|openssl|xxd|zcat|gunzip|gzip|\brev\b/.test(text);
  if (!decodes && !text.includes("<<")) return;
  const written = new Map<string, string>();
  const steps = readShell(text);
  if (!steps) visitor.out.fail(place, "its shell syntax is too costly to read");
  for (const step of steps ?? []) {
    // Without decoders a text is data only where it is the input of a command.
    if (step.kind !== "pipeline" || (!decodes && step.calls.every(({ input }) => input === undefined))) continue;
    const flow = flowOf(text, step.calls, written, place, visitor);
    if (flow) deliver(flow, step.calls, written, place, visitor);
  }
}

/** What comes out of a pipeline, as far as the text tells. */
function flowOf(
  script: string,
  calls: readonly Call[],
  written: Files,
  place: Place,
  visitor: Visitor,
): Flow | undefined {
  let flow: Flow | undefined;
  for (const call of calls) {
    const words = withoutWrappers(call.words);
    const source =
      call.input ?? printed(words) ?? (flow ? undefined : (fileRead(words, written) ?? ownTail(words, script)));
    if (source !== undefined) flow = { content: plain(source), here: call.input !== undefined };
    if (!flow || (!isUnzip(words) && !decoderOf(words))) continue;
    const content = decoded(words, flow.content, visitor, place);
    if (!content) return undefined;
    flow = { ...flow, content };
  }
  return flow;
}

type Files = Map<string, string>;

/** A text goes to where the pipeline ends; printed on the console it is no part. */
function deliver(flow: Flow, calls: readonly Call[], written: Files, place: Place, visitor: Visitor): void {
  const path = fileOf(calls);
  const programs = calls.map(({ words }) => withoutWrappers(words)[0] ?? "");
  const kind = programs.map(kindOfInterpreter).find((each) => each !== undefined);
  const line = String(calls[0]?.line ?? 1);
  const more = { ...(path !== undefined && { file: { path } }), ...(kind && { kind }) };
  const { content, here } = flow;
  if (typeof content !== "string") {
    visitor.bytes(content, inside(place, `base64 in line ${line}`, more));
    return;
  }
  if (path !== undefined && written.size < 1000) written.set(path, content);
  if (!here || (path === undefined && programs.every((name) => PRINTERS.test(name)))) return;
  const told = path !== undefined || kind ? more : { kind: "text" as const };
  visitor.text(content, inside(place, `here document in line ${line}`, told));
}

/** The first file that the output of a pipeline goes to. */
function fileOf(calls: readonly Call[]): string | undefined {
  for (const { files } of calls) for (const file of files) if (!file.startsWith("/dev/")) return file;
  return undefined;
}

/** Programs that only show what they read. */
const PRINTERS = /(?:^|\/)(?:cat|echo|printf|wall|logger|more|less)$|^:$/;

/** The text of a file that the script has written before. */
function fileRead(words: readonly string[], written: ReadonlyMap<string, string>): string | undefined {
  if (written.size === 0) return undefined;
  const path = words.slice(1).find((word) => written.has(word));
  return path === undefined ? undefined : written.get(path);
}

/** What stands at the end of a script that reads itself: `sed '1,/^__DATA__/d' "$0"`. */
function ownTail(words: readonly string[], script: string): string | undefined {
  if (!words.slice(1).some((word) => /^\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?$/.test(word))) return undefined;
  const lines = script.trimEnd().split("\n");
  const start = lines.findLastIndex((line) => !/^[A-Za-z0-9+/]{1,200}={0,2}$/.test(line.trim())) + 1;
  return start < lines.length ? lines.slice(start).join("\n") : undefined;
}

/** What a call decodes to; undefined where it fails, or is no decoder. */
function decoded(
  words: readonly string[],
  content: string | Buffer,
  visitor: Visitor,
  place: Place,
): Buffer | undefined {
  const bytes = Buffer.from(content);
  if (isUnzip(words)) return unzipped(bytes, visitor, place);
  const inner = decoderOf(words)?.(bytes);
  return inner && visitor.out.took(inner.length, place) ? inner : undefined;
}

function unzipped(bytes: Buffer, { out }: Visitor, place: Place): Buffer | undefined {
  // What is no gzip here comes from elsewhere, or is a mistake that decodes to nothing.
  if (!isGzip(bytes)) return undefined;
  const inner = gunzip(bytes, out.room);
  if (typeof inner !== "string") return out.took(inner.length, place) ? inner : undefined;
  out.fail(place, inner);
  return undefined;
}

function isUnzip(words: readonly string[]): boolean {
  const program = programOf(words);
  return (
    /^(?:zcat|gunzip)$/.test(program) ||
    (program === "gzip" && words.some((word) => /^-[a-z]*d|^--decompress$/.test(word)))
  );
}
