/** What a machine runs at boot that came over an open channel, or by an address that AWS signed. */
import { perObject } from "../memo";
import type { Decoded, Kind, Part } from "./parts";
import type { Spot } from "./spot";
import { CODE, formatOfStart, kindOfFile } from "./kinds";
import type { Channel } from "./sources/addresses";
import { runBatch } from "./sources/batch";
import { Boot, NOTHING, type Flow, type Text } from "./sources/boot";
import { cloudConfig, ignition, include } from "./sources/cloud";
import type { Where } from "./sources/command";
import { evaluate } from "./sources/commands";
import { pathOf } from "./sources/paths";
import { BY_KUBERNETES, commandsIn, placeOf } from "./sources/places";
import { judgeRepositories } from "./sources/repositories";
import { runScript } from "./sources/script";
import { learn } from "./sources/setting-files";
import { runShell } from "./sources/shell";
import { isExecutable } from "./sources/move";
import { workload } from "./sources/workloads";

export interface UntrustedSource extends Spot {
  /** How it comes: over which open channel, or by a presigned URL. */
  readonly channel: Channel;
  /** What becomes of it: "is run by a shell", "is installed by rpm". */
  readonly use: string;
}

/** Addresses that are open, or may be; tools that are told not to check; texts that a script decodes by itself. */
const MARKS: readonly RegExp[] = [
  /\b(?:http|t?ftp|git|svn|rsync):\/\/(?!localhost\b|127\.|169\.254\.|\[(?:::1\]|fd00:ec2::))/i,
  /[}"']:\/\/|\$\w{1,60}:\/\//,
  /X-Amz-Signature|AWSAccessKeyId/i,
  /insecure|no-check|no-verify|ssl_?verify|strict-?ssl|trusted-host|trust-server|validate_cert|verif|certificate|unauthorized|CERT_NONE|check_hostname|SSL_NO|TLS_REJECT|\s-[A-Za-z]{0,20}k[A-Za-z]{0,20}\s/i,
  /\b[lt]?ftp\s|\batftp\s|\brsync\s[^\n]*::|ncftp|ftpget|b64decode|decode64|decode_base64|FromBase64/i,
];

/** Programs that take an address without a scheme for HTTP. */
const BARE = /\b(?:curl|wget|iwr|irm|http|xh|GET|lynx|w3m|e?links2?|Invoke-WebRequest|Invoke-RestMethod)\b/i;

/** Whether a text may fetch something over an open channel; most do not. */
function mayFetch(text: string): boolean {
  return (
    MARKS.some((mark) => mark.test(text)) ||
    (BARE.test(text) && text.split("\n").some((line) => !line.includes("://") && BARE.test(line)))
  );
}

/** Once a source, in the order of the text. */
export const untrustedSources = perObject(find);

function find({ parts }: Decoded): readonly UntrustedSource[] {
  if (!parts.some(({ text }) => mayFetch(text))) return [];
  const machine = new Machine(rendered(parts));
  machine.start();
  const order = new Map(parts.map(({ path }, index) => [path, index]));
  return machine.boot
    .all()
    .map(({ path, line, channel, use }) => ({ path, line, channel, use }))
    .sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.line - b.line);
}

const SET = /\{%-?\s{0,9}set\s{1,9}(\w{1,60})\s{0,9}=\s{0,9}["']([^"'\n]{0,500})["']/g;
const EXPRESSION = /\{\{-?\s{0,9}([^{}\n]{1,200}?)\s{0,9}-?\}\}/g;

/** Templates with the variables that they set; what only the instance fills in is one word. */
function rendered(parts: readonly Part[]): readonly Part[] {
  const templates = parts.filter(({ path, text }) => path.includes("→ jinja") && text.includes("{{"));
  if (templates.length === 0) return parts;
  const values = new Map(
    parts.flatMap(({ text }) => [...text.matchAll(SET)].map(([, name = "", value = ""]) => [name, value] as const)),
  );
  const fill = (text: string): string => text.replaceAll(EXPRESSION, (_, name: string) => values.get(name) ?? "$jinja");
  return parts.map((part) => (templates.includes(part) ? { ...part, text: fill(part.text) } : part));
}

/** Texts within texts. */
const DEPTH = 6;
/** Characters of texts that are run from within others. */
const ROOM = 1 << 22;
/** Texts that are run in all. */
const RUNS = 2000;

class Machine {
  readonly boot = new Boot();
  private depth = 0;
  private room = ROOM;
  private readonly ran = new Set<string>();
  /** Texts that are being run: one that runs itself says nothing new. */
  private readonly running = new Set<string>();
  private runs = 0;
  private readonly where: Where;

  constructor(private readonly parts: readonly Part[]) {
    const spot = { path: "", line: 0 };
    this.where = { boot: this.boot, run: this.run, evaluate, spot, scope: undefined, folder: "", checks: [] };
  }

  start(): void {
    for (const part of this.parts) this.prepare(part);
    for (const part of this.inOrder()) this.begin(part);
    this.later();
    judgeRepositories(this.boot);
  }

  /** Files, settings and what cloud-init does before scripts run. */
  private prepare(part: Part): void {
    const { text, kind, path, file } = part;
    if (file && !isWrittenByShell(path)) {
      const written: Text = { text, path, line: 1, kind };
      this.boot.write(file.path, [written]);
      learn(this.where, pathOf(file.path), written);
      if (isExecutable(file.mode ?? "")) this.boot.schedule(file.path);
    }
    if (kind === "include") include(this.boot, part);
    else if (kind === "cloud-config" || (kind === "yaml" && !file)) cloudConfig(this.where, part);
    else if (kind === "json" && !file && text.includes('"ignition"')) ignition(this.boot, part);
  }

  /** Commands of early stages run before the others. */
  private inOrder(): readonly Part[] {
    const isEarly = ({ path }: Part): boolean => /→ (?:bootcmd|boothook|early-commands)/.test(path);
    return [...this.parts.filter(isEarly), ...this.parts.filter((part) => !isEarly(part))];
  }

  /** Scripts that user data runs by itself; files and here documents wait until something runs them. */
  private begin({ text, kind, path, file }: Part): void {
    if (!file && SCRIPTS.has(kind) && !isHereDocument(path)) this.run({ text, path, line: 1 }, kind, NOTHING, "");
  }

  /** Texts that stand where something runs them, or that were made executable. */
  private later(): void {
    for (let round = 0; round < 3; round++)
      for (const [path, texts] of this.boot.later()) for (const text of texts) this.runPlaced(path, text);
  }

  private runPlaced(path: string, text: Text): void {
    const key = `${path}\n${text.path}\n${String(text.line)}`;
    if (this.ran.has(key)) return;
    this.ran.add(key);
    // Nothing that a clean text runs can be open before anything was fetched.
    if (!this.boot.hasFetched && !mayFetch(text.text)) return;
    const place = placeOf(path);
    if (place?.use === BY_KUBERNETES) workload(this.where, text);
    const language = place?.language ?? "none";
    const kind = kindOfText(path, text);
    if (language === "none" || language === "shell") {
      if (kind !== undefined) this.run(text, kind, NOTHING, "");
      return;
    }
    const folder = /^\s*WorkingDirectory\s*=\s*-?(\S+)/m.exec(text.text)?.[1] ?? "";
    for (const { script, line } of commandsIn(text.text, language))
      this.run({ path: text.path, line: text.line + line - 1, text: script }, "shell", NOTHING, folder);
  }

  private readonly run = (text: Text, kind: Kind | undefined, input: Flow, folder: string): Flow => {
    const known =
      kind === undefined || kind === "shell" ? (kindOfScript(text.text) ?? kind ?? text.kind ?? "shell") : kind;
    if (this.depth >= DEPTH || text.text.length > this.room || ++this.runs > RUNS) return NOTHING;
    if (this.running.has(text.text)) return NOTHING;
    this.running.add(text.text);
    this.room -= text.text.length;
    this.depth++;
    const tools = { boot: this.boot, run: this.run, evaluate };
    const flow =
      known === "batch"
        ? runBatch(tools, text, input, folder)
        : SCRIPTS.has(known) && known !== "shell"
          ? runScript(tools, text, known, input, folder)
          : runShell(tools, text, input, folder);
    this.depth--;
    this.running.delete(text.text);
    return flow;
  };
}

const SCRIPTS: ReadonlySet<Kind> = new Set<Kind>(["shell", ...CODE]);

/** Here documents are read together with the commands that take them. */
function isHereDocument(path: string): boolean {
  return /→ here document in line \d+$/.test(path);
}

function isWrittenByShell(path: string): boolean {
  return isHereDocument(path);
}

/** The language that the first line names. */
function kindOfScript(text: string): Kind | undefined {
  const format = /^\s*#!/.test(text) ? formatOfStart(text) : undefined;
  return format !== undefined && SCRIPTS.has(format as Kind) ? (format as Kind) : undefined;
}

/** What a file is that is run by its path. */
function kindOfText(path: string, { text, kind }: Text): Kind | undefined {
  const known = kindOfScript(text) ?? kindOfFile(path) ?? kind ?? "shell";
  return SCRIPTS.has(known) ? known : known === "text" ? "shell" : undefined;
}
