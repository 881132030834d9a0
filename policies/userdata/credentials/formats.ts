/** Credentials that show by their own form: tokens of vendors, private keys, password hashes, addresses that hold one. */
import type { SecretLintRuleCreator } from "@secretlint/types" with { "resolution-mode": "import" };
import { fromBase64 } from "../encodings";
import { Finder } from "../finder";
import type { Kind } from "./names";
import type { Hit } from "./settings";
import { PASSWORD_HASH, isLiteral, looksRandom } from "./values";

/** Everything in a text that is a credential whatever stands around it. */
export function formatsIn(text: string): Hit[] {
  return [
    ...ofLibrary(text),
    ...ofTable(text),
    ...privateKeys(text),
    ...passwordHashes(text),
    ...addresses(text),
    ...headers(text),
  ];
}

/** Characters that a token has at least. */
export const LEAST_TOKEN = 16;

/** What variables of a script make up: the text as a whole does not show it. */
export function assembled(word: string): Hit[] {
  return word.length < LEAST_TOKEN
    ? []
    : [...ofTable(word), ...headers(word)].filter(({ value }) => !/\$[\w({]/.test(value));
}

/** Rules of the library that this package judges itself, with what user data says around a value. */
const OWN = /(?:basicauth|database-connection-string|privatekey|filter-comments)$/;

type Source = Parameters<NonNullable<ReturnType<SecretLintRuleCreator["create"]>["file"]>>[0];
type Scan = (text: string) => Hit[];
let library: Scan | undefined;

/** Tokens that secretlint's recommended rules know. */
function ofLibrary(text: string): Hit[] {
  library ??= loadLibrary();
  return library(text);
}

function loadLibrary(): Scan {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const preset = require("@secretlint/secretlint-rule-preset-recommend") as { rules: readonly SecretLintRuleCreator[] };
  let [content, hits]: [string, Hit[]] = ["", []];
  const handlers = preset.rules
    .filter(({ meta }) => !OWN.test(meta.id))
    .map((rule) =>
      rule.create(
        {
          sharedOptions: {},
          createTranslator: () => () => ({ message: "", messageId: "", data: {} }),
          report: ({ range: [start, end] }) => {
            const value = content.slice(start, end);
            if (isLiteral(value, { kind: "token", sure: true }, "quoted"))
              hits.push({ value, kind: "token", offset: start });
          },
          ignore: () => undefined,
        } as Parameters<typeof rule.create>[0],
        {},
      ),
    );
  return (text) => {
    [content, hits] = [text, []];
    const source = { content, filePath: "user-data", ext: "", contentType: "text", hasBOM: false };
    for (const handler of handlers) void handler.file?.(source as Source);
    return hits;
  };
}

type Form = readonly [pattern: RegExp, kind: Kind];

/** What vendors put in front of their tokens. */
const VENDORS = `pul- doo_v1_ dop_v1_ dor_v1_ dapi npm_ pypi- dckr_pat_ dckr_oat_ hf_ rubygems_ sqa_ sqp_ squ_ glsa_ glc_eyJ
  sntrys_ sntryu_ NRAK- NRAL lin_api_ figd_ ntn_ PMAK- xkeysib- whsec_ k_live_ k_test_ CCIPAT_ bkua_ bkct_ bkaj_ bkat_
  dp.st. dp.pt. dp.ct. dp.sa. gsk_ r8_ nvapi- pcsk_ xai- AIza GOCSPX- ya29. ATATT3 ATBB EAA shpat_ shpca_ shppa_ shpss_
  tfp_ .atlasv1. tskey- phx_ EZAK EZTK cfut_ ops_eyJ github_pat_ ghp_ gho_ ghu_ ghs_ ghr_ AKCp cmVmd sgp_ rnd_ fo1_ fm1_
  fm2_ key- SK0 SK1 SK2 SK3 SK4 SK5 SK6 SK7 SK8 SK9 SKa SKb SKc SKd SKe SKf pat-na pat-eu dt0c01. sdk- A3-`;

/** Forms that the library lacks, with words of which each of them has one. Each stands on one line. */
const FORMS: readonly (readonly [words: string, ...form: Form])[] = [
  [
    "glpat- glrt- gldt- glptt- glcbt- glft- glsoat- glimt- glagent- gloas- glwt- GR1348941",
    /(?<![\w-])(?:gl(?:pat|rt|dt|ptt|cbt|ft|soat|imt|agent|oas|wt)-[\w.-]{20,}|GR1348941[\w-]{20,})/g,
    "token",
  ],
  ["hvs. hvb. hvr.", /(?<![\w.-])hv[sbr]\.[\w-]{20,}/g, "token"],
  [
    VENDORS,
    /(?<![\w-])(?:pul-[\da-f]{40}|do[opr]_v1_[\da-f]{64}|dapi[\da-f]{32}|npm_\w{36}|pypi-[\w-]{50,}|dckr_(?:pat|oat)_[\w-]{20,}|hf_\w{30,}|rubygems_[\da-f]{48}|sq[apu]_[\da-f]{40}|glsa_\w{32}_[\da-f]{8}|glc_eyJ[\w+/=]{20,}|sntry[su]_[\w+/=]{20,}|NRAK-[A-Z\d]{27}|[\da-fx]{36,40}(?:FFFF)?NRAL|lin_api_\w{32,}|figd_[\w-]{30,}|ntn_\w{40,}|PMAK-[\da-f]{24}-[\da-f]{34}|xkeysib-[\da-f]{64}-\w{16}|whsec_[\w+/=]{20,}|[rs]k_(?:live|test)_\w{16,}|CCIPAT_\w{20,}|bk(?:ua|ct|aj|at)_[\w-]{20,}|dp\.(?:st|pt|ct|sa)\.[\w.-]{20,}|gsk_\w{40,}|r8_\w{30,}|nvapi-[\w-]{40,}|pcsk_\w{30,}|xai-\w{60,}|AIza[\w-]{35}|GOCSPX-[\w-]{20,}|ya29\.[\w-]{30,}|ATATT3[\w=-]{40,}|ATBB\w{24,}|EAA[A-Za-z\d]{60,}|shp(?:at|ca|pa|ss)_[\da-f]{32}|tfp_\w{30,}|\w{14}\.atlasv1\.[\w-]{60,}|tskey-[a-z]+-[\w-]{16,}|phx_\w{30,}|EZ[AT]K\w{50,}|cfut_\w{30,}|ops_eyJ[\w-]{40,}|github_pat_\w{40,}|gh[pousr]_\w{36,}|AKCp\w{60,}|cmVmd[\w]{50,}|sgp_[\da-f]{40}|rnd_\w{20,}|fo1_[\w-]{30,}|fm[12]_[\w+/=,-]{60,}|key-[\da-f]{32}|SK[\da-f]{32}|pat-(?:na|eu)\d-[\da-f-]{36}|dt0c01\.\w{24}\.\w{64}|sdk-[\da-f]{8}-[\da-f-]{27}|A3-[A-Z\d]{6}-(?:[A-Z\d]{5,6}-?){5})(?![\w-])/g,
    "token",
  ],
  ["sk-", /(?<![\w-])sk-(?:proj-|svcacct-|or-v1-)?[\w-]{40,}(?![\w-])/g, "token"],
  ["AGE-SECRET-KEY-1", /\bAGE-SECRET-KEY-1[\dA-Z]{50,}/g, "private key"],
  ["SWMTKN-1-", /\bSWMTKN-1-[a-z\d]{40,60}-[a-z\d]{20,30}/g, "token"],
  ["K10", /\bK10[\da-f]{48,64}::\w[\w:.-]{3,}/g, "token"],
  ["eyJ", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{10,}/g, "token"],
  ["eyJ", /\beyJ[\w-]{15,}\.(?!eyJ)[\w-]{0,600}\.[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g, "token"],
  [
    "hooks.slack.com",
    /\bhttps:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{20,}/g,
    "webhook address",
  ],
  [
    "/webhooks/",
    /\bhttps:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d{10,}\/[\w-]{30,}/g,
    "webhook address",
  ],
  [
    ".webhook.office.com .logic.azure.com",
    /\bhttps:\/\/[\w.-]{1,80}\.(?:webhook\.office\.com\/webhookb2|logic\.azure\.com(?::443)?\/workflows)\/[\w@/.?&=%-]{30,}/g,
    "webhook address",
  ],
  ["outlook.office", /\bhttps:\/\/outlook\.office(?:365)?\.com\/webhook\/[\w@/-]{30,}/g, "webhook address"],
  [
    "chat.googleapis.com",
    /\bhttps:\/\/chat\.googleapis\.com\/v1\/spaces\/[\w-]{5,}\/messages\?key=[\w&=%-]{20,}/g,
    "webhook address",
  ],
  ["hooks.zapier.com", /\bhttps:\/\/hooks\.zapier\.com\/hooks\/catch\/\d+\/\w{5,}/g, "webhook address"],
  [
    "maker.ifttt.com",
    /\bhttps:\/\/maker\.ifttt\.com\/trigger\/\w+\/(?:json\/)?with\/key\/[\w-]{15,}/g,
    "webhook address",
  ],
  [
    "/hooks/ /webhook/ /webhooks/",
    /\bhttps:\/\/[\w.-]{1,60}\/(?:hooks|webhook|webhooks)\/(?=[\w/-]{0,80}\d)[A-Za-z\d][\w-]{19,}(?:\/[\w-]{10,})?/g,
    "webhook address",
  ],
  ["api.telegram.org", /(?<=api\.telegram\.org\/(?:file\/)?bot)\d{6,}:[\w-]{30,}/g, "token"],
  ["sig=", /[?&;]sig=[\w%+/=-]{20,}/g, "shared access signature"],
  [
    "AccountKey= SharedAccessKey= SharedSecretValue=",
    /\b(?:AccountKey|SharedAccessKey|SharedSecretValue)=[\w+/]{20,}={0,2}/g,
    "connection string",
  ],
];

/** Two keys, perhaps on two lines. */
const PAIRS: Form = [/\bA[KS]IA[A-Z\d]{16}[\s:,;"'|\\/n]{1,6}[A-Za-z\d+/]{40}(?![A-Za-z\d+/=])/g, "key"];
const KEYED_ADDRESSES: Form = [/\bhttps?:\/\/[\da-f]{32}(?::[\da-f]{32})@[\w.-]+\/\d+/g, "connection string"];

const FORMS_OF: ReadonlyMap<string, readonly Form[]> = (() => {
  const table = new Map<string, Form[]>();
  for (const [words, ...form] of FORMS)
    for (const word of words.split(/\s+/)) table.set(word, [...(table.get(word) ?? []), form]);
  return table;
})();

const WORDS = new Finder(FORMS_OF.keys());

function ofTable(text: string): Hit[] {
  const hits: Hit[] = [];
  if (/A[KS]IA/.test(text)) hits.push(...ofForm(text, PAIRS));
  if (text.includes("@") && text.includes("//")) hits.push(...ofForm(text, KEYED_ADDRESSES));
  const seen = new Map<string, number>();
  WORDS.each(text, (word, at) => {
    if (at < (seen.get(word) ?? 0)) return;
    const start = text.lastIndexOf("\n", at) + 1;
    const next = text.indexOf("\n", at);
    const end = next < 0 ? text.length : next;
    seen.set(word, end);
    const line = text.slice(start, end);
    for (const form of FORMS_OF.get(word) ?? [])
      for (const hit of ofForm(line, form)) hits.push({ ...hit, offset: hit.offset + start });
  });
  return hits;
}

function ofForm(text: string, [pattern, kind]: Form): Hit[] {
  return [...text.matchAll(pattern)]
    .map((match) => ({ value: match[0], kind, offset: match.index }))
    .filter(({ value, offset }) =>
      kind === "webhook address"
        ? !isContinued(text, offset + value.length)
        : isLiteral(value.replace(/^[?&;]sig=/, ""), { kind: "token", sure: true }, "quoted"),
    )
    .filter(({ value }) => !/x{6}|X{6}|0{12}|EXAMPLE/.test(value));
}

/** A variable or a template fills in the rest, which is what nobody may know. */
function isContinued(text: string, end: number): boolean {
  return /[$<{]/.test(text.charAt(end));
}

const BEGIN = /-----BEGIN (?:[A-Z\d]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;

/** PEM with a body, as lines or on one line; the same as base64; the private half of a PuTTY key. */
function privateKeys(text: string): Hit[] {
  const hits: Hit[] = [];
  if (text.includes("PRIVATE KEY")) {
    for (const { 0: mark, index } of text.matchAll(BEGIN)) {
      const body = bodyOf(text.slice(index + mark.length, index + mark.length + 400));
      if (body.length >= 40) hits.push({ value: body, kind: "private key", offset: index });
    }
  }
  for (const { 0: encoded, index } of text.includes("LS0tLS1CRUdJTi")
    ? text.matchAll(/LS0tLS1CRUdJTi[\w+/-]{40,}/g)
    : []) {
    if (fromBase64(encoded.slice(0, 80))?.toString("latin1").includes("PRIVATE KEY") === true)
      hits.push({ value: encoded, kind: "private key", offset: index });
  }
  for (const { 1: body = "", index } of text.includes("Private-Lines")
    ? text.matchAll(/Private-Lines: ?\d+\s{1,20}([\w+/=]{20,})/g)
    : [])
    hits.push({ value: body, kind: "private key", offset: index });
  return hits;
}

/** The first letters of the key itself, without line ends in any notation, quotes and headers. */
function bodyOf(text: string): string {
  const body = text.split("-----", 1)[0] ?? "";
  const lines = body.split(/\\+r?\\*n|\s+|["',+]+/).filter((line) => /^[\w+/=]{16,}$/.test(line));
  return lines.join("");
}

const HASHES = new RegExp(PASSWORD_HASH.source, "g");

function passwordHashes(text: string): Hit[] {
  if (!/\$\w|\{|SCRAM|pbkdf2|\*[\dA-F]{8}/.test(text)) return [];
  const hits = [...text.matchAll(HASHES)].filter(({ 0: value }) => !/[*.]{3}|x{8}|\[|\\/.test(value));
  const native = text.matchAll(/(?<![\w*])\*[\dA-F]{40}(?![\w])/g);
  return [...hits, ...native].map(({ 0: value, index }) => ({ value, kind: "password hash", offset: index }));
}

const USERINFO = /\/\/([^\s:@/"'<>|]{0,100}):([^\s@/"'<>|]{1,300})@(?=[\w.$[{(%<-])/gi;
const TOKEN_ONLY = /\bhttps?:\/\/([\w.-]{20,200})(?::x-oauth-basic|:)?@(?=[\w.$[{(-])/gi;

/** `scheme://user:password@host`. */
export function addresses(text: string, writing: "shell" | "quoted" = "quoted"): Hit[] {
  if (!text.includes("@") || !text.includes("//")) return [];
  return [...logins(text, writing), ...tokenLogins(text)];
}

function logins(text: string, writing: "shell" | "quoted"): Hit[] {
  return [...text.matchAll(USERINFO)].flatMap(({ 0: all, 1: user = "", 2: password = "", index }) => {
    // How documentation writes it.
    if (/^(?:password|pass|PASSWORD)$/.test(password) && /^(?:user(?:name)?|USER)$/i.test(user)) return [];
    const literal = isLiteral(password, { kind: "password", sure: true }, writing);
    return literal
      ? [{ value: password, kind: "password" as const, offset: index + all.length - 1 - password.length }]
      : [];
  });
}

function tokenLogins(text: string): Hit[] {
  return [...text.matchAll(TOKEN_ONLY)].flatMap(({ 0: all, 1: token = "", index }) => {
    // A public data source name of Sentry.
    if (/sentry|@o\d/.test(text.slice(index + all.length - 1, index + all.length + 40))) return [];
    const isHost = /\.(?:com|net|org|io|internal|local|dev)$/.test(token);
    return looksRandom(token) && !isHost ? [{ value: token, kind: "token" as const, offset: index }] : [];
  });
}

const AUTHORIZATION =
  /(?:Authorization|X-Registry-Auth|Proxy-Authorization)["']?[ \t]{0,9}(?:[:=,]|=>|[ \t])[ \t]{0,9}(?:\\?["'])?[ \t]{0,3}(Bearer|Basic|token|ApiKey|api-?key|Splunk|GenieKey|SSWS|Bot|Key|PVEAPIToken|OAuth|NSX|Klaviyo-API-Key|DeepL-Auth-Key)?[ \t=]{1,4}([^\s"'\\,;)]{3,2000})/gi;
const BEARER = /\b(?:Bearer|Splunk|GenieKey|SSWS)\s{1,3}([\w.~+/=:-]{16,2000})/g;
const COOKIE = /\bCookie["']?\s{0,4}[:=,]\s{0,4}["']?([^\n"']{5,2000})/gi;

/** Headers of requests, wherever they are written. */
export function headers(text: string): Hit[] {
  const hits: Hit[] = [];
  if (!/authorization|registry-auth|Bearer|Splunk|GenieKey|SSWS|cookie/i.test(text)) return hits;
  if (/authorization|registry-auth/i.test(text)) {
    for (const { 0: all, 1: scheme = "", 2: value = "", index } of text.matchAll(AUTHORIZATION)) {
      const hit = authorization(scheme, value);
      if (hit) hits.push({ ...hit, offset: index + all.length - value.length });
    }
  }
  for (const { 0: all, 1: value = "", index } of /Bearer|Splunk|GenieKey|SSWS/.test(text)
    ? text.matchAll(BEARER)
    : []) {
    if (isLiteral(value, { kind: "token", sure: false }, "quoted"))
      hits.push({ value, kind: "token", offset: index + all.length - value.length });
  }
  for (const { 1: cookies = "", index } of /cookie/i.test(text) ? text.matchAll(COOKIE) : [])
    hits.push(...cookiesIn(cookies).map((hit) => ({ ...hit, offset: index })));
  return hits;
}

function authorization(scheme: string, value: string): Omit<Hit, "offset"> | undefined {
  if (scheme.toLowerCase() === "basic") return basic(value);
  const sure = scheme !== "";
  return isLiteral(value, { kind: "token", sure }, "quoted") && (sure || looksRandom(value))
    ? { value, kind: "token" }
    : undefined;
}

/** Base64 of `user:password`. */
export function basic(value: string): Omit<Hit, "offset"> | undefined {
  const text = fromBase64(value)?.toString("utf8") ?? "";
  const password = /^[^:\s]*:(.+)$/s.exec(text)?.[1];
  return password !== undefined && isLiteral(password, { kind: "password", sure: true }, "quoted")
    ? { value, kind: "password" }
    : undefined;
}

/** Sessions in `name=value; name=value`. */
export function cookiesIn(text: string): Omit<Hit, "offset">[] {
  return text.split(/;\s*/).flatMap((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const session = /sess|sid$|auth|token|jwt|login|remember/i.test(name);
    return session && value.length >= 12 && isLiteral(value, { kind: "cookie", sure: false }, "shell")
      ? [{ value, kind: "cookie" as const }]
      : [];
  });
}
