/** What a shell script carries as data: here documents for files and interpreters, and literals that it decodes. */
import { fromBase64, gunzip, isGzip } from "./encodings";
import { kindOfInterpreter } from "./kinds";
import { inside, type Place, type Visitor } from "./parts";
import { printed } from "./print";
import { readShell } from "./shell";
import { plain, programOf, withoutWrappers, type Call } from "./steps";

/** Data on its way through a pipeline. */
interface Flow {
  readonly bytes: Buffer;
  readonly decoded: boolean;
  /** It comes from a here document or a here string. */
  readonly here: boolean;
}

/** Visits here documents and decoded literals of a script. */
export function visitInline(text: string, place: Place, visitor: Visitor): void {
  if (!/<<|base64|openssl|xxd|zcat|gunzip|gzip/.test(text)) return;
  const written = new Map<string, string>();
  const steps = readShell(text);
  if (!steps) visitor.out.fail(place, "its shell syntax is too costly to read");
  for (const step of steps ?? []) {
    const flow = step.kind === "pipeline" ? flowOf(text, step.calls, written, place, visitor) : undefined;
    if (step.kind === "pipeline" && flow) deliver(flow, step.calls, written, place, visitor);
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
    if (source !== undefined)
      flow = { bytes: Buffer.from(plain(source)), decoded: false, here: call.input !== undefined };
    const decoder = flow && decoderOf(words);
    if (!decoder || !flow) continue;
    const bytes = decoder.decode(flow.bytes, visitor, place);
    if (!bytes) return undefined;
    flow = { ...flow, bytes, decoded: true };
  }
  return flow;
}

type Files = Map<string, string>;

/** A text goes to where the pipeline ends; printed on the console it is no part. */
function deliver(flow: Flow, calls: readonly Call[], written: Files, place: Place, visitor: Visitor): void {
  const path = calls.flatMap(({ files }) => files).find((file) => !file.startsWith("/dev/"));
  const programs = calls.map(({ words }) => withoutWrappers(words)[0] ?? "");
  const kind = programs.map(kindOfInterpreter).find((each) => each !== undefined);
  const line = String(calls[0]?.line ?? 1);
  const more = { ...(path !== undefined && { file: { path } }), ...(kind && { kind }) };
  if (flow.decoded) {
    visitor.bytes(flow.bytes, inside(place, `base64 in line ${line}`, more));
    return;
  }
  const text = flow.bytes.toString("utf8");
  if (path !== undefined && written.size < 1000) written.set(path, text);
  if (!flow.here || (path === undefined && programs.every((name) => PRINTERS.test(name)))) return;
  const told = path !== undefined || kind ? more : { kind: "text" as const };
  visitor.text(text, inside(place, `here document in line ${line}`, told));
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

interface Coding {
  readonly name: RegExp;
  readonly is: (words: readonly string[]) => boolean;
  readonly decode: (bytes: Buffer, visitor: Visitor, place: Place) => Buffer | undefined;
}

function base64(bytes: Buffer, { out }: Visitor, place: Place): Buffer | undefined {
  const decoded = fromBase64(bytes.toString("latin1"));
  return decoded && out.took(decoded.length, place) ? decoded : undefined;
}

function unzipped(bytes: Buffer, { out }: Visitor, place: Place): Buffer | undefined {
  // What is no gzip here comes from elsewhere, or is a mistake that decodes to nothing.
  if (!isGzip(bytes)) return undefined;
  const inner = gunzip(bytes, out.room);
  if (typeof inner !== "string") return out.took(inner.length, place) ? inner : undefined;
  out.fail(place, inner);
  return undefined;
}

function hex(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString("latin1").replaceAll(/\s+/g, "");
  return /^[0-9A-Fa-f]+$/.test(text) ? Buffer.from(text, "hex") : undefined;
}

const has = (words: readonly string[], option: RegExp): boolean => words.some((word) => option.test(word));

const DECODERS: readonly Coding[] = [
  { name: /^base64$/, is: (words) => has(words, /^-[a-z]*[dD]|^--decode$/), decode: base64 },
  { name: /^openssl$/, is: (words) => has(words, /^-?base64$|^-a$/) && has(words, /^-d$/), decode: base64 },
  { name: /^python[\d.]*$/, is: (words) => has(words, /^base64$/) && has(words, /^-d$/), decode: base64 },
  {
    name: /^(?:perl|ruby|python[\d.]*)$/,
    is: (words) => has(words, /decode_base64|decode64|b64decode/),
    decode: base64,
  },
  { name: /^(?:zcat|gunzip)$/, is: () => true, decode: unzipped },
  { name: /^gzip$/, is: (words) => has(words, /^-[a-z]*d|^--decompress$/), decode: unzipped },
  { name: /^xxd$/, is: (words) => has(words, /^-r/), decode: hex },
];

/** What a call decodes by. */
function decoderOf(words: readonly string[]): Coding | undefined {
  const program = programOf(words);
  return DECODERS.find(({ name, is }) => name.test(program) && is(words));
}
