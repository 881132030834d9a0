/** What the name of a setting, variable, option or file says about its value. */

/** What a credential is, as a message names it. */
export type Kind =
  | "password"
  | "password hash"
  | "pass phrase"
  | "secret"
  | "token"
  | "key"
  | "private key"
  | "connection string"
  | "cookie"
  | "webhook address"
  | "shared access signature";

/** How much a name promises: what is surely a credential counts even where it is weak or short. */
export interface Promise_ {
  readonly kind: Kind;
  /** Any literal counts; otherwise it has to look like one. */
  readonly sure: boolean;
}

const PASSWORD =
  /^(?:.*(?:password|passwd|passwort|passphrase|passcode|kennwort|contrase[nñ]a|senha|motdepasse|mdp|wachtwoord|has[lł]o|l[oö]senord|parola|heslo|пароль|密码|pswd|passw)s?|(?!(?:com|by|encom|sur|tres|under|over|multi|last|kee|single|im|reset|no|re|get|show|lose|one|two|first|ext|ask)pass$).*pass|(?:.*[^a-z])?pw|.*pwd|psw|rootpw|bindpw|dbpw|adminpw|authtok|userpw|syspw|md5pw|plainpw)\d{0,3}$/;
const PHRASE = /passphrase|^phrase$|^mnemonic$/;
const SECRET = /secrets?\d{0,3}$|^(?:masterauth|requirepass|pepper)$/;
const TOKEN = /^(?:.*tokens?|jwt|bearer|authtok|.*authtoken|sas|.*apitoken)\d{0,3}$/;
const KEY = /key\d{0,3}$|^(?:psk|authkey|keystring|keydata|fernet|ikey|skey)$/;

/** What makes a key one that has to stay secret. */
const KEY_OF = new Set(
  `access account activation admin agent anon api app application auth authentication authkey b2 backup boot bootstrap
  client cluster company consumer cookie crypt crypto customer data decrypt decryption deploy deployment derived dsa ec
  encrypt encryption enroll enrollment enrolment fernet forge gateway gossip hash hmac ingest ingestion insert install
  installation instrumentation integration join jwt key ldap license licence link linking local mac machine
  management master mesh node onboarding organization otp pairing peer personal preshared presharedkey private privatekey
  product provision provisioning query read reader recovery register registration remote repo root rsa salt seal secret secure secured send
  serial server service session setup share sic shared sign signature signing sqs ssh stack state storage stream
  subscription super symmetric system tenant tenantkey tls token transport tsig tunnel unseal unlock user validation validator vault
  webhook wep wireguard wireless wlan wpa write writer x zone`
    .split(/\s+/)
    .concat([
      "aes",
      "autosign",
      "edge",
      "libsodium",
      "workspace",
      "des",
      "bot",
      "hook",
      "portal",
      "push",
      "relay",
      "sentry",
      "sdk",
      "stripe",
      "twilio",
      "sendgrid",
      "mailgun",
      "openai",
      "datadog",
      "dd",
      "fastly",
      "vultr",
      "linode",
      "cloudflare",
      "anthropic",
      "pagerduty",
      "opsgenie",
      "rollbar",
      "shopify",
      "mailchimp",
      "mandrill",
      "postmark",
      "sparkpost",
      "pusher",
      "loggly",
      "newrelic",
      "honeycomb",
      "pre",
    ]),
);

/** What makes a code one that lets a machine in. */
const CODE_OF = /^(?:activation|auth|enrol\w*|join|onboarding|provision\w*|registration|reg)$/;

/** What a value under such a name is: not the credential itself. */
const ABOUT = new Set(
  `access accessed age alg algo algorithm alias allow allowed arn arns attempts attribute audience auth authentication backend bits bucket
  cache callback case cert certificate chain change changes characters charset check checksum class clear cmd column command comment complexity
  config configmap context count cost created crt date days default description dir directory digest directory domain driver duration
  email enabled encoding encryption endpoint engine env environment event exec expire expired expires expiration expiry exporter ext
  extension fetcher field file filename files fingerprint folder form format generator group groups hasher hashers hashing header headers
  helper hint history host hosts hours id identifier ids ignore index input interval issuer iterations key_id kid kind label len length
  level lib lifetime limit limits line link list location lock log logging loc manager max maximum message method methods min minimum minutes mode model models
  mount name names namespace number only operation option options order output owner page param parameter params path paths pattern
  period plugin policies policy port prefix process program prompt property provider quality range reader ref reference
  regex region remember renewal require required requirement requirements reset resource response retention retries retry
  role roles rotate rotation rule rules schema scheme scope scopes script seconds serializer server service set setup size source
  spec status storage store strategy strength subject suffix support table template text threshold thumbprint tier time timeout title tool
  ttl type types update url urls uri usage use used user username users uuid validation validity validator value vault version versions warning window word stdin fd files filepath fields prevention reuse colour color at by factor map maps ago since until ms obtained issued
  words year`.split(/\s+/),
);

/** In front, they turn the rest into a switch, a number or something for everybody. */
const SWITCH = new Set(
  `allow allowed allows accept any change changed check clear count disable disabled disallow do dont edit empty enable enabled ensure existing expire expires
  force forbid generate get has hide ignore is keep kms limit lock locked mask max maximum min minimum missing must need needs no nopasswd num
  number permit pub public publishable random read redact remove reset require required requires rotate set show skip test total update
  use uses using validate verify warn with without`.split(/\s+/),
);

/** Keys of data, of hosts and of keyboards, which everybody may know. */
const OPEN_KEY = new Set(
  `bucket cache composite config context dedup default deduplication dictionary file first foreign group host hot idempotency image index
  item keyboard kms last label map menu node_selector object order parameter partition path primary property public range record
  redis registry row routing s3 search shard sort tag trace trusted unique value known authorized`.split(/\s+/),
);

/** The words of a name: at underscores, dashes, dots and where small letters meet capitals. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
}

const WHOLE: Readonly<Record<string, Promise_>> = {
  wsrep_sst_auth: { kind: "password", sure: true },
  masterauth: { kind: "password", sure: true },
  _auth: { kind: "token", sure: true },
  secret_id: { kind: "secret", sure: false },
  x_j_frog_art_api: { kind: "key", sure: false },
  redis_auth: { kind: "password", sure: true },
  skey: { kind: "key", sure: false },
  host_config_key: { kind: "key", sure: false },
  routing_key: { kind: "key", sure: false },
  root_token_id: { kind: "token", sure: true },
  vault_dev_root_token_id: { kind: "token", sure: true },
  dev_root_token_id: { kind: "token", sure: true },
  wrapping_token: { kind: "token", sure: false },
  erlang_cookie: { kind: "cookie", sure: true },
  rabbitmq_erlang_cookie: { kind: "cookie", sure: true },
  couchdb_erlang_cookie: { kind: "cookie", sure: true },
  auth_salt: { kind: "secret", sure: false },
  nonce_salt: { kind: "secret", sure: false },
  secure_auth_salt: { kind: "secret", sure: false },
  logged_in_salt: { kind: "secret", sure: false },
  credential: { kind: "password", sure: false },
  credentials: { kind: "password", sure: false },
  creds: { kind: "password", sure: false },
};

/** Names whose values everybody may know: ids of keys, tokens of browsers and of repeated requests. */
const PUBLIC_NAME =
  /signingkey$|^chpasswd$|^-{0,2}client[-_]?(?:request[-_]?)?token$|idempotenc|(?:creation|starting|next|page|pagination|continuation)[-_]?token$|^initial_token$|^(?:try|use)_(?:first|mapped)_pass$|password_store_\w*key$|rum_client_?token|pull_?-?secrets?|secret_?ids?$|vapid_?public/i;

/** A digest of what the other words name; of a password it can be cracked. */
const DIGEST = /^(?:sha|md|crc|b2|sha\d+|md5|checksums?|sums?|sha\d*sums?|md5sums?|digests?)$/;

const known = new Map<string, Promise_ | undefined>();

/** What a name promises; undefined where its value is no credential. */
export function promiseOf(name: string): Promise_ | undefined {
  if (known.has(name)) return known.get(name);
  if (known.size > 5000) known.clear();
  const promise = name.length > 120 ? undefined : judge(name);
  known.set(name, promise);
  return promise;
}

function judge(name: string): Promise_ | undefined {
  if (PUBLIC_NAME.test(name)) return undefined;
  const words = wordsOf(name.replaceAll(/\d+$/g, ""));
  const joined = words.join("_");
  if (Object.hasOwn(WHOLE, joined)) return WHOLE[joined];
  const last = words.at(-1) ?? "";
  if (last === "hash" && words.some((word) => PASSWORD.test(word))) return { kind: "password hash", sure: true };
  if (ABOUT.has(last) && !(last === "auth" && words.length > 1)) return undefined;
  if (words.length > 1 && words.slice(0, -1).some((word) => SWITCH.has(word))) return undefined;
  return ofWords(words, last);
}

function ofWords(words: readonly string[], last: string): Promise_ | undefined {
  const any = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  // The name under which an object of secrets has it.
  if (last === "key" && /^(?:password|token|username)$/.test(words.at(-2) ?? "")) return undefined;
  if (any(PHRASE)) return { kind: "pass phrase", sure: true };
  if (any(PASSWORD)) return { kind: "password", sure: last !== "passwords" };
  if (DIGEST.test(last)) return undefined;
  if (KEY.test(last)) return ofKey(words, last) ?? (any(SECRET) ? { kind: "key", sure: true } : undefined);
  if (isToken(words, last)) return { kind: "token", sure: false };
  if (any(SECRET) || words.some((word) => word === "secret")) return { kind: "secret", sure: true };
  if (words.some((word) => TOKEN.test(word))) return { kind: "token", sure: false };
  return undefined;
}

/** `session_token`, `activation-code`, `authcode`. */
function isToken(words: readonly string[], last: string): boolean {
  if (TOKEN.test(last)) return true;
  const before = last === "code" ? words.at(-2) : /^(.+)code$/.exec(last)?.[1];
  return before !== undefined && CODE_OF.test(before);
}

function ofKey(words: readonly string[], last: string): Promise_ | undefined {
  if (last === "psk") return { kind: "key", sure: true };
  const before = words.slice(0, -1);
  if (before.some((word) => OPEN_KEY.has(word))) return undefined;
  const joined = last.replace(/key\d*$/, "");
  if (/^(?:pub|verify)/.test(joined)) return undefined;
  const modifiers = joined === "" ? before.slice(-2) : [...before.slice(-1), joined];
  const secret = modifiers.some((word) => word === "secret" || word === "private" || word === "shared");
  if (modifiers.some((word) => KEY_OF.has(word)))
    return { kind: last === "privatekey" ? "private key" : "key", sure: secret };
  return undefined;
}
