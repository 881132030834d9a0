/** Credentials at places that only the syntax of one product marks: statements, blocks, positions in a line. */
import { groupOf } from "./groups";
import { fromBase64 } from "../encodings";
import { Finder } from "../finder";
import { promiseOf, type Kind } from "./names";
import type { Hit } from "./settings";
import { isLiteral, looksRandom } from "./values";

interface Phrase {
  /** A word that the text must have, so that the pattern is worth trying. */
  readonly has: string;
  /** The value is the last group that matches. */
  readonly pattern: RegExp;
  readonly kind: Kind;
  /** Only what looks random counts. */
  readonly unsure?: true;
}

const PHRASES: readonly Phrase[] = [
  // SQL
  {
    has: "IDENTIFIED",
    pattern:
      /\bIDENTIFIED\s{1,9}(?:WITH\s{1,9}['"]?(?!AWSAuth)\w{1,40}['"]?\s{1,9})?(?:BY|AS)\s{1,9}(?!RANDOM\b)(?:PASSWORD\s{1,9})?(?:VALUES\s{1,9})?(?:'([^'\n]+)'|\\?"([^"\n\\]+)\\?"|([^'"\s;]+))/gi,
    kind: "password",
  },
  { has: "assword", pattern: /\bset_password\(\s*["']([^"']+)["']/g, kind: "password" },
  // Statements and lines of servers
  { has: "auth-pass", pattern: /\bauth-pass[ \t]+\S+[ \t]+(\S+)/g, kind: "password" },
  { has: "IPSec", pattern: /^[ \t]*(?:IPSec secret|Xauth password)[ \t]+(\S+)/gim, kind: "key" },
  {
    has: " password ",
    pattern: /^[ \t]*\S+[ \t]+\S*\/\S*(?:pass|pw)\S*[ \t]+password[ \t]+(\S+)\s*$/gim,
    kind: "password",
  },
  { has: "d-i ", pattern: /^d-i[ \t]+\S*passw\S*[ \t]+(?:password|string)[ \t]+(\S+)\s*$/gm, kind: "password" },
  { has: "rootpw", pattern: /^[ \t]*rootpw[ \t]+(?:--(?:iscrypted|plaintext)[ \t]+)?(?!--)(\S+)/gm, kind: "password" },
  { has: "user ", pattern: /^[ \t]*user[ \t]+\S+\s(?:[^\n]{0,200}\s)?>(\S+)/gm, kind: "password" },
  { has: "user ", pattern: /^[ \t]*user[ \t]+\S+\s(?:[^\n]{0,200}\s)?#([\da-f]{64})\b/gm, kind: "password hash" },
  { has: "allow ", pattern: /^[ \t]*allow[ \t]+[A-Za-z]\w*:"?([^"\s/]+)"?/gm, kind: "password" },
  { has: "asicAuth", pattern: /^[ \t]*(?:BasicAuth|Upstream[ \t]+\w+)[ \t]+\S+[ \t]+(\S+)\s*$/gm, kind: "password" },
  { has: "nserver", pattern: /\binsecure-password[ \t]+(\S+)/g, kind: "password" },
  { has: "LOGON", pattern: /^\.LOGON[ \t]+[^,\n]+,([^;\s]+)/gim, kind: "password" },
  {
    has: "send",
    pattern: /\bsend(?:_user)?[ \t]+(?:--[ \t]+)?["{]([^"\\$}\n]{4,80})\\[rn]/g,
    kind: "password",
    unsure: true,
  },
  { has: "npmAuthIdent", pattern: /\bnpmAuthIdent["']?\s*:\s*["']?[^\s:"'$]+:([^\s"']+)/g, kind: "password" },
  { has: "addent", pattern: /\baddent\s[^\n]*-password[^\n]*\n([^\n]+)/g, kind: "password" },
  { has: "password", pattern: /\blogin[ \t]+\S+[ \t]+password[ \t]+(\S+)/g, kind: "password" },
  {
    has: "createUser",
    pattern: /^[ \t]*createUser[ \t]+(?:-e[ \t]+\S+[ \t]+)?\S+[ \t]+(?:MD5|SHA\S*)[ \t]+"?([^"\s]+)/gm,
    kind: "password",
  },
  { has: "community", pattern: /^[ \t]*r[ow]community6?[ \t]+(?!public\b)(\S+)/gm, kind: "password" },
  { has: "PSK", pattern: /(?::|^|\s)\s*PSK[ \t]+"?((?:0x|0s)?[^"\s=]+)"?\s*$/gm, kind: "key" },
  { has: "EAP", pattern: /(?::)\s*(?:EAP|XAUTH|NTLM)[ \t]+"?([^"\s]+)"?\s*$/gm, kind: "password" },
  {
    has: "-Password",
    pattern: /\b(?:Cleartext|User|Crypt|NT|LM|SSHA|MD5)-Password\s*[:=]+\s*"([^"]+)"/g,
    kind: "password",
  },
  { has: "{PLAIN}", pattern: /\{(?:PLAIN|CLEARTEXT|PLAIN-MD5)\}([^:\s]+)/g, kind: "password" },
  { has: "md5", pattern: /["'\s:](md5[\da-f]{32})\b/g, kind: "password hash" },
  { has: "ey-digest", pattern: /\bkey-digest[ \t]+["']?(\S+)/g, kind: "key" },
  { has: "secret", pattern: /\bsecret[ \t]+"([\w+/]{16,}={0,2})"\s*;/g, kind: "key" },
  { has: "neighbor", pattern: /\bneighbor[ \t]+\S+[ \t]+password[ \t]+(?:\d[ \t]+)?(\S+)/g, kind: "password" },
  { has: "authentication", pattern: /\bmessage-digest-key[ \t]+\d+[ \t]+md5[ \t]+(?:\d[ \t]+)?(\S+)/g, kind: "key" },
  { has: "secret", pattern: /\bsecret[ \t]+\d[ \t]+(\S+)/g, kind: "password" },
  { has: "username", pattern: /\busername[ \t]+\S+[^\n]{0,80}?[ \t]password[ \t]+\d[ \t]+(\S+)/g, kind: "password" },
  { has: "isakmp", pattern: /\bcrypto[ \t]+isakmp[ \t]+key[ \t]+(?:\d[ \t]+)?(\S+)[ \t]+(?:addr|host)/g, kind: "key" },
  {
    has: "-server",
    pattern: /\b(?:tacacs|radius)-server\b[^\n]{0,80}[ \t]key[ \t]+(?:\d[ \t]+)?(\S+)\s*$/gm,
    kind: "key",
  },
  { has: "snmp-server", pattern: /\bsnmp-server[ \t]+community[ \t]+(?!public\b)(\S+)/g, kind: "password" },
  {
    has: "passwordeval",
    pattern: /\bpasswordeval[ \t]+["']?echo[ \t]+(?:-n[ \t]+)?["']?([^\s"']+)/g,
    kind: "password",
  },
  { has: "PassCmd", pattern: /\bPassCmd[ \t]+["']?\+?echo[ \t]+(?:-n[ \t]+)?["']?([^\s"']+)/g, kind: "password" },
  {
    has: "assword is",
    pattern: /\bpassword is[ \t]+["'`]?(?!(?:base\d|sha\d|md5|utf))([^\s"'`,;]{4,80})/gi,
    kind: "password",
    unsure: true,
  },
  {
    has: "password",
    pattern: /^[ \t]*password[ \t]+[A-Za-z]\w*[ \t]+([^\s()]+)\s*$/gm,
    kind: "password",
    unsure: true,
  },
  { has: "add password", pattern: /^[ \t]*add password[ \t]+\S+[ \t]+(\S+)/gm, kind: "password" },
  { has: "SetCredential", pattern: /\bSetCredential=[\w.@-]{1,200}:(?!%)([^\s"'\\][^\n"']*)/g, kind: "secret" },
  { has: "OTP/", pattern: /^[TH]OTP\S*[ \t]+\S+[ \t]+\S+[ \t]+([\da-f]{20,})/gm, kind: "secret" },
  { has: "SHA", pattern: /^\d+[ \t]+(?:SHA\d+|MD5|AES\d+)[ \t]+(?:HEX:|ASCII:)?(\S{8,})$/gm, kind: "key" },
  { has: "honeycomb-team", pattern: /x-honeycomb-team["']?\s*[=:]\s*["']?(\w{20,})/g, kind: "key" },
  { has: "/t/", pattern: /https?:\/\/[\w.-]+\/t\/([\w-]{20,})\//g, kind: "token" },
  {
    has: "SecureString",
    pattern: /ConvertTo-SecureString[ \t]+(?:-(?:String|AsPlainText|Force)[ \t]+){0,3}(?:"([^"$\n]+)"|'([^'\n]+)')/gi,
    kind: "password",
  },
  { has: "SecureString", pattern: /(?:"([^"$\n]+)"|'([^'\n]+)')\s*\|\s*ConvertTo-SecureString/gi, kind: "password" },
  {
    has: "Value>",
    pattern: /<(?:\w+:)?\w*(?:Password|password)>\s*(?:<PlainText>\w+<\/PlainText>\s*)?<Value>([^<]+)/g,
    kind: "password",
  },
  { has: "data:", pattern: /\bpassword:\s*\n\s*type:\s*static\s*\n\s*data:\s*["']?([^\s"']+)/g, kind: "password" },
  { has: "%", pattern: /["\s[]([\da-f]{8}-[\da-f]{4}-[\da-f-]{22}) <%/gi, kind: "token" },
  // Functions that take a name and a password one after the other
  {
    has: "(",
    pattern:
      /\b(?:connect|login|authenticate|(?:set_?)?(?:http_?)?(?:basic_?)?auth(?:entication)?|NetworkCredential|PSCredential|create_?(?:Account|User)|getConnection|add_password|set_credentials|Username\w{0,3}PasswordCredentials\w{0,6}|HTTPBasicAuth|HTTPDigestAuth|credentials)\w{0,10}["']?\]?(?:::new)?\s?=?\s?\((?:[^()\n]{0,200}?,\s{0,5})??["'][^"'\n]{1,100}["']\s{0,5},\s{0,5}["']([^"'\n]{3,100})["']\s{0,5}[),]/gi,
    kind: "password",
    unsure: true,
  },
  // … and those that take the host or a source before them
  {
    has: "(",
    pattern:
      /\b(?:mysqli?|mysqli?_p?connect|real_connect|PDO|imap_open|oci_p?connect|P?Connect|DBI->connect(?:_cached)?)\s?\(\s{0,5}(?:["'][^"'\n]{1,200}["']|[$\w.\[\]'"-]{1,80})\s{0,5},\s{0,5}["'][^"'\n]{1,100}["']\s{0,5},\s{0,5}["']([^"'\n]{3,100})["']\s{0,5}[),]/g,
    kind: "password",
    unsure: true,
  },
  { has: "crypt(", pattern: /(?<![\w$])crypt\(\s{0,5}\\?["']([^"'$\\\n]{3,100})\\?["']\s{0,5}[,)]/g, kind: "password" },
  { has: "auth(", pattern: /[\w)][:.]auth\(\s{0,5}["']([^"'\n]{4,100})["']\s{0,5}\)/g, kind: "password", unsure: true },
  { has: "assword(", pattern: /\bset_?password\(\s{0,5}["']([^"'\n]+)["']/gi, kind: "password" },
  {
    has: "create_superuser",
    pattern: /\bcreate_superuser\([^()\n]{0,200},\s{0,5}["']([^"'@\n]+)["']\s{0,5}\)/g,
    kind: "password",
  },
  { has: "secure_link_md5", pattern: /\bsecure_link_md5[ \t]+"[^"\n]*?[ \t]([^\s"$]{6,})"/g, kind: "secret" },
  { has: "password_hash", pattern: /["']([^"'\n]+)["']\s{0,5}\|\s{0,5}password_hash/g, kind: "password" },
  { has: "AUTH=", pattern: /\b[A-Z\d_]{0,40}AUTH=\w{1,40}\/([^\s/"']+)/g, kind: "password", unsure: true },
  { has: "BUNDLE_", pattern: /\bBUNDLE_[A-Z\d_]{1,60}=["']?([^\s"':]+:[^\s"']+)/g, kind: "password", unsure: true },
  // Keys
  { has: "rfc4106", pattern: /\brfc4106\(gcm\(aes\)\)[ \t]+([\da-f]{40,})/g, kind: "key" },
  { has: '"kty"', pattern: /"d"\s*:\s*"([\w-]{40,})"/g, kind: "private key" },
  { has: '"oct"', pattern: /"k"\s*:\s*"([\w-]{20,})"/g, kind: "key" },
  { has: "encrypt", pattern: /\bencrypt["']?\s*[:=]\s*["']?([\w+/]{22}==|[\w+/]{43}=)/g, kind: "key" },
  { has: "AQ", pattern: /\bkey\s*=\s*(AQ[\w+/]{34,}={1,2})/g, kind: "key" },
  {
    has: "tokens",
    pattern:
      /\b(?:initial_management|master|agent|agent_master|agent_recovery|default|replication|config_file_service_registration|dns|token)["']?\s*[=:]\s*["']([\da-f]{8}-[\da-f-]{27})["']/g,
    kind: "token",
  },
  { has: "S", pattern: /(?<![\w-])(S[UAOCNPX][A-Z2-7]{56})(?![\w-])/g, kind: "private key" },
  { has: "@41058", pattern: /\[([\da-f-]{36})@41058/g, kind: "token" },
  {
    has: "1.2.840.113549.1.9.7",
    pattern: /1\.2\.840\.113549\.1\.9\.7["']?\s*[:=]\s*["']?([^\s"']+)/g,
    kind: "password",
  },
  { has: ":0:", pattern: /\b[\da-f]{10}:0:[\da-f]{128}:([\da-f]{128})\b/g, kind: "private key" },
  { has: "COMPANY_CODE", pattern: /\bCOMPANY_CODE=["']?([A-Z\d]{6,40}[#!]\S{6,80}?)["']?(?:\s|$)/g, kind: "token" },
  { has: "token_and_url", pattern: /\btoken_and_url[=:\s]\s{0,5}["']?([\w+/]{30,}={0,2})/g, kind: "token" },
  // A node joins by the name of its token, where it joins by nothing else.
  {
    has: "token_name",
    pattern:
      /\bmethod:\s{0,9}["']?token["']?\s{1,40}token_name:\s{0,9}["']?([^\s"']+)|\btoken_name:\s{0,9}["']?([^\s"']+)["']?\s{1,40}method:\s{0,9}["']?token\b/g,
    kind: "token",
    unsure: true,
  },
  { has: "Static key", pattern: /-----BEGIN OpenVPN [Ss]tatic key V\d-----\s+([\da-f]{16,})/g, kind: "key" },
  { has: "KeyMaterial", pattern: /"KeyMaterial"\s*:\s*"([^"]{40,})"/g, kind: "private key" },
  { has: "otpauth:", pattern: /otpauth:\/\/[^\s"']*?[?&]secret=([A-Z2-7]{16,})/g, kind: "secret" },
  { has: "aes:", pattern: /\baes:\s*\n?\s*secret:\s*["']?([\w+/]{20,}={0,2})/g, kind: "key" },
  { has: "EncryptionConfig", pattern: /\bsecret:\s*["']?([\w+/]{20,}={0,2})/g, kind: "key" },
  { has: "superDigest", pattern: /superDigest=\w+:([\w+/=]{20,})/g, kind: "password hash" },
  // Pairs of a user and a password
  { has: "@", pattern: /(?<![\w/@.:-])[\w.-]{1,60}:([^\s@:/'"()]{3,200})@(?:tcp|unix|udp)?\(/g, kind: "password" },
  {
    has: "@",
    pattern:
      /(?<![\w/@.:-])(?!mailto|acct|sip|xmpp|git|ssh)[A-Za-z][\w.-]{0,60}:([^\s@:/'"()$,]{4,200})@(?!sha\d)[A-Za-z\d][\w.-]*(?::\d{2,5}|\.[a-z]{2,8})(?![\w@])/g,
    kind: "password",
  },
  {
    has: ":",
    pattern:
      /(?<![A-Za-z])(?:(?:auth|user|userpw|userpwd|login|account|basicauth|basic_auth|credentials|creds|cred|identity|auth_basic|users)["']?\s?(?:[:=]|=>)\s?|(?:stats[ \t]+|--)auth[ =]|-Dbasicauth=|(?:user|login)\s)["']?[A-Za-z][\w.@\\-]{0,60}:([^\s"':/,;]{4,200})(?=["'\s,;]|$)/gim,
    kind: "password",
    unsure: true,
  },
];

const WORDS = new Finder(PHRASES.map(({ has }) => has));
/** The phrases that need a word, by where they stand in the table. */
const PLACES: ReadonlyMap<string, readonly number[]> = (() => {
  const places = new Map<string, number[]>();
  for (const [place, { has }] of PHRASES.entries()) places.set(has, [...(places.get(has) ?? []), place]);
  return places;
})();

/** In the order of the table: where two find the same value, the first one says what it is. */
function phrasesFor(words: ReadonlySet<string>): readonly Phrase[] {
  const places = [...words].flatMap((word) => PLACES.get(word) ?? []).sort((one, other) => one - other);
  return places.flatMap((place) => PHRASES[place] ?? []);
}

/** All phrases of a text. */
export function phrasesIn(text: string, writing: "shell" | "quoted" = "quoted"): Hit[] {
  const hits = [...insertsIn(text), ...usersIn(text), ...manifestsIn(text), ...encodedLogins(text)];
  for (const { pattern, kind, unsure } of phrasesFor(WORDS.in(text))) {
    for (const match of text.matchAll(pattern)) {
      const value = groupOf(match);
      if (!isLiteral(value, { kind, sure: true }, writing) || /^%[sdq]/.test(value)) continue;
      if (unsure !== true || isLikely(value))
        hits.push({ value, kind, offset: match.index + match[0].lastIndexOf(value) });
    }
  }
  return hits;
}

/** Sections of users: a name, a password, and perhaps roles. */
function usersIn(text: string): Hit[] {
  if (!/\[(?:users|admins|accounts)\]/i.test(text)) return [];
  return [...text.matchAll(/^\[(?:users|admins|accounts)\]\n((?:[^[\n][^\n]{0,300}\n?){1,20})/gim)].flatMap(
    ({ 1: lines = "", index }) =>
      [...lines.matchAll(/^\s*[\w.@-]{1,60}\s{0,9}=\s{0,9}([^\s,;]+)/gm)].flatMap(({ 1: value = "" }) =>
        isLikely(value) && isLiteral(value, { kind: "password", sure: true }, "quoted")
          ? [{ value, kind: "password" as const, offset: index }]
          : [],
      ),
  );
}

/** Entries of a Secret of Kubernetes: there is no need of a name that says so, only of none that says otherwise. */
function manifestsIn(text: string): Hit[] {
  if (!text.includes("Secret") || !IS_SECRET.test(text)) return [];
  return [...text.matchAll(ENTRIES)].flatMap(
    ({ 1: indent = "", 2: section = "", 3: lines = "", index, 0: { length } }) => {
      const start = Math.max(text.lastIndexOf("\n---", index), 0);
      const next = text.indexOf("\n---", index);
      const document = text.slice(start, next < 0 ? undefined : next).split("\n");
      if (!document.some((line) => line.startsWith(`${indent}kind`) && IS_SECRET.test(line))) return [];
      return [...lines.matchAll(ENTRY)].flatMap(({ 1: name = "", 2: written = "", index: at }) => {
        const value = section === "data" ? (fromBase64(written)?.toString("utf8").trim() ?? "") : written;
        return !ORDINARY.test(name) && looksRandom(value) && isLiteral(value, { kind: "secret", sure: true }, "quoted")
          ? [{ value, kind: "secret" as const, offset: index + length - lines.length + at }]
          : [];
      });
    },
  );
}

const IS_SECRET = /^[ \t]*kind:[ \t]*["']?Secret["']?[ \t]*$/m;
const ENTRIES = /^([ \t]*)(stringData|data):[ \t]*\n((?:\1[ \t]+[^\n]{0,4000}(?:\n|$)){1,200})/gm;
const ENTRY = /^[ \t]+["']?([\w.-]{1,80})["']?:[ \t]+["']?([^\s"'|>{[&*!][^\n"']*?)["']?[ \t]*$/gm;
const ORDINARY =
  /(?:user|username|login|name|host|hostname|server|port|url|uri|endpoint|address|region|zone|email|domain|database|db_?name|schema|type|mode|env|environment|bucket|path|file|namespace|version|protocol|id|arn|ca|crt|cert|pem|pub|public_?key)$/i;

/** `scheme://BASE64@host`, of `method:password`. */
function encodedLogins(text: string): Hit[] {
  if (!text.includes("://") || !text.includes("@")) return [];
  return [...text.matchAll(/:\/\/([A-Za-z\d+/_-]{12,200}={0,2})@[\w.[]/g)].flatMap(({ 1: login = "", index }) => {
    const password = /^[\w-]+:([^\s:]+)$/.exec(fromBase64(login)?.toString("latin1") ?? "")?.[1];
    return password === undefined ? [] : [{ value: password, kind: "password" as const, offset: index + 3 }];
  });
}

/** The value of the column `password` in `INSERT INTO … (…) VALUES (…)`. */
function insertsIn(text: string): Hit[] {
  if (!/insert/i.test(text)) return [];
  return [
    ...text.matchAll(
      /INSERT\s+(?:IGNORE\s+)?INTO\s+[\w."`]{1,80}\s*\(([^()]{1,500})\)\s*VALUES\s*\(([^()]{1,1000})\)/gi,
    ),
  ].flatMap(({ 1: columns = "", 2: values = "", index }) => {
    const at = columns.split(",").findIndex((column) => promiseOf(column.replaceAll(/[\s"'`]/g, "")) !== undefined);
    const value = /^\s*'([^']*)'\s*$/.exec(values.split(",")[at] ?? "")?.[1] ?? "";
    return at >= 0 && isLiteral(value, { kind: "password", sure: true }, "quoted")
      ? [{ value, kind: "password" as const, offset: index }]
      : [];
  });
}

/** What people choose as a password, rather than a group or a port. */
export function isLikely(value: string): boolean {
  if (/^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(value)) return false;
  return looksRandom(value) || (/[A-Za-z]/.test(value) && /[\d!#%*+=?@$^&]/.test(value) && value.length >= 5);
}
