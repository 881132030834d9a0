/** Credentials in what a shell script runs: words of programs, standard input, assignments, what it prints into files. */
import { kindOfInterpreter } from "../kinds";
import { printed } from "../print";
import { readShell } from "../shell";
import { plain, programOf, withoutWrappers, type Call, type Step } from "../steps";
import { addresses, assembled, basic, cookiesIn } from "./formats";
import { isLikely, phrasesIn } from "./phrases";
import { promiseOf, type Kind, type Promise_ } from "./names";
import { takesOf, type Takes } from "./programs";
import { settingsIn } from "./settings";
import { isLiteral, looksRandom } from "./values";

/** Where findings of a script go. */
export interface Sink {
  /** A value at a line, if it may be used by whoever reads it. */
  credential(value: string, kind: Kind, line: number): void;
  /** A text that the script writes to a file; on the console where there is none. */
  written(text: string, path: string | undefined, line: number): void;
}

const DEPTH = 3;

/** Reads a script; scripts that are arguments are read, too. */
export function inShell(text: string, sink: Sink, depth = 0, line?: number): void {
  const at =
    line === undefined
      ? sink
      : {
          credential: (value: string, kind: Kind) => {
            sink.credential(value, kind, line);
          },
          written: (written: string, path: string | undefined) => {
            sink.written(written, path, line);
          },
        };
  for (const step of readShell(text) ?? []) inStep(step, at, depth);
}

function inStep(step: Step, sink: Sink, depth: number): void {
  if (step.kind === "pipeline") {
    for (const [index, call] of step.calls.entries()) inCall(call, step.calls, index, sink, depth);
    return;
  }
  const promise = promiseOf(step.name);
  const printer = /pass(?:word|phrase)?_?(?:command|cmd)$/i.test(step.name)
    ? /^(?:echo|printf)\s+(?:%s\s+)?['"]?([^'"\s]+)['"]?$/.exec(plain(step.value))?.[1]
    : undefined;
  if (printer !== undefined && judged(printer, { kind: "password", sure: true }))
    sink.credential(printer, "password", step.line);
  if (promise && judged(step.value, promise)) sink.credential(step.value, promise.kind, step.line);
  else inText(step.value, step.line, sink);
  // `$(fetch … || echo literal)`
  const last = step.scripts.at(-1);
  if (promise && last?.kind === "pipeline") inMaking(last.calls, promise, sink);
  if (promise && last?.kind === "pipeline" && last.context.after === "||") {
    const fallback = printed(withoutWrappers(last.calls.at(-1)?.words ?? []));
    if (fallback !== undefined && judged(fallback, promise))
      sink.credential(fallback, promise.kind, last.calls[0]?.line ?? step.line);
  }
}

/** `pass=$(perl -e 'print crypt(…)' literal)`: what a credential is made from. */
function inMaking(calls: readonly Call[], promise: Promise_, sink: Sink): void {
  for (const { words, line } of calls) {
    const value = words.at(-1) ?? "";
    if (
      /^(?:perl|python\d?|ruby|php|node)$/.test(programOf(words)) &&
      words.length > 2 &&
      !/\s/.test(value) &&
      isLikely(value) &&
      judged(value, promise)
    )
      sink.credential(value, promise.kind, line);
  }
}

function judged(value: string, promise: Promise_): boolean {
  return isLiteral(value, promise, "shell");
}

function inCall(call: Call, calls: readonly Call[], index: number, sink: Sink, depth: number): void {
  const words = withoutWrappers(call.words);
  const program = programOf(words);
  const text = printed(words);
  if (text !== undefined) inPrinted(text, call, calls, index, sink, depth);
  const input = inputOf(calls, index);
  const takes = takesOf(program);
  if (takes.length > 0) inProgram(takes, words, input, call.line, sink);
  if (program === ":" && call.input !== undefined && depth < DEPTH) inShell(call.input, sink, depth + 1, call.line);
  if (input !== undefined && !FILTER.test(program)) inAnswer(input, call.line, sink);
  if (text === undefined) inWords(call.words, program, call.line, sink);
  inSubstitutions(call, sink);
  const script = depth < DEPTH ? scriptOf(program, words) : undefined;
  if (script !== undefined) inShell(plain(script), sink, depth + 1, call.line);
}

/** A line of a language that is not parsed: its words as they stand. */
export function inLine(text: string, line: number, sink: Sink): void {
  const words = [...text.matchAll(/"[^"\n]*"|'[^'\n]*'|[^\s"']+(?:"[^"\n]*"|'[^'\n]*')?[^\s"']*/g)].map(({ 0: word }) =>
    word.replaceAll(/^["']|["']$/g, ""),
  );
  const start = words.findIndex((word) => takesOf(nameOf(word)).length > 0);
  if (words.length > 200) return;
  const call = words.slice(Math.max(start, 0));
  const literal: Sink = {
    ...sink,
    credential: (value, kind) => {
      if (!/^[([{@%-]|\)\.?\w*;?$/.test(value)) sink.credential(value, kind, line);
    },
  };
  inProgram(takesOf(nameOf(call[0] ?? "")), call, undefined, line, literal);
  inWords(call, nameOf(call[0] ?? ""), line, literal);
}

function nameOf(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1)
    .toLowerCase()
    .replace(/\.exe$/, "");
}

/** What is printed goes to a file, or to the next program. */
function inPrinted(text: string, call: Call, calls: readonly Call[], index: number, sink: Sink, depth: number): void {
  const next = calls.slice(index + 1, index + 9);
  const files = [call, ...next].flatMap((each) => each.files).filter((file) => !file.startsWith("/dev/"));
  if (next.some((each) => kindOfInterpreter(withoutWrappers(each.words)[0] ?? "") === "shell")) {
    if (depth < DEPTH) inShell(plain(text), sink, depth + 1, call.line);
  } else sink.written(text, files[0], call.line);
}

/** `--pwfile=<(echo …)`, `install <(printf …) file`: what another command prints, as a file. */
function inSubstitutions({ words, substitutions, line }: Call, sink: Sink): void {
  for (const { word, kind, steps } of substitutions) {
    const last = steps.at(-1);
    const text =
      kind === "input file" && last?.kind === "pipeline"
        ? printed(withoutWrappers(last.calls[0]?.words ?? []))
        : undefined;
    if (text === undefined) continue;
    const option = `${words[word - 1] ?? ""} ${words[word] ?? ""}`;
    if (/pass|pw|key|secret|token|cred|auth/i.test(option) && judged(text, { kind: "password", sure: true }))
      sink.credential(text, "password", line);
    sink.written(text, /^(?:install|cp|mv)$/.test(programOf(words)) ? words.at(-1) : undefined, line);
  }
}

/** The text on the standard input of a call, as far as it stands in the script. */
function inputOf(calls: readonly Call[], index: number): string | undefined {
  const call = calls[index];
  if (call?.input !== undefined || index === 0) return call?.input;
  const before = calls[index - 1];
  if (!before) return undefined;
  const words = withoutWrappers(before.words);
  return (
    printed(words) ??
    (/^(?:cat|tr|sed|head|tee|xargs|awk|iconv)$/.test(programOf(words)) ? inputOf(calls, index - 1) : undefined)
  );
}

/** Programs that read texts of all kinds, or pass them on. */
const FILTER =
  /^(?:cat|tee|base64|base32|openssl|xxd|od|hexdump|[ef]?grep|sed|awk|gawk|jq|yq|wc|\w*sum|xargs|sh|bash|dash|zsh|tr|cut|sort|uniq|head|tail|bc|nc|at|batch|crontab|wall|logger|sysctl|docker|podman|helm|mail|mailx|sendmail|iptables-restore|ip6tables-restore|nft|patch|tar|gzip|gunzip|zcat|envsubst|read|while|mapfile|column|fold|rev|nl|dd|pv|python\d?|perl|ruby|node|php|sponge|true|test|update-alternatives|systemd-cat|figlet|md5|shasum|debconf-set-selections|chpasswd|newusers|b2sum|cksum|curl|wget|kubectl|mysql|psql|sqlite3|redis-cli|mongosh?|ssh|git|cmp|diff|less|more|apt-key|gpg|parted|fdisk|sfdisk|gdisk|mkfs\S*|resize2fs)$/;

/** One word on the standard input of a program that asks for nothing else. */
function inAnswer(input: string, line: number, sink: Sink): void {
  const value = input.trim();
  if (!/^[^\s/:.,=<>()[\]{}]{8,100}$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return;
  const chosen = /[A-Z]/.test(value) || /\d{3}/.test(value) || /[!#%*+?@^&_]/.test(value);
  if (chosen && judged(value, { kind: "password", sure: true })) sink.credential(value, "password", line);
}

/** The script that is an argument: `bash -c '…'`, `su - app -c '…'`, `eval "…"`, `ssh host '…'`. */
function scriptOf(program: string, words: readonly string[]): string | undefined {
  if (program === "eval") return words.slice(1).join(" ");
  if (
    /^(?:docker|podman|kubectl|nerdctl|crictl|chroot|nsenter|ssh|sshpass|watch|systemd-run|arch-chroot|lxc|script|parallel|trap|crontab|at|runuser|screen|tmux|find|if|retry|cloud-init-per)$/.test(
      program,
    )
  )
    return inner(words);
  if (kindOfInterpreter(program) !== "shell" && program !== "su") return undefined;
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option < 0 ? undefined : words[option + 1];
}

/** A program behind another one's arguments: `docker exec db mysql -pX`, `ssh host 'mysql -pX'`. */
function inner(words: readonly string[]): string | undefined {
  const quoted = words.slice(1).find((word) => /\s/.test(word) && /[a-z]/.test(word));
  const start = words.findIndex(
    (word, index) =>
      index > 0 &&
      (takesOf(programOf([word])).length > 0 || kindOfInterpreter(word) === "shell") &&
      programOf(words) !== programOf([word]),
  );
  if (start > 0)
    return words
      .slice(start)
      .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
      .join(" ");
  return quoted;
}

/** Options, joined words, operands and standard input of a program that the table knows. */
function inProgram(
  takes: readonly Takes[],
  words: readonly string[],
  input: string | undefined,
  line: number,
  sink: Sink,
): void {
  const joined = words.slice(1).join(" ");
  for (const each of takes) {
    if (each.when && !each.when.test(joined)) continue;
    const promise: Promise_ = { kind: each.kind ?? "password", sure: true };
    for (const value of [...fromWords(each, words), ...fromInput(each, input)])
      if (judged(value, promise) && (each.unsure !== true || isLikely(value)))
        sink.credential(value, promise.kind, line);
  }
}

function fromWords(takes: Takes, words: readonly string[]): string[] {
  const found: string[] = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? "";
    if (index === 0) continue;
    if (takes.next?.test(word) === true && !/^--/.test(next)) found.push(next.replace(/^pass:/, ""));
    const match = takes.joined?.exec(word);
    if (match) found.push(match.slice(1).find((group) => group !== undefined) ?? "");
    if (takes.pair?.test(word) === true) found.push(secondOf(next, takes.between ?? /:/));
    const equals = takes.pair && word.startsWith("--") ? word.indexOf("=") : -1;
    if (equals > 0 && takes.pair?.test(word.slice(0, equals)) === true)
      found.push(secondOf(word.slice(equals + 1), takes.between ?? /:/));
    if (takes.operand) found.push(takes.operand.exec(word)?.[1] ?? "");
  }
  return [...found, ...operandsOf(takes, words)];
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
  const matches = input.global ? [...text.matchAll(input)] : [input.exec(text)];
  return matches.flatMap((match) => match?.slice(1).filter((group) => group !== undefined) ?? []);
}

/** What any program may be given: options by their name, settings, addresses, headers, JSON. */
function inWords(words: readonly string[], program: string, line: number, sink: Sink): void {
  const setting = words.some((word) => /^(?:--)?(?:set|put|write|setx|config|add|replace|upsert|encrypt)$/i.test(word));
  inUserAndPassword(words, program, line, sink);
  for (const [index, word] of words.entries()) {
    if (index === 0 && !word.includes("=")) continue;
    const option = /^(?:--?|\/)([A-Za-z][\w.-]*)$/.exec(word)?.[1];
    const next = words[index + 1];
    const flag = option !== undefined && takesOf(program).some(({ flags }) => flags?.test(option) === true);
    if (option !== undefined && next !== undefined && !flag && !/^-./.test(next)) inOption(option, next, line, sink);
    if (/^-(?:n|k)$|^--(?:name|key)$/.test(word) && /^(?:-v|--value)$/.test(words[index + 2] ?? ""))
      inEntry(next ?? "", words[index + 3] ?? "", line, sink);
    if (
      /^-[tksKTPwpx]$/.test(word) &&
      /^(?:[\da-f]{32,}|[\da-f]{8}-[\da-f-]{27})$/i.test(next ?? "") &&
      !/^(?:git|docker|podman|aws|gpg|rpm|apt-key)$/.test(program)
    )
      sink.credential(next ?? "", "token", line);
    else if (setting && next !== undefined && /^[\w./:-]+$/.test(word)) inEntry(word, next, line, sink);
    if (/^(?:-b|--cookie|--cookie-jar)$/.test(word) && program === "curl" && next?.includes("=") === true)
      for (const { value, kind } of cookiesIn(next)) sink.credential(value, kind, line);
    inWord(word, program, line, sink);
  }
}

/** `set NAME VALUE` of many programs. */
function inEntry(name: string, value: string, line: number, sink: Sink): void {
  const promise = promiseOf(name.slice(name.lastIndexOf("/") + 1));
  if (promise && !/^-/.test(value) && judged(value, promise) && (looksRandom(value) || promise.kind === "password"))
    sink.credential(value, promise.kind, line);
}

/** Programs in which `-p` is anything but a password. */
const OTHER_P =
  /^(?:ssh|scp|sftp|rsync|mkdir|docker|podman|nerdctl|cp|tar|read|ps|nc|install|useradd|usermod|git|patch|pip\d?|npm|yum|dnf|apt|apt-get|chown|su|sudo|psql|journalctl|pg_\w+|createdb|kill|pgrep|firewall-cmd|iptables|lsof|terraform|pulumi|make|curl|wget|nmap|mount|unzip|systemctl)$/;

/** `-u NAME -p VALUE`, whatever the program. */
function inUserAndPassword(words: readonly string[], program: string, line: number, sink: Sink): void {
  if (OTHER_P.test(program)) return;
  const user = words.findIndex((word) => /^(?:-[uUnl]|--(?:user|username|login|user-name|admin-user))$/.test(word));
  const password = words.findIndex((word) => /^-(?:[pPw]|pw)$/.test(word));
  const value = words[password + 1] ?? "";
  if (user < 0 || password < 0 || /^-/.test(value) || !/[A-Za-z]/.test(value)) return;
  if (
    judged(value, { kind: "password", sure: true }) &&
    !/[:/]/.test(value) &&
    (value.length >= 8 || /[\d!#%*+=?@$^&-]/.test(value))
  )
    sink.credential(value, "password", line);
}

function inOption(name: string, value: string, line: number, sink: Sink): void {
  // Most often the name of one.
  if (/^key$/i.test(name) && /^[\w+/=-]{20,}$/.test(value) && looksRandom(value)) sink.credential(value, "key", line);
  const promise: Promise_ | undefined = /^secrets?$/.test(name)
    ? value.includes("=")
      ? undefined
      : { kind: "secret", sure: false }
    : promiseOf(name);
  if (promise && judged(value, promise)) sink.credential(value, promise.kind, line);
}

function inWord(word: string, program: string, line: number, sink: Sink): void {
  const match = /^[-/]{0,2}([A-Za-z_][\w.:\[\]/@-]{0,119}?)=(.*)$/s.exec(word);
  const name = match?.[1] ?? "";
  const promise = !match || (/^--?secrets?=/.test(word) && !looksRandom(match[2] ?? "")) ? undefined : promiseOf(name);
  if (/^--secret=/.test(word) && promise === undefined) return;
  if (promise && match && judged(match[2] ?? "", promise)) {
    sink.credential(match[2] ?? "", promise.kind, line);
    return;
  }
  const text = program === "sed" || program === "perl" ? replacementOf(word) : word;
  if (program !== "grep" && program !== "egrep" && program !== "awk") inText(text, line, sink);
}

/** Of `s/pattern/replacement/` only the replacement is written anywhere. */
function replacementOf(word: string): string {
  return word.replaceAll(
    /(?:^|[;\s])(?:\/[^/\n]*\/\s*)?s([/|#,~@!%^:])(?:(?!\1)[^\\\n]|\\.){0,400}\1((?:(?!\1)[^\\\n]|\\.){0,2000})\1?/g,
    " $2 ",
  );
}

/** A text in a word or a value. */
function inText(text: string, line: number, sink: Sink): void {
  if (text.length < 5) return;
  for (const { value, kind } of assembled(text)) sink.credential(value, kind, line);
  for (const { value, kind } of phrasesIn(text, "shell")) sink.credential(value, kind, line);
  for (const { value, kind } of addresses(text, "shell")) sink.credential(value, kind, line);
  if (!/[=:\s>]/.test(text)) return;
  for (const { value, kind } of settingsIn(text, "configuration"))
    if (judged(value, { kind, sure: true })) sink.credential(value, kind, line);
  const auth = /"auth"\s*:\s*"([A-Za-z\d+/=]{8,})"/.exec(text)?.[1];
  const hit = auth === undefined ? undefined : basic(auth);
  if (hit) sink.credential(hit.value, hit.kind, line);
}
