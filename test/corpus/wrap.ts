/** Ways in which one text reaches a machine as user data: what a rule says of the text has to hold in all of them. */
import { gzipSync } from "node:zlib";
import type { UserData } from "../../policies/machine/launch";
import { b64 } from "./corpus";

export interface Wrapping {
  readonly name: string;
  /** What the property takes. */
  readonly encoding: UserData["encoding"];
  /** Whether the text still means the same in it. */
  readonly takes: (text: string) => boolean;
  readonly wrap: (text: string) => string;
}

/** The types of cloud-init by the first line, the longest first. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^#!/, "text/x-shellscript"],
  [/^#cloud-config-archive/, "text/cloud-config-archive"],
  [/^#cloud-config-jsonp/, "text/cloud-config-jsonp"],
  [/^#cloud-config/, "text/cloud-config"],
  [/^#cloud-boothook/, "text/cloud-boothook"],
  [/^#include-once/, "text/x-include-once-url"],
  [/^#include/, "text/x-include-url"],
  [/^#part-handler/, "text/part-handler"],
  [/^## template:/, "text/jinja2"],
];

function typeOf(text: string): string | undefined {
  return TYPES.find(([start]) => start.test(text))?.[1];
}

// Which texts

const isAny = (): boolean => true;
/** A text that is nothing but base64 stands for what it encodes: a second text in it would be another case. */
const isPlain = (text: string): boolean => !/^[A-Za-z0-9+/=\s]+$/.test(text);
const isWindows = (text: string): boolean => /<(?:powershell|script)>|^#ps1/i.test(text);
/** EC2Launch decompresses nothing. */
const isCompressible = (text: string): boolean => isPlain(text) && !isWindows(text);
/** No line ends and characters that a container would change. */
const isSimple = (text: string): boolean => !/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text);
const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
const isScript = (text: string): boolean => text.startsWith("#!");
const isShell = (text: string): boolean => /^#!\s*\S*\/(?:env\s+)?(?:ba|da)?sh\b/.test(text);
const isTyped = (text: string): boolean => typeOf(text) !== undefined && isSimple(text);
const isTemplate = (text: string): boolean => /^## template:/.test(text) || /\{[{%#]/.test(text);

// Containers

/** Base64 in lines of 76 characters, as `base64` and mailers write it. */
function folded(value: string | Buffer): string {
  return `${Buffer.from(value).toString("base64").replaceAll(/.{76}/g, "$&\n").trimEnd()}\n`;
}

function gz(text: string): string {
  return gzipSync(text).toString("base64");
}

function indented(text: string, columns: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(columns));
}

/** Quoted-printable with soft line breaks (RFC 2045, 6.7). */
function quotedPrintable(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const units = [...Buffer.from(line)].map((byte) =>
        byte === 0x3d || byte > 0x7e || byte < 0x20
          ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}`
          : String.fromCharCode(byte),
      );
      return softened(units);
    })
    .join("\n");
}

/** Lines of at most 76 characters; white space at their ends would get lost. */
function softened(units: readonly string[]): string {
  const lines: string[] = [""];
  for (const [index, unit] of units.entries()) {
    const kept = index === units.length - 1 && unit === " " ? "=20" : unit;
    const line = lines.at(-1) ?? "";
    if (line.length + kept.length > 75) lines.push(kept);
    else lines[lines.length - 1] = line + kept;
  }
  return lines.join("=\n");
}

/** A message of the text and of a second part, which does nothing. */
function message(text: string, transfer: string, body: string): string {
  const type = typeOf(text) ?? "text/plain";
  const head = `Content-Type: ${type}; charset="utf-8"\nContent-Transfer-Encoding: ${transfer}\nContent-Disposition: attachment; filename="step"`;
  const other = 'Content-Type: text/cloud-config; charset="us-ascii"\n\n#cloud-config\npackage_update: true';
  const mixed = 'Content-Type: multipart/mixed; boundary="=-wrapped-="\nMIME-Version: 1.0';
  return `${mixed}\n\n--=-wrapped-=\n${head}\n\n${body}\n--=-wrapped-=\n${other}\n--=-wrapped-=--\n`;
}

/** A cloud-config that writes the script and runs it. */
function writeFiles(text: string, content: string): string {
  const path = isShell(text) ? "/opt/step.sh" : "/opt/step";
  return `#cloud-config\nwrite_files:\n  - path: ${path}\n    permissions: "0755"\n${content}\nruncmd:\n  - [${path}]\n`;
}

function archive(text: string): string {
  return `#cloud-config-archive\n- type: ${typeOf(text) ?? "text/plain"}\n  content: |\n${indented(text, 4)}\n- type: text/cloud-config\n  content: |\n    package_update: true\n`;
}

/** A script that writes the script and runs it. */
function heredoc(text: string): string {
  return `#!/bin/bash\ncat > /opt/step.sh <<'END_OF_STEP'\n${text.trimEnd()}\nEND_OF_STEP\nchmod +x /opt/step.sh\n/opt/step.sh\n`;
}

function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, "utf16le").toString("base64");
}

const isFile = (text: string): boolean => isScript(text) && isSimple(text);

/** In the order of how much they hide. */
export const WRAPPINGS: readonly Wrapping[] = [
  { name: "plain", encoding: "plain", takes: isAny, wrap: (text) => text },
  { name: "CRLF", encoding: "plain", takes: (text) => isPlain(text) && !text.includes("\r"), wrap: crlf },
  { name: "base64 in its property", encoding: "base64", takes: isAny, wrap: b64 },
  { name: "base64 in the plain property", encoding: "plain", takes: isAny, wrap: b64 },
  { name: "base64 in wrapped lines", encoding: "base64", takes: isAny, wrap: folded },
  { name: "base64 twice", encoding: "base64", takes: isAny, wrap: (text) => b64(b64(text)) },
  { name: "byte order mark", encoding: "base64", takes: isPlain, wrap: (text) => b64(`\ufeff${text}`) },
  { name: "UTF-16", encoding: "base64", takes: isPlain, wrap: utf16 },
  { name: "gzip", encoding: "base64", takes: isCompressible, wrap: gz },
  {
    name: "MIME, 7bit",
    encoding: "plain",
    takes: (text) => isTyped(text) && isAscii(text),
    wrap: (text) => message(text, "7bit", text),
  },
  { name: "MIME, base64", encoding: "plain", takes: isTyped, wrap: (text) => message(text, "base64", folded(text)) },
  {
    name: "MIME, quoted-printable",
    encoding: "plain",
    takes: isTyped,
    wrap: (text) => message(text, "quoted-printable", quotedPrintable(text)),
  },
  {
    name: "MIME with a part in gzip, in base64",
    encoding: "base64",
    takes: isTyped,
    wrap: (text) => b64(message(text, "base64", folded(gzipSync(text)))),
  },
  {
    name: "write_files, block",
    encoding: "plain",
    takes: isFile,
    wrap: (text) => writeFiles(text, `    content: |\n${indented(text, 6)}`),
  },
  {
    name: "write_files, b64",
    encoding: "plain",
    takes: isFile,
    wrap: (text) => writeFiles(text, `    encoding: b64\n    content: ${b64(text)}`),
  },
  {
    name: "write_files, gz+b64",
    encoding: "plain",
    takes: isFile,
    wrap: (text) => writeFiles(text, `    encoding: gz+b64\n    content: ${gz(text)}`),
  },
  {
    name: "write_files, !!binary",
    encoding: "plain",
    takes: isFile,
    wrap: (text) => writeFiles(text, `    content: !!binary |\n${indented(folded(text), 6)}`),
  },
  { name: "cloud-config archive", encoding: "plain", takes: isTyped, wrap: archive },
  {
    name: "jinja",
    encoding: "plain",
    takes: (text) => isTyped(text) && !isTemplate(text),
    wrap: (text) => `## template: jinja\n${text}`,
  },
  {
    name: "boothook",
    encoding: "plain",
    takes: (text) => isShell(text) && isSimple(text),
    wrap: (text) => `#cloud-boothook\n${text}`,
  },
  {
    name: "base64 -d | bash",
    encoding: "plain",
    takes: isShell,
    wrap: (text) => `#!/bin/bash\necho ${b64(text)} | base64 -d | bash\n`,
  },
  {
    name: "here document that is run",
    encoding: "plain",
    takes: (text) => isShell(text) && isSimple(text),
    wrap: heredoc,
  },
];
