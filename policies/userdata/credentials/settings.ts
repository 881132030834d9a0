/**
 * Names with values in any text: assignments, configuration, JSON, YAML, XML, SQL, options, headers. One pass looks for
 * words of credentials; only around those is the text read more closely, so that time grows with its length.
 */
import { fromBase64 } from "../encodings";
import { promiseOf, type Promise_ } from "./names";
import { isLiteral, looksRandom, type Writing } from "./values";

/** A credential in a text. */
export interface Hit {
  readonly value: string;
  readonly kind: Promise_["kind"];
  readonly offset: number;
}

const MARK =
  /pass|pwd|pw\b|secret|token|key|psk|jwt|bearer|cred|auth\b|auth['"]?\s*[:=]|cookie|salt|pepper|fernet|\bsas\b|masterauth|kennwort|pin\b/gi;
const WINDOW = 400;
const VALUE_LIMIT = 4096;

/** Languages in which a bare word is an expression. */
export type Grammar = "code" | "configuration";

/** Credentials by the name that stands before them. */
export function settingsIn(text: string, grammar: Grammar): Hit[] {
  const hits: Hit[] = [];
  let next = 0;
  for (const { index } of text.matchAll(MARK)) {
    if (index < next) continue;
    const [start, end] = nameAround(text, index);
    next = end;
    const hit = valueAt(text, start, end, grammar);
    if (hit) hits.push(hit);
  }
  return hits;
}

function isNameCharacter(code: number): boolean {
  // Letters, digits, `_`, `-`, `.`
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}

function nameAround(text: string, index: number): readonly [number, number] {
  let [start, end] = [index, index];
  while (start > 0 && index - start < 80 && isNameCharacter(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end - index < 80 && isNameCharacter(text.charCodeAt(end))) end++;
  while (end > start && text[end - 1] === ".") end--;
  return [start, end];
}

/** Colons and dots also join the words of a name: `Smtp:Password`, `spring.datasource.password`. */
function valueAt(text: string, start: number, end: number, grammar: Grammar): Hit | undefined {
  const name = text.slice(start, end);
  const promise = promiseOf(name.replace(/^[-.]+/, ""));
  if (
    !promise ||
    isPath(text, start, end) ||
    (name === "pass" && text.slice(Math.max(0, start - 20), start).includes("<settings"))
  )
    return undefined;
  const before = text.slice(Math.max(0, start - 120), start);
  const rest = text.slice(end, end + WINDOW);
  if (before.endsWith("${")) return defaultOf(rest, end, promise);
  const place = separator(before, name, rest, promise);
  if (!place) return undefined;
  const within = grammar === "code" && isInString(before) ? "configuration" : grammar;
  const value = readValue(text, end + place.length, place.form, within);
  // The name of an entry in an object of secrets.
  if (!value || (name === "secretKey" && /^[a-z][a-z_-]*$/.test(value.text))) return undefined;
  // As a word of its own a secret needs more than a name before it.
  if (place.form === "word" && !promise.sure && !looksRandom(value.text)) return undefined;
  if (place.form === "word" && promise.kind === "secret" && !looksRandom(value.text)) return undefined;
  const literal = literalIn(value, promise);
  return literal === undefined ? undefined : { value: literal, kind: promise.kind, offset: end + place.length };
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
  if (value === undefined || !/^[:=-]/.test(rest) || !isLiteral(value, promise, "quoted")) return undefined;
  return { value, kind: promise.kind, offset: end };
}

/** How a value follows its name: as far as a delimiter, in a tag, or as one more word. */
type Form = "assigned" | "joined" | "word" | "element" | "quoted only";

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
  // PASSWORD('…'), IDENTIFIED BY PASSWORD '…'
  [/^["']?\s{0,3}\(\s{0,3}b?(?=["'])/, "quoted only"],
  // config['password'] = …, 'password' => …, password: …, password := …
  [
    /^["'`]?\)?\]?["']?[ \t]{0,20}(?:=>|:=|\+=|\?=|\|\|=|==?(?![=~])|(?<![ \t]):(?![:\w/\\])|:(?=\s))[ \t]{0,9}/,
    "assigned",
  ],
  [/^["'`]?\]?["']?:(?=[^\s:/\\])/, "joined"],
  // define('PASSWORD', '…'), set("password", "…")
  [/^["']\s{0,9},\s{0,9}(?=["'])/, "quoted only"],
  [/^["']?\s{1,9}(?=["'])/, "quoted only"],
  [/^[ \t]{1,40}/, "word"],
];

function separator(before: string, name: string, rest: string, promise: Promise_): Place | undefined {
  for (const [pattern, form] of SEPARATORS) {
    const match = pattern.exec(rest);
    if (!match) continue;
    if (form === "element" && !rest.includes("</")) continue;
    if (form === "joined" && before.endsWith(":")) continue;
    // A string that ends behind the name holds no value.
    const quote = /["']$/.exec(before)?.[0];
    if (quote !== undefined && !rest.startsWith(quote) && rest.charAt(match[0].length) === quote) return undefined;
    if (
      form === "element" &&
      !/<(?:[\w.-]+:)?$|(?:name|key|id)\s{0,3}=\s{0,3}["']$/i.test(before) &&
      !/^<\//.test(rest)
    )
      continue;
    if (form === "quoted only" && /^["']\s*,/.test(rest) && !SETS.test(before)) continue;
    if (
      form === "joined" &&
      !/^["'`\]]/.test(rest) &&
      promise.kind !== "password" &&
      !/^(?:token|secret|apikey|key)$/i.test(name)
    )
      continue;
    if (form === "word" && rest.charAt(match[0].length) === "-") continue;
    if (form === "word" && match[0].trim() === "" && !takesWord(before, name, rest.slice(match[0].length))) continue;
    return { length: match[0].length, form };
  }
  return undefined;
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
  return /^\s*(?:[{*]\s*)?$|^\s*(?:set|env|setenv|export|ENV|ARG|SetEnv|option|user|login|machine|default|account|fastcgi_param|passenv|uwsgi_param|passenger_env_var|with|and|has|is|username|credentials|neighbor|server|standby|vrrp|group|tunnel-group|enable|snmp-server|protocol|smtp|auth|ldap|proxy|insecure)\b[^=\n]{0,60}$/i.test(
    line,
  );
}

interface Value {
  readonly text: string;
  readonly writing: Writing;
  /** What stands behind it on its line. */
  readonly rest: string;
}

function readValue(text: string, at: number, form: Form, grammar: Grammar): Value | undefined {
  const prefix = /^(?:[bBrRuUfF]{1,2}|@|N|L|\$)?(?="|')/.exec(text.slice(at, at + 3))?.[0] ?? "";
  const start = at + prefix.length;
  const quote = text[start];
  if (quote === '"' || quote === "'") return quoted(text, start, quote);
  if (form === "quoted only") return undefined;
  if (text.startsWith('\\"', start) || text.startsWith("\\'", start)) return escapedQuoted(text, start);
  if (/^[|>][+-]?\s*\n/.test(text.slice(start, start + 5))) return blockScalar(text, start);
  const end = form === "element" ? /[<\n]/ : grammar === "code" ? /[\n;]/ : /[\n]/;
  const line =
    text
      .slice(start, start + VALUE_LIMIT)
      .split(end, 1)[0]
      ?.split("\\n", 1)[0] ?? "";
  const value = form === "word" ? (/^[^\s;"'),]+/.exec(line)?.[0] ?? "") : bareValue(line, form);
  if (value === "" || (grammar === "code" && form === "assigned")) {
    return value === "" ? undefined : { text: value, writing: "bare", rest: `${value}\u0000${line}` };
  }
  return { text: value, writing: form === "element" ? "quoted" : "bare", rest: line };
}

function quoted(text: string, start: number, quote: string): Value | undefined {
  const triple = text.startsWith(quote.repeat(3), start) ? 3 : 1;
  const from = start + triple;
  const end = text.indexOf(quote.repeat(triple), from);
  if (end < 0 || end - from > VALUE_LIMIT) return undefined;
  let value = text.slice(from, end);
  if (value.endsWith("\\") && quote === '"') {
    const more = text.indexOf(quote, end + 1);
    if (more > 0 && more - from < VALUE_LIMIT) value = text.slice(from, more);
  }
  return { text: value, writing: "quoted", rest: text.slice(end + triple, end + triple + 200).split("\n", 1)[0] ?? "" };
}

/** The first line of a block in YAML. */
function blockScalar(text: string, start: number): Value | undefined {
  const first = /\n\s*([^\n]+)/.exec(text.slice(start, start + WINDOW))?.[1]?.trim();
  return first === undefined ? undefined : { text: first, writing: "quoted", rest: "" };
}

/** JSON within a string. */
function escapedQuoted(text: string, start: number): Value | undefined {
  const mark = text.slice(start, start + 2);
  const end = text.indexOf(mark, start + 2);
  return end < 0 || end - start > VALUE_LIMIT
    ? undefined
    : { text: text.slice(start + 2, end), writing: "quoted", rest: "" };
}

/** To where a list, a comment or another setting begins. */
function bareValue(whole: string, form: Form): string {
  const line = whole.split(/ (?:\|\||&&) /, 1)[0] ?? "";
  if (/^[;,&]/.test(line)) return "";
  if (form === "element") return line.trim();
  const value = line.replace(/\s+[#;].*$/, "").trim();
  const pairs = /^[^;,&\s"'{}]+(?=(?:[;,&]\s{0,5}|\s+)[\w.$-]{1,60}[=:])/.exec(value)?.[0];
  if (pairs !== undefined) return pairs;
  const inner = /^[{<[(]/.test(value) ? undefined : /^[^\s"'<>}\])]+(?=["'<>}\])])/.exec(value)?.[0];
  return (inner ?? value).replace(/[\s}\]),;]+$/, "");
}

/** The literal that a value is or falls back to. */
function literalIn({ text, writing, rest }: Value, promise: Promise_): string | undefined {
  const expression = writing === "bare" && rest.includes("\u0000");
  if (!expression && isLiteral(text, promise, writing) && !isProse(text, writing)) return text;
  const encoded = DECODED.exec(writing === "bare" ? rest : text)?.[1];
  const decoded = encoded === undefined ? undefined : fromBase64(encoded)?.toString("utf8");
  if (decoded !== undefined && isLiteral(decoded, promise, "quoted")) return decoded;
  const fallback = FALLBACKS.map((pattern) => pattern.exec(writing === "bare" ? rest : text)?.[2]).find(
    (each) => each !== undefined,
  );
  return fallback !== undefined && isLiteral(fallback, promise, "quoted") ? fallback : undefined;
}

/** A literal that the program decodes. */
const DECODED = /(?:FromBase64String|b64decode|decode64|atob|decode_base64)\(\s{0,5}b?["']([A-Za-z\d+/=]{4,400})["']/;

/** Sentences follow a name and a colon in messages, too. */
function isProse(text: string, writing: Writing): boolean {
  return writing === "bare" && /^(?:[A-Za-z']+[,.]?\s+){2,}[A-Za-z']+/.test(text);
}

/** Defaults: `${X:literal}`, `get("X", "literal")`, `x || "literal"`, `| default "literal"`. */
const FALLBACKS = [
  /^(\$\{(?!(?:env|file|secretsManager|secret|vault|ssm|sys|sm|aws|config|kms|directory|ENV|FILE|sec|awssm):)[\w.]{1,80}(?::?[-=]|:(?![+?])))([^}$]{1,200})\}$/,
  /(?:get|getenv|fetch|getProperty|getOrDefault|env)\(\s{0,5}["'][\w.]{1,80}["']\s{0,5},\s{0,5}(["'])([^"'\n]{1,200})\1/i,
  /(?:\|\||\?\?|\bor\b|\?:|\belse\b)\s{0,5}(["'])([^"'\n]{1,200})\1/,
  /\|\s{0,5}default(?:\s{1,5}|\()\s{0,5}(["'])([^"'\n]{1,200})\1/,
];
