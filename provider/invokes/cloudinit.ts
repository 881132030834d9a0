import { gzipSync } from "node:zlib";
import { isRecord, type Properties } from "../../policies/machine/resource";
import { crc32 } from "../hash";
import { isSet, listOf } from "../values";
import { InvokeError, stringArgument } from "./arguments";

const BOUNDARY = "MIMEBOUNDARY";

/** `cloudinit.getConfig`: one MIME message out of the parts (terraform-provider-cloudinit). */
export function cloudinitConfig(args: Properties): Properties {
  const gzip = args.gzip ?? true;
  const base64Encode = args.base64Encode ?? true;
  const boundary = stringArgument(args, "boundary", BOUNDARY);
  if (gzip === true && base64Encode !== true) throw new InvokeError("base64_encode must be true when gzip is true");
  const parts = listOf(args.parts).filter(isRecord);
  if (parts.length === 0) throw new InvokeError("at least one part is required");
  const message = render(parts, boundary);
  const content = gzip === true ? gzipSync(message) : Buffer.from(message, "utf8");
  const rendered = content.toString(base64Encode === true ? "base64" : "utf8");
  return { ...args, gzip, base64Encode, boundary, id: crc32(rendered), rendered };
}

/** What the deprecated resource `cloudinit.Config` reads back, or undefined where its settings are wrong. */
export function renderedConfig(args: Properties): Properties | undefined {
  try {
    return cloudinitConfig(args);
  } catch (error) {
    if (error instanceof InvokeError) return undefined;
    throw error;
  }
}

function render(parts: readonly Properties[], boundary: string): string {
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\r\n\r\n`;
  const body = parts.map((part) => `--${boundary}\r\n${headers(part)}\r\n${stringArgument(part, "content")}\r\n`);
  return `${head}${body.join("")}--${boundary}--\r\n`;
}

/** Go writes the headers of a part in the order of their names. */
function headers(part: Properties): string {
  const { filename, mergeType } = part;
  const lines = [
    ...(isSet(filename) && filename !== ""
      ? [`Content-Disposition: attachment; filename="${stringArgument(part, "filename")}"`]
      : []),
    "Content-Transfer-Encoding: 7bit",
    `Content-Type: ${stringArgument(part, "contentType", "text/plain")}`,
    "Mime-Version: 1.0",
    ...(isSet(mergeType) && mergeType !== "" ? [`X-Merge-Type: ${stringArgument(part, "mergeType")}`] : []),
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}
