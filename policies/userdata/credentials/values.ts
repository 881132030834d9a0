/** Whether a value can work as a credential, or only refers to one, stands for one, or says that there is none. */
import { plain } from "../steps";
import { isFile } from "./file-paths";
import { isMixed, isWord } from "./mixed";
import type { Promise_ } from "./names";
import { namesEntry } from "./store-entries";

/** Words for nothing, switches, and types of things. */
const NOTHING = new Set(
  `true false yes no on off none null nil undefined default empty blank unset ask prompt auto automatic generate generated
  required optional sufficient requisite enabled disabled always never any all inherit internal external file env plain
  plaintext basic bearer digest md5 sha1 sha256 sha512 scram-sha-256 scram-sha-512 scram cleartext crypt bcrypt string int integer boolean
  number object text str bytes secret_key redacted masked hidden removed omitted sensitive unknown void locked nopasswd stdin keyring
  keychain vault ssm secretsmanager awssecretsmanager kubernetes iam oauth oauth2 oidc saml kerberos ldap pam trust peer reject
  password-file prompt-for rsa dsa ecdsa ed25519 aes128 aes256 required_if simple sasl value self this
  bytea varchar char bigint serial expired invalid wrong incorrect missing done ok set changed updated failed stored rotated
  passwort wachtwoord contraseña motdepasse autogenerate autogenerate,isolateapps length required`.split(/\s+/),
);

/** References, by how they start. */
const REFERENCE =
  /^(?:\$(?:[A-Za-z_{(?@*!#\d]|env:)|%[A-Za-z_]\w*%|%{1,2}[sdqb](?:\\n)?$|%%?~?\w$|:[a-z_]\w*$|%\(|%\{|%\[|%env\(|#\{|\{\{|\{%|<%|<\(|![A-Za-z][\w.:/-]*\s|!(?:Ref|Sub|GetAtt|ImportValue|Join|vault|reference|secret|env|ENV|Env|var|sops|include)\b|@\{|&\{|`)/;
const HANDLE =
  /^(?:[a-z]+(?:\/[a-z_-]+)+$|fd:|arn:|ssm:|aws-?ssm|secretsmanager:|secrets?:\/\/|awssm:|gcpsm:|sm:\/\/|vault:|vault\/|op:\/\/|keyvault:|akv:|resolve:|\{resolve:|kms:|env:|ENV:|file:|fileb:|FILE:|pass:\$|data:\/|base64:\$|keyring:|azurekeyvault|projects\/[\w-]+\/secrets|\w*ref\+|SECRET\[[\w.-]+\]$|secretKeyRef|valueFrom|bao:|awskms:|k8s:\/\/|kubernetes:\/\/|doppler:|infisical:|\.\.\.|prompt:|exec:|cmd:|\/\/)/i;

/** Templates to be filled in, and words that say so. */
const MARKER =
  /^(?:<[^<>\n]*>|\[[A-Za-z][^[\]\n]*\]|\{[A-Za-z_][\w.:-]*\}|_{2,}[A-Za-z]\w*?_{2,}|@{1,2}[A-Za-z][\w.-]*@{1,2}|%{1,2}[A-Za-z][\w.-]*%{1,2}|\{\{.*|\$\{.*|[x*.#•?-]{3,}|X{3,}|x{3,}[-x]*|(?:sk|pk|ghp|key)?[-_]?x{4,})$/;
const MARKER_WORDS =
  /replace[-_ ]?(?:me|this|with|it)?\b|^replace|(?:^|[-_ ])your[-_ ]|^your[A-Z]|[-_]here$|placeholder|^(?:insert|enter|put|add|fill|provide|set|paste)[-_ ](?:your|the|here|me|this|a)[-_ ]?|^<(?:<?[\w .:,'/|-]*(?:>|$)|[%?!])|to[-_]?be[-_]?(?:set|filled|replaced|defined|injected|provided)|^(?:todo|fixme|tbd|tba|n\/a)\b|^redacted|^\[?redacted\]?$|^dummy[-_]|^example[-_]|not[-_ ]?(?:set|used|needed|required|a[-_]real)|^ignored?$|^see[-_ ]/i;
/** AWS documents its examples with these ends. */
const DOCUMENTED = /EXAMPLE(?:KEY)?$/;

/** Ciphertext, and what everybody may know. */
const CIPHERTEXT =
  /^(?:ENC[[(]|encrypted:|AQICA[A-Za-z0-9+/]|AQECA[A-Za-z0-9+/]|\$ANSIBLE_VAULT|vault:v\d+:|age-encryption|-----BEGIN (?:AGE ENCRYPTED|PGP MESSAGE)|Ag[AB][A-Za-z0-9+/]{60}|Ag[A-Za-z0-9+/]{120}|enc:[a-z]|\{cipher\}|pkcs7|ejson|EJ\[|\{[A-Za-z\d+/]{40,}={0,2}\}$|eyJhbGciOiJ(?:SU0EtT0|kaXIi)|eyJhbGciOiJSU0EtT0FFU)/;
const PUBLIC =
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|sk-(?:ssh|ecdsa)|-----BEGIN (?:[A-Z ]*CERTIFICATE|[A-Z ]*PUBLIC)|LS0tLS1CRUdJTi(?:BDRVJU|BQVUJM)|MII[BCDEFGH][\w+/]{3}(?:AwIBAgI|BIjANBg|ANBgkq)|(?:sha\d{1,3}|md5)[:-]|SHA256:|pk_(?:live|test)_|pk\.|age1[a-z\d]{20}|pub[\da-f]{32}$|A[KS]IA[A-Z\d]{16}$|A(?:ROA|IDA|NPA|GPA|PKA)[A-Z\d]{16}$|phc_|ssh_host|https?:\/\/[^@\s]*$|s3:\/\/|[a-z][\w.-]*\.(?:internal|local|com|net|org|io|dev)(?::\d+)?(?:\/\S*)?$)/;
/** Expressions and patterns of a program. */
const CODE =
  /^(?:(?:new|await|return|not|lambda|def|function|string|str|let|var|const|int|bool|typing|Optional)\b.*|[A-Za-z_$@][\w.:>$-]*(?:\(.*\).*|\[.*\].*|\[[A-Za-z_]\w*\(.*|\(.*|\?\.\w.*)|(?:os|process|var|local|data|module|each|self|this|config|settings|secrets|env|Deno|System|vars|params|args|opts|options|request|context|ctx|inputs|steps|github|ENV|vault|node|random_\w+|aws_\w+|values|Values|hostvars|item|creds|credentials|secret)(?:\.|->|::)[A-Za-z_].*|\(.*|\[.*|\|.*|>[-+]?$|\{.*|\[?(?:String|Int|ID|Boolean|Text|str|bytes|Secret|SecretStr|Optional|varchar|text|char)\b[!\](?|:,;].*|\*[A-Za-z_]\w*$|&[A-Za-z_]\w*$)$/s;
/** Names of algorithms. */
const ALGORITHM = /^(?:PBKDF2|AES|Hmac|HMAC|SHA-?\d|RSA|ECDSA|TLS)[A-Za-z\d_/-]*$/;
const PATTERN =
  /^\S+\/g$|[(^]\.[*+]|\.[*+](?:[)?"'\s|\\$&]|$)|\\[SsWwdDb]|\[\^[^\]]*\]|\(\?[:i=!]|\[[a-z]-[a-z]|\\1|\$\d|\{\d+,\d*\}/i;

/** Common default words: they are credentials wherever one is expected, and no word of prose. */
const DEFAULT_WORD =
  /^(?:change[-_]?(?:me|it|this)\w{0,4}|changeit|admin\d{0,4}|password\d{0,4}|passw0rd|p@ss\w{2,8}|letmein|secret\d{0,4}|welcome\d{0,4}|qwerty\w{0,4}|root|toor|guest|test\d{0,4}|default|master|mysecret\w*|supersecret\w*|s3cr3t|insecure|abc123|1234\d{0,6}|postgres|mysql|rabbitmq|minioadmin|elastic|kibana|hunter2|demo|foobar|temp\d+|pass\d{1,4})$/i;

/** Hashes of passwords: they can be cracked. */
export const PASSWORD_HASH =
  /(?<![\w$])\$(?:argon2(?:id|i|d)?|scrypt)\$(?:\w{1,4}=\d+[,$]){1,4}[\w+/.-]{4,}\$[\w+/.-]{12,}|(?<![\w$])\$\$(?:1|2[abxy]|5|6|apr1)\$\$[^\s"'`:,;<>\\]{12,}|(?<![\w$])\$(?:1|2[abxy]?|5|6|7|8|9|y|gy|apr1|md5|sha1|P|H|S|argon2(?:id|i|d)?|pbkdf2(?:-sha\d+)?|scrypt)\$[^\s"'`:,;<>\\]{12,}|\{(?:S?SHA\d{0,3}|S?MD5|SMD5|CRYPT|PBKDF2|BCRYPT|bcrypt|SHA512-CRYPT|SHA256-CRYPT|BLF-CRYPT|ARGON2ID?)\}[$A-Za-z0-9+/.=]{8,}|SCRAM-SHA-256\$\d+:[^\s"']{20,}|grub\.pbkdf2\.sha512\.\d+\.[\dA-Fa-f.]{32,}|\bpbkdf2_sha256\$\d+\$[^\s"']{20,}|\bsha(?:1|256|512):[\da-f]{8,16}:[\da-f]{40,128}\b/;

/** How a value is written: a word of a shell, in quotes, or bare, where a program may mean an expression. */
export type Writing = "shell" | "quoted" | "bare";

/** Names of entries in a store, and of settings: words, and none of them a number. */
const ENTRY = /^[a-z]{2,}(?:[-_./:][a-z]+)+$/;

/** `jwt,pub-key=/etc/app.pub,sign-method=RS256`: how something is done. */
const OPTIONS = /^[a-z]+(?:,[a-z][a-z-]*=[^,\s]+)+$/;

/** In usage texts the name stands for the value. */
const USAGE = /^(?=[A-Z_]*(?:PASS|TOKEN|SECRET|KEY|PWD))[A-Z_]+$/;

/** Whether a value may be used by whoever reads it, given what its name promises. */
export function isLiteral(raw: string, promise: Promise_, writing: Writing): boolean {
  const value = unquoted(raw.slice(0, 4096).trim());
  const text = plain(value);
  if (PASSWORD_HASH.test(text)) return true;
  if (isEmpty(value) || isOpen(value, writing) || refersTo(text, writing) || saysNothing(text, promise)) return false;
  return DEFAULT_WORD.test(text) || mayWork(text, promise);
}

/** Quotes within quotes are meant for another shell. */
function unquoted(value: string): string {
  return /^(["'])(.+)\1$/s.exec(value)?.[2] ?? value;
}

/** A switch, a word of a usage text, a mask, a sentence. */
function saysNothing(text: string, { kind }: Promise_): boolean {
  const chosen = kind === "password" && DEFAULT_WORD.test(text) && text !== "default";
  if (NOTHING.has(text.toLowerCase()) && !chosen) return true;
  return USAGE.test(text) || /x{8}|X{8}|^[*#•x]{4}/.test(text) || isSentence(text);
}

/** People choose passwords as they like; what machines make has neither spaces nor is it a number or a name. */
function mayWork(text: string, { sure, kind }: Promise_): boolean {
  if (/^\d{1,3}$/.test(text)) return false;
  const chosen = kind === "password" || kind === "pass phrase";
  if (!chosen && /\s|^-?\d{1,9}(?:\.\d+)?[A-Za-z]{0,3}$/.test(text)) return false;
  if (!chosen && (ENTRY.test(text) || OPTIONS.test(text))) return false;
  return sure ? /[\p{L}\d]/u.test(text) && text.length > 1 : looksRandom(text);
}

/** Labels and messages of programs have words that a pass phrase lacks. */
function isSentence(text: string): boolean {
  return (
    /\s/.test(text) &&
    (/[.!?:]$/.test(text) ||
      /\b(?:the|is|are|must|not|your|please|enter|for|was|has|ist|das|der|fehlt|le|la|est|with|and|be|to|of|at|in)\b/i.test(
        text,
      ))
  );
}

/** Nothing, or what locks an account. */
function isEmpty(value: string): boolean {
  return value.length === 0 || /^(?:[*!x]|base64:|!!|!\*|\*LK\*|["']{2}|[-=:,;.|\\/]+|\{\}|\[\])$/.test(value);
}

/** The shell or a template fills some of it in. */
function isOpen(value: string, writing: Writing): boolean {
  return writing === "shell" ? /\$[\w({@*?#]|\{\{|`/.test(value) : /\$[({]|\$[A-Z_]{2}|\{\{|<%/.test(value);
}

function refersTo(text: string, writing: Writing): boolean {
  return (
    REFERENCE.test(text) ||
    MARKER.test(text) ||
    MARKER_WORDS.test(text) ||
    DOCUMENTED.test(text) ||
    CIPHERTEXT.test(text) ||
    PUBLIC.test(text) ||
    (writing === "bare" && CODE.test(text)) ||
    ALGORITHM.test(text) ||
    (!isDrawn(text) && (HANDLE.test(text) || namesEntry(text) || isFile(text) || PATTERN.test(text)))
  );
}

/** Base64 that a machine has drawn: one in 64 begins like a path, and some end like a pattern. */
function isDrawn(text: string): boolean {
  if (!/^[A-Za-z\d+/]{16,}={0,2}$/.test(text)) return false;
  const rest = text
    .split("/")
    .filter((part) => !isWord(part))
    .join("");
  return text.endsWith("=") || (rest.length >= text.length * 0.6 && isMixed(rest));
}

/** Words with a number at the end, such as names of resources have. */
const NAME = /^[a-z]+(?:[-_./:][a-z]+)+[-_./:]?v?\d{0,2}$/;

/** `oauth2_provider.models.RefreshToken` */
const CLASS = /^[a-z][a-z\d]+(?:[._][A-Za-z]{2,}){2,}$/;

/** Long enough, and not a word or a name: what generators make, and people do not write. */
export function looksRandom(text: string): boolean {
  if (text.length < 6 || /\s/.test(text) || CLASS.test(text)) return false;
  if (text.length >= 20 && !/^[a-z]+(?:[-_./][a-z]+)*$/.test(text)) return true;
  if (/^\d{12,}$/.test(text)) return true;
  return /\d/.test(text) && /[A-Za-z]/.test(text) && !NAME.test(text) && !/^v?\d+(?:\.\d+)+/.test(text);
}
