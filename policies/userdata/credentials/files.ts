/** Files that are credentials, or hold them at a place that no name marks: by their path, or by a setting that names it. */
import type { Grammar } from "./written-values";
import { wordsOf, type Kind } from "./names";

/** What a file holds, in the first group of the pattern that matches last. */
export interface Layout {
  readonly pattern: RegExp;
  readonly kind: Kind;
  /** The value has to look random: the pattern fits other things, too. */
  readonly unsure?: boolean;
}

const COLON = /^[^:\s#][^:\n]*:([^:\s][^:\n]*)/gm;
const ALL = /^\s*([^\s#][^\n]*?)\s*$/gm;

/** The last line: where there are two, the first one is a name. */
const LAST = /([^\s#][^\n]*?)\s*$/g;
/** Formats of files by their path. */
const LAYOUTS: readonly (readonly [RegExp, Layout])[] = [
  [/(?:^|\/)\.?pgpass(?:\.conf)?$/i, { pattern: /^(?:[^:\n]*:){4}([^\n]+)$/gm, kind: "password" }],
  [/\/shadow-?$|\/gshadow$/, { pattern: /^[^:\n]+:([^:\n]+)/gm, kind: "password hash" }],
  [
    /htpasswd|\.htdigest|\/passwd\.dovecot|dovecot\/(?:users|passwd)|proftpd.*passwd|vsftpd.*(?:passwd|login)|mosquitto.*(?:passw|pwfile)|tinyproxy|squid.*(?:passwd|users)|cachemgr|nginx.*\.?(?:passwd|users)$|svnserve.*passwd|webdav.*passwd|ocpasswd|l2tp.*passwd/i,
    { pattern: /^[^:\s#]+:(?:\{\w+\})?([^:\s]+)/gm, kind: "password" },
  ],
  [/passwd-s3fs|\.s3fs|s3fs.*passw/i, { pattern: /^(?:[^:\s]+:)?[A-Z\d]{16,}:(\S+)/gm, kind: "key" }],
  [/(?:^|[/_-])(?:known_)?tokens?\.csv$/, { pattern: /^"?([^",\s#]+)"?,[^,\n]+,/gm, kind: "token" }],
  [/nagios\/\S*resource\.cfg$/, { pattern: /^[$\uE024]USER\d+[$\uE024]=(\S+)/gm, kind: "password", unsure: true }],
  [/(?:ha\.d|heartbeat)\/authkeys$/, { pattern: /^\s*\d+\s+(?:sha1|md5)\s+(\S+)/gm, kind: "key" }],
  [/logdna\.(?:conf|env)$/, { pattern: /^\s*key\s*[=:]\s*(\S+)/gm, kind: "key" }],
  [/kaggle\.json$/, { pattern: /"key"\s*:\s*"([\da-f]{32})"/g, kind: "key" }],
  [/\/\.api$|apicredentials$/, { pattern: LAST, kind: "password" }],
  [/jmxremote\.password$/, { pattern: /^\w+\s+(\S+)/gm, kind: "password" }],
  [/vsftpd.*(?:login|users)/, { pattern: LAST, kind: "password" }],
  [
    /rsyncd?\.(?:secrets|pass\w*)$|rsync.*(?:secret|passw)|exim.*passw|passwd\.client$|hmailserver.*users/i,
    { pattern: /^(?:[^:\s]+:)*([^:\s]+)$/gm, kind: "password" },
  ],
  [/(?:chap|pap)-secrets$/, { pattern: /^\s*\S+\s+\S+\s+"?([^"\s]+)"?/gm, kind: "password" }],
  [
    /pam_radius(?:_auth)?\.conf$|raddb\/server$/,
    { pattern: /^(?!#)[\w.:[\]-]+[ \t]+"?([^"\s]+)"?(?:[ \t]+\d+)?(?:[ \t]+[\w.:]+)?[ \t]*$/gm, kind: "secret" },
  ],
  [/davfs2?\/secrets$|davfs.*secrets/, { pattern: /^\s*\S+\s+\S+\s+"?([^"\s]+)"?/gm, kind: "password" }],
  [
    /sasl_?passw|sasl\/passwd|relay_passw|smtp_?auth|authinfo/i,
    { pattern: /^\s*\S+\s+[^:\s]+:(\S+)/gm, kind: "password" },
  ],
  [/userlist\.txt$|pgbouncer.*users/i, { pattern: /^\s*"[^"]*"\s+"([^"]+)"/gm, kind: "password" }],
  [/\.google_authenticator$/, { pattern: /^([A-Z2-7]{16,})$/gm, kind: "secret" }],
  [/client\.keys$/, { pattern: /^\d+ \S+ \S+ (\S+)$/gm, kind: "key" }],
  [/(?:activemq|artemis)\S*users\.properties$/, { pattern: /^[^=\s#]+\s*=\s*(\S+)/gm, kind: "password" }],
  [/realm\.properties$|jetty.*realm/, { pattern: /^[^:\s#]+:\s*([^,\s]+)/gm, kind: "password" }],
  [/pcp\.conf$|pool_passwd$/, { pattern: COLON, kind: "password hash" }],
  [/psk\.txt$|stunnel.*psk|secrets\.psk/i, { pattern: /^[^:\s#]+:(\S+)$/gm, kind: "key" }],
  [/psk\.txt$|racoon.*psk|ike.*psk|strongswan.*psk/i, { pattern: /^\s*\S+\s+(\S+)\s*$/gm, kind: "key" }],
  [/ipsec\.secrets$|swanctl|ipsec\.d\/.*secret/, { pattern: /(?:PSK|EAP|XAUTH|NTLM)\s+"?([^"\s]+)"?/g, kind: "key" }],
  [
    /(?:freeradius|raddb|radius).*(?:users|authorize)$/i,
    {
      pattern: /(?:Cleartext-Password|User-Password|Crypt-Password|NT-Password)\s*[:=]+\s*"([^"]+)"/g,
      kind: "password",
    },
  ],
  [
    /snmpd?\.conf$/,
    {
      pattern:
        /^\s*(?:createUser\s+(?:-e\s+\S+\s+)?\S+\s+\S+\s+"?([^"\s]+)|r[ow]community6?\s+(?!public\b)(\S+)|com2sec6?\s+\S+\s+\S+\s+(?!public\b)(\S+)|rwuser\s+\S+\s+\S+\s+"([^"]+)")/gm,
      kind: "password",
    },
  ],
  [/salt\/.*\/minion\.pem$|master\.pem$/, { pattern: ALL, kind: "private key", unsure: true }],
  [
    /munge\.key$|keyfile$|mongo.*key\w*$|\.keytab$|gossip[-_.]?key\w*$|rndc\.key$|\.vault[-_]?pass\w*$|erlang\.cookie$|data_bag_secret$|cluster_secret|authd\.pass$|\.psk$|(?:^|[/.])psk$|join[-_.]?token\w*$|validation\.pem$|unseal|luks[\w-]*key\w*$|crypttab.*key$|initial-?(?:admin-)?password$|master\.key$|credentials\.yml\.key$|node-token$|secret_key_base$/i,
    { pattern: ALL, kind: "secret" },
  ],
];

/** How a path's file is read. */
export function layoutsOf(path: string, named: ReadonlySet<string>): readonly Layout[] {
  const layouts = LAYOUTS.filter(([mark]) => mark.test(path)).map(([, layout]) => layout);
  if (named.has(path)) return [...layouts, { pattern: LAST, kind: "password" }];
  if (layouts.length > 0) return layouts;
  if (isNamedForSecret(path)) return [{ pattern: SOLE, kind: "secret" }];
  return isKeyName(path) ? [{ pattern: SOLE, kind: "key", unsure: true }] : [];
}

/** One word and nothing else. */
const SOLE = /^\s*([^\s=:#{}<>"']{4,2000}={0,2})\s*$/g;

/** `db_password`, `api-token.txt`, `.secret`: nothing but the value is expected in it. */
function isNamedForSecret(path: string): boolean {
  if (!/pass|pw|secret|token|key|psk|credential/i.test(path)) return false;
  const name = path
    .slice(path.lastIndexOf("/") + 1)
    .replace(/\.(?:txt|conf|pass|key|dat|env|cfg|cnf|b64)$/i, (end) =>
      end === ".pass" ? "_pass" : end === ".key" ? "_key" : "",
    );
  const words = wordsOf(name);
  if (
    /^(?:passwd|shadow|group)$/.test(name) ||
    words.some((word) =>
      /^(?:public|pub|cert|sh|py|rb|pl|js|ps1|tmpl|template|dist|example|sample|policy|enc|gpg|asc|age)$/.test(word),
    )
  )
    return false;
  return (
    words.some((word) =>
      /^(?:.*(?:password|passwd|passphrase)|pass|pw|pwd|secrets?|tokens?|apikey|psk|authkey|credentials?)$/.test(word),
    ) ||
    (words.includes("key") &&
      /api|secret|auth|encrypt|sign|master|license|access|provision|enrol|activation/.test(name))
  );
}

/** `jwt_hs256.key`: one long word in it is a key; certificates, names and public keys are in other files. */
function isKeyName(path: string): boolean {
  return /\.key$/i.test(path) && !/pub|cert|finger|host|apt|gpg|rpm/i.test(path.slice(path.lastIndexOf("/") + 1));
}

/** Files in binary form that are keys. */
export function isKeyFile(path: string, named: ReadonlySet<string>): boolean {
  return (
    named.has(path) ||
    /authkey$|\.key(?:tab|file|ring)?$|keytab|keyfile$|munge|\.(?:p12|pfx|jks|jceks|kdbx)$|secring|luks[\w-]*key/i.test(
      path,
    )
  );
}

/** Settings and options that name a file whose content is the credential. */
const NAMES_FILE =
  /(?:(?:pass(?:word|wd|phrase)?|secret|token|psk|vault[-_]pass\w*|key|cred(?:ential)?s?)[-_ ]?file|auth-user-pass|askpass|keyFile|PSKFile|vault_password_file|password_file|pwfile|bindpwfile|--from-file|secretFile|tokenFile|passfile|keyfile|key-file|--(?:htpasswd|rpc-secret)-file|--passwordfile|-passfile)["']?\s*[:= ]\s*["']?((?:~|\/)[\w./~-]{2,200})/gi;

/** What each of them ends with: nothing else is worth a closer look. */
const NAMED = /(?:file|auth-user-pass|askpass)["']?\s*[:= ]\s*["']?[~/]/i;

/** A volume, its device, and the file with its key. */
const CRYPTTAB = /(?:^|["'])[\w-]+\s+(?:\/dev\/|UUID=)\S+\s+(\/[\w./-]+)\s+\S*(?:luks|discard)/gm;

/** The paths that settings of a text name. */
export function filesNamedIn(text: string): string[] {
  const settings = NAMED.test(text) ? text.matchAll(NAMES_FILE) : [];
  const volumes = /luks|discard/.test(text) ? text.matchAll(CRYPTTAB) : [];
  return [...settings, ...volumes].map(({ 1: path = "" }) => path);
}

const CODE = /\.(?:php|go|java|groovy|tf|hcl|lua|rb|py|js|mjs|ts|cs|ps1|psm1|pl|scala|kt|swift|rs|c|cpp|gradle)$/i;

/** Whether bare words in a file are expressions. */
export function grammarOf(path: string | undefined, kind: string): Grammar {
  if (kind === "python" || kind === "perl" || kind === "ruby" || kind === "javascript" || kind === "powershell")
    return "code";
  return path !== undefined && CODE.test(path) ? "code" : "configuration";
}

/** Texts for people, in which a sentence is no setting. */
export function isForPeople(path: string | undefined): boolean {
  return (
    path !== undefined &&
    /\.(?:md|rst|adoc|html?)$|\/(?:motd|issue(?:\.net)?|README\w*|NEWS|CHANGELOG)$|\/update-motd\.d\/|\/usr\/share\/doc\/|\/(?:i18n|l10n|locales?|lang|translations?)\/|[/.]messages[\w.-]*\.\w+$|(?:^|[/._-])(?:i18n|l10n|translations?)[\w.-]*\.\w+$|\.(?:po|pot|arb|resx)$/i.test(
      path,
    )
  );
}
