/** Statements of PowerShell that call programs: what is given to them by name. */
import { isAddress } from "./addresses";
import { NOTHING, type Flow } from "./boot";
import { Command } from "./command";
import { commandLine } from "./lines";
import type { Read, ScriptRun } from "./script";
import { shownOf } from "./syntax";
import type { Token } from "./tokens";
import { valueOf, type Value } from "./variables";

/** Cmdlets that start a program, with the options that name it and its arguments. */
const STARTERS =
  /^(?:Start-Process|saps|start|New-ScheduledTaskAction|New-Service|Invoke-Item|ii|Start-Job|Register-ScheduledJob|Invoke-Command)$/i;
const PROGRAM = /^-(?:FilePath|Execute|BinaryPathName|Path|LiteralPath)$/i;
const ARGUMENTS = /^(?:-(?:ArgumentList|Args|Argument|Wait|NoNewWindow|PassThru))?$/i;

/** Cmdlets that install or load what they are given. */
const LOADERS =
  /^(?:Import-Module|ipmo|Add-Type|Add-AppxPackage|Add-AppxProvisionedPackage|Install-Package|Install-PackageProvider|Add-WindowsPackage|Start-DscConfiguration|Register-ScheduledTask|Install-Module|Install-Script|Update-Module|Save-Module|Save-Script|Install-PSResource)$/i;

const MOVES = /^(?:Set-Location|cd|sl|Push-Location|pushd|chdir)$/i;
const REGISTERS =
  /^(?:Register-PSRepository|Set-PSRepository|Register-PackageSource|Set-PackageSource|Register-PSResourceRepository)$/i;

/** What a statement runs; nothing where it is no call of a program. */
export function powershell(run: ScriptRun, read: Read, flow: Flow): Flow | undefined {
  const { tokens } = read.statement;
  const mark = tokens.slice(0, 4).findIndex(({ text }) => text === "&" || text === ".");
  const first = mark >= 0 ? mark + 1 : firstWord(tokens);
  const name = tokens[first]?.text ?? "";
  if (MOVES.test(name)) return goTo(run, read, first);
  if (REGISTERS.test(name)) return register(run, read);
  if (STARTERS.test(name)) return startProcess(run, read, first, flow);
  // `Register-ScheduledTask -Action (New-ScheduledTaskAction …)`
  const inner = tokens.findIndex(({ text }, at) => at > first && tokens[at - 1]?.text === "(" && STARTERS.test(text));
  if (inner > 0) startProcess(run, read, inner, flow);
  if (LOADERS.test(name)) return load(run, read, flow);
  if (/\\CurrentVersion\\Run/i.test(shownOf(tokens)))
    for (const { text } of read.values) runLine(run, read, text, flow);
  return native(run, read, first, mark >= 0, flow);
}

/** Behind an assignment, or at the start. */
function firstWord(tokens: readonly Token[]): number {
  return tokens.slice(0, 4).findIndex(({ text }) => text === "=") + 1;
}

function goTo(run: ScriptRun, { values }: Read, first: number): Flow {
  const folder = values.find(({ at, text }) => at > first && !text.startsWith("-"));
  if (folder) run.folder = run.path(folder.text);
  return NOTHING;
}

/** Galleries of modules and packages. */
function register(run: ScriptRun, { values, where }: Read): Flow {
  for (const { text, option } of values)
    if (isAddress(text) && !/^-Proxy/i.test(option))
      run.tools.boot.index("gallery", run.tools.boot.source(text, where.spot));
  return NOTHING;
}

function load(run: ScriptRun, { values, where }: Read, flow: Flow): Flow {
  const { boot } = run.tools;
  const files = values.flatMap(({ text }) => boot.below(run.path(text)).sources);
  const given = values.filter(({ text, option }) => isAddress(text) && !/^-Proxy/i.test(option));
  const addresses = given.flatMap(({ text }) => boot.source(text, where.spot) ?? []);
  boot.use(
    [...flow.sources, ...files, ...addresses, ...boot.indexesOf("gallery")],
    "is loaded by PowerShell",
    where.scope,
  );
  return flow;
}

/** Words that are no programs, or whose results are followed by what is fetched. */
const NO_PROGRAM =
  /^(?:if|else|elseif|foreach|function|param|return|throw|try|catch|finally|while|do|switch|iwr|irm|curl|wget|iex|\[.*|[A-Za-z]+-[A-Za-z]+)$/i;

/** Programs, by a path, a name that is known, or a variable behind `&`. */
function native(
  run: ScriptRun,
  { statement, values, where }: Read,
  first: number,
  called: boolean,
  flow: Flow,
): Flow | undefined {
  const token = statement.tokens[first];
  const words = values.filter(({ at }) => at >= first).map(({ text }) => text);
  const [name = ""] = words;
  const word = token?.kind === "word" && !token.text.startsWith("$") && !NO_PROGRAM.test(name);
  if (name === "" || (called ? token?.kind === "mark" : !word)) return undefined;
  return run.tools.evaluate(new Command(where, words, flow));
}

function startProcess(run: ScriptRun, { statement, values, where }: Read, first: number, flow: Flow): Flow {
  const given = values.filter(({ at }) => at > first && !isOption(statement.tokens[at]));
  const options = new Map(given.map((value) => [value, optionOf(statement.tokens, value, first)]));
  const program =
    given.find((value) => PROGRAM.test(options.get(value) ?? "")) ??
    given.find((value) => ARGUMENTS.test(options.get(value) ?? ""));
  const rest = given.filter((value) => value !== program && ARGUMENTS.test(options.get(value) ?? ""));
  // `-BinaryPathName "C:\svc\svc.exe --run"`
  const named = /\.exe\s/i.test(program?.text ?? "") ? commandLine(program?.text ?? "") : [program?.text ?? ""];
  const words = [...named, ...rest.flatMap(({ text }) => commandLine(text))];
  return run.startWords(
    words.map((text) => valueOf(text)),
    where,
    flow,
  );
}

/** An option, and no word of a list of arguments: those stand in quotes. */
function isOption(token: Token | undefined): boolean {
  return token !== undefined && token.kind !== "string" && /^-[A-Za-z]+$/.test(token.text);
}

/** The option that a list of values belongs to. */
function optionOf(tokens: readonly Token[], { at, option }: Value, first: number): string {
  if (option !== "") return option;
  for (let before = at - 1; before > first; before--) {
    const token = tokens[before];
    if (isOption(token)) return token?.text ?? "";
    if (!/^[,(@]$/.test(token?.text ?? "") && token?.kind !== "string") break;
  }
  return "";
}

function runLine(run: ScriptRun, { where }: Read, text: string, flow: Flow): void {
  const words = commandLine(text);
  if (words.length > 0)
    run.startWords(
      words.map((word) => valueOf(word)),
      where,
      flow,
    );
}
