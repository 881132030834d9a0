/** Which texts of user data run: scripts, and what is written to files that are executed, sourced or scheduled. */
import { kindOfFile } from "../kinds";
import type { Decoded, File, Kind } from "../parts";
import { readShell } from "../shell";
import { baseName, pathOf } from "../sources/paths";
import { commandsIn, placeOf, type Language as PlaceLanguage } from "../sources/places";
import type { Language as Code } from "./statements";
import { filesOf } from "./code-files";
import { effectsOf, type Effects } from "./effects";

/** How the commands of a text are found: `lines` is a file of any other kind that something reads. */
export type Reading = Exclude<PlaceLanguage, "none"> | Code | "lines" | "include";

/** A text that runs. */
export interface Running {
  readonly text: string;
  readonly path: string;
  readonly reading: Reading;
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

const CODE: Readonly<Partial<Record<Kind, Reading>>> = {
  shell: "shell",
  powershell: "powershell",
  batch: "batch",
  python: "python",
  perl: "perl",
  ruby: "ruby",
  javascript: "javascript",
  include: "include",
};

/** Files for people to read. */
const DOCUMENT =
  /\.(?:md|txt|html?|rst|log|adoc|pdf|man|csv|example|sample|template|dist|bak)$|\/(?:motd|issue|issue\.net|README|NOTES|COPYING|CHANGELOG)$|\/usr\/(?:local\/)?share\/(?:doc|man|info)\//i;
/** What something runs beyond the places of the system: web applications, hooks, configuration with commands. */
const ALSO_RUN =
  /^\/(?:var\/www|usr\/share\/nginx|srv|opt\/bitnami|var\/lib\/tomcat\w*)\/.*\.(?:php\d?|phtml|cgi|pl|jsp)$|\/inetpub\/.*\.(?:aspx?|php)$|\/htdocs\/.*\.php$|^\/etc\/udev\/rules\.d\/|^\/etc\/cloud\/cloud\.cfg(?:\.d\/|$)|^\/etc\/monit|^\/opt\/elasticbeanstalk\/(?:hooks|tasks)\/|\/\.platform\/hooks\/|^\/etc\/nagios\/|^\/etc\/nrpe/i;

/** What is read line by line when something takes it. */
const SETTINGS = /\.(?:conf|cfg|ini|ya?ml|json|toml|tf|hcl|xml|properties|rules|nomad|service|timer)$|(?:^|\/)(?:Dockerfile|Makefile|Vagrantfile)\b/i;

const OTHER_CODE: readonly (readonly [RegExp, Code])[] = [
  [/^#!\S*?(?:\/env\s{1,9}(?:-S\s{1,9})?)?(?:\S*\/)?php|^\s{0,99}<\?(?:php|=)/, "php"],
  [/^#!\S*?(?:\/env\s{1,9}(?:-S\s{1,9})?)?(?:\S*\/)?lua/, "lua"],
  [/^#!\S*?(?:\/env\s{1,9}(?:-S\s{1,9})?)?(?:\S*\/)?(?:tclsh|expect|Rscript|julia|groovy|g?awk|osascript|elixir|go)\b/, "other"],
];
const EXTENSIONS: Readonly<Record<string, Code>> = {
  php: "php",
  phtml: "php",
  go: "go",
  lua: "lua",
  mjs: "javascript",
  cjs: "javascript",
  ts: "javascript",
  java: "other",
  groovy: "other",
  cs: "other",
  vbs: "other",
  r: "other",
  tcl: "other",
  jsp: "other",
  aspx: "other",
};

/** Files that programs take from a folder. */
const FOLDERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:terraform|tofu|terragrunt)$/, /\.tf(?:\.json)?$/],
  [/^(?:docker|podman|buildah|nerdctl|kaniko)$/, /(?:^|\/)(?:Dockerfile|Containerfile)[^/]{0,40}$|(?:^|\/)(?:docker-)?compose[^/]{0,30}\.ya?ml$/i],
  [/^docker-compose$/, /(?:^|\/)(?:docker-)?compose[^/]{0,30}\.ya?ml$/],
  [/^make$/, /(?:^|\/)(?:GNU)?[Mm]akefile$/],
  [/^go$/, /\.go$|(?:^|\/)go\.mod$/],
  [/^(?:npm|yarn|pnpm|bun|npx)$/, /(?:^|\/)package\.json$/],
  [/^(?:kubectl|kustomize|k3s|oc)$/, /(?:^|\/)kustomization\.ya?ml$/],
  [/^packer$/, /\.pkr\.hcl$/],
  [/^(?:mvn|mvnw)$/, /(?:^|\/)pom\.xml$/],
  [/^(?:gradle|gradlew)$/, /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/],
  [/^(?:bundle|bundler)$/, /(?:^|\/)(?:Gemfile|gems\.rb)$/],
  [/^composer(?:\.phar)?$/, /(?:^|\/)composer\.json$/],
  [/^(?:pipenv|poetry|pdm|uv)$/, /(?:^|\/)(?:Pipfile|pyproject\.toml)$/],
  [/^(?:pip|pip3|python|python3)$/, /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml)$/],
  [/^(?:conda|mamba)$/, /(?:^|\/)environment\.ya?ml$/],
  [/^(?:dotnet|nuget)$/, /\.[cf]sproj$|(?:^|\/)packages\.config$|(?:^|\/)Directory\.Packages\.props$/],
];

/** Everything that runs, and every text for what they share. */
export class Texts {
  readonly running: Running[] = [];
  /** What shell scripts do beyond files: needed again by those who look for calls. */
  private readonly candidates: Candidate[] = [];
  private readonly waiting = new Map<string, Candidate[]>();
  private readonly parts = new Map<string, Candidate[]>();
  private readonly mentioned = new Set<string>();
  private readonly copies = new Map<string, string[]>();
  private readonly queue: Candidate[] = [];
  private readonly folders = new Set<string>();
  private readonly folderKinds: RegExp[] = [];

  constructor({ parts }: Decoded) {
    for (const { text, kind, path, file } of parts) {
      const candidate = { text, kind, path, file, lineOf: same, place: file ? pathOf(file.path) : "", runs: false };
      push(this.parts, path, candidate);
      this.add(candidate);
    }
    for (let next = this.queue.shift(); next; next = this.queue.shift()) this.follow(next);
  }

  /** All texts, whether they run or not. */
  get all(): readonly string[] {
    return this.candidates.map(({ text }) => text);
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
      if (CODE[kind] !== undefined) this.run(candidate);
      return;
    }
    const name = baseName(place);
    push(this.waiting, name, candidate);
    const taken = this.folderKinds.some((kind) => kind.test(place));
    if (taken || isExecutable(file.mode) || runsAt(place) || this.mentioned.has(name)) this.run(candidate);
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
    this.running.push({ text, path, reading, lineOf });
    for (const effects of effectsIn(text, reading, lineOf)) {
      for (const { from, to } of effects.copies) this.copy(from, to);
      for (const { text: written, file, lines, reading: how } of effects.written) {
        const kind = how ?? kindOfFile(file ?? "") ?? "text";
        const more = { text: written, path, kind, file: file === undefined ? undefined : { path: file } };
        this.add({ ...more, lineOf: (line) => lines[line - 1] ?? lines[0] ?? 1, place: pathOf(file ?? ""), runs: false });
      }
      for (const { text: taken, line, reading: how } of effects.taken)
        this.running.push({ text: taken, path, reading: how, lineOf: (at) => line + at - 1 });
      for (const line of effects.interpreted)
        for (const kind of ["here document", "base64"])
          for (const part of this.parts.get(`${path} → ${kind} in line ${String(line)}`) ?? []) this.run({ ...part, place: "" });
      for (const name of effects.mentions) this.mention(name);
    }
  }

  /** Programs that take what lies in a folder by its name or kind. */
  private folder(program: string): void {
    const takes = FOLDERS.find(([name]) => name.test(program))?.[1];
    if (!takes || this.folders.has(program)) return;
    this.folders.add(program);
    for (const candidate of this.candidates) if (candidate.place !== "" && takes.test(candidate.place)) this.run(candidate);
    this.folderKinds.push(takes);
  }

  private mention(name: string): void {
    this.folder(name);
    if (this.mentioned.has(name) || this.mentioned.size > 50_000) return;
    this.mentioned.add(name);
    for (const candidate of this.waiting.get(name) ?? []) if (!DOCUMENT.test(candidate.place)) this.run(candidate);
    for (const from of this.copies.get(name) ?? []) this.mention(from);
  }

  /** A file goes to another name, or into a folder. */
  private copy(from: string, to: string): void {
    const [source, target] = [baseName(from), baseName(to)];
    const place = [to, `${to}/${source}`].map((each) => pathOf(each)).find(runsAt);
    if (place !== undefined) {
      for (const candidate of this.waiting.get(source) ?? []) {
        candidate.place = place;
        this.run(candidate);
      }
    }
    push(this.copies, target, source);
    if (this.mentioned.has(target)) this.mention(source);
  }
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (!known) map.set(key, [value]);
  else if (known.length < 100) known.push(value);
}

function isExecutable(mode: string | undefined): boolean {
  return mode !== undefined && /^0?o?[0-7]{3,5}$/.test(mode) && (parseInt(mode.replace("o", ""), 8) & 0o111) !== 0;
}

/** Whether something runs what stands at a path; a program has to be called. */
function runsAt(path: string): boolean {
  const place = placeOf(path);
  return (place !== undefined && place.use !== "is put among programs") || ALSO_RUN.test(path);
}

function readingOf({ text, kind, place }: Candidate): Reading {
  const other = OTHER_CODE.find(([start]) => start.test(text.slice(0, 200)))?.[1];
  if (other !== undefined) return other;
  const language = place === "" ? undefined : placeOf(place)?.language;
  const known = CODE[kind];
  if (language !== undefined && language !== "none" && (language !== "shell" || known === undefined)) return language;
  if (known !== undefined && (known !== "include" || place === "")) return known;
  const extension = /\.(\w{1,8})$/.exec(place)?.[1]?.toLowerCase() ?? "";
  if (Object.hasOwn(EXTENSIONS, extension)) return EXTENSIONS[extension] ?? "lines";
  if (/\.(?:service|timer)$/.test(place)) return "unit";
  return kind !== "text" || SETTINGS.test(place) || ALSO_RUN.test(place) || language === "none" ? "lines" : "shell";
}

/** What a text does to files, whatever its language. */
function effectsIn(text: string, reading: Reading, lineOf: (line: number) => number): readonly Effects[] {
  if (reading === "shell") return [effectsOf(readShell(text) ?? [], lineOf)];
  const commands = reading === "include" ? [] : commandsIn(text, reading as PlaceLanguage);
  const effects = commands.map(({ script, line }) => effectsOf(readShell(script) ?? [], (at) => lineOf(line + at - 1)));
  const written = isCode(reading) ? filesOf(text, reading).map((each) => ({ ...each, lines: each.lines.map(lineOf) })) : [];
  return [...effects, { copies: [], written, taken: [], interpreted: [], mentions: wordsOf(text) }];
}

function isCode(reading: Reading): reading is Code {
  return /^(?:python|perl|ruby|javascript|php|go|lua|powershell|batch|other)$/.test(reading);
}

/** Words of code that may be names of files. Comments are not told apart: they rarely name a script that nothing runs. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(/[\s"'`=:;,()<>|&[\]{}]{1,100}/).slice(0, 20_000);
  return [...new Set(words.map(baseName))].filter((word) => word.length > 2);
}
