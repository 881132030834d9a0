/** Credentials in what a shell script runs: words of programs, standard input, assignments, what it prints into files. */
import { decoderOf } from "../decoders";
import { kindOfInterpreter } from "../kinds";
import { printed } from "../print";
import { readShell } from "../shell";
import { plain, programOf, withoutWrappers, type Call, type Step } from "../steps";
import { promiseOf, type Promise_ } from "./names";
import { isLikely } from "./phrases";
import { takesOf } from "./programs";
import { echoed, inAnswer, inProgram, inText, inWords, isJudged, PASSWORD, type Sink } from "./words";

export { inLine, type Sink } from "./words";

const DEPTH = 3;

/** Reads a script; scripts that are arguments are read, too. */
export function inShell(text: string, sink: Sink, depth = 0, line?: number): void {
  const at = line === undefined ? sink : atLine(sink, line);
  for (const step of readShell(text) ?? []) inStep(step, at, depth);
}

/** What is found in a script within a line is at that line. */
function atLine(sink: Sink, line: number): Sink {
  return {
    credential: (value, kind) => {
      sink.credential(value, kind, line);
    },
    written: (written, path) => {
      sink.written(written, path, line);
    },
  };
}

function inStep(step: Step, sink: Sink, depth: number): void {
  if (step.kind === "pipeline") {
    for (const [index, call] of step.calls.entries()) inCall(call, step.calls, index, sink, depth);
    return;
  }
  const promise = promiseOf(step.name);
  inPrinter(step, sink);
  if (promise && isJudged(step.value, promise)) sink.credential(step.value, promise.kind, step.line);
  else inText(step.value, step.line, sink);
  const last = step.scripts.at(-1);
  if (!promise || last?.kind !== "pipeline") return;
  inMaking(last.calls, promise, sink);
  inDecoding(last.calls, promise, sink);
  if (last.context.after === "||") inFallback(last.calls, promise, sink);
}

type Assignment = Exclude<Step, { kind: "pipeline" }>;

/** `RESTIC_PASSWORD_COMMAND="echo literal"`. */
function inPrinter({ name, value, line }: Assignment, sink: Sink): void {
  if (!/pass(?:word|phrase)?_?(?:command|cmd)$/i.test(name)) return;
  const printed = echoed(value);
  if (printed !== undefined && isJudged(printed, PASSWORD)) sink.credential(printed, "password", line);
}

/** `$(fetch … || echo literal)`. */
function inFallback(calls: readonly Call[], promise: Promise_, sink: Sink): void {
  const fallback = printed(withoutWrappers(calls.at(-1)?.words ?? []));
  if (fallback !== undefined && isJudged(fallback, promise))
    sink.credential(fallback, promise.kind, calls[0]?.line ?? 1);
}

/** `PASSWORD=$(echo … | base64 -d)`: a literal in another spelling. */
function inDecoding(calls: readonly Call[], promise: Promise_, sink: Sink): void {
  if (!calls.some(({ words }) => decoderOf(withoutWrappers(words)))) return;
  const value = inputOf(calls, calls.length)?.trimEnd();
  if (value !== undefined && isJudged(value, promise)) sink.credential(value, promise.kind, calls[0]?.line ?? 1);
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
      isJudged(value, promise)
    )
      sink.credential(value, promise.kind, line);
  }
}

function inCall(call: Call, calls: readonly Call[], index: number, sink: Sink, depth: number): void {
  const words = withoutWrappers(call.words);
  const program = programOf(words);
  const text = printed(words);
  const input = inputOf(calls, index);
  if (text !== undefined) inPrinted(text, call, calls, index, sink, depth);
  else if (program !== "alias") inWords(call.words, program, call.line, sink);
  inProgram(program, words, input, call.line, sink);
  if (input !== undefined && !FILTER.test(program)) inAnswer(input, call.line, sink);
  if (input !== undefined && program === "crontab") sink.written(input, "/var/spool/cron/root", call.line);
  inSubstitutions(call, sink);
  if (depth >= DEPTH) return;
  const script = READS_SCRIPT.test(program) ? input : (aliasOf(program, words) ?? scriptOf(program, words));
  if (script !== undefined) inShell(plain(script), sink, depth + 1, call.line);
}

/** Programs that run what they read at another time; what `:` reads is a comment. */
const READS_SCRIPT = /^(?:at|batch|:)$/;

/** The name of an alias says nothing of its command. */
function aliasOf(program: string, words: readonly string[]): string | undefined {
  if (program !== "alias") return undefined;
  return words
    .slice(1)
    .map((word) => word.replace(/^[\w-]+=/, ""))
    .join("\n");
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
    if (/pass|pw|key|secret|token|cred|auth/i.test(option) && isJudged(text, PASSWORD))
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
  const text = printed(words);
  if (text !== undefined) return text;
  const decode = decoderOf(words);
  if (!decode && !PASSES_ON.test(programOf(words))) return undefined;
  const input = inputOf(calls, index - 1);
  return decode && input !== undefined ? decode(Buffer.from(plain(input)))?.toString("utf8") : input;
}

/** Programs that print what they read, or something much like it. */
const PASSES_ON = /^(?:cat|tr|sed|head|tee|xargs|awk|iconv)$/;

/** Programs that read texts of all kinds, or pass them on. */
const FILTER =
  /^(?:cat|tee|base64|base32|openssl|xxd|od|hexdump|[ef]?grep|sed|awk|gawk|jq|yq|wc|\w*sum|xargs|sh|bash|dash|zsh|tr|cut|sort|uniq|head|tail|bc|nc|at|batch|crontab|wall|logger|sysctl|docker|podman|helm|mail|mailx|sendmail|iptables-restore|ip6tables-restore|nft|patch|tar|gzip|gunzip|zcat|envsubst|read|while|mapfile|column|fold|rev|nl|dd|pv|python\d?|perl|ruby|node|php|sponge|true|test|update-alternatives|systemd-cat|figlet|md5|shasum|debconf-set-selections|chpasswd|newusers|b2sum|cksum|curl|wget|kubectl|mysql|psql|sqlite3|redis-cli|mongosh?|ssh|git|cmp|diff|less|more|apt-key|gpg|parted|fdisk|sfdisk|gdisk|mkfs\S*|resize2fs)$/;

/** Programs that run another one, which stands behind their own arguments. */
const CARRIERS: ReadonlySet<string> = new Set(
  `docker podman kubectl nerdctl crictl chroot nsenter ssh sshpass watch systemd-run arch-chroot lxc script parallel trap
  crontab at runuser screen tmux find if retry cloud-init-per`.split(/\s+/),
);

/** The script that is an argument: `bash -c '…'`, `su - app -c '…'`, `eval "…"`, `ssh host '…'`. */
function scriptOf(program: string, words: readonly string[]): string | undefined {
  if (program === "eval") return words.slice(1).join(" ");
  if (CARRIERS.has(program)) return inner(words);
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
