/** Which texts of user data run: scripts, and what is written to files that are executed, sourced or scheduled. */
import { kindOfFile } from "../kinds";
import type { Decoded, File, Kind, Part } from "../parts";
import { readShell } from "../shell";
import { baseName, pathOf } from "../sources/paths";
import { commandsIn, type Language as PlaceLanguage } from "../sources/places";
import { aliveIn } from "../alive";
import { plain, type Step } from "../steps";
import { filesOf, writes } from "./code-files";
import { ANY_UNIT, effectsOf, type Effects } from "./effects";
import { DOCUMENT, FOLDERS, isCode, isExecutable, isScript, isUnit, readingOf, runsAt, type Reading } from "./files";
import { statementsOf } from "./statements";

/** A text that runs. */
export interface Running {
  readonly text: string;
  readonly path: string;
  readonly reading: Reading;
  /** It stands in a file, which others may source. */
  readonly isFile: boolean;
  /** The line of its part that a line of it stands in. */
  readonly lineOf: (line: number) => number;
}

interface Candidate {
  readonly text: string;
  readonly path: string;
  readonly kind: Kind;
  readonly file: File | undefined;
  readonly lineOf: (line: number) => number;
  /** Where the file is copied to. */
  place: string;
  runs: boolean;
}

const same = (line: number): number => line;

/** Everything that runs, and every text for what they share. */
export class Texts {
  readonly running: Running[] = [];
  private readonly candidates: Candidate[] = [];
  private readonly waiting = new Map<string, Candidate[]>();
  private readonly parts = new Map<string, Candidate[]>();
  private readonly mentioned = new Set<string>();
  private readonly copies = new Map<string, string[]>();
  private readonly queue: Candidate[] = [];
  private readonly folderKinds: RegExp[] = [];
  /** Words that may name files. */
  private readonly unread: string[] = [];

  /**
   * @param surely - Whether only those run that something starts, for what protects a machine: not a file that could be
   * run because it is executable, nor a unit that nothing enables, nor a branch that is never taken.
   */
  constructor(
    { parts }: Decoded,
    private readonly surely = false,
  ) {
    for (const part of parts) {
      const { text, path, file } = part;
      const kind = this.kindOf(part);
      const candidate = { text, kind, path, file, lineOf: same, place: file ? pathOf(file.path) : "", runs: false };
      push(this.parts, path, candidate);
      this.add(candidate);
    }
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      this.follow(next);
      // Without files there is nothing that words could name.
      if (this.waiting.size > 0) this.readWords();
    }
  }

  /** What a script decodes without a file to write it to runs like the script itself. */
  private kindOf({ kind, path, file }: Part): Kind {
    const around = kind === "text" && !file ? /^(.*) → base64 in line \d+$/.exec(path)?.[1] : undefined;
    return (around === undefined ? undefined : this.parts.get(around)?.[0]?.kind) ?? kind;
  }

  /** All texts, whether they run or not. */
  get all(): readonly string[] {
    return this.candidates.map(({ text }) => text);
  }

  /** Every file that user data writes, with its text; one that is added to stands there several times. */
  get files(): readonly { readonly place: string; readonly text: string }[] {
    return this.candidates.filter(({ place }) => place !== "");
  }

  /** The text of a file that user data writes. */
  written(path: string): string | undefined {
    const name = baseName(path);
    return this.candidates.find(({ place }) => place !== "" && baseName(place) === name)?.text;
  }

  private add(candidate: Candidate): void {
    if (this.candidates.length >= 2000) return;
    this.candidates.push(candidate);
    const { file, kind, place } = candidate;
    if (!file) {
      // What an interpreter reads from a here document runs where that command does.
      if (isScript(kind) && !(this.surely && HERE.test(candidate.path))) this.run(candidate);
      return;
    }
    const names = this.namesOf(baseName(place));
    if (!DOCUMENT.test(place)) for (const name of names) push(this.waiting, name, candidate);
    const taken = this.folderKinds.some((kind) => kind.test(place));
    const runs = file.isEnabled === true || this.runsBy(place) || (!this.surely && isExecutable(file.mode));
    if (taken || runs || names.some((name) => this.mentioned.has(name))) this.run(candidate);
  }

  /** Whether the place of a file makes it run. */
  private runsBy(place: string): boolean {
    return runsAt(place) && !(this.surely && isUnit(place) && !this.mentioned.has(ANY_UNIT));
  }

  /** By what words name a file: a unit also without its kind, since a timer starts the service of its name. */
  private namesOf(name: string): readonly string[] {
    const [, stem, instance] = (this.surely ? UNIT_NAME.exec(name) : undefined) ?? [];
    return stem === undefined ? [name] : [name, instance === undefined ? stem : `${stem}@`];
  }

  private run(candidate: Candidate): void {
    if (candidate.runs) return;
    candidate.runs = true;
    this.queue.push(candidate);
  }

  /** A running text: what it writes, copies and runs. */
  private follow(candidate: Candidate): void {
    const { text, path, lineOf } = candidate;
    const reading = readingOf(candidate);
    const isFile = candidate.place !== "";
    this.running.push({ text, path, reading, isFile, lineOf });
    const ran = this.surely ? (steps: readonly Step[]) => aliveIn(steps, isFile) : asWritten;
    for (const effects of effectsIn(text, reading, lineOf, ran)) {
      for (const { from, to } of effects.copies) this.copy(from, to);
      for (const each of effects.written) this.addWritten(each, path);
      for (const { text: taken, line, reading: how } of effects.taken)
        this.running.push({ text: taken, path, reading: how, isFile: false, lineOf: (at) => line + at - 1 });
      for (const line of effects.interpreted) this.runInput(path, line);
      for (const word of effects.mentions) this.unread.push(word);
      if (!this.surely) for (const word of effects.executables) this.unread.push(word);
    }
  }

  private addWritten({ text, file, lines }: Effects["written"][number], path: string): void {
    const lineOf = (line: number): number => lines[line - 1] ?? lines[0] ?? 1;
    const kind = kindOfFile(file) ?? "text";
    this.add({ text, path, kind, file: { path: file }, lineOf, place: pathOf(file), runs: false });
  }

  /** Decoding has made a part of what an interpreter reads, for the file that its output goes to. */
  private runInput(path: string, line: number): void {
    for (const kind of ["here document", "base64"])
      for (const part of this.parts.get(`${path} → ${kind} in line ${String(line)}`) ?? [])
        this.run({ ...part, place: "" });
  }

  private readWords(): void {
    for (const word of this.unread.splice(0)) {
      this.mention(baseName(word));
      if (!SEPARATED.test(word)) continue;
      // `gunicorn app:server`
      const module = /^(?:[\w]{1,60}\.){0,9}(\w{1,60}):\w{1,60}(?:\(\))?$/.exec(word)?.[1];
      if (module !== undefined) this.mention(`${module}.py`);
      for (const each of plain(word).slice(0, 4000).split(SEPARATORS))
        if (each.length > 1) this.mention(baseName(each));
    }
  }

  /** Programs that take what lies in a folder by its name or kind. */
  private folder(program: string): void {
    const takes = FOLDERS.find(([name]) => name.test(program))?.[1];
    if (!takes) return;
    for (const candidate of this.candidates)
      if (candidate.place !== "" && takes.test(candidate.place)) this.run(candidate);
    this.folderKinds.push(takes);
  }

  /** A name that something runs, with the files that it is a copy of. */
  private mention(first: string): void {
    const names = [first];
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      if (this.mentioned.has(name) || this.mentioned.size > 50_000) continue;
      this.mentioned.add(name);
      this.folder(name);
      if (name === ANY_UNIT) for (const candidate of this.candidates) if (isUnit(candidate.place)) this.run(candidate);
      for (const candidate of this.waiting.get(name) ?? []) this.run(candidate);
      for (const other of this.namesOf(name)) if (other !== name) names.push(other);
      names.push(...(this.copies.get(name) ?? []));
    }
  }

  /** A file goes to another name, or into a folder. */
  private copy(from: string, to: string): void {
    const [source, target] = [baseName(from), baseName(to)];
    if (source === "" || source.startsWith("-")) return;
    const place = [to, `${to}/${source}`].map((each) => pathOf(each)).find(runsAt);
    if (place !== undefined) {
      for (const candidate of this.waiting.get(source) ?? []) {
        candidate.place = place;
        if (this.runsBy(place)) this.run(candidate);
      }
    }
    push(this.copies, target, source);
    if (this.mentioned.has(target)) this.mention(source);
  }
}

const HERE = / → here document in line \d+$/;

/** `web.service`, `backup@.timer`, `backup@daily.timer` */
const UNIT_NAME = /^([^@]{1,200}?)(@[^@]{0,200})?\.(?:service|timer|path|socket|mount)$/;

/** What stands between names of files in words. */
const SEPARATORS = /[\s"'`=:;,()<>|&[\]{}]{1,100}/;
const SEPARATED = /[\s"'`=:;,()<>|&[\]{}\uE024]/;

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (!known) map.set(key, [value]);
  else if (known.length < 100) known.push(value);
}

type Ran = (steps: readonly Step[]) => readonly Step[];
const asWritten: Ran = (steps) => steps;

/** What a text does to files, whatever its language. */
function effectsIn(text: string, reading: Reading, lineOf: (line: number) => number, ran: Ran): readonly Effects[] {
  if (reading === "shell") return [effectsOf(ran(readShell(text) ?? []), lineOf)];
  const commands = reading === "include" ? [] : commandsIn(text, reading as PlaceLanguage);
  const effects = commands.map(({ script, line }) => effectsOf(readShell(script) ?? [], (at) => lineOf(line + at - 1)));
  if (!isCode(reading)) return [...effects, { ...NOTHING, mentions: wordsOf(text) }];
  const written = filesOf(text, reading).map((each) => ({ ...each, lines: each.lines.map(lineOf) }));
  const running = statementsOf(text, reading).filter((statement) => !writes(statement));
  return [{ ...NOTHING, written, mentions: wordsOf(running.map((statement) => statement.text).join("\n")) }];
}

const NOTHING: Effects = { copies: [], written: [], taken: [], interpreted: [], mentions: [], executables: [] };

/** Words of code that may be names of files. Comments are not told apart: they rarely name a script that nothing runs. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(SEPARATORS).slice(0, 20_000);
  return [...new Set(words)].filter((word) => word.length > 2);
}
