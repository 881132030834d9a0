/** Programs of Windows: what downloads, installs and runs there. */
import { isAddress, nameIn } from "./addresses";
import { NOTHING, from, joined, type Flow } from "./boot";
import { named, type Command } from "./command";
import { save } from "./fetch";
import { commandLine } from "./lines";

type Program = (command: Command) => Flow | undefined;

const PROGRAMS: Readonly<Record<string, Program>> = {
  certutil,
  bitsadmin,
  start: starter,
  call: starter,
  cmd: shell,
  "start-process": starter,
  rundll32: starter,
  regsvr32: starter,
  mshta: starter,
  sc: starter,
  nssm: starter,
  schtasks: tasks,
  reg: starter,
  copy,
  xcopy: copy,
  robocopy: copy,
  move: copy,
  ren: copy,
  expand: copy,
  set: () => NOTHING,
};

export function windows(command: Command): Flow | undefined {
  return named(PROGRAMS, command.program.toLowerCase())?.(command);
}

/** `certutil -urlcache -split -f ADDRESS FILE`. */
function certutil(command: Command): Flow | undefined {
  if (!command.words.some((word) => /^[-/](?:urlcache|verifyctl)$/i.test(word))) return undefined;
  return downloads(command);
}

/** `bitsadmin /transfer NAME … ADDRESS FILE`. */
function bitsadmin(command: Command): Flow {
  return downloads(command);
}

function downloads(command: Command): Flow {
  const words = command.words.map((_, index) => command.word(index));
  const at = words.findIndex(isAddress);
  if (at < 0) return NOTHING;
  const source = command.source(words[at] ?? "");
  save(command, words[at + 1] ?? nameIn(words[at] ?? ""), from(source ? [source] : []));
  return NOTHING;
}

/** Files among the words are run, and so is a command line that one word holds. */
function starter(command: Command): Flow {
  for (const index of command.words.keys()) {
    if (index === 0) continue;
    command.execute(command.file(index), "is run", undefined);
    const word = command.word(index);
    if (/\s/.test(word)) runLine(command, word);
    const address = word.replace(/^\/i:/i, "");
    if (isAddress(address) && /^(?:mshta|regsvr32|rundll32)$/i.test(command.program))
      command.use(command.sources([address]), "is run");
  }
  const at = command.words.findIndex((word, index) => index > 0 && !/^[/"]|^-|^$/.test(word));
  return at > 0 ? joined([command.inner(at).evaluate()]) : NOTHING;
}

function runLine(command: Command, line: string): void {
  const words = commandLine(line);
  if (words.length > 0) command.replaced(words).evaluate();
}

/** `cmd /c COMMAND`. */
function shell(command: Command): Flow {
  const at = command.words.findIndex((word) => /^\/[ck]$/i.test(word));
  if (at < 0) return NOTHING;
  if (command.words.length === at + 2)
    return command.run({ ...command.where.spot, text: command.word(at + 1) }, "batch", command.input);
  return command.inner(at + 1).evaluate();
}

/** `schtasks /create … /tr "COMMAND"`. */
function tasks(command: Command): Flow {
  const at = command.words.findIndex((word) => /^\/tr$/i.test(word));
  if (at > 0) runLine(command, command.word(at + 1));
  return NOTHING;
}

function copy(command: Command): Flow {
  const words = command.words
    .map((_, index) => index)
    .filter((index) => index > 0 && !/^[/-]\w/.test(command.word(index)));
  const to = words.at(-1);
  if (to === undefined || words.length < 2) return NOTHING;
  for (const index of words.slice(0, -1)) {
    const flow = command.file(index) === NOTHING ? command.below(index) : command.file(index);
    for (const target of [command.word(to), `${command.word(to)}/${command.word(index).replace(/^.*[\\/]/, "")}`]) {
      save(command, target, flow);
      if (command.boot.isFolder(command.path(command.word(index)))) command.boot.unpack(command.path(target), flow);
    }
  }
  return NOTHING;
}
