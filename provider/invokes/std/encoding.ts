import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Properties } from "../../../policies/machine/resource";
import { goJson } from "../../documents";
import { own } from "../../values";
import { InvokeError, stringArgument } from "../arguments";

type Fn = (args: Properties) => unknown;

const input = (args: Properties): string => stringArgument(args, "input");

function hash(algorithm: string, encoding: "hex" | "base64"): Fn {
  return (args) => createHash(algorithm).update(input(args), "utf8").digest(encoding);
}

/** Functions of the std package that encode, decode and hash, by name. */
export const ENCODING: Readonly<Record<string, Fn>> = {
  base64decode: (args) => decodeBase64(input(args)),
  base64encode: (args) => Buffer.from(input(args), "utf8").toString("base64"),
  base64gzip: (args) => gzipSync(input(args)).toString("base64"),
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  csvdecode: (args) => decodeCsv(input(args)),
  jsondecode: (args) => decodeJson(input(args)),
  jsonencode: (args) => encodeJson(own(args, "input")),
  md5: hash("md5", "hex"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  urlencode: (args) => encodeUrl(input(args)),
};

function decodeBase64(value: string): string {
  const bytes = Buffer.from(value, "base64");
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(value)) throw new InvokeError("the input is not base64");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvokeError("the decoded bytes are not UTF-8 text");
  }
}

function decodeJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new InvokeError("the input is not JSON");
  }
}

function encodeJson(value: unknown): string {
  const json = goJson(value);
  if (json === undefined) throw new InvokeError("the input nests too deeply");
  return json;
}

/** Go's `url.QueryEscape`; a lone surrogate, which would throw, becomes the replacement character. */
function encodeUrl(value: string): string {
  return encodeURIComponent(Buffer.from(value, "utf8").toString("utf8"))
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function decodeCsv(value: string): Properties[] {
  const [header = [], ...rows] = value
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map(csvFields);
  return rows.map((row) => {
    if (row.length !== header.length) throw new InvokeError("the rows differ in their number of fields");
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]));
  });
}

function csvFields(line: string): string[] {
  const fields = line.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return fields.map((field, index) => {
    const bare = index === 0 ? field : field.slice(1);
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
  });
}
