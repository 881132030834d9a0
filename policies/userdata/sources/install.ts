/** What programs that install, load, build or apply are given: addresses, files, or the folder they stand in. */
import { memoized } from "../../memo";
import { isAddress } from "./addresses";
import { NOTHING, joined, type Flow } from "./boot";
import { type Command } from "./command";
import { INSTALLERS, type Installer } from "./installers";
import { PYPI, PYPI_INDEX } from "./setting-files";

const installersOf = memoized((program) => INSTALLERS.filter(({ name }) => name.test(program)), 1 << 12);

/** What an installer takes; nothing where the command is none. */
export function installs(command: Command): Flow | undefined {
  const known = installersOf(command.program).filter(({ verb }) => !verb || verbAt(command, verb) >= 0);
  for (const each of known) take(command, each);
  return known.length > 0 ? NOTHING : undefined;
}

/** Where the verb stands; a program that is called alone has an empty one. */
function verbAt({ words }: Command, verb: RegExp): number {
  if (words.length === 1) return verb.test("") ? 0 : -1;
  return words.findIndex((word, index) => index > 0 && verb.test(word));
}

function take(command: Command, known: Installer): void {
  const { words, boot } = command;
  const { index, unchecked, verified, use } = known;
  const handling = {
    unchecked:
      (index !== undefined && boot.unchecked.has(index)) || words.some((word) => unchecked?.test(word) === true),
    vouched: words.some((word) => verified?.test(word) === true) || (index !== undefined && isHashed(command, index)),
  };
  command.use(command.sources([...addressesOf(command, known), ...defaultsOf(command, known)], handling), use);
  if (index !== undefined && !handling.vouched) command.use({ sources: boot.indexesOf(index) }, use);
  files(command, known);
}

/** The index that pip asks by default, where its host is named as one that is not checked. */
function defaultsOf({ words }: Command, { index }: Installer): readonly string[] {
  return index === "pip" && words.some((word) => PYPI.test(word)) ? [PYPI_INDEX] : [];
}

function addressesOf(command: Command, known: Installer): readonly string[] {
  const indexes = command.words.map((_, index) => index).slice(1);
  const given = indexes.filter((index) => isTaken(command, index, known));
  return given.flatMap((index) => addressIn(command.word(index)));
}

/** Whether an address in a word is one that the installer takes. */
function isTaken(command: Command, index: number, { takes, from, verb, except }: Installer): boolean {
  const option = optionOf(command, index);
  if (option !== undefined && isOther(option, except)) return false;
  if (takes === undefined || (option !== undefined && from?.test(option) === true)) return true;
  return (
    takes === "first" &&
    index === firstOperand(command, verb, (name) => from?.test(name) === true || isOther(name, except))
  );
}

/** The first word behind the verb that is no option and no value of one. */
function firstOperand(command: Command, verb: RegExp | undefined, takesValue: (option: string) => boolean): number {
  const start = verb ? verbAt(command, verb) : 0;
  return command.words.findIndex((word, index) => {
    const option = optionOf(command, index);
    return index > start && !word.startsWith("-") && !(option !== undefined && takesValue(option));
  });
}

/** The option that a word gives a value to: in the same word, or the one before. */
function optionOf({ words }: Command, index: number): string | undefined {
  const word = words[index] ?? "";
  const before = words[index - 1] ?? "";
  const own = /^-{1,2}[A-Za-z][\w.-]*(?==)/.exec(word)?.[0];
  return own ?? (before.startsWith("-") && !before.includes("=") && !word.startsWith("-") ? before : undefined);
}

/** Options that are about something else, whatever the program is. */
function isOther(option: string, except: RegExp | undefined): boolean {
  return except?.test(option) === true || /proxy|^--?(?:referer|user-agent|webhook|callback)/i.test(option);
}

/** An address by itself, behind an option, behind a name: `--source=…`, `lab,http://…`, `name @ http://…`. */
function addressIn(word: string): readonly string[] {
  if (isAddress(word)) return [word];
  const [, name = "", address] =
    /^(-{0,2}[\w.@/:[\]-]{1,80}[=,@]["']?\s?)((?:git\+|sparse\+)?(?:https?|ftp|git):\/\/.*)$/i.exec(word) ?? [];
  return address === undefined || /proxy/i.test(name) ? [] : [address.replace(/["']$/, "")];
}

/** pip compares digests where the requirements have some (pip, "Secure installs"). */
function isHashed(command: Command, index: string): boolean {
  if (command.boot.hashed.has(index)) return true;
  if (index !== "pip") return false;
  const isList = (at: number): boolean => /^(?:-r|--requirement)$/.test(command.words[at - 1] ?? "");
  const texts = command.words.flatMap((_, at) => (isList(at) ? command.file(at).texts : []));
  return texts.some(({ text }) => text.includes("--hash=")) || command.words.some((word) => word.includes("#sha256="));
}

/** Files and folders among the words, the input, and the folder of the command. */
function files(command: Command, { input, here, files: own = [], use, except }: Installer): void {
  const flows: Flow[] = [];
  for (const index of command.words.keys()) {
    const option = optionOf(command, index);
    if (index === 0 || (option !== undefined && isOther(option, except))) continue;
    const word = command.word(index);
    flows.push(command.below(index), attached(command, word));
    if (input?.test(word) === true) flows.push(command.input);
  }
  if (!command.words.some((word) => /^-(?:f|-file)\b/.test(word)))
    flows.push(...own.map((file) => command.boot.at(command.path(file))));
  if (here === true && command.where.folder !== "") flows.push(command.boot.below(command.where.folder));
  command.use(joined(flows), use);
}

/** A path behind an option in the same word. */
function attached(command: Command, word: string): Flow {
  const path = /^-{1,2}[\w-]{1,40}=(\S{1,500})$/.exec(word)?.[1] ?? /^-[A-Za-z](\/\S{1,500})$/.exec(word)?.[1];
  return path === undefined ? NOTHING : command.boot.below(command.path(path));
}
