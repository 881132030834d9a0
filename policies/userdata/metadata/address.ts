/** How the metadata service is addressed: its hosts in every spelling, its paths, and the header with the token. */

/** The address as a number: 169.254.169.254. */
const IPV4 = 0xa9fea9fe;

/** Spellings of the hosts, for texts that are searched; `HOST` finds the same in code. */
const MENTION = /169\.254|169\.16689662|instance-data|fd00:0?ec2|2852039166|0x0*a9|0251\.0?376|025177524776|a9fe:a9fe/i;

/** Whether a text may address the metadata service at all. */
export function mentionsMetadata(text: string): boolean {
  return MENTION.test(text);
}

/** One field of an address as `inet_aton` reads it: decimal, octal behind `0`, hexadecimal behind `0x`. */
function fieldOf(text: string): number | undefined {
  if (/^0x[0-9a-f]{1,10}$/i.test(text)) return parseInt(text, 16);
  if (/^0[0-7]{0,12}$/.test(text)) return parseInt(text, 8);
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}

/** The last field stands for all bytes that are left. */
function ipv4(host: string): number | undefined {
  const fields = host.split(".", 5).map(fieldOf);
  const last = fields.pop();
  if (last === undefined || fields.length > 3 || fields.some((field) => field === undefined || field > 255))
    return undefined;
  return fields.reduce<number>((sum, field, index) => sum + (field ?? 0) * 256 ** (3 - index), last);
}

const IPV6 = /^(?:fd00:0?ec2:(?:0{0,4}:){1,6}0?254|(?:0{0,4}:){2,6}ffff:(?:169\.254\.169\.254|a9fe:a9fe))$/;

/** The alias that EC2's resolver knows, and services that turn an address in a name into that address. */
const NAME =
  /^(?:instance-data(?:\.ec2|\.[a-z\d-]{1,30}\.compute)?(?:\.internal)?|169\.254\.169\.254\.(?:nip|xip|sslip)\.io)\.?$/;

export function isMetadataHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name.startsWith("[") || name.includes(":")) return IPV6.test(name.replaceAll(/^\[|(?:%\w{1,20})?\]$/g, ""));
  return NAME.test(name) || (/^\d/.test(name) && ipv4(name) === IPV4);
}

/** What a path asks for. The services of other clouds at the same address have other paths. */
function kindOfPath(path: string): "token" | "metadata" | undefined {
  const [first = "", ...rest] = path
    .replaceAll(/\/{2,9}/g, "/")
    .replace(/^\//, "")
    .split(/[/?#]/, 4);
  if (rest[0] === "api" && rest[1]?.startsWith("token") === true) return "token";
  const known = /^$|^latest$|^1\.0$|^20\d\d-\d\d-\d\d$/.test(first);
  // A variable may stand for any of them.
  return known || /^[^\w.-]|[${%<>]/.test(first) ? "metadata" : undefined;
}

const URL =
  /^(?:(?:https?|HTTPS?):\/\/)?(?:[^/@\s]{1,100}@)?(\[[^\]\s]{2,60}\]|[^/:?#\s"'`\\[\]]{1,100})(?::[^/?#\s]{0,40})?([/?#]\S*)?$/;

/** What a request for a word, such as an argument of `curl`, would read from the metadata service. */
export function metadataUrl(word: string): "token" | "metadata" | undefined {
  const [, host, path = ""] = URL.exec(word.slice(0, 2048)) ?? [];
  return host !== undefined && isMetadataHost(host) ? kindOfPath(path) : undefined;
}

/** Hosts within code, with the scheme before and the path behind them. */
const HOST =
  /(https?:\/\/)?(?<![\w.-])(169\.254\.(?:169\.254|43518)|169\.16689662|\[?fd00:0?ec2:[0:]{1,20}254\]?|\[?::ffff:(?:169\.254\.169\.254|a9fe:a9fe)\]?|instance-data(?:\.ec2|\.[a-z\d-]{1,30}\.compute)?(?:\.internal)?|2852039166|0xa9fea9fe|0xa9\.0xfe\.0xa9\.0xfe|0251\.0?376\.0251\.0?376|025177524776)(?![\w-]|\.\w)(?::80)?(\/[^\s"'`<>)\\|;,\]]*)?/gi;

export interface Mention {
  readonly offset: number;
  /** It stands there as a URL, or with a path of the service. */
  readonly url: boolean;
  readonly kind: "token" | "metadata" | undefined;
}

/** Where code names the service. The alias counts as part of a URL, or with a path or quotes around it. */
export function mentionsIn(text: string): readonly Mention[] {
  if (!mentionsMetadata(text)) return [];
  return [...text.matchAll(HOST)].flatMap(({ 0: all, 1: scheme, 2: host = "", 3: path, index }) => {
    const url = scheme !== undefined || (path !== undefined && path.length > 1);
    const quoted = /["']/.test(text[index - 1] ?? "") && /["']/.test(text[index + all.length] ?? "");
    if (/^instance/i.test(host) && scheme === undefined && !(quoted || (url && kindOfPath(path ?? "")))) return [];
    return [{ offset: index, url, kind: kindOfPath(path ?? "") }];
  });
}

/** The header that carries a token, not the one that asks for one. */
const HEADER = /x-aws-ec2-metadata-token(?!-ttl)/i;

export function namesToken(text: string): boolean {
  return HEADER.test(text);
}

/** A header without a value, as a script writes it: nothing is sent then. A variable may only seem to be empty. */
export function hasEmptyHeader(text: string): boolean {
  return /x-aws-ec2-metadata-token\s{0,9}[:;]?\s{0,9}["'](?:[\s\\]|$)/i.test(text);
}

/** A request for a token, in code. */
export function asksForToken(text: string): boolean {
  return /\bapi\/+token\b|metadata-token-ttl/i.test(text);
}

/** The tool of Amazon Linux as it once was published: a copy that speaks only version 1. */
export const OLD_TOOL = /amazonaws\.com\/ec2metadata\/ec2-metadata\b|s3:\/\/ec2metadata\/ec2-metadata\b/;

/** Headers that the services of other clouds want. */
export function isOtherCloud(text: string): boolean {
  return /metadata-flavor|computeMetadata|["']?\bmetadata["']?\s{0,9}(?::|=>?|,)\s{0,9}["']?true|x-metadata-token|api-version=20/i.test(
    text,
  );
}
