/** Values that only generators make, where nothing around them says that everybody may know them. */
import { fromBase64 } from "../encodings";
import { lettersAnd, matchesAtRuns } from "../runs";
import { isMixed } from "./mixed";
import { wordsOf } from "./names";
import type { Hit } from "./settings";
import { isLiteral } from "./values";

const TOKEN = {
  pattern: /(?<![\w+/.$%@|\\-])[A-Za-z\d][A-Za-z\d+/_-]{15,127}={0,2}(?![\w+/=.-])/y,
  characters: lettersAnd("+/_-"),
  least: 16,
};

/** Words near a value that make it an identifier, a digest, ciphertext or public. */
const ABOUT =
  /(?:\b|_|-)(?:id|ids|uuid|guid|sha\d*|md5|hash\w*|digest\w*|checksum\w*|sum|integrity|fingerprint|thumbprint|pub(?:lic\w*|lish\w*|key)?|verify|verification|cert\w*|ca|crt|x509|iv|tag|nonce|encrypted\w*|secure|algorithm|factory|pin\w*|cipher\w*|ciphertext|enc|kms|blob|etag|commit|rev|ref|revision|version|release|build|image|ami|arn|serial|trace\w*|request\w*|site|account|bucket|host\w*|endpoint|url|uri|path|file\w*|name|data|known_hosts|peer|peers|publickey|allowedips|signature|sig|mac|subject|issuer|audience|client|template|alphabet|chars\w*|charset|kid|jku|crl|snapshot|volume|zone|stack|resource|kafka-storage|key_id|keyid|recv-keys?|keyserver|device|label|continuation|cursor|marker|page|next|x|y|n|p|h1|mirror\w*|model|test|dc|lineage|slack_channel|channel|machine|boot|partition|cloud|tenant\w*|workspace|principal|project|organization|org|team|namespace|dn|key(?=s?\s?["']?\s?:\s?["']?ssh)|ssh-(?:rsa|ed25519|dss)|ecdsa-\S+|sk-\S+|AAAA\S*)\b/i;

/** Tokens of capitals, small letters and digits in no order that a name has. */
export function randomIn(text: string): Hit[] {
  const hits: Hit[] = [];
  const blocks = publicBlocks(text);
  for (const { 0: value, index } of matchesAtRuns(text, TOKEN)) {
    if (
      !isMixed(value) ||
      isPath(value) ||
      hits.length >= 20 ||
      blocks.some(([from, to]) => index > from && index < to)
    )
      continue;
    const start = text.lastIndexOf("\n", index) + 1;
    const before = text.slice(Math.max(start, index - 120), index);
    if (isAbout(before) || isPublic(text, index, value) || !isLiteral(value, SECRET, "quoted") || isText(value))
      continue;
    if (isInBlock(text, index, value)) continue;
    hits.push({ value, kind: "secret", offset: index });
  }
  return hits;
}

function isPath(value: string): boolean {
  return /\/.*\/.*\//.test(value);
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

/** Public keys, certificates, compressed data: the first letters of the whole word tell. */
function inPublicWord(text: string, index: number): boolean {
  let start = index;
  while (start > 0 && index - start < 4096 && !/[\s"'`,]/.test(text.charAt(start - 1))) start--;
  return /^(?:AAAA|MII|H4sI|LS0t|iVBOR|UEsDB|PCFET|PD94)/.test(text.slice(start, start + 8));
}

const SECRET = { kind: "secret", sure: true } as const;

/** Lines of base64, as of a certificate. */
function isInBlock(text: string, index: number, value: string): boolean {
  const start = text.lastIndexOf("\n", index) + 1;
  if (/[A-Za-z\d+/=]{40,}[\s"'\\]*$|^[^=]*Encrypted=/.test(lineBefore(text, start))) return true;
  const alone = /^\s*$/.test(text.slice(start, index)) && text.charAt(index + value.length) === "\n";
  return alone && value.length >= 60;
}

function isPublic(text: string, index: number, value: string): boolean {
  const end = index + value.length;
  return inPublicWord(text, index) || isInBraces(text, index, value) || BEHIND.test(text.slice(end, end + 400));
}

/** The algorithm of a security key, or a file for public keys that the value goes to. */
const BEHIND =
  /^[^\n]{0,390},(?:es256|eddsa|rs256)\b|^["']?[ \t]{0,9}(?:>{1,2}|\|[ \t]{0,9}tee\b)[^\n]{0,200}\b(?:pub|public\w*|certs?|crt)\b/;

/** As Maven writes what it has encrypted. */
function isInBraces(text: string, index: number, { length }: string): boolean {
  return text.charAt(index - 1) === "{" && text.charAt(index + length) === "}";
}

/** The name that the value is assigned to decides; where there is none, what stands close before it. */
function isAbout(before: string): boolean {
  if (
    /https?:\/\/\S*$|[\w.-]+\/$|:\/\/\S*$|\bsha\d+[-:/]+$|[A-Za-z\d+/]{20}={1,2}$|\bSetCredentialEncrypted=/.test(
      before,
    )
  )
    return true;
  const name = /([A-Za-z_][\w.-]{0,80})["'\]]{0,2}\s{0,9}(?:=>|:=|[:=])\s{0,9}["'`]?$/.exec(before)?.[1];
  const near =
    name === undefined || before.endsWith(":")
      ? (before
          .slice(-60)
          .split(/[;|&,{]\s?/)
          .at(-1) ?? "")
      : wordsOf(name).join(" ");
  return ABOUT.test(near);
}

/** Base64 of a text is read by its content. */
function isText(value: string): boolean {
  const bytes = value.length % 4 === 0 ? fromBase64(value) : undefined;
  return bytes !== undefined && !/[^\t\n\r -~]/.test(bytes.toString("latin1"));
}
