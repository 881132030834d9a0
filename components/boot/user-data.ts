/** Parts to user data: a MIME message where there are several, compressed where it would not fit otherwise. */
import { gzipSync } from "fflate";
import type { BootPart } from "./part";

/** What EC2 takes, before base64 (Amazon EC2 User Guide, "Run commands on your Linux instance at launch"). */
export const USER_DATA_LIMIT = 16_384;

/**
 * What is left of it where a service adds parts of its own, whose size no document tells: that of EKS is a NodeConfig with the
 * cluster's certificate, about 2 KB.
 */
const MERGED_LIMIT = USER_DATA_LIMIT - 4096;

/** User data that fits, or by how much it does not. */
export type Composed =
  | {
      readonly kind: "text";
      /** For `userData` of an instance. */
      readonly text: string;
      /** For `userData` of a launch template, which takes base64 only. */
      readonly base64: string;
    }
  | {
      readonly kind: "gzip";
      /** For `userDataBase64` of an instance, or `userData` of a launch template: bytes that are no text. */
      readonly base64: string;
    }
  | {
      readonly kind: "too-large";
      /** Bytes above the limit, compressed. */
      readonly over: number;
      /** What to write instead, for whoever wrote the user data. */
      readonly problem: string;
    };

const INSTEAD =
  "put large files and scripts into an S3 bucket or an SSM document and fetch them at boot with the machine's role, or build them into the image";

/**
 * User data of parts, in their order. Same parts, same bytes: on every machine, since EC2 stops or replaces an instance
 * whose user data changes.
 */
export function composeUserData(parts: readonly BootPart[]): Composed {
  const [only] = parts;
  const text = (parts.length === 1 && only ? alone(only) : undefined) ?? message(parts);
  const plain = Buffer.from(text, "utf8");
  if (plain.length <= USER_DATA_LIMIT) return { kind: "text", text, base64: plain.toString("base64") };
  const packed = gzip(plain);
  if (packed.length <= USER_DATA_LIMIT) return { kind: "gzip", base64: packed.toString("base64") };
  const over = packed.length - USER_DATA_LIMIT;
  return {
    kind: "too-large",
    over,
    problem: `user data is ${String(packed.length)} bytes after compression, ${String(over)} above the ${String(USER_DATA_LIMIT)} that EC2 takes: ${INSTEAD}`,
  };
}

/**
 * User data for a service that adds parts of its own: a message, which services do not unpack, however few parts there are.
 * (EKS User Guide, "Customize managed nodes with launch templates"; Batch User Guide, "Amazon EC2 user data in launch templates".)
 */
export function composeMerged(parts: readonly BootPart[]): Composed {
  return composeText(
    message(parts),
    `that leave room for what the service adds, uncompressed: ${INSTEAD}`,
    MERGED_LIMIT,
  );
}

/** User data that nobody unpacks. `remedy` goes on after the limit where it is too large, and says what to do. */
export function composeText(text: string, remedy: string, limit = USER_DATA_LIMIT): Composed {
  const bytes = Buffer.from(text, "utf8");
  const over = bytes.length - limit;
  if (over <= 0) return { kind: "text", text, base64: bytes.toString("base64") };
  return {
    kind: "too-large",
    over,
    problem: `user data is ${String(over)} bytes above the ${String(limit)} ${remedy}`,
  };
}

/** The library is plain JavaScript: zlib compresses differently from one processor and version of Node.js to the next. */
function gzip(bytes: Buffer): Buffer {
  const packed = Buffer.from(gzipSync(bytes, { level: 9, mtime: 0 }));
  packed[OPERATING_SYSTEM] = UNKNOWN_SYSTEM;
  return packed;
}

/** A byte of the header of gzip, and what stands there for no system in particular (RFC 1952). */
const OPERATING_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

const STARTS: Readonly<Record<BootPart["kind"], RegExp>> = {
  boothook: /^#cloud-boothook\n/,
  "cloud-config": /^#cloud-config\n/,
  script: /^#!/,
};

/** One part as it stands, where cloud-init knows it by its first line and would not take it for a message. */
function alone({ kind, content }: BootPart): string | undefined {
  const text = kind === "boothook" && content.startsWith("#!") ? `#cloud-boothook\n${content}` : content;
  return STARTS[kind].test(text) && !/mime-version:|[\r\0]/i.test(text) ? text : undefined;
}

const TYPES: Readonly<Record<BootPart["kind"], string>> = {
  boothook: "text/cloud-boothook",
  "cloud-config": "text/cloud-config",
  script: "text/x-shellscript",
};

/** Lists of several parts are joined, and mappings too; of two other values the first one stands (cloud-init, "Merging"). */
const MERGE = "list(append)+dict(recurse_array)+str()";

function message(parts: readonly BootPart[]): string {
  const bodies = parts.map(body);
  const boundary = boundaryFor(bodies);
  return [
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "MIME-Version: 1.0",
    "",
    ...bodies.flatMap((each) => [`--${boundary}`, each]),
    `--${boundary}--`,
    "",
  ].join("\n");
}

/** cloud-init runs scripts in the order of their names, not in that of the message: names start with a number. */
function body({ kind, name, content }: BootPart, index: number): string {
  const encoding = isSevenBit(content) ? "7bit" : "base64";
  const number = String(index + 1).padStart(2, "0");
  return [
    `Content-Type: ${TYPES[kind]}; charset="utf-8"`,
    `Content-Transfer-Encoding: ${encoding}`,
    `Content-Disposition: attachment; filename="${number}-${name.replaceAll(/[^\w.-]/g, "_")}"`,
    ...(kind === "cloud-config" ? [`Merge-Type: ${MERGE}`] : []),
    "",
    encoding === "7bit" ? content : wrapped(Buffer.from(content, "utf8").toString("base64")),
  ].join("\n");
}

/** Lines of at most 998 characters of ASCII (RFC 2045, 2.7), and no end of line but LF. */
function isSevenBit(text: string): boolean {
  return /^[\t\n\x20-\x7e]*$/.test(text) && !/[^\n]{999}/.test(text);
}

function wrapped(base64: string): string {
  return base64.replaceAll(/.{76}(?=.)/g, "$&\n");
}

/** The first of a row of boundaries that no part contains. */
function boundaryFor(bodies: readonly string[]): string {
  for (let number = 1; ; number++) {
    const boundary = `==ec2-hardening-${String(number)}==`;
    if (!bodies.some((each) => each.includes(boundary))) return boundary;
  }
}
