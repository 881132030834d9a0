/** MIME messages as cloud-init reads them: multipart at any depth, the transfer encodings, headers in any spelling. */
import { formatOfType } from "./kinds";
import { fromBase64, fromQuotedPrintable } from "./encodings";
import { LIMITS, inside, type Place, type Visitor } from "./parts";

interface Message {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What a part is handed over with: its type decides what it is, where cloud-init knows the type. */
export type TypedVisitor = Visitor & { typed(bytes: Buffer, type: string, place: Place): void };

/** Visits the parts of a message. */
export function visitMime(text: string, place: Place, visitor: TypedVisitor): void {
  visitMessage(parse(text.trimStart()), place, visitor, undefined);
}

function visitMessage(message: Message, place: Place, visitor: TypedVisitor, number: number | undefined): void {
  const type = (message.headers.get("content-type") ?? "text/plain").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("multipart/")) {
    visitParts(message, number === undefined ? place : inside(place, `part ${String(number)}`), visitor);
    return;
  }
  const at = inside(place, `part ${String(number ?? 1)} (${shownType(type)})`);
  const bytes = transferred(message, at, visitor);
  if (bytes) visitor.typed(bytes, type, at);
}

/** Types that cloud-init knows, or everybody: others may be anything that a program puts there. */
function shownType(type: string): string {
  return formatOfType(type) !== undefined || /^text\/(?:plain|html|xml)$/.test(type) ? type : "other type";
}

function visitParts(message: Message, place: Place, visitor: TypedVisitor): void {
  if (!visitor.out.mayEnter(place)) return;
  const boundary = parameter(message.headers.get("content-type") ?? "", "boundary");
  if (boundary === undefined) {
    visitor.out.fail(place, "it names no boundary");
    return;
  }
  const [preamble, ...sections] = split(message.body, boundary);
  if (preamble?.trim()) visitor.text(preamble, inside(place, "text before the parts", { kind: "text" }));
  if (sections.length > LIMITS.parts) visitor.out.fail(place, "it has too many parts");
  for (const [index, section] of sections.slice(0, LIMITS.parts).entries()) {
    visitMessage(parse(section), place, visitor, index + 1);
  }
}

/** The text before the first boundary, then what stands between boundaries; an end that is missing is the end of the text. */
function split(body: string, boundary: string): string[] {
  const sections: string[] = [];
  const line = `\n--${boundary}`;
  const text = `\n${body}`;
  let start = 0;
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1)) {
    const end = lineEnd(text, at + line.length);
    const rest = text.slice(at + line.length, Math.min(end, at + line.length + 80)).trim();
    // A longer boundary that starts like this one is another one.
    if (rest !== "" && rest !== "--") continue;
    sections.push(text.slice(start, at));
    start = Math.min(end + 1, text.length);
    if (rest === "--") return sections;
  }
  sections.push(text.slice(start));
  return sections;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Headers up to the first line that is none; a blank line between them and the body is not part of it. */
function parse(text: string): Message {
  const headers = new Map<string, string>();
  let last: string | undefined;
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const colon = line.indexOf(":");
    if (/^[ \t]+\S/.test(line) && last !== undefined) headers.set(last, `${headers.get(last) ?? ""} ${line.trim()}`);
    else if (colon > 0 && /^[\w-]+[ \t]*$/.test(line.slice(0, colon))) {
      last = line.slice(0, colon).trim().toLowerCase();
      headers.set(last, line.slice(colon + 1).trim());
    } else {
      at = line.trim() === "" ? end + 1 : at;
      break;
    }
    at = end + 1;
  }
  return { headers, body: text.slice(at) };
}

function parameter(header: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^;\\s]+))`, "i").exec(header);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function transferred({ headers, body }: Message, place: Place, { out }: Visitor): Buffer | undefined {
  const encoding = (headers.get("content-transfer-encoding") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (["", "7bit", "8bit", "binary"].includes(encoding)) return Buffer.from(body, "utf8");
  if (encoding === "quoted-printable") return fromQuotedPrintable(body);
  const bytes = encoding === "base64" ? fromBase64(body) : undefined;
  if (!bytes) out.fail(place, encoding === "base64" ? "it is not base64" : "its transfer encoding is not known");
  return bytes;
}
