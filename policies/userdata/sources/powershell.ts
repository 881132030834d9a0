/** Statements of PowerShell that call programs: what is given to them by name. */
import { isAddress } from "./addresses";
import { NOTHING, joined, type Flow } from "./boot";
import { Command } from "./command";
import { commandLine } from "./lines";
import type { Read, ScriptRun, Value } from "./script";
import type { Token } from "./tokens";

/** Cmdlets that start a program, with the options that name it and its arguments. */
const STARTERS =
  /^(?:Start-Process|saps|start|New-ScheduledTaskAction|New-Service|Invoke-Item|ii|Start-Job|Register-ScheduledJob|Invoke-Command)$/i;
const PROGRAM = /^-(?:FilePath|Execute|BinaryPathName|Path|LiteralPath)$/i;
const ARGUMENTS = /^-(?:ArgumentList|Args|Argument)$/i;

/** Cmdlets that install or load what they are given. */
const LOADERS =
  /^(?:Import-Module|ipmo|Add-Type|Add-AppxPackage|Add-AppxProvisionedPackage|Install-Package|Add-WindowsPackage|Start-DscConfiguration|Register-ScheduledTask|Import-PfxCertificate|Install-Module|Install-Script|Update-Module|Save-Module|Mount-DiskImage)$/i;

/** What a statement runs; nothing where it is no call of a program. */
export function powershell(run: ScriptRun, read: Read, flow: Flow): Flow | undefined {
  const { statement, where } = read;
  const start = statement.tokens.findIndex(({ text }) => /^(?:&|\.)$/.test(text));
  const calls = start >= 0 && start < 4;
  const first = calls ? start + 1 : firstWord(statement.tokens);
  const name = statement.tokens[first]?.text ?? "";
  if (/^(?:Set-Location|cd|sl|Push-Location|pushd|chdir)$/i.test(name)) {
    const folder = read.values.find(({ at, text }) => at > first && !text.startsWith("-"));
    if (folder) run.folder = run.path(folder.text);
    return NOTHING;
  }
  galleries(run, read);
  if (STARTERS.test(name)) return startProcess(run, read, first, flow);
  if (LOADERS.test(name)) {
    for (const { text } of read.values)
      where.boot.use(run.tools.boot.below(run.path(text)).sources, "is loaded by PowerShell", where.scope);
    where.boot.use(flow.sources, "is loaded by PowerShell", where.scope);
    return flow;
  }
  if (/\\CurrentVersion\\Run/i.test(statement.tokens.map(({ text }) => text).join(" ")))
    for (const { text } of read.values) runLine(run, read, text, flow);
  return native(run, read, first, calls, flow);
}

/** Behind an assignment, or at the start. */
function firstWord(tokens: readonly Token[]): number {
  const at = tokens.slice(0, 4).findIndex(({ text }) => text === "=");
  return at < 0 ? 0 : at + 1;
}

/** Programs, by a path, a name that is known, or a variable behind `&`. */
function native(run: ScriptRun, read: Read, first: number, calls: boolean, flow: Flow): Flow | undefined {
  const token = read.statement.tokens[first];
  if (!token || (token.kind === "mark" && !calls)) return undefined;
  const words = wordsFrom(read, first);
  const name = words[0] ?? "";
  const isCmdlet = /^[A-Za-z]+-[A-Za-z]+$/.test(name) && !calls;
  const variable = token.text.startsWith("$") && !calls;
  if (
    isCmdlet ||
    variable ||
    (token.kind === "string" && !calls) ||
    /^(?:if|else|foreach|function|param|return|throw|try|catch|while|switch|iwr|irm|curl|wget|iex)$/i.test(name)
  )
    return undefined;
  if (/^\[/.test(name) || name === "") return undefined;
  return run.tools.evaluate(new Command(read.where, words, flow));
}

/** Values from a token on, as words of a command. */
function wordsFrom({ values }: Read, first: number): readonly string[] {
  return values.filter(({ at }) => at >= first).map(({ text }) => text);
}

function startProcess(run: ScriptRun, read: Read, first: number, flow: Flow): Flow {
  const { tokens } = read.statement;
  const optionOf = ({ at }: Value): string => {
    for (let before = at - 1; before > first; before--) {
      const text = tokens[before]?.text ?? "";
      if (/^-[A-Za-z]+$/.test(text)) return text;
      if (text !== "," && text !== "(" && text !== "@" && tokens[before]?.kind !== "string") break;
    }
    return "";
  };
  const given = read.values.filter(({ at, text }) => at > first && !/^-[A-Za-z]+$/.test(text));
  const program =
    given.find((value) => PROGRAM.test(optionOf(value))) ??
    given.find((value) => optionOf(value) === "" || /^-(?:Wait|NoNewWindow|PassThru)$/i.test(optionOf(value)));
  const args = given.filter(
    (value) => value !== program && (ARGUMENTS.test(optionOf(value)) || optionOf(value) === ""),
  );
  const words = [program?.text ?? "", ...args.flatMap(({ text }) => commandLine(text))];
  const named = commandLine(words[0] ?? "");
  // `-BinaryPathName "C:\svc\svc.exe --run"`
  const all = named.length > 1 && /\.exe\s/i.test(words[0] ?? "") ? [...named, ...words.slice(1)] : words;
  return joined([
    run.startWords(
      all.map((text, at) => ({ text, at, isString: true, flow: NOTHING })),
      read.where,
      flow,
    ),
  ]);
}

function runLine(run: ScriptRun, read: Read, text: string, flow: Flow): void {
  const words = commandLine(text);
  if (words.length > 0)
    run.startWords(
      words.map((word, at) => ({ text: word, at, isString: true, flow: NOTHING })),
      read.where,
      flow,
    );
}

/** Galleries of modules and packages, and what is installed from them. */
function galleries(run: ScriptRun, { code, values, where }: Read): void {
  const { boot } = run.tools;
  if (
    /\b(?:Register-PSRepository|Set-PSRepository|Register-PackageSource|Set-PackageSource|Register-PSResourceRepository)\b/i.test(
      code,
    )
  ) {
    const proxied = (index: number): boolean => /^-Proxy/i.test(values[index - 1]?.text ?? "");
    for (const [index, { text }] of values.entries())
      if (isAddress(text) && !proxied(index)) boot.index("gallery", boot.source(text, where.spot));
  }
  if (/\b(?:Install|Save|Update)-(?:Module|Script|Package|PSResource)\b/i.test(code)) {
    boot.use(boot.indexesOf("gallery"), "is installed by PowerShell", where.scope);
    boot.use(
      values.flatMap(({ text }) => (isAddress(text) ? (boot.source(text, where.spot) ?? []) : [])),
      "is installed by PowerShell",
      where.scope,
    );
  }
}
