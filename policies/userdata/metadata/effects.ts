/** What the steps of a shell script do to files: write, copy, run, and hand to programs that run their input. */
import { kindOfInterpreter } from "../kinds";
import type { Kind } from "../parts";
import { printed } from "../print";
import { plain, programOf, withoutWrappers, type Call, type Step } from "../steps";

/** Text that goes to a file. */
interface Written {
  readonly text: string;
  readonly file: string;
  /** The line in which each of its lines is written. */
  readonly lines: readonly number[];
}

/** Text that a program takes and runs. */
interface Taken {
  readonly text: string;
  readonly line: number;
  readonly reading:
    "shell" | "cron" | "lines" | "php" | "lua" | "other" | "python" | "perl" | "ruby" | "javascript" | "powershell";
}

export interface Effects {
  readonly written: readonly Written[];
  readonly taken: readonly Taken[];
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  /** Words that may name files that run. */
  readonly mentions: readonly string[];
  /** Files that are made executable, which by itself runs nothing. */
  readonly executables: readonly string[];
  /** Lines of pipelines whose input an interpreter reads. */
  readonly interpreted: readonly number[];
}

/** Programs that do not run what they are given. */
const HANDLES: ReadonlySet<string> = new Set(
  "echo printf cat tee egrep grep fgrep sed gawk awk head tail less more ls stat file test [ [[ rm touch mkdir rmdir chown chgrp chcon restorecon diff cmp wc sort uniq cut tr logger mail mailx sendmail aws gsutil scp rsync curl wget read cd pushd popd dirname basename readlink realpath md5sum sha1sum sha256sum sha512sum shasum openssl gpg jq yq tar zip gzip git useradd export declare local readonly envsubst dos2unix vi vim nano sync sleep true false : wall chattr setfacl unlink shred truncate base64 xxd zcat gunzip set mv cp ln install dd chmod".split(
    " ",
  ),
);

/** Programs that run what they read, where no file is named. */
const TAKERS: readonly (readonly [RegExp, Taken["reading"]])[] = [
  [/^crontab$/, "cron"],
  [/^(?:at|batch|su|runuser|chroot|nsenter|parallel|docker|podman|nerdctl|lxc|machinectl)$/, "shell"],
  [/^(?:kubectl|k3s|microk8s|oc|helm|docker-compose|nomad|ansible-playbook|pip3?)$/, "lines"],
  [/^php\d*$/, "php"],
  [/^lua/, "lua"],
  [/^(?:Rscript|R|tclsh|expect|groovy|julia|go|awk|gawk)$/, "other"],
];

/** Text on its way through a pipeline. */
interface Flowing {
  readonly text: string;
  readonly line: number;
  /** It comes from a here document. */
  readonly here: boolean;
}

/** Variables whose value is a file that programs take. */
const TAKEN_BY_NAME =
  /^(?:PIP_\w+|BUNDLE_GEMFILE|COMPOSE_FILE|COMPOSER|FLASK_APP|BASH_ENV|ENV|NODE_OPTIONS|PYTHONSTARTUP)$/;

export function effectsOf(steps: readonly Step[], lineOf: (line: number) => number): Effects {
  const collector = new Collector(lineOf);
  for (const step of steps) {
    if (step.kind === "pipeline") collector.pipeline(step.calls);
    else if (TAKEN_BY_NAME.test(step.name)) collector.mention([step.value]);
  }
  return collector.effects();
}

const NONE: readonly Call[] = [];

class Collector {
  private readonly files = new Map<string, { lines: string[]; numbers: number[] }>();
  private readonly taken: Taken[] = [];
  private readonly copies: { from: string; to: string }[] = [];
  private readonly mentions: string[] = [];
  private readonly executables: string[] = [];
  private readonly interpreted = new Set<number>();
  /** What the commands just before have printed: a group may hand it on. */
  private recent: Flowing[] = [];

  constructor(private readonly lineOf: (line: number) => number) {}

  effects(): Effects {
    const written = [...this.files].map(([file, { lines, numbers }]) => ({
      text: lines.join("\n"),
      file,
      lines: numbers,
    }));
    const { taken, copies } = this;
    return {
      written,
      taken,
      copies,
      mentions: this.mentions,
      executables: this.executables,
      interpreted: [...this.interpreted],
    };
  }

  pipeline(calls: readonly Call[]): void {
    let flowing: Flowing | undefined;
    let prints = true;
    for (const [index, call] of calls.entries()) {
      const words = withoutWrappers(call.words);
      const program = programOf(words);
      const later = index + 1 < calls.length ? calls.slice(index + 1, index + 6) : NONE;
      const given = textOf(call, words, program);
      prints &&= given !== undefined || program === "crontab" || program === "cat";
      if (given === undefined || call.input !== undefined) this.moves(call, words, program, later);
      if (given !== undefined) flowing = this.given(call, given, later);
      else if (call.input !== undefined) this.takeInput(call, call.input, words, program);
      else this.take(call, words, program, flowing, index === 0);
    }
    if (!prints) this.recent = [];
    else if (flowing) this.recent = [...this.recent.slice(-20), flowing];
  }

  /** Text that a call prints or passes on; what it prints may go to files. */
  private given(call: Call, text: string, later: readonly Call[]): Flowing {
    const here = call.input !== undefined;
    const files = here ? [] : [call, ...later].flatMap((each) => each.files);
    for (const file of files.slice(0, 4)) if (!file.startsWith("/dev/")) this.write(file, text, call.line);
    return { text, line: call.line + (here ? 1 : 0), here };
  }

  private write(file: string, text: string, line: number): void {
    if (this.files.size > 500) return;
    const known = this.files.get(file) ?? { lines: [], numbers: [] };
    for (const each of text.replace(/\n$/, "").split("\n")) {
      known.lines.push(each);
      known.numbers.push(this.lineOf(line));
    }
    this.files.set(file, known);
  }

  /** A here document: decoding has made a part of it where an interpreter reads it. */
  private takeInput(call: Call, input: string, words: readonly string[], program: string): void {
    const reading = readerOf(words, program);
    if (kindOfInterpreter(words[0] ?? "") !== undefined) this.interpreted.add(call.line);
    else if (reading !== undefined) this.taken.push({ text: input, line: this.lineOf(call.line + 1), reading });
  }

  /** Text that a program reads and runs. */
  private take(
    call: Call,
    words: readonly string[],
    program: string,
    flowing: Flowing | undefined,
    alone: boolean,
  ): void {
    const reading = readerOf(words, program);
    if (reading === undefined) return;
    if (flowing?.here === true && kindOfInterpreter(words[0] ?? "") !== undefined) {
      this.interpreted.add(flowing.line - 1);
      return;
    }
    const near = alone && isOpen(words) ? this.recent.filter(({ line }) => line > call.line - 20) : [];
    for (const { text, line } of flowing ? [flowing] : near.slice(-20))
      this.taken.push({ text, line: this.lineOf(line), reading });
  }

  /** Files that a call copies or may run. */
  private moves(call: Call, words: readonly string[], program: string, later: readonly Call[]): void {
    if (/^(?:cp|mv|ln|install)$/.test(program)) this.copied(words);
    else if (program === "chmod" && words.some((word) => /^[ugoa]*[+=][rwst]*x|^0?[0-7]*[1357][0-7]*$/.test(word)))
      this.executables.push(...words.slice(2));
    else if (program === "systemctl") this.mention(startedBy(words));
    else if (HANDLES.has(program)) this.handled(call, words, later);
    else {
      this.mention(words);
      if (call.inputFile !== undefined) this.mention([call.inputFile]);
      if (program === "crontab")
        for (const from of words.slice(1)) this.copies.push({ from, to: "/var/spool/cron/root" });
    }
  }

  /** A program that only passes on what it reads: to one that runs it, or to another file. */
  private handled(call: Call, words: readonly string[], later: readonly Call[]): void {
    const outputs = later.length === 0 ? call.files : [call, ...later].flatMap(({ files }) => files);
    if (later.length === 0 && outputs.length === 0) return;
    const named = call.inputFile === undefined ? words.slice(1) : [...words.slice(1), call.inputFile];
    const runs = later.some((each) => {
      const inner = withoutWrappers(each.words);
      return readerOf(inner, programOf(inner)) !== undefined;
    });
    if (runs) this.mention(named);
    else for (const to of outputs.slice(0, 4)) for (const from of named.slice(0, 9)) this.copies.push({ from, to });
  }

  private copied(words: readonly string[]): void {
    const names = words.slice(1).filter((word) => !word.startsWith("-"));
    const to = plain(names.at(-1) ?? "");
    for (const from of names.slice(0, -1)) this.copies.push({ from: plain(from), to });
    const mode = words.findIndex((word) => /^-m$|^--mode$/.test(word));
    const given = (mode < 0 ? words.find((word) => /^(?:-m|--mode=)\d/.test(word)) : words[mode + 1]) ?? "";
    if (words[0]?.endsWith("install") === true && /[1357][0-7]*$/.test(given)) this.executables.push(...names);
  }

  mention(words: readonly string[]): void {
    for (const word of words) if (word.length > 1) this.mentions.push(word);
  }
}

/** Stands for the name of a unit that the text does not show. */
export const ANY_UNIT = "*.service";

const STARTS =
  /^(?:enable|reenable|preset|preset-all|start|restart|try-restart|reload|reload-or-restart|isolate|link)$/;

/** Units that a call of systemctl starts, or has started at the next boot. */
function startedBy(words: readonly string[]): readonly string[] {
  const [verb = "", ...units] = words.slice(1).filter((word) => !word.startsWith("-"));
  if (!STARTS.test(verb)) return verb.includes("$") ? [ANY_UNIT] : [];
  return units.some((unit) => unit.includes("$")) || verb === "preset-all" ? [ANY_UNIT, ...units] : units;
}

/** What a call hands on: what it prints, or a here document that it only passes. */
function textOf(call: Call, words: readonly string[], program: string): string | undefined {
  const text = printed(words);
  if (text !== undefined) return plain(text);
  return call.input !== undefined && /^(?:cat|tee|sed|envsubst)$/.test(program) ? call.input : undefined;
}

/** How a program reads its input, if it runs that. */
function readerOf(words: readonly string[], program: string): Taken["reading"] | undefined {
  const kind = kindOfInterpreter(program);
  if (kind !== undefined) return isCode(kind) && readsInput(words) ? kind : undefined;
  const inner = words.slice(1, 30).findLast((word) => kindOfInterpreter(word) === "shell");
  const found = TAKERS.find(([name]) => name.test(program))?.[1];
  if (found === "shell" && !/^(?:at|batch|su|runuser)$/.test(program) && inner === undefined) return undefined;
  return found;
}

function isCode(kind: Kind): kind is "shell" | "python" | "perl" | "ruby" | "javascript" | "powershell" {
  return /^(?:shell|python|perl|ruby|javascript|powershell)$/.test(kind);
}

/** Whether an interpreter reads its program from its input: none is named. */
function readsInput(words: readonly string[]): boolean {
  const args = words.slice(1);
  const code =
    kindOfInterpreter(words[0] ?? "") === "shell" ? /^-\w{0,9}c$/ : /^-\w{0,9}[ceprE]$|^--?(?:command|file|eval)/i;
  if (args.some((word) => code.test(word))) return false;
  const first = args.find((word) => !word.startsWith("-") || word === "-");
  return first === undefined || first === "-" || first === "/dev/stdin" || args.includes("-s");
}

/** Whether a program reads its input: no file or code is named. */
function isOpen(words: readonly string[]): boolean {
  return words.slice(1).every((word) => /^-[a-z]?$|^now$|^\+$|^\d{1,4}$|^minutes?$|^--$/.test(word));
}
