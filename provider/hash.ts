import { createHash } from "node:crypto";

const HEX = "0123456789abcdef";
const MAX_LENGTH = 65_536;

/** Characters of an alphabet that a seed always gives alike: what AWS makes at random must be the same in every run. */
export function derived(seed: string, length: number, alphabet: string): string {
  const symbols = Array.from(alphabet);
  const wanted = Math.min(Math.max(Math.trunc(length) || 0, 0), MAX_LENGTH);
  let found = "";
  for (let block = 0; found.length < wanted; block++) {
    const bytes = createHash("sha256")
      .update(`${String(block)}:${seed}`)
      .digest();
    for (const byte of bytes) found += symbols[byte % symbols.length] ?? "";
  }
  return found.slice(0, wanted);
}

export function derivedHex(seed: string, length: number): string {
  return derived(seed, length, HEX);
}

export function derivedDigits(seed: string, length: number): string {
  return derived(seed, length, "0123456789");
}

/** A version 4 UUID. */
export function derivedUuid(seed: string): string {
  const hex = derivedHex(seed, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (IEEE) of the UTF-8 text in decimal: the id of data sources that have none of their own. */
export function crc32(content: string): string {
  let value = 0xffffffff;
  for (const byte of Buffer.from(content, "utf8")) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0);
  return String((value ^ 0xffffffff) >>> 0);
}
