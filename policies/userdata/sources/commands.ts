/** What a command does, by what is known of its program. */
import { printed } from "../print";
import { plain } from "../steps";
import { NOTHING, joined, type Flow } from "./boot";
import type { Command } from "./command";
import { carryOutDocuments } from "./documents";
import { download } from "./fetch";
import { installs } from "./install";
import { move } from "./move";
import { interpret, runFile, runPath, start } from "./run";
import { configure } from "./settings";
import { verify } from "./verify";
import { windows } from "./windows";

/** In this order: the first that knows the command says what flows out of it. */
const KNOWN: readonly ((command: Command) => Flow | undefined)[] = [
  runPath,
  prints,
  verify,
  configure,
  download,
  modules,
  windows,
  carryOutDocuments,
  installs,
  interpret,
  move,
  start,
  runFile,
];

export function evaluate(command: Command): Flow {
  if (command.words.length === 0) return NOTHING;
  for (const known of KNOWN) {
    const flow = known(command);
    if (flow !== undefined) return flow;
  }
  return command.input;
}

/** What is printed, and what the words are filled with. */
function prints(command: Command): Flow | undefined {
  const text = printed(command.words);
  if (text === undefined) return undefined;
  const held = joined(command.words.map((_, index) => command.held(index)));
  return joined([held, { ...NOTHING, texts: [{ ...command.where.spot, text: plain(text) }] }]);
}

/** `python -m pip …` is `pip …`. */
function modules(command: Command): Flow | undefined {
  if (!/^(?:python|pypy|py)$/.test(command.program)) return undefined;
  const at = command.words.indexOf("-m");
  const script = command.words.findIndex((word, index) => index > 0 && !word.startsWith("-"));
  if (at < 0 || script !== at + 1) return undefined;
  // The module of this name has the options of other downloaders.
  const own = command.words[at + 1] === "wget" ? ["fetch", ...command.words.slice(at + 2)] : undefined;
  return evaluate(own ? command.replaced(own) : command.inner(at + 1));
}
