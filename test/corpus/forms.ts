/** Forms that values take in the texts of the corpus: encodings, lines, frames and the alphabets of tokens. */
import { gzipSync } from "node:zlib";
import type { Made } from "./corpus";

export const DIGITS = "0123456789";
export const HEX = "0123456789" + "ABCDEF";
export const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "234567";
export const ZBASE32 = "abcdefghijkmnopqrstuwxyz" + "13456789";
export const BECH32 = "QPZRY9X8GF2TVDW0" + "S3JN54KHCE6MUA7L";
export const CRYPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
export const LOWER_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
export const UPPER_DIGITS = LOWER_DIGITS.toUpperCase();

/** In pieces, so that no scanner takes the source for a key. */
export const PRIVATE_BLOCK = ["PGP", "PRIVATE", "KEY", "BLOCK"].join(" ");

/** Gzip, then base64. */
export function gz(text: string): string {
  return gzipSync(text).toString("base64");
}

/** UTF-16LE in base64, as `-EncodedCommand` takes it. */
export function utf16(text: string): string {
  return Buffer.from(text, "utf16le").toString("base64");
}

export function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}

/** Indents every line but the first, for texts inside YAML. */
export function indent(text: string, columns: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(columns)}`);
}

/** Base64 in lines of 76 characters, as mailers write it. */
export function folded(base64: string): string {
  return base64.replaceAll(/.{76}/g, "$&\n");
}

/** Breaks base64 into lines. */
export function inLines(text: string, width: number): string {
  return (text.match(new RegExp(`.{1,${String(width)}}`, "g")) ?? []).join("\n");
}

/** A block with the frame of PEM, put together here so that no scanner stumbles over the corpus. */
export function pem(kind: string, body: string): string {
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;
}

/** A crypt hash of a password, of the SHA-512 kind. */
export function sha512crypt(made: Made): string {
  return `$6$${made.digest().slice(0, 16)}$${made.token(86, CRYPT)}`;
}

/** Letters and digits that nobody can abuse: ids, publishable keys. */
export function opaque(made: Made, length: number): string {
  return Buffer.from(made.digest("sha512"), "hex").toString("base64").replaceAll(/[+/=]/g, "").slice(0, length);
}

/** Bytes in base64, 64 a block, that are useless without a key which is elsewhere. */
export function ciphertext(made: Made, blocks: number): string {
  return Buffer.from(Array.from({ length: blocks }, () => made.digest("sha512")).join(""), "hex").toString("base64");
}

/** 32 bytes in base64 that are no secret: a public key, a pin, a digest. */
export function publicBytes(made: Made): string {
  return Buffer.from(made.digest(), "hex").toString("base64");
}

/** The first bytes of an image in base64; the rest is noise, as in every compressed image. */
export function b64Png(made: Made): string {
  const head = "89504e470d0a1a0a0000000d49484452000000400000004008060000";
  return Buffer.from(head + made.digest("sha512") + made.digest("sha512"), "hex").toString("base64");
}
