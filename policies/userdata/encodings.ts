/** Bytes to text, and text to bytes: base64, quoted-printable, data URLs, gzip, Unicode. */
import { gunzipSync } from "node:zlib";
import { LIMITS, type Reason } from "./parts";

const NOT_COMPACT = /[\s]+/g;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** The bytes of base64 in any wrapping; undefined where it is not base64. */
export function fromBase64(text: string): Buffer | undefined {
  const compact = text.replaceAll(NOT_COMPACT, "");
  const digits = compact.endsWith("=") ? compact.length - (compact.endsWith("==") ? 2 : 1) : compact.length;
  if (digits % 4 === 1 || (compact !== "" && !BASE64.test(compact))) return undefined;
  return Buffer.from(compact, "base64");
}

/**
 * The bytes of a text that is nothing but base64, and long enough not to be a word. Where they make no sense the text
 * may be a key or a token by itself.
 */
export function soleBase64(text: string): Buffer | undefined {
  const compact = text.trim();
  if (compact.length < 16 || /[^A-Za-z0-9+/=\s]/.test(compact.slice(0, 256))) return undefined;
  const bytes = fromBase64(compact);
  return bytes && compact.replaceAll(NOT_COMPACT, "").length % 4 === 0 && makesSense(bytes) ? bytes : undefined;
}

function makesSense(bytes: Buffer): boolean {
  return isGzip(bytes) || isArchive(bytes) || isKnownBinary(bytes) || toText(bytes) !== undefined;
}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The decompressed bytes, or why there are none. */
export function gunzip(bytes: Buffer, room: number): Buffer | Reason {
  const bound = Math.max(LIMITS.ratioFrom, bytes.length * LIMITS.ratio);
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, Math.min(room, bound)) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") return "it is not valid gzip";
    return bound < room ? "it decompresses to too much" : "it is too large";
  }
}

const ARCHIVES = ["504b0304", "425a68", "fd377a585a00", "28b52ffd", "377abcaf271c", "04224d18", "526172211a07"];

/** Packed in a way that is not decoded here: zip, bzip2, xz, zstd, 7z, lz4, rar, tar. */
export function isArchive(bytes: Buffer): boolean {
  if (bytes.toString("latin1", 257, 262) === "ustar") return true;
  const start = bytes.toString("hex", 0, 6);
  return ARCHIVES.some((magic) => start.startsWith(magic));
}

/** PNG, JPEG, GIF, ELF, WOFF, OpenType, Java class, WebAssembly, icon. */
const BINARIES = [
  "89504e47",
  "ffd8ff",
  "474946383",
  "7f454c46",
  "774f46",
  "4f54544f",
  "cafebabe",
  "0061736d",
  "00000100",
];

/** Content that holds no text: an image, a font, a program. */
function isKnownBinary(bytes: Buffer): boolean {
  const start = bytes.toString("hex", 0, 5);
  return BINARIES.some((magic) => start.startsWith(magic));
}

/** Text with LF line ends and no byte order mark; undefined for what is not text. */
export function toText(bytes: Buffer): string | undefined {
  if (isKnownBinary(bytes)) return undefined;
  const text = decodeUnicode(bytes).replace(/^\uFEFF/, "");
  return isText(text) ? text.replaceAll("\r\n", "\n") : undefined;
}

function decodeUnicode(bytes: Buffer): string {
  const order = utf16Order(bytes);
  if (order === undefined) return bytes.toString("utf8");
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (order === "LE" ? even : Buffer.from(even).swap16()).toString("utf16le");
}

/** By the byte order mark, or by where the zero bytes of Latin text stand. */
function utf16Order(bytes: Buffer): "LE" | "BE" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "LE";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "BE";
  const zeros = [0, 0];
  const seen = Math.min(bytes.length, 512) & ~1;
  for (let at = 0; at < seen; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (seen < 4 || Math.max(even, odd) < seen * 0.3 || Math.min(even, odd) > seen * 0.05) return undefined;
  return odd > even ? "LE" : "BE";
}

/** A few stray bytes, of Latin-1 say, leave text readable. */
function isText(text: string): boolean {
  const strange = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]/g)?.length ?? 0;
  return strange <= text.length * 0.1;
}

/** Quoted-printable as RFC 2045 defines it; what is malformed stays as it is. */
export function fromQuotedPrintable(text: string): Buffer {
  const joined = text.replaceAll(/=[ \t]{0,80}\r?\n/g, "");
  return unescaped(joined, "=");
}

/** Bytes of a text with `%41` or `=41` in it. */
function unescaped(text: string, mark: "=" | "%"): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const code = mark.charCodeAt(0);
  const result = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const hex = byte === code ? bytes.toString("latin1", at + 1, at + 3) : "";
    const escaped = /^[0-9A-Fa-f]{2}$/.test(hex);
    result[length++] = escaped ? parseInt(hex, 16) : byte;
    if (escaped) at += 2;
  }
  return result.subarray(0, length);
}

/** The bytes of a `data:` URL; undefined where it is none. */
export function fromDataUrl(url: string): Buffer | undefined {
  const comma = url.indexOf(",");
  if (comma < 0 || !/^data:/i.test(url)) return undefined;
  const bytes = unescaped(url.slice(comma + 1), "%");
  return /;base64$/i.test(url.slice(0, comma)) ? fromBase64(bytes.toString("latin1")) : bytes;
}
