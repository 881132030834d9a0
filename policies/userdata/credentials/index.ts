/** Credentials in user data: where they stand and what they are, never what they say. */
import { groupOf } from "./groups";
import { perObject } from "../../memo";
import type { Decoded, Part } from "../parts";
import { lineAt, type Spot } from "../spot";
import { plain } from "../steps";
import { isRecord, listOf, parseYaml, withAliases } from "../yaml";
import { inLine, inShell, type Sink } from "./commands";
import { authsIn, encodedIn } from "./encoded";
import { filesNamedIn, grammarOf, isForPeople, isKeyFile, layoutsOf } from "./files";
import { addresses, formatsIn } from "./formats";
import type { Kind } from "./names";
import { isLikely, phrasesIn } from "./phrases";
import { randomIn } from "./random";
import { settingsIn, type Hit } from "./settings";
import { isLiteral } from "./values";

export type { Kind } from "./names";

/** A credential in user data. */
export interface Credential extends Spot {
  readonly kind: Kind;
}

/** Each credential once, in the order of the text. */
export const credentialsIn = perObject(({ parts, binaries }: Decoded): readonly Credential[] => {
  const found = new Found();
  const named = new Set(parts.flatMap((part) => (isHereDocument(part) ? [] : filesNamedIn(part.text))));
  const texts: ReadonlySet<string> = new Set(parts.map(({ text }) => text.trim()));
  for (const [index, part] of parts.entries())
    inPart({ ...part, text: ownText(parts, index) }, { named, texts }, found);
  for (const { path, file } of binaries)
    if (file && isKeyFile(file.path, named)) found.add(`${path}/binary`, "key", path, 1);
  return found.all;
});

/**
 * Lines of a document in YAML that are parts of their own, such as scripts and files, are judged there, by what they
 * are; in the document they would be taken for its settings.
 */
function ownText(parts: readonly Part[], index: number): string {
  const { text = "", kind, path = "" } = parts[index] ?? {};
  if (kind !== "cloud-config" && kind !== "yaml") return text;
  const whole = withAliases(text);
  const others = new Set<string>();
  for (let at = index + 1; parts[at]?.path.startsWith(`${path} → `) === true; at++)
    for (const line of parts[at]?.text.split("\n") ?? []) others.add(line.trim());
  if (others.size === 0) return whole;
  return whole
    .split("\n")
    .map((line) => (line.trim().length > 3 && others.has(line.trim()) ? "" : line))
    .join("\n");
}

/** What is known of all parts: files that settings name as secrets, and the texts that have been decoded. */
interface Known {
  readonly named: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
}

/** Findings on one line, which say enough. */
const PER_LINE = 20;

/** Findings, each value once. */
class Found {
  readonly all: Credential[] = [];
  private readonly values = new Set<string>();
  private readonly lines = new Map<string, string[]>();

  add(value: string, kind: Kind, path: string, line: number): void {
    const text = plain(value).trim();
    const at = `${path}:${String(line)}`;
    const here = this.lines.get(at) ?? [];
    // A connection string and the password in it are one secret.
    if (
      here.length >= PER_LINE ||
      this.values.has(text) ||
      here.some((each) => each.includes(text) || text.includes(each))
    )
      return;
    this.values.add(text);
    here.push(text);
    this.lines.set(at, here);
    this.all.push({ path, line, kind });
  }
}

function inPart(part: Part, { named, texts }: Known, found: Found): void {
  const { text, kind, path } = part;
  const add = ({ value, kind: what, offset }: Hit): void => {
    found.add(value, what, path, lineAt(text, offset));
  };
  const here = isHereDocument(part);
  if (!here) for (const hit of [...formatsIn(text), ...encodedIn(text, texts)]) add(hit);
  for (const hit of phrasesIn(text)) add(hit);
  if (kind === "powershell" || kind === "batch") for (const hit of formatsOfVariables(part)) add(hit);
  if (kind === "shell") inScript(text, sinkOf(path, ASKPASS.test(part.file?.path ?? ""), named, found));
  if (kind !== "shell" || isConfiguration(part)) {
    inSettings(part, named, add);
    inLines(part, sinkOf(path, false, named, found));
  }
  if (!here) for (const hit of randomIn(text)) add(hit);
}

/** What an appliance reads: user data that no first line tells, and that has nothing of a script. */
function isConfiguration({ text, path }: Part): boolean {
  if (text.trimStart().startsWith("#!") || !/^\w+(?: → (?:gzip|base64))*$/.test(path)) return false;
  return !/\$\(|&&|\|\||<<|^\s*(?:if|for|while|case|function|export|echo|printf|sudo|cat|mkdir|cp|yum|dnf|apt|apt-get|systemctl|service|curl|wget|aws)\s/m.test(
    text,
  );
}

/** The script that holds it is scanned as a whole. */
function isHereDocument({ path }: Part): boolean {
  return path.startsWith(" → here document", path.lastIndexOf(" → "));
}

/** Literals of variables where Windows scripts use them: the name alone may promise nothing. */
function formatsOfVariables({ text, kind }: Part): Hit[] {
  const assigned =
    kind === "batch"
      ? /^[ \t]*@?set[ \t]+"?(\w{1,40})=([^"\n]{4,200})"?[ \t]*$/gim
      : /\$(\w{1,40})\s{0,5}=\s{0,5}(?:"([^"$\n]{4,200})"|'([^'\n]{4,200})')\s{0,5}[;\n]/g;
  return [...text.matchAll(assigned)].slice(0, 50).flatMap(({ 1: name = "", 2: double, 3: single, index }) => {
    const value = double ?? single ?? "";
    const variable = kind === "batch" ? `%${name}%` : `\\$${name}\\b`;
    const used = new RegExp(
      `net(?:\\.exe)?\\s+user\\s+\\S+\\s+["']?${variable}|-(?:Admin)?Pass(?:word|phrase)?\\s+["(]?${variable}|SecureString\\s+(?:-\\w+\\s+)*["']?${variable}|${variable}["']?\\s*\\|\\s*ConvertTo-SecureString|/pass(?:word)?:["']?${variable}|(?:Password|Pwd)\\s*=\\s*(?:N?["'])?${variable}|IDENTIFIED\\s+BY\\s+["']?${variable}|SetPassword\\(${variable}`,
      "i",
    ).test(text);
    return used && isLiteral(value, { kind: "password", sure: true }, "quoted")
      ? [{ value, kind: "password" as const, offset: index }]
      : [];
  });
}

/** Commands in texts that are no shell scripts: lines of Windows, of units, of tables of cron. */
function inLines({ text, kind }: Part, sink: Sink): void {
  if (kind === "batch" || kind === "powershell") {
    for (const [index, line] of text.split("\n").entries()) if (line.length < 4000) inLine(line, index + 1, sink);
    return;
  }
  for (const { 0: line, index } of text.matchAll(/^[^\n#]{0,400}[ \t"']-{1,2}\w[^\n]{1,1500}$/gm))
    inLine(line, lineAt(text, index), sink);
  if (!/Exec|command|RUN|^[\d*@]/m.test(text)) return;
  for (const { 1: script = "", index } of text.matchAll(COMMAND_LINE)) inShell(script, sink, 1, lineAt(text, index));
}

const COMMAND_LINE =
  /^[ \t]*(?:Exec\w{1,20}=[-@+!:]{0,3}|command[ \t]*[=:][ \t]*|RUN[ \t]+|(?:[\d*,/-]{1,20}[ \t]+){5}(?:root|[a-z][\w-]{0,30}[ \t]+(?=\/))?|@(?:reboot|daily|hourly|weekly)[ \t]+(?:root)?)[ \t]*([^\n]{5,2000})$/gm;

/** Units and tables of cron, where a printed line is a command. */
const TABLE_OF_COMMANDS = /\/cron|\.(?:service|conf|timer)$/;

const ASKPASS = /askpass|pass-?(?:command|script|helper)|pinentry/i;

function sinkOf(path: string, asks: boolean, named: ReadonlySet<string>, found: Found): Sink {
  return {
    credential: (value, kind, line) => {
      found.add(value, kind, path, line);
    },
    written: (written, file, line) => {
      // A script that answers the question for a password prints nothing else.
      if (file === undefined && asks && isLiteral(written, { kind: "password", sure: true }, "shell"))
        found.add(written, "password", path, line);
      for (const { value, kind } of inWritten(written, file, named)) found.add(value, kind, path, line);
      if (file === undefined) return;
      if (written.startsWith("#!") && ASKPASS.test(file))
        inShell(plain(written), sinkOf(path, true, named, found), 1, line);
      if (TABLE_OF_COMMANDS.test(file))
        for (const { 1: script = "" } of plain(written).matchAll(COMMAND_LINE))
          inShell(script, sinkOf(path, false, named, found), 1, line);
    },
  };
}

function inScript(text: string, sink: Sink): void {
  inShell(text, sink);
  for (const { script, line } of commentsIn(text)) {
    inShell(script, sink, 1, line);
    inLine(script, line, sink);
  }
}

/** What a script prints: into a file it is as good as a file of its own. */
function inWritten(text: string, file: string | undefined, named: ReadonlySet<string>): Hit[] {
  const hits = [
    ...settingsIn(text, grammarOf(file, "text")),
    ...inLayouts(text, file, named),
    ...addresses(text, "shell"),
    ...phrasesIn(text, "shell"),
    ...authsIn(text),
  ];
  return hits.filter(({ value, kind }) => isLiteral(value, { kind, sure: true }, "shell"));
}

function inLayouts(text: string, file: string | undefined, named: ReadonlySet<string>): Hit[] {
  if (file === undefined) return [];
  return layoutsOf(file, named).flatMap(({ pattern, kind, unsure }) =>
    [...text.matchAll(pattern)]
      .flatMap((match) => {
        const value = groupOf(match);
        const literal = !value.startsWith("-----") && isLiteral(value, { kind, sure: unsure !== true }, "quoted");
        return literal ? [{ value, kind, offset: match.index }] : [];
      })
      .slice(0, 20),
  );
}

function inSettings({ text, kind, file }: Part, named: ReadonlySet<string>, add: (hit: Hit) => void): void {
  const path = file?.path;
  const all = settingsIn(text, grammarOf(path, kind));
  const settings = kind === "cloud-config" ? all.filter(({ value }) => !MADE_AT_BOOT.test(value)) : all;
  for (const hit of isForPeople(path) ? settings.filter(isTold) : settings) add(hit);
  for (const hit of inLayouts(text, path, named)) add(hit);
  for (const hit of authsIn(text)) add(hit);
  if (kind === "cloud-config") for (const hit of accountsIn(text)) add(hit);
}

/** For these words cloud-init makes a password (cc_set_passwords). */
const MADE_AT_BOOT = /^(?:R|RANDOM)$/;

/** Texts for people say words behind "password:", and sometimes one. */
function isTold({ kind, value }: Hit): boolean {
  return kind === "password" && /\d{2}/.test(value) && isLikely(value);
}

/** `chpasswd.list` of a cloud-config has accounts as `chpasswd` takes them; a line of it may be commented out. */
function accountsIn(text: string): Hit[] {
  if (!text.includes("chpasswd")) return [];
  const comments = [...text.matchAll(/^#+[ \t]*(chpasswd:[^\n]{1,2000})$/gm)].slice(0, COMMENTS);
  return [...accountsOf(text), ...comments.flatMap(({ 1: line = "", index }) => accountsOf(line, index))];
}

function accountsOf(text: string, start = 0): Hit[] {
  const config = parseYaml(text);
  const section = isRecord(config) ? config["chpasswd"] : undefined;
  const list = isRecord(section) ? section["list"] : undefined;
  const lines = typeof list === "string" ? list.split("\n") : listOf(list).filter((each) => typeof each === "string");
  return lines.flatMap((line) => {
    const value = /^[^:]+:(.+)$/.exec(line.trim())?.[1] ?? "";
    const literal = !MADE_AT_BOOT.test(value) && isLiteral(value, { kind: "password", sure: true }, "quoted");
    return literal ? [{ value, kind: "password" as const, offset: start + Math.max(0, text.indexOf(value)) }] : [];
  });
}

/** Comments of one text that are read as commands. */
const COMMENTS = 100;

/** Lines that are commented out but hold a command. */
function commentsIn(text: string): { script: string; line: number }[] {
  if (!text.includes("#")) return [];
  const scripts: { script: string; line: number }[] = [];
  const seen = new Set<string>();
  for (const { 1: script = "", index } of text.matchAll(/(?:^|[ \t])#+[ \t]*([^\n!#][^\n]{5,2000})$/gm)) {
    if (
      /pass|pwd|secret|token|key|cred|auth| -p|:\/\/[^\s]*@|-[uaPw] |chpasswd/i.test(script) &&
      looksLikeCode(script) &&
      !seen.has(script) &&
      seen.size < COMMENTS
    ) {
      seen.add(script);
      scripts.push({ script, line: lineAt(text, index) });
    }
  }
  return scripts;
}

/** Words of a sentence do not stand beside options, assignments and quotes. */
function looksLikeCode(script: string): boolean {
  return /^(?:export\s+)?[A-Za-z_]\w*=|\s-{1,2}\w|\||:\/\/|^\w[\w-]*:\s?\S+$|["']/.test(script);
}
