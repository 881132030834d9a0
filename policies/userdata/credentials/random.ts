/** Values that only generators make, where nothing around them says that everybody may know them. */
import { fromBase64 } from "../encodings";
import type { Hit } from "./settings";
import { isLiteral } from "./values";

const TOKEN = /(?<![\w+/.$%@|\\-])[A-Za-z\d][A-Za-z\d+/_-]{15,127}={0,2}(?![\w+/=.-])/g;

/** Words near a value that make it an identifier, a digest, ciphertext or public. */
const ABOUT =
  /(?:\b|_|-)(?:id|ids|uuid|guid|sha\d*|md5|hash\w*|digest\w*|checksum\w*|sum|integrity|fingerprint|thumbprint|pub(?:lic\w*|lish\w*)?|cert\w*|ca|crt|x509|iv|tag|nonce|encrypted\w*|secure|cipher\w*|ciphertext|enc|kms|blob|etag|commit|rev|ref|revision|version|release|build|image|ami|arn|serial|trace\w*|request\w*|site|account|bucket|host\w*|endpoint|url|uri|path|file\w*|name|data|known_hosts|peer|peers|publickey|allowedips|signature|sig|mac|subject|issuer|audience|client|template|alphabet|chars\w*|charset|kid|jku|crl|snapshot|volume|zone|stack|resource|key_id|keyid|recv-keys?|keyserver|device|label|continuation|cursor|marker|page|next|x|y|n|p|mirror\w*|model|test|dc|lineage|slack_channel|channel|machine|boot|partition|cloud|tenant\w*|workspace|principal|project|organization|org|team|namespace|dn|key(?=s?\s?["']?\s?:\s?["']?ssh)|ssh-(?:rsa|ed25519|dss)|ecdsa-\S+|sk-\S+|AAAA\S*)\b/i;

/** Tokens of capitals, small letters and digits in no order that a name has. */
export function randomIn(text: string): Hit[] {
  const hits: Hit[] = [];
  const blocks = publicBlocks(text);
  for (const { 0: value, index } of text.matchAll(TOKEN)) {
    if (!isMixed(value) || hits.length >= 20 || blocks.some(([from, to]) => index > from && index < to)) continue;
    const start = text.lastIndexOf("\n", index) + 1;
    const before = text.slice(Math.max(start, index - 120), index);
    if (isAbout(before) || !isLiteral(value, { kind: "secret", sure: true }, "quoted") || isText(value)) continue;
    if (
      /[A-Za-z\d+/=]{40,}[\s"']*$/.test(lineBefore(text, start)) ||
      (before.trim() === "" &&
        text.slice(index + value.length, index + value.length + 1) === "\n" &&
        value.length >= 60)
    )
      continue;
    hits.push({ value, kind: "secret", offset: index });
  }
  return hits;
}

/** Certificates, public keys and messages between their marks. */
function publicBlocks(text: string): readonly (readonly [number, number])[] {
  if (!text.includes("-----BEGIN")) return [];
  return [...text.matchAll(/-----BEGIN (?![^\n-]*PRIVATE)[^\n-]{1,60}-----/g)].map(({ index }) => {
    const end = text.indexOf("-----END", index);
    return [index, end < 0 ? text.length : end] as const;
  });
}

/** A line of base64 goes before, as in a certificate. */
function lineBefore(text: string, start: number): string {
  return text.slice(Math.max(text.lastIndexOf("\n", start - 2) + 1, start - 200), Math.max(start - 1, 0));
}

/** How often the class of the characters changes: rarely in words, often where a machine has drawn them. */
function isMixed(value: string): boolean {
  let [changes, digits, upper, lower] = [0, 0, 0, 0];
  let last = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const kind = code >= 48 && code <= 57 ? 1 : code >= 65 && code <= 90 ? 2 : code >= 97 && code <= 122 ? 3 : 0;
    if (kind === 1) digits++;
    else if (kind === 2) upper++;
    else if (kind === 3) lower++;
    if (kind !== last && kind !== 0 && last !== 0) changes++;
    last = kind;
  }
  return digits >= 1 && upper >= 3 && lower >= 3 && changes >= value.length * 0.38 && !/\/.*\/.*\//.test(value);
}

/** The last name or option before the value decides. */
function isAbout(before: string): boolean {
  const near =
    before
      .slice(-120)
      .split(/[;|&]\s|\s--?(?=\w)(?=\S*\s\S*\s)/)
      .at(-1) ?? "";
  return ABOUT.test(near) || /https?:\/\/\S*$|[\w.-]+\/$|:\/\/\S*$/.test(before);
}

/** Base64 of a text is read by its content. */
function isText(value: string): boolean {
  const bytes = value.length % 4 === 0 ? fromBase64(value) : undefined;
  return bytes !== undefined && !/[^\t\n\r -~]/.test(bytes.toString("latin1"));
}
