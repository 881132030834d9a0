/** Credentials in the words that programs are given, and on their standard input. */
import { memoized } from "../../memo";
import { plain } from "../steps";
import { LEAST_TOKEN, addresses, assembled, basic, cookiesIn } from "./formats";
import { groupOf, groupsOf } from "./groups";
import { promiseOf, type Kind, type Promise_ } from "./names";
import { isLikely, phrasesIn } from "./phrases";
import { takesOf } from "./programs";
import { replacementOf } from "./replacements";
import { settingsIn } from "./settings";
import type { Takes } from "./takes";
import { isLiteral, looksRandom } from "./values";

/** Where findings of a script go. */
export interface Sink {
  /** A value at a line, if it may be used by whoever reads it. */
  credential(value: string, kind: Kind, line: number): void;
  /** A text that the script writes to a file; on the console where there is none. */
  written(text: string, path: string | undefined, line: number): void;
}

/** Characters of words that are remembered: scripts have the same ones again and again. */
const WORDS = 1 << 16;

/** Where a password is expected, any literal is one. */
export const PASSWORD: Promise_ = { kind: "password", sure: true };

/** Whether a word of the shell is a credential, given what is expected there. */
export function isJudged(value: string, promise: Promise_): boolean {
  return isLiteral(value, promise, "shell");
}

/** A line of a language that is not parsed: its words as they stand. */
export function inLine(written: string, line: number, sink: Sink): void {
  // A tag, or a question of a batch file.
  if (/^\s*(?:<|@?set\s+\/[pa]\s)/i.test(written)) return;
  const script = /\bcmd(?:\.exe)?\s+\/c\s+(["'])([^\n]{5,2000})\1/i.exec(written)?.[2];
  if (script !== undefined) inLine(script.replaceAll(/\bcmd(?:\.exe)?\s/gi, " "), line, sink);
  const text = plain(written).replace(/^\s*alias\s+[\w-]+=["']?/, "");
  const words = [...text.matchAll(/"[^"\n]*"|'[^'\n]*'|[^\s"']+(?:"[^"\n]*"|'[^'\n]*')?[^\s"']*/g)]
    .map(({ 0: word }) => word.replaceAll(/^["'[]|["'\],]$/g, ""))
    .filter((word) => /\w/.test(word));
  if (words.length > 200) return;
  const start = words.findIndex((word) => takesOf(nameOf(word)).length > 0);
  const call = words.slice(Math.max(start, 0));
  const literal: Sink = {
    ...sink,
    credential: (value, kind) => {
      if (!/^[([{@%-]|\)\.?\w*;?$/.test(value)) sink.credential(value, kind, line);
    },
  };
  inProgram(nameOf(call[0] ?? ""), call, undefined, line, literal);
  inWords(call, nameOf(call[0] ?? ""), line, literal);
}

const nameOf = memoized(
  (word) =>
    word
      .slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1)
      .toLowerCase()
      .replace(/\.exe$/, ""),
  WORDS,
);

/** One word on the standard input of a program that asks for nothing else. */
export function inAnswer(input: string, line: number, sink: Sink): void {
  const value = input.trim();
  if (!/^[^\s/:.,=<>()[\]{}]{8,100}$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return;
  const chosen = /[A-Z]/.test(value) || /\d{3}/.test(value) || /[!#%*+?@^&_]/.test(value);
  if (chosen && isJudged(value, PASSWORD)) sink.credential(value, "password", line);
}

/** Options, joined words, operands and standard input of a program that the table knows. */
export function inProgram(
  program: string,
  words: readonly string[],
  input: string | undefined,
  line: number,
  sink: Sink,
): void {
  const takes = takesOf(program);
  if (takes.length === 0) return;
  const joined = takes.some(({ when }) => when) ? words.slice(1).join(" ") : "";
  for (const each of takes) {
    if (each.when && !each.when.test(joined)) continue;
    const promise: Promise_ = { kind: each.kind ?? "password", sure: true };
    for (const value of [...fromWords(each, words), ...fromInput(each, input)])
      if (isJudged(value, promise) && (each.unsure !== true || isLikely(value)))
        sink.credential(value, promise.kind, line);
  }
}

function fromWords(takes: Takes, words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 1; at < words.length; at++) fromWord(takes, words[at] ?? "", words[at + 1] ?? "", found);
  return [...found, ...operandsOf(takes, words)];
}

function fromWord(
  { next, joined, pair, operand, between = /:/ }: Takes,
  word: string,
  following: string,
  found: string[],
): void {
  if (next?.test(word) === true && !/^--/.test(following)) found.push(following.replace(/^pass:/, ""));
  for (const pattern of [joined, operand]) {
    const match = pattern?.exec(word);
    if (match) found.push(groupOf(match));
  }
  if (pair?.test(word) === true) found.push(secondOf(following, between));
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  if (equals > 0 && pair?.test(word.slice(0, equals)) === true) found.push(secondOf(word.slice(equals + 1), between));
}

/** The part of `user:password` behind the separator. */
function secondOf(pair: string, between: RegExp): string {
  const match = between.exec(pair);
  return match ? pair.slice(match.index + match[0].length) : "";
}

function operandsOf({ operands = [], valued }: Takes, words: readonly string[]): string[] {
  if (operands.length === 0) return [];
  const rest = words.slice(1).filter((word, index) => !/^-./.test(word) && valued?.test(words[index] ?? "") !== true);
  return operands.map((index) => rest.at(index) ?? "");
}

function fromInput({ input }: Takes, text: string | undefined): string[] {
  if (!input || text === undefined) return [];
  const matches = input.global ? [...text.matchAll(input)] : [input.exec(text.trimEnd())];
  return matches.flatMap((match) => (match ? groupsOf(match) : []));
}

/** Programs whose words are patterns to look for. */
const SEARCHES: ReadonlySet<string> = new Set(["grep", "egrep", "fgrep", "awk"]);
const SETTING = /^(?:--)?(?:set|put|write|setx|config|add|replace|upsert|encrypt)$/i;

/** What any program may be given: options by their name, settings, addresses, headers, JSON. */
export function inWords(words: readonly string[], program: string, line: number, sink: Sink): void {
  const sets = words.length > 2 && words.some((word) => SETTING.test(word));
  const to: To = { program, line, sink, searches: SEARCHES.has(program) };
  inUserAndPassword(words, to);
  for (let index = words[0]?.includes("=") === true ? 0 : 1; index < words.length; index++) {
    const word = words[index] ?? "";
    const next = words[index + 1];
    if (next !== undefined) inFollowed(word, next, to);
    if (sets && next !== undefined && /^[\w./:[\]-]+$/.test(word)) inEntry(word, next, to);
    inWord(word, to);
  }
  if (words.length > 3) inNamedValue(words, to);
  if (program === "curl") inRequest(words, to);
  if (program === "jq") inArguments(words, to);
}

/** `jq --arg p VALUE '{password: $p}'`: the program of `jq` says what its variables are. */
function inArguments(words: readonly string[], to: To): void {
  const filter = plain(words.find((word, index) => index > 0 && /[$]\w/.test(plain(word))) ?? "").slice(0, 4000);
  const names = new Map(
    [...filter.matchAll(NAMED_VARIABLE)].map(({ 1: name = "", 2: variable = "" }) => [variable, name]),
  );
  for (const [index, word] of words.entries()) {
    if (word !== "--arg") continue;
    const [variable = "", value = ""] = words.slice(index + 1, index + 3);
    for (const name of [variable, names.get(variable) ?? ""]) inNamed(name, value, to);
  }
}

/** `password: $p`, `.password = $p`. */
const NAMED_VARIABLE = /([\w-]{1,60})["']?\s{0,9}[:=]\s{0,9}[$](\w{1,60})/g;

/** A value under a name that says it all. */
function inNamed(name: string, value: string, { line, sink }: To): void {
  const promise = promiseOf(name);
  if (promise && isJudged(value, promise)) sink.credential(value, promise.kind, line);
}

/** Options with a command that prints a pass phrase: it may do nothing else. */
const PRINTS = /^(?:extpass|\S*pass(?:word|phrase|wd)?[-_]?(?:command|cmd))$/i;

/** What `echo literal` prints, as a value. */
export function echoed(command: string): string | undefined {
  return /^(?:\/bin\/)?(?:echo|printf)\s+(?:-n\s+|["']?%s["']?\s+)?["']?([^"'\s]+)["']?$/.exec(plain(command))?.[1];
}

/** The program that gets the words, and where findings go. */
interface To {
  readonly program: string;
  readonly line: number;
  readonly sink: Sink;
  readonly searches: boolean;
}

/** An option and the word behind it. */
function inFollowed(word: string, next: string, to: To): void {
  if (word[0] !== "-" && word[0] !== "/") return;
  const { program, line, sink } = to;
  const option = /^(?:--?|\/)([A-Za-z][\w.-]*)$/.exec(word)?.[1];
  if (option === undefined) return;
  const flag = takesOf(program).some(({ flags }) => flags?.test(option) === true);
  if (!flag && (next[0] !== "-" || next === "-")) inOption(option, next, to);
  if (next.length >= 32 && /^-[tksKTPwpx]$/.test(word) && HEX.test(next) && !OTHER_HEX.test(program))
    sink.credential(next, "token", line);
  if (/^(?:-[uUac]|--(?:user|auth|login|credentials?|userpass|basic-auth|basicauth))$/.test(word)) inPair(next, to);
}

/** A long number in hexadecimal behind a short option: no file, port or name. */
const HEX = /^(?:[\da-f]{32,}|[\da-f]{8}-[\da-f-]{27})$/i;
const OTHER_HEX = /^(?:git|docker|podman|aws|gpg|rpm|apt-key)$/;

/** `-n NAME -v VALUE`, `--name=NAME --value=VALUE`, `-Name NAME -Value VALUE`, `/v NAME /t REG_SZ /d VALUE`. */
function inNamedValue(words: readonly string[], to: To): void {
  let [name, value]: (string | undefined)[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word[0] !== "-" && word[0] !== "/") continue;
    const [, option = "", joined] = NAMED_VALUE.exec(word) ?? [];
    if (option === "") continue;
    const given = joined ?? words[index + 1] ?? "";
    if (VALUE_OPTION.test(option)) value = given;
    else name = nameBy(option, given) ?? name;
    if (name === undefined || value === undefined) continue;
    inEntry(name, value, to);
    value = undefined;
  }
}

/** The name that an option gives; undefined where it gives something else. */
function nameBy(option: string, given: string): string | undefined {
  // Variables of the environment have paths in PowerShell.
  if (option === "-Path") return /^env:\\?(.+)/i.exec(given)?.[1];
  // The user of most programs, but what `xmlstarlet` updates.
  return option === "-u" && !given.includes("/@") ? undefined : given.replace("/@", "/");
}

const NAMED_VALUE = /^(-[nkuv]|--(?:name|key|update|value)|-(?:Name|Path|Value)|\/[vd])(?:=(.*))?$/s;
const VALUE_OPTION = /^(?:-v|--?value|\/d)$/i;

/** Cookies of a request, and the body of one that sets a password. */
function inRequest(words: readonly string[], { line, sink }: To): void {
  const sets = words.some((each) => /:\/\/\S*\/[\w-]*password/.test(each));
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? "";
    if (/^(?:-b|--cookie|--cookie-jar)$/.test(word) && next.includes("="))
      for (const { value, kind } of cookiesIn(next)) sink.credential(value, kind, line);
    if (sets && /^(?:-d|--data(?:-\w+)?)$/.test(word)) inAnswer(next, line, sink);
  }
}

/** `user:password` behind an option that takes a login. */
function inPair(value: string, { program, line, sink }: To): void {
  const password = /^[\w.@-]+:([^\s:/]+)$/.exec(value)?.[1];
  if (password === undefined || /^(?:docker|podman|chown|install|nerdctl|rsync|tar|useradd|usermod)$/.test(program))
    return;
  if (/\d/.test(password) && isLikely(password) && isJudged(password, PASSWORD))
    sink.credential(password, "password", line);
}

/** `set NAME VALUE` of many programs. */
function inEntry(name: string, value: string, { line, sink }: To): void {
  const promise = promiseOf(name.slice(name.lastIndexOf("/") + 1));
  if (promise && !/^-/.test(value) && isJudged(value, promise) && (looksRandom(value) || promise.kind === "password"))
    sink.credential(value, promise.kind, line);
}

/** Programs in which `-p` is anything but a password. */
const OTHER_P =
  /^(?:ssh|scp|sftp|rsync|mkdir|docker|podman|nerdctl|cp|tar|read|ps|nc|install|useradd|usermod|git|patch|pip\d?|npm|yum|dnf|apt|apt-get|chown|su|sudo|psql|journalctl|pg_\w+|createdb|kill|pgrep|firewall-cmd|iptables|lsof|terraform|pulumi|make|curl|wget|nmap|mount|unzip|systemctl)$/;

const USER_OPTION = /^(?:-[uUl]|--(?:user|username|login|user-name|admin-user))$/;

/** `-u NAME -p VALUE`, whatever the program. */
function inUserAndPassword(words: readonly string[], { program, line, sink }: To): void {
  const password = words.findIndex((word) => word.length <= 3 && word[0] === "-" && /^-(?:[pPw]|pw)$/.test(word));
  if (password < 0 || OTHER_P.test(program)) return;
  const value = words[password + 1] ?? "";
  if (!words.some((word) => USER_OPTION.test(word)) || /^[-{[]/.test(value) || !/[A-Za-z]/.test(value)) return;
  if (isJudged(value, PASSWORD) && !/[:/]/.test(value) && (value.length >= 8 || /[\d!#%*+=?@$^&-]/.test(value)))
    sink.credential(value, "password", line);
}

function inOption(name: string, value: string, { line, sink }: To): void {
  if (isKey(name, value)) sink.credential(value, "key", line);
  const promise = optionPromise(name, value);
  if (promise && isJudged(value, promise)) sink.credential(value, promise.kind, line);
  const printed = PRINTS.test(name) ? echoed(value) : undefined;
  if (printed !== undefined && isJudged(printed, PASSWORD)) sink.credential(printed, "password", line);
}

/** `--key` takes the name of one, the path of its file, or the key itself. */
function isKey(name: string, value: string): boolean {
  return (
    name.length === 3 &&
    /^key$/i.test(name) &&
    /^[\w+/=-]{20,}$/.test(value) &&
    looksRandom(value) &&
    isJudged(value, KEY)
  );
}

const KEY: Promise_ = { kind: "key", sure: false };

/** `--secret` most often takes the name of one, or settings of how it is mounted. */
function optionPromise(name: string, value: string): Promise_ | undefined {
  if (name !== "secret" && name !== "secrets") return promiseOf(name);
  return value.includes("=") ? undefined : { kind: "secret", sure: false };
}

const ASSIGNED = /^([-/]{0,2})([A-Za-z_][\w.:[\]/@-]{0,119}?)=(.*)$/s;

function inWord(word: string, to: To): void {
  if (word.includes("=") && isSetting(word, to)) return;
  if (!to.searches) inArgument(word, to);
}

/** Whether a word of the form `name=value` has been judged as such. */
function isSetting(word: string, { line, sink }: To): boolean {
  const [, dashes = "", name = "", rest = ""] = ASSIGNED.exec(word) ?? [];
  const value = dashes === "" ? rest.replace(/&[\w.-]+=.*$/s, "") : rest;
  const promise = dashes === "" ? promiseOf(name) : optionPromise(name, value);
  const judged = promise !== undefined && isJudged(value, promise);
  if (judged) sink.credential(value, promise.kind, line);
  const key = !judged && dashes !== "" && isKey(name, value);
  if (key) sink.credential(value, "key", line);
  return judged || key || /^--?secrets?=/.test(word);
}

function inArgument(word: string, { program, line, sink }: To): void {
  inText(program === "sed" || program === "perl" ? replacementOf(word) : word, line, sink);
}

/** A text in a word or a value. A short one without a separator is only a word. */
export function inText(text: string, line: number, sink: Sink): void {
  if (text.length < 5 || (text.length < LEAST_TOKEN && !SEPARATED.test(text))) return;
  for (const [value, kind] of heldIn(text)) sink.credential(value, kind, line);
}

const SEPARATED = /[=:\s>@]/;

const heldIn = memoized((text): readonly (readonly [string, Kind])[] => {
  const held: [string, Kind][] = [];
  const credential = (value: string, kind: Kind): void => {
    held.push([value, kind]);
  };
  lookInto(text, 0, { credential, written: () => undefined });
  return held;
}, WORDS);

function lookInto(text: string, line: number, sink: Sink): void {
  for (const { value, kind } of assembled(text)) sink.credential(value, kind, line);
  if (!SEPARATED.test(text)) return;
  if (/[\s@]/.test(text)) for (const { value, kind } of phrasesIn(text, "shell")) sink.credential(value, kind, line);
  for (const { value, kind } of addresses(text, "shell")) sink.credential(value, kind, line);
  // A command in an argument or a variable.
  if (text.length < 2000 && /^["']?[\w./-]+[ \t].*[ \t]-{1,2}\w/.test(text)) inLine(text, line, sink);
  for (const { value, kind } of settingsIn(text, "configuration"))
    if (isJudged(value, { kind, sure: true })) sink.credential(value, kind, line);
  const auth = /"auth"\s*:\s*"([A-Za-z\d+/=]{8,})"/.exec(text)?.[1];
  const hit = auth === undefined ? undefined : basic(auth);
  if (hit) sink.credential(hit.value, hit.kind, line);
}
