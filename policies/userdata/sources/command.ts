/** A program with its arguments, in whatever language it is called. */
import type { Kind } from "../parts";
import type { Spot } from "../spot";
import { BACKQUOTE, DOLLAR, plain } from "../steps";
import type { Handling } from "./addresses";
import { NOTHING, from, joined, type Boot, type Flow, type Scope, type Source, type Text } from "./boot";
import { baseName, pathOf } from "./paths";

/** Runs texts of every language: given to those who find texts that are run. */
export type Runner = (text: Text, kind: Kind | undefined, input: Flow, folder: string) => Flow;

/** What a machine is, and how it runs texts and commands. */
export interface Tools {
  readonly boot: Boot;
  readonly run: Runner;
  readonly evaluate: (command: Command) => Flow;
}

/** Where a command stands. */
export interface Where extends Tools {
  readonly spot: Spot;
  readonly scope: Scope | undefined;
  /** The working directory, as far as it is known. */
  readonly folder: string;
  /** Sources that the command vouches for if it succeeds, or if it fails. */
  readonly checks: { readonly sources: readonly Source[]; readonly negated: boolean }[];
}

/** What only the script knows of a word: what it holds, or what the file holds that it stands for. */
export type Held = (index: number, kind: "output" | "input file") => Flow;

export class Command {
  readonly program: string;

  constructor(
    readonly where: Where,
    readonly words: readonly string[],
    readonly input: Flow,
    private readonly heldBy: Held = () => NOTHING,
  ) {
    this.program = programName(words[0] ?? "");
  }

  get boot(): Boot {
    return this.where.boot;
  }

  word(index: number): string {
    return shown(this.words[index] ?? "");
  }

  /** What the words from an index on would do as a command. */
  inner(from: number, input = this.input): Command {
    return new Command(this.where, this.words.slice(from), input, (index, kind) => this.heldBy(index + from, kind));
  }

  /** Other words in its place. */
  replaced(words: readonly string[], input = this.input): Command {
    return new Command(this.where, words, input);
  }

  evaluate(): Flow {
    return this.where.evaluate(this);
  }

  path(word: string): string {
    return pathOf(shown(word), this.where.folder);
  }

  /** What is filled into a word. */
  held(index: number): Flow {
    return this.heldBy(index, "output");
  }

  /** What the file holds that a word names. */
  file(index: number): Flow {
    if (/^\/dev\/(?:stdin|fd\/0)$/.test(this.word(index))) return this.input;
    return joined([this.heldBy(index, "input file"), this.boot.at(this.path(this.word(index)))]);
  }

  /** The same with what lies in it, where it is a folder. */
  below(index: number): Flow {
    return joined([this.heldBy(index, "input file"), this.boot.below(this.path(this.word(index)))]);
  }

  source(address: string, handling?: Handling): Source | undefined {
    return this.boot.source(address, this.where.spot, handling);
  }

  use({ sources }: { readonly sources: readonly Source[] }, use: string): void {
    this.boot.use(sources, use, this.where.scope);
  }

  /** Runs a text, as part of what is run now. */
  run(text: Text, kind: Kind | undefined, input = NOTHING): Flow {
    return this.where.run(text, kind, input, this.where.folder);
  }

  /** Runs what flows here: it is used, and its texts are run. */
  execute(flow: Flow, use: string, kind: Kind | undefined, input = NOTHING): Flow {
    this.use(flow, use);
    return joined(flow.texts.map((text) => this.run(text, kind, input)));
  }

  /** What comes from addresses among the words. */
  sources(addresses: readonly string[], handling?: Handling): Flow {
    return from(addresses.flatMap((address) => this.source(address, handling) ?? []));
  }
}

/** A word as its program gets it; most have no marks. */
function shown(word: string): string {
  return word.includes(DOLLAR) || word.includes(BACKQUOTE) ? plain(word) : word;
}

/** An entry of a table, by a name that any text may give. */
export function named<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

const VERSIONED = /^(python|pypy|pip|perl|ruby|gem|php|lua|node|java|tclsh|gcc|easy_install|R)-?\d[\d.]*$/;

/** The name of a program without folder, version and ending. */
export function programName(word: string): string {
  const name = baseName(shown(word));
  if (!/[\d.]/.test(name)) return name;
  const short = name.replace(/\.(?:exe|cmd|bat)$/i, "");
  return VERSIONED.exec(short)?.[1] ?? short;
}
