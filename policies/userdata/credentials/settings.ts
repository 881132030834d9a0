/**
 * Names with values in any text: assignments, configuration, JSON, YAML, XML, SQL, options, headers. One pass looks for
 * words of credentials; only around those is the text read more closely, so that time grows with its length.
 */
import { lettersAnd } from "../runs";
import { promiseOf, wordsOf, type Promise_ } from "./names";
import { isLikely } from "./phrases";
import { isLiteral, looksRandom } from "./values";
import { literalIn, readValue, type Form, type Grammar } from "./written-values";

/** A credential in a text. */
export interface Hit {
  readonly value: string;
  readonly kind: Promise_["kind"];
  readonly offset: number;
}

const MARK =
  /pass|pwd|pw\b|authtok|contrase|senha|mot_?de_?passe|\bmdp\b|wachtwoord|has[lł]o\b|l[oö]senord|parola|heslo|geheim|пароль|密码|clave|secret|token|key|psk|jwt|bearer|cred|auth\b|auth['"]?\s*[:=]|cookie|salt|pepper|fernet|art-api|\bsas\b|masterauth|kennwort|mnemonic|pin\b|(?:activation|auth|enrol\w{0,5}|join|onboarding|provision\w{0,4}|reg(?:istration)?)[-_ ]?code/gi;
const WINDOW = 400;

/** Credentials by the name that stands before them. */
export function settingsIn(text: string, grammar: Grammar): Hit[] {
  const hits: Hit[] = [];
  let [next, read] = [0, 0];
  for (const { index } of text.matchAll(MARK)) {
    if (index < next) continue;
    const [start, end] = nameAround(text, index);
    next = end;
    // A name within a long value: all of its own value was read with that one.
    if (read - end > LONG_VALUE) continue;
    const found = valueAt(text, start, end, grammar);
    if (found?.hit) hits.push(found.hit);
    read = Math.max(read, found?.end ?? 0);
  }
  return hits;
}

/** Characters that no value has within which another one stands. */
const LONG_VALUE = 1024;

/** What stands behind a name: a credential or not, and where it ends. */
interface Found {
  readonly hit: Hit | undefined;
  readonly end: number;
}

const NAME = lettersAnd("_-.");

function isNameCharacter(code: number): boolean {
  return code < 128 ? NAME[code] === 1 : code >= 192;
}

function nameAround(text: string, index: number): readonly [number, number] {
  let [start, end] = [index, index];
  while (start > 0 && index - start < 80 && isNameCharacter(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end - index < 80 && isNameCharacter(text.charCodeAt(end))) end++;
  while (end > start && text[end - 1] === ".") end--;
  // A line that begins by an escape.
  if (text[start - 1] === "\\" && text[start] === "n") start++;
  return [start, end];
}

/** Colons and dots also join the words of a name: `Smtp:Password`, `spring.datasource.password`. */
function valueAt(text: string, start: number, end: number, grammar: Grammar): Found | undefined {
  const name = text.slice(start, end);
  const promise = promiseOf(name.replace(/^[-.]+/, ""));
  if (!promise || isPath(text, start, end)) return undefined;
  const before = text.slice(Math.max(0, start - 120), start);
  const rest = text.slice(end, end + WINDOW);
  if (before.endsWith("${")) return { hit: defaultOf(rest, end, promise), end };
  // An alias of the shell, a question of a batch file, and the phase of an installation of Windows.
  if (/\balias\s$|\bset\s+\/[pPaA]\s+"?$|<settings pass$/.test(before + (name === "pass" ? name : "")))
    return undefined;
  const place = separator({ before, name, rest, promise });
  if (!place) return undefined;
  const within = grammar === "code" && isInString(before) ? "configuration" : grammar;
  const value = readValue(text, end + place.length, place.form, within);
  if (!value || isOnlyAName(name, value.text, place, promise) || isLookup(name, rest, value.text, promise))
    return undefined;
  const literal = literalIn(value, promise);
  const offset = end + place.length;
  const hit = literal === undefined ? undefined : { value: literal, kind: promise.kind, offset };
  return { hit, end: offset + value.text.length };
}

/** A function that is given the name of a secret: `loadSecret("db")`, `secrets.get("db")`. */
function isLookup(name: string, rest: string, value: string, { kind }: Promise_): boolean {
  if (!/^["']?\s{0,3}\(/.test(rest)) return false;
  const words = wordsOf(name);
  return READS.test(words[0] ?? "") || READS.test(words.at(-1) ?? "") || (kind === "secret" && !isLikely(value));
}

const READS =
  /^(?:get|load|fetch|read|look|lookup|resolve|retrieve|find|obtain|pull|query|open|from|decrypt|unwrap|import|ssm|vault|aws|env)$/;

/** Entries of an object of secrets are named; and as a word of its own a secret needs more than a name before it. */
function isOnlyAName(name: string, value: string, { form }: Place, { kind, sure }: Promise_): boolean {
  if (name === "secretKey" && /^[a-z][a-z_-]*$/.test(value)) return true;
  return form === "word" && (!sure || kind === "secret") && !looksRandom(value);
}

/** A string that is open where the name starts: a connection string in a program. */
function isInString(before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return (line.split('"').length % 2 === 0 || line.split("'").length % 2 === 0) && !/["']$/.test(line);
}

/** The last part of a path, not a name. As `"/password", "value": …` patches have it, it is one. */
function isPath(text: string, start: number, end: number): boolean {
  return (
    /[\w.~"'}][/\\]$/.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^["']\s{0,9},\s{0,60}["']?value/i.test(text.slice(end, end + 80))
  );
}

/** `${NAME:-literal}` and `${NAME:literal}` in files. */
function defaultOf(rest: string, end: number, promise: Promise_): Hit | undefined {
  const value = /^:?[-=]?([^}${:+?=\s-][^}$]{0,200})\}/.exec(rest)?.[1];
  if (value === undefined || /^\d+(?::|$)/.test(value) || !/^[:=-]/.test(rest) || !isLiteral(value, promise, "quoted"))
    return undefined;
  return { value, kind: promise.kind, offset: end };
}

interface Place {
  readonly length: number;
  readonly form: Form;
}

/** What may stand between a name and its value, the most telling first. */
const SEPARATORS: readonly (readonly [RegExp, Form])[] = [
  // <key>Password</key><string>…  and  <Password><Value>…
  [/^<\/(?:key|name|param-name)>\s{0,40}<(?:string|data|value|param-value)>/i, "element"],
  [/^>\s{0,40}<(?:Value|PlainText|string|text)>/i, "element"],
  [/^["']?(?:\s[^<>\n]{0,80})?>(?=[^>\s<])/, "element"],
  // name="Password" value="…", { name: X, value: … }, "path": "/password", "value": …
  [
    /^["']?\s{0,9}[,;/]?\s{0,60}["']?(?:value|val|plain_?value|stringvalue|string_?value|parameter_?value|data)["']?\s{0,9}(?:=>|[:=])\s{0,9}/i,
    "assigned",
  ],
  // Registry and PowerShell: DefaultPassword /t REG_SZ /d …, -Name X -Value …
  [/^["']?\s{1,9}(?:\/t\s{1,9}\w{1,20}\s{1,9})?\/d\s{1,9}/i, "word"],
  [/^["']?\s{1,9}(?:-(?:PropertyType|Type)\s{1,9}\w{1,20}\s{1,9})?-Value\s{1,9}/i, "word"],
  // The environment of PAM
  [/^[ \t]{1,40}(?:DEFAULT|OVERRIDE)=/, "assigned"],
  // PASSWORD('…'), IDENTIFIED BY PASSWORD '…'
  [/^["']?\s{0,3}\(\s{0,3}b?(?=["'])/, "quoted only"],
  // config['password'] = …, 'password' => …, password: …, password := …
  [
    /^["'`]?\)?\]?["']?[ \t]{0,20}(?:=>|:=|\+=|\?=|\|\|=|==?(?![=~])|=(?=~[\w!@])|(?<![ \t]):(?![:\w/\\])|:(?=\s))[ \t]{0,9}/,
    "assigned",
  ],
  [/^["'`]?\]?["']?:(?=[^\s:/\\])/, "joined"],
  // define('PASSWORD', '…'), set("password", "…")
  [/^["']\s{0,9},\s{0,9}(?=["'])/, "quoted only"],
  [/^["']?\s{1,9}(?=["'])/, "quoted only"],
  [/^[ \t]{1,40}/, "word"],
];

/** A name with what stands around it. */
interface Named {
  readonly before: string;
  readonly name: string;
  readonly rest: string;
  readonly promise: Promise_;
}

function separator(named: Named): Place | undefined {
  for (const [pattern, form] of SEPARATORS) {
    const length = pattern.exec(named.rest)?.[0].length;
    if (length === undefined) continue;
    if (endsString(named, length)) return undefined;
    if (fits(form, named, length)) return { length, form };
  }
  return undefined;
}

/** A string that ends behind the name holds no value. */
function endsString({ before, rest }: Named, length: number): boolean {
  const next = rest.charAt(length);
  const quote = /["']$/.exec(before)?.[0];
  if (quote !== undefined) return !rest.startsWith(quote) && next === quote;
  return (next === '"' || next === "'") && /^["'][ \t]*(?:$|[\n{}])/.test(rest.slice(length)) && isOpen(before, next);
}

/** Whether a quote is open at the end of a line; an apostrophe within a word is none. */
function isOpen(before: string, quote: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1).replaceAll(/\w'\w|\\["']/g, "");
  return line.split(quote).length % 2 === 0;
}

function fits(form: Form, { before, name, rest, promise }: Named, length: number): boolean {
  switch (form) {
    case "element":
      return (
        rest.includes("</") &&
        (/^<\//.test(rest) || /<(?:[\w.-]+:)?$|(?:name|key|id)\s{0,3}=\s{0,3}["']$/i.test(before))
      );
    case "quoted only":
      return !/^["']\s*,/.test(rest) || SETS.test(before);
    case "joined":
      if (before.endsWith(":")) return false;
      return /^["'`\]]/.test(rest) || promise.kind === "password" || /^(?:token|secret|apikey|key)$/i.test(name);
    case "word":
      if (rest.charAt(length) === "-") return false;
      return rest.slice(0, length).trim() !== "" || takesWord(before, name, rest.slice(length));
    case "assigned":
      return true;
  }
}

/** Functions whose first argument is a name and whose second one is its value. */
const SETS =
  /(?:set\w*|put\w*|define|add\w*|append|write\w*|config\w*|insert|assign|store|update|header|param|field|environ\w*|env)\(\s{0,9}["']$/i;

/** Settings without a sign: options of programs, and lines of configuration that have a name and a value. */
function takesWord(before: string, name: string, rest: string): boolean {
  if (/(?:^|\s)[-/]{1,2}$/.test(before) || name.startsWith("-")) return !/^-/.test(rest);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const word = /^\S+/.exec(rest)?.[0] ?? "";
  const after = rest.slice(word.length);
  if (
    !/^[ \t]*(?:;|$|\n|\r|#|\}|'|")/.test(after) &&
    !/^[ \t]+(?:user|login|account|method|host|level|type|to|ssl|for|on|db|macdef|expire)\b/.test(after)
  )
    return false;
  return /^\s*(?:[{*]\s*)?$|^\s*(?:ios-config-[\w-]+=["']?)?(?:set|env|setenv|export|ENV|ARG|SetEnv|option|user|login|machine|default|account|fastcgi_param|passenv|uwsgi_param|passenger_env_var|with|and|has|is|username|credentials|neighbor|server|standby|vrrp|group|tunnel-group|enable|snmp-server|protocol|smtp|auth|ldap|proxy|insecure)\b[^=\n]{0,60}$/i.test(
    line,
  );
}
